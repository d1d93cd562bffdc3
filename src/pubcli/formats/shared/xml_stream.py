"""XML in pieces: the elements that are records, with their lines, those behind a broken one too.

Read by expat, with nothing from outside: a document that declares entities of its own is refused (billion laughs,
files as entities), a DTD is never looked up, and the entities that HTML names, on which DBLP relies, are characters.
"""

import re
from collections.abc import Callable, Collection
from html.entities import name2codepoint
from itertools import pairwise
from typing import Any, NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from pubcli.errors import InputError
from pubcli.formats.shared.collect import Parsed, ParseProblem
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source
from pubcli.text.normalize import visible

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_DEEPEST = 100

Convert = Callable[[Element, int, int], Parsed | None]
"""A record with its first and its last line as what it means; None for what is no paper."""


def records(
    source: Source, records: Collection[str], roots: Collection[str], convert: Convert, top: Callable[[Element], None]
) -> list[Parsed]:
    """What the records mean, elements of these names at any depth, without their namespace.

    `roots` are elements that records stand in, or none. `top` is given each element outside of records as it begins,
    with its attributes. Raises InputError for a document that declares entities, or that has neither root nor record.
    """
    data = _NAMED.sub(_character, source.data)
    reading = _Reading(source, frozenset(records), convert, top)
    broken = reading.parse(b"", data, 0, 0)
    if broken is None:
        if not reading.found and reading.root_name not in (*roots, *records):
            raise encoding.of_another_format(source, f"<{visible(reading.root_name)}> and no <{'>, <'.join(roots)}>")
        return reading.found
    starts = re.compile(rb"<(?:[\w-]+:)?(?:" + "|".join(map(re.escape, sorted(records))).encode() + rb")[\s>/]")
    places = [match.start() for match in starts.finditer(data, broken[0] + 1)]
    begun = broken[0] if reading.begun is None else reading.begun
    reading.tell(data, begun, places[0] if places else len(data), broken[1])
    # Behind it, each record is read for itself, as if it stood alone in the document.
    root = data[: reading.root or 0]
    lines, counted = 0, 0
    for start, end in pairwise([*places, len(data)]):
        lines, counted = lines + data.count(b"\n", counted, start), start
        broken = reading.parse(root, data[start:end], start, lines)
        if broken is not None and reading.begun is not None:
            reading.tell(data, start, end, broken[1])
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
        self.found: list[Parsed] = []
        self.begun: int | None = None
        """Where the record begins that is being read, in bytes from the start of the data; None between records."""
        self.root: int | None = None
        """Where the first tag ends, unless that is a record."""
        self.root_name = ""

    def parse(self, prologue: bytes, data: bytes, position: int, skipped: int) -> tuple[int, str] | None:
        """Read on, `position` bytes and `skipped` lines behind the start, with the prologue in front.

        None at the end, else where it is no XML, in bytes of the data, and why not.
        """
        self.builder: TreeBuilder | None = None
        self.begun, self.depth = position or None, 0  # what stands behind a broken part begins with a record
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.EntityDeclHandler = self._refuse
        self.offset, self.lines, self.data = position, 0, data
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
        except (LookupError, ValueError):
            if self.root is not None:
                raise
            reason = "declares an encoding that cannot be read; save it as UTF-8 and say so in its first line"
            raise InputError(f"{self.source.display_name} {reason}") from None
        return None

    def tell(self, data: bytes, start: int, end: int, reason: str) -> None:
        """Note a part that is no XML, without what only closes the document."""
        piece = data[start:end].strip()
        line = data.count(b"\n", 0, start) + 1
        last = line + data.count(b"\n", start, start + len(data[start:end].rstrip()))
        text = piece.decode("utf-8", "replace")
        self.found.append(ParseProblem(line, last, f"this is no XML: {reason}", "well-formed XML", text))

    def _refuse(self, *_: Any) -> NoReturn:
        raise InputError(f"{self.source.display_name} declares its own entities, which is unsafe; remove the DTD")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(" ")[2]
        if self.root is None:
            self.root, self.root_name = self.parser.CurrentByteIndex, plain
            if plain not in self.records:
                tag = _TAG.match(self.data, self.root)
                self.root = tag.end() if tag else self.root
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
            element, self.builder, self.begun = self.builder.close(), None, None
            one = self.convert(element, self.first, self.parser.CurrentLineNumber + self.lines)
            if one is not None:
                self.found.append(one)


def text(element: Element | None) -> str:
    """All text in an element on one line, with what stands in elements inside it; empty without an element."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


def texts(element: Element, name: str) -> list[str]:
    """The texts of all elements of a name that stand in one, without empty ones."""
    return [said for one in element.iterfind(name) if (said := text(one))]
