"""A paper of a library keeps its key, and a key that it had still finds it."""

import json
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.model import Page
from pubcli.reader import read
from pubcli.store import ask, lookup, schema
from pubcli.store.database import Store
from pubcli.store.library import duplicates, integrity, library_file, owners, snapshots
from pubcli.store.load import Origin
from thoroughness import examples

TIME = "2024-06-01T00:00:00+00:00"


def bibliography(*entries: str) -> str:
    """Return BibTeX of entries, each given as `key, field = {value} ...`."""
    return "".join(f"@article{{{entry}}}\n" for entry in entries)


def add(store: Store, text: str, day: int, name: str = "refs") -> None:
    """Add a page, or a bibliography named `name`, as it was on a day of June 2024."""
    page: Page = read(text.encode(), date(2024, 6, day)).pages[0]
    if page.profile.name is None:
        page = Page(page.profile.model_copy(update={"source": name}), page.papers, page.problems)
    with schema.transaction(store):
        snapshots.add(store, page, Origin(f"{day} {text}".encode(), 0, None, TIME))


def page(*papers: tuple[str, str], name: str = "Ada Li") -> str:
    """Return a page that lists papers, each a pair of date and title."""
    records = "\n".join(f"LG{day}\n{title}\n\nAda Li, Bo Ray\n\nAn abstract of {title}.\n" for day, title in papers)
    return f"{name}\n\nLG\nh-index1\n{len(papers)}papers\n\n{len(papers)} Papers\n\n{records}"


def keys(store: Store) -> dict[str, str]:
    """Return the key of each paper by its title."""
    return {row["title"]: row["key"] for row in ask.papers(store).rows}


def titles(store: Store, name: str) -> list[str]:
    """Return the titles of the papers that a name selects."""
    return [json.loads(record)["title"] for record in lookup.matching_records(store, name).values()]


@pytest.fixture
def store() -> Any:
    with closing(library_file.in_memory()) as store:
        yield store
        assert [*integrity.damage(store), *integrity.contradictions(store)] == []


def test_a_key_survives_a_changed_title(store: Store) -> None:
    add(store, page(("Mar 1, 2022", "Structured Feedback Design for Consensus"), ("Mar 2, 2022", "Walks")), 1)
    original = keys(store)
    add(store, page(("Mar 1, 2022", "Sparse Feedback Design for Consensus"), ("Mar 2, 2022", "Walks")), 2)
    assert list(original.values()) == list(keys(store).values()) == ["li2022walks", "li2022structured"]
    snapshot = owners.page_at(store, owners.find_snapshot(store, "Ada Li"))
    assert [paper["key"] for paper in snapshot.papers] == ["li2022structured", "li2022walks"]


def test_a_key_survives_a_year_that_becomes_known(store: Store) -> None:
    record = {"title": "Games", "authors": ["Ada Li"], "profile": "Ada Li"}
    add(store, json.dumps([record]), 1)
    assert keys(store) == {"Games": "lindgames"}
    add(store, json.dumps([record | {"date": "2022-01-01"}]), 2)
    assert keys(store) == {"Games": "lindgames"}


def test_a_key_survives_when_the_papers_of_one_title_get_years(store: Store) -> None:
    editorials = [
        {"title": "Editorial", "authors": ["Ada Li", other], "profile": "Ada Li"} for other in ("Bo Ray", "Cy Poe")
    ]
    add(store, json.dumps(editorials), 1)
    before = {tuple(row["authors"]): row["key"] for row in ask.papers(store).rows}
    dated = [row | {"date": f"202{number}-01-01"} for number, row in enumerate(reversed(editorials))]
    add(store, json.dumps(dated), 2)
    assert {tuple(row["authors"]): row["key"] for row in ask.papers(store).rows} == before


def test_a_key_survives_captures_that_lack_the_paper(store: Store) -> None:
    skill, luck = ("Mar 1, 2022", "Games of Skill"), ("Mar 1, 2022", "Games of Luck")
    add(store, page(skill, luck), 1)
    before = keys(store)
    for day, papers in enumerate([(luck,), (skill,), (luck,), (), (skill, luck)], 2):
        add(store, page(*papers), day)
        assert keys(store).items() <= before.items()


