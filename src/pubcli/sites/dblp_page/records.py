"""Read the lines of a record.

[j4]                                                       the number; the buttons view, export, ask others
Nora Quillfeather, Tomas Brindlewick 0002:                 all people; perhaps one on each line, or no line at all
Walks on Kites: A Survey. J. Kites 12(3): 101-140 (2024)   the title and the venue
"""

import re
from collections.abc import Sequence
from typing import Any

from pubcli.formats.shared.collect import Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.page_lines import Line, joined
from pubcli.sites.dblp_page import fields, lines, titles

_GLUED_BYLINE = re.compile(
    r"((?:[^\W\d_][\w.'\u2019-]*(?: [^\s,:]{1,30}){1,6}, )*[^\W\d_][\w.'\u2019-]*(?: [^\s,:]{1,30}){1,6}):(?=\S)"
)
_MOST_TITLE_LINES = 5
_LONGEST_BYLINE = 60_000


def record(block: Sequence[Line]) -> tuple[Parsed, int]:
    """Parse the record at the beginning of a block. Return it, or a problem, and how many lines it has.

    `block` begins with the line that has the number of the record, such as [j1], unless the number was not copied. It
    ends before the next record.
    """
    match = lines.NUMBER.match(block[0].text)
    number, rest = (match[1] + match[2], block[0].text[match.end() :]) if match else ("", block[0].text)
    body = [(index, line) for index, line in enumerate([Line(block[0].number, rest), *block[1:]]) if line.text]
    body = [(index, line) for index, line in body if not lines.is_button(line.text)]
    people, start = _byline([line.text for _, line in body])
    split, end = _title([line for _, line in body[start:]])
    if split is None:
        last = body[start + end - 1][0] + 1 if start + end else 1
        reason = "the record has no title with a venue and a year"
        text = joined(block[:last])
        expected = "authors with a colon at their end, and a line such as Title. J. Kites 12(3): 1-20 (2023)"
        return ParseProblem(block[0].number, block[last - 1].number, reason, expected, text), last
    used = body[start + end - 1][0] + 1
    title = split.title
    if not people and (glued := _GLUED_BYLINE.match(title)):
        people, title = _names(glued[1]), title[glued.end() :]
    values: dict[str, Any] = fields.paper_fields(number, people, title, split.venue)
    if split.is_guess:
        values["title_guessed"] = True
    return ParsedRecord(block[0].number, block[used - 1].number, values), used


def _byline(texts: Sequence[str]) -> tuple[list[str], int]:
    """Return the people of a record, and the index of the line below them. Their list ends in a colon."""
    for index, text in enumerate(texts):
        if text.endswith(":"):
            return _names(" ".join(texts[: index + 1]).removesuffix(":")), index + 1
        if lines.is_heading(text) or lines.begins_foot(text) or titles.split(text):
            break
    return [], 0


def _names(text: str) -> list[str]:
    return [name for part in text[:_LONGEST_BYLINE].split(",") if (name := part.strip())]


def _title(body: Sequence[Line]) -> tuple[titles.Split | None, int]:
    """Return the title and the venue in the first lines, and the number of these lines."""
    for count in range(1, min(len(body), _MOST_TITLE_LINES) + 1):
        text = body[count - 1].text
        if count > 1 and (lines.is_heading(text) or lines.begins_foot(text)):
            return None, count - 1
        if split := titles.split(joined(body[:count], " ")):
            has_contents = count < len(body) and body[count].text == "[contents]"
            return split, count + has_contents
    return None, min(len(body), 1)
