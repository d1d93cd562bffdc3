"""Indicators of the selected papers."""

import datetime

import pytest

from pubcli.analysis.indicators import INDICATOR_FIELDS, LAW_FIELDS, fit_laws, indicators
from pubcli.reader import read
from pubcli.store.load import load

TABLE = b"""Authors,Title,Year,Journal,Cited by
"Doe, J. and Roe, K.",One,2018,Kites,12
"Doe, J. and Poe, L.",Two,2019,Kites,10
"Doe, J.",Three,2021,Maps,2
"Roe, K. and Poe, L. and Lee, M.",Four,2021,Kites,
"Lee, M.",Five,2022,Wind,0
"Lee, M.",Six,2023,Wind,1
"""


def values(query: str = "", table: bytes = TABLE) -> dict[str, float]:
    store = load(read(table, as_of=datetime.date(2023, 6, 1)))
    answer = indicators(store, query)
    rows = list(answer.rows)
    assert all(tuple(row) == INDICATOR_FIELDS for row in rows)
    return {row["indicator"]: row["value"] for row in rows}


def test_indicators_have_their_definitions() -> None:
    assert values() == {
        "citations": 25,
        "citations per paper": 5.0,
        "citations per paper and year": pytest.approx((12 / 6 + 10 / 5 + 2 / 3 + 0 + 1) / 5, abs=1e-4),
        "h-index": 2,
        "g-index": 5,
        "i10-index": 2,
        "m-index": pytest.approx(2 / 6, abs=1e-4),
        "authors per paper": pytest.approx(10 / 6, abs=1e-4),
        "single-author papers": 0.5,
        "collaboration index": pytest.approx(4 / 3, abs=1e-4),
        "growth rate": 0.0,  # one paper in 2018 and in 2022; 2023 is the year of the capture
    }


def test_a_query_selects_the_papers() -> None:
    assert values("author:lee")["citations"] == 1
    assert values("absent") == {}


def test_indicators_that_the_data_do_not_allow_are_left_out() -> None:
    assert values(table=b"Title,Abstract\nOne,Text\nTwo,Text\n") == {}
    assert set(values(table=b"Title,Authors\nOne,A B\nTwo,A B\n")) == {"authors per paper", "single-author papers"}


def test_notes_say_for_how_many_papers_citations_are_known() -> None:
    notes = indicators(load(read(TABLE))).notes
    assert "citations are known for 5 of 6 papers, so the indexes are lower bounds" in notes
    assert "these numbers describe the selected papers, not all papers of an author or journal" in notes


def test_laws_have_rows_for_venues_and_authors() -> None:
    answer = fit_laws(load(read(TABLE)))
    rows = list(answer.rows)
    assert all(tuple(row) == LAW_FIELDS for row in rows)
    observed = {(row["law"], row["quantity"]): row["observed"] for row in rows}
    assert observed["Bradford", "venues of zone 1 (3 papers)"] == 1
    assert observed["Lotka", "share of authors with 2 papers"] == 0.5
    assert observed["Price", "authors of half of the papers"] == 2
    assert "papers with a venue: 6 of 6" in answer.notes


def test_laws_without_data_have_no_rows() -> None:
    assert list(fit_laws(load(read(b"Title,Abstract\nOne,Text\n"))).rows) == []
    assert list(fit_laws(load(read(TABLE)), "absent").rows) == []
