"""The colours and other styles of everything that pubcli draws, in Rich's notation.

Only the eight standard colours of a terminal are used, so that the user's own palette applies.
"""

_NUMBERS = {
    "bold": 1, "dim": 2, "underline": 4, "strike": 9,
    "black": 30, "red": 31, "green": 32, "yellow": 33, "blue": 34, "magenta": 35, "cyan": 36, "white": 37,
}  # fmt: skip
"""The number of each word of a style in an escape code: Select Graphic Rendition in ECMA-48."""


def escape_code(style: str) -> str:
    """Return the escape code that begins a style."""
    return f"\x1b[{';'.join(map(str, sorted(_NUMBERS[word] for word in style.split())))}m"


HEADER = "bold"
RULE = "dim"
NOTE = "dim"
"""The sentences below a table."""
MATCH = "bold red"
"""Words of the query."""
NEW = "green"
"""A new paper in a list of differences."""
GONE = "red"
ADDED = "green"
REMOVED = "red strike"

KEY = "cyan"
DATE = "green"
CATEGORY = "magenta"
KIND = "yellow"
"""A word that distinguishes rows, such as the kind of a change."""
DETAIL = "dim"
"""Values that few people read, such as positions."""
CHART = "cyan"
"""Bars and sparklines."""

CARD_TITLE = "bold"
LABEL = "dim"
"""The name of a field on a card."""
LINK = "underline"
ORIGIN = "dim"
"""The source and the date of a profile."""
