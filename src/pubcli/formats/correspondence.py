"""What bibliographic formats call the same, beyond the fields of a paper: the one table of these names.

`extra` holds such a field under the name that its source has for it. A writer asks here for the name in its own format.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, TypeAlias

from pubcli.answer import Row

Form: TypeAlias = Literal["bibtex", "biblatex", "ris", "csl"]


class _Names(NamedTuple):
    """The names of a field; that of RIS is a tag."""

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
)
_KNOWN = {name if name.isupper() and len(name) == 2 else name.lower(): names for names in _TABLE for name in names}
_KNOWN |= {
    "ED": _EDITOR, "editors": _EDITOR, "book editors": _EDITOR, "place": _PLACE, "publisher city": _PLACE,
    "eissn": _ISSN, "book series title": _SERIES, "language of original document": _LANGUAGE,
    "abbreviated source title": _ABBREVIATION, "abbrev_source_title": _ABBREVIATION,
    "journal abbreviation": _ABBREVIATION, "short title": _KNOWN["shorttitle"],
}  # fmt: skip
"""Other tags of RIS, and the columns of Zotero, Scopus and Web of Science."""
_KNOWN_TO_WOS = {
    "SN": _ISSN, "EI": _ISSN, "BN": _ISBN, "BE": _EDITOR, "ED": _EDITOR, "SE": _SERIES, "LA": _LANGUAGE, "PI": _PLACE,
    "JI": _ABBREVIATION,
}  # fmt: skip
"""Tags of Web of Science, which mean other things in RIS."""
_SPELT_OUT = {"CY": "conference date", "PT": "publication type"}
"""Others of its tags: one that would be a place in RIS, and the one by which its records are known."""
NUMBERS = frozenset({SERIAL, "isbn", "issn", "ISBN", "ISSN"})
"""Names of fields of which a paper may have several: in print and in the network, of the volume and of the series."""
_TYPED = ("thesis", "report")
"""Kinds of papers whose type is a name for it, as in PhD thesis; elsewhere M3 and type say other things."""
_ONE_ISSN = r"\d{4}-?\d{3}[\dXx](?: ?\([^()]*\))?"
_IS_ISSN = re.compile(rf"{_ONE_ISSN}(?:[,;/ ]+{_ONE_ISSN})*")
"""One or several: a journal has one for paper and one for the network, and some programs say which."""
_HAS_ISBN = re.compile(r"(?<![\w-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\w-])")

DEGREES = {"mastersthesis": "Master's thesis", "phdthesis": "PhD thesis"}
"""Types of theses as BibTeX has them, with what people call them."""
CALLED = {called: type_ for type_, called in DEGREES.items()}
"""The other way round."""
TYPES_OF_THESES = {"mastersthesis": "mathesis", "phdthesis": "phdthesis"}
"""Types of theses as BibTeX has them, with the type of a @thesis in biblatex."""
_PRINTED = {
    **{TYPES_OF_THESES[type_]: called for type_, called in DEGREES.items()},
    "bathesis": "Bachelor's thesis", "candthesis": "Candidate thesis", "techreport": "technical report",
    "resreport": "research report",
}  # fmt: skip
"""What biblatex prints for a type that is one of its keys; other programs print the key."""
_DEGREE = {"mastersthesis": re.compile(r"(?i)master|mathesis|\bM\.? ?(?:Sc|A|Phil)\b"
                                       r"|diplom|magist|lizentiat|laurea|ma[iî]trise|maestr[ií]a|mestrado"
                                       r"|bachelor|bathesis|candthesis|kandidat|undergraduate|honou?rs|licen[ct]i"
                                       r"|examensarbe|staatsexamen|tesina|m[ée]moire(?!.*habilitation)"),
           "phdthesis": re.compile(r"(?i)ph\.? ?d|do[ck]t[eo]u?r|dottor|doutor|habilitation|dissertation")}  # fmt: skip
"""Words in the types of theses. BibTeX has two degrees, so what is no doctoral thesis is a master's."""
_NAMES_OF_TYPE = ("type", "genre", "m3")

PEOPLE = frozenset({"editor", "translator", "A2", "A4", "ED"})
"""Names of fields that list people, those of RIS too."""


def named(form: Form) -> frozenset[str]:
    """The names in a format of the fields that it knows as others do, but for notes, which hold other things too."""
    return frozenset(getattr(names, form) for names in _TABLE if names is not _NOTE)


def renamed(row: Row, form: Form) -> Iterator[tuple[str, str, str]]:
    """What a source said beyond the fields of a paper: its name there, the name in a format, and the value."""
    said: Any = row["extra"]
    is_of_wos = "PT" in said
    for name, value in said.items():
        names = _names_of(name, is_of_wos)
        if is_of_wos:
            name = _SPELT_OUT.get(name, name)
        if name == "entrytype" and value in DEGREES and form in ("ris", "csl"):
            if not any(map(_is_type, said)):
                yield name, getattr(_TYPE, form), DEGREES[value]
            elif not type_says_degree(row):
                yield name, name, value
        elif names is None or (names is _TYPE and row["kind"] not in _TYPED):
            yield name, name, value
        elif name == SERIAL and form != "ris" and not is_of_wos:
            for serial, numbers in _serials(value):
                yield name, getattr(serial, form), numbers
        else:
            if names is _TYPE and form != "biblatex":
                value = _PRINTED.get(value, value)
            is_editor = form == "ris" and name == "ED"  # as good a tag as A2
            yield name, name if is_editor else getattr(names, form), value


def _names_of(name: str, is_of_wos: bool) -> _Names | None:
    return _KNOWN_TO_WOS.get(name) if is_of_wos and len(name) == 2 else _KNOWN.get(name) or _KNOWN.get(name.lower())


def lists_people(name: str, *, is_of_wos: bool) -> bool:
    """Whether a field or a column of this name holds people."""
    names = _names_of(name, is_of_wos)
    return names is not None and names.bibtex in PEOPLE


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


def degree(row: Row) -> str | None:
    """The entry type of a thesis as BibTeX has it, by what its source calls it; None when it does not say."""
    said: Any = row["extra"]
    if row["kind"] != "thesis" or not said:
        return None
    return said["entrytype"] if said.get("entrytype") in DEGREES else _degree_by_type(said)


def type_says_degree(row: Row) -> bool:
    """Whether the type of a thesis alone tells which degree it is for; one that does not is taken for a doctor's."""
    said: Any = row["extra"]
    return not any(map(_is_type, said)) or (_degree_by_type(said) or "phdthesis") == degree(row)


def _is_type(name: str) -> bool:
    return name.lower() in _NAMES_OF_TYPE


def _degree_by_type(said: Mapping[str, str]) -> str | None:
    types = [value for name, value in said.items() if _is_type(name)]
    return next((found for type_ in types for found, words in _DEGREE.items() if words.search(type_)), None)
