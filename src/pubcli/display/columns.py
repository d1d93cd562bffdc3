"""How each field looks as a column of a table: the one place for widths and for what gives way first."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from pubcli.answer.answer import Answer, Row
from pubcli.text.normalize import visible


class Column(NamedTuple):
    """How one column looks, and what becomes of it on a narrow screen."""

    header: str
    minimum: int = 4
    """In cells. A flexible column is narrower only where no other column is left to go."""
    weight: int = 0
    """Share of the spare room. 0 is not flexible: as wide as its widest cell."""
    priority: int = 0
    """The highest number is left out first, and 0 only where a cell for each column is too much."""
    justify: Literal["left", "right"] = "left"
    style: str = ""


_LONGEST = 30
"""Characters of a heading that comes from a page."""

_COLUMNS = {
    "position": Column("#", priority=1, justify="right", style="dim"),
    "key": Column("Key", priority=8, style="cyan"),
    "date": Column("Date", priority=3, style="green"),
    "category": Column("Cat", priority=5, style="magenta"),
    "title": Column("Title", minimum=22, weight=3),
    "authors": Column("Authors", minimum=18, weight=2, priority=4),
    "passage": Column("Passage", minimum=24, weight=4, priority=2),
    "score": Column("Score", priority=3, justify="right"),
    "why": Column("Why", minimum=12, weight=4, priority=1),
    "likeness": Column("Like", priority=3, justify="right"),
    "shared_words": Column("In common", minimum=12, weight=3, priority=1, style="yellow"),
    "profile": Column("Profile", minimum=10, weight=1, priority=6),
    "org": Column("Org", priority=7),
    "code": Column("Code", priority=9),
    "doi": Column("DOI", minimum=10, weight=1, priority=6),
    "arxiv": Column("arXiv id", priority=6),
    "venue": Column("Venue", minimum=12, weight=1, priority=5),
    "abstract": Column("Abstract", minimum=24, weight=6, priority=2),
    "name": Column("Name", minimum=14, weight=1),
    "papers": Column("Papers", priority=1, justify="right"),
    "first_year": Column("First", priority=3, style="green"),
    "last_year": Column("Last", priority=2, style="green"),
    "categories": Column("Categories", minimum=10, weight=1, priority=6, style="magenta"),
    "first_author": Column("As first", priority=4, justify="right"),
    "last_author": Column("As last", priority=5, justify="right"),
    "meaning": Column("Meaning", minimum=18, weight=2),
    "classes": Column("arXiv", minimum=8, weight=1, priority=6),
    "kind": Column("Kind", priority=1, style="yellow"),
    "line": Column("Line", justify="right", priority=2),
    "finding": Column("Finding", minimum=20, weight=2),
    "change": Column("Change", style="yellow"),
    "field": Column("Field", priority=3),
    "summary": Column("Difference", minimum=30, weight=3),
    "old": Column("Old", minimum=10, weight=1, priority=4),
    "new": Column("New", minimum=10, weight=1, priority=4),
    "difference": Column("By", priority=5, justify="right"),
    "section": Column("Section", style="yellow"),
    "item": Column("Item", minimum=14, weight=3),
    "a": Column("A", minimum=11, weight=1, justify="right"),
    "b": Column("B", minimum=11, weight=1, justify="right"),
    "as_of": Column("As of", style="green"),
    "h_index": Column("h-index", priority=2, justify="right"),
    "stated_papers": Column("Stated", priority=3, justify="right"),
    "citations": Column("Citations", priority=1, justify="right"),
    "novelty": Column("Novelty", priority=6, justify="right"),
    "ai_score": Column("AI score", priority=5, justify="right"),
    "listed_papers": Column("Listed", priority=4, justify="right"),
    "new_papers": Column("New", priority=2, justify="right"),
    "gone_papers": Column("Gone", priority=2, justify="right"),
    "shared_papers": Column("Shared", priority=4, justify="right"),
    "snapshots": Column("Snapshots", priority=3, justify="right"),
    "source": Column("Source", minimum=12, weight=1, priority=4),
    "outcome": Column("Outcome", style="yellow"),
    "shared": Column("Shared", priority=3, justify="right"),
    "problems": Column("Problems", priority=2, justify="right"),
    "decision": Column("Decision", style="yellow"),
    "profiles": Column("On pages of", minimum=14, weight=1, priority=2),
    "other_title": Column("And", minimum=22, weight=2, priority=3),
    "evidence": Column("Because", minimum=20, weight=2, priority=1),
    "question": Column("Question", minimum=20, weight=2),
    "year": Column("Year", style="green"),
    "badge": Column("Badge", minimum=10, weight=1),
    "team": Column("Team", justify="right"),
    "author": Column("Author", minimum=18, weight=1),
    "share": Column("Share", priority=2, justify="right"),
    "authors_per_paper": Column("Authors each", priority=6, justify="right"),
    "topic": Column("Topic", minimum=16, weight=2),
    "titles": Column("Titles", priority=4, justify="right"),
    "elsewhere": Column("Elsewhere", priority=5, justify="right"),
    "shares": Column("Shares", priority=4, style="cyan"),
    "trend": Column("Trend", priority=3, style="yellow"),
    "keys": Column("For example", minimum=30, weight=2, priority=6, style="dim"),
    "by": Column("By", style="yellow"),
    "values": Column("Values", priority=3, justify="right"),
    "counts": Column("Counts", priority=2, style="cyan"),
    "most": Column("Most papers", minimum=16, weight=2),
    "format": Column("Format", style="cyan"),
    "about": Column("What it is", minimum=16, weight=2),
    "suffixes": Column("File names", priority=2),
    "shows": Column("Shows", priority=1),
    "options": Column("Options", priority=3),
    "checked": Column("Checked", priority=4),
    "read": Column("Read", priority=1),
    "written": Column("Written", priority=1),
    "reference": Column("Reference", minimum=20, weight=1),
    "other_name": Column("And", minimum=14, weight=1),
    "other_papers": Column("Papers", priority=3, justify="right"),
    "names": Column("Written as", minimum=14, weight=1, priority=5),
    "course": Column("Years", priority=2, style="cyan"),
    "gaps": Column("Gaps", minimum=9, weight=1, priority=7),
    "has_page": Column("Page", priority=6),
    "degree": Column("Degree", priority=1, justify="right"),
    "strength": Column("Strength", priority=4, justify="right"),
    "betweenness": Column("Between", priority=2, justify="right"),
    "component": Column("Part", priority=6, justify="right"),
    "community": Column("Community", priority=3, justify="right"),
    "step": Column("Step", priority=2, justify="right", style="dim"),
    "next_name": Column("Next", minimum=14, weight=1),
    "period": Column("Period", style="green"),
    "coauthors": Column("People", priority=1, justify="right"),
    "new_coauthors": Column("New", priority=2, justify="right"),
    "returned_coauthors": Column("Back", priority=5, justify="right"),
    "lost_coauthors": Column("Lost", priority=2, justify="right"),
    "first_share": Column("First %", priority=6, justify="right"),
    "last_share": Column("Last %", priority=6, justify="right"),
    "new_names": Column("Who is new", minimum=20, weight=2, priority=3),
    "lost_names": Column("Who is lost", minimum=20, weight=2, priority=4),
    "text": Column("Text", minimum=16, weight=1, priority=4, style="dim"),
}


_BY_KIND = {
    "papers": "position profile? key date category title authors code",
    "hits": "position profile? key date category title passage authors",
    "explained_hits": "position profile? key date category title score why",
    "similar_papers": "position profile? date title likeness shared_words",
    "steps": "step name next_name date title key",
    "references": "reference",
    "coauthors": "name names? papers course first_year last_year categories first_author last_author gaps",
    "people": "name names? papers first_year last_year categories first_author last_author has_page",
    "nodes": "name names? papers degree strength betweenness component community",
    "name_variants": "decision name papers other_name other_papers evidence",
    "periods": (
        "period papers coauthors new_coauthors returned_coauthors lost_coauthors first_share last_share new_names "
        "lost_names"
    ),
    "counts": "papers share authors_per_paper",
    "pairs": "papers share",
    "dimensions": "by values papers counts most",
    "topics": "topic papers share shares trend keys",
    "group_topics": "topic papers share elsewhere keys",
    "findings": "kind line finding text",
    "changes": "change key title summary",
    "comparison": "section item a b",
    "pages": "name category h_index citations papers shared_papers as_of snapshots",
    "duplicates": "decision title other_title? profiles evidence",
    "formats": "format about read written suffixes options checked",
}
"""The default columns of each kind of rows, after the dimensions that the answer counts by.

