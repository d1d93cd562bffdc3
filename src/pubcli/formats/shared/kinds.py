"""Map kinds of papers to types of records: the tables have one row per type and one column per format.

The kind of a paper decides its type in every format (`KIND_TYPES`). Formats also have finer types (`TYPES`): a patent,
for example, has the kind `other`. A reader keeps a finer type in `extra`, under a name that depends on the format of
the file (`TYPE_FIELDS`): `TY` if the file is RIS. Writers get the finer type in their own format from `record_type`.
Readers get the kind of a type from `KINDS`.

To add a type of publication, add a row to `TYPES`.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TypeAlias

from pubcli.answer.answer import Row
from pubcli.lazy import pattern

PaperFormat: TypeAlias = Literal["bibtex", "biblatex", "ris", "csl-json"]
"""The formats in `formats.FORMATS` that hold whole papers, for other programs."""
LABELED_KINDS = ("thesis", "report")
"""The only kinds whose field `type` (M3 in RIS) describes the publication, for example as "PhD thesis"."""
PREPRINT = ("pubstate", "prepublished")
"""The field and its value for preprints in biblatex.

Without this field, a preprint with only a URL would look like a web page.
"""
SUBTYPE = "entrysubtype"
"""The field of biblatex that shows whether an article is in a magazine or a newspaper.

In `TYPES`, the value of this field comes after a slash: `article/magazine`.
"""
TYPE_FIELDS: Mapping[PaperFormat, str] = {
    "csl-json": "type", "ris": "TY", "biblatex": "entrytype", "bibtex": "entrytype",
}  # fmt: skip
"""For each format, the name in `extra` for the type that a file in this format states."""
_TYPE_FIELD_NAMES = frozenset((*TYPE_FIELDS.values(), SUBTYPE))
_SOURCES: tuple[PaperFormat, ...] = ("csl-json", "ris", "biblatex")
"""The formats that have different types in `TYPES`. BibTeX is left out, because it has the same types as biblatex."""
UNSPECIFIC = "misc"
"""The entry type of BibTeX that says nothing about the kind of a paper."""


class TypeRow(NamedTuple):
    """The name of a type of publication in each format; an empty text if a format does not have the type."""

    kind: str | None
    csl_json: str = ""
    ris: str = ""
    biblatex: str = ""
    bibtex: str = ""

    def in_format(self, form: PaperFormat) -> str:
        """Return the name of the type in the format `form`; an empty text if that format does not have the type."""
        type_: str = getattr(self, form.replace("-", "_"))
        return type_


KIND_TYPES = (
    # kind of paper         CSL-JSON            RIS     biblatex         BibTeX
    TypeRow(None,            "document",         "GEN",  "online",        "misc"),
    TypeRow("preprint",      "article",          "UNPD", "online",        "misc"),
    TypeRow("article",       "article-journal",  "JOUR", "article",       "article"),
    TypeRow("inproceedings", "paper-conference", "CONF", "inproceedings", "inproceedings"),
    TypeRow("book",          "book",             "BOOK", "book",          "book"),
    TypeRow("chapter",       "chapter",          "CHAP", "incollection",  "incollection"),
    TypeRow("thesis",        "thesis",           "THES", "thesis",        "phdthesis"),
    TypeRow("report",        "report",           "RPRT", "report",        "techreport"),
    TypeRow("dataset",       "dataset",          "DATA", "dataset",       "misc"),
    TypeRow("software",      "software",         "COMP", "software",      "misc"),
    TypeRow("other",         "document",         "GEN",  "misc",          "misc"),
)  # fmt: skip
"""The type that writers write for each kind of paper. The kind None means unknown.

