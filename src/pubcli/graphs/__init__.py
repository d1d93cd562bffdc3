"""Graph files: one module per format, each with `write(drawing, out)`, and the table of formats.

Nodes are sorted by name, edges by their ends, and nothing depends on the date or the machine, so the same drawing
gives the same bytes. Each writer makes text from a page safe by the rules of its format; control characters become
visible symbols.
"""

import re
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, TextIO

from pubcli.answer.answer import Row


class GraphFormat(NamedTuple):
    """One row of the table of formats."""

    module: str
    """The module in this package."""
    about: str
    suffixes: tuple[str, ...]
    """Suffixes of file names that select the format."""


FORMATS = {
    "graphml": GraphFormat("graphml", "for yEd, Gephi, networkx, igraph", (".graphml",)),
    "gexf": GraphFormat("gexf", "for Gephi", (".gexf",)),
    "dot": GraphFormat("dot", "for Graphviz", (".dot", ".gv")),
    "graph-json": GraphFormat("node_link", "nodes and edges, for D3 and networkx", ()),
    "pajek": GraphFormat("pajek", "for Pajek; names and weights only", (".net",)),
    "vosviewer": GraphFormat("vosviewer", "for VOSviewer", ()),
}
SUFFIXES = {suffix: name for name, format in FORMATS.items() for suffix in format.suffixes}
"""The format for each suffix of a file name, if no format is named."""


class Drawing(NamedTuple):
    """A graph to be written."""

    names: Sequence[str]
    """A unique folded name for each node."""
    nodes: Sequence[Row]
    """The row of each node, with the fields of `network.NETWORK_FIELDS`."""
    edges: Sequence[tuple[int, int, int]]
    """Indexes of both nodes, the lower first, and the weight."""
    about: str
    """Sentences on what the counts leave out; empty if they are complete."""

    @property
    def ids(self) -> list[str]:
        """A unique ASCII identifier for each node, the same in every graph."""
        return [identifier(name) for name in self.names]


def identifier(name: str) -> str:
    """Return a folded name in the characters of an XML NMTOKEN: `mihailo_r._jovanovic`.

    Blanks become underscores; characters other than lower-case letters, digits, dots and hyphens become their code
    between colons.
    """
    return re.sub(r"[^a-z0-9.-]", lambda match: "_" if match[0] == " " else f":{ord(match[0]):x}:", name)


ATTRIBUTES = {
    "papers": int, "degree": int, "strength": int, "betweenness": float, "betweenness_estimated": bool,
    "component": int, "community": int,
}  # fmt: skip
"""The attributes of a node besides its name, with their types."""


def write(name: str, drawing: Drawing, out: TextIO) -> None:
    """Write a drawing in the named format."""
    import_module(f"pubcli.graphs.{FORMATS[name].module}").write(drawing, out)
