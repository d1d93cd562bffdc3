"""Protect cells that a spreadsheet would read as formulas."""

import re

_FORMULA = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20]")
"""First characters of a formula; spreadsheets also accept full-width signs where these are common."""


def guarded(text: str) -> str:
    """Return the text of a cell with an apostrophe before anything that a spreadsheet would read as a formula.

    A text that already begins with an apostrophe before a formula gets a second one, so that it can be restored.
    """
    return f"'{text}" if _FORMULA.match(text.lstrip("'")) else text
