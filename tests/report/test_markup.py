"""Text is escaped, so that it cannot become markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.report.markup import Markup, joined, raw, tag
from pubcli.text.normalize import visible
from webpage import ParsedHTML


def test_tags_are_escaped() -> None:
    assert tag("p", "a < b", attributes={"class": "note"}) == '<p class="note">a &lt; b</p>'
    assert tag("p", tag("b", 3), None, " & ") == "<p><b>3</b> &amp; </p>"
    assert tag("input", attributes={"hidden": True, "value": None, "disabled": False}) == "<input hidden/>"
    assert joined(tag("i", "x"), "y") == "<i>x</i>y"


@given(st.text(), st.text())
def test_text_never_becomes_markup(content: str, value: str) -> None:
    parsed = ParsedHTML(tag("p", content, attributes={"title": value}))

    assert parsed.tags == ["p"]
    assert parsed.attributes == [("title", visible(value))]
    assert parsed.text == visible(content)


def test_marks_of_direction_are_made_visible() -> None:
    assert tag("p", "a\u202eb\x00\ud800") == "<p>a&lt;U+202E&gt;b␀&lt;U+D800&gt;</p>"


def test_a_script_that_contains_its_end_tag_is_an_error() -> None:
    assert raw("style", "p > b {}") == Markup("<style>p > b {}</style>")
    with pytest.raises(ValueError, match="would end the script element"):
        raw("script", "'</script>'")
