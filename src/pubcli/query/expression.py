"""The tree of a query: words and conditions, what joins them, and the order and part of the results.

`language` reads it from text; `store.sql` turns it into SQL.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class _Part:
    """A part of an expression; none is ever changed. Parts are alike whatever words were typed to say them.

    A dataclass would write these three for each kind of part whenever the program starts, which takes longer than
    reading the query.
    """

    def _said(self) -> tuple[object, ...]:
        return tuple(value for name, value in vars(self).items() if name != "typed")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Part) and type(self) is type(other) and self._said() == other._said()

    def __hash__(self) -> int:
        return hash((type(self), self._said()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._said()}"


@dataclass(eq=False, repr=False)
class Text(_Part):
    """A folded word, or several side by side, anywhere in a paper.

    `prefix`: the last word may go on. `exact`: no other form or spelling of the words will do. Several words without
    quotation marks were joined by hyphens or the like.
    """

    text: str
    prefix: bool = False
    exact: bool = False
    typed: str | None = None
    """The words before they were folded, for people; None where nobody typed them."""


@dataclass(eq=False, repr=False)
class Fuzzy(_Part):
    """A folded word that may be misspelled, anywhere in a paper."""

    word: str
    typed: str | None = None


@dataclass(eq=False, repr=False)
class Pattern(_Part):
    """A regular expression that is found, in any case, in the title, the abstract, a name or the organisation."""

    source: str


class Range(NamedTuple):
    """Both ends belong to it; None leaves an end open."""

    first: str | int | None
    last: str | int | None


@dataclass(eq=False, repr=False)
class Match(_Part):
    """A condition on one field of `FIELDS`."""

    field: str
    value: str | bool | Range


@dataclass(eq=False, repr=False)
class Not(_Part):
    """Papers that its part does not select."""

    part: "Expression"


@dataclass(eq=False, repr=False)
class And(_Part):
    """Papers that all parts select."""

    parts: tuple["Expression", ...]


@dataclass(eq=False, repr=False)
class Or(_Part):
    """Papers that some part selects."""

    parts: tuple["Expression", ...]


Leaf: TypeAlias = Text | Fuzzy | Pattern | Match
Expression: TypeAlias = Leaf | Not | And | Or
Term: TypeAlias = Text | Pattern
"""What can be pointed at in a text."""


class Order(NamedTuple):
    """One criterion to sort by."""

    field: str
    descending: bool


class Query(NamedTuple):
    """A question. `where` None selects everything; `limit` None takes everything from `offset` on.

    Without `sort`, papers come by relevance when there are words to rank by, else newest first.
    """

    where: Expression | None = None
    sort: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int = 0

    def window(self, default_limit: int | None = None) -> slice:
        """Which of the rows are asked for, once all of them stand in order; `usual` many where there is no limit."""
        limit = default_limit if self.limit is None else self.limit
        return slice(self.offset, None if limit is None else self.offset + limit)


def conjunction(parts: Iterable[Expression | None]) -> Expression | None:
    """What all the parts select; None, which selects everything, is left out."""
    kept = tuple(part for part in parts if part is not None)
    return And(kept) if len(kept) > 1 else kept[0] if kept else None


def conjuncts(expression: Expression | None) -> tuple[Expression, ...]:
    """The parts that must all hold, with nested conjunctions taken apart."""
    if isinstance(expression, And):
        return tuple(inner for part in expression.parts for inner in conjuncts(part))
    return () if expression is None else (expression,)


def leaves(expression: Expression | None, negated: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """Every word and condition, and whether it is asked to be absent."""
    if isinstance(expression, Leaf):
        yield expression, negated
    elif isinstance(expression, Not):
        yield from leaves(expression.part, not negated)
    elif expression is not None:
        for part in expression.parts:
            yield from leaves(part, negated)


def terms(expression: Expression | None) -> tuple[Term, ...]:
    """The words and patterns that selected papers may hold, each once: what is highlighted."""
    found = (leaf for leaf, negated in leaves(expression) if isinstance(leaf, Term) and not negated)
    return tuple(dict.fromkeys(found))


def ranking_terms(expression: Expression | None) -> tuple[Text, ...]:
    """The words among the terms: what ranks papers."""
    return tuple(term for term in terms(expression) if isinstance(term, Text))


def query_text(expression: Expression) -> str:
    """The expression as one could type it."""
    match expression:
        case Text(text, prefix, exact, typed):
            return (f'"{typed or text}"' if exact else typed or text.replace(" ", "-")) + ("*" if prefix else "")
        case Fuzzy(word, typed):
            return f"~{typed or word}"
        case Pattern(source):
            return f"/{source.replace('/', chr(92) + '/')}/"
        case Match(field, value):
            return f"{field}:{_spelled_value(value)}"
        case Not(part):
            return f"-{query_text(part)}"
        case And(parts):
            return "(" + " ".join(map(query_text, parts)) + ")"
        case Or(parts):
            return "(" + " OR ".join(map(query_text, parts)) + ")"


def _spelled_value(value: str | bool | Range) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Range):
        return f"{'' if value.first is None else value.first}..{'' if value.last is None else value.last}"
    return value if re.fullmatch(r'[^\s()"]+', value) else f'"{value}"'
