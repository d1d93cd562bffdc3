"""pubcli recognises the files that it wrote, and takes no file of another program for one."""

import io
from datetime import date

import pytest

from pubcli.analysis import check
from pubcli.answer.answer import Answer
from pubcli.display import columns
from pubcli.formats import RenderOptions, exports, write
from pubcli.inputs.sources import from_text
from pubcli.model import Document
from pubcli.reader import format_of, read
from pubcli.store import ask, lookup, search
from pubcli.store.load import load
from pubcli.store.similar import similar
from repository import FIXTURES, INPUTS


def text(
    answer: Answer,  # type: ignore[type-arg]
    name: str,
    fields: tuple[str, ...] | None = None,
    excel: bool = False,
    width: int | None = None,
) -> str:
    out = io.StringIO()
    chosen = fields or (columns.default_columns(answer) if name in ("table", "markdown") else answer.fields)
    write(name, answer, chosen, out, RenderOptions(excel=excel, width=width))
    return out.getvalue()


@pytest.mark.parametrize("name", ["json", "jsonl", "csv", "tsv", "table", "markdown"])
def test_lists_and_searches_in_every_format_with_fields_prove_that_pubcli_wrote_them(
    document: Document, name: str
) -> None:
    store = load(document)
    answers = [ask.papers(store), search.search(store, "privacy"), similar(store, "1")]
    for answer in answers:
        assert exports.is_export(from_text(text(answer, name))), answer.kind


@pytest.mark.parametrize("width", [40, 80, 200])
def test_drawn_tables_and_cards_prove_that_pubcli_wrote_them(document: Document, width: int) -> None:
    store = load(document)
    answers = [
        ask.papers(store),
        search.search(store, "privacy"),
        similar(store, "1"),
        lookup.find_papers(store, ["3"]).answer,
        lookup.find_papers(store, ["7", "1"]).answer,
        check.profiles(store),
        check.check(store),
    ]
    for answer in answers:
        assert exports.is_export(from_text(text(answer, "table", width=width))), answer.kind


def test_the_card_of_a_paper_with_thousands_of_authors_proves_that_pubcli_wrote_it() -> None:
    page = f"@misc{{a, title = {{T}}, author = {{{' and '.join(['Ann Lee'] * 3000)}}}}}\n"
    store = load(read(page.encode()))
    assert exports.is_export(from_text(text(lookup.find_papers(store, ["1"]).answer, "table", width=80)))


def test_a_table_for_spreadsheets_proves_that_pubcli_wrote_it(document: Document) -> None:
    assert exports.is_export(from_text(text(ask.papers(load(document)), "csv", excel=True)))


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "ris", "csl-json", "csv", "tsv", "json", "jsonl"])
def test_other_exports_have_the_layout_of_pubcli(document: Document, name: str) -> None:
    fields = ("key", "title") if name in ("csv", "tsv", "json", "jsonl") else None
    source = from_text(text(ask.papers(load(document), "year:2016"), name, fields))
    assert exports.may_be_export(source, format_of(source))


def files_of_others() -> list[str]:
    own = {"own.json", "own.jsonl"}
    return sorted(path.name for path in INPUTS.iterdir() if path.is_file() and path.name not in own)


@pytest.mark.parametrize("name", files_of_others())
def test_no_file_of_another_program_is_taken_for_an_export(name: str) -> None:
    source = from_text((INPUTS / name).read_bytes())._replace(name=name)
    is_own = b"authors_complete" in source.data[:1000]
    assert exports.is_export(source) == is_own


@pytest.mark.parametrize("name", ["razaviyayn.txt", "colleague-older.txt", "coauthor-short-header.txt"])
def test_no_page_is_taken_for_an_export(name: str) -> None:
    source = from_text((FIXTURES / name).read_bytes(), date(2026, 1, 1))
    assert not exports.is_export(source)
    assert not exports.may_be_export(source, "page")


@pytest.mark.parametrize(
    "content",
    [
        "Key,Title,Position\n",
        "| Key | Title |\n| --- | --- |\n| a | B |\n",
        '[{"id": "a", "title": "B"}]',
        "Name  Key  Title\nAda\n──────────\n",
        "A title\nAda Lee\n\nkey results\ndate 2022\n",
        "",
        "[",
        "{}",
    ],
)
def test_similar_names_of_others_prove_nothing(content: str) -> None:
    assert not exports.is_export(from_text(content))
