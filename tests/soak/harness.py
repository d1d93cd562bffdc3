"""What all drivers share: trials until the time is over, faults with what reproduces them, and pubcli in a process.

A driver is a module with a function `drive(session)`. It takes one trial after the other from `session.trials()`, does
something to pubcli that depends only on `trial.random`, and reports each answer that breaks a promise. The seed of a
trial is printed with its faults: `--seed` begins with it, so the first trial repeats the fault.
"""

import os
import shlex
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from random import Random
from types import FrameType
from typing import NamedTuple

from pubcli.errors import ExitCode, PubcliError

PROGRAM = (sys.executable, "-m", "pubcli")
LIMIT = 60
"""Seconds after which an input or a command counts as hung, far more than any of them takes on a busy machine."""
MOST_SAVED = 40
"""Largest number of faults of one driver that are printed and saved."""


class Kind(StrEnum):
    """The kinds of faults; each has a column in the table."""

    LOST = "lost"
    """Something that was read or reported is missing."""
    WRONG = "wrong"
    """An answer is not correct, or not valid in its format, and pubcli did not notice."""
    HUNG = "hung"
    """The time limit was exceeded."""
    BUG = "exit 70"
    """A traceback, an exit status that is not documented, or an exception other than pubcli's own errors."""


class Fault(NamedTuple):
    """A broken promise, and what reproduces it."""

    kind: Kind
    driver: str
    seed: int
    message: str
    command: str
    """The command line, or the call in Python."""

    def __str__(self) -> str:
        return f"{self.driver}, seed {self.seed}: {self.kind}: {self.message}\n  {self.command}"


class HungError(BaseException):
    """Raised in a call that exceeds the time limit. No `except Exception` in pubcli can catch it."""


class Session:
    """One run of a driver: its time, its trials and their faults."""

    def __init__(
        self, driver: str, folder: Path, *, seconds: float, seed: int = 0, faults_folder: Path | None = None
    ) -> None:
        self.driver, self.folder = driver, folder
        self.tried = 0
        self.faults: list[Fault] = []
        """The first fault with each message."""
        self._counts: Counter[Kind] = Counter()
        self._seconds, self._seed, self._faults_folder = seconds, seed, faults_folder
        self._end = float("inf")

    @property
    def remaining(self) -> float:
        """Seconds until the time is over."""
        return self._end - time.monotonic()

    def trials(self) -> "Iterator[Trial]":
        """Yield trials until the time is over, at least one. The time begins with the first one."""
        self._end = time.monotonic() + self._seconds
        seed = self._seed
        while seed == self._seed or self.remaining > 0:
            yield Trial(self, seed)
            seed += 1

    def count(self, kind: Kind) -> int:
        """Return the number of faults of a kind."""
        return self._counts[kind]

    def save(self, fault: Fault, content: bytes | None) -> None:
        """Count a fault. If it is the first with its message, keep it, and save it in the folder for faults."""
        self._counts[fault.kind] += 1
        if any((fault.kind, fault.message) == (other.kind, other.message) for other in self.faults):
            return
        self.faults.append(fault)
        if len(self.faults) > MOST_SAVED or self._faults_folder is None:
            return
        self._faults_folder.mkdir(parents=True, exist_ok=True)
        name = f"{fault.driver}-{fault.seed}-{len(self.faults)}"
        text = self._faults_folder / f"{name}.txt"
        text.write_text(f"{fault}\n", encoding="utf-8", errors="backslashreplace")
        if content is not None:
            (self._faults_folder / f"{name}.input").write_bytes(content)


