"""Measure what a pubcli library costs beside a plain FTS5 table: adding papers, disk space, and queries.

    python benchmarks/library.py [PAPERS]...
    python benchmarks/library.py growth [RECORDS]

PAPERS are the sizes of the libraries: 1,000, 10,000 and 100,000 by default. `generate.pages` generates pages of 50
papers in memory. The benchmark adds them to a library in a file, and inserts the same texts into an FTS5 table.

Adding is compared with the least that makes these texts searchable without pubcli: insert title, authors, abstract and
organisation into an FTS5 table, with default settings, in one transaction. The table stores its texts, because a
library stores them too, in its records. The tuned table has all settings of the library (WAL, page size, cache sizes,
the memory in which FTS5 collects words) and the same number of papers per transaction.

Queries are measured in two ways. Inside one process, they are compared with a ranked SELECT of the best 20 rows of the
plain table, once with the words as typed, and once with all the variants of them that pubcli searches for. As whole
processes, they are compared with `sqlite-utils search` on its own table of the texts. Times are medians of alternating
runs.

`growth` measures how the time of adding grows. It adds 250, 1,000 and 2,000 pages by different people, once with titles
of their own and once with the title Editorial, which must not take more than 1.5 times as long. Then it adds a BibTeX
and a JSON Lines file of RECORDS (100,000 by default), 2 % of which have a title that many others have.
"""

import gc
import json
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import generate
from peers import Workspace, pubcli_command, run
from timing import medians, seconds

from pubcli.analysis.people import coauthors
from pubcli.inputs.sources import Source, to_add
from pubcli.query.expression import Query
from pubcli.query.language import parse
from pubcli.store import ask, search
from pubcli.store.library import ingest, library_file
from pubcli.store.library.ingest import SourceToAdd
from pubcli.store.similar import similar
from pubcli.store.sql import selection
from pubcli.store.variants import expanded

DAY = date(2026, 1, 1)
BATCH_SIZE = 8_000
PAGE_SIZE = 20
GROWTH = (250, 1_000, 2_000)
"""Numbers of pages for which `growth` measures the time to add them."""
SETTINGS = (
    "page_size = 16384",
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "cache_size = -65536",
    "wal_autocheckpoint = 4000",
)
TABLE = "CREATE VIRTUAL TABLE t USING fts5(title, authors, abstract, org)"
PEER_TABLE = "CREATE TABLE papers (id INTEGER PRIMARY KEY, title TEXT, authors TEXT, abstract TEXT, org TEXT)"
INSERT = "INSERT INTO t (rowid, title, authors, abstract, org) VALUES (?, ?, ?, ?, ?)"
RANKED = f"SELECT rowid, * FROM t WHERE t MATCH ? ORDER BY rank LIMIT {PAGE_SIZE}"

Texts = Sequence[tuple[int, str, str, str, str]]


def add(path: Path, sources: Sequence[Source]) -> None:
    """Create a library of pages."""
    with closing(library_file.open_or_create(path)) as store:
        opened = [SourceToAdd(source.name, partial(lambda source: source, source)) for source in sources]
        for _ in ingest.ingest_sources(store, opened, print, keep=True):
            pass


def index_plain(path: Path, rows: Texts) -> None:
    """Insert the texts into an FTS5 table with default settings."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(TABLE)
        database.executemany(INSERT, rows)


def index_tuned(path: Path, rows: Texts) -> None:
    """Insert the texts into an FTS5 table with the settings of a library."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for setting in SETTINGS:
            database.execute(f"PRAGMA {setting}")
        database.execute(TABLE)
        database.execute("INSERT INTO t (t, rank) VALUES ('hashsize', 67108864)")
        for start in range(0, len(rows), BATCH_SIZE):
            database.execute("BEGIN")
            database.executemany(INSERT, rows[start : start + BATCH_SIZE])
            database.execute("COMMIT")


