"""Return the tables of formats and of sites as answers."""

from typing import TYPE_CHECKING

from pubcli.answer.answer import Answer, Row
from pubcli.formats import FORMATS
from pubcli.sites import SITES, Site

if TYPE_CHECKING:
    from pubcli.answer.rows import FormatRow

_FIELDS = ("format", "about", "suffixes", "media_type", "shows", "options", "read", "written", "checked", "remedy")


def listing() -> "Answer[FormatRow]":
    """Return a row for each format, in the order of the registry, and for each site whose pages are refused."""
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
            "remedy": None,
        }
        for name, format in FORMATS.items()
    ]
    rows += [_refused(name, site) for name, site in SITES.items() if name not in FORMATS]
    return Answer("formats", _FIELDS, rows)


def _refused(name: str, site: Site) -> "FormatRow":
    """Return the row of a site whose pages are recognised and refused, with what to do instead."""
    return {
        "format": name,
        "about": f"{site.about}: recognised, but not read",
        "suffixes": [],
        "media_type": "text/plain",
        "shows": "fields",
        "options": [],
        "read": False,
        "written": False,
        "checked": False,
        "remedy": site.remedy,
    }


_COPY = "select the whole page in the browser, copy it, and paste it into a file (or read it with -p @clipboard)"


def sites() -> Answer[Row]:
    """Return a row for each site whose pages are recognised: whether they are read, and how to get them or others."""
    rows: list[Row] = [
        {"site": name, "about": site.about, "read": name in FORMATS, "advice": site.remedy or _COPY}
        for name, site in SITES.items()
    ]
    return Answer("rows", ("site", "about", "read", "advice"), rows)
