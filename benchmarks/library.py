"""What a library costs: adding pages, beside the bare FTS5 index of the same texts, and the size of both.

Pages of 50 papers, made up by `generate.pages`, are in memory; both databases are files, written in transactions of
the same size. Give numbers of papers, as in `python benchmarks/library.py 10000 100000`.
"""

import gc
import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from generate import pages

from pubcli import acquisition
from pubcli.sources import Source
from pubcli.store import library

DAY = date(2026, 1, 1)
BATCH = 2_000
SETTINGS = ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -65536")


def add(path: Path, sources: list[Source]) -> float:
    """Seconds that adding takes."""
    start = time.perf_counter()
    with closing(library.open_to_add(path)) as store:
        opened = [partial(lambda source: source, source) for source in sources]
        for _ in acquisition.acquire(store, opened, print, keep=True):
            pass
    return time.perf_counter() - start


def texts(path: Path) -> list[tuple[str, ...]]:
    """What the library indexes of each paper."""
    with closing(library.open_to_ask(path)) as store:
        records = (json.loads(text) for (text,) in store.execute("SELECT json FROM record ORDER BY paper_id"))
        return [(one["title"], "\n".join(one["authors"]), one["abstract"] or "", one["org"] or "") for one in records]


def index(path: Path, rows: list[tuple[str, ...]]) -> float:
    """Seconds that the bare index takes."""
    start = time.perf_counter()
    with closing(sqlite3.connect(path, isolation_level=None)) as bare:
        for setting in SETTINGS:
            bare.execute(f"PRAGMA {setting}")
        bare.execute("CREATE VIRTUAL TABLE t USING fts5(title, authors, abstract, org, content='', tokenize='ascii')")
        bare.execute("INSERT INTO t (t, rank) VALUES ('hashsize', 67108864)")
        for batch in _batches(rows):
            bare.execute("BEGIN")
            bare.executemany("INSERT INTO t (rowid, title, authors, abstract, org) VALUES (?, ?, ?, ?, ?)", batch)
            bare.execute("COMMIT")
    return time.perf_counter() - start


def _batches(rows: list[tuple[str, ...]]) -> Iterator[list[tuple[object, ...]]]:
    for start in range(0, len(rows), BATCH):
        yield [(start + number, *row) for number, row in enumerate(rows[start : start + BATCH])]


def main() -> None:
    gc.disable()  # as the program does
    print(f"{'papers':>9}{'add, us each':>14}{'bare FTS5':>11}{'ratio':>7}{'text, MB':>10}{'library':>9}{'index':>7}")
    for count in [int(text) for text in sys.argv[1:]] or [1_000, 10_000]:
        sources = [Source(f"{n}.txt", text.encode(), DAY, "as given") for n, text in enumerate(pages(count))]
        with TemporaryDirectory() as folder:
            ours, bare = Path(folder, "library.sqlite"), Path(folder, "bare.sqlite")
            added = add(ours, sources)
            indexed = index(bare, texts(ours))
            sizes = (sum(len(source.data) for source in sources), ours.stat().st_size, bare.stat().st_size)
        text, whole, part = (size / 1e6 for size in sizes)
        each = [seconds / count * 1e6 for seconds in (added, indexed)]
        print(
            f"{count:>9,}{each[0]:>14.0f}{each[1]:>11.0f}{added / indexed:>7.1f}{text:>10.1f}{whole:>9.1f}{part:>7.1f}"
        )


if __name__ == "__main__":
    main()
