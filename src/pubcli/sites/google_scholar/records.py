"""Read the records of a list.

    Walks on kites: a survey                     title; cut at about 175 characters
    A Bow, C Day, EJ van der Fox, ...            authors by initials and surname; cut at about 80 characters
    Journal of Kites 12 (3), 1-20                venue; optional
    194     2006                                 citations and year; Chromium omits a line that would be empty

A record ends with the line of its citations and year. Where this line is missing, the line of authors shows where the
next record begins.
"""

from collections.abc import Iterator, Sequence, Set
from typing import Any, NamedTuple

from pubcli.biblio.dates import partial_date
from pubcli.biblio.venues import fields_of_venue
from pubcli.formats.shared.collect import Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.lines import non_empty
from pubcli.formats.shared.notes import date_fields
from pubcli.lazy import pattern
from pubcli.sites.google_scholar import lines
from pubcli.sites.google_scholar.lines import Counts, Line

_CUT = ("\u2026", "...")
_NO_COUNTS = Counts(None, is_merged=False, year=None)
_PROCEEDINGS = pattern(r"\b(?:Proceedings|Proc\.|Conference|Symposium|Workshop|Advances in Neural Information)(?!\w)")
_MOST_INITIALS = 5
_MOST_BYLINES = 2
"""The largest number of lines that look like authors between a header and the first counts: the line of authors, and an
affiliation or a venue."""
_MOST_LINES = 3
"""The number of lines of a record above its counts: title, authors and venue."""


def records(page: Sequence[Line], *, has_headings: bool = True) -> Iterator[Parsed]:
    """Yield the records of a list in order. `page` are the lines below its headings, without those below the list.

    Without headings, the copy may begin inside of a record.
    """
    groups = list(_groups(page))
    bylines = (group.lines[1].text for group in groups if len(group.lines) == _MOST_LINES)
    people = {name for byline in bylines for name in _names(byline) if not _is_cut(name)}
    if groups and groups[0].lines and not has_headings:
        start = _start(groups[0].lines, people)
        if start:
            yield _end_of_record(groups[0], start)
        groups[:1] = [groups[0]._replace(lines=groups[0].lines[start:])] if start < len(groups[0].lines) else []
    for group in groups:
        if not group.lines:
            yield _stray(group.end)
        elif group is groups[-1] and group.counts is _NO_COUNTS and not _has_byline(group.lines, people):
            yield _below_list(group.lines)
        else:
            yield _record(group, people)


class _Group(NamedTuple):
    """The lines of a record."""

    lines: Sequence[Line]
    """The lines above its counts; none for counts without a record."""
    counts: Counts
    end: Line
    """The last line of the record."""


def _groups(page: Sequence[Line]) -> Iterator[_Group]:
    pending: list[Line] = []
    for index, line in enumerate(page):
        counts = lines.counts(line.text)
        if counts is None or (not pending and _is_title(page, index)):
            pending.append(line)
            continue
        *uncounted, last = _split(pending) or [[]]
        yield from (_Group(group, _NO_COUNTS, group[-1]) for group in uncounted)
        yield _Group(last, counts, line)
        pending = []
    yield from (_Group(group, _NO_COUNTS, group[-1]) for group in _split(pending))


def _is_title(page: Sequence[Line], index: int) -> bool:
    """Return whether a number is a title, such as `1984`, because a line of authors is below it."""
    return page[index].text.isdecimal() and index + 1 < len(page) and is_byline(page[index + 1].text)


def first(page: Sequence[Line], below_header: int, below_headings: int) -> int:
    """Return the index of the first record of a list below a header.

    It is the line below the headings, `below_headings`. The headings are not recognised if the browser put no tab
    between them, or too many. Then the result is the title of the first record with citations or a year.
    """
    end = next((index for index in range(below_headings, len(page)) if _has_counts(page[index])), None)
    if end is None:
        return below_headings
    has_headings = below_headings > below_header
    if has_headings and not any(_is_rest_of_headings(line.text) for line in page[below_headings:end]):
        return below_headings
    if sum(is_byline(line.text) for line in page[below_headings:end]) > _MOST_BYLINES:
        return below_headings
    for lines_below in (2, 1):  # authors and venue, or only authors
        authors = end - lines_below
        if authors > below_header and is_byline(page[authors].text):
            return authors - 1
    return below_headings


def _is_rest_of_headings(text: str) -> bool:
    return "\t" in text and not any(map(str.isdecimal, text))


def _has_counts(line: Line) -> bool:
    counts = lines.counts(line.text)
    return counts is not None and (counts.citations is not None or counts.year is not None)


def _stray(line: Line) -> ParseProblem:
    reason = "a number of citations without a paper"
    return ParseProblem(line.number, line.last, reason, "a title above it", _joined([line]))


def _start(above: Sequence[Line], people: Set[str]) -> int:
    """Return the index of the title among the lines above the first counts of a copy; their number if it is missing.

    The title is above the authors, and below them, there is at most the venue.
    """
    are_authors = [_are_people(line.text, people) for line in above]
    count = len(above)
    if count == _MOST_LINES and (not are_authors[0] or are_authors[1]):
        return 0
    starts = (start for start in (count - 3, count - 2) if start >= 0 and are_authors[start + 1])
    return next((start for start in starts if not are_authors[start]), count)


