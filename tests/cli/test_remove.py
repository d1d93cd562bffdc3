"""Removing pages that another process changes at the same time."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from pubcli.cli import output
from pubcli.cli.typer_program import app
from pubcli.errors import UsageError
from pubcli.reader import read
from pubcli.store import schema
from pubcli.store.library import changes, library_file, snapshots
from pubcli.store.load import Origin


def add(path: Path, name: str) -> None:
    text = f"{name}\n\nh-index1\n1papers\n\n1 Papers\n\nLGMar 1, 2022\nA Title of {name}\n\n{name}\n\nText.\n"
    with closing(library_file.open_or_create(path)) as store, schema.transaction(store):
        snapshots.add(store, read(text, date(2026, 1, 1)).pages[0], Origin(name.encode(), 0, None, "2026-01-01"))


def test_a_page_that_took_the_place_of_a_removed_one_is_not_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library.sqlite"
    add(path, "Bo Ray")

    def confirm(question: str) -> bool:
        with closing(library_file.open_to_change(path)) as store:
            changes.undo(store, "2026-01-01")
        add(path, "Cy Ray")
        return True

    monkeypatch.setattr(output, "confirm", confirm)
    with pytest.raises(UsageError, match="another process has changed these pages meanwhile"):
        app(["library", "remove", "ray", "--library", str(path)], standalone_mode=False)
    with closing(library_file.open_to_read(path)) as store:
        assert [row[0] for row in store.execute("SELECT name FROM profile")] == ["Cy Ray"]
