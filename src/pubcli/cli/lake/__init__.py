"""Build and keep a lake: papers in Parquet files, for collections that are too large for a library.

A lake is a folder. It holds the papers, an index of their words, and a manifest that lists its files with checksums.
Needs DuckDB: pip install 'pubcli[lake]'

ACTIONS

\b
Examples:
  pubcli lake build openalex/ -o lake --workers 4
  pubcli lake add lake new-works.jsonl
  pubcli lake check lake
"""

from pubcli.cli.help import print_group_help, with_actions
from pubcli.cli.parameters import argument
from pubcli.errors import ExitCode

__doc__ = with_actions(__doc__, "lake")


def command(
    *,
    words: list[str] | None = argument("[ACTION]", help="One of the actions above.", default=None, repeatable=True),
) -> ExitCode:
    """Print the help of the actions."""
    return print_group_help("lake", words or [])
