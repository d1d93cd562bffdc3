"""Show numbers as bars made of characters."""

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL, _ASCII = "█", "#"


def bar(value: float, maximum: float, *, width: int, utf8: bool = True) -> str:
    """Return a bar for a number; the bar for `maximum` is `width` cells of the terminal long.

    The length is rounded to eighths of a cell, or to whole cells in ASCII. A positive value always gets a visible bar.
    If the value or the maximum is not positive, the bar is empty.
    """
    if value <= 0 or maximum <= 0:
        return ""
    steps = 8 if utf8 else 1
    cells, rest = divmod(max(1, round(min(value / maximum, 1) * width * steps)), steps)
    if not utf8:
        return _ASCII * cells
    return _FULL * cells + (_EIGHTHS[rest] if rest else "")
