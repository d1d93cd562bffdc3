"""Split a JSON array into elements with line numbers. If an element is broken, the other elements are still found."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pubcli.formats.shared.collect import Parsed, ParsedRecord, ParseProblem, check_types, missing_title

_BETWEEN = re.compile(r"[\s,]*")
_NEXT = re.compile(r"\n[ \t]*+(?:\},?[ \t]*+)?,?[ \t]*+(?=\{)")
_OPENING = re.compile(r"[\[{]")
_BLANK_REST = re.compile(r"\s*+\Z")
_NAME = re.compile(r'\{\s*"[^"\\]*"')
_PAPER_FIELDS = frozenset({"title", "authors", "date", "doi", "arxiv"})
"""A JSON object is a paper only if it has at least one of these fields."""
_TOO_DEEP = "nested too deeply"
_TRAILING_COMMA = "Illegal trailing comma before end of "
_EXPECTED_AFTER_COMMA = {"object": "Expecting property name enclosed in double quotes", "array": "Expecting value"}
_WHITESPACE = re.compile(r"[ \t\n\r]*")


class Element(NamedTuple):
    """A JSON value with the numbers of its first and last line."""

    line: int
    last_line: int
    value: Any


def elements(
    text: str, start: int = 0, line: int = 1, decoder: "Decoder | None" = None
) -> Iterator[Element | ParseProblem]:
    """Yield the elements of the first array at offset `start` or later. `line` is the number of the line at `start`.

    `decoder` is for texts that hold several arrays: with a single decoder, the text is examined only once.

    If an object comes before any array, yield this object and the objects after it. Yield a problem for a broken
    element, and continue where the next element seems to begin. If `start` is 0, also yield a problem for text before
    the array or the first object, and for text after the array.
    """
    decode = decoder or Decoder(text)
    opening = _OPENING.search(text, start)
    in_array = opening is not None and opening[0] == "["
    position = start if opening is None else opening.start() + in_array
    counted, line_start = start, text.rfind("\n", 0, start) + 1
    last_break = text.rfind("\n")
    if not start and opening and (before := text[: opening.start()].strip()):
        yield _around(before, 1, "before")
    while True:
        between = _BETWEEN.match(text, position)
        position = between.end() if between else position
        line_start = text.rfind("\n", counted, position) + 1 or line_start
        line, counted = line + text.count("\n", counted, position), position
        if position >= len(text):
            if in_array:
                yield ParseProblem(line, line, "the array is never closed", "] after the last record", text[-80:])
            return
        if in_array and text[position] == "]":
            if not start and (after := text[position + 1 :].strip()):
                yield _around(after, line + text.count("\n", position, text.index(after, position + 1)), "after")
            return
        try:
            value, end = decode.value_at(position)
        except (ValueError, RecursionError) as raised:
            error = _same_on_every_python(raised)
            error_position = position + error.pos if isinstance(error, json.JSONDecodeError) else position
            indent = None if last_break < position else text[line_start:position]
            end = _after_broken(text, position, error_position, indent)
            place = _Place(line, position - line_start, is_at_end=_BLANK_REST.match(text, error_position) is not None)
            yield _broken(text[position:end], error, place)
            if end == len(text):
                return
        else:
            yield Element(line, line + text.count("\n", position, end), value)
        position = end


class Decoder:
    """Decode the values of a text, in time proportional to its length, even if most of them are broken.

    For each error, Python's decoder counts the lines from the beginning of the text that it decodes. In a long text
    with many errors, this would take very long. So after the first error, values are decoded from short pieces of the
    text. The position in an error counts from the beginning of the value.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._decode = json.JSONDecoder().raw_decode
        self._has_surrogates = _may_have_surrogates(text)
        self._is_broken = False

    def value_at(self, position: int) -> tuple[Any, int]:
        """Return the value at an offset, and the offset of its end.

        Raises JSONDecodeError if the value is not valid, and RecursionError if it is nested too deeply.
        """
        if self._is_broken:
            value, end = self._decode_piece(position)
        else:
            try:
                value, end = self._decode(self._text, position)
            except ValueError:
                self._is_broken = True
                value, end = self._decode_piece(position)
        return (_well_formed(value, self._text[position:end]) if self._has_surrogates else value), end

    def _decode_piece(self, position: int) -> tuple[Any, int]:
        """Decode a value from a piece of the text, and from a longer one if the value or its error may be cut off."""
        length = _PIECE
        while True:
            piece = self._text[position : position + length]
            is_rest = position + length >= len(self._text)
            try:
                value, size = self._decode(piece)
                if is_rest or size + _LONGEST_TOKEN < len(piece):
                    return value, position + size
            except json.JSONDecodeError as error:
                is_string_cut = error.msg.startswith("Unterminated string")
                if is_rest or (error.pos + _LONGEST_TOKEN < len(piece) and not is_string_cut):
                    raise
            length *= 2


