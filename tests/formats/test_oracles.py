"""Independent readers read what pubcli writes, record by record, and must return what the records state.

`ORACLES` lists the readers of each format. A new format needs a row there, and then every test below applies to it.
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
from pubcli.text import styles
from pubcli.text.normalize import harmless
from repository import SCHEMAS
from strategies import paper_row

Fields = dict[str, Any]
"""The fields of a record that an independent reader returns."""

TEXT_FORMATS = [name for name, format in WRITABLE.items() if not format.is_binary]
COLUMNS = ("key", "date", "title", "authors")
TEMPLATE = "{key}\t{date}\t{title}\t{authors}"
SCHEMA = SCHEMAS / "csl-data.json"


def answer(rows: Iterable[Row]) -> Answer[Row]:
    return Answer("papers", PAPER_FIELDS, rows)


def fields(form: str) -> tuple[str, ...]:
    """Return the fields that a format is written with here."""
    return COLUMNS if WRITABLE[form].shows == "columns" else PAPER_FIELDS


def write_rows(form: str, rows: Iterable[Row], options: RenderOptions | None = None) -> str:
    out = io.StringIO(newline="")
    papers = answer(rows)
    write(
        form,
        papers,
        fields(form),
        out,
        options or RenderOptions(template=TEMPLATE if form == "text" else None),
    )
    return out.getvalue()


def line(text: str) -> str:
    """Return a text on one line, with single spaces."""
    return " ".join(harmless(text).split())


# Readers


UNDECODABLE = {r"\textbraceleft": r"\{", r"\textbraceright": r"\}", r"{\textasciicircum}": r"\symbolcircum"}
"""TeX that the decoder does not know or misreads, with an equivalent."""


def decoded(tex: str) -> str:
    for macro, equivalent in UNDECODABLE.items():
        tex = tex.replace(macro, equivalent)
    return line(LatexNodes2Text(math_mode="verbatim").latex_to_text(tex.replace(r"\symbolcircum", "^")))


def typeset(text: str) -> str:
    """Return a text with the hyphens and quotation marks that TeX typesets."""
    for ligature, mark in {"---": "—", "--": "–", "``": "“", "''": "”"}.items():
        text = text.replace(ligature, mark)
    return line(text)


def name(first: Sequence[str], particle: Sequence[str], family: Sequence[str], suffix: Sequence[str]) -> str:
    return "|".join(decoded(" ".join(part)) for part in (first, particle, family, suffix))


def by_bibtexparser(text: str) -> list[Fields]:
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
    records = []
    for entry in library.entries:
        fields = {field.key: field.value for field in entry.fields}
        people = fields.pop("author", [])
        authors = [name(person.first, person.von, person.last, person.jr) for person in people]
        records.append(_bibtex(entry.key, authors, fields))
    return records


def by_pybtex(text: str) -> list[Fields]:
    records = []
    for key, entry in pybtex.database.parse_string(text, "bibtex").entries.items():
        people = entry.persons.get("author", [])
        authors = [
            name(
                [*person.first_names, *person.middle_names],
                person.prelast_names,
                person.last_names,
                person.lineage_names,
            )
            for person in people
        ]
        records.append(_bibtex(key, authors, dict(entry.fields)))
    return records


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH_NAMES = "January February March April May June July August September October November December".split()


def _bibtex(key: str, authors: list[str], fields: Mapping[str, str]) -> Fields:
    verbatim = {field: fields.get(field) for field in ("doi", "eprint", "url")}
    month = fields.get("month")
    number = None if month is None else MONTHS.index(month) if month in MONTHS else MONTH_NAMES.index(month)
    numbers = [fields.get("year"), None if number is None else f"{number + 1:02}", fields.get("day")]
    date = fields.get("date") or "-".join(part.zfill(2) for part in numbers if part)
    complete = authors[-1:] != ["||others|"]
    return {
        "key": key,
        "title": decoded(fields["title"]),
        "authors": authors if complete else authors[:-1],
        "date": date,
        "abstract": decoded(fields.get("abstract", "")),
        "keywords": decoded(fields.get("keywords", "")),
        "doubts": _uncertainties([fields.get("note", ""), fields.get("annotation", "")], complete),
        **verbatim,
    }


def _uncertainties(notes: Iterable[str], complete: bool) -> set[str]:
    text = " ".join(notes)
    flags = {"date_assumed": "year is assumed" in text, "title_guessed": "title ends is a guess" in text}
    cut = not complete or "author list is incomplete" in text
    return {name for name, is_set in {**flags, "cut": cut}.items() if is_set}


def by_rispy(text: str) -> list[Fields]:
    records = []
    for entry in rispy.loads(text):
        notes = entry.get("notes", [])
        records.append(
            {
                "key": entry["id"],
                "title": entry.get("title", ""),
                "surname first": entry.get("authors", []),
                "date": "-".join(part for part in entry.get("date", "").split("/") if part),
                "abstract": entry.get("abstract", ""),
                "keywords": ", ".join(entry.get("keywords", [])),
                "doubts": _uncertainties(notes, complete=True),
                "doi": entry.get("doi"),
                "url": (entry.get("urls") or [None])[0],
            }
        )
    assert text.count("TY  - ") >= len(records)
    return records


def by_schema(text: str) -> list[Fields]:
    items = json.loads(text)
    schema = json.loads(SCHEMA.read_text())
    assert [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(items)] == []
    assert "null" not in [json.dumps(value) for item in items for value in item.values()]
    records = []
    for item in items:
        people = item.get("author", [])
        complete = people[-1:] != [{"literal": "others"}]
        issued = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
        records.append(
            {
                "key": item["id"],
                "raw title": item["title"],
                "authors": [_csl_name(person) for person in (people if complete else people[:-1])],
                "date": "-".join(f"{part:02}" for part in issued),
                "raw abstract": item.get("abstract", ""),
                "doubts": _uncertainties([item.get("note", "")], complete),
                "doi": item.get("DOI"),
                "url": item.get("URL"),
            }
        )
    return records


def _csl_name(person: Mapping[str, str]) -> str:
    if "literal" in person:
        return f"||{line(person['literal'])}|"
    return "|".join(line(person.get(part, "")) for part in ("given", "non-dropping-particle", "family", "suffix"))


def by_csv(text: str) -> list[Fields]:
    return [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""))]


def by_pandas(text: str, sep: str = ",") -> list[Fields]:
    table = pandas.read_csv(io.StringIO(text, newline=""), dtype=str, keep_default_na=False, sep=sep)
    return list(table.to_dict("records"))


def by_excel_tab(text: str) -> list[Fields]:
    return [dict(row) for row in csv.DictReader(io.StringIO(text, newline=""), dialect=csv.excel_tab)]


def by_pandas_at_tabs(text: str) -> list[Fields]:
    return by_pandas(text, "\t")


def by_tabs(text: str) -> list[Fields]:
    lines = [row.split("\t") for row in text.removesuffix("\n").split("\n")]
    return [dict(zip(lines[0], row, strict=True)) for row in lines[1:]]


def by_template(text: str) -> list[Fields]:
    return by_tabs(f"{TEMPLATE.replace('{', '').replace('}', '')}\n{text}")


def by_markdown(text: str) -> list[Fields]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    texts = [
        "".join(child.content for child in token.children or ())
        for previous, token in pairwise(tokens)
        if previous.type == "td_open"
    ]
    rows = zip(*[iter(texts)] * len(COLUMNS), strict=True)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


# The fields that they must return


def reference(row: Row) -> Fields:
    people: Any = row["authors"]
    words: Any = row["keywords"]
    return {
        "key": row["key"],
        "title": line(str(row["title"])),
        "raw title": row["title"],
        "authors": ["|".join(map(line, parts(author))) for author in people],
        "surname first": [_surname_first(author) for author in people],
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


def typeset_reference(row: Row) -> Fields:
    address = row["url"] and re.sub(r"[{} \\]", lambda char: f"%{ord(char[0]):X}", str(row["url"]))
    fields = reference(row)
    return {**fields, "title": typeset(str(row["title"])), "abstract": typeset(fields["abstract"]), "url": address}


def reference_without_styles(row: Row) -> Fields:
    """Return the fields for formats that are not TeX. `tests/text/test_styles.py` tests how styles are converted."""
    texts = {"title": styles.plain(str(row["title"])), "abstract": styles.plain(str(row["abstract"] or ""))}
    return reference({**row, **texts}) | {"raw title": styles.html(str(row["title"]))}


def _surname_first(author: str) -> str:
    given_names, particle, family, suffix = (line(part) for part in parts(author))
    return ", ".join(filter(None, [f"{particle} {family}".strip(), given_names, suffix]))


def table_cells(row: Row) -> Fields:
    return {field: harmless(cell_text(row, field)) for field in PAPER_FIELDS}


def marked_cells(row: Row) -> Fields:
    return {field: marked_text(row, field) for field in COLUMNS}


def stripped_cells(row: Row) -> Fields:
    return {field: text.strip() for field, text in marked_cells(row).items()}


def all_fields(row: Row) -> Fields:
    return dict(row)


class Oracle(NamedTuple):
    read: Callable[[str], list[Fields]]
    expected: Callable[[Row], Fields]


ORACLES = {
    "table": [Oracle(by_tabs, marked_cells)],
    "json": [Oracle(json.loads, all_fields)],
    "jsonl": [Oracle(lambda text: [json.loads(line_) for line_ in text.splitlines()], all_fields)],
    "csv": [Oracle(by_csv, table_cells), Oracle(by_pandas, table_cells)],
    "tsv": [Oracle(by_excel_tab, table_cells), Oracle(by_pandas_at_tabs, table_cells)],
    "markdown": [Oracle(by_markdown, stripped_cells)],
    "text": [Oracle(by_template, marked_cells)],
    "bibtex": [Oracle(by_bibtexparser, typeset_reference), Oracle(by_pybtex, typeset_reference)],
    "biblatex": [Oracle(by_bibtexparser, typeset_reference), Oracle(by_pybtex, typeset_reference)],
    "ris": [Oracle(by_rispy, reference_without_styles)],
    "csl-json": [Oracle(by_schema, reference_without_styles)],
}
CASES = [
    pytest.param(form, oracle, id=f"{form}-{oracle.read.__name__}")
    for form, oracles in ORACLES.items()
    for oracle in oracles
]
READABLE_TEX = ("mathematics", "brace in a formula", "escaped braces", "macros")
"""Papers that contain TeX, so that a TeX decoder returns other texts."""


def test_every_format_has_an_oracle() -> None:
    """The formats that are not text have theirs in test_tables_of_programs.py."""
    assert ORACLES.keys() == set(TEXT_FORMATS)


@pytest.fixture(scope="module")
def rows(document: Document) -> list[Row]:
    return list(papers_by_page(load(document), "").rows)


def assert_equal_fields(actual: Fields, expected: Fields, *, excluded: Sequence[str] = ()) -> None:
    common = (actual.keys() & expected.keys()) - set(excluded)
    assert "key" in common
    assert {field: actual[field] for field in common} == {field: expected[field] for field in common}


@pytest.mark.parametrize(("form", "oracle"), CASES)
def test_hostile_papers_are_read_back(form: str, oracle: Oracle) -> None:
    records = oracle.read(write_rows(form, PAPERS.values()))
    assert len(records) == len(PAPERS)
    for label, fields_, row in zip(PAPERS, records, PAPERS.values(), strict=True):
        is_tex = oracle.read in (by_bibtexparser, by_pybtex)
        skipped = ("title", "abstract") if is_tex and label in READABLE_TEX else ()
        assert_equal_fields(fields_, oracle.expected(row), excluded=skipped)


@pytest.mark.parametrize(("form", "oracle"), CASES)
def test_the_papers_of_the_sample_page_are_read_back(form: str, oracle: Oracle, rows: list[Row]) -> None:
    records = oracle.read(write_rows(form, rows))
    assert len(records) == len(rows) == 50
    for fields_, row in zip(records, rows, strict=True):
        has_tex = oracle.read in (by_bibtexparser, by_pybtex) and ("\\" in f"{row['abstract']}{row['title']}")
        assert_equal_fields(fields_, oracle.expected(row), excluded=("title", "abstract") if has_tex else ())


@pytest.mark.parametrize("title", ['"Quoted" words', '"never closed', '"', '""', '"whole"', 'a "b" c', 'closed"'])
@pytest.mark.parametrize("fields", [("title",), ("title", "date"), ("date", "title")])
def test_a_cell_with_quotation_marks_is_read_back(title: str, fields: tuple[str, ...]) -> None:
    rows, out = [paper_row(title), paper_row("Second")], io.StringIO(newline="")
    write("tsv", answer(rows), fields, out, RenderOptions())
    for oracle in ORACLES["tsv"]:
        assert [record["title"] for record in oracle.read(out.getvalue())] == [title, "Second"]
    assert [paper.title for paper in read(out.getvalue(), form="tsv").papers] == [title, "Second"]


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_equal_rows_are_written_as_equal_bytes(form: str) -> None:
    assert write_rows(form, PAPERS.values()) == write_rows(form, PAPERS.values())


@pytest.mark.parametrize("form", ["csv", "tsv", "table"])
def test_tables_convert_200_rows_at_a_time(form: str) -> None:
    out = io.StringIO(newline="")
    unwritten = []

    def requested() -> Iterable[Row]:
        for number in range(1_000):
            unwritten.append(number - max(0, out.getvalue().count("\n") - 1))
            yield next(iter(PAPERS.values()))

    assert write(form, answer(requested()), ("key", "authors"), out, RenderOptions()) == 1_000
    assert max(unwritten) < 400
    assert out.getvalue().count("\n") == 1_001


@pytest.mark.parametrize("form", [form for form in TEXT_FORMATS if form not in ("csv", "tsv", "table")])
def test_rows_are_written_one_by_one(form: str) -> None:
    """The second row is requested only after the first is written."""
    out = io.StringIO(newline="")
    sizes = []

    def requested() -> Iterable[Row]:
        for row in list(PAPERS.values())[:3]:
            sizes.append(len(out.getvalue()))
            yield row

    papers = answer(requested())
    write(form, papers, fields(form), out, RenderOptions(template=TEMPLATE))
    assert form == "markdown" or sizes[0] < sizes[1] < sizes[2]


@pytest.mark.parametrize("form", [name for name, format in WRITABLE.items() if format.is_checked])
@pytest.mark.parametrize(
    "options", [RenderOptions(), RenderOptions(ascii=True, excel=True)], ids=["defaults", "options"]
)
def test_differences_are_reported_only_where_a_file_was_changed(form: str, options: RenderOptions) -> None:
    papers = answer(PAPERS.values())
    text = write_rows(form, PAPERS.values(), options)
    assert list(round_trip.differences(form, papers, fields(form), options, text)) == []
    changed_text = text.replace("Usual Title", "Other Title")
    messages = list(round_trip.differences(form, papers, fields(form), options, changed_text))
    assert len(messages) == 1
    assert "Other Title" in messages[0]
    assert list(round_trip.differences(form, papers, fields(form), options, text[: len(text) // 2])) != []


@pytest.mark.parametrize("form", [name for name, format in WRITABLE.items() if format.shows == "papers"])
def test_papers_of_several_pages_with_equal_keys_get_letters(form: str) -> None:
    row = PAPERS["ordinary"]
    keys = [
        record["key"] for record in ORACLES[form][0].read(write_rows(form, [row, row, {**row, "key": "key0a"}, row]))
    ]
    assert keys == ["key0", "key0a", "key0aa", "key0b"]


@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl-json"])
def test_a_key_that_differs_from_another_only_in_case_is_changed_for_bibtex_alone(form: str) -> None:
    changes: list[str] = []
    rows = [paper_row(key="Smith2000"), paper_row(key="smith2000")]
    text = write_rows(form, rows, RenderOptions(report=changes.append))
    assert "Smith2000" in text
    assert ("smith2000a" in text) == (form == "bibtex")
    assert changes == (["the key smith2000 is written as smith2000a"] if form == "bibtex" else [])


@pytest.mark.parametrize("key", ["müller2010", "associação1988", "李2020", "a/b+c", "smith_1:2", "[x]!"])
@pytest.mark.parametrize("form", ["bibtex", "biblatex", "ris", "csl-json"])
def test_a_key_is_written_with_its_accents_and_punctuation(form: str, key: str) -> None:
    assert key in write_rows(form, [paper_row(key=key)])


@pytest.mark.parametrize(
    ("key", "form", "options", "written"),
    [
        ("o'neil(2010)", "biblatex", {}, "oneil2010"),
        ("müller2010", "bibtex", {"ascii": True}, "muller2010"),
        ("a b,c", "bibtex", {}, "abc"),
        ("{}", "bibtex", {}, "paper"),
    ],
)
def test_a_key_that_a_dialect_does_not_allow_is_changed_and_reported(
    key: str, form: str, options: dict[str, Any], written: str
) -> None:
    changes: list[str] = []
    text = write_rows(form, [paper_row(key=key)], RenderOptions(report=changes.append, **options))
    assert f"{{{written},\n" in text
    assert changes == [f"the key {key} is written as {written}"]


def test_keys_stay_distinct_if_they_become_equal_without_forbidden_characters() -> None:
    text = write_rows("biblatex", [paper_row(key="a(b)"), paper_row(key="ab")])
    assert [line for line in text.splitlines() if line.startswith("@")] == ["@online{ab,", "@online{aba,"]


def test_a_bibtex_entry_is_written_without_a_crossref() -> None:
    text = write_rows("bibtex", [paper_row(extra={"crossref": "conf/icml/2019"})])
    assert "crossref" not in text
    assert "proceedings = {conf/icml/2019}" in text
    assert "@inproceedings{" in write_rows("bibtex", [paper_row(kind="inproceedings", extra={"crossref": "conf/icml"})])


@pytest.mark.parametrize(
    ("day", "year", "lines", "line_of_biblatex"),
    [
        (None, "in press", ["year = {in press}"], "year = {in press}"),
        ("2001-03-01", "2001--2003", ["year = {2001--2003}", "month = mar"], "date = {2001-03/2003}"),
    ],
)
def test_a_year_that_is_more_than_a_number_is_written_unchanged(
    day: str | None, year: str, lines: list[str], line_of_biblatex: str
) -> None:
    rows = [paper_row(date=day, date_precision="month", extra={"year": year})]
    text = write_rows("bibtex", rows)
    assert [line for line in lines if f"  {line}" not in text] == []
    assert text.count("year") == 1
    assert f"  {line_of_biblatex}" in write_rows("biblatex", rows)


def test_the_arxiv_number_of_a_published_paper_is_written_to_custom() -> None:
    [item] = json.loads(write_rows("csl-json", [paper_row(kind="article", venue="J", arxiv="1207.7214", pages="1-29")]))
    assert ("number" in item, item["page"], item["custom"]["arxiv"]) == (False, "1-29", "1207.7214")
