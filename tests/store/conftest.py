"""Pages in the store."""

import sqlite3

import pytest

from pubcli.model import Document
from pubcli.store.load import open_documents


@pytest.fixture(scope="module")
def store(document: Document) -> sqlite3.Connection:
    """The real page, ready to be asked."""
    return open_documents([document])
