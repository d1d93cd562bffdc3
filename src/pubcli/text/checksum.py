"""Compute a checksum that shows whether a stored text has changed."""

import zlib


def checksum(text: str) -> int:
    """Return the CRC-32 of a text in UTF-8."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))