`?` marks a column that is shown only where the answer lists it as `optional`. Other kinds show all their fields.
"""

_REDUNDANT = {"team": "authors_per_paper", "author": "authors_per_paper"}
"""The column that adds nothing to the values of a dimension."""

CARDS = ("paper_details", "profiles")
"""Kinds of rows that a terminal shows as cards instead of a table."""
BARS = {"counts": "papers"}
"""The field of a kind of rows that a terminal also shows as bars."""
SPARKLINES = {"dimensions": "counts", "topics": "shares"}
"""The field of a kind of rows with a list of numbers that a terminal shows as a sparkline."""


def default_columns(answer: Answer[Row]) -> tuple[str, ...]:
    """Return the fields that a table shows of an answer unless the user chooses others."""
    if answer.kind not in _BY_KIND:
        return answer.fields
    redundant = {_REDUNDANT.get(dimension) for dimension in answer.by}
    columns = [
        name.removesuffix("?")
        for name in _BY_KIND[answer.kind].split()
        if name not in redundant and (name[-1] != "?" or name[:-1] in answer.optional)
    ]
    return (*answer.by, *columns)


def columns(answer: Answer[Row], fields: Sequence[str]) -> list[Column]:
    """The columns for some fields of an answer, under the headings that it brings; what it counts by stays."""
    found = [column(field) for field in fields]
    for at, field in enumerate(fields):
        if field in answer.headings:
            found[at] = found[at]._replace(header=_heading(answer.headings[field]))
        if field in answer.none_texts:
            found[at] = found[at]._replace(priority=0)
    return found


def _heading(text: str) -> str:
    return visible(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def column(field: str) -> Column:
    """The column for a field; one without an entry takes part in sharing the room under its own name."""
    return _COLUMNS.get(field) or Column(field, minimum=6, weight=1, priority=5)
