"""CSL-JSON, the data format of citeproc (Citation Style Language 1.0.2), for Zotero and pandoc: an array of items.

Nothing stands there that the schema does not know; what it has no word for is under `custom`. No key has null.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, TextIO

from pubcli.answer.answer import Answer, Row
from pubcli.biblio import dates
from pubcli.biblio.names import parts, split_dropping_particle, split_names
from pubcli.formats import RenderOptions
from pubcli.formats.shared.export import date_parts, doubts, keywords, list_of, split_extra, with_unique_keys
from pubcli.formats.shared.kinds import record_type
from pubcli.text.compact_json import compact
from pubcli.text.html import plain_text

TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference", "book": "book", "chapter": "chapter",
    "thesis": "thesis", "report": "report", "dataset": "dataset", "software": "software", "other": "document",
}  # fmt: skip
_TEXTS = {
    "venue": "container-title", "volume": "volume", "issue": "issue", "pages": "page", "publisher": "publisher",
    "doi": "DOI", "url": "URL", "abstract": "abstract",
}  # fmt: skip
NAMES = frozenset(
    "chair collection-editor compiler composer container-author contributor curator director editor editorial-director "
    "executive-producer guest host illustrator interviewer narrator organizer original-author performer producer "
    "recipient reviewed-author script-writer series-creator translator".split()
)
"""What the schema calls people beside the authors."""
DATES = frozenset("accessed available-date event-date original-date submitted".split())
"""What it calls days beside that of publication."""
_TEXTS_BEYOND = (
    "annote archive archive_collection archive_location archive-place authority call-number chapter-number "
    "citation-label citation-number collection-number collection-title container-title-short dimensions division "
    "edition event event-place event-title first-reference-note-number genre ISBN ISSN jurisdiction language locator "
    "medium note number number-of-pages number-of-volumes original-publisher original-publisher-place original-title "
    "page-first part part-title PMCID PMID printing publisher-place references reviewed-genre reviewed-title scale "
    "section source status supplement title-short translated-title version volume-title volume-title-short year-suffix"
).split()
_BEYOND = re.compile("|".join((*_TEXTS_BEYOND, *NAMES, *DATES)))
"""Names that the schema has and that are none of ours."""
_PARTS_OF_DATES = frozenset(("date-parts", "season", "circa", "literal", "raw"))
SERIES = "collection-title"
"""What a book stands in."""
OTHERS = {"literal": "others"}
"""The last author of a list that is cut."""
KEPT = ("profile", "category", "org", "badges", "kind", "citations")
"""Fields that CSL has no word for, under `custom` where they say something."""
RICH = {"title": "title_as_written", "venue": "venue_as_written"}
"""Fields that CSL takes for rich text, with the name under `custom` of one that would then be another text."""


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """`[]` when there is no paper, so that the output always parses; one item a line."""
    count = 0
    for count, entry in enumerate(entries(answer.rows, fields, options), 1):
        out.write(f"{'[' if count == 1 else ','}\n{compact(entry)}")
    out.write("\n]\n" if count else "[]\n")
    return count


def entries(rows: Iterable[Row], fields: Sequence[str], options: RenderOptions) -> Iterator[dict[str, Any]]:
    """The item of each paper."""
    for key, row in with_unique_keys(rows):
        yield item(key, row)


def item(key: str, row: Row) -> dict[str, Any]:
    """A paper as CSL has it; what does not say what it was published as is taken for a preprint."""
    made: dict[str, Any] = {"id": key, "type": _type(row)}
    if made["type"] == "article":
        made["genre"] = "preprint"
    made["title"] = row["title"]
    if authors := [_name(str(name)) for name in list_of(row, "authors")]:
        made["author"] = authors if row["authors_complete"] else [*authors, OTHERS]
    if known := date_parts(row):
        made["issued"] = _issued(row, known)
    made |= _texts(row)
    if row["arxiv"] and made["type"] == "article":  # styles print the number of a published paper for its pages
        made["number"] = f"arXiv:{row['arxiv']}"
    if words := keywords(row):
        made["keyword"] = ", ".join(words)
    held, said = split_extra(row, "csl", _BEYOND, made.keys())
    if "issued" in said and _as_given(said["issued"]) == made.get("issued"):
        del said["issued"]
    if row["kind"] == "book" and "container-title" in made and SERIES not in held:
        made[SERIES] = made.pop("container-title")
    notes = [held.pop("note")] if "note" in held else []
    made |= {name: _value(name, value) for name, value in held.items()}
    if notes := [*notes, *doubts(row, cut=not authors)]:
        made["note"] = "; ".join(notes)
    if custom := _custom(row, said):
        made["custom"] = custom
    return made


def _texts(row: Row) -> dict[str, Any]:
    made = {name: row[field] for field, name in _TEXTS.items() if row[field]}
    if "page" in made:
        made["page"] = re.sub("--+", "-", str(made["page"]))  # two and three hyphens are TeX
    beyond: Any = row["extra"]
    if row["kind"] == "report" and "issue" in made and "number" not in (beyond or ()):
        made["number"] = made.pop("issue")
    return made


def _issued(row: Row, known: Sequence[str]) -> dict[str, Any]:
    """The date; a range, a season or one that is not certain as a file of CSL gave it."""
    found: dict[str, Any] = {"date-parts": [[int(part) for part in known]]}
    values: Any = row["extra"]
    given = _as_given(values["issued"]) if values and "issued" in values else None
    if given and "date-parts" in given and str(given["date-parts"][0][0]) == known[0]:
        return given
    return found | {"circa": True} if row["date_assumed"] else found


def _value(name: str, value: str) -> Any:
    """A value beyond the fields of a paper, as the schema has it."""
    if name in NAMES:
        return list(map(_name, split_names(value)))
    return _as_given(value) or _day(value) if name in DATES else value


def _day(text: str) -> dict[str, Any]:
    known = dates.parse_date(text)
    if known is None:
        return {"literal": text}
    return {"date-parts": [list(map(int, dates.truncated_day(known.day.isoformat(), known.precision).split("-")))]}


def _as_given(text: str) -> dict[str, Any] | None:
    """A date that stands as JSON in `extra`; None for any other text."""
    try:
        found = json.loads(text) if text.startswith("{") else None
    except ValueError:
        return None
    if not isinstance(found, dict) or not found or not found.keys() <= _PARTS_OF_DATES:
        return None
    listed = found.pop("date-parts", None)
    if listed is not None:
        if not isinstance(listed, list) or not listed or not all(map(_are_parts, listed)):
            return None
        found = {"date-parts": listed, **found}
    return found if all(isinstance(found[name], str | int) for name in found.keys() - {"date-parts"}) else None


def _are_parts(parts: object) -> bool:
    return isinstance(parts, list) and 0 < len(parts) < 4 and all(isinstance(part, str | int) for part in parts)


def _type(row: Row) -> str:
    return record_type(row, "csl") or TYPES.get(str(row["kind"]), "article")


def _custom(row: Row, said: Mapping[str, str]) -> dict[str, Any]:
    kept: dict[str, Any] = {field: row[field] for field in KEPT if row[field] not in (None, [])}
    kept |= {
        name: row[field] for field, name in RICH.items() if row[field] and plain_text(str(row[field])) != row[field]
    }
    if row["arxiv"] and _type(row) != "article":
        kept["arxiv"] = row["arxiv"]
    words = list_of(row, "keywords")
    if any("," in word or ";" in word for word in words):  # the keyword of CSL is one text
        kept["keywords"] = words
    flags = {"date_assumed": row["date_assumed"], "title_guessed": row["title_guessed"]}
    kept |= {flag: True for flag, is_set in flags.items() if is_set}
    if not row["authors_complete"]:
        kept["authors_complete"] = False
    return {**said, **kept}


@lru_cache(maxsize=10_000)
def _name(name: str) -> dict[str, str]:
    given, particle, family, suffix = parts(name)
    if not given:
        return {"literal": " ".join(name.split())}
    given, dropping = split_dropping_particle(given)
    found = {"family": family, "given": given, "dropping-particle": dropping, "non-dropping-particle": particle}
    found |= {"suffix": suffix}
    return {part: text for part, text in found.items() if text}


def read_back(text: str) -> Iterator[dict[str, Any]]:
    """The items in a file. Raises ValueError for what is no JSON."""
    yield from json.loads(text)
