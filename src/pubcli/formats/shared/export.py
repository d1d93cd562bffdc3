"""Convert values of papers for the writers of bibliographic formats, and compose the sentences in notes.

`notes.parse_note` reads back the sentences that pubcli writes into notes.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from typing import Any

from pubcli.answer.answer import Row
from pubcli.answer.values import partial_date
from pubcli.biblio import citation_keys
from pubcli.formats.shared.crosswalk import SERIAL_NUMBERS, translated_extra
from pubcli.formats.shared.extra_dates import written_names
from pubcli.formats.shared.kinds import PaperFormat

CUT = "The author list is incomplete"
ASSUMED = "The year is assumed"
GUESSED = "Where the title ends is a guess"

CAPITALS = "capitals"
"""The name in `extra` for words of the title. A BibTeX file had braces around these words to keep their capitals.

Words that the BibTeX writer always puts into braces, such as abbreviations, are left out. RIS does not need the words,
because only BibTeX changes capitals in titles to lower case.
"""

_RANGE = re.compile(r"(\w+)\s*(?:-{1,3}|[–—])\s*(\w+)")


def with_unique_keys(
    rows: Iterable[Row],
    clean: Callable[[str], str] = str,
    fold: Callable[[str], str] = str,
    report: Callable[[str], object] = str,
) -> Iterator[tuple[str, Row]]:
    """Yield a citation key and the paper, for each paper. If an earlier paper has the same key, append a letter to it.

    `clean` removes the characters that the format does not allow in keys. Keys count as equal if `fold` returns the
    same for both: for BibTeX, keys that differ only in case. `report` is called with a sentence about each key that is
    not written as it is. Only the keys of earlier papers are kept in memory.
    """
    used: set[str] = set()
    for row in rows:
        key = clean(str(row["key"])) or "paper"
        if fold(key) in used:
            key = citation_keys.first_free(key, lambda candidate: fold(candidate) in used)
        used.add(fold(key))
        if key != row["key"]:
            report(f"the key {row['key']} is written as {key}")
        yield key, row


def date_parts(row: Row) -> list[str]:
    """Return year, month and day as far as they are known, with leading zeros; an empty list if there is no date."""
    return partial_date(row).split("-") if row["date"] else []


def doubts(row: Row, *, cut: bool) -> list[str]:
    """Return a sentence for each uncertain fact about a paper: an assumed year, a guessed title.

    If `cut` is true, an incomplete author list counts as an uncertain fact too. Formats that can mark the list itself,
    as BibTeX does by `and others`, do not need a sentence about it.
    """
    sentences = [ASSUMED] if row["date_assumed"] else []
    if row["title_guessed"]:
        sentences.append(GUESSED)
    if cut and not row["authors_complete"]:
        sentences.append(CUT)
    return sentences


def subtitle(row: Row) -> str:
    """Return the subtitle if the source states it separately and the title still ends with it; else an empty text."""
    values: Any = row["extra"]
    text: str = next((value for name, value in values.items() if name.lower() == "subtitle"), "")
    return text if text != row["title"] and str(row["title"]).endswith(f" {text}") else ""


def keywords(row: Row) -> list[str]:
    """Return the keywords of a paper, for formats that have no field for the category.

    The category of the paper comes first, unless it is already one of the keywords.
    """
    words = list_of(row, "keywords")
    return [str(row["category"]), *words] if row["category"] and row["category"] not in words else words


def list_of(row: Row, field: str) -> list[Any]:
    """Return the value that `row` has in `field`, as a list. The field must hold a list, such as `authors`."""
    value: Any = row[field]
    return list(value)


def first_and_last_page(pages: str) -> list[str]:
    """Return the two ends of a range of pages: 1 and 12 for `1--12`. Return any other text as the only item."""
    match = _RANGE.fullmatch(pages.strip())
    return [match[1], match[2]] if match else [pages]


def split_extra(
    row: Row, form: PaperFormat, valid_name: "re.Pattern[str]", used: Set[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Split `extra` into two dictionaries: the fields that a format can hold, and all other fields.

    The first dictionary has the names of the format. `valid_name` matches the names that the format allows. `used` are
    the names that the writer already uses for fields of the paper.
    """
    fields: dict[str, str] = {}
    rest: dict[str, str] = {}
    dates = written_names(row, form)
    # Fields that have the same name in the source and in the format come first, so that they keep this name.
    for name, translated, value in sorted(translated_extra(row, form), key=lambda names: names[0] != names[1]):
        is_capitals = name == CAPITALS and form != "csl-json"
        if name in dates or is_capitals or (name.lower() == "subtitle" and subtitle(row)):
            continue
        free = [
            candidate
            for candidate in (translated, name)
            if valid_name.fullmatch(candidate) and candidate not in used and candidate not in fields
        ]
        if translated in SERIAL_NUMBERS and translated in fields:
            fields[translated] += f"; {value}"
        elif free:
            fields[free[0]] = value
        else:
            rest[name] = f"{rest[name]}; {value}" if name in rest else value
    return fields, rest


def sentences(rest: Mapping[str, str]) -> list[str]:
    """Return the text `name: value` for each field in `rest`, the fields for which a format has no place.

    Writers put these texts into a note.
    """
    return [f"{name}: {value}" for name, value in rest.items()]
