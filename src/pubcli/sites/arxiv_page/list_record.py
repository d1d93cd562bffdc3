"""Read a record of a listing or of an author's page.

[1] arXiv:2601.01234 (cross-list from cs.AI) [pdf, html, other]
Title: Walks on kites: a survey
Alice Bow, Carol Day (1), Eve van der Fox ((1) Kite University)     begins with `Authors:` on pages before 2024
Comments: 12 pages                                                  optional
Journal-ref: J. Kites 12 (2026) 1-20                                optional
Subjects: Machine Learning (cs.LG); Combinatorics (math.CO)
We study kites.                                                     the abstract, only on pages of new papers
They fly.                                                           its second paragraph
"""

import re
from collections.abc import Sequence
from typing import Any

from pubcli.formats.shared.page_lines import Line, joined
from pubcli.sites.arxiv_page import fields, lines
from pubcli.sites.arxiv_page.lines import Entry

_TITLE = re.compile(r"Title: ?")
_BULLET = re.compile(lines.BULLET)
_AUTHORS = re.compile(r"Authors?: ?")
_LABEL = re.compile(lines.LABEL)


def fields_of(entry: Entry, block: Sequence[Line]) -> tuple[dict[str, Any], int]:
    """Return the fields of a paper, and how many lines of `block` belong to it.

    `block` has the lines from the first line of a record to the next record. The title is missing if it is not shown.
    """
    start = 2 if len(block) > 2 and _BULLET.fullmatch(block[1].text) else 1
    if len(block) <= start or not _TITLE.match(block[start].text):
        return {}, 1
    end = _end(block, start + 1)
    title, authors = _title_and_authors(block[start:end])
    parts: list[dict[str, Any]] = [fields.entry_fields(entry), {"title": title}, fields.authors(authors)]
    labelled: dict[str, str] = {}
    while end < len(block) and (label := lines.labelled(block[end].text)):
        name, value = label
        labelled[name] = f"{labelled[name]} {value}" if name in labelled else value
        end += 1
    start = end
    if "subjects" in labelled:  # the abstract is below the subjects, which are never missing
        end = _end(block, start, is_abstract=True)
    return fields.merged(
        *parts,
        fields.further_fields(labelled),
        {"abstract": joined(block[start:end])},
        fields.assumed_date(entry.identifier),
    ), end


def _title_and_authors(block: Sequence[Line]) -> tuple[str, str]:
    """Return the title and the list of authors. Without the label `Authors:`, the title has one line."""
    start = next((index for index, line in enumerate(block) if _AUTHORS.match(line.text)), 1)
    title = joined(block[:start], " ")
    if title == "Title:" and start < len(block):
        title, start = f"Title: {block[start].text}", start + 1
    return without_title_label(title), _AUTHORS.sub("", joined(block[start:], " "), count=1).strip()


def _end(block: Sequence[Line], start: int, *, is_abstract: bool = False) -> int:
    """Return the index of the line below the authors or below the abstract.

    Another line `Title:` belongs to the next record, whose first line is damaged or missing.
    """
    for index in range(start, len(block)):
        text = block[index].text
        if _TITLE.match(text):
            return index - 1 if index > start and "arXiv:" in block[index - 1].text else index
        if (not is_abstract and _LABEL.match(text)) or lines.is_around_list(text):
            return index
    return len(block)


def without_title_label(text: str) -> str:
    """Return the title in a text such as `Title: Walks on kites`."""
    return _TITLE.sub("", text, count=1).strip()
