"""List all people whom the papers name, or decide which names belong to one person.

\b
Names that differ only in case and accents belong to one person. --variants proposes other pairs of names, with the
evidence. Nothing is merged without your decision. Decisions are stored in your library, and all commands about people
use them:
  pubcli people same NAME NAME         one person
  pubcli people different NAME NAME    two people; not proposed again
  pubcli people forget NAME NAME       delete the decision
Without a library, name a file with --aliases FILE or PUBCLI_ALIASES. Each line lists the names of a person: A = B = C.
To search for papers that contain the word same, quote this word: pubcli people '"same"'.

\b
Examples:
  pubcli people -n 20
  pubcli people year:2023.. --sort name
  pubcli people --variants
  pubcli people same 'M. Razaviyayn' 'Meisam Razaviyayn'
  pubcli people --json | jq -r '.[] | select(.has_page).name'
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output, typed_command
from pubcli.cli.parameters import switch
from pubcli.errors import ExitCode, UsageError

_ACTIONS = ("same", "different", "forget")


def command(
    *,
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    variants: bool = switch(
        "--variants", help="List names that may belong to one person, and those that you have confirmed or rejected."
    ),
) -> ExitCode:
    """List people, propose name variants, or record a decision about names."""
    from pubcli.analysis import name_variants, people
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import suggest

    if filters.words and filters.words[0] in _ACTIONS:
        if filters.replace(words=None) != Filters() or inputs.profile or inputs.aliases or variants:
            raise UsageError(f"people {filters.words[0]} takes only names and --library")
        return _decide(filters.words[0], filters.words[1:], inputs.library, output)
    if variants and order.sort:
        raise UsageError("--variants are sorted by shared co-authors; omit --sort")
    query = filters.query(order, people.PERSON_ORDERS)
    store = open_pages(inputs, output).store
    if variants:
        explanation = ["no two of these names seem to belong to the same person"]
        return deliver(
            name_variants.name_variants(store, query), output, lambda: suggest.explain(store, query) or explanation
        )
    return deliver(people.people(store, query), output, lambda: suggest.explain(store, query))


def _decide(action: str, names: list[str], library: str | None, output: Output) -> ExitCode:
    from contextlib import closing

    from pubcli.analysis import name_variants
    from pubcli.cli.output import note
    from pubcli.inputs import sources
    from pubcli.store import schema
    from pubcli.store.library import library_file

    with (
        closing(library_file.open_to_change(library_file.locate(library), typed_command())) as store,
        schema.transaction(store),
    ):
        if action == "forget":
            written = name_variants.forget(store, names)
        else:
            written = name_variants.decide(store, names, sources.now(), same=action == "same")
        doubts = list(name_variants.same_byline_notes(store, written)) if action == "same" else []
    outcomes = {"same": "now one person", "different": "now different people", "forget": "decision deleted"}
    note(output, f"{outcomes[action]}: {'; '.join(written)}")
    for sentence in doubts:
        note(output, sentence)
    return ExitCode.DONE
