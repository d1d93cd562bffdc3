"""The counts of papers by year, category and more. Choosing a value narrows the list to the papers that have it."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from pubcli.browse.facets import Count, Narrowing
from pubcli.display import theme
from pubcli.text.normalize import visible

_NARROWEST = 20
_MARGIN = 4
"""Cells of the panel beside its text: blanks and the scroll bar."""


class FacetPanel(OptionList):
    """A list of values with numbers of papers, below the headings of their facets."""

    class Chosen(Message):
        """A value was chosen."""

        def __init__(self, narrowing: Narrowing) -> None:
            super().__init__()
            self.narrowing = narrowing

    class Shown(Message):
        """The panel has become visible."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._groups: list[Sequence[Count]] = []
        self._narrowings: dict[str, Narrowing] = {}

    def begin(self) -> None:
        """Remove all counts, because others follow."""
        self._groups = []

    def add(self, group: Sequence[Count]) -> None:
        """Add the counts of one facet."""
        self._groups.append(group)
        self._fill()

    def on_show(self) -> None:
        """Ask for the counts, because a hidden panel has none."""
        self.post_message(self.Shown())

    def on_resize(self) -> None:
        """Draw the values again, for the new width."""
        self._fill()

    def _fill(self) -> None:
        place = self.highlighted
        width = max(_NARROWEST, self.size.width - _MARGIN)
        self._narrowings = {}
        options = []
        for group in self._groups:
            options.append(Option(Text(group[0].narrowing.label, style=theme.HEADER), disabled=True))
            for count in group:
                name = f"value-{len(self._narrowings)}"
                self._narrowings[name] = count.narrowing
                options.append(Option(_line(count, width), id=name))
        self.clear_options()
        self.add_options(options)
        if options:
            self.highlighted = min(place or 1, len(options) - 1)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Report the chosen value."""
        event.stop()
        if event.option_id in self._narrowings:
            self.post_message(self.Chosen(self._narrowings[str(event.option_id)]))


def _line(count: Count, width: int) -> Text:
    """Return a value and the number of its papers at the right edge, in `width` cells."""
    number = f"{count.papers:,}"
    room = width - len(number) - 1
    value = visible(count.narrowing.value)
    value = set_cell_size(value, room) if cell_len(value) <= room else set_cell_size(value, room - 1) + "…"
    return Text.assemble(value, " ", (number, theme.DETAIL))
