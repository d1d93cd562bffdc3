"""Networks of keywords, venues and papers: networkx computes the same from random papers."""

from collections import Counter
from dataclasses import replace
from itertools import combinations
from typing import Any

import networkx  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.analysis.items import KINDS, find_item, item_network
from pubcli.analysis.network import Network, edge_table, network, people_table
from pubcli.analysis.references import key, split
from pubcli.analysis.themes import themes
from pubcli.cli.network import KINDS as OFFERED
from pubcli.errors import UsageError
from pubcli.query.expression import Query
from pubcli.reader import read
from pubcli.store.load import load
from thoroughness import examples

KEYWORDS = ("graphs", "Graphs", "trees", "sets", "fields")
JOURNALS = ("Nature", "Science", "Cell")
PEOPLE = ("Ada Lovelace", "Bo Li", "Cy Young")


def entry(number: int, **fields: Any) -> str:
    values = {"title": f"{{A Long Title of Paper Number {number}}}", **fields}
    return f"@article{{p{number}, " + ", ".join(f"{name} = {{{value}}}" for name, value in values.items()) + "}\n"


def edges(graph: Network) -> dict[tuple[str, str], int]:
    return {(row["source"], row["target"]): row["weight"] for row in edge_table(graph, Query()).rows}


def nodes(graph: Network) -> dict[str, Any]:
    return {row["name"]: row for row in people_table(graph, Query()).rows}


PAPERS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(KEYWORDS), unique=True, max_size=4),
        st.sampled_from((None, *JOURNALS)),
        st.lists(st.sampled_from(PEOPLE), unique=True, max_size=3),
        st.integers(2000, 2005),
    ),
    min_size=1,
    max_size=8,
)


@examples(60)
@given(papers=PAPERS)
def test_keywords_are_linked_by_the_papers_that_have_both(papers: Any) -> None:
    text = "\n".join(
        entry(number, keywords=", ".join(words), year=year) for number, (words, _, _, year) in enumerate(papers)
    )
    store = load(read(text, form="bibtex"))
    expected = networkx.Graph()
    counts: Counter[str] = Counter()
    for words, *_ in papers:
        folded = sorted({word.lower() for word in words})
        counts.update(folded)
        expected.add_nodes_from(folded)
        for pair in combinations(folded, 2):
            weight = expected.get_edge_data(*pair, {"weight": 0})["weight"]
            expected.add_edge(*pair, weight=weight + 1)
    graph = item_network(store, "keywords")
    assert {frozenset(map(str.lower, pair)): weight for pair, weight in edges(graph).items()} == {
        frozenset(pair): expected.edges[pair]["weight"] for pair in expected.edges
    }
    rows_by_name = {name.lower(): row for name, row in nodes(graph).items()}
    assert {name: row["papers"] for name, row in rows_by_name.items()} == counts
    assert {name: row["degree"] for name, row in rows_by_name.items()} == dict(expected.degree())
    strength = dict(expected.degree(weight="weight"))
    assert {name: row["strength"] for name, row in rows_by_name.items()} == strength
    for name, row in rows_by_name.items():
        years = [year for words, _, _, year in papers if name in {word.lower() for word in words}]
        assert row["mean_year"] == pytest.approx(sum(years) / len(years), abs=0.05001)


@examples(40)
@given(papers=PAPERS)
def test_venues_are_linked_by_the_people_who_publish_in_both(papers: Any) -> None:
    text = "\n".join(
        entry(number, **({"journal": journal} if journal else {}), author=" and ".join(people))
        for number, (_, journal, people, _) in enumerate(papers)
    )
    expected: Counter[tuple[str, str]] = Counter()
    for person in PEOPLE:
        venues = {journal for _, journal, people, _ in papers if journal and person in people}
        expected.update(combinations(sorted(venues), 2))
    graph = item_network(load(read(text, form="bibtex")), "venues")
    assert edges(graph) == dict(expected)
    assert {name: row["papers"] for name, row in nodes(graph).items()} == Counter(
        journal for _, journal, _, _ in papers if journal
    )


CROSSREF = """[
{"id": "a", "type": "article-journal", "title": "A First Title of Some Length", "DOI": "10.1000/a",
 "reference": [{"key": "1", "DOI": "10.1000/B"}, {"key": "2", "unstructured": "Doe, Other Work, 1999"}]},
{"id": "b", "type": "article-journal", "title": "A Second Title of Some Length", "DOI": "10.1000/b",
 "reference": [{"key": "1", "unstructured": "Doe, Other Work, 1999"}]},
{"id": "c", "type": "article-journal", "title": "Without References at All"}
]"""
WEB_OF_SCIENCE = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Lovelace, A
TI A First Title of Some Length
SO J
PY 2020
VL 3
BP 10
EP 12
CR Noether E, 1918, MATH ANN, V12, P1
   Hilbert D, 1900, GOTT NACHR, P253
ER

PT J
AU Noether, E
TI A Second Title of Some Length
SO MATH ANN
PY 1918
VL 12
BP 1
CR Hilbert D, 1900, GOTT NACHR, P253
ER

