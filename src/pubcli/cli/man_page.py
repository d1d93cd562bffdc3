"""Write manual pages for `man`, from the same descriptions as the help.

A page is source for roff (see `man 7 man`). It contains no date, so that it changes only if the help changes.
"""

import inspect
from collections.abc import Iterator

from pubcli import __version__
from pubcli.cli import COMMANDS, GROUPS, SUBCOMMANDS, load_command
from pubcli.cli.help.environment import VARIABLES
from pubcli.cli.parameters import Parameter, Signature
from pubcli.cli.typer_program import app, help_text

_HEADINGS = {
    "": "Options",
    "filter": "Filter",
    "order": "Order",
    "library": "Library",
    "input": "Input",
    "output": "Output",
}
"""The headings of groups of options."""
_STATUSES = {
    "0": "success",
    "1": "nothing matches",
    "2": "an option or the query is not valid, or a page was refused",
    "3": "an input cannot be read, or a library is missing or damaged",
    "4": "check \\-\\-strict or export \\-\\-check found problems",
    "70": "a bug in pubcli",
    "74": "the output cannot be written",
    "129, 130, 143": "stopped by a signal: the terminal was closed, Ctrl-C, terminated",
}
"""The exit statuses; see `errors.ExitCode`."""


def name_of(command: str) -> str:
    """Return the name of a command's page, such as `pubcli-library-merge`; of the program's page for an empty name."""
    return "-".join(["pubcli", *command.split()])


def page(command: str) -> str:
    """Return the page of a command, which is the name of one in COMMANDS; of the program for an empty name."""
    lines = _of_command(command) if command else _of_program()
    title = f'.TH {name_of(command).upper()} 1 "" "pubcli {__version__}" "pubcli"'
    return "\n".join(['.\\" Made by `make docs` from the help.', title, *lines, ""])


def _of_program() -> Iterator[str]:
    yield from (".SH NAME", "pubcli \\- explore publications from a terminal")
    yield from (".SH SYNOPSIS", ".B pubcli", "\\fICOMMAND\\fR [\\fIOPTIONS\\fR] [\\fIWORDS\\fR]")
    callback = app.registered_callback
    yield from _described(inspect.getdoc(callback and callback.callback) or "")
    yield ".SH COMMANDS"
    for heading, commands in GROUPS.items():
        yield f".SS {_text(heading)}"
        for name, line in commands.items():
            yield from _item(f"\\fB{_text(name_of(name))}\\fR(1)", line)
    yield from (".SH EXIT STATUS", *(part for status, text in _STATUSES.items() for part in _item(status, text)))
    yield ".SH ENVIRONMENT"
    for variable, meaning in VARIABLES.items():
        yield from _item(f"\\fB{variable}\\fR", meaning)


def _of_command(command: str) -> Iterator[str]:
    signature = Signature(load_command(command).command)
    arguments = " ".join(f"\\fI{_text(item.metavar or '')}\\fR" for item in signature.parameters if not item.flags)
    yield from (".SH NAME", f"{_text(name_of(command))} \\- {_text(COMMANDS[command])}")
    yield from (".SH SYNOPSIS", f".B pubcli {_text(command)}", f"[\\fIOPTIONS\\fR] {arguments}".rstrip())
    yield from _described(help_text(load_command(command)))
    yield from _options(signature)
    children = [name for name in SUBCOMMANDS if name.startswith(f"{command} ")]
    others = ["", *children, *([command.split()[0]] if " " in command else [])]
    yield ".SH SEE ALSO"
    yield ",\n".join(f"\\fB{_text(name_of(name))}\\fR(1)" for name in others)


def _described(text: str) -> Iterator[str]:
    """Yield the description and the examples. In the text, `\\b` begins a paragraph whose lines stay as they are."""
    heading = "DESCRIPTION"
    yield f".SH {heading}"
    for paragraph in inspect.cleandoc(text).split("\n\n"):
        lines = paragraph.strip("\n").splitlines()
        is_fixed = lines[:1] == ["\b"]
        if is_fixed and lines[1:2] == ["Examples:"]:
            yield from (".SH EXAMPLES", ".nf", *map(_line, inspect.cleandoc("\n".join(lines[2:])).splitlines()), ".fi")
        elif is_fixed:
            yield from (".PP", ".nf", *map(_line, lines[1:]), ".fi")
        else:
            yield from (".PP", *map(_line, lines))


def _options(signature: Signature) -> Iterator[str]:
    """Yield the arguments and options, by group."""
    groups: dict[str, list[Parameter]] = {}
    for parameter in signature.parameters:
        groups.setdefault(_HEADINGS[parameter.group], []).append(parameter)
    if groups:
        yield ".SH OPTIONS"
    for heading, parameters in groups.items():
        yield f".SS {heading}"
        for parameter in parameters:
            yield from _item(_usage(parameter), parameter.help)


def _usage(parameter: Parameter) -> str:
    flags = ", ".join(f"\\fB{_text(flag)}\\fR" for flag in sorted(parameter.flags, key=len))
    return " ".join(filter(None, [flags, f"\\fI{_text(parameter.metavar)}\\fR" if parameter.metavar else ""]))


def _item(term: str, text: str) -> tuple[str, ...]:
    return ".TP", term, _line(text)


def _line(text: str) -> str:
    """Return a line of text as source. A control character of roff at its beginning has no effect."""
    source = _text(text)
    return f"\\&{source}" if source.startswith((".", "'")) else source


def _text(text: str) -> str:
    """Return text as source: backslashes and hyphens stay as they are typed."""
    return text.replace("\\", "\\e").replace("-", "\\-")