RIS also has CPAPER for conference papers, but several programs do not support it. Readers treat UNPD as a preprint.
`likely_kind` finds the kind of papers from arXiv, whose pages do not state it.
"""


def _row(kind: str, csl_json: str = "", ris: str = "", entry: str = "") -> TypeRow:
    """Return a row of `TYPES` that has the same entry type for BibTeX and biblatex."""
    return TypeRow(kind, csl_json, ris, entry, entry)


TYPES = (
    # kind         CSL-JSON           RIS       BibTeX and biblatex
    _row("article", "article-magazine", "MGZN", "article/magazine"),
    _row("article", "article-newspaper", "NEWS", "article/newspaper"),
    _row("article", ris="JFULL"),
    _row("article", ris="EJOUR"),
    _row("article", entry="suppperiodical"),
    _row("inproceedings", ris="CPAPER"),
    _row("inproceedings", entry="conference"),
    _row("book", "pamphlet", "PAMP", "booklet"),
    _row("book", "", "EDBOOK", "collection"),
    _row("book", ris="EBOOK"),
    _row("book", entry="mvbook"),
    _row("book", entry="proceedings"),
    _row("chapter", "entry-encyclopedia", "ENCYC", "inreference"),
    _row("chapter", "entry-dictionary", "DICT", "inreference"),
    _row("chapter", "entry"),
    _row("chapter", ris="ECHAP"),
    _row("chapter", entry="inbook"),
    _row("thesis", entry="mastersthesis"),
    _row("preprint", "manuscript", "MANSCPT", "unpublished"),
    _row("preprint", ris="UNPB"),
    _row("other", "webpage", "ELEC", "online"),
    _row("other", "webpage", "WEB", "online"),
    _row("other", "webpage", "ELEC", "electronic"),
    _row("other", "webpage", "ELEC", "www"),
    _row("other", "post-weblog", "BLOG", "online"),
    _row("other", "post", "", "online"),
    _row("other", "patent", "PAT", "patent"),
    _row("other", "standard", "STAND", "standard"),
    _row("other", "legal_case", "CASE", "jurisdiction"),
    _row("other", "hearing", "HEAR", "jurisdiction"),
    _row("other", "legislation", "STAT", "legislation"),
    _row("other", "bill", "BILL", "legislation"),
    _row("other", "regulation", "LEGAL"),
    _row("other", "treaty", "", "legal"),
    _row("other", "speech", "SLIDE"),
    _row("other", "motion_picture", "MPCT", "movie"),
    _row("other", "motion_picture", "VIDEO", "video"),
    _row("other", "song", "SOUND", "audio"),
    _row("other", "song", "SOUND", "music"),
    _row("other", "musical_score", "MUSIC"),
    _row("other", "graphic", "ART", "artwork"),
    _row("other", "figure", "FIGURE", "image"),
    _row("other", "map", "MAP"),
    _row("other", "classic", "CLSWK"),
    _row("other", "performance", "", "performance"),
    _row("other", "periodical", "", "periodical"),
    _row("other", "review", "", "review"),
    _row("other", "review-book", "", "review"),
    _row("other", "personal_communication", "PCOMM", "letter"),
    _row("other", "personal_communication", "ICOMM", "letter"),
    _row("other", "broadcast"),
    _row("other", "collection"),
    _row("other", "event"),
    _row("other", "interview"),
)
"""Types that do not follow from the kind of a paper. They stay in `extra`. Writers use a type if it matches the kind.

Sources: the schema of CSL 1.0.2, the specification of RIS, the manual of biblatex, Zotero and pandoc. To translate a
type between two formats, `_translated` uses the first row that has a type in both formats.
"""


def _kinds(*forms: PaperFormat) -> dict[str, str]:
    """Return the kind of paper for each type in the given formats. Rows of `TYPES` override rows of `KIND_TYPES`."""
    types = ((row.in_format(form), row.kind) for form in forms for row in (*KIND_TYPES, *TYPES))
    return {type_: kind for type_, kind in types if kind and type_ not in ("", UNSPECIFIC)}


_KINDS_OF_ENTRIES = _kinds("bibtex", "biblatex")
KINDS: Mapping[PaperFormat, Mapping[str, str]] = {
    "csl-json": _kinds("csl-json"),
    "ris": _kinds("ris"),
    "biblatex": _KINDS_OF_ENTRIES,
    "bibtex": _KINDS_OF_ENTRIES,
}
"""The kind of paper for each type, by format. Readers accept the entry types of BibTeX and biblatex in both formats.

