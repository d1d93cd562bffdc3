"""Show how much a lake holds.

\b
Examples:
  pubcli lake info lake
  pubcli lake info lake --json
"""

from pubcli.cli.options import Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode


def command(
    *, folder: str = argument("DIR", help="The folder of the lake.", values="file"), output: Output
) -> ExitCode:
    """Show one row about a lake."""
    from pathlib import Path

    from pubcli.answer.answer import Answer
    from pubcli.cli.output import deliver
    from pubcli.lake import manifest

    row = manifest.summary(Path(folder))
    return deliver(Answer("rows", tuple(row), [row]), output)
