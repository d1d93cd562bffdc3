"""What the commands show of pages of other sites: their columns, what is cut, and which sites there are."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from repository import SITES

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Screen = Callable[..., "subprocess.CompletedProcess[str]"]

SCHOLAR = SITES / "google-scholar" / "profile.chromium.txt"


def test_a_list_has_columns_for_what_the_papers_have(pubcli: Program) -> None:
    done = pubcli("list", "-p", SCHOLAR)
    assert done.stdout.split(b"\n", 1)[0] == b"position\tkey\tdate\ttitle\tauthors\tvenue\tcitations\tkind"
    assert b"note: [...] the page truncates the title, venue or abstract (1 in title, 1 in venue)" in done.stderr
    assert pubcli("list", "-n", "1").stdout.startswith(b"position\tkey\tdate\tcategory\ttitle\tauthors\tcode\n")


def test_a_format_without_marks_names_the_field_that_names_truncated_values(pubcli: Program) -> None:
    done = pubcli("list", "-p", SCHOLAR, "--format", "csv", "--fields", "title,venue")
    assert b"note: 2 values are truncated on the page (1 in title, 1 in venue); the field cut" in done.stderr
    assert b"truncated on the page" not in pubcli("list", "-p", SCHOLAR, "--json").stderr


def test_a_truncated_title_or_venue_is_noted_for_files_and_references(pubcli: Program, tmp_path: Path) -> None:
    done = pubcli("export", "-p", SCHOLAR, "-o", tmp_path / "refs.bib")
    assert b"2 values are truncated on the page (1 in venue, 1 in title)" in done.stderr
    assert b"truncated on" not in pubcli("export", "-o", tmp_path / "other.bib").stderr, "only author lists are cut"
    pytest.importorskip("citeproc")
    note = pubcli("cite", "-p", SCHOLAR, "quillfeather2019stability", "quillfeather2016walks").stderr
    assert b"the title is truncated on the page, so complete it in the reference of quillfeather2019stability\n" in note


def test_a_list_that_the_site_cuts_is_noted(pubcli: Program, tmp_path: Path) -> None:
    rows = "".join(f"Kites {number}\nA Bow, C Day\nJournal of Kites\n5\t2020\n" for number in range(20))
    page = tmp_path / "page.txt"
    page.write_text(f"Title\t\nCited by\nYear\n{rows}Articles 1–20\n")
    done = pubcli("list", "-p", page)
    assert b"ends where the site ends a page, so papers may be missing" in done.stderr
    assert b"papers may be missing" not in pubcli("list", "-p", SCHOLAR).stderr


def test_the_fields_are_listed(pubcli: Program) -> None:
    done = pubcli("list", "--fields", "help", "-p", SCHOLAR)
    assert done.returncode == 0
    assert done.stdout.startswith(b"key\nposition\nprofile\ntitle\n")
    assert b"\nvenue\n" in done.stdout
    assert pubcli("coauthors", "--fields", "help").stdout.startswith(b"name\n")


def test_formats_lists_the_sites_that_are_read_and_what_to_do_for_the_others(pubcli: Program) -> None:
    lines = pubcli("help", "formats", "--fields", "format,read,remedy", "--format", "tsv").stdout.decode().splitlines()
    rows = dict(line.split("\t", 1) for line in lines)
    assert rows["google-scholar"].startswith("true\t") or rows["google-scholar"].startswith("yes\t")
    assert rows["orcid"].endswith("for the works of the ORCID iD")


def test_a_text_that_is_no_page_names_the_pages_that_are_read(pubcli: Program) -> None:
    done = pubcli("list", "-p", "-", input=b"Dear diary\n")
    assert done.returncode == 3
    for name in (b"paper feed", b"Google Scholar", b"arXiv", b"pubcli help formats"):
        assert name in done.stderr


def test_a_site_that_is_not_read_answers_with_what_to_do_when_it_is_named(pubcli: Program) -> None:
    done = pubcli("list", "-p", SCHOLAR, "--from", "orcid")
    assert done.returncode == 2
    assert b"--from: pubcli cannot read a record of ORCID; on your own record, choose Works" in done.stderr


def test_a_list_whose_line_breaks_are_lost_is_refused_with_its_reason(pubcli: Program) -> None:
    done = pubcli("list", "-p", SITES / "arxiv" / "list-glued.txt")
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"line 4: the line breaks of the record are lost" in done.stderr
