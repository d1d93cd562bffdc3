"""Write answers to standard output or a file, and notes, errors and questions to standard error."""

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
from pubcli.unfinished import unfinished_file

if TYPE_CHECKING:
    from pubcli.store.lookup import NamedPapers


_MOST_CHANGES = 5
"""Maximum number of changed keys that are reported one by one; further keys are only counted."""


def deliver(answer: Answer[Row], output: Output, explain: Callable[[], Sequence[str]] = tuple) -> ExitCode:
    """Write an answer in the format that the options set, and return the exit status.

    For an answer without rows, write no file, and return the status NOTHING. `explain` returns sentences that say why
    there are no rows. Raises UsageError for an unknown field, and OutputError if the destination cannot be written.
    """
    name = output.chosen_format()
    chosen = output.chosen_fields(answer.fields)
    fields = formats.default_fields(name, answer) if chosen is None else chosen
    for sentence in answer.messages:
        note(output, sentence)
    count, changes = 0, list[str]()
    with suppress(_NoRowsError), destination(output.output) as (out, is_terminal):
        options = _render_options(output, out, is_terminal)._replace(report=changes.append)
        explains_marks = name == "markdown" or (name == "table" and options.width is not None)
        counter = _DoubtCounter(answer, () if explains_marks or output.quiet else fields)
        count = formats.write(name, counter.answer, fields, out, options)
        out.flush()
        if not count:
            raise _NoRowsError
    if not explains_marks:
        has_marks = formats.WRITABLE[name].shows == "columns"
        for sentence in (*counter.sentences(has_marks), *(answer.notes if has_marks else ())):
            note(output, sentence)
    for sentence in changes[:_MOST_CHANGES]:
        note(output, sentence)
    if len(changes) > _MOST_CHANGES:
        note(output, f"{len(changes) - _MOST_CHANGES:,} more keys are changed in the same way")
    return ExitCode.DONE if count else report_nothing(output, explain())


def deliver_named_papers(answer: Answer[Row], matches: "NamedPapers", output: Output) -> ExitCode:
    """Write an answer about papers that the user named, and a note on each name that does not match exactly one paper.

    Raises UsageError if the answer has no rows and a name matches several papers.
    """
    doubts = matches.unknown + matches.ambiguous

    def explain() -> list[str]:
        if matches.ambiguous:
            raise UsageError("\n".join(doubts))
        return doubts

    status = deliver(answer, output, explain)
    if status is ExitCode.DONE:
        for sentence in doubts:
            note(output, sentence)
    return status


def report_nothing(output: Output, sentences: Sequence[str] = ()) -> ExitCode:
    """Print a note with the sentences, which say why the answer has no rows. Return the exit status NOTHING."""
    note(output, "\n".join(sentences) or "nothing matches")
    return ExitCode.NOTHING


class _NoRowsError(Exception):
    """Raised for an answer without rows, so that no file is written."""


class _DoubtCounter:
    """Count the uncertain values that are written without the field that flags them as uncertain."""

    def __init__(self, answer: Answer[Row], fields: Sequence[str]) -> None:
        self._fields = [field for field in fields if field in marks.FLAGS and marks.FLAGS[field] not in fields]
        self._doubts: Counter[str] = Counter()
        self.answer = answer._replace(rows=self._counted(answer)) if self._fields else answer

    def _counted(self, answer: Answer[Row]) -> Iterator[Row]:
        for row in answer.rows:
            self._doubts.update(field for field in self._fields if marks.is_uncertain(row, field))
            yield row

    def sentences(self, has_marks: bool) -> Iterator[str]:
        """Yield a sentence for each field with uncertain values.

        The sentence explains the mark of these values. If the format has no marks, the sentence names the field that
        shows which values are uncertain.
        """
        for field, count in self._doubts.items():
            if has_marks:
                yield f"{marks.EXPLANATIONS[field]} ({count} in {field})"
            else:
                values = counted(count, f"value of {field} is", f"values of {field} are")
                yield f"{values} uncertain; the field {marks.FLAGS[field]} marks {'it' if count == 1 else 'them'}"


def note(output: Output, sentence: str) -> None:
    """Print a note on standard error, unless --quiet is set."""
    if not output.quiet:
        say(f"note: {sentence}")


def encoding_note(source: str, encoding: str) -> str:
    """Return the note that the encoding of a source is a guess."""
    from pubcli.inputs.recoding import description

    return f"{source} is not UTF-8; it was read as {description(encoding)}, which is a guess; see --encoding"


def say(text: str) -> None:
    """Print lines on standard error, without control characters. Do nothing if standard error is closed."""
    if sys.stderr is not None:
        try:
            sys.stderr.write("".join(f"{visible(line)}\n" for line in text.split("\n")))
            sys.stderr.flush()
        except OSError:
            sys.stderr = None  # otherwise Python's flush at exit would fail again


def confirm(question: str) -> bool:
    """Ask the user a question, and return whether the answer is yes. Raises UsageError if there is no terminal."""
    if sys.stdin is None or sys.stderr is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(f"{question} There is no terminal to ask on; add --yes to confirm")
    sys.stderr.write(f"{visible(question)} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


@contextmanager
def destination(path: str | None) -> Iterator[tuple[TextIO, bool]]:
    """Open a file, or standard output if `path` is `-` or None.

    Yield the open output, and whether it is a terminal. Raises OutputError if the output cannot be written.
    """
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
    """Open a file for writing. The file is created or replaced only after everything has been written.

    Devices and pipes cannot be replaced, so they are written directly. Raises OutputError if the file cannot be
    written.
    """
    path = Path(name)
    try:
        if name.endswith(os.sep):
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        if str(path.absolute()).startswith("/dev/") or (path.exists() and not path.is_file()):
            with path.open("w", encoding="utf-8", newline="") as file:
                yield file
            return
        target = path.resolve()
        with unfinished_file(target) as unfinished:
            with unfinished.open("x", encoding="utf-8", newline="") as file:
                yield file
            unfinished.chmod(_mode(target))
            unfinished.replace(target)
    except OSError as error:
        raise OutputError(f"{visible(name)} cannot be written: {error.strerror or error}") from error


def _mode(target: Path) -> int:
    """Return the permissions of an existing file, or the permissions that the umask allows for a new file."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _render_options(output: Output, out: TextIO, is_terminal: bool) -> RenderOptions:
    utf8 = (getattr(out, "encoding", None) or "").lower().replace("-", "").startswith("utf")
    options = RenderOptions(utf8=utf8, ascii=output.ascii, excel=output.excel, template=output.template)
    if output.color == "always":
        return options._replace(width=_width(out), color=True)
    if not is_terminal:
        return options
    return options._replace(width=_width(out), color=output.color == "auto" and _allows_color(os.environ))


def _width(out: TextIO) -> int:
    """Return the width of the output in characters: COLUMNS if it is set, else the terminal's width, else 80."""
    columns = os.environ.get("COLUMNS", "")
    if re.fullmatch("0*[1-9][0-9]{0,4}", columns):
        return int(columns)
    try:
        return os.get_terminal_size(out.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def _allows_color(environment: Mapping[str, str]) -> bool:
    """Return whether to use colour on a terminal.

    Follows the rules of no-color.org, force-color.org and clicolors.
    """
    if environment.get("NO_COLOR"):
        return False
    forced = environment.get("FORCE_COLOR") or environment.get("CLICOLOR_FORCE")
    if forced and forced not in ("0", "false"):
        return True
    return environment.get("CLICOLOR") != "0" and environment.get("TERM") not in (None, "", "dumb")
