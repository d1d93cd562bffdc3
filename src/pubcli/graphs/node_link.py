"""Nodes and edges as JSON, as networkx reads them (`node_link_graph`) and D3 does, with `edges` named as its links.

{"nodes": [{"id": "andrew_lowy", "name": "Andrew Lowy", "papers": 8}],
 "edges": [{"source": "andrew_lowy", "target": "devansh_gupta", "weight": 3}]}
"""

import json
from typing import TextIO

from pubcli.graphs import Drawing
from pubcli.text import escaped


def write(drawing: Drawing, out: TextIO) -> None:
    """One node or edge a line."""
    ids = drawing.ids
    nodes = [{"id": id_, **node} for id_, node in zip(ids, drawing.nodes, strict=True)]
    edges = [{"source": ids[one], "target": ids[other], "weight": weight} for one, other, weight in drawing.edges]
    out.write(f'{{"directed":false,"multigraph":false,"graph":{_json({"about": drawing.about})},\n')
    out.write('"nodes":[\n' + ",\n".join(map(_json, nodes)) + "\n],\n")
    out.write('"edges":[\n' + ",\n".join(map(_json, edges)) + "\n]}\n")


def _json(value: object) -> str:
    return escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
