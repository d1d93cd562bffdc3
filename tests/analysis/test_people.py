"""Co-authors, all authors, and the joint papers of two people."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given

import oracle
import strategies
from pubcli.analysis.check import profiles
from pubcli.analysis.people import COAUTHOR_FIELDS, COAUTHOR_ORDERS, coauthors, people, shared_papers
from pubcli.answer.answer import Row
from pubcli.model import Document
from pubcli.query.expression import Expression, Order, Query
from pubcli.query.language import build
from pubcli.reader import read
from pubcli.store.database import Store
from pubcli.store.load import load
from pubcli.store.persons import find_person
from pubcli.text.normalize import fold
from repository import SITES
from thoroughness import examples

AS_OF = date(2024, 6, 1)


def page(name: str, *records: tuple[str, str, str]) -> Document:
    """Return a page with these records: date line, title and byline."""
    text = "\n\n".join([f"{name}\n\nh-index1", *("\n".join(record) for record in records)])
    return read(text.encode(), as_of=AS_OF)


def rows(store: Store, query: Query | None = None) -> list[Row]:
    return list(coauthors(store, query or Query()).rows)


def names(store: Store, text: str = "") -> list[object]:
    return [row["name"] for row in rows(store, build(text))]


def test_shared_papers_agree_with_the_count() -> None:
    records = [("LGMar 1, 2020", "Alone", "Bob Ray"), ("LGMar 1, 2021", "Together", "Bob Ray, Ada Lovelace")]
    store = load(page("Ada Lovelace", *records), page("Bob Ray", *records[:1]))
    nameless = load(read("\n\n".join("\n".join(record) for record in records), as_of=AS_OF))

    for store_ in (store, nameless):
        [row] = [row for row in rows(store_) if row["name"] == "Bob Ray"]
        shared = list(shared_papers(store_, find_person(store_, "bob ray")).rows)
        assert len(shared) == row["papers"], (row, shared)
    assert list(shared_papers(load(page("Bob Ray", *records)), find_person(store, "bob ray")).rows) == []


# The real page


@pytest.fixture(scope="module")
def real_store(document: Document) -> Store:
    return load(document)


def test_the_most_frequent_coauthors_of_the_real_page_come_first(real_store: Store) -> None:
    first = rows(real_store, Query(limit=5))

    assert [(row["name"], row["papers"]) for row in first] == [
        ("Andrew Lowy", 8),
        ("Sina Baharlouei", 7),
        ("Tianjian Huang", 6),
        ("Devansh Gupta", 5),
        ("Zeman Li", 5),
    ]
    assert first[3] == {
        "name": "Devansh Gupta",
        "papers": 5,
        "first_year": 2022,
        "first_year_assumed": False,
        "last_year": 2026,
        "last_year_assumed": True,
        "categories": ["LG", "OC"],
        "first_author": 2,
        "last_author": 0,
        "names": ["Devansh Gupta"],
        "years": [2022, 2024, 2025, 2026],
        "papers_by_year": [1, 1, 2, 1],
        "assumed_by_year": [0, 0, 0, 1],
        "first_by_year": [0, 1, 1, 0],
        "last_by_year": [0, 0, 0, 0],
        "gaps": ["2023"],
        "course": "······▃·▃▅▃",
        "ambiguous": [],
    }
    assert all(row.keys() - set(COAUTHOR_FIELDS) == {"course", "ambiguous"} for row in first)


def test_the_owner_is_not_a_coauthor(real_store: Store) -> None:
    assert "Meisam Razaviyayn" not in names(real_store)


def test_truncated_author_lists_have_a_note(real_store: Store) -> None:
    assert coauthors(real_store, Query(limit=1)).notes == (
        "30 of 50 author lists are incomplete (et al.): every count is a lower bound, "
        "and last authors are known for complete lists only",
    )
    assert coauthors(real_store, build("nested learning authors_complete:yes")).notes == ()


def test_the_expression_selects_papers_and_limit_and_sort_apply_to_people(real_store: Store) -> None:
    query = build("category:CL", sort=(Order("name", True),), limit=2, offset=1)
    people = sorted(names(real_store, "category:CL"), key=str, reverse=True)

    assert [row["name"] for row in rows(real_store, query)] == people[1:3]


@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("field", COAUTHOR_ORDERS)
def test_coauthors_can_be_sorted_by_every_field(real_store: Store, field: str, descending: bool) -> None:
    values = [sort_value(row[field]) for row in rows(real_store, Query(sort=(Order(field, descending),)))]

    assert values == sorted(values, reverse=descending)


def sort_value(value: object) -> Any:
    """Return the value that rows are compared by."""
    return fold(value) if isinstance(value, str) else value


def test_sorting_by_name_ignores_case_and_accents() -> None:
    store = load(page("Ada Lovelace", ("LGMar 1, 2022", "Title", "Zoe Ray, Émile Borel, adam smith, Bob Ray")))
    by_name = [row["name"] for row in rows(store, Query(sort=(Order("name", False),)))]

    assert by_name == ["adam smith", "Bob Ray", "Émile Borel", "Zoe Ray"]


# Several pages, and papers and names that count as the same.


def test_an_owner_is_left_out_only_on_their_own_page() -> None:
    ada = page("Ada Lovelace", ("LGMar 1, 2022", "First", "Ada Lovelace, Bob Ray"))
    bob = page("Bob Ray", ("LGMar 1, 2022", "Second", "Ada Lovelace, Bob Ray"))

    assert [(row["name"], row["papers"]) for row in rows(load(ada, bob))] == [("Ada Lovelace", 1), ("Bob Ray", 1)]


def test_the_owner_of_a_page_with_initials_is_no_coauthor_on_it() -> None:
    page = SITES / "google-scholar" / "profile.chromium.txt"
    store = load(read(page))
    names = [row["name"] for row in coauthors(store).rows]
    assert names[0] == "T Brindlewick"
    assert "N Quillfeather" not in names
    assert [row["owner_named"] for row in profiles(store).rows] == [12]
    both = load(read(page), read(b"Nora Q\n\nh-index1\n\nLGMar 1, 2022\nStrings\n\nNora Q, N Quillfeather\n\nText."))
    assert [row["papers"] for row in coauthors(both).rows if row["name"] == "N Quillfeather"] == [1]


def test_a_paper_on_two_pages_counts_once() -> None:
    shared = ("LGMar 1, 2022", "Shared Title", "Cid Roe, Ada Lovelace, Bob Ray, Dan Poe")
    same_paper = ("LGMar 1, 2022", "SHARED  TITLE".replace("  ", " "), "Cid Roe, Ada Lovelace, Bob Ray, Dan Poe")
    store = load(page("Ada Lovelace", shared), page("Bob Ray", same_paper))
    (cid,) = [row for row in rows(store) if row["name"] == "Cid Roe"]
    (dan,) = [row for row in rows(store) if row["name"] == "Dan Poe"]

    assert (cid["papers"], cid["first_author"], cid["last_author"]) == (1, 1, 0)
    assert (dan["papers"], dan["first_author"], dan["last_author"]) == (1, 0, 1)


def test_a_page_without_a_name_lists_all_authors() -> None:
    store = load(read(b"LGMar 1, 2022\nTitle\n\nAda Lovelace, Bob Ray\n\nText.", as_of=AS_OF))

    assert names(store) == ["Ada Lovelace", "Bob Ray"]


def test_names_with_equal_folded_forms_are_one_person_with_the_first_spelling() -> None:
    store = load(
        page(
            "Ada Lovelace",
            ("LGMar 1, 2022", "First", "Zoë Ångström, Ada Lovelace"),
            ("LGMar 2, 2022", "Second", "Zoe Angstrom, ADA LOVELACE"),
        )
    )

    assert [(row["name"], row["papers"]) for row in rows(store)] == [("Zoë Ångström", 2)]


def test_a_name_that_occurs_twice_in_a_list_counts_once_with_the_first_spelling() -> None:
    store = load(page("Ada Lovelace", ("LGMar 1, 2022", "Title", "Zoë Ray, Bob Poe, Zoe Ray")))

    assert [(row["name"], row["papers"], row["first_author"], row["last_author"]) for row in rows(store)] == [
        ("Bob Poe", 1, 0, 1),
        ("Zoë Ray", 1, 1, 0),
    ]


def test_the_last_name_of_a_truncated_list_is_not_the_last_author() -> None:
    store = load(page("Ada Lovelace", ("LGMar 1, 2022", "Title", "Ada Lovelace, Bob Ray et al.")))

    assert [(row["name"], row["last_author"]) for row in rows(store)] == [("Bob Ray", 0)]


def test_the_only_author_of_a_paper_is_not_a_coauthor_on_a_page_without_header() -> None:
    bylines = (("Ann Poe and Bob Ray", 2020), ("Ann Poe", 2021), ("Cid Roe", 2021), ("Dan Foe and others", 2022))
    entries = (f"@misc{{e, title={{By {names}}}, author={{{names}}}, year={year}}}" for names, year in bylines)
    store = load(read("\n".join(entries)))

    by_name = {row["name"]: (row["papers"], row["years"]) for row in rows(store)}
    assert by_name == {"Ann Poe": (1, [2020]), "Bob Ray": (1, [2020]), "Dan Foe": (1, [2022])}
    assert [row["papers"] for row in people(store, "author:cid").rows] == [1]


def test_all_spellings_of_a_name_are_listed() -> None:
    bylines = ("José García, Li-Ming Wu", "Jose Garcia, LI-MING WU", "JOSÉ GARCÍA, Li-Ming Wu")
    records = ((f"LGMar 1, {2021 + number}", f"Title {number}", byline) for number, byline in enumerate(bylines))
    store = load(page("Ada Lovelace", *records))

    for answer in (people(store), coauthors(store)):
        assert {row["name"]: row["names"] for row in answer.rows} == {
            "José García": ["José García", "JOSÉ GARCÍA", "Jose Garcia"],
            "Li-Ming Wu": ["Li-Ming Wu", "LI-MING WU"],
        }
        assert answer.optional == ("names",)
    assert [row["names"] for row in people(store, "year:2022").rows] == [["Jose Garcia"], ["LI-MING WU"]]


def test_people_without_a_date_have_no_years() -> None:
    undated = page("Ada Lovelace", ("LGMar 1, 2024", "Dated", "Bob Ray"), ("LGMar 2", "Undated", "Cid Roe, Bob Ray"))
    by_name = {row["name"]: row for row in rows(load(undated))}

    assert [by_name["Cid Roe"][field] for field in COAUTHOR_FIELDS[2:6]] == [None, False, None, False]
    assert [by_name["Bob Ray"][field] for field in COAUTHOR_FIELDS[2:6]] == [2024, False, 2024, False]


@examples(120)
@given(strategies.documents(), strategies.expressions)
def test_counts_agree_with_the_oracle(document: Document, where: Expression) -> None:
    assert folded(load(document), Query(where)) == oracle.coauthors(document.pages, where)


@examples(60)
@given(strategies.documents())
def test_counts_over_all_papers_agree_with_the_oracle(document: Document) -> None:
    assert folded(load(document)) == oracle.coauthors(document.pages)


def folded(store: Store, query: Query | None = None) -> list[dict[str, object]]:
    """Return only the fields that the oracle also computes, which exclude spellings of names and the trend line."""
    fields = [field for field in COAUTHOR_FIELDS if field not in ("name", "names")]
    return [{"name": fold(str(row["name"])), **{field: row[field] for field in fields}} for row in rows(store, query)]


def test_papers_with_the_same_title_in_different_years_are_different() -> None:
    entries = [(2010, "John Doe"), (2015, "John Doe"), (2020, "Ann Smith"), (2020, "Ann Smith")]
    bibtex = "\n".join(
        f"@article{{e{number}, title={{Editorial}}, author={{Jane Roe and {other}}}, year={{{year}}}}}"
        for number, (year, other) in enumerate(entries)
    )
    counts = {row["name"]: (row["papers"], row["papers_by_year"]) for row in coauthors(load(read(bibtex))).rows}
    assert counts == {"Jane Roe": (3, [1, 1, 1]), "John Doe": (2, [1, 1]), "Ann Smith": (1, [1])}


def test_a_category_with_an_explicit_class_is_not_ambiguous() -> None:
    entry = "@misc{a, title={Seeing}, author={Ada Lovelace and Bo Ray}, eprint={2001.00001}, primaryclass={cs.CV}}\n"
    page = "CVMar 13, 2022\nSeeing\n\nAda Lovelace, Bo Ray\n\nText.\n"
    for source, ambiguous in (entry, []), (page, ["CV"]):
        row, _ = coauthors(load(read(source))).rows
        assert (row["categories"], row["ambiguous"]) == (["CV"], ambiguous)
