"""A Markdown parser must see in the output what a person sees on a terminal."""

import io
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pubcli.answer.answer import Answer, Kind, Row
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


def written(answer: Answer[Row], fields: Sequence[str] | None = None) -> str:
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
def test_a_parser_sees_the_text_and_nothing_else(pairs: list[tuple[str, str]]) -> None:
    rows: list[Row] = [{"x": x, "y": y} for x, y in pairs]
    answer = Answer("rows", ("x", "y"), rows)
    assert blocks(written(answer)) == [["x", "y"], *([displayed(x), displayed(y)] for x, y in pairs)]


@given(texts)
def test_a_note_is_a_paragraph(note: str) -> None:
    answer = Answer("rows", ("x",), [{"x": "1"}], notes=(note,))
    assert blocks(written(answer)) == [["x"], ["1"], *([[displayed(note)]] if displayed(note) else [])]


@given(texts.filter(lambda text: len(text) <= 30))
def test_a_heading_from_a_page_is_text(heading: str) -> None:
    answer = Answer("rows", ("a",), [{"a": 1}], headings={"a": heading})
    assert blocks(written(answer)) == [[displayed(heading)], ["1"]]


def test_a_long_heading_from_a_page_is_cut() -> None:
    answer = Answer("rows", ("a",), [{"a": 1}], headings={"a": "w" * 31})
    assert blocks(written(answer)) == [["w" * 29 + "…"], ["1"]]


def test_numbers_are_aligned_to_the_right() -> None:
    assert "| ---: | --- |" in written(Answer("rows", ("papers", "name"), [{"papers": 3, "name": "A"}]))


def test_a_table_without_rows_has_a_header() -> None:
    assert written(Answer("rows", ("x",), [])) == "| x |\n| --- |\n"


@pytest.mark.parametrize("kind", ["paper_details", "profiles"])
def test_a_record_that_a_terminal_shows_as_a_card_is_a_table(kind: Kind) -> None:
    rows: list[Row] = [{"title": "T|1", "code": True}, {"title": "T2", "code": False}]
    answer = Answer(kind, ("title", "code"), rows)
    assert blocks(written(answer)) == [
        ["Field", "Value"], ["Title", "T|1"], ["Code", "yes"],
        ["Field", "Value"], ["Title", "T2"],
    ]  # fmt: skip
    assert blocks(written(answer, ["title"])) == [["Title"], ["T|1"], ["T2"]]
