"""Define what a search needs of the papers that it searches: the words that they contain, and which papers match.

The words of a query are interpreted, and their variants looked up, in the same way wherever the papers are: in a
`Store` or in a lake (see `lake.corpus`). Both have the methods below.
"""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Protocol

    from pubcli.query.expression import Expression, Order, Query, Text
    from pubcli.store.database import Store

    class Words(Protocol):
        """The words and phrases that papers contain."""

        def fill_index(self) -> None:
            """Index the words of all papers, unless they are indexed already. Call it before the methods on words."""

        def vocabulary(self, first: str, end: str, lengths: tuple[int, int] | None = None) -> Iterable[tuple[str, int]]:
            """Return the words from `first` up to, but without, `end`, each with the number of papers that contain it.

            `lengths` are the least and the greatest number of characters; None means any.
            """

        def scratch(self) -> Store:
            """Return a database for temporary tables."""

        def words_of_matches(self, pattern: str) -> tuple[str, ...] | None:
            """Return words such that each text that a regular expression matches contains at least one of them.

            Return None if such words cannot be determined.
            """

        def contains_any(self, terms: Sequence[Text]) -> bool:
            """Return whether any paper contains one of the words or phrases."""

        def occurring(self, phrases: Sequence[str]) -> list[str]:
            """Return those of the words and phrases that any paper contains, in the same order."""

        def papers_with_any(self, terms: Sequence[Text]) -> int:
            """Return how many papers contain at least one of the words or phrases."""

        def long_forms(self, short: str) -> Sequence[str]:
            """Return the long forms that papers define for a folded acronym, those of most papers first."""

        def short_forms(self, long: str) -> Sequence[str]:
            """Return the acronyms that papers define for a folded long form, those of most papers first."""

        def first_records(self, limit: int) -> Iterable[str]:
            """Return the JSON of the first papers."""

        def last_id(self) -> int:
            """Return the greatest id of a paper, which is about the number of papers; 0 if there are none."""

    class Corpus(Words, Protocol):
        """Papers that can be searched. Each paper has a number, its id.

        In the parameters `where`, `match` and the like, the words have been replaced by their variants.
        """

        def count(self, where: Expression | None) -> int:
            """Return the number of papers that an expression selects."""

        def ranked(self, query: Query, order: Sequence[Order]) -> list[tuple[int, float]]:
            """Return the ids and ranks of the papers that a query selects, in order.

            Better matches have a lower rank.
            """

        def candidates(
            self, match: Expression, strict: Expression | None, years: Expression | None, most: int
        ) -> list[int]:
            """Return the ids of up to `most` papers that match words and fulfil `strict`.

            Papers that fulfil `years` come first, then those with the best rank.
            """

        def selected_among(self, where: Expression, ids: Sequence[int]) -> frozenset[int]:
            """Return those of the papers that an expression selects."""

        def in_order(
            self, hits: Sequence[tuple[int, float, int]], order: Sequence[Order], limit: int, offset: int
        ) -> list[int]:
            """Return the ids of hits in order: by the first number of a hit, then by `order`.

            A hit has a number, a rank and an id. A `limit` of -1 means all.
            """

        def records(self, ids: Sequence[int]) -> Iterator[str]:
            """Yield the JSON of papers in the order of `ids`."""

        def points(self, paper_id: int, terms: Sequence[Text]) -> list[float]:
            """Return what each term adds to the score of a paper; 0 if the paper lacks it."""

        def has_key(self, key: str) -> bool:
            """Return whether a paper has a citation key."""

        def categories(self, limit: int) -> list[str]:
            """Return the categories of the papers, those of most papers first, at most `limit`."""

        def spellings(self, field: str) -> Iterable[str]:
            """Return the values of a field for which similarly spelled ones are proposed; none for other fields."""

        def optional_columns(self) -> tuple[str, ...]:
            """Return the optional columns to show in lists of papers: those that the papers have values for."""
