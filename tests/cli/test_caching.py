"""The cache on the command line: repeated questions, a folder that cannot be written, several processes at once."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def cache_env(tmp_path: Path) -> dict[str, str]:
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
        ["stats", "category"],
        ["profile"],
        ["check"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_cached_answer_equals_the_first_answer(
    pubcli: Program, cache_env: dict[str, str], arguments: list[str]
) -> None:
    runs = [pubcli(*arguments, "-p", "page.txt", env=cache_env) for _ in range(2)]
    plain = pubcli(*arguments, "-p", "page.txt", "--no-cache", env=cache_env)
    assert runs[0].stdout == runs[1].stdout == plain.stdout != b""
    assert runs[0].stderr == runs[1].stderr == plain.stderr
    assert len(entries(cache_env)) == 1


def test_standard_input_is_cached_by_its_content(pubcli: Program, cache_env: dict[str, str], sample: bytes) -> None:
    first, second = (pubcli("list", "--json", "-p", "-", input=sample, env=cache_env) for _ in range(2))
    assert first.stdout == second.stdout
    assert len(entries(cache_env)) == 1
    shorter = pubcli("list", "--json", "-p", "-", input=sample[: len(sample) // 2], env=cache_env)
    assert len(json.loads(shorter.stdout)) < len(json.loads(first.stdout))


def test_the_no_cache_option_stores_no_entry(pubcli: Program, cache_env: dict[str, str]) -> None:
    assert pubcli("list", "--no-cache", env=cache_env).returncode == 0
    assert entries(cache_env) == []


def test_a_changed_page_is_read_again(
    pubcli: Program, cache_env: dict[str, str], tmp_path: Path, sample: bytes
) -> None:
    page = tmp_path / "page.txt"
    page.write_bytes(sample)
    assert b"privacy" in pubcli("list", "-p", page, "--json", env=cache_env).stdout.lower()
    page.write_bytes(sample.replace(b"Private", b"Pirate").replace(b"LGMar 13, 2022", b"OCMar 13, 2022"))
    assert b"Pirate" in pubcli("list", "-p", page, "--json", env=cache_env).stdout


def test_a_damaged_entry_is_repaired(pubcli: Program, cache_env: dict[str, str]) -> None:
    first = pubcli("list", env=cache_env)
    (entry,) = entries(cache_env)
    content = entry.read_bytes()
    entry.write_bytes(content[:5000])
    assert pubcli("list", env=cache_env).stdout == first.stdout
    assert len(entry.read_bytes()) == len(content)


def test_a_folder_that_cannot_be_created_causes_a_note(pubcli: Program, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = pubcli("list", "--json", env={"PUBCLI_CACHE_DIR": str(tmp_path / "file" / "cache")})
    assert result.returncode == 0
    assert len(json.loads(result.stdout)) == 50
    assert b"note: the parsed page cannot be cached: Not a directory" in result.stderr


def test_a_full_disk_causes_a_note(pubcli: Program, cache_env: dict[str, str], environment: dict[str, str]) -> None:
    line = 'ulimit -f 8; trap "" XFSZ; exec "$0" -m pubcli list --json -q; '
    result = subprocess.run(["bash", "-c", line, sys.executable], env={**environment, **cache_env}, capture_output=True)
    assert result.returncode == 0
    assert len(json.loads(result.stdout)) == 50
    assert entries(cache_env) == []


def test_a_page_that_cannot_be_read_is_reported_every_time(
    pubcli: Program, cache_env: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir,\n")
    runs = [pubcli("list", "-p", "page.txt", "-p", tmp_path / "letter.txt", env=cache_env) for _ in range(2)]
    assert runs[0].stderr == runs[1].stderr
    assert b"letter.txt is not a page" in runs[1].stderr
    result = pubcli("list", "-p", tmp_path / "letter.txt", env=cache_env)
    assert result.returncode == 3
    assert entries(cache_env) == []


def test_many_processes_write_the_same_entry(cache_env: dict[str, str], environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "pubcli", "list", "--json", "-q"]
    running = [
        subprocess.Popen(command, env={**environment, **cache_env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(6)
    ]
    answers = {process.communicate() for process in running}
    assert len(answers) == 1
    assert len(json.loads(answers.pop()[0])) == 50
    assert len(entries(cache_env)) == 1


def test_cache_info_counts_the_entries_and_cache_clear_removes_them(pubcli: Program, cache_env: dict[str, str]) -> None:
    pubcli("list", env=cache_env)
    (row,) = json.loads(pubcli("library", "cache", "info", "--json", env=cache_env).stdout)
    assert row["folder"] == cache_env["PUBCLI_CACHE_DIR"]
    assert (row["entries"], row["bytes"]) == (1, entries(cache_env)[0].stat().st_size)
    cleared = pubcli("library", "cache", "clear", env=cache_env)
    assert (cleared.returncode, entries(cache_env)) == (0, [])
    assert b"1 entry removed" in cleared.stderr
    wrong = pubcli("library", "cache", "claer", env=cache_env)
    assert wrong.returncode == 2
    assert b"did you mean clear?" in wrong.stderr


def test_a_second_search_does_not_rewrite_the_cache_entry(pubcli: Program, cache_env: dict[str, str]) -> None:
    def entry() -> int:
        [path] = Path(cache_env["PUBCLI_CACHE_DIR"]).rglob("*.pages")
        return path.stat().st_ino

    pubcli("search", "privacy", env=cache_env)
    first = entry()
    pubcli("search", "fair", env=cache_env)
    assert entry() == first
