"""Read an ordinary command line, without Typer, which takes longer to import than most commands take to run.

Only a line whose meaning is certain is read: the exact name of a command, exact options with valid values, and words.
For everything else, `read` returns None, and Typer reads the line: help, completion, abbreviations, mistakes, `--`.
A property test compares the values with those that Typer reads from random lines.
"""

from __future__ import annotations

from pubcli.cli.parameters import REQUIRED, Parameter, Signature
from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

_MOST_DIGITS = 9


class _DoubtError(Exception):
    """Raised for a line whose meaning is not certain."""


def read(words: Sequence[str], signature: Signature) -> dict[str, Any] | None:
    """Return the value of each option and argument by name, or None if Typer must read the line.

    `words` follow the name of the command, whose parameters are `signature`.
    """
    values: dict[str, Any] = {parameter.name: parameter.default for parameter in signature.parameters}
    rest: list[str] = []
    try:
        _read_options(iter(words), _flags(signature), values, rest)
        _assign(rest, [parameter for parameter in signature.parameters if not parameter.flags], values)
    except _DoubtError:
        return None
    return values


def _flags(signature: Signature) -> dict[str, tuple[Parameter, bool]]:
    """Return the option of each flag, and the value that the flag sets if the option is a switch."""
    flags: dict[str, tuple[Parameter, bool]] = {}
    for parameter in signature.parameters:
        flags |= dict.fromkeys(parameter.on_flags, (parameter, True))
        flags |= dict.fromkeys(parameter.off_flags, (parameter, False))
    return flags


def _read_options(
    words: Iterator[str], flags: dict[str, tuple[Parameter, bool]], values: dict[str, Any], rest: list[str]
) -> None:
    """Set the values of the options, and append the other words to `rest`."""
    for word in words:
        if word == "-" or not word.startswith("-"):
            rest.append(word)
            continue
        name, has_value, text = word.partition("=") if word.startswith("--") else _short(word, flags)
        if name not in flags:
            raise _DoubtError
        parameter, is_on = flags[name]
        if parameter.kind is bool:
            if has_value:
                raise _DoubtError
            values[parameter.name] = is_on
            continue
        if not has_value:
            text = next(words, "--")
            if text == "--":  # the value is missing, or `--` changes how Typer reads the next words
                raise _DoubtError
        value = _converted(text, parameter)
        values[parameter.name] = [*(values[parameter.name] or ()), value] if parameter.repeatable else value


def _short(word: str, flags: dict[str, tuple[Parameter, bool]]) -> tuple[str, str, str]:
    """Return a short option, and twice the value that follows it in the same word: `-n`, `3` and `3` for `-n3`.

    Like the result of `partition("=")` for a long option, the second text is empty if no value follows, and the third
    is the value.
    """
    name, text = word[:2], word[2:]
    may_be_excluded = (text.isalpha() and text.islower()) or ":" in text  # a word such as -federated or -author:lowy
    if text and (may_be_excluded or name not in flags or flags[name][0].kind is bool):
        raise _DoubtError
    return name, text, text


def _converted(text: str, parameter: Parameter) -> str | int:
    """Return the value of an option. Raises _DoubtError for a number out of range, or not in plain ASCII digits."""
    if parameter.kind is str:
        return text
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise _DoubtError
    number = int(text)
    if parameter.minimum is not None and number < parameter.minimum:
        raise _DoubtError
    if parameter.maximum is not None and number > parameter.maximum:
        raise _DoubtError
    return number


def _assign(words: list[str], arguments: list[Parameter], values: dict[str, Any]) -> None:
    """Set the values of the arguments: one word for each; for a repeatable argument, all words that are left."""
    for parameter in arguments:
        taken = len(words) if parameter.repeatable else min(1, len(words))
        if not taken and parameter.default is REQUIRED:
            raise _DoubtError
        if taken:
            values[parameter.name] = words[:taken] if parameter.repeatable else words[0]
        del words[:taken]
    if words:
        raise _DoubtError
