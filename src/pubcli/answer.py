"""An answer: rows with named fields, before anything decides how they look."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from pubcli.query import Text

Value: TypeAlias = str | int | float | bool | Sequence[str] | Sequence[int] | Mapping[str, str] | None
Row: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows in their order. Read `rows` once: they may come straight from the database."""

    fields: tuple[str, ...]
    """Every field that JSON and CSV show, in order; each row holds at least these."""
    columns: tuple[str, ...]
    """The fields that a table shows unless others are asked for."""
    rows: Iterable[Row]
    encoded: Iterable[str] | None = None
    """The same rows as JSON text, one each, where the store holds them so; saves decoding and encoding."""
    terms: tuple[Text, ...] = ()
    """The words that were asked for, to be highlighted."""
    notes: tuple[str, ...] = ()
    """Sentences that stand under a table: what the counts leave out."""
    heads: Mapping[str, str] = field(default_factory=dict)
    """Headings of columns that only this answer can know, such as the names of two people; text from a page."""
    courses: tuple[str, ...] = ()
    """Fields with numbers whose course from row to row is worth a sparkline."""
    layout: Literal["table", "paper", "profile"] = "table"
    """How a terminal shows it: rows under columns, or a card for each paper or profile."""

    @property
    def lists_papers(self) -> bool:
        """Whether each row is a whole paper, perhaps with more beside it."""
        return {"key", "title", "authors", "authors_complete", "abstract"} <= set(self.fields)
