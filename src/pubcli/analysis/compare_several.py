"""Compare three or more profiles: what each two share, and the papers of each over the years."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from pubcli.analysis.compare import count_coauthors, owner_names, page_name, page_topics, page_year
from pubcli.answer.answer import Answer
from pubcli.store.match_pages import Side, match_papers

if TYPE_CHECKING:
    from pubcli.answer.rows import PagePairRow

PAIR_FIELDS = ("section", "name", "other", "papers", "coauthors", "topics", "first_year", "last_year", "papers_by_year")
"""`section` is page or pair. In the section page, `papers`, `coauthors` and `topics` count those of the page, and
`papers_by_year` has the papers of each year from the first year of all pages to the last. In the section pair, they
count what two pages share."""


def compare_several(pages: Sequence[Side], persons: Mapping[str, str]) -> "Answer[PagePairRow]":
    """Return a row for each page, then a row for each two pages. `persons` is as in `compare.compare`."""
    names = [page_name(page) or f"page {number}" for number, page in enumerate(pages, 1)]
    owners = [owner_names(page, persons) for page in pages]
    people = [set(count_coauthors(page, persons)) for page in pages]
    topics = [page_topics(page) for page in pages]
    years = [Counter(int(year) for paper in page.papers if (year := page_year(paper))) for page in pages]
    every_year = sorted(set[int]().union(*years))
    span = range(every_year[0], every_year[-1] + 1) if every_year else range(0)
    rows: list[PagePairRow] = [
        {
            "section": "page",
            "name": name,
            "other": None,
            "papers": len(page.papers),
            "coauthors": len(people[number] - owners[number]),
            "topics": len(topics[number]),
            "first_year": min(years[number], default=None),
            "last_year": max(years[number], default=None),
            "papers_by_year": [years[number][year] for year in span],
        }
        for number, (name, page) in enumerate(zip(names, pages, strict=True))
    ]
    rows += [
        {
            "section": "pair",
            "name": names[a],
            "other": names[b],
            "papers": len(match_papers(pages[a].papers, pages[b].papers).both),
            "coauthors": len((people[a] & people[b]) - owners[a] - owners[b]),
            "topics": len(topics[a] & topics[b]),
            "first_year": None,
            "last_year": None,
            "papers_by_year": [],
        }
        for a, b in combinations(range(len(pages)), 2)
    ]
    spanned = f"papers by year: {span[0]} to {span[-1]}" if span else ""
    note = "a pair counts shared papers, co-authors and topics; a topic is a phrase in two papers of each page"
    return Answer("page_pairs", PAIR_FIELDS, rows, notes=tuple(filter(None, (note, spanned))))
