"""Which names are one person's: what was decided in a library, and what an alias file says.

Names that fold alike are one person's anyway. Beyond that nothing is concluded: a person says so. The table `alias`
holds what follows, and every question about people reads it. What an alias file says stands in a temporary table of
the same name before it, so no question needs to know.
"""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from pubcli.errors import UsageError, ambiguous_name
from pubcli.query.expression import Query
from pubcli.store.database import Store
from pubcli.store.variants import expanded_selection
from pubcli.text.normalize import counted_part, fold, well_formed

LISTS = ("author list", "author lists")
INCOMPLETE = ("is incomplete (et al.)", "are incomplete (et al.)")
_LAST_UNKNOWN = "last authors are known for complete lists only"

WORK = "paper.folded_title || ' ' || ifnull(substr(paper.date, 1, 4), '')"
"""What counts as one paper where pages are asked that may list it twice: papers of one title and year are one."""
PERSON = "coalesce(alias.head, author.folded)"
"""The folded name under which an author is counted."""
SPELLING = "coalesce(authorship.written, author.name)"
"""A name as the paper has it."""
AUTHORS = """authorship
JOIN author ON author.id = authorship.author_id
LEFT JOIN alias ON alias.folded = author.folded
JOIN paper ON paper.id = authorship.paper_id"""
"""Every name on every paper."""
OWNER = "coalesce(owner.head, profile.folded_name)"
"""The folded name under which the owner of a page is counted; NULL for a page without a header."""
OWNERS = "profile LEFT JOIN alias AS owner ON owner.folded = profile.folded_name"
"""Every page with its owner."""
WITH_OWNER = f"""{AUTHORS}
JOIN listing ON listing.paper_id = paper.id
JOIN profile ON profile.id = listing.snapshot_id
LEFT JOIN alias AS owner ON owner.folded = profile.folded_name"""
"""The same, once for each page that lists the paper."""

COAUTHOR = f"{PERSON} IS NOT {OWNER} AND NOT ({OWNER} IS NULL AND authorship.place = 1 AND authorship.is_last)"
"""Whether a name on a paper is a co-author's: not the owner's of that page, who wrote all that it lists; without a
header, not that of somebody who wrote alone."""


class Person(NamedTuple):
    """Someone who is named in a store."""

    id: str
    """The folded name under which the person is counted."""
    name: str
    """As people read it."""


class NameDecision(NamedTuple):
    """What a person said about two names, as they were written."""

    name: str
    other: str
    same: bool
    when: str
    """ISO time."""


def find_person(store: Store, name: str) -> Person:
    """The one person of that name, as a whole or in part; case and accents are free.

    Raises UsageError, with who may have been meant, when there is none or more than one.
    """
    wanted = " ".join(fold(well_formed(name)).split())
    known = {row[0]: Person(row[1], row[2]) for row in store.execute(ALL_NAMES)}
    present = set(known.values())
    aliases = ((row[0], Person(row[1], row[2])) for row in store.execute("SELECT folded, head, name FROM alias"))
    known |= {folded: person for folded, person in aliases if person in present}
    if wanted in known:
        return known[wanted]
    found = list(dict.fromkeys(person for folded, person in known.items() if wanted and wanted in folded))
    if len(found) == 1:
        return found[0]
    if found:
        raise ambiguous_name(name, [person.name for person in found])
    spelled = {word: person for folded, person in known.items() for word in folded.split()} | known
    close = dict.fromkeys(spelled[one].name for one in get_close_matches(wanted, spelled, 3))
    meant = f"did you mean {' or '.join(close)}?" if close else "pubcli people lists who there is"
    raise UsageError(f"nobody is named {name!r}; {meant}")


ALL_NAMES = """
SELECT folded, coalesce(alias.head, folded) AS person, coalesce(alias.name, known.name)
FROM (
    SELECT folded, name FROM author
    UNION SELECT folded_name, name FROM profile
        WHERE folded_name IS NOT NULL AND folded_name NOT IN (SELECT folded FROM author)
) AS known LEFT JOIN alias USING (folded)
ORDER BY person, folded
"""
"""Every name that a store holds, folded, with who is behind it: folded, and as people read it."""


