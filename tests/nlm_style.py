"""Names, dates and beginnings of texts as PubMed writes them, made from what pubcli has read."""

from pubcli.biblio import names
from pubcli.model import Paper

_EXCERPT = 35
"""The largest number of characters of the excerpts in the expectations."""


def surname_first(name: str, *, with_initials: bool) -> str:
    """Return a name as FAU or AU have it: `O'Paperly, Max Jr` or `O'Paperly M Jr`; a group's name unchanged."""
    given_name, particle, family, suffix = names.parts(name)
    if not given_name:
        return name
    last = f"{particle} {family}".strip()
    if with_initials:
        words = given_name.split()
        initials = given_name if given_name.isupper() else "".join(word[0] for word in words)
        return " ".join(filter(None, (last, initials, suffix)))
    return f"{last}, {' '.join(filter(None, (given_name, suffix)))}"


def date_shown(paper: Paper) -> str:
    """Return the date in the words of the page: `2026 Jan 5`, `2024 May-Jun`."""
    if paper.date is None or "date" in paper.extra:
        return paper.extra.get("date", "")
    day = paper.date
    return {"year": f"{day:%Y}", "month": f"{day:%Y %b}", "day": f"{day:%Y %b} {day.day}"}[paper.date_precision]


def date_counted(paper: Paper) -> str:
    """Return the known part of a date; of a range or a season only the year, as the expectations do."""
    is_year = "date" in paper.extra or paper.date_precision == "year"
    return str(paper.date)[: 4 if is_year else 7 if paper.date_precision == "month" else 10]


def beginning(text: str | None) -> str | None:
    """Return the first whole words of a text."""
    words = (text or "").split()
    return max((" ".join(words[:count]) for count in range(len(words) + 1)), key=_length_of_excerpt) or None


def ending(text: str | None) -> str | None:
    """Return the last whole words of a text."""
    words = (text or "").split()
    return max((" ".join(words[count:]) for count in range(len(words) + 1)), key=_length_of_excerpt) or None


def _length_of_excerpt(text: str) -> int:
    return len(text) if len(text) <= _EXCERPT else -1
