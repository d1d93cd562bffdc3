"""Two profiles side by side: what they share, and what only one of them has."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pubcli.answer.answer import Answer, Row
from pubcli.answer.values import known_date
from pubcli.language.keyness import ReferenceCorpus, ranked
from pubcli.language.postings import PhraseOccurrences, Postings, spellings
from pubcli.store.match_pages import Side, paired
from pubcli.text.normalize import counted, fold
from pubcli.text.tex import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import ComparisonRow

COMPARISON_FIELDS = ("section", "item", "a", "b", "a_assumed", "b_assumed", "item_ambiguous")
"""`section` is paper, coauthor, category, year or topic. `a` and `b` are the dates of a shared paper on either side,
as far as they are known, and numbers of papers everywhere else. `item_ambiguous` tells of a category whether its code
may stand for several of arXiv's classes."""

MOST_TOPICS = 10
"""On each side."""


def compare(a: Side, b: Side, persons: Mapping[str, str] | None = None) -> "Answer[ComparisonRow]":
    """Shared papers and co-authors, categories and years side by side, topics that only one has.

    `persons` tells for folded names of people who have several by which of them they are shown and counted.
    """
    rows = [
        *_shared_papers(a, b),
        *_shared_coauthors(a, b, persons or {}),
        *(row for section in (_categories, _years, _topics) for row in section(a, b)),
    ]
    names = {"a": _name(a, "A"), "b": _name(b, "B")}
    return Answer("comparison", COMPARISON_FIELDS, rows, notes=_notes(a, b), heads=names)


def _row(section: str, item: object, a: object, b: object, *assumed: bool, ambiguous: bool = False) -> Any:
    return dict(zip(COMPARISON_FIELDS, (section, item, a, b, *(assumed or (False, False)), ambiguous), strict=True))


def _shared_papers(a: Side, b: Side) -> "Iterator[ComparisonRow]":
    rows = [
        _row("paper", min(str(x["title"]), str(y["title"])), *_dates(x, y)) for x, y in paired(a.papers, b.papers).both
    ]
    by_title = sorted(rows, key=lambda row: (fold(row["item"]), repr(row)))
    yield from sorted(by_title, key=lambda row: max(row["a"] or "", row["b"] or ""), reverse=True)


def _dates(x: Any, y: Any) -> tuple[Any, ...]:
    return (known_date(x) or None, known_date(y) or None, x["date_assumed"], y["date_assumed"])


def _shared_coauthors(a: Side, b: Side, persons: Mapping[str, str]) -> "Iterator[ComparisonRow]":
    owners = {
        fold(persons.get(fold(str(name)), str(name)))
        for side in (a, b)
        if (name := side.header.get("name")) is not None
    }
    counts, others = _coauthors(a, persons), _coauthors(b, persons)
    spellings = Counter(name for side in (a, b) for paper in side.papers for name in _authors(paper, persons))
    spelled = {fold(name): name for name in sorted(spellings, key=lambda name: (spellings[name], name))}
    for name in _most_first(counts, others):
        if counts[name] and others[name] and name not in owners:
            yield _row("coauthor", spelled[name], counts[name], others[name])


def _authors(paper: Any, persons: Mapping[str, str]) -> list[str]:
    return [persons.get(fold(name), name) for name in paper["authors"]]


def _coauthors(side: Side, persons: Mapping[str, str]) -> Counter[str]:
    """Papers of each author by folded name; a paper that is listed twice, with one year, counts once.

    Without a header, who wrote a paper alone is nobody's co-author there.
    """
    owned = side.header.get("name") is not None
    named = {
        (fold(name), fold(readable(str(paper["title"]))), _year(paper))
        for paper in side.papers
        if owned or len(_authors(paper, persons)) > 1 or not paper["authors_complete"]
        for name in _authors(paper, persons)
    }
    return Counter(name for name, *_ in named)


