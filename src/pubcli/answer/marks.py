"""Find uncertain values and mark them: `~` for an assumed year, `et al.` for a truncated list.

Every text format writes the mark next to its value; `explanations` returns what the marks mean.
"""

from __future__ import annotations

from collections.abc import Mapping

from pubcli.answer.values import cell_text, plain_text
from pubcli.lazy import TYPE_CHECKING
from pubcli.text.normalize import visible
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pubcli.answer.answer import Row

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
    "month": "assumed_dates",
    "team": "team_cut",
    "authors_per_paper": "cut_author_lists",
}
"""For each field, the name of its flag. Most flags are true, or above 0, if the value of the field is uncertain.
The flag `authors_complete` is the exception: it is true if the list of authors is certain. `CODES` has the flag of the
field `classes`."""

CUT_FIELDS = ("title", "venue", "abstract")
"""Fields that a page may truncate. The field `cut` of a row names those that it does truncate."""
CUT_MARK = " [...]"

_DECIMALS = {
    "authors_per_paper": 1, "value": 2, "fractional": 2, "citations_mean": 1, "citations_median": 1,
    "citations_per_year": 2,
}  # fmt: skip
"""Number of digits after the decimal point; other fields show three."""

CODES = frozenset({"category", "categories", "listed_categories"})
"""Fields that hold category codes.

A row with one code may have a field `classes` with the arXiv classes that the code may mean. A row with several
codes may have a field `ambiguous` with the codes that belong to several archives. For a row without these fields, the
classes are looked up in `biblio.arxiv_categories`.
"""

_ASSUMED = "~ the page omits the year; this year was assumed"
_MONTH = "~ the page omits the date; this month is that of the arXiv identifier"
_GUESSED = "(?) guessed: the page does not separate the title from the authors"
_AMBIGUOUS = "* the code belongs to several arXiv archives (pubcli stats category)"
_MORE = "+ lower bound: the page truncates author lists"
_CUT = "et al. the page truncates the author list"
CUT_EXPLANATION = f"{CUT_MARK.strip()} the page truncates the title, venue or abstract"
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
    "month": _ASSUMED,
    "team": _MORE,
    "authors_per_paper": _MORE,
    "title": _GUESSED,
    "authors": _CUT,
    "category": _AMBIGUOUS,
    "categories": _AMBIGUOUS,
    "listed_categories": _AMBIGUOUS,
}
"""The meaning of the mark of each field."""


def is_uncertain(row: Row, field: str) -> bool:
    """Return whether a value of a row is uncertain and therefore gets a mark."""
    if field in CODES:
        return any(_is_ambiguous(row, field, code) for code in _codes(row, field))
    return field in FLAGS and uncertain_flags([row], field)[0]


def flag_of(field: str, fields: Sequence[str]) -> str:
    """Return the name of the flag of a field, for rows with these fields. `field` must be a key of `FLAGS`."""
    return "date_assumed" if field == "year" and "date_assumed" in fields else FLAGS[field]


def is_cut(row: Row, field: str) -> bool:
    """Return whether the page truncates a value of a row."""
    cut = row.get("cut")
    return field in CUT_FIELDS and isinstance(cut, list) and field in cut


def uncertain_flags(rows: Sequence[Row], field: str) -> list[bool]:
    """Return for each row whether its value of `field` is uncertain.

    `FLAGS` names, for each field, a second field that says whether the value of the first is uncertain. If a row lacks
    the second field, its value is not uncertain. `field` must be a key of `FLAGS`.
    """
    flag = FLAGS[field]
    if field == "authors":
        return [not row.get(flag, True) for row in rows]
    if field == "year":  # of a paper, or of a number of papers
        return [bool(row.get(flag, row.get("date_assumed"))) for row in rows]
    return [bool(row.get(flag)) for row in rows]


def _codes(row: Row, field: str) -> list[str]:
    value = row.get(field)
    return [value] if isinstance(value, str) else list(map(str, value)) if isinstance(value, list) else []


