"""Graph files are read by other programs and compared with the graph that was written."""

import io
import json
import os
import shutil
import subprocess
import warnings
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import networkx as nx  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli import graphs
from pubcli.analysis.graph import Graph
from pubcli.analysis.network import Network, drawing, network
from pubcli.graphs import ATTRIBUTES, FORMATS, Drawing, identifier
from pubcli.model import Document
from pubcli.query.expression import Query
from pubcli.store.load import load
from pubcli.text.normalize import fold, visible
from repository import GOLDEN
from thoroughness import examples

HOSTILE = (
    'Eve "the\\" Mallory', "A & B <b>", "]]>", "&amp; &#65;", "tab\tnew\nline", "\x1b]0;owned\x07", "\u202eBow",
    "\ufffe", "back\\", "\\N \\n \\G", '"', "'", "[bold]", "%x -- y; }", "*Edges", "1 2 3", "李明", "Zoë Ångström",
    "#x", "\U0001f469\u200d\U0001f52c",
    *(f"Bo{chr(code)}{code}" for code in (*range(32), 0xD800, 0xDFFF, 0xFFFE, 0xFFFF)),  # XML forbids most of these
)  # fmt: skip


@pytest.fixture(scope="module")
def real_drawing(document: Document) -> Drawing:
    return drawing(network(load(document)), Query())


def hostile(names: tuple[str, ...] = HOSTILE) -> Drawing:
    """Return a drawing of people with hostile names, each connected to the next."""
    ordered = sorted({fold(name): name for name in names}.items())
    ties: list[dict[int, int]] = [{} for _ in ordered]
    for node in range(1, len(ordered)):
        ties[node - 1][node] = ties[node][node - 1] = node
    years = [None, 2019.5, 2020.0]
    people = [
        {"name": name, "names": [name, "other"], "papers": 2, "mean_year": years[number % 3]}
        for number, (_, name) in enumerate(ordered)
    ]
    notes = ('<lower> & "bounds"\n',)
    return drawing(Network(people, Graph([folded for folded, _ in ordered], ties), [], notes), Query())


def write_graph(name: str, graph_drawing: Drawing) -> str:
    out = io.StringIO()
    graphs.write(name, graph_drawing, out)
    return out.getvalue()


def graphml(text: str) -> Any:
    return nx.parse_graphml(text)


def gexf(text: str) -> Any:
    return nx.read_gexf(io.BytesIO(text.encode()))


def dot(text: str) -> Any:
    with warnings.catch_warnings():  # pydot warns about its own parser
        warnings.simplefilter("ignore", DeprecationWarning)
        import pydot

        (parsed,) = pydot.graph_from_dot_data(text) or []
    return nx.Graph(nx.nx_pydot.from_pydot(parsed))


def node_link(text: str) -> Any:
    return nx.node_link_graph(json.loads(text), edges="edges")


READERS: dict[str, Callable[[str], Any]] = {"graphml": graphml, "gexf": gexf, "dot": dot, "graph-json": node_link}


def unquoted(value: Any, type_: type) -> Any:
    """Return a value of DOT, which contains only texts, in its type."""
    return (
        value
        if not isinstance(value, str)
        else {"true": True, "false": False}.get(value)
        if type_ is bool
        else type_(value)
    )


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("kind", ["real", "hostile"])
def test_networkx_reads_the_written_graph_files(name: str, kind: str, real_drawing: Drawing) -> None:
    graph_drawing = real_drawing if kind == "real" else hostile()
    parsed = READERS[name](write_graph(name, graph_drawing))
    ids = graph_drawing.ids
    nodes = {id_.strip('"'): data for id_, data in parsed.nodes(data=True) if id_ not in ("graph", "\\n")}

    assert list(nodes) == ids
    for id_, node in zip(ids, graph_drawing.nodes, strict=True):
        for field, type_ in ATTRIBUTES.items():
            value = nodes[id_].get(field)
            assert (value if value is None else unquoted(value, type_)) == node[field]
    edges = {frozenset(end.strip('"') for end in ends): int(data["weight"]) for *ends, data in parsed.edges(data=True)}
    assert edges == {frozenset((ids[source], ids[other])): weight for source, other, weight in graph_drawing.edges}
    label = {"gexf": "label", "dot": "label"}.get(name, "name")
    names = [nodes[id_][label] for id_ in ids]
    if name == "dot":
        names = [text[1:-1].replace('\\"', '"').replace("\\\\", "\\").replace("&amp;", "&") for text in names]
    expected_text = str if name == "graph-json" else visible
    assert names == [expected_text(str(node["name"])) for node in graph_drawing.nodes]


