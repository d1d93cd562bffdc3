"""What bibliographic formats call the same, beyond the fields of a paper: the one table of these names.

`extra` holds such a field under the name that its source has for it. A writer asks here for the name in its own format.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pubcli.answer.answer import Row
from pubcli.biblio import dates
from pubcli.formats.shared.kinds import SUBTYPE, TYPED, Form, implied_types, record_type
from pubcli.formats.shared.theses import DEGREE_NAMES, PRINTED_TYPES, has_type, type_implies_degree


class _Names(NamedTuple):
    """The names of a field; that of RIS is a tag, empty where it has none."""

    bibtex: str
    biblatex: str
    ris: str
    csl: str


SERIAL = "SN"
"""The tag of RIS for two numbers, of which a record may have both."""
_EDITOR = _Names("editor", "editor", "A2", "editor")
_ISBN = _Names("isbn", "isbn", SERIAL, "ISBN")
_ISSN = _Names("issn", "issn", SERIAL, "ISSN")
_PLACE = _Names("address", "location", "CY", "publisher-place")
_SERIES = _Names("series", "series", "T3", "collection-title")
_LANGUAGE = _Names("language", "language", "LA", "language")
_TYPE = _Names("type", "type", "M3", "genre")
_ABBREVIATION = _Names("shortjournal", "shortjournal", "J2", "container-title-short")
_NOTE = _Names("note", "note", "N1", "note")
_ACCESSED = _Names("urldate", "urldate", "Y2", "accessed")
_TABLE = (
    _EDITOR,
    _Names("translator", "translator", "A4", "translator"),
    _ISBN,
    _ISSN,
    _PLACE,
    _Names("edition", "edition", "ET", "edition"),
    _SERIES,
    _LANGUAGE,
    _TYPE,
    _ABBREVIATION,
    _Names("shorttitle", "shorttitle", "ST", "title-short"),
    _NOTE,
    _ACCESSED,
    _Names("pmid", "pmid", "", "PMID"),
    _Names("pmcid", "pmcid", "", "PMCID"),
    _Names("pagetotal", "pagetotal", "", "number-of-pages"),
)
_KNOWN = {
    name if name.isupper() and len(name) == 2 else name.lower(): names
    for names in _TABLE
    for name in filter(None, names)
}
_KNOWN |= {
    "ED": _EDITOR, "editors": _EDITOR, "book editors": _EDITOR, "place": _PLACE, "publisher city": _PLACE,
    "eissn": _ISSN, "issns": _ISSN, "isbns": _ISBN, "book series title": _SERIES,
    "language of original document": _LANGUAGE,
    "abbreviated source title": _ABBREVIATION, "abbrev_source_title": _ABBREVIATION,
    "journal abbreviation": _ABBREVIATION, "short title": _KNOWN["shorttitle"],
}  # fmt: skip
"""Other tags of RIS, and the columns of Zotero, Scopus, Web of Science, Lens and IEEE."""
_KNOWN_TO_WOS = {
    "SN": _ISSN, "EI": _ISSN, "BN": _ISBN, "BE": _EDITOR, "ED": _EDITOR, "SE": _SERIES, "LA": _LANGUAGE, "PI": _PLACE,
    "JI": _ABBREVIATION,
}  # fmt: skip
"""Tags of Web of Science, which mean other things in RIS."""
_PUBLICATIONS = ("J", "B", "S", "P", "C")
"""What its PT may say: journal, book, series, patent, conference."""
_SPELT_OUT = {"CY": "conference date", "PT": "publication type"}
"""Others of its tags: one that would be a place in RIS, and the one by which its records are known."""
SERIAL_NUMBERS = frozenset({SERIAL, "isbn", "issn", "ISBN", "ISSN"})
"""Names of fields of which a paper may have several: in print and in the network, of the volume and of the series."""
_ONE_ISSN = r"\d{4}-?\d{3}[\dXx](?: ?\([^()]*\))?"
_IS_ISSN = re.compile(rf"{_ONE_ISSN}(?:[,;/ ]+{_ONE_ISSN})*")
"""One or several: a journal has one for paper and one for the network, and some programs say which."""
_HAS_ISBN = re.compile(r"(?<![\w-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\w-])")

PEOPLE = frozenset({"editor", "translator", "A2", "A4", "ED"})
"""Names of fields that list people, those of RIS too."""


def mapped_names(form: Form) -> frozenset[str]:
    """The names in a format of the fields that it knows as others do, but for notes, which hold other things too."""
    return frozenset(name for names in _TABLE if names is not _NOTE and (name := getattr(names, form)))


def translated_extra(row: Row, form: Form) -> Iterator[tuple[str, str, str]]:
    """What a source said beyond the fields of a paper: its name there, the name in a format, and the value."""
    said: Any = row["extra"]
    written = record_type(row, form)
    told = implied_types(written, row, form) if written else ()
    if subtype := written.partition("/")[2]:
        yield "type", SUBTYPE, subtype
    for name, value in said.items():
        if name in told:
            continue
        if name == "entrytype" and value in DEGREE_NAMES and row["kind"] == "thesis" and form in ("ris", "csl"):
            if not has_type(said):
                yield name, getattr(_TYPE, form), DEGREE_NAMES[value]
            elif not type_implies_degree(row):
                yield name, name, value
        else:
            yield from _renamed(name, value, row, form)


def _renamed(name: str, value: str, row: Row, form: Form) -> Iterator[tuple[str, str, str]]:
    said: Any = row["extra"]
    is_of_wos = said.get("PT") in _PUBLICATIONS
    names = _names_of(name, is_of_wos)
    if is_of_wos:
        name = _SPELT_OUT.get(name, name)
    if names is None or (names is _TYPE and row["kind"] not in TYPED):
        yield name, name, value
    elif name == SERIAL and form != "ris" and not is_of_wos:
        for serial, numbers in _serials(value):
            yield name, getattr(serial, form), numbers
    else:
        if names is _TYPE and form != "biblatex":
            value = PRINTED_TYPES.get(value, value)
        if names is _ACCESSED and name != getattr(names, form):
            value = _day(value, form)
        is_editor = form == "ris" and name == "ED"  # as good a tag as A2
        yield name, name if is_editor else getattr(names, form) or name, value


def _names_of(name: str, is_of_wos: bool) -> _Names | None:
    return _KNOWN_TO_WOS.get(name) if is_of_wos and len(name) == 2 else _KNOWN.get(name) or _KNOWN.get(name.lower())


def lists_people(name: str, *, is_of_wos: bool) -> bool:
    """Whether a field or a column of this name holds people."""
    names = _names_of(name, is_of_wos)
    return names is not None and names.bibtex in PEOPLE


def _day(text: str, form: Form) -> str:
    """A day as a format writes it, `2012-07-27` or in RIS `2012/07/27/`; a text that begins with none as it is."""
    known = dates.parse_date(text)
    if known is None:
        return text
    day = dates.truncated_day(known.day.isoformat(), known.precision)
    return "/".join([*day.split("-"), "", ""][:3]) + "/" if form == "ris" else day


def _serials(value: str) -> Iterator[tuple[_Names, str]]:
    """What SN holds, by what it is, each with its numbers."""
    numbers = value.split("; ")
    issns = [one for one in numbers if _IS_ISSN.fullmatch(one)]
    for serial, found in (_ISBN, [one for one in numbers if one not in issns]), (_ISSN, issns):
        if found:
            yield serial, "; ".join(found)


def is_serial(number: str) -> bool:
    """Whether a number is of the kind that SN holds, an ISSN or an ISBN: that of a report may stand there too."""
    return bool(_IS_ISSN.fullmatch(number) or _HAS_ISBN.search(number))
