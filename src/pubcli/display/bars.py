"""A number as a bar of text."""

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL, _ASCII = "█", "#"


def bar(value: float, most: float, *, width: int, utf8: bool = True) -> str:
    """As many cells of `width` as the value is of `most`, in eighths of a cell, or in whole ones of ASCII.

    What is more than nothing is never invisible. Nothing, also of nothing, is an empty string.
    """
    if value <= 0 or most <= 0:
        return ""
    steps = 8 if utf8 else 1
    cells, rest = divmod(max(1, round(min(value / most, 1) * width * steps)), steps)
    if not utf8:
        return _ASCII * cells
    return _FULL * cells + (_EIGHTHS[rest] if rest else "")
