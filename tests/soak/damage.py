"""Damage libraries and cache entries at random places: pubcli notices it, or its answer does not change.

Every command ends with a documented status and without a traceback. If the answer of a command on a damaged library is
wrong, and neither the command nor `library check` notices the damage, it is counted as wrong. A damaged cache entry
never changes an answer, because the page is read again.
"""

from collections.abc import Callable
from pathlib import Path
from random import Random

from pubcli.errors import ExitCode
from repository import FIXTURES
from soak.changes import page
from soak.command_server import CommandServer
from soak.harness import DOCUMENTED, FINISHED, Home, Kind, Result, Session, Trial

_PAGE = 4096
"""Bytes in a page of an SQLite file."""
_QUESTIONS = (
    ("list", "--json"), ("list", "year:2022..", "-f", "csv"), ("list", "--sort", "title", "-f", "bibtex"),
    ("search", "privacy fair", "--json"), ("search", "author:lowy", "-f", "ris"), ("search", "optimi*", "--json"),
    ("similar", "worst-case lipschitz", "--json"), ("show", "worst-case lipschitz", "--json"), ("coauthors", "--json"),
    ("people", "--json"), ("people", "--variants", "--json"), ("network", "--json"),
    ("people", "path", "andrew lowy", "sina baharlouei"),
    ("stats", "category", "--json"), ("stats", "year", "category", "--json"), ("topics", "--json"),
    ("profile", "--json"),
    ("profile", "--list", "--json"), ("changes", "--snapshots", "lindqvist", "--json"),
    ("diff", "lindqvist@2025-06-30", "lindqvist", "--json"),
    ("compare", "lindqvist", "razaviyayn", "--json"), ("library", "duplicates", "--json"),
    ("library", "run", "fair", "--json"),
    ("library", "run", "--json"), ("export", "-f", "csl-json"), ("check", "--json"), ("library", "check", "--json"),
    ("list", "--owner", "lindqvist", "--json"),
)  # fmt: skip
_CHANGES = (
    ("add", "other.txt"), ("library", "remove", "lindqvist", "--yes"),
    ("library", "merge", "worst-case lipschitz", "sparse feedback"),
    ("library", "split", "stochastic differentially private and fair"), ("library", "refresh"),
    ("library", "save", "name", "word"),
    ("library", "backup", "copy.sqlite"),
    ("people", "same", "Andrew Lowy", "Nora Lindqvist"),
)  # fmt: skip
_CACHED = ("list", "-p", "other.txt", "--json")


def drive(session: Session) -> None:
    """Damage one file after the other, and run a command on each."""
    home = Home(session.folder / "home")
    titles = [f"Another study, number {number}" for number in range(30)]
    (home.folder / "other.txt").write_text(page("Ada Day", *titles), encoding="utf-8")
    with CommandServer(home) as server:
        library = _filled_library(home, server)
        entry, entry_bytes = _cache_entry(home, server)
        expected: dict[tuple[str, ...], Result] = {}
        for trial in session.trials():
            if trial.random.random() < 0.2:
                expected.setdefault(_CACHED, server.run(*_CACHED))
                _damage_entry(trial, server, entry, entry_bytes, expected[_CACHED])
            else:
                _damage_library(trial, home, server, library, expected)


def _filled_library(home: Home, server: CommandServer) -> bytes:
    """Fill the library and return the bytes of its file."""
    for name, day in (
        ("razaviyayn", "2026-11-23"), ("coauthor-short-header", "2026-11-23"),
        ("colleague-older", "2025-06-30"), ("colleague-newer", "2026-11-23"),
    ):  # fmt: skip
        result = server.run("add", str(FIXTURES / f"{name}.txt"), "--as-of", day)
        assert result.status == 0, result
    assert server.run("library", "save", "fair", "fair*").status == 0
    return home.library.read_bytes()


