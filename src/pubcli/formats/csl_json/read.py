"""CSL-JSON, as Zotero, pandoc, Crossref and pubcli write it: an array of items, one item, or an object around them."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pubcli.biblio import dates, identifiers, names
from pubcli.formats.csl_json.write import DATES, KEPT, NAMES, RICH, SERIES, TYPES
from pubcli.formats.shared import collect, json_stream
from pubcli.formats.shared.collect import Parsed, ParseProblem, is_key
from pubcli.formats.shared.json_stream import Element
from pubcli.formats.shared.kinds import KINDS
from pubcli.formats.shared.lines import non_empty, number, one_line
from pubcli.formats.shared.notes import class_fields, date_fields, parse_note, with_identifiers, with_subtitle
from pubcli.inputs.sources import Source
from pubcli.model import Document
from pubcli.text.html import plain_text

_KINDS = KINDS["csl"]
_OURS = frozenset((*TYPES.values(), "article"))
"""Types that the kind of a paper tells; the others are kept in `extra`."""
_TEXTS = {
    "title": "title", "container-title": "venue", "volume": "volume", "issue": "issue", "page": "pages",
    "publisher": "publisher", "abstract": "abstract", "URL": "url",
}  # fmt: skip
_USED = frozenset({"id", "type", "genre", "author", "issued", "DOI", "keyword", "note", "number", "custom", *_TEXTS})
"""Names that say what a paper has fields for, or are looked at one by one."""
_OF_CROSSREF = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference", "book-chapter": "chapter",
    "dissertation": "thesis", "monograph": "book", "edited-book": "book", "reference-book": "book",
}  # fmt: skip
"""What Crossref calls types of CSL."""
_JATS = re.compile(r"</?jats:[^<>]*>")
"""Marks of paragraphs and such in abstracts of Crossref."""
_LISTS = ("items", "references")
_FAMILY_AND_GIVEN = {"family", "given"}
_PARTS = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
_CUSTOM: Mapping[str, type] = {
    **dict.fromkeys((*KEPT, "arxiv", *RICH.values()), str), "badges": list, "keywords": list, "citations": int,
    **dict.fromkeys(("date_assumed", "title_guessed", "authors_complete"), bool),
}  # fmt: skip
"""What pubcli keeps under `custom`, with what it is; what is something else comes from another program."""


def read(source: Source) -> Document:
    """The items as one page, or, where pubcli wrote them, as the pages that they come from."""
    return collect.document_by_profile(source, parse(source))


def parse(source: Source) -> Iterator[Parsed]:
    """The items, one by one."""
    given = json_stream.elements(source.data.decode("utf-8-sig"))
    return json_stream.records((item for one in given for item in _unwrapped(one)), _said)


def _unwrapped(one: Element | ParseProblem) -> Iterator[Element | ParseProblem]:
    """The items in an object around them, with its lines; anything else as it is.

    So answer the APIs of Crossref, `{"message": {"items": [...]}}` or `{"message": {...}}`, and Zotero,
    `{"items": [...]}`; pandoc's metadata has `{"references": [...]}`.
    """
    if isinstance(one, ParseProblem) or not isinstance(one.value, dict):
        yield one
        return
    inner = one.value.get("message")
    inner = inner if isinstance(inner, dict) else one.value
    listed = next((inner[name] for name in _LISTS if isinstance(inner.get(name), list)), [inner])
    yield from (one._replace(value=value) for value in listed)


def _said(item: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {field: _text(item[name]) for name, field in _TEXTS.items() if name in item}
    said |= {field: plain_text(said[field]) for field in RICH if field in said}
    extra = {name: _beyond(name, value) for name, value in item.items() if name not in _USED}
    if "<jats:" in said.get("abstract", ""):
        said["abstract"] = one_line(_JATS.sub(" ", said["abstract"]))
    said |= _authors(item.get("author"))
    said |= date_fields(_date(item.get("issued")))
    said |= _kind(item, extra)
    if said["kind"] == "book" and "venue" not in said and SERIES in extra:
        said["venue"] = plain_text(extra.pop(SERIES))
    odd = {
        "author": not said.get("authors") and said.get("authors_complete", True),
        "issued": "date" not in said or _says_more(item),
    }
    extra |= {name: _text(item[name]) for name, is_odd in odd.items() if is_odd and item.get(name)}
    said["doi"] = identifiers.doi(_text(item.get("DOI")))
    if item.get("DOI") and not said["doi"]:
        extra["DOI"] = _text(item["DOI"])
    number = _text(item.get("number"))
    if number.lower().startswith("arxiv") and (found := identifiers.arxiv(number)):
        said["arxiv"] = found
    elif said["kind"] == "report" and not said.get("issue"):
        said["issue"] = number
    else:
        extra["number"] = number
    if (cited := extra.get("is-referenced-by-count", "")).isdecimal():
        said["citations"] = int(cited)
        del extra["is-referenced-by-count"]
    said["keywords"] = _keywords(item.get("keyword"))
    note, doubts = parse_note(_text(item.get("note")))
    extra["note"] = note
    said |= doubts
    if isinstance(custom := item.get("custom"), dict):
        _add_custom(custom, said, extra)
    if is_key(item.get("id")):
        said["key"] = item["id"]
    else:
        extra["id"] = _text(item.get("id"))
    said["title"] = with_subtitle(said.get("title", ""), extra.get("subtitle"))
    said["extra"] = non_empty(extra)
    return with_identifiers(non_empty(said))


def _text(value: object) -> str:
    """A value as text; several texts with semicolons between them, what else has parts as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)


