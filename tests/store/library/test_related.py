"""Adding a page looks up the papers to which it is related, and leaves all others alone."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from itertools import count
from typing import Any

import pytest

from pubcli.biblio import same_paper
from pubcli.biblio.same_paper import Decisions
from pubcli.reader import read
from pubcli.store import ask, schema
from pubcli.store.database import Store
from pubcli.store.library import integrity, library_file, owners, predecessors, related, snapshots
from pubcli.store.load import Origin

_digests = count()


@pytest.fixture
def store() -> Iterator[Store]:
    with closing(library_file.in_memory()) as store:
        yield store
        assert [*integrity.damage(store), *integrity.contradictions(store)] == []


def add(store: Store, name: str, *papers: tuple[str, str], day: int = 1) -> None:
    """Add the page of a person with papers, each a pair of title and byline."""
    records = "\n".join(f"LGMar 13, 2022\n{title}\n\n{byline}\n\nText of {name}.\n" for title, byline in papers)
    page = read(f"{name}\n\nLG\nh-index1\n1papers\n\n1 Papers\n\n{records}", date(2024, 6, day)).pages[0]
    with schema.transaction(store):
        snapshots.add(store, page, Origin(str(next(_digests)).encode(), 0, None, "2024-06-01T00:00:00+00:00"))


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return a list to which every comparison of two records is added."""
    pairs: list[Any] = []
    are_compatible = same_paper.are_compatible

    def recorded(*pair: Any) -> bool:
        pairs.append(pair)
        return are_compatible(*pair)

    monkeypatch.setattr(same_paper, "are_compatible", recorded)
    return pairs


def test_papers_with_one_title_and_different_authors_are_not_compared(store: Store, compared: list[Any]) -> None:
    for number in range(30):
        add(store, f"Person {number:02}", ("Editorial", f"Author {number:02}"))
    assert len(list(ask.papers(store).rows)) == 30
    assert compared == []


def test_papers_with_one_title_keep_their_rows_when_another_is_added(store: Store) -> None:
    for number in range(5):
        add(store, f"Person {number}", ("Editorial", f"Author {number}"))
    changes = store.total_changes
    add(store, "Person 5", ("Editorial", "Author 5"))
    with_title = store.total_changes - changes
    add(store, "Person 6", ("Another Title", "Author 6"))
    without_title = store.total_changes - changes - with_title
    assert with_title <= without_title


def test_a_paper_is_compared_with_those_that_share_title_and_author(store: Store, compared: list[Any]) -> None:
    for number in range(30):
        add(store, f"Person {number:02}", ("Editorial", f"Author {number % 10:02}, Other {number}"))
    assert len(list(ask.papers(store).rows)) == 10
    assert 20 <= len(compared) <= 200


def test_the_links_of_a_page_are_those_of_its_current_papers(store: Store) -> None:
    def links() -> list[int]:
        return sorted(row[0] for row in store.execute("SELECT digest FROM link"))

    def expected(*papers: tuple[str, str]) -> list[int]:
        return sorted(
            link
            for title, byline in papers
            for link in same_paper.link_digests(same_paper.title_digest(title), byline.split(", "), None, None)
        )

    games, walks, plays = ("Games", "Ada, Bo"), ("Walks", "Ada, Bo"), ("Plays", "Cy, Bo")
    add(store, "Ada", games, walks)
    add(store, "Bo", walks, plays)
    assert links() == expected(games, walks, walks, plays)
    add(store, "Ada", plays, day=2)
    assert links() == expected(plays, walks, plays)
    with schema.transaction(store):
        snapshots.remove(store, owners.find_snapshot(store, "Bo").id)
    assert links() == expected(plays)
    with schema.transaction(store):
        snapshots.remove(store, owners.find_snapshot(store, "Ada").id)
    assert links() == expected(games, walks)


STATEMENTS = {
    "links before": (related.LINKED.format("<"), 1),
    "links after": (related.LINKED.format(">"), 1),
    "listings": (related.LISTINGS, 1),
    "listed": (related.LISTED, 2),
    "places": (predecessors.PLACES.format("IN"), 2),
}


@pytest.mark.parametrize(("statement", "values"), STATEMENTS.values(), ids=STATEMENTS.keys())
def test_no_table_is_scanned_to_find_related_papers(store: Store, statement: str, values: int) -> None:
    plan = [row["detail"] for row in store.execute(f"EXPLAIN QUERY PLAN {statement}", ("[]",) * values)]
    scanned = [detail for detail in plan if detail.startswith("SCAN") and "VIRTUAL TABLE" not in detail]
    assert scanned == []


def test_adding_a_page_scans_no_table_of_papers(store: Store) -> None:
    for number in range(3):
        add(store, f"Person {number}", ("Editorial", f"Author {number}"))
    statements: dict[str, None] = {}
    store.set_trace_callback(lambda text: statements.setdefault(text))
    add(store, "Person 2", ("Editorial II", "Author 2"), day=2)
    store.set_trace_callback(None)
    scanned = [
        (row["detail"], text)
        for text in statements
        if text.lstrip().startswith(("SELECT", "DELETE", "UPDATE", "WITH"))
        for row in store.execute(f"EXPLAIN QUERY PLAN {text}")
        if row["detail"].startswith(
            ("SCAN paper", "SCAN listing", "SCAN record", "SCAN link", "SCAN snapshot", "SCAN author")
        )
        and "max(id)" not in text
    ]
    assert scanned == []


def test_a_link_to_the_page_itself_is_not_followed(store: Store) -> None:
    add(store, "Ada", ("Editorial", "Ada"), ("Editorial", "Ada"))
    papers = [row[0] for row in store.execute("SELECT paper_id FROM listing")]
    assert related.related_papers(store, related.listings(store, papers), Decisions({})) == set()
    assert len(papers) == 2
