"""Merge the files of a lake to which papers were added, so that questions read fewer files.

Until the command is complete, the lake is as it was. If it is interrupted, repeat it.

\b
Examples:
  pubcli lake compact lake
  pubcli lake compact lake --workers 4
"""

from pubcli.cli.options import Output
from pubcli.cli.parameters import argument, option
from pubcli.errors import ExitCode


def command(
    *,
    folder: str = argument("DIR", help="The folder of the lake.", values="file"),
    output: Output,
    workers: int = option("--workers", metavar="N", help="Number of processes.", kind=int, minimum=1, default=1),
) -> ExitCode:
    """Merge the files of a lake."""
    from pathlib import Path

    from pubcli.cli.building import compact_lake

    output.require_whole("this command merges the files of a lake")
    return compact_lake(Path(folder), output, workers)
