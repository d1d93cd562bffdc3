"""Files as the services and programs write them, read as what they say; and broken ones, which cost what is broken.

`UPDATE_GOLDEN=1 pytest tests/readers/test_inputs.py` writes what is expected anew.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pubcli.model import Document
from pubcli.reader import read
from pubcli.readers.recognition import recognised

INPUTS = Path(__file__).parents[2] / "fixtures" / "formats"
GOLDEN = Path(__file__).parents[1] / "golden" / "inputs"
FORMATS = {
    "zotero.bib": "bibtex",
    "google-scholar.bib": "bibtex",
    "biber.bib": "bibtex",
    "broken.bib": "bibtex",
    "zotero.ris": "ris",
    "endnote.ris": "ris",
    "broken.ris": "ris",
    "zotero.csl.json": "csl-json",
    "broken.json": "csl-json",
    "zotero.csv": "csv",
    "broken.csv": "csv",
    "openalex-works.json": "openalex",
    "arxiv-api.atom": "arxiv",
    "arxiv-snapshot.jsonl": "arxiv-jsonl",
    "dblp-person.xml": "dblp",
    "dblp-search.xml": "dblp",
    "broken-dblp.xml": "dblp",
}


def said(document: Document) -> list[dict[str, Any]]:
    """What is known of each paper, and each problem; nothing of what is unknown."""
    rows: list[dict[str, Any]] = []
    for page in document.pages:
        rows += [
            {
                field: value
                for field, value in {**paper.model_dump(mode="json"), "last_line": paper.last_line}.items()
                if value not in (None, [], {}, False) and field not in ("source", "position")
            }
            for paper in page.papers
        ]
        rows += [problem.model_dump(exclude={"source"}) for problem in page.problems]
    return rows


@pytest.mark.parametrize("name", FORMATS)
def test_a_file(name: str) -> None:
    found = said(read((INPUTS / name).read_bytes(), date(2026, 1, 1)))
    text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in found)
    golden = GOLDEN / f"{name}.jsonl"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(text, encoding="utf-8")
    assert found == [json.loads(line) for line in golden.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("name", "form"), FORMATS.items())
def test_a_file_is_recognised_by_its_content(name: str, form: str) -> None:
    assert recognised((INPUTS / name).read_bytes(), "unnamed") == form


def test_every_input_is_read() -> None:
    assert {path.name for path in INPUTS.iterdir()} == {*FORMATS, "german.csv"}


@pytest.mark.parametrize(
    "text",
    [
        "@proceedings{a, title={CDC}, editor={Ada Lovelace and Emmy Noether}}\n",
        "<dblp><proceedings key='a'><editor>Ada Lovelace 0001</editor><editor>Emmy Noether</editor><title>CDC.</title>"
        "</proceedings></dblp>\n",
        "<result><hit><info><authors><author>Ada Lovelace 0001</author><author>Emmy Noether</author></authors>"
        "<title>CDC.</title><type>Editorship</type></info></hit></result>\n",
    ],
    ids=["BibTeX", "a record of DBLP", "a hit of DBLP"],
)
def test_editors_are_no_authors(text: str) -> None:
    [paper] = read(text).papers
    assert (paper.title, paper.authors, paper.extra["editor"]) == ("CDC", (), "Ada Lovelace and Emmy Noether")


def test_a_column_map() -> None:
    document = read(INPUTS / "german.csv", columns={"title": "Titel", "authors": "autoren", "date": "Jahr"})
    assert [(paper.title, paper.authors, paper.extra) for paper in document.papers] == [
        ("Ein Titel", ("Jürgen Müller",), {"Ort": "Köln"}),
        ("Eine Frage", ("Jürgen Müller", "Anna Weiß"), {"Ort": "Bonn"}),
    ]
    assert document.problems == ()
