r"""Read BibTeX and biblatex: turn the fields of each entry into the fields of a paper.

`_parse_entry` removes the fields that it understands, step by step; see `shared.leftovers`. The remaining fields go to
`extra`. The citation keys of the file do not change, because manuscripts cite them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from pubcli.biblio import citation_keys, identifiers, name_lists, names, stated_dates
from pubcli.biblio.dates import PartialDate
from pubcli.biblio.month_names import ENGLISH_MONTHS, month_of
from pubcli.formats.bibtex import journals
from pubcli.formats.bibtex.addresses import address
from pubcli.formats.bibtex.blocks import closing
from pubcli.formats.bibtex.entries import ParsedEntry, entries
from pubcli.formats.bibtex.fields import (
    ADDRESSES,
    ARCHIVE,
    ARXIV_CLASS,
    NUMBERS,
    PUBLISHERS,
    REMARKS,
    TEXTS,
    VENUES,
    field_for,
    is_verbatim,
)
from pubcli.formats.bibtex.from_tex import capitals, text
from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.crosswalk import PEOPLE
from pubcli.formats.shared.export import CAPITALS
from pubcli.formats.shared.kinds import KINDS, PREPRINT, UNSPECIFIC, is_web_page, kind_types
from pubcli.formats.shared.leftovers import Leftovers
from pubcli.formats.shared.lines import non_empty, number, one_line
from pubcli.formats.shared.notes import class_fields, date_fields, parse_note, with_identifiers, with_subtitle
from pubcli.formats.shared.theses import BIBLATEX_TYPES
from pubcli.inputs.sources import Source
from pubcli.model import Document

_KINDS = KINDS["biblatex"]
_KIND_TYPES = (kind_types("bibtex") | kind_types("biblatex")) - {"phdthesis"}
"""Entry types that are not kept in `extra`, because the kind implies them. @phdthesis is kept: it states a degree."""
_WEB_TYPES = ("online", "electronic", "www")
_ARXIV_PLACES = ("journal", "howpublished", "number", "volume", "arxivid", "note")
"""Fields besides `eprint` that may contain an arXiv identifier, for example in files of pandoc, Mendeley and DBLP."""
_TEXT_NAMES = frozenset(name for texts in TEXTS.values() for name in texts.accepted)
_LOWER_CASE = frozenset((*REMARKS.accepted, *_TEXT_NAMES, "doi", "url", "eprint", "journal", "year", "month", "day",
                         "date", "publisher"))  # fmt: skip
"""Names that are in lower case in `extra`. All other names keep their capitals, which BibTeX ignores."""
_ESCAPED_SEPARATOR = re.compile(r"\\([,;])")
_PARTS = ("year", "month", "day")
_VERSION = re.compile(r"v\d+$")
"""Matches the version in an arXiv identifier. `arxiv` has no version, so `extra` keeps the full identifier."""
_BETWEEN_CLASSES = re.compile(r"[\s,;]+")
_AND = re.compile(r"(?<=\s)and(?=\s)", re.IGNORECASE)
_NAME_PART = re.compile(r"\s*(family|given|prefix|suffix|useprefix|(?:family|given|prefix|suffix)-i)\s*=(.*)")
"""Matches a part of a name in the extended format of biblatex: family=Gogh, given=Vincent, prefix=van."""
_URL = re.compile(r"\\url\s*\{(?:[^{}]|\{[^{}]*\})*\}")
_AROUND = "{} \t\n"
"""Characters to strip from both ends of a URL."""


def read(source: Source) -> Document:
    """Return the entries as one page."""
    return collect.document(source, parse(source))


def parse(source: Source) -> Iterator[Parsed]:
    """Yield the papers and problems in order. Raise InputError if the source is not BibTeX."""
    for item in entries(source):
        if isinstance(item, ParseProblem):
            yield item
        else:
            yield from _parse_entry(item)


@dataclass(slots=True)
class _Draft:
    """A paper whose entry is being read."""

    type: str
    kind: str | None
    """The kind that the entry type implies; None if the type implies no kind."""
    tex: Leftovers[str]
    """The fields of the entry that no step has taken yet."""
    fields: dict[str, Any]
    """The fields of the paper that the steps have set so far."""
    extra: dict[str, str] = field(default_factory=dict)
    """Texts that the steps add to `extra`."""
    unclear_names: list[str] = field(default_factory=list)
    """Names with so many commas that they may be several people's."""


