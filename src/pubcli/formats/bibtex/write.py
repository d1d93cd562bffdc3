"""BibTeX (btxdoc, 1988): one entry a paper, `@misc` unless it is known what the paper was published as.

    @misc{lowy2022private,
      title = {Private Non-Convex Federated Learning Without a Trusted Server},
      author = {Lowy, Andrew and Ghafelebashi, Ali and others},
      year = {2022},
      month = mar,
      keywords = {LG}
    }

A cut author list ends in `and others`; what else is not certain stands in `note`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Literal, NamedTuple, TextIO

from pubcli.answer.answer import Answer, Row
from pubcli.biblio.dates import MONTHS
from pubcli.biblio.identifiers import arxiv
from pubcli.biblio.names import parts, split_names
from pubcli.formats import RenderOptions
from pubcli.formats.bibtex.to_tex import source
from pubcli.formats.shared.crosswalk import PEOPLE
from pubcli.formats.shared.export import (
    CAPITALS,
    date_parts,
    doubts,
    first_and_last_page,
    keywords,
    list_of,
    sentences,
    split_extra,
    subtitle,
    with_unique_keys,
)
from pubcli.formats.shared.kinds import PREPRINT, record_type
from pubcli.formats.shared.theses import BIBLATEX_TYPES, DEGREE_NAMES, degree, type_implies_degree
from pubcli.text.normalize import harmless

Field = tuple[str, str]


class Entry(NamedTuple):
    """One entry: values are TeX source, in their braces, or a bare macro."""

    type: str
    key: str
    fields: list[Field]


class Dialect(NamedTuple):
    """What BibTeX and biblatex name differently."""

    types: dict[str | None, str]
    """The entry type for each kind of paper; those that are missing are the one for None."""
    names: dict[str, str]
    """Names of fields that are not called as here: journal, archivePrefix, primaryClass, school, institution."""
    form: Literal["bibtex", "biblatex"]
    """In biblatex the date is one field in ISO format, the subtitle a field, and a thesis a @thesis with a type."""
    remarks: str
    """The field for what pubcli has to say of a record: in biblatex one that is not printed."""


BIBTEX = Dialect(
    types={
        None: "misc", "article": "article", "inproceedings": "inproceedings", "book": "book", "chapter": "incollection",
        "thesis": "phdthesis", "report": "techreport",
    },
    names={},
    form="bibtex",
    remarks="note",
)  # fmt: skip
_MONTHS = tuple(map(str.lower, MONTHS))
_NAMES_OF_VENUE = {"article": "journal", "inproceedings": "booktitle", "chapter": "booktitle", "book": "series"}
_NAMES_OF_PUBLISHER = {"thesis": "school", "report": "institution"}
_BEYOND_ADDRESSES = re.compile(r"[{}\\ ]")
_BEYOND_ADDRESSES_IN_ASCII = re.compile(r"[{}\\ ]|[^\x00-\x7f]")
_HARMLESS = {"crossref": "proceedings", "xref": "proceedings", "xdata": "data"}
"""Names instead of those by which an entry refers to another: BibTeX refuses a file in which that one is not."""
_VERBATIM = ("doi", "eprint", "url")
_DATE = re.compile(r"[\dX~?%/.:TZ+-]+", re.ASCII)
_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_UNSAFE = re.compile(r"[^!$&*+\-./:;<>?@\[\]^`|\w]", re.ASCII)


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Entries with a blank line between them; nothing at all when there is no paper."""
    return put(entries(answer.rows, fields, options), out)


def entries(
    rows: Iterable[Row], fields: Sequence[str], options: RenderOptions, dialect: Dialect = BIBTEX
) -> Iterator[Entry]:
    """The entry of each paper."""
    for key, row in with_unique_keys(rows):
        yield _entry(key, row, dialect, ascii_only=options.ascii)


def put(found: Iterable[Entry], out: TextIO) -> int:
    """Write entries down and return how many there were."""
    count = 0
    for count, (kind, key, fields) in enumerate(found, 1):
        lines = ",\n".join([f"  {name} = {value}" for name, value in fields])
        out.write(f"{'' if count == 1 else chr(10)}@{kind}{{{key},\n{lines}\n}}\n")
    return count


def _entry(key: str, row: Row, dialect: Dialect, *, ascii_only: bool) -> Entry:
    kind = str(row["kind"]) if row["kind"] else None
    type_ = _type_of_its_own(row, dialect) or dialect.types.get(kind, dialect.types[None])
    fields = [(name, f"{{{_title(text, row, ascii_only)}}}") for name, text in _titles(row, dialect)]
    if authors := _authors(row, ascii_only):
        fields.append(("author", f"{{{authors}}}"))
    fields += _date(row, dialect, ascii_only)
    for name, value in _texts(row, str(kind), dialect):
        tex = _keywords(row, ascii_only) if name == "keywords" else _value(name, value, ascii_only)
        fields.append((dialect.names.get(name, name), f"{{{tex}}}"))
    return Entry(type_, key if key.isalnum() and key.isascii() else _UNSAFE.sub("", key) or "paper", fields)


