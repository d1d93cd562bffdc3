"""JSON on one line, as it is stored in the database and written to files."""

import json

from pubcli.text.normalize import escaped

_encode_compactly = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def compact(value: object) -> str:
    """Return a value as JSON without blanks, in UTF-8, safe to print on a terminal."""
    return escaped(_encode_compactly(value))
