"""Complete the word at the cursor of a command line, for the scripts in `completion_scripts`.

The scripts pass the unfinished line; the answer is lines of text. Nothing else is ever written: no message, no file.
The words of the line are read with the descriptions of options in `parameters`, without Typer, which takes longer to
import than a shell may wait.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from pubcli.cli import FORMER, SUBCOMMANDS, load_command, shell_words, split_line
from pubcli.cli.candidates import Request, actions, candidates, commands, has_files
from pubcli.cli.parameters import Parameter, Signature
from pubcli.errors import ExitCode
from pubcli.lazy import TYPE_CHECKING, NamedTuple
from pubcli.store.prefixes import Candidate
from pubcli.text.normalize import fold, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from pubcli.store.database import Store

VARIABLE = "_PUBCLI_COMPLETE"
"""The environment variable that a script sets to ask for completion; see `_ANSWERS` for its values.

Scripts that an older version installed set it to other values. They ask Typer, which completes commands and options.
"""
_LONGEST_ABOUT = 70
"""Maximum number of characters of a description."""


class Completion(NamedTuple):
    """What a word may become."""

    candidates: list[Candidate]
    """The whole words."""
    has_files: bool = False
    """Whether it may also be the name of a file."""


def run() -> ExitCode:
    """Print the completion of the word at the cursor, for the shell that the environment variable names."""
    shell = os.environ[VARIABLE]
    sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 - a message would be printed into the user's command line
    with suppress(Exception):  # damage, a missing file, settings that are not valid: there is nothing to offer
        lines = answer(shell, sys.argv[2:])
        sys.stdout.reconfigure(encoding="utf-8", errors="ignore", newline="\n")  # type: ignore[union-attr]
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        sys.stdout.flush()
    return ExitCode.DONE


def _for_bash(arguments: Sequence[str]) -> list[str]:
    """Return the lines for bash: properties, then the texts that Readline puts in the place of the end of the word.

    `arguments` are the line up to the cursor, and the part of its last word that Readline replaces.
    """
    line, replaced = arguments
    *before, word = shell_words.split(line)
    fixed_raw = word.raw[: len(word.raw) - len(replaced)] if word.raw.endswith(replaced) else ""
    fixed = shell_words.split(fixed_raw)[-1].value
    completion = complete([other.value for other in before[1:]], word.value)
    values = [value for value, _ in completion.candidates if value.startswith(fixed)]
    texts = [shell_words.quoted(value.removeprefix(fixed), word.quote) for value in values]
    return [_properties(completion, values, word.value), *texts]


def _for_zsh(arguments: Sequence[str]) -> list[str]:
    """Return the lines for zsh: properties, then values with descriptions. `arguments` are the words as typed."""
    *before, word = (shell_words.split(text)[-1].value for text in arguments)
    return _described(complete(before, word), word)


def _for_fish(arguments: Sequence[str]) -> list[str]:
    """Return the lines for fish. `arguments` are the words before the cursor, and the unfinished one as typed."""
    *before, raw = arguments
    word = shell_words.split(raw, is_fish=True)[-1].value
    completion = complete(before, word)
    matching = [_for_fuzzy_match(candidate, word) for candidate in completion.candidates]
    return _described(completion._replace(candidates=matching), word)


def _for_fuzzy_match(candidate: Candidate, word: str) -> Candidate:
    """Return a candidate that fish does not drop: fish wants the letters of the word, with their accents and case.

    A name without accents and capitals means the same to pubcli.
    """
    has_word = word.lower() in candidate.value.lower()
    return candidate if has_word else candidate._replace(value=fold(candidate.value))


def _for_powershell(arguments: Sequence[str]) -> list[str]:
    """Return the lines for Typer's script for PowerShell, which passes the line in environment variables."""
    line, raw = os.environ["_TYPER_COMPLETE_ARGS"], os.environ.get("_TYPER_COMPLETE_WORD_TO_COMPLETE", "")
    words = [word.value for word in shell_words.split(line)[1:]]
    completion = complete(words[:-1] if raw else words, raw.lstrip("'\""))
    return [
        f"{shell_words.quoted_in_powershell(value)}:::{visible(about)[:_LONGEST_ABOUT] or ' '}"
        for value, about in completion.candidates
        if ":::" not in value
    ]


def answer(shell: str, arguments: Sequence[str]) -> list[str]:
    """Return the lines that a script gets: properties of the completion, then one line for each candidate."""
    return _ANSWERS[shell](arguments)


_ANSWERS: dict[str, Callable[[Sequence[str]], list[str]]] = {
    "words_bash": _for_bash,
    "words_zsh": _for_zsh,
    "words_fish": _for_fish,
    "complete_powershell": _for_powershell,
    "complete_pwsh": _for_powershell,
}
"""The function that answers each script, by the value of the environment variable."""


def _described(answer: Completion, word: str) -> list[str]:
    lines = (f"{value}\t{visible(about)[:_LONGEST_ABOUT]}" for value, about in answer.candidates)
    return [_properties(answer, [value for value, _ in answer.candidates], word), *lines]


def _properties(answer: Completion, values: Sequence[str], word: str) -> str:
    """Return the properties of a completion, as words for a script.

    `files`: file names are valid too. `open`: the word goes on after the value, so no blank follows. `list`: show the
    candidates, but do not replace the word, because what they have in common does not begin with it.
    """
    is_open = bool(values) and all(value.endswith((":", "=")) for value in values)
    common = os.path.commonprefix(values)  # noqa: RUF071 - of texts, not of paths
    is_only_listed = len(values) > 1 and not fold(common).startswith(fold(word))
    marks = {"files": answer.has_files, "open": is_open, "list": is_only_listed}
    return " ".join(["candidates", *(mark for mark, is_set in marks.items() if is_set)])


