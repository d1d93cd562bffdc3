"""Pages are found by the names of their owners; a person may have pages on several sites."""

from contextlib import closing
from datetime import date
from typing import Any

import pytest

from pubcli.errors import UsageError
from pubcli.reader import read
from pubcli.store import ask, persons, schema
from pubcli.store.database import Store
from pubcli.store.library import library_file, overview, owners, snapshots
from pubcli.store.library.provenance import with_field_sources
from pubcli.store.load import Origin
from pubcli.store.lookup import find_papers

TIME = "2024-06-01T00:00:00+00:00"
SCHOLAR = """
All\tSince 2021
Citations\t40\t4
h-index\t3\t1
i10-index\t1\t0
Follow
Ada Bow
Ada Bow
Reader in Kites, Kite University
Title\t
Cited by
Year
Walks on many regular kites
A Bow, C Day
Journal of Kites 12 (3), 101-140
41\t2016
Light frames
A Bow
7\t2018
Articles 1–2
"""
ARXIV = """{name}'s articles on arXiv

[1] arXiv:1603.00001 [pdf, html, other]
Title: Walks on many regular kites
Ada Bow, Carol Day
Journal-ref: Journal of Kites 12 (2016) 101-140
Subjects: Probability (math.PR)
[2] arXiv:2501.00002 [pdf, html, other]
Title: Heavy tails of kites
Ada Bow
Subjects: Combinatorics (math.CO)
"""


@pytest.fixture
def store() -> Any:
    with closing(library_file.in_memory()) as store:
        yield store


def add(store: Store, text: str, day: int = 1) -> str:
    page = read(text.encode(), date(2026, 6, day)).pages[0]
    with schema.transaction(store):
        return snapshots.add(store, page, Origin(text.encode(), 0, None, TIME)).outcome


def titles(store: Store) -> list[str]:
    return sorted(row["title"] for row in ask.papers(store).rows)


def test_a_page_of_one_site_does_not_replace_that_of_another(store: Store) -> None:
    assert [add(store, SCHOLAR), add(store, ARXIV.format(name="Ada Bow"), 2)] == ["new profile"] * 2
    assert titles(store) == ["Heavy tails of kites", "Light frames", "Walks on many regular kites"]
    assert add(store, SCHOLAR.replace("Light frames", "Lighter frames"), 3) == "newer snapshot"


def test_a_name_selects_the_pages_of_a_person_on_all_sites(store: Store) -> None:
    add(store, SCHOLAR)
    add(store, ARXIV.format(name="Ada Bow"))
    both = ["ada bow (arxiv-page)", "ada bow (google-scholar)"]
    assert owners.find_owners(store, "ADA BOW") == owners.find_owners(store, "bow") == both
    assert owners.find_owners(store, "Ada Bow (google-scholar)") == [both[1]]
    with pytest.raises(UsageError, match=r"may be Ada Bow \(arxiv-page\), Ada Bow \(google-scholar\)"):
        owners.find_owner(store, "ada")


def test_names_with_initials_are_one_person_when_the_user_says_so(store: Store) -> None:
    add(store, SCHOLAR)
    add(store, ARXIV.format(name="A. Bow"))
    assert owners.find_owners(store, "ada bow") == ["ada bow (google-scholar)"]
    with schema.transaction(store):
        persons.decide(store, "A. Bow", "Ada Bow", same=True, timestamp=TIME)
    assert owners.find_owners(store, "ada bow") == ["a. bow (arxiv-page)", "ada bow (google-scholar)"]


@pytest.mark.parametrize(("name", "count"), [("ada bow", 3), ("ada bow (arxiv-page)", 2)])
def test_queries_are_restricted_to_the_selected_pages(store: Store, name: str, count: int) -> None:
    add(store, SCHOLAR)
    add(store, ARXIV.format(name="Ada Bow"))
    add(store, SCHOLAR.replace("Ada Bow", "Bo Ray").replace("Light frames", "Another paper"))
    owners.narrow(store, owners.find_owners(store, name))
    assert len(titles(store)) == count


def test_a_paper_on_several_sites_has_the_best_of_each_and_names_the_source_of_each_field(store: Store) -> None:
    add(store, SCHOLAR)
    add(store, ARXIV.format(name="Ada Bow"))
    matches = find_papers(store, ["walks on many"])
    [paper] = with_field_sources(store, matches.answer, matches.ids).rows
    scholar, arxiv = "Ada Bow (google-scholar)", "Ada Bow (arxiv-page)"
    assert (paper["authors"], paper["citations"], paper["arxiv"]) == (["Ada Bow", "Carol Day"], 41, "1603.00001")
    assert {field: paper["field_sources"][field] for field in ("citations", "arxiv", "category")} == {
        "citations": scholar,
        "arxiv": arxiv,
        "category": arxiv,
    }


def test_papers_on_one_page_have_no_field_sources(store: Store) -> None:
    add(store, SCHOLAR)
    matches = find_papers(store, ["light frames"])
    answer = with_field_sources(store, matches.answer, matches.ids)
    assert "field_sources" not in answer.fields


def test_pages_of_similar_names_on_two_sites_are_proposed_until_the_user_decides(store: Store) -> None:
    add(store, SCHOLAR)
    add(store, ARXIV.format(name="A. O'Bow").replace("Ada Bow", "Ada O'Bow"))
    assert owners.proposals(store) == []
    add(store, ARXIV.format(name="A. Bow"))
    [proposal] = overview.overview(store).messages
    assert proposal == (
        "A. Bow (arxiv-page) and Ada Bow (google-scholar) may be one person (an initial for a given name); "
        "if so: pubcli people same 'A. Bow' 'Ada Bow'"
    )
    with schema.transaction(store):
        persons.decide(store, "A. Bow", "Ada Bow", same=False, timestamp=TIME)
    assert owners.proposals(store) == []
