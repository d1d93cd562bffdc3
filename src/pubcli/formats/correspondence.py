"""What bibliographic formats call the same, beyond the fields of a paper: the one table of these names and of types.

`extra` holds such a field under the name that its source has for it. A writer asks here for the name in its own format.
So it is with the type of a paper, where its kind does not tell it: `type` in CSL, `TY` in RIS, `entrytype` in BibTeX.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
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
_ISBN = _Names("isbn", "isbn", SERIAL, "ISBN")
_ISSN = _Names("issn", "issn", SERIAL, "ISSN")
_TYPE = _Names("type", "type", "M3", "genre")
_TABLE = (
    _Names("editor", "editor", "A2", "editor"),
    _ISBN,
    _ISSN,
    _Names("address", "location", "CY", "publisher-place"),
    _Names("edition", "edition", "ET", "edition"),
    _Names("series", "series", "T3", "collection-title"),
    _Names("language", "language", "LA", "language"),
    _TYPE,
)
_KNOWN = {name if name.isupper() and len(name) == 2 else name.lower(): names for names in _TABLE for name in names}
_KNOWN |= {"ED": _TABLE[0], "place": _TABLE[3]}
_TYPED = ("thesis", "report")
"""Kinds of papers whose type is a name for it, as in PhD thesis; elsewhere M3 and type say other things."""
_ONE_ISSN = r"\d{4}-?\d{3}[\dXx](?: ?\([^()]*\))?"
_IS_ISSN = re.compile(rf"{_ONE_ISSN}(?:[,;/ ]+{_ONE_ISSN})*")
"""One or several: a journal has one for paper and one for the network, and some programs say which."""
_HAS_ISBN = re.compile(r"(?<![\w-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\w-])")

PREPRINT = ("pubstate", "prepublished")
"""The field and value by which biblatex tells a preprint, with which an address alone makes no web page."""
DEGREES = {"mastersthesis": "Master's thesis", "phdthesis": "PhD thesis"}
"""Types of theses as BibTeX has them, with what people call them."""
TYPES_OF_THESES = {"mastersthesis": "mathesis", "phdthesis": "phdthesis"}
"""The same, with the type of a @thesis in biblatex."""
_PRINTED = {
    **{TYPES_OF_THESES[type_]: called for type_, called in DEGREES.items()},
    "bathesis": "Bachelor's thesis", "candthesis": "Candidate thesis", "techreport": "technical report",
    "resreport": "research report",
}  # fmt: skip
"""What biblatex prints for a type that is one of its keys; other programs print the key."""
_DEGREE = {"mastersthesis": re.compile(r"(?i)master|mathesis|\bM\.? ?(?:Sc|A|Phil)\b"
                                       r"|diplom|magist|lizentiat|laurea|ma[iî]trise|maestr[ií]a|mestrado"),
           "phdthesis": re.compile(r"(?i)ph\.? ?d|doctor|^(?!.*bachelor).*dissertation")}  # fmt: skip

_Column: TypeAlias = Literal["csl", "ris", "entry"]
_COLUMNS: Mapping[Form, _Column] = {"csl": "csl", "ris": "ris", "bibtex": "entry", "biblatex": "entry"}
_NAMES_OF_TYPE: Mapping[_Column, str] = {"csl": "type", "ris": "TY", "entry": "entrytype"}
"""The name in `extra` of the type that a file gave."""
_SUBTYPE = "entrysubtype"
"""The field by which biblatex tells articles of magazines and newspapers, written here behind a slash."""


_SAYING_TYPE = frozenset((*_NAMES_OF_TYPE.values(), _SUBTYPE))


class _Types(NamedTuple):
    """Types that mean the same and that the kind of a paper does not tell; empty where a format has none."""

    kind: str
    csl: str
    ris: str
    entry: str


_TYPES = (
    _Types("article", "article-magazine", "MGZN", "article/magazine"),
    _Types("article", "article-newspaper", "NEWS", "article/newspaper"),
    _Types("book", "pamphlet", "PAMP", "booklet"),
    _Types("book", "", "EDBOOK", "collection"),
    _Types("chapter", "entry-encyclopedia", "ENCYC", "inreference"),
    _Types("chapter", "entry-dictionary", "DICT", "inreference"),
    _Types("chapter", "entry", "", ""),
    _Types("preprint", "manuscript", "MANSCPT", "unpublished"),
    _Types("other", "webpage", "ELEC", "online"),
    _Types("other", "webpage", "WEB", "online"),
    _Types("other", "webpage", "ELEC", "electronic"),
    _Types("other", "webpage", "ELEC", "www"),
    _Types("other", "post-weblog", "BLOG", "online"),
    _Types("other", "post", "", "online"),
    _Types("other", "patent", "PAT", "patent"),
    _Types("other", "standard", "STAND", "standard"),
    _Types("other", "legal_case", "CASE", "jurisdiction"),
    _Types("other", "hearing", "HEAR", "jurisdiction"),
    _Types("other", "legislation", "STAT", "legislation"),
    _Types("other", "bill", "BILL", "legislation"),
    _Types("other", "regulation", "LEGAL", ""),
    _Types("other", "treaty", "", "legal"),
    _Types("other", "speech", "SLIDE", ""),
    _Types("other", "motion_picture", "MPCT", "movie"),
    _Types("other", "motion_picture", "VIDEO", "video"),
    _Types("other", "song", "SOUND", "audio"),
    _Types("other", "song", "SOUND", "music"),
    _Types("other", "musical_score", "MUSIC", ""),
    _Types("other", "graphic", "ART", "artwork"),
    _Types("other", "figure", "FIGURE", "image"),
    _Types("other", "map", "MAP", ""),
    _Types("other", "classic", "CLSWK", ""),
    _Types("other", "performance", "", "performance"),
    _Types("other", "periodical", "", "periodical"),
    _Types("other", "review", "", "review"),
    _Types("other", "review-book", "", "review"),
    _Types("other", "personal_communication", "PCOMM", "letter"),
    _Types("other", "personal_communication", "ICOMM", "letter"),
    *(_Types("other", type_, "", "") for type_ in ("broadcast", "collection", "event", "interview")),
)
"""As the schema of CSL 1.0.2, the specification of RIS, the manual of biblatex, Zotero and pandoc have them.

