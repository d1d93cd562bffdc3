"""Print the JSON Schema (2020-12) of a record: paper, profile, problem or document.

\b
`pubcli list --json` is an array of papers. Changes to these schemas are breaking changes.

\b
Examples:
  pubcli schema
  pubcli schema profile
"""

import json
from typing import Annotated

import typer

from pubcli.cli.options import spread
from pubcli.errors import ExitCode
from pubcli.query import require_choice

_RECORDS = ("paper", "profile", "problem", "document")


@spread
def command(
    record: Annotated[str, typer.Argument(metavar="[RECORD]", help="One of: " + ", ".join(_RECORDS))] = "paper",
) -> ExitCode:
    """Look up the model and print its schema."""
    from pubcli.model import json_schema

    require_choice("schema", record, _RECORDS)
    typer.echo(json.dumps(json_schema(record), indent=2))
    return ExitCode.DONE
