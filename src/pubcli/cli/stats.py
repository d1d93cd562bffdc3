"""Count papers by one or two of their fields, such as year or venue, and show measures of each group.

BY is year, month, category, kind, venue, publisher, keyword, badge, org, country, language, team, author, first_author,
last_author, profile or source. Without BY, an overview is shown. The word team means the number of listed authors; 3+
means that the page truncates the list. Further words are a query, as for pubcli list. If a query begins with one of the
words above, quote that word: pubcli stats '"language" models'.

The word indicators shows the indicators of bibliometrics for the selected papers: h-index, collaboration index, growth
rate and others. The word laws shows how the papers agree with the laws of Bradford, Lotka and Price.

\b
Measures (--measure):
  papers, share             the number of papers, and their share
  authors                   authors per paper
  fractional                papers, shared equally by their values: 1/3 for each of three authors
  citations                 sum, mean, median, largest, mean per year since publication
  h                         h-index, g-index and i10-index of these papers

\b
Examples:
  pubcli stats
  pubcli stats year                              papers per year, with bars
  pubcli stats year privacy                      only papers about privacy
  pubcli stats category                          with arXiv's names
  pubcli stats year category                     a cross-tabulation
  pubcli stats author year -n 10 --year 2020..
  pubcli stats first_author --top 5 --measure fractional
  pubcli stats author --over year --format csv   one line for each pair
  pubcli stats indicators
  pubcli stats laws --year 2020..
"""

from pubcli.cli.options import Filters, Inputs, Ordering, Output
from pubcli.cli.parameters import option
from pubcli.errors import ExitCode, UsageError, did_you_mean


def command(
    *,
    filters: Filters,
    order: Ordering,
    inputs: Inputs,
    output: Output,
    by: list[str] | None = option(
        "--by",
        metavar="FIELD",
        help="Count by FIELD; then all words are a query. Repeatable.",
        repeatable=True,
        values="dimension",
    ),
    over: str | None = option(
        "--over",
        metavar="FIELD",
        help="Count by FIELD too, and show a row for each pair of values, such as a venue and a year.",
        values="dimension",
    ),
    measure: list[str] | None = option(
        "--measure", metavar="NAMES", help="Measures to show; the first one sorts.", repeatable=True, values="measure"
    ),
    top: int | None = option(
        "--top", metavar="N", help="Show the N values that have most of the first measure.", kind=int, minimum=1
    ),
) -> ExitCode:
    """Count papers by at most two dimensions, such as year."""
    if filters.words and filters.words[0] in SUMMARIES and not (by or over or measure or top):
        return _summary(filters, order, inputs, output)
    from pubcli.analysis import stats
    from pubcli.analysis.dimensions import DIMENSIONS, label, with_article
    from pubcli.analysis.measures import Measures, sort_fields
    from pubcli.answer.answer import Answer, Row
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import counts_of, open_corpus
    from pubcli.store import suggest

    names, words = chosen_dimensions(filters.words or [], by, over)
    measures = Measures(measure or (), sorts_values=top is not None)
    if not names and (measures.columns or top is not None):
        raise UsageError("--measure and --top need a field to count by: pubcli stats year --measure citations")
    is_category = names == ["category"] and not measures.columns
    order = _with_top(order, top)
    orders = stats.CATEGORY_ORDERS if is_category else sort_fields(names[0], measures) if names else ()
    query = filters.replace(words=words).query(order, orders)
    corpus = open_corpus(inputs, output)
    counts = counts_of(corpus, query)
    answer: Answer[Row]
    if not names:
        answer = stats.overview(counts, query)
    elif is_category:
        answer = stats.category_counts(counts, query)
    elif len(names) == 1:
        answer = stats.count_by(counts, names[0], query, measures)
    else:
        answer = stats.cross_tabulate(counts, names[0], names[1], query, measures, is_long=over is not None)

    def explain() -> list[str]:
        lacking = stats.dimensions_without_values(counts, query, names)
        if lacking:
            fields = ", ".join(map(label, stats.dimensions_with_values(counts, query)))
            sentences = [f"no selected paper has {' or '.join(map(with_article, lacking))}; they have: {fields}"]
            quoted = [word for word in filters.words or [] if dimension_of(word) in lacking]
            return sentences + [f"to search for the word {word}, quote it: '\"{word}\"'" for word in quoted]
        unknown = words[0] if words and not names else ""
        hint = [f"{unknown} is not a field to count by{did_you_mean(unknown, DIMENSIONS)}; fields: {_listed()}"]
        return [*suggest.explain(corpus, query), *(hint if unknown.isidentifier() else [])]

    return deliver(answer, output, explain)


