"""Define the default columns for each kind of rows, and the heading, width and style of each column."""

from __future__ import annotations

from collections.abc import Sequence

from pubcli.answer.answer import Answer, Row
from pubcli.display import theme
from pubcli.lazy import TYPE_CHECKING, NamedTuple
from pubcli.text.normalize import visible

if TYPE_CHECKING:
    from typing import Literal


class Column(NamedTuple):
    """The look of one column, and what happens to it on a narrow screen."""

    header: str
    minimum: int = 4
    """Minimum width of a flexible column. The column becomes narrower only if no other column can be left out."""
    weight: int = 0
    """The column's share of the spare width. 0 means not flexible: the column is as wide as its widest cell."""
    priority: int = 0
    """The column with the highest number is left out first. A column with 0 is left out only if it does not fit with a
    width of 1."""
    justify: Literal["left", "right"] = "left"
    style: str = ""
    is_omitted_if_empty: bool = False
    """Whether the column is left out if none of its cells has a text."""
    not_wider_than: str = ""
    """The heading of another column. This column is wider than the other only if all texts of the other fit."""


_LONGEST_HEADING = 30
"""Maximum number of characters in a heading that comes from a page; longer headings are cut."""

_COLUMNS = {
    "position": Column("#", justify="right", style=theme.DETAIL),
    "key": Column("Key", minimum=28, weight=1, not_wider_than="Title", style=theme.KEY),
    "date": Column("Date", priority=3, style=theme.DATE),
    "category": Column("Cat", priority=4, style=theme.CATEGORY),
    "title": Column("Title", minimum=22, weight=3),
    "authors": Column("Authors", minimum=18, weight=2, priority=5),
    "passage": Column("Passage", minimum=24, weight=4, priority=2),
    "missing": Column("Lacks", minimum=12, weight=1, priority=1, style=theme.DETAIL),
    "instead": Column("Instead", minimum=12, weight=1, priority=3, style=theme.DETAIL),
    "score": Column("Score", priority=3, justify="right"),
    "why": Column("Why", minimum=12, weight=4, priority=1),
    "likeness": Column("Likeness", priority=3, justify="right"),
    "shared_words": Column("In common", minimum=12, weight=3, priority=1, style=theme.KIND),
    "profile": Column("Profile", minimum=10, weight=1, priority=6),
    "org": Column("Org", priority=7),
    "code": Column("Code", priority=9),
    "doi": Column("DOI", minimum=10, weight=1, priority=6),
    "arxiv": Column("arXiv id", priority=6),
    "venue": Column("Venue", minimum=12, weight=1, priority=5),
    "abstract": Column("Abstract", minimum=24, weight=6, priority=2),
    "name": Column("Name", minimum=14, weight=1),
    "papers": Column("Papers", priority=1, justify="right"),
    "first_year": Column("First", priority=3, style=theme.DATE),
    "last_year": Column("Last", priority=2, style=theme.DATE),
    "categories": Column("Categories", minimum=10, weight=1, priority=6, style=theme.CATEGORY),
    "first_author": Column("As first", priority=4, justify="right"),
    "last_author": Column("As last", priority=5, justify="right"),
    "indicator": Column("Indicator", style=theme.KIND),
    "law": Column("Law", style=theme.KIND),
    "quantity": Column("Quantity", minimum=20, weight=1),
    "observed": Column("Observed", justify="right"),
    "expected": Column("Expected", priority=1, justify="right"),
    "low": Column("Low", priority=2, justify="right"),
    "high": Column("High", priority=2, justify="right"),
    "meaning": Column("Meaning", minimum=18, weight=2),
    "classes": Column("arXiv", minimum=8, weight=1, priority=6),
    "kind": Column("Kind", priority=1, style=theme.KIND),
    "line": Column("Line", justify="right", priority=2),
    "finding": Column("Finding", minimum=20, weight=2),
    "change": Column("Change", style=theme.KIND),
    "field": Column("Field", priority=3),
    "summary": Column("Difference", minimum=30, weight=3),
    "old": Column("Old", minimum=10, weight=1, priority=4),
    "new": Column("New", minimum=10, weight=1, priority=4),
    "difference": Column("By", priority=5, justify="right"),
    "section": Column("Section", style=theme.KIND),
    "item": Column("Item", minimum=14, weight=3),
    "a": Column("A", minimum=11, weight=1, justify="right"),
    "b": Column("B", minimum=11, weight=1, justify="right"),
    "as_of": Column("As of", style=theme.DATE),
    "h_index": Column("h-index", priority=2, justify="right"),
    "i10_index": Column("i10-index", priority=4, justify="right"),
    "recent_citations": Column("Recent", priority=4, justify="right"),
    "recent_h_index": Column("Recent h", priority=6, justify="right"),
    "recent_i10_index": Column("Recent i10", priority=7, justify="right"),
    "stated_papers": Column("Stated", priority=3, justify="right"),
    "citations": Column("Citations", priority=1, justify="right"),
    "novelty": Column("Novelty", priority=6, justify="right"),
    "ai_score": Column("AI score", priority=5, justify="right"),
    "listed_papers": Column("Listed", priority=4, justify="right"),
    "new_papers": Column("New", priority=2, justify="right"),
    "gone_papers": Column("Gone", priority=2, justify="right"),
    "renamed_papers": Column("Renamed", priority=3, justify="right"),
    "changed_papers": Column("Changed", priority=4, justify="right"),
    "before": Column("Since", priority=5, style=theme.DATE),
    "h_index_difference": Column("by", priority=3, justify="right"),
    "citations_difference": Column("by", priority=2, justify="right"),
    "shared_papers": Column("Shared", priority=4, justify="right"),
    "snapshots": Column("Snapshots", priority=3, justify="right"),
    "day_number": Column("No.", priority=3, justify="right"),
    "setting": Column("Setting", minimum=12, weight=1, style=theme.KEY),
    "value": Column("Value", minimum=16, weight=2),
    "source": Column("Source", minimum=12, weight=1, priority=4),
    "outcome": Column("Outcome", style=theme.KIND),
    "shared": Column("Shared", priority=3, justify="right"),
    "problems": Column("Problems", priority=2, justify="right"),
    "decision": Column("Decision", style=theme.KIND),
    "profiles": Column("On pages of", minimum=14, weight=1, priority=2),
    "other_key": Column("And key", minimum=28, weight=1, style=theme.KEY),
    "other_title": Column("And", minimum=22, weight=2, priority=3),
    "evidence": Column("Evidence", minimum=20, weight=2, priority=1),
    "question": Column("Question", minimum=20, weight=2),
    "year": Column("Year", style=theme.DATE),
    "month": Column("Month", style=theme.DATE),
    "publisher": Column("Publisher", minimum=18, weight=1),
    "keyword": Column("Keyword", minimum=18, weight=1),
    "country": Column("Country", minimum=10, weight=1),
    "language": Column("Language", minimum=10, weight=1),
    "badge": Column("Badge", minimum=10, weight=1),
    "team": Column("Team", justify="right"),
    "author": Column("Author", minimum=18, weight=1),
    "share": Column("Share", priority=2, justify="right"),
    "authors_per_paper": Column("Authors each", priority=6, justify="right"),
    "fractional": Column("Fractional", priority=2, justify="right"),
    "citations_mean": Column("Mean", priority=2, justify="right"),
    "citations_median": Column("Median", priority=3, justify="right"),
    "citations_max": Column("Most", priority=4, justify="right"),
    "citations_per_year": Column("Per year", priority=3, justify="right"),
    "citations_known": Column("Known", priority=5, justify="right"),
    "g_index": Column("g-index", priority=3, justify="right"),
    "topic": Column("Topic", minimum=16, weight=2),
    "titles": Column("Titles", priority=4, justify="right"),
    "elsewhere": Column("Elsewhere", priority=5, justify="right"),
    "shares": Column("Shares", priority=4, style=theme.CHART),
    "trend": Column("Trend", priority=3, style=theme.KIND),
    "keys": Column("For example", minimum=30, weight=2, priority=6, style=theme.DETAIL),
    "by": Column("By", style=theme.KIND),
    "values": Column("Values", priority=3, justify="right"),
    "counts": Column("Counts", priority=2, style=theme.CHART),
    "most": Column("Most papers", minimum=16, weight=2),
    "format": Column("Format", style=theme.KEY),
    "about": Column("What it is", minimum=16, weight=2),
    "suffixes": Column("File names", priority=2),
    "shows": Column("Shows", priority=1),
    "options": Column("Options", priority=3),
    "checked": Column("Checked", priority=4),
    "read": Column("Read", priority=1),
    "written": Column("Written", priority=1),
    "remedy": Column("Instead", minimum=24, weight=3, priority=2),
    "reference": Column("Reference", minimum=20, weight=1),
    "other_name": Column("And", minimum=14, weight=1),
    "other_papers": Column("Papers", priority=3, justify="right"),
    "names": Column("Written as", minimum=14, weight=1, priority=5),
    "course": Column("Years", priority=2, style=theme.CHART),
    "gaps": Column("Gaps", minimum=9, weight=1, priority=7),
    "has_page": Column("Page", priority=6),
    "degree": Column("Degree", priority=1, justify="right"),
    "strength": Column("Strength", priority=4, justify="right"),
    "betweenness": Column("Between", priority=2, justify="right"),
    "component": Column("Part", priority=6, justify="right"),
    "community": Column("Community", priority=3, justify="right"),
    "mean_year": Column("Mean year", priority=3, justify="right", style=theme.DATE),
    "target": Column("And", minimum=14, weight=1),
    "other": Column("And", minimum=14, weight=1),
    "topics": Column("Topics", priority=2, justify="right"),
    "papers_by_year": Column("Years", priority=2, style=theme.CHART),
    "weight": Column("Weight", priority=1, justify="right"),
    "theme": Column("Theme", minimum=20, weight=2),
    "items": Column("Items", priority=4, justify="right"),
    "centrality": Column("Centrality", priority=1, justify="right"),
    "density": Column("Density", priority=1, justify="right"),
    "quadrant": Column("Quadrant", priority=2, style=theme.KIND),
    "step": Column("Step", priority=2, justify="right", style=theme.DETAIL),
    "next_name": Column("Next", minimum=14, weight=1),
    "period": Column("Period", style=theme.DATE),
    "coauthors": Column("People", priority=1, justify="right"),
    "new_coauthors": Column("New", priority=2, justify="right"),
    "returned_coauthors": Column("Back", priority=5, justify="right"),
    "lost_coauthors": Column("Lost", priority=2, justify="right"),
    "first_share": Column("First %", priority=6, justify="right"),
    "last_share": Column("Last %", priority=6, justify="right"),
    "new_names": Column("Who is new", minimum=20, weight=2, priority=3),
    "lost_names": Column("Who is lost", minimum=20, weight=2, priority=4),
    "assumed_encoding": Column("Encoding"),
    "number": Column("No.", justify="right"),
    "made_at": Column("When", priority=2, style=theme.DATE),
    "command": Column("Command", minimum=20, weight=2),
    "effect": Column("Effect", minimum=16, weight=1, priority=1),
    "state": Column("State", priority=3, style=theme.KIND),
    "view": Column("View", style=theme.KIND),
    "column": Column("Column", style=theme.KEY),
    "row": Column("A row is", minimum=16, weight=1, priority=2),
    "text": Column("Text", minimum=16, weight=1, priority=4, style=theme.DETAIL),
}