def _parse_entry(entry: ParsedEntry) -> Iterator[Parsed]:
    """Yield the paper of an entry, and the problems of its list of authors."""
    kind = _KINDS.get(entry.type) if entry.type not in _WEB_TYPES else None
    draft = _Draft(entry.type, kind, Leftovers(entry.fields), {"key": entry.key})
    protected = [word for name in ("title", "subtitle") for word in capitals(entry.fields.get(name, ""))]
    for step in _STEPS:
        step(draft)
    fields = draft.fields
    draft.extra |= {CAPITALS: "; ".join(protected), "citekey": "" if citation_keys.is_valid(entry.key) else entry.key}
    extra = non_empty({name: _extra_text(name, tex) for name, tex in draft.tex.items()} | draft.extra)
    fields["title"] = with_subtitle(fields.get("title", ""), extra.get("subtitle"))
    fields["extra"] = {
        name if name in _LOWER_CASE else entry.spellings.get(name, name): value for name, value in extra.items()
    }
    yield ParsedRecord(entry.line, entry.last_line, non_empty(fields))
    for name in draft.unclear_names:
        reason = "a name has too many commas, or a list of names lacks `and`"
        yield ParseProblem(entry.line, entry.last_line, reason, "names such as Doe, Jane and Roe, Kim", name)


def _extra_text(name: str, tex: str) -> str:
    """Return the value of a field for `extra`, as text."""
    if name == "date":  # in a date, a tilde means "about", not a space
        return tex.strip()
    if name in ADDRESSES or is_verbatim(name):
        return one_line(tex)
    if name not in PEOPLE:
        return text(journals.spelled_out(tex) if name == "series" else tex, is_prose=name not in NUMBERS)
    listed, is_complete, _ = people(tex)
    return names.join_names(listed if is_complete else [*listed, "others"])


def _clean_addresses(draft: _Draft) -> None:
    """Move a URL from `howpublished` to `url`, and remove escapes of TeX from addresses."""
    tex = draft.tex
    rest, urls = _URL.subn("", tex.get("howpublished", ""))
    if "url" not in tex and urls and not rest.strip(_AROUND):
        tex["url"] = tex.take("howpublished")
    for name in ADDRESSES:
        if name in tex:
            tex[name] = address(tex[name]).strip(_AROUND)


def _take_doi(draft: _Draft) -> None:
    if (doi := identifiers.doi(draft.tex.get("doi", ""))) is not None:
        draft.fields["doi"] = doi
        draft.tex.discard("doi")


def _take_eprint(draft: _Draft) -> None:
    """Take the arXiv identifier and classes if the entry names no other archive.

    The first class becomes the class of the paper. The other classes become keywords.
    """
    tex = draft.tex
    archive = next((tex[name] for name in ARCHIVE.accepted if tex.get(name)), "").lower()
    arxiv = identifiers.arxiv(tex.get("eprint", "")) if archive in ("", "arxiv") else None
    if not arxiv:
        return
    draft.fields["arxiv"] = arxiv
    if not _VERSION.search(tex["eprint"]):
        tex.discard("eprint")
    tex.discard(*ARCHIVE.accepted)
    listed = next((value for name in ARXIV_CLASS.accepted if (value := tex.pop(name, ""))), "").strip("{} ")
    if classes := [class_ for class_ in _BETWEEN_CLASSES.split(listed) if class_]:
        draft.fields |= class_fields(classes[0]) | {"keywords": tuple(classes[1:])}


def _take_url(draft: _Draft) -> None:
    if "url" in draft.tex:
        draft.fields["url"] = draft.tex.take("url")
    with_identifiers(draft.fields)


def _take_arxiv_elsewhere(draft: _Draft) -> None:
    """Take the arXiv identifier from fields besides `eprint`. Remove `number` or `arxivid` if it holds nothing else."""
    if "arxiv" in draft.fields:
        return
    for name in _ARXIV_PLACES:
        value = draft.tex.get(name, "")
        is_labeled = name == "arxivid" or "arxiv" in value.lower() or value.startswith("abs/")
        if is_labeled and (arxiv := identifiers.arxiv(text(value))):
            if name in ("number", "arxivid") and " " not in value.strip():
                draft.tex.discard(name)
            draft.fields["arxiv"] = arxiv
            return


def _take_date(draft: _Draft) -> None:
    """Take `date`, or `year`, `month` and `day`. Leave a field that states more than a date, such as `2001/2003`."""
    tex = draft.tex
    date, taken = _date_of_fields(*(tex.get(name, "") for name in ("date", "year", "month", "day")))
    tex.discard(*taken)
    draft.fields |= date_fields(date)


