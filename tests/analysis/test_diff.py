"""Differences between two captures of a page."""

import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from pubcli.analysis.check import profiles
from pubcli.analysis.diff import CHANGE_FIELDS, diff
from pubcli.answer.rows import PaperRow
from pubcli.reader import read
from pubcli.store.ask import papers
from pubcli.store.load import load
from pubcli.store.match_pages import Side
from repository import FIXTURES

paper = strategies.paper_row


def rows(old: list[PaperRow], new: list[PaperRow]) -> list[Any]:
    return list(diff(Side({}, old), Side({}, new)).rows)


def only_row(old: PaperRow, new: PaperRow) -> Any:
    [row] = rows([old], [new])
    return row


# The header


def test_changed_numbers_of_the_header_have_a_difference() -> None:
    old, new = {"h_index": 61, "citations": 1_584, "novelty": 5}, {"h_index": 60, "citations": 2_000, "novelty": 5}
    changes = list(diff(Side(old, []), Side(new, [])).rows)
    assert [(row["change"], row["field"], row["old"], row["new"], row["difference"]) for row in changes] == [
        ("header", "h_index", 61, 60, -1),
        ("header", "citations", 1_584, 2_000, 416),
    ]
    assert changes[1]["summary"] == "citations 1,584 → 2,000 (+416)"


def test_a_number_that_only_one_header_states_has_no_difference() -> None:
    [row] = diff(Side({}, []), Side({"h_index": 3}, [])).rows
    assert (row["old"], row["new"], row["difference"], row["summary"]) == (None, 3, None, "h-index none → 3")


def test_changed_recent_numbers_name_their_first_year() -> None:
    old = {
        "recent_since": 2020,
        "recent_citations": 60,
        "i10_index": 3,
        "interests": [],
        "affiliation": "Kite University",
    }
    new = {"recent_since": 2021, "recent_citations": 77, "i10_index": 4, "affiliation": "Wind Institute"}
    assert [row["summary"] for row in diff(Side(old, []), Side(new, [])).rows] == [
        "i10-index 3 → 4 (+1)",
        "recent citations 60 → 77 (+17; since 2020 and since 2021)",
        "affiliation Kite University → Wind Institute",
    ]


def test_pages_of_different_people_have_a_note() -> None:
    notes = diff(Side({"name": "Ada"}, []), Side({"name": "Bo"}, [])).notes
    assert any("different people" in note for note in notes)
    assert diff(Side({"name": "ADA"}, []), Side({"name": "Ada"}, [])).notes == ()


# Papers


def test_new_and_removed_papers_are_described() -> None:
    old, new = (
        paper("Lakes", "Ada L", "Bo C", date="2019-01-01", key="a"),
        paper("Hills", "Ada L", date_assumed=True, key="b"),
    )
    answer = diff(Side({}, [old]), Side({}, [new]))
    assert [(row["change"], row["key"], row["title"], row["summary"]) for row in answer.rows] == [
        ("new", "b", "Hills", "2020-01-02~, LG, Ada L"),
        ("gone", "a", "Lakes", "2019-01-01, LG, Ada L et al."),
    ]
    assert answer.notes == ("~ the page omits the year; this year was assumed",)


@pytest.mark.parametrize(
    ("old", "new", "summary"),
    [
        (("2023-03-01", "month"), ("2023-04-01", "month"), "date 2023-03 → 2023-04"),
        (("2015-01-01", "year"), ("2015-01-01", "day"), "date 2015 → 2015-01-01"),
        ((None, "day"), ("2010-01-01", "year"), "date unknown → 2010"),
    ],
)
def test_a_date_shows_only_the_part_that_is_known(
    old: tuple[str | None, str], new: tuple[str | None, str], summary: str
) -> None:
    old_paper, new_paper = (paper("Lakes", date=day, date_precision=precision) for day, precision in (old, new))
    row = only_row(old_paper, new_paper)
    assert row["summary"] == summary
    assert summary == f"date {row['old'] or 'unknown'} → {row['new']}"
    assert rows([old_paper], [old_paper]) == []
    assert rows([], [new_paper])[0]["summary"] == f"{row['new']}, LG"


