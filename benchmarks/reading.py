"""10,000 papers read from each format, beside the well-kept library that reads it; and a stream of any length.

    python benchmarks/reading.py [RECORDS] [RUNS]
    python benchmarks/reading.py --stream [RECORDS]

Both sides begin with the same bytes. pubcli ends with validated records, with keys, dates, identifiers and names in
one order, TeX as text; the libraries end with what they call a record. Printed is how many times as long pubcli takes
(medians of alternating runs); at most 1.5 is asked where pubcli uses that library or a reader of its own in its place.
`--stream` adds a snapshot of arXiv's metadata to a library, a tenth of the records and all of them, and prints the
peak memory of both processes: it must not grow.
"""

import csv
import io
import json
import re
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import bibtexparser
import bibtexparser.middlewares as middlewares
import generate
import pandas
import pybtex.database
import rispy
from citeproc.source.json import CiteProcJSON
from pydantic import TypeAdapter
from timing import medians

from pubcli import load, read
from pubcli.answer.answer import Answer
from pubcli.biblio.names import parts
from pubcli.formats import RenderOptions, default_fields, write
from pubcli.model import Paper
from pubcli.store.ask import PAPER_FIELDS, papers_by_page

Reader = Callable[[bytes], int]
PAPERS = TypeAdapter(list[Paper])
ASKED = {"bibtexparser, TeX decoded": 1.5, "rispy": 1.5}
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
PEAK = """
import re, sys
from pathlib import Path
from pubcli.__main__ import main
try:
    main()
finally:
    print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1], file=sys.stderr)
"""


def by_bibtexparser(data: bytes) -> int:
    """Blocks without their enclosing braces."""
    return len(bibtexparser.parse_string(data.decode()).entries)


def by_bibtexparser_decoded(data: bytes) -> int:
    """What pubcli does too: TeX as text, authors apart with their names taken apart."""
    stack = [
        middlewares.LatexDecodingMiddleware(),
        middlewares.SeparateCoAuthors(),
        middlewares.SplitNameParts(),
    ]
    return len(bibtexparser.parse_string(data.decode(), append_middleware=stack).entries)


def by_pybtex(data: bytes) -> int:
    return len(pybtex.database.parse_string(data.decode(), "bibtex").entries)


def by_rispy(data: bytes) -> int:
    return len(rispy.loads(data.decode().replace("\r\n", "\n")))


def by_json(data: bytes) -> int:
    return len(json.loads(data))


def by_pydantic(data: bytes) -> int:
    """Validated records too, but no keys, no lines, and nothing that another program wrote."""
    return len(PAPERS.validate_python([{**record, "last_line": record["line"]} for record in json.loads(data)]))


def by_citeproc(data: bytes) -> int:
    """References as the library that sets them takes them, their names and dates taken apart."""
    with warnings.catch_warnings(action="ignore"):  # about names that it does not know
        return len(CiteProcJSON(json.loads(data)))


def by_pandas(data: bytes) -> int:
    return len(pandas.read_csv(io.BytesIO(data)).to_dict("records"))


def by_json_lines(data: bytes) -> int:
    return len([json.loads(line) for line in data.decode().splitlines()])


def by_csv(data: bytes) -> int:
    return len(list(csv.DictReader(io.StringIO(data.decode(), newline=""))))


def by_elementtree(data: bytes) -> int:
    return len(list(ElementTree.fromstring(data).iter("article")))  # noqa: S314 - made here


def snapshot(count: int) -> Iterator[str]:
    """Lines of arXiv's snapshot."""
    for number, entry in enumerate(generate.entries(count)):
        names = [parts(name) for name in entry.authors]
        created = f"Mon, {1 + number % 28} {MONTHS[number % 12]} {2007 + number % 18} 19:18:42 GMT"
        record: dict[str, Any] = {
            "id": f"{7 + number % 18:02}{1 + number % 12:02}.{number % 100_000:05}",
            "submitter": entry.authors[0], "authors": ", ".join(entry.authors), "title": entry.title,
            "comments": None, "journal-ref": None, "doi": None, "report-no": None, "categories": "cs.LG stat.ML",
            "license": None, "abstract": f"  {entry.abstract}\n", "versions": [{"version": "v1", "created": created}],
            "update_date": "2008-11-26", "authors_parsed": [[name.family, name.given, ""] for name in names],
        }  # fmt: skip
        yield json.dumps(record)


