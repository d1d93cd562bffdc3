"""Write values as literals of SQL, which DuckDB reads and sqlglot translates for other engines."""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

AFTER_ALL = chr(0x10FFFF)
"""A character that sorts after all others."""


def text(value: str) -> str:
    """Return a text as a literal. A text cannot contain NUL in SQL; a space stands for it, which no word contains."""
    return "'" + value.replace("'", "''").replace("\x00", " ") + "'"


def texts(values: Iterable[str]) -> str:
    """Return texts as literals, separated by commas."""
    return ", ".join(map(text, values))


def number(value: float) -> str:
    """Return a number as a literal with an exponent.

    Every engine reads it as DOUBLE. Spark reads 1.2 as DECIMAL, and then computes scores with too few digits.
    """
    digits = repr(float(value))
    return digits if "e" in digits else f"{digits}e0"


def integers(values: Iterable[int]) -> str:
    """Return integers as literals, separated by commas; NULL if there are none, so that IN accepts the list."""
    return ", ".join(map(str, values)) or "NULL"
