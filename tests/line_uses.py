"""Which part of a document uses each line of a page: a header, a paper or a problem, and exactly one of them."""

import re
from collections import Counter

from pubcli.errors import PubcliError
from pubcli.inputs.recoding import in_utf8, recognised
from pubcli.inputs.sources import from_text
from pubcli.model import Document, Paper
from pubcli.reader import read
from pubcli.sites.paperfeed.lines import text, with_line_feeds


def count_line_uses(document: Document) -> Counter[int]:
    """Return how often each line of the source belongs to a header, a record or a problem."""
    spans = [(paper.line, paper.last_line) for paper in document.papers]
    spans += [(problem.line, problem.last_line) for problem in document.problems]
    counts = Counter(line for first, last in spans for line in range(first, last + 1))
    counts.update(line for profile in document.profiles for line in profile.lines)
    return counts


def assert_no_line_lost(data: bytes) -> None:
    """Read, and check that every non-blank line belongs to exactly one part, unless a PubcliError is raised."""
    try:
        document = read(data)
    except PubcliError:
        return
    assert_each_line_used_once(document, data)
    for problem in document.problems:
        assert problem.text
        assert problem.reason
        assert problem.expected
    lines = ["", *map(text, with_line_feeds(_in_utf8(data)).split(b"\n"))]
    for paper in document.papers:
        assert_complete(paper, lines[paper.line + 1 : paper.last_line + 1])


_GLUED = re.compile(r"\s-\s+\[[a-z]\d")
"""Matches the end of a record of DBLP and the beginning of the next one, on one line."""


def assert_each_line_used_once(document: Document, data: bytes) -> None:
    """Check that every non-blank line of a page of any site belongs to exactly one part of the document.

    Records of DBLP that are glued together share a line.
    """
    counts = count_line_uses(document)
    for number, line in enumerate(with_line_feeds(_in_utf8(data)).split(b"\n"), 1):
        if content := text(line):
            may_be_shared = document.profile.site == "dblp-page" and _GLUED.search(content)
            assert counts[number] == 1 or (may_be_shared and counts[number] > 1), (number, content[:80])


def _in_utf8(data: bytes) -> bytes:
    """Return a page in UTF-8, from whatever encoding pubcli recognises."""
    source = in_utf8(from_text(data))
    try:
        source.data.decode()
    except UnicodeDecodeError:
        source = recognised(source)
    return source.data


def assert_complete(paper: Paper, below_date: list[str]) -> None:
    """Check that a paper holds all text below its date line except the punctuation of the byline."""
    remaining_text = squeezed("".join(below_date))
    for field in (paper.title, *paper.authors, paper.org or "", paper.abstract or ""):
        assert squeezed(field) in remaining_text
        remaining_text = remaining_text.replace(squeezed(field), "", 1)
    assert set(remaining_text) <= set(",etal.·"), remaining_text


def squeezed(content: str) -> str:
    """Return a text without blanks."""
    return "".join(content.split())
