"""Read a record of a search.

    arXiv:2601.01234  [pdf, ps, other]  cs.LG cs.AI stat.ML
    doi                                                          a pair of lines for each DOI
    10.1000/xyz.123
    Walks on kites: a survey
    Authors: Alice Bow, Carol Day, et al. (31 additional authors not shown)
    Abstract: …kites are walked in… ▽ More                       whole only when it is short or was opened
    Submitted 14 May, 2026; v1 submitted 2 January, 2026; originally announced January 2026.
    Comments: 12 pages                                           this and the following lines are optional
    Report number: KITE-1 MSC Class: 68W20 ACM Class: F.2.2
    Journal ref: J. Kites 12 (2026) 1-20

The lines are recognised by their order, because a title may begin with `Comments:`.
"""

import re
from collections.abc import Sequence
from typing import Any

from pubcli.formats.shared.page_lines import Line, joined
from pubcli.sites.arxiv_page import fields, lines
from pubcli.sites.arxiv_page.lines import Entry

_DOI = re.compile(r"(?:doi:?\s*)?(10\.\d{4,9}/\S+)")
_LABELLED_DOI = re.compile(r"(?:doi:?\s*)?(\S+/\S+)")
"""Matches what an author gave as a DOI. It may be invalid."""
_AUTHORS = re.compile(r"Authors?: ?")
_ABSTRACT = re.compile(r"Abstract ?: ?")
_BELOW_TITLE = re.compile(r"Authors?:|Abstract ?:")
_BELOW_AUTHORS = re.compile(rf"Abstract ?:|{lines.LABEL}")
_LATER_DATES = re.compile(r"(?:v1 submitted|originally announced|\[?Latest version:)")


def fields_of(entry: Entry, block: Sequence[Line]) -> tuple[dict[str, Any], int]:
    """Return the fields of a paper, and how many lines of `block` belong to it.

    `block` has the lines from the first line of a record to the next record. The title is missing if it is not shown.
    """
    entry, start = _with_classes(entry, block)
    dois, start = _dois(block, start)
    authors = _end(block, start + _is_title(block, start), _BELOW_TITLE)
    title = joined(block[start:authors], " ")
    abstract = _end(block, authors, _BELOW_AUTHORS)
    has_abstract = abstract < len(block) and _ABSTRACT.match(block[abstract].text)
    submitted = _end_of_abstract(block, abstract) if has_abstract else abstract
    parts: list[dict[str, Any]] = [fields.entry_fields(entry), {"title": title}]
    if authors < abstract:
        parts.append(fields.authors(without_label(joined(block[authors:abstract], " "))))
    if abstract < submitted:
        parts.append(fields.abstract(_ABSTRACT.sub("", joined(block[abstract:submitted]), count=1).strip()))
    end = submitted
    if end < len(block) and lines.SUBMITTED.match(block[end].text):
        end += 1
        while end < len(block) and _LATER_DATES.match(block[end].text):
            end += 1
        parts.append(fields.submitted(joined(block[submitted:end], " ")))
    labelled: dict[str, str] = {}
    while end < len(block) and (further := lines.labelled_parts(block[end].text)):
        labelled |= further
        end += 1
    return fields.merged(*parts, fields.further_fields(labelled), dois), end


def _with_classes(entry: Entry, block: Sequence[Line]) -> tuple[Entry, int]:
    """Return the first line of a record with its classes, and the index of the line below them.

    The classes are on a line of their own if the browser did not load the page's style sheets.
    """
    if not entry.classes and len(block) > 1 and (classes := lines.classes(block[1].text)):
        return entry._replace(classes=classes), 2
    return entry, 1


def _dois(block: Sequence[Line], start: int) -> tuple[dict[str, Any], int]:
    """Return the fields for the DOIs that begin at the line `start`, and the index of the line below them."""
    listed: list[str] = []
    end = start
    while end < len(block):
        index, doi = (end + 1, _LABELLED_DOI) if block[end].text == "doi" else (end, _DOI)
        if index == len(block):  # a copy that ends below the label
            return fields.dois(listed), index
        match = doi.fullmatch(block[index].text)
        if match is None:
            break
        listed.append(match[1])
        end = index + 1
    return fields.dois(listed), end


def _is_title(block: Sequence[Line], start: int) -> bool:
    """Return whether a line is the title although it looks like the authors, which begin on the next line."""
    return start + 1 < len(block) and block[start + 1].text.startswith("Authors:")


def _end_of_abstract(block: Sequence[Line], start: int) -> int:
    """Return the index of the line below the abstract, which begins at `start`: `Submitted ...`.

    Without such a line, it is the first line that belongs to the page around the list.
    """
    for index in range(start + 1, len(block)):
        text = block[index].text
        if text.startswith("Submitted ") and lines.SUBMITTED.match(text):
            return index
    return _end(block, start)


def without_label(text: str) -> str:
    """Return the names in a text such as `Authors: Alice Bow, Carol Day`."""
    return _AUTHORS.sub("", text, count=1) if _AUTHORS.match(text) else text


def _end(block: Sequence[Line], start: int, begins_next: re.Pattern[str] | None = None) -> int:
    """Return the index of the first line, from `start`, that `begins_next` matches or that ends the abstract."""
    for index in range(start, len(block)):
        text = block[index].text
        if begins_next and begins_next.match(text):
            return index
        if text.startswith("Submitted ") and lines.SUBMITTED.match(text):
            return index
        if index > start and lines.is_around_list(text):
            return index
    return len(block)
