"""Papers that may be the same are proposed with the evidence, and the user decides."""

from contextlib import closing
from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.biblio import same_paper
from pubcli.errors import UsageError
from pubcli.model import Page
from pubcli.reader import read
from pubcli.store import ask, schema
from pubcli.store.database import Store
from pubcli.store.library import duplicates, integrity, library_file, overview, owners, snapshots
from pubcli.store.load import Origin, load
from pubcli.store.match_pages import title_similarity
from pubcli.text.normalize import words
from thoroughness import examples

TIME = "2024-06-01T00:00:00+00:00"


@pytest.fixture
def store() -> Any:
    with closing(library_file.in_memory()) as store:
        yield store
        assert [*integrity.damage(store), *integrity.contradictions(store)] == []


def add(store: Store, name: str, *entries: str, day: int = 1) -> None:
    """Add a bibliography of entries, each given as `key, field = {value} ...`."""
    text = "".join(f"@article{{{entry}}}\n" for entry in entries)
    page = read(text.encode(), date(2024, 6, day)).pages[0]
    page = Page(page.profile.model_copy(update={"source": name}), page.papers, page.problems)
    with schema.transaction(store):
        snapshots.add(store, page, Origin(f"{name} {day} {text}".encode(), 0, None, TIME))


def merge(store: Store, *names: str) -> None:
    with schema.transaction(store):
        duplicates.merge(store, names, TIME)


def found(store: Store, *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(row[field] for field in fields) for row in duplicates.duplicates(store).rows]  # type: ignore[literal-required]


def keys(store: Store) -> list[str]:
    return sorted(row["key"] for row in ask.papers(store).rows)


ADA = "author={Ada Lovelace}"


def test_the_same_doi_is_named_as_the_first_evidence(store: Store) -> None:
    add(store, "one", "a, title={Learning to damp}, author={Doe, J.}, year=2001, doi={10.1000/same}")
    add(store, "two", "b, title={Lernend}, author={Doe, J. and Roe, K.}, year=2001, doi={https://doi.org/10.1000/SAME}")
    assert found(store, "decision", "key", "other_key", "evidence") == [
        ("proposed", "a", "b", "same DOI 10.1000/same; different titles; authors in common: J. Doe")
    ]


@pytest.mark.parametrize(
    ("first", "second", "evidence"),
    [
        ("doi={10.1000/x}", "doi={10.1000/x}", "same DOI 10.1000/x; same title; authors in common: Ada Lovelace"),
        ("year=2001", "year=2005", "same title; authors in common: Ada Lovelace; years 2001 and 2005"),
        (
            "journal={CoRR}, year=2001",
            "journal={Nature}, year=2002",
            "a preprint and a published version; same title; authors in common: Ada Lovelace; years 2001 and 2002",
        ),
    ],
)
def test_duplicates_in_one_file_are_proposed(store: Store, first: str, second: str, evidence: str) -> None:
    add(store, "one", f"a, title={{Games}}, {ADA}, {first}", f"b, title={{GAMES}}, {ADA}, {second}")
    assert keys(store) == ["a", "b"]
    assert found(store, "decision", "evidence", "profiles") == [("proposed", evidence, ["one", "one"])]


DIFFERENT = {
    "other authors": (ADA, "author={Grace Hopper}"),
    "DOIs": (f"{ADA}, doi={{10.1000/x}}", f"{ADA}, doi={{10.1000/y}}"),
    "volumes": (f"{ADA}, journal={{J}}, volume=1", f"{ADA}, journal={{J}}, volume=2"),
    "journals": (f"{ADA}, journal={{Nature}}", f"{ADA}, journal={{Science}}"),
}


