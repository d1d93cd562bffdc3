"""Look up papers by title and key, to recognise lists of papers that other pages have already."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pubcli.biblio.same_paper import title_digest
from pubcli.model import Document, Paper
from pubcli.store.database import Store

_KEYS = """
SELECT coalesce(written ->> '$.key', ''), coalesce(paper.key, '')
FROM listing LEFT JOIN paper ON paper.id = paper_id WHERE title_digest = ?
"""


def has_all(store: Store, papers: Sequence[Paper], path: str | None, *, same_keys: bool) -> bool:
    """Return whether a library has a paper with the title of each of these papers, on a page or in its history.

    With `same_keys`, the keys must be equal too, except for letters at the end. Return False if there are no papers, or
    if the library has a page that was read from the file at `path`.
    """
    if store.execute("SELECT 1 FROM snapshot WHERE path = ? LIMIT 1", (path,)).fetchone():
        return False
    return bool(papers) and all(
        any(
            not same_keys or _is_same_key(key, paper.key)
            for row in store.execute(_KEYS, (title_digest(paper.title),))
            for key in row
        )
        for paper in papers
    )


def are_listed(papers: Sequence[Paper], documents: Iterable[Document], *, same_keys: bool) -> bool:
    """Return whether the documents have a paper with the title of each of these papers; see `has_all`."""
    keys = defaultdict(list)
    for document in documents:
        for paper in document.papers:
            keys[title_digest(paper.title)].append(paper.key)
    return bool(papers) and all(
        any(not same_keys or _is_same_key(key, paper.key) for key in keys[title_digest(paper.title)])
        for paper in papers
    )


def _is_same_key(key: str, other: str) -> bool:
    return bool(key) and (key.startswith(other) or other.startswith(key))