def dblp(count: int) -> str:
    """The page of a person."""
    records = "".join(
        f'<r><article key="journals/x/{number}"><author>{entry.authors[0]}</author><title>{entry.title}.</title>'
        f"<year>{entry.year or 2025}</year><journal>J. X</journal><volume>{number}</volume></article></r>\n"
        for number, entry in enumerate(generate.entries(count))
    )
    return f'<?xml version="1.0"?>\n<dblpperson name="Ada Lovelace">\n{records}</dblpperson>\n'


PEERS: dict[str, dict[str, Reader]] = {
    "bibtex": {
        "bibtexparser": by_bibtexparser,
        "bibtexparser, TeX decoded": by_bibtexparser_decoded,
        "pybtex": by_pybtex,
    },
    "ris": {"rispy": by_rispy},
    "csl-json": {"json": by_json, "citeproc": by_citeproc},
    "json": {"json": by_json, "json, validated": by_pydantic},
    "jsonl": {"json": by_json_lines},
    "csv": {"csv": by_csv, "pandas": by_pandas},
    "arxiv-jsonl": {"json": by_json_lines},
    "dblp": {"xml.etree": by_elementtree},
}


def inputs(count: int) -> Iterator[tuple[str, bytes]]:
    """The same papers in each format."""
    rows = list(papers_by_page(load(read(generate.page(count).encode()))).rows)
    for form in PEERS:
        if form == "arxiv-jsonl":
            yield form, "\n".join(snapshot(count)).encode()
        elif form == "dblp":
            yield form, dblp(count).encode()
        else:
            out, answer = io.StringIO(newline=""), Answer("papers", PAPER_FIELDS, rows)
            write(form, answer, default_fields(form, answer), out, RenderOptions())
            yield form, out.getvalue().encode()


def whole(reader: Reader, data: bytes, count: int) -> None:
    found = reader(data)
    assert found == count, (reader.__name__, found)


def compare(count: int, runs: int) -> None:
    """Print a line for each format and library."""
    for form, data in inputs(count):
        own: Reader = lambda text, form=form: len(read(text, form=form).papers)  # type: ignore[misc]  # noqa: E731
        readers = [own, *PEERS[form].values()]
        mine, *others = medians(runs, *(partial(whole, reader, data, count) for reader in readers))
        print(f"{form:12} {count / mine:10,.0f} records a second", flush=True)
        for peer, other in zip(PEERS[form], others, strict=True):
            asked = f", at most {ASKED[peer]} asked" if peer in ASKED else ""
            print(f"{'':12} {mine / other:10.2f} times as long as {peer}{asked}", flush=True)


def stream(count: int) -> None:
    """Print records a second and peak memory, for a tenth of the records and for all."""
    for size in (count // 10, count):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "snapshot.jsonl")
            with path.open("w") as file:
                file.writelines(f"{line}\n" for line in snapshot(size))
            started = time.perf_counter()
            arguments = ["add", str(path), "--library", str(Path(folder, "library")), "--quiet"]
            done = subprocess.run([sys.executable, "-c", PEAK, *arguments], capture_output=True, check=True)
            elapsed = time.perf_counter() - started
            [peak] = re.findall(rb"^(\d+)$", done.stderr, re.MULTILINE)
            length = path.stat().st_size / 2**20
            rate, most = size / elapsed, int(peak) / 1024
            print(f"{size:10,} records ({length:,.0f} MiB) {rate:8,.0f} a second, {most:5.0f} MiB at most", flush=True)


def main() -> None:
    """Compare readers, or stream."""
    streams = "--stream" in sys.argv
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    if streams:
        stream(numbers[0] if numbers else 1_000_000)
    else:
        compare(numbers[0] if numbers else 10_000, numbers[1] if len(numbers) > 1 else 5)


if __name__ == "__main__":
    main()
