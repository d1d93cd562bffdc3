"""The tables of a lake: their columns and their order in the Parquet files.

Each table is a folder of Parquet files. The manifest lists the files; files that it does not list belong to a build
that was interrupted, and are ignored. A paper has a number, `paper`, which all tables share. A block has up to two
million papers with consecutive numbers, in order of their dates; papers without a date come first. So a range of years
is one range of numbers in each block, and the manifest lists where each year begins.
"""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION = 1
"""Version of the tables, of the indexed words, and of the manifest."""

PLACE_BITS = 20
"""A position in `postings.positions` is `column * 2 ** PLACE_BITS + place`: columns and places count from 0."""
TEXT_COLUMNS = ("title", "authors", "abstract", "org")
"""The columns of the text index, in the order of their numbers. A phrase does not extend from one to the next."""


class Table(NamedTuple):
    """A table of a lake."""

    columns: Mapping[str, str]
    """The SQL type of each column, as DuckDB names it."""
    order: tuple[str, ...]
    """The columns by which the rows are sorted, within each file and from one file to the next. The postings that
    `lake add` adds are a further sequence of files; `lake compact` merges the sequences."""


TABLES = {
    # A word in a paper: how many words the paper has (in all columns together), how often the word occurs in each
    # column, and the sorted positions. FTS5's bm25 needs exactly these numbers.
    "postings": Table(
        {
            "word": "VARCHAR", "paper": "INTEGER", "length": "INTEGER",
            "title": "INTEGER", "authors": "INTEGER", "abstract": "INTEGER", "org": "INTEGER",
            "positions": "INTEGER[]",
        },
        ("word", "paper"),
    ),
    # In how many papers a word occurs. There is one row for each word of the whole lake.
    "vocabulary": Table({"word": "VARCHAR", "papers": "INTEGER"}, ("word",)),
    # Dates are ISO dates. `folded_...` and `filed_under` are as in `store.schema`: the title without TeX, and the first
    # author with the surname first, empty if there is none. `length` is the number of words of the paper. Fields that
    # are neither in the query language nor often sorted by are only in the JSON, in `records`.
    "papers": Table(
        {
            "paper": "INTEGER", "key": "VARCHAR", "date": "VARCHAR", "year": "INTEGER", "date_precision": "VARCHAR",
            "date_assumed": "BOOLEAN",
            "folded_title": "VARCHAR", "title_guessed": "BOOLEAN",
            "filed_under": "VARCHAR", "authors_complete": "BOOLEAN",
            "org": "VARCHAR", "folded_org": "VARCHAR",
            "category": "VARCHAR", "classes": "VARCHAR[]", "kind": "VARCHAR",
            "badges": "VARCHAR[]", "code": "BOOLEAN", "cut": "VARCHAR[]", "has_abstract": "BOOLEAN",
            "doi": "VARCHAR", "arxiv": "VARCHAR", "links": "VARCHAR[]", "folded_links": "VARCHAR[]",
            "venue": "VARCHAR", "folded_venue": "VARCHAR", "volume": "VARCHAR",
            "publisher": "VARCHAR", "folded_publisher": "VARCHAR",
            "citations": "BIGINT", "keywords": "VARCHAR[]", "folded_keywords": "VARCHAR[]",
            "length": "INTEGER",
        },
        ("paper",),
    ),
    # The JSON of each paper: the same text that a store has in its table `record`. `checksum` is its CRC-32.
    "records": Table({"paper": "INTEGER", "json": "VARCHAR", "checksum": "BIGINT"}, ("paper",)),
    # The distinct authors of each paper; places count from 1. `name` is as the paper spells it, and `folded` is its
    # `names.name_key`. `person` is the identifier that the source gives the author, such as A5023888391; often NULL.
    "authorship": Table(
        {
            "paper": "INTEGER", "place": "INTEGER", "folded": "VARCHAR", "name": "VARCHAR", "is_last": "BOOLEAN",
            "person": "VARCHAR",
        },
        ("paper", "place"),
    ),
    # The acronyms that papers define, and how many papers define each.
    "acronyms": Table({"short": "VARCHAR", "long": "VARCHAR", "papers": "INTEGER"}, ("short", "long")),
    # The names of people who have several names, as in the table `alias` of a library from which papers came.
    "aliases": Table({"folded": "VARCHAR", "head": "VARCHAR", "name": "VARCHAR"}, ("folded",)),
    # One row: the number of papers, of all words together, and of words in a paper on average.
    "statistics": Table({"papers": "BIGINT", "words": "BIGINT", "average": "DOUBLE"}, ()),
}  # fmt: skip
"""The tables by name. Their files are in folders of the same names."""
