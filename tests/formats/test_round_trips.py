"""Papers of every kind survive writing and reading in every format that has a place for their fields.

A format loses fields that it has no place for. So papers are written, read and written again: after the first reading
nothing may change. SURVIVING_FIELDS lists the fields that must survive it in each format.
"""

import io
import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given

from hostile import PAPERS
from pubcli.answer.answer import Answer, Row
from pubcli.answer.values import cell_text
from pubcli.formats import READABLE, WRITABLE, RenderOptions, default_fields, write
from pubcli.formats.round_trip import losses
from pubcli.formats.shared.theses import degree
from pubcli.inputs.sources import ReadOptions, from_text
from pubcli.model import Document
from pubcli.reader import parse, read
from pubcli.store.ask import PAPER_FIELDS
from pubcli.text.normalize import harmless
from pubcli.text.readable import readable
from repository import INPUTS
from strategies import documents, references
from thoroughness import examples

ROUND_TRIP_FORMATS = [name for name in WRITABLE if name in READABLE]
EVERYTHING = tuple(field for field in PAPER_FIELDS if field != "links")
BIBLIOGRAPHIC = ("title", "authors", "authors_complete", "date", "date_precision", "date_assumed", "title_guessed",
                 "abstract", "doi", "arxiv", "volume", "pages", "citations")  # fmt: skip
SURVIVING_FIELDS = {
    "json": EVERYTHING,
    "jsonl": EVERYTHING,
    "csv": EVERYTHING,
    "tsv": EVERYTHING,
    "bibtex": BIBLIOGRAPHIC,
    "biblatex": BIBLIOGRAPHIC,
    "ris": BIBLIOGRAPHIC,
    "csl-json": (*BIBLIOGRAPHIC, "profile", "venue", "keywords", "org", "category", "badges", "extra"),
}
"""The fields that survive a round trip unchanged."""
EXACT = ("json", "jsonl", "csl-json")
"""Formats that keep line breaks and control characters."""


def write_rows(form: str, rows: Iterable[Row], options: RenderOptions | None = None) -> str:
    out, answer = io.StringIO(newline=""), Answer("papers", PAPER_FIELDS, rows)
    write(form, answer, default_fields(form, answer), out, options or RenderOptions())
    return out.getvalue()


def rows(document: Document) -> list[dict[str, Any]]:
    """Return papers as `pubcli list --json` writes them."""
    return [paper.model_dump(mode="json") for paper in document.papers]


def plain(form: str, value: Any) -> Any:
    """Return a value without line breaks, control characters and repeated spaces, which most formats do not store."""
    if isinstance(value, list | tuple):
        return [" ".join((str(item) if form in EXACT else harmless(str(item))).split()) for item in value]
    if isinstance(value, dict):
        return sorted((name.lower() if form == "csl-json" else name, text) for name, text in value.items())
    if not isinstance(value, str) or form in EXACT:
        return value
    return " ".join(readable(harmless(value)).replace("--", "-").split()) or None


@pytest.mark.parametrize("form", ROUND_TRIP_FORMATS)
def test_hostile_papers_survive_a_round_trip(form: str) -> None:
    originals = {label: row for label, row in PAPERS.items() if label not in EXCEPTIONS.get(form, ())}
    document = read(write_rows(form, originals.values()).encode(), form=form)
    assert document.problems == ()
    lost = [
        (label, field, row[field], reread[field])
        for label, row, reread in zip(originals, originals.values(), rows(document), strict=True)
        for field in SURVIVING_FIELDS[form]
        if plain(form, row[field]) != plain(form, reread[field])
    ]
    assert lost == []


EXCEPTIONS = {
    "csv": ("empty abstract",),
    "tsv": ("empty abstract",),
    "ris": ("odd names", "cut after others", "Markdown", "HTML"),
    "csl-json": ("empty abstract",),
    "bibtex": ("odd names", "brace in a formula", "active macros"),
    "biblatex": ("odd names", "brace in a formula", "active macros"),
}
"""Papers that do not survive in a format, such as those with `and` as a name or with an empty abstract.

RIS has no escapes, so that a text that looks like a tag of HTML is read as one.
BibTeX stores a formula as literal text if its braces are not balanced or it contains macros that do more than typeset.
"""


def test_pages_in_csl_are_a_range_with_one_hyphen() -> None:
    row = PAPERS["everything"] | {"pages": "100--117, 120"}
    text = write_rows("csl-json", [row])
    assert json.loads(text)[0]["page"] == "100-117, 120"
    [reread] = rows(read(text.encode(), form="csl-json"))
    assert plain("bibtex", reread["pages"]) == plain("bibtex", row["pages"])


@pytest.mark.parametrize("form", ROUND_TRIP_FORMATS)
@examples(60)
@given(document=documents())
def test_a_second_round_trip_changes_nothing(form: str, document: Document) -> None:
    if not document.papers:
        return
    first = read(write_rows(form, rows(document)).encode(), form=form)
    text = write_rows(form, rows(first))
    second = read(text.encode(), form=form)
    assert [{**row, "line": 0} for row in rows(second)] == [{**row, "line": 0} for row in rows(first)]
    assert write_rows(form, rows(second)) == text


def _comparable(form: str, row: Row, fields: Iterable[str]) -> dict[str, Any]:
    """Return the values of some fields of a row, with only the known part of a date."""
    precision = row["date_precision"] if row["date"] else "day"
    values = {field: plain(form, row[field]) for field in fields}
    return values | {"date": cell_text(row, "date"), "date_precision": precision}


