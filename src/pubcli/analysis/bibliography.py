"""Summarise what bibliographic records state: venues, keywords, kinds, citations, and the most cited papers."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from pubcli.lazy import json
from pubcli.query.expression import Query
from pubcli.query.language import as_query
from pubcli.store.database import Store
from pubcli.store.variants import expanded_selection
from pubcli.text.normalize import fold

_FIELDS = """
SELECT paper.key, record.json ->> '$.title' AS title, record.json ->> '$.venue' AS venue,
    record.json ->> '$.kind' AS kind, record.json ->> '$.citations' AS citations,
    record.json -> '$.keywords' AS keywords, substr(paper.date, 1, 4) AS year
FROM paper JOIN record ON record.paper_id = paper.id WHERE paper.id IN ({ids})
"""


@dataclass(frozen=True, slots=True)
class Bibliography:
    """The counts of a set of papers. Each list begins with the most frequent value."""

    papers: int
    venues: list[tuple[str, int]]
    keywords: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    cited: list[int]
    """The numbers of citations of the papers for which they are known, in descending order."""
    most_cited: list[dict[str, Any]]
    """Papers with `key`, `title`, `venue`, `year` and `citations`, the most cited first."""
    known: dict[str, int]
    """For venues, keywords and kinds, the number of papers that state one."""


def bibliography(store: Store, query: Query | str = "", *, most_cited: int = 10) -> Bibliography:
    """Return the counts of the selected papers. Values that are equal when folded are one."""
    selection = expanded_selection(store, as_query(query).where)
    rows = [dict(row) for row in store.execute(_FIELDS.format(ids=selection.ids), selection.values)]
    keywords = [list(dict.fromkeys(json.loads(row["keywords"] or "[]"))) for row in rows]
    venues = [row["venue"] for row in rows if row["venue"]]
    kinds = [row["kind"] for row in rows if row["kind"]]
    cited = sorted((row for row in rows if row["citations"] is not None), key=lambda row: -row["citations"])
    return Bibliography(
        len(rows),
        _counted(venues),
        _counted([word for words in keywords for word in words]),
        _counted(kinds),
        [row["citations"] for row in cited],
        [row for row in cited[:most_cited] if row["citations"]],
        {"venues": len(venues), "keywords": sum(map(bool, keywords)), "kinds": len(kinds)},
    )


def _counted(values: list[str]) -> list[tuple[str, int]]:
    """Return each value in its most frequent spelling, with its count. The most frequent value comes first."""
    spellings: dict[str, Counter[str]] = {}
    for value, count in Counter(values).items():
        spellings.setdefault(fold(value), Counter())[value] = count
    totals = [(max(counts, key=lambda name: (counts[name], name)), counts.total()) for counts in spellings.values()]
    return sorted(totals, key=lambda pair: (-pair[1], fold(pair[0])))
