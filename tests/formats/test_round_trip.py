"""Values that a format cannot store are reported as losses; a different notation is not a loss."""

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


def reported_losses(form: str, *rows: dict[str, Any]) -> list[str]:
    out, answer = io.StringIO(newline=""), Answer("papers", PAPER_FIELDS, rows)
    write(form, answer, default_fields(form, answer), out, RenderOptions())
    fields = [field for field in PAPER_FIELDS if field != "date_precision"]
    return list(losses(form, rows, fields, parse(from_text(out.getvalue(), None, ReadOptions(form)))))


@pytest.mark.parametrize("form", FORMS)
def test_ordinary_papers_survive_a_round_trip_without_losses(form: str) -> None:
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
    assert reported_losses(form, *(PAPERS[label] for label in labels)) == []


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
    rows = paper_row(keywords=words), paper_row(keywords=words, category=None, classes=[], key="other")
    assert reported_losses(form, *rows) == []


def test_a_key_that_bibtex_cannot_tell_from_another_is_reported_as_a_loss() -> None:
    rows = paper_row(key="Doe2001"), paper_row(key="doe2001")
    assert reported_losses("biblatex", *rows) == []
    [sentence] = reported_losses("bibtex", *rows)
    assert sentence == "record 2, key: the reader returned 'doe2001a', but the paper has 'doe2001'"


def test_groups_survive_a_round_trip_as_groups() -> None:
    groups = "Bell\u00a0Labs", "World Health Organization", "University of California, Berkeley", "Team of A and B"
    editors = "Emmy Noether and Bell\u00a0Labs and University\u00a0of\u00a0California,\u00a0Berkeley"
    row = paper_row("Title", "Gabriel García\u00a0Márquez", *groups, kind="book", extra={"editor": editors})
    assert [loss for form in FORMS for loss in reported_losses(form, row)] == []


def test_a_group_that_is_read_back_as_a_person_is_reported_as_a_loss() -> None:
    [sentence] = reported_losses("ris", paper_row("Title", "Lovelace, Ada"))
    assert sentence == "record 1, authors: the reader returned ['Lovelace, Ada'], but the paper has ['{Lovelace, Ada}']"


def test_kinds_of_papers_are_not_reported_as_lost() -> None:
    assert [loss for form in FORMS for loss in reported_losses(form, paper_row(kind="article", venue="Nature"))] == []
    for kind in ("article", "inproceedings", "chapter"):  # papers without a venue keep their kind
        assert [loss for form in FORMS for loss in reported_losses(form, paper_row(kind=kind))] == []
    assert reported_losses("bibtex", paper_row(kind="dataset")) == []


def test_a_different_notation_is_not_a_loss() -> None:
    row = paper_row(kind="article", pages="14--14", url="https://x.org/a b")
    assert [loss for form in FORMS for loss in reported_losses(form, row)] == []
    row = paper_row(kind="article", date="2016-01-01", date_precision="year", extra={"year": "2012"})
    assert [loss for form in FORMS for loss in reported_losses(form, row)] == []


def test_fields_that_all_formats_name_are_not_lost() -> None:
    extra = {
        "editor": "Emmy Noether and Bell\u00a0Labs",
        "SN": "1234-5678; 978-3-16-148410-0",
        "place": "X",
        "location": "Y",
        "note": "y",
    }
    row = paper_row(kind="book", extra=extra)
    assert [loss for form in FORMS for loss in reported_losses(form, row)] == []


@pytest.mark.parametrize("series", [{"venue": "LNCS"}, {"extra": {"series": "LNCS"}}])
def test_the_venue_or_series_of_a_book_is_not_lost(series: dict[str, Any]) -> None:
    assert [loss for form in FORMS for loss in reported_losses(form, paper_row(kind="book", **series))] == []


def test_a_second_arxiv_class_is_reported_as_a_loss_in_bibtex() -> None:
    assert reported_losses("bibtex", paper_row(arxiv="2203.06735")) == []
    [sentence] = reported_losses("bibtex", paper_row(arxiv="2203.06735", classes=["cs.LG", "stat.LG"]))
    assert sentence.startswith("record 1, classes: ")


def test_a_missing_record_is_reported() -> None:
    assert list(losses("ris", [paper_row()], (), [])) == ["record 1: is missing"]
