"""Each example page in `fixtures/sites` is read as its `.expect.json` says, whatever browser it was copied from."""

import json
from pathlib import Path
from typing import Any

import pytest

import pubcli
from pubcli import reader
from pubcli.errors import InputError
from pubcli.inputs.sources import ReadOptions, from_file
from pubcli.model import Document, Paper
from pubcli.sites import SITES
from repository import FIXTURES

EXAMPLES = FIXTURES / "sites"


def _is_read(site: str) -> bool:
    return any(SITES[name].reader for name in (site, f"{site}-page") if name in SITES)


def examples() -> list[tuple[Path, dict[str, Any]]]:
    """Return the text files of the sites that pubcli reads, each with what it means."""
    expectations = [(path, json.loads(path.read_text())) for path in sorted(EXAMPLES.glob("*/*.expect.json"))]
    return [
        (path.parent / name, meaning)
        for path, meaning in expectations
        for name in meaning["files"]
        if _is_read(meaning["site"]) and not name.endswith((".html", ".nbib"))
    ]


PAGES = [pytest.param(path, meaning, id=f"{path.parent.name}/{path.name}") for path, meaning in examples()]


def shown(paper: Paper) -> dict[str, Any]:
    """Return what a paper contains, under the names of the expectations."""
    pages = f", {paper.pages}" if paper.pages else ""
    volume = f" {paper.volume}" if paper.volume else ""
    issue = f" ({paper.issue})" if paper.issue else ""
    venue = f"{paper.venue}{volume}{issue}{pages}" if paper.venue else None
    if paper.extra.get("type") == "patent":
        venue = f"{paper.extra['jurisdiction']} Patent {paper.extra['number']}"
    elif paper.arxiv and not venue:
        venue = f"arXiv preprint arXiv:{paper.arxiv}"
    return {
        "position": paper.position,
        "title": paper.title,
        "title_cut": "title" in paper.cut,
        "authors": list(paper.authors),
        "authors_cut": not paper.authors_complete,
        "venue": venue,
        "venue_cut": "venue" in paper.cut,
        "citations": paper.citations,
        "year": paper.date and paper.date.year,
        "merged": paper.extra.get("citations", "").endswith("*"),
    }


def header(document: Document) -> dict[str, Any]:
    """Return the header of a page, under the names of the expectations."""
    profile = document.profile
    return {
        "name": profile.name,
        "affiliation": profile.affiliation,
        "interests": list(profile.interests),
        "citations": {"all": profile.citations, "since": profile.recent_citations},
        "h_index": {"all": profile.h_index, "since": profile.recent_h_index},
        "i10_index": {"all": profile.i10_index, "since": profile.recent_i10_index},
        "since": profile.recent_since,
    }


@pytest.mark.parametrize(("path", "meaning"), PAGES)
def test_an_example_is_read_as_it_is_meant(path: Path, meaning: dict[str, Any]) -> None:
    document = pubcli.read(path)
    assert document.problems == ()
    expected = [
        {key: value for key, value in record.items() if key in shown(document.papers[0])}
        for record in meaning["records"]
    ]
    assert [
        {key: shown(paper)[key] for key in record} for paper, record in zip(document.papers, expected, strict=True)
    ] == expected
    stated = {key: value for key, value in meaning["header"].items() if key in header(document)}
    assert {key: header(document)[key] for key in stated} == stated
    assert document.profile.site == meaning["site"]


@pytest.mark.parametrize(("path", "meaning"), PAGES)
def test_every_line_of_an_example_is_in_the_header_a_record_or_a_problem(path: Path, meaning: dict[str, Any]) -> None:
    document = pubcli.read(path)
    accounted = {number for profile in document.profiles for number in profile.lines}
    for paper in document.papers:
        accounted.update(range(paper.line, paper.last_line + 1))
    for problem in document.problems:
        accounted.update(range(problem.line, problem.last_line + 1))
    lines = path.read_text(encoding="utf-8").split("\n")
    assert [line for number, line in enumerate(lines, 1) if line.strip() and number not in accounted] == []


@pytest.mark.parametrize(("path", "meaning"), PAGES)
def test_no_other_site_reads_an_example(path: Path, meaning: dict[str, Any]) -> None:
    for name, site in SITES.items():
        if site.reader and name != meaning["site"]:
            with pytest.raises(InputError):
                reader.read_source(from_file(path, options=ReadOptions(form=name)))
