"""Numbers as bars of characters."""

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL, _ASCII = "█", "#"


def bar(value: float, maximum: float, *, width: int, utf8: bool = True) -> str:
    """Return a bar that is `width` cells long for `maximum`, in steps of an eighth of a cell, or of a cell in ASCII.

    The bar of a positive value has at least one step. If the value or the maximum is not positive, the bar is empty.
    """
    if value <= 0 or maximum <= 0:
        return ""
    steps = 8 if utf8 else 1
    cells, rest = divmod(max(1, round(min(value / maximum, 1) * width * steps)), steps)
    if not utf8:
        return _ASCII * cells
    return _FULL * cells + (_EIGHTHS[rest] if rest else "")