def index_for_sqlite_utils(path: Path, rows: Texts, workspace: Workspace) -> None:
    """Insert the texts into a table and enable full-text search for it with sqlite-utils."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(PEER_TABLE)
        database.executemany("INSERT INTO papers VALUES (?, ?, ?, ?, ?)", rows)
    run([workspace.install("sqlite-utils"), "enable-fts", str(path), "papers", "title", "authors", "abstract", "org"])


def indexed_texts(path: Path) -> Texts:
    """Return the texts that the library indexes, as they are on the pages."""
    with closing(library_file.open_to_read(path)) as store:
        papers = ((id_, json.loads(text)) for id_, text in store.execute("SELECT paper_id, json FROM record"))
        return [
            (id_, paper["title"], "\n".join(paper["authors"]), paper["abstract"] or "", paper["org"] or "")
            for id_, paper in papers
        ]


def search_queries(plain: sqlite3.Connection, rows: Texts) -> Mapping[str, str]:
    """Return a query of each kind, with words of the middle paper that occur in about one of a hundred papers."""
    plain.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, t, row)")
    words = rows[len(rows) // 2][3].lower().strip(".").split()
    by_frequency = (
        "SELECT term FROM temp.words WHERE term IN (SELECT value FROM json_each(?)) ORDER BY abs(doc - ?), term"
    )
    word, other_word, *_ = (term for (term,) in plain.execute(by_frequency, (json.dumps(words), len(rows) // 100)))
    return {
        "one word": word,
        "phrase": f'"{words[40]} {words[41]}"',
        "prefix": f"{word[:4]}*",
        "two words": f"{word} {other_word}",
        "word in half the papers": "half",
    }


def print_time(task: str, pubcli_time: float, peer_time: float | None = None, note: str = "") -> None:
    """Print the milliseconds of a task, and the ratio to the time of the peer."""
    ratio = f"{pubcli_time / peer_time:9.2f} x {peer_time * 1e3:9.1f} ms  {note}" if peer_time else f"{'':26}{note}"
    print(f"  {task:40}{pubcli_time * 1e3:10.1f} ms {ratio}".rstrip(), flush=True)


def measure_queries(
    store: sqlite3.Connection, plain: sqlite3.Connection, queries: Mapping[str, str], key: str, last_page: int
) -> None:
    """Print the times of queries inside one process; `last_page` is a page of the list to query besides the first."""
    for kind, words in queries.items():
        query = Query(parse(words), limit=PAGE_SIZE)
        variants = str(selection(expanded(store, query.where)).values[0])
        calls = partial(_search, store, query), partial(_ranked, plain, words), partial(_ranked, plain, variants)
        pubcli_time, words_time, variants_time = medians(9, *calls)
        print_time(f"search, {kind}", pubcli_time, words_time, "FTS5, the words as typed")
        ratio = f"{pubcli_time / variants_time:9.2f} x {variants_time * 1e3:9.1f} ms"
        print(f"{'':56}{ratio}  FTS5, all variants of the words")
    last_query = Query(limit=PAGE_SIZE, offset=PAGE_SIZE * (last_page - 1))
    calls_by_name: dict[str, Callable[[], object]] = {
        "list, page 1": lambda: list(ask.papers(store, Query(limit=PAGE_SIZE)).rows),
        f"list, page {last_page:,}": lambda: list(ask.papers(store, last_query).rows),
        "coauthors": lambda: list(coauthors(store, Query(limit=PAGE_SIZE)).rows),
        "similar": lambda: list(similar(store, key, Query(limit=PAGE_SIZE)).rows),
    }
    for name, call in calls_by_name.items():
        print_time(name, *medians(3, call), note="reads all papers" if name == "coauthors" else "")


def _search(store: sqlite3.Connection, query: Query) -> list[object]:
    return list(search.search(store, query).rows)


def _ranked(plain: sqlite3.Connection, words: str) -> list[object]:
    return plain.execute(RANKED, (words,)).fetchall()


def measure_processes(
    library: Path, peer_table: Path, workspace: Workspace, queries: Mapping[str, str], key: str
) -> None:
    """Print the times of queries as whole processes."""
    environment = workspace.environment(workspace.create_home("library"))
    home = Path(environment["HOME"])
    options = ["--library", str(library), "-q", "-n", str(PAGE_SIZE)]

    def process(command: list[str]) -> Callable[[], object]:
        return partial(run, command, environment, home)

    sqlite_utils = workspace.install("sqlite-utils")
    for kind, words in queries.items():
        peer_command = [sqlite_utils, "search", str(peer_table), "papers", words, "--limit", str(PAGE_SIZE)]
        times = medians(5, process(pubcli_command("search", words, *options)), process(peer_command))
        print_time(f"pubcli search, {kind}", *times, "sqlite-utils (target: at most 0.5)")
    for command in (["list"], ["coauthors"], ["similar", key]):
        print_time(f"pubcli {command[0]}", *medians(3, process(pubcli_command(*command, *options))))


def measure(count: int, workspace: Workspace) -> None:
    """Print all measurements for a library of `count` papers."""
    sources = [Source(f"{n}.txt", text.encode(), DAY, "as given") for n, text in enumerate(generate.pages(count))]
    library, plain, tuned, peer_table = (
        workspace.folder / f"{name}-{count}" for name in ("library", "plain", "tuned", "peer")
    )
    library_time = seconds(lambda: add(library, sources))
    rows = indexed_texts(library)
    plain_time = seconds(lambda: index_plain(plain, rows))
    tuned_time = seconds(lambda: index_tuned(tuned, rows))
    text_size = sum(len(source.data) for source in sources)
    print(f"{count:,} papers, {text_size / 1e6:.1f} MB of text")
    for task, peer_time, note in (
        (f"{'  add, per paper':42}{library_time / count * 1e6:10.0f} us ", plain_time, "FTS5 (target: at most 1.5)"),
        (" " * 56, tuned_time, "FTS5, tuned"),
    ):
        print(f"{task}{library_time / peer_time:9.2f} x {peer_time / count * 1e6:9.0f} us  {note}")
    for name, path in (("library", library), ("FTS5 table", plain)):
        size = path.stat().st_size
        print(f"  {name + ' on disk':40}{size / 1e6:10.1f} MB {size / text_size:9.2f} x the size of the text")
    with closing(library_file.open_to_read(library)) as store, closing(sqlite3.connect(plain)) as database:
        queries = search_queries(database, rows)
        key = store.execute("SELECT key FROM paper WHERE id = ?", (count // 2,)).fetchone()[0]
        measure_queries(store, database, queries, key, min(1_000, len(rows) // PAGE_SIZE))
    index_for_sqlite_utils(peer_table, rows, workspace)
    measure_processes(library, peer_table, workspace, queries, key)


def measure_growth(folder: Path, records: int) -> None:
    """Print how long it takes to add pages with their own titles and with one title, and to add long bibliographies."""
    print("pages           own titles      per page   one title / own titles (target: at most 1.5)")
    for count in GROWTH:
        sources = [_titled_sources(count, title) for title in (None, generate.COMMON_TITLES[0])]
        own, shared = medians(3, *(partial(_add_to_new, folder, pages) for pages in sources))
        print(f"{count:6,}{own:18.2f} s{own / count * 1e6:11.0f} us{shared / own:14.2f}", flush=True)
    for name, texts in (
        ("refs.jsonl", generate.json_lines(records)),
        ("refs.bib", (generate.bibtex(records),)),
    ):
        path = folder / name
        with path.open("w", encoding="utf-8") as file:
            file.writelines(texts)
        time = seconds(partial(add_file, folder / f"{name}.sqlite", path))
        print(f"{records:,} records of {name}{time:12.1f} s{time / records * 1e6:9.0f} us per record", flush=True)


def _add_to_new(folder: Path, sources: Sequence[Source]) -> None:
    with TemporaryDirectory(dir=folder) as new:
        add(Path(new, "library"), sources)


def _titled_sources(count: int, title: str | None) -> Sequence[Source]:
    pages = generate.titled_pages(count, title)
    return [Source(f"{number}.txt", text.encode(), DAY, "as given") for number, text in enumerate(pages)]


def add_file(path: Path, file: Path) -> None:
    """Create a library of one file, as `pubcli add` does."""
    with closing(library_file.open_or_create(path)) as store:
        for _ in ingest.ingest_sources(store, [SourceToAdd(str(file), partial(to_add, file, DAY))], print, keep=True):
            pass


def main() -> None:
    gc.disable()  # as the program does
    with TemporaryDirectory(prefix="library-") as folder:
        add(Path(folder) / "first", [Source("first.txt", generate.page(50).encode(), DAY, "as given")])  # loads modules
        if sys.argv[1:2] == ["growth"]:
            measure_growth(Path(folder), int(sys.argv[2]) if sys.argv[2:] else 100_000)
            return
        for count in [int(text) for text in sys.argv[1:]] or [1_000, 10_000, 100_000]:
            measure(count, Workspace(Path(folder)))


if __name__ == "__main__":
    main()
