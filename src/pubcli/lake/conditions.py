"""Translate conditions on fields into SQL over the tables `papers` and `authorship` of a lake.

The rules are those of `store.sql`. The alias of the table `papers` is p.
"""

from __future__ import annotations

from pubcli.errors import UsageError
from pubcli.lake.literals import text, texts
from pubcli.lazy import TYPE_CHECKING
from pubcli.query.expression import Match, Range
from pubcli.store.sql import ARXIV_DOI, without_punctuation
from pubcli.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

NOT_IN_A_LAKE = {
    "position": "papers of a lake have no position on a page",
    "line": "papers of a lake have no line of a source",
    "profile": "papers of a lake are on no page; use author:NAME",
    "source": "a lake does not record from which file a paper is",
    "cut": "--sort: a lake cannot sort by cut",
}
"""Fields that have no meaning in a lake, and what to say about them."""
_LINE = "CHR(10)"
_LISTS = {"links": "p.folded_links", "keywords": "p.folded_keywords"}
_TEXTS = {
    "title": "p.folded_title", "org": "p.folded_org", "venue": "p.folded_venue", "publisher": "p.folded_publisher"
}  # fmt: skip
_EXACT = {name: f"p.{name}" for name in ("category", "key", "doi", "arxiv", "kind", "volume")}
_EXACT_LISTS = {"classes": "p.classes", "badges": "p.badges"}
_PRESENT = {
    "code": "p.code",
    "abstract": "p.has_abstract",
    "authors": "p.filed_under <> ''",
    **{name: f"p.{name} IS NOT NULL" for name in ("org", "date", "category")},
    **{name: f"p.{name} IS NOT NULL" for name in ("doi", "arxiv", "venue", "publisher", "kind", "volume", "citations")},
    **{name: f"ARRAY_TO_STRING(p.{name}, '') <> ''" for name in ("links", "badges", "keywords")},
}
PLAIN_NAME = "REPLACE(REPLACE(folded, '-', ' '), '''', '')"
"""SQL for a folded name with spaces instead of hyphens and without apostrophes, as in `store.sql`."""


def require_field(field: str) -> None:
    """Raise UsageError if a field has no meaning in a lake."""
    if field in NOT_IN_A_LAKE:
        raise UsageError(f"{field}: {NOT_IN_A_LAKE[field]}")


def condition(match: Match) -> str:
    """Return SQL for a condition on columns of `papers`. Raises UsageError for a field without meaning in a lake."""
    field, value = match.field, match.value
    require_field(field)
    if isinstance(value, Range):
        return _range(f"p.{field}", value)
    if isinstance(value, bool):
        return f"p.{field}" if value else f"NOT p.{field}"
    if not isinstance(value, str):
        raise TypeError(f"values of type {type(value).__name__} must be looked up first")
    if field == "has":
        return _PRESENT[value]
    if field in _EXACT or field in _EXACT_LISTS:
        return _exact(field, value)
    if field in _LISTS:
        return f"STRPOS(ARRAY_TO_STRING({_LISTS[field]}, {_LINE}), {text(fold(value))}) > 0"
    return f"STRPOS({_TEXTS[field]}, {text(fold(value))}) > 0"


def one_of(field: str, values: Sequence[str]) -> str:
    """Return SQL for the condition that a field has one of some folded values."""
    if field in _LISTS:
        return "(" + (" OR ".join(_has_item(_LISTS[field], value) for value in values) or "FALSE") + ")"
    return f"{_TEXTS[field]} IN ({texts(values) or 'NULL'})"


def distinct_values(field: str) -> str:
    """Return SQL that selects the different folded values of a field; NULL may be one of them."""
    if field == "author":
        return "SELECT DISTINCT folded FROM authorship"
    if field in _LISTS:
        column = _LISTS[field].removeprefix("p.")
        return f"SELECT DISTINCT folded FROM (SELECT UNNEST({column}) AS folded FROM papers) AS v"
    column = _TEXTS[field].removeprefix("p.")
    return f"SELECT DISTINCT {column} FROM papers"


def author_conditions(value: str) -> list[str]:
    """Return SQL conditions on `folded`, at least one of which the name of an author must fulfil."""
    surname, comma, rest = (part.strip() for part in fold(value).partition(","))
    spellings = [fold(value), *([f"{rest} {surname}"] if comma and surname and rest else [])]
    return [
        test
        for spelling in spellings
        for test in (
            f"STRPOS(folded, {text(spelling)}) > 0",
            f"STRPOS({PLAIN_NAME}, {text(without_punctuation(spelling))}) > 0",
        )
    ]


def has_name(value: str, name: str) -> bool:
    """Return whether a folded name contains a typed one; this is `author_conditions` in Python."""
    surname, comma, rest = (part.strip() for part in fold(value).partition(","))
    spellings = [fold(value), *([f"{rest} {surname}"] if comma and surname and rest else [])]
    plain = name.replace("-", " ").replace("'", "")
    return any(spelling in name or without_punctuation(spelling) in plain for spelling in spellings)


def _exact(field: str, value: str) -> str:
    from pubcli.biblio import arxiv_categories  # imported only here, because few queries need it

    if field == "arxiv":
        return f"({_equals('p.arxiv', value)} OR {_equals('p.doi', ARXIV_DOI + value)})"
    if field == "doi" and value.lower().startswith(ARXIV_DOI):
        return f"({_equals('p.doi', value)} OR {_equals('p.arxiv', value[len(ARXIV_DOI) :])})"
    if field == "category" and (classes := arxiv_categories.selected_classes(value)):
        in_classes = " OR ".join(_has_item("p.classes", name, ignores_case=False) for name in classes)
        return f"({_equals('p.category', value)} OR {in_classes})"
    if field in _EXACT_LISTS:
        return _has_item(_EXACT_LISTS[field], value)
    return _equals(_EXACT[field], value)


def _equals(column: str, value: str) -> str:
    """Return the condition that a column has a value; the case of ASCII letters is ignored."""
    return f"LOWER({column}) = {text(value.lower())}"


def _has_item(column: str, value: str, *, ignores_case: bool = True) -> str:
    """Return the condition that a list has a value."""
    items = f"{_LINE} || ARRAY_TO_STRING({column}, {_LINE}) || {_LINE}"
    if ignores_case:
        items, value = f"LOWER({items})", value.lower()
    return f"STRPOS({items}, {_LINE} || {text(value)} || {_LINE}) > 0"


def _range(column: str, limits: Range) -> str:
    ends = [(operator, end) for operator, end in ((">=", limits.first), ("<=", limits.last)) if end is not None]
    literals = [(operator, text(end) if isinstance(end, str) else str(end)) for operator, end in ends]
    return "(" + " AND ".join(f"{column} {operator} {literal}" for operator, literal in literals) + ")"
