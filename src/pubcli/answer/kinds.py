"""Name the kinds of rows that answers have. Only type checkers and tests import this module."""

from typing import Literal, TypeAlias

Kind: TypeAlias = Literal[
    "rows",
    "papers", "hits", "explained_hits", "similar_papers", "paper_details", "steps", "references",
    "coauthors", "people", "nodes", "name_variants", "periods", "edges", "themes",
    "counts", "pairs", "dimensions", "categories", "indicators", "laws",
    "topics", "group_topics",
    "profiles", "findings", "changes", "page_changes", "change_summaries", "comparison", "page_pairs", "snapshots",
    "pages", "library", "added_pages", "duplicates", "saved_queries",
    "formats", "cache", "library_findings", "library_changes", "view_columns",
]  # fmt: skip
"""What each row of an answer is; `rows` means anything else. `display.columns` has the columns for each kind."""
