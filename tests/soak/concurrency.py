"""Let eight processes read and write one library at the same time: each answer belongs to one state of the library.

Readers ask in every format, and their pipes are read slowly, so that writers change the library in the middle of an
answer. The papers of a page must be in an answer all or not at all. Each title contains a label: `p3n17` is paper 17 on
page 3, and `p5an17` paper 17 of the first version of page 5.
"""

import csv
import io
import json
import os
import re
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from random import Random
from threading import Thread

from pubcli.errors import ExitCode
from pubcli.reader import read
from pubcli.store.library import integrity
from soak.changes import page
from soak.harness import DOCUMENTED, LIMIT, Home, Kind, Result, Session, Trial

_READERS, _WRITERS = 5, 3
_ROUND = 20.0
"""Seconds after which the library is checked and a new one is filled."""
_PAPERS = 40
_PAGES = ("p0", "p1", "p2", "p3", "p4")
_LABEL = re.compile(rb"(?i)\b(p\d[ab]?)n(\d+)\b")
_NAMES = ("Ada Day", "Bob Eve", "Cyd Fox", "Dan Gil", "Eva Hay", "Fay Ives")
_QUESTIONS = (
    *(("list", "-f", form) for form in ("json", "jsonl", "csv", "tsv", "bibtex", "biblatex", "ris", "csl-json")),
    *(("list", "-f", form) for form in ("markdown", "table", "text")),
    ("search", "study", "--json"), ("export", "-f", "bibtex"), ("list", "--sort", "title", "--json"),
    ("profile", "--list", "--json"), ("coauthors", "--json"), ("stats", "year", "category", "--json"),
    ("library", "duplicates", "--json"),
    ("people", "--json"), ("check", "--json"), ("report",), ("library", "run", "studies", "--json"),
)  # fmt: skip
_WRITING: tuple[tuple[str, ...], ...] = (
    *(("add", f"{name}.txt") for name in _PAGES[1:]), ("add", "."),
    *(("library", "remove", name, "--yes") for name in _NAMES[1:]),
    ("library", "merge", "alike one", "alike two"), ("library", "split", "alike one"), ("library", "refresh"),
    ("library", "save", "studies", "study"),
    ("library", "save", "studies", "--forget"), ("library", "run", "studies", "--new"),
    ("people", "same", "Bob Eve", "Cyd Fox"),
    ("people", "different", "Bob Eve", "Cyd Fox"), ("people", "forget", "Bob Eve", "Cyd Fox"),
    ("library", "backup", "copy.sqlite"), ("library", "undo"),
)  # fmt: skip


