"""Protect cells that a spreadsheet would read as formulas."""

from __future__ import annotations

from pubcli.lazy import pattern

_FORMULA = pattern("[=+\\-@\uff1d\uff0b\uff0d\uff20]")
"""First characters of a formula. Some spreadsheets also accept full-width signs."""


def guarded(text: str) -> str:
    """Return the text of a cell. Add an apostrophe before it if a spreadsheet would read it as a formula (`=1+1`).

    A text that consists of an apostrophe and a formula, such as `'=1+1`, also gets an apostrophe before it. So a reader
    can tell an apostrophe that was added from an apostrophe that belongs to the text.
    """
    return f"'{text}" if _FORMULA.match(text.lstrip("'")) else text
