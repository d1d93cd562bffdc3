"""Translate names of fields between bibliographic formats (a crosswalk).

The crosswalk contains fields that `Paper` does not have, such as the editor. A reader keeps such a field in `extra`,
under its name in the source. A writer gets the name of the field in its own format from `translated_extra`. For the
fields of `Paper`, each format has tables of its own.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from pubcli.answer.answer import Row
from pubcli.formats.shared.csl_dates import parse_any
from pubcli.formats.shared.extra_dates import ris_date
from pubcli.formats.shared.kinds import LABELED_KINDS, SUBTYPE, PaperFormat, implied_types, record_type
from pubcli.formats.shared.theses import DEGREE_NAMES, PRINTED_TYPES, has_type, type_implies_degree
from pubcli.lazy import pattern


class FieldNames(NamedTuple):
    """The name of a field in each format; an empty text if a format has no such field. Names in RIS are tags."""

    bibtex: str
    biblatex: str
    ris: str
    csl_json: str

    def in_format(self, form: PaperFormat) -> str:
        """Return the name of the field in the format `form`; an empty text if that format has no such field."""
        name: str = getattr(self, form.replace("-", "_"))
        return name


SERIAL = "SN"
"""The tag of RIS for both ISSN and ISBN. A record may have both."""
# fmt: off
#                           BibTeX          biblatex        RIS     CSL-JSON
_EDITOR = FieldNames(       "editor",       "editor",       "A2",   "editor")
_ISBN = FieldNames(         "isbn",         "isbn",         SERIAL, "ISBN")
_ISSN = FieldNames(         "issn",         "issn",         SERIAL, "ISSN")
_PLACE = FieldNames(        "address",      "location",     "CY",   "publisher-place")
_SERIES = FieldNames(       "series",       "series",       "T3",   "collection-title")
_LANGUAGE = FieldNames(     "language",     "language",     "LA",   "language")
_TYPE = FieldNames(         "type",         "type",         "M3",   "genre")
_ABBREVIATION = FieldNames( "shortjournal", "shortjournal", "J2",   "container-title-short")
_NOTE = FieldNames(         "note",         "note",         "N1",   "note")
_ACCESSED = FieldNames(     "urldate",      "urldate",      "Y2",   "accessed")
_EVENT_DATE = FieldNames(   "eventdate",    "eventdate",    "",     "event-date")
_ORIGINAL_DATE = FieldNames("origdate",     "origdate",     "",     "original-date")
_DATES = (_ACCESSED, _EVENT_DATE, _ORIGINAL_DATE)
_TABLE = (
    _EDITOR, _ISBN, _ISSN, _PLACE, _SERIES, _LANGUAGE, _TYPE, _ABBREVIATION, _NOTE, _ACCESSED,
    FieldNames("translator", "translator", "A4", "translator"),
    FieldNames("edition", "edition", "ET", "edition"),
    FieldNames("shorttitle", "shorttitle", "ST", "title-short"),
    _EVENT_DATE, _ORIGINAL_DATE,
    FieldNames("pmid", "pmid", "", "PMID"),
    FieldNames("pmcid", "pmcid", "", "PMCID"),
    FieldNames("pagetotal", "pagetotal", "", "number-of-pages"),
)
_NAMES = {
    name if name.isupper() and len(name) == 2 else name.lower(): names
    for names in _TABLE
    for name in filter(None, names)
}
_NAMES |= {
    "ED": _EDITOR, "editors": _EDITOR, "book editors": _EDITOR, "place": _PLACE, "publisher city": _PLACE,
    "eissn": _ISSN, "issns": _ISSN, "isbns": _ISBN, "book series title": _SERIES,
    "language of original document": _LANGUAGE,
    "abbreviated source title": _ABBREVIATION, "abbrev_source_title": _ABBREVIATION,
    "journal abbreviation": _ABBREVIATION, "short title": _NAMES["shorttitle"],
}
"""Rows of the crosswalk by name: the names in all formats, the tag ED of RIS, and names of columns in other programs.

All names except tags are in lower case.
"""
_WOS_TAGS = {
    "SN": _ISSN, "EI": _ISSN, "BN": _ISBN, "BE": _EDITOR, "ED": _EDITOR, "SE": _SERIES, "LA": _LANGUAGE, "PI": _PLACE,
    "JI": _ABBREVIATION,
}
"""Tags of Web of Science, some of which mean something else in RIS."""
# fmt: on
_WOS_PUBLICATION_TYPES = ("J", "B", "S", "P", "C")
"""Values of the tag PT of Web of Science: journal, book, series, patent, conference."""
_WOS_TAGS_SPELLED_OUT = {"CY": "conference date", "PT": "publication type"}
"""Names that writers use in place of two tags of Web of Science.

