"""Find the citation keys that the papers of a newer page have already, because an earlier capture of it lists them.

A key must survive a changed title, and a year that becomes known. So papers are matched by title and author first: with
the latest capture, and then with older ones, because a paper may be missing for a while. The remaining papers are
matched by content, as `pubcli diff` matches them. An equal title alone is never enough: an editorial by another author
is another paper.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pubcli.biblio.names import name_key
from pubcli.model import Paper
from pubcli.store.database import Store
from pubcli.store.records import as_json

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow

PLACES = """
    SELECT title_digest, listing.position, coalesce(written, json) ->> '$.authors', coalesce(written, json) ->> '$.key',
        coalesce(paper.key, written ->> '$.key')
    FROM listing LEFT JOIN record USING (paper_id) LEFT JOIN paper ON paper.id = paper_id
    WHERE snapshot_id = ? AND title_digest {} (SELECT value FROM json_each(?))
"""
"""Statement that selects the places of a snapshot whose titles are among some titles (`IN`), or are not (`NOT IN`)."""
_OLDER_PLACES = """
    SELECT title_digest, position, written ->> '$.authors', written ->> '$.key', written ->> '$.key', snapshot_id
    FROM listing JOIN snapshot ON snapshot.id = snapshot_id
    WHERE owner = (SELECT owner FROM snapshot WHERE id = :snapshot) AND NOT is_current AND snapshot_id <> :snapshot
        AND title_digest IN (SELECT value FROM json_each(:digests)) AND written IS NOT NULL
    ORDER BY as_of DESC, day_number DESC, snapshot_id DESC
"""
"""Statement that selects the places with some titles in the other snapshots of an owner, the newest first."""
_KEYS = """
    SELECT coalesce(paper.key, written ->> '$.key') AS used FROM listing LEFT JOIN paper ON paper.id = paper_id
    WHERE snapshot_id = ? AND used IN (SELECT value FROM json_each(?))
"""
"""Statement that selects those of some keys that papers of a snapshot have."""
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
    matches, left = _certain_matches(store, snapshot, papers)
    remaining = {index: paper for index, (paper, _) in enumerate(papers) if index not in matches}
    if remaining and is_whole_page:
        wanted = json.dumps([digest for _, digest in papers])
        left += map(Predecessor._make, store.execute(PLACES.format("NOT IN"), (snapshot, wanted)))
    by_content = _matched_by_content(store, snapshot, left, remaining)
    retitled = {index for index, match in by_content.items() if match.title_digest != papers[index][1]}
    new = {index: paper for index, paper in remaining.items() if index in retitled or index not in by_content}
    returned = _returned(store, snapshot, new, [digest for _, digest in papers])
    if not retitled.isdisjoint(returned):  # these papers are not renamed after all, so others may match
        rest = {index: paper for index, paper in remaining.items() if index not in returned}
        by_content = _matched_by_content(store, snapshot, left, rest)
    return matches | by_content | returned


def _certain_matches(
    store: Store, snapshot: int, papers: Sequence[tuple[Paper, int]]
) -> tuple[dict[int, Predecessor], list[Predecessor]]:
    """Return the places with the same title and a common author, by the index of the paper, and the other places."""
    wanted = json.dumps([digest for _, digest in papers])
    earlier: defaultdict[int, dict[str, Predecessor]] = defaultdict(dict)
    for place in map(Predecessor._make, store.execute(PLACES.format("IN"), (snapshot, wanted))):
        earlier[place.title_digest][place.page_key] = place
    frequencies = Counter(digest for _, digest in papers)
    matches: dict[int, Predecessor] = {}
    for index, (paper, digest) in enumerate(papers):
        is_only_one = frequencies[digest] == len(earlier[digest]) == 1
        if match := _certain_match(paper, earlier[digest], is_only_one=is_only_one):
            matches[index] = match
            del earlier[digest][match.page_key]
    return matches, [place for places in earlier.values() for place in places.values()]


def _returned(
    store: Store, snapshot: int, papers: Mapping[int, Paper], digests: Sequence[int]
) -> dict[int, Predecessor]:
    """Return the places of papers that older snapshots list with the same title, but the earlier snapshot does not.

    `papers` are given by their index, and `digests` has the digest of the title of each paper by its index.
    """
    wanted = json.dumps([digests[index] for index in papers])
    older: defaultdict[int, defaultdict[int, dict[str, Predecessor]]] = defaultdict(lambda: defaultdict(dict))
    for *place, number in store.execute(_OLDER_PLACES, {"snapshot": snapshot, "digests": wanted}):
        older[number][place[0]].setdefault(place[3], Predecessor._make(place))
    matches: dict[int, Predecessor] = {}
    for number, places in older.items():
        left = {index: paper for index, paper in papers.items() if index not in matches and digests[index] in places}
        by_key = [place for digest in {digests[index] for index in left} for place in places[digest].values()]
        by_content = _matched_by_content(store, number, by_key, left)
        matches |= {i: match for i, match in by_content.items() if match.title_digest == digests[i]}
    keys = json.dumps([match.key for match in matches.values()])
    used = {row[0] for row in store.execute(_KEYS, (snapshot, keys))}
    return {index: match for index, match in matches.items() if match.key not in used}


def renamed(
    store: Store, snapshot: int, digests: Collection[int], papers: Mapping[int, Paper]
) -> dict[int, Predecessor]:
    """Return the papers of an earlier snapshot that are on a long page under other titles, by the number of the paper.

    `digests` are those of all titles on the page. `papers` are its papers whose titles the snapshot lacks.
    """
    rows = store.execute(PLACES.format("NOT IN"), (snapshot, json.dumps(list(digests))))
    return _matched_by_content(store, snapshot, list(map(Predecessor._make, rows)), papers)


def _certain_match(paper: Paper, places: Mapping[str, Predecessor], *, is_only_one: bool) -> Predecessor | None:
    """Return the place that lists a paper; None if there is none, or if several papers with the title may be meant.

    `places` maps citation keys to the places with the same title as the paper. If the file itself states the key of the
    paper, this key identifies it. A key that pubcli derived does not: the letter at its end, as in `lowy2022privatea`,
    may belong to another paper now.
    """
    place = next(iter(places.values())) if is_only_one else places.get(paper.key) if paper.key_stated else None
    if place is None:
        return None
    authors, earlier_authors = (set(map(name_key, names)) for names in (paper.authors, json.loads(place.authors)))
    return place if authors & earlier_authors or not (authors and earlier_authors) else None


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