_COLUMNS_OF_PAPERS = {
    "citations": Column("Cited", priority=4, justify="right"),
    "kind": Column("Kind", priority=6, style=theme.KIND),
}
"""The columns of papers that look different from those of other rows."""
_COLUMNS_OF_COUNTS = {
    "first_author": Column("First author", minimum=18, weight=1),
    "last_author": Column("Last author", minimum=18, weight=1),
    "source": Column("Source", minimum=18, weight=1),
    "profile": Column("Profile", minimum=18, weight=1),
    "org": Column("Org", minimum=18, weight=1),
    "venue": Column("Venue", minimum=18, weight=1),
}
"""The columns of dimensions that look different from those of the same name in other rows."""

_MEASURES = (
    "fractional? citations? citations_mean? citations_median? citations_max? citations_per_year? citations_known? "
    "h_index? g_index? i10_index?"
)
"""The columns of counts that are shown if the user names measures."""
_BY_KIND = {
    "papers": "position profile? key date category? title authors venue? citations? kind? code?",
    "hits": "position profile? key date category? title missing? instead? passage authors venue? citations?",
    "explained_hits": "position profile? key date category? title missing? instead? score why",
    "similar_papers": "position profile? key date title likeness shared_words",
    "steps": "step name next_name date title key",
    "references": "reference",
    "coauthors": "name names? papers course first_year last_year categories first_author last_author gaps",
    "people": "name names? papers first_year last_year categories first_author last_author has_page",
    "nodes": "name names? papers degree strength betweenness component community mean_year?",
    "name_variants": "decision name papers other_name other_papers evidence",
    "periods": (
        "period papers coauthors new_coauthors returned_coauthors lost_coauthors first_share last_share new_names "
        "lost_names"
    ),
    "counts": f"papers share? authors_per_paper? {_MEASURES}",
    "pairs": f"papers share? authors_per_paper? {_MEASURES}",
    "indicators": "indicator value papers meaning",
    "laws": "law quantity observed expected low high",
    "dimensions": "by values papers counts most",
    "topics": "topic papers share shares trend keys",
    "group_topics": "topic papers share elsewhere keys",
    "findings": "kind source? line finding text",
    "changes": "change key title summary",
    "page_changes": "name as_of change key title summary",
    "comparison": "section item a b",
    "page_pairs": "name other papers coauthors topics first_year last_year papers_by_year",
    "pages": "name category h_index citations papers shared_papers as_of snapshots",
    "added_pages": "source profile outcome as_of papers shared problems assumed_encoding?",
    "snapshots": (
        "as_of day_number? h_index i10_index? stated_papers? citations novelty? ai_score? recent_citations? "
        "recent_h_index? recent_i10_index? listed_papers new_papers gone_papers"
    ),
    "duplicates": "decision key title other_key? other_title? profiles evidence",
    "library_changes": "number made_at command effect state",
    "view_columns": "view column meaning row",
    "formats": "format about read written suffixes options checked remedy",
}
"""The default columns of each kind of rows. A kind that is not listed here shows all its fields.

If an answer counts papers by dimensions such as year, the columns of the dimensions come before these columns. A column
with `?` is shown only if the answer has it in `optional`.
"""

