"""Detect the format of a source by the beginning of its content, or else by the suffix of its file name.

If neither shows the format, the source is a profile page. Most formats have lines or names that other formats do not
have. A table is recognised by its first line: one of its columns must be for titles.
"""

import re
from collections.abc import Callable, Collection

from pubcli import sites
from pubcli.biblio.dates import MONTHS
from pubcli.formats import READABLE
from pubcli.formats.tabular.headings import titled
from pubcli.inputs.encoding import is_html
from pubcli.lazy import pattern
from pubcli.text.pasted import with_plain_blanks, without_quotation_marks

_EXAMINED = 8_192
"""The number of bytes to examine at the beginning of a source."""
_EXAMINED_FOR_SITES = 65_536
"""The number of bytes to examine for lines of a site, whose list may begin below a long header."""
_MONTHS = "|".join(MONTHS)
_MARKS = {
    "page": re.compile(rf"\n(?:> ?)*[A-Z-]{{0,12}}(?:{_MONTHS}) \d{{1,2}}(?:, \d{{4}})?", re.MULTILINE),
    "bibtex": re.compile(r"\n[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(][ \t]*[^\s{}]*[ \t]*(?:[,=]|$)", re.MULTILINE),
    "ris": re.compile(r"\n\ufeff?\s?TY {1,2}- ", re.MULTILINE),
    "medline": re.compile(r"\n\ufeff?PMID- ?\d+[ \t\r]*\n(?:[ \t\r]*\n)*(?:[A-Z][A-Z0-9 ]{3}-| {6})", re.MULTILINE),
    "wos": re.compile(r"\n(?:FN (?:Clarivate|Thomson|ISI) |PT [BCJPS]\s*$)", re.MULTILINE),
}
"""Lines that begin a record, by format, with the line end above.

A search for `\\n` is several times as fast as a search for `^`, which examines each character."""
_CATEGORY_AND_DATE = pattern(rf"^(?:> ?)*[A-Z][A-Z-]{{1,11}}(?:{_MONTHS}) \d{{1,2}}(?:, \d{{4}}|\D|$)", re.MULTILINE)
"""Matches a category and a date without a blank between them, as only the page of a paper feed has them."""
_NAME = pattern(r'"([^"\\]{1,60})"\s*:')
_ROOT = pattern(r"<(?:[\w.-]+:)?(feed|dblp|dblpperson|result|entry|r)[\s>]")


def recognised(data: bytes, name: str, columns: Collection[str] = ()) -> str:
    """Return the name of the format of a source. `columns` are the table columns that the user mapped to fields.

    If nothing indicates a format, return `page`. If the user has mapped columns, return `tsv` or `csv` instead.
    """
    if is_html(data):
        return page_site(data)
    start = _with_line_feeds(data[:_EXAMINED].decode("utf-8", "ignore").removeprefix("\ufeff").lstrip())
    if name_of_format := _table(start, columns):
        return name_of_format
    for detect in _BY_CONTENT:
        if name_of_format := detect(start):
            is_certain = name_of_format != "page" or _CATEGORY_AND_DATE.search(start)
            return name_of_format if is_certain else page_site(data)
    if (site := page_site(data)) != "page":
        return site
    name_of_format = _by_suffix(name) or "page"
    return name_of_format if name_of_format != "page" or not columns else "tsv" if "\t" in _first_line(start) else "csv"


def page_site(data: bytes) -> str:
    """Return the name of the site from which a page was copied or saved.

    Return `page` if it is the page of a paper feed or unknown.
    """
    if is_html(data):
        return sites.recognised_html(data.decode("utf-8", "ignore")) or "page"
    text = with_plain_blanks(_with_line_feeds(data[:_EXAMINED_FOR_SITES].decode("utf-8", "ignore")))
    return sites.recognised(without_quotation_marks(text)) or "page"


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _json(start: str) -> str | None:
    """Detect a JSON format by the names of fields.

    pubcli's own records are either in an array (json), or each record is on a line of its own (jsonl).
    """
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
    """Return the format of the first line that begins a record.

    Later lines do not count, because an abstract may contain a line that looks like a record of another format.
    """
    text = f"\n{start}"
    first, end = None, len(text)
    for form, mark in _MARKS.items():
        if match := mark.search(text, 0, end):
            first, end = form, match.start()
    return first


def _table(start: str, columns: Collection[str]) -> str | None:
    """Return `tsv` or `csv` if the first line of a source is the header of a table; else None.

    Later lines are not examined, because a row that begins with a date looks like a record of a page.
    """
    first = _first_line(start)
    for form, delimiters in ("tsv", "\t"), ("csv", ",;|"):
        if any(delimiter in first and titled(first, delimiter, columns) for delimiter in delimiters):
            return form
    return None


def _first_line(start: str) -> str:
    return start.split("\n", 1)[0].rstrip("\r")


_BY_CONTENT: tuple[Callable[[str], str | None], ...] = (_json, _xml, _lines)


def _by_suffix(name: str) -> str | None:
    matches = [
        (len(suffix), form)
        for form, row in READABLE.items()
        for suffix in row.suffixes
        if name.lower().endswith(suffix)
    ]
    return max(matches)[1] if matches else None
