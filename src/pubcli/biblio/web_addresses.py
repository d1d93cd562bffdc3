"""Choose the web address of a paper. Only http and https addresses are safe to pass to a web browser."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pubcli.lazy import cast, pattern

_SCHEMES = ("http", "https")
_UNESCAPED = "!#$%&'()*+,/:;=?@[]~"
"""Characters that have a meaning in an address, and the percent sign, which begins an escape."""
_RESOLVERS = {"doi": "https://doi.org/", "arxiv": "https://arxiv.org/abs/"}
"""The beginning of the web address of each kind of identifier."""
_PLAIN = pattern(r"[A-Za-z0-9._/()-]+")
"""Matches an identifier without characters that an address must escape. Nearly all match."""
_PLAIN_ADDRESS = pattern(r"https?://[A-Za-z0-9][A-Za-z0-9.-]*(?:/[A-Za-z0-9._~/()?=&%+#,;:@!$'*-]*)?")
"""Matches an address that is certainly safe and has nothing to escape."""


def web_address(paper: Mapping[str, object]) -> str | None:
    """Return the first safe web address of a paper: of its DOI, its arXiv identifier, its field `url`, or its links.

    `paper` has the fields of a row. Return None if the paper has no address that is safe to open.
    """
    return next(filter(None, _candidates(paper)), None)


def field_address(paper: Mapping[str, object], field: str) -> str | None:
    """Return the web address to which a field of a paper leads; None if there is no address that is safe to open.

    DOIs and arXiv identifiers have their own addresses. For the field `key`, return the address of the paper.
    """
    if field == "key":
        return web_address(paper)
    value = paper.get(field)
    if not value:
        return None
    if field == "url":
        return safe_address(str(value))
    if field not in _RESOLVERS:
        return None
    resolver, identifier = _RESOLVERS[field], str(value)
    if _PLAIN.fullmatch(identifier):
        return f"{resolver}{identifier}"
    from urllib.parse import quote

    return safe_address(f"{resolver}{quote(identifier, safe='/:;()')}")


def _candidates(paper: Mapping[str, object]) -> Iterator[str | None]:
    for field in ("doi", "arxiv", "url"):
        yield field_address(paper, field)
    yield from map(safe_address, cast(Sequence[str], paper.get("links") or ()))


def safe_address(text: str) -> str | None:
    """Return an address with its unusual characters escaped; None unless it is an http or https address with a host.

    An address with control characters, or with characters that change the direction of writing, is refused too.
    """
    address = text.strip(" ")
    if _PLAIN_ADDRESS.fullmatch(address):
        return address
    from urllib.parse import quote, urlsplit  # imported only here, because hardly any address needs it

    try:
        parts = urlsplit(address)
        is_safe = parts.scheme in _SCHEMES and bool(parts.hostname) and address.isprintable()
    except ValueError:  # such as http://[
        return None
    return quote(address, safe=_UNESCAPED, errors="replace") if is_safe else None
