"""Draw the image of the README: the output of a search on the sample page in a terminal.

python docs/picture.py
"""

import io
from pathlib import Path

from rich.console import Console
from rich.text import Text

from pubcli import build_query, load, search
from pubcli.display.columns import default_columns
from pubcli.formats import RenderOptions, write
from pubcli.inputs.sources import from_sample
from pubcli.reader import read_source

COMMAND = "pubcli search 'fair* -federated' --limit 5"
WIDTH = 104


def main() -> None:
    """Draw the search into docs/search.svg."""
    answer = search(load(read_source(from_sample())), build_query("fair* -federated", limit=5))
    table = io.StringIO()
    write("table", answer, default_columns(answer), table, RenderOptions(width=WIDTH, color=True))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ {COMMAND}", style="bold"))
    console.print(Text.from_ansi(table.getvalue()))
    svg = console.export_svg(title="pubcli", unique_id="pubcli")
    Path(__file__).with_name("search.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
