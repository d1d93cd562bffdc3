"""Translate words and phrases into SQL over the postings, with the scores of FTS5's bm25."""

from __future__ import annotations

from pubcli.lake.literals import AFTER_ALL, integers, number, text, texts
from pubcli.lake.tables import PLACE_BITS, TEXT_COLUMNS
from pubcli.lazy import TYPE_CHECKING
from pubcli.query.expression import Text
from pubcli.store.sql import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SATURATION, _LENGTH_SHARE, _LEAST_IDF = 1.2, 0.75, 1e-6
"""FTS5's parameters k1 and b of bm25, and the weight of a word that is in more than half of the papers."""
_WEIGHTS = dict(zip(TEXT_COLUMNS, WEIGHTS, strict=True))


class Terms:
    """The words and phrases of one statement, each with a number."""

    def __init__(self, papers: int, words: int) -> None:
        """`papers` and `words` are the numbers of papers and of words in a lake."""
        self._papers = papers
        self._average = words / papers if words else 1.0
        self._numbers: dict[Text, int] = {}

    def __bool__(self) -> bool:
        """Return whether there are any terms."""
        return bool(self._numbers)

    def numbers(self, terms: Iterable[Text]) -> str:
        """Return the numbers of terms as SQL. New terms get a number."""
        return integers(self._numbers.setdefault(term, len(self._numbers)) for term in terms)

    def statements(self) -> list[str]:
        """Return the parts of a WITH clause that define `scored`: paper, term and score of each term in each paper."""
        idf = f"LN(({number(self._papers + 0.5)} - papers) / (papers + 0.5e0))"
        score = (
            f"idf * frequency * {number(_SATURATION + 1)} / (frequency + {number(_SATURATION)} * "
            f"({number(1 - _LENGTH_SHARE)} + {number(_LENGTH_SHARE)} * length / {number(self._average)}))"
        )
        weight = f"CASE WHEN {idf} <= 0e0 THEN {number(_LEAST_IDF)} ELSE {idf} END"
        return [
            f"hits AS ({hits(self._numbers)})",
            "counts AS (SELECT term, COUNT(*) AS papers FROM hits GROUP BY term)",
            f"weights AS (SELECT term, {weight} AS idf FROM counts)",
            f"scored AS (SELECT paper, hits.term, {score} AS score FROM hits JOIN weights ON weights.term = hits.term)",
        ]


def hits(numbers: Mapping[Text, int]) -> str:
    """Return SQL for a row for each paper and each term in it: paper, length, frequency, term.

    `numbers` are the numbers of the terms. The frequency is weighted: a word in the title counts more.
    """
    words: dict[tuple[str, ...], dict[str, int]] = {}
    statements = []
    for term, number_ in numbers.items():
        if " " in term.text or term.prefix:
            select = _phrase(term) if " " in term.text else _prefix(term)
            statements.append(f"SELECT paper, length, frequency, {number_} AS term FROM ({select}) AS t{number_}")
        else:
            words.setdefault(term.columns, {})[term.text] = number_
    statements += [_words(columns, places) for columns, places in words.items()]
    return " UNION ALL ".join(statements)


def _words(columns: Sequence[str], numbers: Mapping[str, int]) -> str:
    """Return SQL for the hits of single words, which are searched in the same columns."""
    cases = " ".join(f"WHEN {text(word)} THEN {number_}" for word, number_ in numbers.items())
    return (
        f"SELECT paper, length, {_frequency(columns)} AS frequency, CASE word {cases} END AS term FROM postings "
        f"WHERE word IN ({texts(numbers)}){_is_in(columns)}"
    )


def _prefix(term: Text) -> str:
    return (
        f"SELECT paper, MAX(length) AS length, SUM({_frequency(term.columns)}) AS frequency FROM postings "
        f"WHERE {_word(term.text, is_prefix=True)}{_is_in(term.columns)} GROUP BY paper"
    )


def _phrase(term: Text) -> str:
    """Return SQL for the papers with adjacent words, from the positions of the words."""
    first, *others = term.text.split()
    last = len(others)
    tables = [f"({_places(first, is_prefix=False)}) AS p0"]
    for place, word in enumerate(others, 1):
        select = _places(word, is_prefix=term.prefix and place == last)
        tables.append(
            f"JOIN ({select}) AS p{place} ON p{place}.paper = p0.paper AND p{place}.place = p0.place + {place}"
        )
    ends = [(column, (index + 1) << PLACE_BITS) for index, column in enumerate(TEXT_COLUMNS)]
    cases = " ".join(f"WHEN p0.place < {end} THEN {number(_WEIGHTS[column])}" for column, end in ends)
    ranges = " OR ".join(
        f"(p0.place >= {end - (1 << PLACE_BITS)} AND p0.place < {end})"
        for column, end in ends
        if column in term.columns
    )
    condition = f" WHERE {ranges}" if term.columns else ""
    return (
        f"SELECT p0.paper AS paper, MAX(p0.length) AS length, SUM(CASE {cases} END) AS frequency "
        f"FROM {' '.join(tables)}{condition} GROUP BY p0.paper"
    )


def _places(word: str, *, is_prefix: bool) -> str:
    return f"SELECT paper, length, UNNEST(positions) AS place FROM postings WHERE {_word(word, is_prefix=is_prefix)}"


def _word(word: str, *, is_prefix: bool) -> str:
    if not is_prefix:
        return f"word = {text(word)}"
    return f"(word >= {text(word)} AND word < {text(word + AFTER_ALL)})"


def _frequency(columns: Sequence[str]) -> str:
    return "(" + " + ".join(f"{number(_WEIGHTS[column])} * {column}" for column in columns or TEXT_COLUMNS) + ")"


def _is_in(columns: Sequence[str]) -> str:
    return f" AND ({' + '.join(columns)}) > 0" if columns else ""


def untyped(term: Text) -> Text:
    """Return a term without what does not matter for the papers that contain it."""
    return Text(" ".join(term.text.split()), term.prefix, True, None, term.columns)
