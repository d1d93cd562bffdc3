"""An answer: rows with named fields, before anything decides how they look."""

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


class Answer(NamedTuple, Generic[R]):
    """Rows in their order. Read `rows` once: they may come straight from the database."""

    fields: tuple[str, ...]
    """Every field that JSON and CSV show, in order; each row holds at least these."""
    columns: tuple[str, ...]
    """The fields that a table shows unless others are asked for."""
    rows: Iterable[R]
    encoded: Iterable[str] | None = None
    """The same rows as JSON text, one each, where the store holds them so; saves decoding and encoding."""
    terms: tuple[Term, ...] = ()
    """The words and patterns that were asked for, to be highlighted."""
    notes: tuple[str, ...] = ()
    """Sentences that stand under a table: what the counts leave out."""
    heads: Mapping[str, str] = _EMPTY
    """Headings of columns that only this answer can know, such as the names of two people; text from a page."""
    trends: tuple[str, ...] = ()
    """Fields with numbers whose trend from row to row is worth a sparkline."""
    bars: str | None = None
    """A field with numbers that a terminal also shows as bars."""
    sparklines: tuple[str, ...] = ()
    """Fields with lists of numbers of which a terminal shows the trend instead."""
    nameless: Mapping[str, str] = _EMPTY
    """What stands in a table where a field is None, in answers in which that is a value like others."""
    crossing: Crossing | None = None
    """The rows are pairs of the first two columns, and people read them as a cross-tabulation."""
    layout: Literal["table", "paper", "profile"] = "table"
    """How a terminal shows it: rows under columns, or a card for each paper or profile."""

    @property
    def lists_papers(self) -> bool:
        """Whether each row is a whole paper, perhaps with more beside it."""
        return {"key", "title", "authors", "authors_complete", "abstract"} <= set(self.fields)