def _most_first(a: Counter[str], b: Counter[str]) -> list[str]:
    """The items of both sides, those with most papers on the two together first."""
    return sorted(a.keys() | b.keys(), key=lambda item: (-a[item] - b[item], item))


def _categories(a: Side, b: Side) -> "Iterator[ComparisonRow]":
    counts, others = (Counter(str(paper["category"] or "") for paper in side.papers) for side in (a, b))
    ambiguous = {str(paper["category"]) for side in (a, b) for paper in side.papers if _is_ambiguous(paper)}
    for code in _most_first(counts, others):
        yield _row("category", code or None, counts[code], others[code], ambiguous=code in ambiguous)


def _is_ambiguous(paper: Row) -> bool:
    classes = paper["classes"]
    return isinstance(classes, list) and len(classes) > 1


def _years(a: Side, b: Side) -> "Iterator[ComparisonRow]":
    """Newest first; papers without a date last."""
    counts, others = (Counter(_year(paper) for paper in side.papers) for side in (a, b))
    assumed = [{_year(paper) for paper in side.papers if paper["date_assumed"]} for side in (a, b)]
    for year in sorted(counts.keys() | others.keys(), reverse=True):
        yield _row("year", year or None, counts[year], others[year], *(year in years for years in assumed))


def _year(paper: Row) -> str:
    return str(paper["date"] or "")[:4]


def _topics(a: Side, b: Side) -> "Iterator[ComparisonRow]":
    found = [_postings(side) for side in (a, b)]
    for name, count in _peculiar(a, *found):
        yield _row("topic", name, count, 0)
    for name, count in _peculiar(b, *reversed(found)):
        yield _row("topic", name, 0, count)


def _postings(side: Side) -> Postings:
    postings = Postings()
    for paper in side.papers:
        postings.add(*_text(paper))
    return postings


def _text(paper: Row) -> tuple[str, str]:
    return str(paper["title"]), str(paper["abstract"] or "")


def _peculiar(side: Side, own: Postings, other: Postings) -> list[tuple[str, int]]:
    """Phrases in at least two papers of a side and in none of the other, the most telling first, with their papers.

    Of phrases that share words, in any form, the better one stands for all.
    """
    elsewhere = {one.key: len(one.papers) for one in other.found()}
    found = [one for one in own.found(2) if one.key not in elsewhere]
    counts = {one.stems: len(one.papers) for one in found}
    chosen: list[PhraseOccurrences] = []
    taken: set[str] = set()
    for one, _ in ranked(found, counts, own.size, ReferenceCorpus(other.size, elsewhere)):
        beginnings = {stem[:_SAME_WORD] for stem in one.stems}
        if beginnings.isdisjoint(taken) and len(chosen) < MOST_TOPICS:
            chosen.append(one)
            taken |= beginnings
    names = spellings(map(_text, side.papers), chosen)
    return [(names[one.stems], len(one.papers)) for one in chosen]


_SAME_WORD = 6
"""Letters by which forms of one word are known."""


def _name(side: Side, otherwise: str) -> str:
    return str(side.header.get("name") or otherwise)


def _notes(a: Side, b: Side) -> tuple[str, ...]:
    cut = [sum(not paper["authors_complete"] for paper in side.papers) for side in (a, b)]
    described = (f"{letter} is {_described(side)}" for letter, side in (("a", a), ("b", b)))
    lists = counted(len(a.papers), "author list of a", "author lists of a")
    lists = f"{cut[0]:,} of {lists} and {cut[1]:,} of {len(b.papers):,} of b"
    bound = f"{lists} are incomplete (et al.): counts of co-authors are lower bounds, and more may be shared"
    return (", ".join(described), *((bound,) if any(cut) else ()))


def _described(side: Side) -> str:
    name = side.header.get("name") or "a page without header"
    known = (("", side.header.get("source")), ("as of ", side.header.get("as_of")))
    origin = ", ".join(f"{before}{value}" for before, value in known if value)
    return f"{name} ({origin})" if origin else str(name)
