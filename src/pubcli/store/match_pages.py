"""Match the records of two pages: pair each record on one side with the record of the same paper on the other side.

The title of a paper may change. Then its key may change too, because a key is made from authors, year and title. So
records are matched by content. Strict rules come first, beginning with the strictest. The remaining records are matched
by similarity. Neither the order of the records nor the order of the two pages changes which records are paired.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pubcli.answer.answer import Row
from pubcli.text.normalize import fold, words
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow

RENAMED = 0.8
"""Minimum similarity at which two records with different titles count as one renamed paper."""
_SAME_AUTHORS, _SAME_KEY, _ALIKE_ABSTRACTS = 0.2, 0.2, 0.5
"""How much equal authors, equal keys and similar abstracts add to the similarity of two titles, which is at most 1."""
_ALIKE, _UNLIKE = 0.65, 0.35
"""Two abstracts count as similar if their share of common words reaches the first limit. They count as different if the
share is below the second limit.

For different papers by the same team on one subject, the share reaches 0.62. For unrelated papers, it stays below 0.3.
"""
_LARGEST_BLOCK = 30
"""If more than this number of records on one side share a value, the value is not used to find candidates. This limits
the number of pairs to compare."""
_OPENING = 12
"""Two records are candidates for a pair if this many words at the beginning of their abstracts are equal."""


class Side(NamedTuple):
    """One of the two sides that are compared: a page that was read, or a snapshot of a library."""

    header: Row
    """The name and the numbers in the header, as in rows of `pubcli profile --list`; a missing field counts as None."""
    papers: "Sequence[PaperRow]"
    """Papers with the fields of `pubcli list --json`."""


class PageMatches(NamedTuple):
    """The pairs of matched papers in `both`, and the papers that have no match.

    `gone_papers` are only on the old side, `new` are only on the new side.
    """

    both: "list[tuple[PaperRow, PaperRow]]"
    gone_papers: "list[PaperRow]"
    new: "list[PaperRow]"


class _Record:
    """A record with the values by which it is matched. Costly values are computed when they are first needed."""

    def __init__(self, row: "PaperRow") -> None:
        self.row = row
        self.title_words = words(readable(self.row["title"]))
        self.title = " ".join(self.title_words) or fold(self.row["title"])
        self.authors = tuple(sorted({fold(name) for name in self.row["authors"]}))
        self.year = (self.row["date"] or "")[:4]

    @cached_property
    def content(self) -> str:
        """The content of the record as text, without its position.

        Records are sorted by this text before they are matched.
        """
        row = self.row
        values = [
            row["title"],
            row["authors"],
            row["date"],
            row["abstract"],
            row["category"],
            row["org"],
            row["badges"],
        ]
        return repr((self.title, row["key"], *values, row["authors_complete"], row["date_assumed"], row["code"]))

    @cached_property
    def abstract(self) -> list[str]:
        return words(readable(self.row["abstract"] or ""))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.abstract)

    def tokens(self) -> set[tuple[str, ...]]:
        """Return values that a paper may keep when its title changes: title words, key and start of the abstract.

        Two records that have one of these values in common are candidates for a pair.
        """
        opening = tuple(self.abstract[:_OPENING])
        return {("title", word) for word in self.title_words} | {("key", self.row["key"]), ("abstract", *opening)}


_Pairs: TypeAlias = list[tuple[_Record, _Record]]
_Blocks: TypeAlias = Callable[[_Record], Iterable[tuple[str, ...]]]

_STAGES: tuple[_Blocks, ...] = (
    lambda record: [(record.content,)],
    lambda record: [(record.title, record.row["date"] or "", *record.authors)],
    lambda record: [(record.title, record.year, *record.authors)],
    lambda record: [(record.title, record.year, fold(name)) for name in record.row["authors"][:1]],
    lambda record: [(record.title, record.year, name) for name in record.authors],
    lambda record: [(record.title, *record.authors)],
    lambda record: [(record.title, name) for name in record.authors],
)
"""For each stage of matching, the strictest first, a function that returns the values by which records are paired.

