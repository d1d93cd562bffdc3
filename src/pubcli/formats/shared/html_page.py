"""Parse HTML with selectolax, and find the lines of the source on which elements are.

This module is imported only for sources that are HTML, because selectolax takes time to import.
"""

import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from operator import sub
from typing import NamedTuple, TypeAlias

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pubcli.errors import InputError
from pubcli.formats.shared.lines import decoded_text
from pubcli.inputs.sources import Source

Element: TypeAlias = LexborNode

_MOST_NESTED = 5_000
"""The largest depth of nested elements; browsers stop at 512. The parser's time grows with the square of the depth."""
_FEW_TAGS = 20_000
"""Up to this number, the parser is fast even if all elements are inside each other."""
_MOST_ATTRIBUTES = 1_000
"""The largest number of attributes of an element. The time of the parser grows with the square of this number."""
_MOST_OPTIONS = 5_000
"""The largest number of entries of menus. The time of the parser grows with the square of this number."""
_MOST_SHAPES = 20_000
"""The largest number of parts of pictures, which would be inside each other if they were outside of a picture."""
_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9]*)")
_NOT_NESTED = frozenset(
    "area base br col embed hr img input link meta source track wbr "
    "p li dt dd tr td th thead tbody tfoot option".split()
)
"""Elements that contain nothing, or that the next of their kind closes."""
_SHAPES = frozenset("path circle rect line use stop polygon polyline ellipse g image mask".split())
"""Elements of pictures, which a slash at the end of the tag closes. Other elements ignore this slash."""
_CLOSED_SHAPE = re.compile(rf"<(?:{'|'.join(sorted(_SHAPES))})(?![a-zA-Z0-9])[^<>]*/(?=[<>]|\Z)", re.IGNORECASE)
_OPTIONS = frozenset(("option", "optgroup"))
"""Entries of menus."""
_STRAY = "\u200b\u2060\ufeff\u202a\u202b\u202c\u200e\u200f"
"""Marks of the direction of text, and other characters without width, which pages put around names and titles."""


class LineRange(NamedTuple):
    """The first and the last line of an element in the source, counted from 1."""

    first: int
    last: int


class HtmlPage:
    """A parsed HTML source."""

    def __init__(self, source: Source) -> None:
        """Parse a source. Raises UnicodeDecodeError if it is not UTF-8, and InputError if it cannot be parsed."""
        self.text = decoded_text(source)
        _require_reasonable(self.text, source)
        is_decoded_as_is = b"\r" not in source.data and not source.data.startswith(BOM_UTF8)
        self.tree = LexborHTMLParser(source.data if is_decoded_as_is else self.text)

    def css(self, selector: str) -> list[Element]:
        """Return the elements that match a CSS selector, in order."""
        return self.tree.css(selector)

    def first(self, selector: str) -> Element | None:
        """Return the first element that matches a CSS selector, else None."""
        return self.tree.css_first(selector)

    def line_at(self, offset: int) -> int:
        """Return the number of the line at an offset in `text`."""
        return self.text.count("\n", 0, offset) + 1

    def line_ranges(self, elements: Sequence[Element], tag: str, mark: str) -> list[LineRange]:
        """Return the lines of elements, in order. An element ends where the next one begins, the last at an end tag.

        The start tag of each element has the name `tag` and contains the text `mark`. If the source has a different
        number of such tags, for example in a comment, it is unknown where an element is, so all lines are returned.
        """
        pattern = re.compile(rf"<{tag}(?=[\s>/])[^<>]{{0,5000}}?{re.escape(mark)}", re.IGNORECASE)
        starts = [match.start() for match in pattern.finditer(self.text)]
        if len(starts) != len(elements):
            return [LineRange(1, self.text.count("\n") + 1)] * len(elements)
        ends = [end - 1 for end in starts[1:]]
        if starts:
            end = self.text.find(f"</{tag}", starts[-1])
            ends.append(end if end >= 0 else len(self.text))
        ranges: list[LineRange] = []
        line, counted = 1, 0
        for start, end in zip(starts, ends, strict=True):
            line += self.text.count("\n", counted, start)
            counted = start
            lines_below = self.text.count("\n", start, start + len(self.text[start:end].rstrip()))
            ranges.append(LineRange(line, line + lines_below))
        return ranges

    def lines_of(self, selectors: Sequence[str]) -> tuple[int, ...]:
        """Return the lines on which the elements with an id or a class (`#name`, `.name`) are."""
        places = (self.text.find(selector[1:]) for selector in selectors if self.first(selector) is not None)
        return tuple(sorted({self.line_at(place) for place in places if place >= 0}))


def text_of(element: Element | None = None) -> str:
    """Return the text in an element on one line, with single blanks; an empty text for None."""
    return "" if element is None else one_line(element.text())


def one_line(text: str) -> str:
    """Return a text on one line, with single blanks and without characters that have no width."""
    text = text.strip()
    if text.isprintable() and "  " not in text:  # no other blanks than single spaces, and nothing without a width
        return text
    if not text.isascii():
        for mark in filter(text.__contains__, _STRAY):
            text = text.replace(mark, "")
    return " ".join(text.split())


def _require_reasonable(text: str, source: Source) -> None:
    """Raise InputError for HTML that no site has, and that would take the parser very long."""
    if not _has_few_attributes(text) or (text.count("<") > _FEW_TAGS and not _is_reasonable(text)):
        raise InputError(
            f"{source.display_name} is HTML with too many elements inside each other; open it in a browser, select "
            "all, copy, and save the plain text"
        )


def _has_few_attributes(text: str) -> bool:
    """Return whether no tag has too many attributes. Only long tags can have them."""
    parts = text.split("<")
    if max(map(len, parts)) <= _MOST_ATTRIBUTES:  # true of nearly all pages, and quickly tested
        return True
    long = (part.partition(">")[0] for part in parts if len(part) > _MOST_ATTRIBUTES)
    return all(len(tag.split()) <= _MOST_ATTRIBUTES for tag in long if tag[:1] == "/" or tag[:1].isalpha())


def _is_reasonable(text: str) -> bool:
    """Return whether HTML has few elements inside each other, few entries of menus and few parts of pictures."""
    tags = _TAG.findall(text)
    shapes = 0
    if not _SHAPES.isdisjoint(map(str.lower, set(tags))):
        text, shapes = _CLOSED_SHAPE.subn("", text)
        tags = _TAG.findall(text)
    changes: dict[str, int] = {}
    options = 0
    for tag, count in Counter(tags).items():
        name = tag.lstrip("/").lower()
        options += count if name in _OPTIONS else 0
        changes[tag] = 0 if name in _NOT_NESTED or name in _OPTIONS else -1 if tag.startswith("/") else 1
    depths = list(accumulate(map(changes.__getitem__, tags), initial=0))
    # An end tag outside of all elements closes nothing: the lowest depth so far counts as 0.
    deepest = max(map(sub, depths, accumulate(depths, min)))
    return deepest <= _MOST_NESTED and options <= _MOST_OPTIONS and shapes <= _MOST_SHAPES
