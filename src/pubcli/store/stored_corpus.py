"""Select, rank and sort the papers of a store for a search."""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING, json
from pubcli.store import ask
from pubcli.store.sql import RANK, Selection, fts_expression, quoted, selection
from pubcli.store.stored_words import StoredWords

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pubcli.query.expression import Expression, Order, Query, Text


class StoredCorpus(StoredWords):
    """The papers of a store. The methods are described in `corpus.Corpus`."""

    def count(self, where: Expression | None) -> int:
        """Return the number of papers that an expression selects."""
        return ask.count_expanded(self.store, where)

    def ranked(self, query: Query, order: Sequence[Order]) -> list[tuple[int, float]]:
        """Return the ids and ranks of the papers that a query selects, in order."""
        return ask.ranked(self.store, query, order)

    def candidates(
        self, match: Expression, strict: Expression | None, years: Expression | None, most: int
    ) -> list[int]:
        """Return the ids of up to `most` papers that match words and fulfil `strict`.

        Papers that fulfil `years` come first, then those with the best rank. `match` consists of words, AND and OR.
        """
        hits = f"SELECT rowid AS id, {RANK} AS rank FROM paper_text WHERE paper_text MATCH ?"
        words = fts_expression(match)
        if strict is None and years is None:
            return [row[0] for row in self.store.execute(f"{hits} ORDER BY rank LIMIT ?", (words, most))]
        required, of_year = selection(strict), selection(years)
        statement = (
            f"SELECT paper.id FROM ({hits}) AS hit JOIN paper USING (id) WHERE paper.id IN ({required.ids}) "
            f"ORDER BY paper.id NOT IN ({of_year.ids}), hit.rank LIMIT ?"
        )
        return [row[0] for row in self.store.execute(statement, (words, *required.values, *of_year.values, most))]

    def selected_among(self, where: Expression, ids: Sequence[int]) -> frozenset[int]:
        """Return those of the papers that an expression selects."""
        chosen = selection(where)
        statement = f"{chosen.ids} AND paper.id IN (SELECT value FROM json_each(?))"
        return frozenset(row[0] for row in self.store.execute(statement, (*chosen.values, json.dumps(ids))))

    def in_order(
        self, hits: Sequence[tuple[int, float, int]], order: Sequence[Order], limit: int, offset: int
    ) -> list[int]:
        """Return the ids of hits in order: by the first number of a hit, then by `order`."""
        tables = f"({_HITS}) AS hit JOIN paper ON paper.id = hit.id"
        criteria = ask.complete_order(Selection(tables, "", (), "hit.rank"), order)
        statement = f"SELECT hit.id FROM {tables} ORDER BY hit.number, {criteria} LIMIT ? OFFSET ?"
        return [row[0] for row in self.store.execute(statement, (json.dumps(hits), limit, offset))]

    def records(self, ids: Sequence[int]) -> Iterator[str]:
        """Yield the JSON of papers in the order of `ids`."""
        return ask.records(self.store, ids)

    def points(self, paper_id: int, terms: Sequence[Text]) -> list[float]:
        """Return what each term adds to the score of a paper; 0 if the paper lacks it."""
        statement = f"SELECT -{RANK} FROM paper_text WHERE paper_text MATCH ? AND rowid = ?"
        rows = (self.store.execute(statement, (quoted(term), paper_id)).fetchone() for term in terms)
        return [row[0] if row else 0.0 for row in rows]

    def has_key(self, key: str) -> bool:
        """Return whether a paper has a citation key."""
        return self.store.execute("SELECT 1 FROM paper WHERE key = ?", (key,)).fetchone() is not None

    def categories(self, limit: int) -> list[str]:
        """Return the categories of the papers, those of most papers first."""
        return [row[0] for row in self.store.execute(_CATEGORIES, (limit,))]

    def spellings(self, field: str) -> list[str]:
        """Return the values of a field for which similarly spelled ones are proposed."""
        return [row[0] for row in self.store.execute(_SPELLINGS[field])] if field in _SPELLINGS else []

    def optional_columns(self) -> tuple[str, ...]:
        """Return the optional columns to show in lists of papers."""
        return ask.optional_columns(self.store)


_CATEGORIES = """
    SELECT category FROM paper WHERE category IS NOT NULL GROUP BY category ORDER BY count(*) DESC, category LIMIT ?
"""
_SPELLINGS = {
    "author": "SELECT folded FROM author",
    "category": "SELECT DISTINCT category FROM paper WHERE category IS NOT NULL",
    "org": "SELECT DISTINCT org FROM paper WHERE org IS NOT NULL",
    "profile": "SELECT coalesce(folded_name, source) FROM profile",
}
_HITS = """
    SELECT json_extract(value, '$[0]') AS number, json_extract(value, '$[1]') AS rank,
        json_extract(value, '$[2]') AS id
    FROM json_each(?)
"""
