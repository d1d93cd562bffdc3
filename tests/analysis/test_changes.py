"""What each snapshot of a page changed, over a whole library."""

from collections.abc import Iterator
from datetime import date

import pytest

from pubcli.analysis.changes import changes, latest_changes, summaries
from pubcli.analysis.diff import diff
from pubcli.errors import UsageError
from pubcli.model import Document
from pubcli.query.expression import Query
from pubcli.reader import read
from pubcli.report import report
from pubcli.store.database import Store
from pubcli.store.library import library_file, owners, snapshots
from pubcli.store.load import Origin, load


def page(name: str, *titles: str) -> str:
    papers = [f"LGMar 13, 2022\n{title}\n\n{name}, Ada Lovelace\n\nAn abstract.\n" for title in titles]
    return "\n".join([f"{name}\n\nh-index{len(titles)}\n\n{len(titles)} Papers\n", *papers])


CAPTURES = (
    (date(2026, 1, 1), page("Bo Ray", "Games", "Walks")),
    (date(2026, 2, 1), page("Cy Day", "Maps")),
    (date(2026, 3, 1), page("Bo Ray", "Games", "Walks", "Kites")),
    (date(2026, 4, 1), page("Cy Day", "Maps", "Strings")),
    (date(2026, 5, 1), page("Bo Ray", "Games", "Kites")),
)


@pytest.fixture
def store() -> Iterator[Store]:
    store = library_file.in_memory()
    for number, (day, text) in enumerate(CAPTURES):
        (one_page,) = read(text, day).pages
        snapshots.add(store, one_page, Origin(bytes([number]), 0, None, "2026-06-01T00:00:00+00:00", None))
    yield store
    store.close()


def papers(store: Store, name: str | None = None, since: str | None = None) -> list[tuple[str, str, str, str | None]]:
    return [
        (row["name"], row["as_of"], row["change"], row["title"])
        for row in changes(store, name, since).rows
        if row["change"] != "header"
    ]


def test_each_snapshot_is_compared_with_the_one_before_it_and_the_newest_come_first(store: Store) -> None:
    assert papers(store) == [
        ("Bo Ray", "2026-05-01", "gone", "Walks"),
        ("Cy Day", "2026-04-01", "new", "Strings"),
        ("Bo Ray", "2026-03-01", "new", "Kites"),
    ]
    assert {row["before"] for row in changes(store, "bo ray").rows} == {"2026-01-01", "2026-03-01"}


def test_a_name_and_a_day_restrict_the_changes(store: Store) -> None:
    assert [change[3] for change in papers(store, "ray")] == ["Walks", "Kites"]
    assert [change[3] for change in papers(store, since="2026-04-01")] == ["Walks", "Strings"]
    assert papers(store, "ray", "2026-06-01") == []
    with pytest.raises(UsageError):
        changes(store, "nobody")


def test_the_differences_are_those_of_diff(store: Store) -> None:
    first, last = owners.snapshots_of(store, owners.find_owner(store, "cy day"))
    expected = [dict(row) for row in diff(owners.page_at(store, first), owners.page_at(store, last)).rows]
    rows = [dict(row) for row in changes(store, "cy day").rows]
    assert [{field: row[field] for field in expected[0]} for row in rows] == expected


def test_the_latest_changes_are_those_from_the_last_snapshot_but_one_of_each_page(store: Store) -> None:
    rows = [
        (row["name"], row["before"], row["title"]) for row in latest_changes(store).rows if row["change"] != "header"
    ]
    assert rows == [("Bo Ray", "2026-03-01", "Walks"), ("Cy Day", "2026-02-01", "Strings")]


def test_pages_without_an_older_snapshot_have_no_latest_changes(document: Document) -> None:
    assert list(latest_changes(load(document)).rows) == []


def test_the_latest_changes_are_only_those_of_the_selected_pages(store: Store) -> None:
    owners.narrow(store, owners.find_owners(store, "cy"))
    assert {row["name"] for row in latest_changes(store).rows} == {"Cy Day"}


def test_a_report_shows_what_changed_since_the_snapshot_before(store: Store) -> None:
    text = report(store, Query())
    assert "What changed since the snapshots before" in text
    assert "<td>Cy Day</td><td>2026-02-01</td><td>Strings</td>" in text
    owners.narrow(store, owners.find_owners(store, "bo"))
    assert "What changed since the snapshot of 2026-03-01" in report(store, Query())


def test_a_summary_compares_the_newest_snapshot_with_the_last_one_before_the_period(store: Store) -> None:
    def numbers(since: str | None) -> list[tuple[object, ...]]:
        fields = ("name", "before", "as_of", "h_index_difference", "new_papers", "gone_papers", "renamed_papers")
        return [tuple(dict(row)[field] for field in fields) for row in summaries(store, None, since).rows]

    whole = [("Bo Ray", "2026-01-01", "2026-05-01", 0, 1, 1, 0), ("Cy Day", "2026-02-01", "2026-04-01", 1, 1, 0, 0)]
    assert numbers(None) == numbers("2020-01-01") == whole
    assert numbers("2026-04-15") == [("Bo Ray", "2026-03-01", "2026-05-01", -1, 0, 1, 0)]
    assert numbers("2026-05-02") == []


def test_a_paper_that_changed_in_several_fields_counts_once_in_a_summary() -> None:
    store = library_file.in_memory()
    for day, date_and_badge in ((date(2026, 1, 1), "LGMar 13, 2022"), (date(2026, 2, 1), "CVMar 14, 2022Code")):
        text = page("Bo Ray", "Games").replace("LGMar 13, 2022", date_and_badge)
        (one_page,) = read(text, day).pages
        snapshots.add(store, one_page, Origin(bytes([day.month]), 0, None, "2026-06-01T00:00:00+00:00", None))
    assert [row["changed_papers"] for row in summaries(store).rows] == [1]
    assert summaries(store, "bo ray").rows == summaries(store).rows
    store.close()
