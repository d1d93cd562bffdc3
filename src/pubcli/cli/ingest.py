"""Add pages to the library, show the progress, and report the outcome, for `add` and `refresh`."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING, NoReturn, TypeVar, cast

from pubcli import paths
from pubcli.answer.answer import Answer
from pubcli.biblio.dates import CaptureDay
from pubcli.cli import progress
from pubcli.cli.options import LibraryOption, Output, typed_command
from pubcli.cli.output import can_confirm, confirm, deliver, encoding_note, note, say
from pubcli.errors import ExitCode, ExportError, InputError, SkippedError
from pubcli.store.database import Store
from pubcli.store.library import ingest, library_file, owners
from pubcli.store.library.ingest import SourceToAdd
from pubcli.store.library.library_file import in_memory
from pubcli.store.library.page_changes import PageChanges
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from pubcli.answer.rows import AddedRow

_T = TypeVar("_T")
_MOST_FAILURES = 5
"""Maximum number of failures that are reported one by one; further failures are only counted."""


def add_and_report(
    library: LibraryOption,
    files: Sequence[SourceToAdd],
    output: Output,
    *,
    keep: bool,
    yes: bool,
    capture: CaptureDay | None = None,
    others: "Sequence[AddedRow]" = (),
    failures: Sequence[InputError] = (),
) -> ExitCode:
    """Add sources to the library, and write a row for each page in them: its owner, and whether it is new.

    The rows in `others` are written before these rows. They are about files that are unchanged or cannot be read. If
    `keep` is false, show what would happen and change nothing. A page that would replace a snapshot with far fewer
    papers is added only if `yes` is true, or if the user confirms it. `capture` is the value of --as-of, or None.
    `failures` are errors about files that were not found. Raises InputError if no source can be read.
    """
    errors = list(failures)
    path = library.path()
    sources = ingest.read_sources(_with_progress(files, output), errors.append)
    first = next(sources, None)  # read before a library is created, so that a failure leaves no empty library
    rows, same = list(others), list[str]()
    if first is not None:
        # A dry run creates no file: if there is no library, the pages are added to a library in memory.
        is_file = keep or paths.exists(path)
        with closing(library_file.open_or_create(path, typed_command()) if is_file else in_memory()) as store:
            sources = chain([first], sources)
            rows += ingest.store_sources(store, sources, errors.append, keep=keep, allow_loss=yes, capture=capture)
            if keep and can_confirm():
                _confirm_losses(store, files, rows, capture)
            names = {row["profile"] for row in rows if row["outcome"] == "new profile"}
            same = [proposal.sentence for proposal in owners.proposals(store) if names & set(proposal.names)]
    _report_failures(errors, rows, output)
    if not keep:
        note(output, "nothing was changed (--dry-run)")
    for row in rows:
        _note_doubts(row, output)
    optional = ("assumed_encoding",) if any(row["assumed_encoding"] for row in rows) else ()
    answer = Answer("added_pages", ingest.ADDED_FIELDS, rows, optional=optional)
    status = deliver(answer, output, lambda: ["no page was added"])
    if rows:
        note(output, _summary(rows))
    for sentence in same:
        note(output, sentence)
    refused = [row for row in rows if row["outcome"] == "refused"]
    for row in refused:
        say(f"pubcli: {loss(row)}; it was not added. To make it the newest page, repeat this with --yes")
    return ExitCode.USAGE if refused and not output.lacks_input else status


def _note_doubts(row: "AddedRow", output: Output) -> None:
    """Print what is uncertain about a page: its encoding, its place among other captures, and lines not understood."""
    if row["assumed_encoding"]:
        note(output, encoding_note(row["source"], row["assumed_encoding"]))
    if row["order_doubt"]:
        several = f"{row['source']} is not the only capture of {row['as_of']}; {row['order_doubt']}"
        note(output, f"{several}. To set the order, add each file with --as-of {row['as_of']}#1, #2 and so on")
    if row["problems"] and row["outcome"] != "unchanged":
        places = counted(row["problems"], "place was", "places were")
        note(output, f"{row['source']}: {places} not understood; pubcli check shows them")


def _confirm_losses(
    store: Store, files: Sequence[SourceToAdd], rows: "list[AddedRow]", capture: CaptureDay | None
) -> None:
    """Ask about each page that was refused, and add it if the user confirms."""
    for number, row in enumerate(rows):
        if row["outcome"] == "refused" and confirm(f"{loss(row)}. Make it the newest page?"):
            source = [file for file in files if file.name == row["source"]]
            for added in ingest.ingest_sources(store, source, _raise, keep=True, capture=capture):
                if added["profile"] == row["profile"]:
                    rows[number] = added


def _raise(error: InputError) -> NoReturn:
    raise error


def loss(row: "AddedRow") -> str:
    """Return a clause on what a refused page lacks: `page.txt lacks the header of the newest page of Ada Lovelace`."""
    changes = cast(PageChanges, row["changes"])
    losses = []
    if changes.gone:
        losses.append(f"{changes.gone} of the {counted(changes.before, 'paper', 'papers')}")
    if changes.loses_header:
        losses.append("the header")
    return f"{row['source']} lacks {' and '.join(losses)} of the newest page of {row['profile']}"


def _report_failures(failures: Sequence[InputError], rows: Sequence[object], output: Output) -> None:
    """Report the files that could not be read, and the files that were skipped because the user did not name them.

    Raises InputError if no page was read, unless all files are exports of pubcli.
    """
    exports = [error for error in failures if isinstance(error, ExportError)]
    skipped = [error for error in failures if isinstance(error, SkippedError) and error not in exports]
    unread = [error for error in failures if not isinstance(error, SkippedError)]
    _note_skipped(exports, "more file that pubcli wrote", "more files that pubcli wrote", output)
    if not rows and (unread or skipped):
        raise InputError("\npubcli: ".join(_listed([*unread, *skipped], "more file", "more files")))
    _note_skipped(skipped, "more file that is not a page", "more files that are not pages", output)
    for sentence in _listed(unread, "more file could not be read", "more files could not be read"):
        say(f"pubcli: {sentence}")
    output.lacks_input = bool(unread)


def _note_skipped(errors: Sequence[InputError], singular: str, plural: str, output: Output) -> None:
    for sentence in _listed(errors, singular, plural):
        note(output, f"skipped: {sentence}")


def _listed(errors: Sequence[InputError], singular: str, plural: str) -> list[str]:
    """Return the first errors as sentences, and a sentence with the number of further errors, if there are any."""
    rest = len(errors) - _MOST_FAILURES
    return [*map(str, errors[:_MOST_FAILURES]), *([counted(rest, singular, plural)] if rest > 0 else [])]


_OUTCOMES = {
    "new profile": "new",
    "newer snapshot": "newer",
    "older snapshot": "older",
    "unchanged": "unchanged",
    "refused": "not added",
    "not read": "not read",
}
"""The word of the summary for each outcome."""


def _summary(rows: "Sequence[AddedRow]") -> str:
    """Return a sentence such as `3 pages: 1 new, 1 newer (+2 papers, 1 renamed), 1 unchanged`."""
    counts = Counter(row["outcome"] for row in rows)
    parts = [f"{counts[outcome]:,} {word}" for outcome, word in _OUTCOMES.items() if counts[outcome]]
    newer = [cast(PageChanges, row["changes"]) for row in rows if row["outcome"] == "newer snapshot" and row["changes"]]
    if differences := _differences(newer):
        parts = [f"{part} ({differences})" if part.endswith(" newer") else part for part in parts]
    return f"{counted(len(rows), 'page', 'pages')}: {', '.join(parts)}"


def page_differences(row: "AddedRow") -> str:
    """Return how a newer snapshot differs, such as `+2 papers, 1 renamed`; an empty text for any other outcome."""
    changes = cast("PageChanges | None", row["changes"])
    return _differences([changes]) if changes and row["outcome"] == "newer snapshot" else ""


def _differences(changes: Sequence[PageChanges]) -> str:
    new, gone, renamed = (sum(getattr(page, field) for page in changes) for field in ("new", "gone", "renamed"))
    parts = [f"+{counted(new, 'paper', 'papers')}"] if new else []
    if gone:
        parts.append(f"-{counted(gone, 'paper', 'papers')}")
    if renamed:
        parts.append(f"{renamed} renamed")
    return ", ".join(parts)


def _with_progress(items: Sequence[_T], output: Output) -> Iterator[_T]:
    """Yield the items, and show a progress bar if standard error is a terminal."""
    if output.quiet or len(items) < 2 or sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    progress.stop()
    console = Console(stderr=True)
    # On a terminal that cannot move its cursor, the bar would leave an empty line.
    yield from items if console.is_dumb_terminal else track(items, "reading pages", console=console, transient=True)
