"""A value as text: in a file as it is, and for people with the marks that say what is not certain.

A mark stands wherever its value does, and `explanations` says below what it means.
"""

import json
import re
from collections.abc import Mapping, Sequence

from pubcli.answer import Answer, Row, Value
from pubcli.biblio import arxiv_categories
from pubcli.biblio.dates import known_part
from pubcli.text.compact_json import compact
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

SHARES = ("share", "elsewhere")
"""Fields that hold a part of one."""
_DECIMALS = {"authors_per_paper": 1}

_CODES = frozenset({"category", "categories", "listed_categories"})
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


def cell(row: Row, field: str) -> str:
    """A value of a row as CSV and TSV hold it: of a date the part that is known.

    Lists and names with their values are as `plain` has them where `values_in` and `pairs_in` find the same there
    again, else JSON.
    """
    if field == "date":
        return known_date(row)
    value, text = row[field], plain(row[field])
    if isinstance(value, Mapping):
        return compact(value) if text and pairs_in(text) != value else text
    return compact(value) if isinstance(value, list) and text and values_in(text) != list(map(str, value)) else text


def values_in(text: str) -> list[str]:
    """The values in a cell that holds a list, `value; value` or JSON."""
    if text.startswith("["):
        try:
            return list(map(str, json.loads(text)))
        except (ValueError, RecursionError):
            pass
    return text.split("; ")


_BETWEEN_PAIRS = re.compile(r"; (?=[^\s:;]+(?: [^\s:;]+){0,3}: )")


def pairs_in(text: str) -> dict[str, str]:
    """Names with their values in a cell, `name: value; name: value` or JSON; a value without a name is `extra`."""
    if text.startswith("{"):
        try:
            return {
                name: value if isinstance(value, str) else compact(value) for name, value in json.loads(text).items()
            }
        except (ValueError, RecursionError):
            pass
    found = (part.partition(": ") for part in _BETWEEN_PAIRS.split(text))
    return {name if colon else "extra": value if colon else name for name, colon, value in found}


_FORMULA = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet takes for a formula; full-width signs count where they are usual."""


def guarded(text: str) -> str:
    """The text of a cell that no spreadsheet takes for a formula: an apostrophe makes it text.

    One that begins with an apostrophe before a formula has two, so that it can be told apart.
    """
    return f"'{text}" if _FORMULA.match(text.lstrip("'")) else text


def known_date(row: Row) -> str:
    """As much of a row's date as is known, in ISO format: 2022-03-13, 2022-03 or 2022; empty for none."""
    day = row["date"]
    return known_part(str(day), str(row.get("date_precision", "day"))) if day else ""


def plain(value: Value) -> str:
    """A value on one line: lists joined by a semicolon, nothing for None, `true` and `false`."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {text}" for name, text in value.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "; ".join(map(str, value))
    return str(value)


def uncertain(row: Row, field: str) -> bool:
    """Whether a row's value carries a mark."""
    if field in _CODES:
        return any(_is_ambiguous(row, field, code) for code in _codes(row, field))
    return field in FLAGS and _doubts([row], field)[0]


def _doubts(rows: Sequence[Row], field: str) -> list[bool]:
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


_READABLE = frozenset({"title", "abstract", "text", "item"})
"""Fields that may hold TeX."""


def marked(row: Row, field: str) -> str:
    """A value as people read it: on one line, mathematics readable, doubt marked, safe on a terminal."""
    value = row[field]
    if field in _CODES:
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
        text = plain(value) if isinstance(value, Mapping) else cell(row, field)
        text = readable(text) if field in _READABLE else text
    doubtful = field in FLAGS and text and uncertain(row, field)
    return visible(f"{text}{_mark(field)}" if doubtful else text)


def _mark(field: str) -> str:
    return {"title": " (?)", "authors": " et al.", "item": "*", "team": "+", "authors_per_paper": "+"}.get(field, "~")


def named(answer: Answer, row: Row, field: str) -> str:
    """What `marked` gives, with the answer's own word where the value is None."""
    return answer.nameless.get(field, "") if row[field] is None else marked(row, field)


def column_texts(answer: Answer, rows: Sequence[Row], field: str) -> list[str]:
    """What `named` gives for a field of all rows; where they hold nothing but plain text, without asking it of each."""
    values = [row[field] for row in rows]
    kinds = set(map(type, values))
    if kinds == {bool}:
        return ["yes" if value else "" for value in values]
    if field == "category" and kinds == {str}:
        looks = _category_looks(rows)
        texts = {look: named(answer, row, field) for look, row in dict(zip(looks, rows, strict=True)).items()}
        return [texts[look] for look in looks]
    if kinds == {list}:
        plain = [", ".join(map(str, value)) for value in values if isinstance(value, list)]
    else:
        plain = list(map(str, values)) if kinds in ({int}, {str}) else []
    if not plain or not _is_plain(rows, field, "".join(plain)):
        return [named(answer, row, field) for row in rows]
    if field in FLAGS:
        mark, both = _mark(field), zip(plain, _doubts(rows, field), strict=True)
        return [f"{text}{mark}" if is_doubtful and text else text for text, is_doubtful in both]
    return plain


def _category_looks(rows: Sequence[Row]) -> list[tuple[Value, int]]:
    """What decides how the category of each row looks: the code, and how many classes it may be, -1 where unsaid."""
    return [
        (row.get("category"), len(classes) if isinstance(classes := row.get("classes"), list) else -1) for row in rows
    ]


def _is_plain(rows: Sequence[Row], field: str, joined: str) -> bool:
    """Whether the texts of a column are what people read, but for marks."""
    if field in _CODES or not joined.isprintable():
        return False
    if field == "date":
        return all(row.get("date_precision", "day") == "day" for row in rows)
    return field not in _READABLE or not ("$" in joined or "\\" in joined)


def percent(share: Value) -> str:
    """A share from 0 to 1 as people read it; empty for None."""
    return f"{share:.0%}" if isinstance(share, int | float) else ""


def explanations(rows: Sequence[Row], fields: Sequence[str]) -> list[str]:
    """What the marks in these rows mean, each once."""
    found = [EXPLANATIONS[field] for field in fields if field in EXPLANATIONS and _any_uncertain(rows, field)]
    return list(dict.fromkeys(found))


def _any_uncertain(rows: Sequence[Row], field: str) -> bool:
    if field not in _CODES:
        return any(_doubts(rows, field))
    different = dict(zip(_category_looks(rows), rows, strict=True)).values() if field == "category" else rows
    return any(uncertain(row, field) for row in different)
