"""Read fields that only the records of papers have, such as the venue, so that papers can be counted by them.

The table `paper_value` gets the values, with a row for each value of each paper, and the table `cited` the citations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pubcli.lazy import TYPE_CHECKING, json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from pubcli.store.database import Store

_CREATE = (
    "CREATE TEMP TABLE IF NOT EXISTS paper_value (dimension TEXT, paper_id INTEGER, value TEXT, "
    "PRIMARY KEY (dimension, paper_id, value)) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS spelling (dimension, written, preferred)",
    "CREATE TEMP TABLE IF NOT EXISTS cited (paper_id INTEGER PRIMARY KEY, citations)",
    "DELETE FROM temp.paper_value",
    "DELETE FROM temp.spelling",
    "DELETE FROM temp.cited",
)
_RECORDS = "SELECT id, json, org FROM record JOIN temp.selected ON id = paper_id"
_END = ',"links":['
"""The beginning of the end of a record, after its long fields. To parse the end takes a quarter of the time. In the
JSON of a record, quotation marks inside a text are escaped, so this text is always the name of a field."""
_SPELLED = ("venue", "publisher", "keyword", "org")
"""Dimensions whose values may be spellings of one name, which are counted as one value; see `spellings`."""
_ABBREVIATIONS = ("J9", "JI", "J2", "JO", "shortjournal", "container-title-short", "Abbreviated Source Title")
"""The names that formats have for the abbreviated name of a journal."""
_LANGUAGES = ("language", "LA", "Language of Original Document")
"""The names that formats have for the language of a paper."""


def read_values(store: Store, dimensions: Sequence[str], *, citations: bool) -> None:
    """Read the values of dimensions for the papers in the table `selected`, and their citations if `citations` is set.

    Other dimensions are ignored. Values that are spellings of one name are replaced by
    the preferred spelling, and the table `spelling` has the replacements.
    """
    for statement in _CREATE:
        store.execute(statement)
    names = [name for name in dimensions if name in READERS]
    values: dict[str, list[tuple[int, Sequence[str]]]] = {name: [] for name in names}
    cited: list[tuple[int, int]] = []
    abbreviations: set[tuple[str, str]] = set()
    readers = [(READERS[name], values[name].append) for name in names]
    for id_, record in _records(store) if readers or citations else ():
        for read, append in readers:
            if texts := read(record):
                append((id_, texts))
        if citations and record["citations"] is not None:
            cited.append((id_, record["citations"]))
        if "venue" in values and record["extra"]:
            abbreviations.update(_abbreviations(record))
    store.execute("SAVEPOINT insert_values")  # a transaction for each row would take many times as long
    for name in names:
        preferred = _preferred_spellings(values[name], abbreviations) if name in _SPELLED else {}
        rows = ((name, id_, preferred.get(text, text)) for id_, texts in values[name] for text in texts)
        store.executemany("INSERT OR IGNORE INTO temp.paper_value VALUES (?, ?, ?)", rows)
        replacements = [(name, *pair) for pair in preferred.items()]
        store.executemany("INSERT INTO temp.spelling VALUES (?, ?, ?)", replacements)
    store.executemany("INSERT INTO temp.cited VALUES (?, ?)", cited)
    store.execute("RELEASE insert_values")


def _records(store: Store) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the id of each selected paper, and the end of its record with the field `org`."""
    parse = json.loads
    for id_, text, org in store.execute(_RECORDS):
        start = text.find(_END) + 1
        record = parse(f"{{{text[start:]}") if start else parse(text)
        record["org"] = org
        yield id_, record


def _preferred_spellings(
    values: Sequence[tuple[int, Sequence[str]]], abbreviations: set[tuple[str, str]]
) -> dict[str, str]:
    from pubcli.analysis.spellings import preferred_spellings

    return preferred_spellings(Counter(text for _, texts in values for text in texts), abbreviations)


def _abbreviations(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the abbreviated name of a journal with its full name, if a record states both."""
    for field in _ABBREVIATIONS:
        if record["venue"] and (short := record["extra"].get(field)):
            yield short, record["venue"]


def _organisations(record: Mapping[str, Any]) -> Sequence[str]:
    """Return the organisation that a page states, or else those in the affiliations."""
    if record["org"] is not None:
        return (record["org"],)
    if not record["extra"]:
        return ()
    from pubcli.biblio.affiliations import organisations  # imported only here, because few questions need it

    return organisations(record["extra"])


def _countries(record: Mapping[str, Any]) -> Sequence[str]:
    if not record["extra"]:
        return ()
    from pubcli.biblio.affiliations import countries

    return countries(record["extra"])


def _languages(record: Mapping[str, Any]) -> Sequence[str]:
    extra = record["extra"]
    text = next((extra[field] for field in _LANGUAGES if field in extra), None) if extra else None
    if text is None:
        return ()
    from pubcli.biblio.places_and_languages import languages

    return languages(text)


def _single(field: str) -> Callable[[Mapping[str, Any]], Sequence[str]]:
    """Return the reader of a field that has one value, or null."""

    def read(record: Mapping[str, Any]) -> Sequence[str]:
        value = record[field]
        return () if value is None else (value,)

    return read


READERS: Mapping[str, Callable[[Mapping[str, Any]], Sequence[str]]] = {
    "month": lambda record: ("year",) if record["date_precision"] == "year" else (),
    "kind": _single("kind"),
    "venue": _single("venue"),
    "publisher": _single("publisher"),
    "keyword": lambda record: record["keywords"],
    "org": _organisations,
    "country": _countries,
    "language": _languages,
}
"""For each dimension that only records have, the function that returns the values of a paper. For the month, it returns
a value if only the year of the date is known."""
