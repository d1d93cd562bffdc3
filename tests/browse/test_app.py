"""The keys of the browser, pressed one by one on a screen in memory."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from browser_session import press, settled, type_text
from hostile import PAYLOADS
from pubcli import paths
from pubcli.query.language import as_query
from pubcli.reader import read
from pubcli.store import ask
from pubcli.store.database import Store
from pubcli.store.load import load

pytest.importorskip("textual")

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from pubcli.browse.app import Browser

Drive = Callable[..., "Browser"]
Connect = Callable[[], Store]


def listed_keys(browser: "Browser") -> list[str]:
    """Return the keys of all listed papers."""
    papers = browser.papers
    return [str(papers._rows[number]["key"]) for number in range(len(papers.contents.ids))]


def keys_of(store: Store, query: str) -> list[str]:
    return [row["key"] for row in ask.papers(store, as_query(query)).rows]


def screen_text(browser: "Browser") -> str:
    """Return the characters on the screen, line by line."""
    return "\n".join("".join(segment.text for segment in strip) for strip in browser.screen._compositor.render_strips())


def focused_part(browser: "Browser") -> str | None:
    return browser.focused.id if browser.focused else None


def test_the_newest_papers_come_first(drive: Drive, connect: Connect) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        assert listed_keys(browser) == keys_of(connect(), "")
        assert browser.papers.row is not None

    drive(steps)


@pytest.mark.parametrize(
    "query", ["privacy author:lowy", "year:2022..", "category:OC -author:lowy", "federated OR fair*"]
)
def test_the_list_follows_the_filter(drive: Drive, connect: Connect, query: str) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        browser.query_one("#filter").value = query + " "  # type: ignore[attr-defined]
        await settled(browser, pilot)
        assert listed_keys(browser) == keys_of(connect(), query) != []

    drive(steps)


def test_the_last_word_may_be_unfinished_until_a_blank_follows(drive: Drive, connect: Connect) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await type_text(browser, pilot, "priv")
        assert listed_keys(browser) == keys_of(connect(), "priv*") != []
        await press(browser, pilot, "space")
        assert listed_keys(browser) == []
        assert "nothing matches priv" in screen_text(browser)

    drive(steps)


def test_keys_typed_right_after_the_slash_are_a_part_of_the_filter(drive: Drive) -> None:
    from textual import events

    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        for key, character in (("slash", "/"), ("q", "q"), ("r", "r"), ("question_mark", "?")):
            event = events.Key(key, character)
            event.set_sender(browser)
            browser.post_message(event)
        await settled(browser, pilot)
        assert browser.view.filter == "qr?"

    drive(steps)


def test_an_invalid_filter_is_explained_and_the_list_stays(drive: Drive) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        before = listed_keys(browser)
        for text in ("(", '"a', "year:x", "nofield:x OR", "/(/"):
            browser.query_one("#filter").value = text  # type: ignore[attr-defined]
            await settled(browser, pilot)
            assert browser.query_one("#problem").display, text
            assert listed_keys(browser) == before
        browser.query_one("#filter").value = ""  # type: ignore[attr-defined]
        await settled(browser, pilot)
        assert not browser.query_one("#problem").display

    drive(steps)


@pytest.mark.parametrize(("key", "query_sort"), [("t", "title"), ("d", "-date"), ("a", "authors"), ("k", "key")])
def test_a_key_of_the_menu_sorts_the_list(drive: Drive, connect: Connect, key: str, query_sort: str) -> None:
    from pubcli.query.language import sort_order

    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await press(browser, pilot, "s", key)
        order = tuple(sort_order(query_sort, ask.PAPER_FIELDS))
        query = as_query("")._replace(sort=order)
        assert listed_keys(browser) == [row["key"] for row in ask.papers(connect(), query).rows]
        ascending = listed_keys(browser)
        await press(browser, pilot, "r")
        assert listed_keys(browser) != ascending

    drive(steps)


def test_a_click_on_a_heading_sorts_and_a_second_click_reverses(drive: Drive, connect: Connect) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await pilot.click("#papers", offset=(25, 0))
        await settled(browser, pilot)
        assert browser.papers.sorted_by == "title"
        await pilot.click("#papers", offset=(25, 0))
        await settled(browser, pilot)
        assert browser.papers.sorted_by == "-title"
        await pilot.click("#papers", offset=(25, 5))
        await settled(browser, pilot)
        assert browser.papers.cursor == 4

    drive(steps)


def test_vim_keys_and_arrow_keys_move_the_cursor(drive: Drive) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        places = []
        for key in ("j", "down", "k", "up", "G", "g", "end", "home", "pagedown", "pageup", "ctrl+d", "ctrl+u", "k"):
            await press(browser, pilot, key)
            places.append(browser.papers.cursor)
        page = browser.papers.page_height - 1
        assert places == [1, 2, 1, 0, 49, 0, 49, 0, page, 0, page, 0, 0]

    drive(steps)


def test_keys_that_move_the_focused_part_leave_the_list_where_it_is(drive: Drive) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        browser.details.focus()
        await press(browser, pilot, "G", "end", "pagedown")
        assert browser.papers.cursor == 0

    drive(steps)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (100, 30)])
def test_enter_opens_the_details_on_the_whole_screen_if_they_have_no_column(
    drive: Drive, size: tuple[int, int]
) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await press(browser, pilot, "enter")
        assert browser.details.size.height >= size[1] - 4
        assert not browser.query_one("#main").display
        await press(browser, pilot, "escape")
        assert browser.query_one("#main").display
        assert browser.focused is browser.papers

    drive(steps, size)


def test_authors_their_papers_and_the_way_back(drive: Drive, connect: Connect) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await press(browser, pilot, "j", "j", "c")
        paper = browser.views[0].key
        names = [row["name"] for row in browser.papers._rows.values()]
        [listed] = [row for row in ask.papers(connect()).rows if row["key"] == paper]
        assert names == listed["authors"]
        await press(browser, pilot, "enter")
        assert paper in listed_keys(browser)
        assert set(listed_keys(browser)) == set(keys_of(connect(), f'author:"{names[0]}"'))
        await press(browser, pilot, "h", "h")
        assert (len(browser.views), browser.papers.cursor) == (1, 2)

    drive(steps)


def test_similar_papers_are_those_of_the_command_similar(drive: Drive, connect: Connect) -> None:
    from pubcli.query.expression import Query
    from pubcli.store.similar import similar

    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        row = browser.papers.row
        assert row is not None
        await press(browser, pilot, "m")
        expected = [other["key"] for other in similar(connect(), row["key"], Query(limit=50)).rows]
        assert listed_keys(browser) == expected != []

    drive(steps)


def test_a_counted_value_lists_exactly_the_counted_papers(drive: Drive) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await press(browser, pilot, "f")
        for _ in range(300):
            await pilot.pause(0.02)
            if any(group[0].narrowing.facet == "topic" for group in browser.facets._groups):
                break
        groups = list(browser.facets._groups)
        assert [group[0].narrowing.facet for group in groups] >= ["year", "category", "author"]
        for group in groups:
            browser.facets.post_message(browser.facets.Chosen(group[0].narrowing))
            await pilot.pause(0.05)
            await settled(browser, pilot)
            assert len(browser.papers.contents.ids) == group[0].papers, group[0]
            await press(browser, pilot, "h")

    drive(steps)


def test_marked_papers_are_copied_and_exported(drive: Drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pubcli.browse.clipboard.copy", lambda text: True)

    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await press(browser, pilot, "space", "space")
        marked = list(browser.marks.values())
        assert marked == listed_keys(browser)[:2]
        await press(browser, pilot, "y", "k")
        assert browser.clipboard == " ".join(marked)
        await press(browser, pilot, "y", "b")
        assert browser.clipboard.count("@misc{") == 2
        await press(browser, pilot, "v")
        assert listed_keys(browser) == marked
        await press(browser, pilot, "e")
        browser.screen.query_one("#file").value = str(tmp_path / "out.bib")  # type: ignore[attr-defined]
        await press(browser, pilot, "enter")
        assert [paper.key for paper in read((tmp_path / "out.bib").read_bytes()).papers] == marked
        await press(browser, pilot, "u")
        assert browser.marks == {}

    drive(steps)


def test_an_existing_file_is_replaced_only_after_a_second_enter(drive: Drive, tmp_path: Path) -> None:
    (tmp_path / "out.json").write_text("precious", encoding="utf-8")

    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await press(browser, pilot, "e")
        field = browser.screen.query_one("#file")
        field.value = str(tmp_path / "out.xyz")  # type: ignore[attr-defined]
        await press(browser, pilot, "enter")
        field.value = str(tmp_path / "out.json")  # type: ignore[attr-defined]
        await press(browser, pilot, "enter")
        assert (tmp_path / "out.json").read_text(encoding="utf-8") == "precious"
        await press(browser, pilot, "enter")
        assert (tmp_path / "out.json").read_text(encoding="utf-8").startswith("[")

    drive(steps)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd"])
def test_only_web_pages_are_opened(drive: Drive, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    opened: list[str] = []
    monkeypatch.setattr("pubcli.browse.app.open_address", opened.append)
    bibliography = f"@misc{{a, title={{A}}, url={{{address}}}}}\n@misc{{b, title={{B}}, doi={{10.1000/b}}}}\n"

    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await press(browser, pilot, "o", "j", "o")

    drive(steps, store=load(read(bibliography.encode())))
    assert opened == ["https://doi.org/10.1000/b"]


def test_text_from_pages_is_shown_as_it_is_and_without_control_characters(drive: Drive) -> None:
    page = "".join(
        f"LGMar {number + 1}, 2022\nBegin {payload} [bold]x[/] end\n\nAl [red]Bo[/], Cy Do\n\n[link=x]{payload}\n\n"
        for number, payload in enumerate(list(PAYLOADS.values())[:25])
    )

    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        text = screen_text(browser)
        for key in ("c", "h", "f", "j", "j", "enter", "m"):
            await press(browser, pilot, key)
            text += screen_text(browser)
        assert "[bold]x[/] end" in text
        assert not {char for char in text if not char.isprintable()} - {"\n"}

    drive(steps, (200, 50), store=load(read(page.encode())))


@pytest.mark.parametrize("marked", [0, 2])
def test_enter_in_the_picker_returns_the_chosen_keys(drive: Drive, marked: int) -> None:
    expected: list[str] = []

    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await press(browser, pilot, "j", *(["space"] * marked))
        keys = listed_keys(browser)
        expected.extend(keys[1:3] if marked else keys[1:2])
        await pilot.press("enter")

    assert drive(steps, picks=True).return_value == expected


def test_leaving_the_picker_chooses_nothing(drive: Drive) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await press(browser, pilot, "space", "q")

    assert drive(steps, picks=True).return_value == []


def test_a_session_begins_where_the_last_one_ended(drive: Drive) -> None:
    async def first(browser: "Browser", pilot: "Pilot[Any]") -> None:
        await press(browser, pilot, "s", "t")
        await type_text(browser, pilot, "privat")
        await press(browser, pilot, "enter", "j", "j", "t", "c", "q")

    state = drive(first).final_state
    assert state is not None
    assert (state.filter, state.sort, state.theme) == ("privat", "title", "textual-light")

    async def second(browser: "Browser", pilot: "Pilot[Any]") -> None:
        row = browser.papers.row
        assert row is not None
        assert (row["key"], browser.papers.cursor) == (state.key, 2)

    drive(second, filter=state.filter, sort=state.sort, key=state.key)


def test_only_rows_near_the_cursor_are_read(drive: Drive) -> None:
    bibliography = "".join(
        f"@misc{{k{number}, title={{Paper {number}}}, year={1900 + number % 100}}}\n" for number in range(3_000)
    )

    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        assert len(browser.papers.contents.ids) == 3_000
        assert len(browser.papers._rows) < 1_000
        await press(browser, pilot, "G")
        assert browser.papers.row is not None
        await press(browser, pilot, "g", "pagedown", "pagedown", "j")
        assert browser.papers.row is not None

    drive(steps, store=load(read(bibliography.encode())))


def test_an_error_in_a_worker_ends_the_session_with_this_error(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        def fail(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("pubcli.browse.listings.ask.ranked", fail)
        await press(browser, pilot, "r")

    assert isinstance(drive(steps).failure, ZeroDivisionError)


@pytest.mark.parametrize("size", [(40, 10), (60, 20), (250, 60), (20, 5)])
def test_every_part_can_be_reached_at_every_size(drive: Drive, size: tuple[int, int]) -> None:
    async def steps(browser: "Browser", pilot: "Pilot[Any]") -> None:
        title = str(browser.papers.row["title"]) if browser.papers.row else ""
        assert title[:10] in screen_text(browser)
        await press(browser, pilot, "enter")
        assert focused_part(browser) == "details"
        assert browser.details.size.height > 0
        await press(browser, pilot, "h", "f")
        assert focused_part(browser) == "facets"
        await press(browser, pilot, "escape", "question_mark", "escape", "s", "escape", "e", "escape")
        assert focused_part(browser) == "papers"

    drive(steps, size)


def test_state_that_is_damaged_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pubcli.browse import state

    monkeypatch.setattr(paths, "state", lambda: tmp_path)
    stored = state.State("privacy", "-date", "key", "textual-light")
    state.save("library", stored)
    assert state.load("library") == stored
    assert state.load("other") == state.State()
    [file] = (tmp_path / "browse").iterdir()
    for damage in ("", "[]", "{}", '{"source": 3}', '{"source": "library", "filter": 3}', "[" * 100_000, "x" * 200_000):
        file.write_text(damage, encoding="utf-8")
        assert state.load("library") == state.State(), damage[:50]
    file.write_bytes(b"\xff\xfe")
    assert state.load("library") == state.State()


def test_state_in_a_folder_that_cannot_be_written_is_not_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    from pubcli.browse import state

    monkeypatch.setattr(paths, "state", lambda: Path("/dev/null/x"))
    state.save("library", state.State("privacy"))
    assert state.load("library") == state.State()


def test_an_outdated_question_is_never_answered(connect: Connect) -> None:
    from threading import Event

    from pubcli.browse.worker import Job, Worker

    answers: list[object] = []
    done = Event()

    def deliver(job: Job, answer: object) -> None:
        answers.append(answer)
        done.set()

    worker = Worker(connect, deliver)
    for number in range(20):
        worker.ask(Job("list", partial(lambda answer, store: [answer], number), print, print))
    worker.start()
    assert done.wait(10)
    worker.close()
    worker.join(10)
    assert answers == [19]


def test_a_running_statement_is_interrupted_by_a_newer_question(connect: Connect) -> None:
    from threading import Event

    from pubcli.browse.worker import Job, Worker

    answers: list[object] = []
    started, done = Event(), Event()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    def slow(store: Store) -> list[object]:
        started.set()
        return [store.execute(endless).fetchone()]

    def deliver(job: Job, answer: object) -> None:
        answers.append(answer)
        done.set()

    worker = Worker(connect, deliver)
    worker.start()
    worker.ask(Job("list", slow, print, print))
    assert started.wait(10)
    while not done.wait(0.05):
        worker.ask(Job("list", lambda _: ["new"], print, print))
    worker.close()
    worker.join(10)
    assert set(answers) == {"new"}
