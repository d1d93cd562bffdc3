"""The table of keys. The browser, its help screen and docs/browse.md take the keys from here."""

from typing import NamedTuple


class Key(NamedTuple):
    """A key, or several that do the same."""

    keys: str
    """The names that Textual has for the keys, separated by commas."""
    action: str
    """The action of the application."""
    label: str
    """The keys as people write them."""
    meaning: str


GROUPS: dict[str, tuple[Key, ...]] = {
    "Move": (
        Key("j,down", "move(1)", "j ↓", "next row"),
        Key("k,up", "move(-1)", "k ↑", "previous row"),
        Key("ctrl+d,pagedown,ctrl+f", "page(1)", "Ctrl-D PgDn", "next page"),
        Key("ctrl+u,pageup,ctrl+b", "page(-1)", "Ctrl-U PgUp", "previous page"),
        Key("g,home", "first", "g Home", "first row"),
        Key("G,end", "last", "G End", "last row"),
        Key("tab", "next_pane", "Tab", "next part of the screen"),
        Key("shift+tab", "previous_pane", "Shift-Tab", "previous part of the screen"),
    ),
    "Find": (
        Key("slash", "filter", "/", "type a filter; Enter or Esc returns to the list"),
        Key("s", "sort", "s", "sort by a column; a click on a heading does the same"),
        Key("r", "reverse", "r", "reverse the order"),
        Key("f", "facets", "f", "count by year, category ...; Enter narrows the list"),
        Key("x", "clear", "x", "remove the filter and everything that narrows the list"),
    ),
    "Go": (
        Key("enter,l,right", "go_in", "Enter l →", "read the paper, or list the papers of the person"),
        Key("h,left,backspace", "go_back", "h ← Backspace", "go back"),
        Key("c", "authors", "c", "the authors of the paper, and then their papers"),
        Key("m", "similar", "m", "more papers like this one"),
        Key("o", "open_page", "o", "open the paper in the web browser"),
    ),
    "Mark and export": (
        Key("space", "mark", "Space", "mark the paper, or remove its mark"),
        Key("v", "marked_only", "v", "list the marked papers only"),
        Key("u", "unmark", "u", "remove all marks"),
        Key("y", "copy", "y", "copy the marked papers, or this one: BibTeX, citation, key, DOI ..."),
        Key("e", "export", "e", "write the marked papers, or this one, to a file"),
    ),
    "Program": (
        Key("t", "toggle_colors", "t", "light or dark colours"),
        Key("question_mark", "help", "?", "show these keys"),
        Key("q,ctrl+c,ctrl+q", "leave", "q Ctrl-C", "leave"),
    ),
}
"""The keys by the headings of the help screen."""