def drive(session: Session) -> None:
    """Run one round after the other."""
    for trial in session.trials():
        home = Home(session.folder / f"home-{trial.seed}")
        _fill(home)
        end = time.monotonic() + min(_ROUND, max(1.0, session.remaining))
        tasks = [_ask] * _READERS + [_change] * _WRITERS
        threads = [
            Thread(target=_repeat, args=(task, trial, home, Random(f"{trial.seed} {number}"), end))
            for number, task in enumerate(tasks)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        if findings := integrity.findings(home.library):
            trial.report(Kind.WRONG, f"library check: {findings}", home.command_line(["library", "check"]))


def _fill(home: Home) -> None:
    for name, owner in zip(_PAGES, _NAMES, strict=False):
        extra = {"p1": ["Alike One Theorem"], "p2": ["Alike Two Theorems"]}.get(name, [])
        (home.folder / f"{name}.txt").write_text(page(owner, *_titles(name), *extra), encoding="utf-8")
    _write_changing_page(home, "a")
    result = home.run("add", ".")
    assert result.status == 0, result


def _titles(name: str) -> list[str]:
    return [f"A study {name}n{number} of many" for number in range(_PAPERS)]


def _write_changing_page(home: Home, version: str) -> None:
    """Write one of two versions of page 5, for `refresh`."""
    path = home.folder / "p5.txt"
    unfinished = home.folder / ".p5.unfinished"
    unfinished.write_text(page(_NAMES[5], *_titles(f"p5{version}")), encoding="utf-8")
    unfinished.replace(path)


def _repeat(task: Callable[[Trial, Home, Random], None], trial: Trial, home: Home, random: Random, end: float) -> None:
    while True:
        task(trial, home, random)
        if time.monotonic() > end:
            break


def _change(trial: Trial, home: Home, random: Random) -> None:
    command = random.choice(_WRITING)
    if command == ("library", "refresh"):
        _write_changing_page(home, random.choice("ab"))
    if command[-1] == "copy.sqlite":
        command = (*command[:-1], f"copy-{random.randrange(10**9)}.sqlite")
    trial.check(home.run(*command), DOCUMENTED)


def _ask(trial: Trial, home: Home, random: Random) -> None:
    question = (*random.choice(_QUESTIONS), "--library", str(home.library))
    if "text" in question:
        question = (*question, "--template", "{title}")
    result = _run_slowly(home, random, question)
    allowed = (
        ExitCode.DONE,
        ExitCode.NOTHING,
        ExitCode.OUTPUT,
        *((ExitCode.USAGE,) if question[:2] == ("library", "run") else ()),
    )
    if trial.check(result, allowed) and result.status == ExitCode.DONE:
        try:
            _require_valid(question, result.stdout)
        except (AssertionError, ValueError, csv.Error) as error:
            trial.report(Kind.WRONG, f"{type(error).__name__}: {error!s:.500}", result.command, result.stdout)


def _run_slowly(home: Home, random: Random, question: Sequence[str]) -> Result:
    """Run a command whose output is read as slowly as by a person with a pager."""
    process = home.start(*question)
    assert process.stdout is not None
    pieces = []
    pause = random.choice((0, 0.001, 0.01))
    end = time.monotonic() + LIMIT
    while piece := os.read(process.stdout.fileno(), 4096):
        pieces.append(piece)
        time.sleep(pause)
        if time.monotonic() > end:
            process.kill()
    try:
        _, stderr = process.communicate(timeout=LIMIT)
        status = None if time.monotonic() > end else process.returncode
    except subprocess.TimeoutExpired:
        process.kill()
        _, stderr = process.communicate()
        status = None
    return Result(home.command_line(question), status, b"".join(pieces), stderr)


def _require_valid(question: Sequence[str], output: bytes) -> None:
    """Raise AssertionError or ValueError for an answer that is not valid in its format or mixes two states."""
    form = question[question.index("-f") + 1] if "-f" in question else "json" if "--json" in question else "html"
    rows = _rows(form, output)
    if question[0] not in ("list", "export"):
        return
    labels = defaultdict(set)
    for name, number in _LABEL.findall(output):
        labels[name.lower()].add(int(number))
    counts = {name.decode(): len(numbers) for name, numbers in labels.items()}
    assert set(counts.values()) <= {_PAPERS}, f"the answer mixes two states: {counts}"
    assert not {"p5a", "p5b"} <= set(counts), "both versions of a page are current"
    if rows is not None:
        others = rows - sum(counts.values())
        alike = re.findall(rb"(?i)alike (one|two)\b", output)
        assert others == len({word.lower() for word in alike}), f"{rows} rows for {counts}"


def _rows(form: str, output: bytes) -> int | None:
    """Return the number of papers in an answer; None for a format without a strict syntax."""
    text = output.decode()
    match form:
        case "json" | "csl-json":
            return len(json.loads(text))
        case "jsonl":
            return len([json.loads(line) for line in text.splitlines()])
        case "csv" | "tsv":
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="," if form == "csv" else "\t"))
            assert len({len(row) for row in rows}) == 1, "rows have different numbers of cells"
            return len(rows) - 1
        case "bibtex" | "biblatex" | "ris":
            document = read(output, form=form)
            assert document.problems == (), document.problems
            return len(document.papers)
        case "html":
            assert text.rstrip().endswith("</html>"), "the report is not complete"
    return None
