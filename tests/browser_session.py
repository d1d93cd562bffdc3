"""Press keys in a browser, and wait until its screen shows the result."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from pubcli.browse.app import Browser


async def settled(browser: "Browser", pilot: "Pilot[Any]") -> None:
    """Wait until the list shows the current view, and the details follow the cursor."""
    for _ in range(500):
        await pilot.pause(0.01)
        if browser.is_up_to_date:
            break
    await pilot.pause(0.1)


async def press(browser: "Browser", pilot: "Pilot[Any]", *keys: str) -> None:
    """Press keys, and wait until the screen shows the result."""
    await pilot.press(*keys)
    await settled(browser, pilot)


async def type_text(browser: "Browser", pilot: "Pilot[Any]", text: str) -> None:
    """Type a filter."""
    names = {" ": "space", ":": "colon", "(": "left_parenthesis", "*": "asterisk", "-": "minus", ".": "full_stop"}
    await press(browser, pilot, "slash", *(names.get(char, char) for char in text))
