"""Define which tags of RIS hold the fields of a paper, for the reader and the writer.

`shared.crosswalk` has the names of other fields, such as editors. `shared.kinds` has the types of records.
"""

import re
from functools import cache
from typing import Literal, NamedTuple

from pubcli.formats.shared.crosswalk import SERIAL

TAG = re.compile(r"[A-Z][A-Z0-9]")
END = "ER"


class Tag(NamedTuple):
    """A tag, the field of a paper that it holds, and how the writer uses the tag."""

    tag: str
    field: str
    """The field of a paper that the reader fills from the tag; empty if the tag goes to `extra`."""
    is_written: bool = False
    """Whether the writer uses the tag for the field."""
    extra: Literal["none", "one line", "lines"] = "one line"
    """How the writer writes values in `extra` under this tag: not at all, all on one line, or one per line."""


TAGS = (
    Tag("TY", "kind", is_written=True, extra="none"),
    Tag("ID", "key", is_written=True, extra="none"),
    Tag("A1", "authors"),
    Tag("AU", "authors", is_written=True, extra="none"),
    Tag("TI", "title", is_written=True, extra="none"),
    Tag("T1", "title"),
    Tag("CT", "title"),
    Tag("DA", "date", is_written=True, extra="none"),
    Tag("Y1", "date"),
    Tag("PY", "date", is_written=True, extra="none"),
    Tag("T2", "venue", is_written=True, extra="none"),
    Tag("JF", "venue"),
    Tag("JO", "venue"),
    Tag("JA", "venue"),
    Tag("J2", "venue"),
    Tag("BT", "venue"),  # the book that contains a chapter, or the title of a book without another title
    Tag("VL", "volume", is_written=True, extra="none"),
    Tag("IS", "issue", is_written=True, extra="none"),
    Tag("CP", "issue"),
    Tag("SP", "pages", is_written=True, extra="none"),
    Tag("EP", "pages", is_written=True, extra="none"),
    Tag("LP", "pages"),  # the last page, in files of some journals
    Tag("C7", "pages"),  # the number of an article without pages, in Scopus and EndNote
    Tag("PB", "publisher", is_written=True, extra="none"),
    Tag("DO", "doi", is_written=True, extra="none"),
    Tag("M3", "doi"),  # a DOI in files of Nature and JabRef; otherwise a type
    Tag("L3", "doi", extra="lines"),  # a DOI in old files of EndNote; otherwise an address
    Tag("AN", "arxiv", is_written=True, extra="none"),
    Tag("M1", "arxiv"),  # an arXiv identifier or another number; for an article, the issue
    Tag("KW", "keywords", is_written=True, extra="none"),
    Tag("AB", "abstract", is_written=True, extra="none"),
    Tag("N2", "abstract"),
    Tag("UR", "url", is_written=True, extra="lines"),
    Tag("AD", "org", is_written=True, extra="lines"),
    Tag("N1", "", is_written=True),
    Tag(SERIAL, "", extra="lines"),
    *(Tag(tag, "", extra="lines") for tag in ("L1", "L2", "L4", "LK", "H1", "H2")),
)
"""The tags for each field. Of several tags for a venue or an identifier, the reader prefers the first in this table."""
TAG_OF = {row.field: row.tag for row in TAGS if row.is_written}
"""Maps each field to the tag that the writer uses. Do not use it for `date` and `pages`, which have two tags each."""
INTERPRETED_TAGS = frozenset((END, *(row.tag for row in TAGS if row.extra == "none")))
"""Tags that never hold a value from `extra`."""
REPEATED = frozenset(row.tag for row in TAGS if row.extra == "lines")
"""Tags that the writer repeats if `extra` has several values. Tags for people are repeated too, but not listed here."""


@cache
def tags_of(field: str) -> tuple[str, ...]:
    """Return the tags that may hold a field, in order of preference."""
    return tuple(row.tag for row in TAGS if row.field == field)
