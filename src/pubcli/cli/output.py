"""Write answers to standard output or a file, and notes, errors and questions to standard error."""

from __future__ import annotations

import io
import os
import stat
import sys
from contextlib import contextmanager, suppress

from pubcli import formats, paths
from pubcli.cli import progress
from pubcli.errors import ExitCode, OutputError, UsageError
from pubcli.formats import RenderOptions
from pubcli.lazy import TYPE_CHECKING, cast, pattern, re
from pubcli.text.normalize import counted, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TextIO

    from pubcli.answer.answer import Answer, Row
    from pubcli.answer.kinds import Kind
    from pubcli.cli.doubt_counter import DoubtCounter
    from pubcli.cli.options import Output
    from pubcli.cli.pager import Pager
    from pubcli.store.lookup import NamedPapers


_MOST_CHANGES = 5
"""Maximum number of changed values that are reported one by one; further ones are only counted."""

_USUAL_WIDTH = 80
_PAPERS, _PEOPLE, _PAGES = ("paper", "papers"), ("person", "people"), ("page", "pages")
_NOUNS: Mapping[Kind, tuple[str, str]] = {
    **dict.fromkeys(("papers", "hits", "explained_hits", "similar_papers", "paper_details"), _PAPERS),
    **dict.fromkeys(("coauthors", "people", "nodes"), _PEOPLE),
    **dict.fromkeys(("profiles", "pages", "added_pages"), _PAGES),
    "references": ("reference", "references"),
}
"""The singular and the plural of the noun for each kind of rows. Other kinds are called row and rows."""


def deliver(answer: Answer[Row], output: Output, explain: Callable[[], Sequence[str]] = tuple) -> ExitCode:
    """Write an answer in the format that the options set, and return the exit status.

    For an answer without rows, write no file, and return the status NOTHING. `explain` returns sentences that say why
    there are no rows. Raises UsageError for an unknown field, and OutputError if the destination cannot be written.
    """
    if output.asks_for_fields:
        return _list_fields((*answer.fields, *answer.derived_fields), output)
    name = output.chosen_format()
    is_text = name == "table" and bool(output.settings) and _is_text(answer)
    chosen = output.chosen_fields((*answer.fields, *answer.derived_fields), is_text=is_text)
    if chosen and not set(answer.derived_fields).isdisjoint(chosen):
        from pubcli.answer.derived import with_derived

        answer = with_derived(answer, chosen)
    fields = formats.default_fields(name, answer) if chosen is None else chosen
    for sentence in answer.messages:
        note(output, sentence)
    count, changes = 0, list[str]()
    is_binary = formats.WRITABLE[name].is_binary
    with suppress(_NoRowsError), destination(output, name if is_binary else None) as target:
        out = target.out
        is_drawn = name == "table" and (output.format is not None or (chosen is None and _is_text(answer)))
        options = _render_options(output, out, target.is_terminal, is_drawn)._replace(report=changes.append)
        explains_marks = name == "markdown" or (name == "table" and options.width is not None)
        is_for_others = formats.WRITABLE[name].shows == "papers"
        counter = None if explains_marks or output.quiet else _doubt_counter(answer, fields, is_for_others)
        count = formats.write(name, counter.answer if counter else answer, fields, out, options)
        out.flush()
        if not count:
            raise _NoRowsError
        target.contents = counted(count, *_NOUNS.get(answer.kind, ("row", "rows")))
    if not explains_marks:
        has_marks = formats.WRITABLE[name].shows == "columns"
        doubts = counter.sentences(has_marks) if counter else ()
        for sentence in (*doubts, *(answer.notes if has_marks else ())):
            note(output, sentence)
    for sentence in changes[:_MOST_CHANGES]:
        note(output, sentence)
    if len(changes) > _MOST_CHANGES:
        note(output, f"{len(changes) - _MOST_CHANGES:,} more changes of the same kind")
    return ExitCode.DONE if count else report_nothing(output, explain())


