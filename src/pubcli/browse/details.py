"""The card of the paper or person under the cursor."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from rich.console import Group, RenderableType
from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from pubcli.answer.marks import marked_text
from pubcli.biblio.web_addresses import web_address
from pubcli.display import card, theme
from pubcli.text.normalize import counted, visible

Row = Mapping[str, Any]


class Details(VerticalScroll):
    """A part of the screen that shows everything about one row."""

    def compose(self) -> ComposeResult:
        """Create the text."""
        yield Static(id="card", markup=False)

    def show(self, row: Row | None) -> None:
        """Show a paper or a person; nothing if the row is None."""
        self.query_one("#card", Static).update(Text() if row is None else renderable(row))
        self.scroll_home(animate=False)


def renderable(row: Row) -> RenderableType:
    """Return the card of a paper or of a person."""
    if "title" not in row:
        return Group(*_person(row))
    return Group(*map(_card_line, card.paper(cast(Any, row))), *_pages(row), *_similarity(row), *_address(row))


def _card_line(line: card.Line) -> RenderableType:
    """Return a line of a card. Its links are clickable."""
    label = [(f"{line.label:<10}", theme.LABEL)] if line.label else []
    pieces = [(text, Style.parse(style) + Style(link=line.address)) for text, style in line.pieces]
    return Text.assemble(*label, *pieces)


def _pages(row: Row) -> Iterator[Text]:
    """Yield a line with the other pages that list a paper."""
    if others := cast(Sequence[str], row["also_on"]):
        yield Text()
        yield _line("also on", ", ".join(others))


def _similarity(row: Row) -> Iterator[Text]:
    if "shared_words" in row:
        yield Text()
        yield _line("shares", ", ".join(row["shared_words"]))


def _address(row: Row) -> Iterator[Text]:
    yield Text()
    yield _line("opens", web_address(row) or "no web address is known")


def _person(row: Row) -> Iterator[Text]:
    yield Text(visible(row["name"]), style=theme.CARD_TITLE)
    yield Text()
    others = [name for name in row["names"] if name != row["name"]]
    if others:
        yield _line("also as", ", ".join(others))
    yield _line("papers", counted(row["papers"], "paper", "papers"))
    years = dict.fromkeys(marked_text(row, field) for field in ("first_year", "last_year"))
    yield _line("years", "–".join(filter(None, years)) or "unknown")
    yield _line("categories", marked_text(row, "categories"))
    yield _line("as first", str(row["first_author"]))
    yield _line("as last", str(row["last_author"]))
    yield Text()
    yield Text("Enter lists the papers of this person.", style=theme.NOTE)


def _line(label: str, value: str) -> Text:
    return Text.assemble((f"{label:<12}", theme.LABEL), visible(value))
