"""Compare two profiles: find what they share, and what only one of them has."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from pubcli.analysis.check import CITATION_NUMBERS
from pubcli.answer.answer import Answer
from pubcli.answer.values import partial_date
from pubcli.biblio.names import name_key
from pubcli.language.keyness import ReferenceCorpus, rank_by_keyness
from pubcli.language.postings import PhraseOccurrences, Postings, common_spellings
from pubcli.store.match_pages import Side, match_papers
from pubcli.text.normalize import counted, fold
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import ComparisonRow, PaperRow

COMPARISON_FIELDS = ("section", "item", "a", "b", "a_assumed", "b_assumed", "item_ambiguous")
"""`section` is header, paper, coauthor, category, year or topic. In the section header, `a` and `b` are numbers that
the pages state. In the section paper, they are the dates of a shared paper on the two pages. A date contains only its
known parts. In all other sections, `a` and `b` are numbers of papers on the two pages. `item_ambiguous` is true for a
category code that belongs to several arXiv archives."""

MAX_TOPICS = 10
"""Maximum number of topics for each of the two profiles."""


def compare(a: Side, b: Side, persons: Mapping[str, str] | None = None) -> "Answer[ComparisonRow]":
    """Return what two profiles state and share: numbers, papers, co-authors, categories, years, and different topics.

    If a person has several names, `persons` maps each folded name to the name under which the person is counted.
    """
    rows = [
        *_numbers(a, b),
        *_shared_papers(a, b),
        *_shared_coauthors(a, b, persons or {}),
        *(row for section in (_categories, _years, _topics) for row in section(a, b)),
    ]
    names = {"a": page_name(a) or "A", "b": page_name(b) or "B"}
    return Answer("comparison", COMPARISON_FIELDS, rows, notes=_notes(a, b), headings=names)


def _row(section: str, item: object, a: object, b: object, *assumed: bool, ambiguous: bool = False) -> Any:
    return dict(zip(COMPARISON_FIELDS, (section, item, a, b, *(assumed or (False, False)), ambiguous), strict=True))


def _numbers(a: Side, b: Side) -> "Iterator[ComparisonRow]":
    """Yield the numbers of citations that the pages state.

    Recent numbers of the two pages are in one row only if both pages count them from the same year. If neither page has
    papers, nothing is yielded.
    """
    if not (a.papers or b.papers):
        return
    for field, label in CITATION_NUMBERS.items():
        values = [side.header.get(field) for side in (a, b)]
        if any(value is not None for value in values):
            yield _row("header", label, values[0], values[1])
    years = dict.fromkeys(side.header.get("recent_since") for side in (a, b))
    for year in filter(None, years):
        for field, label in CITATION_NUMBERS.items():
            recent = [
                side.header.get(f"recent_{field}") if side.header.get("recent_since") == year else None
                for side in (a, b)
            ]
            if any(value is not None for value in recent):
                yield _row("header", f"{label} since {year}", recent[0], recent[1])


def _shared_papers(a: Side, b: Side) -> "Iterator[ComparisonRow]":
    pairs = match_papers(a.papers, b.papers).both
    rows = [_row("paper", _title(x, y), *_dates(x, y)) for x, y in pairs]
    by_title = sorted(rows, key=lambda row: (fold(row["item"]), repr(row)))
    yield from sorted(by_title, key=lambda row: max(row["a"] or "", row["b"] or ""), reverse=True)


def _title(x: "PaperRow", y: "PaperRow") -> str:
    """Return the title of a shared paper. If the titles differ, prefer a title that its page does not truncate."""
    return min((x, y), key=lambda paper: ("title" in paper["cut"], paper["title"]))["title"]


def _dates(x: "PaperRow", y: "PaperRow") -> tuple[Any, ...]:
    return (partial_date(x) or None, partial_date(y) or None, x["date_assumed"], y["date_assumed"])


def _shared_coauthors(a: Side, b: Side, persons: Mapping[str, str]) -> "Iterator[ComparisonRow]":
    owners = owner_names(a, persons) | owner_names(b, persons)
    a_counts, b_counts = count_coauthors(a, persons), count_coauthors(b, persons)
    spellings = Counter(name for side in (a, b) for paper in side.papers for name in _authors(paper, persons))
    spelling = {name_key(name): name for name in sorted(spellings, key=lambda name: (spellings[name], name))}
    for name in _most_papers_first(a_counts, b_counts):
        if a_counts[name] and b_counts[name] and name not in owners:
            yield _row("coauthor", spelling[name], a_counts[name], b_counts[name])


def _authors(paper: "PaperRow", persons: Mapping[str, str]) -> list[str]:
    return [persons.get(name_key(name), name) for name in paper["authors"]]


def count_coauthors(side: Side, persons: Mapping[str, str]) -> Counter[str]:
    """Return the number of papers of each author on a page, by folded name. The owner of the page is an author, too.

    If the page lists a paper twice with the same title and year, the paper counts once. On a page without a header,
    papers by a single author do not count, because this author may be the owner.
    """
    has_owner = page_name(side) is not None
    authorships = {
        (name_key(name), fold(readable(paper["title"])), page_year(paper))
        for paper in side.papers
        if has_owner or len(_authors(paper, persons)) > 1 or not paper["authors_complete"]
        for name in _authors(paper, persons)
    }
    return Counter(name for name, *_ in authorships)


def _most_papers_first(a: Counter[str], b: Counter[str]) -> list[str]:
    """Return the co-authors or category codes in `a` and `b`, sorted by total number of papers, most papers first."""
    return sorted(a.keys() | b.keys(), key=lambda item: (-a[item] - b[item], item))


def _categories(a: Side, b: Side) -> "Iterator[ComparisonRow]":
    a_counts, b_counts = (Counter(paper["category"] or "" for paper in side.papers) for side in (a, b))
    ambiguous = {paper["category"] for side in (a, b) for paper in side.papers if len(paper["classes"]) > 1}
    for code in _most_papers_first(a_counts, b_counts):
        yield _row("category", code or None, a_counts[code], b_counts[code], ambiguous=code in ambiguous)


def _years(a: Side, b: Side) -> "Iterator[ComparisonRow]":
    """Yield a row with the numbers of papers for each year, newest first, then a row for papers without a date."""
    a_counts, b_counts = (Counter(page_year(paper) for paper in side.papers) for side in (a, b))
    assumed = [{page_year(paper) for paper in side.papers if paper["date_assumed"]} for side in (a, b)]
    for year in sorted(a_counts.keys() | b_counts.keys(), reverse=True):
        yield _row("year", year or None, a_counts[year], b_counts[year], *(year in years for years in assumed))


def page_year(paper: "PaperRow") -> str:
    """Return the year of a paper; an empty text if it is unknown."""
    return (paper["date"] or "")[:4]


def _topics(a: Side, b: Side) -> "Iterator[ComparisonRow]":
    a_phrases, b_phrases = _postings(a), _postings(b)
    for name, count in _exclusive_topics(a, a_phrases, b_phrases):
        yield _row("topic", name, count, 0)
    for name, count in _exclusive_topics(b, b_phrases, a_phrases):
        yield _row("topic", name, 0, count)


def page_topics(side: Side) -> set[str]:
    """Return the keys of the phrases that occur in at least two papers of a page."""
    return {phrase.key for phrase in _postings(side).occurrences(2)}


def _postings(side: Side) -> Postings:
    postings = Postings()
    for text in _texts(side):
        postings.add(*text)
    return postings


def _texts(side: Side) -> Iterable[tuple[str, str]]:
    return ((paper["title"], paper["abstract"] or "") for paper in side.papers)


def _exclusive_topics(side: Side, phrases: Postings, other: Postings) -> list[tuple[str, int]]:
    """Return the phrases that occur in at least two papers of one profile and in no paper of the other profile.

    For each phrase, the number of papers is returned, too. The phrases with the highest scores come first. If several
    phrases have a word in common, only the first of these phrases is returned. Forms of a word count as one word.
    """
    elsewhere = {phrase.key: len(phrase.papers) for phrase in other.occurrences()}
    exclusive = [phrase for phrase in phrases.occurrences(2) if phrase.key not in elsewhere]
    counts = {phrase.stems: len(phrase.papers) for phrase in exclusive}
    topics: list[PhraseOccurrences] = []
    words: set[str] = set()
    for phrase, _ in rank_by_keyness(exclusive, counts, phrases.size, ReferenceCorpus(other.size, elsewhere)):
        prefixes = {stem[:_PREFIX] for stem in phrase.stems}
        if prefixes.isdisjoint(words) and len(topics) < MAX_TOPICS:
            topics.append(phrase)
            words |= prefixes
    spellings = common_spellings(_texts(side), topics)
    return [(spellings[phrase.stems], len(phrase.papers)) for phrase in topics]


_PREFIX = 6
"""Two words count as forms of one word if this number of letters at their beginnings is equal."""


def page_name(side: Side) -> str | None:
    """Return the name of the owner of a page; None if the page has no header."""
    name = side.header.get("name")
    return None if name is None else str(name)


def owner_names(side: Side, persons: Mapping[str, str]) -> set[str]:
    """Return the folded names under which a page names its owner. `persons` is as in `compare`."""
    name = page_name(side)
    names = [*([] if name is None else [name]), *map(str, _spellings(side))]
    return {name_key(persons.get(name_key(name), name)) for name in names}


def _spellings(side: Side) -> list[Any]:
    """Return the other spellings under which a page names its owner."""
    spellings = side.header.get("name_variants")
    return spellings if isinstance(spellings, list) else []


def _notes(a: Side, b: Side) -> tuple[str, ...]:
    truncated = [sum(not paper["authors_complete"] for paper in side.papers) for side in (a, b)]
    origins = ", ".join(f"{letter} is {_origin(side)}" for letter, side in (("a", a), ("b", b)))
    lists = counted(len(a.papers), "author list of a", "author lists of a")
    lists = f"{truncated[0]:,} of {lists} and {truncated[1]:,} of {len(b.papers):,} of b"
    bound = f"{lists} are incomplete (et al.): counts of co-authors are lower bounds, and the pages may share more"
    return (origins, *((bound,) if any(truncated) else ()))


def _origin(side: Side) -> str:
    """Return the name of a profile. Add the source and the date of the capture if they are known."""
    name = page_name(side) or "a page without header"
    values = (("", side.header.get("source")), ("as of ", side.header.get("as_of")))
    origin = ", ".join(f"{before}{value}" for before, value in values if value)
    return f"{name} ({origin})" if origin else name
