"""Cards with all fields of a paper."""

import io

from rich.console import Console

from pubcli.display import card
from strategies import paper_row


def test_extra_fields_are_shown_without_control_characters() -> None:
    out = io.StringIO()
    row = paper_row(extra={"editor": "Emmy [bold]Noether[/]", "isbn": "1\x1b[31m2"})
    Console(file=out, width=80).print(card.paper(row))
    assert "editor    Emmy [bold]Noether[/]" in out.getvalue()
    assert "isbn      1\u241b[31m2" in out.getvalue()
