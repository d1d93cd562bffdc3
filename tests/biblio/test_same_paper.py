"""Which records are the same paper."""

import json
from itertools import permutations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.biblio.same_paper import (
    Decisions,
    Listing,
    ListingId,
    are_versions,
    group_listings,
    link_digests,
    may_be_same,
    title_digest,
)
from strategies import paper_row
from thoroughness import examples

NO_DECISIONS = Decisions({})
JOURNAL = {"kind": "article", "venue": "J One", "volume": "1", "pages": "1-2"}


def listing(owner: str, title: str = "Games", *authors: str, **values: Any) -> Listing:
    record = paper_row(title, *(authors or ("Ada Lovelace",)), **values)
    return Listing(1, owner, owner, record, json.dumps(record), title_digest(title))


def are_merged(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """Return whether two records with the same title and author on two pages are one paper."""
    return len(group_listings([listing("a", **first), listing("b", **second)], NO_DECISIONS)) == 1


SAME: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "nothing known": ({}, {}),
    "years one apart": ({"date": "2020-12-31"}, {"date": "2021-01-01"}),
    "one DOI": ({"doi": "10.1000/a"}, {}),
    "the same DOI outweighs years": ({"doi": "10.1000/a", "date": "2001-01-01"}, {"doi": "10.1000/a"}),
    "the same DOI outweighs pages": ({"doi": "10.1000/a", "pages": "1"}, {"doi": "10.1000/a", "pages": "77"}),
    "place on one page only": (JOURNAL, {}),
    "dashes in pages": (JOURNAL, JOURNAL | {"pages": "1--2"}),
    "zeros before a volume": (JOURNAL, JOURNAL | {"volume": "01"}),
    "abbreviated journal": (
        {"kind": "article", "venue": "J. Mach. Learn. Res."},
        {"kind": "article", "venue": "Journal of Machine Learning Research"},
    ),
    "another name of the journal with the same volume and pages": (JOURNAL, JOURNAL | {"venue": "Zeitschrift"}),
    "names of a conference": (
        {"kind": "inproceedings", "venue": "Computer Vision"},
        {"kind": "inproceedings", "venue": "CVF Conference"},
    ),
    "the same arXiv identifier outweighs years": (
        {"arxiv": "2601.00001", "date": "2001-01-01"},
        {"arxiv": "2601.00001"},
    ),
    "a preprint and its published version with the same arXiv identifier": (
        {"kind": "preprint", "arxiv": "2601.00001", "doi": "10.48550/arxiv.2601.00001"},
        JOURNAL | {"arxiv": "2601.00001", "doi": "10.1000/a"},
    ),
    "a preprint twice": ({"kind": "preprint"}, {"venue": "CoRR"}),
}
DIFFERENT: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "years": ({"date": "2019-01-01"}, {"date": "2021-01-01"}),
    "DOIs in spite of the same arXiv identifier": (
        {"arxiv": "2601.00001", "doi": "10.1000/a"},
        {"arxiv": "2601.00001", "doi": "10.1000/b"},
    ),
    "DOIs": ({"doi": "10.1000/a"}, {"doi": "10.1000/b"}),
    "journal, volume and pages": (JOURNAL, {"kind": "article", "venue": "J Two", "volume": "9", "pages": "77-78"}),
    "volume of one journal": (JOURNAL, JOURNAL | {"volume": "2"}),
    "pages of one volume": (JOURNAL, JOURNAL | {"pages": "77"}),
    "issue of one volume": (
        {"kind": "article", "venue": "J One", "volume": "1", "issue": "1"},
        {"kind": "article", "venue": "J One", "volume": "1", "issue": "2"},
    ),
    "journals alone": ({"kind": "article", "venue": "Nature"}, {"kind": "article", "venue": "Science"}),
    "a preprint and its published version": ({"kind": "preprint"}, JOURNAL),
    "the DOI of a preprint": ({"doi": "10.1101/2020.01.01.123456"}, {"kind": "article", "venue": "Nature"}),
}


