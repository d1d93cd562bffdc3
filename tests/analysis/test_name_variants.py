"""Name variants: names that may belong to one person."""

from datetime import date
from typing import Any

import pytest

from pubcli.analysis.name_variants import VARIANT_FIELDS, decide, forget, name_variants, same_byline_notes
from pubcli.analysis.people import people
from pubcli.errors import UsageError
from pubcli.model import Document
from pubcli.query.language import build
from pubcli.reader import read
from pubcli.store.database import Store
from pubcli.store.load import load

WHEN = "2026-11-23T00:00:00+00:00"


def store_with_bylines(*bylines: str) -> Store:
    lines = [f"LGMar 1, 2022\nTitle {number}\n\n{byline}\n" for number, byline in enumerate(bylines)]
    return load(read(("Ada Lovelace\n\nh-index1\n\n" + "\n".join(lines)).encode(), as_of=date(2024, 6, 1)))


def proposals(*bylines: str) -> list[tuple[str, str]]:
    return [(row["name"], row["other_name"]) for row in rows(store_with_bylines(*bylines))]


def rows(store: Store, query: str = "") -> list[Any]:
    return list(name_variants(store, query).rows)


def paper_counts(store: Store) -> dict[object, object]:
    return {row["name"]: row["papers"] for row in people(store).rows}


@pytest.mark.parametrize(
    ("name", "other", "reason"),
    [
        ("Sze-chuan Suen", "Szechuan Suen", "the same letters"),
        ("A. S. Poornash", "A.S. Poornash", "the same letters"),
        ("Jürgen Müller", "Juergen Mueller", "another transliteration"),
        ("Li Zeman", "Zeman Li", "the same words in another order"),
        ("Mihailo Jovanovic", "Mihailo R. Jovanović", "an additional middle name"),
        ("Mihailo Rade Jovanovic", "Mihailo R. Jovanović", "an initial for a middle name"),
        ("M. Razaviyayn", "Meisam Razaviyayn", "an initial for a given name"),
    ],
)
def test_similar_names_are_proposed_with_the_reason(name: str, other: str, reason: str) -> None:
    (row,) = rows(store_with_bylines(f"{name}, Bob Ray", f"{other}, Bob Ray", f"{other}, Cid Roe"))

    assert {row["name"], row["other_name"]} == {name, other}
    assert row["evidence"].startswith(f"{reason}; co-authors in common: Bob Ray")
    assert (row["decision"], row["coauthors_in_common"]) == ("proposed", 1)
    assert {row["papers"], row["other_papers"]} == {1, 2}
    assert tuple(row) == VARIANT_FIELDS


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Zeman Li", "Zeming Li"),
        ("Ada Ray", "Bob Ray"),
        ("Martin King, Jr.", "Martin King"),
        ("Ray", "Ada Ray"),
        ("M. R. Jovanovic", "M. D. Jovanovic"),
    ],
)
def test_names_that_are_not_similar_are_not_proposed(name: str, other: str) -> None:
    assert proposals(f"{name}, Dan Poe", f"{other}, Dan Poe") == []


def test_two_names_in_one_author_list_are_two_people() -> None:
    assert proposals("M. Ray, Mia Ray") == []


def test_an_initial_that_fits_several_people_needs_a_coauthor_in_common() -> None:
    assert proposals("M. Ray, Dan Poe", "Mia Ray, Eve Fox") == [("M. Ray", "Mia Ray")]
    assert proposals("M. Ray, Dan Poe", "Mia Ray, Eve Fox", "Max Ray, Gus Orr") == []
    proposed_rows = rows(store_with_bylines("M. Ray, Dan Poe", "Mia Ray, Eve Fox", "Max Ray, Dan Poe"))
    assert [(row["name"], row["other_name"]) for row in proposed_rows] == [("M. Ray", "Max Ray")]
    assert proposed_rows[0]["evidence"].endswith("an initial fits 2 people")


