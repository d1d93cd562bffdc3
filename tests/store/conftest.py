"""Fixtures: the sample page in a store and in a library."""

from contextlib import closing
from pathlib import Path

import pytest

from pubcli.model import Document
from pubcli.store import schema
from pubcli.store.database import Store
from pubcli.store.library import library_file, snapshots
from pubcli.store.load import Origin, load


@pytest.fixture(scope="module")
def store(document: Document) -> Store:
    """Return a store with the real page."""
    return load(document)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of the user's library, which does not exist yet."""
    monkeypatch.setenv("PUBCLI_LIBRARY", str(tmp_path / "folder" / "library.sqlite"))
    return tmp_path / "folder" / "library.sqlite"


@pytest.fixture
def filled(path: Path, document: Document) -> Path:
    """Return the path of a library with the real page."""
    with closing(library_file.open_or_create(path)) as store, schema.transaction(store):
        snapshots.add(store, document.pages[0], Origin(b"a", 0, None, "2026-11-23T00:00:00+00:00"))
    return path
