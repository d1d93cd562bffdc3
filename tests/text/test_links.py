"""Addresses in running text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.text import links as links_module
from pubcli.text.links import links
from thoroughness import examples


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at: https://github.com/a/b-c.", ("https://github.com/a/b-c",)),
        ("(https://a.org/x)", ("https://a.org/x",)),
        ("(see https://a.org/x, and http://b.org/y?q=1&r=2#z)!", ("https://a.org/x", "http://b.org/y?q=1&r=2#z")),
        ("https://en.wikipedia.org/wiki/A_(b)", ("https://en.wikipedia.org/wiki/A_(b)",)),
        (r"\url{https://a.org/~x_y}.", ("https://a.org/~x_y",)),
        ("[https://a.org/x]", ("https://a.org/x",)),
        ('"https://a.org/x"', ("https://a.org/x",)),
        ("HTTPS://A.org twice https://b.org https://b.org", ("HTTPS://A.org", "https://b.org")),
        ("and/or, 1/2, file://x, https://", ()),
        ("https://a.org/\x1b]8;;evil", ("https://a.org/",)),
        (None, ()),
    ],
)
def test_addresses_end_before_punctuation(text: str | None, expected: tuple[str, ...]) -> None:
    assert links(text) == expected


_PIECES = st.lists(
    st.sampled_from(["http", "https", "HTTP", "httpſ", "://", ":", "/", " ", "x", ".", "<", "s", ")", "("])
)


@examples(500)
@given(_PIECES.map("".join))
def test_the_addresses_are_those_that_one_pattern_finds(text: str) -> None:
    one_pattern = re.compile(r"https?://[^\s<>\"'{}|\\^`\x00-\x20\x7f-\x9f]+", re.IGNORECASE)
    assert list(links_module._addresses(text)) == one_pattern.findall(text)
