"""Write styles and links as escape codes of the terminal, without loading Rich."""

from pubcli.display import theme


def styled(text: str, style: str) -> str:
    """Return a text in a style of `theme`. Without a style, or without a text, return the text."""
    if not style or not text:
        return text
    return f"{theme.escape_code(style)}{text}\x1b[0m"


def linked(text: str, address: str | None) -> str:
    """Return a text as a link to a web address, as OSC 8 defines it; without an address, return the text.

    The address must be safe: without control characters, as `biblio.web_addresses.safe_address` returns it.
    """
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if address and text else text
