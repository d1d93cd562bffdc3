"""Where answers go and how they may look there. Answers to standard output or a file, everything else to stderr."""

import errno
import io
import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from pubcli import formats
from pubcli.answer import marks
from pubcli.answer.answer import Answer, Row
from pubcli.cli.options import Output
from pubcli.errors import ExitCode, OutputError, UsageError
from pubcli.formats import RenderOptions
from pubcli.text.normalize import counted, visible

if TYPE_CHECKING:
    from pubcli.store.lookup import Found


def deliver(answer: Answer[Row], output: Output, explain: Callable[[], Sequence[str]] = tuple) -> ExitCode:
    """Write an answer where and how the options say; NOTHING, and no file, when it has no rows.

    `explain` is asked for sentences on why there are none. Raises UsageError for a field that there is not, and
    OutputError when the destination cannot be written.
    """
    name = output.chosen_format()
    chosen = output.chosen_fields(answer.fields)
    fields = formats.default_fields(name, answer) if chosen is None else chosen
    count = 0
    with suppress(_NoRowsError), destination(output.output) as (out, is_terminal):
        options = _render_options(output, out, is_terminal)
        says_itself = name == "markdown" or (name == "table" and options.width is not None)
        watched = _Watched(answer, () if says_itself or output.quiet else fields)
        count = formats.write(name, watched.answer, fields, out, options)
        out.flush()
        if not count:
            raise _NoRowsError
    if not says_itself:
        has_marks = formats.WRITABLE[name].shows == "columns"
        for sentence in (*watched.doubts(has_marks), *(answer.notes if has_marks else ())):
            note(output, sentence)
    return ExitCode.DONE if count else nothing(output, explain())


def deliver_named(answer: Answer[Row], found: "Found", output: Output) -> ExitCode:
    """Write an answer about papers that were named, and what is to be said of names that are not clearly one paper.

    Raises UsageError when there is no answer because a name may be any of several papers.
    """
    doubts = found.unknown + found.ambiguous

    def explain() -> list[str]:
        if found.ambiguous:
            raise UsageError("\n".join(doubts))
        return doubts

    status = deliver(answer, output, explain)
    if status is ExitCode.DONE:
        for sentence in doubts:
            note(output, sentence)
    return status


def nothing(output: Output, sentences: Sequence[str] = ()) -> ExitCode:
    """Say why there is no answer, as far as that is known."""
    note(output, "\n".join(sentences) or "nothing matches")
    return ExitCode.NOTHING


class _NoRowsError(Exception):
    """An answer without rows, for which no file is written."""


class _Watched:
    """An answer that remembers which doubtful values went out without the field that says so."""

    def __init__(self, answer: Answer[Row], fields: Sequence[str]) -> None:
        self._fields = [field for field in fields if field in marks.FLAGS and marks.FLAGS[field] not in fields]
        self._doubts: Counter[str] = Counter()
        self.answer = answer._replace(rows=self._watch(answer)) if self._fields else answer

    def _watch(self, answer: Answer[Row]) -> Iterator[Row]:
        for row in answer.rows:
            self._doubts.update(field for field in self._fields if marks.uncertain(row, field))
            yield row

    def doubts(self, has_marks: bool) -> Iterator[str]:
        """A sentence for each such field: what its mark means, or, without marks, which field to ask for."""
        for field, count in self._doubts.items():
            if has_marks:
                yield f"{marks.EXPLANATIONS[field]} ({count} in {field})"
            else:
                unsure = counted(count, f"of these values of {field} is", f"of these values of {field} are")
                yield f"{unsure} not certain; the field {marks.FLAGS[field]} says which"


def note(output: Output, sentence: str) -> None:
    """Say something that is no part of the answer."""
    if not output.quiet:
        say(f"note: {sentence}")


def say(text: str) -> None:
    """Lines on standard error, safe for a terminal; lost without complaint when nobody listens."""
    if sys.stderr is not None:
        try:
            sys.stderr.write("".join(f"{visible(line)}\n" for line in text.split("\n")))
            sys.stderr.flush()
        except OSError:
            sys.stderr = None  # or Python's flush at exit would fail once more


def confirm(question: str) -> bool:
    """Whether a person agrees. Raises UsageError where nobody can be asked."""
    if sys.stdin is None or sys.stderr is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(f"{question} Nobody can be asked here; give --yes")
    sys.stderr.write(f"{visible(question)} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


@contextmanager
def destination(path: str | None) -> Iterator[tuple[TextIO, bool]]:
    """Standard output or a file, and whether a person watches it on a terminal."""
    if path is not None and path != "-":
        with _whole_file(path) as file:
            yield file, False
        return
    if sys.stdout is None:
        raise OutputError("standard output is closed")
    out = sys.stdout
    is_terminal = out.isatty()
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(encoding=None if is_terminal else "utf-8", errors="replace", newline="")
    yield out, is_terminal


@contextmanager
def _whole_file(name: str) -> Iterator[TextIO]:
    """A file that appears, or changes, only when everything has been written. Raises OutputError.

    Devices and pipes cannot be replaced and are written as they are.
    """
    import tempfile  # pays for itself only here

    path = Path(name)
    try:
        if name.endswith(os.sep):
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        if str(path.absolute()).startswith("/dev/") or (path.exists() and not path.is_file()):
            with path.open("w", encoding="utf-8", newline="") as file:
                yield file
            return
        target = path.resolve()
        descriptor, made = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        unfinished = Path(made)
        try:
            with open(descriptor, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123 - a descriptor
                yield file
            unfinished.chmod(_mode(target))
            unfinished.replace(target)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OutputError(f"{visible(name)} cannot be written: {error.strerror or error}") from error


def _mode(target: Path) -> int:
    """Permissions as they were, or as the user's umask has them for a new file."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _render_options(output: Output, out: TextIO, is_terminal: bool) -> RenderOptions:
    utf8 = (getattr(out, "encoding", None) or "").lower().replace("-", "").startswith("utf")
    asked = RenderOptions(utf8=utf8, ascii=output.ascii, excel=output.excel, template=output.template)
    if output.color == "always":
        return asked._replace(width=_width(out), color=True)
    if not is_terminal:
        return asked
    return asked._replace(width=_width(out), color=output.color == "auto" and _wants_color(os.environ))


def _width(out: TextIO) -> int:
    """Columns: COLUMNS when it is set, else the terminal's own, else 80."""
    given = os.environ.get("COLUMNS", "")
    if re.fullmatch("0*[1-9][0-9]{0,4}", given):
        return int(given)
    try:
        return os.get_terminal_size(out.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _wants_color(environment: Mapping[str, str]) -> bool:
    """What no-color.org, force-color.org and bixense.com/clicolors say of a terminal, the first that applies."""
    if environment.get("NO_COLOR"):
        return False
    forced = environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE")
    if forced and forced not in ("0", "false"):
        return True
    return environment.get("CLICOLOR") != "0" and environment.get("TERM") not in (None, "", "dumb")
