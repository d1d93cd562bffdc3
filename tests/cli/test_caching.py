"""The cache as users meet it: the second question, a folder that cannot be written, several processes at once."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def kept(tmp_path: Path) -> dict[str, str]:
    return {"PUBCLI_CACHE_DIR": str(tmp_path / "cache")}


def entries(env: dict[str, str]) -> list[Path]:
    return sorted(Path(env["PUBCLI_CACHE_DIR"]).glob("*"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["search", "privacy", "--json"],
        ["show", "3"],
        ["coauthors"],
        ["network"],
        ["categories"],
        ["profile"],
        ["check"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_the_second_answer_is_the_first(pubcli: Program, kept: dict[str, str], arguments: list[str]) -> None:
    runs = [pubcli(*arguments, "-p", "page.txt", env=kept) for _ in range(2)]
    plain = pubcli(*arguments, "-p", "page.txt", "--no-cache", env=kept)
    assert runs[0].stdout == runs[1].stdout == plain.stdout != b""
    assert runs[0].stderr == runs[1].stderr == plain.stderr
    assert len(entries(kept)) == 1


def test_standard_input_is_known_by_its_content(pubcli: Program, kept: dict[str, str], sample: bytes) -> None:
    first, second = (pubcli("list", "--json", "-p", "-", input=sample, env=kept) for _ in range(2))
    assert first.stdout == second.stdout
    assert len(entries(kept)) == 1
    shorter = pubcli("list", "--json", "-p", "-", input=sample[: len(sample) // 2], env=kept)
    assert len(json.loads(shorter.stdout)) < len(json.loads(first.stdout))


def test_no_cache_keeps_nothing(pubcli: Program, kept: dict[str, str]) -> None:
    assert pubcli("list", "--no-cache", env=kept).returncode == 0
    assert entries(kept) == []


def test_a_changed_page_is_read_anew(pubcli: Program, kept: dict[str, str], tmp_path: Path, sample: bytes) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(sample)
    assert b"privacy" in pubcli("list", "-p", page, "--json", env=kept).stdout.lower()
    page.write_bytes(sample.replace(b"Private", b"Pirate").replace(b"LGMar 13, 2022", b"OCMar 13, 2022"))
    assert b"Pirate" in pubcli("list", "-p", page, "--json", env=kept).stdout


def test_a_damaged_entry_is_repaired(pubcli: Program, kept: dict[str, str]) -> None:
    before = pubcli("list", env=kept)
    (entry,) = entries(kept)
    whole = entry.read_bytes()
    entry.write_bytes(whole[:5000])
    assert pubcli("list", env=kept).stdout == before.stdout
    assert len(entry.read_bytes()) == len(whole)


def test_a_folder_that_cannot_be_made_costs_a_note(pubcli: Program, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = pubcli("list", "--json", env={"PUBCLI_CACHE_DIR": str(tmp_path / "file" / "cache")})
    assert result.returncode == 0
    assert len(json.loads(result.stdout)) == 50
    assert b"note: the parsed page cannot be cached: Not a directory" in result.stderr


def test_a_full_disk_costs_a_note(pubcli: Program, kept: dict[str, str], environment: dict[str, str]) -> None:
    line = 'ulimit -f 8; trap "" XFSZ; exec "$0" -m pubcli list --json -q; '
    result = subprocess.run(["bash", "-c", line, sys.executable], env={**environment, **kept}, capture_output=True)
    assert result.returncode == 0
    assert len(json.loads(result.stdout)) == 50
    assert entries(kept) == []


def test_a_page_that_cannot_be_read_is_told_every_time(pubcli: Program, kept: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir,\n")
    runs = [pubcli("list", "-p", "page.txt", "-p", tmp_path / "letter.txt", env=kept) for _ in range(2)]
    assert runs[0].stderr == runs[1].stderr
    assert b"left out" in runs[1].stderr
    alone = pubcli("list", "-p", tmp_path / "letter.txt", env=kept)
    assert alone.returncode == 3
    assert entries(kept) == []


def test_many_processes_write_the_same_entry(kept: dict[str, str], environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "pubcli", "list", "--json", "-q"]
    running = [
        subprocess.Popen(command, env={**environment, **kept}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(6)
    ]
    answers = {process.communicate() for process in running}
    assert len(answers) == 1
    assert len(json.loads(answers.pop()[0])) == 50
    assert len(entries(kept)) == 1


def test_info_and_clear(pubcli: Program, kept: dict[str, str]) -> None:
    pubcli("list", env=kept)
    (row,) = json.loads(pubcli("cache", "info", "--json", env=kept).stdout)
    assert row["folder"] == kept["PUBCLI_CACHE_DIR"]
    assert (row["entries"], row["bytes"]) == (1, entries(kept)[0].stat().st_size)
    cleared = pubcli("cache", "clear", env=kept)
    assert (cleared.returncode, entries(kept)) == (0, [])
    assert b"1 entry removed" in cleared.stderr
    wrong = pubcli("cache", "claer", env=kept)
    assert wrong.returncode == 2
    assert b"did you mean clear?" in wrong.stderr


def test_an_entry_is_written_once_more_for_words_and_then_never_again(pubcli: Program, kept: dict[str, str]) -> None:
    def entry() -> int:
        [path] = Path(kept["PUBCLI_CACHE_DIR"]).rglob("*.pages")
        return path.stat().st_ino

    pubcli("search", "privacy", env=kept)
    first = entry()
    pubcli("search", "fair", env=kept)
    assert entry() == first
