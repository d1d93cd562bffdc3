"""Find web addresses in running text."""

from __future__ import annotations

from collections.abc import Iterator

from pubcli.lazy import pattern

_ADDRESS = pattern(r"://[^\s<>\"'{}|\\^`\x00-\x20\x7f-\x9f]+")
"""Matches an address from the end of its scheme on."""
_SCHEMES = ("https", "http")
_PUNCTUATION = ".,;:!?*_~"
_PAIRS = {")": "(", "]": "["}


def links(text: str | None) -> tuple[str, ...]:
    """Return the distinct addresses in a text, in order, without the punctuation of the sentence around them.

    A closing bracket is part of an address only if the opening bracket is too, as in `https://x.org/Ring_(algebra)`.
    """
    if not text or "/" not in text or "://" not in text:  # the search for one character is the fastest
        return ()
    addresses = map(_trimmed, _addresses(text))
    return tuple(dict.fromkeys(address for address in addresses if address.partition("://")[2]))


def _addresses(text: str) -> Iterator[str]:
    """Yield the addresses in a text with the punctuation after them.

    The search begins at `://`, because a pattern that begins with the scheme would examine each character of the text.
    """
    end = 0
    while (at := text.find("://", end)) >= 0:
        match = _ADDRESS.match(text, at)
        scheme = next((name for name in _SCHEMES if text[max(end, at - len(name)) : at].casefold() == name), None)
        end = match.end() if match and scheme else at + len("://")
        if match and scheme:
            yield text[at - len(scheme) : end]


def _trimmed(address: str) -> str:
    end = len(address)
    surplus = {closing: address.count(closing) - address.count(opening) for closing, opening in _PAIRS.items()}
    while end:
        last = address[end - 1]
        if last not in _PUNCTUATION and surplus.get(last, 0) <= 0:
            break
        if last in surplus:
            surplus[last] -= 1
        end -= 1
    return address[:end]
