"""Pajek's .net (mrvar.fdv.uni-lj.si/pajek): numbered vertices with a name, then edges with a weight.

    *Vertices 2
    1 "Andrew Lowy"
    2 "Devansh Gupta"
    *Edges
    1 2 3

It knows no escapes: a quote in a name becomes an apostrophe and a backslash a slash. In UTF-8 without a mark.
"""

from typing import TextIO

from pubcli.graphs import Drawing
from pubcli.text.normalize import visible

_SIGNS = str.maketrans({'"': "'", "\\": "/"})


def write(drawing: Drawing, out: TextIO) -> None:
    """Names and weights; Pajek keeps everything else in files of their own."""
    out.write(f"*Vertices {len(drawing.nodes)}\n")
    for number, node in enumerate(drawing.nodes, 1):
        out.write(f'{number} "{visible(str(node["name"])).translate(_SIGNS)}"\n')
    out.write("*Edges\n")
    for one, other, weight in drawing.edges:
        out.write(f"{one + 1} {other + 1} {weight}\n")
