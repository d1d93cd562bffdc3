"""The co-author network of a page, compared with networkx, and chains of co-authors."""

from datetime import date
from itertools import combinations
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import pytest
from hypothesis import given

import oracle
import strategies
from pubcli.analysis.network import NETWORK_FIELDS, NETWORK_ORDERS, PATH_FIELDS, drawing, network, path, people_table
from pubcli.answer.values import partial_date
from pubcli.model import Document
from pubcli.query.expression import Order, Query
from pubcli.query.language import build
from pubcli.reader import read
from pubcli.store import persons
from pubcli.store.database import Store
from pubcli.store.load import load
from pubcli.text.normalize import fold
from thoroughness import examples


def by_networkx(document: Document, *, owners: bool = False) -> Any:
    """Return the graph as networkx builds it from the records."""
    graph = nx.Graph()
    papers: dict[str, set[object]] = {}
    joint_papers: dict[tuple[str, str], set[object]] = {}
    for page in document.pages:
        for paper in page.papers:
            people = {fold(name) for name in paper.authors}
            if owners and not paper.authors_complete and page.profile.name:
                people.add(fold(page.profile.name))
            title = oracle.work_id(paper)
            for person in people:
                papers.setdefault(person, set()).add(title)
            for pair in combinations(sorted(people), 2):
                joint_papers.setdefault(pair, set()).add(title)
    for person, titles in papers.items():
        graph.add_node(person, papers=len(titles))
    for pair, titles in joint_papers.items():
        graph.add_edge(*pair, weight=len(titles))
    return graph


def rows(store: Store, query: Query | None = None, **options: bool) -> list[Any]:
    return list(people_table(network(store, query or "", **options), query or Query()).rows)


@pytest.fixture(scope="module")
def real_store(document: Document) -> Store:
    return load(document)


def assert_agrees_with_networkx(store: Store, document: Document, *, owners: bool) -> None:
    networkx_graph = by_networkx(document, owners=owners)
    by_name = {fold(row["name"]): row for row in rows(store, owners=owners)}
    assert by_name.keys() == set(networkx_graph)
    assert {name: row["degree"] for name, row in by_name.items()} == dict(networkx_graph.degree())
    assert {name: row["strength"] for name, row in by_name.items()} == dict(networkx_graph.degree(weight="weight"))
    assert {name: row["papers"] for name, row in by_name.items()} == dict(networkx_graph.nodes(data="papers"))
    between = nx.betweenness_centrality(networkx_graph)
    assert {name: row["betweenness"] for name, row in by_name.items()} == pytest.approx(between, abs=1e-6)
    for part in nx.connected_components(networkx_graph):
        assert len({by_name[name]["component"] for name in part}) == 1
    assert len({row["component"] for row in by_name.values()}) == nx.number_connected_components(networkx_graph)


@pytest.mark.parametrize("owners", [False, True], ids=["shown", "owners"])
def test_the_network_of_the_real_page_agrees_with_networkx(real_store: Store, document: Document, owners: bool) -> None:
    assert_agrees_with_networkx(real_store, document, owners=owners)


@examples(60)
@given(strategies.documents())
def test_networks_of_random_pages_agree_with_networkx(document: Document) -> None:
    for owners in (False, True):
        assert_agrees_with_networkx(load(document), document, owners=owners)


def test_people_are_sorted_by_number_of_coauthors(real_store: Store) -> None:
    first = rows(real_store, Query(limit=2))

    assert [(row["name"], row["papers"], row["degree"], row["strength"]) for row in first] == [
        ("Meisam Razaviyayn", 29, 26, 51),
        ("Sina Baharlouei", 7, 10, 13),
    ]
    assert all(tuple(row) == NETWORK_FIELDS for row in first)
    (meisam, *_) = rows(real_store, owners=True)
    assert (meisam["name"], meisam["papers"], meisam["degree"]) == ("Meisam Razaviyayn", 50, 60)