def test_names_are_merged_only_by_decision() -> None:
    store = store_with_bylines("M. Razaviyayn, Bob Ray", "Meisam Razaviyayn, Bob Ray")
    assert len(rows(store)) == 1
    assert paper_counts(store) == {"Bob Ray": 2, "M. Razaviyayn": 1, "Meisam Razaviyayn": 1}


def test_a_decision_is_listed_and_replaces_the_proposal() -> None:
    store = store_with_bylines("M. Razaviyayn, Bob Ray", "Meisam Razaviyayn, Bob Ray")
    assert decide(store, ["m. razaviyayn", "meisam"], WHEN, same=True) == ["M. Razaviyayn", "Meisam Razaviyayn"]
    assert paper_counts(store) == {"Bob Ray": 2, "Meisam Razaviyayn": 2}
    (row,) = rows(store)
    assert (row["decision"], row["name"], row["other_name"]) == ("same", "M. Razaviyayn", "Meisam Razaviyayn")
    assert row["evidence"] == "your decision of 2026-11-23"
    decide(store, ["M. Razaviyayn", "Meisam Razaviyayn"], WHEN, same=False)
    assert [row["decision"] for row in rows(store)] == ["different"]
    assert len(paper_counts(store)) == 3
    forget(store, ["M. Razaviyayn", "Meisam Razaviyayn"])
    assert [row["decision"] for row in rows(store)] == ["proposed"]


def test_names_of_one_person_in_one_author_list_have_a_note() -> None:
    store = store_with_bylines("M. Ray, Bob Poe, Mia Ray", "Mia Ray, M. Ray", "Mia R. Ray, Mia Ray", "M. Ray")
    assert list(same_byline_notes(store, decide(store, ["M. Ray", "Mia R. Ray"], WHEN, same=True))) == []
    notes = list(same_byline_notes(store, decide(store, ["M. Ray", "Mia Ray"], WHEN, same=True)))

    assert notes == [
        "M. Ray and Mia Ray are both authors of ray2022titlea (Title 0) and of 1 other paper; "
        "they count as one person in these papers, too",
        "Mia R. Ray and Mia Ray are both authors of ray2022titlec (Title 2); "
        "they count as one person in this paper, too",
    ]
    assert paper_counts(store) == {"Mia R. Ray": 4, "Bob Poe": 1}


def test_contradictory_decisions_are_refused() -> None:
    store = store_with_bylines("A. Ray", "Al Ray", "Alan Ray")
    decide(store, ["A. Ray", "Al Ray"], WHEN, same=True)
    decide(store, ["A. Ray", "Alan Ray"], WHEN, same=False)
    with pytest.raises(UsageError, match=r"you decided that A. Ray and Alan Ray are different"):
        decide(store, ["Al Ray", "Alan Ray"], WHEN, same=True)


@pytest.mark.parametrize("names", [[], ["Bob"], ["Bob Ray", "bob ray"], ["Bob", "Ann"], ["Ray", "Bob"]])
def test_unknown_ambiguous_or_equal_names_are_refused(names: list[str]) -> None:
    store = store_with_bylines("Bob Ray, Ida Ray")
    with pytest.raises(UsageError):
        decide(store, names, WHEN, same=True)
    with pytest.raises(UsageError):
        forget(store, ["Bob Ray", "Ida Ray"])


def test_a_query_selects_papers_and_a_limit_selects_rows() -> None:
    store = store_with_bylines("M. Ray, Bo Poe", "Mia Ray, Bo Poe", "Cy-D Fox, Bo Poe", "Cyd Fox, Bo Poe")
    assert len(rows(store)) == 2
    assert [row["name"] for row in name_variants(store, build("", limit=1, offset=1)).rows] == ["M. Ray"]
    assert rows(store, "author:fox") != rows(store)


def test_the_real_page_has_no_name_variants(document: Document) -> None:
    assert rows(load(document)) == []
