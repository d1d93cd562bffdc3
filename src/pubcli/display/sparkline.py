"""The course of a number in one line of text."""

from collections.abc import Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"
_ASCII = "_.:-=+*#"
"""The same eight levels for a terminal that has no blocks."""


def sparkline(values: Sequence[float | None], *, width: int | None = None, utf8: bool = True) -> str:
    """One character a value, from the lowest to the highest of them; a blank where there is none.

    A number that never changes stays low. Of more values than `width`, as many are shown at even distances, the
    first and the last among them.
    """
    levels = _BLOCKS if utf8 else _ASCII
    known = [value for value in values if value is not None]
    lowest, span = (min(known), max(known) - min(known)) if known else (0, 0)
    shown = values if width is None or len(values) <= width else _thinned(values, max(width, 1))
    top = len(levels) - 1
    return "".join(
        " " if value is None else levels[int((2 * top * (value - lowest) + span) // (2 * span)) if span else 0]
        for value in shown
    )


def in_ascii(line: str) -> str:
    """A sparkline with dots where there is nothing, for a terminal that has neither blocks nor such dots."""
    return line.translate(_IN_ASCII)


_IN_ASCII = str.maketrans(_BLOCKS + "·", _ASCII + " ")


def _thinned(values: Sequence[float | None], width: int) -> list[float | None]:
    last = len(values) - 1
    return [values[index * last // (width - 1) if width > 1 else last] for index in range(width)]