def _value(name: str, value: str, ascii_only: bool) -> str:
    if name.lower() in PEOPLE:
        return _editors(value, ascii_only)
    return _address(value, ascii_only) if name in _VERBATIM else source(value, ascii_only=ascii_only)


def _keywords(row: Row, ascii_only: bool) -> str:
    """Keywords with commas between them; one that holds a comma or a semicolon stands in braces.

    One alone does so twice: many programs write braces around a whole value, which say nothing.
    """
    tex = [source(word, ascii_only=ascii_only) for word in keywords(row)]
    held = [f"{{{word}}}" if "," in word or ";" in word else word for word in tex]
    return f"{{{held[0]}}}" if len(held) == 1 and held != tex else ", ".join(held)


def _titles(row: Row, dialect: Dialect) -> list[Field]:
    """The title; biblatex has a field for the subtitle."""
    title, behind = str(row["title"]), subtitle(row) if dialect.form == "biblatex" else ""
    main = title.removesuffix(behind).rstrip()
    return [("title", main.removesuffix(":")), ("subtitle", behind)] if behind else [("title", title)]


def _title(text: str, row: Row, ascii_only: bool) -> str:
    values: Any = row["extra"]
    kept = values[CAPITALS].split("; ") if values and CAPITALS in values else ()
    return source(text, title=True, kept=kept, ascii_only=ascii_only)


def _type_of_its_own(row: Row, dialect: Dialect) -> str | None:
    """The entry type that a file gave, where the kinds of papers have none for it: mvbook, patent, mastersthesis.

    A thesis of which another format says what it is has one too. In biblatex it is a @thesis where its type tells that.
    """
    if kind := degree(row):
        return "thesis" if dialect.form == "biblatex" and type_implies_degree(row) else kind
    return record_type(row, dialect.form).partition("/")[0] or None


def _texts(row: Row, kind: str, dialect: Dialect) -> list[Field]:
    """The fields that hold text, without their escapes, in order."""
    classes = list_of(row, "classes") if row["arxiv"] else []
    plain = (
        (_NAMES_OF_VENUE.get(kind, "howpublished"), row["venue"]),
        ("volume", row["volume"]), ("number", row["issue"]),
        ("pages", row["pages"] and "--".join(first_and_last_page(str(row["pages"])))),
        (_NAMES_OF_PUBLISHER.get(kind, "publisher"), row["publisher"]),
        ("doi", row["doi"]), ("eprint", _eprint(row)),
        ("archivePrefix", row["arxiv"] and "arXiv"), ("primaryClass", classes[0] if len(classes) == 1 else None),
        ("url", row["url"]), ("keywords", ", ".join(keywords(row))), ("affiliation", row["org"]),
        (PREPRINT[0], PREPRINT[1] if dialect.form == "biblatex" and _is_mere_preprint(row) else None),
        ("citations", None if row["citations"] is None else str(row["citations"])), ("abstract", row["abstract"]),
    )  # fmt: skip
    return _with_notes(row, [(name, str(value)) for name, value in plain if value], dialect)


def _is_mere_preprint(row: Row) -> bool:
    """Whether a paper is a preprint, and no type, archive or state of another name tells so."""
    values: Any = row["extra"]
    return (
        row["kind"] == "preprint"
        and not row["arxiv"]
        and PREPRINT[0] not in values
        and not record_type(row, "biblatex")
    )


def _with_notes(row: Row, found: list[Field], dialect: Dialect) -> list[Field]:
    notes = doubts(row, cut=not row["authors"])
    if row["extra"]:
        taken = {"title", "author", "year", "month", "day", "date", "entrytype", *(name for name, _ in found)}
        held, said = split_extra(row, dialect.form, _FIELD, taken)
        _say_degree(row, held, dialect)
        if _year_as_written(row) is not None:
            said.pop("year", None)
        if _eprint(row) != row["arxiv"]:
            said.pop("eprint", None)
        if dialect.form == "biblatex" and _date_as_written(row):
            said.pop("date", None)
        notes = [*([held.pop(dialect.remarks)] if dialect.remarks in held else []), *notes, *sentences(said)]
        found += ((_HARMLESS.get(name.lower(), name), value) for name, value in held.items())
    return [*found, (dialect.remarks, "; ".join(notes))] if notes else found


