"""What a library costs beside plain FTS5: adding papers, disk, and every kind of question.

    python benchmarks/library.py [PAPERS...]

For each number of papers (1,000, 10,000 and 100,000 unless others are given) pages of 50 papers, made up by
`generate.pages`, are added from memory to a library in a file, and the same texts are put into one FTS5 table.

The floor of adding is what one writes without pubcli to make these texts searchable: title, authors, abstract and
organisation as rows of an FTS5 table that keeps them, all settings as they come, one transaction. It keeps its texts
since a library does too, in its records. `tuned` is the same table with every setting that the library has (WAL, its
page size, its caches, the memory in which FTS5 gathers words) and as many papers a transaction.

Questions are asked inside one process, beside the bare ranked statement on the first table for the best 20 rows, with
the words as typed and with all forms of them that pubcli looks for; and as whole processes, beside `sqlite-utils
search`, for which the texts are put into a table of its own. Times are medians of alternating runs.
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
from peers import Desk, pubcli, run
from timing import medians, seconds

from pubcli.analysis.people import coauthors
from pubcli.inputs.sources import Source
from pubcli.query.expression import Query
from pubcli.query.language import parse
from pubcli.store import ask
from pubcli.store.library import ingest, library_file
from pubcli.store.similar import similar
from pubcli.store.sql import selection
from pubcli.store.variants import expanded

DAY = date(2026, 1, 1)
BATCH = 8_000
PAGE = 20
SETTINGS = (
    "page_size = 16384",
    "journal_mode = WAL",
    "synchronous = NORMAL",
    "cache_size = -65536",
    "wal_autocheckpoint = 4000",
)
TABLE = "CREATE VIRTUAL TABLE t USING fts5(title, authors, abstract, org)"
INSERT = "INSERT INTO t (rowid, title, authors, abstract, org) VALUES (?, ?, ?, ?, ?)"
BARE = f"SELECT rowid, * FROM t WHERE t MATCH ? ORDER BY rank LIMIT {PAGE}"

Texts = Sequence[tuple[int, str, str, str, str]]


def add(path: Path, sources: Sequence[Source]) -> None:
    """Add pages to a library."""
    with closing(library_file.open_or_create(path)) as store:
        opened = [partial(lambda source: source, source) for source in sources]
        for _ in ingest.ingest_sources(store, opened, print, keep=True):
            pass


def index(path: Path, rows: Texts) -> None:
    """The floor: the texts in one FTS5 table."""
    with closing(sqlite3.connect(path)) as bare, bare:
        bare.execute(TABLE)
        bare.executemany(INSERT, rows)


def index_tuned(path: Path, rows: Texts) -> None:
    """The same with the settings of a library."""
    with closing(sqlite3.connect(path, isolation_level=None)) as bare:
        for setting in SETTINGS:
            bare.execute(f"PRAGMA {setting}")
        bare.execute(TABLE)
        bare.execute("INSERT INTO t (t, rank) VALUES ('hashsize', 67108864)")
        for start in range(0, len(rows), BATCH):
            bare.execute("BEGIN")
            bare.executemany(INSERT, rows[start : start + BATCH])
            bare.execute("COMMIT")


def table(path: Path, rows: Texts, desk: Desk) -> None:
    """The texts as sqlite-utils searches them."""
    with closing(sqlite3.connect(path)) as plain, plain:
        plain.execute("CREATE TABLE papers (id INTEGER PRIMARY KEY, title TEXT, authors TEXT, abstract TEXT, org TEXT)")
        plain.executemany("INSERT INTO papers VALUES (?, ?, ?, ?, ?)", rows)
    run([desk.installed("sqlite-utils"), "enable-fts", str(path), "papers", "title", "authors", "abstract", "org"])


def texts(path: Path) -> Texts:
    """What the library indexes of each paper, as the pages have it."""
    with closing(library_file.open_to_read(path)) as store:
        records = ((id_, json.loads(text)) for id_, text in store.execute("SELECT paper_id, json FROM record"))
        return [
            (id_, one["title"], "\n".join(one["authors"]), one["abstract"] or "", one["org"] or "")
            for id_, one in records
        ]


def searches(bare: sqlite3.Connection, rows: Texts) -> Mapping[str, str]:
    """A question of each kind, from a paper in the middle; its words stand in about a hundredth of the papers."""
    bare.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, t, row)")
    written = rows[len(rows) // 2][3].lower().strip(".").split()
    known = "SELECT term FROM temp.words WHERE term IN (SELECT value FROM json_each(?)) ORDER BY abs(doc - ?), term"
    one, other, *_ = (term for (term,) in bare.execute(known, (json.dumps(written), len(rows) // 100)))
    return {
        "one word": one,
        "phrase": f'"{written[40]} {written[41]}"',
        "prefix": f"{one[:4]}*",
        "two words": f"{one} {other}",
        "word in half of all": "half",
    }


def told(what: str, ours: float, theirs: float | None = None, bound: str = "") -> None:
    """One line: milliseconds, and as a part of what stands beside it."""
    ratio = f"{ours / theirs:9.2f} of {theirs * 1e3:9.1f}   {bound}" if theirs else f"{'':24}{bound}"
    print(f"  {what:40}{ours * 1e3:10.1f} ms {ratio}".rstrip(), flush=True)


def inside(store: sqlite3.Connection, bare: sqlite3.Connection, asked: Mapping[str, str], key: str, last: int) -> None:
    """Questions inside one process; `last` is the page of a list that is looked up besides the first."""
    for kind, words in asked.items():
        query = Query(parse(words), limit=PAGE)
        forms = str(selection(expanded(store, query.where)).values[0])
        calls = partial(_search, store, query), partial(_ranked, bare, words), partial(_ranked, bare, forms)
        whole, floor, same = medians(9, *calls)
        told(f"search, {kind}", whole, floor, "at most 1.3")
        print(f"{'':53} {whole / same:9.2f} of {same * 1e3:9.1f}   with the same forms of the words")
    others: dict[str, Callable[[], object]] = {
        "list, page 1": lambda: list(ask.papers(store, Query(limit=PAGE)).rows),
        f"list, page {last:,}": lambda: list(ask.papers(store, Query(limit=PAGE, offset=PAGE * (last - 1))).rows),
        "coauthors, of all": lambda: list(coauthors(store, Query(limit=PAGE)).rows),
        "similar": lambda: list(similar(store, key, Query(limit=PAGE)).rows),
    }
    for kind, question in others.items():
        told(kind, *medians(3, question), None, "reads everything" if kind.endswith("all") else "")


def _search(store: sqlite3.Connection, query: Query) -> list[object]:
    return list(ask.search(store, query).rows)


def _ranked(bare: sqlite3.Connection, words: str) -> list[object]:
    return bare.execute(BARE, (words,)).fetchall()


def outside(ours: Path, theirs: Path, desk: Desk, asked: Mapping[str, str], key: str) -> None:
    """Questions as whole processes."""
    environment = desk.environment(desk.home("library"))
    home = Path(environment["HOME"])
    options = ["--library", str(ours), "-q", "-n", str(PAGE)]

    def process(command: list[str]) -> Callable[[], object]:
        return partial(run, command, environment, home)

    for kind, words in asked.items():
        peer = [desk.installed("sqlite-utils"), "search", str(theirs), "papers", words, "--limit", str(PAGE)]
        found = medians(5, process(pubcli("search", words, *options)), process(peer))
        told(f"pubcli search, {kind}", *found, "at most 0.5")
    for command in (["list"], ["coauthors"], ["similar", key]):
        told(f"pubcli {command[0]}", *medians(3, process(pubcli(*command, *options))))


def measure(count: int, desk: Desk) -> None:
    sources = [Source(f"{n}.txt", text.encode(), DAY, "as given") for n, text in enumerate(generate.pages(count))]
    ours, bare, tuned, plain = (desk.folder / f"{name}-{count}" for name in ("library", "bare", "tuned", "plain"))
    added = seconds(lambda: add(ours, sources))
    rows = texts(ours)
    floors = seconds(lambda: index(bare, rows)), seconds(lambda: index_tuned(tuned, rows))
    each, floor, least = (taken / count * 1e6 for taken in (added, *floors))
    text = sum(len(source.data) for source in sources)
    print(f"{count:,} papers, {text / 1e6:.1f} MB of text")
    print(f"  add, a paper{each:38.0f} us {added / floors[0]:9.2f} of {floor:9.0f}   at most 1.5")
    print(f"{'':53} {added / floors[1]:9.2f} of {least:9.0f}   tuned")
    for name, path in (("library", ours), ("FTS5 table", bare)):
        size = path.stat().st_size
        print(f"  {name + ' on disk':37}{size / 1e6:10.1f} MB {size / text:9.2f} of the text")
    with closing(library_file.open_to_read(ours)) as store, closing(sqlite3.connect(bare)) as beside:
        asked = searches(beside, rows)
        key = store.execute("SELECT key FROM paper WHERE id = ?", (count // 2,)).fetchone()[0]
        inside(store, beside, asked, key, min(1_000, len(rows) // PAGE))
    table(plain, rows, desk)
    outside(ours, plain, desk, asked, key)


def main() -> None:
    gc.disable()  # as the program does
    with TemporaryDirectory(prefix="library-") as folder:
        add(Path(folder) / "first", [Source("first.txt", generate.page(50).encode(), DAY, "as given")])  # loads modules
        for count in [int(text) for text in sys.argv[1:]] or [1_000, 10_000, 100_000]:
            measure(count, Desk(Path(folder)))


if __name__ == "__main__":
    main()
