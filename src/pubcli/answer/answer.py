"""The answer to a query: rows with named fields, independent of how they are displayed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pubcli.lazy import TYPE_CHECKING, Generic, NamedTuple

Row = Mapping[str, object]
"""A row of any kind; the module `rows` has a type for each kind."""
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import TypeVar

    from pubcli.answer.kinds import Kind
    from pubcli.answer.rows import CountRow
    from pubcli.query.expression import Term

    R = TypeVar("R", bound=Row, covariant=True)
else:
    R = Row

_EMPTY: Mapping[str, str] = MappingProxyType({})


class Crossing(NamedTuple):
    """The rows and the columns of a cross-tabulation, in the order in which they are shown.

    `rows` contains one item for each value of the first dimension, such as a year. `columns` contains one item for each
    value of the second dimension, such as a category. Each item has the number of all papers with its value.
    """

    rows: Sequence[CountRow]
    columns: Sequence[CountRow]
    papers: int
    """Number of all papers. It is less than the sum of the totals if some papers have several values."""
    newest_last: bool = False
    """If not all columns fit: whether the last columns are shown instead of the first columns."""


class PartialMatches(NamedTuple):
    """The papers of a search that lack some words of the query; they follow those that match the whole query."""

    full: int
    """Number of papers that match the whole query."""
    shown: int
    """Number of partial matches in the answer."""
    words: int
    """Number of words that a full match has."""


class Answer(NamedTuple, Generic[R]):
    """Rows in order, with hints for displaying them. Iterate over `rows` only once: they may come from the database."""

    kind: Kind
    fields: tuple[str, ...]
    """Every field that JSON and CSV show, in order; each row has at least these fields."""
    rows: Iterable[R]
    by: tuple[str, ...] = ()
    """The dimensions by which the rows count papers."""
    optional: tuple[str, ...] = ()
    """Optional columns of this kind that this answer shows, such as `profile` if several pages were read."""
    encoded: Iterable[str] | None = None
    """The same rows as JSON texts if the store contains such texts, else None. They are written to JSON as they are."""
    terms: tuple[Term, ...] = ()
    """The words and patterns of the query, which are highlighted."""
    notes: tuple[str, ...] = ()
    """Sentences to print below a table, for example about papers that are not counted."""
    headings: Mapping[str, str] = _EMPTY
    """Column headings that depend on the answer, such as the names of two people. They may be text from a page."""
    trends: tuple[str, ...] = ()
    """Numeric fields whose trend from row to row is shown as a sparkline."""
    texts_for_none: Mapping[str, str] = _EMPTY
    """For each field in which None is an ordinary value of this answer, the text to show for None."""
    partial_matches: PartialMatches | None = None
    """Set if the last rows are partial matches. The field `missing` of such a row lists the words that are missing."""
    messages: tuple[str, ...] = ()
    """Sentences about the answer for standard error, whatever the format."""
    crossing: Crossing | None = None
    """If each row counts a pair of values, the cross-tabulation that people see instead of these rows; else None."""

    @property
    def derived_fields(self) -> tuple[str, ...]:
        """Fields that the user can name too, because they follow from the others; see the module `derived`."""
        return ("year",) if self.lists_papers and "year" not in self.fields else ()

    @property
    def lists_papers(self) -> bool:
        """Whether each row has the title, authors, abstract and key of a paper. The rows may have other fields too."""
        return {"key", "title", "authors", "authors_complete", "abstract"} <= set(self.fields)
