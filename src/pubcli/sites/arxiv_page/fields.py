"""Turn the parts of a record, in any kind of list, into fields of a paper: authors, classes, journal, dates."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from pubcli.biblio import identifiers, names, stated_dates
from pubcli.biblio.venues import fields_of_reference
from pubcli.formats.shared.lines import non_empty
from pubcli.formats.shared.notes import class_fields, date_fields
from pubcli.sites.arxiv_page.lines import IDENTIFIER, Entry

_NOT_SHOWN = re.compile(r",?\s*et al\.?\s*\((?P<number>\d+)\+? additional authors not shown\)|,\s*et al\.?$")
_UNAVAILABLE = "(author list is unavailable)"
_NAME = r"[^\s,()]+(?: [^\s,()]+)+"
_USUAL_LIST = re.compile(rf"{_NAME}(?:, {_NAME})*")
"""Matches nearly all lists of authors: names of several words, without affiliations and suffixes."""
_USUAL = re.compile(
    r"Submitted (\d+ \w+, \d{4}); (?:v1 submitted (\d+ \w+, \d{4}); )?originally announced (\w+ \d{4})\."
)
_SUBMITTED = re.compile(r"(?P<event>Submitted|v1 submitted|originally announced) (?P<date>[\w, ]+?)(?=[;.]|$)")
_LATEST = re.compile(rf"\[?Latest version: ?({IDENTIFIER}v\d+)\]?")
_CLASS_OF_SUBJECT = re.compile(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)\s*$")
MORE, LESS = "\u25bd More", "\u25b3 Less"
"""The buttons below a shortened abstract, and below the whole one."""
_ELLIPSIS = "\u2026"


def entry_fields(entry: Entry) -> dict[str, Any]:
    """Return the fields of a paper that the first line of its record states, with the rest in `extra`."""
    extra = {"version": f"v{entry.version}" if entry.version else "", "announcement": entry.aside or ""}
    return {
        "arxiv": identifiers.arxiv(entry.identifier) if "/" in entry.identifier else entry.identifier,
        "kind": "preprint",
        **classes(entry.classes),
        "extra": extra,
    }


def classes(listed: Sequence[str]) -> dict[str, Any]:
    """Return the fields for arXiv classes: the first is the category of the paper, the others are keywords."""
    return {**class_fields(listed[0]), "keywords": tuple(listed[1:])} if listed else {}


def subjects(text: str) -> dict[str, Any]:
    """Return the fields for a text such as `Machine Learning (cs.LG); Combinatorics (math.CO)`."""
    matches = [_CLASS_OF_SUBJECT.search(part) for part in text.split(";")]
    listed = [match[1] for match in matches if match]
    return classes(listed) | ({} if all(matches) else {"extra": {"subjects": text}})


def authors(text: str) -> dict[str, Any]:
    """Return the fields for a list of authors, separated by commas.

    Affiliations, in parentheses after names or numbered at the end, are left out of the names. If there are any,
    `extra` has the whole text, which shows the affiliation of each author.
    """
    may_be_cut = "et al" in text
    if not may_be_cut and _USUAL_LIST.fullmatch(text):
        return {"authors": tuple(text.split(", ")), "authors_complete": True}
    not_shown = _NOT_SHOWN.search(text) if may_be_cut else None
    listed = _NOT_SHOWN.sub("", text) if not_shown else text
    is_complete = not_shown is None and text != _UNAVAILABLE
    outside = "" if text == _UNAVAILABLE else _without_affiliations(listed)
    people: list[str] = []
    for name in filter(None, (" ".join(part.split()) for part in outside.split(","))):
        if people and names.is_suffix(name, people[-1]):
            people[-1] += f", {name}"
        else:
            people.append(name)
    extra = {
        "authors": text if outside not in (listed, "") else "",
        "authors_not_shown": not_shown["number"] if not_shown else "",
    }
    return {"authors": tuple(people), "authors_complete": is_complete, "extra": extra}


def _without_affiliations(text: str) -> str:
    """Return a text without its outermost parentheses. A parenthesis that is not closed stays."""
    if "(" not in text:
        return text
    outside, depth, start = [], 0, 0
    for index, letter in enumerate(text):
        if letter == "(":
            if depth == 0:
                outside.append(text[start:index])
                start = index
            depth += 1
        elif letter == ")" and depth:
            depth -= 1
            start = index + 1 if depth == 0 else start
    return "".join([*outside, text[start:]])


def abstract(text: str) -> dict[str, Any]:
    """Return the fields for an abstract of a search, which is shortened unless the user has opened it."""
    if text.endswith(MORE):
        return {"abstract": text.removesuffix(MORE).strip(), "cut": ("abstract",)}
    whole = text.removesuffix(LESS).strip()
    is_cut = whole.startswith(_ELLIPSIS) or (whole.endswith(_ELLIPSIS) and whole == text)
    return {"abstract": whole, **({"cut": ("abstract",)} if is_cut and len(whole) > 1 else {})}


def submitted(text: str) -> dict[str, Any]:
    """Return the fields for the dates of a search; the date of the paper is the date of its first version.

    `text` is such as `Submitted 14 May, 2026; v1 submitted 2 January, 2026; originally announced January 2026.`
    """
    usual = _USUAL.fullmatch(text)
    if usual:
        last, first, announced = usual.groups()
        dates = {"Submitted": last, "v1 submitted": first, "originally announced": announced}
    else:
        dates = {match["event"]: match["date"] for match in _SUBMITTED.finditer(text)}
    is_changed = bool(dates.get("v1 submitted"))
    date, is_plain = _date(dates["v1 submitted" if is_changed else "Submitted"])
    latest = None if usual else _LATEST.search(text)
    is_understood = usual or not _LATEST.sub("", _SUBMITTED.sub("", text)).strip(" ;.[]")
    extra = {
        "updated": _edtf(dates["Submitted"]) if is_changed else "",
        "announced": _edtf(dates.get("originally announced", "")),
        "latest_version": latest[1] if latest else "",
        "submitted": "" if is_understood and is_plain else text,
    }
    return {**date, "extra": extra}


@lru_cache(maxsize=1_000)
def _date(text: str) -> tuple[Mapping[str, Any], bool]:
    """Return the fields for a date, and whether they express everything that the text states."""
    stated = stated_dates.parse(text)
    return date_fields(stated.date), stated.is_plain


@lru_cache(maxsize=1_000)
def _edtf(text: str) -> str:
    return stated_dates.parse(text).edtf


def dois(listed: Sequence[str]) -> dict[str, Any]:
    """Return the fields for DOIs. The first valid DOI is used; if there are several DOIs, `extra` has all of them."""
    first = next(filter(None, map(identifiers.doi, listed)), None)
    return {"doi": first, "extra": {"doi": " ".join(listed)} if len(listed) > 1 or (listed and not first) else {}}


def assumed_date(identifier: str) -> dict[str, Any]:
    """Return the fields for a paper in a list without dates: the month of its identifier, as an assumed date."""
    date = identifiers.month_of_arxiv(identifier)
    return {**date_fields(date), "date_assumed": True} if date else {}


def further_fields(labelled: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields for texts that have a label: journal, DOI, subjects, comments.

    The journal reference stays in `extra` as it is written, because only parts of it are fields of a paper. A paper
    with such a reference is not only a preprint: with a volume it is an article, and without one its kind is unknown.
    """
    fields: dict[str, Any] = {}
    extra = dict(labelled)
    if reference := labelled.get("journal-ref"):
        fields |= fields_of_reference(reference)
        fields["kind"] = "article" if "volume" in fields else None
    if "doi" in labelled and (doi := identifiers.doi(labelled["doi"])):
        fields["doi"] = doi
        del extra["doi"]
    if "subjects" in labelled:
        subject_fields = subjects(extra.pop("subjects"))
        extra |= subject_fields.pop("extra", {})
        fields |= subject_fields
    return {**fields, "extra": extra}


def merged(*parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of several parts of a record as one dictionary, without empty values."""
    fields: dict[str, Any] = {}
    extra: dict[str, str] = {}
    for part in parts:
        fields |= part
        if "extra" in part:
            extra |= part["extra"]
    fields["extra"] = non_empty(extra)
    return non_empty(fields)
