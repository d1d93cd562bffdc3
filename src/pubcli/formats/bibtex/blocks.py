r"""Split the text of a BibTeX file into blocks: entries, definitions of macros, comments, and the text between them.

As in BibTeX, braces and quotation marks decide where a value ends. So a line in an abstract that looks like the start
of an entry belongs to the abstract. Only a value or an entry that is never closed ends at the next line that starts an
entry. As in biber, a percent sign between two fields begins a comment up to the end of the line.

BibTeX counts `\{` and `\}` as braces, and braces inside quotation marks too. Other programs do not. A block that has a
fault is read again by their rules, and this reading is used if it has no fault.

The time is proportional to the length of the text, whatever the text contains. To ensure this, `_Braces` looks up the
closing brace of each opening brace in a table as soon as much of the text has been scanned more than once.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_BLOCK = re.compile(r"(?<![^\s)}%])@\s*([^\W\d][\w-]*|)\s*([{(])")
"""Matches the start of a block outside of blocks."""
_NEXT_BLOCK = re.compile(r"^[^\S\n]*@[^\S\n]*[^\W\d][\w-]*[^\S\n]*[{(]", re.MULTILINE)
"""Matches the start of a block inside of a block that is never closed."""
_WITHOUT_KEY = re.compile(r"\s*+[\w-]++\s*+=")
_KEY = re.compile(r"[^,{}\"\n=]*+")
_GAP = re.compile(r"(?:[\s,]++|%[^\n]*+)*+")
_BLANK = re.compile(r"(?:\s++|%[^\n]*+)*+")
_NAME = re.compile(r"([^\s=,{}\"#%()@\\][^\s=,{}\"#%()\\]*+)\s*+=")
_BARE = re.compile(r"[^\s=,{}\"#%()]++")
_SHALLOW = r"\{([^{}]*+(?:\{[^{}]*+(?:\{[^{}]*+\}[^{}]*+)*+\}[^{}]*+)*+)\}"
_SIMPLE_FIELD = {
    closing: re.compile(
        rf"[\s,]*+([^\s=,{{}}\"#%()@\\][^\s=,{{}}\"#%()\\]*+)\s*+=\s*+"
        rf"(?:{_SHALLOW}|\"([^\"{{}}]*+)\"|(\d++)|([A-Za-z][\w-]*+))\s*+(?=[,{closing}])"
    )
    for closing in ("}", r"\)")
}
"""For each closing character of an entry, a pattern for nearly all fields. It only saves time."""
_BRACE = re.compile(r"[{}]")
_UNESCAPED_BRACE = re.compile(r"\\.|([{}])", re.DOTALL)
_QUOTE_OR_BRACE = re.compile(r"[{}\"]")
_STRAY_END = re.compile(rf"[,{{}})]|{_NEXT_BLOCK.pattern}", re.MULTILINE)
_FIELD_INSIDE = re.compile(r",\s*[^\W\d][\w-]*\s*=")
"""Matches a field in the value of another field. In an entry that is never closed, the value has swallowed it."""
_NO_COMMA = "a comma is missing before "
_LINE_OF_COMMENT = re.compile(r"\n[^\S\n]*%[^\n]*+")
_PERCENT = re.compile(r"\s*%")
COMMENT, PREAMBLE, STRING = "comment", "preamble", "string"


class Macro(str):
    """The name of a macro in a value, such as `jan`. Its text is defined elsewhere, by `@string`."""

    __slots__ = ()


class Field(NamedTuple):
    """A field of a block."""

    name: str
    parts: list[str]
    """The parts of the value, which `#` joins: texts, without the braces or quotation marks around them, and macros."""
    start: int


class Fault(NamedTuple):
    """A place in a block that BibTeX does not allow."""

    reason: str
    expected: str
    start: int
    end: int


class TextBetween(NamedTuple):
    """The text before, between or after blocks, from offset `start` to offset `end`."""

    start: int
    end: int


class Block(NamedTuple):
    """A part of a file that begins with @, from offset `start` to offset `end`."""

    start: int
    end: int
    type: str
    """The word after @, in lower case, such as article or string."""
    key: str
    fields: list[Field]
    faults: list[Fault]
    is_closed: bool = True


EXPECTED_ENTRY = "an entry such as @article{key, title = {...}}"


def blocks(text: str) -> Iterator[Block | TextBetween]:
    """Yield the blocks of a text and the text between them, in order."""
    reader, position, size = _Reader(text), 0, len(text)
    while match := _BLOCK.search(text, position):
        if match.start() > position:
            yield TextBetween(position, match.start())
        block = _in_comment(text, match) or reader.block(match)
        position = max(block.end, match.end())
        yield block
    if position < size:
        yield TextBetween(position, size)


def _in_comment(text: str, match: "re.Match[str]") -> Block | None:
    """Return the comment in which a block starts, if several lines of it begin with a percent sign; else None.

    If only the line with the start of the block does, the block is read, because BibTeX knows no such comments.
    """
    line = text.rfind("\n", 0, match.start()) + 1
    if "%" not in text[line : match.start()] or not _PERCENT.match(text, line):
        return None
    end = match.end()
    end = end if (end := text.find("\n", end)) >= 0 else len(text)
    start = end
    while following := _LINE_OF_COMMENT.match(text, end):
        end = following.end()
    return Block(match.start(), end, COMMENT, "", [], []) if end > start else None


def closing(tex: str) -> int:
    """Return the offset of the brace that closes the first brace, or the length of the text if no brace closes it."""
    end = _Braces(tex).closing(tex.find("{"))
    return len(tex) if end is None else end


class _UnclosedError(Exception):
    """A value or a block is never closed."""

    def __init__(self, start: int, end: int | None = None) -> None:
        super().__init__()
        self.start, self.end = start, end
        """Where the unclosed part begins, and where the block ends, if that is certain."""


class _Braces:
    """Find the closing brace of an opening brace."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.scanned = 0
        """How many characters have been scanned, some of them repeatedly."""
        self.partners: dict[int, int] | None = None
        """The offset of the closing brace, by the offset of the opening brace; None as long as it is not needed."""

    def closing(self, start: int) -> int | None:
        """Return the offset of the brace that closes the brace at `start`; None if no brace does."""
        if self.partners is not None:
            return self.partners.get(start)
        depth = 0
        for brace in _BRACE.finditer(self.text, start):
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                self.scanned += brace.start() - start
                if self.scanned > 2 * len(self.text):
                    self.partners = self._all()
                return brace.start()
        self.partners = self._all()
        return None

    def _all(self) -> dict[int, int]:
        partners: dict[int, int] = {}
        opened: list[int] = []
        for brace in _BRACE.finditer(self.text):
            if brace[0] == "{":
                opened.append(brace.start())
            elif opened:
                partners[opened.pop()] = brace.start()
        return partners


