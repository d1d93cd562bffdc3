"""Read CSL-JSON as Zotero, pandoc, Crossref and pubcli write it: an array of items, one item, or an object with items.

Variables that a paper has no field for go to `extra`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from pubcli.biblio import dates, identifiers, name_lists, names
from pubcli.biblio.stated_dates import StatedDate
from pubcli.formats.csl_json.variables import CUSTOM, DATES, NAMES, RICH_TEXTS, SERIES, TEXTS
from pubcli.formats.shared import collect, json_stream
from pubcli.formats.shared.collect import Parsed, ParseProblem, is_key
from pubcli.formats.shared.csl_dates import from_csl
from pubcli.formats.shared.json_stream import Element
from pubcli.formats.shared.kinds import KINDS, kind_types
from pubcli.formats.shared.lines import non_empty, one_line
from pubcli.formats.shared.notes import class_fields, date_fields, parse_note, with_identifiers, with_subtitle
from pubcli.inputs.sources import Source
from pubcli.model import Document
from pubcli.text.html import plain_text

_Item: TypeAlias = Mapping[str, Any]
_Fields: TypeAlias = dict[str, Any]
_Extra: TypeAlias = dict[str, str]

_KINDS = KINDS["csl-json"]
_KIND_TYPES = kind_types("csl-json")
_TEXTS = {variable: field for field, variable in TEXTS.items() if field != "doi"}
_USED = frozenset({"id", "type", "genre", "author", "issued", "DOI", "keyword", "note", "number", "custom", *_TEXTS})
"""Variables that fill fields of a paper. A value goes to `extra` only if it does not fit into the field."""
_CROSSREF_TYPES = {
    "journal-article": "article-journal", "proceedings-article": "paper-conference", "book-chapter": "chapter",
    "dissertation": "thesis", "monograph": "book", "edited-book": "book", "reference-book": "book",
}  # fmt: skip
"""Maps types of Crossref to types of CSL."""
_JATS = re.compile(r"</?jats:[^<>]*>")
"""Matches the tags in abstracts from Crossref."""
_LISTS = ("items", "references")
_FAMILY_AND_GIVEN = {"family", "given"}
_NAME_PARTS = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
_CUSTOM_TYPES: Mapping[str, type] = {
    **dict.fromkeys((*CUSTOM, "arxiv", *RICH_TEXTS.values()), str), "badges": list, "keywords": list, "citations": int,
    **dict.fromkeys(("date_assumed", "title_guessed", "authors_complete"), bool),
}  # fmt: skip
"""The types of the values that pubcli writes under `custom`. A value of another type comes from another program."""


def read(source: Source) -> Document:
    """Return the items as one page. If pubcli wrote the items, return the pages that they come from."""
    return collect.document_by_profile(source, parse(source))


def parse(source: Source) -> Iterator[Parsed]:
    """Yield the items and problems in order."""
    elements = json_stream.elements(source.data.decode("utf-8-sig"))
    return json_stream.records((item for element in elements for item in _items(element)), _fields)


def _items(element: Element | ParseProblem) -> Iterator[Element | ParseProblem]:
    """Yield the items inside an object, with the line numbers of the object. Yield any other element unchanged.

    Crossref's API returns `{"message": {"items": [...]}}` or `{"message": {...}}`, Zotero's API returns
    `{"items": [...]}`, and pandoc's metadata has `{"references": [...]}`.
    """
    if isinstance(element, ParseProblem) or not isinstance(element.value, dict):
        yield element
        return
    inner = element.value.get("message")
    inner = inner if isinstance(inner, dict) else element.value
    items = next((inner[name] for name in _LISTS if isinstance(inner.get(name), list)), [inner])
    yield from (element._replace(value=item) for item in items)


def _fields(item: _Item) -> _Fields:
    """Return the fields of a paper, read from an item."""
    fields = _text_fields(item)
    extra = {name: _extra_value(name, value) for name, value in item.items() if name not in _USED}
    fields |= _authors(item.get("author"))
    issued = _issued(item)
    fields |= date_fields(issued.date)
    fields |= _kind(item, extra)
    if fields["kind"] == "book" and "venue" not in fields and SERIES in extra:
        fields["venue"] = plain_text(extra.pop(SERIES))
    extra |= _incomplete(item, fields, issued)
    _add_numbers(item, fields, extra)
    fields["keywords"] = _keywords(item.get("keyword"))
    extra["note"], stated = parse_note(_text(item.get("note")))
    fields |= stated
    if isinstance(custom := item.get("custom"), dict):
        _add_custom(custom, fields, extra)
    else:
        extra["custom"] = _text(custom)
    if is_key(item.get("id")):
        fields["key"] = item["id"]
    else:
        extra["id"] = _text(item.get("id"))
    fields["title"] = with_subtitle(fields.get("title", ""), extra.get("subtitle"))
    fields["extra"] = non_empty(extra)
    return with_identifiers(non_empty(fields))


def _text_fields(item: _Item) -> _Fields:
    fields: _Fields = {field: _text(item[name]) for name, field in _TEXTS.items() if name in item}
    fields = {field: plain_text(text) if "&" in text or "<" in text else text for field, text in fields.items()}
    if "<jats:" in fields.get("abstract", ""):
        fields["abstract"] = one_line(_JATS.sub(" ", fields["abstract"]))
    return fields


def _incomplete(item: _Item, fields: _Fields, issued: StatedDate) -> _Extra:
    """Return the variables whose values do not fit into a field: authors that are not a list, and inexact dates."""
    is_incomplete = {
        "author": (not fields.get("authors") and fields.get("authors_complete", True))
        or _states_more_than_names(item.get("author")),
        "issued": not issued.is_plain and issued != StatedDate(),
    }
    return {name: _text(item[name]) for name, is_set in is_incomplete.items() if is_set and item.get(name)}


def _add_numbers(item: _Item, fields: _Fields, extra: _Extra) -> None:
    """Add the DOI, the arXiv identifier, the number of a report, and the citation count of Crossref to `fields`.

    A DOI that is not valid, and any other number, go to `extra`.
    """
    fields["doi"] = identifiers.doi(_text(item.get("DOI")))
    if item.get("DOI") and not fields["doi"]:
        extra["DOI"] = _text(item["DOI"])
    text = _text(item.get("number"))
    if text.lower().startswith("arxiv") and (arxiv := identifiers.arxiv(text)):
        fields["arxiv"] = arxiv
        extra["number"] = "" if identifiers.is_only_arxiv(text) else text
    elif fields["kind"] == "report" and not fields.get("issue"):
        fields["issue"] = text
    else:
        extra["number"] = text
    if (citations := extra.get("is-referenced-by-count", "")).isdecimal():
        fields["citations"] = int(citations)
        del extra["is-referenced-by-count"]


def _text(value: object) -> str:
    """Return a value as text. A list of texts is joined by semicolons. Any other list or object becomes JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(text, str) for text in value):
        return "; ".join(value)
    return json.dumps(value, ensure_ascii=False)