@lru_cache(maxsize=10_000)
def _date_of_fields(date: str, year: str, month: str, day: str) -> tuple[PartialDate | None, frozenset[str]]:
    """Return the date in fields of an entry, and the names of the fields that state no more than this date."""
    stated, parts = (
        stated_dates.parse(date),
        {name: text(tex) for name, tex in zip(_PARTS, (year, month, day), strict=True)},
    )
    taken = {"date"} if stated.is_plain else set()
    if stated.date is None:
        stated, taken = _year_month_and_day(**parts)
    for name, value in zip(_PARTS, stated.start.numbers() if stated.start else (), strict=False):
        if (number(parts[name]) or (month_of(parts[name]) if name == "month" else None)) == value:
            taken.add(name)  # the date says it too
    return stated.date, frozenset(taken)


def _year_month_and_day(year: str, month: str, day: str) -> tuple[stated_dates.StatedDate, set[str]]:
    """Return the date that the parts state together, and the names of the parts that this date fully expresses.

    Parts that are not understood are ignored. `Sep--Oct` and `2001` state a range, and only `year` is fully expressed.
    """
    stated = stated_dates.parse(year)
    taken = {"year"} if stated.is_plain else set()
    if not month or stated.date is None or stated.date.precision != "year":
        return stated, taken
    name_of_month = dict(enumerate(ENGLISH_MONTHS, 1)).get(number(month) or 0, month)
    number_of_year = f"{stated.date.day.year:04}"
    for parts, names_ in (f"{day} {name_of_month}", {"month", "day"}), (name_of_month, {"month"}):
        in_full = stated_dates.parse(f"{parts} {number_of_year}")
        if not in_full.text:
            return in_full, taken | (names_ if in_full.is_plain else set())
    return stated, taken


def _take_texts(draft: _Draft) -> None:
    for name, texts in TEXTS.items():
        if spelling := next((spelling for spelling in texts.accepted if spelling in draft.tex), None):
            draft.fields[name] = text(draft.tex.take(spelling), is_prose=name not in NUMBERS)


def _take_venue_and_publisher(draft: _Draft) -> None:
    for name, fields in ("venue", VENUES), ("publisher", PUBLISHERS):
        accepted = field_for(draft.kind, fields).accepted
        if spelling := next((spelling for spelling in accepted if spelling in draft.tex), None):
            draft.fields[name] = text(journals.spelled_out(draft.tex.take(spelling)))


def _take_keywords(draft: _Draft) -> None:
    if "keywords" in draft.tex:
        words = _keywords(draft.tex.take("keywords").strip())
        draft.fields["keywords"] = tuple(dict.fromkeys((*words, *draft.fields.get("keywords", ()))))


def _take_authors(draft: _Draft) -> None:
    if "author" in draft.tex:
        fields = draft.fields
        fields["authors"], fields["authors_complete"], draft.unclear_names = people(draft.tex.take("author"))


def _take_citations(draft: _Draft) -> None:
    if (citations := number(draft.tex.get("citations", ""))) is not None:
        draft.fields["citations"] = citations
        draft.tex.discard("citations")


def _take_notes(draft: _Draft) -> None:
    """Extract the values that pubcli wrote into the notes. The remaining text of each note goes to `extra`."""
    for name in REMARKS.accepted:
        if name in draft.tex:
            draft.extra[name], stated = parse_note(text(draft.tex.take(name)))
            draft.fields |= stated


def _set_kind(draft: _Draft) -> None:
    """Set the kind of the paper. A @misc or an @online may be a preprint, a web page or anything else."""
    is_preprint = draft.kind is None and draft.tex.get(PREPRINT[0]) == PREPRINT[1]
    if is_preprint:
        draft.tex.discard(PREPRINT[0])
    kind = draft.kind
    if kind is None and ("arxiv" in draft.fields or is_preprint):
        kind = "preprint"
    elif kind is None and draft.type != UNSPECIFIC:
        is_unknown = draft.type in _WEB_TYPES and not is_web_page(draft.fields)
        kind = None if is_unknown else "other"
    draft.fields["kind"] = kind


def _keep_type(draft: _Draft) -> None:
    """Keep the entry type in `extra`, unless the kind implies it. For a @thesis, keep the degree that `type` states."""
    stated = draft.tex.get("type", "").strip("{} ")
    degree = next((degree for degree, type_ in BIBLATEX_TYPES.items() if type_ == stated), None)
    if draft.type == "thesis" and degree:
        draft.tex.discard("type")
        draft.extra["entrytype"] = degree
        return
    is_implied = draft.type in _KIND_TYPES and (draft.type, draft.fields["kind"]) != ("online", "other")
    draft.extra["entrytype"] = "" if is_implied else draft.type


