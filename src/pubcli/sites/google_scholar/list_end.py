"""Determine whether a page shows the whole list, by the number of its rows."""

SITE = "google-scholar"
_PAGE_SIZES = (20, 100)
"""The numbers of rows that a page shows at first and after each use of its button for more rows."""


def is_whole_page(rows: int) -> bool:
    """Return whether a list has as many rows as a full page, so that more rows may exist. No page shows the total."""
    return rows > 0 and (rows == _PAGE_SIZES[0] or rows % _PAGE_SIZES[1] == 0)
