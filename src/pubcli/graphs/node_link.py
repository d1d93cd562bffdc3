"""Write nodes and edges as JSON, for networkx (`node_link_graph`) and for D3. In D3, edges are called links.

{"nodes": [{"id": "andrew_lowy", "name": "Andrew Lowy", "papers": 8}],
 "edges": [{"source": "andrew_lowy", "target": "devansh_gupta", "weight": 3}]}
"""

from typing import TextIO

from pubcli.graphs import Drawing
from pubcli.text.compact_json import compact


def write(drawing: Drawing, out: TextIO) -> None:
    """Write each node and each edge on its own line."""
    ids = drawing.ids
    nodes = [{"id": id_, **node} for id_, node in zip(ids, drawing.nodes, strict=True)]
    edges = [
        {"source": ids[source], "target": ids[target], "weight": weight} for source, target, weight in drawing.edges
    ]
    out.write(f'{{"directed":false,"multigraph":false,"graph":{compact({"about": drawing.about})},\n')
    out.write('"nodes":[\n' + ",\n".join(map(compact, nodes)) + "\n],\n")
    out.write('"edges":[\n' + ",\n".join(map(compact, edges)) + "\n]}\n")
