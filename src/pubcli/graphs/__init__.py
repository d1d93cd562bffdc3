"""Graph files: one file per format, each with `write(drawing, out)`, and the table that names them.

Nodes stand in the order of their names, edges in that of their ends, and nothing depends on the day or the machine:
the same drawing gives the same bytes. Text from a page is made safe by the writer, each by the rules of its format;
control characters, which none of them can hold, become visible signs.
"""

import re
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, TextIO

from pubcli.answer.answer import Row


class GraphFormat(NamedTuple):
    """One line of the table of formats."""

    module: str
    """In this package."""
    about: str
    suffixes: tuple[str, ...]
    """Endings of file names that ask for it."""


FORMATS = {
    "graphml": GraphFormat("graphml", "for yEd, Gephi, networkx, igraph", (".graphml",)),
    "gexf": GraphFormat("gexf", "for Gephi", (".gexf",)),
    "dot": GraphFormat("dot", "for Graphviz", (".dot", ".gv")),
    "graph-json": GraphFormat("node_link", "nodes and edges, for D3 and networkx", ()),
    "pajek": GraphFormat("pajek", "for Pajek; names and weights only", (".net",)),
    "vosviewer": GraphFormat("vosviewer", "for VOSviewer", ()),
}
SUFFIXES = {suffix: name for name, format in FORMATS.items() for suffix in format.suffixes}
"""The format that a file name asks for when no format is given."""


class Drawing(NamedTuple):
    """A graph as it is written down."""

    names: Sequence[str]
    """For each node a name that tells it apart, folded."""
    nodes: Sequence[Row]
    """For each node its row of `network.NETWORK_FIELDS`."""
    edges: Sequence[tuple[int, int, int]]
    """Places of both nodes, the lower first, and the weight."""
    about: str
    """What the counts leave out, in words; empty when nothing."""

    @property
    def ids(self) -> list[str]:
        """For each node a name in ASCII that is the same in every graph, and no other node's."""
        return [identifier(name) for name in self.names]


def identifier(name: str) -> str:
    """A folded name in characters that an NMTOKEN of XML may have: `mihailo_r._jovanovic`.

    Blanks become underscores, what is neither a small letter, a digit, a dot nor a hyphen its code between colons.
    """
    return re.sub(r"[^a-z0-9.-]", lambda match: "_" if match[0] == " " else f":{ord(match[0]):x}:", name)


ATTRIBUTES = {
    "papers": int, "degree": int, "strength": int, "betweenness": float, "betweenness_estimated": bool,
    "component": int, "community": int,
}  # fmt: skip
"""What a node has beside its name, and of which type."""


def write(name: str, drawing: Drawing, out: TextIO) -> None:
    """Write a drawing in the named format."""
    import_module(f"pubcli.graphs.{FORMATS[name].module}").write(drawing, out)
