"""Long files are stored in batches with the same result as if they were read at once."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pubcli.errors import InputError
from pubcli.inputs import sources
from pubcli.inputs.sources import ReadOptions, Stream, from_file, to_add
from pubcli.reader import read
from pubcli.store import ask, index, search
from pubcli.store.database import Store
from pubcli.store.library import ingest, library_file
from pubcli.store.library.ingest import SourceToAdd
from repository import INPUTS

STREAMED = ["arxiv-snapshot.jsonl", "zotero.ris", "broken.ris", "zotero.csv", "broken.csv", "own.jsonl", "own.csv"]
DAY = date(2026, 1, 1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: bytes) -> Path:
    """Return a folder with files of services and of pubcli; a batch has two papers, so each file has several."""
    for name in STREAMED[:5]:
        (tmp_path / name).write_bytes((INPUTS / name).read_bytes())
    papers = [paper.model_dump(mode="json") for paper in read(sample, DAY).papers]
    papers = [
        *papers[:4],
        *({**paper, "profile": "Ada Lovelace", "title": paper["title"] + "!"} for paper in papers[:3]),
    ]
    papers = [
        {**papers[0], "key": "same", "title": f"{letter}{paper['title']}"} for letter in "ba" for paper in papers
    ] + papers
    (tmp_path / "own.jsonl").write_text("".join(f"{json.dumps(paper)}\n" for paper in papers))
    fields = ["key", "title", "title_guessed", "authors_complete", "profile", "date"]
    lines = [",".join(json.dumps(str(paper[field])) for field in fields) for paper in papers]
    (tmp_path / "own.csv").write_text("\n".join([",".join(fields), *lines]))
    monkeypatch.setattr(ingest, "BATCH", 2)
    return tmp_path


def add_file(path: Path, store: Any, *, long: bool, keep: bool = True) -> list[dict[str, Any]]:
    failed: list[InputError] = []
    source = SourceToAdd(str(path), partial(to_add if long else from_file, path, DAY))
    rows = list(ingest.ingest_sources(store, [source], failed.append, keep=keep))
    assert failed == []
    return [dict(row) for row in rows]


def raise_error(error: InputError) -> None:
    raise error


def stored_values(store: Any) -> list[Any]:
    """Return all papers, problems, listings and keys of a library."""
    papers = [{**row, "extra": str(row["extra"])} for row in ask.papers(store, "").rows]
    problems = [tuple(row) for row in store.execute("SELECT line, last_line, reason, text FROM problem ORDER BY line")]
    listings = [tuple(row) for row in store.execute("SELECT position, title_digest FROM listing ORDER BY 1, 2")]
    keys = [row["key"] for row in search.search(store, "a*").rows]
    return [sorted(map(repr, papers)), problems, listings, sorted(keys)]


@pytest.fixture
def long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_LARGE", 0)


@pytest.mark.parametrize("name", STREAMED)
@pytest.mark.usefixtures("long")
def test_a_file_in_batches_gives_the_same_library_as_the_whole_file(folder: Path, name: str) -> None:
    stores = [library_file.in_memory(), library_file.in_memory()]
    rows = [add_file(folder / name, store, long=is_long) for store, is_long in zip(stores, (True, False), strict=True)]
    assert rows[0] == rows[1]
    assert stored_values(stores[0]) == stored_values(stores[1])
    assert [row["outcome"] for row in add_file(folder / name, stores[0], long=True)] == ["unchanged"] * len(rows[0])
    assert stored_values(stores[0]) == stored_values(stores[1])


@pytest.mark.usefixtures("long")
def test_a_longer_file_replaces_its_older_snapshot(folder: Path) -> None:
    path = folder / "arxiv-snapshot.jsonl"
    store = library_file.in_memory()
    add_file(path, store, long=True)
    first_keys = {row["key"] for row in ask.papers(store, "").rows}
    path.write_text(path.read_text() + path.read_text().replace("0704.0001", "0704.0002").replace("Sparsity", "Other"))
    [row] = add_file(path, store, long=True)
    assert (row["outcome"], row["papers"]) == ("newer snapshot", 4)
    fresh = library_file.in_memory()
    add_file(path, fresh, long=False)
    papers, fresh_papers = ([{**row, "key": ""} for row in ask.papers(each, "").rows] for each in (store, fresh))
    assert sorted(map(repr, papers)) == sorted(map(repr, fresh_papers))
    assert {row["key"] for row in ask.papers(store, "").rows} > first_keys


@pytest.mark.usefixtures("long")
def test_a_paper_of_a_long_file_is_merged_with_the_same_paper_of_a_page(folder: Path, tmp_path: Path) -> None:
    stores = [library_file.in_memory(), library_file.in_memory()]
    header = "Ileana Streinu\n\nh-index5\n1papers\n\n1 Papers\n\n"
    (tmp_path / "page.txt").write_text(f"{header}COSep 8, 2003\nSparsity Games\nIleana Streinu et al.\nText.\n")
    for store, is_long in zip(stores, (True, False), strict=True):
        add_file(tmp_path / "page.txt", store, long=False)
        [row] = add_file(folder / "arxiv-snapshot.jsonl", store, long=is_long)
        assert row["shared"] == 1
    assert stored_values(stores[0]) == stored_values(stores[1])


@pytest.mark.usefixtures("long")
def test_a_file_that_cannot_be_read_to_its_end_is_not_stored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines, reading = Stream.lines, iter([False, True])

    def failing(self: Stream) -> Iterator[tuple[int, str]]:
        is_failing = next(reading)
        for number, line in lines(self):
            if is_failing and number == 5:
                raise InputError("the disk is gone")
            yield number, line

    monkeypatch.setattr(Stream, "lines", failing)
    store = library_file.in_memory()
    failed: list[InputError] = []
    path = folder / "own.jsonl"
    assert (
        list(
            ingest.ingest_sources(store, [SourceToAdd(str(path), partial(to_add, path, DAY))], failed.append, keep=True)
        )
        == []
    )
    assert [str(error) for error in failed] == ["the disk is gone"]
    assert [store.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("snapshot", "paper")] == [0, 0]


@pytest.mark.usefixtures("long")
def test_a_long_file_is_stored_batch_by_batch_while_it_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a batch is stored, only the lines up to its end have been read, so memory use is limited."""
    last_line_read, lines, lines_read = [0], Stream.lines, list[int]()

    def lines_with_count(self: Stream) -> Iterator[tuple[int, str]]:
        for number, line in lines(self):
            last_line_read[0] = number
            yield number, line

    catch_up = index.catch_up

    def catch_up_with_count(store: Store) -> None:
        lines_read.append(last_line_read[0])
        catch_up(store)

    monkeypatch.setattr(Stream, "lines", lines_with_count)
    monkeypatch.setattr(index, "catch_up", catch_up_with_count)
    add_file(folder / "own.jsonl", library_file.in_memory(), long=True)
    assert [number_read for number_read in lines_read if number_read][:3] == [2, 4, 6]


