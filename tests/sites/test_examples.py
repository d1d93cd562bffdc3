"""Each example page in `fixtures/sites` is read as its `.expect.json` says, whatever browser it was copied from."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pubcli
from nlm_style import beginning, date_counted, date_shown, ending, surname_first
from pubcli import reader
from pubcli.biblio.dates import truncated_day
from pubcli.biblio.names import split_names, without_homonym_number
from pubcli.errors import InputError
from pubcli.inputs.sources import ReadOptions, from_file
from pubcli.model import Document, Paper
from pubcli.sites import SITES
from site_examples import EXAMPLES, HTML_PAGES, PAGES


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
        "paper_id": paper.extra.get("citation_for_view"),
        "cites_id": paper.extra.get("cites"),
    }


def shown_by_arxiv(paper: Paper) -> dict[str, Any]:
    """Return what only arXiv's pages show of a paper, under the names of the expectations."""
    extra = paper.extra
    version = extra.get("version", "")
    announcement = extra.get("announcement", "")
    day = truncated_day(str(paper.date), paper.date_precision)
    return {
        "id": f"{paper.arxiv}{version}",
        "latest_version": extra.get("latest_version"),
        "authors_shown": extra.get("authors") or ", ".join(paper.authors),
        "authors_not_shown": int(extra.get("authors_not_shown", 0)),
        "categories": [*paper.classes, *paper.keywords],
        "doi": extra["doi"].split() if "doi" in extra else [paper.doi] if paper.doi else [],
        "comments": extra.get("comments"),
        "journal_ref": extra.get("journal-ref"),
        "report_number": extra.get("report-no"),
        "msc": extra.get("msc-class"),
        "acm": extra.get("acm-class"),
        "cross_list_from": announcement.partition("cross-list from ")[2] or None,
        "replaced": announcement == "replaced",
        "year_month": day,
        "submitted": day,
        "updated": extra.get("updated"),
        "announced": extra.get("announced"),
        "abstract": paper.abstract,
        "abstract_cut": "abstract" in paper.cut,
        "abstract_paragraphs": len((paper.abstract or "").splitlines()),
    }


def shown_by_acl(paper: Paper) -> dict[str, Any]:
    """Return what only the pages of the ACL Anthology show of a paper, under the names of the expectations."""
    return {"id": paper.extra.get("id"), "venue": paper.venue, "abstract": paper.abstract}


def shown_by_pubmed(paper: Paper) -> dict[str, Any]:
    """Return what only PubMed shows of a paper, under the names of the expectations."""
    return {
        "pmid": paper.extra["pmid"],
        "pmcid": paper.extra.get("pmcid"),
        "translated": paper.extra.get("translated") == "yes",
        "language": paper.extra.get("language"),
        "authors": [surname_first(name, with_initials=True) for name in paper.authors],
        "journal": paper.venue,
        "date_shown": date_shown(paper),
        "date": date_counted(paper),
        "volume": paper.volume,
        "issue": paper.issue,
        "pages": paper.pages,
        "doi": paper.doi,
        "abstract": paper.abstract is not None,
        "abstract_start": beginning(paper.abstract),
        "abstract_end": ending(paper.abstract),
    }


def shown_by_dblp(paper: Paper) -> dict[str, Any]:
    """Return what only DBLP shows of a paper, under the names of the expectations. Homonyms have their numbers."""
    numbered = {without_homonym_number(name): name for name in split_names(paper.extra.get("homonyms", ""))}
    kinds = {"preprint": "informal", "chapter": "incollection"}
    return {
        "nr": paper.extra["nr"],
        "kind": kinds.get(paper.kind or "", paper.kind),
        "key": paper.extra.get("dblp"),
        "authors": [numbered.get(name, name) for name in paper.authors],
        "venue": paper.venue or paper.publisher,
        "volume": paper.volume,
        "issue": paper.issue,
        "pages": paper.pages,
        "isbn": paper.extra.get("isbn"),
        "ee": paper.extra.get("ee") or paper.url,
    }


SHOWN_BY_SITE = {
    "acl": shown_by_acl,
    "arxiv": shown_by_arxiv,
    "arxiv-page": shown_by_arxiv,
    "dblp": shown_by_dblp,
    "pubmed": shown_by_pubmed,
}
"""Functions that return what only the pages of one site show of a paper, or show in another form."""


