"""A table for a terminal: a header, a rule, then rows whose long cells are wrapped.

It looks like `rich.table.Table` with a rule below its head and no frame, and is laid out many times as fast,
because every column is measured once and cells stay strings. Text is data: brackets are never read as markup.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style

from pubcli.display.columns import Column
from pubcli.display.wrap import wrap

GAP = 2
"""Blank cells between two columns."""

_SLIVER = 8
"""Cells a flexible column may come down to so that the columns beside it keep their width."""

_USUAL = 0.9
"""Share of a column's texts that get room to stand on one line before the longest ones do."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_Line = tuple[int, Sequence[tuple[str, Style | None]]]
"""One line of one cell: its width in cells, and its text in pieces of one style each."""

_Slot = tuple[int, bool]
"""Where a column stands: its width in cells, and whether it is aligned right."""

_EMPTY: _Line = (0, ())


class Cell(NamedTuple):
    """A text with marked stretches, start and end in characters."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    styles: tuple[str, ...] = ()
    """A style for each mark, where they are not all of the table's own."""


class Grid:
    """Rows for a terminal, each with a cell for every column; any other length is a ValueError."""

    def __init__(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str | Cell]], *, mark: str = "bold red"
    ) -> None:
        cells = zip(*rows, strict=True) if rows else [()] * len(columns)
        self._columns = [_Filled(column, below) for column, below in zip(columns, cells, strict=True)]
        self._mark = mark

    def fit(self, width: int) -> dict[int, int]:
        """The columns on a screen of that width: from the index of each to its cells."""
        shown = self._shown(width)
        columns = [self._columns[i] for i in shown]
        room = width - GAP * (len(columns) - 1)
        widths = [column.floor for column in columns]
        if sum(widths) > room:
            widths = [min(column.floor, _SLIVER) if column.flexible else column.floor for column in columns]
        if sum(widths) > room:
            widths = [1] * len(columns)
        weights = [column.column.weight or 1 for column in columns]
        for wanted in ([column.usual for column in columns], [column.natural for column in columns]):
            widths = _share(room, widths, wanted, weights)
        return dict(zip(shown, widths, strict=True))

    def _shown(self, width: int) -> list[int]:
        shown = list(range(len(self._columns)))
        while len(shown) > 1 and sum(self._columns[i].floor + GAP for i in shown) - GAP > width:
            last = max(shown, key=lambda i: (self._columns[i].column.priority, i))
            if not self._columns[last].column.priority:
                break
            shown.remove(last)
        return shown[: max(1, (width + GAP) // (1 + GAP))]

    def drawn(self, width: int, *, color: bool, ascii_only: bool = False) -> Iterator[str]:
        """Yield the lines on a screen of that width, as a Rich console would write them."""
        fitted = self.fit(width)
        if not fitted:
            return
        inks, widths = _Inks(color), list(fitted.values())
        head = zip(self._head(fitted, Style(bold=True)), self._slots(fitted), strict=True)
        yield from _draw([_heading([_fill(line, slot, inks) for line in lines]) for lines, slot in head], widths)
        before, after = inks[Style(dim=True)]
        yield f"{before}{_rule(fitted, ascii_only)}{after}\n"
        mark, columns = Style.parse(self._mark), [(self._columns[i], width) for i, width in fitted.items()]
        yield from _draw([filled.drawn(width, mark, inks) for filled, width in columns], widths)

    def _slots(self, fitted: dict[int, int]) -> list[_Slot]:
        return [(width, self._columns[i].column.justify == "right") for i, width in fitted.items()]

    def _head(self, fitted: dict[int, int], style: Style) -> list[list[_Line]]:
        return _bottom([self._columns[i].head(width, style) for i, width in fitted.items()])


def paragraphs(texts: Iterable[str], width: int, style: str, *, color: bool) -> Iterator[str]:
    """Lines of a style in a column of that width, as `Grid.drawn` gives rows."""
    before, after = _Inks(color)[Style.parse(style)]
    for text in texts:
        yield from (f"{before}{line}{after}\n" if line else "\n" for _, _, line in wrap(text, width))


class _Filled:
    """A column with its texts, measured."""

    def __init__(self, column: Column, cells: Sequence[str | Cell]) -> None:
        self.column = column
        self.flexible = column.weight > 0
        self._decorated: dict[int, Cell] = {}
        if set(map(type, cells)) != {str}:
            self._decorated = {i: cell for i, cell in enumerate(cells) if isinstance(cell, Cell) and cell.marks}
        self._texts = _clean([cell.text if isinstance(cell, Cell) else cell for cell in cells])
        self._sizes = _measure(self._texts)
        [self._header] = _clean([column.header])
        ordered = sorted([cell_len(self._header), *self._sizes])
        self.natural = self.usual = self.floor = max(1, ordered[-1])
        if self.flexible:
            # A header is not broken inside a word, however small the minimum.
            least = max(column.minimum, 1, *map(cell_len, self._header.split()))
            self.floor = min(self.natural, least)
            self.usual = max(self.floor, ordered[int(_USUAL * (len(ordered) - 1))])

    def head(self, width: int, style: Style) -> list[_Line]:
        """The lines of the header."""
        return _fold(self._header, width, style)

    def _lines(self, i: int, width: int, style: Style, mark: Style) -> Sequence[_Line]:
        text, size = self._texts[i], self._sizes[i]
        if i in self._decorated:
            return _decorate(text, self._decorated[i], width, style, mark)
        if size > width:
            return _fold(text, width, style or None)
        return ((size, ((text, style or None),) if text else ()),)

    def drawn(self, width: int, mark: Style, inks: "_Inks") -> "_Drawn":
        """The cells as a terminal gets them, with blanks up to the next column."""
        style, right = Style.parse(self.column.style), self.column.justify == "right"
        before, after = inks[style or None]
        gap, blanks = " " * GAP, [" " * count for count in range(width + 1)]
        # One line without style or marks, as most cells are; the others are drawn over it.
        both = zip(self._texts, self._sizes, strict=True)
        if right:
            first = [f"{blanks[max(0, width - size)]}{before}{text}{after}{gap}" for text, size in both]
        else:
            first = [f"{before}{text}{after}{blanks[max(0, width - size)]}{gap}" for text, size in both]
        others = {i for i, size in enumerate(self._sizes) if size > width}.union(self._decorated)
        if before:
            others.update(i for i, text in enumerate(self._texts) if not text)
        further: dict[int, list[str]] = {}
        for i in others:
            first[i], *rest = self._inked(i, (width, right), style, mark, inks)
            if rest:
                further[i] = rest
        return _Drawn(first, further)

    def _inked(self, i: int, slot: _Slot, style: Style, mark: Style, inks: "_Inks") -> list[str]:
        """The lines of one cell that is empty, marked or longer than a line."""
        width, right = slot
        if i in self._decorated or right or style:
            return [_fill(line, slot, inks) for line in self._lines(i, width, style, mark)]
        return [line + " " * (width + GAP - size) for _, size, line in wrap(self._texts[i], width)]


class _Inks(dict[Style | None, tuple[str, str]]):
    """What a terminal of eight colours wants before and behind a text of each style; nothing without colour."""

    def __init__(self, color: bool) -> None:
        self._system = ColorSystem.STANDARD if color else None

    def __missing__(self, style: Style | None) -> tuple[str, str]:
        before, _, after = (style or Style.null()).render("\n", color_system=self._system).partition("\n")
        self[style] = found = before, after
        return found


def _fill(line: _Line, slot: _Slot, inks: _Inks) -> str:
    """A line of a cell in colour, with blanks up to the next column."""
    (size, parts), (width, right) = line, slot
    text = "".join([f"{inks[style][0]}{part}{inks[style][1]}" for part, style in parts])
    blanks = " " * (width - size)
    return f"{blanks}{text}{' ' * GAP}" if right else f"{text}{blanks}{' ' * GAP}"


class _Drawn(NamedTuple):
    """A column of cells that are filled up with blanks: the first line of each, and the further ones of some."""

    first: Sequence[str]
    further: Mapping[int, Sequence[str]]


def _heading(lines: Sequence[str]) -> _Drawn:
    return _Drawn(lines[:1], {0: lines[1:]} if lines[1:] else {})


def _draw(columns: Sequence[_Drawn], widths: Sequence[int]) -> Iterator[str]:
    """Rows of cells, line by line; blanks at the end of a line are left out."""
    blanks = [" " * (width + GAP) for width in widths]
    tall = [(at, column.further) for at, column in enumerate(columns) if column.further]
    for number, first in enumerate(zip(*[column.first for column in columns], strict=True)):
        yield "".join(first).rstrip(" ") + "\n"
        further = [(at, cells[number]) for at, cells in tall if number in cells]
        for below in range(max([len(lines) for _, lines in further], default=0)):
            line = blanks.copy()
            for at, lines in further:
                if below < len(lines):
                    line[at] = lines[below]
            yield "".join(line).rstrip(" ") + "\n"


def _rule(fitted: dict[int, int], ascii_only: bool) -> str:
    return ("-" if ascii_only else "─") * (sum(fitted.values()) + GAP * (len(fitted) - 1))


def _clean(texts: list[str]) -> list[str]:
    """The texts without blanks at the end, and with one for every control character: it could break the grid."""
    if not "".join(texts).isprintable():
        texts = [text if text.isprintable() else _CONTROL.sub(" ", text) for text in texts]
    return [text.rstrip() for text in texts]


def _measure(texts: list[str]) -> list[int]:
    if "".join(texts).isascii():
        return list(map(len, texts))
    return [len(text) if text.isascii() else cell_len(text) for text in texts]


def _share(room: int, least: list[int], most: list[int], weights: list[int]) -> list[int]:
    """Widths between least and most that fill the room: what one column does not need goes to the others."""
    widths = list(least)
    hungry = [i for i, width in enumerate(widths) if width < most[i]]
    while hungry:
        spare, total = room - sum(widths), sum(weights[i] for i in hungry)
        sated = [i for i in hungry if (most[i] - widths[i]) * total <= spare * weights[i]]
        if not sated:
            shares = {i: spare * weights[i] // total for i in hungry}
            left = spare - sum(shares.values())
            for rank, (i, share) in enumerate(shares.items()):
                widths[i] += share + (rank < left)
            break
        for i in sated:
            widths[i] = most[i]
        hungry = [i for i in hungry if i not in sated]
    return widths


def _bottom(cells: list[list[_Line]]) -> list[list[_Line]]:
    """The cells moved down to their common last line."""
    height = max(map(len, cells))
    return [[_EMPTY] * (height - len(lines)) + lines for lines in cells]


def _fold(text: str, width: int, style: Style | None) -> list[_Line]:
    """The lines of a text of one style."""
    return [(size, ((line, style),) if line else ()) for _, size, line in wrap(text, width)]


def _decorate(text: str, cell: Cell, width: int, style: Style, mark: Style) -> list[_Line]:
    """The lines of a cell that is marked in places."""
    styles = [style + Style.parse(name) for name in cell.styles] or [style + mark] * len(cell.marks)
    lines: list[_Line] = []
    for start, size, line in wrap(text, width):
        edges = {edge - start for span in cell.marks for edge in span}
        edges = {0, len(line), *(edge for edge in edges if 0 < edge < len(line))}
        parts = [
            (line[a:b], _style_at(start + a, cell.marks, styles, style) or None) for a, b in pairwise(sorted(edges))
        ]
        lines.append((size, parts))
    return lines


def _style_at(position: int, spans: Iterable[tuple[int, int]], styles: Sequence[Style], otherwise: Style) -> Style:
    """The style of the first stretch that a character stands in."""
    found = (style for (start, end), style in zip(spans, styles, strict=True) if start <= position < end)
    return next(found, otherwise)
