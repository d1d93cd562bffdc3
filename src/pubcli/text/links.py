"""Find web addresses in running text."""

import re

from pubcli.lazy import pattern

_ADDRESS = pattern(r"https?://[^\s<>\"'{}|\\^`\x00-\x20\x7f-\x9f]+", re.IGNORECASE)
_PUNCTUATION = ".,;:!?*_~"
_PAIRS = {")": "(", "]": "["}


def links(text: str | None) -> tuple[str, ...]:
    """Return the distinct addresses in a text, in order, without the punctuation of the sentence around them.

    A closing bracket is part of an address only if the opening bracket is too, as in `https://x.org/Ring_(algebra)`.
    """
    if not text or "/" not in text:  # searching for one character is many times faster than searching for three
        return ()
    addresses = (_trimmed(match[0]) for match in _ADDRESS.finditer(text))
    return tuple(dict.fromkeys(address for address in addresses if address.partition("://")[2]))


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
