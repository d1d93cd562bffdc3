"""Answers go to standard output, everything else to standard error; either of them may be closed or full."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]

QUESTIONS = (
    ("list",),
    ("search", "privacy"),
    ("coauthors",),
    ("people",),
    ("network",),
    ("people", "path", "lowy", "yuan deng"),
    ("stats", "category"),
    ("show", "3", "--fields", "key,title"),
    ("check", "--fields", "kind,line"),
)
TEXTS = (("show", "3"), ("profile",), ("check",))
"""Questions about a single paper or page, whose answers are texts for people even off a terminal."""
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
needs_full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")


def lines(text: bytes) -> list[str]:
    return text.decode().splitlines()


# Off a terminal


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_off_a_terminal_a_table_is_tab_separated_lines(pubcli: Program, question: tuple[str, ...]) -> None:
    result = pubcli(*question, "-p", "page.txt")
    header, *rows = result.stdout.decode().removesuffix("\n").split("\n")
    assert result.returncode == 0
    assert rows
    assert "\t" in header
    assert {row.count("\t") for row in rows} == {header.count("\t")}
    assert b"\x1b" not in result.stdout
    assert b"\r" not in result.stdout
    assert "\u2500" not in result.stdout.decode()


@pytest.mark.parametrize("question", TEXTS, ids=" ".join)
def test_off_a_terminal_an_answer_about_one_thing_is_a_text_for_people(
    pubcli: Program, question: tuple[str, ...], home: Path
) -> None:
    text = pubcli(*question, "-p", "page.txt").stdout.decode()
    assert "\t" not in text
    assert "\x1b" not in text
    assert 60 < max(map(len, text.splitlines())) <= 80
    assert pubcli(*question, "-p", "page.txt", "--format", "table").stdout.decode() == text
    pubcli(*question, "-p", "page.txt", "-o", "answer.txt")
    assert (home / "answer.txt").read_text(encoding="utf-8") == text


def test_off_a_terminal_the_columns_variable_sets_the_width_of_a_text(pubcli: Program) -> None:
    text = pubcli("show", "3", "-p", "page.txt", env={"COLUMNS": "50"}).stdout.decode()
    assert 40 < max(map(len, text.splitlines())) <= 50


def test_a_table_is_drawn_in_a_pipe_if_the_user_names_the_format(pubcli: Program) -> None:
    result = pubcli("list", "-n", "2", "-p", "page.txt", "--format", "table")
    assert "\u2500" * 80 in result.stdout.decode()
    assert b"\x1b" not in result.stdout
    assert result.stderr == b""


@pytest.mark.parametrize("question", [("list",), ("show", "3"), ("profile",)], ids=" ".join)
def test_off_a_terminal_color_auto_ignores_variables_that_force_colour(
    pubcli: Program, question: tuple[str, ...]
) -> None:
    forcing = {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1", "TERM": "xterm-256color", "COLUMNS": "30"}
    plain = pubcli(*question, "-p", "page.txt", "--color", "never", env={"COLUMNS": "30"})
    forced = pubcli(*question, "-p", "page.txt", "--color", "auto", env=forcing)
    assert forced.stdout == plain.stdout
    assert forced.stderr == plain.stderr


def test_off_a_terminal_titles_and_abstracts_are_not_cut(pubcli: Program) -> None:
    table = pubcli("list", "-q", "--fields", "title,abstract", env={"COLUMNS": "20"})
    records = json.loads(pubcli("list", "-q", "--json").stdout)
    _, *rows = lines(table.stdout)
    assert len(rows) == len(records) == 50
    plain = [row.split("\t") for row in rows]
    without_tex = [i for i, record in enumerate(records) if "$" not in record["title"] + record["abstract"]]
    assert len(without_tex) > 20
    for i in without_tex:
        assert plain[i][0] == records[i]["title"]
        assert plain[i][1].endswith(records[i]["abstract"][-3:])


def test_color_always_prints_a_coloured_table_into_a_pipe(pubcli: Program) -> None:
    result = pubcli("list", "-n", "2", "--color", "always")
    assert b"\x1b[" in result.stdout
    assert "\u2500" in result.stdout.decode()


# Notes


def test_using_the_sample_page_causes_one_note(pubcli: Program) -> None:
    result = pubcli("list", "--json", "-n", "1")
    assert [line for line in lines(result.stderr) if "sample" in line] == lines(result.stderr)
    assert len(lines(result.stderr)) == 1
    assert lines(result.stderr)[0].startswith("note: ")


def test_marks_in_a_table_are_explained_in_notes(pubcli: Program) -> None:
    stderr = pubcli("list", "-p", "page.txt").stderr.decode()
    assert "~ the page omits the year" in stderr
    assert "et al. the page truncates the author list" in stderr
    assert "* the code belongs to several arXiv archives" in stderr


@pytest.mark.parametrize("options", [(), ("-f", "table"), ("--json",)], ids=" ".join)
def test_quiet_silences_every_note_and_changes_no_answer(pubcli: Program, options: tuple[str, ...]) -> None:
    arguments = ("list", *options)  # the sample page, so that there is a note
    loud, quiet = pubcli(*arguments), pubcli(*arguments, "--quiet")
    assert loud.stderr
    assert quiet.stderr == b""
    assert quiet.stdout == loud.stdout
    assert quiet.returncode == loud.returncode == 0


def test_quiet_does_not_silence_errors(pubcli: Program) -> None:
    result = pubcli("list", "-q", "-p", "missing.txt")
    assert result.returncode == 3
    assert b"missing.txt" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--yaer", "2021"),
        ("lst",),
        ("list", "(a"),
        ("list", "--year", "x"),
        ("list", "-p", "missing.txt"),
        ("list", "-n", "many"),
        ("show",),
        ("search",),
        ("help", "schema", "pages"),
    ],
    ids=" ".join,
)
def test_failures_leave_standard_output_empty(pubcli: Program, arguments: tuple[str, ...]) -> None:
    result = pubcli(*arguments)
    assert result.returncode in (2, 3)
    assert result.stdout == b""
    assert result.stderr.strip()


# Closed pipes, full disks and closed streams


@needs_bash
@pytest.mark.parametrize("options", ["", "-f json", "-f csv"])
def test_a_pipe_into_head_causes_no_error(shell: Program, options: str) -> None:
    arguments = f"list -q --fields title,abstract {options}"
    result = shell(f'pubcli {arguments} | head -1; echo "${{PIPESTATUS[0]}}"')
    assert lines(result.stdout)[-1] == "0"
    assert len(lines(result.stdout)) == 2
    assert result.stderr == b""


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "-q"),
        ("list", "-q", "--json"),
        ("show", "-q", "3"),
        ("list", "-q", "--color", "always"),
        ("help", "schema"),
        ("--help",),
        ("--version",),
    ],
    ids=" ".join,
)
def test_a_closed_pipe_is_not_an_error(pubcli: Program, arguments: tuple[str, ...]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        result = pubcli(*arguments, stdout=writing)
    finally:
        os.close(writing)
    assert (result.returncode, result.stderr) == (0, b"")


@needs_full
@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "-q"),
        ("list", "-q", "--json"),
        ("list", "-q", "nothingmatchesthis"),
        ("help", "schema"),
        ("--help",),
        ("--version",),
    ],
    ids=" ".join,
)
def test_a_full_disk_exits_with_status_74_and_one_sentence(pubcli: Program, arguments: tuple[str, ...]) -> None:
    with Path("/dev/full").open("wb") as full_disk:
        result = pubcli(*arguments, stdout=full_disk)
    assert result.returncode == 74
    assert len(lines(result.stderr)) == 1
    assert result.stderr.startswith(b"pubcli: ")


@needs_full
def test_the_exit_status_is_the_same_if_standard_error_cannot_be_written(pubcli: Program) -> None:
    with Path("/dev/full").open("wb") as full_disk:
        assert pubcli("list", "-p", "missing.txt", stderr=full_disk).returncode == 3
        result = pubcli("list", "-n", "1", stderr=full_disk)
    assert result.returncode == 0
    assert len(lines(result.stdout)) == 2


@needs_bash
@pytest.mark.parametrize("arguments", ["list -q", "list -q --json", "profile -q", "help schema", "--version"])
def test_a_closed_standard_output_exits_with_status_74_and_one_sentence(shell: Program, arguments: str) -> None:
    result = shell(f"pubcli {arguments} >&-")
    assert result.returncode == 74
    assert len(lines(result.stderr)) == 1


@needs_bash
def test_a_closed_standard_error_loses_only_the_notes(shell: Program) -> None:
    result = shell("pubcli list -n 1 2>&-")
    assert result.returncode == 0
    assert len(lines(result.stdout)) == 2
    assert shell("pubcli list -p missing.txt 2>&-").returncode == 3
    assert shell("pubcli list --yaer 2>&-").returncode == 2


@needs_bash
def test_a_closed_standard_input_matters_only_if_it_is_read(shell: Program) -> None:
    unread = shell("pubcli list -q -n 1 <&-")
    assert unread.returncode == 0
    assert len(lines(unread.stdout)) == 2
    read = shell("pubcli list -p - <&-")
    assert read.returncode == 3
    assert len(lines(read.stderr)) == 1


@needs_bash
def test_a_command_with_all_streams_closed_exits_with_status_74(shell: Program) -> None:
    assert shell("pubcli list <&- >&- 2>&-").returncode == 74


def test_standard_output_may_be_a_file(pubcli: Program, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    with target.open("wb") as file:
        result = pubcli("list", "--json", "-q", stdout=file)
    assert result.returncode == 0
    assert len(json.loads(target.read_text(encoding="utf-8"))) == 50


@pytest.mark.parametrize("format", ["table", "json"])
def test_output_is_utf8_whatever_the_locale(pubcli: Program, format: str) -> None:
    page = "Zoë Łódź\n\nh-index3\n1papers\n\n1 Papers\n\nLGMar 13, 2022\nÜber 李明\n\nZoë Łódź, Al Bo\n\nText\n\n"
    result = pubcli("list", "-p", "-", "-f", format, input=page.encode(), env={"LANG": "C", "LC_ALL": "POSIX"})
    assert "Über 李明" in result.stdout.decode("utf-8")


# Signals


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_reading_standard_input_sets_the_exit_status(
    environment: dict[str, str], sample: bytes, number: signal.Signals
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "pubcli", "list", "-p", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        # A worker of pytest-xdist or nohup ignores the signal, and so would the processes that they start.
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    # More than a pipe holds: once all of it is written, the program has begun to read and waits for the rest.
    process.stdin.write(sample * 4)
    process.stdin.flush()
    status = _stop(process, number)
    stderr, stdout = process.stderr.read(), process.stdout.read()
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()
    assert status == 128 + number
    assert stdout == b""
    assert b"Traceback" not in stderr


def test_an_interrupt_while_sqlite_evaluates_an_expression_exits_with_status_130(environment: dict[str, str]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "pubcli", "list", r"/(\w|\w\w|\s)*(?:\.){9}/"],  # takes two seconds, then it is stopped
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stderr.read(4) == b"note"
    status = _stop(process, signal.SIGINT)
    stderr = process.stderr.read()
    for stream in (process.stdout, process.stderr):
        stream.close()
    assert status == 130
    assert b"bug" not in stderr


def _stop(process: "subprocess.Popen[bytes]", number: signal.Signals) -> int:
    """Send a signal to a process and return the status with which it exits.

    The signal is sent again if needed: between two reads of a pipe, Python notices it only when more input arrives.
    """
    for _ in range(5):
        time.sleep(0.3)
        process.send_signal(number)
        with suppress(subprocess.TimeoutExpired):
            return process.wait(3)
    process.kill()
    return process.wait()