EF
"""
SCOPUS = (
    "Authors,Title,Year,References,EID\n"
    '"Lovelace A.",A First Title of Some Length,2020,'
    '"Noether E., A Second Title of Some Length, Nachr, 1, (1918); Hilbert D., Foo, (1900)",1\n'
    '"Noether E.",A Second Title of Some Length,1918,"Hilbert D., Foo, (1900)",2\n'
)
OPENALEX = """{"results": [
{"id": "https://openalex.org/W1111", "title": "First", "publication_year": 2020,
 "referenced_works": ["https://openalex.org/W2222", "https://openalex.org/W9999"]},
{"id": "https://openalex.org/W2222", "title": "Second", "publication_year": 2019,
 "referenced_works": ["https://openalex.org/W9999"]}
]}"""


@pytest.mark.parametrize(
    ("text", "form"),
    [(CROSSREF, "csl-json"), (WEB_OF_SCIENCE, "wos"), (SCOPUS, "csv"), (OPENALEX, "openalex")],
    ids=["Crossref", "Web of Science", "Scopus", "OpenAlex"],
)
def test_references_link_papers_by_citation_and_by_coupling(text: str, form: str) -> None:
    document = read(text, form=form)
    first, second = (paper.key for paper in document.papers[:2])
    for of in ("citations", "coupling"):
        graph = item_network(load(document), of)
        assert list(edges(graph).values()) == [1]
        assert set(next(iter(edges(graph)))) == {first, second}
        assert graph.notes == (f"references are known for 2 of {len(document.papers)} papers",)
        assert nodes(graph)[first]["names"][1] == document.papers[0].title


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("W2741809807", "openalex:W2741809807"),
        ("https://openalex.org/W2741809807", "openalex:W2741809807"),
        ("Noether E, 1918, MATH ANN, V12, P1, DOI 10.1000/XYZ.", "doi:10.1000/xyz"),
        ("https://doi.org/10.1000/(a)b", "doi:10.1000/(a)b"),
        ("arXiv:2203.06735v2", "arxiv:2203.06735"),
        ("Müller, Über X", "muller, uber x"),
    ],
)
def test_the_key_of_a_reference(reference: str, expected: str) -> None:
    assert key(reference) == expected


def test_damaged_lists_of_references_are_text() -> None:
    assert split('[{"DOI": ') == ['[{"DOI":']
    assert split(" ; a;; b") == ["a", "b"]


def test_the_kinds_of_the_command_line_are_those_of_the_analysis() -> None:
    assert (*KINDS,) == OFFERED


@pytest.mark.parametrize("of", [kind for kind in KINDS if kind != "people"])
def test_papers_without_items_are_an_empty_network(of: str) -> None:
    graph = item_network(load(read("@misc{a, title = {Single}}\n")), of)
    assert (list(people_table(graph, Query()).rows), list(themes(graph, Query()).rows)) == ([], [])


def test_people_have_a_mean_year_in_which_a_paper_on_two_pages_counts_once() -> None:
    page = entry(1, author="Ada Lovelace", year=2000)
    other = entry(2, author="Ada Lovelace", year=2003)
    graph = network(load(read(page), read(page + "\n" + other)))
    assert nodes(graph)["Ada Lovelace"]["mean_year"] == 2001.5


def test_themes_have_the_centrality_and_density_of_callon() -> None:
    """Two pairs of keywords, each in two papers, and a paper with one keyword of each pair."""
    lists = ["a, b", "a, b", "c, d", "c, d", "b, c"]
    graph = item_network(
        load(read("\n".join(entry(n, keywords=k, year=2000 + n) for n, k in enumerate(lists)))), "keywords"
    )
    rows = {row["theme"]: row for row in themes(graph, Query()).rows}
    assert rows.keys() == {"b, a", "c, d"}
    for row in rows.values():
        assert row["density"] == pytest.approx(100 * (2 * 2 / (2 * 3)) / 2, abs=0.001)
        assert row["centrality"] == pytest.approx(10 / 9, abs=0.001)
        assert (row["items"], row["papers"], row["quadrant"]) == (2, 5, "motor")


def test_an_item_is_named_in_full_or_by_a_part() -> None:
    graph = item_network(load(read(entry(1, keywords="Neural Networks, Networks, Sets"))), "keywords")
    assert find_item(graph, "networks") == "networks"
    assert find_item(graph, "neural") == "neural networks"
    with pytest.raises(UsageError, match="'frob' is none of the keywords"):
        find_item(graph, "frob")
    with pytest.raises(UsageError, match="give more of the name"):
        find_item(graph, "net")


def test_the_references_of_a_paper_in_two_databases_count_once() -> None:
    documents = [read(text, form=form) for text, form in ((SCOPUS, "csv"), (WEB_OF_SCIENCE, "wos"))]
    papers = [paper for document in documents for paper in document.papers]
    extra = papers[0].extra | papers[2].extra
    both = papers[0].model_copy(update={"extra": extra})
    page = replace(documents[0].pages[0], papers=(both, papers[1]))
    document = replace(documents[0], pages=(page,))
    assert {"References", "CR"} <= extra.keys()
    assert list(edges(item_network(load(document), "coupling")).values()) == [1]