def complete(before: Sequence[str], word: str) -> Completion:
    """Return what a word may become. `before` are the words between the program and this word, without quotes.

    Values with control characters are left out, because nobody can type them.
    """
    if before[:1] and before[0] in FORMER:
        before = [*FORMER[before[0]].split(), *before[1:]]
    name, rest = split_line(before)
    answer = _in_command(name, rest, word) if name else Completion(_commands(before, word))
    return answer._replace(candidates=_typeable(answer.candidates))


def _typeable(values: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates without control characters. Blanks that do not break a line become ordinary ones."""
    plain = (Candidate(value.replace("\N{NO-BREAK SPACE}", " "), about) for value, about in values)
    return [candidate for candidate in plain if candidate.value.isprintable()]


def _commands(before: Sequence[str], word: str) -> list[Candidate]:
    """Return the commands, or the options of the program itself; nothing after an unknown command."""
    if before:
        return []
    flags = [Candidate(flag) for flag in ("--help", "--version", "--install-completion", "--show-completion")]
    if word.startswith("-"):
        return [flag for flag in flags if flag.value.startswith(word)]
    return commands(Request("", word, {}, lambda: None))


class _Line(NamedTuple):
    """The words of a command line before the cursor."""

    typed: dict[str, Any]
    """The values of the options and arguments, by name."""
    parameter: Parameter | None
    """The option or argument whose value is the unfinished word. None if the word belongs to no option or argument."""
    after_options: bool
    """Whether `--` has ended the options."""


def _in_command(name: str, rest: Sequence[str], word: str) -> Completion:
    signature = Signature(load_command(name).command)
    line = _read(signature, rest)
    request = Request(name, word, line.typed, _opened_once(signature, line.typed))
    is_value = line.parameter is not None and bool(line.parameter.flags)
    if word.startswith("-") and not is_value and not line.after_options:
        flag, sign, value = word.partition("=")
        option = _options(signature).get(flag)
        if sign and option and option.kind is not bool:
            return _prefixed(f"{flag}=", _of_parameter(option, request._replace(word=value)))
        excluded = _of_parameter(line.parameter, request).candidates if not word.startswith("--") else []
        return Completion([*_flags(signature, word), *excluded])
    answer = _of_parameter(line.parameter, request)
    is_first = not rest and name not in SUBCOMMANDS
    return answer._replace(candidates=[*(actions(name, word) if is_first else []), *answer.candidates])


def _of_parameter(parameter: Parameter | None, request: Request) -> Completion:
    """Return the values of an option or argument."""
    if parameter is None or parameter.values is None:
        return Completion([])
    return Completion(candidates(parameter.values, request), has_files(parameter.values))


def _prefixed(text: str, answer: Completion) -> Completion:
    """Return a completion in which each value follows a text, such as `--author=`."""
    return answer._replace(candidates=[Candidate(text + value, about) for value, about in answer.candidates])


def _options(signature: Signature) -> dict[str, Parameter]:
    """Return the option of each flag."""
    return {flag: option for option in signature.parameters for flag in (*option.on_flags, *option.off_flags)}


def _flags(signature: Signature, word: str) -> list[Candidate]:
    """Return the options that begin with a word, with their help. Each short one has a long form."""
    flags = {flag: option.help for flag, option in _options(signature).items()} | {"--help": "Explain the command."}
    return [Candidate(flag, text) for flag, text in flags.items() if flag.startswith(word) and flag.startswith("--")]


def _read(signature: Signature, words: Iterable[str]) -> _Line:
    """Read the words before the cursor. Mistakes in them are ignored."""
    flags = _options(signature)
    typed: dict[str, Any] = {}
    arguments: list[str] = []
    waiting: Parameter | None = None
    after_options = False
    for word in words:
        flag, sign, value = word.partition("=")
        option = None if after_options or not word.startswith("-") else flags.get(flag)
        if waiting:
            _set(typed, waiting, word)
            waiting = None
        elif word == "--" and not after_options:
            after_options = True
        elif option is None:
            arguments.append(word)
        elif option.kind is bool:
            typed[option.name] = flag in option.on_flags
        elif sign:
            _set(typed, option, value)
        else:
            waiting = option
    following = _assign(signature, arguments, typed)
    return _Line(typed, waiting or following, after_options)


def _set(typed: dict[str, Any], option: Parameter, value: str) -> None:
    value = os.path.expanduser(value) if value.startswith("~") and has_files(option.values) else value  # noqa: PTH111
    typed[option.name] = [*typed.get(option.name, ()), value] if option.repeatable else value


def _assign(signature: Signature, words: Sequence[str], typed: dict[str, Any]) -> Parameter | None:
    """Set the arguments that precede the cursor. Return the argument that the unfinished word is."""
    rest = [*words]
    for parameter in signature.parameters:
        if parameter.flags:
            continue
        if parameter.repeatable:
            typed[parameter.name] = rest
            return parameter
        if not rest:
            return parameter
        typed[parameter.name] = rest.pop(0)
    return None


def _opened_once(signature: Signature, typed: dict[str, Any]) -> Callable[[], Store | None]:
    """Return a function that opens the store of the command when it is first called."""
    stores: list[Store | None] = []

    def opened() -> Store | None:
        if not stores:
            from pubcli.cli.completion_source import open_source

            stores.append(open_source(signature, typed))
        return stores[0]

    return opened
