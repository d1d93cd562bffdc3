"""`add` takes no export for a page, asks before papers are lost, and says what it did."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from repository import FIXTURES

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
DAY = "2026-11-23"
OTHERS = """@article{smith2020deep,
  title = {Deep Nets},
  author = {Smith, John},
  year = {2020}
}
"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """Return an environment whose library and cache lie in the folder of the pages."""
    return {"PUBCLI_LIBRARY": str(tmp_path / "my.sqlite"), "PUBCLI_CACHE_DIR": str(tmp_path / "cache")}


@pytest.fixture
def run(pubcli: Program, env: dict[str, str], tmp_path: Path) -> Program:
    """Run the program in a folder with a page that is in the library."""
    shutil.copy(FIXTURES / "razaviyayn.txt", tmp_path / "page.txt")

    def run(*arguments: str | Path, **options: Any) -> "subprocess.CompletedProcess[bytes]":
        return pubcli(*arguments, env=env, cwd=tmp_path, **options)

    assert run("add", "page.txt", "--as-of", DAY).returncode == 0
    return run


def profiles(run: Program) -> list[tuple[str, int | None, int]]:
    return [
        (row["name"], row["h_index"], row["papers"]) for row in json.loads(run("profile", "--list", "--json").stdout)
    ]


PAGE = ("Meisam Razaviyayn", 61, 50)
FORMATS = ["json", "jsonl", "csv", "tsv", "markdown", "bibtex", "biblatex", "ris", "csl-json", "table"]


def test_exports_in_a_folder_are_skipped_with_a_note_and_files_of_others_are_added(
    run: Program, tmp_path: Path
) -> None:
    for name in FORMATS:
        (tmp_path / f"all.{name}").write_bytes(run("list", "-q", "--format", name).stdout)
        (tmp_path / f"few.{name}").write_bytes(run("list", "-q", "-a", "lowy", "--format", name).stdout)
    (tmp_path / "show.txt").write_bytes(run("show", "1").stdout)
    (tmp_path / "keys.csv").write_bytes(run("list", "--fields", "key,title", "-f", "csv").stdout)
    (tmp_path / "titles.json").write_bytes(run("list", "--fields", "title", "-f", "json").stdout)
    run("list", "-p", "page.txt")  # fills the cache
    (tmp_path / "others.bib").write_text(OTHERS)
    for pattern in (".", "*"):
        result = run("add", pattern, "--as-of", DAY)
        assert result.returncode == 0
        assert b"was written by pubcli" in result.stderr
        assert b"more files that pubcli wrote" in result.stderr
        assert b"which pubcli keeps for its library or cache" in result.stderr
        assert profiles(run) == [(profiles(run)[0][0], None, 1), PAGE]
    assert b"others.bib" in run("profile", "--list").stdout


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "tsv", "bibtex"])
def test_an_export_that_is_named_is_a_list_and_not_a_capture_of_a_page(run: Program, tmp_path: Path, name: str) -> None:
    (tmp_path / "lowy.x").write_bytes(run("list", "-a", "lowy", "--format", name).stdout)
    result = run("add", "lowy.x", "--json")
    assert [(row["profile"], row["outcome"], row["papers"]) for row in json.loads(result.stdout)] == [
        ("lowy.x", "new profile", 8)
    ]
    assert profiles(run) == [("lowy.x", None, 8), PAGE]
    [lowy] = json.loads(run("list", "--json", "--owner", "lowy.x", "-n", "1").stdout)
    assert (lowy["source"], lowy["also_on"]) == ("lowy.x", ["Meisam Razaviyayn"])


def test_a_folder_with_only_exports_adds_nothing(pubcli: Program, env: dict[str, str], tmp_path: Path) -> None:
    pubcli("list", "-q", "-o", tmp_path / "sample.json")
    result = pubcli("add", ".", env=env, cwd=tmp_path)
    assert (result.returncode, b"no page was added" in result.stderr) == (1, True)
    assert not Path(env["PUBCLI_LIBRARY"]).exists()


def test_exports_in_a_folder_are_not_read_as_pages(run: Program, tmp_path: Path) -> None:
    expected = run("list", "--json", "-p", "page.txt")
    for name in ("csv", "bib", "ris", "md"):
        run("list", "-p", "page.txt", "-o", f"out.{name}")
    result = run("list", "--json", "-p", ".")
    assert result.returncode == 0
    assert [row["title"] for row in json.loads(result.stdout)] == [row["title"] for row in json.loads(expected.stdout)]
    assert result.stderr.count(b"was written by pubcli") == 4


def test_files_in_a_folder_without_papers_are_skipped_with_a_note(run: Program, tmp_path: Path) -> None:
    empty = {"none.json": "[]\n", "none.csv": "title,authors\n", "none.bib": "% no entry\n"}
    for name, text in empty.items():
        (tmp_path / name).write_text(text)
    for command in (("add", "."), ("list", "-p", ".")):
        result = run(*command)
        assert (result.returncode, result.stderr.count(b"has no papers")) == (0, len(empty))
    assert profiles(run) == [PAGE]


# A page that lacks most papers


def part(page: bytes, papers: int) -> bytes:
    """Return the first lines of the sample page, with its header and a number of papers."""
    lines = page.decode().split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith(("LG", "OC", "CL", "ML", "CR", "CV"))]
    return "\n".join(lines[: starts[papers + 1]]).encode()


def test_a_page_that_lacks_most_papers_or_the_header_needs_consent(run: Program, tmp_path: Path, sample: bytes) -> None:
    (tmp_path / "short.txt").write_bytes(part(sample, 10))
    shutil.copy(FIXTURES / "colleague-older.txt", tmp_path / "other.txt")
    result = run("add", "short.txt", "other.txt", "--as-of", "2026-12-01", "--json")
    assert result.returncode == 2
    assert [row["outcome"] for row in json.loads(result.stdout)] == ["refused", "new profile"]
    assert b"of the 50 papers of the newest page of Meisam Razaviyayn" in result.stderr
    assert b"--yes" in result.stderr
    assert PAGE in profiles(run)
    result = run("add", "short.txt", "--as-of", "2026-12-01", "--json", "--yes")
    assert (result.returncode, json.loads(result.stdout)[0]["outcome"]) == (0, "newer snapshot")
    assert PAGE not in profiles(run)


def test_a_page_whose_header_only_states_a_number_of_papers_needs_consent(
    run: Program, tmp_path: Path, sample: bytes
) -> None:
    lines = sample.decode().split("\n")
    heading = next(number for number, line in enumerate(lines) if line.endswith("Papers"))
    (tmp_path / "list.txt").write_text("\n".join([lines[0], "", *lines[heading:]]))
    result = run("add", "list.txt", "--as-of", "2026-12-01", "--json")
    assert [row["outcome"] for row in json.loads(result.stdout)] == ["refused"]
    assert PAGE in profiles(run)


def test_a_page_that_replaces_another_is_summed_up(run: Program, tmp_path: Path, sample: bytes) -> None:
    renamed = sample.replace(
        b"Private Non-Convex Federated Learning Without a Trusted Server",
        b"Private Non-Convex Federated Learning With No Trusted Server",
        1,
    )
    newer = renamed + b"\nLGMar 13, 2022\nAnother Title\nAda Lovelace et al.\nText.\n"
    (tmp_path / "newer.txt").write_bytes(newer)
    shutil.copy(FIXTURES / "colleague-older.txt", tmp_path / "other.txt")
    result = run("add", "newer.txt", "other.txt", "newer.txt", "--as-of", "2026-12-01")
    assert b"note: 2 pages: 1 new, 1 newer (+1 paper, 1 renamed)\n" in result.stderr
    result = run("add", "newer.txt", "--as-of", "2026-12-01")
    assert b"note: 1 page: 1 unchanged\n" in result.stderr


# The output file


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "-p", "page.txt", "-o", "./page.txt", "-f", "csv"),
        ("list", "-p", "page.txt", "-o", "symbolic.txt", "-f", "csv"),
        ("list", "-p", "page.txt", "-o", "hard.txt", "-f", "csv"),
        ("list", "-p", ".", "-o", "page.txt", "-f", "csv"),
        ("list", "-p", "*.txt", "-o", "page.txt", "-f", "csv"),
        ("list", "-o", "my.sqlite", "-f", "csv"),
        ("list", "--library", "my.sqlite", "-o", "my.sqlite", "-f", "csv"),
        ("changes", "--snapshots", "meisam", "-o", "my.sqlite", "-f", "csv"),
        ("report", "-p", "page.txt", "-o", "page.txt"),
        ("list", "--aliases", "names.txt", "-o", "names.txt", "-f", "csv"),
        ("diff", "page.txt", "names.txt", "-o", "page.txt", "-f", "csv"),
        ("compare", "names.txt", "page.txt", "-o", "page.txt", "-f", "csv"),
        ("add", "page.txt", "-o", "page.txt", "-f", "csv"),
        ("add", ".", "-o", "page.txt", "-f", "csv"),
    ],
)
def test_the_output_never_replaces_an_input(run: Program, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "symbolic.txt").symlink_to("page.txt")
    (tmp_path / "hard.txt").hardlink_to(tmp_path / "page.txt")
    (tmp_path / "names.txt").write_text("A = B\n")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    result = run(*arguments)
    assert result.returncode == 2
    is_library = "my.sqlite" in arguments
    reason = b"is a library of pubcli, and would be replaced" if is_library else b"is an input of this command"
    assert reason in result.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    "arguments", [("list",), ("export", "-f", "bibtex"), ("profile", "--list", "--json"), ("library", "info", "--json")]
)
def test_the_output_never_replaces_a_page_of_the_library(
    run: Program, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    before = (tmp_path / "page.txt").read_bytes()
    result = run(*arguments, "-o", "page.txt")
    assert (result.returncode, (tmp_path / "page.txt").read_bytes()) == (2, before)
    assert b"page.txt is a page in the library, and would be replaced; name another file" in result.stderr


def test_the_output_never_replaces_the_file_of_standard_input(run: Program, tmp_path: Path) -> None:
    before = (tmp_path / "page.txt").read_bytes()
    with (tmp_path / "page.txt").open("rb") as file:
        result = run("list", "-p", "-", "-o", "page.txt", "-f", "csv", stdin=file)
    assert (result.returncode, (tmp_path / "page.txt").read_bytes()) == (2, before)


def test_a_note_says_what_was_written_and_whether_it_replaced_a_file(run: Program, tmp_path: Path) -> None:
    assert b"note: wrote papers.bib (50 papers)\n" in run("list", "-o", "papers.bib").stderr
    assert b"note: replaced papers.bib (1 paper)\n" in run("list", "-n", "1", "-o", "papers.bib").stderr
    assert b"note: wrote people.csv (3 people)\n" in run("coauthors", "-n", "3", "-o", "people.csv").stderr
    assert b"note: wrote report.html (50 papers)\n" in run("report", "-o", "report.html").stderr
    assert b"note: replaced all.csv (50 papers)\n" in [run("list", "-p", ".", "-o", "all.csv") for _ in "ab"][1].stderr
    assert run("list", "-q", "-o", "papers.bib").stderr == b""
    assert b"wrote" not in run("list", "-o", "/dev/null").stderr
