"""Find name variants: pairs of names that may belong to one person. Record the user's decisions on name variants.

Similar names are never merged automatically: the user decides. Two names in one author list belong to two people, so
they are never proposed as variants.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from pubcli.analysis.network import Network, network
from pubcli.answer.answer import Answer
from pubcli.biblio.names import Likeness, letters_only, likeness, name_key, parts
from pubcli.errors import UsageError
from pubcli.query.expression import Query
from pubcli.query.language import as_query
from pubcli.store import persons
from pubcli.store.ask import records
from pubcli.store.database import Store
from pubcli.store.persons import NameDecision
from pubcli.text.normalize import counted, well_formed, words
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import NameVariantRow

VARIANT_FIELDS = ("decision", "name", "other_name", "papers", "other_papers", "coauthors_in_common", "evidence")
"""`decision` is "same" or "different" if the user has decided, otherwise "proposed". `papers` and `other_papers` are
the numbers of papers of the two people. A number is None if the name does not occur in the selected papers."""

_MAX_EXAMPLES = 3
"""Maximum number of co-authors in the field `evidence`."""


def name_variants(store: Store, query: Query | str = "") -> "Answer[NameVariantRow]":
    """Return the user's decisions on pairs of names, then the proposals.

    A proposal is another pair of names that may belong to one person. Proposals contain only names from the selected
    papers. Proposals with the most co-authors in common come first. `limit` and `offset` of the query apply to the
    rows.
    """
    query = as_query(query)
    coauthors = network(store, query)
    decisions = persons.decisions(store)
    rows = [*_decision_rows(coauthors, decisions), *_proposal_rows(coauthors, decisions)]
    return Answer("name_variants", VARIANT_FIELDS, rows[query.window()])


def _decision_rows(network: Network, decisions: Sequence[NameDecision]) -> "Iterator[NameVariantRow]":
    papers = {
        name_key(name): person["papers"] for person in network.people for name in (person["name"], *person["names"])
    }
    for decision in decisions:
        names = (decision.name, decision.other)
        counts = (papers.get(name_key(decision.name)), papers.get(name_key(decision.other)))
        evidence = f"your decision of {decision.timestamp[:10]}"
        yield _row("same" if decision.same else "different", names, counts, None, evidence)


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
    """Two people in a co-author network who have similar names."""

    node: int
    other: int
    likeness: Likeness
    coauthors: list[str]
    """The co-authors in common. Co-authors with the most joint papers come first."""


def _proposal_rows(network: Network, decisions: Sequence[NameDecision]) -> "list[NameVariantRow]":
    decided_pairs = {frozenset((name_key(decision.name), name_key(decision.other))) for decision in decisions}
    ids = network.graph.names
    pairs = [
        pair for pair in _similar_pairs(network) if frozenset((ids[pair.node], ids[pair.other])) not in decided_pairs
    ]
    initials = Counter(node for pair in pairs if pair.likeness.by_initial for node in (pair.node, pair.other))
    proposals = [
        pair
        for pair in pairs
        if pair.coauthors or not pair.likeness.by_initial or initials[pair.node] == 1 == initials[pair.other]
    ]
    proposals.sort(key=lambda pair: (-len(pair.coauthors), pair.node, pair.other))
    return [_proposal_row(network, pair, max(initials[pair.node], initials[pair.other])) for pair in proposals]


def _proposal_row(network: Network, pair: _Pair, matches: int) -> "NameVariantRow":
    """Return the row for a pair of names that is proposed.

    If one of the names has only an initial, `matches` is the number of names that fit this initial.
    """
    person, other = network.people[pair.node], network.people[pair.other]
    more = f" and {len(pair.coauthors) - _MAX_EXAMPLES} more" if len(pair.coauthors) > _MAX_EXAMPLES else ""
    common = f"co-authors in common: {', '.join(pair.coauthors[:_MAX_EXAMPLES])}{more}" if pair.coauthors else ""
    evidence = [pair.likeness.reason, common or "no co-author in common"]
    if pair.likeness.by_initial:
        only = "the initial fits no other author of these papers"
        evidence.append(f"an initial fits {matches} people" if matches > 1 else only)
    names, papers = (person["name"], other["name"]), (person["papers"], other["papers"])
    return _row("proposed", names, papers, len(pair.coauthors), "; ".join(evidence))


def _similar_pairs(network: Network) -> Iterator[_Pair]:
    """Yield each pair of people who have similar names and are not co-authors of each other."""
    neighbours = network.graph.neighbours
    for node, other in sorted({(min(pair), max(pair)) for pair in _candidates(network)}):
        similarity = likeness(network.people[node]["name"], network.people[other]["name"])
        if similarity and other not in neighbours[node]:
            weights, other_weights = neighbours[node], neighbours[other]
            common = sorted(weights.keys() & other_weights.keys())
            common.sort(key=lambda coauthor: -weights[coauthor] - other_weights[coauthor])
            yield _Pair(node, other, similarity, [network.people[coauthor]["name"] for coauthor in common])


def _candidates(network: Network) -> Iterator[tuple[int, int]]:
    """Yield the pairs of people whose names need to be compared.

    Two names are compared if they have the same letters, the same words, or the same family name and first given name.
    The letter `e` is not compared, because Müller may be written Mueller. The first given name may be an initial in one
    of the names.
    """
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    by_initial: dict[tuple[str, ...], list[int]] = defaultdict(list)
    by_full_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for node, person in enumerate(network.people):
        name = person["name"]
        groups["letters", letters_only(name).replace("e", "")].append(node)
        groups["words", *sorted(words(name))].append(node)
        given_names, family = words(parts(name).given_name), letters_only(parts(name).family)
        if given_names:
            groups["given name", family, given_names[0]].append(node)
            is_full = len(given_names[0]) > 1
            (by_full_name if is_full else by_initial)[family, given_names[0][0]].append(node)
    for nodes in groups.values():
        yield from combinations(nodes, 2)
    for key, nodes in by_initial.items():
        yield from product(nodes, by_full_name.get(key, ()))


# Decisions of the user


def decide(store: Store, names: Sequence[str], timestamp: str, *, same: bool) -> list[str]:
    """Record the user's decision that names belong to one person (`same` is true) or to different people (false).

    `timestamp` is in ISO format. Returns the names as they are spelled in the store. Raises UsageError for unknown or
    ambiguous names, for fewer than two names, for equal names, and if the decision contradicts earlier decisions.
    """
    spellings = _resolve(store, names)
    for name, other in combinations(spellings, 2):
        persons.decide(store, name, other, same=same, timestamp=timestamp)
    people = dict(store.execute("SELECT folded, head FROM alias").fetchall())
    for name, other, is_same, _ in persons.decisions(store):
        if not is_same and name_key(name) in people and people[name_key(name)] == people.get(name_key(other)):
            raise UsageError(
                f"you decided that {name} and {other} are different, but other decisions would make them one person; "
                "see pubcli people --variants, and revoke one decision: pubcli people forget NAME NAME"
            )
    return spellings


_SAME_BYLINE = """
SELECT author_a.name, author_b.name, min(first.paper_id), count(*)
FROM alias AS a JOIN alias AS b ON b.head = a.head
JOIN author AS author_a ON author_a.folded = a.folded JOIN author AS author_b ON author_b.folded = b.folded
JOIN authorship AS first ON first.author_id = author_a.id
JOIN authorship AS second ON second.paper_id = first.paper_id AND second.author_id = author_b.id
WHERE a.folded < b.folded AND a.head IN (SELECT head FROM alias WHERE folded IN (SELECT value FROM json_each(?)))
GROUP BY author_a.id, author_b.id ORDER BY a.folded, b.folded
"""


def same_byline_notes(store: Store, names: Sequence[str]) -> Iterator[str]:
    """Yield a note for each pair of names that the user has merged although a paper lists both names."""
    rows = store.execute(_SAME_BYLINE, (json.dumps(list(map(name_key, names))),)).fetchall()
    for name, other, paper_id, papers in rows:
        [paper] = map(json.loads, records(store, [paper_id]))
        more = f" and of {counted(papers - 1, 'other paper', 'other papers')}" if papers > 1 else ""
        place = f"{paper['key']} ({readable(paper['title'])}){more}"
        these = "these papers" if papers > 1 else "this paper"
        yield f"{name} and {other} are both authors of {place}; they count as one person in {these}, too"


def forget(store: Store, names: Sequence[str]) -> list[str]:
    """Revoke all decisions about any two of the names, and return the names as they are spelled in the store.

    Raises UsageError for unknown or ambiguous names, for fewer than two names, for equal names, and if no decision
    about these names exists.
    """
    spellings = _resolve(store, names)
    revoked = [persons.withdraw_decision(store, name, other) for name, other in combinations(spellings, 2)]
    if not any(revoked):
        raise UsageError(
            f"there is no decision about {' and '.join(spellings)}; pubcli people --variants lists the decisions"
        )
    return spellings


def _resolve(store: Store, names: Sequence[str]) -> list[str]:
    """Return names as they are spelled in the store or in earlier decisions.

    A part of a name is accepted if only one person's names contain it. Raises UsageError for unknown or ambiguous
    names, for fewer than two names, and for equal names.
    """
    decisions = persons.decisions(store)
    spellings = {name_key(name): name for decision in decisions for name in (decision.name, decision.other)}
    spellings |= {row[0]: row[1] for row in store.execute("SELECT folded, name FROM author")}
    folded = [" ".join(name_key(well_formed(name)).split()) for name in names]
    resolved = [
        spellings.get(key) or persons.find_person(store, name).name for key, name in zip(folded, names, strict=True)
    ]
    if len(set(map(name_key, resolved))) < max(2, len(resolved)):
        raise UsageError(f"expected at least two different names, got {', '.join(resolved) or 'none'}")
    return resolved