def _are_people(text: str, people: Set[str]) -> bool:
    return is_byline(text) or not people.isdisjoint(_names(text))


def _end_of_record(group: _Group, start: int, reason: str = "the beginning of the record is missing") -> ParseProblem:
    """Return the problem for the lines of a group above `start`, with its counts if no record is below them."""
    above = [*group.lines[:start]]
    if start == len(group.lines) and group.end is not above[-1]:
        above.append(group.end)
    expected = "a title above the line of authors"
    return ParseProblem(above[0].number, above[-1].last, reason, expected, _joined(above))


def _below_list(text: Sequence[Line]) -> ParseProblem:
    """Return the problem for lines at the end of a list, such as a button, that have nothing of a record."""
    expected = "authors, or citations and year, below the title of a paper"
    return ParseProblem(text[0].number, text[-1].last, "a text below the list", expected, _joined(text))


def _split(pending: Sequence[Line]) -> list[list[Line]]:
    """Return the lines of each record among lines without counts. The line above a line of authors is a title."""
    if len(pending) <= _MOST_LINES:
        return [list(pending)] if pending else []
    starts = [0]
    for index in range(2, len(pending) - 1):
        has_authors_above = index - starts[-1] >= 2
        if has_authors_above and is_byline(pending[index + 1].text) and not is_byline(pending[index].text):
            starts.append(index)
    return [list(pending[start:end]) for start, end in zip(starts, [*starts[1:], len(pending)], strict=True)]


def is_byline(text: str) -> bool:
    """Return whether a line looks like a list of authors: `A Bow, EJ van der Fox, ...`.

    Each name begins with capital initials. A name of one word is accepted only next to others.
    """
    names = [name for name in _names(text) if not _is_cut(name)]
    has_initials = [_begins_with_initials(name) for name in names]
    return any(has_initials) and all(
        has or (" " not in name and name[:1].isalpha()) for has, name in zip(has_initials, names, strict=True)
    )


def _begins_with_initials(name: str) -> bool:
    initials, _, surname = name.partition(" ")
    if len(initials) > _MOST_INITIALS or not initials.replace("-", "").isalpha() or not surname[:1].isalpha():
        return False
    return initials.isupper() or (len(initials) == 1 and initials == initials.upper())  # a script without capitals


def _names(text: str) -> list[str]:
    return [name for part in text.split(",") if (name := part.strip())]


def _is_cut(text: str) -> bool:
    return text.endswith(_CUT)


def _record(group: _Group, people: Set[str]) -> Parsed:
    """Return a record, or a problem. `people` are the authors of records with a venue, whose bylines are certain."""
    title, *others = [line.text for line in group.lines]
    first_line, last_line = group.lines[0].number, group.end.last
    if len(others) > 2:
        reason, text = "more lines than a title, authors and a venue", _joined(group.lines)
        return ParseProblem(first_line, last_line, reason, "a line with citations and year below each paper", text)
    if not others and group.end is group.lines[0] and title.isdecimal():
        return _stray(group.end)
    has_byline = _has_byline(group.lines, people)
    if not has_byline and _are_people(title, people):
        return _end_of_record(group, len(group.lines), "the record has no title")
    byline = others[0] if has_byline else ""
    venue = others[-1] if others and others[-1] is not byline else ""
    return ParsedRecord(first_line, last_line, fields(title, byline, venue, group.counts))


def _joined(text: Sequence[Line]) -> str:
    """Return the text of lines. Tabs are visible in a line of empty cells."""
    return "\n".join(line.text if line.text.strip() else line.text.replace("\t", "\\t") for line in text)


def _has_byline(above: Sequence[Line], people: Set[str]) -> bool:
    """Return whether the second of the lines above the counts of a record is its line of authors."""
    if len(above) < 2:
        return False
    return len(above) == _MOST_LINES or _are_people(above[1].text, people)


def fields(title: str, byline: str, venue: str, counts: Counts) -> dict[str, Any]:
    """Return the fields of `Paper` for the parts of a record. Parts that the record lacks are empty."""
    if counts.year:  # a narrow window shows the year at the end of the venue, too
        venue = venue.removesuffix(f", {counts.year}")
    names = _names(byline)
    is_complete = not (names and _is_cut(names[-1]))
    values: dict[str, Any] = {
        "title": title,
        "authors": tuple(name for name in names if not _is_cut(name)),
        "authors_complete": is_complete,
        "citations": counts.citations or 0,
        **_place(venue),
        **({"extra": {"citations": f"{counts.citations}*"}} if counts.is_merged else {}),
        **date_fields(partial_date(counts.year) if counts.year else None),
    }
    cut = tuple(field for field, text in (("title", title), ("venue", venue)) if _is_cut(text))
    return non_empty(values) | {"cut": cut} if cut else non_empty(values)


def _place(venue: str) -> dict[str, Any]:
    """Return the fields of the line of the venue, and the kind of paper that it implies.

    A venue with a volume is a journal, unless its name says that it is proceedings. Even if the end of the line is cut,
    its beginning may say that.
    """
    if not venue:
        return {}
    fields = {"venue": venue} if _is_cut(venue) else fields_of_venue(venue)
    if _PROCEEDINGS.search(fields.get("venue", "")):
        return {"kind": "inproceedings", **fields}
    return {"kind": "article", **fields} if "volume" in fields else fields
