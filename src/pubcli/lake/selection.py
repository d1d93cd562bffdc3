"""Compile a query expression into one SELECT over the tables of a lake.

The statement has a row for each paper: its number p.paper, its columns, and `score`. The words of the expression have
been replaced by their variants.
"""

from __future__ import annotations

from pubcli.lake import conditions
from pubcli.lake.literals import integers, texts
from pubcli.lake.terms import Terms, untyped
from pubcli.lazy import TYPE_CHECKING
from pubcli.query.expression import (
    And,
    Expression,
    Fuzzy,
    Match,
    Not,
    Or,
    Pattern,
    Text,
    conjuncts,
    ranking_terms,
)
from pubcli.store.sql import column_words, reads_text_index

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Protocol

    class Lookup(Protocol):
        """Looks up what a statement cannot compute: values with similar words, and matches of regular expressions."""

        def statistics(self) -> tuple[int, int]:
            """Return the number of papers and the number of all their words."""

        def names(self, match: Match) -> list[str]:
            """Return the folded names of the authors that fulfil a condition and have aliases, with these aliases."""

        def values(self, match: Match) -> list[str]:
            """Return the folded values of a field that contain the words of a condition."""

        def matching_papers(self, field: str, pattern: Pattern) -> Sequence[int]:
            """Return the papers in which a regular expression matches a field, or any text if `field` is empty."""


SCORE = "score"
"""The column of a paper's score. It is rounded, because engines add numbers in different orders."""


class Selection:
    """A query in SQL: the papers that an expression selects, and their scores."""

    def __init__(self, where: Expression | None, lookup: Lookup) -> None:
        """Compile an expression. Raises UsageError for a condition that has no meaning in a lake."""
        self._lookup = lookup
        self._terms = Terms(*lookup.statistics())
        self._columns: dict[str, str] = {}
        self._tables: list[str] = []
        self._authors: list[str] = []
        self._condition = " AND ".join(map(self._sql, conjuncts(where))) or "TRUE"
        self._has_words = _requires_words(where)
        scored = ranking_terms(where)
        self.is_ranked = bool(scored)
        self._score = self._sum(scored) if scored else "0e0"

    def statement(self, columns: str, rest: str = "") -> str:
        """Return the statement that selects columns of the papers; `rest` is what follows WHERE, such as ORDER BY."""
        return f"{self._with()}SELECT {columns} FROM {self._from()} WHERE {self._condition} {rest}".rstrip()

    def numbers(self) -> str:
        """Return the statement that selects the numbers of the papers."""
        return self.statement("p.paper")

    @property
    def score(self) -> str:
        """SQL for the score of a paper; 0 if the expression has no words."""
        return f"ROUND(COALESCE({self._score}, 0e0), 12)"

    def tree_score(self, match: Expression) -> str:
        """Return SQL for the score that FTS5 computes: a word inside an AND counts only if all of the AND matches."""
        if isinstance(match, And):
            return f"CASE WHEN {self._sql(match)} THEN {' + '.join(map(self.tree_score, match.parts))} ELSE 0e0 END"
        if isinstance(match, Or) and not all(isinstance(part, Text) for part in match.parts):
            return "(" + " + ".join(map(self.tree_score, match.parts)) + ")"
        return f"COALESCE({self._sum(ranking_terms(match))}, 0e0)"

    def _with(self) -> str:
        parts = []
        if self._terms:
            columns = "".join(f", {sql} AS {name}" for sql, name in self._columns.items())
            parts = [*self._terms.statements(), f"matches AS (SELECT paper{columns} FROM scored GROUP BY paper)"]
        parts += [f"{name} AS ({select})" for name, select in zip(self._tables, self._authors, strict=True)]
        return f"WITH {', '.join(parts)} " if parts else ""

    def _from(self) -> str:
        joins = [f"LEFT JOIN {name} ON {name}.paper = p.paper" for name in self._tables]
        if self._terms:
            joins.insert(0, f"{'JOIN' if self._has_words else 'LEFT JOIN'} matches AS m ON m.paper = p.paper")
        return " ".join(["papers AS p", *joins])

    def _column(self, sql: str) -> str:
        """Return the name of a column of `matches` that an aggregate defines."""
        return "m." + self._columns.setdefault(sql, f"c{len(self._columns)}")

    def _sum(self, terms: Sequence[Text]) -> str:
        numbers = self._terms.numbers(map(untyped, terms))
        return self._column(f"SUM(CASE WHEN term IN ({numbers}) THEN score ELSE 0e0 END)")

    def _contains(self, terms: Sequence[Text]) -> str:
        numbers = self._terms.numbers(map(untyped, terms))
        return f"{self._column(f'MAX(CASE WHEN term IN ({numbers}) THEN 1 ELSE 0 END)')} = 1"

    def _sql(self, part: Expression) -> str:
        """Return a part of an expression as a condition."""
        match part:
            case Text():
                return self._contains([part])
            case Fuzzy(word):
                return self._contains([Text(word)])
            case Pattern():
                return f"p.paper IN ({integers(self._lookup.matching_papers('', part))})"
            case Not(inner):
                return f"NOT COALESCE({self._sql(inner)}, FALSE)"
            case Or(parts) if all(isinstance(inner, Text) for inner in parts):
                return self._contains([inner for inner in parts if isinstance(inner, Text)])
            case And(parts) | Or(parts):
                joined = (" AND " if isinstance(part, And) else " OR ").join(map(self._sql, parts))
                return f"({joined})" if parts else "FALSE"
            case Match():
                return self._match(part)
        raise TypeError(part)

    def _match(self, match: Match) -> str:
        conditions.require_field(match.field)
        value = match.value
        if isinstance(value, Pattern):
            return f"p.paper IN ({integers(self._lookup.matching_papers(match.field, value))})"
        if reads_text_index(match) and isinstance(value, str | Text | Fuzzy):
            term = column_words(match.field, value)
            return self._contains([term]) if term.text else "FALSE"
        if match.field == "author":
            return self._by_author(match)
        if isinstance(value, Text | Fuzzy):
            return conditions.one_of(match.field, self._lookup.values(match))
        return conditions.condition(match)

    def _by_author(self, match: Match) -> str:
        """Return the condition that an author of a paper has a name, or an alias of a person with this name."""
        names = self._lookup.names(match)
        tests = [f"folded IN ({texts(names)})"] if names else []
        if isinstance(match.value, str):
            tests += conditions.author_conditions(match.value)
        name = f"a{len(self._tables)}"
        self._tables.append(name)
        self._authors.append(f"SELECT DISTINCT paper FROM authorship WHERE {' OR '.join(tests) or 'FALSE'}")
        return f"{name}.paper IS NOT NULL"


def _requires_words(part: Expression | None) -> bool:
    """Return whether each paper that an expression selects contains one of its words."""
    if isinstance(part, And):
        return any(map(_requires_words, part.parts))
    if isinstance(part, Or):
        return bool(part.parts) and all(map(_requires_words, part.parts))
    if isinstance(part, Match) and reads_text_index(part) and isinstance(part.value, str | Text | Fuzzy):
        return bool(column_words(part.field, part.value).text)
    return isinstance(part, Text | Fuzzy)
