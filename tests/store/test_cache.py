import ast
import os
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from pubcli import paths
from pubcli.inputs.sources import Source
from pubcli.model import Document, Paper
from pubcli.store import cache, index
from pubcli.store import load as load_module
from pubcli.store.database import Store
from pubcli.store.load import load
from repository import SOURCE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PUBCLI_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def source(data: bytes = b"text", name: str = "page.txt", day: int = 1) -> Source:
    return Source(name, data, date(2026, 1, day), "as given")


def entry_path(sources: list[Source]) -> Path:
    return Path(cache.entry_path(sources))


def small_store(text: str = "kept") -> Store:
    store = Store()
    store.execute("CREATE TABLE said (text)")
    store.execute("INSERT INTO said VALUES (?)", (text,))
    return store


def stored_text(store: Store | None) -> str | None:
    return None if store is None else str(store.execute("SELECT text FROM said").fetchone()[0])


@pytest.mark.parametrize(
    "sources",
    [
        [source(b"other")],
        [source(name="other.txt")],
        [source(day=2)],
        [source(), source()],
        [source(b"te"), source(b"xt")],
        [source(name="caf\udce9.txt")],
    ],
    ids=["bytes", "name", "as-of", "twice", "parts", "undecodable name"],
)
def test_each_input_of_an_answer_changes_the_cache_entry(folder: Path, sources: list[Source]) -> None:
    assert entry_path([source()]) == entry_path([source()])
    assert entry_path(sources) != entry_path([source()])


def test_another_version_of_pubcli_uses_another_entry(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = entry_path([source()])
    monkeypatch.setattr(cache, "__version__", "0.0.0")
    assert entry_path([source()]) != path


def test_a_changed_module_of_any_reader_changes_the_state_of_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "pubcli"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(cache, "__file__", str(copy / "store" / "cache.py"))
    state = cache.code_state()
    for module in ("model", "sites/paperfeed/byline", "formats/bibtex/read", "formats/tabular/rows", "store/load"):
        (copy / f"{module}.py").touch()
        assert cache.code_state() != state, module
        state = cache.code_state()
    (copy / "cli" / "list.py").touch()
    assert cache.code_state() == state


def test_the_state_of_the_code_includes_each_package_that_reads_or_stores_pages() -> None:
    visited: set[str] = set()
    waiting = {name for name in MODULES if name.startswith("formats.")} | {"reader", "store.load", "store.cache"}
    while waiting:
        name = waiting.pop()
        visited.add(name)
        waiting |= imported(name) - visited
    packages = {name.partition(".")[0] for name in visited if MODULES[name].parent != SOURCE}
    assert packages == set(cache.CODE)
    assert not any(name.startswith("store.library") for name in visited)


MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCE.rglob("*.py")
}