SUMMARIES = ("indicators", "laws")
"""Words that ask for numbers about all selected papers."""


def _summary(filters: Filters, order: Ordering, inputs: Inputs, output: Output) -> ExitCode:
    """Show the indicators, or the laws, of the papers that the words after the first select."""
    from pubcli.analysis import indicators
    from pubcli.answer.answer import Answer, Row
    from pubcli.cli.output import deliver
    from pubcli.cli.pages import open_pages
    from pubcli.store import suggest

    name, *words = filters.words or [""]
    query = filters.replace(words=words).query(order)
    store = open_pages(inputs, output).store
    answer: Answer[Row]
    answer = indicators.indicators(store, query) if name == "indicators" else indicators.fit_laws(store, query)
    return deliver(
        answer, output, lambda: suggest.explain(store, query) or ["these papers have too few venues and authors"]
    )


def _listed() -> str:
    from pubcli.analysis.dimensions import DIMENSIONS

    return ", ".join((*DIMENSIONS, *SUMMARIES))


def _with_top(order: Ordering, top: int | None) -> Ordering:
    """Return the order with --top as the limit. Raises UsageError if --limit or --sort is set too."""
    if top is None:
        return order
    if order.limit is not None or order.sort:
        raise UsageError("--top sets the order and the number of rows; omit --limit and --sort")
    return order.replace(limit=top)


_PLURALS = {"categories": "category", "countries": "country"}
_ALSO_WORDS = ("country", "keyword", "kind", "language", "month", "publisher", "source", "venue")
"""Dimensions whose names are common words of queries, so that they may also be words of a query after its first."""


def dimension_of(word: str) -> str | None:
    """Return the dimension that a word names, in the singular or plural; None if it names none."""
    from pubcli.analysis.dimensions import DIMENSIONS

    name = word.replace("-", "_").replace(" ", "_")
    singular = _PLURALS.get(name, name if name in DIMENSIONS else name.removesuffix("s"))
    return singular if singular in DIMENSIONS else None


def chosen_dimensions(words: list[str], by: list[str] | None, over: str | None) -> tuple[list[str], list[str]]:
    """Return the dimensions that the user names in words and options, and the words that are a query.

    Raises UsageError for an option that does not name a dimension, and for more than two dimensions.
    """
    listed = [part.strip() for text in by or () for part in text.split(",")]
    from_options = [*(_required("--by", name) for name in listed), *([_required("--over", over)] if over else [])]
    names, rest = dimensions(words) if not listed else ([], words)
    if over and not names and not listed:
        raise UsageError(f"--over {over} needs a field to count by: pubcli stats author --over {over}")
    if len(names) + len(from_options) > 2:
        raise UsageError("at most two fields to count by, including --by and --over")
    return [*names, *from_options], rest


def _required(flag: str, name: str) -> str:
    from pubcli.analysis.dimensions import DIMENSIONS

    dimension = dimension_of(name)
    if dimension is None:
        raise UsageError(f"{flag}: {name!r} is not a field to count by{did_you_mean(name, DIMENSIONS)}; {_listed()}")
    return dimension


def _joined(words: list[str]) -> list[str]:
    """Return the words of a command line, with `first author` and `last author` as one word each."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] in ("first", "last") and word in ("author", "authors"):
            joined[-1] += f"_{word}"
        else:
            joined.append(word)
    return joined


def dimensions(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the dimensions at the beginning of `words`, such as year, and the remaining words, which are a query.

    The dimensions are returned in the singular. Raises UsageError if there are more than two dimensions, or if a
    dimension comes after other words.
    """
    words = _joined(words)
    names = [dimension_of(word) for word in words]
    count = next((i for i, name in enumerate(names) if name is None), len(names))
    if count > 2 and names[2] in _ALSO_WORDS:
        count = 2
    if count > 2:
        raise UsageError(
            f"at most two dimensions, not {count}; to search for the word {words[2]}, quote it: '\"{words[2]}\"'"
        )
    later = zip(words[count:], names[count:], strict=True)
    if misplaced := [word for word, name in later if name is not None and name not in _ALSO_WORDS]:
        raise UsageError(
            f"the dimension {misplaced[0]} must come first: "
            f"pubcli stats {' '.join([*words[:count], misplaced[0]])} ...; "
            f"to search for the word, quote it: '\"{misplaced[0]}\"'"
        )
    return [name for name in names[:count] if name is not None], words[count:]