@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("field", NETWORK_ORDERS)
def test_people_can_be_sorted_by_every_field(real_store: Store, field: str, descending: bool) -> None:
    values = [row[field] for row in rows(real_store, Query(sort=(Order(field, descending),)))]
    folded = [fold(value) if field == "name" else value for value in values]

    assert folded == sorted(folded, reverse=descending)
    page = rows(real_store, Query(sort=(Order(field, descending),), limit=4, offset=3))
    assert [row[field] for row in page] == values[3:7]


def test_notes_explain_what_the_counts_leave_out(real_store: Store) -> None:
    assert network(real_store).notes == (
        "30 of 50 author lists are incomplete (et al.): every count is a lower bound, and ties of people who are not "
        "shown are missing",
        "21 truncated author lists do not name the owner of their page; use --owners to count the owner as an author",
    )
    assert len(network(real_store, owners=True).notes) == 1
    assert network(real_store, "authors_complete:yes").notes == ()


def test_notes_about_a_single_list_are_in_the_singular() -> None:
    papers = "LGMar 1, 2022\nOne\n\nBo Ray, Cy Do et al.\n\nText\n\nLGMar 1, 2021\nTwo\n\nAda, Cy Do\n\nText\n"
    page = f"Ada\n\nh-index1\n\n{papers}"

    assert network(load(read(page))).notes == (
        "1 of 2 author lists is incomplete (et al.): every count is a lower bound, and ties of people who are not "
        "shown are missing",
        "1 truncated author list does not name the owner of its page; use --owners to count the owner as an author",
    )


def test_all_spellings_of_a_name_are_listed() -> None:
    papers = "LGMar 1, 2022\nOne\n\nJosé García, Bo\n\nText\n\nLGMar 1, 2021\nTwo\n\nJose Garcia, Bo Ray\n\nText\n"
    store = load(read(papers))

    assert {str(row["name"]): row["names"] for row in rows(store)}["José García"] == ["José García", "Jose Garcia"]


def test_an_ego_network_has_the_coauthors_of_a_person(real_store: Store, document: Document) -> None:
    networkx_graph = nx.ego_graph(by_networkx(document), "andrew lowy")
    ego = network(real_store).ego_network(persons.find_person(real_store, "andrew lowy"))

    assert set(ego.graph.names) == set(networkx_graph)
    assert len(list(ego.graph.edges())) == networkx_graph.number_of_edges()
    assert network(real_store, "category:OC").ego_network(persons.find_person(real_store, "andrew lowy")).people == []


def test_a_minimum_weight_removes_edges_and_isolated_people(real_store: Store, document: Document) -> None:
    heavy = [(name, other) for name, other, weight in by_networkx(document).edges(data="weight") if weight >= 3]
    filtered = network(real_store).with_min_weight(3)

    assert len(list(filtered.graph.edges())) == len(heavy)
    assert set(filtered.graph.names) == {name for edge in heavy for name in edge}


def test_a_drawing_has_the_people_that_a_query_selects(real_store: Store) -> None:
    graph = drawing(network(real_store), Query(limit=3))
    rows_by_name = {row["name"]: row for row in rows(real_store)}

    assert [node["name"] for node in graph.nodes] == ["Meisam Razaviyayn", "Sina Baharlouei", "Tianjian Huang"]
    assert all(node == rows_by_name[node["name"]] for node in graph.nodes)
    assert all(node < other < 3 for node, other, _ in graph.edges)


PAGES = """Ada Lovelace

h-index1

LGMar 1, 2022
First

Ada Lovelace, Bob Ray et al.

LGMar 1, 2023
Second

B. Ray, Cid Roe

LGMar 1, 2021
Third

Cid Roe, Dan Poe

LGMar 1, 2020
Fourth

Cid Roe, Dan Poe

LGMar 1, 2020
Alone

Eve Fox
"""


@pytest.fixture
def small_store() -> Store:
    return load(read(PAGES.encode(), as_of=date(2024, 6, 1)))


