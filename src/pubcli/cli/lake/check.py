"""Look for damage in a lake.

The command compares the files with their checksums in the manifest, and checks the order of their rows, the numbers of
papers and words, and the words, fields and authors of 200 papers.

\b
Examples:
  pubcli lake check lake
  pubcli lake check lake --json
"""

from pubcli.cli.options import Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode


def command(
    *, folder: str = argument("DIR", help="The folder of the lake.", values="file"), output: Output
) -> ExitCode:
    """List the damage that is found in a lake, or say that it is sound."""
    from pathlib import Path

    from pubcli.answer.answer import Answer
    from pubcli.cli.building import require_duckdb
    from pubcli.cli.output import deliver

    require_duckdb()
    from pubcli.lake import integrity

    findings = list(integrity.findings(Path(folder)))
    rows = [{"lake": folder, "finding": sentence} for sentence in findings or ["sound"]]
    deliver(Answer("rows", ("lake", "finding"), rows), output)
    return ExitCode.INPUT if findings else ExitCode.DONE
