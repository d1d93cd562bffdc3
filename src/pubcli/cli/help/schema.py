"""Print the JSON Schema (2020-12) of a record, or of the rows that a command prints with --json.

Records: paper, profile, problem and document. `pubcli list --json` prints an array of papers; the other records belong
to the Python API. For any other word, the schema is that of the array which the command of this name prints. Any change
to these schemas is a breaking change.

\b
Examples:
  pubcli help schema
  pubcli help schema profile
  pubcli help schema stats
  pubcli help schema library log
  pubcli help schema profile --rows             the rows of pubcli profile
"""

import json

from pubcli.cli.options import Output
from pubcli.cli.parameters import argument, switch
from pubcli.errors import ExitCode, UsageError, did_you_mean
from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

RECORDS = ("paper", "profile", "problem", "document")
"""The records of the model that have a schema."""


def command(
    *,
    output: Output,
    words: list[str] | None = argument(
        "[RECORD|COMMAND]",
        help="paper, profile, problem or document, or a command, which may have two words.",
        default=None,
        repeatable=True,
        values="schema",
    ),
    rows: bool = switch("--rows", help="The rows of a command that has the name of a record."),
) -> ExitCode:
    """Print the JSON Schema of a record or of the rows of a command."""
    from pubcli.cli.output import destination
    from pubcli.model import json_schema

    name = " ".join(words or ["paper"])
    if output.chosen_format() not in ("json", "table") or output.fields:
        raise UsageError("a schema is a JSON document; --format and --fields do not apply")
    schema = json_schema(name) if name in RECORDS and not rows else command_schema(name)
    with destination(output) as target:
        target.out.write(json.dumps(schema, indent=2) + "\n")
    return ExitCode.DONE


def command_schema(name: str) -> "dict[str, Any]":
    """Return the JSON Schema of the array of rows that a command prints with --json.

    Raises UsageError for an unknown command, and for one that prints no rows.
    """
    from pubcli.cli import COMMANDS, FORMER
    from pubcli.cli.row_fields import row_schemas

    name = FORMER.get(name, name).split(" --")[0]
    if name not in COMMANDS:
        similar = did_you_mean(name, (*RECORDS, *COMMANDS))
        records = ", ".join(RECORDS)
        raise UsageError(f"schema: {name!r} is neither a command nor a record{similar}; records are {records}")
    schemas = row_schemas(name)
    if not schemas:
        raise UsageError(f"pubcli {name} prints no rows, so it has no schema")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"pubcli {name} --json",
        "type": "array",
        "items": schemas[0] if len(schemas) == 1 else {"anyOf": schemas},
    }
