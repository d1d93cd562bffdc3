"""Entries of BibTeX, taken apart by bibtexparser 2: their fields as TeX, put together from what they refer to.

What BibTeX takes for a comment, text between entries, is no problem, unless it looks like a field that got lost.
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

_IN_BOOKS = ("inproceedings", "chapter")
_OF_VOLUMES = ("publisher", "address", "location", "editor", "series", "volume", "number", "organization", "isbn",
               "issn", "journal", "journaltitle", "eventtitle", "venue")  # fmt: skip
_OF_DAYS = ("date", "year", "month")
"""What an entry has from the one that its `crossref` names, as in BibTeX and biblatex."""
_LOST = re.compile(r"^[^\S\n]*\w+\s*=\s*[{\"]", re.MULTILINE)
_NEXT_FIELD = re.compile(r"\s+([A-Za-z][\w-]*)\s*=\s*")
_FIELD_FIRST = re.compile(r"@\w+\s*\{\s*[\w-]+\s*=")
_WITHOUT_KEY = re.compile(r"^[^\S\n]*@(?!(?i:string)\b)\w+\s*\{(?=\s*[\w-]+\s*=)", re.MULTILINE)
"""An entry that begins a line and with its first field, `@article{title = {...}}`, and is no @string."""
_COMMENTARY, _MARK = "@commentary{", "pubcli"
"""A type of entry that bibtexparser takes for a @comment, and what stands before its name meanwhile."""
_UNMARKED = re.compile(r"^[^\S\n]*[^%\s]", re.MULTILINE)
_LINES_OF_ENTRY = "an entry such as @article{key, title = {...}}"


class Entry(NamedTuple):
    """An entry with the lines on which it stands."""

    line: int
    last_line: int
    type: str
    """In small letters."""
    key: str
    """Empty where it has none."""
    fields: dict[str, str]
    """The values as TeX, by names in small letters; the first of several of a name."""
    names: dict[str, str]
    """Those names that have capitals, as they are written."""


def entries(source: Source) -> Iterator[Entry | ParseProblem]:
    """The entries, one by one, with what they have from others. Raises InputError when there is none."""
    from bibtexparser import model
    from bibtexparser.entrypoint import parse_string

    content = decoded_text(source).replace(_COMMENTARY, f"@{_MARK}commentary{{")
    if _FIELD_FIRST.search(content):  # which is found much faster than where a line begins so
        content = _WITHOUT_KEY.sub(r"\g<0>,", content)
    with _quiet():
        library = parse_string(content)
    if all(isinstance(block, model.ImplicitComment) for block in library.blocks) and _is_prose(content):
        raise encoding.of_another_format(source, "no entry of BibTeX")
    strings = {name.lower(): str(string.value) for name, string in library.strings_dict.items()}
    file = _File(strings, {entry.key.lower(): entry for entry in reversed(library.entries)})
    for block in library.blocks:
        if isinstance(block, model.Entry):
            yield _entry(block, file)
            bare = (field for field in block.fields if field.enclosing == "no-enclosing")
            if missing := [name for field in bare for name, _ in _run_together(field)[1:]]:
                yield _unread(block, f"a comma is missing before {' and '.join(missing)}", "a comma between two fields")
        elif isinstance(block, model.ParsingFailedBlock):
            yield from _failed(block, file)
        elif isinstance(block, model.ImplicitComment) and _LOST.search(block.comment):
            yield _unread(block, "these fields stand in no entry", _LINES_OF_ENTRY)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep bibtexparser's warnings off standard error: what it warns about is reported as problems."""
    logger, handler = logging.getLogger("bibtexparser"), logging.NullHandler()
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)


def _is_prose(content: str) -> bool:
    """Whether there is text beside what is marked as comment, and no field that got lost in it."""
    return _UNMARKED.search(content) is not None and not _LOST.search(content)


class _File(NamedTuple):
    """What an entry may refer to, by names in lower case, wherever it stands."""

    strings: Mapping[str, str]
    entries: Mapping[str, Any]


def _failed(block: Any, file: _File) -> Iterator[Entry | ParseProblem]:
    """An entry that could be read all the same is a paper too: one whose key or one of whose fields stands twice."""
    from bibtexparser import model

    entry = block.ignore_error_block
    if isinstance(entry, model.DuplicateFieldKeyBlock):
        yield from _failed(entry, file)
    if isinstance(block, model.DuplicateBlockKeyBlock):
        reason, expected = f"the key {block.key} stands for an earlier entry too", "a key of its own"
    elif isinstance(block, model.DuplicateFieldKeyBlock):
        reason = f"it has several fields of one name: {', '.join(sorted(block.duplicate_keys))}"
        expected = "each field once; the first is taken"
    else:
        said = getattr(block.error, "abort_reason", None) or str(block.error)
        reason, expected = " ".join(said.split()), _LINES_OF_ENTRY
    if isinstance(entry, model.Entry):
        yield _entry(entry, file, is_raw=True)
    if not isinstance(block, model.DuplicateBlockKeyBlock) or block.key:  # that several have none is no fault
        yield _unread(block, reason, expected)