@pytest.mark.usefixtures("long")
def test_a_byte_that_is_not_utf_8_is_reported_with_its_line(folder: Path) -> None:
    path = folder / "own.jsonl"
    path.write_bytes(path.read_bytes() + b'{"title": "\xff"}\n')
    failed: list[InputError] = []
    assert (
        list(
            ingest.ingest_sources(
                library_file.in_memory(), [SourceToAdd(str(path), partial(to_add, path))], failed.append, keep=True
            )
        )
        == []
    )
    assert "(line 22) is not UTF-8; name its encoding, for example --encoding cp1252" in str(failed[0])


def test_a_dry_run_stores_nothing(folder: Path, long: None) -> None:
    store = library_file.in_memory()
    assert add_file(folder / "own.jsonl", store, long=True, keep=False)[0]["papers"] > 0
    assert store.execute("SELECT count(*) FROM snapshot").fetchone()[0] == 0


def test_a_changed_table_is_read_again_with_the_options_it_was_added_with(tmp_path: Path) -> None:
    table, options = tmp_path / "table.csv", ReadOptions("csv", (("title", "Titel"),))
    table.write_text("Titel;Jahr\nEins;1999\n")
    with closing(library_file.open_or_create(tmp_path / "library")) as store:
        list(
            ingest.ingest_sources(
                store, [SourceToAdd(str(table), partial(to_add, table, DAY, options))], raise_error, keep=True
            )
        )
        assert ingest.changed_files(store, raise_error).sources == []
        table.write_text("Titel;Jahr\nEins;1999\nZwei;2000\n")
        [source] = ingest.changed_files(store, raise_error).sources
        [row] = ingest.ingest_sources(store, [source], raise_error, keep=True)
        assert (row["outcome"], row["papers"]) == ("newer snapshot", 2)


