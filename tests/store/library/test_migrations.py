"""Each migration step upgrades a library of the version before it."""

import json
from contextlib import closing
from pathlib import Path

from pubcli.analysis import people
from pubcli.answer.answer import Row
from pubcli.reader import read
from pubcli.store import ask, persons, schema, search
from pubcli.store.database import Store
from pubcli.store.library import integrity, library_file, snapshots
from pubcli.store.load import Origin

OLD_NAMES = (
    "DROP TABLE acronym",
    "ALTER TABLE snapshot RENAME COLUMN read_options TO told",
    "ALTER TABLE seen_title RENAME COLUMN saved_query TO question",
    "ALTER TABLE seen_title RENAME TO seen",
    "ALTER TABLE saved_query RENAME COLUMN query TO asked",
    "ALTER TABLE saved_query RENAME TO question",
)
"""Statements that undo the migration to version 8."""


def set_version(store: Store, version: int) -> None:
    """Make the tables of today look like those of an older version, as far as version 8 renamed them."""
    for statement in (*OLD_NAMES, f"PRAGMA user_version = {version}"):
        store.execute(statement)


def test_migrating_version_2_adds_decisions_about_names(filled: Path) -> None:
    with closing(library_file.open_to_change(filled)) as store:
        for statement in ("DROP TABLE same_person", "DROP TABLE alias"):
            store.execute(statement)
        set_version(store, 2)
    with closing(library_file.open_to_change(filled)) as store:
        persons.decide(store, "Andrew Lowy", "Zeman Li", same=True, timestamp="2026-11-23")
    with closing(library_file.open_to_read(filled)) as store:
        assert [row["papers"] for row in people.people(store, "lowy OR author:li").rows if row["name"] == "Andrew Lowy"]
        assert "Zeman Li" not in [row["name"] for row in people.people(store).rows]
    assert integrity.findings(filled) == []


NEW_FIELDS = (
    "date_precision", "kind", "doi", "arxiv", "venue", "volume", "issue", "pages", "publisher", "url", "citations",
    "keywords", "extra",
)  # fmt: skip
"""Fields that records of version 1 did not have."""


def test_migrating_version_1_adds_the_missing_fields_to_records(filled: Path) -> None:
    with closing(library_file.open_to_change(filled)) as store:
        original = [tuple(row) for row in store.execute("SELECT paper_id, json FROM record")]
        for id_, text in original:
            older = {field: value for field, value in json.loads(text).items() if field not in NEW_FIELDS}
            store.execute("UPDATE record SET json = ? WHERE paper_id = ?", (json.dumps(older), id_))
        set_version(store, 1)
        store.execute("ALTER TABLE snapshot DROP COLUMN told")
    with closing(library_file.open_to_read(filled)) as store:
        rows = list(ask.papers(store).rows)
        migrated = [tuple(row) for row in store.execute("SELECT paper_id, json FROM record")]
    assert [json.loads(text) for _, text in migrated] == [json.loads(text) for _, text in original]
    assert {tuple(row) for row in rows} == {ask.PAPER_FIELDS}


BIBTEX = """@article{a, title={基于深度学习的隐私保护}, author={Li Ming and Bo Wu}, year=2022,
journal={软件学报}}"""
CHINESE = "Li Ming\n\nh-index1\n\nLGMar 13, 2022\n基于深度学习的隐私保护\n\nLi Ming\n\n本文研究联邦学习。\n"


def test_migrating_version_3_adds_an_index_of_cjk_characters_and_merged_fields(path: Path) -> None:
    with closing(library_file.open_or_create(path)) as store:
        for number, text in enumerate((CHINESE, BIBTEX)):
            with schema.transaction(store, is_recorded=False):
                snapshots.add(store, read(text).pages[0], Origin(bytes([number]), 0, None, "2026-11-23T00:00:00+00:00"))
        original = [json.loads(row[0]) for row in store.execute("SELECT json FROM record")]
        assert len(original) == 1
        older = original[0] | {"abstract": None, "venue": "软件学报", "category": None, "classes": []}
        store.execute("UPDATE record SET json = ?", (json.dumps(older, ensure_ascii=False),))
        store.execute("INSERT INTO paper_text (paper_text) VALUES ('delete-all')")
        store.execute("ALTER TABLE authorship DROP COLUMN written")
        set_version(store, 3)
    with closing(library_file.open_to_read(path)) as store:
        hits: list[Row] = list(search.search(store, "联邦学习 隐私").rows)
    assert [{field: row[field] for field in original[0]} for row in hits] == original
    assert integrity.findings(path) == []


def test_migrating_version_4_makes_keys_unique(path: Path) -> None:
    pages = [f"{name}\n\nh-index1\n\nLGMar 13, 2022\nGames of {name}\n\nJo Li\n" for name in ("Ada", "Grace")]
    with closing(library_file.open_or_create(path)) as store:
        for number, text in enumerate(pages):
            with schema.transaction(store, is_recorded=False):
                snapshots.add(store, read(text).pages[0], Origin(bytes([number]), 0, None, "2026-11-23T00:00:00+00:00"))
        original = [row[0] for row in store.execute("SELECT json FROM record ORDER BY paper_id")]
        store.execute("UPDATE paper SET key = 'li2022games'")
        store.execute("UPDATE record SET json = json_set(json, '$.key', 'li2022games'), checksum = NULL")
        store.execute("UPDATE listing SET written = NULL")
        store.execute("ALTER TABLE authorship DROP COLUMN written")
        set_version(store, 4)
    with closing(library_file.open_to_read(path)) as store:
        migrated = [row[0] for row in store.execute("SELECT json FROM record ORDER BY paper_id")]
    assert [json.loads(text)["key"] for text in migrated] == ["li2022games", "li2022gamesa"]
    assert migrated == original
    assert integrity.findings(path) == []


def test_migrating_version_5_adds_the_spellings_of_names(path: Path) -> None:
    page = "Ada\n\nh-index1\n\n" + "\n".join(
        f"LGMar {day}, 2022\nGames {day}\n\nBo Ray, {name}\n\nText\n"
        for day, name in enumerate(("José Li", "Jose Li"), 1)
    )
    with closing(library_file.open_or_create(path)) as store:
        with schema.transaction(store, is_recorded=False):
            snapshots.add(store, read(page).pages[0], Origin(b"1", 0, None, "2026-11-23T00:00:00+00:00"))
        original = [tuple(row) for row in store.execute("SELECT * FROM authorship ORDER BY paper_id, place")]
        assert [row[-1] for row in original] == [None, None, None, "Jose Li"]
        store.execute("ALTER TABLE authorship DROP COLUMN written")
        set_version(store, 5)
    with closing(library_file.open_to_read(path)) as store:
        assert [tuple(row) for row in store.execute("SELECT * FROM authorship ORDER BY paper_id, place")] == original
    assert integrity.findings(path) == []


def test_migrating_version_6_adds_missing_database_indexes(filled: Path) -> None:
    with closing(library_file.open_to_change(filled)) as store:
        store.execute("DROP INDEX snapshot_by_digest")
        set_version(store, 6)
    assert integrity.findings(filled) == []
