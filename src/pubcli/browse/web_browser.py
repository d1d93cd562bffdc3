"""Open a page in the user's web browser."""

from pubcli.errors import OutputError


def open_address(address: str) -> None:
    """Open a safe address (see `biblio.web_addresses`) in the web browser that BROWSER names, or in the default one.

    Raises OutputError, with the address and a remedy, if there is no web browser or if it fails.
    """
    import webbrowser  # imported only here, because few commands need it

    remedy = f"set BROWSER to the name of a web browser, or open the address yourself: {address}"
    try:
        is_open = webbrowser.get().open(address)
    except (webbrowser.Error, OSError) as error:
        raise OutputError(f"there is no web browser here ({error}); {remedy}") from None
    if not is_open:
        raise OutputError(f"the web browser failed; {remedy}")