def _doubt_counter(answer: Answer[Row], fields: Sequence[str], is_for_others: bool) -> DoubtCounter | None:
    """Return a counter of the uncertain values in these fields; None if the fields flag all of them.

    Formats for other programs (`is_for_others`) have notes on all doubts, but cannot flag a truncated title or venue.
    """
    is_flagged = answer.lists_papers and tuple(fields) == answer.fields
    if is_flagged and not is_for_others:
        return None
    from pubcli.cli.doubt_counter import DoubtCounter  # imported only here, because JSON needs none

    return DoubtCounter(answer, [field for field in fields if field != "cut"] if is_flagged else fields)


def _list_fields(fields: Sequence[str], output: Output) -> ExitCode:
    """Write the names of the fields that --fields can choose from, one per line."""
    with destination(output) as target:
        target.out.writelines(f"{field}\n" for field in fields)
        target.contents = counted(len(fields), "name of a field", "names of fields")
    return ExitCode.DONE


def deliver_named_papers(answer: Answer[Row], matches: NamedPapers, output: Output) -> ExitCode:
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


def note(output: Output, sentence: str) -> None:
    """Print a note on standard error, unless --quiet is set."""
    if not output.quiet:
        say(f"note: {sentence}")


def encoding_note(source: str, encoding: str) -> str:
    """Return the note that the encoding of a source is a guess."""
    from pubcli.inputs.recoding import description

    return f"{source} is not UTF-8; it was read as {description(encoding)}, which is a guess; see --encoding"


def note_own_files(output: Output, files: Sequence[str]) -> None:
    """Print a note that names the skipped files in folders: those that are a library or belong to the cache."""
    if files:
        more = f" and {len(files) - 1} more" if len(files) > 1 else ""
        note(output, f"skipped: {files[0]}{more}, which pubcli keeps for its library or cache")


def say(text: str) -> None:
    """Print lines on standard error, without control characters. Do nothing if standard error is closed."""
    if sys.stderr is not None:
        try:
            progress.write("".join(f"{line}\n" for line in _message_lines(text)))
        except OSError:
            sys.stderr = None  # otherwise Python's flush at exit would fail again


def _message_lines(text: str) -> list[str]:
    """Return the lines of a message, without control characters. For a terminal, wrap long lines between words.

    A line that begins with a blank belongs to the line above it, as `^` does below a query, and stays as it is.
    """
    lines = [visible(line) for line in text.split("\n")]
    if sys.stderr is None or not sys.stderr.isatty():
        return lines
    from textwrap import wrap

    width = _USUAL_WIDTH
    with suppress(OSError, ValueError):  # not every terminal knows its width
        width = os.get_terminal_size(sys.stderr.fileno()).columns or width
    broken = [
        wrap(line, width, break_long_words=False, break_on_hyphens=False)
        if len(line) > width and not line.startswith(" ")
        else [line]
        for line in lines
    ]
    return [line for parts in broken for line in parts]


def can_confirm() -> bool:
    """Return whether there is a terminal to ask the user on."""
    return sys.stdin is not None and sys.stderr is not None and sys.stdin.isatty() and sys.stderr.isatty()


def confirm(question: str) -> bool:
    """Ask the user a question, and return whether the answer is yes. Raises UsageError if there is no terminal."""
    if not can_confirm():
        raise UsageError(f"{question} There is no terminal to ask on; add --yes to confirm")
    progress.stop()
    progress.write("\n".join(_message_lines(f"{question} [y/N]")) + " ")
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def choose(question: str, choices: Sequence[str], remedy: str) -> str:
    """Ask the user to choose by number, and return the choice.

    Raises UsageError without a terminal, or if the answer is not one of the numbers. The message has the remedy.
    """
    listed = ", ".join(choices[:_MOST_LISTED]) + ("" if len(choices) <= _MOST_LISTED else ", ...")
    if not can_confirm():
        raise UsageError(f"{question} {remedy[0].upper()}{remedy[1:]}: {listed}")
    numbered = [f"{number:>4}  {choice}" for number, choice in enumerate(choices, 1)]
    progress.stop()
    progress.write("\n".join(_message_lines("\n".join([question, *numbered, "Number:"]))) + " ")
    answer = sys.stdin.readline().strip()
    if not (answer.isascii() and answer.isdigit() and 1 <= int(answer[:9]) <= len(choices)):
        raise UsageError(f"{answer!r} is not one of the numbers 1 to {len(choices)}; {remedy}")
    return choices[int(answer) - 1]


