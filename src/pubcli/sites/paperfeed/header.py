"""Read the block above the records: a name, then one number on each line.

    Meisam Razaviyayn       always first
    LG                      primary category; optional
    h-index61               label and number glued
    56papers                number and label glued
    1,584citations          with a comma in thousands; optional
    Novelty58%              optional
    AI Score61              optional
    56 Papers               the heading of the list

A short header has only a name, the h-index and the number of papers. A compact page has no header.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pubcli.lazy import pattern
from pubcli.sites.paperfeed.lines import Line

_LONGEST = 40
_STATS = (
    ("h_index", re.compile(r"h-index ?([\d,]+)", re.IGNORECASE)),
    ("stated_papers", re.compile(r"([\d,]+)papers?", re.IGNORECASE)),
    ("listed_heading", re.compile(r"([\d,]+) Papers?")),
    ("citations", re.compile(r"([\d,]+) ?citations?", re.IGNORECASE)),
    ("novelty", re.compile(r"Novelty ?([\d,]+) ?%", re.IGNORECASE)),
    ("ai_score", re.compile(r"AI Score ?([\d,]+)", re.IGNORECASE)),
)

_DIGIT = pattern(r"\d")
_CATEGORY = pattern(r"[A-Z]{2,}(?:-[A-Z]+)*")
_GLUED_NAME = pattern(r"(?<=[.!?)\]}\"'”$\w/])[^\W\d_a-z](?:[^\W\d_]|['’.-])*(?: (?:[^\W\d_]|['’.-])+){1,4}$")
_NAME_WORDS = 8


class Header(NamedTuple):
    """A header: its values by field name, the line numbers of these values, and the lines that were not understood."""

    values: dict[str, str | int]
    lines: tuple[int, ...]
    leftover: list[Line]

    @property
    def has_name_and_number(self) -> bool:
        """Whether the header has both a name and a labelled number.

        Lines with both are certainly a header, even if no record follows.
        """
        return "name" in self.values and any(field in self.values for field, _ in _STATS)


def find(lines: Sequence[Line], *, among_records: bool = False) -> int | None:
    """Return the index of the first line of a header; None if there is no header. `lines` must not contain a date line.

    A header is recognised by a line with a number and a label, such as `h-index61`. The name and, optionally, the
    category are on the lines before it. If `among_records` is true, two consecutive lines with a number are required,
    because a single line such as "12 Papers" may be a title. Every header has two such lines.
    """
    numbers = [index for index, line in enumerate(lines) if _stat(line.text)]
    if among_records:
        numbers = [first for first, second in pairwise(numbers) if second == first + 1]
    if not numbers:
        return None
    anchor = numbers[0]
    if anchor >= 2 and _CATEGORY.fullmatch(lines[anchor - 1].text):
        return anchor - 2
    return max(0, anchor - 1)


def glued_name(text: str) -> str | None:
    """Return the name at the end of a line that is too long for a header; None if the line is short or has no name.

    If a capture does not end with a line end, its last abstract and the name in the next capture are glued together.
    """
    match = _GLUED_NAME.search(text) if len(text) > _LONGEST else None
    return match and match[0]


def is_too_long(text: str) -> bool:
    """Return whether a line has more words than any name."""
    return len(text.split()) > 3 * _NAME_WORDS


def parse(lines: Sequence[Line]) -> Header:
    """Return the header that starts with the first of these lines."""
    values: dict[str, str | int] = {}
    used: list[int] = []
    leftover: list[Line] = []
    for index, line in enumerate(lines):
        field, value = _field(index, line.text)
        if field is None or field in values:
            leftover.append(line)
        else:
            values[field] = value
            used.append(line.number)
    return Header(values, tuple(used), leftover)


def parse_without_numbers(lines: Sequence[Line]) -> Header:
    """Return the header in lines that do not contain a number with a label.

    One or two lines are read as a name and a category if the first line is short enough for a name. Otherwise, no line
    is understood, and the header has no values.
    """
    if len(lines) <= 2 and lines and len(lines[0].text.split()) <= _NAME_WORDS:
        return parse(lines)
    return Header({}, (), list(lines))


def _field(index: int, text: str) -> tuple[str | None, str | int]:
    """Return the field name and the value in a line of a header.

    The field name is None if the line is not understood.
    """
    if stat := _stat(text):
        return stat
    if index == 0:
        return "name", text
    if index == 1 and _CATEGORY.fullmatch(text):
        return "category", text
    return None, text


def _stat(text: str) -> tuple[str, int] | None:
    """Return the field name and the number of a line such as `h-index61`; None for any other line."""
    if len(text) > _LONGEST or not _DIGIT.search(text):
        return None
    for field, stat in _STATS:
        if match := stat.fullmatch(text):
            digits = match[1].replace(",", "")
            return (field, int(digits)) if digits else None
    return None
