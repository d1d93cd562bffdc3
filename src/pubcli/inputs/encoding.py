"""What bytes are when they are not the text of a page: the sentence that tells the user what to do."""

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
_LOOKED_AT = 4_000
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u2060"))


_XML = ("arxiv", "dblp")
_NOT_FOR_PAGES = "name its format with --from; pubcli formats lists those that can be read"


def require_text(source: Source, form: str = "page") -> None:
    """Raise InputError for bytes that their first characters show to be no plain text, or that are empty.

    `form` is the format that the text is taken to be in.
    """
    data, shown = source.data, source.shown
    if _is_blank(data):
        raise InputError(f"{shown} is empty; copy the text of a profile page into it")
    if data.startswith(b"\x7fELF") or data[:_LOOKED_AT].count(0) > len(data[:_LOOKED_AT]) * 0.9:
        raise InputError(f"{shown} is a binary file; copy the text of a profile page instead")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{shown} is {what}")
    if wide := _wide_encoding(data):
        raise InputError(f"{shown} is {wide} text, not UTF-8; {_conversion(wide, source.name)}")
    start = data[:_LOOKED_AT].lstrip(b" \t\r\n\xef\xbb\xbf").lower()
    if form in _XML or not start.startswith(_HTML_STARTS):
        return
    if start.startswith(b"<?xml") and b"<html" not in start:
        raise InputError(f"{shown} is XML, but not as arXiv or DBLP write it; {_NOT_FOR_PAGES}")
    raise InputError(f"{shown} is HTML; open it in a browser, select all, copy, and save the plain text")


def of_another_format(source: Source | Stream, lacks: str) -> InputError:
    """The error for text that is nothing of the format that it is taken for; `lacks` is what is not in it."""
    return InputError(f"{source.shown} holds {lacks}; {_NOT_FOR_PAGES}")


def undecodable(source: Source) -> InputError:
    """The error for bytes that are not UTF-8: where, and what they probably are."""
    data, shown = source.data, source.shown
    try:
        data.decode()
    except UnicodeDecodeError as error:
        at = error.start
    else:
        raise ValueError("the bytes are UTF-8")
    line = data.count(b"\n", 0, at) + 1
    place = f"the byte 0x{data[at]:02X} at offset {at} (line {line})"
    if b"\x00" in data:
        return InputError(f"{shown} is a binary file, not text: {place} is not UTF-8; copy the text of a page instead")
    if _is_windows_text(data):
        return InputError(
            f"{shown} looks like CP-1252 (Windows) text: {place} is not UTF-8; {_conversion('CP1252', source.name)}"
        )
    return InputError(f"{shown} is not UTF-8 text: {place} begins no character. Save the page's text as UTF-8")


def _is_blank(data: bytes) -> bool:
    return len(data) < _LOOKED_AT and not data.decode(errors="ignore").translate(_INVISIBLE).strip()


def _conversion(encoding: str, name: str) -> str:
    """A command that can be copied as it stands, whatever the file is called, and leaves the file as it is."""
    path = Path(name)
    if name == STDIN or not name.isprintable():
        path = Path("FILE.txt")
    source, target = shlex.quote(str(path)), shlex.quote(str(path.with_name(f"{path.stem}.utf8{path.suffix}")))
    return f"convert it: iconv -f {encoding} -t UTF-8 < {source} > {target}"


def _wide_encoding(data: bytes) -> str | None:
    """UTF-32 and UTF-16, by their byte order mark or by every other byte of Latin text being zero."""
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        return "UTF-32"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    start = data[:_LOOKED_AT]
    half = len(start) // 2
    if half and start[1::2].count(0) > half * 0.8 and start[::2].count(0) < half * 0.1:
        return "UTF-16LE"
    if half and start[::2].count(0) > half * 0.8 and start[1::2].count(0) < half * 0.1:
        return "UTF-16BE"
    return None


def _is_windows_text(data: bytes) -> bool:
    """Whether CP-1252 gives text without controls; bytes it does not define rule it out."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return not any(char < " " and char not in "\t\n\r\x0c" for char in text)
