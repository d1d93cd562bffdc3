"""Run a command with the values of its options, from the command line and from the user's file of settings."""

from __future__ import annotations

from pubcli import paths
from pubcli.cli.options import Output
from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from pubcli.cli.parameters import Signature
    from pubcli.cli.settings import Settings
    from pubcli.errors import ExitCode


def run_command(signature: Signature, values: Mapping[str, Any]) -> ExitCode:
    """Run a command with the value of each option, by name, and return its exit status.

    Raises PubcliError if the command cannot do what the options say.
    """
    settings = settings_for(signature)
    arguments = signature.bind(settings.complete(values) if settings else values)
    output = arguments.get("output")
    if not isinstance(output, Output):
        return signature.function(**arguments)
    output.command = signature.command
    if settings:
        output.settings = settings
        report_unknown(settings, output)
    if output.output is not None:
        sets = [arguments[name] for name in signature.sets]
        output.require_no_input([file for options in sets for file in getattr(options, "files_to_keep", list)()])
    return output.final_status(signature.function(**arguments))


def settings_for(signature: Signature) -> Settings | None:
    """Return the settings of the user. Return None without a file, and for `config`, which also edits invalid ones."""
    try:
        is_present = paths.exists(paths.settings_file())
    except OSError:  # there is no home folder
        return None
    if not is_present or signature.command.startswith("config"):
        return None
    from pubcli.cli.settings import load

    return load()


def report_unknown(settings: Settings, output: Output) -> None:
    """Print a note for each name in the file that is not a setting."""
    for sentence in settings.unknown():
        from pubcli.cli.output import note

        note(output, sentence)
