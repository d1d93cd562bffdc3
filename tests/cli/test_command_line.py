"""The reader of ordinary command lines returns the same values as Typer, or leaves the line to Typer."""

from functools import cache
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.cli import COMMANDS, command_line, load_command, typer_program
from pubcli.cli.parameters import REQUIRED, Parameter, Signature
from pubcli.errors import ExitCode, UsageError
from thoroughness import examples

NAMES = st.sampled_from(sorted(COMMANDS))
TEXTS = st.sampled_from(
    ["x", "", " ", "-", "--", "---", "=", "a=b", "words", "help", "Zo\u00eb", "-federated", "-author:lowy", "-x", "-n3"]
) | st.text(max_size=4)
NUMBERS = st.sampled_from(["0", "3", "007", " 3", "3 ", "+3", "-3", "1_0", "\u0663", "3.0", "1e3", "9" * 9, "9" * 30])
WORDS = st.text("abcxyz\u00e9:\"'.*/~ \u00df", min_size=1, max_size=6)
"""Words of a query that cannot be taken for options."""


@cache
def signature(name: str) -> Signature:
    return Signature(load_command(name).command)


@cache
def typer_command(name: str) -> Any:
    return typer_program.app_command(name)


def read_by_typer(name: str, words: list[str]) -> dict[str, Any] | None:
    """Return the values that Typer reads from a command line; None if it prints the help or an error."""
    calls: list[dict[str, Any]] = []

    def record(_: Signature, values: dict[str, Any]) -> ExitCode:
        calls.append(values)
        return ExitCode.DONE

    with patch.object(typer_program, "run_command", record):
        try:
            typer_command(name).main(list(words), "pubcli", standalone_mode=False)
        except Exception as error:
            is_message = isinstance(error, UsageError) or hasattr(error, "format_message")
            if not is_message:
                raise
    return calls[0] if calls else None


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw a command and any words: options with and without values, joined in all ways, and other words."""
    name = draw(NAMES)
    flags = st.sampled_from([flag for option in signature(name).parameters for flag in _flags(option)] + ["-h", "-z"])
    values = TEXTS | NUMBERS
    word = st.one_of(
        flags,
        values,
        WORDS,
        st.tuples(flags, values).map("".join),
        st.tuples(flags, values).map("=".join),
        st.tuples(flags, st.integers(2, 5)).map(lambda pair: pair[0][: pair[1]]),
    )
    return name, draw(st.lists(word, max_size=8))


def _flags(parameter: Parameter) -> list[str]:
    return [*parameter.on_flags, *parameter.off_flags]


@st.composite
def ordinary_lines(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw a command line as people type it: valid options anywhere, and the words that the command needs."""
    name = draw(NAMES)
    parameters = signature(name).parameters
    options = [option for option in parameters if option.flags]
    chosen = draw(st.lists(st.sampled_from(options), max_size=5)) if options else []
    parts = [draw(_typed(option)) for option in chosen]
    for argument in parameters:
        if not argument.flags and (argument.default is REQUIRED or draw(st.booleans())):
            parts += [[draw(WORDS)] for _ in range(draw(st.integers(1, 3)) if argument.repeatable else 1)]
    return name, [word for part in draw(st.permutations(parts)) for word in part]


@st.composite
def _typed(draw: st.DrawFn, option: Parameter) -> list[str]:
    """Draw the words that set an option: the value follows in a word of its own, or after `=`."""
    flag = draw(st.sampled_from(_flags(option)))
    if option.kind is bool:
        return [flag]
    least, most = option.minimum or 0, option.maximum or 10_000
    value = str(draw(st.integers(least, most))) if option.kind is int else draw(WORDS | st.just("-date,title"))
    return [f"{flag}={value}"] if flag.startswith("--") and draw(st.booleans()) else [flag, value]


@given(lines())
@examples(1_000)
def test_any_line_is_read_as_by_typer_or_left_to_it(line: tuple[str, list[str]]) -> None:
    name, words = line
    values = command_line.read(words, signature(name))
    assert values is None or values == read_by_typer(name, words)


@given(ordinary_lines())
@examples(300)
def test_an_ordinary_line_is_never_left_to_typer(line: tuple[str, list[str]]) -> None:
    name, words = line
    values = command_line.read(words, signature(name))
    assert values is not None
    assert values == read_by_typer(name, words)


@pytest.mark.parametrize(
    "words",
    ["-n3", "-ppage.txt", "-cLG", "-n 3 -s -date", "--sort -date,title", "--limit=3", "--title=a=b", "- -", "--json"],
)
def test_common_short_forms_are_ordinary(words: str) -> None:
    assert command_line.read(words.split(), signature("list")) == read_by_typer("list", words.split()) is not None


@pytest.mark.parametrize(
    "words", ["--help", "-h", "--lim 3", "--limit x", "--limit", "--json=1", "-qh", "-federated", "--", "--bogus"]
)
def test_everything_else_is_left_to_typer(words: str) -> None:
    assert command_line.read(words.split(), signature("list")) is None


def test_each_option_has_a_help_text_and_a_group_that_the_help_can_name() -> None:
    parameters = [parameter for name in COMMANDS for parameter in signature(name).parameters]
    assert all(parameter.name and parameter.help for parameter in parameters)
    assert {parameter.group for parameter in parameters} == {"", "filter", "order", "input", "library", "output"}
