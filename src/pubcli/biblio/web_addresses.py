"""Choose the web address of a paper. Only http and https addresses are safe to pass to a web browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote, urlsplit

from pubcli.lazy import cast

_SCHEMES = ("http", "https")
_UNESCAPED = "!#$%&'()*+,/:;=?@[]~"
"""The characters of an address that have a meaning in it, and the sign of an escape."""


def web_address(paper: Mapping[str, object]) -> str | None:
    """Return the web address of a paper: that of its DOI, its arXiv identifier, its own, or the first link.

    `paper` has the fields of a row. Return None if the paper has no address that is safe to open.
    """
    return next(filter(None, map(safe_address, _candidates(paper))), None)


def field_address(paper: Mapping[str, object], field: str) -> str | None:
    """Return the web address that a field of a paper stands for; None if the field has none that is safe to open.

    A DOI and an arXiv identifier have an address each. The address of a key is that of the paper.
    """
    if field == "key":
        return web_address(paper)
    value = paper.get(field)
    if not value:
        return None
    if field == "doi":
        return safe_address(f"https://doi.org/{quote(str(value), safe='/:;()')}")
    if field == "arxiv":
        return safe_address(f"https://arxiv.org/abs/{quote(str(value), safe='/')}")
    return safe_address(str(value)) if field == "url" else None


def _candidates(paper: Mapping[str, object]) -> Iterator[str]:
    for field in ("doi", "arxiv"):
        if address := field_address(paper, field):
            yield address
    if url := paper.get("url"):
        yield str(url)
    yield from cast(Sequence[str], paper.get("links") or ())


def safe_address(text: str) -> str | None:
    """Return an address with its unusual characters escaped; None unless it is an http or https address with a host.

    An address with control characters, or with characters that change the direction of writing, is refused too.
    """
    address = text.strip(" ")
    try:
        parts = urlsplit(address)
        is_safe = parts.scheme in _SCHEMES and bool(parts.hostname) and address.isprintable()
    except ValueError:  # such as http://[
        return None
    return quote(address, safe=_UNESCAPED, errors="replace") if is_safe else None
