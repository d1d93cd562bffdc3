"""Hostile text: control characters on a page, in a name or in a query never reach the terminal."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from hostile import COLOR, CONTROL, INVISIBLE, LINK, PAYLOADS
from pubcli.graphs import FORMATS as GRAPHS

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Screen = Callable[..., "subprocess.CompletedProcess[str]"]

NAME = "Ev\x1b]0;owned\x07il \u202eB\u009b31m\bow [bold]"
ORG = "mit\x1b[31m\u202e\u009b"
COMMANDS = (
    ("list",),
    ("search", "beginning"),
    ("show", *map(str, range(1, len(PAYLOADS) + 1))),
    ("coauthors",),
    ("coauthors", "--period", "1"),
    ("people",),
    ("network",),
    ("stats", "category"),
    ("profile",),
    ("check",),
)


def titles() -> list[str]:
    return [f"Beginning {payload} end" for payload in PAYLOADS.values()]


@pytest.fixture(scope="module")
def page(home: Path) -> str:
    """Write a page with every payload in a title, an abstract and a list of authors, and return its name."""
    records = [
        f"LGMar {number % 28 + 1}, 2022\n{title}\n\nAlice Bow, Carol Day et al. · {ORG}\n\nAbstract, {title}\n\n"
        for number, title in enumerate(titles())
    ]
    unusual_records = [
        f"OCMay 1, 2021\nTitle\n\nAlice {payload} Bow, Carol Day\n\nAbstract\n\n{payload}\n\n"
        for payload in PAYLOADS.values()
    ]
    unusual_records += [
        "CVMay 1, 2020Code\x1b[31m\nTitle\n\nAlice Bow\n\nText\n\n",
        "C\x1bVMay 1, 2020\nTitle\n\nAl Bow\n\nT\n",
    ]
    path = home / "hostile.txt"
    text = f"{NAME}\n\nLG\nh-index3\n2papers\n\n2 Papers\n\n" + "".join(records + unusual_records)
    path.write_bytes(text.encode())
    return path.name


def control_characters(text: str, allowed: str = "") -> set[str]:
    return {char for char in CONTROL.findall(text) if char not in allowed}


@pytest.mark.parametrize(
    ("question", "format"),
    [
        *((question, format) for question in COMMANDS for format in ("table", "json")),
        *(
            (question, format)
            for question in (COMMANDS[0], COMMANDS[-1])
            for format in ("jsonl", "csv", "tsv", "markdown")
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value[:2]),
)
def test_piped_output_contains_no_control_characters(
    pubcli: Program, page: str, question: tuple[str, ...], format: str
) -> None:
    result = pubcli(*question, "-p", page, "-f", format)
    assert result.returncode == 0
    allowed = {"table": "\t", "tsv": f"\t{INVISIBLE}", "csv": f"\r{INVISIBLE}"}.get(format, "")
    assert control_characters(result.stdout.decode(), allowed) == set()
    assert control_characters(result.stderr.decode()) == set()
    if format in ("table", "tsv"):
        header, *rows = result.stdout.decode().removesuffix("\n").split("\n")
        assert {row.count("\t") for row in rows} == {header.count("\t")}


@pytest.mark.parametrize("form", GRAPHS)
def test_a_graph_file_contains_no_control_characters(pubcli: Program, page: str, form: str) -> None:
    result = pubcli("network", "-p", page, "-f", form)
    assert result.returncode == 0
    assert control_characters(result.stdout.decode()) == set()


@pytest.mark.parametrize("question", COMMANDS, ids=lambda question: " ".join(question[:2]))
def test_output_on_a_terminal_contains_no_control_characters(
    terminal: Screen, page: str, question: tuple[str, ...]
) -> None:
    columns = 60
    result = terminal(*question, "-p", page, columns=columns)
    assert result.returncode == 0
    text = LINK.sub("", COLOR.sub("", result.stdout))
    assert control_characters(text) == set()
    assert control_characters(result.stderr) == set()
    assert [line for line in text.splitlines() if cell_len(line) > columns] == []


def test_every_field_is_shown_without_control_characters_on_a_terminal(
    terminal: Screen, pubcli: Program, page: str
) -> None:
    fields = ",".join(json.loads(pubcli("list", "--json", "-n", "1", "-p", page).stdout)[0])
    result = terminal("list", "-p", page, "--fields", fields, columns=1_000)
    assert control_characters(LINK.sub("", COLOR.sub("", result.stdout))) == set()


def test_json_decodes_to_the_text_of_the_page(pubcli: Program, page: str) -> None:
    papers: list[dict[str, Any]] = json.loads(pubcli("list", "--json", "-s", "position", "-p", page).stdout)
    papers_by_title = {paper["title"]: paper for paper in papers}
    for name, title in zip(PAYLOADS, titles(), strict=True):
        assert title in papers_by_title, name
        assert papers_by_title[title]["abstract"] == f"Abstract, {title}", name
        assert papers_by_title[title]["org"] == ORG
        assert papers_by_title[title]["profile"] == NAME
        assert papers_by_title[title]["authors"] == ["Alice Bow", "Carol Day"]
    part = pubcli("list", "--json", "-s", "position", "-p", page, "--fields", "title,abstract")
    for paper in json.loads(part.stdout)[: len(PAYLOADS)]:
        assert paper["abstract"] == papers_by_title[paper["title"]]["abstract"]


def test_markup_on_a_page_is_shown_as_text(terminal: Screen, pubcli: Program, page: str) -> None:
    text = terminal("list", "-p", page, "--fields", "title", columns=1_000).stdout
    for name in ("markup", "emoji code", "percent", "braces", "lookalikes"):
        assert f"Beginning {PAYLOADS[name]} end" in COLOR.sub("", text), name
    details = terminal("show", *COMMANDS[2][1:], "-p", page, columns=1_000).stdout
    assert "[bold red]x[/]" in details
    assert ":smile:" in details
    on_page = [link for paper in json.loads(pubcli("list", "--json", "-p", page).stdout) for link in paper["links"]]
    assert set(filter(None, LINK.findall(details))) <= set(on_page)


def test_no_line_of_the_page_is_lost(pubcli: Program, page: str) -> None:
    """Lines outside records and headers are among the findings of `check`."""
    findings = json.loads(pubcli("check", "--json", "-p", page).stdout)
    problem_text = "\n".join(finding["text"] or "" for finding in findings if finding["kind"] == "problem")
    for name in ("csi", "osc 8", "markup", "nul", "override"):
        assert PAYLOADS[name].strip() in problem_text, name


# File names and query words


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "-p", "mi\x1b]0;owned\x07ssing\u202e.txt"),
        ("list", "-p", "page.txt", "-p", "mi\x1b[31mssing\u009b.txt"),
        ("list", "-o", "no\x1b[31mwhere/x.json", "-p", "page.txt"),
        ("search", "(\x1b[31m\u202e"),
        ("search", 'author:"\x1b[31m\u202e"', "-p", "page.txt"),
        ("list", "-c", "\x1b[31m", "-p", "page.txt"),
        ("list", "--title", "\x1b]0;x\x07\u009b", "-p", "page.txt"),
        ("show", "\x1b[31m\u202e", "-p", "page.txt"),
        ("list", "--year", "\x1b[31m"),
        ("list", "--since", "\x1b[31m\u202e"),
        ("list", "--as-of", "\x1b[31m"),
        ("list", "--format", "\x1b[31m\u202e"),
        ("list", "--fields", "\x1b[31m\u202e"),
        ("list", "--color", "\x1b[31m\u202e"),
        ("list", "--limit", "\x1b[31m\u202e"),
        ("list", "--\x1b[31m\u202e"),
        ("\x1b[31mlist\u202e",),
        ("help", "schema", "\x1b[31m\u202e"),
    ],
    ids=lambda arguments: ascii(" ".join(arguments)),
)
def test_messages_quote_arguments_without_control_characters(pubcli: Program, arguments: tuple[str, ...]) -> None:
    result = pubcli(*arguments)
    assert result.returncode in (0, 1, 2, 3, 74)
    assert result.stderr
    assert control_characters(result.stderr.decode()) == set()
    assert control_characters(result.stdout.decode(), "\t") == set()


@pytest.mark.parametrize("name", ["e\x1b[31mvil\u202e.txt", "[bold]x.txt", "-dash.txt"])
def test_a_page_can_be_read_from_a_file_with_any_name(
    pubcli: Program, terminal: Screen, tmp_path: Path, sample: bytes, name: str
) -> None:
    (tmp_path / name).write_bytes(sample)
    papers = json.loads(pubcli("list", "--json", "-n", "1", "-p", name, cwd=tmp_path).stdout)
    assert papers[0]["source"] == name
    text = COLOR.sub("", terminal("show", "3", "-p", name, cwd=tmp_path, columns=120).stdout)
    assert control_characters(text) == set()
    assert control_characters(pubcli("check", "-p", name, cwd=tmp_path).stdout.decode(), "\t") == set()


@pytest.mark.parametrize(
    "arguments",
    [
        (b"list", b"-p", b"\xff\xfe.txt"),
        (b"list", b"--json", b"-p", b"\xff\xfe.txt"),
        (b"check", b"-p", b"\xff\xfe.txt"),
        (b"list", b"-p", b"missing\xff.txt"),
        (b"list", b"-o", b"missing\xff/x.json"),
        (b"search", b"priv\xffacy"),
        (b"search", b"author:\xff"),
        (b"list", b"--title", b"\xff"),
        (b"list", b"-c", b"\xff"),
        (b"show", b"\xff"),
        (b"list", b"--format", b"\xff"),
        (b"list\xff",),
    ],
    ids=repr,
)
def test_arguments_that_are_not_utf_8_do_not_crash(
    pubcli: Program, tmp_path: Path, sample: bytes, arguments: tuple[bytes, ...]
) -> None:
    """Names of files are bytes; Python passes those that are not UTF-8 as lone surrogates."""
    with open(bytes(tmp_path) + b"/\xff\xfe.txt", "wb") as file:  # noqa: PTH123 - a name of bytes
        file.write(sample)
    result = pubcli(*arguments, cwd=tmp_path)
    assert result.returncode in (0, 1, 2, 3, 74)
    assert control_characters(result.stdout.decode("utf-8"), "\t") == set()
    result.stderr.decode("utf-8")


def test_ten_thousand_records_are_read(pubcli: Program, home: Path) -> None:
    record = "LGMar 13, 2022\nTitle {}\n\nAlice Bow, Carol Day\n\nText.\n\n"
    (home / "long.txt").write_text("".join(record.format(i) for i in range(10_000)), encoding="utf-8")
    result = pubcli("list", "-p", "long.txt", "-q")
    assert result.returncode == 0
    assert result.stdout.count(b"\n") == 10_001
