"""Read a source into a document."""

import os
from datetime import date

from pubcli import encoding, sources
from pubcli.model import Document
from pubcli.page import read_page
from pubcli.sources import Source


def read(text_or_path: str | bytes | os.PathLike[str], as_of: date | None = None) -> Document:
    """The document in a page's text or file.

    A path object names a file, bytes are content; a string is content when it holds a line break, else a path.
    `as_of` is the day of the capture where it is known; None takes the file's modification date, or today for
    content. Raises InputError, one sentence with the remedy, for anything that is no such page.
    """
    if isinstance(text_or_path, bytes) or (isinstance(text_or_path, str) and _is_content(text_or_path)):
        return read_source(sources.from_text(text_or_path, as_of))
    return read_source(sources.from_file(text_or_path, as_of))


def _is_content(text: str) -> bool:
    return not text or "\n" in text or "\r" in text


def read_source(source: Source) -> Document:
    """The document in a source. Raises InputError when it is no such page."""
    encoding.require_text(source)
    try:
        return read_page(source)
    except UnicodeDecodeError:
        raise encoding.undecodable(source) from None
