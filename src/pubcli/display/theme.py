"""The colours and other styles of everything that pubcli draws, in Rich's notation.

Only the eight standard colours of a terminal are used, so that the user's own palette applies.
"""

HEADER = "bold"
RULE = "dim"
NOTE = "dim"
"""The sentences below a table."""
MATCH = "bold red"
"""Words of the query."""
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
ORIGIN = "dim"
"""The source and the date of a profile."""
