"""Inputs of every format that pubcli reads, and ways to damage them: their bytes, their lines and their structure."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import cache
from random import Random
from typing import Any

from mutations import MUTATIONS
from pubcli.errors import InputError
from pubcli.formats import READABLE
from pubcli.inputs import sources
from pubcli.reader import format_of, read
from repository import FIXTURES, GOLDEN, INPUTS, SITES

AS_OF = date(2026, 11, 23)
_LONGEST = 20_000
"""Bytes of a fixture that are used; the beginning of a long page has records of all shapes."""

ODD = (
    b"{", b"}", b"[", b"]", b'"', b"'", b"\\", b"$", b"%", b"&", b"#", b"_", b"^", b"~", b"<", b">", b"@", b"=", b",",
    b";", b":", b"|", b"\t", b"\n", b"\r", b"\r\n", b"\x00", b"\x1b[31m", b"\xff", b"\xc3", b"\xed\xa0\x80",
    b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\xc2\xa0", b"\xc2\x85", b"\\'{", b"\\textbf{",
    b"\\ensuremath{", b"\\begin{", b"$$", b"{\\", b" and ", b"and others", b" et al.", b"et al", b"@article{",
    b"@string{", b"@comment", b"@preamble", b"TY  - JOUR\n", b"ER  - \n", b"AU  - ", b"PT J\n", b"\nER\n", b"EF\n",
    b"<i>", b"</i>", b"<!--", b"<![CDATA[", b"]]>", b"&amp;", b"&#0;", b"&#x110000;", b"&foo;",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"null", b"true", b"-1", b"1e999", b"NaN", b"9" * 40, b"0000-00-00",
    b"2022-13-45", b"Feb 29, 2023", b"LGMar 13, 2022\n", b"Mar 13", b"h-index", b"10.1000/", b"arXiv:", b"https://",
    b'""', b"''", b"=1+1", b"\\u0000", b"\\ud800", b"a" * 3_000, b"{" * 500, b"[" * 500, b"<i>" * 500, b"$" * 501,
)  # fmt: skip
"""Bytes that mean something in one of the formats, or in none."""

_SCALARS: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**30, float("inf"), "", " ", "x", "\ud800", "\x00", "2022", "2022-02-30", [], {},
    [[]], [None], {"": None}, ["a", 1], "a" * 2_000, [["2022", 13, "x"]], {"date-parts": [[0, 0, 0]]},
)  # fmt: skip


@cache
def fixtures() -> dict[str, list[bytes]]:
    """Return the contents of all fixtures with papers, by format; each format of the registry has at least one."""
    contents: dict[str, list[bytes]] = {form: [] for form in READABLE}
    for path in sorted([*FIXTURES.glob("*.txt"), *SITES.glob("*/*.txt"), *INPUTS.iterdir(), *GOLDEN.glob("nasty.*")]):
        data = path.read_bytes()[:_LONGEST]
        with suppress(InputError):  # some files are there to be refused
            form = format_of(sources.from_text(data, AS_OF))
            if form in contents and read(data, as_of=AS_OF, form=form).papers:
                contents[form].append(data)
    for form, other in (("biblatex", "bibtex"), ("tsv", "csv"), ("jsonl", "json")):
        contents[form] = contents[form] or contents[other]
    missing = [form for form, examples in contents.items() if not examples]
    assert not missing, f"add files of the formats {missing} to fixtures/formats"
    return contents


def damaged(random: Random, data: bytes) -> bytes:
    """Return an input with one to eight random changes."""
    for _ in range(random.choice((1, 1, 2, 3, 8))):
        data = random.choice(_CHANGES)(data, random)
    return data


def _flip(data: bytes, random: Random) -> bytes:
    """Change some bytes."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 2, 10))):
        if changed:
            changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)


def _insert(data: bytes, random: Random) -> bytes:
    """Insert bytes that mean something in some format."""
    place = random.randrange(len(data) + 1)
    return data[:place] + random.choice(ODD) * random.choice((1, 1, 1, 2, 20)) + data[place:]


def _delete(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random)
    return data[:start] + data[end:]


def _repeat(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random)
    return data[:end] + data[start:end] * random.choice((1, 1, 2, 5)) + data[end:]


def _move(data: bytes, random: Random) -> bytes:
    start, end = _span(data, random)
    rest = data[:start] + data[end:]
    place = random.randrange(len(rest) + 1)
    return rest[:place] + data[start:end] + rest[place:]


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _splice(data: bytes, random: Random) -> bytes:
    """Insert a part of a fixture of any format, or continue with it."""
    other = random.choice(random.choice(list(fixtures().values())))
    start, end = _span(other, random)
    place = random.randrange(len(data) + 1)
    return data[:place] + other[start:end] + random.choice((data[place:], b""))


def _swap_tokens(data: bytes, random: Random) -> bytes:
    """Swap, repeat or delete words and signs, so that most of the structure stays as it is."""
    tokens = re.findall(rb"\w+|\s+|[^\w\s]", data)
    for _ in range(random.choice((1, 3, 10)) if tokens else 0):
        first, second = random.randrange(len(tokens)), random.randrange(len(tokens))
        replacement = random.choice((tokens[second], b"", tokens[first] * 2, random.choice(ODD)))
        tokens[first], tokens[second] = replacement, random.choice((tokens[first], tokens[second]))
    return b"".join(tokens)


def _change_lines(data: bytes, random: Random) -> bytes:
    """Damage lines as careless copying and pasting does."""
    lines = data.decode("utf-8", "surrogateescape").split("\n")
    random.choice(MUTATIONS)(lines, random)
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def _change_json(data: bytes, random: Random) -> bytes:
    """Replace a value anywhere in a JSON document by one of another type, or by a value from elsewhere in it."""
    try:
        tree = json.loads(data)
    except (ValueError, RecursionError):
        return _swap_tokens(data, random)
    places = list(_places(tree))
    for _ in range(random.choice((1, 2, 5)) if places else 0):
        container, place = random.choice(places)
        source, other = random.choice(places)
        container[place] = json.loads(json.dumps(random.choice((random.choice(_SCALARS), source[other]))))
        places = list(_places(tree))
        if not places:
            break
    return json.dumps(tree, ensure_ascii=random.random() < 0.5).encode("utf-8", "surrogatepass")


def _places(tree: Any) -> list[tuple[Any, Any]]:
    """Return each container of a JSON document with each of its keys or indexes."""
    places: list[tuple[Any, Any]] = []
    open_nodes = [tree]
    while open_nodes:
        node = open_nodes.pop()
        keys = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        for key in keys:
            places.append((node, key))
            open_nodes.append(node[key])
    return places


def _span(data: bytes, random: Random) -> tuple[int, int]:
    """Return the start and end of a part, mostly a short one."""
    start = random.randrange(len(data) + 1)
    return start, min(len(data), start + random.choice((1, 5, 50, 500, 5_000)))


_CHANGES: tuple[Callable[[bytes, Random], bytes], ...] = (
    _flip, _insert, _insert, _delete, _repeat, _move, _cut, _splice, _swap_tokens, _change_lines, _change_json,
)  # fmt: skip
