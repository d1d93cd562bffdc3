"""10,000 papers written in each format and read from it, beside the well-kept library that does the same.

    python benchmarks/formats.py [RECORDS] [RUNS]

Both sides hold the same records in memory, each in its own kind, and write into memory: pubcli rows as they come from
the store, the libraries their own objects. Ratios of medians of alternating runs; above 1 pubcli is faster. Where no
library writes a format, only the time stands there.
"""

import csv
import io
import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import bibtexparser
import generate
import pandas
import pybtex.database
import reading
import rispy
from timing import medians, seconds

from pubcli import load, read
from pubcli.answer.answer import Answer, Row
from pubcli.biblio.names import parts
from pubcli.formats import WRITABLE, RenderOptions, default_fields, write
from pubcli.store.ask import PAPER_FIELDS, papers_by_page

Writer = Callable[[], object]
LEAST = {"bibtexparser": 10, "pybtex": 10}
"""How many times as fast pubcli must be at least, for the same work."""


def ours(form: str, rows: Sequence[Row]) -> Writer:
    def written() -> int:
        answer = Answer("papers", PAPER_FIELDS, rows)
        return write(
            form, answer, default_fields(form, answer), io.StringIO(), RenderOptions(template="{key}: {title} ({date})")
        )

    return written


def fields(row: Any) -> dict[str, str]:
    year, month, day = row["date"].split("-")
    said = {"title": row["title"], "year": year, "month": month, "day": day, "keywords": row["category"]}
    return said | {"abstract": row["abstract"]}


def last_first(name: str) -> str:
    given, _, family, _ = parts(name)
    return f"{family}, {given}"


def by_bibtexparser(rows: Sequence[Any], *, escaped: bool = False) -> Writer:
    """Names joined; what TeX obeys is escaped when asked, as pubcli always does."""
    field, middleware = bibtexparser.model.Field, bibtexparser.middlewares
    entries = [
        bibtexparser.model.Entry(
            "misc",
            row["key"],
            [
                field("author", [last_first(name) for name in row["authors"]]),
                *(field(*item) for item in fields(row).items()),
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


def by_pybtex(rows: Sequence[Any]) -> Writer:
    data = pybtex.database.BibliographyData(
        {
            row["key"]: pybtex.database.Entry(
                "misc", fields(row), {"author": [pybtex.database.Person(name) for name in row["authors"]]}
            )
            for row in rows
        }
    )
    return lambda: data.to_string("bibtex")


def by_rispy(rows: Sequence[Row]) -> Writer:
    out = io.StringIO(newline="")
    write("ris", Answer("papers", PAPER_FIELDS, rows), PAPER_FIELDS, out, RenderOptions())
    entries = rispy.loads(out.getvalue())
    return lambda: rispy.dumps(entries)


def by_json(rows: Sequence[Row]) -> Writer:
    return lambda: json.dumps(list(rows), ensure_ascii=False)


def by_csv(rows: Sequence[Row]) -> Writer:
    def written() -> None:
        out = csv.DictWriter(io.StringIO(), PAPER_FIELDS)
        out.writeheader()
        out.writerows(rows)

    return written


def by_pandas(rows: Sequence[Row]) -> Writer:
    table = pandas.DataFrame(rows)
    return lambda: table.to_csv()


PEERS: dict[str, dict[str, Callable[[Sequence[Row]], Writer]]] = {
    "bibtex": {
        "bibtexparser": partial(by_bibtexparser, escaped=True),
        "bibtexparser without escapes": by_bibtexparser,
        "pybtex": by_pybtex,
    },
    "biblatex": {"bibtexparser": partial(by_bibtexparser, escaped=True), "pybtex": by_pybtex},
    "ris": {"rispy": by_rispy},
    "json": {"json": by_json},
    "csv": {"csv": by_csv, "pandas": by_pandas},
}


def fresh(make: Callable[[], Writer]) -> float:
    """The seconds of a writer with objects of its own: bibtexparser changes them."""
    return seconds(make())


def main() -> None:
    """Print a line for each format and library."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    rows = list(papers_by_page(load(read(generate.page(count).encode()))).rows)
    for form in WRITABLE:
        peers = PEERS.get(form, {})
        makers = [partial(ours, form, rows), *(partial(make, rows) for make in peers.values())]
        own, *others = medians(runs, *makers, clock=fresh)
        print(f"{form:10} {count / own:10,.0f} records a second", flush=True)
        for peer, other in zip(peers, others, strict=True):
            bound = f", at least {LEAST[peer]} asked" if peer in LEAST else ""
            print(f"{'':10} {other / own:10.1f} times as fast as {peer}{bound}", flush=True)
    print("reading", flush=True)
    reading.compare(count, runs)


if __name__ == "__main__":
    main()
