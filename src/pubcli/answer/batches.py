"""Divide rows into batches, so that many are converted at once and few are in memory."""

from __future__ import annotations

from itertools import islice

from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeVar

    _T = TypeVar("_T")

ROWS = 200
"""Number of rows in a batch, as many as `store.records` reads at once."""


def batched(items: Iterable[_T], size: int = ROWS) -> Iterator[list[_T]]:
    """Yield the items in lists of `size` items; the last list may be shorter."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
