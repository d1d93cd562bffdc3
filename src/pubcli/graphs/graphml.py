"""Write GraphML (graphml.graphdrawing.org), an XML format. An element `key` declares each attribute.

<node id="andrew_lowy"><data key="name">Andrew Lowy</data><data key="papers">8</data></node>
<edge source="andrew_lowy" target="devansh_gupta"><data key="weight">3</data></edge>
"""

from typing import TextIO

from pubcli.graphs import ATTRIBUTES, Drawing
from pubcli.graphs.xml import escaped, literal

_TYPES = {int: "int", float: "double", bool: "boolean"}


def write(drawing: Drawing, out: TextIO) -> None:
    """Write each node with its name, spellings and measures, and each edge with its weight."""
    keys = [("name", "node", "string"), ("names", "node", "string"), ("weight", "edge", "int")]
    keys += [(field, "node", _TYPES[type_]) for field, type_ in ATTRIBUTES.items()]
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for name, element, type_ in keys:
        out.write(f'<key id="{name}" for="{element}" attr.name="{name}" attr.type="{type_}"/>\n')
    out.write('<graph id="coauthors" edgedefault="undirected">\n')
    if drawing.about:
        out.write(f"<desc>{escaped(drawing.about)}</desc>\n")
    ids = drawing.ids
    for id_, node in zip(ids, drawing.nodes, strict=True):
        values = [(field, literal(node[field])) for field in ("name", "names", *ATTRIBUTES) if node[field] is not None]
        out.write(f'<node id="{id_}">{"".join(map(_data, values))}</node>\n')
    for source, target, weight in drawing.edges:
        out.write(f'<edge source="{ids[source]}" target="{ids[target]}">{_data(("weight", str(weight)))}</edge>\n')
    out.write("</graph>\n</graphml>\n")


def _data(value: tuple[str, str]) -> str:
    return f'<data key="{value[0]}">{value[1]}</data>'
