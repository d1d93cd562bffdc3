"""Write JSON for VOSviewer (app.vosviewer.com/docs/file-types/json-file-type): items and links without positions.

{"network": {"items": [{"id": "andrew_lowy", "label": "Andrew Lowy", "cluster": 1, "weights": {"Papers": 8}}],
             "links": [{"source_id": "andrew_lowy", "target_id": "devansh_gupta", "strength": 3}]}}
"""

from typing import Any, TextIO

from pubcli.answer.answer import Row
from pubcli.graphs import Drawing, xml
from pubcli.text.compact_json import compact
from pubcli.text.normalize import visible

_MOST_CLUSTERS = 1_000
"""Maximum number of clusters. The largest communities become clusters. People in other communities have no cluster."""


def write(drawing: Drawing, out: TextIO) -> None:
    """Write each item and each link on its own line. The cluster of an item is the community of the person."""
    ids = drawing.ids
    items = [{"id": id_, **_item(node)} for id_, node in zip(ids, drawing.nodes, strict=True)]
    links = [{"source_id": ids[a], "target_id": ids[b], "strength": weight} for a, b, weight in drawing.edges]
    info = {"title": drawing.title, "description": xml.escaped(drawing.about)}  # VOSviewer reads this as HTML
    out.write(f'{{"info":{compact(info)},\n"network":{{"items":[\n' + ",\n".join(map(compact, items)) + "\n],\n")
    out.write('"links":[\n' + ",\n".join(map(compact, links)) + "\n]}}\n")


def _item(node: Row) -> dict[str, Any]:
    community = node["community"]
    return {
        "label": visible(str(node["name"])),
        **({"cluster": community} if isinstance(community, int) and community <= _MOST_CLUSTERS else {}),
        "weights": {"Papers": node["papers"], "Links": node["degree"], "Total link strength": node["strength"]},
        "scores": {
            "Betweenness": node["betweenness"],
            **({"Mean year": node["mean_year"]} if node["mean_year"] is not None else {}),
        },
    }
