"""What the bibliographic formats share: ids that occur once, and what must not get lost on the way out."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from pubcli.answer.answer import Row
from pubcli.answer.values import partial_date
from pubcli.biblio import citation_keys
from pubcli.formats.shared.crosswalk import SERIAL_NUMBERS, translated_extra
from pubcli.formats.shared.kinds import Form

CUT = "The author list is incomplete"
ASSUMED = "The year is assumed"
GUESSED = "Where the title ends is a guess"

CAPITALS = "capitals"
"""The name in `extra` of those words of a title that stand in braces in a file of BibTeX and are no abbreviations.

No other format makes capitals small.
"""

_RANGE = re.compile(r"(\w+)\s*(?:-{1,3}|[–—])\s*(\w+)")


def with_unique_keys(rows: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    """Each paper with an id: its key, and where several papers share one, with a letter appended.

    To BibTeX keys that differ in capitals alone are one. All that is kept of a paper that went by is its key.
    """
    taken: set[str] = set()
    for row in rows:
        key = str(row["key"])
        if key.lower() in taken:
            key = next(citation_keys.disambiguated(key, lambda candidate: candidate.lower() in taken))
        taken.add(key.lower())
        yield key, row


def date_parts(row: Row) -> list[str]:
    """Year, month and day as far as they are known, with their leading zeros; empty without a date."""
    return partial_date(row).split("-") if row["date"] else []


def doubts(row: Row, *, cut: bool) -> list[str]:
    """Sentences on what is not certain; `cut` says whether the author list has no other place to say so."""
    found = [ASSUMED] if row["date_assumed"] else []
    if row["title_guessed"]:
        found.append(GUESSED)
    if cut and not row["authors_complete"]:
        found.append(CUT)
    return found


def subtitle(row: Row) -> str:
    """The subtitle that a source told apart, as the end of the title; empty when there is none."""
    said: Any = row["extra"]
    found: str = next((value for name, value in said.items() if name.lower() == "subtitle"), "")
    return found if found != row["title"] and str(row["title"]).endswith(f" {found}") else ""


def keywords(row: Row) -> list[str]:
    """The page's category code, then the keywords."""
    given = list_of(row, "keywords")
    return [str(row["category"]), *given] if row["category"] and row["category"] not in given else given


def list_of(row: Row, field: str) -> list[Any]:
    """A field that holds a list."""
    value: Any = row[field]
    return list(value)


def first_and_last_page(pages: str) -> list[str]:
    """`1--12` as 1 and 12; what is no range stays whole."""
    match = _RANGE.fullmatch(pages.strip())
    return [match[1], match[2]] if match else [pages]


def split_extra(
    row: Row, form: Form, fits: "re.Pattern[str]", taken: Set[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """What a source said beyond the fields of a paper: what a format can hold, under its names, and the rest.

    What the source calls as the format does comes first, so that it keeps its name.
    """
    held: dict[str, str] = {}
    said: dict[str, str] = {}
    for name, called, value in sorted(translated_extra(row, form), key=lambda one: one[0] != one[1]):
        if (name.lower() == "subtitle" and subtitle(row)) or (name == CAPITALS and form != "csl"):
            continue
        free = [one for one in (called, name) if fits.fullmatch(one) and one not in taken and one not in held]
        if called in SERIAL_NUMBERS and called in held:
            held[called] += f"; {value}"
        elif free:
            held[free[0]] = value
        else:
            said[name] = f"{said[name]}; {value}" if name in said else value
    return held, said


def sentences(said: Mapping[str, str]) -> list[str]:
    """What a format has no name for, to stand in a note."""
    return [f"{name}: {value}" for name, value in said.items()]