def test_new_papers_are_sorted_by_date_and_undated_ones_come_last() -> None:
    new = [paper("A", date=None), paper("C", date="2019-01-01"), paper("D", date="2021-01-01"), paper("B", date=None)]
    assert [row["title"] for row in rows([], new)] == ["D", "C", "A", "B"]


def test_a_rename_shows_the_changed_words() -> None:
    row = only_row(paper("Fair Learning of $n$ Trees"), paper("Fair Learning of Many Trees"))
    assert (row["change"], row["field"], row["title"]) == ("renamed", "title", "Fair Learning of Many Trees")
    assert (row["old"], row["new"]) == ("Fair Learning of $n$ Trees", "Fair Learning of Many Trees")
    assert row["summary"] == "Fair Learning of [-n-] {+Many+} Trees"


def test_a_rename_with_a_guessed_title_is_marked() -> None:
    assert only_row(paper("Fair", title_guessed=True), paper("FAIR"))["title_guessed"] is True
    assert only_row(paper("Fair"), paper("FAIR"))["title_guessed"] is False


def test_a_change_of_accents_or_tex_is_a_rename() -> None:
    assert only_row(paper("Renyi"), paper("Rényi"))["summary"] == "[-Renyi-] {+Rényi+}"
    assert only_row(paper("$n$ Trees"), paper("n Trees"))["summary"] == "[-$n$-] {+n+} Trees"


@pytest.mark.parametrize(
    ("field", "old", "new", "summary"),
    [
        ("authors", ["Ada L", "Bo C"], ["Ada L", "Cy D"], "authors [-Bo C-] {+Cy D+}"),
        ("authors", ["Ada L", "Bo C"], ["Bo C", "Ada L"], "authors Ada L; Bo C → Bo C; Ada L"),
        ("authors_complete", False, True, "authors complete no → yes"),
        ("org", None, "mit", "org none → mit"),
        ("category", "LG", "ML", "category LG → ML"),
        ("badges", [], ["Code"], "badges {+Code+}"),
        ("badges", ["Code", "Data"], ["Data"], "badges [-Code-]"),
        ("code", False, True, "code no → yes"),
        ("abstract", None, "Two words.", "abstract none → 2 words"),
        ("abstract", "We show it.", "We prove it.", "abstract We [-show-] {+prove+} it."),
        ("abstract", "We  show it.", "We show it.", "abstract (only blanks changed)"),
    ],
)
def test_a_changed_field_has_a_summary(field: str, old: Any, new: Any, summary: str) -> None:
    row = only_row(paper(**{field: old}), paper(**{field: new}))
    assert (row["change"], row["field"], row["old"], row["new"]) == ("changed", field, old, new)
    assert (row["key"], row["title"], row["summary"]) == ("l2020title", "A Title", summary)


def test_a_change_of_code_is_a_change_of_badges() -> None:
    assert only_row(paper(), paper(badges=["Code"], code=True))["field"] == "badges"


@pytest.mark.parametrize(
    "values", [{"position": 7, "line": 90, "source": "b"}, {"key": "l2020titlea"}, {"profile": "Ada"}], ids=str
)
def test_the_position_of_a_paper_is_not_a_difference(values: dict[str, Any]) -> None:
    assert rows([paper()], [paper(**values)]) == []


# Dates, written and assumed


