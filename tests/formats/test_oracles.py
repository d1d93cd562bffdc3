"""What is written is read back by independent readers, record by record, and must say what the records say.

`ORACLES` names the readers of each format; a new format needs a line there and every test below applies to it.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import bibtexparser.entrypoint
import bibtexparser.middlewares
import bibtexparser.model
import jsonschema  # type: ignore[import-untyped]
import pandas  # type: ignore[import-untyped]
import pybtex.database  # type: ignore[import-untyped]
import pytest
import rispy  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from hostile import PAPERS
from pubcli.answer.answer import Answer, Row
from pubcli.answer.marks import marked_text
from pubcli.answer.values import cell_text
from pubcli.biblio.names import parts
from pubcli.formats import WRITABLE, RenderOptions, round_trip, write
from pubcli.model import Document
from pubcli.reader import read
from pubcli.store.ask import PAPER_FIELDS, papers_by_page
from pubcli.store.load import load
from pubcli.text.normalize import harmless
from repository import SCHEMAS
from strategies import paper_row

Said = dict[str, Any]
"""What a reader understood of a record; only what it can tell."""

COLUMNS = ("key", "date", "title", "authors")
TEMPLATE = "{key}\t{date}\t{title}\t{authors}"
SCHEMA = SCHEMAS / "csl-data.json"


def answer(rows: Iterable[Row]) -> Answer[Row]:
    return Answer("papers", PAPER_FIELDS, rows)


def fields(form: str) -> tuple[str, ...]:
    """Return the fields that a format is written with here."""
    return COLUMNS if WRITABLE[form].shows == "columns" else PAPER_FIELDS


def written(form: str, rows: Iterable[Row], options: RenderOptions | None = None) -> str:
    out = io.StringIO(newline="")
    found = answer(rows)
    write(
        form,
        found,
        fields(form),
        out,
        options or RenderOptions(template=TEMPLATE if form == "text" else None),
    )
    return out.getvalue()


def line(text: str) -> str:
    """A text on one line, without the difference between one blank and several."""
    return " ".join(harmless(text).split())


# Readers


UNKNOWN = {r"\textbraceleft": r"\{", r"\textbraceright": r"\}", r"{\textasciicircum}": r"\symbolcircum"}
"""What the decoder does not know, or takes for another character."""


def decoded(tex: str) -> str:
    for macro, other in UNKNOWN.items():
        tex = tex.replace(macro, other)
    return line(LatexNodes2Text(math_mode="verbatim").latex_to_text(tex.replace(r"\symbolcircum", "^")))


def typeset(text: str) -> str:
    """A text with its hyphens and quotation marks as TeX sets them."""
    for ligature, mark in {"---": "—", "--": "–", "``": "“", "''": "”"}.items():
        text = text.replace(ligature, mark)
    return line(text)


def name(given: Sequence[str], particle: Sequence[str], family: Sequence[str], suffix: Sequence[str]) -> str:
    return "|".join(decoded(" ".join(part)) for part in (given, particle, family, suffix))


def by_bibtexparser(text: str) -> list[Said]:
    middleware = bibtexparser.middlewares
    library = bibtexparser.entrypoint.parse_string(
        text,
        parse_stack=[
            middleware.ResolveStringReferencesMiddleware(),
            middleware.RemoveEnclosingMiddleware(),
            middleware.SeparateCoAuthors(),
            middleware.SplitNameParts(),
        ],
    )
    assert library.failed_blocks == []
    assert all(isinstance(block, bibtexparser.model.Entry) for block in library.blocks)
    found = []
    for entry in library.entries:
        fields = {field.key: field.value for field in entry.fields}
        people = fields.pop("author", [])
        authors = [name(one.first, one.von, one.last, one.jr) for one in people]
        found.append(_bibtex(entry.key, authors, fields))
    return found


def by_pybtex(text: str) -> list[Said]:
    found = []
    for key, entry in pybtex.database.parse_string(text, "bibtex").entries.items():
        people = entry.persons.get("author", [])
        authors = [
            name([*one.first_names, *one.middle_names], one.prelast_names, one.last_names, one.lineage_names)
            for one in people
        ]
        found.append(_bibtex(key, authors, dict(entry.fields)))
    return found


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = "January February March April May June July August September October November December".split()


def _bibtex(key: str, authors: list[str], fields: Mapping[str, str]) -> Said:
    verbatim = {field: fields.get(field) for field in ("doi", "eprint", "url")}
    month = fields.get("month")
    number = None if month is None else MONTHS.index(month) if month in MONTHS else MONTH_NAMES.index(month)
    known = [fields.get("year"), None if number is None else f"{number + 1:02}", fields.get("day")]
    date = fields.get("date") or "-".join(part.zfill(2) for part in known if part)
    complete = authors[-1:] != ["||others|"]
    return {
        "key": key,
        "title": decoded(fields["title"]),
        "authors": authors if complete else authors[:-1],
        "date": date,
        "abstract": decoded(fields.get("abstract", "")),
        "keywords": decoded(fields.get("keywords", "")),
        "doubts": _doubts([fields.get("note", ""), fields.get("annotation", "")], complete),
        **verbatim,
    }


def _doubts(notes: Iterable[str], complete: bool) -> set[str]:
    text = " ".join(notes)
    said = {"date_assumed": "year is assumed" in text, "title_guessed": "title ends is a guess" in text}
    cut = not complete or "author list is incomplete" in text
    return {doubt for doubt, is_said in {**said, "cut": cut}.items() if is_said}


def by_rispy(text: str) -> list[Said]:
    found = []
    for entry in rispy.loads(text):
        notes = entry.get("notes", [])
        found.append(
            {
                "key": entry["id"],
                "title": entry.get("title", ""),
                "filed": entry.get("authors", []),
                "date": "-".join(part for part in entry.get("date", "").split("/") if part),
                "abstract": entry.get("abstract", ""),
                "keywords": ", ".join(entry.get("keywords", [])),
                "doubts": _doubts(notes, complete=True),
                "doi": entry.get("doi"),
                "url": (entry.get("urls") or [None])[0],
            }
        )
    assert text.count("TY  - ") >= len(found)
    return found


def by_schema(text: str) -> list[Said]:
    items = json.loads(text)
    schema = json.loads(SCHEMA.read_text())
    assert [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(items)] == []
    assert "null" not in [json.dumps(value) for item in items for value in item.values()]
    found = []
    for item in items:
        people = item.get("author", [])
        complete = people[-1:] != [{"literal": "others"}]
        issued = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
        found.append(
            {
                "key": item["id"],
                "raw title": item["title"],
                "authors": [_csl_name(one) for one in (people if complete else people[:-1])],
                "date": "-".join(f"{part:02}" for part in issued),
                "raw abstract": item.get("abstract", ""),
                "doubts": _doubts([item.get("note", "")], complete),
                "doi": item.get("DOI"),
                "url": item.get("URL"),
            }
        )
    return found


def _csl_name(one: Mapping[str, str]) -> str:
    if "literal" in one:
        return f"||{line(one['literal'])}|"
    return "|".join(line(one.get(part, "")) for part in ("given", "non-dropping-particle", "family", "suffix"))


def by_csv(text: str) -> list[Said]:
    return [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""))]


def by_pandas(text: str, sep: str = ",") -> list[Said]:
    table = pandas.read_csv(io.StringIO(text, newline=""), dtype=str, keep_default_na=False, sep=sep)
    return list(table.to_dict("records"))


def by_excel_tab(text: str) -> list[Said]:
    return [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""), dialect=csv.excel_tab)]


def by_pandas_at_tabs(text: str) -> list[Said]:
    return by_pandas(text, "\t")


def by_tabs(text: str) -> list[Said]:
    lines = [row.split("\t") for row in text.removesuffix("\n").split("\n")]
    return [dict(zip(lines[0], row, strict=True)) for row in lines[1:]]


def by_template(text: str) -> list[Said]:
    return by_tabs(f"{TEMPLATE.replace('{', '').replace('}', '')}\n{text}")


def by_markdown(text: str) -> list[Said]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    texts = [
        "".join(child.content for child in token.children or ())
        for before, token in pairwise(tokens)
        if before.type == "td_open"
    ]
    rows = zip(*[iter(texts)] * len(COLUMNS), strict=True)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


# What they must find


def reference(row: Row) -> Said:
    people: Any = row["authors"]
    words: Any = row["keywords"]
    return {
        "key": row["key"],
        "title": line(str(row["title"])),
        "raw title": row["title"],
        "authors": ["|".join(map(line, parts(one))) for one in people],
        "filed": [_filed(one) for one in people],
        "date": cell_text(row, "date"),
        "abstract": line(str(row["abstract"] or "")),
        "raw abstract": row["abstract"] or "",
        "keywords": ", ".join([str(row["category"]), *words] if row["category"] else words),
        "doubts": {doubt for doubt in ("date_assumed", "title_guessed") if row[doubt]}
        | (set() if row["authors_complete"] else {"cut"}),
        "doi": row["doi"],
        "eprint": row["arxiv"],
        "url": row["url"],
    }


def typeset_reference(row: Row) -> Said:
    address = row["url"] and re.sub(r"[{} \\]", lambda char: f"%{ord(char[0]):X}", str(row["url"]))
    found = reference(row)
    return {**found, "title": typeset(str(row["title"])), "abstract": typeset(found["abstract"]), "url": address}


def _filed(one: str) -> str:
    given, particle, family, suffix = (line(part) for part in parts(one))
    return ", ".join(filter(None, [f"{particle} {family}".strip(), given, suffix]))


def cells_of(row: Row) -> Said:
    return {field: harmless(cell_text(row, field)) for field in PAPER_FIELDS}


def shown_of(row: Row) -> Said:
    return {field: marked_text(row, field) for field in COLUMNS}


def stripped(row: Row) -> Said:
    return {field: text.strip() for field, text in shown_of(row).items()}


def itself(row: Row) -> Said:
    return dict(row)


class Oracle(NamedTuple):
    read: Callable[[str], list[Said]]
    expected: Callable[[Row], Said]


ORACLES = {
    "table": [Oracle(by_tabs, shown_of)],
    "json": [Oracle(json.loads, itself)],
    "jsonl": [Oracle(lambda text: [json.loads(one) for one in text.splitlines()], itself)],
    "csv": [Oracle(by_csv, cells_of), Oracle(by_pandas, cells_of)],
    "tsv": [Oracle(by_excel_tab, cells_of), Oracle(by_pandas_at_tabs, cells_of)],
    "markdown": [Oracle(by_markdown, stripped)],
    "text": [Oracle(by_template, shown_of)],
    "bibtex": [Oracle(by_bibtexparser, typeset_reference), Oracle(by_pybtex, typeset_reference)],
    "biblatex": [Oracle(by_bibtexparser, typeset_reference), Oracle(by_pybtex, typeset_reference)],
    "ris": [Oracle(by_rispy, reference)],
    "csl-json": [Oracle(by_schema, reference)],
}
CASES = [pytest.param(form, one, id=f"{form}-{one.read.__name__}") for form, some in ORACLES.items() for one in some]
READABLE_TEX = ("mathematics", "brace in a formula", "escaped braces", "macros")
"""Papers with TeX in them, of which a decoder of TeX makes something else than they say."""


def test_every_format_has_an_oracle() -> None:
    assert ORACLES.keys() == WRITABLE.keys()


@pytest.fixture(scope="module")
def rows(document: Document) -> list[Row]:
    return list(papers_by_page(load(document), "").rows)


def agree(found: Said, expected: Said, *, without: Sequence[str] = ()) -> None:
    common = (found.keys() & expected.keys()) - set(without)
    assert "key" in common
    assert {field: found[field] for field in common} == {field: expected[field] for field in common}


@pytest.mark.parametrize(("form", "oracle"), CASES)
def test_hostile_papers_are_read_back(form: str, oracle: Oracle) -> None:
    found = oracle.read(written(form, PAPERS.values()))
    assert len(found) == len(PAPERS)
    for label, said, row in zip(PAPERS, found, PAPERS.values(), strict=True):
        is_tex = oracle.read in (by_bibtexparser, by_pybtex)
        skipped = ("title", "abstract") if is_tex and label in READABLE_TEX else ()
        agree(said, oracle.expected(row), without=skipped)


@pytest.mark.parametrize(("form", "oracle"), CASES)
def test_the_page_is_read_back(form: str, oracle: Oracle, rows: list[Row]) -> None:
    found = oracle.read(written(form, rows))
    assert len(found) == len(rows) == 50
    for said, row in zip(found, rows, strict=True):
        has_tex = oracle.read in (by_bibtexparser, by_pybtex) and ("\\" in f"{row['abstract']}{row['title']}")
        agree(said, oracle.expected(row), without=("title", "abstract") if has_tex else ())


@pytest.mark.parametrize("title", ['"Quoted" words', '"never closed', '"', '""', '"whole"', 'a "b" c', 'closed"'])
@pytest.mark.parametrize("fields", [("title",), ("title", "date"), ("date", "title")])
def test_a_cell_that_begins_with_a_quotation_mark(title: str, fields: tuple[str, ...]) -> None:
    rows, out = [paper_row(title), paper_row("Second")], io.StringIO(newline="")
    write("tsv", answer(rows), fields, out, RenderOptions())
    for oracle in ORACLES["tsv"]:
        assert [said["title"] for said in oracle.read(out.getvalue())] == [title, "Second"]
    assert [paper.title for paper in read(out.getvalue(), form="tsv").papers] == [title, "Second"]


@pytest.mark.parametrize("form", WRITABLE)
def test_the_same_rows_make_the_same_bytes(form: str) -> None:
    assert written(form, PAPERS.values()) == written(form, PAPERS.values())


@pytest.mark.parametrize("form", WRITABLE)
def test_rows_are_written_one_by_one(form: str) -> None:
    """What is asked for the second row is told only after the first is written, or nothing is before the last."""
    out = io.StringIO(newline="")
    sizes = []

    def some() -> Iterable[Row]:
        for row in list(PAPERS.values())[:3]:
            sizes.append(len(out.getvalue()))
            yield row

    found = answer(some())
    write(form, found, fields(form), out, RenderOptions(template=TEMPLATE))
    assert form == "markdown" or sizes[0] < sizes[1] < sizes[2]


@pytest.mark.parametrize("form", [form for form, one in WRITABLE.items() if one.is_checked])
@pytest.mark.parametrize("options", [RenderOptions(), RenderOptions(ascii=True, excel=True)], ids=["usual", "options"])
def test_a_file_is_read_again(form: str, options: RenderOptions) -> None:
    found = answer(PAPERS.values())
    text = written(form, PAPERS.values(), options)
    assert list(round_trip.differences(form, found, fields(form), options, text)) == []
    spoilt = text.replace("Usual Title", "Other Title")
    said = list(round_trip.differences(form, found, fields(form), options, spoilt))
    assert len(said) == 1
    assert "Other Title" in said[0]
    assert list(round_trip.differences(form, found, fields(form), options, text[: len(text) // 2])) != []


@pytest.mark.parametrize("form", [form for form, one in WRITABLE.items() if one.shows == "papers"])
def test_papers_of_several_pages_with_equal_keys_get_letters(form: str) -> None:
    row = PAPERS["ordinary"]
    found = [said["key"] for said in ORACLES[form][0].read(written(form, [row, row, {**row, "key": "key0a"}, row]))]
    assert found == ["key0", "key0a", "key0aa", "key0b"]


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl-json"])
def test_keys_that_differ_only_in_case_are_distinct(form: str) -> None:
    text = written(form, [paper_row(key="Smith2000"), paper_row(key="smith2000")])
    assert "Smith2000" in text
    assert "smith2000a" in text


def test_an_entry_refers_to_no_other() -> None:
    text = written("bibtex", [paper_row(extra={"crossref": "conf/icml/2019"})])
    assert "crossref" not in text
    assert "proceedings = {conf/icml/2019}" in text
    assert "@inproceedings{" in written("bibtex", [paper_row(kind="inproceedings", extra={"crossref": "conf/icml"})])


@pytest.mark.parametrize(
    ("day", "year", "held"),
    [(None, "in press", ["year = {in press}"]), ("2001-03-01", "2001--2003", ["year = {2001--2003}", "month = mar"])],
)
def test_a_year_is_written_as_it_was(day: str | None, year: str, held: list[str]) -> None:
    rows = [paper_row(date=day, date_precision="month", extra={"year": year})]
    text = written("bibtex", rows)
    assert [one for one in held if f"  {one}" not in text] == []
    assert text.count("year") == 1
    assert [one for one in held if f"  {one}" not in written("biblatex", rows)] == []


def test_the_number_of_a_published_paper_is_not_that_of_its_preprint() -> None:
    [item] = json.loads(written("csl-json", [paper_row(kind="article", venue="J", arxiv="1207.7214", pages="1-29")]))
    assert ("number" in item, item["page"], item["custom"]["arxiv"]) == (False, "1-29", "1207.7214")