def chain(store: Store, start: str, end: str, query: str = "", *, owners: bool = False) -> list[Any]:
    ends = persons.find_person(store, start), persons.find_person(store, end)
    return list(path(store, ends, build(query), owners=owners).rows)


def test_several_names_of_one_person_are_a_single_node(small_store: Store) -> None:
    assert chain(small_store, "ada", "dan") == []
    persons.apply_groups(small_store, [["Bob Ray", "B. Ray"]])
    by_name = {row["name"]: row for row in rows(small_store)}

    assert (by_name["Bob Ray"]["names"], by_name["Bob Ray"]["degree"]) == (["Bob Ray", "B. Ray"], 2)
    assert [(row["step"], row["name"], row["next_name"], row["title"]) for row in chain(small_store, "ada", "dan")] == [
        (1, "Ada Lovelace", "Bob Ray", "First"),
        (2, "Bob Ray", "Cid Roe", "Second"),
        (3, "Cid Roe", "Dan Poe", "Third"),
        (3, "Cid Roe", "Dan Poe", "Fourth"),
    ]
    assert [row["papers"] for row in chain(small_store, "dan", "cid")] == [2, 2]
    assert all(
        tuple(row)[:4] == PATH_FIELDS[:4] and row.keys() == set(PATH_FIELDS) for row in chain(small_store, "dan", "cid")
    )


def test_a_query_selects_the_papers_of_a_chain(small_store: Store) -> None:
    assert [row["title"] for row in chain(small_store, "cid", "dan", "year:2020")] == ["Fourth"]
    assert chain(small_store, "cid", "dan", "year:2022..") == []
    assert chain(small_store, "eve", "cid") == []


def test_a_chain_may_include_an_owner_whom_lists_do_not_show(real_store: Store) -> None:
    without_owner, with_owner = (
        chain(real_store, "sumit nawathe", "bateni", owners=owners) for owners in (False, True)
    )

    assert max(row["step"] for row in with_owner) == 2
    assert max(row["step"] for row in without_owner) == 5


def test_the_shortest_chains_of_the_real_page_agree_with_networkx(real_store: Store, document: Document) -> None:
    theirs = by_networkx(document)
    start = "andrew lowy"
    for other, length in nx.single_source_shortest_path_length(theirs, start).items():
        if other != start:
            steps = chain(real_store, start, other)
            assert steps[-1]["step"] == length
            for row in steps:
                assert theirs[fold(row["name"])][fold(row["next_name"])]["weight"] == row["papers"]


def test_dates_of_a_chain_show_only_the_known_part() -> None:
    store = load(read("@misc{k, title={Title}, author={Ada Lovelace and Bo Li},\nyear=2020}\n"))
    [row] = path(
        store, (persons.find_person(store, "ada lovelace"), persons.find_person(store, "bo li")), owners=False
    ).rows
    assert partial_date(row) == "2020"


def test_a_paper_with_too_many_authors_adds_no_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pubcli.analysis.network.MAX_AUTHORS", 2)
    rows = "\n".join(
        f"@article{{k{number}, title={{Title {number}}}, author={{{names}}}, year=2020}}"
        for number, names in enumerate(("Ada Lovelace and Grace Hopper", "Ada Lovelace and Grace Hopper and Bo Li"))
    )
    store = load(read(rows))
    coauthors = network(store)
    assert [(person["name"], person["papers"]) for person in coauthors.people] == [
        ("Ada Lovelace", 2),
        ("Bo Li", 1),
        ("Grace Hopper", 2),
    ]
    assert list(coauthors.graph.edges()) == [(0, 2, 1)]
    assert "1 paper with more than 2 authors adds no ties" in coauthors.notes
    ends = (persons.find_person(store, "bo li"), persons.find_person(store, "grace hopper"))
    answer = path(store, ends, owners=False)
    assert [(row["name"], row["title"]) for row in answer.rows] == [("Bo Li", "Title 1")]
    assert "1 paper with more than 2 authors adds no ties" in answer.notes
