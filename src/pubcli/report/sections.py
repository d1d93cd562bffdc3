"""Build the sections of a report, for example the chart of years and the table of papers."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from pubcli.analysis import check, people
from pubcli.analysis.bibliography import Bibliography, bibliography
from pubcli.analysis.changes import latest_changes
from pubcli.analysis.chart import coauthor_sketch, papers_by_year
from pubcli.analysis.name_variants import name_variants
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
from pubcli.store.persons import AUTHORS, COAUTHOR, PERSON
from pubcli.store.variants import expanded_selection
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
VALUES = 12
"""Maximum number of rows in the tables of venues, kinds and keywords."""
PERSONS = 40
"""Maximum number of people with a part of their own."""
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
    parts = {
        "changes": ("Changes", _changes(store)),
        "years": ("Years", _years(store, query)),
        "bibliography": ("Venues and citations", _bibliography(store, query)),
        "topics": ("Topics", _topics(store, query)),
        "coauthors": ("Co-authors", _coauthors(store, query)),
        "network": ("Network", _network(store, query)),
        "persons": ("Person by person", _persons(store, query)),
        "papers": ("Papers", _papers(papers, total, several="profile" in answer.optional)),
        "check": ("Problems and assumptions", _check(store)),
    }
    yield _contents([(id_, label) for id_, (label, part) in parts.items() if part is not None])
    yield from (part for _, part in parts.values())


def _contents(entries: Sequence[tuple[str, str]]) -> Markup:
    """Return the table of contents. Each entry is the identifier of a section and its label."""
    links = (tag("li", tag("a", label, attributes={"href": f"#{id_}"})) for id_, label in entries)
    return tag("nav", tag("ul", *links), attributes={"class": "contents", "aria-label": "Contents"})


def _bibliography(store: Store, query: Query) -> Markup | None:
    """Return the section with venues, kinds, keywords and citations, or None if the papers state none of them."""
    counts = bibliography(store, query)
    tables = [
        _counts_table(label.capitalize(), pairs)
        for label, pairs in (("venues", counts.venues), ("kinds", counts.kinds), ("keywords", counts.keywords))
        if pairs
    ]
    if not tables and not counts.most_cited:
        return None
    known = [f"{name} of {count:,}" for name, count in counts.known.items() if 0 < count < counts.papers]
    notes = [f"Known for some of the {counts.papers:,} papers only: {', '.join(known)}."] if known else []
    return _section("bibliography", "Venues and citations", *tables, *_citations(counts), *_notes(notes))


def _counts_table(caption: str, pairs: Sequence[tuple[str, int]]) -> Markup:
    """Return a table with the most frequent values. The caption says how many there are if not all are listed."""
    rows = (
        [tag("th", readable(name), attributes={"scope": "row"}), tag("td", count, attributes={"class": "number"})]
        for name, count in pairs[:VALUES]
    )
    listed = f"{caption}: the {VALUES} most frequent of {len(pairs):,}" if len(pairs) > VALUES else caption
    return _table(listed, [caption, "Papers"], rows, ["Papers"])


def _citations(counts: Bibliography) -> Iterator[Markup]:
    if not counts.most_cited:
        return
    mean = sum(counts.cited) / len(counts.cited)
    known = f"{len(counts.cited):,} of {counted(counts.papers, 'paper', 'papers')}"
    facts = f"Citations are known for {known}: {sum(counts.cited):,} in all, {mean:.1f} per paper."
    rows = (
        [
            tag("th", readable(paper["title"]), attributes={"scope": "row"}),
            tag("td", readable(paper["venue"] or "")),
            tag("td", paper["year"] or ""),
            tag("td", f"{paper['citations']:,}", attributes={"class": "number"}),
        ]
        for paper in counts.most_cited
    )
    yield _table("The most cited papers", ["Title", "Venue", "Year", "Cited"], rows, ["Cited"])
    yield tag("p", facts, attributes={"class": "note"})


_OF_PERSON = f"""
SELECT profile.id, coalesce(profile.name, profile.source) AS name, count(*) AS papers,
    min(substr(paper.date, 1, 4)) AS first, max(substr(paper.date, 1, 4)) AS last
