"""Print the path of the file with your settings. PUBCLI_CONFIG can name another file.

\b
Examples:
  pubcli config path
  pubcli config path --json | jq -r '.[].path'
"""

from pubcli.cli.options import Output
from pubcli.errors import ExitCode


def command(*, output: Output) -> ExitCode:
    """Print the path, whether or not there is such a file."""
    from pubcli.answer.answer import Answer, Row
    from pubcli.cli.output import deliver
    from pubcli.cli.settings import path

    if output.chosen_format() == "table" and output.format is None and not output.fields:
        output = output.replace(template="{path}")
    rows: list[Row] = [{"path": path()}]
    return deliver(Answer("rows", ("path",), rows), output)
