"""The table of query fields: the parser, the engine and the help of `search` know every row."""

from typing import get_args

import pytest

from pubcli.cli.search import help_text
from pubcli.inputs.sources import from_sample
from pubcli.model import Kind
from pubcli.query.expression import Match
from pubcli.query.fields import ALIASES, FIELDS, KINDS, PRESENCE, PUBLICATION_KINDS, help_lines
from pubcli.query.language import parse
from pubcli.reader import read_source
from pubcli.store import ask
from pubcli.store.database import Store
from pubcli.store.load import load

CONDITIONS = (*(field.example for field in FIELDS.values()), *(f"has:{value}" for value in PRESENCE))


@pytest.fixture(scope="module")
def store() -> Store:
    return load(read_source(from_sample()))


@pytest.mark.parametrize("name", FIELDS)
def test_the_example_of_a_field_is_a_condition_on_it(name: str) -> None:
    condition = parse(FIELDS[name].example)

    assert isinstance(condition, Match)
    assert condition.field == name


@pytest.mark.parametrize("alias", ALIASES)
def test_an_alias_gives_the_same_condition_as_its_field(alias: str) -> None:
    name = ALIASES[alias]
    value = FIELDS[name].example.partition(":")[2]

    assert parse(f"{alias}:{value}") == parse(f"{name}:{value}")


def test_the_kinds_of_publication_are_those_of_the_model() -> None:
    assert get_args(Kind) == PUBLICATION_KINDS


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_engine_answers_every_condition(store: Store, condition: str) -> None:
    papers = [len(list(ask.papers(store, query).rows)) for query in (condition, f"-{condition}")]

    assert sum(papers) == 50


def test_the_help_of_search_lists_every_field() -> None:
    text = help_text()

    names = {field.example.partition(":")[0] for field in FIELDS.values()}
    assert [name for name in sorted(names) if f"{name}:" not in text] == []
    assert [value for value in PRESENCE[1:] if value not in text.partition("has:code")[2]] == []
    assert max(map(len, text.splitlines())) < 104


def test_every_kind_of_field_has_a_line_of_help() -> None:
    lines = list(help_lines())

    assert not any(line.endswith("also ") for line in lines)
    assert all(any(values in line for line in lines) for values in KINDS.values())
