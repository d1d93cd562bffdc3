"""Tags and entities in titles become plain text."""

import pytest

from pubcli.text.html import plain_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A <i>Drosophila</i> H<sub>2</sub>O &amp; x", "A Drosophila H₂O & x"),
        ("Ca<sup>2+</sup>, the 2<sup>nd</sup>, <SUP>13</SUP>C", "Ca²⁺, the 2nd, ¹³C"),
        ('<span class="nocase">eBay</span> and <scp>DNA</scp>', "eBay and DNA"),
        ("<b>a <i>b <em>c</em></i></b>", "a b c"),
        ("x < y and y > z", "x < y and y > z"),
        ("a <i and </i> b", "a <i and </i> b"),
        ("a <span> b </span> <script>alert(1)</script>", "a <span> b </span> <script>alert(1)</script>"),
        ("R&D; AT&T &nosuchthing; &#233; &#x27;", "R&D; AT&T &nosuchthing; é '"),
        ("&amp;lt; &lt;", "&lt; <"),
    ],
)
def test_tags_and_entities_become_plain_text(text: str, expected: str) -> None:
    assert plain_text(text) == expected


def test_many_tags_are_removed_in_linear_time() -> None:
    text = "<i>" * 100_000
    assert plain_text(text) == text