def imported(name: str) -> set[str]:
    """Return the modules of pubcli that a module imports when it runs, inside functions as well."""
    tree = ast.parse(MODULES[name].read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    names = {str(node.module) for node in imports}
    names |= {f"{node.module}.{alias.name}" for node in imports for alias in node.names}
    return {name.removeprefix("pubcli.") for name in names} & set(MODULES)


def test_a_cache_entry_gives_the_same_answers_as_the_page(folder: Path, document: Document) -> None:
    store, path = load(document), entry_path([source()])
    assert cache.load_entry(path) is None
    cache.save_entry(path, store)
    entry = cache.load_entry(path)
    assert entry is not None
    assert list(entry.iterdump()) == list(store.iterdump())
    for connection in (entry, store):
        index.fill(connection)
    statement = "SELECT rowid FROM paper_text WHERE paper_text MATCH 'privacy' ORDER BY rowid"
    assert [tuple(row) for row in entry.execute(statement)] == [tuple(row) for row in store.execute(statement)]


def test_an_entry_is_written_without_a_copy_of_the_database_in_memory(
    folder: Path, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, path = load(document), entry_path([source()])
    monkeypatch.setattr(Store, "serialize", lambda store: pytest.fail("the database was copied"))
    monkeypatch.setattr(cache, "_PAGES", 2)
    monkeypatch.setattr(cache, "_PIECE", 1_000)
    cache.save_entry(path, store)
    entry = cache.load_entry(path)
    assert entry is not None
    assert list(entry.iterdump()) == list(store.iterdump())


def test_an_entry_that_cannot_be_written_is_an_error_of_the_system(folder: Path) -> None:
    path = folder / "missing" / "entry"
    with pytest.raises(OSError, match="unable to open database file"):
        cache._write_database(path, small_store())


def test_papers_of_a_long_page_are_stored_in_batches(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = load(document)
    sizes: list[int] = []
    add_papers = load_module.add_papers

    def count_and_add(store: Store, papers: list[tuple[int, Paper]]) -> range:
        sizes.append(len(papers))
        return add_papers(store, papers)

    monkeypatch.setattr(load_module, "_BATCH", 20)
    monkeypatch.setattr(load_module, "add_papers", count_and_add)
    in_batches = load(document)
    assert max(sizes) == 20
    assert sum(sizes) == len(document.papers)
    for table in ("paper", "record", "listing"):
        statement = f"SELECT * FROM {table} ORDER BY 1, 2"
        assert [tuple(row) for row in in_batches.execute(statement)] == [tuple(row) for row in whole.execute(statement)]


@pytest.mark.parametrize("damage", [b"", b"x", b"SQLite format 3\0"], ids=["empty", "byte", "beginning"])
def test_a_damaged_entry_is_ignored_and_replaced(folder: Path, damage: bytes) -> None:
    path = entry_path([source()])
    cache.save_entry(path, small_store())
    path.write_bytes(damage)
    assert cache.load_entry(path) is None
    cache.save_entry(path, small_store("again"))
    assert stored_text(cache.load_entry(path)) == "again"


def test_every_changed_byte_is_detected(folder: Path) -> None:
    path = entry_path([source()])
    cache.save_entry(path, small_store())
    data = path.read_bytes()
    for position in range(0, len(data), 97):
        path.write_bytes(data[:position] + bytes([data[position] ^ 1]) + data[position + 1 :])
        assert cache.load_entry(path) is None
        path.write_bytes(data[:position])
        assert cache.load_entry(path) is None


def test_an_entry_to_which_nothing_has_written_is_not_read_as_a_whole(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = entry_path([source()])
    cache.save_entry(path, small_store())
    monkeypatch.setattr(cache, "_is_intact", lambda file: pytest.fail("the entry was read as a whole"))
    assert stored_text(cache.load_entry(path)) == "kept"
    assert stored_text(cache.load_entry(path)) == "kept"


def test_an_intact_copy_of_an_entry_is_read_as_a_whole_only_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = entry_path([source()])
    cache.save_entry(path, small_store())
    path.write_bytes(path.read_bytes())
    assert stored_text(cache.load_entry(path)) == "kept"
    monkeypatch.setattr(cache, "_is_intact", lambda file: pytest.fail("the entry was read as a whole"))
    assert stored_text(cache.load_entry(path)) == "kept"


def test_filling_the_index_does_not_change_the_entry(folder: Path, document: Document) -> None:
    path = entry_path([source()])
    cache.save_entry(path, load(document))
    content = path.read_bytes()
    entry = cache.load_entry(path)
    assert entry is not None
    index.fill(entry)
    assert path.read_bytes() == content
    cache.save_entry(path, entry)
    indexed_entry = cache.load_entry(path)
    assert indexed_entry is not None
    assert not index.is_missing(indexed_entry)


def test_a_folder_may_have_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBCLI_CACHE_DIR", str(tmp_path / "100%25?mode=memory#caf\u00e9"))
    path = entry_path([source()])
    cache.save_entry(path, small_store())
    assert stored_text(cache.load_entry(path)) == "kept"


def test_the_entries_with_the_oldest_use_are_evicted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [entry_path([source(str(number).encode())]) for number in range(4)]
    for age, path in enumerate(paths[:3]):
        cache.save_entry(path, small_store())
        os.utime(path, (1000 + age, 1000 + age))
    cache.load_entry(paths[0])
    monkeypatch.setattr(cache, "MAX_ENTRIES", 3)
    cache.save_entry(paths[3], small_store())
    assert [path.exists() for path in paths] == [True, False, True, True]


def test_entries_are_evicted_by_size_too(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [entry_path([source(str(number).encode())]) for number in range(6)]
    for age, path in enumerate(paths[:5]):
        cache.save_entry(path, small_store())
        os.utime(path, (1000 + age, 1000 + age))
    monkeypatch.setattr(cache, "MAX_BYTES", paths[0].stat().st_size * 4)  # each entry takes a quarter
    cache.save_entry(paths[5], small_store())
    assert [path.exists() for path in paths] == [False, False, True, True, True, True]


def test_an_entry_that_would_fill_the_cache_is_not_stored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = entry_path([source()])
    monkeypatch.setattr(cache, "MAX_BYTES", len(small_store().serialize()) * 2 - 1)
    monkeypatch.setattr(Store, "serialize", pytest.fail)  # it would be copied in vain
    cache.save_entry(path, small_store())
    assert not path.exists()


def test_clearing_the_cache_removes_what_killed_processes_left(folder: Path) -> None:
    cache.save_entry(entry_path([source()]), small_store())
    (folder / ".pubcli-1.unfinished").mkdir()
    assert cache.clear_entries() == 1
    assert list(folder.iterdir()) == []


def test_clearing_the_cache_leaves_other_files(folder: Path) -> None:
    folder.mkdir()
    (folder / "letter.txt").write_text("mine")
    cache.save_entry(entry_path([source()]), small_store())
    assert cache.clear_entries() == 1
    assert cache.clear_entries() == 0
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_failed_write_leaves_no_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def raise_disk_full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", raise_disk_full)
    with pytest.raises(OSError, match="No space"):
        cache.save_entry(entry_path([source()]), small_store())
    assert list(folder.iterdir()) == []


def test_the_cache_folder_is_set_or_the_default_of_the_system(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PUBCLI_CACHE_DIR", raising=False)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert paths.cache() == tmp_path / ".cache" / "pubcli"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert paths.cache() == tmp_path / ".cache" / "pubcli"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    assert paths.cache() == tmp_path / "x" / "pubcli"
    monkeypatch.setenv("PUBCLI_CACHE_DIR", str(tmp_path / "y"))
    assert paths.cache() == tmp_path / "y"
