"""Split a BibTeX file into entries with bibtexparser 2. The values of fields stay in TeX.

Macros that `@string` defines are replaced by their texts. An entry with `crossref` inherits fields of another entry.
BibTeX ignores text between entries. Such a text is a problem only if it looks like fields without an entry.
"""

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NamedTuple

from pubcli.formats.shared.collect import ParseProblem
from pubcli.formats.shared.kinds import KINDS
from pubcli.formats.shared.lines import decoded_text
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source

_KINDS_IN_BOOKS = ("inproceedings", "chapter")
_INHERITED = ("publisher", "address", "location", "editor", "series", "volume", "number", "organization", "isbn",
              "issn", "journal", "journaltitle", "eventtitle", "venue")  # fmt: skip
_INHERITED_DATES = ("date", "year", "month")
"""Fields that an entry without a date inherits from the entry in `crossref`. Every entry inherits `_INHERITED`."""
_LOST_FIELD = re.compile(r"^[^\S\n]*\w+\s*=\s*[{\"]", re.MULTILINE)
_NEXT_FIELD = re.compile(r"\s+([A-Za-z][\w-]*)\s*=\s*")
_FIELD_FIRST = re.compile(r"@\w+\s*\{\s*[\w-]+\s*=")
_WITHOUT_KEY = re.compile(r"^[^\S\n]*@(?!(?i:string)\b)\w+\s*\{(?=\s*[\w-]+\s*=)", re.MULTILINE)
"""Matches the start of an entry without a key, `@article{title = {...}}`. A @string is excluded, as it needs no key."""
_COMMENTARY, _MARK = "@commentary{", "pubcli"
"""bibtexparser mistakes @commentary for @comment. So `entries` first renames this entry type to @pubclicommentary."""
_PROSE = re.compile(r"^[^\S\n]*[^%\s]", re.MULTILINE)
"""Matches a line that is neither blank nor a comment (%)."""
_EXPECTED_ENTRY = "an entry such as @article{key, title = {...}}"


class ParsedEntry(NamedTuple):
    """An entry of a file. The entry type and the names of fields are in lower case."""

    line: int
    last_line: int
    type: str
    key: str
    """Empty for an entry without a key."""
    fields: dict[str, str]
    """The value of each field as TeX. If several fields have the same name, the first counts."""
    spellings: dict[str, str]
    """Maps the name of a field in lower case to its spelling in the file, if this spelling has capitals."""


def entries(source: Source) -> Iterator[ParsedEntry | ParseProblem]:
    """Yield entries and problems. Entries include inherited fields. Raise InputError if the source is not BibTeX."""
    from bibtexparser import model
    from bibtexparser.entrypoint import parse_string

    content = decoded_text(source).replace(_COMMENTARY, f"@{_MARK}commentary{{")
    if _FIELD_FIRST.search(content):  # test this first, because the substitution is slow
        content = _WITHOUT_KEY.sub(r"\g<0>,", content)
    with _silenced():
        library = parse_string(content)
    if all(isinstance(block, model.ImplicitComment) for block in library.blocks) and _is_prose(content):
        raise encoding.wrong_format_error(source, "no entry of BibTeX")
    strings = {name.lower(): str(string.value) for name, string in library.strings_dict.items()}
    file = _File(strings, {entry.key.lower(): entry for entry in reversed(library.entries)})
    for block in library.blocks:
        if isinstance(block, model.Entry):
            yield _entry(block, file)
            bare = (field for field in block.fields if field.enclosing == "no-enclosing")
            if missing := [name for field in bare for name, _ in _run_together(field)[1:]]:
                yield _problem(
                    block, f"a comma is missing before {' and '.join(missing)}", "a comma between two fields"
                )
        elif isinstance(block, model.ParsingFailedBlock):
            yield from _failed(block, file)
        elif isinstance(block, model.ImplicitComment) and _LOST_FIELD.search(block.comment):
            yield _problem(block, "these fields are not inside an entry", _EXPECTED_ENTRY)


@contextmanager
def _silenced() -> Iterator[None]:
    """Hide the warnings of bibtexparser, because pubcli reports the same faults as problems."""
    logger, handler = logging.getLogger("bibtexparser"), logging.NullHandler()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def _is_prose(content: str) -> bool:
    """Return whether the text has lines that are not comments, but no line that looks like a field."""
    return _PROSE.search(content) is not None and not _LOST_FIELD.search(content)


class _File(NamedTuple):
    """The @string definitions of a file by name, and its entries by key. Names and keys are in lower case."""

    strings: Mapping[str, str]
    entries: Mapping[str, Any]


