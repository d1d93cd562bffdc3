"""HTML is parsed whatever it contains, elements are on lines of the source, and what would take too long is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.errors import InputError
from pubcli.formats.shared.html_page import HtmlPage, text_of
from pubcli.formats.shared.visible_text import visible_lines
from pubcli.inputs.sources import from_text


def parsed(html: str) -> HtmlPage:
    return HtmlPage(from_text(html))


def test_elements_are_on_the_lines_from_their_start_tag_to_the_next_one() -> None:
    page = parsed('<html>\n<li class="a b">one\n</li>\n\n<li\n class=a>two\n<b>three</b></li>\n<p>end')
    elements = page.css("li")
    assert [tuple(lines) for lines in page.line_ranges(elements, "li", "a")] == [(2, 3), (5, 7)]
    assert [text_of(element) for element in elements] == ["one", "two three"]


def test_elements_that_cannot_be_found_in_the_source_are_on_all_lines() -> None:
    page = parsed('<!-- <li class="a"> -->\n<li class="a">one</li>\n')
    assert [tuple(lines) for lines in page.line_ranges(page.css("li"), "li", "a")] == [(1, 3)]


def test_text_is_on_one_line_without_marks_of_direction() -> None:
    assert text_of(parsed("<p>\u202aNora\u202c\n\t <b>Quill</b>&nbsp;&amp; Co</p>").first("p")) == "Nora Quill & Co"
    assert text_of(None) == ""


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000,
        "<div/>" * 100_000,
        "<path/>" * 100_000,
        "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">",
        "<select>" + "<option>" * 50_000,
    ],
    ids=["nested elements", "slashes", "shapes", "attributes", "options"],
)
def test_html_that_would_take_the_parser_very_long_is_refused(html: str) -> None:
    with pytest.raises(InputError, match="HTML with too many elements"):
        parsed(html)


@pytest.mark.parametrize(
    "html",
    [
        "", "<", "<" * 100_000, "</p>" * 50_000, "<li>" * 50_000, "<p>a\x00b\x00</p>", "<p>&#0;&#xD800;&#x110000;&;",
        "<b>" * 4_000, "<div>" * 3_000, "<p a='" + "x" * 1_000_000 + "'>b", "<!-- never closed", "<table>" * 1_000,
        "<script>never closed", "<svg><math><p>x", "<template><p>x</template>y", "<?xml version='1.0'?><html/>",
        "<p \u0001\ufffe=\U0010ffff>x",
    ],
)  # fmt: skip
def test_damaged_html_is_parsed(html: str) -> None:
    page = parsed(html)
    assert all("\n" not in line.text and 1 <= line.number <= html.count("\n") + 1 for line in visible_lines(page))


@given(
    st.lists(st.sampled_from([*"<>/=\"' \n&;!-", "a", "td", "<p>", "</p>", "<td>", "<b", "<!--", "\x00"])).map("".join)
)
def test_any_text_is_parsed_as_html(html: str) -> None:
    visible_lines(parsed(html))
