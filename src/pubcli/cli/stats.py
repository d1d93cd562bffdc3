"""Count papers by year, category, badge, org, team, author or profile, or by two of them.

\b
Without any of these words: an overview. team is the number of authors shown; where the page cuts the list, as in 3+,
there are more. What follows is a query, as for list; a query that begins with one of these words must quote it.

\b
Examples:
  pubcli stats
  pubcli stats year                                 papers a year, with bars
  pubcli stats year privacy                         of papers about privacy
  pubcli stats year category                        one against the other
  pubcli stats author year -n 10 --year 2020..
  pubcli stats year category --format csv           a line for each pair
"""

from dataclasses import replace
from difflib import get_close_matches

from pubcli.cli.options import Filters, Inputs, Ordering, Output, spread
from pubcli.errors import ExitCode, UsageError


@spread
def command(filters: Filters, order: Ordering, inputs: Inputs, output: Output) -> ExitCode:
    """Dimensions, source, query, answer, write."""
    from pubcli.analysis import stats
    from pubcli.analysis.dimensions import DIMENSIONS, sort_fields
    from pubcli.answer.answer import Answer, Row
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import suggest

    names, words = dimensions(filters.words or [], tuple(DIMENSIONS))
    query = replace(filters, words=words).query(order, sort_fields(names[0]) if names else ())
    store = open_pages(inputs, output).store
    answer: Answer[Row]
    if not names:
        answer = stats.overview(store, query)
    elif len(names) == 1:
        answer = stats.count_by(store, names[0], query)
    else:
        answer = stats.cross_tabulate(store, names[0], names[1], query)
    meant = get_close_matches(words[0].lower(), DIMENSIONS, 1) if words else []
    hint = [f"to count by {name}: pubcli stats {' '.join([*names, name])}" for name in meant]
    return deliver(answer, output, lambda: [*suggest.explain(store, query), *hint])


_PLURALS = {"categories": "category"}


def dimensions(words: list[str], known: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """The dimensions with which the words begin, in the singular, and the rest, which is a query.

    Raises UsageError when there are more than two, or one stands where nobody can tell what it means.
    """
    named = [_PLURALS.get(word, word if word in known else word.removesuffix("s")) for word in words]
    count = next((i for i, name in enumerate(named) if name not in known), len(named))
    if count > 2:
        raise UsageError(
            f"two can be crossed, not {count}; to look for the word {words[2]}, quote it: '\"{words[2]}\"'"
        )
    if late := [word for word, name in zip(words[count:], named[count:], strict=True) if name in known]:
        raise UsageError(
            f"{late[0]} is what to count by and comes first: pubcli stats {' '.join([*words[:count], late[0]])} ...; "
            f"to look for the word, quote it: '\"{late[0]}\"'"
        )
    return named[:count], words[count:]
