"""The commands `diff` and `compare`: two pages in, one answer out, and an exit status for scripts."""

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from repository import FIXTURES

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Screen = Callable[..., "subprocess.CompletedProcess[str]"]

OLD, NEW = FIXTURES / "colleague-older.txt", FIXTURES / "colleague-newer.txt"
DAYS = ("--as-of", "2025-06-30", "--as-of", "2026-11-23")
PAIRS = (("diff", OLD, NEW, *DAYS), ("compare", FIXTURES / "razaviyayn.txt", NEW))
HOSTILE_PAGE = (
    "Ev\x1b]0;owned\x07il\u202e[bold]W" + "w" * 300 + "\n\nh-index{0}\n\nLGMar {0}, 2020\n"
    "Beginning \x1b[31m| `x` <b> [-y-] \u009b31m {0}\n\nEv\x1bil Bo, Al Bo\n\nAbout \x07 bells.\n\n"
)
COLOR = re.compile(r"\x1b\[[0-9;]*m")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("question", PAIRS, ids=lambda question: question[0])
def test_off_a_terminal_a_comparison_is_tab_separated_lines(pubcli: Program, question: tuple[str, ...]) -> None:
    result = pubcli(*question)
    header, *rows = result.stdout.decode().splitlines()
    assert result.returncode == 0
    assert len(rows) > 10
    assert {row.count("\t") for row in rows} == {header.count("\t")}


@pytest.mark.parametrize("question", PAIRS, ids=lambda question: question[0])
def test_every_format_has_the_same_rows(pubcli: Program, tmp_path: Path, question: tuple[str, ...]) -> None:
    matches = json.loads(pubcli(*question, "--json").stdout)
    table = list(csv.DictReader(io.StringIO(pubcli(*question, "-f", "csv").stdout.decode(), newline="")))
    assert pubcli(*question, "-o", tmp_path / "out.md").returncode == 0
    marks = (tmp_path / "out.md").read_text(encoding="utf-8").split("\n\n")[0].splitlines()
    assert len(matches) == len(table) == len(marks) - 2
    assert {tuple(row) for row in matches} == {tuple(table[0])}


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
@pytest.mark.parametrize("question", PAIRS, ids=lambda question: question[0])
def test_a_table_fits_its_screen(terminal: Screen, question: tuple[str, ...], columns: int) -> None:
    result = terminal(*question, columns=columns)
    assert result.returncode == 0
    assert [line for line in COLOR.sub("", result.stdout).splitlines() if cell_len(line) > columns] == []


def test_removed_and_added_words_have_different_colours(terminal: Screen) -> None:
    text = terminal("diff", OLD, NEW, *DAYS, columns=200).stdout
    assert "\x1b[9;31m[-Structured-]\x1b[0m \x1b[32m{+Sparse+}\x1b[0m" in text


def test_the_columns_of_a_comparison_are_named_after_people(terminal: Screen) -> None:
    heading = COLOR.sub("", terminal(*PAIRS[1], columns=120).stdout).splitlines()[0]
    assert heading.split() == ["Section", "Item", "Meisam", "Razaviyayn", "Nora", "Lindqvist"]


# Exit status


def test_a_diff_without_changes_exits_with_status_1(pubcli: Program) -> None:
    result = pubcli("diff", OLD, OLD, "--json")
    assert (result.returncode, json.loads(result.stdout)) == (1, [])
    assert result.stderr == b"note: nothing differs\n"
    assert pubcli("diff", OLD, OLD, "-q").stderr == b""


def test_comparing_a_page_with_itself_exits_with_status_0(pubcli: Program) -> None:
    assert pubcli("compare", OLD, OLD).returncode == 0


def test_comparing_pages_without_papers_exits_with_status_1(pubcli: Program, tmp_path: Path) -> None:
    page = tmp_path / "bare.txt"
    page.write_text("Ada L\n\nLG\nh-index3\n4papers\n", encoding="utf-8")
    result = pubcli("compare", page, page, "--json")
    assert (result.returncode, json.loads(result.stdout)) == (1, [])
    assert b"neither page lists any paper" in result.stderr


def test_compare_counts_names_of_one_person_once(pubcli: Program, tmp_path: Path) -> None:
    aliases = tmp_path / "aliases.txt"
    aliases.write_text("Andrew Lowy = Tianjian Huang")
    result = pubcli("compare", FIXTURES / "razaviyayn.txt", NEW, "--json", "--aliases", aliases)
    shared = [row for row in json.loads(result.stdout) if row["section"] == "coauthor"]
    assert (shared[0]["item"], shared[0]["a"], shared[0]["b"]) == ("Andrew Lowy", 13, 3)


@pytest.mark.parametrize(
    ("command", "message"), [("diff", b"name the newer one too"), ("compare", b"Missing argument")]
)
def test_a_single_page_exits_with_status_2(pubcli: Program, command: str, message: bytes) -> None:
    result = pubcli(command, OLD)
    assert (result.returncode, result.stdout) == (2, b"")
    assert message in result.stderr