@pytest.mark.parametrize("is_limited", [False, True], ids=["few new titles", "too many new titles"])
def test_a_paper_of_a_long_file_keeps_its_key_under_another_title(
    tmp_path: Path, long: None, monkeypatch: pytest.MonkeyPatch, is_limited: bool
) -> None:
    monkeypatch.setattr(ingest, "BATCH", 2)
    if is_limited:
        monkeypatch.setattr(ingest, "_MOST_NEW_TITLES", 0)
    file = tmp_path / "own.jsonl"
    titles = ["Games Without Rules", "Kites and Their Strings", "On Long Walks", "Slow Light"]
    paper = {"authors": ["Ada Lovelace"], "date": "2020-01-01", "abstract": " ".join(f"word{n}" for n in range(30))}
    file.write_text("".join(json.dumps({**paper, "title": title, "abstract": f"{title}. {paper['abstract']}"}) + "\n"
                            for title in titles))  # fmt: skip
    with closing(library_file.open_or_create(tmp_path / "library")) as store:
        add_file(file, store, long=True)
        file.write_text(file.read_text().replace('"title": "Slow', '"title": "Amazingly Slow'))
        assert [row["outcome"] for row in add_file(file, store, long=True)] == ["newer snapshot"]
        keys = {row["title"]: row["key"] for row in ask.papers(store).rows}
    assert keys["Amazingly Slow Light"] == ("lovelace2020amazingly" if is_limited else "lovelace2020slow")
    assert keys["On Long Walks"] == "lovelace2020long"


def test_a_changed_bibliography_is_read_again_with_the_macros_of_the_file_before_it(tmp_path: Path) -> None:
    strings, entries = tmp_path / "a.bib", tmp_path / "b.bib"
    strings.write_text("@string{jmlr = {J. of ML}}\n@article{a, title = {One}, journal = jmlr}\n")
    entries.write_text("@article{b, title = {Two}, journal = jmlr}\n")
    with closing(library_file.open_or_create(tmp_path / "library")) as store:
        opened = [SourceToAdd(str(file), partial(to_add, file, DAY)) for file in (strings, entries)]
        assert [row["problems"] for row in ingest.ingest_sources(store, opened, raise_error, keep=True)] == [0, 0]
        entries.write_text("@article{b, title = {Three}, journal = jmlr}\n")
        changed = ingest.changed_files(store, raise_error).sources
        assert [row["outcome"] for row in ingest.ingest_sources(store, changed, raise_error, keep=True)] == [
            "newer snapshot"
        ]
        assert {row["title"]: row["venue"] for row in ask.papers(store).rows} == dict.fromkeys(
            ("One", "Three"), "J. of ML"
        )


def test_a_long_file_without_a_readable_record_is_refused_as_a_short_one_is(tmp_path: Path, long: None) -> None:
    file = tmp_path / "broken.jsonl"
    file.write_text('{"id": "1", "title": "T", "authors": "A", "categories": "cs.LG"}\n' * 3)
    failed: list[InputError] = []
    with closing(library_file.open_or_create(tmp_path / "library")) as store:
        for open_file in (to_add, from_file):
            source = SourceToAdd(str(file), partial(open_file, file, DAY))
            assert list(ingest.ingest_sources(store, [source], failed.append, keep=True)) == []
    assert str(failed[0]) == str(failed[1])
    assert "contains no readable record (line 1: " in str(failed[0])


def test_the_digest_of_a_source_with_options_is_the_same_as_in_earlier_versions() -> None:
    source = sources.from_text("title\n", None, ReadOptions("csv", (("title", "Titel"),)))
    assert source.digest.hex() == "177b3fe56f6718d64c8f8a6c2798ca5f1228a36aa98f7c8b2a1263bd58ef7a4e"
