"""What a format has no way to hold is told; what it holds in a way of its own is no loss."""

import io
from typing import Any

import pytest

from hostile import PAPERS
from pubcli.answer.answer import Answer
from pubcli.formats import WRITABLE, RenderOptions, default_fields, write
from pubcli.formats.round_trip import losses
from pubcli.inputs.sources import ReadOptions, from_text
from pubcli.reader import parse
from pubcli.store.ask import PAPER_FIELDS
from strategies import paper_row

FORMS = (*(name for name, format in WRITABLE.items() if format.storable_fields), "csv", "tsv")


def lost(form: str, *rows: dict[str, Any]) -> list[str]:
    out, answer = io.StringIO(newline=""), Answer("papers", PAPER_FIELDS, rows)
    write(form, answer, default_fields(form, answer), out, RenderOptions())
    fields = [field for field in PAPER_FIELDS if field != "date_precision"]
    return list(losses(form, rows, fields, parse(from_text(out.getvalue(), None, ReadOptions(form)))))


@pytest.mark.parametrize("form", FORMS)
def test_nothing_of_a_usual_paper_is_lost(form: str) -> None:
    labels = (
        "ordinary",
        "names",
        "cut",
        "a month",
        "uncertain",
        "accents",
        "CJK",
        "mathematics",
        "newlines",
        "everything",
    )
    assert lost(form, *(PAPERS[label] for label in labels)) == []


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "words",
    [
        ["learning, deep", "x"],
        ["x; y", "z"],
        ["a; b, c"],
        ["{a, b"],
        ["a}, {b", "c"],
        ["[x", "y]"],
        ['["x"]'],
        ["LG, x"],
    ],
)
def test_a_keyword_may_contain_the_separator(form: str, words: list[str]) -> None:
    rows = paper_row(keywords=words), paper_row(keywords=words, category=None, classes=[])
    assert lost(form, *rows) == []


def test_groups_come_back_as_such() -> None:
    groups = "Bell\u00a0Labs", "World Health Organization", "University of California, Berkeley", "Team of A and B"
    editors = "Emmy Noether and Bell\u00a0Labs and University\u00a0of\u00a0California,\u00a0Berkeley"
    row = paper_row("Title", "Gabriel García\u00a0Márquez", *groups, kind="book", extra={"editor": editors})
    assert [one for form in FORMS for one in lost(form, row)] == []


def test_a_group_that_becomes_a_person_is_lost() -> None:
    [sentence] = lost("ris", paper_row("Title", "Lovelace, Ada"))
    assert sentence == "record 1, authors: ['Lovelace, Ada'] is read where the paper has ['{Lovelace, Ada}']"


def test_a_lost_kind_is_reported_if_the_format_has_a_type_for_it() -> None:
    assert [one for form in FORMS for one in lost(form, paper_row(kind="article", venue="Nature"))] == []
    for kind in ("article", "inproceedings", "chapter"):  # where it stands is not known, what it is all the same
        assert [one for form in FORMS for one in lost(form, paper_row(kind=kind))] == []
    assert lost("bibtex", paper_row(kind="dataset")) == []


def test_a_different_notation_is_not_a_loss() -> None:
    row = paper_row(kind="article", pages="14--14", url="https://x.org/a b")
    assert [one for form in FORMS for one in lost(form, row)] == []
    row = paper_row(kind="article", date="2016-01-01", date_precision="year", extra={"year": "2012"})
    assert [one for form in FORMS for one in lost(form, row)] == []


def test_a_lost_field_that_all_formats_name_is_reported() -> None:
    extra = {
        "editor": "Emmy Noether and Bell\u00a0Labs",
        "SN": "1234-5678; 978-3-16-148410-0",
        "place": "X",
        "location": "Y",
        "note": "y",
    }
    row = paper_row(kind="book", extra=extra)
    assert [one for form in FORMS for one in lost(form, row)] == []


@pytest.mark.parametrize("series", [{"venue": "LNCS"}, {"extra": {"series": "LNCS"}}])
def test_a_book_is_in_a_series_in_bibtex(series: dict[str, Any]) -> None:
    assert [one for form in FORMS for one in lost(form, paper_row(kind="book", **series))] == []


def test_bibtex_has_a_place_for_one_class() -> None:
    assert lost("bibtex", paper_row(arxiv="2203.06735")) == []
    [sentence] = lost("bibtex", paper_row(arxiv="2203.06735", classes=["cs.LG", "stat.LG"]))
    assert sentence.startswith("record 1, classes: ")


def test_a_record_that_is_missing() -> None:
    assert list(losses("ris", [paper_row()], (), [])) == ["record 1: is missing"]
