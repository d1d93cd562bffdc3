"""Who wrote with whom: the network of the people whom the selected papers name, and the chains in it."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from pubcli.analysis.graph import Graph, betweenness, communities, components, shortest_path
from pubcli.answer.answer import Answer, Row
from pubcli.graphs import Drawing
from pubcli.query.expression import Order, Query
from pubcli.query.language import as_query
from pubcli.store import persons
from pubcli.store.ask import records
from pubcli.store.database import Store
from pubcli.store.persons import OWNER, PERSON, WORK, Person
from pubcli.store.variants import selected
from pubcli.text.normalize import counted, fold

if TYPE_CHECKING:
    from pubcli.answer.rows import NodeRow, StepRow

NETWORK_FIELDS = (
    "name", "names", "papers", "degree", "strength", "betweenness", "betweenness_estimated", "component", "community",
)  # fmt: skip
"""`names` are all spellings on the pages. `degree` counts co-authors, `strength` the papers with each, added up.
`betweenness` is the part of the shortest chains between others that leads through someone, 0 to 1; estimated when it
was measured from some people only. Components and communities are numbered from 1, the largest first."""
NETWORK_ORDERS = tuple(field for field in NETWORK_FIELDS if field != "names")
"""What people can be sorted by."""
_MOST_TIED_FIRST = (Order("degree", True), Order("strength", True))
_DIGITS = 6
"""Of betweenness."""
MOST_TIED = 200
"""Authors of a paper that are taken to have worked together: thousands are an institution, with millions of ties."""
_CROWDED = "tie nobody"
"""What the note on papers with too many authors says of them."""
OWNERS_HINT = "; --owners counts the owner in"
"""What follows the note on lists that do not show an owner, where there is such an option."""
_MISSING = "ties of people who are not shown are missing"


class Byline(NamedTuple):
    """The people on one list of authors, by folded name."""

    paper_id: int
    work: str
    """What papers are told apart by."""
    people: set[str]


@dataclass(frozen=True, slots=True)
class Network:
    """People as nodes in the order of their folded names; a tie weighs as much as there are papers of both."""

    people: Sequence[Mapping[str, Any]]
    """For each node `name`, `names` and `papers`."""
    graph: Graph
    bylines: Sequence[Byline]
    """The author lists that it was made of."""
    notes: tuple[str, ...]
    """What the counts leave out."""

    def ego_network(self, person: Person) -> "Network":
        """A person with everyone tied to it, and the ties among them; nobody where the person is not there."""
        if person.id not in self.graph.names:
            return self.part([])
        node = self.graph.names.index(person.id)
        return self.part({node, *self.graph.ties[node]})

    def with_min_weight(self, weight: int) -> "Network":
        """The ties that weigh so much, and the people who have one."""
        ends = {node for *edge, papers in self.graph.edges() if papers >= weight for node in edge}
        return self.part(ends, weight)

    def part(self, nodes: Collection[int], weight: int = 1) -> "Network":
        """Some of the people, with those ties among them that weigh so much at least."""
        return replace(self, people=[self.people[node] for node in sorted(nodes)], graph=self.graph.part(nodes, weight))


def network(store: Store, query: Query | str = "", *, owners: bool = False) -> Network:
    """The network of the people whom the author lists of the selected papers name.

    With `owners`, the owner of a page is on every list there that is cut, whether it shows the name or not. A paper
    on two pages counts once, and people who are shown on different pages only are not tied by it. Papers of more than
    200 authors tie nobody.
    """
    query = as_query(query)
    bylines, hidden = _bylines(store, query, owners=owners)
    by_work: dict[str, list[set[str]]] = defaultdict(list)
    for byline in bylines:
        by_work[byline.work].append(byline.people)
    papers: Counter[str] = Counter()
    ties: dict[str, Counter[str]] = defaultdict(Counter)
    crowded = 0
    for lists in by_work.values():
        papers.update(lists[0].union(*lists[1:]))
        known = [people for people in lists if len(people) <= MOST_TIED]
        crowded += not known
        for one, other in {pair for people in known for pair in combinations(sorted(people), 2)}:
            ties[one][other] += 1
            ties[other][one] += 1
    ids = sorted(papers)
    number = {person: node for node, person in enumerate(ids)}
    graph = Graph(ids, [{number[other]: ties[person][other] for other in sorted(ties[person])} for person in ids])
    notes = (*persons.cut_lists(store, query, _MISSING), *_left_out(crowded, hidden))
    names = _names(store)
    return Network([{**names[person], "papers": papers[person]} for person in ids], graph, bylines, notes)


def _left_out(crowded: int, hidden: int) -> Iterator[str]:
    """What is not counted for papers with too many authors, and for cut lists that do not show an owner."""
    if crowded:
        yield f"papers of more than {MOST_TIED} authors {_CROWDED}: {crowded}"
    if hidden:
        one, several = "cut list does not show the owner of its page", "cut lists do not show the owner of their page"
        yield f"{counted(hidden, one, several)}{OWNERS_HINT}"


_BYLINES = f"""
SELECT paper.id, {WORK}, json_group_array(author_id) FROM authorship JOIN paper ON paper.id = paper_id
WHERE paper.id IN ({{selection}}) GROUP BY paper.id
"""
_HIDDEN_OWNERS = f"""
SELECT DISTINCT paper.id, {WORK}, {OWNER} FROM paper
JOIN listing ON listing.paper_id = paper.id JOIN profile ON profile.id = listing.snapshot_id
LEFT JOIN alias AS owner ON owner.folded = profile.folded_name
WHERE paper.id IN ({{selection}}) AND NOT paper.authors_complete AND profile.name IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM authorship JOIN author ON author.id = author_id LEFT JOIN alias ON alias.folded = author.folded
    WHERE authorship.paper_id = paper.id AND {PERSON} = {OWNER})
