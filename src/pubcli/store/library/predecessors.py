"""Find the citation keys that the papers of a newer page have already, because an earlier capture of it lists them.

A key must survive a changed title, and a year that becomes known. So papers are matched by title, author and key first.
The remaining papers are matched by content, as `pubcli diff` matches them. An editorial by another author is not the
same paper, so a title alone is never enough.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple

from pubcli.biblio.names import name_key
from pubcli.model import Paper
from pubcli.store.database import Store
from pubcli.store.records import as_json

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow

_MAX_SUFFIX = 2
"""Maximum length of the letter suffix (a, b, ... aa) that distinguishes citation keys."""
PLACES = """
    SELECT title_digest, listing.position, coalesce(written, json) ->> '$.authors', coalesce(written, json) ->> '$.key',
        coalesce(paper.key, written ->> '$.key')
    FROM listing LEFT JOIN record USING (paper_id) LEFT JOIN paper ON paper.id = paper_id
    WHERE snapshot_id = ? AND title_digest {} (SELECT value FROM json_each(?))
"""
"""Statement that selects the places of a snapshot with papers that have some titles (`IN`), or others (`NOT IN`)."""
_RECORDS = """
    SELECT position, coalesce(written, json) FROM listing LEFT JOIN record USING (paper_id)
    WHERE snapshot_id = ? AND position IN (SELECT value FROM json_each(?))
"""


class Predecessor(NamedTuple):
    """A paper on an earlier snapshot of a page."""

    title_digest: int
    position: int
    authors: str
    """The authors on the page, as JSON."""
    page_key: str
    """The key on the page."""
    key: str
    """The key in the library."""


def predecessors(
    store: Store, snapshot: int | None, papers: Sequence[tuple[Paper, int]], *, is_whole_page: bool
) -> dict[int, Predecessor]:
    """Return the papers of an earlier snapshot that are the same as new papers, by the index of the new paper.

    Each of `papers` is a paper with its title digest. If they are only a part of the new page, only papers with the
    same title are matched, because a paper with another title may still be matched by a later part.
    """
    if snapshot is None or not papers:
        return {}
    wanted = json.dumps([digest for _, digest in papers])
    earlier: defaultdict[int, list[Predecessor]] = defaultdict(list)
    for place in map(Predecessor._make, store.execute(PLACES.format("IN"), (snapshot, wanted))):
        earlier[place.title_digest].append(place)
    matches: dict[int, Predecessor] = {}
    remaining: list[int] = []
    for index, (paper, digest) in enumerate(papers):
        if match := _with_same_key(paper, earlier[digest]):
            matches[index] = match
            earlier[digest].remove(match)
        else:
            remaining.append(index)
    left = [place for places in earlier.values() for place in places]
    if remaining and is_whole_page:
        left += map(Predecessor._make, store.execute(PLACES.format("NOT IN"), (snapshot, wanted)))
    return matches | _matched_by_content(store, snapshot, left, {index: papers[index][0] for index in remaining})


def _with_same_key(paper: Paper, places: Sequence[Predecessor]) -> Predecessor | None:
    """Return the place with a common author and the same key on the page, or with one that differs only in its letters.

    All places have the same title. Letters may differ because the page has other papers that share the key. Return None
    if there is no such place.
    """
    authors = set(map(name_key, paper.authors))
    same = [place for place in places if not authors or authors & set(map(name_key, json.loads(place.authors)))]
    equal = (place for place in same if place.page_key == paper.key)
    return next(equal, None) or next((place for place in same if _differ_in_suffix(place.page_key, paper.key)), None)


def _differ_in_suffix(first: str, second: str) -> bool:
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))))
    suffixes = first[shared:], second[shared:]
    return all(len(suffix) <= _MAX_SUFFIX and (not suffix or suffix.isalpha()) for suffix in suffixes)


def _matched_by_content(
    store: Store, snapshot: int, places: Sequence[Predecessor], papers: Mapping[int, Paper]
) -> dict[int, Predecessor]:
    if not places or not papers:
        return {}
    from pubcli.store.match_pages import match_papers  # slow to import, and few pages need it

    by_position = {place.position: place for place in places}
    old = [
        json.loads(text) | {"index": position}
        for position, text in store.execute(_RECORDS, (snapshot, json.dumps(list(by_position))))
    ]
    new: list[Any] = [json.loads(as_json(paper)) | {"index": index} for index, paper in papers.items()]
    both: Sequence[tuple[PaperRow, PaperRow]] = match_papers(old, new).both
    pairs: Sequence[tuple[Any, Any]] = both
    return {new_row["index"]: by_position[old_row["index"]] for old_row, new_row in pairs}