def _is_ambiguous(row: Row, field: str, code: str) -> bool:
    """Return whether a category code belongs to several arXiv archives. A number may follow the code, as in `LG 12`."""
    bare_code, classes, ambiguous = code.partition(" ")[0], row.get("classes"), row.get("ambiguous")
    if field != "category" and isinstance(ambiguous, list):
        return bare_code in ambiguous
    if field == "category" and isinstance(classes, list):
        return len(classes) > 1
    from pubcli.biblio import arxiv_categories

    return len(arxiv_categories.classes(bare_code)) > 1


READABLE = frozenset({"title", "abstract", "text", "item"})
"""Fields that may hold TeX."""


def marked_text(row: Row, field: str) -> str:
    """Return a value as one line of text for people: with its mark, with readable formulas, and safe on a terminal."""
    value = row[field]
    if field in CODES:
        codes = _codes(row, field)
        return visible(", ".join([f"{code}*" if _is_ambiguous(row, field, code) else code for code in codes]))
    if field == "profile" and value is None:
        return visible(f"({row['source']})")  # a page without header is identified by its file
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        text = f"{value:.{_DECIMALS.get(field, 3)}f}"
    elif isinstance(value, list):
        text = ", ".join(map(str, value))
    else:
        text = plain_text(value) if isinstance(value, Mapping) else cell_text(row, field)
        text = readable(text) if field in READABLE else text
        text = f"{text.rstrip('.…  ')}{CUT_MARK}" if text and is_cut(row, field) else text
    has_mark = field in FLAGS and text and is_uncertain(row, field)
    return visible(f"{text}{mark(field)}" if has_mark else text)


def mark(field: str) -> str:
    """Return the mark to append to an uncertain value of a field: `~` for `year`, ` et al.` for `authors`."""
    return {"title": " (?)", "authors": " et al.", "item": "*", "team": "+", "authors_per_paper": "+"}.get(field, "~")


def category_appearances(rows: Sequence[Row]) -> list[tuple[object, int]]:
    """Return a pair for each row: its category code, and the number of items in its field `classes`.

    If the row has no field `classes`, the number is -1. Rows with equal pairs show the same text for their category.
    """
    return [
        (row.get("category"), len(classes) if isinstance(classes := row.get("classes"), list) else -1) for row in rows
    ]


def explanations(rows: Sequence[Row], fields: Sequence[str]) -> list[str]:
    """Return the meanings of the marks in these rows, each once."""
    meanings = [
        meaning
        for field in fields
        if field in EXPLANATIONS and _any_uncertain(rows, field)
        for meaning in (_date_meanings(rows) if field == "date" else [EXPLANATIONS[field]])
    ]
    if any(is_cut(row, field) for field in CUT_FIELDS if field in fields for row in rows):
        meanings.append(CUT_EXPLANATION)
    return list(dict.fromkeys(meanings))


class Meanings:
    """Collects the meanings of marks, as `explanations` does, from rows that are added a batch at a time."""

    def __init__(self, fields: Sequence[str]) -> None:
        self._by_field: dict[str, set[str]] = {field: set() for field in fields}

    def add(self, rows: Sequence[Row]) -> None:
        """Add the meanings of the marks in more rows."""
        for field, meanings in self._by_field.items():
            meanings.update(explanations(rows, [field]))

    def sentences(self, fields: Sequence[str]) -> list[str]:
        """Return the meanings of the marks of some of the fields, each once."""
        meanings = [meaning for field in fields for meaning in sorted(self._by_field[field])]
        is_cut = CUT_EXPLANATION in meanings
        return [*dict.fromkeys(text for text in meanings if text != CUT_EXPLANATION), *[CUT_EXPLANATION] * is_cut]


def meaning(row: Row, field: str) -> str:
    """Return the meaning of the mark of an uncertain value in a row."""
    if field == "date" and row.get("date_precision", "day") != "day":
        return _MONTH
    return EXPLANATIONS[field]


def _date_meanings(rows: Sequence[Row]) -> list[str]:
    return sorted({meaning(row, "date") for row in rows if is_uncertain(row, "date")})


def _any_uncertain(rows: Sequence[Row], field: str) -> bool:
    if field not in CODES:
        return any(uncertain_flags(rows, field))
    distinct = dict(zip(category_appearances(rows), rows, strict=True)).values() if field == "category" else rows
    return any(is_uncertain(row, field) for row in distinct)
