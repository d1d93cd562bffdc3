"""List all people whom the papers name, or decide which names belong to one person.

Names that differ only in case and accents belong to one person. --variants proposes other pairs of names, with the
evidence. Nothing is merged without your decision. Decisions are stored in your library, and all commands about people
use them.

\b
Decisions:
  pubcli people same NAME NAME         one person
  pubcli people different NAME NAME    two people; not proposed again
  pubcli people forget NAME NAME       delete the decision
  pubcli people path NAME NAME         the chain of co-authors between two people

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

from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.cli.parameters import switch
from pubcli.errors import ExitCode, UsageError


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
    from pubcli.cli.pages import open_corpus, open_selection
    from pubcli.store import suggest
    from pubcli.store.database import Store

    if variants and order.sort:
        raise UsageError("--variants are sorted by shared co-authors; omit --sort")
    query = filters.query(order, people.PERSON_ORDERS)
    if variants:
        store, query = open_selection(inputs, output, query)
        explanation = ["no two of these names seem to belong to the same person"]
        return deliver(
            name_variants.name_variants(store, query), output, lambda: suggest.explain(store, query) or explanation
        )
    corpus = open_corpus(inputs, output)
    if isinstance(corpus, Store):
        answer = people.people(corpus, query)
    else:
        from pubcli.lake import people as lake_people

        answer = lake_people.people(corpus, query)
    return deliver(answer, output, lambda: suggest.explain(corpus, query))