def _authors(people: object) -> _Fields:
    if not isinstance(people, list):
        return {}
    listed = [name for person in people for name in _named(person) if name]
    authors, is_cut = name_lists.without_et_al(listed)
    return {"authors": tuple(authors), "authors_complete": not is_cut}


def _named(person: object) -> list[str]:
    """Return the name of a person. Some programs write the names of several people into one variable."""
    if isinstance(person, dict) and person.keys() == _FAMILY_AND_GIVEN and "&" not in f"{person}":
        return [_name(person)]  # fast path for nearly all names
    if isinstance(person, dict) and any(isinstance(part, str) and "&" in part for part in person.values()):
        person = {name: plain_text(_text(part)) for name, part in person.items()}
    if not isinstance(person, dict):
        return list(map(names.given_name_first, name_lists.people_on_line(_text(person))))
    if len(person) == 1 and "," in (whole := _text(next(iter(person.values())))):
        several = name_lists.people_on_line(whole)
        if len(several) > 1:
            return list(map(names.given_name_first, several))
    return [_name(person)]


def _name(person: Mapping[str, Any]) -> str:
    if person.keys() == _FAMILY_AND_GIVEN:  # fast path for nearly all names
        return names.full_name(_text(person["given"]), "", _text(person["family"]))
    if literal := _text(person.get("literal") or person.get("name")):  # Crossref names organisations in `name`
        return names.full_name("", "", literal)
    given_name, dropping, particle, family, suffix = map(_text, map(person.get, _NAME_PARTS))
    return names.full_name(f"{given_name} {dropping}", particle, family, suffix)


