"""Add the fields that entries inherit: from the entry in `crossref`, from @xdata entries, and from an entry set.

An entry takes from its parent what it lacks, as in BibTeX and biber. The title of a volume becomes the book title of
its parts, and the title of a periodical becomes the journal title. Identifiers, addresses, the abstract and remarks
describe only the parent, so they are not inherited.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from pubcli.formats.shared.kinds import KINDS

SET, XDATA = "set", "xdata"
_KINDS = KINDS["biblatex"]
_KINDS_IN_BOOKS = ("inproceedings", "chapter")
_PARTS = frozenset(type_ for type_, kind in _KINDS.items() if kind in _KINDS_IN_BOOKS) | {
    "bookinbook", "suppbook", "suppcollection",
}  # fmt: skip
"""Entry types of parts of a volume."""
_VOLUMES = frozenset({"book", "collection", "proceedings", "reference"})
_MULTIVOLUME_WORKS = frozenset({"mvbook", "mvcollection", "mvproceedings", "mvreference"})
_TITLES = ("title", "subtitle", "titleaddon")
_DATES = frozenset({"date", "year", "month", "day"})
"""Fields that an entry with a date does not inherit."""
_NOT_INHERITED = frozenset({
    "crossref", "xref", "xdata", "ids", "entryset", "related", "relatedtype", "relatedstring", "relatedoptions",
    "options", "execute", "presort", "sortkey", "sortname", "sorttitle", "sortshorthand", "sortyear", "label", "key",
    "shorthand", "shorthandintro", "shorttitle", "indextitle", "doi", "url", "urldate", "eprint", "eprinttype",
    "eprintclass", "archiveprefix", "primaryclass", "arxivid", "abstract", "pages", "pagetotal", "keywords", "note",
    "annote", "annotation", "addendum", "file", "pdf", "citations", "owner", "timestamp", "bibsource", "biburl",
    "date-added", "date-modified", "entrytype", *_TITLES,
})  # fmt: skip
"""Fields that describe or name only the parent. Titles are inherited under other names."""
_NOT_IN_XDATA = frozenset({"crossref", "xref", "xdata", "ids", "entryset"})
_MOST_INHERITED = 200
"""The largest number of fields that an entry inherits from a parent, to limit the time. No real entry has more."""
_BETWEEN_KEYS = re.compile(r"\s*,\s*")
_BETWEEN_ITEMS = re.compile(r"(\s+and\s+)", re.IGNORECASE)
"""Matches the text between the items of a list: people, publishers or places. Its group keeps this text."""
_REFERENCE = re.compile(r"\s*xdata\s*=\s*(\S+?)-([A-Za-z]+)(?:-([1-9]\d{0,5}))?\s*")
"""Matches an item that names a field of an @xdata entry, and perhaps one item of this field: xdata=mac-location-1.
Source: the manual of biblatex, section on data containers."""


class Heir(NamedTuple):
    """An entry that may inherit fields."""

    type: str
    key: str
    fields: dict[str, str]
    spellings: dict[str, str]
    """Maps the name of a field to its spelling in the file, if this spelling has capitals."""


class Family:
    """The entries of a file, by key."""

    def __init__(self, entries: Sequence[Heir]) -> None:
        self.entries = entries
        self.by_key: dict[str, Heir] = {}
        self.by_lower_key: dict[str, Heir] = {}
        self.references: set[str] = set()
        """The keys of the @xdata entries that other entries name."""
        for entry in entries:
            for key in (entry.key, *_keys(entry.fields.get("ids", ""))):
                self.by_key.setdefault(key, entry)
                self.by_lower_key.setdefault(key.lower(), entry)

    def inherit(self) -> None:
        """Add to each entry the fields that it inherits."""
        has_data = any(entry.type == XDATA for entry in self.entries)
        if not has_data and not any(
            "crossref" in entry.fields or XDATA in entry.fields or entry.type == SET for entry in self.entries
        ):
            return
        for entry in self._parents_first():
            self._take_data(entry)
            if has_data:
                self._take_items(entry)
            parent = self._find(entry.fields.get("crossref", ""))
            if parent is not None and parent is not entry:
                _inherit(entry, parent)
                del entry.fields["crossref"]  # BibTeX rejects a file that lacks the entry named in `crossref`
            if entry.type == SET:
                self._mark_members(entry)

    def _find(self, key: str) -> Heir | None:
        """Return the entry with a key. BibTeX ignores the case of keys in `crossref`, biber does not."""
        key = key.strip()
        return (self.by_key.get(key) or self.by_lower_key.get(key.lower())) if key else None

    def _parents_first(self) -> Iterator[Heir]:
        """Yield each entry, after the entries from which it inherits. In a circle of entries, any may come first."""
        started: set[int] = set()
        finished: set[int] = set()
        for entry in self.entries:
            waiting = [entry]
            while waiting:
                last = waiting[-1]
                parents = [parent for parent in self._parents(last) if id(parent) not in started]
                started.add(id(last))
                if parents:
                    waiting += parents
                    continue
                waiting.pop()
                if id(last) not in finished:
                    finished.add(id(last))
                    yield last

    def _parents(self, entry: Heir) -> Iterator[Heir]:
        if "crossref" in entry.fields and (parent := self._find(entry.fields["crossref"])):
            yield parent
        for key in _keys(entry.fields.get(XDATA, "")):
            if parent := self._find(key):
                yield parent

    def _take_data(self, entry: Heir) -> None:
        """Add the fields of the @xdata entries that an entry names. Keep the keys of entries that the file lacks."""
        if XDATA not in entry.fields:
            return
        missing = []
        for key in _keys(entry.fields[XDATA]):
            data = self._find(key)
            if data is None or data is entry:
                missing.append(key)
                continue
            self.references.add(data.key)
            _add(entry, data, (name for name in data.fields if name not in _NOT_IN_XDATA))
        if missing:
            entry.fields[XDATA] = ",".join(missing)
        else:
            del entry.fields[XDATA]

    def _take_items(self, entry: Heir) -> None:
        """Replace each item in a list of an entry that names a field of an @xdata entry. Other items stay."""
        for name, value in entry.fields.items():
            if "xdata" in value:
                entry.fields[name] = "".join(self._item(text) for text in _BETWEEN_ITEMS.split(value))

    def _item(self, text: str) -> str:
        """Return the text that an item of a list stands for.

        An item may name a field of an @xdata entry, or one item of such a field. Any other item stands for itself.
        """
        if (reference := _REFERENCE.fullmatch(text)) is None:
            return text
        key, name, number = reference.groups()
        data = self._find(key)
        value = data.fields.get(name.lower()) if data is not None and data.type == XDATA else None
        if data is None or value is None:
            return text
        items = _BETWEEN_ITEMS.split(value)[::2]
        if number is not None and int(number) > len(items):
            return text
        self.references.add(data.key)
        return value if number is None else items[int(number) - 1]

    def _mark_members(self, entry_set: Heir) -> None:
        """Name an entry set in each of its members, because the set itself is not a publication."""
        for key in _keys(entry_set.fields.get("entryset", "")):
            if (member := self._find(key)) and member is not entry_set:
                member.fields.setdefault("entryset", entry_set.key)


def _keys(text: str) -> list[str]:
    return [key for key in _BETWEEN_KEYS.split(text.strip()) if key] if text else []


def _inherit(entry: Heir, parent: Heir) -> None:
    """Add to an entry the fields of its parent that it lacks."""
    has_date = not _DATES.isdisjoint(entry.fields)
    names = (name for name in parent.fields if name not in _NOT_INHERITED and not (has_date and name in _DATES))
    _add(entry, parent, names)
    if prefix := _prefix(entry.type, parent.type):
        _add_titles(entry, parent, prefix)
    _add_titles(entry, parent, "")  # BibTeX also prints the title of a book for a chapter without a title


def _prefix(type_: str, parent_type: str) -> str:
    """Return what biber puts before the names of a parent's title fields; an empty text if they keep their names."""
    if parent_type in _MULTIVOLUME_WORKS and type_ in _PARTS | _VOLUMES:
        return "main"
    if type_ in _PARTS and parent_type not in _PARTS:
        return "book"
    return "journal" if parent_type == "periodical" and type_ != parent_type else ""


def _add_titles(entry: Heir, parent: Heir, prefix: str) -> None:
    """Add the title fields of a parent under names with a prefix, unless the entry has such a title."""
    if f"{prefix}title" not in entry.fields and not (prefix == "journal" and "journal" in entry.fields):
        for name in _TITLES:
            if name in parent.fields:
                entry.fields[f"{prefix}{name}"] = parent.fields[name]


def _add(entry: Heir, parent: Heir, names: Iterable[str]) -> None:
    for name in islice((name for name in names if name not in entry.fields), _MOST_INHERITED):
        entry.fields[name] = parent.fields[name]
        if name in parent.spellings:
            entry.spellings[name] = parent.spellings[name]
