"""What Web of Science exports as plain text: lines with tags of two letters, those that name the columns of its tables.

PT J
AU Lovelace, A
   Noether, E
TI Notes on the
   analytical engine
ER
"""

from collections.abc import Iterator

from pubcli import encoding
from pubcli.model import Document
from pubcli.readers import bibliography, columns
from pubcli.readers.bibliography import Found, Unread
from pubcli.readers.text import numbered
from pubcli.sources import Source, Stream

_BETWEEN = ("FN", "VR", "EF")
"""Tags of the file, outside of records."""
_LISTED = frozenset("AU AF BA BF BE CA GP C1 C3 CR".split())
"""Tags with an item on each line; the lines of others are one text."""


def read(source: Source) -> Document:
    """The records as one page."""
    return bibliography.document(source, stream(source))


def stream(source: Source | Stream) -> Iterator[Found]:
    """The records, one by one. Raises InputError when no line has a tag of this format."""
    number, start, tag, is_of_wos = 0, 0, "", False
    lines: dict[str, list[str]] = {}
    for number, line in numbered(source):
        said = line[3:].strip()
        tag = tag if not line[:2].strip() else line[:2]
        is_of_wos = is_of_wos or tag in ("PT", *_BETWEEN)
        if tag == "PT" and said:
            yield from _unended(lines, start, number - 1)
            lines, start = {"PT": [said]}, number
        elif tag == "ER" and lines:
            yield _record(lines, start, number)
            lines = {}
        elif lines and line.strip() and tag not in _BETWEEN:
            lines.setdefault(tag, []).append(said)
        elif line.strip() and tag not in _BETWEEN:
            reason = "this stands in no record"
            yield Unread(number, number, reason, "PT before the first line of a record", line.rstrip())
    if not is_of_wos:
        raise encoding.of_another_format(source, "no record of Web of Science")
    yield from _unended(lines, start, number)


def _unended(lines: dict[str, list[str]], start: int, last: int) -> Iterator[Found]:
    if lines:
        yield _record(lines, start, last)
        yield Unread(start, last, "the record has no end", "ER behind its last line", f"PT {lines['PT'][0]}")


def _record(lines: dict[str, list[str]], start: int, last: int) -> Found:
    joined = {tag: ("; " if tag in _LISTED else " ").join(filter(None, said)) for tag, said in lines.items()}
    return columns.record(start, last, joined)
