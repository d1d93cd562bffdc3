"""Windows over the screen: a choice, a file name, the table of keys."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar, NamedTuple

from rich.table import Table
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from pubcli.browse.exports import format_for
from pubcli.browse.keys import GROUPS
from pubcli.display import theme
from pubcli.errors import UsageError


class Choice(NamedTuple):
    """A line of a menu, and the key that chooses it."""

    key: str
    value: str
    label: str


class Menu(ModalScreen[str | None]):
    """A window with choices. It returns the value of the chosen line, or None if the user closes the window."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,h,left", "leave", "Close"),
        ("j", "move(1)", "Next"),
        ("k", "move(-1)", "Previous"),
    ]

    def __init__(self, title: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self._title, self._choices = title, choices

    def compose(self) -> ComposeResult:
        """Create the title and the choices."""
        with Vertical(classes="window"):
            yield Static(Text(self._title, style=theme.HEADER))
            lines = (Text.assemble((f"{choice.key}  ", theme.KEY), choice.label) for choice in self._choices)
            yield OptionList(
                *(Option(line, id=choice.value) for line, choice in zip(lines, self._choices, strict=True))
            )

    def on_key(self, event: events.Key) -> None:
        """Choose the line whose key was pressed."""
        for choice in self._choices:
            if event.character == choice.key:
                event.stop()
                self.dismiss(choice.value)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Return the chosen value."""
        self.dismiss(event.option_id)

    def action_move(self, rows: int) -> None:
        """Move to the next or the previous line."""
        options = self.query_one(OptionList)
        if rows > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_leave(self) -> None:
        """Close the window without a choice."""
        self.dismiss(None)


class FileName(ModalScreen[str | None]):
    """A window that asks for the name of a file to write. It returns the name, or None if the user closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [("escape", "leave", "Close")]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._confirmed = ""

    def compose(self) -> ComposeResult:
        """Create the title, the input and the line for problems."""
        with Vertical(classes="window"):
            yield Static(Text(self._title, style=theme.HEADER))
            yield Input("papers.bib", id="file", compact=True)
            yield Static(Text("The suffix chooses the format: .bib .ris .json .csv .md", style=theme.NOTE), id="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return the name if a format has its suffix. An existing file is replaced only after a second Enter."""
        event.stop()
        name = event.value.strip()
        try:
            format_for(name)
        except UsageError as error:
            self._complain(str(error))
            return
        if _exists(name) and self._confirmed != name:
            self._confirmed = name
            self._complain("This file exists. Press Enter again to replace it.")
            return
        self.dismiss(name)

    def _complain(self, text: str) -> None:
        self.query_one("#hint", Static).update(Text(text, style=theme.MATCH))

    def action_leave(self) -> None:
        """Close the window without writing."""
        self.dismiss(None)


def _exists(name: str) -> bool:
    try:
        return Path(name).expanduser().exists()
    except (OSError, RuntimeError, ValueError):
        return False


class Help(ModalScreen[None]):
    """A window with the table of keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("escape,q,question_mark,enter", "leave", "Close"),
        ("j,down", "scroll(1)", "Down"),
        ("k,up", "scroll(-1)", "Up"),
    ]

    def compose(self) -> ComposeResult:
        """Create the table."""
        with VerticalScroll(classes="window", id="help"):
            yield Static(_key_table())

    def action_scroll(self, lines: int) -> None:
        """Scroll the table."""
        self.query_one("#help").scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Close the window."""
        self.dismiss(None)


def _key_table() -> Table:
    table = Table.grid(padding=(0, 2))
    for heading, keys in GROUPS.items():
        if table.row_count:
            table.add_row()
        table.add_row(Text(heading, style=theme.HEADER))
        for key in keys:
            table.add_row(Text(key.label, style=theme.KEY), Text(key.meaning))
    return table
