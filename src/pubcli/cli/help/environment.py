"""List the environment variables that pubcli reads.

\b
Examples:
  pubcli help environment
  pubcli help environment --json | jq -r '.[].variable'
"""

from pubcli.cli.options import Output
from pubcli.errors import ExitCode

VARIABLES = {
    "PUBCLI_PROFILE": "what to read if --profile is not given: files, folders and globs, separated as in PATH",
    "PUBCLI_LIBRARY": "the file of the library",
    "PUBCLI_LAKE": "the folder of the lake to query if neither files nor a library are named",
    "PUBCLI_CONFIG": "the file with your settings; see pubcli config",
    "PUBCLI_ALIASES": "files that list the names of each person; see --aliases",
    "PUBCLI_CACHE_DIR": "the folder of the cache",
    "PUBCLI_PAGER": "the program that shows long answers, before your settings, PAGER and less; see --pager",
    "PUBCLI_DEBUG": "if it is set, an error in pubcli ends with Python's traceback",
    "NO_COLOR": "if it is set, output has no colour; see --color",
    "COLUMNS": "the width of tables, instead of the width of the terminal",
    "BROWSER": "the web browser in which pubcli open opens a page",
}
"""Each environment variable with its meaning."""


def command(*, output: Output) -> ExitCode:
    """List the environment variables with their meaning and their value."""
    import os

    from pubcli.answer.answer import Answer, Row
    from pubcli.cli.output import deliver

    rows: list[Row] = [
        {"variable": name, "value": os.environ.get(name), "meaning": meaning} for name, meaning in VARIABLES.items()
    ]
    return deliver(Answer("rows", ("variable", "value", "meaning"), rows), output)