@pytest.mark.parametrize("form", ROUND_TRIP_FORMATS)
@examples(60)
@given(document=documents())
def test_fields_that_a_format_can_hold_survive_a_round_trip(form: str, document: Document) -> None:
    originals = rows(document)
    if not originals:
        return
    reread = rows(read(write_rows(form, originals).encode(), form=form))
    fields = [field for field in SURVIVING_FIELDS[form] if field not in ("key", "position", "classes")]
    expected, actual = ([_comparable(form, row, fields) for row in rows_] for rows_ in (originals, reread))
    assert sorted(map(repr, actual)) == sorted(map(repr, expected))


@pytest.mark.parametrize("form", [*(name for name, format in WRITABLE.items() if format.storable_fields), "csv", "tsv"])
@examples(100)
@given(row=references)
def test_all_fields_of_a_bibliography_survive_a_round_trip(form: str, row: Row) -> None:
    """A second file has the same lines, perhaps in another order."""
    first_text = write_rows(form, [row])
    second_text = write_rows(form, rows(read(first_text, form=form)))
    for text in first_text, second_text:
        assert list(losses(form, [row], PAPER_FIELDS, parse(from_text(text, None, ReadOptions(form))))) == []
        [paper] = rows(read(text, form=form))
        assert degree(row) in (None, degree(paper) or "phdthesis")
    assert write_rows(form, [paper]) == second_text


@pytest.mark.parametrize("form", ROUND_TRIP_FORMATS)
@pytest.mark.parametrize(
    "name", ["zotero.bib", "google-scholar.bib", "zotero.ris", "zotero.csl.json", "arxiv-api.atom"]
)
def test_content_of_real_files_survives_every_format(form: str, name: str) -> None:
    document = read((INPUTS / name).read_bytes())
    reread = read(write_rows(form, rows(document)).encode(), form=form)
    fields = ("title", "authors", "authors_complete", "date", "date_precision", "doi", "arxiv", "volume", "abstract")
    values = [{field: plain(form, row[field]) for field in fields} for row in rows(document)]
    assert [{field: plain(form, row[field]) for field in fields} for row in rows(reread)] == values


@pytest.mark.parametrize("options", [RenderOptions(ascii=True), RenderOptions()], ids=["ascii", "unicode"])
def test_bibtex_has_the_same_content_with_or_without_the_ascii_option(options: RenderOptions) -> None:
    labels = ("names", "accents", "ordinary", "CJK", "macros", "everything")
    originals = [PAPERS[label] for label in labels]
    text = write_rows("bibtex", originals, options)
    assert text.isascii() is options.ascii
    reread = rows(read(text.encode(), form="bibtex"))
    for row, copy in zip(originals, reread, strict=True):
        assert plain("bibtex", copy["authors"]) == plain("bibtex", row["authors"])
        written_title = plain("bibtex", row["title"]).replace("–", "-").replace("‘", "`").replace("’", "'")
        assert plain("bibtex", copy["title"]).replace("–", "-").replace("‘", "`").replace("’", "'") == written_title


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_the_apostrophe_that_protects_a_cell_is_removed(form: str) -> None:
    row = PAPERS["a formula of a spreadsheet"]
    [paper] = read(write_rows(form, [row], RenderOptions(excel=True)).encode(), form=form).papers
    assert (paper.title, paper.abstract, paper.org) == (row["title"], row["abstract"], row["org"])


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("bibtex", "@mastersthesis{a,\n  title = {T},\n  year = {1999},\n  Owner = {me},\n  isbn = {1}\n}\n"),
        ("bibtex", "@misc{a,\n  title = {Hidden {Markov} Models of {DNA} at {R\\&D Labs}},\n  year = {1999}\n}\n"),
        ("bibtex", "@misc{a,\n  title = {{Attention Is All You Need}},\n  year = {1999}\n}\n"),
        (
            "bibtex",
            "@misc{a,\n  title = {\\{b\\} at \\{https://x.org/a\\_b\\}},\n  year = {1999},\n"
            "  note = {\\{c\\} at \\{https://x.org/a\\_b\\} or a{\\textbackslash}b https://x.org/}\n}\n",
        ),
        ("bibtex", "@inproceedings{a,\n  title = {T},\n  year = {1999},\n  proceedings = {conf/x}\n}\n"),
        ("biblatex", "@mvbook{a,\n  title = {T},\n  date = {1999}\n}\n"),
        ("ris", "TY  - MAP\r\nID  - a\r\nTI  - T\r\nPY  - 1999\r\nDA  - 1999///\r\nC1  - x\r\nER  - \r\n"),
        (
            "csl-json",
            '[\n{"id":"a","type":"book","title":"T","ISBN":"1","custom":{"kind":"book"}}\n]\n',
        ),
    ],
)
def test_fields_of_one_format_are_written_back_to_it(form: str, text: str) -> None:
    assert write_rows(form, rows(read(text, form=form))) == text


def test_the_venue_field_of_biblatex_is_not_the_venue_of_a_paper() -> None:
    text = "@inproceedings{a,\n  title = {T},\n  date = {2001},\n  booktitle = {B &amp; C},\n  venue = {Seoul}\n}\n"
    [paper] = read(text, form="biblatex").papers
    out = write_rows("csl-json", [paper.model_dump(mode="json")])
    [reread] = read(out, form="csl-json").papers
    assert (paper.venue, paper.extra) == (reread.venue, reread.extra)
    assert paper.extra == {"venue": "Seoul"}
