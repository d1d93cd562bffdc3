"""What `pubcli.read` accepts, and its error message for everything else."""

import gc
import html
import os
import weakref
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TypeAlias

import pytest

import pubcli
from pubcli import reader
from pubcli.errors import ExitCode, InputError, PubcliError
from pubcli.inputs import sources

SAVE_AS_HTML = "save the page as HTML only (Page Source), or copy its text"
RECORD = "LGMar 13, 2022\nA Title\nAda Lovelace\nAn abstract.\n"


def test_text_bytes_and_paths_give_the_same_papers(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(RECORD)
    titles = [
        [paper.title for paper in pubcli.read(source).papers] for source in (RECORD, RECORD.encode(), path, str(path))
    ]
    assert titles == [["A Title"]] * 4


def test_a_text_that_begins_as_html_does_is_no_path() -> None:
    lines = "".join(f"<p>{line}</p>" for line in RECORD.splitlines())
    assert [paper.title for paper in pubcli.read(f"<html><body>{lines}</body></html>").papers] == ["A Title"]


def test_the_document_names_its_source(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(RECORD)
    assert pubcli.read(path).source == str(path)
    assert pubcli.read(path).papers[0].source == str(path)
    assert pubcli.read(RECORD).source == "text"


@pytest.mark.parametrize(
    ("as_of", "year"),
    [
        (date(2026, 11, 23), 2026),
        (date(2026, 5, 24), 2026),
        (date(2026, 5, 23), None),
        (date(2028, 1, 1), 2027),
    ],
)
def test_assumed_year_follows_the_as_of_date(sample: bytes, as_of: date, year: int | None) -> None:
    profile = pubcli.read(sample, as_of=as_of).profile
    assert profile.assumed_year == year
    papers = pubcli.read(sample, as_of=as_of).papers
    undated = [papers[number - 1] for number in (13, 18, 28, 30)]
    assert {paper.date and paper.date.year for paper in undated} == {year}
    assert {paper.date_assumed for paper in undated} == {year is not None}


def test_a_file_is_read_as_of_its_modification_date(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("LGMay 24\nA Title\nAda Lovelace\nAn abstract.\n")
    os.utime(path, (1_590_969_600, 1_590_969_600))  # 2020-06-01
    document = pubcli.read(path)
    assert str(document.papers[0].date) == "2020-05-24"
    assert document.profile.as_of_reason == "the file's modification date"


def error_message(tmp_path: Path, data: bytes) -> str:
    """Return the message of the error for a file with these bytes, without the path at its beginning."""
    path = tmp_path / "page.txt"
    path.write_bytes(data)
    with pytest.raises(InputError) as error:
        pubcli.read(path)
    assert error.value.exit_code is ExitCode.INPUT
    assert str(error.value).startswith(f"{path} ")
    return str(error.value).removeprefix(f"{path} ")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty; copy the text of a profile page into it"),
        (b"\xef\xbb\xbf \r\n\t", "is empty; copy the text of a profile page into it"),
        (b"%PDF-1.7\n", "is a PDF file; open it, copy its text and save that"),
        (b"bplist00\xd1", "is an archive of a page, as Safari saves it; " + SAVE_AS_HTML),
        (
            b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n",
            "is an archive of a page (MHTML); " + SAVE_AS_HTML,
        ),
        (b"PAR1\x15\x04", "is a Parquet file; convert it to CSV or JSON"),
        (b"PK\x03\x04...", "is a ZIP archive or an office document; save its text as a plain text file"),
        (
            b"<!DOCTYPE html><p>LGMar 13, 2022",
            "is HTML; open it in a browser, select all, copy, and save the plain text",
        ),
        (b"\n  <html>", "is HTML; open it in a browser, select all, copy, and save the plain text"),
        (
            b"AICLLGFeb 24\narXiv:2602.12345\nA Title\nAda Lovelace\nText.\n",
            "is a page about one paper; copy the profile page of one of its authors",
        ),
    ],
)
def test_files_of_other_types_are_refused_with_advice(tmp_path: Path, data: bytes, sentence: str) -> None:
    assert error_message(tmp_path, data) == sentence


def test_binary_bytes_are_refused(tmp_path: Path) -> None:
    assert error_message(tmp_path, bytes(range(256))).startswith("is a binary file")
    assert "the byte 0x81 at offset 49 (line 5) is not UTF-8" in error_message(tmp_path, RECORD.encode() + b"\x81\xff")


def test_text_that_is_not_a_page_is_refused(tmp_path: Path) -> None:
    assert error_message(tmp_path, b"Dear diary,\n\ntoday I read a paper.\n").startswith(
        "is not a page that pubcli reads"
    )
    assert error_message(tmp_path, b"Ada Lovelace\n").startswith("is not a page that pubcli reads")


@pytest.mark.parametrize(("target", "message"), [("folder", "is a folder"), ("missing", "no such file")])
def test_a_file_that_cannot_be_opened_is_refused_with_the_reason(tmp_path: Path, target: str, message: str) -> None:
    path = tmp_path / "page"
    if target == "folder":
        path.mkdir()
    with pytest.raises(InputError, match=message):
        pubcli.read(path)


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(InputError, match="lone surrogate"):
        pubcli.read("LG\ud800Mar 13, 2022\n")


def test_errors_share_a_base_class() -> None:
    with pytest.raises(PubcliError):
        pubcli.read("\n")


ONE_OF_EACH_FORMAT = {
    "page": RECORD,
    "bibtex": "@misc{a, title={T}}",
    "ris": "TY  - JOUR\nTI  - T\nER  - \n",
    "csl-json": '[{"id": "a", "type": "book", "title": "T"}]',
    "csv": "title,authors\nT,Ada Lovelace\n",
    "dblp": "<dblp><article key='x'><title>T</title></article></dblp>",
}


CollectorState: TypeAlias = Callable[[], tuple[object, ...]]


@pytest.fixture(params=["enabled", "disabled"])
def collector_state(request: pytest.FixtureRequest) -> Iterator[CollectorState]:
    """Set up garbage collection as a program may do that uses pubcli: with frozen objects and other thresholds.

    Yield a function that returns its settings, and which of two objects are frozen: one that the program froze, and
    one that it created later. The number of frozen objects is not compared, because it falls when one is deleted.
    """
    thresholds = gc.get_threshold()
    frozen: list[object] = [[]]
    gc.freeze()
    later: list[object] = [[]]
    gc.set_threshold(701, 11, 12)
    if request.param == "disabled":
        gc.disable()

    def state() -> tuple[object, ...]:
        collected = {id(item) for item in gc.get_objects()}
        are_frozen = [id(item) not in collected for item in (frozen, later)]
        return gc.isenabled(), gc.get_threshold(), gc.get_debug(), len(gc.callbacks), are_frozen

    assert state()[-1] == [True, False]
    yield state
    gc.enable()
    gc.set_threshold(*thresholds)
    gc.unfreeze()


@pytest.mark.parametrize("form", ONE_OF_EACH_FORMAT)
def test_reading_does_not_change_garbage_collection(form: str, collector_state: CollectorState) -> None:
    for text in ONE_OF_EACH_FORMAT[form], "", "nothing\nthat can be read":
        before = collector_state()
        with suppress(PubcliError):
            pubcli.read(text.encode(), form=form)
        assert collector_state() == before


def test_reading_stopped_early_or_in_threads_does_not_change_garbage_collection(
    collector_state: CollectorState,
) -> None:
    before = collector_state()
    records = reader.parse(sources.from_text(ONE_OF_EACH_FORMAT["ris"] * 3))
    next(records)
    records.close()  # type: ignore[attr-defined]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(pubcli.read, [RECORD * 50, ONE_OF_EACH_FORMAT["ris"] * 50] * 4))

    assert collector_state() == before


def test_garbage_of_the_host_is_collected_while_it_reads_in_a_loop() -> None:
    class Node:
        def __init__(self) -> None:
            self.itself = self

    nodes = weakref.WeakSet[Node]()
    count = 2 * gc.get_threshold()[0]  # new objects after which Python collects garbage: 700, or 2,000 from 3.13 on
    for _ in range(count):
        nodes.add(Node())
        pubcli.read(RECORD)

    assert len(nodes) < count


ADVICE_ON_HTML = "is HTML; open it in a browser, select all, copy, and save the plain text"


def as_html(text: str, head: str = "") -> str:
    """Return a page as HTML: each line an element, as a browser saves it."""
    lines = "\n".join(f"<div>{html.escape(line)}</div>" for line in text.split("\n") if line.strip())
    return f"<!DOCTYPE html>\n<html><head>{head}<style>p {{}}</style></head>\n<body>{lines}\n</body></html>"


def test_a_paper_feed_saved_by_a_browser_is_read_as_its_text_is(sample: bytes) -> None:
    saved, copied = pubcli.read(as_html(sample.decode()).encode()), pubcli.read(sample)
    assert saved.profile.name == copied.profile.name
    assert [(paper.title, paper.authors, paper.abstract) for paper in saved.papers] == [
        (paper.title, paper.authors, paper.abstract) for paper in copied.papers
    ]
    assert saved.problems == copied.problems == ()


def test_papers_and_problems_of_html_have_the_lines_of_the_html() -> None:
    page = as_html("LGMar 13, 2022\nKites\nAda Lovelace\nWe fly kites.\n\nJan 23, 2024\nMaps\nAda Lovelace\nWe fold.\n")
    document = pubcli.read(page.encode())
    lines = page.split("\n")
    assert [lines[paper.line - 1] for paper in document.papers][-1] == "<div>Jan 23, 2024</div>"
    assert [lines[paper.last_line - 1] for paper in document.papers] == [
        "<div>We fly kites.</div>",
        "<div>We fold.</div>",
    ]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("windows-1252", "cp1252"), ("ISO-8859-1", "cp1252"), ("gbk", "gb18030"), ("utf-8", "utf-8"), ("no-such", "utf-8"),
     ("utf-8", "utf-16"), ("iso-8859-1", "utf-8")],
)  # fmt: skip
def test_html_is_read_in_the_encoding_that_it_states_unless_its_bytes_show_another(
    declared: str, encoding: str
) -> None:
    name = "Jürgen Müller" if encoding != "gb18030" else "李明"
    page = as_html(f"LGMar 13, 2022\nKites\n{name}\nText.", f'<meta charset="{declared}">')
    document = pubcli.read(page.encode(encoding))
    assert document.papers[0].authors == (name,)
    assert document.profile.assumed_encoding is None


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><p>Dear diary, today I read a paper.</p></body></html>",
        b"<html><body><pre>@article{a, title={Kites}}</pre></body></html>",
        b"<html><body>\x00\x01</body></html>",
        b"<div>LGMar 13, 2022</div>",
    ],
)
def test_html_without_a_page_that_is_read_gets_advice(tmp_path: Path, data: bytes) -> None:
    assert error_message(tmp_path, data) == ADVICE_ON_HTML