def _unread(block: Any, reason: str, expected: str) -> ParseProblem:
    return ParseProblem(*_place(block), reason, expected, block.raw or "")


def _place(block: Any) -> tuple[int, int]:
    line = (block.start_line or 0) + 1
    return line, line + (block.raw or "").rstrip().count("\n")


def _entry(entry: Any, file: _File, *, is_raw: bool = False) -> Entry:
    """An entry; of one that bibtexparser finds fault with, values are as written."""
    type_, (fields, names) = entry.entry_type.lower().removeprefix(_MARK), _fields(entry, file.strings, is_raw=is_raw)
    parent = file.entries.get(fields["crossref"].strip().lower()) if "crossref" in fields else None
    if parent is not None:
        _inherit(fields, _fields(parent, file.strings)[0], KINDS["entry"].get(type_))
        del fields["crossref"]  # all is said now, and BibTeX refuses a file that lacks the entry named there
    return Entry(*_place(entry), type_, entry.key, fields, names)


def _fields(entry: Any, strings: Mapping[str, str], *, is_raw: bool = False) -> tuple[dict[str, str], dict[str, str]]:
    """The values of an entry as TeX, by names in small letters, and those names that have others, as they are written.

    Of several fields of one name the first counts.
    """
    fields: dict[str, str] = {}
    names: dict[str, str] = {}
    for field in entry.fields:
        written = field.key
        if (name := written.lower()) != written:
            names[name] = written
        if not is_raw and field.enclosing != "no-enclosing":
            fields.setdefault(name, field.value)
            continue
        several = _run_together(field)
        for name, value in several:
            if is_raw or len(several) > 1 or "#" in value:
                value = _put_together(value, strings)
            fields.setdefault(name.lower(), value)
    return fields, names


def _run_together(field: Any) -> list[tuple[str, str]]:
    """A field by name and value, and those that its value holds because no comma stands before them."""
    found, name, value = [], str(field.key), str(field.value)
    while "=" in value and (match := _NEXT_FIELD.match(value, _end_of_part(value))):
        found.append((name, value[: match.start()]))
        name, value = match[1], value[match.end() :]
    return [*found, (name, value)]


def _end_of_part(value: str) -> int:
    if value[:1] in ("{", '"'):
        return (closing(value) if value[0] == "{" else _closing_quote(value)) + 1
    return next((place for place, char in enumerate(value) if char.isspace()), len(value))


def _inherit(fields: dict[str, str], parent: Mapping[str, str], kind: str | None) -> None:
    """Give an entry what it lacks and the volume has in which it stands, the title as the title of a book.

    Whose the volume is, and where it is found, is its own: its authors, DOI, address and abstract stay there.
    """
    names_ = _OF_VOLUMES if fields.keys() & {"year", "date"} else (*_OF_VOLUMES, *_OF_DAYS)
    for name in names_:
        if name in parent:
            fields.setdefault(name, parent[name])
    book = parent.get("booktitle") or parent.get("title")
    if book and kind in _IN_BOOKS:
        fields.setdefault("booktitle", book)


def _put_together(value: str, strings: Mapping[str, str]) -> str:
    """A value as written, with its braces or quotation marks, perhaps of several parts: `jan # "~1"`."""
    found, rest = [], value
    while rest := rest.lstrip(" \t\n#"):
        if rest[0] == "{":
            end = closing(rest)
            found.append(rest[1:end])
        elif rest[0] == '"':
            end = _closing_quote(rest)
            found.append(rest[1:end])
        else:
            end = next((place for place, char in enumerate(rest) if char in ' \t\n#{"'), len(rest)) - 1
            found.append(strings.get(rest[: end + 1].lower(), rest[: end + 1]))
        rest = rest[end + 1 :]
    return "".join(found)


def _closing_quote(value: str) -> int:
    """Where the quotation mark closes that a value begins with; one in braces is none."""
    depth = 0
    for place, char in enumerate(value):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char == '"' and place and not depth:
            return place
    return len(value)


def closing(tex: str) -> int:
    """Where the brace closes that the text begins with."""
    depth = 0
    for place, char in enumerate(tex):
        depth += {"{": 1, "}": -1}.get(char, 0)
        if not depth:
            return place
    return len(tex)
