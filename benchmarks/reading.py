"""Measure how fast pubcli reads each format, beside maintained Python libraries; and how it reads a long stream.

    python benchmarks/reading.py [RECORDS] [RUNS]
    python benchmarks/reading.py --stream [RECORDS]

RECORDS is 10,000 and RUNS is 5 by default. All readers start from the same bytes. pubcli returns validated records: it
assigns keys, normalizes dates, identifiers and the order of names, and converts TeX to text. The libraries return their
own kinds of record. The ratios divide the time of pubcli by that of the library (medians of alternating runs). The
target is at most 1.5 where pubcli uses the library, or has its own reader instead of it.

`--stream` adds a snapshot of arXiv's metadata to a library: first a tenth of the records, then all of them (1,000,000
by default), each in a new process. It prints the peak memory of both processes, which must not grow.
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
MAX_RATIOS = {"bibtexparser": 2.0, "pybtex": 1.2, "rispy": 2.5}
"""How many times as long as a library pubcli may take. bibtexparser and rispy leave TeX and names as they are."""

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


def read_with_pubcli(form: str, data: bytes) -> int:
    return len(read(data, form=form).papers)


def read_with_bibtexparser(data: bytes) -> int:
    """Parse the entries and remove the braces around values."""
    return len(bibtexparser.parse_string(data.decode()).entries)


def read_with_bibtexparser_decoded(data: bytes) -> int:
    """Convert TeX to text and split the authors and their names, as pubcli does."""
    stack = [
        middlewares.LatexDecodingMiddleware(),
        middlewares.SeparateCoAuthors(),
        middlewares.SplitNameParts(),
    ]
    return len(bibtexparser.parse_string(data.decode(), append_middleware=stack).entries)


def read_with_pybtex(data: bytes) -> int:
    return len(pybtex.database.parse_string(data.decode(), "bibtex").entries)


def read_with_rispy(data: bytes) -> int:
    return len(rispy.loads(data.decode().replace("\r\n", "\n")))


def read_with_json(data: bytes) -> int:
    return len(json.loads(data))


def read_with_pydantic(data: bytes) -> int:
    """Validate the records, but assign no keys, track no lines and accept no files of other programs."""
    return len(PAPERS.validate_python([{**record, "last_line": record["line"]} for record in json.loads(data)]))


def read_with_citeproc(data: bytes) -> int:
    """Build references for citeproc-py, with their names and dates split."""
    with warnings.catch_warnings(action="ignore"):  # it warns about fields that it does not support
        return len(CiteProcJSON(json.loads(data)))


def read_with_pandas(data: bytes) -> int:
    return len(pandas.read_csv(io.BytesIO(data)).to_dict("records"))


def read_with_json_lines(data: bytes) -> int:
    return len([json.loads(line) for line in data.decode().splitlines()])


def read_with_csv(data: bytes) -> int:
    return len(list(csv.DictReader(io.StringIO(data.decode(), newline=""))))


def read_with_elementtree(data: bytes) -> int:
    return len(list(ElementTree.fromstring(data).iter("article")))  # noqa: S314 - the XML is generated here


def snapshot(count: int) -> Iterator[str]:
    """Yield lines in the format of the arXiv metadata snapshot."""
    for number, entry in enumerate(generate.entries(count)):
        names = [parts(name) for name in entry.authors]
        created = f"Mon, {1 + number % 28} {MONTHS[number % 12]} {2007 + number % 18} 19:18:42 GMT"
        record: dict[str, Any] = {
            "id": f"{7 + number % 18:02}{1 + number % 12:02}.{number % 100_000:05}",
            "submitter": entry.authors[0], "authors": ", ".join(entry.authors), "title": entry.title,
            "comments": None, "journal-ref": None, "doi": None, "report-no": None, "categories": "cs.LG stat.ML",
            "license": None, "abstract": f"  {entry.abstract}\n", "versions": [{"version": "v1", "created": created}],
            "update_date": "2008-11-26", "authors_parsed": [[name.family, name.given_name, ""] for name in names],
        }  # fmt: skip
        yield json.dumps(record)


def dblp(count: int) -> str:
    """Return the XML page of a person on DBLP."""
    records = "".join(
        f'<r><article key="journals/x/{number}"><author>{entry.authors[0]}</author><title>{entry.title}.</title>'
        f"<year>{entry.year or 2025}</year><journal>J. X</journal><volume>{number}</volume></article></r>\n"
        for number, entry in enumerate(generate.entries(count))
    )
    return f'<?xml version="1.0"?>\n<dblpperson name="Ada Lovelace">\n{records}</dblpperson>\n'


PEERS: dict[str, dict[str, Reader]] = {
    "bibtex": {
        "bibtexparser": read_with_bibtexparser,
        "bibtexparser, TeX decoded": read_with_bibtexparser_decoded,
        "pybtex": read_with_pybtex,
    },
    "ris": {"rispy": read_with_rispy},
    "csl-json": {"json": read_with_json, "citeproc": read_with_citeproc},
    "json": {"json": read_with_json, "json, validated": read_with_pydantic},
    "jsonl": {"json": read_with_json_lines},
    "csv": {"csv": read_with_csv, "pandas": read_with_pandas},
    "arxiv-jsonl": {"json": read_with_json_lines},
    "dblp": {"xml.etree": read_with_elementtree},
}


def inputs(count: int) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each format and a file of the same papers in it."""
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


def read_all(reader: Reader, data: bytes, count: int) -> None:
    records = reader(data)
    assert records == count, (reader, records)


def compare(count: int, runs: int) -> None:
    """Print the speed of each format, and its ratio to each library."""
    for form, data in inputs(count):
        readers = [partial(read_with_pubcli, form), *PEERS[form].values()]
        pubcli_time, *peer_times = medians(runs, *(partial(read_all, reader, data, count) for reader in readers))
        print(f"{form:12} {count / pubcli_time:10,.0f} records per second", flush=True)
        for peer, peer_time in zip(PEERS[form], peer_times, strict=True):
            target = f" (target: at most {MAX_RATIOS[peer]})" if peer in MAX_RATIOS else ""
            print(f"{'':12} {pubcli_time / peer_time:10.2f} times as long as {peer}{target}", flush=True)


def stream(count: int) -> None:
    """Print records per second and peak memory, first for a tenth of the records, then for all."""
    for size in (count // 10, count):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "snapshot.jsonl")
            with path.open("w") as file:
                file.writelines(f"{line}\n" for line in snapshot(size))
            started = time.perf_counter()
            arguments = ["add", str(path), "--library", str(Path(folder, "library")), "--quiet"]
            process = subprocess.run([sys.executable, "-c", PEAK, *arguments], capture_output=True, check=True)
            elapsed = time.perf_counter() - started
            [peak] = re.findall(rb"^(\d+)$", process.stderr, re.MULTILINE)
            speed = f"{size:10,} records ({path.stat().st_size / 2**20:,.0f} MiB) {size / elapsed:8,.0f} per second"
            print(f"{speed}, {int(peak) / 1024:5.0f} MiB peak memory", flush=True)


def main() -> None:
    """Compare readers, or read a stream if `--stream` is among the arguments."""
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    if "--stream" in sys.argv:
        stream(numbers[0] if numbers else 1_000_000)
    else:
        compare(numbers[0] if numbers else 10_000, numbers[1] if len(numbers) > 1 else 5)


if __name__ == "__main__":
    main()
