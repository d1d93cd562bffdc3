"""Pairs as a cross-tabulation: the values of one dimension down, those of another across, totals on either side."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pubcli.answer.answer import Answer, Row
from pubcli.answer.marks import explanations
from pubcli.display.cells import display_text
from pubcli.display.columns import Column, column

if TYPE_CHECKING:
    from pubcli.answer.rows import CountRow

ALL, OTHERS = "all", "others"
_GAP = 2
"""Blanks between two columns."""


class Crosstab(NamedTuple):
    """What is to be drawn: a line of texts for each row, and what stands below."""

    heads: list[Column]
    lines: Iterator[list[str]]
    notes: list[str]


def crosstab(
    answer: Answer[Row], rows: Sequence[Row], *, width: int | None = None, most: int | None = None, zero: str = "0"
) -> Crosstab:
    """Return the rows of a crossed answer as a cross-tabulation of at most `most` columns, `width` cells wide at most.

    None sets no limit. One column holds the sum of those that do not fit. Raises ValueError when the answer is not
    crossed.
    """
    if answer.crossing is None:
        raise ValueError("pairs only")
    down, across = answer.by
    crossing = answer.crossing
    pairs = cast("Sequence[CountRow]", rows)  # the rows of every crossed answer
    counts = {(_key(row, down), _key(row, across)): row["papers"] for row in pairs}
    heads = [display_text(answer, row, across) for row in crossing.columns]
    shown, rest = _shown(answer, heads, width, most)
    bottom = [row["papers"] for row in crossing.columns]
    columns = [_key(row, across) for row in crossing.columns]

    def line(head: str, values: Sequence[int], total: int) -> list[str]:
        others = [sum(values[i] for i in rest)] if rest else []
        return [head, *(str(value) if value else zero for value in (*(values[i] for i in shown), *others)), str(total)]

    def lines() -> Iterator[list[str]]:
        for row in crossing.rows:
            values = [counts.get((_key(row, down), key), 0) for key in columns]
            yield line(display_text(answer, row, down), values, row["papers"])
        yield line(ALL, bottom, crossing.papers)

    labels = [*(heads[i] for i in shown), *([OTHERS] if rest else []), ALL]
    notes = [*explanations(crossing.rows, [down]), *explanations(crossing.columns, [across])]
    if rest:
        notes.append(f"others: {_listed([heads[i] for i in rest])}")
    first = column(down)._replace(priority=0)
    return Crosstab([first, *(Column(label, justify="right") for label in labels)], lines(), list(dict.fromkeys(notes)))


def _key(row: Row, dimension: str) -> tuple[Any, Any]:
    return row[dimension], row.get(f"{dimension}_cut")


def _shown(
    answer: Answer[Row], heads: Sequence[str], width: int | None, most: int | None
) -> tuple[list[int], list[int]]:
    """Which columns are shown and which are summed up: all, or as many as there is room for."""
    assert answer.crossing is not None  # noqa: S101 - the caller has looked
    crossing, down = answer.crossing, answer.by[0]
    sizes = [_GAP + max(len(head), len(str(row["papers"]))) for head, row in zip(heads, crossing.columns, strict=True)]
    digits = len(str(crossing.papers))
    names = [ALL, column(down).header, *(display_text(answer, row, down) for row in crossing.rows)]
    room = None if width is None else width - max(map(len, names)) - _GAP - max(digits, len(ALL))
    if (room is None or sum(sizes) <= room) and (most is None or len(sizes) <= most):
        return list(range(len(heads))), []
    order = list(range(len(heads)))[:: -1 if crossing.newest_last else 1]
    left = None if room is None else room - _GAP - max(len(OTHERS), digits)
    kept: list[int] = []
    for i in order:
        left = None if left is None else left - sizes[i]
        if (left is not None and left < 0) or (most is not None and len(kept) == most):
            break
        kept.append(i)
    return sorted(kept), sorted(set(order) - set(kept))


_NAMED = 8
"""Columns that are named when they are summed up."""


def _listed(heads: Sequence[str]) -> str:
    more = len(heads) - _NAMED
    return ", ".join(heads) if more <= 1 else f"{', '.join(heads[:_NAMED])} and {more} more"
