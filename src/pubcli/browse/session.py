"""Run the browser on the terminal."""

import sys
from collections.abc import Callable

from pubcli.browse import state
from pubcli.browse.app import Browser, Picker, Setup
from pubcli.browse.terminal import drawing_on_terminal
from pubcli.query.expression import Query
from pubcli.store.database import Store

_SWITCH_SECONDS = 0.001
"""How long a thread may compute while the screen waits. Python's default is five times as long."""


def browse(connect: Callable[[], Store], base: Query, typed: str, source: str | None) -> None:
    """Run the browser until the user leaves it.

    `connect` opens the pages, and is called once in each thread that needs them. `base` has the conditions of the
    options, and `typed` is the query to begin with. `source` identifies the pages, so that the next session can begin
    where this one ends; None means that nothing is remembered. If the user typed a query or conditions, the browser
    begins with these instead.
    """
    remembered = state.load(source) if source is not None else state.State()
    start = remembered if not typed and base == Query() else state.State(typed, theme=remembered.theme)
    browser = Browser(Setup(connect, base, start))
    _run(browser)
    if source is not None and browser.final_state is not None:
        state.save(source, browser.final_state)


def pick(connect: Callable[[], Store], base: Query, typed: str) -> list[str]:
    """Let the user choose papers, and return their citation keys; an empty list if the user leaves without a choice."""
    return _run(Picker(Setup(connect, base, state.State(typed), picks=True)))


def _run(browser: Browser) -> list[str]:
    """Run a browser and return the keys of the chosen papers. Raises the error that ended it, if any."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        with drawing_on_terminal():
            keys = browser.run()
    finally:
        sys.setswitchinterval(before)
    if error := browser.failure or browser._exception:
        raise error
    return keys or []
