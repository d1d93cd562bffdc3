"""The commands that write files, and what is allowed to be there after one of them is stopped at any moment.

A stopped command leaves the library as it was before, or as it would be after the whole command. Commands on several
pages may have finished some pages. A file named with -o is complete or does not exist.
"""

import os
import shutil
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from pubcli.store import ask
from pubcli.store.library import integrity, library_file
from repository import ROOT
from soak.harness import DOCUMENTED, Home, Kind, Result, Session, Trial

_PAPERS = 60
"""Papers on each page."""
_OLD_LIBRARIES = ROOT / "tests" / "store" / "library" / "versions"


class Change(NamedTuple):
    """A command that writes, run in a folder with pages and a filled library."""

    arguments: tuple[str, ...]
    library: str = "library.sqlite"
    """The library that the command writes or reads."""
    is_whole: bool = True
    """Whether a stopped command leaves the library before or after it, and no state between them."""
    output: str | None = None
    """The file that the command writes, if it is not the library."""
    is_repeatable: bool = True
    """Whether the same command, run again after it was stopped, leads to the same library."""


CHANGES = (
    Change(("add", "new/cyd.txt")),
    Change(("add", "new"), is_whole=False),
    Change(("add", "new/refs.bib")),
    Change(("add", "new/cyd.txt", "--library", "created.sqlite"), library="created.sqlite"),
    Change(("library", "remove", "Ada Day", "--yes")),
    Change(("library", "remove", "Bob Eve", "--yes")),
    Change(("library", "merge", "alike one", "alike two")),
    Change(("library", "split", "shared 1 result")),
    Change(
        ("library", "refresh"),
        is_whole=False,
    ),
    Change(("library", "save", "fair", "fair*")),
    Change(("people", "same", "Ada Day", "Bob Eve")),
    Change(("library", "undo"), is_repeatable=False),
    Change(("library", "backup", "copy.sqlite"), output="copy.sqlite", is_repeatable=False),
    Change(("list", "-n", "1", "--library", "old.sqlite"), library="old.sqlite"),
    Change(("list", "-p", "new/cyd.txt", "--json")),
    Change(("export", "-o", "out.bib"), output="out.bib"),
    Change(("export", "-f", "ris", "-o", "out.ris", "--check"), output="out.ris"),
    Change(("list", "--json", "-o", "out.json"), output="out.json"),
    Change(("report", "-o", "out.html"), output="out.html"),
    Change(("network", "-o", "out.graphml"), output="out.graphml"),
)


def page(name: str, *titles: str, days: int = 0) -> str:
    """Return a page with a paper for each title; `days` changes the day of all papers."""
    lines = [name, "", "LG", "h-index1", f"{len(titles)}papers", "", f"{len(titles)} Papers", ""]
    for number, title in enumerate(titles):
        date = f"LGMar {1 + (number + days) % 28}, 2022"
        lines += [date, title, "", f"{name}, Gus Hall", "", f"An abstract on {title}. " + "More words. " * 30, ""]
    return "\n".join(lines)


def _titles(first_name: str) -> list[str]:
    return [f"{first_name}{number} studies of things" for number in range(_PAPERS)]