In RIS, CY means a place. If a file contained PT, readers would take the paper for a record of Web of Science.
"""
SERIAL_NUMBERS = frozenset({SERIAL, "isbn", "issn", "ISBN", "ISSN"})
"""Names of fields that may hold several numbers, such as the ISSNs of the print edition and the online edition."""
_ONE_ISSN = r"\d{4}-?\d{3}[\dXx](?: ?\([^()]*\))?"
_ISSNS = pattern(rf"{_ONE_ISSN}(?:[,;/ ]+{_ONE_ISSN})*")
"""One or several ISSNs. Some programs append the medium in parentheses to an ISSN."""
_CONTAINS_ISBN = pattern(r"(?<![\w-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\w-])")

PEOPLE = frozenset({"editor", "translator", "A2", "A4", "ED"})
"""Names of fields that list people, in BibTeX and RIS."""


def mapped_names(form: PaperFormat) -> frozenset[str]:
    """Return a format's names for the fields in the crosswalk, except notes, because notes also hold other values."""
    return frozenset(name for names in _TABLE if names is not _NOTE and (name := names.in_format(form)))


def translated_extra(row: Row, form: PaperFormat) -> Iterator[tuple[str, str, str]]:
    """Yield a triple for each field in `extra` that a writer should write.

    A triple has the name in `extra`, the name in the format, and the value. `extra` may hold the paper's original type.
    It is left out if a reader can restore it from the type that the writer writes.
    """
    values: Any = row["extra"]
    type_ = record_type(row, form)
    implied = implied_types(type_, row, form) if type_ else ()
    if subtype := type_.partition("/")[2]:
        yield "type", SUBTYPE, subtype
    for name, value in values.items():
        if name in implied:
            continue
        is_degree = name == "entrytype" and value in DEGREE_NAMES and row["kind"] == "thesis"
        if is_degree and form in ("ris", "csl-json"):
            if not has_type(values):
                yield name, _TYPE.in_format(form), DEGREE_NAMES[value]
            elif not type_implies_degree(row):
                yield name, name, value
        else:
            yield from _translated(name, value, row, form)


def _translated(name: str, value: str, row: Row, form: PaperFormat) -> Iterator[tuple[str, str, str]]:
    values: Any = row["extra"]
    is_wos = values.get("PT") in _WOS_PUBLICATION_TYPES
    names = _names_of(name, is_wos)
    if is_wos:
        name = _WOS_TAGS_SPELLED_OUT.get(name, name)
    if names is None or (names is _TYPE and row["kind"] not in LABELED_KINDS):
        yield name, name, value
    elif name == SERIAL and form != "ris" and not is_wos:
        for serial, numbers in _split_serial_numbers(value):
            yield name, serial.in_format(form), numbers
    else:
        if names is _TYPE and form != "biblatex":
            value = PRINTED_TYPES.get(value, value)
        if names in _DATES and name != names.in_format(form):
            value = _day(value, form)
        keeps_tag = form == "ris" and name == "ED"  # in RIS, both ED and A2 mean editor
        yield name, name if keeps_tag else names.in_format(form) or name, value


def _names_of(name: str, is_wos: bool) -> FieldNames | None:
    return _WOS_TAGS.get(name) if is_wos and len(name) == 2 else _NAMES.get(name) or _NAMES.get(name.lower())


def lists_people(name: str, *, is_of_wos: bool) -> bool:
    """Return whether a field or a column of this name lists people."""
    names = _names_of(name, is_of_wos)
    return names is not None and names.bibtex in PEOPLE


def _day(text: str, form: PaperFormat) -> str:
    """Return a date in the notation of a format: `2012/07/27/` in RIS, `2012-07-27` in all other formats.

    Return a text without a date unchanged.
    """
    stated = parse_any(text)
    if stated.text or stated.date is None:
        return text
    return ris_date(stated) if form == "ris" else stated.edtf


def _split_serial_numbers(value: str) -> Iterator[tuple[FieldNames, str]]:
    """Split a value of SN, the RIS tag for ISBN and ISSN. Yield the ISBNs as one field and the ISSNs as another."""
    numbers = value.split("; ")
    issns = [number for number in numbers if _ISSNS.fullmatch(number)]
    isbns = [number for number in numbers if number not in issns]
    for serial, group in (_ISBN, isbns), (_ISSN, issns):
        if group:
            yield serial, "; ".join(group)


def is_serial_number(number: str) -> bool:
    """Return whether a value of the RIS tag SN is an ISSN or an ISBN. Zotero also writes report numbers into SN."""
    return bool(_ISSNS.fullmatch(number) or _CONTAINS_ISBN.search(number))
