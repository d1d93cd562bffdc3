"""Show the address of an engine or of a lake without the secrets in it."""

from __future__ import annotations


def shown_address(address: str) -> str:
    """Return an address without what may be secret in it: parameters such as a token, and a user with password."""
    scheme, separator, rest = address.partition("://")
    place = rest.split("/")[0].split(";")[0].split("?")[0].rpartition("@")[2]
    return f"{scheme}://{place}" if separator else scheme.split(";")[0].split("?")[0]