An @online entry is a web page or a preprint; see `is_web_page`.
"""
_VALID_TYPE: Mapping[PaperFormat, "re.Pattern[str]"] = {
    "csl-json": pattern("|".join(row.csl_json for row in TYPES if row.csl_json)),
    "ris": pattern(r"[A-Z]{3,7}"),
    "biblatex": pattern(r"(?!comment$|string$|preamble$)[a-z]{1,30}"),
}
"""Patterns of valid types in `extra`. CSL allows only its own list of types; other formats have more than `TYPES`."""


_TYPES_OF_KINDS: Mapping[object, TypeRow] = {row.kind: row for row in KIND_TYPES}


def kind_type(kind: object, form: PaperFormat) -> str:
    """Return the type by which a format states a kind of paper: `JOUR` for an article in RIS.

    If the kind is not in `KIND_TYPES`, return the type for papers of unknown kind.
    """
    return _TYPES_OF_KINDS.get(kind, KIND_TYPES[0]).in_format(form)


def likely_kind(row: Row) -> object:
    """Return the kind of a paper. If it is unknown, a paper in arXiv that names no journal is a preprint."""
    is_preprint = row["kind"] is None and bool(row["arxiv"] or row["category"]) and not row["venue"]
    return "preprint" if is_preprint else row["kind"]


def kind_types(form: PaperFormat) -> frozenset[str]:
    """Return the types that a format uses for kinds of papers (`KIND_TYPES`). Readers need not keep them in `extra`."""
    return frozenset(row.in_format(form) for row in KIND_TYPES)


def record_type(row: Row, form: PaperFormat) -> str:
    """Return the finer type of a paper in a format: the type that its source stated, translated if necessary.

    Return an empty text if there is no finer type, or if it contradicts the kind of the paper.
    """
    values: Any = row["extra"]
    if not values or _TYPE_FIELD_NAMES.isdisjoint(values):  # fast path for most papers
        return ""
    target = _source(form)
    if type_in_extra := _type_in_extra(row, target):
        return type_in_extra
    if target == "biblatex" and row["kind"] is None:  # a paper of unknown kind stays @misc or @online
        return ""
    translations = (
        _translated(type_in_extra, source, target)
        for source in _SOURCES
        if (type_in_extra := _type_in_extra(row, source))
    )
    return next(filter(None, translations), "")


def _source(form: PaperFormat) -> PaperFormat:
    return "biblatex" if form == "bibtex" else form


def _type_in_extra(row: Row, source: PaperFormat) -> str:
    """Return the type in `extra` that was read from the format `source`.

    Return an empty text if there is no such type, or if the type contradicts the kind of the paper.
    """
    values: Any = row["extra"]
    type_ = values.get(TYPE_FIELDS[source], "")
    if source == "biblatex" and not type_ and (subtype := values.get(SUBTYPE)):
        type_ = f"{row['kind']}/{subtype}"
        return type_ if type_ in KINDS["biblatex"] else ""
    is_valid = _VALID_TYPE[source].fullmatch(type_) and (source != "csl-json" or row["kind"] not in LABELED_KINDS)
    return type_ if is_valid and row["kind"] in (KINDS[source].get(type_, row["kind"]), None) else ""


@lru_cache(maxsize=1_000)
def _translated(type_: str, source: PaperFormat, target: PaperFormat) -> str:
    """Translate a type from one format to another; return an empty text if no row has a type in both formats."""
    return next((to for row in TYPES if row.in_format(source) == type_ and (to := row.in_format(target))), "")


def implied_types(written: str, row: Row, form: PaperFormat) -> set[str]:
    """Return the names of the fields in `extra` that need not be written, because the type `written` implies them.

    A reader finds the values of these fields again when it reads the type of the record.
    """
    target, names = _source(form), set()
    for source in _SOURCES:
        restored = written if source == target else _translated(written, target, source)
        is_restored = source == target or written != "online" or is_web_page(row)
        if restored and restored == _type_in_extra(row, source) and is_restored:
            names.add(SUBTYPE if source == "biblatex" and "/" in restored else TYPE_FIELDS[source])
    return names


def is_web_page(paper: Mapping[str, Any]) -> bool:
    """Return whether an @online entry is a web page: it has a URL and no other identifier."""
    return bool(paper.get("url")) and not paper.get("doi") and not paper.get("arxiv")
