"""Determine for which columns the papers of a store have values, so that tables show no empty columns."""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from pubcli.store.database import Store

_SAMPLE = 100
"""Number of papers to examine at the beginning and at the end of the store. Twice as many are examined on two pages."""
_COLUMNS = f"""
SELECT coalesce(max(category IS NOT NULL), 0) AS category, coalesce(max(code), 0) AS code,
    coalesce(max(instr(json, '"venue":"') > 0), 0) AS venue,
    coalesce(max(instr(json, '"citations":') > 0 AND instr(json, '"citations":null') = 0), 0) AS citations,
    count(DISTINCT iif(instr(json, '"kind":"'), substr(json, instr(json, '"kind":"') + 8, 8), NULL)) > 1 AS kind,
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
"""Statement that returns, for each value, whether any paper of a sample has it. Searching all papers would take long.

In the JSON of a record, quotation marks inside a text are escaped. So `"venue":` is always the name of a field.
"""


def columns_with_values(store: Store) -> tuple[str, ...]:
    """Return those of the fields category, venue, citations, kind and code that a table of the store's papers shows.

    A field is shown if papers have a value for it, and the kind if papers are of several kinds. The category is also
    shown if no paper has a venue or citations. Beside the category, code is shown unless a page is from a site with
    header fields of its own; a paper feed has none.
    """
    [row] = store.execute(_COLUMNS).fetchall()
    has_category = row["category"] or not (row["venue"] or row["citations"])
    has_code = row["code"] or (has_category and not row["site"])
    shown = {"category": has_category, "venue": row["venue"], "citations": row["citations"]}
    shown |= {"kind": row["kind"], "code": has_code}
    return tuple(field for field, is_shown in shown.items() if is_shown)
