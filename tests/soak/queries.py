"""Ask random questions: only QueryError and UsageError are raised, and answers are those of the slow oracle.

Some trials compare random documents and expressions with tests/oracle.py. The others type queries: valid ones, mutated
ones, and text that means something to SQL, FTS5 or a regular expression. They are asked by everything that takes a
query, on a store with the papers of all fixtures; with exact words, the answer is compared as well.
"""

from datetime import date
from functools import cache
from random import Random

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import oracle
import strategies
from pubcli.analysis import people, stats
from pubcli.errors import QueryError, UsageError
from pubcli.model import Document, Page
from pubcli.query.expression import And, Expression, Fuzzy, Match, Not, Or, Order, Pattern, Query, Text
from pubcli.query.fields import ALIASES, FIELDS
from pubcli.query.language import build
from pubcli.reader import read
from pubcli.store import ask, lookup, search, similar, suggest
from pubcli.store.database import Store
from pubcli.store.load import load
from soak.harness import Session, Trial
from soak.inputs import fixtures

_COMPARISONS = 25
"""Comparisons of random documents in one trial; it takes Hypothesis a while to begin and to build a document."""

_orders = st.lists(st.builds(Order, st.sampled_from(sorted(oracle.SORT_KEYS)), st.booleans()), max_size=3).map(tuple)

_WORDS = (
    "privacy", "fair", "learning", "min-max", "DP-SGD", "optimization", "lowy", "razaviyayn", "größe", "学習", "the",
    "of", "2022", "3", "ε", "Jovanović", "O'Neil",
)  # fmt: skip
_HOSTILE = (
    "'; DROP TABLE paper; --", "' OR 1=1 --", "\" OR \"\"=\"", "paper_text MATCH 'a'", "rowid:1", "NEAR(a b, 2)",
    "{title abstract}: a", "a + b", "^a", "*", "**", "a*b", "\"a\"*", "(", ")", "((", "))", "-(", "- -a", "NOT", "OR",
    "AND", "NOT NOT a", "a OR", "OR a", ":", "a:", ":a", "author:", "author:\"", "year:", "year:..", "year:2022..2020",
    "date:2022-02-30", "citations>=99999999999999999999", "position!=3", "has:", "has:x", "code:maybe", "/", "//",
    "/(/", "/a{1000}{1000}/", "/(a+)+$/", "/(\\w+\\s?)*\\d$/", "/(?P<x>a)(?P=x)/", "/(?<=a+)b/", "/[[:alpha:]]+/",
    "/\\p{L}+/", "/(?R)/", "/a|b|/", "/\\x00/", "/^$/", "title:/(/", "author:~", "~", "~~a", "~a", "~privcy",
    "author:~lwy", "\x00", "a\x00b", "\x1b[31m", "\ud800", "\u202e", "\u0301", "\ufeff", "👩\u200d💻", "%", "_", "\\",
    "\\\\", "?", "?1", ":a", "@a", "$a", "10.1000/", "https://doi.org/10.1000/alpha", "arXiv:2203.06735v2", "9" * 400,
    "a" * 5_000, "(" * 30, "-" * 30 + "a", "author:\"van der\"", "key:lowy*",
)  # fmt: skip
_JOINTS = (" ", " ", " ", " OR ", " AND ", " NOT ", " -", "-", "(", ") ", '"', ":", "..", "*", "", "  ", "\t")


def drive(session: Session) -> None:
    """Ask one question after the other."""
    _filled_store()
    for trial in session.trials():
        if trial.random.random() < 0.02:
            _compare_random_documents(trial)
        else:
            _ask_typed_query(trial)


def _compare_random_documents(trial: Trial) -> None:
    """Compare the engine with the oracle on random documents, which Hypothesis builds."""

    @seed(trial.seed)
    @settings(
        max_examples=_COMPARISONS, phases=(Phase.generate,), database=None, suppress_health_check=list(HealthCheck)
    )
    @given(strategies.documents(), strategies.expressions, _orders)
    def compare(document: Document, where: Expression, order: tuple[Order, ...]) -> None:
        with trial.guarded(f"ask.papers(load({document!r}), Query({where!r}, sort={order!r}))"):
            _require_equal(load(document), document.pages, Query(where, sort=order))

    compare()