CARDS = ("paper_details", "profiles")
"""Kinds of rows that people see as cards instead of a table."""
TEXTS = (*CARDS, "findings")
"""Kinds of rows about a single paper or page. Even in files and pipes, they are written as text for people, unless the
user names a format or fields."""
BARS = {"counts": "papers"}
"""For each of these kinds of rows, the field that a terminal shows both as numbers and as bars."""
_WITHOUT_BARS = ("share", "authors_per_paper")
"""Measures beside which the bars show the number of papers."""
SPARKLINES = {"dimensions": "counts", "topics": "shares", "page_pairs": "papers_by_year"}
"""For each of these kinds of rows, the field whose list of numbers a terminal shows as a sparkline."""


def bar_field(answer: Answer[Row]) -> str:
    """Return the field whose numbers a terminal also shows as bars; an empty text if there is none.

    If the user names measures of counts, it is the first of them, because the rows are sorted by it.
    """
    field = BARS.get(answer.kind, "")
    measure = next(iter(answer.optional), "") if field else ""
    return field if not measure or measure in _WITHOUT_BARS else measure


def default_columns(answer: Answer[Row]) -> tuple[str, ...]:
    """Return the fields of an answer that a table shows by default."""
    if answer.kind not in _BY_KIND:
        return answer.fields
    columns = [
        name.removesuffix("?")
        for name in _BY_KIND[answer.kind].split()
        if name[-1] != "?" or name[:-1] in answer.optional
    ]
    return (*answer.by, *columns)


def columns(answer: Answer[Row], fields: Sequence[str]) -> list[Column]:
    """Return the columns for some fields of an answer, with the headings that the answer sets.

    If the rows count papers by year, category or another dimension, the columns of these dimensions get priority 0, so
    that they are not left out on a narrow screen.
    """
    special = _COLUMNS_OF_PAPERS if answer.lists_papers else _COLUMNS_OF_COUNTS if answer.by else {}
    chosen = [special.get(field) or column(field) for field in fields]
    for at, field in enumerate(fields):
        if field in answer.headings:
            chosen[at] = chosen[at]._replace(header=_short_heading(answer.headings[field]))
        if field in answer.texts_for_none:
            chosen[at] = chosen[at]._replace(priority=0)
    return chosen


def _short_heading(text: str) -> str:
    return visible(text if len(text) <= _LONGEST_HEADING else f"{text[: _LONGEST_HEADING - 1]}…")


def column(field: str) -> Column:
    """Return the column for a field.

    A field that `_COLUMNS` lacks gets a flexible column with its name as the heading.
    """
    return _COLUMNS.get(field) or Column(field, minimum=6, weight=1, priority=5)
