"""Which format a source is in: by what its first characters show, then by the ending of its name, else a page.

A format has marks of its own where it has any; only tables and texts have none, so a table is known by a header in
which a column is called a title.
"""

import re
from collections.abc import Callable, Collection

from pubcli.biblio.dates import MONTHS
from pubcli.formats import READABLE
from pubcli.formats.tabular.headings import titled

_LOOKED_AT = 8_192
"""Bytes."""
_MONTHS = "|".join(MONTHS)
_MARKS = {
    "page": re.compile(rf"^[A-Z-]{{0,12}}(?:{_MONTHS}) \d{{1,2}}(?:, \d{{4}})?", re.MULTILINE),
    "bibtex": re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(][ \t]*[^\s{}]*[ \t]*(?:[,=]|$)", re.MULTILINE),
    "ris": re.compile(r"^\ufeff?\s?TY {1,2}- ", re.MULTILINE),
    "wos": re.compile(r"^(?:FN (?:Clarivate|Thomson|ISI) |PT [BCJPS]\s*$)", re.MULTILINE),
}
"""Lines that begin a record; pages first, since what is below the first record of one need not be looked at."""
_NAME = re.compile(r'"([^"\\]{1,60})"\s*:')
_ROOT = re.compile(r"<(?:[\w.-]+:)?(feed|dblp|dblpperson|result|entry|r)[\s>]")


def recognised(data: bytes, name: str, told: Collection[str] = ()) -> str:
    """The name of a format; `page` where nothing speaks for another, or a table where columns of one are told."""
    start = data[:_LOOKED_AT].decode("utf-8", "ignore").removeprefix("\ufeff").lstrip()
    if form := _table(start, told):
        return form
    for looks_like in _BY_CONTENT:
        if form := looks_like(start):
            return form
    form = _by_suffix(name) or "page"
    return form if form != "page" or not told else "tsv" if "\t" in _first_line(start) else "csv"


def _json(start: str) -> str | None:
    """By the names that are used; pubcli's own records stand in an array, or each on a line."""
    if start[:1] not in ("{", "["):
        return None
    names = set(_NAME.findall(start))
    if "authors_parsed" in names or {"submitter", "versions"} <= names:
        return "arxiv-jsonl"
    if "https://openalex.org/" in start or "abstract_inverted_index" in names or {"meta", "results"} <= names:
        return "openalex"
    if {"title", "authors"} <= names or {"key", "title"} <= names or re.fullmatch(r"\[\s*\]\s*", start):
        return "jsonl" if start[0] == "{" and start.split("\n", 1)[0].rstrip()[-1:] != "{" else "json"
    if {"id", "type"} <= names or {"type", "title"} <= names or {"author", "title"} <= names:
        return "csl-json"
    return None


def _xml(start: str) -> str | None:
    if start[:1] != "<":
        return None
    root = _ROOT.search(start)
    if root is None:
        return None
    if root[1] in ("feed", "entry"):
        return "arxiv" if "arxiv" in start else None
    return "dblp" if "dblp" in start or root[1] == "result" else None


def _lines(start: str) -> str | None:
    """By the line that comes first: an abstract on a page may look like BibTeX, and one in BibTeX like a date."""
    first, end = None, len(start)
    for form, mark in _MARKS.items():
        if match := mark.search(start, 0, end):
            first, end = form, match.start()
    return first


def _table(start: str, told: Collection[str]) -> str | None:
    """By the first line, whatever stands below: a row may begin with a date, as a record of a page does."""
    first = _first_line(start)
    for form, delimiters in ("tsv", "\t"), ("csv", ",;|"):
        if any(delimiter in first and titled(first, delimiter, told) for delimiter in delimiters):
            return form
    return None


def _first_line(start: str) -> str:
    return start.split("\n", 1)[0].rstrip("\r")


_BY_CONTENT: tuple[Callable[[str], str | None], ...] = (_json, _xml, _lines)


def _by_suffix(name: str) -> str | None:
    found = [
        (len(suffix), form)
        for form, one in READABLE.items()
        for suffix in one.suffixes
        if name.lower().endswith(suffix)
    ]
    return max(found)[1] if found else None
