"""Answer every question slowly and simply, from records in memory; the engine must return the same answers.

This module shares with the engine only the records, arXiv's names, `fold`, `readable`, the phrases of a text and the
types of the query language.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from itertools import groupby, product
from typing import TypeAlias

from pubcli.biblio.arxiv_categories import ALIASES, NAMES
from pubcli.biblio.names import filing_order
from pubcli.language.phrases import phrase_key, phrases, spelled_phrases
from pubcli.model import Page, Paper
from pubcli.query.expression import And, Expression, Fuzzy, Match, Not, Or, Order, Pattern, Range, Text, Value
from pubcli.query.fields import FIELDS
from pubcli.text.normalize import fold

Sortable: TypeAlias = str | int | bool | None


@lru_cache(10_000)  # long texts are searched once for each word of a query
def text_words(text: str) -> list[str]:
    """Return the words of a text, split at everything but letters and digits, and between Greek and other letters.

    Each Chinese or Japanese character is a word.
    """
    spaced = "".join(f" {char} " if _is_cjk(char) else char if char.isalnum() else " " for char in fold(text))
    return [
        "".join(run) for word in spaced.split() for _, run in groupby(word, lambda char: "\u0370" <= char <= "\u03ff")
    ]


def _is_cjk(char: str) -> bool:
    scripts = ("CJK UNIFIED", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA", "KATAKANA", "HENTAIGANA")
    return char.isalnum() and unicodedata.name(char, "").startswith(scripts)


def texts(paper: Paper) -> tuple[str, ...]:
    """Return the texts of a paper in which words are searched; a phrase never extends over two of them."""
    return paper.readable_title, "\n".join(paper.authors), paper.readable_abstract or "", paper.org or ""


def work_id(paper: Paper) -> tuple[str, int | None]:
    """Return what identifies a paper that several pages list: folded title and year. It counts once."""
    return fold(paper.readable_title), paper.date.year if paper.date else None


def contains(text: str, term: Text) -> bool:
    """Return whether the words of a term occur next to each other in a text."""
    words, phrase = text_words(text), term.text.split()
    runs = (words[start : start + len(phrase)] for start in range(len(words) - len(phrase) + 1))
    return any(_matches(run, phrase, term.prefix) for run in runs)


def _matches(run: Sequence[str], phrase: Sequence[str], prefix: bool) -> bool:
    last = run[-1].startswith(phrase[-1]) if prefix else run[-1] == phrase[-1]
    return last and run[:-1] == phrase[:-1]


def selects(expression: Expression | None, paper: Paper) -> bool:
    """Return whether an expression selects a paper."""
    match expression:
        case None:
            return True
        case Text(exact=True):
            return any(contains(text, expression) for text in texts(paper))
        case Pattern(source):
            searched = (paper.readable_title, *paper.authors, paper.readable_abstract or "", paper.org or "")
            return any(re.search(source, text, re.IGNORECASE) for text in searched)
        case Text() | Fuzzy():
            raise ValueError("variants of words are tested in tests/store/test_variants.py")
        case Match(field, value):
            return _matches_condition(paper, field, value)
        case Not(part):
            return not selects(part, paper)
        case And(parts):
            return all(selects(part, paper) for part in parts)
        case Or(parts):
            return any(selects(part, paper) for part in parts)


def _matches_condition(paper: Paper, field: str, value: Value) -> bool:
    if isinstance(value, Text | Fuzzy | Pattern):
        return any(_has(text, field, value) for text in _VALUES[field](paper) if text is not None)
    if isinstance(value, Range):
        field_value = _day(paper) if field == "date" else getattr(paper, field)
        return field_value is not None and _is_in_range(field_value, value)
    if isinstance(value, bool):
        return bool(getattr(paper, field)) is value
    if field == "has":
        content = getattr(paper, value)
        return content is not None and content is not False and content not in ((), "")
    texts = [fold(text) for text in _VALUES[field](paper) if text is not None]
    if field == "category" and set(paper.classes) & _selected_classes(value):
        return True
    if field in ("arxiv", "doi"):
        texts += [f"10.48550/arxiv.{paper.arxiv}"] if paper.arxiv and field == "doi" else []
        is_from_arxiv = field == "arxiv" and (paper.doi or "").startswith("10.48550/arxiv.")
        texts += [(paper.doi or "").removeprefix("10.48550/arxiv.")] if is_from_arxiv else []
    if FIELDS[field].kind == "exact":
        return fold(value) in texts
    return _matches_part(texts, field, value)


def _matches_part(texts: list[str], field: str, value: str) -> bool:
    """Return whether a value of a field, of which the folded texts are given, contains a text."""
    if FIELDS[field].kind == "words":
        phrase = Text(" ".join(text_words(value)), prefix=True)
        return phrase.text != "" and any(contains(text, phrase) for text in texts)
    if field != "author":
        return any(fold(value) in text for text in texts)
    surname, comma, rest = (part.strip() for part in value.partition(","))
    spellings = [value, *([f"{rest} {surname}"] if comma and surname and rest else [])]
    names = [*texts, *map(_split_parts, texts)]
    return any(
        fold(spelling) in name or (_split_parts(fold(spelling)).strip() or fold(spelling)) in name
        for spelling in spellings
        for name in names
    )


def _selected_classes(text: str) -> set[str]:
    """Return the arXiv classes that a dotted class, a name of a category or a part of one name selects."""
    if "." in text:
        matches = {name for name in NAMES if name.lower() == text.lower()}
    elif text.upper() in {name.rpartition(".")[2].upper() for name in NAMES}:
        return set()
    else:
        names = {name for name in NAMES.values() if name.lower() == text.lower()} or {
            name for name in NAMES.values() if text[2:] and re.search(rf"\b{re.escape(text)}", name, re.IGNORECASE)
        }
        matches = {class_ for class_, name in NAMES.items() if {name} == names}
    return {ALIASES.get(name, name) for name in matches}


def _has(text: str, field: str, value: Text | Fuzzy | Pattern) -> bool:
    """Return whether a value of a field contains words, a similar word, or a match of a regular expression."""
    if isinstance(value, Pattern):
        return re.search(value.source, text, re.IGNORECASE) is not None
    texts = [text, _split_parts(fold(text))] if field == "author" else [text]
    if isinstance(value, Text):
        return any(contains(spelling, value) for spelling in texts)
    most = 0 if len(value.word) < 3 else 1 if len(value.word) < 6 else 2
    similar = (word for spelling in texts for word in text_words(spelling) if word[0] in value.word[:2])
    return any(edit_distance(value.word, word) <= most for word in similar)


@cache
def edit_distance(word: str, other: str) -> int:
    """Return the number of letters to insert, delete, replace or swap with a neighbour to turn a word into another."""
    if not word or not other:
        return len(word) + len(other)
    distances = [
        edit_distance(word[1:], other[1:]) + (word[0] != other[0]),
        edit_distance(word[1:], other) + 1,
        edit_distance(word, other[1:]) + 1,
    ]
    if word[:2] == other[1::-1] and len(word) > 1 and len(other) > 1:
        distances.append(edit_distance(word[2:], other[2:]) + 1)
    return min(distances)


def _split_parts(name: str) -> str:
    return name.replace("-", " ").replace("'", "")


def _day(paper: Paper) -> str | None:
    return None if paper.date is None else paper.date.isoformat()


def _is_in_range(value: str | int, limits: Range) -> bool:
    is_after = limits.first is None or value >= limits.first  # type: ignore[operator]
    return is_after and (limits.last is None or value <= limits.last)  # type: ignore[operator]


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
    "publisher": lambda paper: (paper.publisher,),
    "keywords": lambda paper: paper.keywords,
    "kind": lambda paper: (paper.kind,),
    "volume": lambda paper: (paper.volume,),
}

SORT_KEYS: dict[str, Callable[[Paper], Sortable]] = {
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
"""The fields with one value, each with the value by which papers are sorted."""

NEWEST_FIRST = Order("date", True)


def select_papers(
    pages: Iterable[Page], expression: Expression | None = None, order: Sequence[Order] = (NEWEST_FIRST,)
) -> list[Paper]:
    """Return the papers that an expression selects; papers equal in `order` come newest first, then as on the pages."""
    papers = [paper for page in pages for paper in page.papers if selects(expression, paper)]
    for field, descending in reversed((*order, NEWEST_FIRST)):
        with_value = [paper for paper in papers if SORT_KEYS[field](paper) is not None]
        without_value = [paper for paper in papers if SORT_KEYS[field](paper) is None]
        with_value.sort(key=SORT_KEYS[field], reverse=descending)  # type: ignore[arg-type]
        papers = with_value + without_value
    return papers


def coauthors(pages: Iterable[Page], expression: Expression | None = None) -> list[dict[str, object]]:
    """Return the co-authors on the selected papers, under their folded names: most papers first, then by name."""
    papers: dict[str, list[tuple[Paper, bool, bool]]] = {}
    for page in pages:
        owner = page.profile.name and fold(page.profile.name)
        for paper in page.papers:
            people = list(dict.fromkeys(map(fold, paper.authors)))
            for position, person in enumerate(people) if selects(expression, paper) else ():
                last = paper.authors_complete and position == len(people) - 1
                only_author = last and position == 0
                if person != owner and not (owner is None and only_author):
                    papers.setdefault(person, []).append((paper, position == 0, last))
    rows = [_coauthor(person, shared) for person, shared in papers.items()]
    return sorted(rows, key=lambda row: (-int(str(row["papers"])), row["name"]))


def _coauthor(person: str, shared: list[tuple[Paper, bool, bool]]) -> dict[str, object]:
    def distinct(papers: Iterable[Paper]) -> int:
        return len({work_id(paper) for paper in papers})

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
    def distinct(year: int, papers: Iterable[Paper]) -> int:
        return len({work_id(paper) for paper in papers if paper.date and paper.date.year == year})

    years = sorted({paper.date.year for paper, _, _ in shared if paper.date})
    missing = [year for year in range(years[0], years[-1]) if year not in years] if years else []
    gaps = [list(run) for run in _runs(missing)]
    return {
        "years": years,
        "papers_by_year": [distinct(year, (paper for paper, _, _ in shared)) for year in years],
        "assumed_by_year": [distinct(year, (paper for paper, _, _ in shared if paper.date_assumed)) for year in years],
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
    """Return how many of the selected papers are in each category."""
    return Counter(paper.category for paper in select_papers(pages, expression))


VALUES: dict[str, Callable[[Page, Paper], Iterable[object]]] = {
    "year": lambda _, paper: [paper.date and paper.date.year],
    "category": lambda _, paper: [paper.category],
    "org": lambda _, paper: [paper.org],
    "badge": lambda _, paper: paper.badges or (None,),
    "team": lambda _, paper: [(team(paper) or None, bool(team(paper)) and not paper.authors_complete)],
    "author": lambda _, paper: set(map(fold, paper.authors)) or {None},
    "profile": lambda page, _: [page.profile.name or page.profile.source],
    "month": lambda _, paper: [f"{paper.date:%Y-%m}" if paper.date and paper.date_precision != "year" else None],
    "kind": lambda _, paper: [paper.kind],
    "venue": lambda _, paper: [spelling(paper.venue)],
    "publisher": lambda _, paper: [spelling(paper.publisher)],
    "keyword": lambda _, paper: set(map(spelling, paper.keywords)) or {None},
    "country": lambda _, paper: [None],
    "language": lambda _, paper: [None],
    "first_author": lambda _, paper: [*map(fold, paper.authors), None][:1],
    "last_author": lambda _, paper: [
        [None, *dict.fromkeys(map(fold, paper.authors))][-1] if paper.authors_complete else None
    ],
    "source": lambda page, _: [page.profile.source],
}
"""The dimensions for counting papers: a team is its size and whether the list is truncated; authors are folded.

No generated paper has affiliations or a language."""


def spelling(text: str | None) -> str | None:
    """Return what spellings of one name have in common: the words in any case."""
    return text and " ".join(text_words(text))


def team(paper: Paper) -> int:
    """Return how many authors the byline shows."""
    return len(set(map(fold, paper.authors)))


def count_values(pages: Iterable[Page], names: Sequence[str], expression: Expression | None = None) -> Counter[object]:
    """Return how many of the selected papers have each value of a dimension, or each pair of values of two."""
    papers = [(page, paper) for page in pages for paper in page.papers if selects(expression, paper)]
    return Counter(
        values for page, paper in papers for values in product(*(VALUES[name](page, paper) for name in names))
    )


def papers_with_phrase(papers: list[Paper], topic: object) -> list[Paper]:
    """Return the papers whose title or abstract contains a phrase."""
    key = next(key for key, words in spelled_phrases(str(topic)) if words == topic)
    return [paper for paper in papers if key in _keys(paper.title) | _keys(paper.abstract or "")]


def _keys(text: str) -> set[str]:
    return set(map(phrase_key, phrases(text)))
