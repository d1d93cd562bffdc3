"""List the sites whose pages can be read, and those that are recognised but not read, with what to do for each.

\b
Examples:
  pubcli help sites
  pubcli help sites --json | jq -r '.[] | select(.read).site'
"""

from pubcli.cli.options import Output
from pubcli.errors import ExitCode

_COPY = "select the whole page in the browser, copy it, and paste it into a file (or read it with -p @clipboard)"


def command(*, output: Output) -> ExitCode:
    """List the sites."""
    from pubcli.answer.answer import Answer, Row
    from pubcli.cli.output import deliver
    from pubcli.formats import FORMATS
    from pubcli.sites import SITES

    rows: list[Row] = [
        {"site": name, "about": site.about, "read": name in FORMATS, "advice": site.remedy or _COPY}
        for name, site in SITES.items()
    ]
    return deliver(Answer("rows", ("site", "about", "read", "advice"), rows), output)