def _authors(people: object) -> dict[str, Any]:
    if not isinstance(people, list):
        return {}
    found = [
        name for one in people if (name := _name(one) if isinstance(one, dict) else names.given_name_first(_text(one)))
    ]
    complete = people[-1:] not in ([{"literal": "others"}], [{"literal": "et al."}])
    return {"authors": tuple(found if complete else found[:-1]), "authors_complete": complete}


def _name(one: Mapping[str, Any]) -> str:
    if one.keys() == _FAMILY_AND_GIVEN:  # as nearly all are
        return names.full_name(_text(one["given"]), "", _text(one["family"]))
    if literal := _text(one.get("literal") or one.get("name")):  # as Crossref names groups
        return names.full_name("", "", literal)
    given, dropping, particle, family, suffix = map(_text, map(one.get, _PARTS))
    return names.full_name(f"{given} {dropping}", particle, family, suffix)


def _beyond(name: str, value: object) -> str:
    """The value of what a paper has no field for."""
    if name in NAMES:
        return _people(value)
    return _day(value) if name in DATES else _text(value)


def _day(value: object) -> str:
    """A day as ISO 8601 has it; what is more than a day as JSON."""
    known = _date(value)
    listed = value.get("date-parts") if isinstance(value, dict) else None
    if known is None and isinstance(value, dict) and isinstance(value.get("literal"), str) and len(value) == 1:
        return str(value["literal"])
    if known is None or not listed or value != {"date-parts": listed[:1]}:
        return _text(value)
    day = dates.truncated_day(known.day.isoformat(), known.precision)
    return day if day.count("-") + 1 == len(listed[0]) else _text(value)


def _people(value: object) -> str:
    """A list of people as one text; what is none as JSON."""
    found = [_name(one) if isinstance(one, dict) else "" for one in value] if isinstance(value, list) else []
    return names.join_names(found) if found and all(found) else _text(value)


def _date(issued: object) -> dates.PartialDate | None:
    if not isinstance(issued, dict):
        return dates.parse_date(_text(issued))  # as in pandoc's metadata
    listed = issued.get("date-parts")
    first = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], list) else []
    if first:
        year, month, day, *_ = (number(str(part).strip()) for part in [*first, "", ""])
        return None if year is None else dates.partial_date(year, month, day if month else None)  # none before Christ
    return dates.parse_date(_text(issued.get("raw") or issued.get("literal")))


def _says_more(item: Mapping[str, Any]) -> bool:
    """Whether the date is a range, a season or about a year, for which a paper has no field."""
    issued, custom = item["issued"], item.get("custom")
    if not isinstance(issued, dict):
        return len(_text(issued)) > len("2019-05-17")
    is_ours = isinstance(custom, dict) and custom.get("date_assumed")
    listed = issued.get("date-parts")
    is_range = isinstance(listed, list) and len(listed) > 1
    return is_range or bool(issued.get("season")) or (bool(issued.get("circa")) and not is_ours)


def _kind(item: Mapping[str, Any], extra: dict[str, str]) -> dict[str, Any]:
    """A preprint is an article with the genre preprint; a page's paper, whose kind nobody knows, is written so too."""
    given, genre = _text(item.get("type")), _text(item.get("genre"))
    kind = _OF_CROSSREF.get(given, given)
    if (kind == "article" and genre.lower() == "preprint") or kind == "posted-content":
        return {"kind": "preprint"}
    extra["genre"] = genre
    if kind not in _OURS:
        extra["type"] = kind
    return {"kind": _KINDS.get(kind, "other" if kind else None)}


def _keywords(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else _text(value).replace(";", ",").split(",")
    return tuple(word for one in listed if (word := _text(one).strip()))


def _add_custom(custom: Mapping[str, Any], said: dict[str, Any], extra: dict[str, str]) -> None:
    """What pubcli wrote there is a field again; a paper without a kind was written as a preprint."""
    if "kind" not in custom and custom.keys() & _CUSTOM:
        said.pop("kind", None)
    written = {name: field for field, name in RICH.items()}
    for name, value in custom.items():
        if isinstance(value, _CUSTOM.get(name, ())):
            said[written.get(name, name)] = value
        else:
            extra[name] = _text(value)
    category = said.get("category")
    if category and said.get("keywords", ())[:1] == (category,):
        said["keywords"] = said["keywords"][1:]
    if isinstance(category, str) and "." in category:
        said |= class_fields(category)
