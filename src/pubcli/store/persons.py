"""Find out which names belong to one person, from the decisions in a library and from the groups in an alias file.

Names that are equal when folded always belong to one person. For all other names, the user decides. The table `alias`
holds the resulting groups, and each query about people reads it. The groups of an alias file are in a temporary table
of the same name. SQLite then uses the temporary table, so the queries need no change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pubcli.biblio.names import name_key
from pubcli.errors import UsageError, ambiguous_name
from pubcli.lazy import NamedTuple
from pubcli.query.expression import Query
from pubcli.store.database import Store
from pubcli.store.variants import expanded_selection
from pubcli.text.normalize import counted_part, well_formed

LISTS = ("author list", "author lists")
INCOMPLETE = ("is incomplete (et al.)", "are incomplete (et al.)")
_LAST_UNKNOWN = "last authors are known for complete lists only"

WORK = "paper.folded_title || ' ' || ifnull(substr(paper.date, 1, 4), '')"
"""Title and year of a paper. Papers with equal values are counted once, because several pages may list the same
paper."""
PERSON = "coalesce(alias.head, author.folded)"
"""SQL for the folded name under which an author is counted."""
SPELLING = "coalesce(authorship.written, author.name)"
"""SQL for a name as it is written on the paper."""
AUTHORS = """authorship
JOIN author ON author.id = authorship.author_id
LEFT JOIN alias ON alias.folded = author.folded
JOIN paper ON paper.id = authorship.paper_id"""
"""Joined tables with a row for each name on each paper."""
OWNER = "coalesce(owner.head, profile.folded_name)"
"""SQL for the folded name under which the owner of a page is counted; NULL for a page without a header."""
OWNERS = "profile LEFT JOIN alias AS owner ON owner.folded = profile.folded_name"
"""Joined tables with a row for each page and its owner."""
WITH_OWNER = f"""{AUTHORS}
JOIN listing ON listing.paper_id = paper.id
JOIN profile ON profile.id = listing.snapshot_id
LEFT JOIN alias AS owner ON owner.folded = profile.folded_name"""
"""Joined tables with a row for each pair of a name on a paper and a page that lists the paper. The row has the page's
owner."""

_OWN_SPELLING = (
    f"(length(profile.site_fields) > 2 AND {SPELLING} IN "
    "(SELECT value FROM json_each(profile.site_fields, '$.name_variants')))"
)
"""Condition that a name on a paper is a spelling under which the page that lists the paper names its owner."""
IS_OWNER = f"(coalesce({PERSON} = {OWNER}, 0) OR {_OWN_SPELLING})"
"""Condition that a name on a paper is that of the page's owner."""
COAUTHOR = (
    f"{PERSON} IS NOT {OWNER} AND NOT {_OWN_SPELLING} "
    f"AND NOT ({OWNER} IS NULL AND authorship.place = 1 AND authorship.is_last)"
)
"""Condition that a name on a paper is the name of a co-author. The owner of a page is an author of all papers on the
page and is not counted as a co-author. On a page without a header, the only author of a paper is not counted either."""


class Person(NamedTuple):
    """A person whose name is in a store."""

    id: str
    """The folded name under which the person is counted."""
    name: str
    """The name for display."""


class NameDecision(NamedTuple):
    """A user's decision whether two names belong to one person. The names are stored as they were written."""

    name: str
    other: str
    same: bool
    timestamp: str
    """The time of the decision, in ISO format."""


def find_person(store: Store, name: str) -> Person:
    """Return the person whose name equals or contains a text; case and accents are ignored.

    Raises UsageError, with suggestions, if no person or several persons match.
    """
    folded_name = " ".join(name_key(well_formed(name)).split())
    persons = {row[0]: Person(row[1], row[2]) for row in store.execute(ALL_NAMES)}
    present = set(persons.values())
    aliases = ((row[0], Person(row[1], row[2])) for row in store.execute("SELECT folded, head, name FROM alias"))
    persons |= {folded: person for folded, person in aliases if person in present}
    if folded_name in persons:
        return persons[folded_name]
    matches = list(dict.fromkeys(person for folded, person in persons.items() if folded_name and folded_name in folded))
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise ambiguous_name(name, [person.name for person in matches])
    by_word = {word: person for folded, person in persons.items() for word in folded.split()} | persons
    from difflib import get_close_matches  # imported only here, because it is hardly ever needed

    close = dict.fromkeys(by_word[spelling].name for spelling in get_close_matches(folded_name, by_word, 3))
    remedy = f"did you mean {' or '.join(close)}?" if close else "pubcli people lists all people"
    raise UsageError(f"no person has the name {name!r}; {remedy}")


