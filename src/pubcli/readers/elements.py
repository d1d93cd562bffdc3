"""XML in pieces: the elements that are records, with their lines, those behind a broken one too.

Read by expat, with nothing from outside: a document that declares entities of its own is refused (billion laughs,
files as entities), a DTD is never looked up, and the entities that HTML names, on which DBLP relies, are characters.
"""

import re
from collections.abc import Callable, Collection
from html.entities import name2codepoint
from typing import Any, NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from pubcli.errors import InputError
from pubcli.readers.bibliography import Found, Unread
from pubcli.sources import Source

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_DEEPEST = 100
_MOST_BREAKS = 1_000
"""After so many places where it is no XML, the rest is one problem."""

Convert = Callable[[Element, int, int], Found | None]
"""A record with its first and its last line as what it means; None for what is no paper."""


def found(source: Source, records: Collection[str], convert: Convert, top: Callable[[Element], None]) -> list[Found]:
    """What the records mean, elements of these names at any depth, without their namespace.

    `top` is given each element outside of records as it begins, with its attributes. Raises InputError for a document
    that declares entities.
    """
    data = _NAMED.sub(_character, source.data)
    reading = _Reading(source, frozenset(records), convert, top)
    starts = re.compile(rb"<(?:[\w-]+:)?(?:" + "|".join(map(re.escape, sorted(records))).encode() + rb")[\s>/]")
    first = starts.search(data)
    prologue = data[: first.start()] if first else data
    position = skipped = 0
    for _ in range(_MOST_BREAKS):
        broken = reading.parse(prologue if position else b"", data[position:], position, skipped)
        if broken is None:
            return reading.found
        at = position + broken[0]
        following = starts.search(data, max(at, position + 1))
        end = following.start() if following else len(data)
        reading.tell(data, max(reading.begun, position), end, broken[1])
        if following is None:
            return reading.found
        position, skipped = end, data.count(b"\n", 0, end)
    reading.tell(data, position, len(data), "it breaks too often")
    return reading.found


def _character(match: re.Match[bytes]) -> bytes:
    """A character by number; a name that nobody knows stays as text."""
    name = match[1]
    if name in _OF_XML:
        return match[0]
    code = name2codepoint.get(name.decode())
    return f"&#{code};".encode() if code else b"&amp;" + match[0][1:]


class _Reading:
    """What was found so far."""

    def __init__(
        self, source: Source, records: frozenset[str], convert: Convert, top: Callable[[Element], None]
    ) -> None:
        self.source, self.records, self.convert, self.top = source, records, convert, top
        self.found: list[Found] = []
        self.begun = 0
        """Where the record begins that is being read, in bytes from the start of the data."""

    def parse(self, prologue: bytes, data: bytes, position: int, skipped: int) -> tuple[int, str] | None:
        """Read on, `position` bytes and `skipped` lines behind the start, with the prologue in front.

        None at the end, else where it is no XML, in bytes of the data, and why not.
        """
        self.builder: TreeBuilder | None = None
        self.depth = 0
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.EntityDeclHandler = self._refuse
        self.offset, self.lines = position, 0
        try:
            if prologue:
                parser.Parse(prologue, False)
                self.lines = skipped - (parser.CurrentLineNumber - 1)
                self.offset = position - len(prologue)
            parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
            parser.CharacterDataHandler = self._data
            parser.Parse(data, True)
        except expat.ExpatError as error:
            return max(0, parser.ErrorByteIndex + self.offset - position), expat.errors.messages[error.code]
        return None

    def tell(self, data: bytes, start: int, end: int, reason: str) -> None:
        """Note a part that is no XML, without what only closes the document."""
        piece = data[start:end].strip()
        line = data.count(b"\n", 0, start) + 1
        last = line + data.count(b"\n", start, start + len(data[start:end].rstrip()))
        text = piece.decode("utf-8", "replace")
        self.found.append(Unread(line, last, f"this is no XML: {reason}", "well-formed XML", text))

    def _refuse(self, *_: Any) -> NoReturn:
        raise InputError(f"{self.source.shown} declares entities of its own, which is not read; take the DTD out")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(" ")[2]
        if self.builder is None:
            if plain not in self.records:
                self.top(Element(plain, attributes))
                return
            self.builder, self.first = TreeBuilder(), self.parser.CurrentLineNumber + self.lines
            self.begun = self.parser.CurrentByteIndex + self.offset
        self.depth += 1
        if self.depth <= _DEEPEST:
            self.builder.start(plain, attributes)

    def _data(self, text: str) -> None:
        if self.builder is not None:
            self.builder.data(text)

    def _end(self, name: str) -> None:
        if self.builder is None:
            return
        if self.depth <= _DEEPEST:
            self.builder.end(name.rpartition(" ")[2])
        self.depth -= 1
        if self.depth == 0:
            element, self.builder = self.builder.close(), None
            one = self.convert(element, self.first, self.parser.CurrentLineNumber + self.lines)
            if one is not None:
                self.found.append(one)


def text(element: Element | None) -> str:
    """All text in an element on one line, with what stands in elements inside it; empty without an element."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def texts(element: Element, name: str) -> list[str]:
    """The texts of all elements of a name that stand in one, without empty ones."""
    return [said for one in element.iterfind(name) if (said := text(one))]
