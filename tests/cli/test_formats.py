"""Formats on the command line: selected by name or file suffix, with their options; export, cite and formats."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pubcli.formats import FORMATS, WRITABLE
from pubcli.sites import SITES

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Screen = Callable[..., "subprocess.CompletedProcess[str]"]
PAGE = ("-q", "-p", "page.txt")


def usage(pubcli: Program, *arguments: str) -> str:
    result = pubcli(*arguments)
    assert result.returncode == 2
    assert result.stdout == b""
    return result.stderr.decode()


def test_the_name_of_the_file_selects_the_format(pubcli: Program, tmp_path: Path) -> None:
    for name, beginning in {
        "a.bib": b"@misc{",
        "a.ris": b"TY  - ",
        "a.csl.json": b'[\n{"id"',
        "a.json": b'[\n{"key"',
    }.items():
        assert pubcli("list", *PAGE, "-o", str(tmp_path / name)).returncode == 0
        assert (tmp_path / name).read_bytes().startswith(beginning)


@pytest.mark.parametrize("form", [name for name, format in WRITABLE.items() if format.shows == "papers"])
@pytest.mark.parametrize("command", ["coauthors", "categories", "profile", "check", "profiles"])
def test_rows_that_are_not_papers_are_refused(pubcli: Program, command: str, form: str) -> None:
    assert f"{form} can hold only papers, but this answer has other rows" in usage(pubcli, command, *PAGE, "-f", form)


@pytest.mark.parametrize("command", [("search", "privacy"), ("show", "3"), ("list",)], ids=lambda words: words[0])
def test_every_command_about_papers_writes_bibtex_and_ris(pubcli: Program, command: tuple[str, ...]) -> None:
    count = len(json.loads(pubcli(*command, *PAGE, "--json").stdout))
    assert pubcli(*command, *PAGE, "-f", "bibtex").stdout.count(b"@misc{") == count
    assert pubcli(*command, *PAGE, "-f", "ris").stdout.count(b"TY  - ") == count


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--ascii",), "--ascii is for bibtex and biblatex, not for table"),
        (("--excel", "-f", "json"), "--excel is for csv and tsv, not for json"),
        (("--template", "{key}", "-f", "csv"), "--template is for text, not for csv"),
        (("-f", "text"), "needs a --template"),
        (("-f", "bibtex", "--fields", "key"), "bibtex contains whole papers"),
        (("--template", "{key}", "--fields", "key"), "leave out --fields"),
        (("--template", "{titel}",), "did you mean title?"),
        (("-f", "bibtx"), "did you mean bibtex?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_options_that_do_not_apply_to_the_format_are_usage_errors(
    pubcli: Program, options: tuple[str, ...], message: str
) -> None:
    assert message in usage(pubcli, "list", *PAGE, *options)


def test_a_template_names_fields_of_any_answer(pubcli: Program) -> None:
    result = pubcli("coauthors", *PAGE, "-n", "1", "--template", "{name}: {papers}")
    assert result.stdout == b"Andrew Lowy: 8\n"
    result = pubcli("list", "-p", "page.txt", "-n", "1", "--template", "{date}", "--as-of", "2026-11-23")
    assert result.stdout == b"2026-05-24~\n"
    assert b"~ the page omits the year" in result.stderr


def test_the_ascii_option_writes_only_ascii_characters(pubcli: Program) -> None:
    assert not pubcli("list", *PAGE, "-f", "bibtex").stdout.isascii()
    result = pubcli("list", *PAGE, "-f", "bibtex", "--ascii")
    assert result.stdout.isascii()
    assert rb"Jovanovi{\'c}, Mihailo R." in result.stdout


# Export


def test_export_writes_all_papers_or_those_that_a_query_selects(pubcli: Program, tmp_path: Path) -> None:
    for name in ("all.bib", "all.csv"):
        assert pubcli("export", *PAGE, "-o", str(tmp_path / name), "--check").returncode == 0
    positions = json.loads(pubcli("export", *PAGE, "--json").stdout)
    assert [paper["position"] for paper in positions] == list(range(1, 51))
    assert (tmp_path / "all.bib").read_text().count("\n@misc{") == 49
    few = json.loads(pubcli("export", *PAGE, "--json", "year:2025..", "--category", "CL").stdout)
    assert {paper["category"] for paper in few} == {"CL"}


@pytest.mark.parametrize("form", [name for name, format in WRITABLE.items() if format.is_checked])
def test_written_files_can_be_read_again(pubcli: Program, tmp_path: Path, form: str) -> None:
    result = pubcli("export", "-p", "page.txt", "-f", form, "-o", str(tmp_path / "file"), "--check")
    assert result.returncode == 0
    assert b"matches what was written" in result.stderr


def test_check_reports_records_that_are_missing_from_the_file(pubcli: Program) -> None:
    result = pubcli("export", "-p", "page.txt", "-f", "ris", "-o", "/dev/null", "--check")
    assert result.returncode == 4
    assert b"record 1: " in result.stderr
    assert b"is missing" in result.stderr


def test_check_reports_values_that_a_format_loses(pubcli: Program, tmp_path: Path) -> None:
    papers = [{"key": "a", "title": "T", "authors": ["Lovelace, Ada"], "kind": "article"}]  # as a group would be
    (tmp_path / "one.json").write_text(json.dumps(papers), encoding="utf-8")
    result = pubcli("export", "-p", tmp_path / "one.json", "-o", str(tmp_path / "one.ris"), "--check")
    assert result.returncode == 4
    assert b"record 1, authors: " in result.stderr
    assert pubcli("export", "-p", tmp_path / "one.json", "-o", str(tmp_path / "one.bib"), "--check").returncode == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "no format:"),
        (("--check", "-f", "bibtex"), "--check reads the written file again; add --output FILE"),
        (("--check", "-o", "x.md"), "markdown cannot be read again"),
    ],
    ids=["no format", "no file", "for people"],
)
def test_export_reports_what_is_missing(pubcli: Program, options: tuple[str, ...], message: str) -> None:
    assert message in usage(pubcli, "export", *PAGE, *options)


# Cite


@pytest.mark.parametrize(
    ("style", "reference"),
    [
        ("apa", "Baharlouei, S., Nouiehed, M., Beirami, A., et al. (2019). Rényi Fair Inference [Preprint].\n"),
        ("ieee", "[1] S. Baharlouei, M. Nouiehed, A. Beirami, et al., “Rényi Fair Inference,” Jun. 28, 2019.\n"),
        ("mla", "Baharlouei, Sina, et al. “Rényi Fair Inference.” Preprint. 28 June 2019.\n"),
    ],
)
def test_cite_prints_references_in_the_requested_style(pubcli: Program, style: str, reference: str) -> None:
    pytest.importorskip("citeproc")
    assert pubcli("cite", *PAGE, "baharlouei2019renyi", "--style", style).stdout.decode() == reference


def test_cite_prints_keys_and_references_as_json(pubcli: Program) -> None:
    pytest.importorskip("citeproc")
    matches = json.loads(pubcli("cite", *PAGE, "3", "47", "--style", "nature", "--json").stdout)
    assert [sorted(row) for row in matches] == [["key", "reference"]] * 2


def test_an_unknown_style_is_a_usage_error(pubcli: Program, tmp_path: Path) -> None:
    pytest.importorskip("citeproc")
    assert "did you mean nature" in usage(pubcli, "cite", *PAGE, "3", "--style", "natur")
    assert "no such file: x.csl" in usage(pubcli, "cite", *PAGE, "3", "--style", "x.csl")
    assert "there is no style '../apa'" in usage(pubcli, "cite", *PAGE, "3", "--style", "../apa")


def test_uncertainty_that_a_reference_cannot_mark_is_noted(pubcli: Program) -> None:
    pytest.importorskip("citeproc")
    result = pubcli("cite", "-p", "page.txt", "ullah2026efficient", "baharlouei2019renyi", "--style", "ieee")
    assert b"note: the year is assumed for ullah2026efficient\n" in result.stderr


def test_without_citeproc_a_message_names_what_to_install(pubcli: Program, tmp_path: Path) -> None:
    (tmp_path / "citeproc.py").write_text("raise ModuleNotFoundError('citeproc')")
    result = pubcli("cite", *PAGE, "3", env={"PYTHONPATH": str(tmp_path)})
    assert result.returncode == 2
    assert b"pip install 'pubcli[cite]'" in result.stderr


def test_formats_lists_the_formats(pubcli: Program) -> None:
    listed = [row["format"] for row in json.loads(pubcli("help", "formats", "--json").stdout)]
    refused = [name for name, site in SITES.items() if site.remedy]
    assert listed == [*FORMATS, *refused]


def test_cite_distinguishes_keys_that_differ_only_in_case(pubcli: Program, tmp_path: Path) -> None:
    papers = [{"key": key, "title": f"About {key}", "authors": ["Ada Lovelace"]} for key in ("Smith20", "smith20")]
    (tmp_path / "two.json").write_text(json.dumps(papers), encoding="utf-8")
    matches = json.loads(pubcli("cite", "1", "2", "-p", tmp_path / "two.json", "--json").stdout)
    assert [(row["key"], f"About {row['key']}" in row["reference"]) for row in matches] == [
        ("Smith20", True),
        ("smith20", True),
    ]


BINARY = [name for name, format in WRITABLE.items() if format.is_binary]


@pytest.mark.parametrize("form", BINARY)
def test_a_terminal_is_refused_for_a_format_that_is_not_text(terminal: Screen, form: str) -> None:
    result = terminal("list", "-q", "-p", "page.txt", "--format", form)
    assert (result.returncode, result.stdout) == (2, "")
    assert f"{form} is not text, so a terminal cannot show it; name a file with --output" in result.stderr


@pytest.mark.parametrize("form", BINARY)
def test_a_pipe_and_a_file_get_the_same_bytes(pubcli: Program, tmp_path: Path, form: str) -> None:
    for path in (tmp_path / f"answer.{form}", tmp_path / "answer"):
        assert pubcli("stats", "year", *PAGE, "--format", form, "-o", str(path)).returncode == 0
        assert pubcli("stats", "year", *PAGE, "--format", form).stdout == path.read_bytes() != b""


def test_no_answer_replaces_a_library(pubcli: Program, tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    assert pubcli("add", "page.txt", "--library", str(library)).returncode == 0
    content = library.read_bytes()
    message = usage(pubcli, "list", *PAGE, "-o", str(library))
    assert "library.sqlite is a library of pubcli, and would be replaced; name another file" in message
    assert library.read_bytes() == content


@pytest.mark.parametrize("form", BINARY)
def test_an_answer_without_rows_leaves_no_file(pubcli: Program, tmp_path: Path, form: str) -> None:
    assert pubcli("list", *PAGE, "xylophone", "-o", str(tmp_path / f"answer.{form}")).returncode == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", BINARY)
def test_a_closed_pipe_ends_a_binary_answer_quietly(shell: Program, form: str) -> None:
    result = shell(f"pubcli list -q -p page.txt --format {form} | head -c 1 > /dev/null; exit ${{PIPESTATUS[0]}}")
    assert (result.returncode, result.stderr) == (0, b"")


STATEMENT = "SELECT title, year FROM papers ORDER BY year, title LIMIT 3"


@pytest.mark.parametrize("form", [name for name, row in WRITABLE.items() if row.shows == "fields"])
def test_the_rows_of_a_statement_have_every_format(pubcli: Program, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"answer.{form}"
    assert pubcli("library", "sql", *PAGE, STATEMENT, "-f", form, "-o", str(path)).returncode == 0
    assert path.stat().st_size


def test_a_statement_is_read_from_standard_input_and_may_have_other_names(pubcli: Program) -> None:
    expected = pubcli("library", "sql", *PAGE, STATEMENT, "--json").stdout
    assert len(json.loads(expected)) == 3
    assert pubcli("library", "sql", *PAGE, "-", "--json", input=STATEMENT.encode()).stdout == expected
    assert pubcli("sql", *PAGE, *STATEMENT.split(), "--json").stdout == expected


@pytest.mark.parametrize(
    ("statement", "status", "message"),
    [
        ("SELECT 1 WHERE 0", 1, "the statement returns no rows"),
        (" ; ", 2, "the statement is empty"),
        ("SELECT x FROM papers", 2, "no such column: x"),
        ("SELECT '\x1b]8;;http://evil\x07' FROM", 2, "incomplete input"),
        ("DROP TABLE paper", 2, "only SELECT is allowed"),
    ],
)
def test_a_statement_without_rows_or_with_an_error(pubcli: Program, statement: str, status: int, message: str) -> None:
    result = pubcli("library", "sql", "-p", "page.txt", statement)
    assert (result.returncode, result.stdout) == (status, b"" if status == 2 else result.stdout)
    assert message in result.stderr.decode()
    assert b"\x1b" not in result.stderr
