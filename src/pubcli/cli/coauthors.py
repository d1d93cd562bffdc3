"""List the co-authors of the page's owner, most papers first.

A page lists at most three authors per paper, so counts are lower bounds. A line below the table states how many author
lists are incomplete. The owner of the page is omitted. A bibliography has no owner, so everyone in it who wrote a paper
with somebody else is listed. The column of years shows the number of papers in each year; a dot means no papers.

\b
Examples:
  pubcli coauthors
  pubcli coauthors year:2023..                 on papers from 2023 on
  pubcli coauthors --category OC --sort -last_year,name -n 10
  pubcli coauthors --with 'andrew lowy'        the papers with him
  pubcli coauthors --period 3                  new and lost, every three years
  pubcli coauthors --json | jq -r '.[0].name'
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.cli.parameters import option
from pubcli.errors import ExitCode, UsageError
from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from pubcli.lake.corpus import LakeCorpus


def command(
    *,
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    shared_with: str | None = option(
        "--with", metavar="NAME", help="List the papers with this person.", values="author"
    ),
    period: int | None = option(
        "--period",
        metavar="N",
        help="List new and lost co-authors for each period of N years.",
        kind=int,
        minimum=1,
        maximum=1000,
    ),
) -> ExitCode:
    """List co-authors, or the papers with one of them."""
    from pubcli.analysis import collaboration, people
    from pubcli.answer.answer import Answer, Row
    from pubcli.cli.output import deliver, note
    from pubcli.cli.pages import open_corpus, open_selection
    from pubcli.store import ask, persons, suggest
    from pubcli.store.database import Store

    if period and (shared_with or order.sort):
        raise UsageError("--period lists periods in chronological order; omit --with and --sort")
    query = filters.query(order, ask.PAPER_ORDERS if shared_with else people.COAUTHOR_ORDERS)
    if shared_with:
        store, query = open_selection(inputs, output, query)
        person = persons.find_person(store, shared_with)
        explanation = f"none of these papers names {person.name}"
        return deliver(people.shared_papers(store, person, query), output, lambda: [explanation])
    answer: Answer[Row]
    corpus: Store | LakeCorpus
    if period:
        corpus, query = open_selection(inputs, output, query)
    else:
        corpus = open_corpus(inputs, output)
    for sentence in suggest.owner_words(corpus, query):
        note(output, sentence)
    if not isinstance(corpus, Store):
        from pubcli.lake import people as people_of_lake

        answer = people_of_lake.coauthors(corpus, query)
    elif period:
        answer = collaboration.periods(corpus, query, length=period)
    else:
        answer = people.coauthors(corpus, query)
    return deliver(answer, output, lambda: suggest.explain(corpus, query))
