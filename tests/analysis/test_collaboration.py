"""New, returned and lost co-authors of each period."""

from datetime import date
from typing import Any

import pytest

from pubcli.analysis.collaboration import PERIOD_FIELDS, periods
from pubcli.analysis.people import coauthors
from pubcli.answer import marks
from pubcli.answer.rows import PeriodRow
from pubcli.model import Document
from pubcli.query.expression import Query
from pubcli.query.language import build
from pubcli.reader import read
from pubcli.store.database import Store
from pubcli.store.load import load


def page(*records: tuple[str, str], name: str = "Ada Lovelace\n\nh-index1\n\n") -> Store:
    """Return a store with a page of records, each with a year and a byline."""
    lines = [f"LGMar 1, {year}\nTitle {number}\n\n{byline}\n" for number, (year, byline) in enumerate(records)]
    return load(read((name + "\n".join(lines)).encode(), as_of=date(2024, 6, 1)))


def rows(store: Store, query: Query | str = "", length: int = 1) -> list[PeriodRow]:
    return list(periods(store, query, length=length).rows)


TURNOVER = (
    ("2018", "Ada Lovelace, Bob Ray"),
    ("2019", "Bob Ray, Cid Roe, Ada Lovelace"),
    ("2020", "Cid Roe, Ada Lovelace et al."),
    ("2022", "Bob Ray, Ada Lovelace"),
)


def test_coauthors_are_new_returned_or_lost_in_each_year() -> None:
    years: list[Any] = list(rows(page(*TURNOVER)))

    assert [(row["period"], row["papers"], row["coauthors"]) for row in years] == [
        ("2018", 1, 1), ("2019", 1, 2), ("2020", 1, 1), ("2021", 0, 0), ("2022", 1, 1),
    ]  # fmt: skip
    assert [row["new_names"] for row in years] == [["Bob Ray"], ["Cid Roe"], [], [], []]
    assert [row["returned_names"] for row in years] == [[], [], [], [], ["Bob Ray"]]
    assert [row["lost_names"] for row in years] == [[], [], [], ["Cid Roe"], []]
    for kind in ("new", "returned", "lost"):
        assert [row[f"{kind}_coauthors"] for row in years] == [len(row[f"{kind}_names"]) for row in years]
    assert all(row.keys() == set(PERIOD_FIELDS) for row in years)


def test_periods_of_several_years_end_with_the_last_paper() -> None:
    by_period = rows(page(*TURNOVER), length=3)

    assert [(row["period"], row["first_year"], row["last_year"]) for row in by_period] == [
        ("2018..2020", 2018, 2020),
        ("2021..2022", 2021, 2022),
    ]
    assert [row["lost_names"] for row in by_period] == [[], ["Cid Roe"]]


def test_assumed_years_are_marked_and_papers_without_a_year_have_a_note() -> None:
    by_period = rows(page(("2018", "Bob Ray"), ("2018~", "Bob Ray")))
    assert [row["assumed_dates"] for row in by_period] == [0]
    text = "Ada Lovelace\n\nh-index1\n\nLGMar 1\nTitle\n\nBob Ray\n"
    [row] = rows(load(read(text, date(2024, 6, 1))))
    assert (row["assumed_dates"], marks.marked_text(row, "period")) == (1, f"{row['period']}~")
    entries = "@misc{a, title={A}, author={Bob Ray}}\n@misc{b, title={B}, author={Bob Ray and Cid Roe}, year=2020}\n"
    assert periods(load(read(entries))).notes == ("1 paper without a year is in no period",)


def test_shares_of_the_owner_count_only_lists_that_show_the_position() -> None:
    by_period = rows(page(*TURNOVER), length=2)

    assert [(row["owner_first"], row["first_share"], row["owner_last"], row["last_share"]) for row in by_period] == [
        (1, 50, 1, 50),
        (0, 0, 0, None),
        (0, 0, 1, 100),
    ]
    assert [row["complete_lists"] for row in by_period] == [2, 0, 1]
    nameless = rows(page(*TURNOVER, name=""), length=9)
    assert [(row["first_share"], row["last_share"], row["coauthors"]) for row in nameless] == [(None, None, 3)]


def test_a_query_selects_papers_and_a_limit_selects_periods() -> None:
    assert [row["period"] for row in rows(page(*TURNOVER), build("year:2019..", limit=1, offset=1))] == ["2020"]
    assert rows(page(*TURNOVER), "nothing") == []
    assert rows(load(read(b"LGMar 1\nTitle\n\nBob Ray\n", as_of=date(1990, 1, 1)))) == []


def test_counts_by_period_agree_with_the_list_of_coauthors(document: Document) -> None:
    store = load(document)
    people = list(coauthors(store).rows)

    assert sum(row["new_coauthors"] for row in rows(store)) == len(people)
    assert sum(row["papers"] for row in rows(store)) == 50
    for row in rows(store):
        active = [person["name"] for person in people if row["first_year"] in person["years"]]
        assert row["coauthors"] == len(active)


def test_truncated_lists_have_a_note_on_losses(document: Document) -> None:
    assert periods(load(document)).notes[-1] == "co-authors who seem lost may be missing from a truncated list"
    assert periods(load(document), "authors_complete:yes").notes == ()


@pytest.mark.parametrize(
    ("years", "heading", "trend_line"),
    [
        (("2018", "2018", "2020"), "2018-2020", "█·▅"),
        (("1970", "1971", "2020"), "1970-2020", "█···············▅"),
    ],
)
def test_each_sign_of_a_trend_line_covers_one_or_several_years(
    years: tuple[str, ...], heading: str, trend_line: str
) -> None:
    answer = coauthors(page(*((year, "Bob Ray") for year in years)))

    assert answer.headings["course"] == heading
    assert [row["course"] for row in answer.rows] == [trend_line]