class Scene:
    """A folder with pages and a library, restored before each change, and what each change leads to."""

    def __init__(self, session: Session) -> None:
        self.home = Home(session.folder / "home")
        self._original = session.folder / "original"
        self._expected: dict[Change, Outcome] = {}
        self._fill()
        shutil.copytree(self.home.folder, self._original)

    def _fill(self) -> None:
        folder = self.home.folder
        shared = [f"Shared {number} result for everyone" for number in range(5)]
        ada, bob = folder / "ada.txt", folder / "bob.txt"
        ada.write_text(page("Ada Day", *_titles("Ada"), *shared, "Alike One Theorem"))
        bob.write_text(page("Bob Eve", *_titles("Bob"), *shared, "Alike Two Theorems"))
        old_library = max(_OLD_LIBRARIES.glob("version-*.sqlite"))
        shutil.copy(old_library, folder / "old.sqlite")
        for path in (ada, bob):
            os.utime(path, (1_700_000_000, 1_700_000_000))
            result = self.home.run("add", path.name)
            assert result.status == 0, result
        ada.write_text(page("Ada Day", *_titles("Ada"), *shared, "Alike One Theorem", "Ada adds another", days=3))
        (folder / "new").mkdir()
        for name in ("Cyd Fox", "Dan Gil", "Eva Hay"):
            (folder / "new" / f"{name[:3].lower()}.txt").write_text(page(name, *_titles(name[:3])))
        entries = (f"@misc{{k{number}, title={{Entry {number} here}}, author={{Ida Joy}}}}\n" for number in range(100))
        (folder / "new" / "refs.bib").write_text("".join(entries))

    def restore(self) -> None:
        """Make the folder what it was at the beginning."""
        shutil.rmtree(self.home.folder)
        shutil.copytree(self._original, self.home.folder)

    def expected(self, change: Change) -> "Outcome":
        """Return what a change leads to when nothing stops it. It is run once, on the first call."""
        if change not in self._expected:
            self.restore()
            before = inspect(self.home.folder / change.library).contents
            start = time.monotonic()
            result = self.home.run(*change.arguments)
            seconds = time.monotonic() - start
            assert result.status == 0, result
            output = (self.home.folder / change.output).read_bytes() if change.output else None
            after = inspect(self.home.folder / change.library).contents
            self._expected[change] = Outcome(before, after, result, output, seconds)
        return self._expected[change]

    def verify_stopped(self, trial: Trial, change: Change, result: Result) -> None:
        """Report what a stopped change has broken, then run it again and report what is still left behind."""
        expected = self.expected(change)
        self._verify_library(trial, change, result)
        self._verify_output(trial, change, result)
        again = self.home.run(*change.arguments)
        if change.is_repeatable and trial.check(again, DOCUMENTED):
            after = inspect(self.home.folder / change.library).contents
            if after != expected.after:
                trial.report(Kind.LOST, f"run again: {_difference(after, expected.after)}", result.command)
            if left := self.home.unfinished_files():
                trial.report(Kind.WRONG, f"the next run does not remove {left}", result.command)

    def _verify_library(self, trial: Trial, change: Change, result: Result) -> None:
        expected = self.expected(change)
        findings, actual = inspect(self.home.folder / change.library)
        if findings:
            trial.report(Kind.WRONG, f"library check: {findings}", result.command)
        is_reported = result.stdout == expected.result.stdout != b""
        allowed = [expected.after] if is_reported else [expected.before, expected.after]
        if change.is_whole and actual not in allowed:
            trial.report(Kind.LOST, _difference(actual, *allowed), result.command)
        for part in actual.keys() | expected.before.keys() | expected.after.keys():
            if actual.get(part) not in [state.get(part) for state in allowed]:
                trial.report(Kind.LOST, f"{part}: {actual.get(part)!s:.300}", result.command)

    def _verify_output(self, trial: Trial, change: Change, result: Result) -> None:
        path = self.home.folder / (change.output or "")
        if change.output is None or not path.exists():
            return
        expected = self.expected(change)
        if change.output == "copy.sqlite":
            is_complete = inspect(path) == ([], expected.before)
        else:
            is_complete = path.read_bytes() == expected.output
        if not is_complete:
            trial.report(Kind.WRONG, f"{change.output} is not complete", result.command)


class Outcome(NamedTuple):
    """What a change leads to when nothing stops it."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    result: Result
    output: bytes | None
    seconds: float
    """How long the command took."""


class Inspection(NamedTuple):
    """What a library holds."""

    findings: list[str]
    """What `pubcli library check` reports."""
    contents: dict[str, Any]
    """Everything that a user has put into the library: the papers of each owner, and each kind of decision."""


def inspect(path: Path) -> Inspection:
    """Return what a library holds, without changing it: a copy is opened, because opening may migrate it.

    A library that does not exist is empty, like one without pages.
    """
    if not path.exists():
        return Inspection([], {})
    with TemporaryDirectory() as folder:
        for file in path.parent.glob(f"{path.name}*"):
            if file.suffix in (path.suffix, f"{path.suffix}-wal"):
                shutil.copy(file, folder)
        copy = Path(folder) / path.name
        return Inspection(integrity.findings(copy), dict(_papers(copy)) | dict(_decisions(copy)))


def _papers(path: Path) -> dict[str, list[Any]]:
    """Return the papers of each owner."""
    papers: dict[str, list[Any]] = defaultdict(list)
    with closing(library_file.open_to_read(path)) as library:
        for row in ask.papers_by_page(library).rows:
            for owner in (row["profile"], *row["also_on"]):
                papers[f"papers of {owner}"].append(dict(row))
    return papers


_DECISIONS = {
    "snapshots": "SELECT owner, as_of, is_current FROM snapshot ORDER BY 1, 2",
    "merged and split": "SELECT owner, title_digest, other_owner, other_title_digest, same FROM decision ORDER BY 1, 2",
    "people": "SELECT name, other_name, same FROM same_person ORDER BY 1, 2",
    "saved queries": "SELECT name, query FROM saved_query ORDER BY 1",
}


def _decisions(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield what tables other than papers hold; snapshots by owner, because pages are added one after another."""
    with closing(sqlite3.connect(path)) as connection:
        for name, statement in _DECISIONS.items():
            rows = connection.execute(statement).fetchall()
            if name == "snapshots":
                for owner in {row[0] for row in rows}:
                    yield f"snapshots of {owner}", [row for row in rows if row[0] == owner]
            elif rows:
                yield name, rows


def _difference(actual: Mapping[str, Any], *allowed: Mapping[str, Any]) -> str:
    """Return a sentence about the parts of a library that are in none of the allowed states."""
    parts = {part for state in allowed for part in state} | set(actual)
    wrong = sorted(part for part in parts if actual.get(part) not in [state.get(part) for state in allowed])
    return f"the library differs in {wrong or 'a mixture of states'}"