@pytest.mark.parametrize(
    ("old", "new", "summary"),
    [
        (("2020-01-02", False), ("2020-01-03", False), "2020-01-02 → 2020-01-03"),
        (("2020-01-02", True), ("2020-01-02", False), "2020-01-02~ → 2020-01-02 (the page now states the year)"),
        (("2020-01-02", False), ("2020-01-02", True), "2020-01-02 → 2020-01-02~ (the page no longer states the year)"),
        (("2020-01-02", True), ("2019-01-02", False), "2020-01-02~ → 2019-01-02 (the year was assumed wrongly)"),
        (
            ("2020-01-02", True),
            ("2021-01-02", True),
            "2020-01-02~ → 2021-01-02~ (both years are assumed, and the dates may be the same)",
        ),
        (
            ("2020-01-02", False),
            ("2021-01-02", True),
            "2020-01-02 → 2021-01-02~ (the year is assumed now, perhaps wrongly)",
        ),
        (("2020-01-02", True), ("2020-02-02", False), "2020-01-02~ → 2020-02-02"),
        ((None, False), ("2020-01-02", False), "unknown → 2020-01-02"),
        (("2020-01-02", True), (None, False), "2020-01-02~ → unknown"),
    ],
)
def test_a_changed_date_has_a_summary(old: tuple[str, bool], new: tuple[str, bool], summary: str) -> None:
    row = only_row(paper(date=old[0], date_assumed=old[1]), paper(date=new[0], date_assumed=new[1]))
    assert (row["old"], row["old_assumed"], row["new"], row["new_assumed"]) == (*old, *new)
    assert row["summary"] == f"date {summary}"


def test_two_unknown_dates_do_not_differ() -> None:
    assert rows([paper(date=None, date_assumed=True)], [paper(date=None)]) == []


# Whole pages


def side(name: str, day: date) -> Side:
    store = load(read(FIXTURES / name, as_of=day))
    return Side(next(iter(profiles(store).rows)), list(papers(store).rows))


def test_two_captures_of_a_page_have_differences_of_every_kind() -> None:
    old, new = side("colleague-older.txt", date(2025, 6, 30)), side("colleague-newer.txt", date(2026, 11, 23))
    changes: list[Any] = list(diff(old, new).rows)
    assert [(row["change"], row["field"], row["key"]) for row in changes] == [
        ("header", "h_index", None),
        ("header", "stated_papers", None),
        ("header", "listed_heading", None),
        ("header", "citations", None),
        ("header", "ai_score", None),
        ("new", None, "lindqvist2026learning"),
        ("new", None, "arimoto2025federated"),
        ("gone", None, "lindqvist2021note"),
        ("renamed", "title", "lindqvist2023sparse"),
        ("changed", "date", "lindqvist2025private"),
        ("changed", "date", "lindqvist2023sparse"),
        ("changed", "abstract", "lindqvist2023sparse"),
        ("changed", "badges", "lindqvist2024widearea"),
    ]
    assert all(tuple(row) == CHANGE_FIELDS for row in changes)


_papers = st.lists(
    st.builds(
        lambda title, authors, day, assumed, badges: paper(
            " ".join(title), *authors, date=day, date_assumed=assumed, badges=badges
        ),
        st.lists(st.sampled_from(["fair", "Fair", "private", "trees"]), min_size=1, max_size=3),
        st.lists(st.sampled_from(["Ada L", "Bo C"]), max_size=2),
        st.sampled_from([None, "2020-01-02", "2021-01-02"]),
        st.booleans(),
        st.sampled_from([[], ["Code"]]),
    ),
    max_size=6,
)


@given(_papers)
def test_a_page_does_not_differ_from_itself(page: list[PaperRow]) -> None:
    assert rows(page, page[::-1]) == []


MIRRORED = {"new": "gone", "gone": "new"}


@given(_papers, _papers)
def test_the_reverse_diff_has_the_reverse_changes(old: list[PaperRow], new: list[PaperRow]) -> None:
    def comparable(row: Any, is_reversed: bool = False) -> tuple[object, ...]:
        before, after = ("new", "old") if is_reversed else ("old", "new")
        change = MIRRORED.get(row["change"], row["change"]) if is_reversed else row["change"]
        title = row["title"] if row["change"] in MIRRORED else None
        assumed = row[f"{before}_assumed"], row[f"{after}_assumed"]
        return change, title, row["field"], repr(row[before]), repr(row[after]), *assumed

    assert sorted(map(repr, map(comparable, rows(old, new)))) == sorted(
        repr(comparable(row, True)) for row in rows(new, old)
    )


@given(_papers, _papers, st.randoms(use_true_random=False))
def test_the_order_of_papers_makes_no_difference(
    old: list[PaperRow], new: list[PaperRow], chance: random.Random
) -> None:
    assert rows(chance.sample(old, len(old)), chance.sample(new, len(new))) == rows(old, new)