_MOST_LISTED = 10
"""Maximum number of choices in a message."""


class Destination:
    """An open output."""

    def __init__(self, out: TextIO, *, is_terminal: bool) -> None:
        self.out = out
        self.is_terminal = is_terminal
        self.contents: str | None = None
        """What was written, for a note, such as `50 papers`; None for a picture or a web page."""


@contextmanager
def destination(output: Output, binary_format: str | None = None) -> Iterator[Destination]:
    """Open the file that --output names, or standard output if it names none or `-`.

    If the file was written completely, print a note. `binary_format` is the name of a format of bytes; its
    destination takes bytes. Raises OutputError if the output cannot be written, and UsageError for bytes on a terminal.
    """
    path = output.output
    if path is not None and path != "-":
        verb = _verb(path)
        with _whole_file(path, is_binary=binary_format is not None) as file:
            target = Destination(file, is_terminal=False)
            yield target
        if verb:
            note(output, f"{verb} {path}" + (f" ({target.contents})" if target.contents else ""))
        return
    if sys.stdout is None:
        raise OutputError("standard output is closed")
    out = sys.stdout
    is_terminal = out.isatty()
    if not is_terminal and not _is_file(out):  # the program that reads a pipe may write to the same terminal
        progress.stop()
    if binary_format is not None:
        if is_terminal:
            raise UsageError(f"{binary_format} is not text, so a terminal cannot show it; name a file with --output")
        yield Destination(cast("TextIO", out.buffer), is_terminal=False)
        return
    if isinstance(out, io.TextIOWrapper):
        out.reconfigure(encoding=None if is_terminal else "utf-8", errors="replace", newline="")
    if not is_terminal:
        yield Destination(out, is_terminal=False)
        return
    screen = _Screen(out, output)
    try:
        yield Destination(cast("TextIO", screen), is_terminal=True)
    finally:
        screen.finish()


class _Screen:
    """The terminal as an output. Text is held back until it is too long for the screen; then it goes to a pager."""

    def __init__(self, terminal: TextIO, output: Output) -> None:
        self._terminal, self._output = terminal, output
        self._texts: list[str] = []
        self._pager: Pager | None = None
        self._room = _height(terminal) - 1 if output.pager and os.environ.get("TERM") not in (None, "", "dumb") else 0
        """The number of lines that fit above the next prompt; 0 if no pager is used, however long the answer is."""
        self._width = _width(terminal)
        self._lines = 0

    def __getattr__(self, name: str) -> object:
        return getattr(self._terminal, name)

    def write(self, text: str) -> None:
        """Write a text to the terminal or to the pager."""
        progress.stop()
        if self._pager is not None:
            self._pager.write(text)
        elif not self._room:
            self._terminal.write(text)
        else:
            self._texts.append(text)
            self._lines += _lines_on_screen(text, self._width)
            if self._lines > self._room:
                self._start_pager()

    def writelines(self, texts: Iterable[str]) -> None:
        """Write texts in turn."""
        for text in texts:
            self.write(text)

    def flush(self) -> None:
        """Do nothing: `finish` writes what is held back."""

    def finish(self) -> None:
        """Write what is held back, and wait for the pager."""
        progress.stop()
        if self._pager is not None:
            self._pager.close()
        self._terminal.writelines(self._texts)
        self._texts.clear()

    def _start_pager(self) -> None:
        from pubcli.cli import pager

        self._room = 0
        command = pager.command(os.environ, self._output.settings.pager if self._output.settings else None)
        if command:
            self._terminal.flush()
            self._pager = pager.Pager(command, self._terminal, lambda sentence: note(self._output, sentence))
        texts, self._texts = self._texts, []
        self.writelines(texts)


