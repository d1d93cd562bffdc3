"""Look for damage in your library.

\b
Examples:
  pubcli library check
  pubcli library check --json | jq -r '.[].finding'
"""

from pubcli.cli.options import LibraryOption, Output
from pubcli.errors import ExitCode


def command(*, library: LibraryOption, output: Output) -> ExitCode:
    """List the damage that is found in a library, or say that it is sound."""
    from pubcli.answer.answer import Answer
    from pubcli.cli.output import deliver
    from pubcli.store.library import integrity

    path = library.path()
    findings = integrity.findings(path)
    rows = [{"library": str(path), "finding": sentence} for sentence in findings or ["sound"]]
    deliver(Answer("library_findings", ("library", "finding"), rows), output)
    return ExitCode.INPUT if findings else ExitCode.DONE