def _extra_value(name: str, value: object) -> str:
    """Return the value of a variable for which a paper has no field, as text for `extra`."""
    if name in NAMES:
        return _people(value)
    return _day(value) if name in DATES else _text(value)


def _day(value: object) -> str:
    """Return a date as a text in ISO 8601. A range, a season or an uncertain date becomes JSON."""
    stated = from_csl(value)
    date = stated.date if stated.is_plain else None
    listed = value.get("date-parts") if isinstance(value, dict) else None
    if date is None and isinstance(value, dict) and isinstance(value.get("literal"), str) and len(value) == 1:
        return str(value["literal"])
    if date is None or not listed or value != {"date-parts": listed[:1]}:
        return _text(value)
    day = dates.truncated_day(date.day.isoformat(), date.precision)
    return day if day.count("-") + 1 == len(listed[0]) else _text(value)


def _people(value: object) -> str:
    """Return a list of people as one text. Convert any other value with `_text`."""
    people = value if isinstance(value, list) else []
    listed = [_name(person) if isinstance(person, dict) else "" for person in people]
    return names.join_names(listed) if listed and all(listed) and not _states_more_than_names(people) else _text(value)


def _states_more_than_names(people: object) -> bool:
    """Return whether a list of people has values that are not parts of names, such as affiliations."""
    return isinstance(people, list) and any(
        isinstance(person, dict) and person.keys() != _FAMILY_AND_GIVEN and any(_others(person)) for person in people
    )


def _others(person: Mapping[str, Any]) -> Iterator[object]:
    """Yield the values of a person that `_name` does not use, except flags and Crossref's field `sequence`.

    Flags and `sequence` only repeat what the order of the people shows.
    """
    literal = _text(person.get("literal") or person.get("name"))
    used = ("literal",) if person.get("literal") else ("name",) if literal else _NAME_PARTS
    for key, value in person.items():
        if key not in used and key != "sequence" and not isinstance(value, bool):
            yield value


def _issued(item: _Item) -> StatedDate:
    """Return the date of an item. If pubcli assumed the year, `circa` only marks this, so it is left out."""
    issued, custom = item.get("issued"), item.get("custom")
    is_assumed = isinstance(custom, dict) and custom.get("date_assumed") is True
    stated = from_csl(issued)
    return stated._replace(is_circa=False) if is_assumed else stated


def _kind(item: _Item, extra: _Extra) -> _Fields:
    """Return the kind of an item. If the kind does not imply the type, add the type to `extra`.

    A preprint is an article with the genre `preprint`. pubcli also writes papers of an unknown kind in this way.
    """
    type_, genre = _text(item.get("type")), _text(item.get("genre"))
    type_ = _CROSSREF_TYPES.get(type_, type_)
    if (type_ == "article" and genre.lower() == "preprint") or type_ == "posted-content":
        extra["genre"] = genre if genre.lower() != "preprint" else ""
        return {"kind": "preprint"}
    extra["genre"] = genre
    if type_ not in _KIND_TYPES:
        extra["type"] = type_
    return {"kind": _KINDS.get(type_, "other" if type_ else None)}


def _keywords(value: object) -> tuple[str, ...]:
    words = value if isinstance(value, list) else _text(value).replace(";", ",").split(",")
    return tuple(text for word in words if (text := _text(word).strip()))


def _add_custom(custom: Mapping[str, Any], fields: _Fields, extra: _Extra) -> None:
    """Add the values under `custom` to `fields` if they are fields of a paper, and to `extra` otherwise.

    If pubcli wrote fields there, but not the kind, the kind of the paper is unknown.
    """
    if "kind" not in custom and custom.keys() & _CUSTOM_TYPES:
        fields.pop("kind", None)
    field_of_rich_text = {name: field for field, name in RICH_TEXTS.items()}
    for name, value in custom.items():
        if isinstance(value, _CUSTOM_TYPES.get(name, ())):
            fields[field_of_rich_text.get(name, name)] = value
        else:
            extra[name] = _text(value)
    category = fields.get("category")
    if category and fields.get("keywords", ())[:1] == (category,):
        fields["keywords"] = fields["keywords"][1:]
    if isinstance(category, str) and "." in category:
        fields |= class_fields(category)
