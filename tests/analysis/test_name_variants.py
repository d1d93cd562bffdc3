"""Names that may be one person's."""

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


def store(*bylines: str) -> Store:
    lines = [f"LGMar 1, 2022\nTitle {number}\n\n{byline}\n" for number, byline in enumerate(bylines)]
    return load(read(("Ada Lovelace\n\nh-index1\n\n" + "\n".join(lines)).encode(), as_of=date(2024, 6, 1)))


def proposed(*bylines: str) -> list[tuple[str, str]]:
    return [(row["name"], row["other_name"]) for row in rows(store(*bylines))]


def rows(asked: Store, query: str = "") -> list[Any]:
    return list(name_variants(asked, query).rows)


def counted(asked: Store) -> dict[object, object]:
    return {row["name"]: row["papers"] for row in people(asked).rows}


@pytest.mark.parametrize(
    ("one", "other", "reason"),
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
def test_alike_names_are_proposed_with_the_reason(one: str, other: str, reason: str) -> None:
    (row,) = rows(store(f"{one}, Bob Ray", f"{other}, Bob Ray", f"{other}, Cid Roe"))

    assert {row["name"], row["other_name"]} == {one, other}
    assert row["evidence"].startswith(f"{reason}; co-authors in common: Bob Ray")
    assert (row["decision"], row["coauthors_in_common"]) == ("proposed", 1)
    assert {row["papers"], row["other_papers"]} == {1, 2}
    assert tuple(row) == VARIANT_FIELDS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zeman Li", "Zeming Li"),
        ("Ada Ray", "Bob Ray"),
        ("Martin King, Jr.", "Martin King"),
        ("Ray", "Ada Ray"),
        ("M. R. Jovanovic", "M. D. Jovanovic"),
    ],
)
def test_other_names_are_not(one: str, other: str) -> None:
    assert proposed(f"{one}, Dan Poe", f"{other}, Dan Poe") == []


def test_two_names_on_one_list_are_two_people() -> None:
    assert proposed("M. Ray, Mia Ray") == []


def test_an_initial_that_fits_several_needs_a_coauthor_in_common() -> None:
    assert proposed("M. Ray, Dan Poe", "Mia Ray, Eve Fox") == [("M. Ray", "Mia Ray")]
    assert proposed("M. Ray, Dan Poe", "Mia Ray, Eve Fox", "Max Ray, Gus Orr") == []
    found = rows(store("M. Ray, Dan Poe", "Mia Ray, Eve Fox", "Max Ray, Dan Poe"))
    assert [(row["name"], row["other_name"]) for row in found] == [("M. Ray", "Max Ray")]
    assert found[0]["evidence"].endswith("an initial fits 2 people")


def test_nothing_is_merged_until_somebody_says_so() -> None:
    asked = store("M. Razaviyayn, Bob Ray", "Meisam Razaviyayn, Bob Ray")
    assert len(rows(asked)) == 1
    assert counted(asked) == {"Bob Ray": 2, "M. Razaviyayn": 1, "Meisam Razaviyayn": 1}


def test_what_somebody_said_is_told_and_no_longer_proposed() -> None:
    asked = store("M. Razaviyayn, Bob Ray", "Meisam Razaviyayn, Bob Ray")
    assert decide(asked, ["m. razaviyayn", "meisam"], WHEN, same=True) == ["M. Razaviyayn", "Meisam Razaviyayn"]
    assert counted(asked) == {"Bob Ray": 2, "Meisam Razaviyayn": 2}
    (row,) = rows(asked)
    assert (row["decision"], row["name"], row["other_name"]) == ("same", "M. Razaviyayn", "Meisam Razaviyayn")
    assert row["evidence"] == "you said so on 2026-11-23"
    decide(asked, ["M. Razaviyayn", "Meisam Razaviyayn"], WHEN, same=False)
    assert [row["decision"] for row in rows(asked)] == ["different"]
    assert len(counted(asked)) == 3
    forget(asked, ["M. Razaviyayn", "Meisam Razaviyayn"])
    assert [row["decision"] for row in rows(asked)] == ["proposed"]


def test_names_of_one_person_on_one_list_are_told() -> None:
    asked = store("M. Ray, Bob Poe, Mia Ray", "Mia Ray, M. Ray", "Mia R. Ray, Mia Ray", "M. Ray")
    assert list(same_byline_notes(asked, decide(asked, ["M. Ray", "Mia R. Ray"], WHEN, same=True))) == []
    told = list(same_byline_notes(asked, decide(asked, ["M. Ray", "Mia Ray"], WHEN, same=True)))

    assert told == [
        "M. Ray and Mia Ray are two authors of ray2022titlea (Title 0) and of 1 other; they count as one there too",
        "Mia R. Ray and Mia Ray are two authors of ray2022titlec (Title 2); they count as one there too",
    ]
    assert counted(asked) == {"Mia R. Ray": 4, "Bob Poe": 1}


def test_contradictions_are_refused() -> None:
    asked = store("A. Ray", "Al Ray", "Alan Ray")
    decide(asked, ["A. Ray", "Al Ray"], WHEN, same=True)
    decide(asked, ["A. Ray", "Alan Ray"], WHEN, same=False)
    with pytest.raises(UsageError, match=r"you decided that A. Ray and Alan Ray are different"):
        decide(asked, ["Al Ray", "Alan Ray"], WHEN, same=True)


@pytest.mark.parametrize("names", [[], ["Bob"], ["Bob Ray", "bob ray"], ["Bob", "Ann"], ["Ray", "Bob"]])
def test_names_that_will_not_do_are_refused(names: list[str]) -> None:
    asked = store("Bob Ray, Ida Ray")
    with pytest.raises(UsageError):
        decide(asked, names, WHEN, same=True)
    with pytest.raises(UsageError):
        forget(asked, ["Bob Ray", "Ida Ray"])


def test_a_query_narrows_and_a_limit_cuts() -> None:
    asked = store("M. Ray, Bo Poe", "Mia Ray, Bo Poe", "Cy-D Fox, Bo Poe", "Cyd Fox, Bo Poe")
    assert len(rows(asked)) == 2
    assert [row["name"] for row in name_variants(asked, build("", limit=1, offset=1)).rows] == ["M. Ray"]
    assert rows(asked, "author:fox") != rows(asked)


def test_the_real_page_has_no_two_names_for_anybody(document: Document) -> None:
    assert rows(load(document)) == []
