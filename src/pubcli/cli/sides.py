"""The two pages of a command that sets one against the other."""

from pubcli.cli.options import Captures, Inputs, Output
from pubcli.cli.output import note
from pubcli.cli.pages import open_pages
from pubcli.errors import UsageError
from pubcli.pairing import Side
from pubcli.sources import STDIN
from pubcli.stats import profiles
from pubcli.store.ask import papers


def open_sides(first: str, second: str, captures: Captures, output: Output) -> tuple[Side, Side]:
    """Read both pages. Raises InputError when one cannot be read, UsageError when both are standard input."""
    if first == second == STDIN:
        raise UsageError("standard input can be read once; name a file for one of the two")
    days = captures.days()
    return _side(first, days[0], captures, output), _side(second, days[1], captures, output)


def _side(name: str, day: str | None, captures: Captures, output: Output) -> Side:
    store = open_pages(Inputs(profile=[name], as_of=day, cache=captures.cache), output).store
    headers = list(profiles(store).rows)
    if len(headers) > 1:
        note(output, f"{name} holds {len(headers)} pages; their papers are taken together, and the first header")
    return Side(headers[0], list(papers(store).rows))
