"""Look up words and phrases in the text index of a store."""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING
from pubcli.query.expression import Text
from pubcli.store import acronyms, index
from pubcli.store.sql import any_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pubcli.store.database import Store

_MOST_IN_MATCHES = 500
"""Maximum number of words that are looked up instead of searching all papers with a pattern."""


class StoredWords:
    """The words and phrases of the papers of a store. The methods are described in `corpus.Words`."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def fill_index(self) -> None:
        """Index the words of all papers, unless the text index is complete."""
        index.fill(self.store)

    def vocabulary(self, first: str, end: str, lengths: tuple[int, int] | None = None) -> Iterable[tuple[str, int]]:
        """Return the words from `first` up to `end`, each with the number of papers that contain it."""
        statement, values = "SELECT term, doc FROM vocabulary WHERE term >= ? AND term < ?", (first, end)
        if lengths is None:
            return self.store.execute(statement, values)
        return self.store.execute(f"{statement} AND length(term) BETWEEN ? AND ?", (*values, *lengths))

    def scratch(self) -> Store:
        """Return a database for temporary tables: the store itself."""
        return self.store

    def words_of_matches(self, pattern: str) -> tuple[str, ...] | None:
        """Return words such that each text that a regular expression matches contains at least one of them.

        Papers without these words need not be searched with the pattern. Return None if such words cannot be
        determined, or if there are too many of them to be of use.
        """
        from pubcli.query.patterns import required_text  # imported only here, because few queries contain a pattern

        text = required_text(pattern)
        if text is None or index.is_missing(self.store):
            return None
        self.store.forget_old_matches()
        words = self.store.patterns.words_with.get(text)
        if words is None:
            statement = "SELECT term FROM vocabulary WHERE instr(term, ?) LIMIT ?"
            words = tuple(row[0] for row in self.store.execute(statement, (text, _MOST_IN_MATCHES + 1)))
            self.store.patterns.words_with[text] = words
        return words if len(words) <= _MOST_IN_MATCHES else None

    def contains_any(self, terms: Sequence[Text]) -> bool:
        """Return whether any paper contains one of the words or phrases."""
        statement = "SELECT 1 FROM paper_text WHERE paper_text MATCH ? LIMIT 1"
        return self.store.execute(statement, (any_of(terms),)).fetchone() is not None

    def occurring(self, phrases: Sequence[str]) -> list[str]:
        """Return those of the words and phrases that any paper contains."""
        return [phrase for phrase in phrases if self.contains_any([Text(phrase)])]

    def papers_with_any(self, terms: Sequence[Text]) -> int:
        """Return how many papers contain at least one of the words or phrases."""
        statement = "SELECT count(*) FROM paper_text WHERE paper_text MATCH ?"
        return int(self.store.execute(statement, (any_of(terms),)).fetchone()[0])

    def long_forms(self, short: str) -> Sequence[str]:
        """Return the long forms that papers define for a folded acronym, those of most papers first."""
        return acronyms.long_forms(self.store, short)

    def short_forms(self, long: str) -> Sequence[str]:
        """Return the acronyms that papers define for a folded long form, those of most papers first."""
        return acronyms.short_forms(self.store, long)

    def first_records(self, limit: int) -> Iterable[str]:
        """Return the JSON of the first papers."""
        return (row[0] for row in self.store.execute("SELECT json FROM record LIMIT ?", (limit,)))

    def last_id(self) -> int:
        """Return the greatest id of a paper. Ids are never reused, so the number of papers may be smaller."""
        return int(self.store.execute("SELECT max(id) FROM paper").fetchone()[0] or 0)
