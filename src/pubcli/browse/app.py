"""The application: the parts of the screen, and what each key does.

The screen never queries the database. It asks three workers: one for the lists, one for rows and texts, and one for the
counts, which may take long.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from threading import Thread
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from pubcli.biblio.web_addresses import web_address
from pubcli.browse import clipboard, exports
from pubcli.browse.details import Details
from pubcli.browse.dialogs import Choice, FileName, Help, Menu
from pubcli.browse.facet_panel import FacetPanel
from pubcli.browse.facets import Count, all_counts
from pubcli.browse.keys import GROUPS, Key
from pubcli.browse.listings import DESCENDING, SORTABLE, Author, Contents, View, contents, rows_of
from pubcli.browse.paper_list import PaperList
from pubcli.browse.state import State
from pubcli.browse.web_browser import open_address
from pubcli.browse.worker import Job, Worker
from pubcli.display import theme
from pubcli.display.columns import column
from pubcli.errors import PubcliError, QueryError
from pubcli.query.expression import Order, Query
from pubcli.query.language import sort_order
from pubcli.store.ask import NEWEST_FIRST
from pubcli.store.database import Store
from pubcli.text.normalize import counted, visible

Row = Mapping[str, Any]

_DARK, _LIGHT = "textual-dark", "textual-light"
_PAUSE = 0.03
"""Seconds for which the cursor must rest before the details follow it."""
_LONG_PAUSE = 0.2
"""Seconds for which the list must rest before papers are counted, so that counting does not delay typing."""


@dataclass(frozen=True)
class Setup:
    """What a session begins with."""

    connect: Callable[[], Store]
    """Opens the pages or the library in the thread that calls it."""
    base: Query
    """The conditions and the order that the command line sets."""
    state: State
    """The filter, order and place to begin with."""
    picks: bool = False
    """Whether Enter ends the session and returns the chosen papers."""


_ANYWHERE = ("down", "up", "pagedown", "pageup", "ctrl+c", "ctrl+q", "escape", "enter")
"""The keys that mean the same while the user types a filter. All others are then characters of the filter."""


def _bindings() -> Iterator[Binding]:
    """Yield the keys of the application.

    These keys have priority. Otherwise Textual would pass a key to the focused part of the screen first. A key typed
    right after `/` would then be lost, because the filter is not focused yet.
    """
    for key in [*(key for keys in GROUPS.values() for key in keys), Key("escape", "leave_part", "", "")]:
        for name in key.keys.split(","):
            action = f"any_{key.action}" if name in _ANYWHERE else key.action
            yield Binding(name, action, key.meaning, show=False, priority=True)


class Browser(App[list[str]]):
    """The interactive browser. It returns the citation keys of the chosen papers; without a choice, an empty list."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "pubcli"
    CSS_PATH = "browser.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - the base class declares it
        (0, "-narrow"),
        (70, "-medium"),
        (120, "-wide"),
        (170, "-very-wide"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = list(_bindings())

    class Answered(Message):
        """A worker has an answer, or an error."""

        def __init__(self, job: Job, answer: Any) -> None:
            super().__init__()
            self.job, self.answer = job, answer

    def __init__(self, setup: Setup) -> None:
        without_color = bool(os.environ.get("NO_COLOR"))
        super().__init__(ansi_color=without_color)
        self.theme = setup.state.theme or _default_theme()
        self.setup = setup
        self.failure: Exception | None = None
        self.is_up_to_date = False
        """Whether the screen shows the complete list of the current view, or the reason why its filter is not valid."""
        self.final_state: State | None = None
        """What the next session begins with; None until the user leaves."""
        self.marks: dict[int, str] = {}
        """The citation key of each marked paper, by the id of the paper."""
        self.views = [View(title="All papers", filter=setup.state.filter, order=_parsed_order(setup.state.sort))]
        self._place = setup.state.key
        self._details_timer: Timer | None = None
        self._counting_timer: Timer | None = None
        self._lists, self._rows, self._counts = (
            Worker(setup.connect, lambda job, answer: self.post_message(self.Answered(job, answer))) for _ in range(3)
        )

    # The screen

    def compose(self) -> ComposeResult:
        """Create the parts of the screen."""
        with Horizontal(id="top"):
            yield Static("/", id="prompt", markup=False)
            yield Input(self.view.filter, placeholder="filter, such as: privacy author:lowy", id="filter", compact=True)
            yield Static(id="count", markup=False)
        yield Static(id="problem", markup=False)
        yield Static(id="trail", markup=False)
        with Container(id="body"):
            with Horizontal(id="main"):
                yield FacetPanel(id="facets")
                yield PaperList(id="papers")
            yield Details(id="details")
        yield Static(id="hints", markup=False)

    def on_mount(self) -> None:
        """Start the workers, and ask for the first list."""
        for worker in (self._lists, self._rows, self._counts):
            worker.start()
        self.papers.marks = self.marks
        self._focus(self.papers)
        self._load(key=self._place)
        self.query_one("#hints", Static).update(_hints(picks=self.setup.picks))

    def on_unmount(self) -> None:
        """End the workers."""
        for worker in (self._lists, self._rows, self._counts):
            worker.close()

    @property
    def view(self) -> View:
        """What the list shows."""
        return self.views[-1]

    @property
    def papers(self) -> PaperList:
        """The list."""
        return self.screen_stack[0].query_one(PaperList)

    @property
    def details(self) -> Details:
        """The card next to the list."""
        return self.screen_stack[0].query_one(Details)

    @property
    def facets(self) -> FacetPanel:
        """The counts next to the list."""
        return self.screen_stack[0].query_one(FacetPanel)

    def state(self) -> State:
        """Return what the next session begins with."""
        root = self.views[0] if len(self.views) > 1 else self._remembered_view()
        chosen_theme = self.theme if self.theme != _default_theme() else ""
        return State(root.filter, ",".join(map(_order_text, root.order)), root.key, chosen_theme)

    def _focus(self, part: Widget) -> None:
        """Focus a part of the screen at once, so that it gets the very next key. `Widget.focus` would do it later."""
        self.screen_stack[0].set_focus(part)

    # Questions to the workers

    def _ask(
        self,
        worker: Worker,
        slot: str,
        question: Callable[[Store], Iterable[Any]],
        receive: Callable[[Any], object],
        refuse: Callable[[PubcliError], object] | None = None,
    ) -> None:
        worker.ask(Job(slot, question, receive, refuse or self._report))

    @on(Answered)
    def _receive(self, message: Answered) -> None:
        job, answer = message.job, message.answer
        if job.is_outdated or not self.screen_stack:  # the screen is removed when the session ends
            return
        if isinstance(answer, PubcliError) and job.slot != "connection":
            job.refuse(answer)
        elif isinstance(answer, Exception):
            self.failure = answer
            self.exit([])
        else:
            job.receive(answer)

    def _report(self, error: PubcliError) -> None:
        self.notify(visible(str(error).splitlines()[0]), severity="warning", markup=False)

    def _load(self, key: str = "") -> None:
        """Ask for the list of the current view. The cursor goes to the paper with the citation key `key`.

        If the list does not contain this paper, the cursor goes to the row `view.cursor`.
        """
        view, self.is_up_to_date = self.view, False
        question = partial(contents, base=self.setup.base, view=view, key=key)
        self._counts.drop("facets")
        self._ask(self._lists, "list", question, partial(self._show_contents, view), self._show_problem)
        self._show_trail()
        self.papers.sorted_by = "" if view.kind != "papers" else _order_text(self._order()[0])

    def _show_trail(self) -> None:
        """Show the way to the current list. If it is too long, the beginning is left out."""
        titles = [visible(view.title) for view in self.views]
        room = max(20, self.size.width - 4)
        while len(titles) > 2 and cell_len(" › ".join(titles)) > room:
            titles[:2] = ["…"]
        self.query_one("#trail", Static).update(" › ".join(titles))
        self.screen.set_class(len(self.views) > 1, "-inside")

    def _show_contents(self, view: View, answer: Contents) -> None:
        papers = self.papers
        self._set_problem("")
        is_same = self._shown_view is view and list(answer.ids[: len(papers.contents.ids)]) == list(papers.contents.ids)
        if is_same and papers.contents.ids:
            papers.extend(answer)
            if answer.place and papers.cursor == 0:
                papers.move_to(answer.place)
        else:
            papers.show(answer, answer.place or view.cursor)
        self._shown_view, self.is_up_to_date = view, answer.is_complete
        self._show_count(answer)
        self._show_details()
        if answer.is_complete:
            self._count_facets_soon()

    _shown_view: View | None = None

    def _show_count(self, answer: Contents) -> None:
        if answer.kind == "people":
            text = counted(len(answer.ids), "author", "authors")
        elif not answer.is_complete:
            text = "…"
        elif answer.total in (0, len(answer.ids)):
            text = counted(len(answer.ids), "paper", "papers")
        else:
            text = f"{len(answer.ids):,} of {answer.total:,}"
        marked = f" · {len(self.marks):,} marked" if self.marks else ""
        self.query_one("#count", Static).update(text + marked)
        if answer.is_complete and not answer.ids:
            self._set_problem(answer.explanation or "nothing matches", is_error=False)

    def _show_problem(self, error: PubcliError) -> None:
        """Show why the filter is not valid. The list stays as it is."""
        self.is_up_to_date = True
        self._set_problem(error.message if isinstance(error, QueryError) else str(error))

    def _set_problem(self, text: str, *, is_error: bool = True) -> None:
        problem = self.screen_stack[0].query_one("#problem", Static)
        problem.update("\n".join(map(visible, text.splitlines())))
        problem.set_class(is_error, "-error")
        problem.display = bool(text)

    @on(PaperList.RowsNeeded)
    def _read_rows(self, message: PaperList.RowsNeeded) -> None:
        ids, start = self.papers.contents.ids[message.first : message.end], message.first
        if self.papers.contents.kind == "papers":
            self._ask(self._rows, "rows", lambda store: [rows_of(store, ids)], partial(self._show_rows, start, ids))

    def _show_rows(self, start: int, ids: Sequence[int], rows: Sequence[Row]) -> None:
        if list(self.papers.contents.ids[start : start + len(ids)]) == list(ids):
            self.papers.add_rows(start, rows)
            self._show_details()

    @on(PaperList.Moved)
    def _follow_cursor(self) -> None:
        """Show the details after the cursor has rested, so that holding a key down stays fast."""
        if self._details_timer is not None:
            self._details_timer.stop()
        self._details_timer = self.set_timer(_PAUSE, self._show_details)

    def _show_details(self) -> None:
        if self.screen_stack:
            self.details.show(self.papers.row)

    @on(FacetPanel.Shown)
    def _count_facets_soon(self) -> None:
        if self._counting_timer is not None:
            self._counting_timer.stop()
        self._counting_timer = self.set_timer(_LONG_PAUSE, self._count_facets)

    def _count_facets(self) -> None:
        if not self.screen_stack:
            return
        listed = self.papers.contents
        if self.facets.display and listed.is_complete and listed.kind != "people":
            ids, total = listed.ids, listed.total
            self.facets.begin()
            self._ask(self._counts, "facets", lambda store: all_counts(store, ids, total), self._add_counts)

    def _add_counts(self, group: Sequence[Count]) -> None:
        self.facets.add(group)

    # Moving

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether the action of a key is enabled.

        Windows such as menus have keys of their own, so only `any_leave` is enabled there. While the user types a
        filter, only `any_` actions are enabled.
        """
        if action == "any_leave" or action not in _OWN_ACTIONS:
            return True
        is_typing = isinstance(self.focused, Input)
        return len(self.screen_stack) == 1 and (not is_typing or action.startswith("any_"))

    def action_any_move(self, rows: int) -> None:
        """Move the cursor of the focused part, or that of the list while the user types a filter."""
        self.action_move(rows)

    def action_any_page(self, pages: int) -> None:
        """Move by a page, as `any_move` moves by a row."""
        self.action_page(pages)

    def action_any_leave(self) -> None:
        """End the session, whatever is focused."""
        self.action_leave()

    def action_any_leave_part(self) -> None:
        """Return to the list, as `leave_part` does, also from the filter."""
        self.action_leave_part()

    def action_any_go_in(self) -> None:
        """Return from the filter to the list; else do what Enter does in the focused part."""
        if isinstance(self.focused, Input):
            self._focus(self.papers)
        else:
            self.action_go_in()

    def action_next_pane(self) -> None:
        """Focus the next part of the screen."""
        self.screen.focus_next()

    def action_previous_pane(self) -> None:
        """Focus the previous part of the screen."""
        self.screen.focus_previous()

    def action_move(self, rows: int) -> None:
        """Move the cursor of the focused part."""
        self._move(rows, 1)

    def action_page(self, pages: int) -> None:
        """Move the cursor of the focused part by a page."""
        self._move(pages, max(1, self.papers.page_height - 1))

    def _move(self, count: int, rows: int) -> None:
        if self.focused is self.details:
            self.details.scroll_relative(y=count * min(rows, max(1, self.details.size.height - 1)), animate=False)
        elif self.focused is self.facets:
            for _ in range(rows):
                (self.facets.action_cursor_down if count > 0 else self.facets.action_cursor_up)()
        else:
            self.papers.move(count * rows)

    def action_first(self) -> None:
        """Go to the first row."""
        self._move(-1, len(self.papers.contents.ids) if self.focused is self.papers else 1_000)

    def action_last(self) -> None:
        """Go to the last row."""
        self._move(1, len(self.papers.contents.ids) if self.focused is self.papers else 1_000)

    # Finding

    def action_filter(self) -> None:
        """Let the user type a filter."""
        self._focus(self.query_one("#filter", Input))

    @on(Input.Changed, "#filter")
    def _apply_filter(self, event: Input.Changed) -> None:
        if event.value != self.view.filter:
            self.views[-1] = replace(self.view, filter=event.value, cursor=0)
            self._load()

    def action_sort(self) -> None:
        """Ask for the order of the list."""
        if self.view.kind != "papers":
            self.notify("This list has an order of its own.", markup=False)
            return
        fields = ("score", *SORTABLE)
        labels = {"score": "Relevance: best match first", "position": "Position on the page"}
        choices = [
            Choice(letter, field, labels.get(field, column(field).header))
            for letter, field in zip("rdtacvikpouw", fields, strict=False)
        ]
        self.push_screen(Menu("Sort by", choices), self._sort_by)

    def _sort_by(self, field: str | None) -> None:
        if field:
            self._set_order((Order(field, field in DESCENDING),))

    @on(PaperList.SortRequested)
    def _sort_by_heading(self, message: PaperList.SortRequested) -> None:
        if self.view.kind == "papers":
            first = self._order()[0]
            if first.field == message.field:
                self.action_reverse()
            else:
                self._sort_by(message.field)

    def action_reverse(self) -> None:
        """Reverse the order of the list."""
        first = self._order()[0]
        if self.view.kind == "papers" and first.field != "score":
            self._set_order((Order(first.field, not first.descending),))

    def _order(self) -> tuple[Order, ...]:
        return self.view.order or self.setup.base.sort or NEWEST_FIRST

    def _set_order(self, order: tuple[Order, ...]) -> None:
        self.views[-1] = replace(self.view, order=order, cursor=0)
        self._load()

    def action_facets(self) -> None:
        """Go to the counts; hide them if they are focused."""
        shows = self.focused is not self.facets
        self.screen.set_class(shows, "-facets")
        self.screen.set_class(not shows, "-no-facets")
        if shows:
            self._focus(self.facets)
        else:
            self._focus(self.papers)

    @on(FacetPanel.Chosen)
    def _narrow(self, message: FacetPanel.Chosen) -> None:
        narrowing = message.narrowing
        narrowings = (*self.view.narrowings, narrowing)
        self._enter(replace(self.view, title=str(narrowing), narrowings=narrowings, cursor=0))
        if self.screen.has_class("-narrow"):
            self.screen.remove_class("-facets")

    def action_clear(self) -> None:
        """List all papers again."""
        self.views = [View(title=self.views[0].title, order=self.views[0].order)]
        self._show_view()

    # Going in and back

    def _enter(self, view: View) -> None:
        """Show another view; `go_back` returns to the current one."""
        self.views[-1] = self._remembered_view()
        self.views.append(view)
        self._show_view()

    def _remembered_view(self) -> View:
        row = self.papers.row or {}
        return replace(self.view, cursor=self.papers.cursor, key=str(row.get("key", "")))

    def _show_view(self) -> None:
        field = self.query_one("#filter", Input)
        with self.prevent(Input.Changed):
            field.value = self.view.filter
        self.screen.remove_class("-reading")
        self._focus(self.papers)
        self._load()

    def action_go_in(self) -> None:
        """Read the paper, or list the papers of the person. A picker chooses the paper instead."""
        if self.focused is self.facets:
            self.facets.action_select()
            return
        row = self.papers.row
        if row is None or self.focused is self.details:
            return
        if self.view.kind == "people":
            author = Author(row["person"], row["name"])
            self._enter(View(title=author.name, author=author))
        else:
            self.screen.add_class("-reading")
            self._focus(self.details)

    def action_go_back(self) -> None:
        """Return from the details to the list, or from the list to the previous list."""
        if self.focused is not self.papers:
            self.action_leave_part()
        elif len(self.views) > 1:
            self.views.pop()
            self._show_view()

    def action_leave_part(self) -> None:
        """Return to the list from another part of the screen, or from the list to the previous list."""
        if self.focused is self.papers and len(self.views) > 1:
            self.action_go_back()
            return
        self.screen.remove_class("-reading")
        if self.screen.has_class("-narrow"):
            self.screen.remove_class("-facets")
        self._focus(self.papers)

    @on(PaperList.Opened)
    def _open_row(self) -> None:
        self.action_choose() if self.setup.picks else self.action_go_in()

    def action_authors(self) -> None:
        """List the authors of the paper."""
        if (paper := self._paper()) is not None:
            cut = "" if paper[1]["authors_complete"] else " (et al.: the page names no others)"
            self._enter(View("people", f"Authors of {paper[1]['key']}{cut}", paper_id=paper[0]))

    def action_similar(self) -> None:
        """List the papers most similar to this one."""
        if (paper := self._paper()) is not None:
            self._enter(View("similar_papers", f"Similar to {paper[1]['key']}", paper_id=paper[0]))

    def _paper(self) -> tuple[int, Row] | None:
        """Return the id and the row of the paper under the cursor; None if the list is empty."""
        id_, row = self.papers.row_id, self.papers.row
        return None if self.view.kind == "people" or id_ is None or row is None else (id_, row)

    def action_open_page(self) -> None:
        """Open the paper in the web browser."""
        if (paper := self._paper()) is None:
            return
        address = web_address(paper[1])
        if address is None:
            self.notify("No web address is known for this paper.", severity="warning", markup=False)
            return
        try:
            open_address(address)
        except PubcliError as error:
            self._report(error)
        else:
            self.notify(f"Opened {address}", markup=False)
        self.refresh(repaint=True, layout=True)

    # Marks, copies and files

    def action_mark(self) -> None:
        """Mark the paper, or remove its mark, and go to the next row."""
        if (paper := self._paper()) is None:
            return
        id_, row = paper
        if self.marks.pop(id_, None) is None:
            self.marks[id_] = row["key"]
        self.papers.move(1)
        self.papers.refresh()
        self._show_count(self.papers.contents)

    def action_unmark(self) -> None:
        """Remove all marks."""
        self.marks.clear()
        self.papers.refresh()
        self._show_count(self.papers.contents)

    def action_marked_only(self) -> None:
        """List the marked papers only."""
        if self.marks:
            self._enter(View(title="Marked papers", marked=tuple(self.marks)))
        else:
            self.notify("No paper is marked; the space bar marks one.", markup=False)

    def _chosen_ids(self) -> list[int]:
        """Return the ids of the marked papers; without marks, that of the paper under the cursor."""
        paper = self._paper()
        return list(self.marks) or ([paper[0]] if paper else [])

    def action_copy(self) -> None:
        """Ask what to copy of the marked papers, for example their titles."""
        if ids := self._chosen_ids():
            title = f"Copy {counted(len(ids), 'paper', 'papers')} as"
            choices = [Choice(form[0].lower(), form, form) for form in exports.COPIES]
            self.push_screen(Menu(title, choices), partial(self._copy, ids))

    def _copy(self, ids: Sequence[int], form: str | None) -> None:
        if form:
            question = lambda store: [exports.text_of(rows_of(store, ids), form)]  # noqa: E731
            self._ask(self._rows, "copy", question, partial(self._put_on_clipboard, form, len(ids)))

    def _put_on_clipboard(self, form: str, papers: int, text: str) -> None:
        self.copy_to_clipboard(text)
        Thread(target=clipboard.copy, args=(text,), daemon=True).start()
        self.notify(f"Copied the {form} of {counted(papers, 'paper', 'papers')}.", markup=False)

    def action_export(self) -> None:
        """Ask for the file to write the marked papers to."""
        if ids := self._chosen_ids():
            title = f"Write {counted(len(ids), 'paper', 'papers')} to"
            self.push_screen(FileName(title), partial(self._export, ids))

    def _export(self, ids: Sequence[int], name: str | None) -> None:
        if name:

            def question(store: Store) -> list[str]:
                exports.write_file(rows_of(store, ids), name)
                return [f"Wrote {counted(len(ids), 'paper', 'papers')} to {visible(name)}."]

            self._ask(self._rows, "export", question, lambda text: self.notify(text, markup=False))

    # The program

    def action_choose(self) -> None:
        """End the session with the marked papers; without marks, with the paper under the cursor."""
        paper = self._paper()
        if keys := list(self.marks.values()) or ([paper[1]["key"]] if paper else []):
            self.exit(keys)

    def action_toggle_colors(self) -> None:
        """Change between light and dark colours."""
        self.theme = _LIGHT if self.theme == _DARK else _DARK

    def action_help(self) -> None:
        """Show the table of keys."""
        self.push_screen(Help())

    def action_leave(self) -> None:
        """End the session without a choice."""
        self.final_state = self.state()
        self.exit([])

    def _fatal_error(self) -> None:
        """End the session after an error in a handler. `session` raises the error; Textual would print a traceback."""
        self._close_messages_no_wait()


class Picker(Browser):
    """A browser in which Enter chooses papers and ends the session."""

    def action_any_go_in(self) -> None:
        """End the session with the chosen papers, unless Enter has another meaning in the focused part."""
        if self.view.kind == "people" or self.focused is not self.papers:
            super().action_any_go_in()
        else:
            self.action_choose()


_OWN_ACTIONS = frozenset(binding.action.partition("(")[0] for binding in _bindings())
"""The actions of the application's keys, without those of Textual."""


def _hints(*, picks: bool) -> Text:
    pairs = [
        ("?", "keys"), ("/", "filter"), ("s", "sort"), ("f", "facets"), ("c", "authors"), ("m", "similar"),
        ("Space", "mark"), ("y", "copy"), ("e", "export"), ("o", "open"), ("q", "leave"),
    ]  # fmt: skip
    if picks:
        pairs = [("Enter", "choose"), ("Space", "mark"), *(pair for pair in pairs if pair[0] != "Space")]
    text = Text(no_wrap=True, overflow="ellipsis")
    for key, meaning in pairs:
        text.append(key, theme.KEY)
        text.append(f" {meaning}  ")
    return text


def _default_theme() -> str:
    """Return the light theme if the terminal says that its background is light (COLORFGBG), else the dark one."""
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return _LIGHT if background in ("7", "15") else _DARK


def _order_text(order: Order) -> str:
    return f"{'-' if order.descending else ''}{order.field}"


def _parsed_order(text: str) -> tuple[Order, ...]:
    """Return the order in the notation of --sort; an empty order if the text is not valid."""
    try:
        return tuple(sort_order(text, (*SORTABLE, "score"))) if text else ()
    except PubcliError:
        return ()
