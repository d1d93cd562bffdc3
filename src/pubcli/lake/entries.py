"""Turn papers into entries: what all tables of a lake need to know about a paper, before papers have numbers.

An entry is a line of JSON, because DuckDB reads such lines much faster than it takes rows from Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic_core import to_json

from pubcli.biblio.names import distinct_authors, filing_order
from pubcli.lake.tables import PLACE_BITS, TABLES
from pubcli.store import acronyms, index
from pubcli.store.records import as_json
from pubcli.text.checksum import checksum
from pubcli.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pubcli.model import Paper

AUTHOR = "STRUCT(place INTEGER, folded VARCHAR, name VARCHAR, is_last BOOLEAN, person VARCHAR)"
ACRONYM = "STRUCT(short VARCHAR, long VARCHAR)"
COLUMNS = {
    **{name: type_ for name, type_ in TABLES["papers"].columns.items() if name != "paper"},
    "number": "INTEGER",
    "is_source_id": "BOOLEAN",
    "is_stated_key": "BOOLEAN",
    "json": "VARCHAR",
    "checksum": "BIGINT",
    "words": "VARCHAR[]",
    "positions": "INTEGER[][]",
    "author_list": f"{AUTHOR}[]",
    "acronym_list": f"{ACRONYM}[]",
}
"""The columns of entries with their SQL types. `number` is the place of an entry in its part. `is_source_id` states
whether the key is the identifier of the source, so that equal keys mean the same paper. `words` has the distinct words
of the paper, and `positions` the positions of each of them, as in the table `postings`."""


class Identified(NamedTuple):
    """A paper with the identifiers that its source has for it and for its authors."""

    paper: Paper
    is_source_id: bool = False
    """Whether the citation key is the identifier of the source, such as W2741809807."""
    persons: Mapping[str, str] = {}
    """The source's identifiers of authors, by name as written in `paper.authors`."""


def entry(item: Identified, number: int) -> dict[str, Any]:
    """Return the entry of a paper, by column. `number` is its place in the part."""
    paper = item.paper
    texts = index.texts_of(paper)
    columns = index.column_words(texts)
    positions = positions_by_word(columns)
    text = as_json(paper)
    date = paper.date and paper.date.isoformat()
    return {
        "key": paper.key, "date": date, "year": date and int(date[:4]), "date_precision": paper.date_precision,
        "date_assumed": paper.date_assumed,
        "folded_title": fold(paper.readable_title), "title_guessed": paper.title_guessed,
        "filed_under": filing_order(paper.authors[0]) if paper.authors else "",
        "authors_complete": paper.authors_complete,
        "org": paper.org, "folded_org": _fold(paper.org),
        "category": paper.category, "classes": paper.classes, "kind": paper.kind,
        "badges": paper.badges, "code": paper.code, "cut": paper.cut, "has_abstract": paper.abstract is not None,
        "doi": paper.doi, "arxiv": paper.arxiv, "links": paper.links, "folded_links": [*map(fold, paper.links)],
        "venue": paper.venue, "folded_venue": _fold(paper.venue), "volume": paper.volume,
        "publisher": paper.publisher, "folded_publisher": _fold(paper.publisher),
        "citations": paper.citations, "keywords": paper.keywords, "folded_keywords": [*map(fold, paper.keywords)],
        "length": sum(map(len, columns)),
        "number": number, "is_source_id": item.is_source_id, "is_stated_key": paper.key_stated,
        "json": text, "checksum": checksum(text),
        "words": [*positions], "positions": [*positions.values()],
        "author_list": _authors(item),
        "acronym_list": [{"short": short, "long": long} for short, long in acronyms.defined(texts)],
    }  # fmt: skip


def positions_by_word(columns: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """Return the positions of each word, in ascending order. `columns` has the words of each column of the index."""
    positions: dict[str, list[int]] = {}
    for number, words in enumerate(columns):
        for position, word in enumerate(words, number << PLACE_BITS):
            if word in positions:
                positions[word].append(position)
            else:
                positions[word] = [position]
    return positions


def line(item: Identified, number: int) -> bytes:
    """Return the entry of a paper as a line of JSON. `number` is its place in the part."""
    return to_json(entry(item, number)) + b"\n"  # a quarter of the time that json.dumps takes


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)


def _authors(item: Identified) -> list[dict[str, Any]]:
    """Return the distinct authors of a paper, as `store.load` stores them."""
    names = distinct_authors(item.paper.authors)
    return [
        {
            "place": place,
            "folded": folded,
            "name": name,
            "is_last": item.paper.authors_complete and place == len(names),
            "person": item.persons.get(name),
        }
        for place, (folded, name) in enumerate(names.items(), 1)
    ]
