"""The same questions to SQLite and to a lake have the same answers."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import strategies
from lakes import store_and_lake
from pubcli.analysis import people, stats
from pubcli.analysis.measures import Measures
from pubcli.errors import UsageError
from pubcli.lake import people as lake_people
from pubcli.lake.counts import LakeCounts
from pubcli.model import Document
from pubcli.query.expression import Expression, Match, Order, Query, leaves
from pubcli.query.language import build
from pubcli.reader import read
from pubcli.store import ask, search
from pubcli.store.stored_corpus import StoredCorpus
from pubcli.store.variants import expanded
from thoroughness import repetitions

pytest.importorskip("duckdb")

FIELDS_OF_PAGES = ("position", "line", "profile", "source")
SETTINGS = settings(
    max_examples=repetitions(40),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


def has_meaning(where: Expression) -> bool:
    """Return whether all conditions have a meaning in a lake."""
    return not any(isinstance(leaf, Match) and leaf.field in FIELDS_OF_PAGES for leaf, _ in leaves(where))


expressions = (strategies.expressions | strategies.word_expressions).filter(has_meaning)
words = st.lists(
    st.sampled_from([*strategies.WORDS, "gross", "fairly", "betas", "~alhpa", "-fair"]).filter(
        lambda word: word != "AND"
    ),
    min_size=1,
    max_size=3,
)
orders = st.lists(
    st.builds(
        Order,
        st.sampled_from(
            ["key", "title", "year", "authors", "org", "category", "badges", "citations", "venue", "volume"]
        ),
        st.booleans(),
    ),
    max_size=2,
).map(tuple)


documents = strategies.documents().filter(lambda document: document.papers)


def same_lists(store: Any, lake: Any, query: Query) -> None:
    """Assert that a store and a lake list the same papers, in the same order and with the same scores."""
    corpus = StoredCorpus(store)
    order = query.sort or (ask.BEST_FIRST,)
    stored = corpus.ranked(query._replace(where=expanded(corpus, query.where)), order)
    listed = lake.ranked(query._replace(where=expanded(lake, query.where)), order)

    assert list(lake.records([id_ for id_, _ in listed])) == list(corpus.records([id_ for id_, _ in stored]))
    assert [rank for _, rank in listed] == pytest.approx([rank for _, rank in stored], abs=1e-6)


@SETTINGS
@given(document=documents, queries=st.lists(st.tuples(expressions, orders), min_size=3, max_size=8))
def test_a_lake_selects_and_ranks_the_same_papers(
    document: Document, queries: list[tuple[Expression, tuple[Order, ...]]], tmp_path_factory: Any
) -> None:
    store, lake = store_and_lake(document.papers, tmp_path_factory.mktemp("lake"))
    for where, order in queries:
        same_lists(store, lake, Query(where, order))


people_orders = st.lists(st.builds(Order, st.sampled_from(people.COAUTHOR_ORDERS), st.booleans()), max_size=2).map(
    tuple
)


@SETTINGS
@given(
    document=documents,
    queries=st.lists(st.tuples(st.none() | expressions, people_orders, st.none() | st.integers(1, 4)), max_size=6),
)
def test_people_and_coauthors_have_the_same_rows_and_notes(
    document: Document,
    queries: list[tuple[Expression | None, tuple[Order, ...], int | None]],
    tmp_path_factory: Any,
) -> None:
    store, lake = store_and_lake(document.papers, tmp_path_factory.mktemp("lake"))
    for where, order, limit in queries:
        query = Query(where, order, limit)
        pairs = [
            (people.coauthors(store, query), lake_people.coauthors(lake, query)),
            (people.people(store, query), lake_people.people(lake, query)),
        ]
        for stored, listed in pairs:
            assert list(listed.rows) == list(stored.rows)
            assert (listed.notes, listed.optional, listed.headings) == (stored.notes, stored.optional, stored.headings)


DIMENSIONS = ("year", "category", "badge", "org", "team", "author")


@SETTINGS
@given(
    document=documents,
    wheres=st.lists(st.none() | expressions, min_size=1, max_size=4),
    names=st.lists(st.sampled_from(DIMENSIONS), min_size=2, max_size=2, unique=True),
    limit=st.none() | st.integers(0, 3),
)
def test_counts_have_the_same_rows_and_notes(
    document: Document, wheres: list[Expression | None], names: list[str], limit: int | None, tmp_path_factory: Any
) -> None:
    store, lake = store_and_lake(document.papers, tmp_path_factory.mktemp("lake"))
    for where in wheres:
        query = Query(where, limit=limit)
        counts = LakeCounts(lake, where)
        answers = [
            (stats.category_counts(store, query), stats.category_counts(counts, query)),
            *((stats.count_by(store, name, query), stats.count_by(counts, name, query)) for name in DIMENSIONS),
            (
                stats.cross_tabulate(store, names[0], names[1], query),
                stats.cross_tabulate(counts, names[0], names[1], query),
            ),
        ]
        for stored, listed in answers:
            assert list(listed.rows) == list(stored.rows)
            assert listed.notes == stored.notes
            assert listed.crossing == stored.crossing
        stored_overview, overview = stats.overview(store, Query(where)), stats.overview(counts, Query(where))
        assert list(overview.rows) == [row for row in stored_overview.rows if row["by"] in DIMENSIONS]
        assert overview.notes == stored_overview.notes


def test_a_lake_cannot_count_by_every_dimension(tmp_path: Path) -> None:
    _, lake = store_and_lake(read(b"Title,Year\nKites,2020").papers, tmp_path)
    with pytest.raises(UsageError, match="papers of a lake cannot be counted by venue; count by year, "):
        stats.count_by(LakeCounts(lake, None), "venue")
    with pytest.raises(UsageError, match="--measure: the papers of a lake have only"):
        stats.count_by(LakeCounts(lake, None), "year", "", Measures(("citations",)))


@SETTINGS
@given(document=documents, queries=st.lists(words, min_size=3, max_size=8), limit=st.integers(1, 12))
def test_a_search_in_a_lake_shows_the_same_rows(
    document: Document, queries: list[list[str]], limit: int, tmp_path_factory: Any
) -> None:
    store, lake = store_and_lake(document.papers, tmp_path_factory.mktemp("lake"))
    for typed in queries:
        text = " ".join(typed)
        stored = search.search(store, build(text, limit=limit), explain=True)
        listed = search.search(lake, build(text, limit=limit), explain=True)
        assert list(listed.rows) == list(stored.rows)
        assert listed.messages == stored.messages
