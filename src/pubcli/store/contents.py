"""Determine what the papers of a store have, so that tables of papers show no empty columns."""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from pubcli.store.database import Store

_SAMPLE = 100
"""The number of papers at either end of the store that are examined, and on two of its pages."""
_COLUMNS = f"""
SELECT coalesce(max(category IS NOT NULL), 0) AS category, coalesce(max(code), 0) AS code,
    coalesce(max(instr(json, '"venue":"') > 0), 0) AS venue,
    coalesce(max(instr(json, '"citations":') > 0 AND instr(json, '"citations":null') = 0), 0) AS citations,
    EXISTS (SELECT 1 FROM profile WHERE site_fields != '{{}}') AS site
FROM (
    SELECT id FROM (SELECT id FROM paper ORDER BY id LIMIT {_SAMPLE})
    UNION SELECT id FROM (SELECT id FROM paper ORDER BY id DESC LIMIT {_SAMPLE})
    UNION SELECT paper_id FROM (
        SELECT paper_id FROM listing
        WHERE snapshot_id IN (SELECT max(id) FROM profile GROUP BY site_fields = '{{}}') LIMIT {2 * _SAMPLE}
    )
) AS sample JOIN paper USING (id) JOIN record ON record.paper_id = paper.id
"""
"""Whether any paper of a sample has each value. A library of 100,000 papers is not searched for them.

In the JSON of a record, a text that contains a name such as `"venue"` has backslashes before the quotation marks.
"""


def columns_with_values(store: Store) -> tuple[str, ...]:
    """Return the fields among category, venue, citations and code that a table of the store's papers shows.

    A field is shown if papers have it. A page of a paper feed always has the columns of categories and code, and so do
    papers without any of these values.
    """
    [row] = store.execute(_COLUMNS).fetchall()
    has_category = row["category"] or not (row["venue"] or row["citations"])
    has_code = row["code"] or (has_category and not row["site"])
    shown = {"category": has_category, "venue": row["venue"], "citations": row["citations"], "code": has_code}
    return tuple(field for field, is_shown in shown.items() if is_shown)
