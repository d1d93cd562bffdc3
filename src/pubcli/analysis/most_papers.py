"""Find the people who may be among the first of a list that is sorted by number of papers.

A list of everyone needs joins over all names on all papers. A list of the first 20 people does not need them: an index
counts the papers with each name, and a person cannot have more papers in the list than this count. So only people with
high counts can be among the first 20, and only their papers are read.
"""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING, json
from pubcli.store.sql import MOST_PAPERS_FIRST, Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pubcli.query.expression import Query
    from pubcli.store.database import Store

_COUNTS = "SELECT author_id, count(*) FROM authorship {condition} GROUP BY author_id"
_ALIASES = "SELECT head, author.id FROM alias JOIN author USING (folded) ORDER BY head, author.id"


class PaperCounts:
    """For each person, the number of selected papers that have one of the person's names."""

    def __init__(self, store: Store, selection: Selection) -> None:
        condition = f"WHERE paper_id IN ({selection.ids})" if selection.conditions != "1" else ""
        counts = dict(store.execute(_COUNTS.format(condition=condition), selection.values).fetchall())
        groups: dict[str, list[int]] = {}
        for head, author_id in store.execute(_ALIASES):
            if author_id in counts:
                groups.setdefault(head, []).append(author_id)
        self._names_of: dict[int, tuple[int, ...]] = {ids[0]: tuple(ids) for ids in groups.values()}
        for first, *others in groups.values():
            counts[first] += sum(counts.pop(author_id) for author_id in others)
        self._counts: dict[int, int] = counts
        self._sorted = sorted(counts.values(), reverse=True)

    def at_least(self, papers: int) -> str:
        """Return the names of the people who have at least this number of papers, as a JSON array of author ids."""
        people = (author for author, count in self._counts.items() if count >= papers)
        return json.dumps([id_ for author in people for id_ in self._names_of.get(author, (author,))])

    def of_first(self, people: int) -> int:
        """Return how many papers the person at place `people` has, most papers first; 0 if there are fewer people."""
        return self._sorted[people - 1] if people <= len(self._sorted) else 0


def names_on(selection: Selection, authors: str | None) -> tuple[str, tuple[str | int | float, ...]]:
    """Return the SQL condition that selects the names on the selected papers, and the values to bind.

    `authors` is a JSON array of author ids: only their names are selected. None means all authors. With ids, the plus
    keeps SQLite from reading all selected papers to find those of a few authors.
    """
    if authors is None:
        return f"paper.id IN ({selection.ids})", selection.values
    only = "authorship.author_id IN (SELECT value FROM json_each(?))"
    return f"{only} AND +paper.id IN ({selection.ids})", (authors, *selection.values)


def author_ids(store: Store, people: Sequence[str]) -> str:
    """Return the ids of the names of some people as a JSON array. `people` are folded names."""
    statement = (
        "SELECT json_group_array(id) FROM author WHERE folded IN (SELECT value FROM json_each(:people) "
        "UNION SELECT folded FROM alias WHERE head IN (SELECT value FROM json_each(:people)))"
    )
    return str(store.execute(statement, {"people": json.dumps(people)}).fetchone()[0])


def candidates(counts: PaperCounts, query: Query, counts_of: Callable[[str], Sequence[int]]) -> str | None:
    """Return the people who may be in the part of a list that a query shows, as a JSON array of author ids.

    `counts_of` takes such an array and returns the exact numbers of papers of these people, greatest first. Return None
    if all people must be read.
    """
    people = query.offset + (query.limit or 0)
    least = counts.of_first(people)
    while least > 1:
        exact = counts_of(counts.at_least(least))
        reached = exact[people - 1] if len(exact) >= people else 0
        if reached >= least:
            return counts.at_least(least)
        least = max(reached, least // 2)
    return None


def is_short_list(query: Query) -> bool:
    """Return whether a query shows a few people with the most papers, so that not everyone needs to be read."""
    is_default = tuple(query.sort or MOST_PAPERS_FIRST)[:1] == MOST_PAPERS_FIRST
    return is_default and query.limit is not None and 0 < query.limit <= MAX_SHORT_LIST


MAX_SHORT_LIST = 1_000
"""Maximum number of people in a short list."""
