"""Build the sections of a report, for example the chart of years and the table of papers."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pubcli.analysis import check, people
from pubcli.analysis.changes import latest_changes
from pubcli.analysis.chart import coauthor_sketch, papers_by_year
from pubcli.analysis.topics import topics
from pubcli.answer import marks
from pubcli.answer.answer import Row
from pubcli.biblio.names import filing_order
from pubcli.display.sparkline import sparkline
from pubcli.query.expression import Query, query_text
from pubcli.report import charts, graph
from pubcli.report.markup import Content, Markup, joined, tag
from pubcli.store import ask
from pubcli.store.database import Store
from pubcli.text.normalize import counted, fold
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import CoauthorRow, PaperRow, ProfileRow, TopicRow

PAPERS = 2_000
"""Maximum number of rows in a table, because a browser must hold all rows. A query can set another limit for papers."""
TOPICS = 12
"""Maximum number of rows in the table of topics."""
COAUTHORS = 25
"""Maximum number of rows in the table of co-authors."""
CHANGES = 100
"""Maximum number of rows in the table of changes."""


def title(store: Store) -> str:
    """Return the title of the report. It states the owner of the only page, or the number of pages."""
    names = [row["name"] or row["source"] for row in store.execute("SELECT name, source FROM profile ORDER BY id")]
    return f"Publications of {names[0]}" if len(names) == 1 else f"Publications on {len(names)} profile pages"


def all_sections(store: Store, query: Query, heading: str) -> Iterator[Markup | None]:
    """Yield the sections in the order of the report. Yield None for a section without content."""
    answer = ask.papers(store, query._replace(limit=PAPERS if query.limit is None else query.limit))
    papers = list(answer.rows)
    total = ask.count(store, query)
    yield _header(store, query, heading, len(papers), total)
    yield _changes(store)
    yield _years(store, query)
    yield _topics(store, query)
    yield _coauthors(store, query)
    yield _network(store, query)
    yield _papers(papers, total, several="profile" in answer.optional)
    yield _check(store)


def _changes(store: Store) -> Markup | None:
    """Return the section with what changed from the snapshot before each page to the page; None if nothing did."""
    answer = latest_changes(store)
    changes = list(answer.rows)
    if not changes:
        return None
    several = len({(row["name"], row["before"]) for row in changes}) > 1
    rows = (
        [
            tag("th", row["change"], attributes={"scope": "row"}),
            *([tag("td", row["name"]), tag("td", row["before"])] if several else []),
            tag("td", readable(marks.marked_text(row, "title")) if row["title"] else ""),
            tag("td", readable(row["summary"])),
        ]
        for row in changes[:CHANGES]
    )
    heads = ["Change", *(["Page", "Since"] if several else []), "Title", "What changed"]
    since = "the snapshots before" if several else f"the snapshot of {changes[0]['before']}"
    more = len(changes) - CHANGES
    notes = [f"{more:,} more are not listed here; pubcli changes lists all of them."] if more > 0 else []
    table = _table(f"Differences from {since}", heads, rows)
    return _section("changes", f"What changed since {since}", table, *_notes([*answer.notes, *notes]))


def _section(id_: str, heading: str, *content: Content) -> Markup:
    inner = tag("h2", heading, attributes={"id": f"{id_}-heading"})
    return tag("section", inner, *content, attributes={"id": id_, "aria-labelledby": f"{id_}-heading"})


def _notes(sentences: Iterable[str]) -> Iterator[Markup]:
    return (tag("p", sentence, attributes={"class": "note"}) for sentence in sentences)


def _table(
    caption: str, heads: Sequence[str], rows: Iterable[Iterable[Markup]], numbers: Collection[str] = ()
) -> Markup:
    """Return an HTML table. `heads` are the headings of its columns. Each of `rows` consists of elements `td` or `th`.

    The headings that are in `numbers` are aligned right.
    """
    cells_ = (
        tag("th", head, attributes={"scope": "col", "class": "number" if head in numbers else None}) for head in heads
    )
    body = (tag("tr", *row) for row in rows)
    return tag("table", tag("caption", caption), tag("thead", tag("tr", *cells_)), tag("tbody", *body))


_STATED = (
    ("h_index", "h-index"), ("i10_index", "i10-index"), ("stated_papers", "papers stated"), ("citations", "citations"),
    ("listed_papers", "papers listed"), ("novelty", "novelty, %"), ("ai_score", "AI score"),
)  # fmt: skip


def _header(store: Store, query: Query, heading: str, listed: int, total: int) -> Markup:
    profiles = list(check.profiles(store).rows)
    condition = (
        None if query.where is None else tag("p", "Only papers that match ", tag("code", query_text(query.where)), ".")
    )
    papers = counted(total, "paper", "papers")
    count = papers if listed == total else f"{listed:,} of {papers}"
    head = tag("header", tag("h1", heading), tag("p", count, "; ", _days(profiles), "."), condition)
    if len(profiles) == 1:
        return joined(head, *_person_facts(profiles[0]), _numbers(profiles[0]))
    return joined(head, _profiles(profiles))


def _days(profiles: "Sequence[ProfileRow]") -> str:
    """Return the dates of the data: the day of the only capture, or the first and the last day of several captures."""
    days = sorted(profile["as_of"] for profile in profiles)
    return f"data as of {days[0]}" if days[0] == days[-1] else f"data from {days[0]} to {days[-1]}"


def _person_facts(profile: "ProfileRow") -> Iterator[Markup]:
    """Yield a paragraph for each fact that a page states: its search, or the affiliation and interests of its owner."""
    search = f"Results of a search for {profile['search']}" if profile["search"] else None
    for text in (search, profile["affiliation"], ", ".join(profile["interests"])):
        if text:
            yield tag("p", text)


def _numbers(profile: "ProfileRow") -> Markup:
    """Return the section with the numbers of one profile, such as the h-index and the number of listed papers."""
    values: Row = profile
    stated = [(label, values[field]) for field, label in _STATED if values[field] is not None]
    since = profile["recent_since"]
    recent = {label: values.get(f"recent_{field}") for field, label in _STATED} if since else {}
    pairs = (
        tag(
            "div",
            tag("dt", label),
            tag("dd", f"{value:,}"),
            tag("dd", f"{recent[label]:,} since {since}", attributes={"class": "note"})
            if recent.get(label) is not None
            else None,
        )
        for label, value in stated
    )
    day = f"as of {profile['as_of']} ({profile['as_of_reason']})"
    states = any(values[field] is not None for field, _ in _STATED if field != "listed_papers")
    source = "As the page states it, " if states else ""
    origin = tag("p", f"{source}{day}; papers listed are counted.", attributes={"class": "note"})
    return _section("stated", "In numbers", tag("dl", *pairs), origin)


def _profiles(profiles: "Sequence[ProfileRow]") -> Markup:
    fields = [field for field, _ in _STATED]
    rows = (
        [
            tag("th", profile["name"] or profile["source"], attributes={"scope": "row"}),
            *(tag("td", _number(profile, field)) for field in fields),
            tag("td", profile["as_of"]),
        ]
        for profile in profiles
    )
    heads = ["Name", *(label for _, label in _STATED), "as of"]
    return _section("stated", "In numbers", _table("As the pages state it", heads, rows))


def _number(row: Row, field: str) -> str:
    return "" if row[field] is None else f"{row[field]:,}"


def _years(store: Store, query: Query) -> Markup | None:
    chart = papers_by_year(store, query)
    if not chart.labels:
        return None
    rows = (
        [
            tag("th", label, attributes={"scope": "row"}),
            *(tag("td", values[at], attributes={"class": "number"}) for values in chart.series.values()),
        ]
        for at, label in enumerate(chart.labels)
    )
    has_categories = set(chart.series) != {"unknown"}
    heading = "Papers by year and category" if has_categories else "Papers by year"
    return _section(
        "years",
        heading,
        charts.stacked_columns(chart.labels, chart.series, f"{heading}; the numbers are in the table below"),
        charts.legend(list(chart.series), chart.meanings) if has_categories else None,
        *_notes(chart.notes),
        tag("details", tag("summary", "The numbers"), _table(heading, ["Year", *chart.series], rows, [*chart.series])),
    )


def _coauthors(store: Store, query: Query) -> Markup | None:
    answer = people.coauthors(store, Query(query.where, limit=COAUTHORS))
    rows = list(answer.rows)
    if not rows:
        return None
    most = max(row["papers"] for row in rows)
    heads = ["Name", "Papers", "", "First", "Last", "Categories"]
    table = _table(
        f"The {len(rows)} with the most papers in common" if len(rows) == COAUTHORS else "Papers in common",
        heads,
        ([*_person(row, most)] for row in rows),
        ["Papers"],
    )
    fields = ("first_year", "last_year", "categories")
    return _section("coauthors", "Co-authors", table, *_notes([*marks.explanations(rows, fields), *answer.notes]))


def _person(row: "CoauthorRow", most: int) -> Iterator[Markup]:
    meter: dict[str, str | int] = {"value": row["papers"], "max": most, "aria-hidden": "true"}
    yield tag("th", row["name"], attributes={"scope": "row"})
    yield tag("td", row["papers"], attributes={"class": "number"})
    yield tag("td", tag("progress", attributes=meter), attributes={"class": "bar"})
    yield from (tag("td", marks.marked_text(row, field)) for field in ("first_year", "last_year", "categories"))


def _network(store: Store, query: Query) -> Markup | None:
    """Return the section with the picture of the co-author network, or None if the network has no edges."""
    sketch = coauthor_sketch(store, query)
    if not sketch.edges:
        return None
    heading = "Who wrote with whom"
    legend = "A larger circle means more papers, a thicker line more joint papers; each colour is a community."
    drawing = graph.network(sketch, f"{heading}: {len(sketch.names)} people; co-authors are in the table above")
    return _section("network", heading, drawing, *_notes([legend, *sketch.notes]))


def _topics(store: Store, query: Query) -> Markup | None:
    """Return the section with the topics of the papers and their trends, or None if there are no topics."""
    answer = topics(store, Query(query.where, limit=TOPICS))
    rows = list(answer.rows)
    if not rows:
        return None
    table = _table(
        "Characteristic phrases of these papers",
        ["Topic", "Papers", "Share", "Shares", "Trend"],
        (
            [
                tag("th", row["topic"], attributes={"scope": "row"}),
                tag("td", row["papers"], attributes={"class": "number"}),
                tag("td", f"{row['share']:.0%}", attributes={"class": "number"}),
                tag("td", _shares(row), attributes={"class": "course"}),
                tag("td", row["trend"]),
            ]
            for row in rows
        ),
        ["Papers", "Share"],
    )
    return _section("topics", "Topics", table, *_notes((*answer.messages, *answer.notes)))


def _shares(row: "TopicRow") -> Markup:
    """Return the share in each period as a sparkline. Screen readers read the shares as text instead."""
    pairs = zip(row["periods"], row["shares"], strict=True)
    shares = ", ".join(f"{period}: {'no papers' if share is None else f'{share:.0%}'}" for period, share in pairs)
    return tag("span", sparkline(row["shares"]), attributes={"role": "img", "aria-label": shares, "title": shares})


_HEADS = (
    ("Date", "date"), ("Cat", "category"), ("Title", "title"), ("Authors", "authors"), ("Venue", "venue"),
    ("Cited", "citations"),
)  # fmt: skip
_OPTIONAL = ("category", "venue", "citations")
"""Fields for which the table has a column only if a paper has a value."""


def _papers(papers: "Sequence[PaperRow]", total: int, *, several: bool) -> Markup:
    """Return the section with the table of papers, in the order of the query.

    `script.js` sorts the table by the attribute `data-key`, and filters it by `data-category` and `data-words`.
    """
    rows_: Sequence[Row] = papers
    missing = {field for field in _OPTIONAL if all(row[field] is None for row in rows_)}
    missing -= {"category"} if missing.issuperset(_OPTIONAL) else set()
    heads = [("Profile", "profile")] if several else []
    heads += [head for head in _HEADS if head[1] not in missing]
    columns = (
        tag("th", tag("button", head, attributes={"type": "button", "data-by": at, "disabled": True}),
            attributes={"scope": "col"})
        for at, (head, _) in enumerate(heads)
    )  # fmt: skip
    rows = (
        tag("tr", *(_cell(paper, field) for _, field in heads), attributes={"data-words": _words(paper)})
        for paper in papers
    )
    caption = tag("caption", "Papers; a title opens its abstract")
    table = tag("table", caption, tag("thead", tag("tr", *columns)), tag("tbody", *rows), attributes={"id": "table"})
    notes = marks.explanations(papers, [field for _, field in heads])
    if len(papers) < total:
        listed = f"{counted(total, 'paper', 'papers')} {'is' if len(papers) == 1 else 'are'}"
        notes.append(f"Only {len(papers):,} of {listed} listed here; use --limit or a query to choose others.")
    return _section("papers", "Papers", _filter(papers), table, *_notes(notes))


def _filter(papers: "Sequence[PaperRow]") -> Markup:
    """Return the form that filters the table of papers. The form is hidden until the script shows it."""
    codes = sorted({paper["category"] for paper in papers if paper["category"]})
    options = [tag("option", "all categories", attributes={"value": ""}), *(tag("option", code) for code in codes)]
    words = tag("input", attributes={"type": "search", "id": "words", "autocomplete": "off", "spellcheck": "false"})
    return tag(
        "form",
        tag("label", "Words ", words),
        tag(
            "label",
            "Category ",
            tag("select", *options, attributes={"id": "category"}),
            attributes={"hidden": True} if papers and not codes else None,
        ),
        tag("output", counted(len(papers), "paper", "papers"), attributes={"id": "count", "aria-live": "polite"}),
        attributes={"id": "filter", "hidden": True, "role": "search", "aria-label": "Filter the papers"},
    )


def _words(paper: "PaperRow") -> str:
    """Return the folded title, authors, organisation, citation key and badges of a paper.

    The filter of the table searches this text, and also the text that the table shows, such as the abstract.
    """
    texts = (readable(paper["title"]), *paper["authors"], paper["org"] or "", paper["key"], *paper["badges"])
    return fold(" ".join(texts))


def _cell(paper: "PaperRow", field: str) -> Markup:
    attributes = {
        "data-key": _sorted_by(paper, field),
        "data-category": paper["category"] if field == "category" else None,
        "class": field if field in ("date", "title") else None,
    }
    if field == "title":
        return tag("td", _title(paper), attributes=attributes)
    text = marks.marked_text(paper, field)
    badges = f" {' '.join(paper['badges'])}" if field == "date" and paper["badges"] else None
    return tag("td", text, badges and tag("span", badges, attributes={"class": "badge"}), attributes=attributes)


def _sorted_by(paper: "PaperRow", field: str) -> str:
    if field == "authors":
        return filing_order(paper["authors"][0]) if paper["authors"] else ""
    row: Row = paper
    if isinstance(row[field], int):
        return f"{row[field]:09}"  # the script compares texts
    return fold(readable(str(row[field] or "")))


def _title(paper: "PaperRow") -> Markup:
    """Return the title of a paper. A click on the title shows the abstract, the links, and the source of the paper."""
    abstract = readable(paper["abstract"]) if paper["abstract"] else "The page has no abstract."
    facts = [paper["key"], f"line {paper['line']} of {paper['source']}", *([paper["org"]] if paper["org"] else [])]
    return tag(
        "details",
        tag("summary", marks.marked_text(paper, "title")),
        tag("p", abstract, attributes={"class": "abstract"}),
        *(tag("p", _link(address)) for address in paper["links"]),
        tag("p", " · ".join(facts), attributes={"class": "note"}),
    )


def _link(address: str) -> Markup:
    """Return a link if the address is a web address. Otherwise, return the address as text."""
    if not address.lower().startswith(("https://", "http://")):
        return tag("span", address)
    return tag("a", address, attributes={"href": address, "rel": "noopener noreferrer nofollow"})


def _check(store: Store) -> Markup:
    """Return the section with the table of findings: what was read, assumed, guessed or not understood."""
    findings = list(check.check(store).rows)
    rows = (
        [
            tag("th", row["kind"], attributes={"scope": "row"}),
            tag("td", "" if row["line"] is None else row["line"], attributes={"class": "number"}),
            tag("td", row["finding"]),
            tag("td", marks.marked_text(row, "text") if row["text"] else ""),
        ]
        for row in findings[:PAPERS]
    )
    table = _table("What was read, assumed, guessed or not understood", ["Kind", "Line", "Finding", "Text"], rows)
    more = len(findings) - PAPERS
    notes = [f"{more:,} more are not listed here; pubcli check lists all of them."] if more > 0 else []
    return _section("check", "Problems and assumptions", table, *_notes(notes))
