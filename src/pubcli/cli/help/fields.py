"""List the fields of papers: for --fields, --template, --sort and queries.

\b
Examples:
  pubcli help fields
  pubcli help fields --json | jq -r '.[] | select(.sorts == "yes").field'
"""

from pubcli.cli.options import Output
from pubcli.errors import ExitCode


def command(*, output: Output) -> ExitCode:
    """List the fields of papers, with an example of a condition for those that a query can name."""
    from pubcli.answer.answer import Answer, Row
    from pubcli.cli.output import deliver
    from pubcli.query.fields import FIELDS
    from pubcli.store.ask import PAPER_ORDERS

    rows: list[Row] = [
        {
            "field": name,
            "query": FIELDS[name].example if name in FIELDS else None,
            "meaning": f"papers {FIELDS[name].meaning}" if name in FIELDS else None,
        }
        for name in dict.fromkeys((*PAPER_ORDERS, *FIELDS))
    ]
    return deliver(Answer("rows", ("field", "query", "meaning"), rows), output)
