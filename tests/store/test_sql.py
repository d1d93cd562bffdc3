"""The SQL statements, and the query plans that SQLite makes of them."""

import ast
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import pubcli
from pubcli.model import Document
from pubcli.query.expression import Order
from pubcli.query.language import build
from pubcli.store import ask, schema
from pubcli.store.database import Store
from pubcli.store.load import add, load
from pubcli.store.sql import order_by, selection
from pubcli.store.variants import expanded_selection


def plan(store: Store, text: str) -> str:
    """Return the plan by which SQLite selects the papers of a query."""
    chosen = expanded_selection(store, build(text).where)
    statement = f"EXPLAIN QUERY PLAN SELECT paper.id FROM {chosen.tables} WHERE {chosen.conditions}"
    return "\n".join(row["detail"] for row in store.execute(statement, chosen.values))


@pytest.mark.parametrize("text", ["privacy", "privacy -fair", "(a OR b) c*", "privacy category:LG"])
def test_words_are_looked_up_in_the_index(store: Store, text: str) -> None:
    steps = plan(store, text)

    assert "SCAN paper_text VIRTUAL TABLE INDEX" in steps
    assert "SEARCH paper USING INTEGER PRIMARY KEY" in steps
    assert "SCAN paper\n" not in steps + "\n"


@pytest.mark.parametrize(
    "text",
    ["abstract:conv", 'abstract:"convex fun"', "abstract:conv* OR year:2021", "title:cov*", "title:~covd", "org:goo*"],
)
def test_words_of_a_field_are_looked_up_in_the_index(store: Store, text: str) -> None:
    steps = plan(store, text)

    assert "SCAN paper_text VIRTUAL TABLE INDEX" in steps
    assert "record" not in steps


def test_all_negated_words_are_looked_up_at_once(store: Store) -> None:
    assert plan(store, "privacy -fair -game").count("VIRTUAL TABLE") == 2


def test_a_key_is_looked_up_by_its_index(store: Store) -> None:
    rows = store.execute("EXPLAIN QUERY PLAN SELECT id FROM paper WHERE key = 'x' ORDER BY id").fetchall()

    assert "INDEX paper_by_key" in rows[0]["detail"]


@pytest.mark.parametrize("text", ['title:"a\' OR 1=1"', 'author:"x"" y"', '"a b" category:c', "date:2021.. position:3"])
def test_values_are_bound_and_never_part_of_the_statement(text: str) -> None:
    chosen = selection(build(text).where)

    assert chosen.conditions.count("?") + chosen.tables.count("?") == len(chosen.values)
    assert "1=1" not in chosen.conditions
    assert "2021" not in chosen.conditions


def nodes() -> Iterator[tuple[str, ast.AST]]:
    """Yield each node of the syntax trees of the package, with the name of its file."""
    for path in Path(pubcli.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path.name, node


def test_no_statement_has_numbered_placeholders() -> None:
    """Python 3.12 deprecates binding a sequence to ?1, and Python 3.14 refuses it; a value used twice has a name."""
    numbered = [
        f"{name}:{node.lineno}"
        for name, node in nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if re.search(r"(=|\bBETWEEN|\bAND|\bLIMIT|\bIN|\bVALUES|[(,])\s*\?\d", node.value)
    ]

    assert numbered == []


def test_databases_are_opened_with_named_arguments() -> None:
    """Python 3.13 deprecates further positional arguments of sqlite3.connect, and Python 3.15 refuses them."""
    positional_calls = [
        f"{name}:{node.lineno}"
        for name, node in nodes()
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "sqlite3.connect" and len(node.args) > 1
    ]

    assert positional_calls == []


def test_unknown_values_are_sorted_last_in_either_direction() -> None:
    criteria = order_by((Order("date", True), Order("title", False)), {"title": "folded_title"}, "paper.")

    assert criteria == "paper.date DESC NULLS LAST, folded_title ASC NULLS LAST"


def test_a_document_is_stored_whole_or_not_at_all(document: Document) -> None:
    store = load(document)
    broken = document.pages[0].papers[-1].model_copy(update={"position": None})
    page = replace(document.pages[0], papers=(*document.pages[0].papers[:-1], broken))

    with pytest.raises(sqlite3.IntegrityError):
        add(store, replace(document, pages=(document.pages[0], page)))

    assert ask.count(store, build()) == 50
    assert ask.count(store, build("privacy")) == 13
    assert [row[0] for row in store.execute("SELECT count(*) FROM profile")] == [1]


def test_a_new_database_stores_its_schema_version() -> None:
    store = Store()
    schema.create(store)

    assert store.execute("PRAGMA user_version").fetchone()[0] == schema.VERSION
    assert store.execute("PRAGMA foreign_keys").fetchone()[0] == 1