def _say_degree(row: Row, held: dict[str, str], dialect: Dialect) -> None:
    """What the type of its entry says of a thesis need not be said again; in biblatex nothing else says it."""
    values: Any = row["extra"]
    if (kind := degree(row)) and "type" not in values:
        if held.get("type") in DEGREE_NAMES.values():
            del held["type"]
        if dialect.form == "biblatex":
            held.setdefault("type", BIBLATEX_TYPES[kind])


def _address(text: str, ascii_only: bool) -> str:
    """What TeX reads letter by letter, where no escape may stand: what it cannot hold becomes per cent and digits."""
    held = _BEYOND_ADDRESSES_IN_ASCII if ascii_only else _BEYOND_ADDRESSES
    return held.sub(lambda char: "".join(f"%{byte:02X}" for byte in char[0].encode()), harmless(text))


def _date(row: Row, dialect: Dialect, ascii_only: bool) -> Iterator[Field]:
    known, year = date_parts(row), _year_as_written(row)
    if dialect.form == "biblatex" and year is None:
        if known:
            yield "date", f"{{{_date_as_written(row) or '-'.join(known)}}}"
        return
    if year is not None:
        yield "year", f"{{{source(year, ascii_only=ascii_only)}}}"
    for name, part in list(zip(("year", "month", "day"), known, strict=False))[year is not None :]:
        number = part if name == "year" else str(int(part))  # of a year all four digits
        yield name, _MONTHS[int(part) - 1] if name == "month" else f"{{{number}}}"


def _eprint(row: Row) -> str | None:
    """The identifier of arXiv, with the version if a file of BibTeX told that; None without one."""
    values: Any = row["extra"]
    given = values.get("eprint", "") if values else ""
    return given if row["arxiv"] and given and arxiv(given) == row["arxiv"] else row["arxiv"]  # type: ignore[return-value]


def _year_as_written(row: Row) -> str | None:
    """The year of a file of BibTeX that is more than a number, `in press` or `2001--2003`; None for others.

    So it is for one that a date in another field contradicts.
    """
    values: Any = row["extra"]
    year, known = values.get("year") if values else None, date_parts(row)
    return None if year is None or (known and year.isdecimal() and year != known[0]) else str(year)


def _date_as_written(row: Row) -> str | None:
    """The date of a file of biblatex that is more than a day, `2001/2003` or `2001~`; None for others."""
    values: Any = row["extra"]
    written, known = values.get("date", "") if values else "", date_parts(row)
    is_date = known and _year_as_written(row) is None and _DATE.fullmatch(written) and written.startswith(known[0])
    return written if is_date else None


def _authors(row: Row, ascii_only: bool) -> str:
    return _people(list_of(row, "authors"), bool(row["authors_complete"]), ascii_only)


def _editors(value: str, ascii_only: bool) -> str:
    names = split_names(value)
    is_cut = len(names) > 1 and names[-1] == "others"
    return _people(names[:-1] if is_cut else names, not is_cut, ascii_only)


def _people(names: Sequence[str], complete: bool, ascii_only: bool) -> str:
    written = [_name(str(name), ascii_only) for name in names]
    return " and ".join([*written, "others"] if written and not complete else written)


@lru_cache(maxsize=10_000)
def _name(name: str, ascii_only: bool) -> str:
    """`von Last, Jr, First`. A group, or what BibTeX would take apart otherwise, stands in braces."""
    given, particle, family, suffix = (source(part, ascii_only=ascii_only) for part in parts(name))
    last = f"{particle} {family}" if particle else family
    if not given:
        return f"{{{source(' '.join(name.split()), ascii_only=ascii_only)}}}" if _is_whole(name) else last
    return ", ".join([last, suffix, given] if suffix else [last, given])


def _is_whole(name: str) -> bool:
    """Whether a name without given names needs braces, so that BibTeX takes nothing of it apart."""
    return len(name.split()) != 1 or "," in name or name.lower() in ("and", "others")


_ENTRY = re.compile(r"@(\w+)\{([^\s,{}]+),")
_NAME = re.compile(r"\s*([A-Za-z][A-Za-z0-9_-]*) = (?:([a-z]+)|(?=\{))")
_BRACE = re.compile(r"[{}]")


def read_back(text: str) -> Iterator[Entry]:
    """The entries in a file, with braces counted as BibTeX counts them. Raises ValueError where that fails."""
    position = 0
    while match := _ENTRY.search(text, position):
        fields, position = [], match.end()
        while field := _NAME.match(text, position):
            end = field.end() if field[2] else _closing(text, field.end())
            fields.append((field[1], field[2] or text[field.end() : end]))
            position = end + (text[end : end + 1] == ",")
        yield Entry(match[1], match[2], fields)


def _closing(text: str, start: int) -> int:
    depth = 0
    for brace in _BRACE.finditer(text, start):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    raise ValueError(f"a brace is never closed: {text[start : start + 40]}")
