"""What bytes are when they are not the text of a page: the sentence that tells the user what to do."""

from pubcli.errors import InputError

_SIGNATURES = (
    (b"%PDF-", "a PDF file; open it, copy its text and save that"),
    (b"PK\x03\x04", "a ZIP archive or an office document; save its text as a plain text file"),
    (b"\x1f\x8b", "compressed with gzip; unpack it first (gunzip -c FILE | pubcli list -p -)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"{\\rtf", "an RTF document; save its text as a plain text file"),
)
_HTML_STARTS = (b"<!doctype html", b"<html", b"<?xml", b"<head", b"<body", b"<!--")
_LOOKED_AT = 4_000


def require_text(data: bytes, name: str) -> None:
    """Raise InputError for bytes that their first characters show to be no plain text, or that are empty."""
    if not data.strip(b" \t\r\n\xef\xbb\xbf"):
        raise InputError(f"{name} is empty; copy the text of a profile page into it")
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"{name} is {what}")
    if utf16 := _utf16(data):
        raise InputError(f"{name} is {utf16} text, not UTF-8; {_conversion(utf16, name)}")
    if data[:_LOOKED_AT].lstrip(b" \t\r\n\xef\xbb\xbf").lower().startswith(_HTML_STARTS):
        raise InputError(f"{name} is HTML; open it in a browser, select all, copy, and save the plain text")


def undecodable(data: bytes, name: str) -> InputError:
    """The error for bytes that are not UTF-8: where, and what they probably are."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        at = error.start
    else:
        raise ValueError("the bytes are UTF-8")
    line = data.count(b"\n", 0, at) + 1
    place = f"the byte 0x{data[at]:02X} at offset {at} (line {line})"
    if b"\x00" in data:
        return InputError(f"{name} is a binary file, not text: {place} is not UTF-8")
    if _is_windows_text(data):
        return InputError(
            f"{name} looks like CP-1252 (Windows) text: {place} is not UTF-8; {_conversion('CP1252', name)}"
        )
    return InputError(f"{name} is not UTF-8 text: {place} begins no character. Save the page's text as UTF-8")


def _conversion(encoding: str, name: str) -> str:
    file = "FILE" if name == "-" else name
    return f"convert it: iconv -f {encoding} -t UTF-8 {file} > page.txt"


def _utf16(data: bytes) -> str | None:
    """UTF-16 by its byte order mark, or by every other byte of its Latin text being zero."""
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
