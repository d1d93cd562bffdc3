"""How a profile changed over its snapshots."""

import io
from datetime import date

import pytest

from pubcli.analysis.log import HISTORY_FIELDS, ProfileState, history
from pubcli.display.columns import default_columns
from pubcli.formats import RenderOptions, write

SNAPSHOTS = (
    ProfileState(date(2025, 6, 30), {"name": "Nora", "h_index": 18, "citations": 902, "ai_score": None}, 7, None, None),
    ProfileState(date(2025, 12, 31), {"name": "Nora", "h_index": 18, "citations": 950, "ai_score": None}, 7, 0, 0),
    ProfileState(date(2026, 11, 23), {"name": "Nora", "h_index": 19, "citations": 1_014, "ai_score": 44}, 8, 2, 1),
)


def written(form: str, options: RenderOptions) -> str:
    answer, out = history(SNAPSHOTS), io.StringIO()
    fields = default_columns(answer)
    assert write(form, answer, fields, out, options) == 3
    return out.getvalue()


def test_a_row_for_each_snapshot_in_its_order() -> None:
    rows = list(history(SNAPSHOTS).rows)
    assert [row["as_of"] for row in rows] == ["2025-06-30", "2025-12-31", "2026-11-23"]
    assert rows[0] == {
        "as_of": "2025-06-30", "h_index": 18, "stated_papers": None, "citations": 902, "novelty": None,
        "ai_score": None, "listed_papers": 7, "new_papers": None, "gone_papers": None,
    }  # fmt: skip
    assert all(tuple(row) == HISTORY_FIELDS for row in rows)


def test_a_trend_needs_two_numbers() -> None:
    assert history(SNAPSHOTS).trends == ("h_index", "citations", "listed_papers", "new_papers", "gone_papers")
    assert history(SNAPSHOTS[:1]).trends == ()
    assert list(history(()).rows) == []


def test_on_a_terminal_sparklines_stand_below_the_table() -> None:
    lines = written("table", RenderOptions(width=80)).splitlines()
    assert "Citations  ▁▄█    902 → 1,014 (+112)" in [line.strip() for line in lines]
    assert max(map(len, lines)) <= 80


def test_a_terminal_without_blocks_has_other_bars() -> None:
    assert "Citations  _-#    902 to 1,014 (+112)" in written("table", RenderOptions(width=80, utf8=False))


def test_in_markdown_they_are_a_table_of_their_own() -> None:
    assert "| Citations | ▁▄█ | 902 → 1,014 (+112) |\n" in written("markdown", RenderOptions())


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_for_programs_there_are_none(form: str) -> None:
    assert "▁" not in written(form, RenderOptions())


def test_trend_lines_fit_a_narrow_screen() -> None:
    many = [ProfileState(date(2020, 1, 1 + n % 28), {"citations": n}, n, 1, 0) for n in range(500)]
    answer, out = history(many), io.StringIO()
    write("table", answer, default_columns(answer), out, RenderOptions(width=40))
    assert max(map(len, out.getvalue().splitlines())) <= 40
