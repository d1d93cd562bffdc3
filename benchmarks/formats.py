"""Measure how fast pubcli writes each format, beside maintained Python libraries for the same format.

    python benchmarks/formats.py [RECORDS] [RUNS]

RECORDS is 10,000 and RUNS is 5 by default. reading.py measures how fast pubcli reads each format. All writers start
from the same records in memory and write into memory: pubcli starts from rows of its store, the other libraries from
their own objects. The ratios divide medians of alternating runs; below 1, pubcli is faster. For a format that no other
library writes, only the speed is printed.
"""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import bibtexparser
import generate
import pandas
import pybtex.database
import rispy
from timing import medians, seconds

from pubcli import load, read
from pubcli.answer.answer import Answer, Row
from pubcli.biblio.names import parts
from pubcli.formats import WRITABLE, RenderOptions, default_fields, write
from pubcli.store.ask import PAPER_FIELDS, papers_by_page

Writer = Callable[[], object]
"""Writes all records. bibtexparser changes its entries, so no writer is used twice."""
Clock = Callable[[Writer], float]
BOUNDS: dict[str, dict[str, float]] = {
    "bibtex": {"bibtexparser": 0.1, "pybtex": 0.1},
    "ris": {"rispy": 3},
    "csv": {"csv": 0.7},
}
"""The largest acceptable time of pubcli, divided by that of a library for the same work."""


def pubcli_writer(form: str, rows: Sequence[Row]) -> Writer:
    def write_rows() -> int:
        answer = Answer("papers", PAPER_FIELDS, rows)
        return write(
            form, answer, default_fields(form, answer), io.StringIO(), RenderOptions(template="{key}: {title} ({date})")
        )

    return write_rows


def bibtex_fields(row: Any) -> dict[str, str]:
    year, month, day = row["date"].split("-")
    fields = {"title": row["title"], "year": year, "month": month, "day": day, "keywords": row["category"]}
    return fields | {"abstract": row["abstract"]}


def last_first(name: str) -> str:
    name_parts = parts(name)
    return f"{name_parts.family}, {name_parts.given_name}"


def bibtexparser_writer(rows: Sequence[Any], *, escaped: bool = False) -> Writer:
    """Return a writer that joins the names; `escaped` also escapes special characters of TeX, as pubcli always does."""
    field, middleware = bibtexparser.model.Field, bibtexparser.middlewares
    entries = [
        bibtexparser.model.Entry(
            "misc",
            row["key"],
            [
                field("author", [last_first(name) for name in row["authors"]]),
                *(field(*item) for item in bibtex_fields(row).items()),
            ],
        )
        for row in rows
    ]
    braces = middleware.AddEnclosingMiddleware(
        reuse_previous_enclosing=False, enclose_integers=True, default_enclosing="{"
    )
    escapes = [middleware.LatexEncodingMiddleware()] if escaped else []
    stack = [middleware.MergeCoAuthors(), *escapes, braces]
    return lambda: bibtexparser.write_string(bibtexparser.Library(entries), unparse_stack=stack)


def pybtex_writer(rows: Sequence[Any]) -> Writer:
    data = pybtex.database.BibliographyData(
        {
            row["key"]: pybtex.database.Entry(
                "misc", bibtex_fields(row), {"author": [pybtex.database.Person(name) for name in row["authors"]]}
            )
            for row in rows
        }
    )
    return lambda: data.to_string("bibtex")


def rispy_writer(rows: Sequence[Row]) -> Writer:
    out = io.StringIO(newline="")
    write("ris", Answer("papers", PAPER_FIELDS, rows), PAPER_FIELDS, out, RenderOptions())
    entries = rispy.loads(out.getvalue())
    return lambda: rispy.dumps(entries)


def json_writer(rows: Sequence[Row]) -> Writer:
    return lambda: json.dumps(list(rows), ensure_ascii=False)


def csv_writer(rows: Sequence[Row]) -> Writer:
    def write_rows() -> None:
        out = csv.DictWriter(io.StringIO(), PAPER_FIELDS)
        out.writeheader()
        out.writerows(rows)

    return write_rows


def pandas_writer(rows: Sequence[Row]) -> Writer:
    table = pandas.DataFrame(rows)
    return lambda: table.to_csv()


PEERS: dict[str, dict[str, Callable[[Sequence[Row]], Writer]]] = {
    "bibtex": {
        "bibtexparser": partial(bibtexparser_writer, escaped=True),
        "bibtexparser without escapes": bibtexparser_writer,
        "pybtex": pybtex_writer,
    },
    "biblatex": {"bibtexparser": partial(bibtexparser_writer, escaped=True), "pybtex": pybtex_writer},
    "ris": {"rispy": rispy_writer},
    "json": {"json": json_writer},
    "csv": {"csv": csv_writer, "pandas": pandas_writer},
}


def measure(
    count: int, runs: int, forms: Iterable[str] = tuple(WRITABLE), clock: Clock = seconds
) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each format with the times of pubcli and of each library."""
    rows = list(papers_by_page(load(read(generate.page(count).encode()))).rows)
    for form in forms:
        peers = PEERS.get(form, {})
        factories = [partial(pubcli_writer, form, rows), *(partial(factory, rows) for factory in peers.values())]
        times = medians(runs, *factories, clock=lambda factory: clock(factory()))
        yield form, dict(zip(("pubcli", *peers), times, strict=True))


def main() -> None:
    """Print the speed of each format, and its ratio to each library."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    for form, times in measure(count, runs):
        pubcli_time = times.pop("pubcli")
        print(f"{form:10} {count / pubcli_time:10,.0f} records per second", flush=True)
        for peer, peer_time in times.items():
            bound = BOUNDS.get(form, {}).get(peer)
            target = f" (bound: at most {bound})" if bound else ""
            print(f"{'':10} {pubcli_time / peer_time:10.2f} times as long as {peer}{target}", flush=True)


if __name__ == "__main__":
    main()
