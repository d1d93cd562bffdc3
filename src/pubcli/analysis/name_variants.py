"""Which names may be one person's, what speaks for it, and what people said about it.

Nothing is merged here, least of all by an initial: a person decides. Two names on one list of authors are two people.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from pubcli.analysis.network import Network, network
from pubcli.answer.answer import Answer
from pubcli.biblio.names import Likeness, letters_only, likeness, parts
from pubcli.errors import UsageError
from pubcli.query.expression import Query
from pubcli.query.language import as_query
from pubcli.store import persons
from pubcli.store.ask import records
from pubcli.store.database import Store
from pubcli.store.persons import Decision
from pubcli.text.normalize import counted, fold, well_formed, words
from pubcli.text.tex import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import NameVariantRow

VARIANT_FIELDS = ("decision", "name", "other_name", "papers", "other_papers", "coauthors_in_common", "evidence")
"""`decision` is same or different (a person said so), or proposed; the papers are those of either name, None for a
name that is not there any more."""

_SHOWN = 3
"""Co-authors that evidence names."""


def name_variants(store: Store, query: Query | str = "") -> "Answer[NameVariantRow]":
    """What was decided about names, then pairs of names in the selected papers that may be one person's.

    Of the pairs those with most co-authors in common come first. `limit` and `offset` of the query are about rows.
    """
    query = as_query(query)
    found = network(store, query)
    decided = persons.decisions(store)
    rows = [*_decided(found, decided), *_proposed(found, decided)]
    return Answer("name_variants", VARIANT_FIELDS, rows[query.window()])


def _decided(found: Network, decided: Sequence[Decision]) -> "Iterator[NameVariantRow]":
    papers = {fold(name): person["papers"] for person in found.people for name in (person["name"], *person["names"])}
    for one in decided:
        counts = (papers.get(fold(one.name)), papers.get(fold(one.other)))
        decision = "same" if one.same else "different"
        yield _row(decision, (one.name, one.other), counts, None, f"you said so on {one.when[:10]}")


def _row(
    decision: str, names: tuple[str, str], papers: tuple[int | None, int | None], common: int | None, evidence: str
) -> "NameVariantRow":
    return {
        "decision": decision,
        "name": names[0],
        "other_name": names[1],
        "papers": papers[0],
        "other_papers": papers[1],
        "coauthors_in_common": common,
        "evidence": evidence,
    }


class _Pair(NamedTuple):
    """Two nodes of a network whose names are alike."""

    one: int
    other: int
    likeness: Likeness
    common: list[str]
    """Co-authors of both, those with most papers first."""


def _proposed(found: Network, decided: Sequence[Decision]) -> "list[NameVariantRow]":
    settled = {frozenset((fold(one.name), fold(one.other))) for one in decided}
    ids = found.graph.names
    pairs = [pair for pair in _alike(found) if frozenset((ids[pair.one], ids[pair.other])) not in settled]
    fitting = Counter(node for pair in pairs if pair.likeness.by_initial for node in (pair.one, pair.other))
    kept = [
        pair
        for pair in pairs
        if pair.common or not pair.likeness.by_initial or fitting[pair.one] == 1 == fitting[pair.other]
    ]
    kept.sort(key=lambda pair: (-len(pair.common), pair.one, pair.other))
    return [_proposal(found, pair, max(fitting[pair.one], fitting[pair.other])) for pair in kept]


def _proposal(found: Network, pair: _Pair, fitting: int) -> "NameVariantRow":
    one, other = found.people[pair.one], found.people[pair.other]
    more = f" and {len(pair.common) - _SHOWN} more" if len(pair.common) > _SHOWN else ""
    shown = f"co-authors in common: {', '.join(pair.common[:_SHOWN])}{more}" if pair.common else ""
    said = [pair.likeness.reason, shown or "no co-author in common"]
    if pair.likeness.by_initial:
        said.append(f"an initial fits {fitting} people" if fitting > 1 else "the initial fits nobody else here")
    names, papers = (one["name"], other["name"]), (one["papers"], other["papers"])
    return _row("proposed", names, papers, len(pair.common), "; ".join(said))


def _alike(found: Network) -> Iterator[_Pair]:
    """Pairs of people with alike names who never stand on one list, each once."""
    ties = found.graph.ties
    for one, other in sorted({(min(pair), max(pair)) for pair in _candidates(found)}):
        like = likeness(found.people[one]["name"], found.people[other]["name"])
        if like and other not in ties[one]:
            common = ties[one].keys() & ties[other].keys()
            ranked = sorted(common, key=lambda node: (-ties[one][node] - ties[other][node], node))
            yield _Pair(one, other, like, [found.people[node]["name"] for node in ranked])


def _candidates(found: Network) -> Iterator[tuple[int, int]]:
    """Pairs of people that may be alike: what is not among them is not."""
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    initials: dict[tuple[str, ...], list[int]] = defaultdict(list)
    begun: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for node, person in enumerate(found.people):
        name = person["name"]
        alike["letters", letters_only(name).replace("e", "")].append(node)
        alike["words", *sorted(words(name))].append(node)
        given, family = words(parts(name).given), letters_only(parts(name).family)
        if given:
            alike["given name", family, given[0]].append(node)
            (begun if given[0][1:] else initials)[family, given[0][0]].append(node)
    for nodes in alike.values():
        yield from combinations(nodes, 2)
    for key, nodes in initials.items():
        yield from product(nodes, begun.get(key, ()))


# What a person says


def decide(store: Store, names: Sequence[str], when: str, *, same: bool) -> list[str]:
    """Say that names are one person's, or each another's; returns the names as they are written. `when` is an ISO time.

    Raises UsageError for names that nobody has, for fewer than two, and where it contradicts what was said before.
    """
    written = _written(store, names)
    for one, other in combinations(written, 2):
        persons.decide(store, one, other, same=same, when=when)
    people = dict(store.execute("SELECT folded, head FROM alias").fetchall())
    for one, other, is_same, _ in persons.decisions(store):
        if not is_same and fold(one) in people and people[fold(one)] == people.get(fold(other)):
            raise UsageError(
                f"{one} and {other} are different, as you said, and would be one person by way of other names; "
                f"see pubcli people --variants, and take back one decision: pubcli people forget NAME NAME"
            )
    return written


_TOGETHER = """
SELECT one.name, other.name, min(first.paper_id), count(*)
FROM alias AS a JOIN alias AS b ON b.head = a.head
JOIN author AS one ON one.folded = a.folded JOIN author AS other ON other.folded = b.folded
JOIN authorship AS first ON first.author_id = one.id
JOIN authorship AS second ON second.paper_id = first.paper_id AND second.author_id = other.id
WHERE a.folded < b.folded AND a.head IN (SELECT head FROM alias WHERE folded IN (SELECT value FROM json_each(?)))
GROUP BY one.id, other.id ORDER BY a.folded, b.folded
"""


def same_byline_notes(store: Store, names: Sequence[str]) -> Iterator[str]:
    """A sentence for each two names on one list of authors that count as one person's since these names do."""
    found = store.execute(_TOGETHER, (json.dumps(list(map(fold, names))),)).fetchall()
    for one, other, paper_id, papers in found:
        [paper] = map(json.loads, records(store, [paper_id]))
        more = f" and of {counted(papers - 1, 'other', 'others')}" if papers > 1 else ""
        title = readable(paper["title"])
        yield f"{one} and {other} are two authors of {paper['key']} ({title}){more}; they count as one there too"


def forget(store: Store, names: Sequence[str]) -> list[str]:
    """Take back what was said about names; returns them as they are written.

    Raises UsageError for names that nobody has, and when nothing was said about any two of them.
    """
    written = _written(store, names)
    taken = [persons.forget(store, one, other) for one, other in combinations(written, 2)]
    if not any(taken):
        raise UsageError(f"nothing was decided about {' and '.join(written)}; pubcli people --variants shows what was")
    return written


def _written(store: Store, names: Sequence[str]) -> list[str]:
    """The names as they are written in a store, or in what was decided; otherwise whom part of a name stands for."""
    known = {fold(name): name for one in persons.decisions(store) for name in (one.name, one.other)}
    known |= {row[0]: row[1] for row in store.execute("SELECT folded, name FROM author")}
    typed = [" ".join(fold(well_formed(name)).split()) for name in names]
    found = [known.get(name) or persons.find(store, given).name for name, given in zip(typed, names, strict=True)]
    if len(set(map(fold, found))) < max(2, len(found)):
        raise UsageError(f"two different names are needed; {', '.join(found) or 'none'} will not do")
    return found
