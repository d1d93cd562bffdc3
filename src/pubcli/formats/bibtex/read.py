r"""BibTeX and biblatex: the fields of an entry as those of a paper. TeX becomes text in `detex`.

The keys of the file stay, since manuscripts cite them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from pubcli.biblio import dates, identifiers, names
from pubcli.formats.bibtex import journals
from pubcli.formats.bibtex.entries import Entry, closing, entries
from pubcli.formats.bibtex.from_tex import capitals, text
from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Parsed, ParsedRecord, ParseProblem, is_key
from pubcli.formats.shared.crosswalk import PEOPLE
from pubcli.formats.shared.export import CAPITALS
from pubcli.formats.shared.kinds import KINDS, PREPRINT, is_web_page
from pubcli.formats.shared.lines import non_empty, number
from pubcli.formats.shared.notes import class_fields, date_fields, parse_note, with_identifiers, with_subtitle
from pubcli.formats.shared.theses import BIBLATEX_TYPES
from pubcli.inputs.sources import Source
from pubcli.model import Document

_KINDS = KINDS["entry"]
_WRITTEN = frozenset("article inproceedings book incollection thesis techreport report dataset software misc"
                     " online".split())  # fmt: skip
"""Entry types that are written back, in one of the two dialects; the others are kept in `extra`."""
_OF_ADDRESSES = ("online", "electronic", "www")
_VENUES: Mapping[str | None, tuple[str, ...]] = {
    "article": ("journaltitle", "journal"), "inproceedings": ("booktitle",), "chapter": ("booktitle",),
    "book": ("series",), None: ("howpublished",),
}  # fmt: skip
_PUBLISHERS: Mapping[str | None, tuple[str, ...]] = {
    "thesis": ("school", "institution", "publisher"), "report": ("institution", "publisher"), None: ("publisher",),
}  # fmt: skip
_TEXTS = {
    "title": "title", "volume": "volume", "number": "issue", "issue": "issue", "pages": "pages",
    "abstract": "abstract", "affiliation": "org",
}  # fmt: skip
_MAY_SAY_ARXIV = ("journal", "howpublished", "number", "volume", "arxivid", "note")
"""Fields in which people, pandoc, Mendeley and DBLP (CoRR, abs/1706.03762) name a preprint."""
_NOTES = ("note", "annotation")
_LOWER = frozenset((*_NOTES, *_TEXTS, "doi", "url", "eprint", "journal", "year", "month", "day", "date", "publisher"))
"""Names that pubcli writes; other names keep their capitals, to BibTeX they are the same."""
_VERBATIM = re.compile(r"\\([_%&#~$^])|\{\\([_%&#~$])\}")
_ESCAPED_SEPARATOR = re.compile(r"\\([,;])")
_VERSION = re.compile(r"v\d+$")
"""Of a paper on arXiv, of which the identifier says nothing: it stays in `extra`."""
_BETWEEN_CLASSES = re.compile(r"[\s,;]+")
_AND = re.compile(r"(?<=\s)and(?=\s)", re.IGNORECASE)
_MORE_THAN_A_DAY = re.compile(r"[~?%X]|\.\.|^/|/$|\d/\d{4}|^-?\d{4}-(?:2[1-9]|3\d|4[01])$")
"""Signs of a range, a doubt or a season, as biblatex has them after ISO 8601-2."""
_PART_OF_NAME = re.compile(r"\s*(family|given|prefix|suffix|useprefix|(?:family|given|prefix|suffix)-i)\s*=(.*)")
"""A part of a name as biblatex has it beside `Last, First`: family=Gogh, given=Vincent, prefix=van."""
_URL = re.compile(r"\\url\s*\{(.*?)\}", re.DOTALL)
_AROUND = "{} \t\n"
"""What may stand around an address."""


def read(source: Source) -> Document:
    """The entries as one page."""
    return collect.document(source, parse(source))


def parse(source: Source) -> Iterator[Parsed]:
    """The papers, one by one. Raises InputError when there is no entry."""
    return (one if isinstance(one, ParseProblem) else _reference(one) for one in entries(source))


def _reference(entry: Entry) -> ParsedRecord:
    said = _said(entry.type, entry.key, entry.fields)
    if "extra" in said:
        said["extra"] = {
            name if name in _LOWER else entry.names.get(name, name): value for name, value in said["extra"].items()
        }
    return ParsedRecord(entry.line, entry.last_line, said)


def _said(type_: str, key: str, fields: dict[str, str]) -> dict[str, Any]:
    said: dict[str, Any] = {"key": key}
    kind = _KINDS.get(type_) if type_ not in _OF_ADDRESSES else None
    kept = [part for name in ("title", "subtitle") for part in capitals(fields.get(name, ""))]
    _take_identifiers(fields, said)
    said |= _date(fields)
    _take_texts(fields, said, kind)
    if "author" in fields:
        said["authors"], said["authors_complete"] = people(fields.pop("author"))
    if (cited := number(fields.get("citations", ""))) is not None:
        said["citations"] = cited
        del fields["citations"]
    no_tex = _take_notes(fields, said)
    is_preprint = kind is None and fields.get(PREPRINT[0]) == PREPRINT[1]
    if is_preprint:
        del fields[PREPRINT[0]]
    said["kind"] = kind or _kind_of_misc(type_, said, is_preprint=is_preprint)
    no_tex["entrytype"] = _type_of_its_own(type_, said["kind"], fields)
    no_tex |= {CAPITALS: "; ".join(kept), "citekey": "" if is_key(key) else key}
    said["extra"] = non_empty({name: _more(name, tex) for name, tex in fields.items()} | no_tex)
    said["title"] = with_subtitle(said.get("title", ""), said["extra"].get("subtitle"))
    return non_empty(said)


def _type_of_its_own(type_: str, kind: str | None, fields: dict[str, str]) -> str:
    """The entry type, where the kind of the paper does not tell it; a @thesis of biblatex says it in a field."""
    named = fields.get("type", "").strip("{} ")
    for found, called in BIBLATEX_TYPES.items():
        if type_ == "thesis" and named == called:
            del fields["type"]
            return found
    is_told = type_ in _WRITTEN and (type_, kind) != ("online", "other")
    return "" if is_told else type_


def _more(name: str, tex: str) -> str:
    """The value of a field that a paper has no field for."""
    if name == "date":  # where a tilde is no blank
        return tex.strip()
    if name not in PEOPLE:
        return text(journals.spelled_out(tex) if name == "series" else tex)
    listed, complete = people(tex)
    return names.join_names(listed if complete else [*listed, "others"])


def _take_texts(fields: dict[str, str], said: dict[str, Any], kind: str | None) -> None:
    for name, field in _TEXTS.items():
        if name in fields and field not in said:
            said[field] = text(fields.pop(name))
    for field, homes in ("venue", _VENUES), ("publisher", _PUBLISHERS):
        home = next((name for name in homes.get(kind, homes[None]) if name in fields), None)
        if home:
            said[field] = text(journals.spelled_out(fields.pop(home)))
    if "keywords" in fields:
        words = _keywords(fields.pop("keywords").strip())
        said["keywords"] = tuple(dict.fromkeys((*words, *said.get("keywords", ()))))


def _kind_of_misc(type_: str, said: Mapping[str, Any], *, is_preprint: bool) -> str | None:
    """`@misc` and `@online` are what preprints are written as, and everything that nothing is known of."""
    if "arxiv" in said or is_preprint:
        return "preprint"
    return None if type_ == "misc" or (type_ in _OF_ADDRESSES and not is_web_page(said)) else "other"


def _take_identifiers(fields: dict[str, str], said: dict[str, Any]) -> None:
    rest, addresses = _URL.subn("", fields.get("howpublished", ""))
    if "url" not in fields and addresses and not rest.strip(_AROUND):
        fields["url"] = fields.pop("howpublished")
    for name in ("doi", "url", "eprint"):
        if name in fields:
            address = _URL.sub(r"\1", fields[name])
            fields[name] = _VERBATIM.sub(lambda sign: sign[1] or sign[2], address).strip(_AROUND)
    if (doi := identifiers.doi(fields.get("doi", ""))) is not None:
        said["doi"] = doi
        del fields["doi"]
    _take_arxiv(fields, said)
    if "url" in fields:
        said["url"] = fields.pop("url")
    with_identifiers(said)
    if "arxiv" not in said and (found := _arxiv_elsewhere(fields)):
        said["arxiv"] = found


def _take_arxiv(fields: dict[str, str], said: dict[str, Any]) -> None:
    """What stands in the archive, where that is arXiv."""
    archive = (fields.get("archiveprefix") or fields.get("eprinttype") or "").lower()
    found = identifiers.arxiv(fields.get("eprint", "")) if archive in ("", "arxiv") else None
    if found:
        said["arxiv"] = found
        if not _VERSION.search(fields["eprint"]):
            del fields["eprint"]
        for name in ("archiveprefix", "eprinttype"):
            fields.pop(name, None)
        told = (fields.pop("primaryclass", "") or fields.pop("eprintclass", "")).strip("{} ")
        if classes := [one for one in _BETWEEN_CLASSES.split(told) if one]:
            said |= class_fields(classes[0]) | {"keywords": tuple(classes[1:])}  # as the other readers make of them too


def _arxiv_elsewhere(fields: dict[str, str]) -> str | None:
    """The identifier in a field for other things; where an issue has its number, it says nothing else."""
    for name in _MAY_SAY_ARXIV:
        value = fields.get(name, "")
        is_told = name == "arxivid" or "arxiv" in value.lower() or value.startswith("abs/")
        if is_told and (found := identifiers.arxiv(text(value))):
            if name in ("number", "arxivid") and " " not in value.strip():
                del fields[name]
            return found
    return None


def _date(fields: dict[str, str]) -> dict[str, Any]:
    if known := dates.parse_date(fields.get("date", "")):
        if not _MORE_THAN_A_DAY.search(fields["date"].strip()):
            del fields["date"]
        return date_fields(known)
    year = dates.parse_date(fields.get("year", ""))
    if year is None:
        return {}
    month = dates.month_number(fields.get("month", "")) if year.precision == "year" else None
    day = fields.get("day", "").strip()
    known = dates.partial_date(year.day.year, month, number(day))
    is_all = fields["year"].strip("{} ") == f"{year.day.year:04}"  # and no "2001--2003"
    taken = {"year": is_all, "month": bool(month), "day": known is not None and known.precision == "day"}
    for name, is_taken in taken.items():
        if is_taken:
            fields.pop(name, None)
    return date_fields(known)


def _keywords(tex: str) -> tuple[str, ...]:
    """What stands between semicolons, or else commas; in braces, or behind a backslash as in JabRef, neither counts.

    Braces around the whole value say nothing.
    """
    if tex.startswith("{") and closing(tex) == len(tex) - 1:
        tex = tex[1:-1]
    cut = (_whole_pieces(re.split(rf"(?<!\\){separator}", tex), separator) for separator in ";,")
    found = next((pieces for pieces in cut if len(pieces) > 1), [tex])
    words = (text(_ESCAPED_SEPARATOR.sub(r"\1", piece)) for piece in found)
    return tuple(dict.fromkeys(filter(None, words)))


def _take_notes(fields: dict[str, str], said: dict[str, Any]) -> dict[str, str]:
    """What each note says beside the doubts, as text."""
    rest = {}
    for name in _NOTES:
        if name in fields:
            rest[name], doubts = parse_note(text(fields.pop(name)))
            said |= doubts
    return rest


def people(tex: str) -> tuple[tuple[str, ...], bool]:
    """The names in a list of authors, in the order of pages, and whether the list is complete."""
    listed = [" ".join(one.split()) for one in _apart(tex)]
    complete = not listed or listed[-1].lower() not in ("others", "et al.")
    return tuple(filter(None, map(_name, listed if complete else listed[:-1]))), complete


def _apart(tex: str) -> list[str]:
    """The list cut at `and`, but not within braces; without any at semicolons, which other programs write."""
    found = _whole_pieces(_AND.split(tex), "and")
    if len(found) > 1 or "{" in tex:
        return found
    listed = [name for one in tex.split(";") if (name := one.strip())]
    return listed if all(" " in name for name in listed) else found


def _whole_pieces(found: list[str], between: str) -> list[str]:
    """Pieces of a text, of which those that were cut within braces are put together again."""
    if not any("{" in part for part in found):
        return found
    whole: list[list[str]] = []
    depth = 0
    for part in found:
        if depth <= 0:
            whole.append([])
        whole[-1].append(part)
        depth += part.count("{") - part.count("}")
    return list(map(between.join, whole))


def _name(tex: str) -> str:
    """A name in the order of pages. In braces it is whole; `{\\'E}tienne` begins with a brace that is no such one."""
    if "=" in tex and (named := _in_named_parts(tex)):
        return named
    if tex.startswith("{") and tex.endswith("}") and not tex.startswith("{\\") and closing(tex) == len(tex) - 1:
        return names.full_name("", "", text(tex)) if "," not in tex else text(tex)
    if "{" in tex and "," not in tex:
        return text(tex)
    return names.given_name_first(names.without_homonym_number(text(tex)))


def _in_named_parts(tex: str) -> str:
    """A name whose parts biblatex tells by their names; empty for any other."""
    found: dict[str, str] = {}
    for part in _whole_pieces(tex.split(","), ","):
        match = _PART_OF_NAME.fullmatch(part)
        if match is None:
            return ""
        found[match[1]] = text(match[2]).strip('" ')
    return names.full_name(*(found.get(part, "") for part in ("given", "prefix", "family", "suffix")))
