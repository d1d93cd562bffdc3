"""List the papers that are most similar to the named paper, with the characteristic words that both contain.

Name a paper as for pubcli show: by its citation key, its position or a part of its title.

\b
Examples:
  pubcli similar lowy2022stochastic
  pubcli similar 'nested learning' -n 3
  pubcli similar 3 --json | jq -r '.[].shared_words[]'
"""

from pubcli.cli.options import MOST_ROWS, Inputs, Output
from pubcli.cli.parameters import argument, option
from pubcli.errors import ExitCode


def command(
    *,
    paper: str = argument("KEY|POSITION|TITLE-PIECE", help="Paper with which the others are compared.", values="key"),
    inputs: Inputs,
    output: Output,
    limit: int = option("--limit", "-n", metavar="N", help="Show at most N.", kind=int, minimum=0, default=10),
    offset: int = option("--offset", metavar="N", help="Skip the first N.", kind=int, minimum=0, default=0),
) -> ExitCode:
    """List the papers that are most similar to the named paper."""
    from pubcli.answer.answer import Answer
    from pubcli.cli.output import deliver, deliver_named_papers
    from pubcli.cli.pages import open_selection
    from pubcli.query.expression import Query
    from pubcli.store.lookup import find_papers
    from pubcli.store.similar import SIMILAR_FIELDS, similar

    store, _ = open_selection(inputs, output, Query())
    matches = find_papers(store, [paper])
    if matches.unknown or matches.ambiguous:
        return deliver_named_papers(Answer("similar_papers", SIMILAR_FIELDS, ()), matches, output)
    query = Query(limit=min(limit, MOST_ROWS), offset=min(offset, MOST_ROWS))
    return deliver(
        similar(store, paper, query), output, lambda: ["no other paper shares a characteristic word with it"]
    )
