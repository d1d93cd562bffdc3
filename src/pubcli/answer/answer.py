"""The answer to a query: rows with named fields, before anything decides how they look."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Generic, Literal, NamedTuple, TypeAlias, TypeVar

from pubcli.query.expression import Term

if TYPE_CHECKING:
    from pubcli.answer.rows import CountRow

Row: TypeAlias = Mapping[str, object]
"""A row of any kind; `rows` has a type for each kind."""
R = TypeVar("R", bound=Row, covariant=True)

_EMPTY: Mapping[str, str] = MappingProxyType({})


class Crossing(NamedTuple):
    """The values and totals on both sides of a cross-tabulation, in the order in which they are shown."""

    rows: "Sequence[CountRow]"
    columns: "Sequence[CountRow]"
    papers: int
    """All papers; fewer than the sum of the totals where a paper has several values."""
    newest_last: bool = False
    """Where there is no room for all columns, whether the last ones are shown instead of the first ones."""


Kind: TypeAlias = Literal[
    "rows",
    "papers", "hits", "explained_hits", "similar_papers", "paper_details", "steps", "references",
    "coauthors", "people", "nodes", "name_variants", "periods",
    "counts", "pairs", "dimensions", "categories",
    "topics", "group_topics",
    "profiles", "findings", "changes", "comparison", "snapshots",
    "pages", "library", "added_pages", "duplicates", "saved_queries",
    "formats", "cache", "library_findings",
]  # fmt: skip
"""What the rows of an answer are about; `display.columns` has the columns for each kind. `rows` is any other kind."""


class Answer(NamedTuple, Generic[R]):
    """Rows in their order. Read `rows` once: they may come straight from the database."""

    kind: Kind
    fields: tuple[str, ...]
    """Every field that JSON and CSV show, in order; each row has at least these."""
    rows: Iterable[R]
    by: tuple[str, ...] = ()
    """The dimensions by which the rows count papers."""
    optional: tuple[str, ...] = ()
    """Optional columns of this kind of rows that are worth their room here, such as `profile` with several pages."""
    encoded: Iterable[str] | None = None
    """The same rows as JSON text, where the store holds them so; saves decoding and encoding."""
    terms: tuple[Term, ...] = ()
    """The words and patterns of the query, to be highlighted."""
    notes: tuple[str, ...] = ()
    """Sentences for below a table, such as what the counts leave out."""
    headings: Mapping[str, str] = _EMPTY
    """Headings of columns that depend on the answer, such as the names of two people; text from a page."""
    trends: tuple[str, ...] = ()
    """Fields with numbers whose trend from row to row is worth a sparkline."""
    none_texts: Mapping[str, str] = _EMPTY
    """Text for a field that is None, in answers where None is a value like any other."""
    crossing: Crossing | None = None
    """Set when the rows are pairs of values that people read as a cross-tabulation."""

    @property
    def lists_papers(self) -> bool:
        """Whether each row is a whole paper, perhaps with further fields."""
        return {"key", "title", "authors", "authors_complete", "abstract"} <= set(self.fields)
