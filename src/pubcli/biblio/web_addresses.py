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


def _candidates(paper: Mapping[str, object]) -> Iterator[str]:
    if doi := paper.get("doi"):
        yield f"https://doi.org/{quote(str(doi), safe='/:;()')}"
    if arxiv := paper.get("arxiv"):
        yield f"https://arxiv.org/abs/{quote(str(arxiv), safe='/')}"
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