_PIECE = 4_096
"""Characters of the first piece of a text in which a value is decoded; each further piece is twice as long."""
_LONGEST_TOKEN = 20
"""Within this distance from the end of a piece, an escape or a word such as `-Infinity` may be cut off."""


def _same_on_every_python(error: Exception) -> Exception:
    """Return the error as Python 3.11 and 3.12 raise it.

    For a trailing comma, these versions report the position of the bracket after the comma.
    """
    if not isinstance(error, json.JSONDecodeError) or not error.msg.startswith(_TRAILING_COMMA):
        return error
    message = _EXPECTED_AFTER_COMMA[error.msg.removeprefix(_TRAILING_COMMA)]
    space = _WHITESPACE.match(error.doc, error.pos + 1)
    return json.JSONDecodeError(message, error.doc, space.end() if space else error.pos + 1)


def _around(text: str, line: int, place: str) -> ParseProblem:
    return ParseProblem(line, line + text.count("\n"), f"text {place} the records", "one array of records", text)


def _after_broken(text: str, start: int, at: int, indent: str | None) -> int:
    """Return the offset at which the next element after a broken element seems to begin; else the end of the text.

    The next element begins on a new line, with the indentation of the broken element. If the rest of the text is a
    single line (`indent` is None), the next element begins with the first field name of the broken element.
    """
    name = _NAME.match(text, start)
    if name and indent is None:
        next_ = text.find(name[0], max(at, name.end()))
        return next_ if next_ >= 0 else len(text)
    place = at
    while match := _NEXT.search(text, place):
        if match.end() > start and _indentation(match[0]) == _indentation(indent or ""):
            return match.end()
        place = match.end()
    return len(text)


def _indentation(text: str) -> int:
    return len(re.sub(r"[^ \t]", "", text.rpartition("\n")[2]).replace("\t", "    "))


class _Place(NamedTuple):
    """Where a broken element begins, and whether its error is at the end of the text."""

    line: int
    column: int
    """The number of characters before the element on its line."""
    is_at_end: bool


def _broken(piece: str, error: Exception, place: _Place) -> ParseProblem:
    """Return the problem for a broken element. Line and column in `error` count from the beginning of the element."""
    last = place.line + piece.rstrip(" \t\r\n,").count("\n")
    if isinstance(error, json.JSONDecodeError):
        end = " (the file ends there)" if place.is_at_end else ""
        column = error.colno + (place.column if error.lineno == 1 else 0)
        reason = f"invalid JSON: {error.msg}, line {place.line + error.lineno - 1} column {column}{end}"
    else:
        reason = _TOO_DEEP
    return ParseProblem(place.line, last, reason, "a JSON object", piece.strip())


def elements_by_line(numbered: Iterable[tuple[int, str]]) -> Iterator[Element | ParseProblem]:
    """Yield the value on each line that is not blank, or a problem if the line is not valid JSON."""
    decode = json.JSONDecoder().decode
    for number, line in numbered:
        if line.isspace():
            continue
        try:
            value = _well_formed(decode(line), line)
        except (ValueError, RecursionError) as raised:
            error = _same_on_every_python(raised)
            reason = f"invalid JSON: {error.msg}" if isinstance(error, json.JSONDecodeError) else _TOO_DEEP
            yield ParseProblem(number, number, reason, "a JSON object on one line", line.strip())
        else:
            yield Element(number, number, value)


def _well_formed(value: Any, text: str) -> Any:
    """Return a value without lone surrogates, which UTF-8 cannot encode. Escapes such as \\ud800 produce them."""
    if not _may_have_surrogates(text):
        return value
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _may_have_surrogates(text: str) -> bool:
    return "\\ud" in text or "\\uD" in text


def records(
    elements: Iterable[Element | ParseProblem], fields_of: Callable[[Mapping[str, Any]], dict[str, Any]]
) -> Iterator[Parsed]:
    """Yield a record for each element that is an object, with the fields that `fields_of` returns for it.

    Yield a problem for every other element.
    """
    for element in elements:
        if isinstance(element, ParseProblem):
            yield element
        elif isinstance(element.value, dict):
            record = ParsedRecord(element.line, element.last_line, fields_of(element.value))
            yield missing_title(record) if _PAPER_FIELDS.isdisjoint(record.fields) else check_types(record)
        else:
            text = json.dumps(element.value, ensure_ascii=False)
            yield ParseProblem(
                element.line, element.last_line, "this is not a JSON object", "an object in braces", text
            )
