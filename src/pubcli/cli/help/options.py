"""Explain the options that many commands have: for the selection, the order, the input and the output.

\b
Examples:
  pubcli help options
  pubcli list --help
"""

from pubcli.cli.options import Output
from pubcli.errors import ExitCode


def command(*, output: Output) -> ExitCode:
    """List the options of each group."""
    from pubcli.answer.answer import Answer, Row
    from pubcli.cli.options import Filters, Inputs, Ordering
    from pubcli.cli.options import Output as OutputOptions
    from pubcli.cli.output import deliver

    rows: list[Row] = [
        {"group": options.group, "option": parameter.usage, "meaning": parameter.help}
        for options in (Filters, Ordering, Inputs, OutputOptions)
        for parameter in options.parameters()
        if parameter.flags
    ]
    return deliver(Answer("rows", ("group", "option", "meaning"), rows), output)
