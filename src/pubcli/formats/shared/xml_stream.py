"""Split XML into records with line numbers. Records after a broken record are found too.

The parser, expat, opens no other files: a DTD is never loaded. A document that declares entities is refused, because
entities may refer to other files or expand to an enormous text. HTML's named entities, which DBLP uses, become
characters.
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

_NAMED_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_ENTITIES = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_DECLARATION = re.compile(rb"(?:\xef\xbb\xbf)?<\?xml[^>]*>")
_DEEPEST = 100

Convert = Callable[[Element, int, int], Parsed | None]
"""Function that converts an element to a record or a problem; it returns None if the element is not a paper.

The two numbers are the first and the last line of the element.
"""


def records(
    source: Source, records: Collection[str], roots: Collection[str], convert: Convert, top: Callable[[Element], None]
) -> list[Parsed]:
    """Return the records and the problems that an XML source contains. `convert` turns an XML element into a record.

    `records` are the names of the elements that are records, at any depth and in any namespace. `roots` are the names
    that the outermost element may have. `top` is called at the start of each element that is outside of records.
    Raise InputError if the source declares entities, or if it has no record and its root is not in `roots`.
    """
    data = _NAMED_ENTITY.sub(_character, source.data)
    parser = _Parser(source, frozenset(records), convert, top)
    broken = parser.parse(b"", data, 0, 0)
    if broken is None:
        if not parser.parsed and parser.root_name not in (*roots, *records):
            raise encoding.wrong_format_error(source, f"<{visible(parser.root_name)}> and no <{'>, <'.join(roots)}>")
        return parser.parsed
    starts = re.compile(rb"<(?:[\w-]+:)?(?:" + "|".join(map(re.escape, sorted(records))).encode() + rb")[\s>/]")
    places = [match.start() for match in starts.finditer(data, broken[0] + 1)]
    begun = broken[0] if parser.begun is None else parser.begun
    first_line = data.count(b"\n", 0, begun) + 1
    parser.add_problem(data[begun : places[0] if places else len(data)], first_line, broken[1])
    # After the broken part, parse each record as if it were alone in the document.
    root = parser.root_tag(data)
    lines, counted = 0, 0
    for start, end in pairwise([*places, len(data)]):
        lines, counted = lines + data.count(b"\n", counted, start), start
        broken = parser.parse(root, data[start:end], start, lines)
        if broken is not None and parser.begun is not None:
            parser.add_problem(data[start:end], lines + 1, broken[1])
    return parser.parsed


def _character(match: re.Match[bytes]) -> bytes:
    """Return the numeric reference for a named entity; escape an unknown name, so that it stays text."""
    name = match[1]
    if name in _XML_ENTITIES:
        return match[0]
    code = name2codepoint.get(name.decode())
    return f"&#{code};".encode() if code else b"&amp;" + match[0][1:]


class _Parser:
    """Parse the XML text of a source in pieces, and collect the records and problems in it."""

    def __init__(
        self, source: Source, records: frozenset[str], convert: Convert, top: Callable[[Element], None]
    ) -> None:
        self.source, self.records, self.convert, self.top = source, records, convert, top
        self.parsed: list[Parsed] = []
        self.begun: int | None = None
        """The offset in bytes of the record that is being parsed; None between records."""
        self.root: int | None = None
        """The offset in bytes after the start tag of the root. If the root is a record, the offset before this tag."""
        self.root_start: int | None = None
        """The offset in bytes before the start tag of the root."""
        self.root_name = ""

    def parse(self, prologue: bytes, data: bytes, position: int, skipped: int) -> tuple[int, str] | None:
        """Parse the piece `data` of the XML text. In this text, `position` bytes and `skipped` lines precede the piece.

        `prologue`, the beginning of the XML text, is parsed before the piece. Return None if the piece is well-formed;
        else return the offset in bytes of the first error in the piece, and the reason.
        """
        self.builder: TreeBuilder | None = None
        self.begun, self.depth = position or None, 0  # data after a broken part begins with a record
        self.parser = parser = expat.ParserCreate("utf-8" if self.source.encoding else None, " ")
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
            reason = "declares an unsupported encoding; save the file as UTF-8 and declare UTF-8 in its first line"
            raise InputError(f"{self.source.display_name} {reason}") from None
        return None

    def add_problem(self, piece: bytes, line: int, reason: str) -> None:
        """Add a problem for a piece of the XML text that is not well-formed and begins on `line`."""
        last = line + piece.rstrip().count(b"\n")
        text = piece.strip().decode("utf-8", "replace")
        self.parsed.append(ParseProblem(line, last, f"invalid XML: {reason}", "well-formed XML", text))

    def root_tag(self, data: bytes) -> bytes:
        """Return the XML declaration and the start tag of the root; nothing if the root is a record itself.

        Comments and the document type before the tag are left out: they may be long, and are parsed again and again.
        """
        declaration = _DECLARATION.match(data)
        tag = data[self.root_start or 0 : self.root or 0]
        return (declaration[0] if declaration else b"") + tag

    def _refuse(self, *_: Any) -> NoReturn:
        name = self.source.display_name
        raise InputError(f"{name} declares its own entities, which pubcli does not read; remove the DTD")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(" ")[2]
        if self.root is None:
            self.root_start = self.root = self.parser.CurrentByteIndex
            self.root_name = plain
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
            item = self.convert(element, self.first, self.parser.CurrentLineNumber + self.lines)
            if item is not None:
                self.parsed.append(item)


def text(element: Element | None) -> str:
    """Return all text in an element and its descendants on one line; an empty text for None."""
    return "" if element is None else " ".join(_content(element).split())


def _content(element: Element) -> str:
    """Return the text in an element. Numbers in superscripts and subscripts become small characters."""
    if not len(element):
        return element.text or ""
    contents = [element.text or ""]
    for child in element:
        content = _content(child)
        if child.tag in ("sup", "sub"):
            from pubcli.text.tex import script  # few titles need it

            content = script(content, raised=child.tag == "sup")
        contents += [content, child.tail or ""]
    return "".join(contents)


def unread(record: Element, held: Collection[str], ignored: Collection[str]) -> dict[str, str]:
    """Return the text of each child of a record that is not among the texts in `held`, by the name of the child.

    Children with a name in `ignored` are left out. Several texts of one name are joined by semicolons.
    """
    left: dict[str, str] = {}
    for child in record:
        content = text(child)
        if content and child.tag not in ignored and content not in held:
            left[child.tag] = f"{left[child.tag]}; {content}" if child.tag in left else content
    return left


def texts(element: Element, name: str) -> list[str]:
    """Return the text of each child that has this name. Leave out empty texts."""
    return [content for child in element.iterfind(name) if (content := text(child))]
