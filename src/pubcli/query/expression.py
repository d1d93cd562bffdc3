"""Define the tree of a query: words and conditions, the operators that join them, and the order and limit of the rows.

`language` reads it from text; `store.sql` turns it into SQL.
"""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING, NamedTuple, dataclass_transform, re

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import ClassVar, TypeAlias


@dataclass_transform(eq_default=False)
class _Part:
    """Base class of the parts of an expression. A part is never changed after it is created.

    Two parts are equal if they have the same class and equal attributes; the attribute `typed` is not compared. The
    class defines these comparisons, and `__init__`, itself. The decorator `dataclass` could generate them, but it would
    do so at every start of the program, and that takes longer than parsing a query.
    """

    _names: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls) -> None:
        cls._names = tuple(cls.__annotations__)
        cls.__match_args__ = cls._names  # type: ignore[attr-defined,misc]  # for patterns such as `case Text(text)`

    def __init__(self, *values: object, **named_values: object) -> None:
        named_values |= zip(self._names, values, strict=False)
        for name in self._names:  # always in this order, because parts are compared by it
            setattr(self, name, named_values[name] if name in named_values else getattr(type(self), name))

    def _values(self) -> tuple[object, ...]:
        return tuple(value for name, value in vars(self).items() if name != "typed")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Part) and type(self) is type(other) and self._values() == other._values()

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}{self._values()}"


class Text(_Part):
    """A condition that a paper contains one word, or several adjacent words, in any of its texts.

    The words are folded. If `prefix` is true, longer words that begin with the last word match too. If `exact` is true,
    other forms and spellings of the words do not match. If `exact` is false and there are several words, the user typed
    them with hyphens or similar characters between them, as in `min-max`.
    """

    text: str
    prefix: bool = False
    exact: bool = False
    typed: str | None = None
    """The words as the user typed them, for messages; None if the program created the condition."""
    columns: tuple[str, ...] = ()
    """The columns of the text index that are searched; empty for all of them."""


class Fuzzy(_Part):
    """A condition that a paper contains a folded word or a word with a similar spelling, in any of its texts."""

    word: str
    typed: str | None = None


class Pattern(_Part):
    """A condition that a regular expression matches in the title, the abstract, an author's name or the organisation.

    Case is ignored.
    """

    source: str
    words: tuple[str, ...] | None = None
    """Words of the text index; each text that matches contains at least one of them. None if these are unknown."""


class Range(NamedTuple):
    """A range that includes its first and its last value. None means that the range has no limit on that side."""

    first: str | int | None
    last: str | int | None


class Match(_Part):
    """A condition on the value of a field. `fields.FIELDS` lists the fields."""

    field: str
    value: Value


Value: TypeAlias = str | bool | Range | Text | Fuzzy | Pattern
"""The value of a condition.

A `Text` matches adjacent words of the value, a `Fuzzy` matches a word of the value with a similar spelling, and a
`Pattern` matches the value as it is written.
"""


class Not(_Part):
    """Selects the papers that `part` does not select."""

    part: Expression


class And(_Part):
    """Selects the papers that all parts select."""

    parts: tuple[Expression, ...]


class Or(_Part):
    """Selects the papers that at least one part selects."""

    parts: tuple[Expression, ...]


Leaf: TypeAlias = Text | Fuzzy | Pattern | Match
Expression: TypeAlias = Leaf | Not | And | Or
Term: TypeAlias = Text | Pattern
"""A part of a query whose occurrences in a text can be highlighted."""


class Order(NamedTuple):
    """One sort criterion: a field and the direction."""

    field: str
    descending: bool


class Query(NamedTuple):
    """A parsed query. If `where` is None, the query selects everything.

    The query skips the first `offset` rows. If `limit` is None, it returns all other rows. If `sort` is empty, the
    function that runs the query chooses the order.
    """

    where: Expression | None = None
    sort: tuple[Order, ...] = ()
    limit: int | None = None
    offset: int = 0

    def window(self, default_limit: int | None = None) -> slice:
        """Return the slice that takes the rows to show from a sorted list of all rows.

        The slice skips `offset` rows and has at most `limit` rows. If the query has no limit, it has at most
        `default_limit` rows.
        """
        limit = default_limit if self.limit is None else self.limit
        return slice(self.offset, None if limit is None else self.offset + limit)


def conjunction(parts: Iterable[Expression | None]) -> Expression | None:
    """Return an expression that selects the papers that all parts select.

    None, as a part or as the result, selects all papers.
    """
    conditions = tuple(part for part in parts if part is not None)
    return And(conditions) if len(conditions) > 1 else conditions[0] if conditions else None


def conjuncts(expression: Expression | None) -> tuple[Expression, ...]:
    """Return the parts that AND joins at the top of an expression, including the parts of an AND inside an AND.

    If the expression is not an AND, return it as the only part. If it is None, return no parts.
    """
    if isinstance(expression, And):
        return tuple(inner for part in expression.parts for inner in conjuncts(part))
    return () if expression is None else (expression,)


def leaves(expression: Expression | None, is_negated: bool = False) -> Iterator[tuple[Leaf, bool]]:
    """Yield each word or condition of an expression, and whether it is negated."""
    if isinstance(expression, Leaf):
        yield expression, is_negated
    elif isinstance(expression, Not):
        yield from leaves(expression.part, not is_negated)
    elif expression is not None:
        for part in expression.parts:
            yield from leaves(part, is_negated)


def terms(expression: Expression | None) -> tuple[Term, ...]:
    """Return the words and patterns of an expression that are not negated, each once. These terms are highlighted."""
    positive = (leaf for leaf, is_negated in leaves(expression) if isinstance(leaf, Term) and not is_negated)
    return tuple(dict.fromkeys(positive))


def ranking_terms(expression: Expression | None) -> tuple[Text, ...]:
    """Return the words of an expression that are not negated, each once. Papers are ranked by these words."""
    return tuple(term for term in terms(expression) if isinstance(term, Text))


def query_text(expression: Expression) -> str:
    """Return the expression as a user could type it."""
    match expression:
        case Text(text, prefix, exact, typed):
            return (f'"{typed or text}"' if exact else typed or text.replace(" ", "-")) + ("*" if prefix else "")
        case Fuzzy(word, typed):
            return f"~{typed or word}"
        case Pattern(source, _):
            return f"/{source.replace('/', chr(92) + '/')}/"
        case Match(field, value):
            return f"{field}:{_value_text(value)}"
        case Not(part):
            return f"-{query_text(part)}"
        case And(parts):
            return "(" + " ".join(map(query_text, parts)) + ")"
        case Or(parts):
            return "(" + " OR ".join(map(query_text, parts)) + ")"


def _value_text(value: Value) -> str:
    if isinstance(value, Text):
        return _value_text(value.typed or value.text) + ("*" if value.prefix else "")
    if isinstance(value, Fuzzy | Pattern):
        return query_text(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Range):
        return f"{'' if value.first is None else value.first}..{'' if value.last is None else value.last}"
    return value if re.fullmatch(r'[^\s()"]+', value) else f'"{value}"'
