"""Read the size of a picture that the user wants."""

import re

from pubcli.errors import UsageError

DOTS = 200
"""Number of pixels per inch in a PNG file."""
_SIZE = re.compile(r"(\d{1,5}(?:\.\d{1,3})?)\s*[x×*]\s*(\d{1,5}(?:\.\d{1,3})?)\s*(in|cm|px)?")
_PER_INCH = {"in": 1.0, "cm": 2.54, "px": float(DOTS)}
_LEAST, _MOST = 2, 50
"""Minimum and maximum width and height of a picture in inches."""


def size_of(text: str) -> tuple[float, float]:
    """Return the width and the height in inches of a size such as `7x4.2`, `16x9cm` or `1400x840px`.

    Raises UsageError if the text is not a size, or if a side is too short or too long.
    """
    match = _SIZE.fullmatch(text.strip().lower())
    if match is None:
        raise UsageError(
            f"--size: {text!r} is not a size; write WIDTHxHEIGHT, in inches unless a unit follows: 7x4, 16x9cm or "
            "1400x800px"
        )
    width, height = (float(number) / _PER_INCH[match[3] or "in"] for number in match.groups()[:2])
    if not _LEAST <= min(width, height) <= max(width, height) <= _MOST:
        unit = "" if match[3] else "; without a unit, the numbers are inches"
        raise UsageError(
            f"--size: width and height must be from {_LEAST} to {_MOST} inches{unit}, as in 7x4 or 1400x800px"
        )
    return width, height
