"""What is uncertain about a value, and the mark that shows it: `~` for an assumed year, `et al.` for a cut list.

A mark accompanies its value in every text format, and `explanations` returns what the marks mean.
"""

from collections.abc import Mapping, Sequence

from pubcli.answer.answer import Row
from pubcli.answer.values import cell_text, plain_text
from pubcli.biblio import arxiv_categories
from pubcli.text.normalize import visible
from pubcli.text.tex import readable

FLAGS = {
    "date": "date_assumed",
    "first_year": "first_year_assumed",
    "last_year": "last_year_assumed",
    "title": "title_guessed",
    "authors": "authors_complete",
    "category": "classes",
    "old": "old_assumed",
    "new": "new_assumed",
    "a": "a_assumed",
    "b": "b_assumed",
    "item": "item_ambiguous",
    "period": "assumed_dates",
    "year": "assumed_dates",
    "team": "team_cut",
    "authors_per_paper": "cut_author_lists",
}
"""The field that says whether the value of another is certain."""

_DECIMALS = {"authors_per_paper": 1}

CODES = frozenset({"category", "categories", "listed_categories"})
"""Fields that hold category codes. A row's `classes` says what one code may be, its `ambiguous` which of several codes
belong to several archives; where a row has neither, the code alone tells."""

_ASSUMED = "~ the page leaves the year out; it was assumed"
_GUESSED = "(?) the page glues title and authors together; where the title ends is a guess"
_AMBIGUOUS = "* the code belongs to several arXiv archives (pubcli categories)"
_MORE = "+ the page cuts author lists: at least so many"
_CUT = "et al. the page cuts the author list"
EXPLANATIONS = {
    "date": _ASSUMED,
    "first_year": _ASSUMED,
    "last_year": _ASSUMED,
    "old": _ASSUMED,
    "new": _ASSUMED,
    "a": _ASSUMED,
    "b": _ASSUMED,
    "item": _AMBIGUOUS,
    "period": _ASSUMED,
    "year": _ASSUMED,
    "team": _MORE,
    "authors_per_paper": _MORE,
    "title": _GUESSED,
    "authors": _CUT,
    "category": _AMBIGUOUS,
    "categories": _AMBIGUOUS,
    "listed_categories": _AMBIGUOUS,
}
"""What the mark of each field means."""


def is_uncertain(row: Row, field: str) -> bool:
    """Whether a row's value carries a mark."""
    if field in CODES:
        return any(_is_ambiguous(row, field, code) for code in _codes(row, field))
    return field in FLAGS and uncertain_flags([row], field)[0]


def uncertain_flags(rows: Sequence[Row], field: str) -> list[bool]:
    """For each row whether its value of a field of `FLAGS` carries a mark; not where nothing is said of it."""
    flag = FLAGS[field]
    if field == "authors":
        return [not row.get(flag, True) for row in rows]
    return [bool(row.get(flag)) for row in rows]


def _codes(row: Row, field: str) -> list[str]:
    value = row.get(field)
    return [value] if isinstance(value, str) else list(map(str, value)) if isinstance(value, list) else []


def _is_ambiguous(row: Row, field: str, code: str) -> bool:
    """Whether a code of a row, perhaps with a number of papers behind it, belongs to several archives."""
    bare, classes, several = code.partition(" ")[0], row.get("classes"), row.get("ambiguous")
    if field != "category" and isinstance(several, list):
        return bare in several
    return len(classes if field == "category" and isinstance(classes, list) else arxiv_categories.classes(bare)) > 1


READABLE = frozenset({"title", "abstract", "text", "item"})
"""Fields that may hold TeX."""


def marked_text(row: Row, field: str) -> str:
    """A value as people read it: on one line, mathematics readable, doubt marked, safe on a terminal."""
    value = row[field]
    if field in CODES:
        codes = _codes(row, field)
        return visible(", ".join([f"{code}*" if _is_ambiguous(row, field, code) else code for code in codes]))
    if field == "profile" and value is None:
        return visible(f"({row['source']})")  # a page without header is known by its file
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        text = f"{value:.{_DECIMALS.get(field, 3)}f}"
    elif isinstance(value, list):
        text = ", ".join(map(str, value))
    else:
        text = plain_text(value) if isinstance(value, Mapping) else cell_text(row, field)
        text = readable(text) if field in READABLE else text
    doubtful = field in FLAGS and text and is_uncertain(row, field)
    return visible(f"{text}{mark(field)}" if doubtful else text)


def mark(field: str) -> str:
    """Return the mark that an uncertain value of a field carries."""
    return {"title": " (?)", "authors": " et al.", "item": "*", "team": "+", "authors_per_paper": "+"}.get(field, "~")


def category_appearances(rows: Sequence[Row]) -> list[tuple[object, int]]:
    """What decides how the category of each row looks: the code, and how many classes it may be, -1 where unsaid."""
    return [
        (row.get("category"), len(classes) if isinstance(classes := row.get("classes"), list) else -1) for row in rows
    ]


def explanations(rows: Sequence[Row], fields: Sequence[str]) -> list[str]:
    """What the marks in these rows mean, each once."""
    found = [EXPLANATIONS[field] for field in fields if field in EXPLANATIONS and _any_uncertain(rows, field)]
    return list(dict.fromkeys(found))


def _any_uncertain(rows: Sequence[Row], field: str) -> bool:
    if field not in CODES:
        return any(uncertain_flags(rows, field))
    different = dict(zip(category_appearances(rows), rows, strict=True)).values() if field == "category" else rows
    return any(is_uncertain(row, field) for row in different)