@pytest.mark.parametrize(("first", "second"), SAME.values(), ids=SAME.keys())
def test_records_that_do_not_contradict_each_other_are_one_paper(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert are_merged(first, second)
    assert are_merged(second, first)


@pytest.mark.parametrize(("first", "second"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_records_that_contradict_each_other_are_two_papers(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert not are_merged(first, second)
    assert not are_merged(second, first)


def test_the_same_title_and_doi_need_no_common_author() -> None:
    with_initial = listing("b", "GAMES", "A. Lovelace", doi="10.1000/a")
    assert len(group_listings([listing("a", doi="10.1000/a"), with_initial], NO_DECISIONS)) == 1
    assert len(group_listings([listing("a"), with_initial], NO_DECISIONS)) == 2


def test_papers_on_one_page_are_one_paper_only_by_a_decision() -> None:
    first, second = listing("a", key="x", doi="10.1000/a"), listing("a", key="y", doi="10.1000/a")
    third = listing("a", key="z", doi="10.1000/a")
    assert len(group_listings([first, second, third], NO_DECISIONS)) == 3
    decisions = Decisions({frozenset((first.ids[0], second.ids[0])): True})
    assert sorted(map(len, group_listings([first, second, third], decisions))) == [1, 2]


def test_a_decision_about_one_of_several_papers_has_precedence() -> None:
    first, second, other = listing("a", key="x"), listing("a", key="y"), listing("b")
    decisions = Decisions({
        frozenset((first.listing_id, other.listing_id)): True,
        frozenset((first.ids[0], other.listing_id)): False,
    })  # fmt: skip
    assert (decisions.about(first, other), decisions.about(other, second)) == (False, True)
    assert decisions.partners(second) == {ListingId("b", other.title_digest)}


def test_a_preprint_and_its_published_version_are_recognised() -> None:
    preprint, published = listing("a", kind="preprint"), listing("b", **JOURNAL, doi="10.1000/a")
    assert are_versions(preprint, published)
    assert not are_versions(listing("a", kind="preprint", doi="10.1000/a"), published)


LONG = "Walks on regular kites"


@pytest.mark.parametrize(
    ("title", "authors", "others", "values"),
    [
        (LONG, ["A Lovelace"], ["Ada Lovelace"], {}),
        ("Games", ["A Lovelace", "EJ van der Fox"], ["Ada Lovelace", "Eve J. van der Fox"], {}),
        ("Games", ["A Lovelace", "C Day"], ["Ada Lovelace", "Carol Day", "Bo Ray"], {"authors_complete": False}),
    ],
)
def test_authors_who_agree_by_initials_show_the_same_paper(
    title: str, authors: list[str], others: list[str], values: dict[str, Any]
) -> None:
    pages = listing("a", title, *authors, **values), listing("b", title.upper(), *others)
    assert may_be_same(*pages, NO_DECISIONS)
    assert len(group_listings(pages, NO_DECISIONS)) == 1


@pytest.mark.parametrize(
    ("title", "authors", "others"),
    [
        ("Editorial", ["A Lovelace"], ["Ada Lovelace"]),
        (LONG, ["A Lovelace"], ["Bo Lovelace"]),
        (LONG, ["Anna Lovelace"], ["Ada Lovelace"]),
        (LONG, ["A Lovelace", "C Day"], ["Ada Lovelace", "Bo Day"]),
        (LONG, ["A Lovelace", "C Day"], ["Ada Lovelace"]),
        (LONG, ["A Lovelace"], []),
    ],
)
def test_initials_alone_show_nothing(title: str, authors: list[str], others: list[str]) -> None:
    record = {"authors": others}
    other = listing("b", title, **record) if not others else listing("b", title, *others)
    assert not may_be_same(listing("a", title, *authors), other, NO_DECISIONS)


def test_records_with_the_same_arxiv_identifier_are_one_paper_under_any_title() -> None:
    first = listing("a", "Walks on kites", "Ada Lovelace", arxiv="2601.00001")
    renamed = listing("b", "On walking", "A Lovelace", arxiv="2601.00001")
    other = listing("b", "On walking", "A Lovelace", arxiv="2601.00002", position=2, key="other")
    error = listing("c", "On flying", "Bo Lee", "A Lovelace", arxiv="2601.00001")
    assert not may_be_same(first, error, NO_DECISIONS)
    assert may_be_same(first, listing("c", "Walks on kites", "Bo Lee", arxiv="2601.00001"), NO_DECISIONS)
    assert may_be_same(first, renamed, NO_DECISIONS)
    assert not may_be_same(first, other, NO_DECISIONS)
    groups = group_listings([first, renamed, other], NO_DECISIONS)
    assert sorted(len(group) for group in groups) == [1, 2]
    split = Decisions({frozenset((first.listing_id, renamed.listing_id)): False})
    assert len(group_listings([first, renamed], split)) == 2


def test_links_are_the_same_in_every_version() -> None:
    assert sorted(link_digests(title_digest("Games"), ["Ada Lovelace"], "10.1000/a", None)) == LINKS
    assert set(link_digests(0, [], None, "2601.00001")) == {ARXIV_LINK}


ARXIV_LINK = -4411351278117297714
LINKS = [-4756322914190297835, -601439464623155103, 8121647487245171142]
_values = st.fixed_dictionaries({
    "owner": st.sampled_from("abc"), "author": st.sampled_from("xy"), "title": st.sampled_from(["Games", "Editorial"]),
    "key": st.sampled_from(["k", "l"]), "doi": st.sampled_from([None, None, "10.1/a", "10.1/b"]),
    "date": st.sampled_from(["2019-01-01", "2020-01-01", "2021-01-01"]), "kind": st.sampled_from([None, "preprint"]),
    "volume": st.sampled_from([None, "1", "2"]), "venue": st.sampled_from([None, "Nature"]),
})  # fmt: skip


@examples(300)
@given(st.lists(_values, max_size=7), st.randoms(use_true_random=False))
def test_listings_that_may_not_be_the_same_as_any_other_are_alone(values: list[dict[str, Any]], random: Random) -> None:
    """So a library may leave them out when it groups the others again."""
    listings = [
        listing(value.pop("owner"), value.pop("title"), value.pop("author"), **value, position=position)
        for position, value in enumerate(values, 1)
    ]
    decisions = Decisions({
        frozenset((a.ids[0], b.ids[0])): random.random() < 0.5
        for a, b in permutations(listings, 2)
        if random.random() < 0.05
    })  # fmt: skip
    groups = {tuple(item.record["position"] for item in group) for group in group_listings(listings, decisions)}
    start = random.randrange(len(listings)) if listings else 0
    component = listings[start : start + 1]
    rest = [item for item in listings if item not in component]
    while joined := [item for item in rest if any(may_be_same(item, other, decisions) for other in component)]:
        component, rest = [*component, *joined], [item for item in rest if item not in joined]
    parts = [*group_listings(component, decisions), *group_listings(rest, decisions)]
    assert {tuple(item.record["position"] for item in group) for group in parts} == groups
