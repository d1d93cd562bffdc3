"""Graph files, read again by other programs' readers and compared with what was written."""

import io
import json
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
)  # fmt: skip


@pytest.fixture(scope="module")
def real(document: Document) -> Drawing:
    return drawing(network(load(document)), Query())


def hostile(names: tuple[str, ...] = HOSTILE) -> Drawing:
    """A drawing of people with such names, each tied to the next."""
    ordered = sorted({fold(name): name for name in names}.items())
    ties: list[dict[int, int]] = [{} for _ in ordered]
    for node in range(1, len(ordered)):
        ties[node - 1][node] = ties[node][node - 1] = node
    people = [{"name": name, "names": [name, "other"], "papers": 2} for _, name in ordered]
    notes = ('<lower> & "bounds"\n',)
    return drawing(Network(people, Graph([folded for folded, _ in ordered], ties), [], notes), Query())


def written(name: str, drawn: Drawing) -> str:
    out = io.StringIO()
    graphs.write(name, drawn, out)
    return out.getvalue()


def graphml(text: str) -> Any:
    return nx.parse_graphml(text)


def gexf(text: str) -> Any:
    return nx.read_gexf(io.BytesIO(text.encode()))


def dot(text: str) -> Any:
    with warnings.catch_warnings():  # of pydot's about its own parser
        warnings.simplefilter("ignore", DeprecationWarning)
        import pydot

        (parsed,) = pydot.graph_from_dot_data(text) or []
    return nx.Graph(nx.nx_pydot.from_pydot(parsed))


def node_link(text: str) -> Any:
    return nx.node_link_graph(json.loads(text), edges="edges")


READERS: dict[str, Callable[[str], Any]] = {"graphml": graphml, "gexf": gexf, "dot": dot, "graph-json": node_link}


def unquoted(value: Any, type_: type) -> Any:
    """A value of DOT, which has texts only."""
    return (
        value
        if not isinstance(value, str)
        else {"true": True, "false": False}.get(value)
        if type_ is bool
        else type_(value)
    )


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("which", ["real", "hostile"])
def test_networkx_reads_what_was_written(name: str, which: str, real: Drawing) -> None:
    drawn = real if which == "real" else hostile()
    parsed = READERS[name](written(name, drawn))
    ids = drawn.ids
    nodes = {id_.strip('"'): data for id_, data in parsed.nodes(data=True) if id_ not in ("graph", "\\n")}

    assert list(nodes) == ids
    for id_, node in zip(ids, drawn.nodes, strict=True):
        for field, type_ in ATTRIBUTES.items():
            assert unquoted(nodes[id_][field], type_) == node[field]
    edges = {frozenset(end.strip('"') for end in ends): int(data["weight"]) for *ends, data in parsed.edges(data=True)}
    assert edges == {frozenset((ids[source], ids[other])): weight for source, other, weight in drawn.edges}
    label = {"gexf": "label", "dot": "label"}.get(name, "name")
    names = [nodes[id_][label] for id_ in ids]
    if name == "dot":
        names = [text[1:-1].replace('\\"', '"').replace("\\\\", "\\").replace("&amp;", "&") for text in names]
    seen = str if name == "graph-json" else visible
    assert [text.replace("<U+FFFE>", "\ufffe") for text in names] == [seen(str(node["name"])) for node in drawn.nodes]


def test_networkx_reads_names_and_weights_of_pajek(real: Drawing) -> None:
    for drawn in (real, hostile(tuple(name for name in HOSTILE if name != "'"))):  # a quote becomes one
        parsed = nx.parse_pajek(written("pajek", drawn))
        names = [visible(str(node["name"])).replace('"', "'").replace("\\", "/") for node in drawn.nodes]
        assert list(parsed.nodes) == names
        edges = {frozenset(ends): int(data["weight"]) for *ends, data in parsed.edges(data=True)}
        assert edges == {frozenset((names[source], names[other])): weight for source, other, weight in drawn.edges}


def test_vosviewer_finds_items_and_links(real: Drawing) -> None:
    for drawn in (real, hostile()):
        parsed = json.loads(written("vosviewer", drawn))["network"]
        assert [item["id"] for item in parsed["items"]] == drawn.ids
        assert [item["cluster"] for item in parsed["items"]] == [node["community"] for node in drawn.nodes]
        assert [item["label"] for item in parsed["items"]] == [visible(str(node["name"])) for node in drawn.nodes]
        links = [(source["source_id"], source["target_id"], source["strength"]) for source in parsed["links"]]
        assert links == [(drawn.ids[source], drawn.ids[other], weight) for source, other, weight in drawn.edges]


@pytest.mark.process
@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_reads_dot() -> None:
    done = subprocess.run(["dot", "-Tplain"], input=written("dot", hostile()).encode(), capture_output=True, check=True)
    assert done.stdout.count(b"\nnode ") == len(HOSTILE)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_drawing_gives_the_same_bytes(name: str, document: Document, real: Drawing) -> None:
    text = written(name, drawing(network(load(document)), Query()))
    assert text == written(name, real)
    assert "Andrew Lowy" in text
    assert text.endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_drawing_is_a_file_too(name: str) -> None:
    empty = Drawing([], [], [], "")
    text = written(name, empty)
    if name in READERS:
        assert [node for node in READERS[name](text).nodes if node not in ("graph", "\\n")] == []
    else:
        assert text


@pytest.mark.parametrize("name", FORMATS)
def test_omitted_values_are_stated_where_the_format_has_a_place(name: str, real: Drawing) -> None:
    assert ("30 of 50 author lists" in written(name, real)) is (name != "pajek")


@examples(100)
@given(st.text(max_size=12), st.text(max_size=12))
def test_every_name_is_text_in_xml_and_has_an_id_of_its_own(source: str, other: str) -> None:
    drawn = hostile((source, other))
    for name in ("graphml", "gexf"):
        ElementTree.fromstring(written(name, drawn).encode("utf-8"))  # noqa: S314 - our own
    assert len(set(drawn.ids)) == len(drawn.ids)
    assert (identifier(source) == identifier(other)) is (source == other)


def test_ids_are_readable_and_valid() -> None:
    assert identifier("mihailo r. jovanovic") == "mihailo_r._jovanovic"
    assert identifier("tim o'neil_李") == "tim_o:27:neil:5f::674e:"


def test_golden_files_hold_a_small_graph() -> None:
    """Read a difference before you accept it: other programs read these files."""
    drawn = hostile(("Ada & Bob", 'Zoë "Z" Ray', "李明"))
    folder = GOLDEN / "graphs"
    for name, ending in (("graphml", "graphml"), ("gexf", "gexf"), ("dot", "dot"), ("pajek", "net")):
        assert written(name, drawn) == (folder / f"people.{ending}").read_text(encoding="utf-8")
