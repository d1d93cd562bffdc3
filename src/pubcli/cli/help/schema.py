"""Print the JSON Schema (2020-12) of a record: paper, profile, problem or document.

`pubcli list --json` prints an array of papers. Profiles, problems and documents are records of the Python API. Any
change to these schemas is a breaking change.

\b
Examples:
  pubcli help schema
  pubcli help schema profile
"""

import json

from pubcli.cli.options import Output
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode, UsageError, require_choice

_RECORDS = ("paper", "profile", "problem", "document")


def command(
    *,
    output: Output,
    record: str = argument("[RECORD]", help="One of: " + ", ".join(_RECORDS), default="paper", values=_RECORDS),
) -> ExitCode:
    """Print the JSON Schema of papers, profiles, problems or documents, as the user chooses."""
    from pubcli.cli.output import destination
    from pubcli.model import json_schema

    require_choice("schema", record, _RECORDS)
    if output.chosen_format() not in ("json", "table") or output.fields:
        raise UsageError("a schema is a JSON document; --format and --fields do not apply")
    with destination(output) as target:
        target.out.write(json.dumps(json_schema(record), indent=2) + "\n")
    return ExitCode.DONE
