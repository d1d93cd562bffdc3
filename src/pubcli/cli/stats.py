"""Count papers by year, category, badge, org, team, author or profile, or by two of them.

Without any of these words, an overview is shown. The word team means the number of listed authors; 3+ means that the
page truncates the list. Further words are a query, as for pubcli list. If a query begins with one of the words above,
quote that word.

\b
Examples:
  pubcli stats
  pubcli stats year                                 papers per year, with bars
  pubcli stats year privacy                         only papers about privacy
  pubcli stats category                             with arXiv's names; an ambiguous code is marked
  pubcli stats year category                        a cross-tabulation
  pubcli stats author year -n 10 --year 2020..
  pubcli stats year category --format csv           one line for each pair
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.errors import ExitCode, UsageError


def command(*, filters: Filters, order: Ordering, inputs: Inputs, output: Output) -> ExitCode:
    """Count papers by at most two dimensions, such as year."""
    from pubcli.analysis import stats
    from pubcli.analysis.dimensions import DIMENSIONS, sort_fields
    from pubcli.answer.answer import Answer, Row
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import counts_of, open_corpus
    from pubcli.store import suggest

    names, words = dimensions(filters.words or [], tuple(DIMENSIONS))
    orders = stats.CATEGORY_ORDERS if names == ["category"] else sort_fields(names[0]) if names else ()
    query = filters.replace(words=words).query(order, orders)
    corpus = open_corpus(inputs, output)
    counts = counts_of(corpus, query)
    answer: Answer[Row]
    if not names:
        answer = stats.overview(counts, query)
    elif names == ["category"]:
        answer = stats.category_counts(counts, query)
    elif len(names) == 1:
        answer = stats.count_by(counts, names[0], query)
    else:
        answer = stats.cross_tabulate(counts, names[0], names[1], query)

    def explain() -> list[str]:
        from difflib import get_close_matches  # imported only here, because few answers are empty

        similar = get_close_matches(words[0].lower(), DIMENSIONS, 1) if words else []
        hint = [f"to count by {name}: pubcli stats {' '.join([*names, name])}" for name in similar]
        return [*suggest.explain(corpus, query), *hint]

    return deliver(answer, output, explain)


_PLURALS = {"categories": "category"}


def dimensions(words: list[str], valid: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """Return the dimensions at the beginning of `words`, such as year, and the remaining words, which are a query.

    The dimensions are returned in the singular. Raises UsageError if there are more than two dimensions, or if a
    dimension comes after other words.
    """
    names = [_PLURALS.get(word, word if word in valid else word.removesuffix("s")) for word in words]
    count = next((i for i, name in enumerate(names) if name not in valid), len(names))
    if count > 2:
        raise UsageError(
            f"at most two dimensions, not {count}; to search for the word {words[2]}, quote it: '\"{words[2]}\"'"
        )
    if misplaced := [word for word, name in zip(words[count:], names[count:], strict=True) if name in valid]:
        raise UsageError(
            f"the dimension {misplaced[0]} must come first: "
            f"pubcli stats {' '.join([*words[:count], misplaced[0]])} ...; "
            f"to search for the word, quote it: '\"{misplaced[0]}\"'"
        )
    return names[:count], words[count:]
