"""A slow and plain answer to every question, over records in memory: what the engine must agree with.

Nothing here is shared with the engine but the records, `fold`, `readable`, the phrases of a text and the types of the
query language.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby, product
from typing import TypeAlias

from pubcli.biblio.names import filing_order
from pubcli.language.phrases import phrase_key, phrases, spelled_phrases
from pubcli.model import Page, Paper
from pubcli.query.expression import And, Expression, Fuzzy, Match, Not, Or, Order, Pattern, Range, Text
from pubcli.text.normalize import fold

Sortable: TypeAlias = str | int | bool | None


def said(text: str) -> list[str]:
    """The words of a text, cut at everything that is neither letter nor digit, and between Greek and other letters.

    A Chinese or Japanese sign is a word.
    """
    spaced = "".join(f" {char} " if _is_sign(char) else char if char.isalnum() else " " for char in fold(text))
    return [
        "".join(run) for word in spaced.split() for _, run in groupby(word, lambda char: "\u0370" <= char <= "\u03ff")
    ]


def _is_sign(char: str) -> bool:
    scripts = ("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA", "KATAKANA", "HENTAIGANA")
    return char.isalnum() and unicodedata.name(char, "").startswith(scripts)


def texts(paper: Paper) -> tuple[str, ...]:
    """The texts of a paper that words are looked for in, one by one: a phrase never reaches from one into the next."""
    return paper.readable_title, "\n".join(paper.authors), paper.readable_abstract or "", paper.org or ""


def work(paper: Paper) -> tuple[str, int | None]:
    """What counts once, however many pages list it."""
    return fold(paper.readable_title), paper.date.year if paper.date else None


def holds(text: str, term: Text) -> bool:
    """Whether the words of a term stand side by side in a text."""
    words, wanted = said(text), term.text.split()
    places = (words[start : start + len(wanted)] for start in range(len(words) - len(wanted) + 1))
    return any(_alike(place, wanted, term.prefix) for place in places)


def _alike(place: Sequence[str], wanted: Sequence[str], prefix: bool) -> bool:
    last = place[-1].startswith(wanted[-1]) if prefix else place[-1] == wanted[-1]
    return last and place[:-1] == wanted[:-1]


def selects(expression: Expression | None, paper: Paper) -> bool:
    """Whether an expression selects a paper."""
    match expression:
        case None:
            return True
        case Text(exact=True):
            return any(holds(text, expression) for text in texts(paper))
        case Pattern(source):
            said_there = (paper.readable_title, *paper.authors, paper.readable_abstract or "", paper.org or "")
            return any(re.search(source, text, re.IGNORECASE) for text in said_there)
        case Text() | Fuzzy():
            raise ValueError("what a word stands for is for the tests of variants")
        case Match(field, value):
            return _meets(paper, field, value)
        case Not(part):
            return not selects(part, paper)
        case And(parts):
            return all(selects(part, paper) for part in parts)
        case Or(parts):
            return any(selects(part, paper) for part in parts)


def _meets(paper: Paper, field: str, value: str | bool | Range) -> bool:
    if isinstance(value, Range):
        stated = _day(paper) if field == "date" else getattr(paper, field)
        return stated is not None and _within(stated, value)
    if isinstance(value, bool):
        return bool(getattr(paper, field)) is value
    if field == "has":
        return bool(getattr(paper, value))
    said_there = [fold(text) for text in _VALUES[field](paper) if text is not None]
    if field in ("category", "key", "classes", "badges", "doi", "arxiv"):
        return fold(value) in said_there
    if field == "author":
        said_there += [_apart(name) for name in said_there]
        return any(fold(value) in name or (_apart(fold(value)).strip() or fold(value)) in name for name in said_there)
    return any(fold(value) in text for text in said_there)


def _apart(name: str) -> str:
    return name.replace("-", " ").replace("'", "")


def _day(paper: Paper) -> str | None:
    return None if paper.date is None else paper.date.isoformat()


def _within(stated: str | int, limits: Range) -> bool:
    after = limits.first is None or stated >= limits.first  # type: ignore[operator]
    return after and (limits.last is None or stated <= limits.last)  # type: ignore[operator]


_VALUES: dict[str, Callable[[Paper], Iterable[str | None]]] = {
    "author": lambda paper: paper.authors,
    "title": lambda paper: (paper.readable_title,),
    "abstract": lambda paper: (paper.readable_abstract,),
    "org": lambda paper: (paper.org,),
    "profile": lambda paper: (paper.profile or paper.source,),
    "links": lambda paper: paper.links,
    "source": lambda paper: (paper.source,),
    "category": lambda paper: (paper.category,),
    "classes": lambda paper: paper.classes,
    "key": lambda paper: (paper.key,),
    "badges": lambda paper: paper.badges,
    "doi": lambda paper: (paper.doi,),
    "arxiv": lambda paper: (paper.arxiv,),
    "venue": lambda paper: (paper.venue,),
}

SORTED_BY: dict[str, Callable[[Paper], Sortable]] = {
    "key": lambda paper: paper.key,
    "position": lambda paper: paper.position,
    "profile": lambda paper: paper.profile and fold(paper.profile),
    "title": lambda paper: fold(paper.readable_title),
    "title_guessed": lambda paper: paper.title_guessed,
    "authors": lambda paper: filing_order(paper.authors[0]) if paper.authors else None,
    "authors_complete": lambda paper: paper.authors_complete,
    "org": lambda paper: paper.org and fold(paper.org),
    "category": lambda paper: paper.category,
    "date": _day,
    "date_assumed": lambda paper: paper.date_assumed,
    "code": lambda paper: paper.code,
    "source": lambda paper: paper.source,
    "line": lambda paper: paper.line,
    "date_precision": lambda paper: paper.date_precision,
    "kind": lambda paper: paper.kind,
    "doi": lambda paper: paper.doi,
    "venue": lambda paper: paper.venue,
    "volume": lambda paper: paper.volume,
    "citations": lambda paper: paper.citations,
}
"""Fields that hold one value, with what papers are compared by."""

NEWEST_FIRST = Order("date", True)


def chosen(
    pages: Iterable[Page], expression: Expression | None = None, order: Sequence[Order] = (NEWEST_FIRST,)
) -> list[Paper]:
    """The papers that an expression selects; what `order` leaves equal stands newest first, then as on the pages."""
    found = [paper for page in pages for paper in page.papers if selects(expression, paper)]
    for field, descending in reversed((*order, NEWEST_FIRST)):
        known = [paper for paper in found if SORTED_BY[field](paper) is not None]
        unknown = [paper for paper in found if SORTED_BY[field](paper) is None]
        known.sort(key=SORTED_BY[field], reverse=descending)  # type: ignore[arg-type]
        found = known + unknown
    return found


def coauthors(pages: Iterable[Page], expression: Expression | None = None) -> list[dict[str, object]]:
    """Co-authors of the selected papers, most papers first, then by folded name, which stands for the name."""
    papers: dict[str, list[tuple[Paper, bool, bool]]] = {}
    for page in pages:
        owner = page.profile.name and fold(page.profile.name)
        for paper in page.papers:
            people = list(dict.fromkeys(map(fold, paper.authors)))
            for place, person in enumerate(people) if selects(expression, paper) else ():
                last = paper.authors_complete and place == len(people) - 1
                alone = last and place == 0
                if person != owner and not (owner is None and alone):
                    papers.setdefault(person, []).append((paper, place == 0, last))
    rows = [_coauthor(person, shared) for person, shared in papers.items()]
    return sorted(rows, key=lambda row: (-int(str(row["papers"])), row["name"]))


def _coauthor(person: str, shared: list[tuple[Paper, bool, bool]]) -> dict[str, object]:
    def distinct(some: Iterable[Paper]) -> int:
        return len({work(paper) for paper in some})

    dated = [(paper.date.year, paper.date_assumed) for paper, _, _ in shared if paper.date is not None]
    first, last = min((year for year, _ in dated), default=None), max((year for year, _ in dated), default=None)
    categories = Counter(paper.category for paper, _, _ in shared if paper.category is not None)
    return {
        "name": person,
        "papers": distinct(paper for paper, _, _ in shared),
        "first_year": first,
        "first_year_assumed": bool(dated) and (first, False) not in dated,
        "last_year": last,
        "last_year_assumed": bool(dated) and (last, False) not in dated,
        "categories": sorted(categories, key=lambda code: (-categories[code], code)),
        "first_author": distinct(paper for paper, is_first, _ in shared if is_first),
        "last_author": distinct(paper for paper, _, is_last in shared if is_last),
        **_by_year(shared),
    }


def _by_year(shared: list[tuple[Paper, bool, bool]]) -> dict[str, object]:
    def distinct(year: int, some: Iterable[Paper]) -> int:
        return len({work(paper) for paper in some if paper.date and paper.date.year == year})

    years = sorted({paper.date.year for paper, _, _ in shared if paper.date})
    missing = [year for year in range(years[0], years[-1]) if year not in years] if years else []
    gaps = [list(run) for run in _runs(missing)]
    return {
        "years": years,
        "papers_by_year": [distinct(year, (paper for paper, _, _ in shared)) for year in years],
        "assumed_by_year": [distinct(year, (one[0] for one in shared if one[0].date_assumed)) for year in years],
        "first_by_year": [distinct(year, (paper for paper, is_first, _ in shared if is_first)) for year in years],
        "last_by_year": [distinct(year, (paper for paper, _, is_last in shared if is_last)) for year in years],
        "gaps": [f"{run[0]}..{run[-1]}" if run[1:] else str(run[0]) for run in gaps],
    }


def _runs(years: Iterable[int]) -> Iterable[list[int]]:
    run: list[int] = []
    for year in years:
        if run and year > run[-1] + 1:
            yield run
            run = []
        run.append(year)
    if run:
        yield run


def categories(pages: Iterable[Page], expression: Expression | None = None) -> Counter[str | None]:
    """How many of the selected papers are in each category."""
    return Counter(paper.category for paper in chosen(pages, expression))


VALUES: dict[str, Callable[[Page, Paper], Iterable[object]]] = {
    "year": lambda _, paper: [paper.date and paper.date.year],
    "category": lambda _, paper: [paper.category],
    "org": lambda _, paper: [paper.org],
    "badge": lambda _, paper: paper.badges or (None,),
    "team": lambda _, paper: [(team(paper) or None, bool(team(paper)) and not paper.authors_complete)],
    "author": lambda _, paper: set(map(fold, paper.authors)) or {None},
    "profile": lambda page, _: [page.profile.name or page.profile.source],
}
"""What papers can be counted by; the size of a team comes with whether the list is cut, an author as folded."""


def team(paper: Paper) -> int:
    """How many authors are shown."""
    return len(set(map(fold, paper.authors)))


def counted(pages: Iterable[Page], names: Sequence[str], expression: Expression | None = None) -> Counter[object]:
    """How many of the selected papers have each value of a dimension, or each pair of values of two."""
    papers = [(page, paper) for page in pages for paper in page.papers if selects(expression, paper)]
    return Counter(
        values for page, paper in papers for values in product(*(VALUES[name](page, paper) for name in names))
    )


def holding(papers: list[Paper], topic: object) -> list[Paper]:
    """The papers with a phrase, found in the plainest way."""
    key = next(key for key, words in spelled_phrases(str(topic)) if words == topic)
    return [paper for paper in papers if key in _keys(paper.title) | _keys(paper.abstract or "")]


def _keys(text: str) -> set[str]:
    return set(map(phrase_key, phrases(text)))
