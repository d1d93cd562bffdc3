"""Errors, and the exit status of each kind of error.

A `PubcliError` concerns the user's input; its message names the place and the remedy. Any other exception that
reaches the top is a bug in pubcli and is reported as one.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from enum import IntEnum


class ExitCode(IntEnum):
    """Exit status of the program; scripts may rely on these numbers."""

    DONE = 0
    """The question was answered, perhaps with a note about a partial failure."""
    NOTHING = 1
    """The question was understood, and nothing matched."""
    USAGE = 2
    """An option, an argument or the query is not valid."""
    INPUT = 3
    """The input could not be read, or is not a page that pubcli can read."""
    PROBLEMS = 4
    """`--strict` was set, and there were problems."""
    BUG = 70
    """pubcli itself failed (EX_SOFTWARE of sysexits.h)."""
    OUTPUT = 74
    """The answer could not be written (EX_IOERR of sysexits.h)."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C."""


class PubcliError(Exception):
    """An error with one clear sentence for the user: what is wrong, where, and the remedy."""

    exit_code = ExitCode.USAGE


class UsageError(PubcliError):
    """An option or argument that is not valid."""


_MOST_NAMES = 6
"""Most names that a message lists."""


def ambiguous_name(name: str, candidates: Sequence[str]) -> UsageError:
    """Return the error for a name that matches several people."""
    more = f" and {len(candidates) - _MOST_NAMES} more" if len(candidates) > _MOST_NAMES else ""
    return UsageError(f"{name!r} may be {', '.join(candidates[:_MOST_NAMES])}{more}; give more of the name")


def require_choice(purpose: str, value: str, choices: Sequence[str]) -> None:
    """Raise UsageError, with a suggestion, if the value given for `purpose` is not one of the choices."""
    if value not in choices:
        valid = f"; choose from {', '.join(choices)}" if choices else "; no value is possible in this case"
        raise UsageError(f"{purpose}: there is no {value!r}{did_you_mean(value, choices)}{valid}")


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return ` (did you mean WORD?)` for the choice that is spelled most like a word, or an empty string."""
    from difflib import get_close_matches  # here, because every start imports this module

    close = get_close_matches(word.lower(), choices, 1)
    return f" (did you mean {close[0]}?)" if close else ""


class InputError(PubcliError):
    """An input that cannot be read, or that is not in a format that pubcli reads."""

    exit_code = ExitCode.INPUT


class OutputError(PubcliError):
    """An answer that could not be written to its destination."""

    exit_code = ExitCode.OUTPUT


class QueryError(PubcliError):
    """A query that is not valid, with the place of the error marked below it.

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
    """Return the number of terminal columns of a text: two for wide characters, none for combining marks."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)
