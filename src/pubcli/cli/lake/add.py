"""Add papers to a lake.

A paper whose identifier the lake has already is not added again, and the paper in the lake does not change. To replace
papers, build the lake again. Files are as in pubcli lake build. An addition that was interrupted continues when the
same command is repeated; until it is complete, the lake is as it was.

\b
Examples:
  pubcli lake add lake new-works.jsonl
  pubcli lake add lake updates/ --workers 4
"""

from pubcli.cli.options import Output, Reading
from pubcli.cli.parameters import argument, option, switch
from pubcli.errors import ExitCode


def command(
    *,
    folder: str = argument("DIR", help="The folder of the lake.", values="file"),
    files: list[str] = argument("FILE...", help="Files, folders, globs.", repeatable=True, values="file"),
    reading: Reading,
    output: Output,
    workers: int = option("--workers", metavar="N", help="Number of processes.", kind=int, minimum=1, default=1),
    restart: bool = switch("--restart", help="Discard what an interrupted addition has done."),
) -> ExitCode:
    """Add papers to a lake."""
    from pathlib import Path

    from pubcli.cli.building import build_lake

    output.require_whole("this command adds papers to a lake")
    return build_lake(files, Path(folder), reading, output, workers=workers, restart=restart, is_new=False)
