"""Which record on one side is the same paper as which on the other.

A paper keeps its title or not; its key follows from authors, year and title and moves with them. So records meet by
what they say, strictest first, and what is left is compared by likeness. Neither the order of the records nor which
side is called old makes a difference: swapping the sides swaps every pair and changes nothing else.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pubcli.answer.answer import Row
from pubcli.text.normalize import fold, words
from pubcli.text.tex import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow

RENAMED = 0.8
"""Likeness from which two records with different titles count as one renamed paper."""
_SAME_AUTHORS, _SAME_KEY, _ALIKE_ABSTRACTS = 0.2, 0.2, 0.5
"""What each adds to the likeness of the titles, which is 1 at most."""
_ALIKE, _UNLIKE = 0.65, 0.35
"""Share of common words in abstracts. Papers of one group on one subject reach 0.62; unrelated ones stay below 0.3."""
_LARGEST_BLOCK = 30
"""A word that more records have on either side brings no two of them together: likeness is never asked of all pairs."""
_OPENING = 12
"""Words with which an abstract opens."""


class Side(NamedTuple):
    """What is compared, wherever it comes from."""

    header: Row
    """Numbers and name as `profiles` gives them; a missing field is as good as None."""
    papers: "Sequence[PaperRow]"
    """Papers with the fields of `pubcli list --json`."""


class PageMatches(NamedTuple):
    """Every record of either side stands in exactly one place."""

    both: "list[tuple[PaperRow, PaperRow]]"
    gone: "list[PaperRow]"
    new: "list[PaperRow]"


class _Record:
    """A paper with what it is recognised by, each worked out when it is first needed."""

    def __init__(self, row: "PaperRow") -> None:
        self.row = row
        self.title_words = words(readable(self.row["title"]))
        self.title = " ".join(self.title_words) or fold(self.row["title"])
        self.authors = tuple(sorted({fold(name) for name in self.row["authors"]}))

    @cached_property
    def content(self) -> str:
        """All that the record says, but for its place: the order in which records are taken."""
        row = self.row
        said = [row["title"], row["authors"], row["date"], row["abstract"], row["category"], row["org"], row["badges"]]
        return repr((self.title, row["key"], *said, row["authors_complete"], row["date_assumed"], row["code"]))

    @cached_property
    def abstract(self) -> list[str]:
        return words(readable(self.row["abstract"] or ""))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(self.abstract)

    def tokens(self) -> set[tuple[str, ...]]:
        """What a renamed paper may have kept."""
        opening = tuple(self.abstract[:_OPENING])
        return {("title", word) for word in self.title_words} | {("key", self.row["key"]), ("abstract", *opening)}


_Pairs: TypeAlias = list[tuple[_Record, _Record]]
_Blocks: TypeAlias = Callable[[_Record], Iterable[tuple[str, ...]]]

_STAGES: tuple[_Blocks, ...] = (
    lambda record: [(record.content,)],
    lambda record: [(record.title, record.row["date"] or "", *record.authors)],
    lambda record: [(record.title, *record.authors)],
    lambda record: [(record.title, name) for name in record.authors],
)
"""Records of one title meet: identical ones first, then those that share all authors, then any one."""


def match_papers(old: "Sequence[PaperRow]", new: "Sequence[PaperRow]") -> PageMatches:
    """The papers that both sides have, and those that one has alone."""
    left, right = _records(old), _records(new)
    both: _Pairs = []
    for blocks in _STAGES:
        left, right = _meet(left, right, blocks, blocks, both)
    left, right = _meet(left, right, _authorless, _titled, both)
    left, right = _meet(left, right, _titled, _authorless, both)
    left, right = _recognised(left, right, both)
    return PageMatches([(a.row, b.row) for a, b in both], [a.row for a in left], [b.row for b in right])


def _records(rows: "Sequence[PaperRow]") -> list[_Record]:
    return sorted(map(_Record, rows), key=lambda record: record.content)


def _titled(record: _Record) -> list[tuple[str, ...]]:
    return [(record.title,)]


def _authorless(record: _Record) -> list[tuple[str, ...]]:
    return [] if record.authors else [(record.title,)]


def _meet(
    left: list[_Record], right: list[_Record], left_blocks: _Blocks, right_blocks: _Blocks, both: _Pairs
) -> tuple[list[_Record], list[_Record]]:
    """Pair records that stand in one block, in order, and return those that remain."""
    lefts, rights = _by_block(left, left_blocks), _by_block(right, right_blocks)
    used: set[_Record] = set()
    for block in sorted(lefts.keys() & rights.keys()):
        found = list(
            zip(
                [record for record in lefts[block] if record not in used],
                [record for record in rights[block] if record not in used],
                strict=False,
            )
        )
        both += found
        used.update(record for pair in found for record in pair)
    return _without(left, used), _without(right, used)


def _by_block(records: Iterable[_Record], blocks: _Blocks) -> dict[tuple[str, ...], list[_Record]]:
    found: dict[tuple[str, ...], list[_Record]] = {}
    for record in records:
        for block in blocks(record):
            found.setdefault(block, []).append(record)
    return found


def _without(records: list[_Record], used: set[_Record]) -> list[_Record]:
    return [record for record in records if record not in used]


def _recognised(left: list[_Record], right: list[_Record], both: _Pairs) -> tuple[list[_Record], list[_Record]]:
    """Pair the records that are most alike first, down to the threshold, and return those that remain."""
    likely = ((likeness, a, b) for a, b in _candidates(left, right) if (likeness := _likeness(a, b)) >= RENAMED)
    used: set[_Record] = set()
    for _, a, b in sorted(likely, key=lambda found: (-found[0], *sorted((found[1].content, found[2].content)))):
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
    """How likely two records are one paper; 0 for those that no title can make one."""
    if a.authors and b.authors and not set(a.authors) & set(b.authors):
        return 0
    common = _dice(a.vocabulary, b.vocabulary)
    if a.abstract and b.abstract and common < _UNLIKE:
        return 0
    bonus: float = _SAME_AUTHORS * (a.authors == b.authors) + _SAME_KEY * (a.row["key"] == b.row["key"])
    bonus += _ALIKE_ABSTRACTS * (common >= _ALIKE)
    return title_similarity(a.title_words, b.title_words, RENAMED, bonus)


def title_similarity(one: list[str], other: list[str], at_least: float, bonus: float = 0) -> float:
    """The share of words that two titles have in common and in order, 1 for equal ones, and what else speaks for them.

    0 where both together cannot reach `at_least`. Swapping the titles makes no difference.
    """
    at_most = 2 * (Counter(one) & Counter(other)).total() / max(1, len(one) + len(other))
    if at_most + bonus < at_least:
        return 0  # whatever the order of the words
    # SequenceMatcher does not promise the same ratio for swapped texts, so the texts have an order of their own.
    first, second = sorted((one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio() + bonus


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0
