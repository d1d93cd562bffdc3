"""Cells that no spreadsheet takes for a formula."""

import re

_FORMULA = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20]")
"""How a cell begins that a spreadsheet takes for a formula; full-width signs count where they are usual."""


def guarded(text: str) -> str:
    """The text of a cell that no spreadsheet takes for a formula: an apostrophe makes it text.

    One that begins with an apostrophe before a formula has two, so that it can be told apart.
    """
    return f"'{text}" if _FORMULA.match(text.lstrip("'")) else text
