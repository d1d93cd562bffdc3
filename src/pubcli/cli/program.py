"""Run the command that the user typed."""

import os
import sys

from pubcli.cli import FORMER, load_command, split_line
from pubcli.lazy import postpone_metadata


def run() -> int:
    """Run the program and return its exit status."""
    from pubcli.cli.errors import run_program

    # pubcli uses no Pydantic plugins. Without this setting, Pydantic searches all installed packages for plugins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    postpone_metadata()
    return run_program(_run_command_line)


def _run_command_line() -> object:
    """Run the command that the user typed, or complete a word, and return the exit status."""
    if os.environ.get("_PUBCLI_COMPLETE", "").startswith(("words_", "complete_p")):
        from pubcli.cli import completion

        return completion.run()
    if sys.argv[1:2] and sys.argv[1] in FORMER:
        _replace_former_name()
    name, words = split_line(sys.argv[1:])
    if name and not any(variable.endswith("_COMPLETE") for variable in os.environ):
        from pubcli.cli import command_line
        from pubcli.cli.execution import run_command
        from pubcli.cli.parameters import Signature

        signature = Signature(load_command(name).command)
        values = command_line.read(words, signature)
        if values is not None:
            return run_command(signature, values)
    from pubcli.cli.typer_program import app

    return app(standalone_mode=False)


def _replace_former_name() -> None:
    """Replace the former name of a command with its present name, and print a note."""
    from pubcli.cli.output import say

    present = FORMER[sys.argv[1]]
    if not {"-q", "--quiet"} & set(sys.argv):
        say(f"note: pubcli {sys.argv[1]} is now pubcli {present}")
    sys.argv[1:2] = present.split()
