"""What can go wrong, and the exit status that each kind of failure has.

A `PubcliError` is about the user's input and says where the trouble is and what helps. Any other exception
that reaches the top is a bug of pubcli, and is reported as one.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from enum import IntEnum


class ExitCode(IntEnum):
    """Exit status of the program; scripts may rely on these numbers."""

    DONE = 0
    """The question was answered, perhaps after a note about partial trouble."""
    NOTHING = 1
    """The question was understood and nothing matched."""
    USAGE = 2
    """An option, an argument or the query cannot be used as it was typed."""
    INPUT = 3
    """The input could not be read, or is no such page."""
    PROBLEMS = 4
    """`--strict` was given and there were problems."""
    BUG = 70
    """pubcli itself failed (EX_SOFTWARE of sysexits.h)."""
    OUTPUT = 74
    """The answer could not be written (EX_IOERR of sysexits.h)."""
    INTERRUPTED = 130
    """Stopped by Ctrl-C."""


class PubcliError(Exception):
    """One clear sentence for the user: what is wrong, where, and what helps."""

    exit_code = ExitCode.USAGE


class UsageError(PubcliError):
    """An option or argument that cannot be used as it was given."""


_SHOWN = 6


def unclear(name: str, found: Sequence[str]) -> UsageError:
    """The refusal of a name that may be any of several people's."""
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return UsageError(f"{name!r} may be {', '.join(found[:_SHOWN])}{more}; give more of the name")


def require_choice(purpose: str, given: str, choices: Sequence[str]) -> None:
    """Raise UsageError, with a suggestion, if the value given for `purpose` is not one of the choices."""
    if given not in choices:
        among = f"; known are {', '.join(choices)}" if choices else "; nothing can stand there in this case"
        raise UsageError(f"{purpose}: there is no {given!r}{did_you_mean(given, choices)}{among}")


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return ` (did you mean WORD?)` for the choice that is spelled most like a word, or an empty string."""
    from difflib import get_close_matches  # errors are rare, and every start imports this module

    close = get_close_matches(word.lower(), choices, 1)
    return f" (did you mean {close[0]}?)" if close else ""


class InputError(PubcliError):
    """An input that cannot be read, or that is not a page pubcli knows."""

    exit_code = ExitCode.INPUT


class OutputError(PubcliError):
    """An answer that could not be written where it was meant to go."""

    exit_code = ExitCode.OUTPUT


class QueryError(PubcliError):
    """A query that cannot be understood, with the place marked under it.

    `start` and `end` are character offsets into `source`, the query as it was typed.
    """

    def __init__(self, message: str, source: str, start: int, end: int) -> None:
        self.message, self.source, self.start, self.end = message, source, start, end
        super().__init__(message)

    def __str__(self) -> str:
        shown = "".join(char if char.isprintable() else "?" for char in self.source)
        marker = " " * _width(shown[: self.start]) + "^" * max(1, _width(shown[self.start : self.end]))
        return f"{self.message}\n  {shown}\n  {marker}"


def _width(text: str) -> int:
    """Columns on a terminal: wide characters take two, marks on the character before them none."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)
