"""Write GEXF 1.2 (gexf.net), the XML format of Gephi. A file declares the attributes of nodes before the nodes.

<node id="andrew_lowy" label="Andrew Lowy"><attvalues><attvalue for="papers" value="8"/></attvalues></node>
<edge id="0" source="andrew_lowy" target="devansh_gupta" weight="3"/>
"""

from typing import TextIO

from pubcli.graphs import ATTRIBUTES, Drawing
from pubcli.graphs.xml import escaped, literal

_TYPES = {int: "integer", float: "double", bool: "boolean"}


def write(drawing: Drawing, out: TextIO) -> None:
    """Write each node with its name, spellings and measures, and each edge with its weight."""
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
    out.write(f"<meta><creator>pubcli</creator><description>{escaped(drawing.about)}</description></meta>\n")
    out.write('<graph mode="static" defaultedgetype="undirected">\n<attributes class="node" mode="static">\n')
    out.write('<attribute id="names" title="names" type="string"/>\n')
    for field, type_ in ATTRIBUTES.items():
        out.write(f'<attribute id="{field}" title="{field}" type="{_TYPES[type_]}"/>\n')
    out.write("</attributes>\n<nodes>\n")
    ids = drawing.ids
    for id_, node in zip(ids, drawing.nodes, strict=True):
        values = "".join(
            f'<attvalue for="{field}" value="{literal(node[field])}"/>'
            for field in ("names", *ATTRIBUTES)
            if node[field] is not None
        )
        out.write(f'<node id="{id_}" label="{literal(node["name"])}"><attvalues>{values}</attvalues></node>\n')
    out.write("</nodes>\n<edges>\n")
    for number, (source, target, weight) in enumerate(drawing.edges):
        out.write(f'<edge id="{number}" source="{ids[source]}" target="{ids[target]}" weight="{weight}"/>\n')
    out.write("</edges>\n</graph>\n</gexf>\n")