class _Reader:
    """Reads single blocks of a text."""

    def __init__(self, text: str) -> None:
        self.text, self.size = text, len(text)
        self.braces = _Braces(text)
        self.is_lenient = False
        """Whether escaped braces, and braces in quotation marks, do not count."""

    def block(self, match: "re.Match[str]") -> Block:
        """Return the block whose start `match` matches."""
        type_ = match[1].lower()
        if type_ in (COMMENT, PREAMBLE):
            return Block(match.start(), self._end_of_text(match, type_), type_, "", [], [])
        block = self._entry(match, type_)
        if not block.faults:
            return block
        limit = next_block.start() if (next_block := _NEXT_BLOCK.search(self.text, match.end())) else len(self.text)
        self.size, self.is_lenient = limit, True
        lenient = self._entry(match, type_)
        self.size, self.is_lenient = len(self.text), False
        return block if lenient.faults else lenient

    def _end_of_text(self, match: "re.Match[str]", type_: str) -> int:
        """Return where a comment or a preamble ends. If it is never closed, it ends with its line."""
        start = match.end() - 1
        if match[2] == "{":
            end = self.braces.closing(start)
        else:
            end = self.text.find(")", start)
            end = None if end < 0 else end
        if end is not None:
            return end + 1
        line_end = self.text.find("\n", start)
        return len(self.text) if line_end < 0 else line_end

    def _entry(self, match: "re.Match[str]", type_: str) -> Block:
        closing = "}" if match[2] == "{" else ")"
        fields: list[Field] = []
        faults: list[Fault] = []
        key, position = "", match.end()
        if type_ != STRING:
            key, position = self._key(position, closing, faults)
        try:
            end = self._fields(position, closing, fields, faults)
        except _UnclosedError as error:
            end, unclosed = self._end_of_unclosed(error), "the entry"
            if fields and (not fields[-1].parts or any(map(_FIELD_INSIDE.search, fields[-1].parts))):
                unclosed = f"the value of {fields.pop().name}"
            expected = f'a closing {closing} at the end of the entry, and }} or " at the end of each value'
            faults = [Fault(f"{unclosed} is never closed", expected, match.start(), end)]
            return Block(match.start(), end, type_, key, fields, faults, is_closed=False)
        return Block(match.start(), end, type_, key, fields, _without_repetition(faults))

    def _end_of_unclosed(self, error: _UnclosedError) -> int:
        if error.end is not None:
            return error.end
        following = _NEXT_BLOCK.search(self.text, error.start, self.size)
        return following.start() if following else self.size

    def _key(self, position: int, closing: str, faults: list[Fault]) -> tuple[str, int]:
        """Return the key of an entry and the offset of its fields. The key of an entry without a key is empty."""
        if _WITHOUT_KEY.match(self.text, position, self.size):
            return "", position
        start = self._skipped(_BLANK, position)
        end = self._skipped(_KEY, start)
        if closing == ")" and (place := self.text.find(")", start, end)) >= 0:
            end = place
        key, end = self.text[start:end].strip(), self._skipped(_BLANK, end)
        if key and self.text[end : end + 1] not in (",", closing) and _NAME.match(self.text, end, self.size):
            faults.append(Fault("a comma is missing after the key", "a comma after the key", start, end))
        return key, end

    def _skipped(self, pattern: "re.Pattern[str]", position: int) -> int:
        """Return the offset after the text that a pattern matches at a position. The pattern must match any text."""
        match = pattern.match(self.text, position, self.size)
        return match.end() if match else position

    def _fields(self, position: int, closing: str, fields: list[Field], faults: list[Fault]) -> int:
        """Read the fields of a block, and return the end of the block."""
        text, size = self.text, self.size
        simple = _SIMPLE_FIELD["}" if closing == "}" else r"\)"]
        while True:
            if not self.is_lenient and (match := simple.match(text, position, size)):
                name, braced, quoted, number, macro = match.groups()
                value = braced if braced is not None else quoted if quoted is not None else number or Macro(macro)
                fields.append(Field(name, [value], match.start(1)))
                position = match.end()
                continue
            position = self._skipped(_GAP, position)
            if position >= size:
                raise _UnclosedError(position, size)
            if text[position] == closing:
                return position + 1
            match = _NAME.match(text, position, size)
            if match is None:
                position = self._skip(position, closing, faults)
                continue
            field = Field(match[1], [], position)
            fields.append(field)
            position = self._value(match.end(), closing, field.parts)
            position = self._after_value(position, closing, field, faults)

    def _after_value(self, position: int, closing: str, field: Field, faults: list[Fault]) -> int:
        """Return where the next field begins. Add a fault if no comma is before it."""
        text = self.text
        position = self._skipped(_BLANK, position)
        if position >= self.size or text[position] in (",", closing):
            return position
        if following := _NAME.match(text, position, self.size):
            faults.append(
                Fault(f"{_NO_COMMA}{following[1]}", "a comma between two fields", field.start, following.end())
            )
            return position
        return self._skip(position, closing, faults, field)

    def _skip(self, position: int, closing: str, faults: list[Fault], field: Field | None = None) -> int:
        """Skip text that is not a field up to the next comma, and add a fault.

        If the text follows a bare word, the text and the word are the value of `field`.
        """
        start = position
        for match in _STRAY_END.finditer(self.text, position, self.size):
            if match.start() < position:
                continue
            char = match[0]
            if char == "{":
                end = self._closing(match.start())
                if end is None:
                    raise _UnclosedError(match.start())
                position = end + 1
            elif char in (",", closing):
                position = match.start()
                break
            elif "@" in char:
                raise _UnclosedError(start, match.start())
        else:
            raise _UnclosedError(start, self.size)
        stray = self.text[start:position].strip()
        if field and len(field.parts) == 1 and type(field.parts[0]) is Macro:
            field.parts[0] = f"{field.parts[0]} {stray}"
            expected = f"braces around the value: {field.name} = {{...}}"
            faults.append(Fault(f"the value of {field.name} has no braces", expected, field.start, position))
        elif stray:
            reason = f"{_short(stray)!r} is not a field"
            faults.append(Fault(reason, "fields such as title = {...}, with commas between them", start, position))
        return position

    def _value(self, position: int, closing: str, parts: list[str]) -> int:
        """Append the parts of a value to `parts`, and return the end of the value."""
        text, size = self.text, self.size
        while True:
            position = self._skipped(_BLANK, position)
            char = text[position : position + 1] if position < size else ""
            if char == "{":
                end = self._closing(position)
                if end is None:
                    raise _UnclosedError(position)
                parts.append(text[position + 1 : end])
                end += 1
            elif char == '"':
                end = self._closing_quote(position, closing)
                parts.append(text[position + 1 : end])
                end += 1
            elif match := _BARE.match(text, position, size):
                parts.append(match[0] if match[0][0].isdigit() else Macro(match[0]))
                end = match.end()
            else:
                parts.append("")
                return position
            position = self._skipped(_BLANK, end)
            if position >= size or text[position] != "#":
                return end
            position += 1

    def _closing(self, start: int) -> int | None:
        """Return the offset of the brace that closes the brace at `start`."""
        if not self.is_lenient:
            return self.braces.closing(start)
        depth = 0
        for brace in _UNESCAPED_BRACE.finditer(self.text, start, self.size):
            if brace[1]:
                depth += 1 if brace[1] == "{" else -1
                if not depth:
                    return brace.start()
        return None

    def _closing_quote(self, start: int, closing: str) -> int:
        """Return the offset of the quotation mark that closes the one at `start`."""
        text, position = self.text, start + 1
        if self.is_lenient:
            end = re.compile(rf'(?<!\\)"(?=\s*(?:[,#]|\{closing}))').search(text, position, self.size)
            if end is None:
                raise _UnclosedError(start)
            return end.start()
        while match := _QUOTE_OR_BRACE.search(text, position, self.size):
            if match[0] == '"':
                return match.start()
            if match[0] == "}":
                raise _UnclosedError(start, match.end() if closing == "}" else None)
            end_of_group = self.braces.closing(match.start())
            if end_of_group is None:
                raise _UnclosedError(start)
            position = end_of_group + 1
        raise _UnclosedError(start)


def _without_repetition(faults: list[Fault]) -> list[Fault]:
    """Return the faults of an entry, with all missing commas as one fault."""
    names = [fault.reason.removeprefix(_NO_COMMA) for fault in faults if fault.reason.startswith(_NO_COMMA)]
    if len(names) < 2:
        return faults
    missing = [fault for fault in faults if fault.reason.startswith(_NO_COMMA)]
    merged = missing[0]._replace(reason=f"{_NO_COMMA}{' and '.join(names)}", end=missing[-1].end)
    return [merged, *(fault for fault in faults if not fault.reason.startswith(_NO_COMMA))]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 40 else f"{words[:40]}…"