"""


def _bylines(store: Store, query: Query, *, owners: bool) -> tuple[list[Byline], int]:
    """The author lists of the selected papers, and how many papers have an owner who was not counted in."""
    selection = selected(store, query.where)
    of = dict(store.execute(f"SELECT author.id, {PERSON} FROM author LEFT JOIN alias USING (folded)").fetchall())
    bylines = {
        id_: Byline(id_, work, {of[author] for author in json.loads(authors)})
        for id_, work, authors in store.execute(_BYLINES.format(selection=selection.ids), selection.values)
    }
    hidden = store.execute(_HIDDEN_OWNERS.format(selection=selection.ids), selection.values).fetchall()
    for id_, work, owner in hidden if owners else []:
        bylines.setdefault(id_, Byline(id_, work, set())).people.add(owner)
    return list(bylines.values()), 0 if owners else len(hidden)


_SPELLINGS = f"""
SELECT {PERSON}, written FROM (
    SELECT folded, name AS written FROM author
    UNION SELECT folded, written FROM authorship JOIN author ON author.id = author_id WHERE written IS NOT NULL
) AS author LEFT JOIN alias USING (folded)
"""


def _names(store: Store) -> dict[str, dict[str, Any]]:
    """For each person by folded name `name`, and `names`, the spellings on the pages, the shown one first."""
    found: dict[str, dict[str, Any]] = {}
    for _, person, name in store.execute(persons.KNOWN):
        found.setdefault(person, {"name": name, "names": []})
    for person, written in store.execute(_SPELLINGS):
        found[person]["names"].append(written)
    for one in found.values():
        one["names"].sort(key=lambda name: (name != one["name"], fold(name), name))
    return found


def measured(network: Network) -> "list[NodeRow]":
    """For each node a row of `NETWORK_FIELDS`."""
    graph = network.graph
    between = betweenness(graph)
    places = {
        field: {node: number for number, group in enumerate(groups, 1) for node in group}
        for field, groups in (("component", components(graph)), ("community", communities(graph)))
    }
    return [
        {
            "name": person["name"],
            "names": person["names"],
            "papers": person["papers"],
            "degree": len(graph.ties[node]),
            "strength": sum(graph.ties[node].values()),
            "betweenness": round(between.values[node], _DIGITS),
            "betweenness_estimated": between.estimated[node],
            "component": places["component"][node],
            "community": places["community"][node],
        }
        for node, person in enumerate(network.people)
    ]


def _ranked(rows: Sequence[Row], query: Query) -> list[int]:
    """The nodes that a query asks for, in its order: most co-authors first unless it says otherwise."""
    nodes = list(range(len(rows)))
    for field, descending in reversed(query.sort or _MOST_TIED_FIRST):
        if field == "name":  # which is the order of the nodes
            nodes.sort(reverse=descending)
        else:
            nodes.sort(key=lambda node: _value(rows[node], field), reverse=descending)
    return nodes[query.window()]


def _value(row: Row, field: str) -> Any:
    return row[field]


def people_table(network: Network, query: Query) -> "Answer[NodeRow]":
    """A row for each person; `sort`, `limit` and `offset` of the query are about people."""
    rows = measured(network)
    estimated = any(row["betweenness_estimated"] for row in rows)
    told = ("Between~ is estimated: measured from some people of a component that has too many",) if estimated else ()
    return Answer(
        "nodes",
        NETWORK_FIELDS,
        [rows[node] for node in _ranked(rows, query)],
        optional=("names",) if any(row["names"][1:] for row in rows) else (),
        notes=(*told, *network.notes),
        headings={"betweenness": "Between~"} if estimated else {},
    )


def drawing(network: Network, query: Query) -> Drawing:
    """The same people, with the ties among them, for a graph file; what was measured is of the whole network."""
    rows = measured(network)
    kept = sorted(_ranked(rows, query))
    graph = network.graph.part(kept)
    return Drawing(graph.names, [rows[node] for node in kept], list(graph.edges()), "; ".join(network.notes))


# Chains

PATH_FIELDS = (
    "step", "name", "next_name", "papers", "key", "title", "title_guessed", "date", "date_assumed", "date_precision",
    "category", "classes",
)  # fmt: skip
"""A row for each paper of two people who follow one another, newest first; `papers` counts those of a step."""


def path(store: Store, ends: tuple[Person, Person], query: Query | str = "", *, owners: bool) -> "Answer[StepRow]":
    """The shortest chain of co-authors from one person to another, with the papers that form it.

    Of several as short, the one with most papers. No rows where there is none. Two who stand on one list are a chain
    however long the list.
    """
    query = as_query(query)
    whole = network(store, query, owners=owners)
    graph = whole.graph
    nodes = [graph.names.index(one.id) for one in ends if one.id in graph.names]
    pair = {one.id for one in ends}
    together = len(nodes) == len(pair) == 2 and any(pair <= byline.people for byline in whole.bylines)
    found = nodes if together else shortest_path(graph, *nodes) if len(nodes) == 2 else []
    rows: list[Any] = [
        {"step": step, "name": whole.people[one]["name"], "next_name": whole.people[other]["name"], **paper}
        for step, (one, other) in enumerate(pairwise(found), 1)
        for paper in _papers_of(store, whole.bylines, {graph.names[one], graph.names[other]})
    ]
    crowded = [note for note in whole.notes if _CROWDED in note]
    notes = (*persons.cut_lists(store, query, "a shorter chain may be hidden"), *crowded)
    return Answer("steps", PATH_FIELDS, rows, notes=notes)


def _papers_of(store: Store, bylines: Iterable[Byline], pair: set[str]) -> Iterator[Any]:
    """The papers on one list of which both stand, newest first, each once."""
    ids = {byline.work: byline.paper_id for byline in bylines if pair <= byline.people}
    papers = sorted(map(json.loads, records(store, ids.values())), key=lambda paper: fold(paper["title"]))
    for paper in sorted(papers, key=lambda paper: paper["date"] or "", reverse=True):
        yield {"papers": len(papers), **{field: paper[field] for field in PATH_FIELDS[4:]}}