def _require_equal(store: Store, pages: tuple[Page, ...], query: Query) -> None:
    rows = [(row["key"], row["position"]) for row in ask.papers(store, query).rows]
    papers = oracle.select_papers(pages, query.where, query.sort or (oracle.NEWEST_FIRST,))
    expected = [(paper.key, paper.position) for paper in papers]
    assert rows == expected, f"pubcli returns {rows}, the oracle {expected}"


def _ask_typed_query(trial: Trial) -> None:
    source = _typed_query(trial.random)
    with trial.guarded(f"build({source!r})", source.encode("utf-8", "surrogatepass"), (QueryError, UsageError)):
        _ask_everything(source)


def _typed_query(random: Random) -> str:
    """Return a text that somebody may type as a query, by accident or on purpose."""
    pieces = [_piece(random) for _ in range(random.choice((1, 1, 2, 3, 6)))]
    text = "".join(piece + random.choice(_JOINTS) for piece in pieces).strip(" \t")
    if random.random() < 0.3 and text:
        place = random.randrange(len(text))
        text = text[:place] + random.choice((random.choice(_HOSTILE), "", text[place:])) + text[place + 1 :]
    return text


def _piece(random: Random) -> str:
    choice = random.random()
    if choice < 0.35:
        return random.choice(_HOSTILE)
    if choice < 0.6:
        return random.choice(_WORDS)
    if choice < 0.8:
        return random.choice([field.example for field in FIELDS.values()])
    name = random.choice([*FIELDS, *ALIASES])
    return name + random.choice((":", ":", "<", ">=", "!=")) + random.choice((*_WORDS, *_HOSTILE))


def _ask_everything(source: str) -> None:
    """Ask a query by everything that takes one, and compare its answer with the oracle if it has exact words only.

    Raises AssertionError for a wrong answer, and for an error of a query that does not say where the mistake is.
    """
    store = _filled_store()
    try:
        lookup.find_papers(store, [source])
        list(similar.similar(store, source).rows)
    except UsageError:
        pass
    query = _built(source)
    if query is None:
        return
    matches = list(ask.papers(store, query).rows)
    hits = list(search.search(store, query).rows)
    assert len(matches) == ask.count(store, query), (len(matches), ask.count(store, query))
    assert {row["key"] for row in matches} <= {row["key"] for row in hits}, "search lacks papers of list"
    list(people.coauthors(store, query).rows)
    list(stats.category_counts(store, query).rows)
    suggest.explain(store, query)
    where = _with_exact_words(query.where)
    if where is not None:
        _require_equal(store, _pages(), Query(where, sort=query.sort))


def _built(source: str) -> Query | None:
    """Parse a query; return None for an error that says where the mistake is."""
    try:
        return build(source)
    except QueryError as error:
        if not 0 <= error.start < error.end <= len(source) + 1:
            raise AssertionError(f"the error has no place in the query: {error.start}, {error.end}") from None
        return None


def _with_exact_words(where: Expression | None) -> Expression | None:
    """Return an expression that matches no variants of its words; None if the oracle cannot evaluate it."""
    match where:
        case Text() if not where.columns:
            return Text(where.text, where.prefix, exact=True, typed=where.typed)
        case Match(_, Pattern() | Fuzzy()) | Fuzzy() | Pattern() | Text() | None:
            return None  # the oracle has no time limit for patterns, and takes long for similar words
        case Match():
            return where
        case Not(part):
            exact = _with_exact_words(part)
            return None if exact is None else Not(exact)
        case And(parts) | Or(parts):
            exact_parts = tuple(_with_exact_words(part) for part in parts)
            complete = tuple(part for part in exact_parts if part is not None)
            return type(where)(complete) if len(complete) == len(parts) else None


@cache
def _documents() -> tuple[Document, ...]:
    """Return all fixtures that can be read."""
    documents = []
    for form, contents in fixtures().items():
        documents += [read(data, as_of=date(2026, 11, 23), form=form) for data in contents]
    return tuple(documents)


@cache
def _pages() -> tuple[Page, ...]:
    return tuple(page for document in _documents() for page in document.pages)


@cache
def _filled_store() -> Store:
    return load(*_documents())
