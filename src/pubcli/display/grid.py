"""Draw a table for a terminal: the headings, a rule, then the rows. Long cells are wrapped.

The table looks like a `rich.table.Table` with a rule below the headings and no frame, apart from a thin rule before and
after each row of several lines. Drawing it is many times faster than with Rich, because every column is measured once
and cells stay strings. Brackets in a text are never read as markup.

In this module, a width is the number of cells of the terminal that a text takes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.style import Style

from pubcli.display import theme
from pubcli.display.batches import Batches
from pubcli.display.columns import Column
from pubcli.display.escape_codes import linked
from pubcli.display.wrap import is_narrow, wrap, wrap_words
from pubcli.lazy import NamedTuple, pattern

GAP = 2
"""Number of blanks between two columns."""

_NARROWEST = 8
"""Width to which flexible columns may shrink before other columns become narrower."""

_FOR_WHOLE_KEYS = 4
"""Columns with this or a higher priority are left out if that keeps all keys whole."""

_ONE_LINE_SHARE = 0.9
"""Columns first grow until this share of their texts fits on one line. Only then do they grow further."""

_CONTROL = pattern(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_Line = tuple[int, Sequence[tuple[str, Style | None]]]
"""One line of one cell of the table: its width, and its text in pieces of one style each."""

_Slot = tuple[int, bool]
"""The room for a column: its width, and whether its texts are aligned to the right."""

_EMPTY: _Line = (0, ())


class Cell(NamedTuple):
    """A text with highlighted parts. `marks` has the start and the end of each part, in characters."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    styles: tuple[str, ...] = ()
    """A style for each highlighted part; empty if all parts have the default style of the table."""
    address: str | None = None
    """The web address to which the text is a link, on a screen with colour."""


