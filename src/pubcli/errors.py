"""Errors, and the exit status of each kind of error.

A `PubcliError` has a cause that the user can remove. The message says where the cause is and what to do. All other
exceptions are reported as bugs in pubcli, except for a few, such as Ctrl-C and a full disk.
"""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING, unicodedata

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import ClassVar


class ExitCode(int):
    """Exit status of the program; scripts may rely on these numbers.

    This is not an enumeration, because importing `enum` takes a tenth of the time in which Python starts.
    """

    DONE: ClassVar[ExitCode]
    """The command succeeded, perhaps with a note about a part that failed."""
    NOTHING: ClassVar[ExitCode]
    """The command was valid, but nothing matched."""
    USAGE: ClassVar[ExitCode]
    """An option, an argument or the query is not valid."""
    INPUT: ClassVar[ExitCode]
    """The input could not be read, or is not in a format that pubcli reads."""
    PROBLEMS: ClassVar[ExitCode]
    """`--strict` was set, and a part of the input could not be read."""
    BUG: ClassVar[ExitCode]
    """pubcli itself failed (EX_SOFTWARE of sysexits.h)."""
    OUTPUT: ClassVar[ExitCode]
    """The answer could not be written (EX_IOERR of sysexits.h)."""
    HUNG_UP: ClassVar[ExitCode]
    """The terminal was closed (SIGHUP)."""
    INTERRUPTED: ClassVar[ExitCode]
    """The user stopped the program with Ctrl-C (SIGINT)."""
    TERMINATED: ClassVar[ExitCode]
    """The program was terminated (SIGTERM)."""


ExitCode.DONE = ExitCode(0)
ExitCode.NOTHING = ExitCode(1)
ExitCode.USAGE = ExitCode(2)
ExitCode.INPUT = ExitCode(3)
ExitCode.PROBLEMS = ExitCode(4)
ExitCode.BUG = ExitCode(70)
ExitCode.OUTPUT = ExitCode(74)
ExitCode.HUNG_UP = ExitCode(129)
ExitCode.INTERRUPTED = ExitCode(130)
ExitCode.TERMINATED = ExitCode(143)


class PubcliError(Exception):
    """An error with one clear sentence for the user: what is wrong, where, and the remedy."""

    exit_code = ExitCode.USAGE


class UsageError(PubcliError):
    """Raised for an option or argument that is not valid."""


_MOST_NAMES = 6
"""Maximum number of names that a message lists."""


def ambiguous_name(name: str, candidates: Sequence[str]) -> UsageError:
    """Return the error for a name that matches several people."""
    more = f" and {len(candidates) - _MOST_NAMES} more" if len(candidates) > _MOST_NAMES else ""
    return UsageError(f"{name!r} may be {', '.join(candidates[:_MOST_NAMES])}{more}; give more of the name")


def require_choice(purpose: str, value: str, choices: Sequence[str]) -> None:
    """Raise UsageError, with a suggestion, if a value is not one of the choices.

    `purpose` says in the message what the value is for, for example the name of an option.
    """
    if value not in choices:
        valid = f"; choose from {', '.join(choices)}" if choices else "; no value is valid here"
        raise UsageError(f"{purpose}: invalid value {value!r}{did_you_mean(value, choices)}{valid}")


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return ` (did you mean CHOICE?)` for a choice with the meaning of a word, or else with the most similar spelling.

    Return an empty text if there is no such choice.
    """
    from difflib import get_close_matches  # imported only here, because few commands need it

    listed = list(choices)
    close = [choice for choice in _SYNONYMS.get(word.lower(), ()) if choice in listed]
    close = close or get_close_matches(word.lower(), listed, 1)
    return f" (did you mean {close[0]}?)" if close else ""


_SYNONYMS = {
    "journal": ("venue",), "conference": ("venue",), "booktitle": ("venue",), "source_title": ("venue",),
    "cited": ("citations",), "cites": ("citations",), "times_cited": ("citations",), "type": ("kind",),
    "author": ("authors",), "name": ("author", "authors", "person"), "keyword": ("keywords",),
    "tag": ("keyword", "keywords"), "organisation": ("org",), "organization": ("org",), "affiliation": ("org",),
    "institution": ("org",), "link": ("url", "links"), "eprint": ("arxiv",), "oldest": ("date",), "newest": ("date",),
    "owner": ("profile",), "month": ("date",), "bib": ("bibtex",), "latex": ("bibtex",), "md": ("markdown",),
    "excel": ("xlsx", "csv"), "endnote": ("ris",), "zotero": ("csl-json", "ris"), "year": ("years", "date"),
}  # fmt: skip
"""Words that users type for a field, a format or another choice, with the choices that they may mean."""


class InputError(PubcliError):
    """Raised for an input that cannot be read, or that is not in a format that pubcli reads."""

    exit_code = ExitCode.INPUT


class SkippedError(InputError):
    """Raised for a file that cannot be read and is skipped, because the user did not name it, only a folder or glob."""


class ExportError(SkippedError):
    """Raised for a file that pubcli itself wrote: it is skipped, so that an answer is not read as a page."""


class OutputError(PubcliError):
    """Raised if an answer could not be written to its destination."""

    exit_code = ExitCode.OUTPUT


class QueryError(PubcliError):
    """Raised for a query that is not valid. The message shows the query, with `^` below the error.

    `start` and `end` are character offsets into `source`, the query as it was typed.
    """

    def __init__(self, message: str, source: str, start: int, end: int) -> None:
        self.message, self.source, self.start, self.end = message, source, start, end
        super().__init__(message)

    def __str__(self) -> str:
        query = "".join(char if char.isprintable() else "?" for char in self.source)
        marker = " " * _width(query[: self.start]) + "^" * max(1, _width(query[self.start : self.end]))
        return f"{self.message}\n  {query}\n  {marker}"


def _width(text: str) -> int:
    """Return how many cells of the terminal a text takes. A wide character takes two, a combining accent takes none."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)
