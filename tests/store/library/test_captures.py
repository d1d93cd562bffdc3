"""Captures of one day are ordered by what the pages show and by the times of their files; the user may state it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pubcli.errors import UsageError
from pubcli.model import Page
from pubcli.reader import read
from pubcli.store import schema
from pubcli.store.database import Store
from pubcli.store.library import captures, integrity, library_file, owners, snapshots
from pubcli.store.load import Origin

DAY = date(2026, 11, 23)


@pytest.fixture
def store() -> Store:
    return library_file.in_memory()


def page(*titles: str, newest: str = "Mar 13, 2022", citations: int | None = None) -> Page:
    header = f"Ada Lovelace\n\nh-index1\n{len(titles)}papers\n\n{len(titles)} Papers\n\n"
    papers = "".join(f"LG{newest}\n{title}\n\nAda Lovelace\n\nAn abstract.\n\n" for title in titles)
    [result] = read(header + papers, DAY).pages
    return replace(result, profile=result.profile.model_copy(update={"citations": citations}))


def add(store: Store, new: Page, time: str | None = None, **stated: Any) -> snapshots.AddResult:
    """Add a capture; the first title of a page stands for its bytes."""
    origin = Origin(new.papers[0].title.encode(), captured_time=time, **stated)
    with schema.transaction(store):
        return snapshots.add(store, new, origin)


def titles(store: Store) -> list[str]:
    """Return the first title of each snapshot, oldest first. The last one must be the current page."""
    [*_, newest] = all_snapshots = owners.snapshots_of(store, "ada lovelace")
    [current] = store.execute("SELECT id FROM profile").fetchall()
    assert current["id"] == newest.id
    assert [*integrity.damage(store), *integrity.contradictions(store)] == []
    return [owners.page_at(store, snapshot).papers[0]["title"] for snapshot in all_snapshots]


@pytest.mark.parametrize("is_reversed", [False, True])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (page("old"), page("new", newest="Mar 14, 2022")),
        (page("old", citations=9), page("new", citations=10)),
        (page("old"), page("new", "another")),
    ],
    ids=["date", "citations", "papers"],
)
def test_the_pages_show_which_capture_is_newer_in_whatever_order_they_are_added(
    store: Store, old: Page, new: Page, is_reversed: bool
) -> None:
    results = [add(store, capture) for capture in ((new, old) if is_reversed else (old, new))]
    assert [result.order_doubt for result in results] == [None, None]
    assert results[1].outcome == ("older snapshot" if is_reversed else "newer snapshot")
    assert titles(store) == ["old", "new"]


def test_the_times_of_the_files_order_pages_that_show_nothing(store: Store) -> None:
    for title, time in (("b", "12:00:00"), ("a", "09:00:00"), ("c", "13:00:00")):
        assert add(store, page(title), time).order_doubt is None
    assert titles(store) == ["a", "b", "c"]


def test_a_changed_file_is_newer_than_its_earlier_content(store: Store) -> None:
    add(store, page("a", "b", "c"), path="/page.txt")
    assert add(store, page("x"), path="/page.txt").order_doubt is None
    assert titles(store) == ["a", "x"]


def test_an_uncertain_order_is_marked(store: Store) -> None:
    add(store, page("a"))
    assert "neither the pages nor the times" in str(add(store, page("b")).order_doubt)
    assert titles(store) == ["a", "b"]


def test_a_contradiction_between_pages_and_times_is_marked_and_the_pages_count(store: Store) -> None:
    add(store, page("new", citations=10), "09:00:00")
    assert "contradict each other" in str(add(store, page("old", citations=9), "10:00:00").order_doubt)
    assert titles(store) == ["old", "new"]


def test_if_the_pages_contradict_themselves_the_times_count(store: Store) -> None:
    add(store, page("a", "another", citations=9), "10:00:00")
    assert "contradict each other" in str(add(store, page("b", citations=10), "09:00:00").order_doubt)
    assert titles(store) == ["b", "a"]


def test_without_times_most_of_what_the_pages_show_counts(store: Store) -> None:
    add(store, page("new", "another", citations=9, newest="Mar 13, 2021"))
    result = add(store, page("old", citations=8, newest="Mar 14, 2021"))
    assert "contradict each other" in str(result.order_doubt)
    assert titles(store) == ["old", "new"]


def test_dates_of_an_assumed_year_show_nothing(store: Store) -> None:
    add(store, page("new", citations=9, newest="Mar 13"))
    assert add(store, page("old", citations=8, newest="Mar 14")).order_doubt is None
    assert titles(store) == ["old", "new"]


def test_an_order_that_the_user_confirms_is_no_longer_uncertain(store: Store) -> None:
    add(store, page("a"))
    add(store, page("b"))
    assert add(store, page("b"), stated_number=2).outcome == "unchanged"
    assert [snapshot.order_doubt for snapshot in owners.snapshots_of(store, "ada lovelace")] == [None, None]


def test_a_stated_time_counts_more_than_everything_else(store: Store) -> None:
    add(store, page("new"), "12:00:00", time_is_stated=True)
    result = add(store, page("old", "another", citations=9), "11:00:00", time_is_stated=True)
    assert (result.outcome, result.order_doubt) == ("older snapshot", None)
    assert titles(store) == ["old", "new"]


def test_a_stated_number_is_kept_and_moves_a_snapshot_that_has_it(store: Store) -> None:
    add(store, page("third"), stated_number=3)
    add(store, page("first"), stated_number=1)
    add(store, page("second"), stated_number=2)
    assert titles(store) == ["first", "second", "third"]
    assert add(store, page("new second"), stated_number=2).outcome == "older snapshot"
    assert titles(store) == ["first", "new second", "second", "third"]
    assert [snapshot.label for snapshot in owners.snapshots_of(store, "ada lovelace")] == [
        f"2026-11-23#{number}" for number in (1, 2, 3, 4)
    ]


def test_adding_a_snapshot_again_with_another_number_moves_it(store: Store) -> None:
    for title in ("a", "b"):
        add(store, page(title))
    assert add(store, page("b"), stated_number=1).outcome == "older snapshot"
    assert titles(store) == ["b", "a"]
    assert add(store, page("b"), stated_number=1).outcome == "unchanged"
    assert add(store, page("a"), "09:00:00", time_is_stated=True).outcome == "newer snapshot"


def test_each_snapshot_of_a_day_has_a_name(store: Store) -> None:
    add(store, page("a"))
    assert owners.find_snapshot(store, "ada@2026-11-23").label == "2026-11-23"
    add(store, page("b"))
    names = ["ada@2026-11-23#1", "ada@2026-11-23#2", "ada@2026-11-23", "ada"]
    first_titles = [owners.page_at(store, owners.find_snapshot(store, name)).papers[0]["title"] for name in names]
    assert first_titles == ["a", "b", "b", "b"]
    for name, message in (
        ("ada@2026-11-23#3", "no snapshot with this number; the library has 2026-11-23#1, 2026-11-23#2"),
        ("ada@2026-11-22#1", "none of that day"),
        ("ada@2026-11-23#x", "no valid number"),
        ("ada@2026-11-23T10:00", "by its day and number"),
    ):
        with pytest.raises(UsageError, match=message):
            owners.find_snapshot(store, name)


def test_removing_the_newest_snapshot_of_a_day_makes_the_one_before_it_current(store: Store) -> None:
    add(store, page("b"), "12:00:00")
    add(store, page("a"), "09:00:00")
    add(store, page("c"), "13:00:00")
    with schema.transaction(store):
        snapshots.remove(store, owners.find_snapshot(store, "ada@2026-11-23#3").id)
    assert titles(store) == ["a", "b"]


def test_the_place_of_the_first_capture_is_the_first(store: Store) -> None:
    assert captures.place(store, "ada lovelace", page("a"), Origin()) == (1, None)
