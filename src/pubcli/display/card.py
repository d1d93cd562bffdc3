"""Show all fields of one paper or of one profile as a card on a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console, ConsoleOptions, Group
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from pubcli.answer.answer import Row
from pubcli.answer.marks import marked_text
from pubcli.answer.values import plain_text
from pubcli.biblio import arxiv_categories
from pubcli.biblio.web_addresses import safe_address
from pubcli.display import theme
from pubcli.display.columns import Column
from pubcli.display.grid import Grid
from pubcli.formats import FORMATS
from pubcli.lazy import TYPE_CHECKING
from pubcli.text.normalize import visible
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow, ProfileRow

_LONGEST_LINE = 88
"""Maximum width of a line of running text, in cells of the terminal; longer lines are hard to read."""

_BIBLIOGRAPHIC = (
    "kind", "venue", "volume", "issue", "pages", "publisher", "doi", "arxiv", "citations", "keywords",
)  # fmt: skip
"""Fields that bibliographic formats have, but pages do not."""


def paper(row: PaperRow) -> Group:
    """Return the card of a paper: the title, the byline, a line for each further field, and the abstract."""
    facts = Text("\n").join(_line(label, value) for label, value in _paper_facts(row))
    abstract = readable(row["abstract"]) if row["abstract"] is not None else "The page has no abstract."
    return Group(
        Text(marked_text(row, "title"), style=theme.CARD_TITLE),
        Text(marked_text(row, "authors") or "no authors read"),
        Text(),
        facts,
        Text(),
        _RunningText(Text(visible(abstract))),
    )


class _RunningText:
    """A text wrapped into lines of at most `_LONGEST_LINE` cells."""

    def __init__(self, text: Text) -> None:
        self.text = text

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        yield from console.render(self.text, options.update(width=min(options.max_width, _LONGEST_LINE)))


def _line(label: str, value: Text) -> Text:
    return Text.assemble((f"{label:<10}", theme.LABEL), value)


def _paper_facts(row: PaperRow) -> Iterator[tuple[str, Text]]:
    yield "key", Text(row["key"], style=theme.KEY)
    yield "date", Text(marked_text(row, "date") or "unknown", style=theme.DATE)
    if row["category"]:
        meaning = arxiv_categories.meaning(row["classes"]) or "not an arXiv category"
        yield "category", Text.assemble((marked_text(row, "category"), theme.CATEGORY), f"  {meaning}")
    values: Row = row
    for field in ("org", "badges", *_BIBLIOGRAPHIC):
        if values[field] is not None and values[field] != []:
            yield field, Text(marked_text(row, field))
    for name, text in row["extra"].items():
        yield visible(name), Text(visible(text))
    if row["url"] is not None:
        yield "url", _link(row["url"])
    for link in row["links"]:
        yield "link", _link(link)
    yield from _sources(row.get("field_sources") or {})
    owner = f"{row['profile']}, " if row["profile"] else ""
    yield "page", Text(visible(f"{owner}number {row['position']}; {row['source']}, line {row['line']}"))


def _sources(field_sources: Mapping[str, str]) -> Iterator[tuple[str, Text]]:
    """Yield a line for each page that provides fields of a paper."""
    fields: dict[str, list[str]] = {}
    for field, page in field_sources.items():
        fields.setdefault(page, []).append(field)
    for page, names in fields.items():
        yield "from", Text(visible(f"{page}: {', '.join(names)}"))


def _link(address: str) -> Text:
    """Return an address as a clickable link, or as plain text if it is not safe to open."""
    style = Style(underline=True, link=safe_address(address))
    return Text(visible(address), style=style)


def profile_heading(row: ProfileRow) -> Group:
    """Return the name of a profile, what its page states about the person, and its source, with a blank line below."""
    unnamed = visible(f"Results of a search for {row['search']}") if row["search"] else "A page without header"
    name = marked_text(row, "name") or unnamed
    interests = f"interests: {', '.join(row['interests'])}" if row["interests"] else ""
    facts = [Text(visible(text)) for text in (row["affiliation"], interests) if text]
    site = f"{FORMATS[row['site']].about}: " if row["site"] in FORMATS else ""
    origin = f"{site}{row['source']}, as of {row['as_of']} ({row['as_of_reason']})"
    return Group(Text(name, style=theme.CARD_TITLE), *facts, Text(visible(origin), style=theme.ORIGIN), Text())


def profile_facts(row: ProfileRow) -> Grid:
    """Return a table that shows the values stated in the header next to the values counted in the list of papers."""
    return Grid(
        [
            Column("", priority=0),
            Column("Stated", minimum=8, weight=1),
            Column("On the page", minimum=12, weight=2),
        ],
        [[label, visible(stated), visible(listed)] for label, stated, listed in _profile_facts(row)],
    )


_NUMBERS = (
    ("h-index", "h_index", ""),
    ("i10-index", "i10_index", ""),
    ("citations", "citations", ""),
    ("novelty", "novelty", "%"),
    ("AI score", "ai_score", ""),
)
_COUNTS = (
    ("with code", "with_code"),
    ("owner among the authors shown", "owner_named"),
    ("author lists truncated", "cut_author_lists"),
    ("years assumed", "assumed_dates"),
    ("titles guessed", "guessed_titles"),
    ("problems", "problems"),
)


def _number_facts(row: ProfileRow) -> Iterator[tuple[str, str, str]]:
    """Yield the numbers that the page states, with the recent ones. Another site has only some of these numbers."""
    values: Row = row
    for label, field, unit in _NUMBERS:
        value, recent = values[field], values.get(f"recent_{field}")
        since = f" ({recent:,} since {row['recent_since']})" if isinstance(recent, int) and row["recent_since"] else ""
        if isinstance(value, int):
            yield label, f"{value:,}{unit}{since}", ""
        elif row["site"] is None and field != "i10_index":
            yield label, "", ""


def _profile_facts(row: ProfileRow) -> Iterator[tuple[str, str, str]]:
    """Yield the label of each fact, its value in the header, and its value from the list of papers.

    A value that is missing is an empty text.
    """
    values: Row = row
    stated = dict.fromkeys(plain_text(values[field]) for field in ("stated_papers", "listed_heading"))
    yield "papers", " and ".join(filter(None, stated)), plain_text(row["listed_papers"])
    categories = (marked_text(row, "category"), marked_text(row, "listed_categories"))
    if any(categories) or row["site"] is None:
        yield "category", *categories
    yield from _number_facts(row)
    if row["list_cut"]:
        yield "list", "", "may go on; the site ends a page here"
    years = dict.fromkeys(marked_text(row, field) for field in ("first_year", "last_year"))
    yield "years", "", "–".join(filter(None, years))
    for label, field in _COUNTS:
        yield label, "", plain_text(values[field])