@pytest.mark.parametrize("authors", ["Ray, B.", "Ray, B. and Li, A.", "Ray, B. and Fox, C."])
def test_of_papers_with_one_title_the_one_with_the_same_authors_keeps_its_key(store: Store, authors: str) -> None:
    entries = [
        f", title={{Games}}, author={{{names}}}, date={{2022-01}}"
        for names in ("Ray, B.", "Ray, B. and Li, A.", "Ray, B. and Fox, C.")
    ]
    add(store, bibliography(*entries), 1)
    expected = {" and ".join(row["authors"]): row["key"] for row in ask.papers(store).rows}
    add(store, bibliography(f", title={{Games}}, author={{{authors}}}, date={{2022-02}}"), 2)
    [row] = ask.papers(store).rows
    assert row["key"] == expected[" and ".join(row["authors"])]


def test_of_papers_with_one_title_and_other_authors_the_one_with_the_same_first_author_keeps_its_key(
    store: Store,
) -> None:
    entries = (
        f", title={{Games}}, author={{{names}}}, year=2022" for names in ("Ray, B.", "Fox, E. and Ray, B. and Li, A.")
    )
    add(store, bibliography(*entries), 1)
    add(store, bibliography(", title={Games}, author={Ray, B. and Li, A.}, year=2022"), 2)
    assert keys(store) == {"Games": "ray2022games"}


def test_a_key_that_the_file_changes_changes_and_the_former_key_finds_the_paper(store: Store) -> None:
    add(store, bibliography("games22, title={Games}, author={Ada Li}, year=2022"), 1)
    add(store, bibliography("müller:games, title={Games}, author={Ada Li}, year=2022"), 2)
    add(store, bibliography("third, title={Games}, author={Ada Li}, year=2022"), 3)
    assert keys(store) == {"Games": "third"}
    assert [titles(store, name) for name in ("third", "müller:games", "games22")] == [["Games"]] * 3


def test_the_key_of_another_paper_has_precedence_over_a_former_key(store: Store) -> None:
    add(store, bibliography("a, title={Games}, author={Ada Li}"), 1)
    add(store, bibliography("b, title={Games}, author={Ada Li}", "a, title={Walks}, author={Bo Ray}"), 2)
    assert keys(store) == {"Games": "b", "Walks": "a"}
    assert titles(store, "a") == ["Walks"]


def test_a_derived_key_never_equals_a_former_key(store: Store) -> None:
    add(store, bibliography("li2022games, title={Games}, author={Ada Li}"), 1)
    add(store, bibliography("b, title={Games}, author={Ada Li}"), 2)
    add(store, page(("Mar 1, 2022", "Games of Others"), name="Bo Ray"), 3)
    assert keys(store) == {"Games": "b", "Games of Others": "li2022gamesa"}
    assert titles(store, "li2022games") == ["Games"]


def test_merged_papers_are_found_by_both_keys_and_have_them_again_when_split(store: Store) -> None:
    add(store, bibliography("a, title={Games}, author={Ada Li}"), 1, "one")
    add(store, bibliography("b, title={Plays}, author={Bo Ray}"), 2, "two")
    with schema.transaction(store):
        duplicates.merge(store, ["a", "b"], TIME)
    assert titles(store, "a") == titles(store, "b") != []
    with schema.transaction(store):
        duplicates.split(store, "b", None, TIME)
    assert keys(store) == {"Games": "a", "Plays": "b"}
    assert store.execute("SELECT count(*) FROM former_key").fetchone()[0] == 0


def test_removing_a_newer_capture_gives_a_paper_the_key_of_its_file_again(store: Store) -> None:
    add(store, bibliography("games22, title={Games}, author={Ada Li}"), 1)
    add(store, bibliography("li:games, title={Games}, author={Ada Li}"), 2)
    with schema.transaction(store):
        snapshots.remove(store, owners.find_snapshot(store, "refs").id)
    assert keys(store) == {"Games": "games22"}
    assert titles(store, "li:games") == ["Games"]


