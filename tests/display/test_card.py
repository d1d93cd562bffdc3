"""Cards: everything about a paper."""

import io

from rich.console import Console

from pubcli.display import card
from strategies import paper_row


def test_what_a_format_says_beyond_the_fields_is_shown_and_commands_no_terminal() -> None:
    out = io.StringIO()
    row = paper_row(extra={"editor": "Emmy [bold]Noether[/]", "isbn": "1\x1b[31m2"})
    Console(file=out, width=80).print(card.paper(row))
    assert "editor    Emmy [bold]Noether[/]" in out.getvalue()
    assert "isbn      1\u241b[31m2" in out.getvalue()
