"""Which address of a paper is opened, and which addresses are refused."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.biblio.web_addresses import safe_address, web_address
from thoroughness import examples


@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"doi": "10.1/a", "arxiv": "2203.06735", "url": "https://x.org"}, "https://doi.org/10.1/a"),
        ({"arxiv": "math/0309136", "url": "https://x.org"}, "https://arxiv.org/abs/math/0309136"),
        ({"url": "https://x.org", "links": ["https://y.org"]}, "https://x.org"),
        ({"links": ["https://y.org", "https://z.org"]}, "https://y.org"),
        ({"url": "javascript:alert(1)", "links": ["file:///etc/passwd", "http://y.org"]}, "http://y.org"),
        ({"doi": "10.1002/(sici)1<1::a>3.0;2#?"}, "https://doi.org/10.1002/(sici)1%3C1::a%3E3.0;2%23%3F"),
        ({"doi": None, "arxiv": None, "url": None, "links": []}, None),
        ({}, None),
    ],
)
def test_a_paper_has_the_address_of_its_doi_or_else_its_next_best_address(
    fields: dict[str, object], address: str | None
) -> None:
    assert web_address(fields) == address


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JavaScript://x.org/%0aalert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://x.org",
        "smb://x.org/a",
        "x.org",
        "//x.org",
        "http://",
        "http:///etc/passwd",
        "http://[",
        "http://x.org/\x1b]52;c;eA==\x07",
        "http://x.org/\n--help",
        "java\nscript:alert(1)",
        "\x01http://x.org",
        "http://x.org/\u202egpj.exe",
        "-http://x.org",
        "",
    ],
)
def test_other_schemes_and_control_characters_are_refused(text: str) -> None:
    assert safe_address(text) is None


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://x.org/a?b=c&d=%20#e", "https://x.org/a?b=c&d=%20#e"),
        ('https://x.org/a b"c`d', "https://x.org/a%20b%22c%60d"),
        ("https://x.org/é", "https://x.org/%C3%A9"),
        ("HTTP://X.org/A", "HTTP://X.org/A"),
        (" https://x.org/ ", "https://x.org/"),
    ],
)
def test_unusual_characters_of_an_address_are_escaped(text: str, address: str) -> None:
    assert safe_address(text) == address


@given(st.text() | st.text().map("http://x.org/{}".format))
@examples(200)
def test_a_safe_address_is_printable_ascii_without_blanks(text: str) -> None:
    address = safe_address(text)
    assert address is None or (address.isascii() and address.isprintable() and " " not in address)
    assert address is None or address.lower().startswith(("http://", "https://"))


@given(st.from_regex(r"https?://[A-Za-z0-9.:@-]{0,9}(/[A-Za-z0-9._~/()?=&%+#,;:@!$'*\[\]-]{0,12})?", fullmatch=True))
def test_an_address_without_unusual_characters_stays_as_it_is(address: str) -> None:
    safe = safe_address(address)
    try:
        has_host = bool(urlsplit(address).hostname)
    except ValueError:
        has_host = False
    assert safe == (address if has_host else None)
