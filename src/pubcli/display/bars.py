"""Numbers as bars of characters."""

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL, _ASCII = "█", "#"


def bar(value: float, maximum: float, *, width: int, utf8: bool = True) -> str:
    """Return a bar that is `width` cells long for `maximum`: in eighths of a cell, or in whole cells of ASCII.

    The smallest bar of a positive value is one step long. Zero, and any value of a maximum of zero, has no bar.
    """
    if value <= 0 or maximum <= 0:
        return ""
    steps = 8 if utf8 else 1
    cells, rest = divmod(max(1, round(min(value / maximum, 1) * width * steps)), steps)
    if not utf8:
        return _ASCII * cells
    return _FULL * cells + (_EIGHTHS[rest] if rest else "")
