"""List everyone whom papers name, or say which names are one person's.

\b
Names that differ in case and accents only are one person's. Others may be: --variants proposes pairs and says why.
Nothing is merged until you say so, and what you say is kept in your library and counts in every question about
people:
  pubcli people same NAME NAME         one person
  pubcli people different NAME NAME    two people; no longer proposed
  pubcli people forget NAME NAME       what was said is taken back
A file does it without a library: --aliases FILE or PUBCLI_ALIASES, with a line a person: A = B = C. To look for papers
with the word same, quote it: pubcli people '"same"'.

\b
Examples:
  pubcli people -n 20
  pubcli people year:2023.. --sort name
  pubcli people --variants
  pubcli people same 'M. Razaviyayn' 'Meisam Razaviyayn'
  pubcli people --json | jq -r '.[] | select(.has_page).name'
"""

from dataclasses import replace
from typing import Annotated

import typer

from pubcli.cli.options import Filters, Inputs, Ordering, Output, spread
from pubcli.errors import ExitCode, UsageError

_ACTIONS = ("same", "different", "forget")


@spread
def command(
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    variants: Annotated[
        bool, typer.Option("--variants", help="Names that may be one person's, and what was said about names.")
    ] = False,
) -> ExitCode:
    """Source, query, answer, write; or library, decision, what was done."""
    from pubcli.analysis import name_variants, people
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import suggest

    if filters.words and filters.words[0] in _ACTIONS:
        if replace(filters, words=None) != Filters() or inputs.profile or inputs.aliases or variants:
            raise UsageError(f"people {filters.words[0]} takes names and --library, and no other option")
        return _decide(filters.words[0], filters.words[1:], inputs.library, output)
    if variants and order.sort:
        raise UsageError("--variants come with the most co-authors in common first; leave out --sort")
    query = filters.query(order, people.PERSON_ORDERS)
    store = open_pages(inputs, output).store
    if variants:
        none = ["no two names here look like one person's"]
        return deliver(name_variants.name_variants(store, query), output, lambda: suggest.explain(store, query) or none)
    return deliver(people.people(store, query), output, lambda: suggest.explain(store, query))


def _decide(action: str, names: list[str], given: str | None, output: Output) -> ExitCode:
    from contextlib import closing

    from pubcli.analysis import name_variants
    from pubcli.cli.output import note
    from pubcli.inputs import sources
    from pubcli.store import schema
    from pubcli.store.library import library_file

    with closing(library_file.open_to_change(library_file.locate(given))) as store, schema.transaction(store):
        if action == "forget":
            written = name_variants.forget(store, names)
        else:
            written = name_variants.decide(store, names, sources.now(), same=action == "same")
        doubts = list(name_variants.same_byline_notes(store, written)) if action == "same" else []
    said = {"same": "one person now", "different": "different people now", "forget": "no longer decided"}
    note(output, f"{said[action]}: {'; '.join(written)}")
    for sentence in doubts:
        note(output, sentence)
    return ExitCode.DONE