def _cache_entry(home: Home, server: CommandServer) -> tuple[Path, bytes]:
    """Return the path and the bytes of the cache entry of a page."""
    assert server.run(*_CACHED).status == 0
    (entry,) = home.cache.glob("*.pages")
    return entry, entry.read_bytes()


def _damage_entry(trial: Trial, server: CommandServer, entry: Path, data: bytes, expected: Result) -> None:
    damaged = _damaged(trial.random, data)
    entry.write_bytes(damaged)
    result = server.run(*_CACHED)
    if trial.check(result, DOCUMENTED, damaged) and (result.status, result.stdout) != (0, expected.stdout):
        trial.report(Kind.WRONG, "the answer from a damaged cache entry differs", result.command, damaged)


def _damage_library(
    trial: Trial, home: Home, server: CommandServer, data: bytes, expected: dict[tuple[str, ...], Result]
) -> None:
    command = trial.random.choice((*_QUESTIONS, *_QUESTIONS, *_CHANGES))
    if command not in expected:
        _replace(home, data)
        expected[command] = server.run(*command)
        assert expected[command].status in FINISHED, expected[command]
    damaged = _damaged(trial.random, data)
    _replace(home, damaged)
    result = server.run(*command)
    if not trial.check(result, DOCUMENTED, damaged) or command in _CHANGES or result.status == ExitCode.INPUT:
        return
    is_same = (result.status, result.stdout) == (expected[command].status, expected[command].stdout)
    if not is_same and server.run("library", "check").status == 0:
        message = f"neither the command nor `library check` notices the damage; status {result.status}"
        trial.report(Kind.WRONG, message, result.command, damaged)


def _replace(home: Home, data: bytes) -> None:
    """Write a library, and remove the files that SQLite and commands have left next to the one before."""
    for path in home.folder.glob("*.sqlite*"):
        path.unlink()
    home.library.write_bytes(data)


def _damaged(random: Random, data: bytes) -> bytes:
    changed = bytearray(data)
    random.choice(_DAMAGES)(changed, random)
    return bytes(changed)


def _change_bytes(data: bytearray, random: Random) -> None:
    """Change bytes near one place, as a faulty disk or a text editor does."""
    start = random.randrange(len(data))
    for _ in range(random.choice((1, 2, 16, 200))):
        data[min(len(data) - 1, start + random.randrange(200))] = random.randrange(256)


def _change_header(data: bytearray, random: Random) -> None:
    for _ in range(random.choice((1, 3))):
        data[random.randrange(100)] = random.randrange(256)


def _truncate(data: bytearray, random: Random) -> None:
    size = random.randrange(len(data))
    del data[random.choice((size, size // _PAGE * _PAGE)) :]


def _zero_pages(data: bytearray, random: Random) -> None:
    start = random.randrange(0, len(data), _PAGE)
    end = min(len(data), start + _PAGE * random.choice((1, 1, 4)))
    data[start:end] = bytes(end - start)


def _swap_pages(data: bytearray, random: Random) -> None:
    first, second = (random.randrange(0, len(data) - _PAGE, _PAGE) for _ in range(2))
    data[first : first + _PAGE], data[second : second + _PAGE] = (
        data[second : second + _PAGE],
        data[first : first + _PAGE],
    )


def _repeat_page(data: bytearray, random: Random) -> None:
    """Write a page over another one, as a write that went to the wrong place does."""
    source, target = (random.randrange(0, len(data) - _PAGE, _PAGE) for _ in range(2))
    data[target : target + _PAGE] = data[source : source + _PAGE]


def _append(data: bytearray, random: Random) -> None:
    data.extend(random.randbytes(random.choice((1, _PAGE, 10_000))))


_DAMAGES: tuple[Callable[[bytearray, Random], None], ...] = (
    _change_bytes, _change_bytes, _change_header, _truncate, _zero_pages, _swap_pages, _repeat_page, _append,
)  # fmt: skip