FROM profile JOIN listing ON listing.snapshot_id = profile.id JOIN paper ON paper.id = listing.paper_id
WHERE paper.id IN ({{ids}}) GROUP BY profile.id ORDER BY papers DESC, name LIMIT {PERSONS}
"""
_COAUTHORS_OF_PERSON = f"""
SELECT coalesce(alias.name, author.name) AS name, count(DISTINCT paper.id) AS papers
FROM listing JOIN profile ON profile.id = listing.snapshot_id
LEFT JOIN alias AS owner ON owner.folded = profile.folded_name JOIN {AUTHORS} AND paper.id = listing.paper_id
WHERE listing.snapshot_id = ? AND {COAUTHOR} GROUP BY {PERSON} ORDER BY papers DESC, name LIMIT 8
"""


def _persons(store: Store, query: Query) -> Markup | None:
    """Return the section with a part for each page, or None if there is only one."""
    selection = expanded_selection(store, query.where)
    people_ = store.execute(_OF_PERSON.format(ids=selection.ids), selection.values).fetchall()
    if len(people_) < 2:
        return None
    parts = []
    for person in people_:
        years = person["first"] if person["first"] == person["last"] else f"{person['first']}-{person['last']}"
        facts = f"{counted(person['papers'], 'paper', 'papers')}{f', {years}' if person['first'] else ''}"
        coauthors = store.execute(_COAUTHORS_OF_PERSON, (person["id"],)).fetchall()
        names = ", ".join(f"{row['name']} ({row['papers']})" for row in coauthors)
        parts.append(tag("h3", person["name"]))
        parts.append(tag("p", facts))
        if names:
            parts.append(tag("p", f"With {names}."))
    more = "" if len(people_) < PERSONS else f"The {PERSONS} pages with the most papers."
    return _section("persons", "Person by person", *parts, *_notes([more] if more else []))


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
    shown = [(field, label) for field, label in _STATED if any(_number(profile, field) for profile in profiles)]
    rows = (
        [
            tag("th", profile["name"] or profile["source"], attributes={"scope": "row"}),
            *(tag("td", _number(profile, field)) for field, _ in shown),
            tag("td", profile["as_of"]),
        ]
        for profile in profiles
    )
    heads = ["Name", *(label for _, label in shown), "as of"]
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
    """Return the section with the picture of the co-author network, or None if the network has no edges.

    Pairs of drawn names that may belong to one person are listed below the picture.
    """
    sketch = coauthor_sketch(store, query)
    if not sketch.edges:
        return None
    heading = "Who wrote with whom"
    legend = "A larger circle means more papers, a thicker line more joint papers; each colour is a community."
    drawing = graph.network(sketch, f"{heading}: {len(sketch.names)} people; co-authors are in the table above")
    pairs = [
        f"{row['name']} and {row['other_name']}"
        for row in name_variants(store, Query(query.where)).rows
        if row["decision"] == "proposed" and {row["name"], row["other_name"]} <= {*sketch.names}
    ]
    doubts = [f"May be one person: {'; '.join(pairs)}. pubcli people same merges names."] if pairs else []
    return _section("network", heading, drawing, *_notes([legend, *doubts, *sketch.notes]))


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
        tag(
            "tr",
            *(_cell(paper, field) for _, field in heads),
            attributes={"data-words": _words(paper), "data-people": _people(paper)},
        )
        for paper in papers
    )
    caption = tag("caption", "Papers; a title opens its abstract")
    table = tag("table", caption, tag("thead", tag("tr", *columns)), tag("tbody", *rows), attributes={"id": "table"})
    notes = marks.explanations(papers, [field for _, field in heads])
    if len(papers) < total:
        listed = f"{counted(total, 'paper', 'papers')} {'is' if len(papers) == 1 else 'are'}"
        notes.append(f"Only {len(papers):,} of {listed} listed here; use --limit or a query to choose others.")
    return _section("papers", "Papers", _filter(papers), table, *_notes(notes))


_PEOPLE_OF_FILTER = 300
"""Maximum number of people that the filter of the table offers: those with the most papers."""


def _filter(papers: "Sequence[PaperRow]") -> Markup:
    """Return the form that filters the table of papers. The form is hidden until the script shows it."""
    codes = sorted({paper["category"] for paper in papers if paper["category"]})
    options = [tag("option", "all categories", attributes={"value": ""}), *(tag("option", code) for code in codes)]
    authors = Counter(name for paper in papers for name in dict.fromkeys(paper["authors"]))
    names = sorted(authors, key=lambda name: (-authors[name], fold(name)))[:_PEOPLE_OF_FILTER]
    people_ = [
        tag("option", "all people", attributes={"value": ""}),
        *(tag("option", name, attributes={"value": _filter_value(name)}) for name in sorted(names, key=fold)),
    ]
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
        tag("label", "Person ", tag("select", *people_, attributes={"id": "person"})),
        tag("output", counted(len(papers), "paper", "papers"), attributes={"id": "count", "aria-live": "polite"}),
        attributes={"id": "filter", "hidden": True, "role": "search", "aria-label": "Filter the papers"},
    )


def _people(paper: "PaperRow") -> str:
    """Return the folded names of the authors, by which the table is filtered, between bars."""
    return "|".join(map(_filter_value, paper["authors"]))


def _filter_value(name: str) -> str:
    return fold(name).replace("|", "/")


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