def _is_file(out: TextIO) -> bool:
    """Return whether an output is a file on the disk."""
    try:
        return stat.S_ISREG(os.fstat(out.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _height(terminal: TextIO) -> int:
    """Return the number of lines of a terminal, or 0 if it is unknown."""
    try:
        return os.get_terminal_size(terminal.fileno()).lines
    except (OSError, ValueError):
        return 0


_ESCAPE_CODE = pattern(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")


def _lines_on_screen(text: str, width: int) -> int:
    """Return how many lines of the screen a text takes; the terminal wraps longer lines."""
    plain = _ESCAPE_CODE.sub("", text) if "\x1b" in text else text
    return text.count("\n") + sum((len(line) - 1) // width for line in plain.splitlines() if line)


def _verb(path: str) -> str | None:
    """Return `wrote` for a new file and `replaced` for an existing one; None for devices and pipes."""
    try:
        return "replaced" if stat.S_ISREG(os.stat(path).st_mode) else None  # noqa: PTH116
    except (OSError, ValueError):
        return "wrote"


@contextmanager
def _whole_file(name: str, *, is_binary: bool = False) -> Iterator[TextIO]:
    """Open a file for writing text, or bytes if `is_binary` is true.

    The file is created or replaced only after everything has been written. Devices and pipes cannot be replaced, so
    they are written directly. Raises OutputError if the file cannot be written.
    """
    import errno
    from pathlib import Path

    from pubcli.unfinished import unfinished_file  # imported only here, because few commands write a file

    path = Path(name)
    try:
        if name.endswith(os.sep):
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        if str(path.absolute()).startswith("/dev/") or (paths.exists(path) and not paths.is_file(path)):
            with _opened(path, "w", is_binary) as file:
                yield file
            return
        if path.is_symlink():
            with suppress(FileNotFoundError):
                path.stat()  # raises OSError for a loop of links, which would be replaced
        target = paths.resolved(path)
        with unfinished_file(target) as unfinished:
            with _opened(unfinished, "x", is_binary) as file:
                yield file
            unfinished.chmod(_mode(target))
            unfinished.replace(target)
    except OSError as error:
        raise OutputError(f"{visible(name)} cannot be written: {error.strerror or error}") from error


def _opened(path: Path, mode: str, is_binary: bool) -> TextIO:
    if is_binary:
        return cast("TextIO", path.open(f"{mode}b"))
    return cast("TextIO", path.open(mode, encoding="utf-8", newline=""))


def _mode(target: Path) -> int:
    """Return the permissions of an existing file, or the permissions that the umask allows for a new file."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _is_text(answer: Answer[Row]) -> bool:
    """Return whether an answer is laid out for people even in a file or pipe, because it is about one paper or page."""
    from pubcli.display.columns import TEXTS  # imported by the caller too, for the default columns

    return answer.kind in TEXTS


def _render_options(output: Output, out: TextIO, is_terminal: bool, is_drawn: bool) -> RenderOptions:
    """Return what the output supports. `is_drawn` means that rows are laid out for people even in a file or pipe."""
    utf8 = (getattr(out, "encoding", None) or "").lower().replace("-", "").startswith("utf")
    options = RenderOptions(utf8=utf8, ascii=output.ascii, excel=output.excel, template=output.template)
    if output.when_color() == "always":
        return options._replace(width=_width(out), color=True, links=_shows_links(os.environ))
    if not is_terminal:
        return options._replace(width=_width(None)) if is_drawn else options
    color = output.when_color() == "auto" and _allows_color(os.environ)
    return options._replace(width=_width(out), color=color, links=color and _shows_links(os.environ))


def _width(terminal: TextIO | None) -> int:
    """Return the width of the output in characters: COLUMNS if it is set, else the width of the terminal, else 80.

    For a file or pipe, `terminal` is None. A value of COLUMNS that is not a valid number is ignored.
    """
    columns = os.environ.get("COLUMNS", "")
    if re.fullmatch("0*[1-9][0-9]{0,4}", columns):
        return int(columns)
    if terminal is not None:
        with suppress(OSError, ValueError):  # not every terminal knows its width
            return os.get_terminal_size(terminal.fileno()).columns or _USUAL_WIDTH
    return _USUAL_WIDTH


_WITHOUT_LINKS = ("linux", "vt", "ansi", "cons25", "screen.linux")
"""Beginnings of the names of terminals that have colours but may print the escape codes of links."""


def _shows_links(environment: Mapping[str, str]) -> bool:
    """Return whether the terminal shows links, or at least skips their escape codes (OSC 8), as most terminals do."""
    return not environment.get("TERM", "").startswith(_WITHOUT_LINKS)


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
