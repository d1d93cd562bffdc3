"""Write values as JSON on one line, for the database and for files."""

import json

from pubcli.text.normalize import escaped

_encode_compactly = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def compact(value: object) -> str:
    """Return a value as JSON on one line, without blanks after commas and colons, and safe to print on a terminal."""
    return escaped(_encode_compactly(value))