Of several rows with one type the first says what it is in another format.
"""
_OF_KINDS: Mapping[_Column, Mapping[str, str]] = {
    "csl": {
        "article-journal": "article", "article": "preprint", "paper-conference": "inproceedings", "book": "book",
        "chapter": "chapter", "thesis": "thesis", "report": "report", "dataset": "dataset", "software": "software",
        "document": "other",
    },
    "ris": {
        "JOUR": "article", "JFULL": "article", "EJOUR": "article", "CPAPER": "inproceedings", "CONF": "inproceedings",
        "BOOK": "book", "EBOOK": "book", "CHAP": "chapter", "ECHAP": "chapter", "THES": "thesis", "RPRT": "report",
        "DATA": "dataset", "COMP": "software", "UNPB": "preprint", "UNPD": "preprint", "GEN": "other",
    },
    "entry": {
        "article": "article", "suppperiodical": "article", "inproceedings": "inproceedings",
        "conference": "inproceedings", "book": "book", "mvbook": "book", "proceedings": "book",
        "incollection": "chapter", "inbook": "chapter", "phdthesis": "thesis", "mastersthesis": "thesis",
        "thesis": "thesis", "techreport": "report", "report": "report", "dataset": "dataset", "software": "software",
    },
}  # fmt: skip
KINDS: Mapping[_Column, Mapping[str, str]] = {
    column: {**{type_: types.kind for types in _TYPES if (type_ := getattr(types, column))}, **of_kinds}
    for column, of_kinds in _OF_KINDS.items()
}
"""The kind of paper that a type stands for. Preprints are @online too; see `is_web_page`."""
_IS_TYPE: Mapping[_Column, "re.Pattern[str]"] = {
    "csl": re.compile("|".join(filter(None, (types.csl for types in _TYPES)))),
    "ris": re.compile(r"[A-Z]{3,7}"),
    "entry": re.compile(r"(?!comment$|string$|preamble$)[a-z]{1,30}"),
}
"""What may be the type of a record; CSL has a closed list."""

PEOPLE = frozenset({"editor", "translator"})
"""Names of fields that list people."""


def named(form: Form) -> frozenset[str]:
    """The names in a format of the fields that it knows as others do; RIS, as written here, knows no translators."""
    return frozenset({*(getattr(names, form) for names in _TABLE), *(PEOPLE if form != "ris" else ())})


def type_of(row: Row, form: Form) -> str:
    """The type of a paper in a format, as its source gave it or as that corresponds to it; empty: its kind says all.

    A type that no longer goes with the kind of the paper says nothing.
    """
    said: Any = row["extra"]
    if not said or _SAYING_TYPE.isdisjoint(said):  # as of most
        return ""
    own = _COLUMNS[form]
    if given := _given(row, own):
        return given
    if own == "entry" and row["kind"] is None:  # what is @misc or @online stays so
        return ""
    found = (_translated(given, source, own) for source in _NAMES_OF_TYPE if (given := _given(row, source)))
    return next(filter(None, found), "")


def _given(row: Row, column: _Column) -> str:
    """The type that a source of some format gave; empty when it gave none."""
    said: Any = row["extra"]
    given = said.get(_NAMES_OF_TYPE[column], "")
    if column == "entry" and not given and (subtype := said.get(_SUBTYPE)):
        given = f"{row['kind']}/{subtype}"
        return given if given in KINDS["entry"] else ""
    is_type = _IS_TYPE[column].fullmatch(given) and (column != "csl" or row["kind"] not in _TYPED)
    return given if is_type and row["kind"] in (KINDS[column].get(given, row["kind"]), None) else ""


@lru_cache(maxsize=1_000)
def _translated(given: str, source: _Column, target: _Column) -> str:
    """A type of one format in another; empty where no other corresponds to it."""
    return next((to for types in _TYPES if getattr(types, source) == given and (to := getattr(types, target))), "")


def _told(row: Row, form: Form, written: str) -> set[str]:
    """The names in `extra` of those types that a reader finds again in the type that a format is given."""
    own, told = _COLUMNS[form], set()
    for column, name in _NAMES_OF_TYPE.items():
        back = written if column == own else _translated(written, own, column)
        is_found = column == own or written != "online" or is_web_page(row)
        if back and back == _given(row, column) and is_found:
            told.add(_SUBTYPE if column == "entry" and "/" in back else name)
    return told


def is_web_page(paper: Mapping[str, Any]) -> bool:
    """Whether what is @online is a web page: all that is known of where it stands is an address."""
    return bool(paper.get("url")) and not paper.get("doi") and not paper.get("arxiv")


def renamed(row: Row, form: Form) -> Iterator[tuple[str, str, str]]:
    """What a source said beyond the fields of a paper: its name there, the name in a format, and the value."""
    said: Any = row["extra"]
    has_tags = "PT" not in said  # to Web of Science they mean other things
    written = type_of(row, form)
    told = _told(row, form, written) if written else ()
    if subtype := written.partition("/")[2]:
        yield "type", _SUBTYPE, subtype
    for name, value in said.items():
        if name in told:
            continue
        names = _KNOWN.get(name if len(name) == 2 else name.lower()) if has_tags or len(name) > 2 else None
        if name == "entrytype" and value in DEGREES and form in ("ris", "csl"):
            if "type" not in said:
                yield name, getattr(_TYPE, form), DEGREES[value]
        elif names is None or (names is _TYPE and row["kind"] not in _TYPED):
            yield name, name, value
        elif name == SERIAL and form != "ris":
            for serial, numbers in _serials(value):
                yield name, getattr(serial, form), numbers
        else:
            if names is _TYPE and form != "biblatex":
                value = _PRINTED.get(value, value)
            is_editor = form == "ris" and name == "ED"  # as good a tag as A2
            yield name, name if is_editor else getattr(names, form), value


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
    if row["kind"] != "thesis" or not isinstance(row["extra"], Mapping):
        return None
    said = {name.lower(): value for name, value in row["extra"].items()}
    for name in ("entrytype", "type", "genre", "m3"):
        for found, pattern in _DEGREE.items():
            if name in said and (said[name] == found or pattern.search(said[name])):
                return found
    return None