@pytest.mark.parametrize(("first", "second"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_papers_that_contradict_each_other_are_not_proposed(store: Store, first: str, second: str) -> None:
    add(store, "one", f"a, title={{Editorial}}, {first}", f"b, title={{Editorial}}, {second}")
    assert (keys(store), found(store, "decision")) == (["a", "b"], [])


def test_a_preprint_and_its_published_version_are_proposed_and_keep_their_dois(store: Store) -> None:
    add(store, "one", f"a, title={{Games}}, {ADA}, year=2001, doi={{10.21203/rs.1}}")
    add(store, "two", f"b, title={{Games}}, {ADA}, year=2001, journal={{Nature}}, doi={{10.1038/x}}")
    [(decision, evidence)] = found(store, "decision", "evidence")
    assert (decision, evidence.split(";")[0]) == ("proposed", "a preprint and a published version")
    assert {row["key"]: row["doi"] for row in ask.papers(store).rows} == {"a": "10.21203/rs.1", "b": "10.1038/x"}


def test_papers_of_one_file_are_merged_with_the_fields_of_both(store: Store) -> None:
    add(
        store,
        "one",
        f"a, title={{Games}}, {ADA}, doi={{10.1000/x}}",
        f"b, title={{Games}}, {ADA}, volume=7, doi={{10.1000/x}}",
    )
    merge(store, "a", "b")
    assert found(store, "decision", "key", "evidence") == [("merged", "a", "your decision")]
    assert [(row["key"], row["volume"], row["also_on"]) for row in ask.papers(store).rows] == [("a", "7", [])]
    [page] = overview.overview(store).rows
    assert (page["papers"], page["shared_papers"]) == (2, 0)


def test_the_page_of_one_owner_lists_merged_papers_once() -> None:
    store = library_file.in_memory()
    games = f"title={{Games}}, {ADA}, doi={{10.1000/x}}"
    add(store, "one", f"a, {games}", f"b, {games}, volume=7")
    merge(store, "a", "b")
    owners.narrow(store, ["one"])
    assert [(row["key"], row["volume"], row["also_on"]) for row in ask.papers(store).rows] == [("a", "7", [])]


def test_of_many_papers_with_one_title_only_those_that_were_named_are_merged(store: Store) -> None:
    add(store, "one", *(f"k{number}, title={{Editorial}}, {ADA}" for number in range(4)))
    merge(store, "k1", "k3")
    assert keys(store) == ["k0", "k1", "k2"]
    with schema.transaction(store):
        assert duplicates.split(store, "k3", None, TIME) == ["k1 on the page of one", "k3 on the page of one"]
    assert keys(store) == ["k0", "k1", "k2", "k3"]
    assert [row[:3] for row in found(store, "decision", "key", "other_key") if row[0] == "kept apart"] == [
        ("kept apart", "k1", "k3")
    ]


def test_a_decision_survives_changed_titles_and_keys(store: Store) -> None:
    add(store, "one", *(f"k{number}, title={{Games of the Mind}}, {ADA}, volume={{{number}}}" for number in range(3)))
    merge(store, "k0", "k2")
    add(
        store,
        "one",
        *(f"n{number}, title={{Game of the Mind}}, {ADA}, volume={{{number}}}" for number in range(3)),
        day=2,
    )
    assert keys(store) == ["n0", "n1"]
    assert found(store, "decision", "key")[0] == ("merged", "n0")


def test_merged_papers_of_a_capture_that_is_restored_have_their_keys(store: Store) -> None:
    entries = [f"a, title={{Games}}, {ADA}", f"b, title={{Plays}}, {ADA}"]
    add(store, "one", *entries)
    merge(store, "a", "b")
    add(store, "one", *entries, f"c, title={{Walks}}, {ADA}", day=2)
    with schema.transaction(store):
        snapshots.remove(store, owners.find_snapshot(store, "one").id)
    assert keys(store) == ["a"]
    with schema.transaction(store):
        duplicates.split(store, "a", None, TIME)
    assert keys(store) == ["a", "b"]


def test_names_with_initials_are_authors_in_common(store: Store) -> None:
    add(store, "one", f"a, title={{Games}}, {ADA}", "b, title={Games}, author={Lovelace, A.}")
    assert found(store, "evidence") == [("same title; authors in common: Ada Lovelace",)]


def test_papers_with_a_common_title_are_not_all_compared(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(40):
        add(
            store,
            f"file{number}",
            f"k{number}, title={{Editorial}}, author={{Person {chr(97 + number % 20) * 5}}}, year={2000 + number}",
        )
    compared: list[Any] = []
    are_different = same_paper.are_different

    def counted(*pair: Any) -> Any:
        compared.append(pair)
        return are_different(*pair)

    monkeypatch.setattr(same_paper, "are_different", counted)
    assert len(found(store, "evidence")) == 20
    assert len(compared) < 100


def test_a_single_paper_cannot_be_merged(store: Store) -> None:
    add(store, "one", f"a, title={{Games}}, {ADA}")
    with pytest.raises(UsageError, match="name two different papers"):
        merge(store, "a", "a")


_WORDS = st.lists(st.sampled_from(["deep", "nets", "for", "the", "of", "fast", "slow", "a1", "b2", "c3"]), max_size=9)


@examples(300)
@given(st.lists(st.tuples(st.integers(0, 2), _WORDS), min_size=2, max_size=8))
def test_similar_titles_are_those_that_a_comparison_of_all_pairs_finds(papers: list[tuple[int, list[str]]]) -> None:
    records: dict[int, list[str]] = {}
    for page, title in papers:
        records.setdefault(page, []).append(f"LGMar 1, 2020\n{' '.join(title) or 'x'}\n\nAda Bow")
    documents = [read(f"Owner {page}\n\nh-index1\n\n{chr(10).join(texts)}".encode()) for page, texts in records.items()]
    store = load(*documents)
    rows = store.execute("SELECT id, profile_id, folded_title FROM paper ORDER BY id").fetchall()
    titles = [(id_, page, words(title)) for id_, page, title in rows]

    pairs = [
        (id_, other_id)
        for (id_, page, title), (other_id, other_page, other) in combinations(titles, 2)
        if page != other_page and title != other and title_similarity(title, other, 0.8) >= 0.8
    ]

    assert list(duplicates._similar_titles(store)) == pairs


def test_titles_without_a_common_rare_word_are_not_compared(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, name in enumerate(("Ada Bow", "Bob Ray", "Cleo Dow")):
        title = f"On a{number} b{number} c{number} of things"
        add(store, name, f"k{number}, title = {{{title}}}, author = {{Dan Fox}}, year = 2020")
    compared: list[Any] = []

    def compare(*titles: Any) -> float:
        compared.append(titles)
        return 0.0

    monkeypatch.setattr(duplicates, "title_similarity", compare)

    assert list(duplicates._similar_titles(store)) == []
    assert compared == []
