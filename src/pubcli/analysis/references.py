"""Find out which papers the references of papers mean.

A source states references as text. `extra` has them in the field of the source: identifiers of OpenAlex, the short
references of Web of Science, the full ones of Scopus, DOIs of Crossref. Each reference becomes a key: its DOI, its
identifier, or else its folded text, so that two papers which cite the same work share a key.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeVar

from pubcli.lazy import json
from pubcli.store.database import Store
from pubcli.store.sql import Selection
from pubcli.text.normalize import fold

FIELDS = ("referenced_works", "CR", "References", "Cited References", "reference", "references")
"""The fields of `extra` that hold references: of OpenAlex, Web of Science, Scopus, Web of Science and Crossref."""
SEPARATOR = "; "
"""Text between two references in a field."""

_DOI = re.compile(r"10\.\d{4,9}/[^\s;,\]\"}]+", re.IGNORECASE)
_OPENALEX = re.compile(r"(?:https?://openalex\.org/)?(W\d{4,})")
_ARXIV = re.compile(r"arxiv[: ]\s*(\d{4}\.\d{4,5})", re.IGNORECASE)
_SHORTEST_TITLE = 20
"""Titles with fewer characters do not identify a paper in a reference without an identifier."""
_PARTS = re.compile(r", | \(\d{4}\) ?|\. ")
_SHORT_REFERENCE = re.compile(r"([^,]+), (\d{4}), .*?(?:, v([^,]+))?, p(\w+)")
"""Matches a reference of Web of Science: first author, year, journal, volume, page."""
_Key = TypeVar("_Key")

_STATES_REFERENCES = " OR ".join(f"instr(record.json, '\"{field}\":')" for field in FIELDS)
_RECORDS = f"""
SELECT paper.id, record.json -> '$.extra' FROM paper JOIN record ON record.paper_id = paper.id
WHERE paper.id IN ({{ids}}) AND ({_STATES_REFERENCES})
"""
_IDENTITIES = """
SELECT paper.id, paper.folded_title, substr(paper.date, 1, 4) AS year, paper.filed_under,
    record.json ->> '$.doi' AS doi, record.json ->> '$.arxiv' AS arxiv, record.json ->> '$.extra.openalex' AS openalex,
    record.json ->> '$.volume' AS volume, record.json ->> '$.pages' AS pages
FROM paper JOIN record ON record.paper_id = paper.id WHERE paper.id IN ({ids})
"""


def references(store: Store, selection: Selection) -> dict[int, list[int | str]]:
    """Return the references of each selected paper that states any: the id of a selected paper, or the key of a text.

    A paper of several databases states the same references in the field of each. Those that are selected papers are
    recognised in all fields; of the others, only those of a longest field are returned, so that none counts twice.
    """
    index = _Index.of(store, selection)
    cited: dict[int, list[int | str]] = {}
    for paper, extra in store.execute(_RECORDS.format(ids=selection.ids), selection.values):
        fields = json.loads(extra)
        lists = [[index.resolve(key(text)) for text in split(fields[field])] for field in FIELDS if field in fields]
        if any(lists):
            papers = [item for items in lists for item in items if isinstance(item, int) and item != paper]
            longest = max(map(len, lists))
            texts = ([item for item in items if isinstance(item, str)] for items in lists if len(items) == longest)
            cited[paper] = list(dict.fromkeys([*papers, *min(texts, key=len)]))
    return cited


def split(text: str) -> list[str]:
    """Return the references in a field: a list of Crossref as JSON, or texts between semicolons."""
    if text.startswith("[{"):
        try:
            return [_crossref(item) for item in json.loads(text) if isinstance(item, dict)]
        except ValueError:
            pass
    return [part for part in map(str.strip, text.split(";")) if part]


def _crossref(item: Mapping[str, object]) -> str:
    """Return a reference of Crossref as text: its DOI, or else its other values."""
    values = (
        item.get("DOI")
        or item.get("unstructured")
        or ", ".join(
            str(item[name])
            for name in ("author", "article-title", "volume-title", "journal-title", "year")
            if item.get(name)
        )
    )
    return str(values)


def key(reference: str) -> str:
    """Return the key of a reference: two references with the same key cite the same work."""
    if match := _OPENALEX.fullmatch(reference):
        return f"openalex:{match[1]}"
    if match := _DOI.search(reference):
        return f"doi:{match[0].rstrip('.').lower()}"
    if match := _ARXIV.search(reference):
        return f"arxiv:{match[1]}"
    return fold(reference)


def citing_pairs(cited: Mapping[int, list[int | str]]) -> Iterator[tuple[int, int]]:
    """Yield the citing and the cited paper, for each reference to a selected paper. No paper cites itself."""
    for paper, items in cited.items():
        yield from ((paper, item) for item in items if isinstance(item, int))


class _Index(NamedTuple):
    """The selected papers by what a reference may state of them. A text that several papers share identifies none."""

    by_key: Mapping[str, int]
    by_title: Mapping[str, int]
    by_place: Mapping[tuple[str, str, str, str], int]
    """Papers by surname of the first author, year, volume and first page."""

    @classmethod
    def of(cls, store: Store, selection: Selection) -> "_Index":
        """Return the index of the selected papers."""
        keys: dict[str, set[int]] = defaultdict(set)
        titles: dict[str, set[int]] = defaultdict(set)
        places: dict[tuple[str, str, str, str], set[int]] = defaultdict(set)
        for row in store.execute(_IDENTITIES.format(ids=selection.ids), selection.values):
            for name in ("doi", "arxiv", "openalex"):
                if row[name]:
                    keys[f"{name}:{row[name]}"].add(row["id"])
            if len(row["folded_title"]) >= _SHORTEST_TITLE:
                titles[row["folded_title"]].add(row["id"])
            if row["year"] and row["pages"] and row["filed_under"]:
                page = re.split(r"[-–]", row["pages"])[0].strip().lower()
                surname = fold(row["filed_under"]).split(",")[0].split(" ")[0]
                places[(surname, row["year"], (row["volume"] or "").lower(), page)].add(row["id"])
        return cls(_unique(keys), _unique(titles), _unique(places))

    def resolve(self, text: str) -> int | str:
        """Return the id of the paper that the key of a reference means, or the key itself."""
        paper = self.paper(text)
        return text if paper is None else paper

    def paper(self, text: str) -> int | None:
        """Return the paper that the key of a reference means; None if it is not among the selected papers."""
        if text in self.by_key:
            return self.by_key[text]
        if text.startswith(("doi:", "openalex:", "arxiv:")):
            return None
        parts = (part for part in _PARTS.split(text) if len(part) >= _SHORTEST_TITLE)
        match = next((self.by_title[part] for part in parts if part in self.by_title), None)
        if match is None and (short := _SHORT_REFERENCE.match(text)):
            place = (short[1].split(" ")[0], short[2], (short[3] or "").lower(), short[4].lower())
            match = self.by_place.get(place)
        return match


def _unique(groups: Mapping[_Key, set[int]]) -> dict[_Key, int]:
    return {name: next(iter(papers)) for name, papers in groups.items() if len(papers) == 1}
