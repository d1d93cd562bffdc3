"""Show the trend of numbers as one line of characters."""

from collections.abc import Sequence

_BLOCKS = "▁▂▃▄▅▆▇█"
_ASCII = "_.:-=+*#"
"""The same eight levels for a terminal without block characters."""


def sparkline(values: Sequence[float | None], *, width: int | None = None, utf8: bool = True) -> str:
    """Return one character for each value, scaled from the lowest to the highest; a blank for None.

    If all values are equal, each has the lowest character. If there are more than `width` values, `width` of them are
    shown, at even distances, including the first and the last.
    """
    levels = _BLOCKS if utf8 else _ASCII
    numbers = [value for value in values if value is not None]
    lowest, span = (min(numbers), max(numbers) - min(numbers)) if numbers else (0, 0)
    sample = values if width is None or len(values) <= width else _thinned(values, max(width, 1))
    top = len(levels) - 1
    return "".join(
        " " if value is None else levels[int((2 * top * (value - lowest) + span) // (2 * span)) if span else 0]
        for value in sample
    )


def in_ascii(line: str) -> str:
    """Return a sparkline in ASCII, for a terminal without block characters. `·`, which means zero, becomes a blank."""
    return line.translate(_IN_ASCII)


_IN_ASCII = str.maketrans(_BLOCKS + "·", _ASCII + " ")


def _thinned(values: Sequence[float | None], width: int) -> list[float | None]:
    last = len(values) - 1
    return [values[index * last // (width - 1) if width > 1 else last] for index in range(width)]
