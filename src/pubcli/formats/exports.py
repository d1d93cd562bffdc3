"""Recognise files that pubcli wrote, so that the answers in a folder of pages are not taken for further pages.

Names of fields that only pubcli uses prove that pubcli wrote a file. A file without such names, for example in BibTeX,
has only a typical layout, which other programs may write too. So the library compares the papers in such a file with
its own.
"""

import re

from pubcli.errors import ExportError
from pubcli.formats import MAPPABLE_FIELDS, READABLE, RECORD_FORMATS, TABLE_FORMATS
from pubcli.inputs.sources import Source, Stream
from pubcli.lazy import pattern

_EXAMINED = 8_192
"""The number of bytes to examine at the beginning of a file."""
_ONLY_OURS = frozenset({"title_guessed", "authors_complete", "date_assumed"})
"""Fields of papers whose names no other program uses."""
_TOGETHER = (
    frozenset({"key", "position", "title"}),
    frozenset({"likeness", "shared_words"}),
    frozenset({"change", "key", "title", "summary"}),
)
"""Fields that only pubcli writes together: of lists and searches, of similar papers, and of differences."""
_TABLE_FIELDS = frozenset({*MAPPABLE_FIELDS, "position", "profile", "code", "links", "source", "line"})
_NAME = pattern(r'"([^"\\]{1,60})"\s*:')
_MARKDOWN = pattern(r"\| (?:\\# \||Change \| Key \| Title \|).*\n\| -{3}:? \|")
"""The beginning of a table in Markdown whose first column is the position of a paper, or a kind of difference."""

_HEADINGS = (
    frozenset({"Key", "Title"}),
    frozenset({"Title", "Likeness"}),
    frozenset({"Kind", "Finding"}),
    frozenset({"Stated", "On the page"}),
)
"""Headings of the drawn tables of papers, similar papers and differences, of findings, and of profiles."""
_DRAWN = re.compile(r"(?m)^(.+)\n(?:─+|-{10,})$")
"""A line of headings with the rule below it."""
_CARD = re.compile(rb"(?m)^\nkey {7}\S.*\ndate {6}\S")
"""The lines of the card of a paper that follow its authors."""


def is_export(source: Source | Stream) -> bool:
    """Return whether the names of fields at the beginning of a source prove that pubcli wrote it."""
    start = source.data[:_EXAMINED].decode("utf-8", "ignore").removeprefix("\ufeff")
    if start[:1] in ("[", "{"):
        names = set(_NAME.findall(start))
    elif _MARKDOWN.match(start) or _is_drawn(start) or _CARD.search(source.data):
        return True
    else:
        line = start.split("\n", 1)[0].rstrip("\r")
        names = set(line.split("\t" if "\t" in line else ","))
    return not _ONLY_OURS.isdisjoint(names) or any(fields <= names for fields in _TOGETHER)


def _is_drawn(start: str) -> bool:
    """Return whether a text begins with a table or a profile as `display.table` draws it for people."""
    rule = _DRAWN.search(start)
    return rule is not None and any(headings <= set(re.split(" {2,}", rule[1].strip())) for headings in _HEADINGS)


def may_be_export(source: Source, form: str) -> bool:
    """Return whether a source begins like the files in its format that pubcli writes.

    Other programs write a similar layout, so this proves nothing alone.
    """
    start = source.data[:_EXAMINED].decode("utf-8", "ignore").removeprefix("\ufeff")
    if form in TABLE_FORMATS:
        return set(start.split("\n", 1)[0].rstrip("\r").split("\t" if form == "tsv" else ",")) <= _TABLE_FIELDS
    layout = READABLE[form].layout
    return bool(layout) and re.match(layout, start) is not None


def states_keys(form: str) -> bool:
    """Return whether each paper of a file has its citation key. In JSON and tables, the user chooses the fields."""
    return form not in RECORD_FORMATS


def error(source: Source | Stream) -> ExportError:
    """Return the error for an export in a folder, which is not read."""
    return ExportError(f"{source.display_name} was written by pubcli; to read its papers as a list, name the file")