def test_networkx_reads_names_and_weights_of_pajek(real_drawing: Drawing) -> None:
    for graph_drawing in (
        real_drawing,
        hostile(tuple(name for name in HOSTILE if name != "'")),
    ):  # quotation marks become apostrophes
        parsed = nx.parse_pajek(write_graph("pajek", graph_drawing))
        names = [visible(str(node["name"])).replace('"', "'").replace("\\", "/") for node in graph_drawing.nodes]
        assert list(parsed.nodes) == names
        edges = {frozenset(ends): int(data["weight"]) for *ends, data in parsed.edges(data=True)}
        assert edges == {
            frozenset((names[source], names[other])): weight for source, other, weight in graph_drawing.edges
        }


def test_the_file_for_vosviewer_contains_items_and_links(real_drawing: Drawing) -> None:
    for graph_drawing in (real_drawing, hostile()):
        parsed = json.loads(write_graph("vosviewer", graph_drawing))["network"]
        assert [item["id"] for item in parsed["items"]] == graph_drawing.ids
        assert [item["cluster"] for item in parsed["items"]] == [node["community"] for node in graph_drawing.nodes]
        assert [item["label"] for item in parsed["items"]] == [
            visible(str(node["name"])) for node in graph_drawing.nodes
        ]
        links = [(source["source_id"], source["target_id"], source["strength"]) for source in parsed["links"]]
        assert links == [
            (graph_drawing.ids[source], graph_drawing.ids[other], weight)
            for source, other, weight in graph_drawing.edges
        ]


@pytest.mark.process
@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_reads_the_dot_file() -> None:
    result = subprocess.run(
        ["dot", "-Tplain"], input=write_graph("dot", hostile()).encode(), capture_output=True, check=True
    )
    assert result.stdout.count(b"\nnode ") == len(HOSTILE)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_drawing_gives_the_same_bytes(name: str, document: Document, real_drawing: Drawing) -> None:
    text = write_graph(name, drawing(network(load(document)), Query()))
    assert text == write_graph(name, real_drawing)
    assert "Andrew Lowy" in text
    assert text.endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_drawing_is_written_as_a_valid_file(name: str) -> None:
    empty = Drawing([], [], [], "")
    text = write_graph(name, empty)
    if name in READERS:
        assert [node for node in READERS[name](text).nodes if node not in ("graph", "\\n")] == []
    else:
        assert text


@pytest.mark.parametrize("name", FORMATS)
def test_a_note_about_truncated_lists_is_written_unless_the_format_is_pajek(name: str, real_drawing: Drawing) -> None:
    assert ("30 of 50 author lists" in write_graph(name, real_drawing)) is (name != "pajek")


@examples(100)
@given(st.text(max_size=12), st.text(max_size=12))
def test_every_name_gives_well_formed_xml_and_a_distinct_id(source: str, other: str) -> None:
    graph_drawing = hostile((source, other))
    for name in ("graphml", "gexf"):
        ElementTree.fromstring(write_graph(name, graph_drawing).encode("utf-8"))  # noqa: S314 - pubcli wrote it
    assert len(set(graph_drawing.ids)) == len(graph_drawing.ids)
    assert (identifier(source) == identifier(other)) is (source == other)


def test_ids_are_readable_and_valid() -> None:
    assert identifier("mihailo r. jovanovic") == "mihailo_r._jovanovic"
    assert identifier("tim o'neil_李") == "tim_o:27:neil:5f::674e:"


def test_a_small_graph_is_written_as_in_the_golden_files() -> None:
    """Review every difference before you accept it, because other programs read these files."""
    graph_drawing = hostile(("Ada & Bob", 'Zoë "Z" Ray', "李明"))
    folder = GOLDEN / "graphs"
    files = (
        ("graphml", "graphml"),
        ("gexf", "gexf"),
        ("dot", "dot"),
        ("pajek", "net"),
        ("vosviewer", "vosviewer.json"),
    )
    for name, ending in files:
        if os.environ.get("UPDATE_GOLDEN"):
            (folder / f"people.{ending}").write_text(write_graph(name, graph_drawing), encoding="utf-8")
        assert write_graph(name, graph_drawing) == (folder / f"people.{ending}").read_text(encoding="utf-8")