def shown_on(site: str, paper: Paper) -> dict[str, Any]:
    """Return what a paper of a site contains, under the names of the expectations of this site."""
    return shown(paper) | (SHOWN_BY_SITE[site](paper) if site in SHOWN_BY_SITE else {})


ONLY_IN_HTML = {"acl": ("id", "abstract"), "dblp": ("key", "ee"), "google-scholar": ("paper_id", "cites_id")}
"""What a copied text does not show."""


def in_file(record: dict[str, Any], site: str, name: str) -> dict[str, Any]:
    """Return what an expectation says about a file. A copied text has no TeX, and only the shown part of an abstract.

    An invented identifier may have a month that does not exist, so that only its year counts.
    """
    record = dict(record)
    title_in_tex, abstract_shown = record.pop("title_tex", None), record.pop("abstract_shown", None)
    if (month := record.get("year_month")) and int(month[5:]) > 12:
        record["year_month"] = month[:4]
    if name.endswith(".html"):
        return record | ({"title": title_in_tex} if title_in_tex else {}) | {"abstract_cut": False}
    if site == "dblp":
        del record["kind"]  # the letter of its number does not tell a paper in a book from one in proceedings
    if abstract_shown is not None:
        record["abstract"] = abstract_shown
    return record | dict.fromkeys(ONLY_IN_HTML.get(site, ()))


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
        "query": (profile.search or "").removeprefix("author: "),
        "also_as": list(profile.name_variants),
    }


@pytest.mark.parametrize(("path", "meaning"), [*PAGES, *HTML_PAGES])
def test_an_example_is_read_as_it_is_meant(path: Path, meaning: dict[str, Any]) -> None:
    document = pubcli.read(path)
    assert document.problems == ()
    papers = [shown_on(meaning["site"], paper) for paper in document.papers]
    expected = [
        {key: value for key, value in in_file(record, meaning["site"], path.name).items() if key in papers[0]}
        for record in meaning["records"]
    ]
    assert [{key: paper[key] for key in record} for paper, record in zip(papers, expected, strict=True)] == expected
    stated = {key: value for key, value in meaning["header"].items() if key in header(document)}
    assert {key: header(document)[key] for key in stated} == stated
    assert document.profile.site in (meaning["site"], f"{meaning['site']}-page")


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*/*.expect.json")), ids=lambda path: path.parent.name)
def test_no_record_is_read_from_an_example_that_must_be_refused(path: Path) -> None:
    meaning = json.loads(path.read_text())
    for name in meaning["files"] if meaning.get("refuse") else ():
        with pytest.raises(InputError):
            pubcli.read(path.parent / name)


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


@pytest.mark.parametrize(("path", "meaning"), [*PAGES, *HTML_PAGES])
def test_no_other_site_reads_an_example(path: Path, meaning: dict[str, Any]) -> None:
    for name, site in SITES.items():
        if site.reader and name not in (meaning["site"], f"{meaning['site']}-page"):
            with pytest.raises(InputError):
                reader.read_source(from_file(path, options=ReadOptions(form=name)))


PASTED: dict[str, Callable[[str], str]] = {
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "line ends of old systems": lambda text: text.replace("\n", "\r"),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "invisible characters at the ends of lines": lambda text: re.sub("(?m)^|$", "\u200b", text),
    "a byte order mark and blanks at the ends of lines": lambda text: "\ufeff" + re.sub("(?m)$", "  ", text),
    "the quotation of a mail": lambda text: "Nora wrote:\n" + re.sub("(?m)^", "> ", text),
}


@pytest.mark.parametrize(("path", "meaning"), PAGES)
@pytest.mark.parametrize("pasted", PASTED.values(), ids=PASTED.keys())
def test_pasting_and_mail_do_not_change_what_is_read(
    path: Path, meaning: dict[str, Any], pasted: Callable[[str], str]
) -> None:
    text = path.read_text(encoding="utf-8")
    before, after = pubcli.read(text + "\n"), pubcli.read(pasted(text + "\n"))
    assert after.problems == ()
    for field in ("title", "authors", "date", "venue", "arxiv", "doi", "citations"):
        assert [_plain(getattr(paper, field)) for paper in after.papers] == [
            _plain(getattr(paper, field)) for paper in before.papers
        ]


def _plain(value: object) -> str:
    return str(value).replace("\\xa0", " ").replace("\u00a0", " ")
