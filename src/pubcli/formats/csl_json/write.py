"""Write CSL-JSON, the data format of citeproc (Citation Style Language 1.0.2), for Zotero and pandoc.

A file is an array of items. Items have only the variables of the schema. Everything else is under `custom`. No
value is null.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TextIO, TypeAlias

from pubcli.answer.answer import Answer, Row
from pubcli.biblio.names import parts, split_dropping_particle, split_names
from pubcli.formats import RenderOptions
from pubcli.formats.csl_json.variables import CUSTOM, DATES, EXTRA, NAMES, OTHERS, RICH_TEXTS, SERIES, TEXTS
from pubcli.formats.shared.csl_dates import parse_any, to_csl
from pubcli.formats.shared.export import date_parts, doubts, keywords, list_of, split_extra, with_unique_keys
from pubcli.formats.shared.extra_dates import stated_date, written_names
from pubcli.formats.shared.kinds import kind_type, likely_kind, record_type
from pubcli.text.compact_json import compact
from pubcli.text.html import plain_text
from pubcli.text.styles import html, plain

CslItem: TypeAlias = dict[str, Any]
_CONVERSIONS = {"title": html, "venue": html, "publisher": plain, "abstract": plain}
"""How TeX for styles is converted in text fields. Programs print tags only in titles."""
_DATE_PARTS = frozenset(("date-parts", "season", "circa", "literal", "raw"))
"""The keys of a date variable."""


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write an array with one item per line and return the number of items. Without papers, write `[]`."""
    count = 0
    for count, entry in enumerate(entries(answer.rows, fields, options), 1):
        out.write(f"{'[' if count == 1 else ','}\n{compact(entry)}")
    out.write("\n]\n" if count else "[]\n")
    return count


def entries(rows: Iterable[Row], fields: Sequence[str], options: RenderOptions) -> Iterator[CslItem]:
    """Yield the item of each paper."""
    for key, row in with_unique_keys(rows, report=options.report):
        yield item(key, row)


def item(key: str, row: Row) -> CslItem:
    """Return a paper as an item. A paper of an unknown kind becomes a preprint if it is in arXiv, else a document."""
    variables: CslItem = {"id": key, "type": _type(row)}
    if variables["type"] == "article":
        variables["genre"] = "preprint"
    variables["title"] = row["title"]  # `_texts` converts it
    if authors := [_name(str(name)) for name in list_of(row, "authors")]:
        variables["author"] = authors if row["authors_complete"] else [*authors, OTHERS]
    if issued := _issued(row):
        variables["issued"] = issued
    variables |= _texts(row)
    if row["arxiv"] and variables["type"] == "article":  # in other types, styles print `number` as pages
        variables["number"] = f"arXiv:{row['arxiv']}"
    if words := keywords(row):
        variables["keyword"] = ", ".join(words)
    return _with_extra(variables, row)


def _with_extra(variables: CslItem, row: Row) -> CslItem:
    """Complete the variables of an item, and return them.

    Add the fields in `extra`, a note on uncertain facts, and an object `custom` for values without a variable.
    """
    extra, rest = split_extra(row, "csl-json", EXTRA, variables.keys())
    if row["kind"] == "book" and "container-title" in variables and SERIES not in extra:
        variables[SERIES] = variables.pop("container-title")
    notes = [extra.pop("note")] if "note" in extra else []
    variables |= {name: _value(name, value) for name, value in extra.items()}
    if notes := [*notes, *doubts(row, cut="author" not in variables)]:
        variables["note"] = "; ".join(notes)
    if custom := _custom(row, rest):
        variables["custom"] = custom
    return variables


def _texts(row: Row) -> CslItem:
    variables = {name: row[field] for field, name in TEXTS.items() if row[field]}
    for field, convert in _CONVERSIONS.items():
        if row[field] and "\\" in (text := str(row[field])):
            variables[TEXTS[field]] = convert(text)
    if "page" in variables:
        variables["page"] = re.sub("--+", "-", str(variables["page"]))  # two or three hyphens are a dash in TeX
    extra: Any = row["extra"]
    if row["kind"] == "report" and "issue" in variables and "number" not in (extra or ()):
        variables["number"] = variables.pop("issue")
    return variables


def _issued(row: Row) -> dict[str, Any]:
    """Return the date of a paper; an empty dictionary if there is none.

    A range, a season or an uncertain date is written as the source stated it, and unchanged if it was CSL-JSON.
    """
    extra: Any = row["extra"]
    stated = stated_date(row)
    if stated is None:
        numbers = [int(part) for part in date_parts(row)]
        date: dict[str, Any] = {"date-parts": [numbers]} if numbers else {}
        return date | {"circa": True} if row["date_assumed"] and date else date
    if "issued" in written_names(row, "csl-json"):
        return _date_as_stated(extra["issued"]) or to_csl(stated)
    return to_csl(stated)


def _value(name: str, value: str) -> Any:
    """Return a value from `extra` in the type that the schema requires: people as a list, a date as an object."""
    if name in NAMES:
        return list(map(_name, split_names(value)))
    return _date_as_stated(value) or to_csl(parse_any(value)) or {"literal": value} if name in DATES else value


def _date_as_stated(text: str) -> dict[str, Any] | None:
    """Parse a text from `extra` as a date variable in JSON. Return None for any other text."""
    try:
        date = json.loads(text) if text.startswith("{") else None
    except ValueError:
        return None
    if not isinstance(date, dict) or not date or not date.keys() <= _DATE_PARTS:
        return None
    listed = date.pop("date-parts", None)
    if listed is not None:
        if not isinstance(listed, list) or not listed or not all(map(_are_date_parts, listed)):
            return None
        date = {"date-parts": listed, **date}
    return date if all(isinstance(date[name], str | int) for name in date.keys() - {"date-parts"}) else None


def _are_date_parts(value: object) -> bool:
    return isinstance(value, list) and 0 < len(value) < 4 and all(isinstance(part, str | int) for part in value)


def _type(row: Row) -> str:
    return record_type(row, "csl-json") or kind_type(likely_kind(row), "csl-json")


def _custom(row: Row, rest: Mapping[str, str]) -> dict[str, Any]:
    """Return the values without a variable: some fields of the paper, and the rest of `extra`."""
    custom: dict[str, Any] = {field: row[field] for field in CUSTOM if row[field] not in (None, [])}
    for field, name in RICH_TEXTS.items():
        if (text := str(row[field] or "")) and plain_text(_CONVERSIONS[field](text)) != text:
            custom[name] = text
    if row["arxiv"] and _type(row) != "article":
        custom["arxiv"] = row["arxiv"]
    words = list_of(row, "keywords")
    if any("," in word or ";" in word for word in words):  # readers split the text in `keyword` at commas
        custom["keywords"] = words
    flags = {"date_assumed": row["date_assumed"], "title_guessed": row["title_guessed"]}
    custom |= {flag: True for flag, is_set in flags.items() if is_set}
    if not row["authors_complete"]:
        custom["authors_complete"] = False
    return {**rest, **custom}


@lru_cache(maxsize=10_000)
def _name(name: str) -> dict[str, str]:
    given_names, particle, family, suffix = parts(name)
    if not given_names:
        return {"literal": " ".join(name.split())}
    given_names, dropping = split_dropping_particle(given_names)
    variables = {
        "family": family,
        "given": given_names,
        "dropping-particle": dropping,
        "non-dropping-particle": particle,
        "suffix": suffix,
    }
    return {part: text for part, text in variables.items() if text}


def read_back(text: str) -> Iterator[CslItem]:
    """Yield the items in a file. Raise ValueError if the file is not JSON."""
    yield from json.loads(text)
