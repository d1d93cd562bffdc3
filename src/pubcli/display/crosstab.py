"""Show pairs of values as a cross-tabulation: one dimension in rows, another in columns, with totals of both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pubcli.answer.answer import Answer, Row
from pubcli.answer.marks import explanations
from pubcli.display.cells import display_text
from pubcli.display.columns import Column, column
from pubcli.lazy import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from typing import Any

    from pubcli.answer.rows import CountRow

ALL, OTHERS = "all", "others"
_GAP = 2
"""Blanks between two columns."""


class Crosstab(NamedTuple):
    """A cross-tabulation: its columns, a line of texts for each row, and the sentences below the table."""

    columns: list[Column]
    lines: Iterator[list[str]]
    notes: list[str]


def crosstab(
    answer: Answer[Row], rows: Sequence[Row], *, width: int | None = None, most: int | None = None, zero: str = "0"
) -> Crosstab:
    """Return the pairs of values in an answer as a cross-tabulation, at most `width` cells of the terminal wide.

    At most `most` columns are shown, and one more column sums up the others. None means no limit. `zero` is the text
    for a pair without papers. Raises ValueError if the answer has no pairs.
    """
    if answer.crossing is None:
        raise ValueError("a cross-tabulation needs pairs of values")
    down, across = answer.by
    crossing = answer.crossing
    pairs = cast("Sequence[CountRow]", rows)  # an answer with a crossing has only rows of this kind
    counts = {(_key(row, down), _key(row, across)): row["papers"] for row in pairs}
    labels = [display_text(answer, row, across) for row in crossing.columns]
    visible_columns, summed_columns = _split_columns(answer, labels, width, most)
    totals = [row["papers"] for row in crossing.columns]
    keys = [_key(row, across) for row in crossing.columns]

    def line(label: str, values: Sequence[int], total: int) -> list[str]:
        numbers = [values[i] for i in visible_columns]
        if summed_columns:
            numbers.append(sum(values[i] for i in summed_columns))
        return [label, *(str(number) if number else zero for number in numbers), str(total)]

    def lines() -> Iterator[list[str]]:
        for row in crossing.rows:
            values = [counts.get((_key(row, down), key), 0) for key in keys]
            yield line(display_text(answer, row, down), values, row["papers"])
        yield line(ALL, totals, crossing.papers)

    headings = [*(labels[i] for i in visible_columns), *([OTHERS] if summed_columns else []), ALL]
    notes = [*explanations(crossing.rows, [down]), *explanations(crossing.columns, [across])]
    if summed_columns:
        notes.append(f"others: {_listed([labels[i] for i in summed_columns])}")
    columns = [column(down)._replace(priority=0), *(Column(heading, justify="right") for heading in headings)]
    return Crosstab(columns, lines(), list(dict.fromkeys(notes)))


def _key(row: Row, dimension: str) -> tuple[Any, Any]:
    return row[dimension], row.get(f"{dimension}_cut")


def _split_columns(
    answer: Answer[Row], labels: Sequence[str], width: int | None, most: int | None
) -> tuple[list[int], list[int]]:
    """Return the indexes of as many columns as fit, and the indexes of the other columns, which are summed up."""
    measure: Callable[[str], int] = len
    if width is not None:
        from rich.cells import cell_len as measure

    assert answer.crossing is not None  # noqa: S101 - the caller has checked
    crossing, down = answer.crossing, answer.by[0]
    totals = [str(row["papers"]) for row in crossing.columns]
    sizes = [_GAP + max(map(measure, texts)) for texts in zip(labels, totals, strict=True)]
    digits = len(str(crossing.papers))
    row_labels = [ALL, column(down).header, *(display_text(answer, row, down) for row in crossing.rows)]
    room = None if width is None else width - max(map(measure, row_labels)) - _GAP - max(digits, len(ALL))
    if (room is None or sum(sizes) <= room) and (most is None or len(sizes) <= most):
        return list(range(len(labels))), []
    order = list(range(len(labels)))[:: -1 if crossing.newest_last else 1]
    left = None if room is None else room - _GAP - max(len(OTHERS), digits)
    visible_columns: list[int] = []
    for i in order:
        left = None if left is None else left - sizes[i]
        if (left is not None and left < 0) or (most is not None and len(visible_columns) == most):
            break
        visible_columns.append(i)
    return sorted(visible_columns), sorted(set(order) - set(visible_columns))


_MOST_NAMES = 8
"""Maximum number of labels in the note on the columns that are summed up."""


def _listed(labels: Sequence[str]) -> str:
    more = len(labels) - _MOST_NAMES
    return ", ".join(labels) if more <= 1 else f"{', '.join(labels[:_MOST_NAMES])} and {more} more"