class Grid:
    """A table of rows under columns. Rows that are added are measured; all of them are drawn later."""

    def __init__(
        self, columns: Sequence[Column], rows: Sequence[Sequence[str | Cell]] = (), *, mark: str = theme.MATCH
    ) -> None:
        self._columns = [_MeasuredColumn(column) for column in columns]
        self._mark = mark
        self._batches = Batches()
        self.add(rows)

    def add(self, rows: Sequence[Sequence[str | Cell]]) -> None:
        """Add rows below the others. Raises ValueError if a row does not have one cell for every column."""
        if rows:
            pairs = zip(self._columns, zip(*rows, strict=True), strict=True)
            self._batches.add([column.measured(cells) for column, cells in pairs])

    def empty(self) -> list[int]:
        """Return the indexes of the columns that are left out because none of their cells has a text."""
        return [i for i, column in enumerate(self._columns) if column.is_empty and column.column.is_omitted_if_empty]

    def fit(self, width: int) -> dict[int, int]:
        """Choose the columns that fit a screen of `width` cells.

        Return a dictionary from their indexes to their widths.
        """
        indexes, minimum = self._fitting_columns(width)
        columns = [self._columns[i] for i in indexes]
        room = width - GAP * (len(columns) - 1)
        widths = [minimum[i] for i in indexes]
        if sum(widths) > room:
            widths = [column.least for column in columns]
        if sum(widths) > room:
            widths = [1] * len(columns)
        weights = [column.column.weight or 1 for column in columns]
        for goal in ("floor", "common", "widest"):
            widths = _share(room, widths, [getattr(column, goal) for column in columns], weights)
        return dict(zip(indexes, self._limited(indexes, widths), strict=True))

    def _limited(self, indexes: list[int], widths: list[int]) -> list[int]:
        """Return the widths after each column has given room to the column that its `not_wider_than` names."""
        limited = list(widths)
        places = {self._columns[i].column.header: at for at, i in enumerate(indexes)}
        for at, i in enumerate(indexes):
            other = places.get(self._columns[i].column.not_wider_than)
            if other is not None and limited[at] > limited[other]:
                both = limited[at] + limited[other]
                limited[other] = min(self._columns[indexes[other]].widest, both - both // 2)
                limited[at] = both - limited[other]
        return limited

    def _fitting_columns(self, width: int) -> tuple[list[int], list[int]]:
        """Return the indexes of the columns that fit a screen, and the minimum widths of all columns."""
        floors = [column.floor for column in self._columns]
        # A key, which may not be wider than the title, keeps its minimum only if the title has the same minimum.
        limited = {column.column.not_wider_than: column.floor for column in self._columns}
        whole_keys = [
            max(column.floor, min(column.widest, limited.get(column.column.header, 0))) for column in self._columns
        ]
        indexes = self._left(width, whole_keys, _FOR_WHOLE_KEYS)
        if _total(whole_keys, indexes) <= width:
            return indexes, whole_keys
        return self._left(width, floors, 1)[: max(1, (width + GAP) // (1 + GAP))], floors

    def _left(self, width: int, minimum: Sequence[int], lowest: int) -> list[int]:
        """Leave out columns, those with the highest priority first, and return the indexes of the others.

        Stop when the others fit with their minimum widths, or when all of them have a priority below `lowest`.
        """
        indexes = [i for i in range(len(self._columns)) if i not in self.empty()]
        while len(indexes) > 1 and _total(minimum, indexes) > width:
            last = max(indexes, key=lambda i: (self._columns[i].column.priority, i))
            if self._columns[last].column.priority < lowest:
                break
            indexes.remove(last)
        return indexes

    def lines(
        self, width: int, *, color: bool, ascii_only: bool = False, divider: tuple[int, str] | None = None
    ) -> Iterator[str]:
        """Yield the lines of the table for a screen of `width` cells, each with its line end.

        A table without columns has no lines. `divider` is a text to show between two groups of rows, with the index of
        the row that it comes before.
        """
        fitted = self.fit(width)
        if not fitted:
            return
        codes, widths = _EscapeCodes(color), list(fitted.values())
        slots = [(width, self._columns[i].column.justify == "right") for i, width in fitted.items()]
        header = zip(self._header(fitted), slots, strict=True)
        yield from _joined(
            [_header_cell([_fill(line, slot, codes) for line in lines]) for lines, slot in header], widths
        )
        before, after = codes[Style.parse(theme.RULE)]
        yield f"{before}{_rule(fitted, ascii_only)}{after}\n"
        mark, columns = Style.parse(self._mark), [(self._columns[i], width) for i, width in fitted.items()]
        thin_rule = _ThinRule(f"{before}{_thin_rule(fitted, ascii_only)}{after}\n")
        at, text = divider or (-1, "")
        label = _divider(text, width, sum(widths) + GAP * (len(widths) - 1), ascii_only=ascii_only) if text else []
        dividing = [f"{before}{line}{after}\n" for line in label]
        for batch in self._batches:
            texts = [batch[i] for i in fitted]
            cells = [
                column.cells(each, width, mark, codes) for (column, width), each in zip(columns, texts, strict=True)
            ]
            yield from _joined(cells, widths, {at: dividing}, thin_rule)
            at -= len(texts[0].texts)

    def _header(self, fitted: dict[int, int]) -> list[list[_Line]]:
        style = Style.parse(theme.HEADER)
        return _align_bottom([self._columns[i].header_lines(width, style) for i, width in fitted.items()])


class _Texts(NamedTuple):
    """Some cells of a column."""

    texts: list[str]
    sizes: list[int]
    """The width of each text."""
    highlighted: dict[int, Cell]
    """The cells that are links or have highlighted parts, by index."""


class _MeasuredColumn:
    """A column with the widths of its texts, but without these texts."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.is_flexible = column.weight > 0
        [self._header] = _clean([column.header])
        self._sizes = Counter([cell_len(self._header)])
        self.is_empty = True

    def measured(self, cells: Sequence[str | Cell]) -> _Texts:
        """Measure more cells of the column, and return them."""
        highlighted: dict[int, Cell] = {}
        if set(map(type, cells)) != {str}:
            highlighted = {
                i: cell for i, cell in enumerate(cells) if isinstance(cell, Cell) and (cell.marks or cell.address)
            }
        texts = _clean([cell.text if isinstance(cell, Cell) else cell for cell in cells])
        sizes = _measure(texts)
        self._sizes.update(sizes)
        self.is_empty = self.is_empty and not any(sizes)
        return _Texts(texts, sizes, highlighted)

    @property
    def widest(self) -> int:
        """The width of the widest text, or of the heading."""
        return max(1, *self._sizes)

    @property
    def floor(self) -> int:
        """The minimum width. If the minimum widths of all columns do not fit, columns are left out."""
        if not self.is_flexible:
            return self.widest
        return min(self.widest, self._with_heading(self.column.minimum))

    @property
    def least(self) -> int:
        """The width to which the column shrinks before other columns become narrower."""
        return min(self.floor, self._with_heading(_NARROWEST)) if self.is_flexible else self.floor

    def _with_heading(self, width: int) -> int:
        """Return the width, or that of the longest word in the heading if it is greater, so that no word is broken."""
        return max(width, 1, *map(cell_len, self._header.split()))

    @property
    def common(self) -> int:
        """The width at which most texts fit on one line; see `_ONE_LINE_SHARE`."""
        if not self.is_flexible:
            return self.widest
        place = int(_ONE_LINE_SHARE * (self._sizes.total() - 1))
        sizes = sorted(self._sizes)
        counts = accumulate(self._sizes[size] for size in sizes)
        return max(self.floor, next(size for size, count in zip(sizes, counts, strict=True) if count > place))

    def header_lines(self, width: int, style: Style) -> list[_Line]:
        """Return the heading of the column, wrapped into lines of at most `width` cells."""
        return _fold(self._header, width, style)

    def cells(self, cells: _Texts, width: int, mark: Style, codes: _EscapeCodes) -> _ColumnLines:
        """Return the lines of some cells with escape codes, padded up to the next column."""
        texts, sizes, highlighted = cells
        style, is_right = Style.parse(self.column.style), self.column.justify == "right"
        before, after = codes[style or None]
        gap, blanks = " " * GAP, [" " * count for count in range(width + 1)]
        # Most cells are one line in one style. The lines of all other cells are replaced below.
        pairs = zip(texts, sizes, strict=True)
        if is_right:
            first = [f"{blanks[max(0, width - size)]}{before}{text}{after}{gap}" for text, size in pairs]
        else:
            first = [f"{before}{text}{after}{blanks[max(0, width - size)]}{gap}" for text, size in pairs]
        others = {i for i, size in enumerate(sizes) if size > width}.union(highlighted)
        if before:
            others.update(i for i, text in enumerate(texts) if not text)
        further: dict[int, list[str]] = {}
        if not before and not is_right:
            others -= _wrap_plain_texts(texts, others.difference(highlighted), width, first, further)
        for i in others:
            cell = highlighted.get(i) or Cell(texts[i])
            first[i], *rest = _cell_lines(cell._replace(text=texts[i]), sizes[i], (width, is_right), style, mark, codes)
            if rest:
                further[i] = rest
        return _ColumnLines(first, further)


def _wrap_plain_texts(
    texts: Sequence[str], indexes: Iterable[int], width: int, first: list[str], further: dict[int, list[str]]
) -> set[int]:
    """Wrap those texts without a style that are simple to wrap, and return their indexes.

    Their padded lines are stored in `first` and `further`.
    """
    wrapped, padded = set(), width + GAP
    for i in indexes:
        lines = wrap_words(texts[i], width)
        if lines:
            first[i], *further[i] = [line.ljust(padded) for line in lines]
            wrapped.add(i)
    return wrapped


def _cell_lines(cell: Cell, size: int, slot: _Slot, style: Style, mark: Style, codes: _EscapeCodes) -> list[str]:
    """Return the lines of a cell that is empty, highlighted or longer than a line. `size` is the width of its text."""
    width, is_right = slot
    if cell.marks or is_right or style or cell.address:
        lines = _styled_lines(cell, size, width, style, mark)
        return [_fill(line, slot, codes, cell.address if codes.has_color else None) for line in lines]
    return [line + " " * (width + GAP - size) for _, size, line in wrap(cell.text, width)]


def _styled_lines(cell: Cell, size: int, width: int, style: Style, mark: Style) -> Sequence[_Line]:
    if cell.marks:
        return _highlight(cell.text, cell, width, style, mark)
    if size > width:
        return _fold(cell.text, width, style or None)
    return ((size, ((cell.text, style or None),) if cell.text else ()),)


class _EscapeCodes(dict[Style | None, tuple[str, str]]):
    """Maps a style to the escape codes before and after a text of this style. Without colour, the codes are empty."""

    def __init__(self, color: bool) -> None:
        self.has_color = color
        self._system = ColorSystem.STANDARD if color else None

    def __missing__(self, style: Style | None) -> tuple[str, str]:
        before, _, after = (style or Style.null()).render("\n", color_system=self._system).partition("\n")
        self[style] = codes = before, after
        return codes


def _fill(line: _Line, slot: _Slot, codes: _EscapeCodes, address: str | None = None) -> str:
    """Return a line of a cell with escape codes, padded up to the next column, as a link if `address` is not None."""
    (size, parts), (width, is_right) = line, slot
    text = linked(
        "".join([f"{codes[style][0]}{part}{codes[style][1]}" if style else part for part, style in parts]), address
    )
    blanks = " " * (width - size)
    return f"{blanks}{text}{' ' * GAP}" if is_right else f"{text}{blanks}{' ' * GAP}"


class _ColumnLines(NamedTuple):
    """The padded lines of a column: the first line of each cell, and the further lines of long cells by row number."""

    first: Sequence[str]
    further: Mapping[int, Sequence[str]]


def _header_cell(lines: Sequence[str]) -> _ColumnLines:
    return _ColumnLines(lines[:1], {0: lines[1:]} if lines[1:] else {})


class _ThinRule:
    """The rule that is drawn before and after each row of several lines.

    It remembers the height of the row before, also from one batch of rows to the next.
    """

    def __init__(self, line: str) -> None:
        self.line = line
        self._is_last_tall: bool | None = None

    def is_needed(self, is_tall: bool) -> bool:
        """Return whether the line comes before the next row. `is_tall` is true if the next row has several lines."""
        is_last_tall, self._is_last_tall = self._is_last_tall, is_tall
        return is_last_tall is not None and (is_tall or is_last_tall)


def _joined(
    columns: Sequence[_ColumnLines],
    widths: Sequence[int],
    dividing: Mapping[int, Sequence[str]] | None = None,
    thin_rule: _ThinRule | None = None,
) -> Iterator[str]:
    """Join the columns and yield the rows line by line, without blanks at the end of a line.

    `dividing` maps the index of a row to the lines that come before the row. Before other rows, the line of `thin_rule`
    comes if it is needed.
    """
    blanks = [" " * (width + GAP) for width in widths]
    tall = [(at, column.further) for at, column in enumerate(columns) if column.further]
    for number, first in enumerate(zip(*[column.first for column in columns], strict=True)):
        further = [(at, cells[number]) for at, cells in tall if number in cells]
        needs_rule = thin_rule is not None and thin_rule.is_needed(bool(further))
        if dividing and dividing.get(number):
            yield from dividing[number]
        elif thin_rule and needs_rule:
            yield thin_rule.line
        yield "".join(first).rstrip(" ") + "\n"
        for below in range(max([len(lines) for _, lines in further], default=0)):
            line = blanks.copy()
            for at, lines in further:
                if below < len(lines):
                    line[at] = lines[below]
            yield "".join(line).rstrip(" ") + "\n"


def _divider(text: str, screen: int, table: int, *, ascii_only: bool) -> list[str]:
    """Return the lines of a rule as wide as the table with a text in it; a text wider than the screen is wrapped."""
    dash = "-" if ascii_only else "─"
    *lines, (_, size, last) = wrap(text, max(1, screen - 6))
    return [*(f"{dash * 2} {line}" for _, _, line in lines), f"{dash * 2} {last} {dash * max(2, table - size - 4)}"]


def _rule(fitted: dict[int, int], ascii_only: bool) -> str:
    return ("-" if ascii_only else "─") * (sum(fitted.values()) + GAP * (len(fitted) - 1))


def _thin_rule(fitted: dict[int, int], ascii_only: bool) -> str:
    """Return the rule between rows of several lines. It is thinner than the rule below the headings."""
    width = sum(fitted.values()) + GAP * (len(fitted) - 1)
    return ("- " * width)[:width].rstrip() if ascii_only else "┈" * width


def _clean(texts: list[str]) -> list[str]:
    """Return the texts without blanks at the end.

    Control characters become blanks, because they could break the grid.
    """
    if not "".join(texts).isprintable():
        texts = [text if text.isprintable() else _CONTROL.sub(" ", text) for text in texts]
    return [text.rstrip() for text in texts]


def _measure(texts: list[str]) -> list[int]:
    if "".join(texts).isascii():
        return list(map(len, texts))
    return [len(text) if text.isascii() or is_narrow(text) else cell_len(text) for text in texts]


def _total(widths: Sequence[int], indexes: Sequence[int]) -> int:
    """Return the width of a table of some columns, of which each has its width in `widths`."""
    return sum(widths[i] for i in indexes) + GAP * (len(indexes) - 1)


def _share(room: int, least: list[int], most: list[int], weights: list[int]) -> list[int]:
    """Widen the columns of a table until they fill a line of `room` cells, and return their new widths.

    Each column starts with its width in `least`, and grows to at most its width in `most`. The columns share the
    additional cells in proportion to `weights`.
    """
    widths = list(least)
    growing = [i for i, width in enumerate(widths) if width < most[i]]
    while growing:
        spare, total = room - sum(widths), sum(weights[i] for i in growing)
        complete = [i for i in growing if (most[i] - widths[i]) * total <= spare * weights[i]]
        if not complete:
            shares = {i: spare * weights[i] // total for i in growing}
            left = spare - sum(shares.values())
            for rank, (i, share) in enumerate(shares.items()):
                widths[i] += share + (rank < left)
            break
        for i in complete:
            widths[i] = most[i]
        growing = [i for i in growing if i not in complete]
    return widths


def _align_bottom(cells: list[list[_Line]]) -> list[list[_Line]]:
    """Return the lines of each cell, with empty lines above the text, so that all cells have equally many lines."""
    height = max(map(len, cells))
    return [[_EMPTY] * (height - len(lines)) + lines for lines in cells]


def _fold(text: str, width: int, style: Style | None) -> list[_Line]:
    """Wrap a text of one style and return its lines."""
    return [(size, ((line, style),) if line else ()) for _, size, line in wrap(text, width)]


def _highlight(text: str, cell: Cell, width: int, style: Style, mark: Style) -> list[_Line]:
    """Wrap the text of a cell with highlighted parts and return its lines."""
    styles = [style + Style.parse(name) for name in cell.styles] or [style + mark] * len(cell.marks)
    highlighted = sorted(zip(cell.marks, styles, strict=True), key=lambda pair: pair[0])
    lines: list[_Line] = []
    for start, size, line in wrap(text, width):
        parts: list[tuple[str, Style | None]] = []
        at, end = 0, len(line)
        for (first, last), its_style in highlighted:
            begin, stop = max(first - start, at), min(last - start, end)
            if begin < stop:
                if begin > at:
                    parts.append((line[at:begin], style or None))
                parts.append((line[begin:stop], its_style or None))
                at = stop
        if at < end:
            parts.append((line[at:], style or None))
        lines.append((size, parts))
    return lines
