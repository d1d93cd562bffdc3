"""Questions about people, answered from the store."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator

from pubcli.answer import Answer, Row
from pubcli.query import Query, as_query
from pubcli.store.sql import MOST_PAPERS_FIRST, order_by, window
from pubcli.store.variants import selected

COAUTHOR_FIELDS = (
    "name", "papers", "first_year", "first_year_assumed", "last_year", "last_year_assumed", "categories",
    "first_author", "last_author",
)  # fmt: skip

COAUTHOR_ORDERS = tuple(field for field in COAUTHOR_FIELDS if field != "categories")
"""What co-authors can be sorted by."""

_SORTED_BY = {
    "name": "author.folded",
    "first_year_assumed": "(first_year % 2)",
    "last_year_assumed": "(1 - last_year % 2)",
}

# Years and whether they are assumed travel in one number, so that of equal years a written one wins at either end.
# The same paper on two pages counts once; the owner of a page is left out of that page only.
_COAUTHORS = """
SELECT author.name AS name,
    count(DISTINCT paper.folded_title) AS papers,
    min(substr(paper.date, 1, 4) * 2 + paper.date_assumed) AS first_year,
    max(substr(paper.date, 1, 4) * 2 + 1 - paper.date_assumed) AS last_year,
    json_group_array(paper.category) AS categories,
    count(DISTINCT CASE WHEN authorship.place = 1 THEN paper.folded_title END) AS first_author,
    count(DISTINCT CASE WHEN authorship.is_last THEN paper.folded_title END) AS last_author
FROM authorship
JOIN author ON author.id = authorship.author_id
JOIN paper ON paper.id = authorship.paper_id
JOIN listing ON listing.paper_id = paper.id
JOIN profile ON profile.id = listing.snapshot_id
WHERE paper.id IN ({chosen}) AND author.folded IS NOT profile.folded_name
GROUP BY author.id
ORDER BY {order}, author.folded
LIMIT ? OFFSET ?
"""


def coauthors(store: sqlite3.Connection, query: Query | str = "") -> Answer:
    """Who wrote the selected papers with the owner of the page, most papers first.

    `limit`, `offset` and `sort` of the query are about people; its expression is about papers.
    """
    query = as_query(query)
    chosen = selected(store, query.where)
    statement = _COAUTHORS.format(chosen=chosen.ids, order=order_by(query.sort or MOST_PAPERS_FIRST, _SORTED_BY))
    return Answer(
        fields=COAUTHOR_FIELDS,
        columns=("name", "papers", "first_year", "last_year", "categories", "first_author", "last_author"),
        rows=_rows(store.execute(statement, (*chosen.values, *window(query)))),
        notes=_cut_lists(store, query),
    )


def _rows(found: sqlite3.Cursor) -> Iterator[Row]:
    for row in found:
        first, last = row["first_year"], row["last_year"]
        yield {
            "name": row["name"],
            "papers": row["papers"],
            "first_year": first and first // 2,
            "first_year_assumed": first is not None and first % 2 == 1,
            "last_year": last and last // 2,
            "last_year_assumed": last is not None and last % 2 == 0,
            "categories": _by_frequency(row["categories"]),
            "first_author": row["first_author"],
            "last_author": row["last_author"],
        }


def _by_frequency(categories: str) -> list[str]:
    counted = Counter(code for code in json.loads(categories) if code is not None)
    return sorted(counted, key=lambda code: (-counted[code], code))


def _cut_lists(store: sqlite3.Connection, query: Query) -> tuple[str, ...]:
    """What a reader must know before quoting a count."""
    chosen = selected(store, query.where)
    counts = f"SELECT count(*), coalesce(sum(NOT authors_complete), 0) FROM paper WHERE id IN ({chosen.ids})"
    papers, cut = store.execute(counts, chosen.values).fetchone()
    if not cut:
        return ()
    return (
        f"{cut} of {papers} author lists are incomplete (et al.): every count is a lower bound, "
        "and last authors are known for complete lists only",
    )
