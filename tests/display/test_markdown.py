"""A Markdown parser must read from the output the same text that a terminal shows."""

import io
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pubcli.answer.answer import Answer, Row
from pubcli.answer.kinds import Kind
from pubcli.display.columns import default_columns
from pubcli.formats import RenderOptions, write
from pubcli.text.normalize import visible

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = (
    "a|b", "a\\|b", "a\\\\|b\\", "`x`", "``x`|`", "*a*", "**a**", "_a_", "snake_case_name", "[a](http://b)", "![a](b)",
    "[a]: http://b", "<b>x</b>", "<http://a.b>", "<!-- x", "a\nb", "a\r\n\r\n| b |", "# a", "#a", "- a", "+ a", "1. a",
    "12) a", "> a", "---", "===", "~~~", "~~a~~", "&amp;", "&#124;", "\\", "$a$", "  a  ", "| --- |", "\tx", "x  y", "",
    "\x1b[31m", "a\x00b", "[x]", "[^1]", "\\*", "a  \nb", "~a~", "=x", "¹", "٣. x",
)  # fmt: skip
texts = st.sampled_from(HOSTILE) | st.lists(
    st.sampled_from([*"\\`*_[]<>|&~$#()!-+=.:1 ", "a", "\n", "é", "&lt;", "](", "```", "\u2028"]), max_size=10
).map("".join)  # fmt: skip


def write_markdown(answer: Answer[Row], fields: Sequence[str] | None = None) -> str:
    out = io.StringIO()
    write("markdown", answer, fields or default_columns(answer), out, RenderOptions())
    return out.getvalue()


def blocks(text: str) -> list[list[str]]:
    """Return each rendered table row and paragraph as the texts of its parts. Fails for anything else."""
    rendered: list[list[str]] = []
    for token in PARSER.parse(text):
        assert token.type.split("_")[0] in ("table", "thead", "tbody", "tr", "th", "td", "paragraph", "inline"), token
        if token.type in ("tr_open", "paragraph_open"):
            rendered.append([])
        elif token.type == "inline":
            assert {child.type for child in token.children or ()} <= {"text", "text_special"}, token
            rendered[-1].append("".join(child.content for child in token.children or ()))
    return rendered


def displayed(text: str) -> str:
    return visible(text).strip()


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4))
@example([(text, text) for text in HOSTILE])
def test_a_markdown_parser_reads_only_the_text_of_the_cells(pairs: list[tuple[str, str]]) -> None:
    rows: list[Row] = [{"x": x, "y": y} for x, y in pairs]
    answer = Answer("rows", ("x", "y"), rows)
    assert blocks(write_markdown(answer)) == [["x", "y"], *([displayed(x), displayed(y)] for x, y in pairs)]


@given(texts)
def test_a_note_is_a_paragraph(note: str) -> None:
    answer = Answer("rows", ("x",), [{"x": "1"}], notes=(note,))
    assert blocks(write_markdown(answer)) == [["x"], ["1"], *([[displayed(note)]] if displayed(note) else [])]


@given(texts.filter(lambda text: len(text) <= 30))
def test_a_heading_from_a_page_contains_no_markup(heading: str) -> None:
    answer = Answer("rows", ("a",), [{"a": 1}], headings={"a": heading})
    assert blocks(write_markdown(answer)) == [[displayed(heading)], ["1"]]


def test_a_long_heading_from_a_page_is_cut() -> None:
    answer = Answer("rows", ("a",), [{"a": 1}], headings={"a": "w" * 31})
    assert blocks(write_markdown(answer)) == [["w" * 29 + "…"], ["1"]]


def test_numbers_are_aligned_to_the_right() -> None:
    assert "| ---: | --- |" in write_markdown(Answer("rows", ("papers", "name"), [{"papers": 3, "name": "A"}]))


def test_a_table_without_rows_still_has_a_header() -> None:
    assert write_markdown(Answer("rows", ("x",), [])) == "| x |\n| --- |\n"


@pytest.mark.parametrize("kind", ["paper_details", "profiles"])
def test_the_card_of_a_record_becomes_a_table_in_markdown(kind: Kind) -> None:
    rows: list[Row] = [{"title": "T|1", "code": True}, {"title": "T2", "code": False}]
    answer = Answer(kind, ("title", "code"), rows)
    assert blocks(write_markdown(answer)) == [
        ["Field", "Value"], ["Title", "T|1"], ["Code", "yes"],
        ["Field", "Value"], ["Title", "T2"],
    ]  # fmt: skip
    assert blocks(write_markdown(answer, ["title"])) == [["Title"], ["T|1"], ["T2"]]
