"""Write graph files. Each format has a module with a function `write(drawing, out)`. `FORMATS` lists the formats.

Nodes are sorted by name. Edges are sorted by the nodes that they connect. The files do not depend on the date or the
machine, so equal drawings give equal bytes. In text from a page, each module escapes or replaces the characters
that have a meaning in its format. Control characters become visible symbols.
"""

import re
from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, TextIO

from pubcli.answer.answer import Row


class GraphFormat(NamedTuple):
    """A format of graph files."""

    module: str
    """Name of the module in this package that writes the format."""
    about: str
    suffixes: tuple[str, ...]
    """The suffixes of file names for which the format is used."""


FORMATS = {
    "graphml": GraphFormat("graphml", "for yEd, Gephi, networkx, igraph", (".graphml",)),
    "gexf": GraphFormat("gexf", "for Gephi", (".gexf",)),
    "dot": GraphFormat("dot", "for Graphviz", (".dot", ".gv")),
    "graph-json": GraphFormat("node_link", "nodes and edges, for D3 and networkx", ()),
    "pajek": GraphFormat("pajek", "for Pajek; names and weights only", (".net",)),
    "vosviewer": GraphFormat("vosviewer", "for VOSviewer", ()),
}
SUFFIXES = {suffix: name for name, format in FORMATS.items() for suffix in format.suffixes}
"""The format for each suffix of a file name. It is used if the user does not name a format."""


class Drawing(NamedTuple):
    """A graph to write to a file."""

    names: Sequence[str]
    """A unique folded name for each node."""
    nodes: Sequence[Row]
    """The row of each node, with the fields of `network.NETWORK_FIELDS`."""
    edges: Sequence[tuple[int, int, int]]
    """For each edge, the lower index of its two nodes, the higher index, and the weight."""
    about: str
    """Sentences that state what the counts leave out; empty if the counts are complete."""
    title: str = "Co-authors"

    @property
    def ids(self) -> list[str]:
        """A unique ASCII identifier for each node. A name has the same identifier in every graph."""
        return [identifier(name) for name in self.names]


def identifier(name: str) -> str:
    """Return an identifier for a folded name, for example `andrew_lowy`. It is a valid value of XML's type NMTOKEN.

    Lower-case ASCII letters, digits, dots and hyphens are kept, and blanks become underscores. Any other character
    becomes its hexadecimal code between colons.
    """
    return re.sub(r"[^a-z0-9.-]", lambda match: "_" if match[0] == " " else f":{ord(match[0]):x}:", name)


ATTRIBUTES = {
    "papers": int, "degree": int, "strength": int, "betweenness": float, "betweenness_estimated": bool,
    "component": int, "community": int, "mean_year": float,
}  # fmt: skip
"""The attributes of a node, with their types. The name and the spellings are not included.

The mean year of a node may be None; then it is left out.
"""


def write(name: str, drawing: Drawing, out: TextIO) -> None:
    """Write a drawing in the named format."""
    import_module(f"pubcli.graphs.{FORMATS[name].module}").write(drawing, out)
