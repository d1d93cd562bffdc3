"""Several names of one person."""

from datetime import date

import pytest

from pubcli.analysis.people import coauthors, people, shared_papers
from pubcli.analysis.stats import count_by
from pubcli.errors import UsageError
from pubcli.query.expression import Match, Query
from pubcli.reader import read
from pubcli.store import ask, persons
from pubcli.store.database import Store
from pubcli.store.load import load
from pubcli.text.normalize import fold

PAGE = """A. Lovelace

h-index1

LGMar 1, 2022
First

M. Razaviyayn, Ada Lovelace

LGMar 1, 2023
Second

Meisam Razaviyayn, Bob Ray

LGMar 1, 2021
Third

Meisam Razaviyayn Jr, Bob Ray
"""


@pytest.fixture
def store() -> Store:
    return load(read(PAGE.encode(), as_of=date(2024, 6, 1)))


def counts(store: Store) -> dict[object, object]:
    return {row["name"]: row["papers"] for row in coauthors(store).rows}


def decide(store: Store, name: str, other_name: str, *, is_same: bool = True) -> None:
    persons.decide(store, name, other_name, same=is_same, timestamp="2026-11-23T00:00:00+00:00")


def test_names_in_one_group_of_an_alias_file_count_as_one_person(store: Store) -> None:
    persons.apply_groups(store, [["M. Razaviyayn", "meisam razaviyayn"], ["Ada Lovelace", "A. LOVELACE"]])

    (_, meisam, _) = coauthors(store).rows
    assert (meisam["name"], meisam["papers"], meisam["first_year"], meisam["last_year"]) == (
        "M. Razaviyayn", 2, 2022, 2023,
    )  # fmt: skip
    assert meisam["names"] == ["M. Razaviyayn", "Meisam Razaviyayn"]
    assert "Ada Lovelace" not in counts(store)  # she is the owner, whichever name is used
    assert {row["name"] for row in people(store).rows if row["has_page"]} == {"Ada Lovelace"}


def test_names_decided_to_be_one_person_count_under_the_longest_until_the_decision_is_withdrawn(store: Store) -> None:
    original_counts = counts(store)
    decide(store, "M. Razaviyayn", "Meisam Razaviyayn")
    assert counts(store) == {"Meisam Razaviyayn": 2, "Bob Ray": 2, "Meisam Razaviyayn Jr": 1, "Ada Lovelace": 1}
    decide(store, "Meisam Razaviyayn", "m. razaviyayn", is_same=False)
    assert counts(store) == original_counts
    decide(store, "M. Razaviyayn", "Meisam Razaviyayn")
    assert persons.withdraw_decision(store, "meisam razaviyayn", "M. RAZAVIYAYN")
    assert counts(store) == original_counts
    assert not persons.withdraw_decision(store, "meisam razaviyayn", "M. RAZAVIYAYN")


def test_decisions_and_alias_files_are_combined(store: Store) -> None:
    decide(store, "Meisam Razaviyayn", "Meisam Razaviyayn Jr")
    persons.apply_groups(store, [["Meisam Razaviyayn", "M. Razaviyayn"]])
    assert counts(store)["Meisam Razaviyayn"] == 3


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([["a", "b"], ["c", "d"]], [["a", "b"], ["c", "d"]]),
        ([["a", "b"], ["c", "d"], ["d", "B"]], [["a", "b", "c", "d"]]),
        ([["b", "a"], ["x"], ["a", "c"]], [["x"], ["b", "a", "c"]]),
        ([["a", "A", "á"]], [["a"]]),
    ],
)
def test_groups_that_share_a_name_are_merged(groups: list[list[str]], expected: list[list[str]]) -> None:
    assert persons.merge_groups(groups) == expected


def test_people_are_found_by_any_of_their_names(store: Store) -> None:
    persons.apply_groups(store, [["Meisam Razaviyayn", "M. Razaviyayn", "Meisam Razaviyayn Jr"]])
    for name in ("M. RAZAVIYAYN", "meisam", "razavi", "  Meisam  Razaviyayn jr"):
        assert persons.find_person(store, name).name == "Meisam Razaviyayn"
    assert (
        persons.find_person(store, "A. Lovelace").name == "A. Lovelace"
    )  # only the header of the page contains this name


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("a", "may be A. Lovelace, Ada Lovelace, Bob Ray, M. Razaviyayn"),
        ("Ada Lovelase", "did you mean Ada Lovelace"),
        ("Xu", "pubcli people"),
        ("", "no person has"),
        ("\udcff", "no person has"),
    ],
)
def test_an_ambiguous_or_unknown_name_is_an_error_with_suggestions(store: Store, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        persons.find_person(store, name)


def test_shared_papers_include_those_of_all_names_of_a_person(store: Store) -> None:
    def titles(name: str) -> list[object]:
        return [row["title"] for row in shared_papers(store, persons.find_person(store, name)).rows]

    assert titles("Meisam Razaviyayn") == ["Second"]
    persons.apply_groups(store, [["Meisam Razaviyayn", "M. Razaviyayn"]])
    assert titles("m. razaviyayn") == ["Second", "First"]
    assert fold("First") not in titles("bob")


def test_every_query_about_people_uses_all_names_of_a_person() -> None:
    store = load(
        read("""@article{a, title={Games}, author={Sina Baharlouei}, year=2020}
@article{b, title={Walks}, author={S. Baharlouei}, year=2021}
@article{c, title={Talks}, author={Bo Li}, year=2021}""")
    )
    persons.apply_groups(store, [["Sina Baharlouei", "S. Baharlouei"]])
    assert {row["author"]: row["papers"] for row in count_by(store, "author").rows} == {
        "Sina Baharlouei": 2,
        "Bo Li": 1,
    }
    for name in ("Sina Bah", "s. bah", "baharlouei"):
        assert [row["key"] for row in ask.papers(store, Query(Match("author", name))).rows] == ["b", "a"]
    assert [row["key"] for row in ask.papers(store, Query(Match("author", "bo"))).rows] == ["c"]
