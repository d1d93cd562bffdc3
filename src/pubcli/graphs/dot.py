"""Write DOT, the format of Graphviz (graphviz.org/doc/info/lang.html).

"andrew_lowy" [label="Andrew Lowy", papers=8];
"andrew_lowy" -- "devansh_gupta" [weight=3];
"""

from typing import TextIO

from pubcli.graphs import ATTRIBUTES, Drawing
from pubcli.text.normalize import visible


def write(drawing: Drawing, out: TextIO) -> None:
    """Write each node with its name, spellings and measures, and each edge with its weight."""
    out.write('graph coauthors {\ngraph [charset="UTF-8", overlap=false')
    out.write(f", comment={quoted(drawing.about)}];\n" if drawing.about else "];\n")
    ids = drawing.ids
    for id_, node in zip(ids, drawing.nodes, strict=True):
        values = [("label", node["name"]), ("names", node["names"]), *((field, node[field]) for field in ATTRIBUTES)]
        out.write(
            f'"{id_}" [{", ".join(f"{field}={_literal(value)}" for field, value in values if value is not None)}];\n'
        )
    for source, target, weight in drawing.edges:
        out.write(f'"{ids[source]}" -- "{ids[target]}" [weight={weight}];\n')
    out.write("}\n")


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.6f}".rstrip("0").rstrip(".")  # DOT does not allow exponents
    return quoted("; ".join(map(str, value)) if isinstance(value, list) else str(value))


def quoted(text: str) -> str:
    """Return text in quotes. Escape quotes, backslashes and also `&`, which starts an entity in Graphviz."""
    for char, sign in ("\\", "\\\\"), ('"', '\\"'), ("&", "&amp;"):
        text = text.replace(char, sign)
    return f'"{visible(text)}"'