def test_pages_to_compare_must_be_named(pubcli: Program) -> None:
    result = pubcli("compare")
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"Missing argument" in result.stderr


@pytest.mark.parametrize("command", ["diff", "compare"])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("-", "-"), b"standard input can be read only once"),
        ((OLD, NEW, "--as-of", "soon"), b"--as-of"),
        ((OLD, NEW, *DAYS, "--as-of", "2026-01-01"), b"at most two days"),
        ((OLD, NEW, "--fields", "titel"), b"--fields"),
    ],
    ids=str,
)
def test_invalid_arguments_exit_with_status_2(
    pubcli: Program, command: str, arguments: tuple[str, ...], message: bytes
) -> None:
    result = pubcli(command, *arguments, input=b"")
    assert (result.returncode, result.stdout) == (2, b"")
    assert message in result.stderr


def test_diff_takes_two_pages_and_compare_takes_more(pubcli: Program) -> None:
    result = pubcli("diff", OLD, NEW, OLD)
    assert result.returncode == 2
    assert b"unexpected extra argument" in result.stderr
    several = pubcli("compare", OLD, NEW, OLD, "--json", "-q")
    assert [row["section"] for row in json.loads(several.stdout)] == ["page"] * 3 + ["pair"] * 3
    assert b"give one day for all of them" in pubcli("compare", OLD, NEW, OLD, *DAYS).stderr
    assert b"can be read only once" in pubcli("compare", OLD, "-", "-", input=b"").stderr


@pytest.mark.parametrize("names", [("nowhere.txt", NEW), (OLD, "nowhere.txt")], ids=["first", "second"])
def test_an_unreadable_page_exits_with_status_3(pubcli: Program, names: tuple[str, ...]) -> None:
    result = pubcli("diff", *names)
    assert (result.returncode, result.stdout) == (3, b"")
    assert b"nowhere.txt: no such file" in result.stderr


# Input


@pytest.mark.parametrize("names", [("-", NEW), (OLD, "-")], ids=["first", "second"])
def test_either_page_may_be_standard_input(pubcli: Program, names: tuple[str, ...]) -> None:
    page = (OLD if names[0] == "-" else NEW).read_bytes()
    piped = pubcli("diff", *names, *DAYS, "--json", input=page)
    assert piped.stdout == pubcli("diff", OLD, NEW, *DAYS, "--json").stdout
    assert piped.returncode == 0


def test_a_single_as_of_date_applies_to_both_pages(pubcli: Program) -> None:
    matches = json.loads(pubcli("diff", OLD, NEW, "--as-of", "2026-11-23", "--json").stdout)
    [row] = [row for row in matches if row["old_assumed"]]
    assert row["summary"] == "date 2026-03-03~ → 2025-03-03 (the year was assumed wrongly)"


def test_a_file_with_several_pages_is_compared_as_a_whole(pubcli: Program, tmp_path: Path) -> None:
    path = tmp_path / "both.txt"
    path.write_bytes(OLD.read_bytes() + b"\n\n" + (FIXTURES / "razaviyayn.txt").read_bytes())
    result = pubcli("diff", OLD, path, "--json")
    assert b"contains 2 pages" in result.stderr
    assert {row["change"] for row in json.loads(result.stdout)} == {"new"}


def test_the_profile_from_the_environment_is_not_used(pubcli: Program) -> None:
    assert pubcli("diff", OLD, OLD, env={"PUBCLI_PROFILE": "nowhere.txt"}).returncode == 1


# Hostile pages


@pytest.fixture
def hostile_pages(tmp_path: Path) -> tuple[str, str]:
    paths = []
    for number in (2, 3):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(HOSTILE_PAGE.format(number), encoding="utf-8")
    return str(paths[0]), str(paths[1])


@pytest.mark.parametrize("command", ["diff", "compare"])
@pytest.mark.parametrize("form", ["table", "json", "csv", "markdown"])
def test_piped_output_contains_no_control_characters(
    pubcli: Program, hostile_pages: tuple[str, str], command: str, form: str
) -> None:
    result = pubcli(command, *hostile_pages, "-f", form)
    assert result.returncode == 0
    allowed = {"table": "\t", "csv": "\r"}.get(form, "")
    assert set(CONTROL.findall(result.stdout.decode())) <= set(allowed)
    assert CONTROL.findall(result.stderr.decode()) == []


@pytest.mark.parametrize("command", ["diff", "compare"])
def test_output_on_a_terminal_contains_no_control_characters(
    terminal: Screen, hostile_pages: tuple[str, str], command: str
) -> None:
    result = terminal(command, *hostile_pages, columns=60)
    text = COLOR.sub("", result.stdout)
    assert CONTROL.findall(text) == []
    assert [line for line in text.splitlines() if cell_len(line) > 60] == []
    assert "Beginning" in text