The stages compare: (1) all content, (2) title, date and all authors, (3) title, year and all authors, (4) title, year
and first author, (5) title, year and any author, (6) title and all authors, (7) title and any author.
"""


def match_papers(old: "Sequence[PaperRow]", new: "Sequence[PaperRow]") -> PageMatches:
    """Pair the papers that are on both sides; return the pairs and the papers that are on one side only."""
    left, right = _records(old), _records(new)
    both: _Pairs = []
    for blocks in _STAGES:
        left, right = _pair_equal(left, right, blocks, blocks, both)
    left, right = _pair_equal(left, right, _authorless, _titled, both)
    left, right = _pair_equal(left, right, _titled, _authorless, both)
    left, right = _pair_similar(left, right, both)
    return PageMatches([(a.row, b.row) for a, b in both], [a.row for a in left], [b.row for b in right])


def _records(rows: "Sequence[PaperRow]") -> list[_Record]:
    return sorted(map(_Record, rows), key=lambda record: record.content)


def _titled(record: _Record) -> list[tuple[str, ...]]:
    return [(record.title,)]


def _authorless(record: _Record) -> list[tuple[str, ...]]:
    return [] if record.authors else [(record.title,)]


def _pair_equal(
    left: list[_Record], right: list[_Record], left_blocks: _Blocks, right_blocks: _Blocks, both: _Pairs
) -> tuple[list[_Record], list[_Record]]:
    """Pair records of the left side with records of the right side that have a value in common.

    `left_blocks` returns the values of a record on the left, such as `(title, author)`; `right_blocks`, those of a
    record on the right. The pairs are added to `both`. Return the records of each side that have no partner.
    """
    lefts, rights = _by_block(left, left_blocks), _by_block(right, right_blocks)
    used: set[_Record] = set()
    for block in sorted(lefts.keys() & rights.keys()):
        pairs = list(
            zip(
                [record for record in lefts[block] if record not in used],
                [record for record in rights[block] if record not in used],
                strict=False,
            )
        )
        both += pairs
        used.update(record for pair in pairs for record in pair)
    return _without(left, used), _without(right, used)


def _by_block(records: Iterable[_Record], blocks: _Blocks) -> dict[tuple[str, ...], list[_Record]]:
    by_block: dict[tuple[str, ...], list[_Record]] = {}
    for record in records:
        for block in blocks(record):
            by_block.setdefault(block, []).append(record)
    return by_block


def _without(records: list[_Record], used: set[_Record]) -> list[_Record]:
    return [record for record in records if record not in used]


def _pair_similar(left: list[_Record], right: list[_Record], both: _Pairs) -> tuple[list[_Record], list[_Record]]:
    """Pair records of the two sides whose similarity is at least `RENAMED`, the most similar first.

    The pairs are added to `both`. Return the records of each side that have no partner.
    """
    likely = ((likeness, a, b) for a, b in _candidates(left, right) if (likeness := _likeness(a, b)) >= RENAMED)
    used: set[_Record] = set()
    for _, a, b in sorted(likely, key=lambda pair: (-pair[0], *sorted((pair[1].content, pair[2].content)))):
        if a not in used and b not in used:
            both.append((a, b))
            used |= {a, b}
    return _without(left, used), _without(right, used)


def _candidates(left: list[_Record], right: list[_Record]) -> Iterable[tuple[_Record, _Record]]:
    lefts, rights = _by_block(left, _Record.tokens), _by_block(right, _Record.tokens)
    candidates: dict[tuple[_Record, _Record], None] = {}
    for block in lefts.keys() & rights.keys():
        if max(len(lefts[block]), len(rights[block])) <= _LARGEST_BLOCK:
            candidates |= dict.fromkeys(product(lefts[block], rights[block]))
    return candidates


def _likeness(a: _Record, b: _Record) -> float:
    """Return how similar two records are; 0 if their authors or abstracts show that they are different papers."""
    if a.authors and b.authors and not set(a.authors) & set(b.authors):
        return 0
    common = _dice(a.vocabulary, b.vocabulary)
    if a.abstract and b.abstract and common < _UNLIKE:
        return 0
    bonus: float = _SAME_AUTHORS * (a.authors == b.authors) + _SAME_KEY * (a.row["key"] == b.row["key"])
    bonus += _ALIKE_ABSTRACTS * (common >= _ALIKE)
    return title_similarity(a.title_words, b.title_words, RENAMED, bonus)


def title_similarity(title: list[str], other_title: list[str], at_least: float, bonus: float = 0) -> float:
    """Return the share of words that two titles have in common in the same order, from 0 to 1, plus `bonus`.

    The caller gives a bonus for other reasons to think that the two papers are the same, such as equal authors. If the
    share plus the bonus cannot reach `at_least`, the result is 0. Swapping the titles does not change the result.
    """
    at_most = 2 * (Counter(title) & Counter(other_title)).total() / max(1, len(title) + len(other_title))
    if at_most + bonus < at_least:
        return 0  # too few common words, in any order
    # SequenceMatcher may return another ratio for swapped texts, so the texts are sorted first.
    first, second = sorted((title, other_title))
    return SequenceMatcher(None, first, second, autojunk=False).ratio() + bonus


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0
