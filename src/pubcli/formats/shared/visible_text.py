"""Return the text of an HTML page that a browser shows, with the line breaks of a copy from the browser."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from pubcli.formats.shared.html_page import Element, HtmlPage
from pubcli.model import Document, Page, Paper, Problem

_HIDDEN = frozenset(
    "head script style template noscript noframes iframe object svg select textarea datalist audio video "
    "canvas title meta link -comment -doctype".split()
)
"""Elements whose text a browser does not show, or does not copy."""
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre".split())
"""Elements with a blank line around them."""
_BLOCKS = _PARAGRAPHS | frozenset(
    "html body div section article main header footer nav aside form fieldset figure figcaption address details "
    "summary li dt dd table caption thead tbody tfoot tr hr center dir menu".split()
)
"""Elements that begin and end a line."""
_CELLS = ("td", "th")
_HIDING_STYLE = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_UNCHANGED = re.compile(r"[^\s&<>\"'\u00a0]{2,60}")
"""Matches a text that is written in HTML as it is shown."""
_BODY = re.compile(r"<body\b", re.IGNORECASE)
_WINDOW = 50_000
"""The number of characters of the source in which the next line is searched."""


class VisibleLine(NamedTuple):
    """A line of text, with the number of the line of the HTML on which it begins."""

    text: str
    number: int


class _Text:
    """Collect text as lines, with the rules of a browser for blanks and breaks."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._breaks = 0
        self._is_line_start = True

    def add(self, text: str) -> None:
        """Add text. Each run of blanks and line breaks becomes one blank, or nothing at the beginning of a line."""
        text = _BLANKS.sub(" ", text)
        if self._is_line_start or self.pieces[-1].endswith((" ", "\t")):
            text = text.removeprefix(" ")
        if text:
            self._break_if_required()
            self.pieces.append(text)
            self._is_line_start = False

    def add_line_break(self) -> None:
        """End the line, even if it is empty."""
        self._break_if_required()
        self.pieces.append("\n")
        self._is_line_start = True

    def add_tab(self) -> None:
        """Add the tab between two cells of a row, unless the first one ends its line by itself."""
        if not self._is_line_start:
            self.pieces.append("\t")

    def require_breaks(self, number: int) -> None:
        """End the line, if it is not empty. `number` is the number of breaks: 2 if a blank line follows, else 1."""
        if self.pieces:
            self._breaks = max(self._breaks, number if self._breaks or not self._is_line_start else 0)
            self._is_line_start = True

    def _break_if_required(self) -> None:
        if self._breaks:
            self.pieces.append("\n" * self._breaks)
            self._breaks = 0


def visible_lines(page: HtmlPage) -> list[VisibleLine]:
    """Return the lines that a browser would copy."""
    text = _Text()
    if page.tree.body is not None:
        _collect(page.tree.body, text)
    body = _BODY.search(page.text)
    offset = body.end() if body else 0
    result = []
    number, counted = 1, 0
    for line in "".join(text.pieces).split("\n"):
        match = _UNCHANGED.search(line)
        place = page.text.find(match[0], offset, offset + _WINDOW) if match else -1
        offset = max(place, offset)
        number += page.text.count("\n", counted, offset)
        counted = offset
        result.append(VisibleLine(line.rstrip(" "), number))
    return result


def _collect(body: Element, text: _Text) -> None:
    """Add the text below an element. Elements may be nested deeply, so this function does not call itself."""
    node, top = body, body.mem_id
    while True:
        if _enter(node, text) and (child := node.first_child) is not None:
            node = child
            continue
        while True:
            _leave(node, text)
            if node.mem_id == top:
                return
            following, parent = node.next, node.parent
            if following is not None:
                node = following
                break
            if parent is None:
                return
            node = parent


def _enter(node: Element, text: _Text) -> bool:
    """Add what comes before the children of a node. Return whether its children are shown."""
    tag = node.tag or ""
    if tag == "-text":
        content = node.text_content or ""
        if "\n" in content and _is_preformatted(node):
            first, *others = content.split("\n")
            text.add(first)
            for line in others:
                text.add_line_break()
                text.add(line)
        else:
            text.add(content)
        return False
    if tag in _HIDDEN or _is_hidden(node):
        return False
    if tag == "br":
        text.add_line_break()
    elif tag == "img":
        text.add(node.attributes.get("alt") or "")
    elif tag in _CELLS and _has_cell_before(node):
        text.add_tab()
    _require_breaks(tag, text)
    return True


def _leave(node: Element, text: _Text) -> None:
    _require_breaks(node.tag or "", text)


def _require_breaks(tag: str, text: _Text) -> None:
    if tag in _BLOCKS:
        text.require_breaks(2 if tag in _PARAGRAPHS else 1)


def _is_hidden(node: Element) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or _HIDING_STYLE.search(attributes.get("style") or "") is not None


def _is_preformatted(node: Element) -> bool:
    return node.parent is not None and node.parent.tag in ("pre", "listing", "xmp")


def _has_cell_before(node: Element) -> bool:
    previous = node.prev
    while previous is not None and previous.tag not in _CELLS:
        previous = previous.prev
    return previous is not None


def with_lines_of_html(document: Document, lines: Sequence[VisibleLine]) -> Document:
    """Return a document that was read from visible lines, with their line numbers replaced by those of the HTML."""
    return Document(source=document.source, pages=tuple(_renumbered(page, lines) for page in document.pages))


def _renumbered(page: Page, lines: Sequence[VisibleLine]) -> Page:
    def number(line: int) -> int:
        return lines[min(line, len(lines)) - 1].number

    def place(record: Paper | Problem) -> dict[str, int]:
        return {"line": number(record.line), "last_line": number(record.last_line)}

    header = tuple(sorted({number(line) for line in page.profile.lines}))
    return Page(
        profile=page.profile.model_copy(update={"lines": header}),
        papers=tuple(paper.model_copy(update=place(paper)) for paper in page.papers),
        problems=tuple(problem.model_copy(update=place(problem)) for problem in page.problems),
    )
