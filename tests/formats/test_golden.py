"""Compare a page of difficult papers in every format with golden files.

`UPDATE_GOLDEN=1 pytest tests/formats/test_golden.py` rewrites the files; read the difference before you commit it.
"""

import csv
import io
import json
import os
from datetime import date

import pytest

from pubcli.formats import WRITABLE, RenderOptions, default_fields, write
from pubcli.reader import read
from pubcli.store.ask import PAPER_FIELDS, papers
from pubcli.store.load import load
from pubcli.store.search import search
from repository import GOLDEN

DIFFICULT = """\
Zoë "Z" O'Neil\x1b[31m
h-index3
4papers

LGMar 13, 2022Code
[bold red]Learning[/] $O(\\varepsilon^2)$, "quoted"; =1+1 \x1b]8;;http://evil\x07

李明, Mihailo R. Jovanović, A. S. Poornash et al. · ibm-research

Tab\there, bell\x07, right-to-left \u202eoverride\u202c, see (https://example.org/a_(b)). 50% & #1_{x}

STFeb 24
Rényi Fair Inference

Plato

[Label] Plain.

XYZMay 1, 2020Dataset
Is It GPT-4?Alice McBow, Bob Ray
Unknown category, glued title.

CHEM-PHJun 2, 2021
No Abstract at All

Ada Lovelace
"""
TEXT_FORMATS = {name: format for name, format in WRITABLE.items() if not format.is_binary}
EXTENSIONS = {
    name: format.suffixes[0][1:] if format.suffixes else f"{name}.txt" for name, format in TEXT_FORMATS.items()
}
EXTENSIONS |= {"table": "tab.txt", "biblatex": "biblatex.bib"}
TEMPLATES = {"text": "{key} ({date}): {title}, {authors}"}
RENDER_OPTIONS = {
    "terminal.txt": RenderOptions(width=72),
    "wide.txt": RenderOptions(width=160),
    "color.ansi": RenderOptions(width=60, color=True),
}


def written_page(form: str, options: RenderOptions) -> str:
    store = load(read(DIFFICULT, as_of=date(2026, 11, 23)))
    answer = search(store, "learning OR fair OR category:XYZ OR lovelace") if options.color else papers(store)
    out = io.StringIO()
    write(form, answer, default_fields(form, answer), out, options._replace(template=TEMPLATES.get(form)))
    return out.getvalue()


def compare_with_golden(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_each_format_writes_its_golden_file(form: str) -> None:
    compare_with_golden(f"nasty.{EXTENSIONS[form]}", written_page(form, RenderOptions()))


@pytest.mark.parametrize("name", RENDER_OPTIONS)
def test_each_width_of_a_terminal_has_its_golden_file(name: str) -> None:
    compare_with_golden(f"nasty.{name}", written_page("table", RENDER_OPTIONS[name]))


def test_every_golden_file_is_used() -> None:
    expected = {f"nasty.{ending}" for ending in (*EXTENSIONS.values(), *RENDER_OPTIONS)}
    assert {path.name for path in GOLDEN.iterdir() if path.is_file()} == expected


def test_tables_and_json_lines_contain_the_same_values_as_json() -> None:
    """The files are read with the standard library."""
    rows = json.loads(written_page("json", RenderOptions()))
    assert [json.loads(line) for line in written_page("jsonl", RenderOptions()).splitlines()] == rows
    table = list(csv.DictReader(io.StringIO(written_page("csv", RenderOptions()), newline="")))
    lines = [line.split("\t") for line in written_page("tsv", RenderOptions()).splitlines()]
    assert tuple(lines[0]) == tuple(table[0]) == PAPER_FIELDS
    for row, cells, line in zip(rows, table, lines[1:], strict=True):
        assert list(cells.values()) == line
        assert cells["key"] == row["key"]
        assert cells["authors"] == "; ".join(row["authors"])
        assert cells["code"] == str(row["code"]).lower()
        assert cells["abstract"].isprintable()
