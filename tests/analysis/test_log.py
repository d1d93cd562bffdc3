"""History of a profile over its snapshots."""

import io
from datetime import date

import pytest

from pubcli.analysis.log import HISTORY_FIELDS, ProfileState, history
from pubcli.display.columns import columns, default_columns
from pubcli.formats import RenderOptions, write

STATES = (
    ProfileState(date(2025, 6, 30), {"name": "Nora", "h_index": 18, "citations": 902, "ai_score": None}, 7, None, None),
    ProfileState(date(2025, 12, 31), {"name": "Nora", "h_index": 18, "citations": 950, "ai_score": None}, 7, 0, 0),
    ProfileState(date(2026, 11, 23), {"name": "Nora", "h_index": 19, "citations": 1_014, "ai_score": 44}, 8, 2, 1),
)


def rendered(form: str, options: RenderOptions) -> str:
    answer, out = history(STATES), io.StringIO()
    fields = default_columns(answer)
    assert write(form, answer, fields, out, options) == 3
    return out.getvalue()


def test_each_snapshot_has_a_row_in_chronological_order() -> None:
    rows = list(history(STATES).rows)
    assert [row["as_of"] for row in rows] == ["2025-06-30", "2025-12-31", "2026-11-23"]
    assert rows[0] == {
        "as_of": "2025-06-30", "h_index": 18, "stated_papers": None, "citations": 902, "novelty": None,
        "ai_score": None, "i10_index": None, "recent_h_index": None, "recent_i10_index": None,
        "recent_citations": None, "listed_papers": 7, "new_papers": None, "gone_papers": None,
        "day_number": None,
    }  # fmt: skip
    assert all(tuple(row) == HISTORY_FIELDS for row in rows)


def test_numbers_that_only_some_sites_state_have_columns_where_they_are_stated() -> None:
    header = {"h_index": 6, "citations": 119, "i10_index": 4, "recent_since": 2021, "recent_citations": 77}
    answer = history([*STATES[:1], ProfileState(date(2026, 11, 23), header, 8, 2, 1)])
    assert default_columns(answer)[1:6] == ("h_index", "i10_index", "citations", "recent_citations", "listed_papers")
    assert [head.header for head in columns(answer, ["recent_citations", "recent_h_index"])] == [
        "Since 2021", "h since 2021"
    ]  # fmt: skip
    assert not any("recent" in name or "i10" in name for name in default_columns(history(STATES)))


def test_a_trend_needs_two_numbers() -> None:
    assert history(STATES).trends == ("h_index", "citations", "listed_papers", "new_papers", "gone_papers")
    assert history(STATES[:1]).trends == ()
    assert list(history(()).rows) == []


def test_a_terminal_shows_sparklines_below_the_table() -> None:
    lines = rendered("table", RenderOptions(width=80)).splitlines()
    assert "Citations  ▁▄█    902 → 1,014 (+112)" in [line.strip() for line in lines]
    assert max(map(len, lines)) <= 80


def test_sparklines_are_ascii_without_utf8() -> None:
    assert "Citations  _-#    902 to 1,014 (+112)" in rendered("table", RenderOptions(width=80, utf8=False))


def test_markdown_has_a_separate_table_of_sparklines() -> None:
    assert "| Citations | ▁▄█ | 902 → 1,014 (+112) |\n" in rendered("markdown", RenderOptions())


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_output_for_programs_has_no_sparklines(form: str) -> None:
    assert "▁" not in rendered(form, RenderOptions())


def test_trend_lines_fit_a_narrow_terminal() -> None:
    states = [ProfileState(date(2020, 1, 1 + n % 28), {"citations": n}, n, 1, 0) for n in range(500)]
    answer, out = history(states), io.StringIO()
    write("table", answer, default_columns(answer), out, RenderOptions(width=40))
    assert max(map(len, out.getvalue().splitlines())) <= 40
