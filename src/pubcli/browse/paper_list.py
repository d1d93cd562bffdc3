"""The list of papers or people. It holds only the rows near the visible rows, and asks for others.

Each row is one line. The texts come from pages, so they are drawn as they are: nothing in them is read as markup, and
`display.cells` has replaced their control characters.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from pubcli.answer.answer import Answer
from pubcli.browse.listings import Contents, Kind
from pubcli.display import cells
from pubcli.display.columns import Column, columns, default_columns
from pubcli.display.grid import GAP, Grid
from pubcli.store.ask import PAPER_FIELDS

Row = Mapping[str, Any]

_FIELDS: dict[Kind, tuple[str, ...]] = {
    "similar_papers": ("date", "likeness", "title", "shared_words"),
    "people": ("name", "papers", "first_year", "last_year", "categories"),
}
"""The columns of each kind of list, apart from lists of papers, which have the columns of `pubcli list`."""
_NOT_LISTED = ("position", "key")
"""Columns of `pubcli list` that name a paper for the next command. Here, the cursor does that."""
_MARGIN = 60
"""If fewer rows than this are held above or below the visible rows, the list asks for more."""
_WINDOW = 200
"""Number of rows to ask for on each side of the cursor."""
_MOST_HELD = 5_000
"""Maximum number of rows that are held."""
_SIGNS = 2
"""Width of the signs before a row: the cursor and the mark."""


class PaperList(ScrollView, can_focus=True, inherit_bindings=False):
    """A list with a heading line, a cursor and marks. The keys are those of the application, not of a scroll view."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "paper-list--heading", "paper-list--cursor", "paper-list--marked", "paper-list--plain"
    }  # fmt: skip

    class Moved(Message):
        """The cursor is on another row."""

    class Opened(Message):
        """A row was clicked twice."""

    class RowsNeeded(Message):
        """Rows are missing near the visible ones."""

        def __init__(self, start: int, stop: int) -> None:
            super().__init__()
            self.first, self.end = start, stop

    class SortRequested(Message):
        """The heading of a column was clicked."""

        def __init__(self, field: str) -> None:
            super().__init__()
            self.field = field

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.contents = Contents("papers", [])
        self.cursor = 0
        self.marks: Mapping[int, str] = {}
        self.sorted_by = ""
        """The field by which the list is sorted, with a minus for descending order; empty for the relevance."""
        self._rows: dict[int, Row] = {}
        self._columns: list[tuple[str, Column, int]] = []
        self._requested = (0, 0)

    # Content

    def show(self, contents: Contents, cursor: int) -> None:
        """Show other contents, with the cursor on a row."""
        self.contents = contents
        self._rows = dict(enumerate(contents.rows))
        self._requested = (0, 0)
        self._fit_columns()
        self.virtual_size = Size(self.size.width, len(contents.ids) + 1)
        self.cursor = -1
        self.move_to(cursor)
        self.refresh()

    def extend(self, contents: Contents) -> None:
        """Replace the first rows of a list by the complete list, which begins with the same rows."""
        self.contents = contents
        self._rows |= dict(enumerate(contents.rows))
        self.virtual_size = Size(self.size.width, len(contents.ids) + 1)
        self._request_rows()
        self.refresh()

    def add_rows(self, start: int, rows: Sequence[Row]) -> None:
        """Store rows that were asked for; `start` is the number of the first one."""
        if len(self._rows) > _MOST_HELD:
            self._rows.clear()
        self._rows |= dict(enumerate(rows, start))
        self.refresh()

    @property
    def row(self) -> Row | None:
        """The row under the cursor; None if the list is empty or if the row has not been read yet."""
        return self._rows.get(self.cursor)

    @property
    def row_id(self) -> int | None:
        """The id of the paper under the cursor, or the number of the person; None if the list is empty."""
        return self.contents.ids[self.cursor] if 0 <= self.cursor < len(self.contents.ids) else None

    # Cursor

    def move_to(self, number: int) -> None:
        """Put the cursor on a row, and scroll until the row is visible."""
        before, last = self.cursor, len(self.contents.ids) - 1
        self.cursor = max(0, min(number, last))
        height, top = max(1, self.size.height - 1), round(self.scroll_y)
        if not top <= self.cursor < top + height:
            near = self.cursor if self.cursor < top else self.cursor - height + 1
            is_far = abs(self.cursor - before) > height
            top = max(0, self.cursor - height // 2) if is_far else near
            self.scroll_to(y=top, animate=False, force=True)
        self._request_rows(top)
        if self.cursor != before:
            for number in (before, self.cursor):
                self.refresh_line(number + 1)  # below the heading
            self.post_message(self.Moved())

    def move(self, rows: int) -> None:
        """Move the cursor down by a number of rows; up if the number is negative."""
        self.move_to(self.cursor + rows)

    @property
    def page_height(self) -> int:
        """The number of rows on the screen."""
        return max(1, self.size.height - 1)

    def _request_rows(self, top: int | None = None) -> None:
        """Ask for the rows that are missing near the visible rows, unless they were asked for already."""
        top = round(self.scroll_y) if top is None else top
        start, stop = max(0, top - _MARGIN), min(len(self.contents.ids), top + self.page_height + _MARGIN)
        missing = [number for number in range(start, stop) if number not in self._rows]
        first, last = self._requested
        if missing and not first <= missing[0] <= missing[-1] < last:
            self._requested = (max(0, missing[0] - _WINDOW), min(len(self.contents.ids), missing[-1] + _WINDOW))
            self.post_message(self.RowsNeeded(*self._requested))

    # Events

    def on_resize(self) -> None:
        """Choose the columns for the new width, and keep the cursor visible."""
        self._fit_columns()
        self.virtual_size = Size(self.size.width, len(self.contents.ids) + 1)
        self.move_to(self.cursor)
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for rows that scrolling makes visible, and keep the cursor on the screen."""
        super().watch_scroll_y(old_value, new_value)
        self.refresh()
        self._request_rows()

    def on_click(self, event: events.Click) -> None:
        """Sort by a heading, or put the cursor on a row; open the row if it was clicked twice."""
        if event.y == 0:
            if field := self._field_at(event.x):
                self.post_message(self.SortRequested(field))
            return
        number = round(self.scroll_y) + event.y - 1
        if number < len(self.contents.ids):
            self.move_to(number)
            if event.chain == 2:
                self.post_message(self.Opened())

    def _field_at(self, x: int) -> str | None:
        left = _SIGNS
        for field, _, width in self._columns:
            if left <= x < left + width:
                return field
            left += width + GAP
        return None

    # Drawing

    def _fit_columns(self) -> None:
        """Choose the columns that fit the width, and their widths, from the rows that are held."""
        rows = [self._rows[number] for number in sorted(self._rows)[:_WINDOW]]
        kind = self.contents.kind
        fields: Sequence[str] = _FIELDS.get(kind, ())
        if kind == "papers":
            listed = default_columns(Answer(kind, (), (), optional=self.contents.optional))
            fields = [field for field in listed if field not in _NOT_LISTED]
        answer: Answer[Row] = Answer(kind, PAPER_FIELDS if kind == "papers" else tuple(fields), ())
        shapes = columns(answer, fields)
        texts = [cells.column_texts(answer, rows, field) for field in fields]
        width = max(1, self.size.width - _SIGNS - self.styles.scrollbar_size_vertical)
        grid = Grid(shapes, list(zip(*texts, strict=True)))
        self._columns = [(fields[at], shapes[at], size) for at, size in grid.fit(width).items()]

    def render_line(self, y: int) -> Strip:
        """Return the heading line for 0, and a row for each other line."""
        width = self.size.width
        if y == 0:
            return self._heading().adjust_cell_length(width, self._style("heading"))
        number = round(self.scroll_y) + y - 1
        if number >= len(self.contents.ids):
            return Strip.blank(width, self._style("plain"))
        return self._row_strip(number).adjust_cell_length(width, self._style_of(number))

    def _style(self, part: str) -> Style:
        return self.get_component_rich_style(f"paper-list--{part}")

    def _style_of(self, number: int) -> Style:
        if number == self.cursor:
            return self._style("cursor")
        return self._style("marked" if self._is_marked(number) else "plain")

    def _is_marked(self, number: int) -> bool:
        return self.contents.kind != "people" and self.contents.ids[number] in self.marks

    def _heading(self) -> Strip:
        style = self._style("heading")
        segments = [Segment(" " * _SIGNS, style)]
        for field, shape, width in self._columns:
            arrow = {field: " ▲", f"-{field}": " ▼"}.get(self.sorted_by, "")
            text = (
                f"{_cut(shape.header, width - len(arrow))}{arrow}" if width > len(arrow) else _cut(shape.header, width)
            )
            segments.append(Segment(_padded(text, width, shape.justify) + " " * GAP, style))
        return Strip(segments)

    def _row_strip(self, number: int) -> Strip:
        base, row = self._style_of(number), self._rows.get(number)
        cursor = "›" if number == self.cursor else " "
        segments = [Segment(cursor + ("●" if self._is_marked(number) else " "), base)]
        if row is None:
            return Strip([*segments, Segment("…", base)])
        answer: Answer[Row] = Answer(self.contents.kind, (), ())
        for field, shape, width in self._columns:
            text = _padded(_cut(cells.display_text(answer, row, field), width), width, shape.justify)
            style = base if number == self.cursor or not shape.style else base + Style.parse(shape.style)
            segments += [Segment(text, style), Segment(" " * GAP, base)]
        return Strip(segments)


def _cut(text: str, width: int) -> str:
    """Return a text that is at most `width` cells wide, with an ellipsis if it is cut."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…"


def _padded(text: str, width: int, justify: str) -> str:
    blanks = " " * max(0, width - cell_len(text))
    return blanks + text if justify == "right" else text + blanks
