"""Show all fields of one paper or of one profile as a card: styled lines, most with the label of a field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pubcli.answer.answer import Row
from pubcli.answer.marks import marked_text
from pubcli.answer.values import plain_text
from pubcli.biblio import arxiv_categories
from pubcli.biblio.web_addresses import field_address, safe_address, web_address
from pubcli.display import theme
from pubcli.display.columns import Column
from pubcli.display.escape_codes import linked, styled
from pubcli.formats import FORMATS
from pubcli.lazy import TYPE_CHECKING, NamedTuple
from pubcli.text.normalize import counted, visible
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow, ProfileRow
    from pubcli.display.grid import Grid

_LONGEST_LINE = 88
"""Maximum width of a line of running text, in cells of the terminal; longer lines are hard to read."""

_BIBLIOGRAPHIC = (
    "kind", "venue", "volume", "issue", "pages", "publisher", "doi", "arxiv", "citations", "keywords",
)  # fmt: skip
"""Fields that bibliographic formats have, but pages do not."""


_LABEL_WIDTH = 10
_NARROW = 40
"""On a screen with fewer cells, further lines of a fact begin below its label, not below its first line of text."""


class Line(NamedTuple):
    """A line of a card before it is wrapped: pieces of text, each with a style of `theme`."""

    pieces: tuple[tuple[str, str], ...] = ()
    label: str = ""
    """The name of the field that the line shows; empty for a line without a label."""
    address: str | None = None
    """The web address that the line links to."""
    is_address: bool = False
    """Whether the line is an address, which is never wrapped, so that it can be copied."""
    is_running: bool = False
    """Whether the line is running text, which is hard to read in long lines."""

    @property
    def text(self) -> str:
        """The text without the label."""
        return "".join(text for text, _ in self.pieces)


def paper(row: PaperRow) -> list[Line]:
    """Return the card of a paper: the title, the byline, a line for each further field, and the abstract."""
    abstract = readable(row["abstract"]) if row["abstract"] is not None else "The page has no abstract."
    return [
        _line(marked_text(row, "title"), theme.CARD_TITLE),
        _line(marked_text(row, "authors") or "no authors read"),
        Line(),
        *(line._replace(label=label) for label, line in _paper_facts(row)),
        Line(),
        _line(visible(abstract))._replace(is_running=True),
    ]


def texts(lines: Sequence[Line], width: int, *, color: bool, links: bool = False) -> Iterator[str]:
    """Wrap the lines of a card for a screen of `width` cells, and yield them, each with its line end.

    `links` says whether addresses become links of the terminal.
    """
    for line in lines:
        line = line if links else line._replace(address=None)
        indent = _LABEL_WIDTH if line.label and width >= _NARROW else 0
        label = f"{line.label:<{_LABEL_WIDTH}}" if line.label else ""
        if indent or not label:
            parts = _wrapped(line, (min(width, _LONGEST_LINE) if line.is_running else width) - indent, color=color)
            before = styled(label, theme.LABEL if color else "")
            yield from (f"{before if not number else ' ' * indent}{part}\n" for number, part in enumerate(parts))
        else:
            label_piece = Line(((label, theme.LABEL), *line.pieces), "", line.address, line.is_address)
            yield from (f"{part}\n" for part in _wrapped(label_piece, width, color=color))


def _wrapped(line: Line, width: int, *, color: bool) -> list[str]:
    """Wrap a line without its label. Return one or more texts, with escape codes if `color` is set."""
    from pubcli.display.wrap import wrap

    text = line.text
    spans = [(0, text)] if line.is_address or not text else [(start, part) for start, _, part in wrap(text, width)]
    if not color:
        return [part for _, part in spans]
    return [linked("".join(_styled_pieces(line, start, start + len(part))), line.address) for start, part in spans]


def _styled_pieces(line: Line, start: int, end: int) -> Iterator[str]:
    """Yield the pieces between two offsets in the text of a line, with escape codes."""
    at = 0
    for text, style in line.pieces:
        yield styled(text[max(0, start - at) : max(0, end - at)], style)
        at += len(text)


def _line(text: str, style: str = "") -> Line:
    return Line(((text, style),))


def _paper_facts(row: PaperRow) -> Iterator[tuple[str, Line]]:
    yield "key", _line(row["key"], theme.KEY)._replace(address=web_address(row))
    yield "date", _line(marked_text(row, "date") or "unknown", theme.DATE)
    if row["category"]:
        meaning = arxiv_categories.meaning(row["classes"]) or "not an arXiv category"
        yield "category", Line(((marked_text(row, "category"), theme.CATEGORY), (f"  {meaning}", "")))
    values: Row = row
    for field in ("org", "badges", *_BIBLIOGRAPHIC):
        if values[field] is not None and values[field] != []:
            yield field, _line(marked_text(row, field))._replace(address=field_address(row, field))
    for name, text in row["extra"].items():
        yield visible(name), _line(visible(text))
    if row["url"] is not None:
        yield "url", _link(row["url"])
    for link in row["links"]:
        yield "link", _link(link)
    yield from _sources(row.get("field_sources") or {})
    owner = f"{row['profile']}, " if row["profile"] else ""
    yield "page", _line(visible(f"{owner}number {row['position']}; {row['source']}, line {row['line']}"))


def _sources(field_sources: Mapping[str, str]) -> Iterator[tuple[str, Line]]:
    """Yield a line for each page that provides fields of a paper."""
    fields: dict[str, list[str]] = {}
    for field, page in field_sources.items():
        fields.setdefault(page, []).append(field)
    for page, names in fields.items():
        yield "from", _line(visible(f"{page}: {', '.join(names)}"))


def _link(address: str) -> Line:
    """Return an address as a link, or as plain text if it is not safe to open."""
    return Line(((visible(address), theme.LINK),), "", safe_address(address), is_address=True)


def profile_heading(row: ProfileRow) -> list[Line]:
    """Return the name of a profile, what its page states about the person, and its source, with a blank line below."""
    unnamed = visible(f"Results of a search for {row['search']}") if row["search"] else "A page without header"
    name = marked_text(row, "name") or unnamed
    interests = f"interests: {', '.join(row['interests'])}" if row["interests"] else ""
    facts = [_line(visible(text)) for text in (row["affiliation"], interests) if text]
    site = f"{FORMATS[row['site']].about}: " if row["site"] in FORMATS else ""
    origin = f"{site}{row['source']}, as of {row['as_of']} ({row['as_of_reason']})"
    return [_line(name, theme.CARD_TITLE), *facts, _line(visible(origin), theme.ORIGIN), Line()]


def profile_facts(row: ProfileRow) -> Grid:
    """Return a table that shows the values stated in the header next to the values counted in the list of papers."""
    from pubcli.display.grid import Grid

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
    ("g-index", "g_index", ""),
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
    """Yield the numbers that the page states, with those of recent years, and the numbers computed from its papers.

    If `site` is set, skip missing numbers.
    """
    values: Row = row
    for label, field, unit in _NUMBERS:
        value, recent = values.get(field), values.get(f"recent_{field}")
        since = f" ({recent:,} since {row['recent_since']})" if isinstance(recent, int) and row["recent_since"] else ""
        listed = values.get(f"listed_{field}")
        papers = counted(row["listed_cited_papers"], "paper", "papers")
        computed = f"{listed:,}, from {papers}" if isinstance(listed, int) else ""
        if isinstance(value, int) or computed:
            yield label, f"{value:,}{unit}{since}" if isinstance(value, int) else "", computed
        elif row["site"] is None and field not in ("g_index", "i10_index"):
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
