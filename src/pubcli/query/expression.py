"""The tree of a query: words and conditions, the operators that join them, and the order and limit of the rows.

`language` reads it from text; `store.sql` turns it into SQL.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class _Part:
    """Base class of the parts of an expression, which are never changed. Equality ignores `typed`.

    Dataclasses would generate these three methods for each class whenever the program starts, which takes longer than
    parsing the query.
    """

    def _values(self) -> tuple[object, ...]:
        return tuple(value for name, value in vars(self).items() if name != "typed")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Part) and type(self) is type(other) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._values()}"


@dataclass(eq=False, repr=False)
class Text(_Part):
    """A folded word, or several adjacent ones, anywhere in a paper.

    `prefix` also matches words that begin with the last word. `exact` matches no other form or spelling of the words.
    If there are several words and `exact` is false, the user joined them by hyphens or similar characters.
    """

    text: str
    prefix: bool = False
    exact: bool = False
    typed: str | None = None
    """The words before folding, for messages; None for words that were not typed."""


@dataclass(eq=False, repr=False)
class Fuzzy(_Part):
    """A folded word that may be misspelled, anywhere in a paper."""

    word: str
    typed: str | None = None


@dataclass(eq=False, repr=False)
class Pattern(_Part):
    """A regular expression that matches, in any case, in the title, the abstract, a name or the organisation."""

    source: str


class Range(NamedTuple):
    """A range that includes both ends; None leaves an end open."""

    first: str | int | None
    last: str | int | None


@dataclass(eq=False, repr=False)
class Match(_Part):
    """A condition on one of the `fields.FIELDS`."""

    field: str
    value: str | bool | Range


@dataclass(eq=False, repr=False)
class Not(_Part):
    """The papers that `part` does not select."""

    part: "Expression"


@dataclass(eq=False, repr=False)
class And(_Part):
    """The papers that all parts select."""

    parts: tuple["Expression", ...]


@dataclass(eq=False, repr=False)
class Or(_Part):
    """The papers that at least one part selects."""

    parts: tuple["Expression", ...]


Leaf: TypeAlias = Text | Fuzzy | Pattern | Match
Expression: TypeAlias = Leaf | Not | And | Or
Term: TypeAlias = Text | Pattern
"""A leaf whose occurrences in a text can be highlighted."""


class Order(NamedTuple):
    """One sort criterion."""

    field: str
    descending: bool


class Query(NamedTuple):
    """A query. If `where` is None, it selects everything; if `limit` is None, it takes all rows from `offset` on.

    Without `sort`, papers are sorted by relevance if there are words to rank by, else newest first.
    """

    where: Expression | None = None
    sort: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int = 0

    def window(self, default_limit: int | None = None) -> slice:
        """Return the slice of the sorted rows that the query selects, with `default_limit` if it has no limit."""
        limit = default_limit if self.limit is None else self.limit
        return slice(self.offset, None if limit is None else self.offset + limit)


def conjunction(parts: Iterable[Expression | None]) -> Expression | None:
    """Return an expression that selects what all parts select. A part that is None selects everything."""
    conditions = tuple(part for part in parts if part is not None)
    return And(conditions) if len(conditions) > 1 else conditions[0] if conditions else None


def conjuncts(expression: Expression | None) -> tuple[Expression, ...]:
    """Return the parts that must all match, with nested conjunctions flattened."""
    if isinstance(expression, And):
        return tuple(inner for part in expression.parts for inner in conjuncts(part))
    return () if expression is None else (expression,)


def leaves(expression: Expression | None, is_negated: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """Yield every word and condition, with whether it is negated."""
    if isinstance(expression, Leaf):
        yield expression, is_negated
    elif isinstance(expression, Not):
        yield from leaves(expression.part, not is_negated)
    elif expression is not None:
        for part in expression.parts:
            yield from leaves(part, is_negated)


def terms(expression: Expression | None) -> tuple[Term, ...]:
    """Return the words and patterns to highlight: those that are not negated, each once."""
    positive = (leaf for leaf, is_negated in leaves(expression) if isinstance(leaf, Term) and not is_negated)
    return tuple(dict.fromkeys(positive))


def ranking_terms(expression: Expression | None) -> tuple[Text, ...]:
    """Return the terms that are words; papers are ranked by them."""
    return tuple(term for term in terms(expression) if isinstance(term, Text))


def query_text(expression: Expression) -> str:
    """Return the expression as a user could type it."""
    match expression:
        case Text(text, prefix, exact, typed):
            return (f'"{typed or text}"' if exact else typed or text.replace(" ", "-")) + ("*" if prefix else "")
        case Fuzzy(word, typed):
            return f"~{typed or word}"
        case Pattern(source):
            return f"/{source.replace('/', chr(92) + '/')}/"
        case Match(field, value):
            return f"{field}:{_value_text(value)}"
        case Not(part):
            return f"-{query_text(part)}"
        case And(parts):
            return "(" + " ".join(map(query_text, parts)) + ")"
        case Or(parts):
            return "(" + " OR ".join(map(query_text, parts)) + ")"


def _value_text(value: str | bool | Range) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Range):
        return f"{'' if value.first is None else value.first}..{'' if value.last is None else value.last}"
    return value if re.fullmatch(r'[^\s()"]+', value) else f'"{value}"'
