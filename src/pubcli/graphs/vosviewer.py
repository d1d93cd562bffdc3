"""VOSviewer's JSON (app.vosviewer.com/docs/file-types/json-file-type): items and links; places are left to VOSviewer.

{"network": {"items": [{"id": 1, "label": "Andrew Lowy", "cluster": 1, "weights": {"Papers": 8}}],
             "links": [{"source_id": 1, "target_id": 2, "strength": 3}]}}
"""

import json
from typing import TextIO

from pubcli.graphs import Drawing
from pubcli.text import escaped, visible


def write(drawing: Drawing, out: TextIO) -> None:
    """One item or link a line; communities are clusters."""
    items = [
        {
            "id": number,
            "label": visible(str(node["name"])),
            "cluster": node["community"],
            "weights": {"Papers": node["papers"], "Links": node["degree"], "Total link strength": node["strength"]},
            "scores": {"Betweenness": node["betweenness"]},
        }
        for number, node in enumerate(drawing.nodes, 1)
    ]
    links = [{"source_id": one + 1, "target_id": other + 1, "strength": weight} for one, other, weight in drawing.edges]
    out.write('{"network":{"items":[\n' + ",\n".join(map(_json, items)) + "\n],\n")
    out.write('"links":[\n' + ",\n".join(map(_json, links)) + "\n]}}\n")


def _json(value: object) -> str:
    return escaped(json.dumps(value, ensure_ascii=False, separators=(",", ":")))
