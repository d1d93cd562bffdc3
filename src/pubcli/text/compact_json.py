"""Write values as JSON on one line, for the database and for files."""

from functools import cache

from pubcli.lazy import json
from pubcli.text.normalize import escaped


def compact(value: object) -> str:
    """Return a value as JSON on one line, without blanks after commas and colons, and safe to print on a terminal."""
    return escaped(_encoder().encode(value))


@cache
def _encoder() -> "json.JSONEncoder":
    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
