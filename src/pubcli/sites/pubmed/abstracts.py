"""Read the records of a file in the format Abstract (text).

1. J Kite Stud. 2026 Jan 5;22(1):14-29. doi: 10.5555/jks.2026.14.

Paper kites in the wards: a randomised trial of flying and its effect on the mood
of patients.

[Article in Polish]                          of a translated title

Quillfeather N(1), van der Kork IM(2);       may be missing
KITE Collaboration.

Author information:
(1)Department of Kites, Kite University, Windmill.

BACKGROUND: Kites are said to lift the mood.

DOI: 10.5555/jks.2026.14
PMID: 99000101 [Indexed for MEDLINE]

Lines are at most about 80 characters long, and a blank line stands between paragraphs.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pubcli.biblio import identifiers, nlm_citations
from pubcli.formats.shared.collect import Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.lines import non_empty
from pubcli.formats.shared.page_lines import Line, joined
from pubcli.sites.pubmed import bylines

_START = re.compile(r"\d{1,6}\. (?=\S)")
_MOST_CITATION_LINES = 4
_RELATION = re.compile(
    r"(?:Comment|Erratum|Update|Retraction|Republished|Corrected and republished|Expression of concern"
    r"|Summary for patients|Original report|Partial retraction"
    r"|Retracted and republished|Dataset described|Dataset use reported|Cites)"
    r" (?:in|on|of|for|from)",
    re.IGNORECASE,
)
_LONGEST_RELATION = 40
_IDENTIFIERS = ("DOI:", "PMCID:", "PMID:")
_LABELS = (
    ("Author information:", "affiliations"),
    ("Collaborators:", "collaborators"),
    ("Collaborator:", "collaborators"),
    ("Conflict of interest statement:", "COIS"),
    ("Copyright ", "CI"),
    ("© ", "CI"),
    ("©", "CI"),
    ("Published by ", "CI"),
)
"""How a paragraph begins, and its name in `extra`; COIS and CI are tags of MEDLINE."""
_BEGINNINGS = tuple(beginning for beginning, _ in _LABELS)
_LANGUAGE = re.compile(r"\[Article in (.+)\]$")
_TAIL = re.compile(r"(DOI|PMCID|PMID): ?(\S+)\s*(.*)")
_BEGINS_PARAGRAPH = re.compile(
    r"(?:DOI|PMCID|PMID): ?\S|Author information:|Conflict of interest statement:|\[Article in "
)
"""Matches lines that begin a paragraph even if the blank line above them is lost."""
_FIRST_LETTERS = "DPAC["
"""The first letters of such lines. Lines with other first letters are not matched, to save time."""


_ENDS_OF_TITLES = (".", "?", "!", "]")


class Start(NamedTuple):
    """The beginning of a record."""

    place: int
    """The index of its first line in the page."""
    citation: dict[str, Any]
    """The fields of its citation."""
    lines: int
    """The number of lines of its citation."""


def starts(page: Sequence[Line]) -> list[Start]:
    """Return the beginning of each record, which has a number and a citation."""
    candidates = [index for index, (_, text) in enumerate(page) if text[0].isdigit()]
    return [start for index in candidates if (start := _start(page, index))]


def _start(page: Sequence[Line], index: int) -> Start | None:
    match = _START.match(page[index].text)
    citation, below = _citation(page, index, match.end()) if match else (None, index)
    return Start(index, citation, below - index) if citation is not None else None


def _citation(page: Sequence[Line], index: int, skipped: int) -> tuple[dict[str, Any] | None, int]:
    """Return the fields of the citation at a line, without its number, and the index of the line below it.

    Without a blank line below it, the citation is the shortest possible one.
    """
    end = index + 1
    while end < len(page) and end < index + _MOST_CITATION_LINES and page[end].number == page[end - 1].number + 1:
        end += 1
    has_blank_below = end == len(page) or page[end].number > page[end - 1].number + 1
    for candidate in (end,) if has_blank_below else range(index + 1, end + 1):
        text = joined(page[index:candidate], " ")[skipped:]
        if fields := nlm_citations.fields_of_citation(text):
            return fields, candidate
    return None, index


def record(start: Start, block: Sequence[Line]) -> Iterator[Parsed]:
    """Yield the record in a block of lines that begins at `start`, and a problem for text below it."""
    paragraphs = [*_paragraphs(block[start.lines :])]
    if paragraphs and len(paragraphs[0]) > 1:
        paragraphs[:1] = _title_and_byline(paragraphs[0])
    reader = _Record(start.citation, has_title=_has_title(paragraphs))
    end = next((place for place, lines in reversed([*enumerate(paragraphs)]) if _is_part_of_tail(lines)), -1) + 1
    for lines in paragraphs[: end or None]:
        reader.add(lines)
    strays = [line for lines in paragraphs[end or len(paragraphs) :] for line in lines]
    last = strays[0].number - 1 if strays else block[-1].number
    yield ParsedRecord(block[0].number, last, reader.fields())
    if strays:
        reason = "a text below the last line of a record"
        expected = "a number and a citation, as in 1. J Kite Stud. 2026 Jan 5;22(1):14-29."
        yield ParseProblem(strays[0].number, strays[-1].number, reason, expected, joined(strays))


def _paragraphs(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    candidates = [
        (index, number - above > 1, text)
        for index, ((above, _), (number, text)) in enumerate(pairwise(lines), 1)
        if number - above > 1 or text[0] in _FIRST_LETTERS
    ]
    start = 0
    for index, has_blank_above, text in candidates:
        if has_blank_above or (_BEGINS_PARAGRAPH.match(text) and not _TAIL.fullmatch(lines[start].text)):
            yield lines[start:index]
            start = index
    if lines:
        yield lines[start:]


def _title_and_byline(lines: Sequence[Line]) -> list[Sequence[Line]]:
    """Return the title, the authors and the lines below them as paragraphs, if the blank lines between them are lost.

    Otherwise, all lines are the title. Authors begin on a new line, below the end of a sentence, and end in a full
    stop.
    """
    start = 0
    for end in range(1, len(lines) + 1):
        if start and lines[end - 1].text.endswith(".") and bylines.is_byline(joined(lines[start:end], " ")):
            return [part for part in (lines[:start], lines[start:end], lines[end:]) if part]
        if lines[end - 1].text.endswith(_ENDS_OF_TITLES):
            start = end
    return [lines]


def _has_title(paragraphs: Sequence[Sequence[Line]]) -> bool:
    """Return whether the first paragraph is a title. If it is not, it names the authors, or the language of the title.

    A title may look like a list of authors, but then the authors are below it: `Hepatitis B, hepatitis C and HIV.`
    """
    first, below = ([joined(lines, " ") for lines in paragraphs[:2]] + ["", ""])[:2]
    if _LANGUAGE.match(first):
        return False
    return "," not in first or not bylines.names_people(first) or bylines.is_byline(below)


def _is_part_of_tail(lines: Sequence[Line]) -> bool:
    """Return whether a paragraph can be the last of a record: its identifiers, or a statement below them."""
    return _TAIL.fullmatch(lines[0].text) is not None or lines[0].text.startswith("Conflict of interest statement:")


class _Record:
    """A record that is being read, one paragraph after the other."""

    def __init__(self, citation: dict[str, Any], *, has_title: bool) -> None:
        self._fields = citation
        self._extra: dict[str, str] = citation.pop("extra", {})
        self._title: str | None = None if has_title else ""
        self._byline: str | None = None
        self._abstract: list[str] = []

    def add(self, lines: Sequence[Line]) -> None:
        """Add a paragraph."""
        first, text = lines[0].text, joined(lines, " ")
        if self._title is None:
            self._title = text
        elif first.startswith(_IDENTIFIERS) and _TAIL.fullmatch(first):
            for line in lines:
                self._add_identifier(line.text)
        elif first.startswith("[") and (language := _LANGUAGE.match(first if first.endswith("]") else text)):
            self._add_extra("language", language[1])
            if first.endswith("]") and len(lines) > 1:  # the blank line below it is lost
                self.add(lines[1:])
        elif len(first) <= _LONGEST_RELATION and _RELATION.fullmatch(first):
            self._add_extra(first.lower(), joined(lines[1:], " "))
        elif first.startswith(_BEGINNINGS):
            label = next(label for label in _LABELS if first.startswith(label[0]))
            self._add_extra(label[1], text.removeprefix(label[0]).strip() if label[0].endswith(":") else text)
        elif self._byline is None and not self._abstract and bylines.is_byline(text):
            self._byline = text
        else:
            self._abstract.append(text)

    def _add_identifier(self, text: str) -> None:
        match = _TAIL.fullmatch(text)
        name, value, rest = match.groups() if match else ("", "", text)
        if name == "DOI" and (doi := identifiers.doi(value)) and self._fields.setdefault("doi", doi) == doi:
            value = ""
        self._add_extra(name.lower(), value)
        self._add_extra("remarks", rest.strip("[]"))

    def _add_extra(self, name: str, text: str) -> None:
        if text:
            self._extra[name or "remarks"] = f"{self._extra[name]}; {text}" if name in self._extra else text

    def fields(self) -> dict[str, Any]:
        """Return the fields of the paper."""
        title, is_translated = nlm_citations.without_brackets(self._title or "")
        if is_translated:
            self._extra["translated"] = "yes"
        return non_empty(
            self._fields
            | bylines.author_fields(self._byline or "")
            | {"title": title.removesuffix("."), "abstract": "\n".join(self._abstract), "extra": self._extra}
        )
