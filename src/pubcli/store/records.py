"""The records of papers: their JSON, with a checksum that shows whether a file was damaged."""

from __future__ import annotations

from itertools import islice

from pubcli.answer.batches import batched
from pubcli.lazy import TYPE_CHECKING, json
from pubcli.text.checksum import checksum
from pubcli.text.normalize import escaped

if TYPE_CHECKING:  # reading needs no models
    from collections.abc import Collection, Iterable, Iterator

    from pubcli.answer.rows import PaperRow
    from pubcli.model import Paper
    from pubcli.store.database import Store

_BATCH = 200
"""Number of records that one statement reads. One at a time takes twice as long; all at once takes too much memory."""


def as_json(paper: Paper) -> str:
    """Return a paper as the JSON that is stored in the table `record`."""
    return escaped(paper.model_dump_json())


def require_intact(store: Store, text: str, stored: int | None) -> str:
    """Return the JSON of a record. Raises InputError if its checksum differs from the stored one.

    If `stored` is None, the JSON has no checksum and is not checked: for example, a view of one page has derived it
    from stored JSON.
    """
    if stored is not None and checksum(text) != stored:
        raise store.damaged("the text of a record has changed")
    return text


def batches(store: Store, ids: Collection[int]) -> Iterator[list[str]]:
    """Yield the JSON of papers in the order of `ids`, in batches. Raises InputError for a damaged record."""
    statement = "SELECT paper_id, json, checksum FROM record WHERE paper_id IN (SELECT value FROM json_each(?))"
    rest, count = iter(ids), 0
    while batch := list(islice(rest, _BATCH)):
        rows = store.execute(statement, (str(batch),)).fetchall()
        texts = {id_: require_intact(store, text, stored) for id_, text, stored in rows}
        count += len(batch)
        store.on_records_read(count, len(ids))
        yield [texts[id_] for id_ in batch]


def decoded(texts: Iterable[str]) -> Iterator[PaperRow]:
    """Yield the rows of papers from their JSON.

    Many are decoded as one text, which is faster, and lets their rows share the field names in memory.
    """
    for batch in batched(texts):
        yield from json.loads(f"[{','.join(batch)}]")
