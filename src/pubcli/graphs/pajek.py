"""Write .net files for Pajek (mrvar.fdv.uni-lj.si/pajek): numbered vertices with names, then edges with weights.

    *Vertices 2
    1 "Andrew Lowy"
    2 "Devansh Gupta"
    *Edges
    1 2 3

In this format, characters cannot be escaped. So a quote in a name becomes an apostrophe, and a backslash becomes a
slash. The file is UTF-8 without a byte order mark.
"""

from typing import TextIO

from pubcli.graphs import Drawing
from pubcli.text.normalize import visible

_SIGNS = str.maketrans({'"': "'", "\\": "/"})


def write(drawing: Drawing, out: TextIO) -> None:
    """Write names and weights. Pajek expects everything else in separate files."""
    out.write(f"*Vertices {len(drawing.nodes)}\n")
    for number, node in enumerate(drawing.nodes, 1):
        out.write(f'{number} "{visible(str(node["name"])).translate(_SIGNS)}"\n')
    out.write("*Edges\n")
    for source, target, weight in drawing.edges:
        out.write(f"{source + 1} {target + 1} {weight}\n")
