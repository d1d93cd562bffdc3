"""Return the table of formats as an answer."""

from typing import TYPE_CHECKING

from pubcli.answer.answer import Answer
from pubcli.formats import FORMATS

if TYPE_CHECKING:
    from pubcli.answer.rows import FormatRow

_FIELDS = ("format", "about", "suffixes", "media_type", "shows", "options", "read", "written", "checked")


def listing() -> "Answer[FormatRow]":
    """Return a row for each format, in the order of the registry."""
    rows: list[FormatRow] = [
        {
            "format": name,
            "about": format.about,
            "suffixes": list(format.suffixes),
            "media_type": format.media_type,
            "shows": format.shows,
            "options": [f"--{option}" for option in format.options],
            "read": format.reader is not None,
            "written": format.writer is not None,
            "checked": format.is_checked,
        }
        for name, format in FORMATS.items()
    ]
    return Answer("formats", _FIELDS, rows)