class Trial:
    """One attempt of a driver. Everything random about it comes from `random`."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session, self.seed = session, seed
        self.random = Random(f"{session.driver} {seed}")

    def report(self, kind: Kind, message: str, command: str, content: bytes | None = None) -> None:
        """Report a fault; `content` is the input that causes it."""
        self.session.save(Fault(kind, self.session.driver, self.seed, message, command), content)

    @contextmanager
    def guarded(
        self, call: str, content: bytes | None = None, expected: tuple[type[PubcliError], ...] = (PubcliError,)
    ) -> Iterator[None]:
        """Run a block that may raise the expected errors; report every other exception, and a block that hangs.

        An AssertionError means a wrong answer. `call` describes the block in Python.
        """
        self.session.tried += 1
        try:
            with time_limit(LIMIT):
                yield
        except expected:
            pass
        except HungError:
            self.report(Kind.HUNG, f"took more than {LIMIT} seconds", call, content)
        except AssertionError as error:
            self.report(Kind.WRONG, str(error)[:2_000], call, content)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            self.report(
                Kind.BUG, f"{type(error).__name__}: {error!s:.500} ({place.filename}:{place.lineno})", call, content
            )

    def check(self, result: "Result", statuses: Sequence[int], content: bytes | None = None) -> bool:
        """Report a command that hung, has a status that is not among `statuses`, or printed a traceback.

        Return whether it did none of these.
        """
        self.session.tried += 1
        if result.status is None:
            self.report(Kind.HUNG, f"took more than {LIMIT} seconds", result.command, content)
        elif result.status not in statuses or b"Traceback (most recent call last)" in result.stderr:
            message = f"status {result.status}: {result.stderr[-1_500:].decode(errors='replace')}"
            self.report(Kind.BUG, message, result.command, content)
        else:
            return True
        return False


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise HungError in a block that takes longer. The regular expressions of Python also stop at this signal."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise HungError

    previous = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)


class Result(NamedTuple):
    """How a command ended."""

    command: str
    """The line for a shell that repeats it."""
    status: int | None
    """Exit status; negative after a signal; None for a command that hung and was killed."""
    stdout: bytes
    stderr: bytes


class Home:
    """A folder with a library and a cache, and the environment in which pubcli uses them."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.library = folder / "library.sqlite"
        self.cache = folder / "cache"
        inherited = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        self._settings = {"PUBCLI_LIBRARY": str(self.library), "PUBCLI_CACHE_DIR": str(self.cache)}
        self.environment: Mapping[str, str] = {
            **inherited, **self._settings, "HOME": str(folder), "LANG": "C.UTF-8"
        }  # fmt: skip

    def command_line(self, arguments: Sequence[str]) -> str:
        """Return a line for a shell that runs pubcli here."""
        settings = " ".join(f"{name}={shlex.quote(value)}" for name, value in self._settings.items())
        return f"cd {shlex.quote(str(self.folder))} && {settings} pubcli {shlex.join(arguments)}"

    def start(self, *arguments: str, stdout: int = subprocess.PIPE) -> "subprocess.Popen[bytes]":
        """Start pubcli here, with its own process group and empty standard input."""
        return subprocess.Popen(
            [*PROGRAM, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=subprocess.PIPE,
            env=self.environment,
            cwd=self.folder,
            start_new_session=True,
        )

    def finish(self, process: "subprocess.Popen[bytes]", *arguments: str) -> Result:
        """Wait for a process that `start` has started, and kill it if it hangs."""
        try:
            stdout, stderr = process.communicate(timeout=LIMIT)
            status: int | None = process.returncode
        except subprocess.TimeoutExpired:
            process.kill()
            stdout, stderr = process.communicate()
            status = None
        return Result(self.command_line(arguments), status, stdout or b"", stderr or b"")

    def run(self, *arguments: str) -> Result:
        """Run pubcli here to its end."""
        return self.finish(self.start(*arguments), *arguments)

    def unfinished_files(self) -> list[str]:
        """Return the names of all temporary files of pubcli here."""
        return sorted(path.name for path in self.folder.rglob("*unfinished*"))


FINISHED = (ExitCode.DONE, ExitCode.NOTHING)
DOCUMENTED = (ExitCode.DONE, ExitCode.NOTHING, ExitCode.USAGE, ExitCode.INPUT, ExitCode.PROBLEMS, ExitCode.OUTPUT)
"""The statuses with which a command may end, whatever its arguments and files contain."""
