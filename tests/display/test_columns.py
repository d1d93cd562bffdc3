"""The default columns of each kind of rows."""

from typing import get_args

import pytest

from pubcli.analysis import check, collaboration, network, people, stats, topics, topics_by_group
from pubcli.answer.answer import Answer, Row
from pubcli.answer.kinds import Kind
from pubcli.display import columns
from pubcli.display.columns import column, default_columns
from pubcli.formats.overview import listing
from pubcli.inputs.sources import from_sample
from pubcli.model import Document
from pubcli.query.expression import Query
from pubcli.reader import read_source
from pubcli.store import ask, search
from pubcli.store.database import Store
from pubcli.store.load import load
from pubcli.store.lookup import find_papers
from pubcli.store.similar import similar


@pytest.fixture(scope="module")
def sample() -> Document:
    return read_source(from_sample())


@pytest.fixture(scope="module")
def store(sample: Document) -> Store:
    return load(sample)


def answers(store: Store) -> list[Answer[Row]]:
    """Return an answer of most kinds, each from the sample page."""
    empty_network = network.network(store, Query())
    return [
        ask.papers(store),
        search.search(store, "privacy"),
        search.search(store, "privacy", explain=True),
        similar(store, "1"),
        find_papers(store, ["1"]).answer,
        people.coauthors(store),
        people.people(store),
        network.people_table(empty_network, Query()),
        collaboration.periods(store),
        *(stats.count_by(store, dimension) for dimension in ("year", "team", "author", "category")),
        stats.cross_tabulate(store, "year", "team"),
        stats.overview(store),
        stats.category_counts(store),
        topics.topics(store),
        topics_by_group.topics_by_group(store, "year"),
        check.check(store),
        check.profiles(store),
        listing(),
    ]


def test_default_columns_are_fields_of_the_rows(store: Store) -> None:
    for answer in answers(store):
        rows = list(answer.rows)
        assert rows, answer.kind
        assert all(set(default_columns(answer)) <= row.keys() for row in rows), answer.kind


def test_every_default_column_of_a_kind_has_a_heading() -> None:
    names = {name.removesuffix("?") for line in columns._BY_KIND.values() for name in line.split()}
    assert [name for name in sorted(names) if column(name).header == name] == []


def test_default_columns_are_defined_only_for_existing_kinds() -> None:
    kinds = set(get_args(Kind))
    assert {*columns._BY_KIND, *columns.CARDS, *columns.BARS, *columns.SPARKLINES} <= kinds


def test_the_profile_is_a_column_if_there_are_several_profiles(store: Store, sample: Document) -> None:
    single, several = ask.papers(store), ask.papers(load(sample, sample))

    assert default_columns(single) == ("position", "key", "date", "category", "title", "authors", "code")
    assert default_columns(several) == ("position", "profile", "key", "date", "category", "title", "authors", "code")


@pytest.mark.parametrize(
    ("dimension", "names"),
    [
        ("year", ("year", "papers", "share", "authors_per_paper")),
        ("team", ("team", "papers", "share")),
        ("author", ("author", "papers", "share")),
    ],
)
def test_the_first_column_of_counts_is_their_dimension(store: Store, dimension: str, names: tuple[str, ...]) -> None:
    assert default_columns(stats.count_by(store, dimension)) == names


def test_rows_of_no_particular_kind_show_all_fields() -> None:
    assert default_columns(Answer("rows", ("b", "a"), [])) == ("b", "a")