ALL_NAMES = """
SELECT folded, coalesce(alias.head, folded) AS person, coalesce(alias.name, every.name)
FROM (
    SELECT folded, name FROM author
    UNION SELECT folded_name, name FROM profile
        WHERE folded_name IS NOT NULL AND folded_name NOT IN (SELECT folded FROM author)
) AS every LEFT JOIN alias USING (folded)
ORDER BY person, folded
"""
"""Statement that selects each folded name in a store, with the id and the display name of the person."""


def folded_names(store: Store, person: Person) -> list[str]:
    """Return the folded names of a person."""
    return [row[0] for row in store.execute("SELECT folded FROM alias WHERE head = ?", (person.id,))] or [person.id]


def decisions(store: Store) -> list[NameDecision]:
    """Return all decisions, sorted by the folded names."""
    rows = store.execute("SELECT name, other_name, same, decided_at FROM same_person ORDER BY folded, other_folded")
    return [NameDecision(name, other, bool(same), timestamp) for name, other, same, timestamp in rows]


def decide(store: Store, name: str, other: str, *, same: bool, timestamp: str) -> None:
    """Record whether two names belong to one person. An earlier decision about these names is replaced."""
    (folded, name), (other_folded, other) = sorted((name_key(spelling), spelling) for spelling in (name, other))
    row = (folded, other_folded, name, other, same, timestamp)
    store.execute("INSERT OR REPLACE INTO same_person VALUES (?, ?, ?, ?, ?, ?)", row)
    _write(store, "main.alias", decided_groups(store))


def withdraw_decision(store: Store, name: str, other: str) -> bool:
    """Remove the decision about two names. Return whether there was one."""
    pair = sorted((name_key(name), name_key(other)))
    is_withdrawn = store.execute("DELETE FROM same_person WHERE folded = ? AND other_folded = ?", pair).rowcount > 0
    _write(store, "main.alias", decided_groups(store))
    return is_withdrawn


def apply_groups(store: Store, groups: Iterable[Sequence[str]]) -> None:
    """Treat the names of each group as one person in all later queries, in addition to the library's decisions.

    The first name of a group is displayed.
    """
    store.execute("CREATE TEMP TABLE alias (folded TEXT PRIMARY KEY, head TEXT, name TEXT) WITHOUT ROWID")
    _write(store, "temp.alias", merge_groups([*groups, *decided_groups(store)]))


def decided_groups(store: Store) -> list[list[str]]:
    """Return a list of names for each person who has several names by decision. The longest name is first."""
    pairs = [(decision.name, decision.other) for decision in decisions(store) if decision.same]
    return [sorted(group, key=lambda name: (-len(name), name_key(name))) for group in merge_groups(pairs)]


def merge_groups(groups: Iterable[Sequence[str]]) -> list[list[str]]:
    """Merge the groups that share a folded name, and return all groups. The names keep their order."""
    merged: dict[int, dict[str, str]] = {}
    group_of: dict[str, int] = {}
    for number, group in enumerate(groups):
        names = [(name_key(name), name) for name in group]
        related = sorted({group_of[folded] for folded, _ in names if folded in group_of})
        union: dict[str, str] = {}
        for folded, name in [*(pair for earlier in related for pair in merged.pop(earlier).items()), *names]:
            union.setdefault(folded, name)
        merged[number] = union
        group_of |= dict.fromkeys(union, number)
    return [list(names.values()) for names in merged.values()]


def display_names(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return a dictionary from each folded name in the groups to the name to display."""
    return {name_key(name): group[0] for group in merge_groups(groups) for name in group}


def _write(store: Store, table: str, groups: Iterable[Sequence[str]]) -> None:
    store.execute(f"DELETE FROM {table}")
    rows = [(name_key(name), name_key(group[0]), group[0]) for group in groups for name in group]
    store.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", rows)


def incomplete_lists_note(store: Store, query: Query, also: str = _LAST_UNKNOWN) -> tuple[str, ...]:
    """Return a note that counts are lower bounds, if a selected paper has an incomplete author list (et al.).

    If all lists are complete, return an empty tuple. The note ends with `also`, which says what else follows from
    incomplete lists, such as `last authors are known for complete lists only`.
    """
    chosen = expanded_selection(store, query.where)
    counts = f"SELECT count(*), coalesce(sum(NOT authors_complete), 0) FROM paper WHERE id IN ({chosen.ids})"
    papers, cut = store.execute(counts, chosen.values).fetchone()
    return incomplete_note(papers, cut, also)


def incomplete_note(papers: int, cut: int, also: str = _LAST_UNKNOWN) -> tuple[str, ...]:
    """Return the note of `incomplete_lists_note`, for `cut` incomplete author lists of `papers` papers."""
    if not cut:
        return ()
    return (f"{counted_part(cut, papers, LISTS, INCOMPLETE)}: every count is a lower bound, and {also}",)