def folded_names(store: Store, person: Person) -> list[str]:
    """The folded names that are the person's."""
    return [row[0] for row in store.execute("SELECT folded FROM alias WHERE head = ?", (person.id,))] or [person.id]


def decisions(store: Store) -> list[NameDecision]:
    """What was decided, in the order of the names."""
    rows = store.execute("SELECT name, other_name, same, decided_at FROM same_person ORDER BY folded, other_folded")
    return [NameDecision(name, other, bool(same), when) for name, other, same, when in rows]


def decide(store: Store, name: str, other: str, *, same: bool, when: str) -> None:
    """Record that two names are one person's, or are not, whatever was decided about the two before."""
    (folded, name), (other_folded, other) = sorted((fold(one), one) for one in (name, other))
    row = (folded, other_folded, name, other, same, when)
    store.execute("INSERT OR REPLACE INTO same_person VALUES (?, ?, ?, ?, ?, ?)", row)
    _write(store, "main.alias", decided_groups(store))


def withdraw_decision(store: Store, name: str, other: str) -> bool:
    """Take back what was decided about two names; whether anything was."""
    pair = sorted((fold(name), fold(other)))
    taken = store.execute("DELETE FROM same_person WHERE folded = ? AND other_folded = ?", pair).rowcount > 0
    _write(store, "main.alias", decided_groups(store))
    return taken


def apply_groups(store: Store, groups: Iterable[Sequence[str]]) -> None:
    """Let every later question take the names of each group for one person's, beside what the library knows.

    The first name of a group is the one that is shown.
    """
    store.execute("CREATE TEMP TABLE alias (folded TEXT PRIMARY KEY, head TEXT, name TEXT) WITHOUT ROWID")
    _write(store, "temp.alias", merge_groups([*groups, *decided_groups(store)]))


def decided_groups(store: Store) -> list[list[str]]:
    """The names that were decided to be one person's, those of each person together, the fullest first."""
    pairs = [(one.name, one.other) for one in decisions(store) if one.same]
    return [sorted(group, key=lambda name: (-len(name), fold(name))) for group in merge_groups(pairs)]


def merge_groups(groups: Iterable[Sequence[str]]) -> list[list[str]]:
    """Groups of names in which those that have a name in common, folded, are one; each name stays where it stood."""
    found: dict[int, dict[str, str]] = {}
    home: dict[str, int] = {}
    for number, group in enumerate(groups):
        names = [(fold(name), name) for name in group]
        akin = sorted({home[folded] for folded, _ in names if folded in home})
        joined: dict[str, str] = {}
        for folded, name in [*(pair for one in akin for pair in found.pop(one).items()), *names]:
            joined.setdefault(folded, name)
        found[number] = joined
        home |= dict.fromkeys(joined, number)
    return [list(names.values()) for names in found.values()]


def display_names(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """For every folded name in the groups the name by which its person is shown."""
    return {fold(name): group[0] for group in merge_groups(groups) for name in group}


def _write(store: Store, table: str, groups: Iterable[Sequence[str]]) -> None:
    store.execute(f"DELETE FROM {table}")
    rows = [(fold(name), fold(group[0]), group[0]) for group in groups for name in group]
    store.executemany(f"INSERT INTO {table} VALUES (?, ?, ?)", rows)


def incomplete_lists_note(store: Store, query: Query, also: str = _LAST_UNKNOWN) -> tuple[str, ...]:
    """What a reader must know before quoting a count, with what else follows from lists that are cut."""
    chosen = expanded_selection(store, query.where)
    counts = f"SELECT count(*), coalesce(sum(NOT authors_complete), 0) FROM paper WHERE id IN ({chosen.ids})"
    papers, cut = store.execute(counts, chosen.values).fetchone()
    if not cut:
        return ()
    return (f"{counted_part(cut, papers, LISTS, INCOMPLETE)}: every count is a lower bound, and {also}",)
