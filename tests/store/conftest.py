"""Pages in the store."""

import sqlite3

import pytest

from pubcli.model import Document
from pubcli.store.load import load


@pytest.fixture(scope="module")
def store(document: Document) -> sqlite3.Connection:
    """The real page, ready to be asked."""
    return load(document)
