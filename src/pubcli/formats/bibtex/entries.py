"""Read the entries of a BibTeX file. The values of fields stay in TeX.

`blocks` splits the file. This module replaces macros that `@string` defines by their texts, and adds the fields that an
entry inherits (see `inheritance`). BibTeX ignores text between entries. Such a text is a problem only if it looks like
fields without an entry.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pubcli.biblio.dates import MONTHS
from pubcli.formats.bibtex.blocks import (
    COMMENT,
    EXPECTED_ENTRY,
    PREAMBLE,
    STRING,
    Block,
    Field,
    Macro,
    TextBetween,
    blocks,
)
from pubcli.formats.bibtex.inheritance import SET, XDATA, Family, Heir
from pubcli.formats.bibtex.journals import STANDARD_MACROS
from pubcli.formats.shared.collect import ParseProblem
from pubcli.formats.shared.lines import decoded_text
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source

_LOST_FIELD = re.compile(r"^[^\S\n]*[^\W\d][\w-]*+\s*+=\s*+[{\"]", re.MULTILINE)
_PROSE = re.compile(r"^[^\S\n]*[^%\s]", re.MULTILINE)
"""Matches a line that is neither blank nor a comment (%)."""
_STANDARD_MACROS = {**{month.lower(): month.lower() for month in MONTHS}, **STANDARD_MACROS}
"""Macros that need no definition, because the standard styles of BibTeX define them. Months stay as they are."""


_LONGEST_MACRO = 5_000
"""The largest number of characters of the text of a macro."""
_LONGEST_QUOTATION = 200
"""The largest number of characters that a problem quotes from a line."""
_DEEPEST = 50
"""The largest number of macros, one inside the other, that are replaced before they are defined."""


class ParsedEntry(NamedTuple):
    """An entry of a file. The entry type and the names of fields are in lower case."""

    line: int
    last_line: int
    type: str
    key: str
    """Empty for an entry without a key."""
    fields: dict[str, str]
    """The value of each field as TeX, with inherited fields. If several fields have the same name, the first counts."""
    spellings: dict[str, str]
    """Maps the name of a field in lower case to its spelling in the file, if this spelling has capitals."""


def entries(source: Source) -> Iterator[ParsedEntry | ParseProblem]:
    """Yield entries and problems. Entries include inherited fields. Raise InputError if the source is not BibTeX."""
    content = decoded_text(source)
    file = _File(content, dict(source.options.macros))
    if not file.blocks and _is_prose(content):
        raise encoding.wrong_format_error(source, "no entry of BibTeX")
    yield from file.results()


def macros_in(content: str, earlier: Mapping[str, str]) -> dict[str, str]:
    """Return the text of each macro that a file defines, by its name in lower case.

    `earlier` has the macros of earlier files, which these definitions may use.
    """
    definitions = (part for part in blocks(content) if isinstance(part, Block) and part.type == STRING)
    return _File("\n".join(content[part.start : part.end] for part in definitions), earlier).macros


def _is_prose(content: str) -> bool:
    """Return whether the text has lines that are not comments, but no line that looks like a field."""
    return _PROSE.search(content) is not None and not _LOST_FIELD.search(content)


class _Entry(NamedTuple):
    """An entry with its place in the file."""

    block: Block
    line: int
    last_line: int
    heir: Heir


class _Lines:
    """Convert offsets in a text to line numbers. Offsets mostly ascend, so each line is counted about once."""

    def __init__(self, text: str) -> None:
        self.text, self.offset, self.line = text, 0, 1

    def number(self, offset: int) -> int:
        """Return the number of the line that contains an offset."""
        if offset >= self.offset:
            self.line += self.text.count("\n", self.offset, offset)
        else:
            self.line -= self.text.count("\n", offset, self.offset)
        self.offset = offset
        return self.line


class _File:
    """The entries and problems of a file, and the definitions of its macros."""

    def __init__(self, content: str, earlier: Mapping[str, str]) -> None:
        self.content, self.lines = content, _Lines(content)
        self.items: list[_Entry | ParseProblem] = []
        self.keys: set[str] = set()
        self.macros = dict(earlier)
        """The text of each macro, by its name in lower case, as defined so far: in earlier files, then in this file."""
        parts = list(blocks(content))
        self.blocks = [part for part in parts if isinstance(part, Block)]
        self.later_macros = self._first_definitions()
        self.undefined: set[tuple[str, int]] = set()
        """The macros that have been reported as undefined, with the offsets of the fields that contain them."""
        self.depth = 0
        """The number of macros, one inside the other, that are being replaced before they are defined."""
        for part in parts:
            if isinstance(part, TextBetween):
                self._add_text_between(part)
            elif part.type == STRING:
                self._define(part)
            elif part.type not in (COMMENT, PREAMBLE):
                self._add_entry(part)

    def results(self) -> Iterator[ParsedEntry | ParseProblem]:
        """Yield the entries, with what they inherit, and the problems."""
        family = Family([item.heir for item in self.items if isinstance(item, _Entry)])
        family.inherit()
        for item in self.items:
            if isinstance(item, ParseProblem):
                yield item
            elif item.heir.type == XDATA:
                if item.heir.key not in family.references:
                    text = self.content[item.block.start : item.block.end]
                    reason, expected = "no entry takes fields from this @xdata", "its key in a field xdata"
                    yield ParseProblem(item.line, item.last_line, reason, expected, text)
            elif "title" in item.heir.fields or (item.block.is_closed and item.heir.type != SET):
                type_, key, fields, spellings = item.heir
                yield ParsedEntry(item.line, item.last_line, type_, key, fields, spellings)

    def _first_definitions(self) -> dict[str, list[str]]:
        """Return the first definition of each macro. Unlike in BibTeX, it may come after the macro is used."""
        definitions: dict[str, list[str]] = {}
        for block in self.blocks:
            if block.type == STRING:
                for field in block.fields:
                    definitions.setdefault(field.name.lower(), field.parts)
        return definitions

    def _add_text_between(self, part: TextBetween) -> None:
        text = self.content[part.start : part.end]
        if _LOST_FIELD.search(text):
            start = part.start + len(text) - len(text.lstrip())
            self._add_problem(start, part.end, "these fields are not inside an entry", EXPECTED_ENTRY)

    def _define(self, block: Block) -> None:
        for field in block.fields:
            self._define_macro(field.name.lower(), field)
        self._add_faults(block)

    def _define_macro(self, name: str, field: Field) -> None:
        """Store the text of a macro. Macros that contain others several times could become very long."""
        text = self._text(field)
        if len(text) > _LONGEST_MACRO:
            reason = f"the text of the macro {field.name} has more than {_LONGEST_MACRO:,} characters"
            self._add_problem(field.start, self._end_of_line(field.start), reason, "a shorter text")
            text = field.name
        self.macros[name] = text

    def _add_entry(self, block: Block) -> None:
        fields: dict[str, str] = {}
        spellings: dict[str, str] = {}
        repeated: set[str] = set()
        place = len(self.items)
        for field in block.fields:
            if (name := field.name.lower()) != field.name:
                spellings[name] = field.name
            if name in fields:
                repeated.add(field.name)
                continue
            value = field.parts[0]
            fields[name] = value if len(field.parts) == 1 and type(value) is str else self._text(field)
        line, last_line = self._line_numbers(block.start, block.end)
        self.items.insert(place, _Entry(block, line, last_line, Heir(block.type, block.key, fields, spellings)))
        if block.key in self.keys:
            self._add_problem(
                block.start, block.end, f"an earlier entry already has the key {block.key}", "a unique key"
            )
        elif block.key:  # entries without a key are not duplicates
            self.keys.add(block.key)
        if repeated:
            reason = f"the entry repeats these fields: {', '.join(sorted(repeated))}"
            self._add_problem(block.start, block.end, reason, "each field once (the first value was used)")
        self._add_faults(block)

    def _text(self, field: Field) -> str:
        """Return the text of a value. Replace macros by their texts. An undefined macro is a problem."""
        return "".join([self._expanded(part, field) if type(part) is Macro else part for part in field.parts])

    def _expanded(self, macro: str, field: Field) -> str:
        name = macro.lower()
        for definitions in (self.macros, _STANDARD_MACROS):
            if name in definitions:
                return definitions[name]
        if self.depth < _DEEPEST and (parts := self.later_macros.pop(name, None)) is not None:
            # The definition has been removed, so that it cannot be circular.
            self.depth += 1
            self._define_macro(name, Field(macro, parts, field.start))
            self.depth -= 1
            return self.macros[name]
        if (name, field.start) in self.undefined:
            return macro
        self.undefined.add((name, field.start))
        self._add_problem(
            field.start,
            self._end_of_line(field.start),
            f"no @string defines {macro}, the value of {field.name}",
            f"@string{{{macro} = {{...}}}} before the entry, or braces around the value",
        )
        return macro

    def _end_of_line(self, offset: int) -> int:
        """Return where the line of an offset ends, or a part of it that is long enough to recognise the place."""
        end = self.content.find("\n", offset, offset + _LONGEST_QUOTATION)
        return min(len(self.content), offset + _LONGEST_QUOTATION) if end < 0 else end

    def _add_faults(self, block: Block) -> None:
        for fault in block.faults:
            self._add_problem(fault.start, fault.end, fault.reason, fault.expected)

    def _add_problem(self, start: int, end: int, reason: str, expected: str) -> None:
        text = self.content[start:end]
        self.items.append(ParseProblem(*self._line_numbers(start, start + len(text.rstrip())), reason, expected, text))

    def _line_numbers(self, start: int, end: int) -> tuple[int, int]:
        """Return the numbers of the first and the last line of the text between two offsets."""
        first = self.lines.number(start)
        return first, first + self.content.count("\n", start, end)