def test_of_equal_keys_in_two_files_the_first_stays(store: Store) -> None:
    add(store, bibliography("doe2001, title={One}, author={Ada Li}"), 1, "one")
    add(store, bibliography("doe2001, title={Two}, author={Ada Li}"), 2, "two")
    add(store, bibliography("doe2001, title={Two}, author={Ada Li}, year=2001"), 3, "two")
    assert keys(store) == {"One": "doe2001", "Two": "doe2001a"}


def test_the_letter_of_a_key_is_found_with_few_lookups(store: Store) -> None:
    statements: list[str] = []
    for number in range(40):
        add(store, page(("Mar 1, 2022", f"Games {number:02}"), name=f"Person {number}"), 1)
    store.set_trace_callback(statements.append)
    add(store, page(("Mar 1, 2022", "Games of the Last"), name="Last"), 1)
    store.set_trace_callback(None)
    assert keys(store)["Games of the Last"] == "li2022gamesan"
    assert sum("former_key.key = wanted.value" in statement for statement in statements) < 20


_papers = st.lists(
    st.tuples(st.sampled_from(["Games", "Walks", "Editorial"]), st.sampled_from(["Li", "Ray"]), st.integers(0, 4)),
    min_size=1, max_size=4, unique_by=lambda paper: paper[:2],
)  # fmt: skip


@examples(150)
@given(st.lists(_papers, min_size=2, max_size=4))
def test_a_key_that_a_paper_had_finds_it_unless_another_paper_has_had_this_key(
    captures: list[list[tuple[str, str, int]]],
) -> None:
    with closing(library_file.in_memory()) as store:
        earlier: dict[tuple[str, str], set[str]] = {}
        holders: dict[str, set[tuple[str, str]]] = {}
        for day, papers in enumerate(captures, 1):
            entries = (f"k{key}, title={{{title}}}, author={{{name}, A.}}" for title, name, key in papers)
            add(store, bibliography(*entries), day)
            current = {(row["title"], row["authors"][0]): row["key"] for row in ask.papers(store).rows}
            assert len(set(current.values())) == len(papers)
            earlier = {paper: earlier.get(paper, set()) | {key} for paper, key in current.items()}
            for paper, key in current.items():
                holders.setdefault(key, set()).add(paper)
            for paper, names in earlier.items():
                for name in names:
                    if holders[name] == {paper}:
                        [record] = map(json.loads, lookup.matching_records(store, name).values())
                        assert record["key"] == current[paper]
        assert [*integrity.damage(store), *integrity.contradictions(store)] == []


@pytest.mark.parametrize("listed", [["Games", "Learning"], ["Learning"], ["Games"]])
def test_papers_of_a_page_that_were_merged_keep_their_key_when_the_page_is_emptied_and_read_again(
    store: Store, listed: list[str]
) -> None:
    """The pages of a long file are emptied before their papers are read again."""
    add(store, page(("Mar 1, 2022", "Games"), ("Mar 2, 2022", "Learning")), 1)
    with schema.transaction(store):
        duplicates.merge(store, ["Games", "Learning"], TIME)
    (key,) = keys(store).values()
    newer = read(page(*(("Mar 2, 2022", title) for title in listed)).encode(), date(2024, 6, 2)).pages[0]
    with schema.transaction(store):
        added = snapshots.add(store, Page(newer.profile, (), ()), Origin(b"2", 0, None, TIME))
        snapshots.extend(store, added, newer.papers)
    assert len(titles(store, key)) == 1


def test_a_key_that_an_earlier_part_of_a_long_page_has_got_is_not_assigned_again(store: Store) -> None:
    add(store, page(("Mar 1, 2022", "Games")), 1)
    newer = read(page(("Mar 2, 2022", "Games of Chance"), ("Mar 1, 2022", "Games")).encode(), date(2024, 6, 2)).pages[0]
    assert {paper.key[:11] for paper in newer.papers} == {"li2022games"}
    with schema.transaction(store):
        added = snapshots.add(store, Page(newer.profile, (), ()), Origin(b"2", 0, None, TIME))
        for paper in newer.papers:
            snapshots.extend(store, added, [paper.model_copy(update={"key": "li2022games"})])
    assert len(set(keys(store).values())) == 2
