"""Build a lake from files.

Files can be in any format that pubcli reads (see pubcli help formats): works of OpenAlex, one per line, also compressed
with gzip, or in OpenAlex's own Parquet files; arXiv's snapshot of its metadata; a library; bibliographies; pages. Name
files, folders (which include their subfolders) or quoted globs.

The key of a work of OpenAlex or of a record of arXiv is its identifier there, such as W2741809807. If several records
have the same identifier, the last one counts. Other papers keep their citation keys; if two of them have the same key
but different titles, letters are added.

A build that was interrupted continues when the same command is repeated: what was complete is not done again.

\b
Examples:
  pubcli lake build works.jsonl -o lake
  pubcli lake build openalex/ -o lake --workers 4
  pubcli lake build library.sqlite -o lake
"""

from pubcli.cli.options import Output, Reading
from pubcli.cli.parameters import argument, option, switch
from pubcli.errors import ExitCode, UsageError


def command(
    *,
    files: list[str] = argument("FILE...", help="Files, folders, globs.", repeatable=True, values="file"),
    reading: Reading,
    output: Output,
    workers: int = option("--workers", metavar="N", help="Number of processes.", kind=int, minimum=1, default=1),
    restart: bool = switch("--restart", help="Discard what an interrupted build has done."),
) -> ExitCode:
    """Build a lake in a new folder."""
    from pathlib import Path

    from pubcli.cli.building import build_lake

    if output.output is None:
        raise UsageError(f"a lake needs a folder, as in: pubcli lake build {files[0]} -o lake")
    output.require_whole("a lake is a folder of Parquet files, not rows")
    return build_lake(files, Path(output.output), reading, output, workers=workers, restart=restart, is_new=True)