def _failed(block: Any, file: _File) -> Iterator[ParsedEntry | ParseProblem]:
    """Yield the problem of a part of the file that bibtexparser could not read or that repeats a key or a field.

    If duplicates are the only fault of an entry, yield this entry before the problem.
    """
    from bibtexparser import model

    entry = block.ignore_error_block
    if isinstance(entry, model.DuplicateFieldKeyBlock):
        yield from _failed(entry, file)
    if isinstance(block, model.DuplicateBlockKeyBlock):
        reason, expected = f"an earlier entry already has the key {block.key}", "a unique key"
    elif isinstance(block, model.DuplicateFieldKeyBlock):
        reason = f"the entry repeats these fields: {', '.join(sorted(block.duplicate_keys))}"
        expected = "each field once (the first value was used)"
    else:
        message = getattr(block.error, "abort_reason", None) or str(block.error)
        reason, expected = " ".join(message.split()), _EXPECTED_ENTRY
    if isinstance(entry, model.Entry):
        yield _entry(entry, file, is_raw=True)
    if not isinstance(block, model.DuplicateBlockKeyBlock) or block.key:  # entries without a key are not duplicates
        yield _problem(block, reason, expected)


def _problem(block: Any, reason: str, expected: str) -> ParseProblem:
    return ParseProblem(*_place(block), reason, expected, block.raw or "")


def _place(block: Any) -> tuple[int, int]:
    line = (block.start_line or 0) + 1
    return line, line + (block.raw or "").rstrip().count("\n")


def _entry(entry: Any, file: _File, *, is_raw: bool = False) -> ParsedEntry:
    """Convert an entry of bibtexparser to a `ParsedEntry`.

    `is_raw` states that the values still have their braces or quotation marks. bibtexparser keeps these characters in
    entries that repeat a key or a field.
    """
    type_ = entry.entry_type.lower().removeprefix(_MARK)
    fields, spellings = _fields(entry, file.strings, is_raw=is_raw)
    parent = file.entries.get(fields["crossref"].strip().lower()) if "crossref" in fields else None
    if parent is not None:
        _inherit(fields, _fields(parent, file.strings)[0], KINDS["biblatex"].get(type_))
        del fields["crossref"]  # BibTeX rejects a file that lacks the entry named in `crossref`
    return ParsedEntry(*_place(entry), type_, entry.key, fields, spellings)


def _fields(entry: Any, strings: Mapping[str, str], *, is_raw: bool = False) -> tuple[dict[str, str], dict[str, str]]:
    """Return two dictionaries for an entry: the `fields` and the `spellings` of `ParsedEntry`."""
    fields: dict[str, str] = {}
    spellings: dict[str, str] = {}
    for field in entry.fields:
        written = field.key
        if (name := written.lower()) != written:
            spellings[name] = written
        if not is_raw and field.enclosing != "no-enclosing":
            fields.setdefault(name, field.value)
            continue
        parts = _run_together(field)
        for name, value in parts:
            if is_raw or len(parts) > 1 or "#" in value:
                value = _concatenated(value, strings)
            fields.setdefault(name.lower(), value)
    return fields, spellings


def _run_together(field: Any) -> list[tuple[str, str]]:
    """Return pairs of name and value: the field, then the fields that its value contains because a comma is missing."""
    fields, name, value = [], str(field.key), str(field.value)
    while "=" in value and (match := _NEXT_FIELD.match(value, _end_of_part(value))):
        fields.append((name, value[: match.start()]))
        name, value = match[1], value[match.end() :]
    return [*fields, (name, value)]


def _end_of_part(value: str) -> int:
    if value[:1] in ("{", '"'):
        return (closing(value) if value[0] == "{" else _closing_quote(value)) + 1
    return next((place for place, char in enumerate(value) if char.isspace()), len(value))


def _inherit(fields: dict[str, str], parent: Mapping[str, str], kind: str | None) -> None:
    """Add inherited fields from `parent`. If the entry is part of a book, the title of `parent` becomes the book title.

    Do not inherit authors, DOI, URL and abstract, because they describe only `parent`.
    """
    has_date = bool(fields.keys() & {"year", "date"})
    for name in _INHERITED if has_date else (*_INHERITED, *_INHERITED_DATES):
        if name in parent:
            fields.setdefault(name, parent[name])
    book = parent.get("booktitle") or parent.get("title")
    if book and kind in _KINDS_IN_BOOKS:
        fields.setdefault("booktitle", book)


def _concatenated(value: str, strings: Mapping[str, str]) -> str:
    """Return the text of a value whose parts are joined by `#`: `jan # "~1"`. Replace macros by their texts."""
    parts, rest = [], value
    while rest := rest.lstrip(" \t\n#"):
        if rest[0] == "{":
            end = closing(rest)
            parts.append(rest[1:end])
        elif rest[0] == '"':
            end = _closing_quote(rest)
            parts.append(rest[1:end])
        else:
            end = next((place for place, char in enumerate(rest) if char in ' \t\n#{"'), len(rest)) - 1
            parts.append(strings.get(rest[: end + 1].lower(), rest[: end + 1]))
        rest = rest[end + 1 :]
    return "".join(parts)


def _closing_quote(value: str) -> int:
    """Return the offset of the closing quotation mark, or the length of the value if the quotation is never closed.

    A quotation mark in braces does not close the quotation.
    """
    depth = 0
    for place, char in enumerate(value):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char == '"' and place and not depth:
            return place
    return len(value)


def closing(tex: str) -> int:
    """Return the offset of the brace that closes the first brace, or the length of the text if no brace closes it."""
    depth = 0
    for place, char in enumerate(tex):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if not depth:
            return place
    return len(tex)
