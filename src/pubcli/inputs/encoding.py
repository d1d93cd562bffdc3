"""Recognise bytes that are not the text of a page, and advise the user what to do with the file."""

import re

from pubcli.errors import InputError
from pubcli.inputs.sources import Source, Stream
from pubcli.lazy import pattern

_SAVE_AS_HTML = "save the page as HTML only (Page Source), or copy its text"
_SIGNATURES = (
    (b"%PDF-", "a PDF file; open it, copy its text and save that"),
    (b"PK\x03\x04", "a ZIP archive or an office document; save its text as a plain text file"),
    (b"\x1f\x8b", "compressed with gzip; unpack it first (gunzip -c FILE | pubcli list -p -)"),
    (b"\x89PNG", "a picture; copy the text of the page instead"),
    (b"\xff\xd8\xff", "a picture; copy the text of the page instead"),
    (b"SQLite format 3\x00", "a SQLite database; if it is a library of pubcli, name it with --library"),
    (b"PAR1", "a Parquet file; convert it to CSV or JSON"),
    (b"{\\rtf", "an RTF document; save its text as a plain text file"),
    (b"bplist00", f"an archive of a page, as Safari saves it; {_SAVE_AS_HTML}"),
)
_HTML_STARTS = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")
_EXAMINED = 4_000
"""The number of bytes to examine at the beginning of a file."""
_EXAMINED_FOR_CHARSET = 65_536
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u2060"))


_HTML = pattern(
    rb"(?:\xef\xbb\xbf|\s)*<(?:!doctype\s+html\b|(?:html|head|body|meta|title|main|section|div|table|ul|ol|dl)[\s/>])",
    re.I,
)
"""Matches the beginning of a saved page, or of a part of a page that was copied as HTML."""
_HTML_INSIDE = pattern(rb"<(?:!doctype\s+html\b|html[\s>])", re.I)
"""Matches the beginning of a page below an XML declaration or a comment."""
_CHARSET = pattern(rb"<meta\s[^<>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{1,40})", re.I)
_XML = ("arxiv", "dblp")
_NAME_FORMAT = "name its format with --from; pubcli help formats lists the formats that can be read"


def require_text(source: Source, form: str = "page") -> None:
    """Raise InputError if a source is empty, or if the beginning of its bytes shows that it is not plain text.

    `form` is the assumed format of the text. XML is accepted only if this format is XML.
    """
    data, name = source.data, source.display_name
    if _is_blank(data):
        raise InputError(f"{name} is empty; copy the text of a profile page into it")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{name} is {what}")
    if data.startswith(b"\x7fELF") or data[:_EXAMINED].count(0) > len(data[:_EXAMINED]) * 0.9:
        raise InputError(f"{name} is a binary file; copy the text of a profile page instead")
    start = data[:_EXAMINED].lstrip(b" \t\r\n\xef\xbb\xbf").lower()
    if b"mime-version:" in start and b"multipart/related" in start:
        raise InputError(f"{name} is an archive of a page (MHTML); {_SAVE_AS_HTML}")
    if form in _XML or not start.startswith(_HTML_STARTS):
        return
    if start.startswith(b"<?xml") and b"<html" not in start:
        raise InputError(f"{name} is XML, but neither arXiv's nor DBLP's; {_NAME_FORMAT}")
    raise html_error(source)


def is_html(data: bytes) -> bool:
    """Return whether bytes begin as a saved web page does, or as a part of a page that was copied as HTML."""
    if b"<" not in data[:100]:
        return False
    if _HTML.match(data):
        return True
    start = data[:_EXAMINED].lstrip(b" \t\r\n\xef\xbb\xbf")
    return start.startswith((b"<?xml", b"<!--")) and _HTML_INSIDE.search(start) is not None


def stated_charset(data: bytes) -> str | None:
    """Return the encoding that an HTML page states for itself (`<meta charset="...">`), as written; else None."""
    match = _CHARSET.search(data, 0, _EXAMINED_FOR_CHARSET) if is_html(data) else None
    return match[1].decode("ascii") if match else None


def html_error(source: Source) -> InputError:
    """Return the error for HTML in which nothing can be read."""
    return InputError(f"{source.display_name} is HTML; open it in a browser, select all, copy, and save the plain text")


def wrong_format_error(source: Source | Stream, missing_part: str) -> InputError:
    """Return the error for text that is not in the assumed format. `missing_part` is a phrase such as `no entry`."""
    return InputError(f"{source.display_name} contains {missing_part}; {_NAME_FORMAT}")


def _is_blank(data: bytes) -> bool:
    return len(data) < _EXAMINED and not data.decode(errors="ignore").translate(_INVISIBLE).strip()
