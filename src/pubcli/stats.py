"""How many papers there are of each kind, answered from the store."""

import sqlite3

from pubcli import categories as arxiv
from pubcli.answer import Answer, Row
from pubcli.query import Query, as_query
from pubcli.store.sql import MOST_PAPERS_FIRST, order_by, window
from pubcli.store.variants import selected

CATEGORY_FIELDS = ("category", "meaning", "classes", "papers")
CATEGORY_ORDERS = ("category", "papers")
"""What categories can be sorted by."""


def categories(store: sqlite3.Connection, query: Query | str = "") -> Answer:
    """Categories of the selected papers, most papers first, with what arXiv calls them.

    `limit`, `offset` and `sort` of the query are about categories; its expression is about papers.
    """
    query = as_query(query)
    chosen = selected(store, query.where)
    statement = (
        f"SELECT category, count(*) AS papers FROM paper WHERE id IN ({chosen.ids}) GROUP BY category "
        f"ORDER BY {order_by(query.sort or MOST_PAPERS_FIRST, {})}, category LIMIT ? OFFSET ?"
    )
    found = store.execute(statement, (*chosen.values, *window(query)))
    return Answer(CATEGORY_FIELDS, CATEGORY_FIELDS, (_category(row) for row in found))


def _category(row: sqlite3.Row) -> Row:
    code = row["category"]
    return {
        "category": code,
        "meaning": arxiv.meaning(code) if code else None,
        "classes": list(arxiv.classes(code)) if code else [],
        "papers": row["papers"],
    }
