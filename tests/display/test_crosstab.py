"""Pairs as a cross-tabulation."""

import io
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pubcli.answer.answer import Answer, Crossing, Row
from pubcli.answer.rows import CountRow
from pubcli.display import markdown, table
from pubcli.display.columns import default_columns
from pubcli.display.crosstab import crosstab
from pubcli.formats import RenderOptions


def total(**fields: Any) -> CountRow:
    """Return the row of a value on one side of a cross-tabulation, with the fields that matter there."""
    return cast(CountRow, fields)


def crossed(counts: dict[tuple[str | None, int], int], *, newest_last: bool = False) -> tuple[Answer[Row], list[Row]]:
    """Return a cross-tabulation of organisations and years, with its rows."""
    rows: list[Row] = [{"org": org, "year": year, "papers": count} for (org, year), count in counts.items()]
    names = dict.fromkeys(org for org, _ in counts)
    row_totals = [total(org=name, papers=sum(n for (org, _), n in counts.items() if org == name)) for name in names]
    years = sorted({year for _, year in counts})
    column_totals = [total(year=year, papers=sum(n for (_, y), n in counts.items() if y == year)) for year in years]
    crossing = Crossing(row_totals, column_totals, sum(counts.values()), newest_last)
    fields = ("org", "year", "papers")
    return Answer("pairs", fields, rows, by=("org", "year"), texts_for_none={"org": "none"}, crossing=crossing), rows


COUNTS = {("x", 2001): 1, ("x", 2003): 20, (None, 2002): 3, ("y", 2001): 4}


def texts(
    answer: Answer[Row], rows: list[Row], width: int | None = None, max_columns: int | None = None
) -> list[list[str]]:
    result = crosstab(answer, rows, width=width, most=max_columns)
    return [[column.header for column in result.columns], *result.lines, result.notes]


def test_rows_and_columns_have_totals() -> None:
    assert texts(*crossed(COUNTS)) == [
        ["Org", "2001", "2002", "2003", "all"],
        ["x", "1", "0", "20", "21"],
        ["none", "0", "3", "0", "3"],
        ["y", "4", "0", "0", "4"],
        ["all", "5", "3", "20", "28"],
        [],
    ]


@pytest.mark.parametrize(
    ("newest_last", "visible_year", "note"),
    [(False, "2001", "others: 2002, 2003"), (True, "2003", "others: 2001, 2002")],
)
def test_columns_without_room_are_summed_up(newest_last: bool, visible_year: str, note: str) -> None:
    table_texts = texts(*crossed(COUNTS, newest_last=newest_last), width=24)

    assert table_texts[0] == ["Org", visible_year, "others", "all"]
    assert table_texts[-2] == ["all", *(["5", "23"] if visible_year == "2001" else ["20", "8"]), "28"]
    assert table_texts[-1] == [note]
    assert texts(*crossed(COUNTS, newest_last=newest_last), max_columns=1)[0] == table_texts[0]


def test_a_column_has_room_for_characters_that_are_two_cells_wide() -> None:
    counts: dict[tuple[str | None, int], int] = {("佐藤花子" * 2, year): 1 for year in range(2000, 2030)}
    assert all(cell_len("  ".join(line)) <= 60 for line in texts(*crossed(counts), width=60)[:-1])


def test_a_note_names_at_most_eight_summed_up_columns() -> None:
    counts: dict[tuple[str | None, int], int] = {("x", year): 1 for year in range(2000, 2030)}
    assert texts(*crossed(counts), max_columns=10)[-1] == [
        "others: 2010, 2011, 2012, 2013, 2014, 2015, 2016, 2017 and 12 more"
    ]


_counts = st.dictionaries(
    st.tuples(st.sampled_from(["x", "größe", "a very long name", None]), st.integers(1990, 2030)), st.integers(1, 3_000)
)


@given(_counts, st.integers(30, 120), st.booleans())
def test_all_papers_are_counted_and_all_lines_fit(
    counts: dict[tuple[str | None, int], int], width: int, last: bool
) -> None:
    result = crosstab(*crossed(counts, newest_last=last), width=width)
    lines = [[int(text) for text in line[1:]] for line in result.lines]

    assert all(sum(line[:-1]) == line[-1] for line in lines)
    assert lines[-1][-1] == sum(counts.values())
    answer, _ = crossed(counts, newest_last=last)
    out = io.StringIO()
    table.write(answer, default_columns(answer), out, RenderOptions(width=width))
    assert all(cell_len(line) <= width for line in out.getvalue().splitlines())


def test_control_characters_in_the_name_of_a_column_are_escaped_off_a_terminal() -> None:
    rows: list[Row] = [{"year": 2001, "org": "x\x1b[31m\ty\n", "papers": 1}]
    crossing = Crossing([total(year=2001, papers=1)], [total(org="x\x1b[31m\ty\n", papers=1)], 1)
    fields = ("year", "org", "papers")
    out = io.StringIO()
    answer = Answer("pairs", fields, rows, by=("year", "org"), crossing=crossing)
    assert table.write(answer, default_columns(answer), out, RenderOptions()) == 1

    assert out.getvalue() == "year\tx␛[31m y \tall\n2001\t1\t1\nall\t1\t1\n"


def test_markdown_contains_the_same_cross_tabulation() -> None:
    answer, _ = crossed(COUNTS)
    out = io.StringIO()
    markdown.write(answer, default_columns(answer), out, RenderOptions())

    assert out.getvalue().splitlines()[:3] == [
        "| Org | 2001 | 2002 | 2003 | all |",
        "| --- | ---: | ---: | ---: | ---: |",
        "| x | 1 | 0 | 20 | 21 |",
    ]


def test_requested_fields_are_listed_as_pairs() -> None:
    answer, _ = crossed(COUNTS)
    out = io.StringIO()
    table.write(answer, ("org", "papers"), out, RenderOptions())

    assert out.getvalue().splitlines() == ["org\tpapers", "x\t1", "x\t20", "none\t3", "y\t4"]


def test_only_pairs_can_be_cross_tabulated() -> None:
    with pytest.raises(ValueError, match="needs pairs"):
        crosstab(Answer("papers", (), []), [])
