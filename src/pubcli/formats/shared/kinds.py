"""What a paper was published as: its kind, and the types of records that formats have for it.

Where the kind does not tell the type, `extra` holds it under the name that the source has for it: `type` in CSL, `TY`
in RIS, `entrytype` in BibTeX. A writer asks here for the type in its own format, a reader for the kind.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeAlias

from pubcli.answer.answer import Row

Form: TypeAlias = Literal["bibtex", "biblatex", "ris", "csl"]
TYPED = ("thesis", "report")
"""Kinds of papers whose type is a name for it, as in PhD thesis; elsewhere M3 and type say other things."""
PREPRINT = ("pubstate", "prepublished")
"""The field and value by which biblatex tells a preprint, with which an address alone makes no web page."""
_Column: TypeAlias = Literal["csl", "ris", "entry"]
_COLUMNS: Mapping[Form, _Column] = {"csl": "csl", "ris": "ris", "bibtex": "entry", "biblatex": "entry"}
_NAMES_OF_TYPE: Mapping[_Column, str] = {"csl": "type", "ris": "TY", "entry": "entrytype"}
"""The name in `extra` of the type that a file gave."""
SUBTYPE = "entrysubtype"
"""The field by which biblatex tells articles of magazines and newspapers, written here behind a slash."""
_SAYING_TYPE = frozenset((*_NAMES_OF_TYPE.values(), SUBTYPE))


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


def record_type(row: Row, form: Form) -> str:
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
    if column == "entry" and not given and (subtype := said.get(SUBTYPE)):
        given = f"{row['kind']}/{subtype}"
        return given if given in KINDS["entry"] else ""
    is_type = _IS_TYPE[column].fullmatch(given) and (column != "csl" or row["kind"] not in TYPED)
    return given if is_type and row["kind"] in (KINDS[column].get(given, row["kind"]), None) else ""


@lru_cache(maxsize=1_000)
def _translated(given: str, source: _Column, target: _Column) -> str:
    """A type of one format in another; empty where no other corresponds to it."""
    return next((to for types in _TYPES if getattr(types, source) == given and (to := getattr(types, target))), "")


def implied_types(written: str, row: Row, form: Form) -> set[str]:
    """The names in `extra` of those types that a reader finds again in the type that is written."""
    own, told = _COLUMNS[form], set()
    for column, name in _NAMES_OF_TYPE.items():
        back = written if column == own else _translated(written, own, column)
        is_found = column == own or written != "online" or is_web_page(row)
        if back and back == _given(row, column) and is_found:
            told.add(SUBTYPE if column == "entry" and "/" in back else name)
    return told


def is_web_page(paper: Mapping[str, Any]) -> bool:
    """Whether what is @online is a web page: all that is known of where it stands is an address."""
    return bool(paper.get("url")) and not paper.get("doi") and not paper.get("arxiv")
