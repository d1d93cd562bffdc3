"""Write BibTeX (btxdoc, 1988): one entry per paper. A paper of an unknown kind becomes `@misc`.

    @misc{lowy2022private,
      title = {Private Non-Convex Federated Learning Without a Trusted Server},
      author = {Lowy, Andrew and Ghafelebashi, Ali and others},
      year = {2022},
      month = mar,
      keywords = {LG}
    }

An incomplete author list ends in `and others`. Other uncertain facts are noted in `note`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, Literal, NamedTuple, TextIO, TypeAlias

from pubcli.answer.answer import Answer, Row
from pubcli.biblio.identifiers import arxiv
from pubcli.biblio.names import parts, split_names
from pubcli.biblio.stated_dates import StatedDate, plain
from pubcli.formats import RenderOptions
from pubcli.formats.bibtex.date_fields import MONTH_MACROS, biblatex_date, bibtex_date
from pubcli.formats.bibtex.fields import (
    ADDRESSES,
    ARCHIVE,
    ARXIV_CLASS,
    BIBLATEX_NAMES,
    PUBLISHERS,
    REMARKS,
    TEXTS,
    VENUES,
    field_for,
    is_verbatim,
)
from pubcli.formats.bibtex.to_tex import is_balanced, source
from pubcli.formats.shared.crosswalk import PEOPLE
from pubcli.formats.shared.export import (
    CAPITALS,
    doubts,
    first_and_last_page,
    keywords,
    list_of,
    sentences,
    split_extra,
    subtitle,
    with_unique_keys,
)
from pubcli.formats.shared.extra_dates import date_of, stated_date
from pubcli.formats.shared.kinds import PREPRINT, kind_type, record_type
from pubcli.formats.shared.theses import BIBLATEX_TYPES, DEGREE_NAMES, degree, type_implies_degree
from pubcli.text.normalize import harmless

Dialect: TypeAlias = Literal["bibtex", "biblatex"]
"""In biblatex, the date is one field, the subtitle has its own field, and `type` states the degree of a @thesis."""
_Field: TypeAlias = tuple[str, str]


class BibtexEntry(NamedTuple):
    """An entry to write. A value is TeX source in braces, or a macro without braces."""

    type: str
    key: str
    fields: list[_Field]


_NOT_IN_ADDRESSES = re.compile(r"[{}\\ ]")
_NOT_IN_ASCII_ADDRESSES = re.compile(r"[{}\\ ]|[^\x00-\x7f]")
_HARMLESS_NAMES = {"crossref": "proceedings", "xref": "proceedings", "xdata": "data"}
"""Other names for fields that refer to an entry. They are used if that entry is not written, because BibTeX rejects a
`crossref` to a missing entry."""
_REFERENCE = "xref"
"""The field that names the volume of a paper and inherits nothing from it."""
_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?:\+an(?::[A-Za-z0-9_-]+)?)?")
"""Matches the names of fields and of biblatex's annotations: `author+an`, `author+an:role`."""
_NOT_IN_KEYS = {"bibtex": re.compile(r"[\s\"#%,={}\\~]"), "biblatex": re.compile(r"[\s\"#%,={}\\~'()]")}
"""Characters that end a key, that \\cite cannot contain, or that biber rejects."""
_PAPER_FIELDS = frozenset({"title", "author", "year", "month", "day", "date", "entrytype"})
"""Fields that never hold a value from `extra`. The same applies to the fields that `_texts` fills from the paper."""


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write an entry for each paper, with blank lines between entries, and return the number of entries."""
    return write_entries(entries(answer.rows, fields, options), out)


def entries(
    rows: Iterable[Row], fields: Sequence[str], options: RenderOptions, dialect: Dialect = "bibtex"
) -> Iterator[BibtexEntry]:
    """Yield the entry of each paper."""
    fold = str.lower if dialect == "bibtex" else str  # BibTeX ignores the case of keys, and biber does not
    clean = partial(_clean_key, dialect=dialect, ascii_only=options.ascii)
    for key, row, targets in _with_targets(with_unique_keys(rows, clean, fold, options.report)):
        yield _entry(key, row, dialect, targets, ascii_only=options.ascii)


def _with_targets(keyed: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, Row, Mapping[str, str]]]:
    """Yield each key and paper, and a dictionary of the keys to which the paper may refer.

    The dictionary maps the keys of papers to the keys that are written. It must be complete before a paper that refers
    to another is yielded, so from the first such paper on, all papers are kept in memory.
    """
    keys: dict[str, str] = {}
    rest = iter(keyed)
    for key, row in rest:
        keys.setdefault(str(row["key"]), key)
        extra: Any = row["extra"]
        if not extra or _REFERENCE not in extra:
            yield key, row, {}
            continue
        papers = [(key, row), *rest]
        for other_key, other in papers:
            keys.setdefault(str(other["key"]), other_key)
        yield from ((key, row, keys) for key, row in papers)


def _clean_key(key: str, dialect: Dialect, *, ascii_only: bool) -> str:
    """Return a key without the characters that the dialect does not allow, and if `ascii_only`, without accents."""
    if key.isalnum() and key.isascii():
        return key
    if ascii_only:
        key = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    return "".join(filter(str.isprintable, _NOT_IN_KEYS[dialect].sub("", key)))


def write_entries(entries: Iterable[BibtexEntry], out: TextIO) -> int:
    """Write entries with blank lines between them, and return the number of entries."""
    count = 0
    for count, (type_, key, fields) in enumerate(entries, 1):
        lines = ",\n".join([f"  {name} = {value}" for name, value in fields])
        out.write(f"{'' if count == 1 else chr(10)}@{type_}{{{key},\n{lines}\n}}\n")
    return count


def _entry(key: str, row: Row, dialect: Dialect, targets: Mapping[str, str], *, ascii_only: bool) -> BibtexEntry:
    type_ = _own_type(row, dialect) or kind_type(row["kind"], dialect)
    fields = [(name, f"{{{_title(text, row, ascii_only)}}}") for name, text in _titles(row, dialect)]
    if authors := _authors(row, ascii_only):
        fields.append(("author", f"{{{authors}}}"))
    fields += _date(row, dialect, ascii_only)
    for name, value in _texts(row, dialect, targets):
        tex = _keywords(row, ascii_only) if name == "keywords" else _value(name, value, ascii_only)
        fields.append((BIBLATEX_NAMES.get(name, name) if dialect == "biblatex" else name, f"{{{tex}}}"))
    return BibtexEntry(type_, key, fields)


def _value(name: str, value: str, ascii_only: bool) -> str:
    if name.lower() in PEOPLE:
        return _editors(value, ascii_only)
    if is_verbatim(name.lower()) and is_balanced(value):
        return harmless(value)
    return _address(value, ascii_only) if name in ADDRESSES else source(value, ascii_only=ascii_only)


def _keywords(row: Row, ascii_only: bool) -> str:
    """Return keywords, separated by commas. Put a keyword that contains a comma or a semicolon in braces.

    If this keyword is the only one, put it in two pairs of braces: `{{Theory, general}}`. Readers ignore a single pair
    around a whole value, because many programs put every value in braces.
    """
    tex = [source(word, ascii_only=ascii_only) for word in keywords(row)]
    braced = [f"{{{word}}}" if "," in word or ";" in word else word for word in tex]
    return f"{{{braced[0]}}}" if len(braced) == 1 and braced != tex else ", ".join(braced)


def _titles(row: Row, dialect: Dialect) -> list[_Field]:
    """Return the title and, in biblatex, the subtitle."""
    title, sub = str(row["title"]), subtitle(row) if dialect == "biblatex" else ""
    main = title.removesuffix(sub).rstrip()
    return [("title", main.removesuffix(":")), ("subtitle", sub)] if sub else [("title", title)]


def _title(text: str, row: Row, ascii_only: bool) -> str:
    extra: Any = row["extra"]
    protected = extra[CAPITALS].split("; ") if extra and CAPITALS in extra else ()
    return source(text, title=True, protected=protected, ascii_only=ascii_only)


def _own_type(row: Row, dialect: Dialect) -> str | None:
    """Return the entry type, for example `mastersthesis`, if the kind of the paper does not imply it; else return None.

    For biblatex, return `thesis` if the field `type` will state the degree.
    """
    if type_ := degree(row):
        return "thesis" if dialect == "biblatex" and type_implies_degree(row) else type_
    return record_type(row, dialect).partition("/")[0] or None


def _texts(row: Row, dialect: Dialect, targets: Mapping[str, str]) -> list[_Field]:
    """Return the fields that follow the date, in order. The names are those of BibTeX. The values are text, not TeX."""
    kind = str(row["kind"])
    classes = list_of(row, "classes") if row["arxiv"] else []
    texts = (
        (field_for(kind, VENUES).bibtex, row["venue"]),
        (TEXTS["volume"].bibtex, row["volume"]), (TEXTS["issue"].bibtex, row["issue"]),
        (TEXTS["pages"].bibtex, row["pages"] and "--".join(first_and_last_page(str(row["pages"])))),
        (field_for(kind, PUBLISHERS).bibtex, row["publisher"]),
        ("doi", row["doi"]), ("eprint", _eprint(row)),
        (ARCHIVE.bibtex, row["arxiv"] and "arXiv"), (ARXIV_CLASS.bibtex, classes[0] if len(classes) == 1 else None),
        ("url", row["url"]), ("keywords", ", ".join(keywords(row))), (TEXTS["org"].bibtex, row["org"]),
        (PREPRINT[0], PREPRINT[1] if dialect == "biblatex" and _needs_preprint_mark(row) else None),
        ("citations", None if row["citations"] is None else str(row["citations"])),
        (TEXTS["abstract"].bibtex, row["abstract"]),
    )  # fmt: skip
    return _with_extra(row, [(name, str(value)) for name, value in texts if value], dialect, targets)


def _needs_preprint_mark(row: Row) -> bool:
    """Return whether a paper is a preprint that nothing else in its entry shows to be a preprint.

    An arXiv identifier, an entry type that its source stated, or a field `pubstate` would show this.
    """
    extra: Any = row["extra"]
    return (
        row["kind"] == "preprint" and not row["arxiv"] and PREPRINT[0] not in extra and not record_type(row, "biblatex")
    )


def _with_extra(row: Row, texts: list[_Field], dialect: Dialect, targets: Mapping[str, str]) -> list[_Field]:
    """Return `texts`, then the fields in `extra`, then a field with remarks.

    The remarks state uncertain facts, and values for which the dialect has no field. `targets` has the keys to which
    the entry may refer.
    """
    remarks = doubts(row, cut=not row["authors"])
    name_of_remarks = REMARKS.biblatex if dialect == "biblatex" else REMARKS.bibtex
    if row["extra"]:
        fields, rest = split_extra(row, dialect, _FIELD_NAME, _PAPER_FIELDS | {name for name, _ in texts})
        _state_degree(row, fields, dialect)
        if _eprint(row) != row["arxiv"]:
            rest.pop("eprint", None)
        note = [fields.pop(name_of_remarks)] if name_of_remarks in fields else []
        remarks = [*note, *remarks, *sentences(rest)]
        if fields.get(_REFERENCE) in targets:
            texts.append((_REFERENCE, targets[fields.pop(_REFERENCE)]))
        texts += ((_HARMLESS_NAMES.get(name.lower(), name), value) for name, value in fields.items())
    return [*texts, (name_of_remarks, "; ".join(remarks))] if remarks else texts


def _state_degree(row: Row, fields: dict[str, str], dialect: Dialect) -> None:
    """Remove the field `type` if the entry type of a thesis states the degree.

    For biblatex, set `type` instead, because @thesis does not state the degree.
    """
    extra: Any = row["extra"]
    if (type_ := degree(row)) and "type" not in extra:
        if fields.get("type") in DEGREE_NAMES.values():
            del fields["type"]
        if dialect == "biblatex":
            fields.setdefault("type", BIBLATEX_TYPES[type_])


def _address(text: str, ascii_only: bool) -> str:
    """Return an address. Percent-encode braces, backslashes and spaces, because TeX reads the address verbatim."""
    forbidden = _NOT_IN_ASCII_ADDRESSES if ascii_only else _NOT_IN_ADDRESSES
    return forbidden.sub(lambda char: "".join(f"%{byte:02X}" for byte in char[0].encode()), harmless(text))


def _date(row: Row, dialect: Dialect, ascii_only: bool) -> Sequence[_Field]:
    if not row["extra"]:
        return _plain_date(str(row["date"] or ""), str(row.get("date_precision", "day")), dialect)
    paper_date = date_of(row)
    stated = stated_date(row) or (paper_date and plain(paper_date))
    return _date_fields(stated, row, dialect, ascii_only) if stated else []


@lru_cache(maxsize=10_000)
def _plain_date(day: str, precision: str, dialect: Dialect) -> Sequence[_Field]:
    """Return the fields of the date of a paper without `extra`. Many papers have the same date."""
    row = {"date": day, "date_precision": precision, "extra": {}}
    paper_date = date_of(row)
    return _date_fields(plain(paper_date), row, dialect, ascii_only=False) if paper_date else ()


def _date_fields(stated: StatedDate, row: Row, dialect: Dialect, ascii_only: bool) -> Sequence[_Field]:
    fields = biblatex_date(stated, row) if dialect == "biblatex" else bibtex_date(stated)
    texts = (value if name == "date" else source(value, ascii_only=ascii_only) for name, value in fields)
    return tuple(
        (name, value if value in MONTH_MACROS else f"{{{tex}}}")
        for (name, value), tex in zip(fields, texts, strict=True)
    )


def _eprint(row: Row) -> str | None:
    """Return the arXiv identifier, including a version that a BibTeX file stated; None if there is no identifier."""
    extra: Any = row["extra"]
    stated = extra.get("eprint", "") if extra else ""
    return stated if row["arxiv"] and stated and arxiv(stated) == row["arxiv"] else row["arxiv"]  # type: ignore[return-value]


def _authors(row: Row, ascii_only: bool) -> str:
    return _people(list_of(row, "authors"), bool(row["authors_complete"]), ascii_only)


def _editors(value: str, ascii_only: bool) -> str:
    names = split_names(value)
    is_cut = len(names) > 1 and names[-1] == "others"
    return _people(names[:-1] if is_cut else names, not is_cut, ascii_only)


def _people(names: Sequence[str], is_complete: bool, ascii_only: bool) -> str:
    tex = [_name(str(name), ascii_only) for name in names]
    return " and ".join([*tex, "others"] if tex and not is_complete else tex)


_PLAIN_NAME = re.compile(r"[A-Za-z]+(?:[ .'-] ?[A-Za-z]+)*")
"""Matches names that TeX prints as they are, which is most names."""


@lru_cache(maxsize=10_000)
def _name(name: str, ascii_only: bool) -> str:
    """Return a name as `von Last, Jr, First`. Put the name of an organisation in braces if BibTeX would split it."""
    split: Sequence[str] = parts(name)
    if not _PLAIN_NAME.fullmatch(name):
        split = [source(part, ascii_only=ascii_only) for part in split]
    given_names, particle, family, suffix = split
    last = f"{particle} {family}" if particle else family
    if not given_names:
        return f"{{{source(' '.join(name.split()), ascii_only=ascii_only)}}}" if _needs_braces(name) else last
    return ", ".join([last, suffix, given_names] if suffix else [last, given_names])


def _needs_braces(name: str) -> bool:
    """Return whether BibTeX would split or reinterpret a name that has no given names."""
    return len(name.split()) != 1 or "," in name or name.lower() in ("and", "others")


_ENTRY = re.compile(r"@(\w+)\{([^\s,{}]+),")
_NAME = re.compile(rf"\s*({_FIELD_NAME.pattern}) = (?:([a-z]+)|(?=\{{))")
_BRACE = re.compile(r"[{}]")


def read_back(text: str) -> Iterator[BibtexEntry]:
    """Yield the entries in a file that `write` wrote. Raise ValueError if a brace is never closed."""
    position = 0
    while match := _ENTRY.search(text, position):
        fields, position = [], match.end()
        while field := _NAME.match(text, position):
            end = field.end() if field[2] else _closing(text, field.end())
            fields.append((field[1], field[2] or text[field.end() : end]))
            position = end + (text[end : end + 1] == ",")
        yield BibtexEntry(match[1], match[2], fields)


def _closing(text: str, start: int) -> int:
    depth = 0
    for brace in _BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    raise ValueError(f"a brace is never closed: {text[start : start + 40]}")
