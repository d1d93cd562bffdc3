"""A browser of the sample page that tests control with keys."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import pytest

from browser_session import settled
from pubcli.model import Document
from pubcli.query.expression import Query
from pubcli.store.database import Store
from pubcli.store.load import load

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from pubcli.browse.app import Browser

Steps = Callable[["Browser", "Pilot[Any]"], Awaitable[None]]
Drive = Callable[..., "Browser"]


def reopener(store: Store) -> Callable[[], Store]:
    """Return a function that copies a store for the thread that calls it."""
    image = store.serialize()

    def reopen() -> Store:
        copy = Store()
        copy.deserialize(image)
        return copy

    return reopen


@pytest.fixture(scope="session")
def connect(document: Document) -> Callable[[], Store]:
    """Return a function that opens the sample page."""
    return reopener(load(document))


@pytest.fixture
def drive(connect: Callable[[], Store], monkeypatch: pytest.MonkeyPatch) -> Drive:
    """Run a browser, and steps that press its keys: `drive(steps, size=(80, 24), picks=True)`. Return the browser."""
    for name in ("NO_COLOR", "COLORFGBG", "TEXTUAL", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)

    def run(
        steps: Steps,
        size: tuple[int, int] = (100, 30),
        *,
        filter: str = "",
        sort: str = "",
        key: str = "",
        picks: bool = False,
        store: Store | None = None,
        no_color: bool = False,
    ) -> "Browser":
        from pubcli.browse.app import Browser, Picker, Setup
        from pubcli.browse.state import State

        if no_color:
            monkeypatch.setenv("NO_COLOR", "1")
        setup = Setup(reopener(store) if store else connect, Query(), State(filter, sort, key), picks)
        browser = (Picker if picks else Browser)(setup)

        async def session() -> None:
            async with browser.run_test(size=size) as pilot:
                await settled(browser, pilot)
                await steps(browser, pilot)

        asyncio.run(session())
        return browser

    return run
