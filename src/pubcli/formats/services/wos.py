"""Read plain-text exports of Web of Science: lines with two-letter tags.

    PT J
    AU Lovelace, A
       Noether, E
    TI Notes on the
       analytical engine
    ER

Web of Science also exports tables, and the names of their columns are the same tags. Each record is therefore treated
as a row of such a table: `tabular.read` turns both into papers.
"""

import re
from collections.abc import Iterator

from pubcli.formats.shared import collect
from pubcli.formats.shared.collect import Parsed, ParseProblem
from pubcli.formats.shared.lines import numbered_lines
from pubcli.formats.tabular import read as table
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source, Stream
from pubcli.model import Document

_TAG = re.compile(r"([A-Z][A-Z0-9])(?=\s|$)")
"""Matches a tag. A line without a tag continues the line above. Some databases do not indent such lines."""
_INITIALS = re.compile(r" ([A-Z]{1,3})$")
_ADDRESS = re.compile(r" \(([^\s()]+@[^\s()]+)\)")
"""Matches an e-mail address in parentheses after a name."""
_BETWEEN = ("FN", "VR", "EF")
"""Tags outside of records, which describe the file."""
_LISTED = frozenset("AU AF BA BF BE CA GP C1 C3 CR EM".split())
"""Tags with one item on each line. The lines of any other tag form one text."""


def read(source: Source) -> Document:
    """Return the records as one page."""
    return collect.document(source, parse(source))


def parse(source: Source | Stream) -> Iterator[Parsed]:
    """Yield the records and problems in order. Raise InputError if no line begins with PT, FN, VR or EF."""
    number, start, tag, is_of_wos = 0, 0, "", False
    lines: dict[str, list[str]] = {}
    for number, line in numbered_lines(source):
        line_tag = _tag(line, in_record=bool(lines))
        is_of_wos = is_of_wos or line_tag in ("PT", *_BETWEEN)
        tag, content = (line_tag, line[3:].strip()) if line_tag else (tag, line.strip())
        if not line.strip() or line_tag in _BETWEEN:
            continue
        if line_tag == "PT" and content:
            yield from _unended(lines, start, number - 1)
            lines, start = {"PT": [content]}, number
        elif line_tag == "ER" and lines:
            yield _record(lines, start, number)
            lines = {}
        elif lines:
            lines.setdefault(tag, []).append(content)
        else:
            reason = "this line is outside of a record"
            yield ParseProblem(number, number, reason, 'a line "PT" at the start of each record', line.rstrip())
    if not is_of_wos:
        raise encoding.wrong_format_error(source, "no record of Web of Science")
    yield from _unended(lines, start, number)


def _tag(line: str, *, in_record: bool) -> str:
    """Return the tag of a line, or "" if the line continues the line above.

    In a record, a line such as "VR and AR" also continues the line above: the tag VR occurs only outside of records.
    """
    tagged = _TAG.match(line)
    if tagged is None or (in_record and tagged[1] in _BETWEEN and line.strip() != "EF"):
        return ""
    return tagged[1]


def _unended(lines: dict[str, list[str]], start: int, last: int) -> Iterator[Parsed]:
    if lines:
        yield _record(lines, start, last)
        expected = 'the line "ER" at the end of the record'
        yield ParseProblem(start, last, "the record has no end line", expected, f"PT {lines['PT'][0]}")


def _record(lines: dict[str, list[str]], start: int, last: int) -> Parsed:
    people = lines.get("AU", [])
    if lines["PT"] == ["P"]:  # patents name people by surname and initials, without a comma
        lines["AU"] = people = [_INITIALS.sub(r", \1", name) for name in people]
    if addresses := [address for name in people for address in _ADDRESS.findall(name)]:
        lines["AU"] = [_ADDRESS.sub("", name) for name in people]
        lines["EM"] = lines.get("EM", []) + addresses
    if "BP" not in lines and "PS" in lines:
        lines["BP"] = lines.pop("PS")
    joined = {tag: ("; " if tag in _LISTED else " ").join(filter(None, values)) for tag, values in lines.items()}
    return table.record(start, last, joined)
