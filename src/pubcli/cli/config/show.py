"""List the settings, with their values, where each value comes from, and what each setting means.

\b
Examples:
  pubcli config show
  pubcli config show --json | jq -r '.[] | select(.setting == "pager").value'
"""

from pubcli.cli.options import Output
from pubcli.errors import ExitCode


def command(*, output: Output) -> ExitCode:
    """List the settings."""
    from pubcli.answer.answer import Answer
    from pubcli.cli import settings
    from pubcli.cli.execution import report_unknown
    from pubcli.cli.output import deliver

    output.settings = settings.load()
    report_unknown(output.settings, output)
    return deliver(Answer("rows", ("setting", "value", "source", "meaning"), output.settings.rows()), output)
