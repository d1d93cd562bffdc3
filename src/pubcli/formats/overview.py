"""The formats themselves, as an answer."""

from pubcli.answer.answer import Answer, Row
from pubcli.formats import FORMATS

_FIELDS = ("format", "about", "suffixes", "media_type", "shows", "options", "read", "written", "checked")


def listing() -> Answer:
    """A row for each format, in the order of the table that names them."""
    rows: list[Row] = [
        {
            "format": name,
            "about": format.about,
            "suffixes": list(format.suffixes),
            "media_type": format.media,
            "shows": format.shows,
            "options": [f"--{option}" for option in format.options],
            "read": format.reader is not None,
            "written": format.writer is not None,
            "checked": format.is_checked,
        }
        for name, format in FORMATS.items()
    ]
    return Answer(_FIELDS, ("format", "about", "read", "written", "suffixes", "options", "checked"), rows)
