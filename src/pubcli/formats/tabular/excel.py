"""Protect cells that a spreadsheet would read as formulas."""

import re

_FORMULA = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20]")
"""First characters of a formula. Some spreadsheets also accept full-width signs."""


def guarded(text: str) -> str:
    """Return the text of a cell. If a spreadsheet would read the text as a formula, add an apostrophe before it.

    If the text is already a formula after an apostrophe, add another apostrophe, so that a reader can restore the text.
    """
    return f"'{text}" if _FORMULA.match(text.lstrip("'")) else text
