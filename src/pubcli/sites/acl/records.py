"""Read the records of a list.

pdfbibabs
Code                                                         further links; optional
Walks on kites: a corpus                                     title
Nora Quillfeather | Tomas Brindlewick                        authors
Proceedings of the 63rd Annual Meeting (Volume 1: Long Papers)
We present kites.                                            the abstract, only if the reader has opened it
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from pubcli.biblio.dates import partial_date
from pubcli.formats.shared.collect import Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.lines import non_empty
from pubcli.formats.shared.notes import date_fields
from pubcli.formats.shared.page_lines import Line, joined
from pubcli.sites.acl import lines

_EXPECTED = "a line of links such as `pdf bib`, and below it a title, authors and proceedings"
_KINDS = (("Proceedings", "inproceedings"), ("Findings", "inproceedings"), ("Transactions", "article"))
"""Kinds of papers, by the first word of the volume that contains them."""


class _Layout(NamedTuple):
    """The places of the parts of a record among its lines below the links. A part that is missing is empty."""

    title: slice
    authors: slice
    venue: slice


def records(block: Sequence[Line], year: int | None, spellings: frozenset[str]) -> Iterator[Parsed]:
    """Yield the record in a block, and a problem for the lines of the block that belong to another record.

    The first line of the block has the links. `spellings` are the names of the person whose papers the page lists.
    """
    content = block[1:]
    layout = _layout(content, spellings)
    end = 1 + _end(content, layout.venue.stop, spellings)
    first, last, rest = block[0], block[end - 1], block[end:]
    if content:
        yield ParsedRecord(first.number, last.number, _fields(block[0], content[: end - 1], layout, year))
    else:
        yield ParseProblem(first.number, last.number, "a record without a title", _EXPECTED, first.text)
    if rest:
        reason = "a record without its first line"
        yield ParseProblem(rest[0].number, rest[-1].number, reason, _EXPECTED, joined(rest))


def _layout(content: Sequence[Line], spellings: frozenset[str]) -> _Layout:
    """Return which lines of a record are its title, authors and venue.

    A title may look like a list of authors, and any text may be a title. So first find the authors: the line that has
    the name of the page's person. If there is none, find the venue: the line that looks like the name of proceedings.
    """
    count = len(content)
    first = int(count > 0 and bool(lines.further_links(content[0].text)))  # a copy may end below these links
    owner = (index for index in range(1, count) if not spellings.isdisjoint(lines.names(content[index].text)))
    if authors := next(owner, None):
        title = authors - 1 if authors <= first + 2 else first
        return _Layout(slice(title, authors), slice(authors, authors + 1), slice(authors + 1, min(authors + 2, count)))
    if count > 1 and not spellings.isdisjoint(lines.names(content[0].text)):  # the title is missing
        return _Layout(slice(0, 0), slice(0, 1), slice(1, 2))
    venue = next((index for index in range(first + 1, count) if lines.is_venue(content[index].text)), None)
    if venue is None:
        venue = min(first + 2, count)
    authors = max(venue - 1, min(first + 1, count))
    return _Layout(slice(first, authors), slice(authors, venue), slice(venue, min(venue + 1, count)))


def _end(content: Sequence[Line], start: int, spellings: frozenset[str]) -> int:
    """Return the index of the line below the abstract: a year, or the first line of a record without its links."""
    for index in range(start, len(content)):
        text = content[index].text
        if lines.year(text):
            return index
        if index > start and not spellings.isdisjoint(lines.names(text)):
            return index - 1
    return len(content)


def _fields(links: Line, content: Sequence[Line], layout: _Layout, year: int | None) -> dict[str, Any]:
    further = [*lines.further_links(links.text)]
    for line in content[: layout.title.start]:
        further += lines.further_links(line.text) or (line.text,)
    venue = joined(content[layout.venue], " ")
    return non_empty(
        {
            "title": joined(content[layout.title], " "),
            "authors": lines.names(joined(content[layout.authors], " ")),
            "venue": venue,
            "kind": kind_of(venue),
            "badges": tuple(further),
            "abstract": joined(content[layout.venue.stop :]),
            **date_fields(partial_date(year) if year else None),
        }
    )


def kind_of(venue: str) -> str | None:
    """Return the kind of the papers in a volume; None if the name of the volume does not show the kind."""
    return next((kind for word, kind in _KINDS if venue.startswith(word)), None)