_STEPS: tuple[Callable[[_Draft], None], ...] = (
    _clean_addresses,  # before the steps that take identifiers from these fields
    _take_doi,
    _take_eprint,
    _take_url,  # after `doi` and `eprint`, which are preferred to identifiers in the URL
    _take_arxiv_elsewhere,  # after `eprint` and the URL; before texts, venue and notes, which may hold the identifier
    _take_date,
    _take_texts,
    _take_venue_and_publisher,
    _take_keywords,  # after `_take_eprint`, whose classes come last among the keywords
    _take_authors,
    _take_citations,
    _take_notes,
    _set_kind,  # after URL and identifiers, which distinguish preprints from web pages
    _keep_type,  # after the kind
)
"""The steps that take fields from an entry, in order. Fields that no step takes go to `extra`."""


def _keywords(tex: str) -> tuple[str, ...]:
    """Return the keywords in a value. Split the value at semicolons or, if it has none, at commas.

    Do not split in braces or after a backslash: JabRef writes `\\,` for a comma. Ignore braces around the whole value.
    """
    if tex.startswith("{") and closing(tex) == len(tex) - 1:
        tex = tex[1:-1]
    splits = (_rejoin(re.split(rf"(?<!\\){separator}", tex), separator) for separator in ";,")
    pieces = next((pieces for pieces in splits if len(pieces) > 1), [tex])
    words = (text(_ESCAPED_SEPARATOR.sub(r"\1", piece)) for piece in pieces)
    return tuple(dict.fromkeys(filter(None, words)))


class _People(NamedTuple):
    """A list of people."""

    names: tuple[str, ...]
    """The names, given names first."""
    is_complete: bool
    unclear: list[str]
    """Names with more commas than a name has."""


def people(tex: str) -> _People:
    """Return the people in a list."""
    listed, is_cut = name_lists.without_et_al([" ".join(name.split()) for name in _split_people(tex)])
    is_given_first = len(listed) > 1 and "," not in listed[-1] and " " in listed[-1]
    unclear: list[str] = []
    people = [person for name in listed for person in _several_people(name, is_given_first, unclear) if person]
    return _People(tuple(people), not is_cut, unclear)


def _several_people(tex: str, is_given_first: bool, unclear: list[str]) -> list[str]:
    """Return the people in a text without `and`. A name with too many commas is added to `unclear`.

    `is_given_first` states whether the last name of the list begins with the given name.
    """
    family, comma, rest = tex.partition(",")
    if not comma or "=" in tex or (" " not in family and "," not in rest):  # fast path for nearly all names
        return [_name(tex)]
    pieces = _rejoin(tex.removesuffix(",").split(","), ",")
    if len(pieces) == 1:
        return [_name(tex.removesuffix(","))]
    is_list = is_given_first and tex.endswith(",")  # as in: Jane Doe, Kim Roe, and Li Loe
    several = name_lists.several_people([text(piece) for piece in pieces], is_given_first=is_list)
    if several:
        return list(map(names.given_name_first, several))
    if len(pieces) > name_lists.MOST_NAME_PARTS:
        unclear.append(tex)
    return [_name(tex.removesuffix(","))]


def _split_people(tex: str) -> list[str]:
    """Split a list of names at `and` outside of braces. Without `and`, split at semicolons: some programs use them."""
    pieces = _rejoin(_AND.split(tex), "and")
    if len(pieces) > 1 or "{" in tex:
        return pieces
    listed = [name for piece in tex.split(";") if (name := piece.strip())]
    return listed if all(" " in name for name in listed) else pieces


def _rejoin(pieces: list[str], separator: str) -> list[str]:
    """Join neighbouring pieces of a text again if the separator between them was in braces."""
    if not any("{" in piece for piece in pieces):
        return pieces
    groups: list[list[str]] = []
    depth = 0
    for piece in pieces:
        if depth <= 0:
            groups.append([])
        groups[-1].append(piece)
        depth += piece.count("{") - piece.count("}")
    return list(map(separator.join, groups))


def _name(tex: str) -> str:
    """Return a name, given names first. Do not split a name that is entirely in braces, such as an organisation."""
    if "=" in tex and (name := _extended_name(tex)):
        return name
    if tex.startswith("{") and tex.endswith("}") and not tex.startswith("{\\") and closing(tex) == len(tex) - 1:
        return names.full_name("", "", text(tex)) if "," not in tex else text(tex)
    if "{" in tex and "," not in tex:
        return text(tex)
    return names.given_name_first(names.without_homonym_number(text(tex)))


def _extended_name(tex: str) -> str:
    """Parse a name in the extended format of biblatex: `family=Gogh, given=Vincent`. Return "" for any other name."""
    parts: dict[str, str] = {}
    for piece in _rejoin(tex.split(","), ","):
        match = _NAME_PART.fullmatch(piece)
        if match is None:
            return ""
        parts[match[1]] = text(match[2]).strip('" ')
    return names.full_name(*(parts.get(part, "") for part in ("given", "prefix", "family", "suffix")))
