"""Recognise bytes that are not the text of a page, and advise the user what to do with the file."""

import shlex
from pathlib import Path

from pubcli.errors import InputError
from pubcli.inputs.sources import STDIN, Source, Stream

_SIGNATURES = (
    (b"%PDF-", "a PDF file; open it, copy its text and save that"),
    (b"PK\x03\x04", "a ZIP archive or an office document; save its text as a plain text file"),
    (b"\x1f\x8b", "compressed with gzip; unpack it first (gunzip -c FILE | pubcli list -p -)"),
    (b"\x89PNG", "a picture; copy the text of the page instead"),
    (b"\xff\xd8\xff", "a picture; copy the text of the page instead"),
    (b"SQLite format 3\x00", "a SQLite database; copy the text of a profile page instead"),
    (b"{\\rtf", "an RTF document; save its text as a plain text file"),
)
_HTML_STARTS = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")
_EXAMINED = 4_000
"""The number of bytes to examine at the beginning of a file."""
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u2060"))


_XML = ("arxiv", "dblp")
_NAME_FORMAT = "name its format with --from; pubcli formats lists the formats that can be read"


def require_text(source: Source, form: str = "page") -> None:
    """Raise InputError if a source is empty, or if the beginning of its bytes shows that it is not plain text.

    `form` is the assumed format of the text. XML is accepted only if this format is XML.
    """
    data, name = source.data, source.display_name
    if _is_blank(data):
        raise InputError(f"{name} is empty; copy the text of a profile page into it")
    if data.startswith(b"\x7fELF") or data[:_EXAMINED].count(0) > len(data[:_EXAMINED]) * 0.9:
        raise InputError(f"{name} is a binary file; copy the text of a profile page instead")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{name} is {what}")
    if wide := _wide_encoding(data):
        raise InputError(f"{name} is {wide} text, not UTF-8; {_conversion(wide, source.name)}")
    start = data[:_EXAMINED].lstrip(b" \t\r\n\xef\xbb\xbf").lower()
    if form in _XML or not start.startswith(_HTML_STARTS):
        return
    if start.startswith(b"<?xml") and b"<html" not in start:
        raise InputError(f"{name} is XML, but neither arXiv's nor DBLP's; {_NAME_FORMAT}")
    raise InputError(f"{name} is HTML; open it in a browser, select all, copy, and save the plain text")


def wrong_format_error(source: Source | Stream, missing_part: str) -> InputError:
    """Return the error for text that is not in the assumed format. `missing_part` is a phrase such as `no entry`."""
    return InputError(f"{source.display_name} contains {missing_part}; {_NAME_FORMAT}")


def undecodable(source: Source) -> InputError:
    """Return the error for a source that is not UTF-8.

    The message states the place of the first invalid byte, and the actual encoding if it is recognised. Raises
    ValueError if the source is valid UTF-8.
    """
    data, name = source.data, source.display_name
    try:
        data.decode()
    except UnicodeDecodeError as error:
        at = error.start
    else:
        raise ValueError("the bytes are UTF-8")
    line = data.count(b"\n", 0, at) + 1
    place = f"the byte 0x{data[at]:02X} at offset {at} (line {line})"
    if b"\x00" in data:
        return InputError(f"{name} is a binary file, not text: {place} is not UTF-8; copy the text of a page instead")
    if _is_windows_text(data):
        return InputError(
            f"{name} looks like CP-1252 (Windows) text: {place} is not UTF-8; {_conversion('CP1252', source.name)}"
        )
    return InputError(f"{name} is not UTF-8 text: {place} does not start a character. Save the page's text as UTF-8")


def _is_blank(data: bytes) -> bool:
    return len(data) < _EXAMINED and not data.decode(errors="ignore").translate(_INVISIBLE).strip()


def _conversion(encoding: str, name: str) -> str:
    """Return the advice to convert a file to UTF-8 with a shell command, in which file names are quoted."""
    path = Path(name)
    if name == STDIN or not name.isprintable():
        path = Path("FILE.txt")
    source, target = shlex.quote(str(path)), shlex.quote(str(path.with_name(f"{path.stem}.utf8{path.suffix}")))
    return f"convert it: iconv -f {encoding} -t UTF-8 < {source} > {target}"


def _wide_encoding(data: bytes) -> str | None:
    """Return the name of the encoding if the bytes are text in UTF-16 or UTF-32, else None.

    A byte order mark shows the encoding. Without this mark, UTF-16 is recognised by the zero bytes in Latin text.
    """
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    start = data[:_EXAMINED]
    half = len(start) // 2
    if half and start[1::2].count(0) > half * 0.8 and start[::2].count(0) < half * 0.1:
        return "UTF-16LE"
    if half and start[::2].count(0) > half * 0.8 and start[1::2].count(0) < half * 0.1:
        return "UTF-16BE"
    return None


def _is_windows_text(data: bytes) -> bool:
    """Return whether the bytes are valid CP-1252 text without control characters other than tabs and line breaks."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return not any(char < " " and char not in "\t\n\r\x0c" for char in text)
