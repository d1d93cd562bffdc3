"""Build and measure the co-author network of the selected papers, and find the shortest path between two people."""

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
from pubcli.store.persons import IS_OWNER, OWNER, PERSON, WORK, Person
from pubcli.store.variants import expanded_selection
from pubcli.text.normalize import counted, fold

if TYPE_CHECKING:
    from pubcli.answer.rows import EdgeRow, NodeRow, StepRow

NETWORK_FIELDS = (
    "name", "names", "papers", "degree", "strength", "betweenness", "betweenness_estimated", "component", "community",
    "mean_year",
)  # fmt: skip
"""`names` are all spellings of the person's name. `degree` is the number of co-authors. `strength` is the sum of the
numbers of joint papers with each co-author. `betweenness` is the share of shortest paths that lead through the person,
from 0 to 1; only paths between other people count. `betweenness_estimated` is true if this share is estimated from the
paths of some people. `component` and `community` are numbers; the largest component or community has the number 1.
`mean_year` is the mean year of the papers whose year is known."""
NETWORK_ORDERS = tuple(field for field in NETWORK_FIELDS if field != "names")
"""Fields by which people can be sorted."""
_MOST_COAUTHORS_FIRST = (Order("degree", True), Order("strength", True))
_BETWEENNESS_DIGITS = 6
MAX_AUTHORS = 200
"""Papers with more authors add no edges. Such papers are written by institutions, and would add millions of edges."""
OWNERS_HINT = "; use --owners to count the owner as an author"
"""End of the note on author lists without the owner. Commands without the option --owners do not print this end."""
_EDGES_MISSING = "ties of people who are not shown are missing"


class Byline(NamedTuple):
    """The author list of a paper."""

    paper_id: int
    work: str
    """Title and year, which are equal for the same paper on several pages; see `persons.WORK`."""
    people: set[str]
    """The folded names of the people."""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """A graph of people, sorted by folded name. The weight of an edge is the number of joint papers."""

    people: Sequence[Mapping[str, Any]]
    """The fields `name`, `names`, `papers` and, if it is known, `mean_year` of each node."""
    graph: Graph
    bylines: Sequence[Byline]
    """The author lists from which the network is built."""
    notes: tuple[str, ...]
    """Notes that state what the counts leave out."""
    of: str = "people"
    """What the nodes are: a key of `items.KINDS`."""

    def ego_network(self, person: Person) -> "Network":
        """Return the part of this network that consists of a person and all co-authors of the person.

        If the person is not in this network, the returned network is empty.
        """
        return self.neighbourhood(person.id)

    def neighbourhood(self, name: str) -> "Network":
        """Return the network of a node, by its folded name, and of all nodes that it is linked with."""
        if name not in self.graph.names:
            return self.subnetwork([])
        node = self.graph.names.index(name)
        return self.subnetwork({node, *self.graph.neighbours[node]})

    def with_min_weight(self, weight: int) -> "Network":
        """Return the network of all edges that weigh at least `weight`, and of the people at their ends."""
        ends = {node for *edge, papers in self.graph.edges() if papers >= weight for node in edge}
        return self.subnetwork(ends, weight)

    def subnetwork(self, nodes: Collection[int], min_weight: int = 1) -> "Network":
        """Return the network of some people and of the edges among them that weigh at least `min_weight`."""
        people = [self.people[node] for node in sorted(nodes)]
        return replace(self, people=people, graph=self.graph.subgraph(nodes, min_weight))


def network(store: Store, query: Query | str = "", *, owners: bool = False) -> Network:
    """Return the network of the authors of the selected papers.

    If `owners` is true, the owner of a page counts as an author of each paper whose author list the page truncates. A
    paper on two pages counts once. Such a paper connects two people only if its author list on one of the pages
    contains both. Papers with more than 200 authors add no edges.
    """
    query = as_query(query)
    bylines, hidden = _bylines(store, query, owners=owners)
    by_work: dict[str, list[set[str]]] = defaultdict(list)
    for byline in bylines:
        by_work[byline.work].append(byline.people)
    ids = sorted(set().union(*(byline.people for byline in bylines)))
    number = {person: node for node, person in enumerate(ids)}
    papers: Counter[str] = Counter()
    years = _years(bylines)
    neighbours: list[dict[int, int]] = [{} for _ in ids]
    crowded = 0
    for lists in by_work.values():
        papers.update(lists[0] if len(lists) == 1 else lists[0].union(*lists[1:]))
        connecting = [people for people in lists if len(people) <= MAX_AUTHORS]
        crowded += not connecting
        numbered = (sorted(map(number.__getitem__, people)) for people in connecting)
        pairs = (pair for nodes in numbered for pair in combinations(nodes, 2))
        for node, other in pairs if len(connecting) == 1 else set(pairs):
            neighbours[node][other] = neighbours[other][node] = neighbours[node].get(other, 0) + 1
    graph = Graph(ids, [dict(sorted(weights.items())) for weights in neighbours])
    notes = (
        *persons.incomplete_lists_note(store, query, _EDGES_MISSING),
        *_crowded_note(crowded),
        *_hidden_owners_note(hidden),
    )
    names = _names(store)
    people = [{**names[person], "papers": papers[person], "mean_year": mean_year(years[person])} for person in ids]
    return Network(people, graph, bylines, notes)


def _years(bylines: Iterable[Byline]) -> dict[str, list[int]]:
    """Return the known years of the works of each person. A work on several pages counts once."""
    years: dict[str, dict[str, int]] = defaultdict(dict)
    for byline in bylines:
        if byline.year is not None:
            for person in byline.people:
                years[person][byline.work] = byline.year
    return defaultdict(list, {person: list(of_works.values()) for person, of_works in years.items()})


def mean_year(years: Collection[int]) -> float | None:
    """Return the mean of years with one decimal; None if there are none."""
    return round(sum(years) / len(years), 1) if years else None


def _crowded_note(papers: int) -> Iterator[str]:
    """Yield a note on papers that add no edges, because they have too many authors."""
    if papers:
        crowded = f"with more than {MAX_AUTHORS} authors"
        yield f"{counted(papers, f'paper {crowded} adds', f'papers {crowded} add')} {_NO_TIES}"


_NO_TIES = "no ties"


def _hidden_owners_note(hidden: int) -> Iterator[str]:
    """Yield a note on truncated author lists that do not contain the owner of the page."""
    if hidden:
        cut = "truncated author"
        lists = (f"{cut} list does not name the owner of its page", f"{cut} lists do not name the owner of their page")
        yield f"{counted(hidden, *lists)}{OWNERS_HINT}"


_BYLINES = f"""
SELECT paper.id, {WORK}, json_group_array(author_id), CAST(substr(paper.date, 1, 4) AS INTEGER)
FROM authorship JOIN paper ON paper.id = paper_id
WHERE paper.id IN ({{selection}}) GROUP BY paper.id
"""
_HIDDEN_OWNERS = f"""
SELECT DISTINCT paper.id, {WORK}, {OWNER} FROM paper
JOIN listing ON listing.paper_id = paper.id JOIN profile ON profile.id = listing.snapshot_id
LEFT JOIN alias AS owner ON owner.folded = profile.folded_name
WHERE paper.id IN ({{selection}}) AND NOT paper.authors_complete AND profile.name IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM authorship JOIN author ON author.id = author_id LEFT JOIN alias ON alias.folded = author.folded
    WHERE authorship.paper_id = paper.id AND {IS_OWNER})
"""


def _bylines(store: Store, query: Query, *, owners: bool) -> tuple[list[Byline], int]:
    """Return the author lists of the selected papers, and the number of truncated lists that do not contain the owner.

    If `owners` is true, the owners are added to these truncated lists, and the number is 0.
    """
    selection = expanded_selection(store, query.where)
    person_of = dict(store.execute(f"SELECT author.id, {PERSON} FROM author LEFT JOIN alias USING (folded)").fetchall())
    bylines = {
        id_: Byline(id_, work, {person_of[author] for author in json.loads(authors)}, year)
        for id_, work, authors, year in store.execute(_BYLINES.format(selection=selection.ids), selection.values)
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
    """Return the fields `name` and `names` of each person, by folded name.

    `names` contains all spellings. The first spelling is `name`.
    """
    people: dict[str, dict[str, Any]] = {}
    for _, id_, name in store.execute(persons.ALL_NAMES):
        people.setdefault(id_, {"name": name, "names": []})
    for id_, spelling in store.execute(_SPELLINGS):
        people[id_]["names"].append(spelling)
    for person in people.values():
        if len(person["names"]) > 1:
            person["names"].sort(key=lambda name: (name != person["name"], fold(name), name))
    return people


def measure(network: Network) -> "list[NodeRow]":
    """Return a row for each person of a network, with the fields in `NETWORK_FIELDS`, such as the number of papers."""
    graph = network.graph
    centrality = betweenness(graph)
    numbers = {
        field: {node: number for number, group in enumerate(groups, 1) for node in group}
        for field, groups in (("component", components(graph)), ("community", communities(graph)))
    }
    return [
        {
            "name": person["name"],
            "names": person["names"],
            "papers": person["papers"],
            "degree": len(graph.neighbours[node]),
            "strength": sum(graph.neighbours[node].values()),
            "betweenness": round(centrality.values[node], _BETWEENNESS_DIGITS),
            "betweenness_estimated": centrality.estimated[node],
            "component": numbers["component"][node],
            "community": numbers["community"][node],
            "mean_year": person.get("mean_year"),
        }
        for node, person in enumerate(network.people)
    ]


def _rank(rows: Sequence[Row], query: Query) -> list[int]:
    """Return the nodes in the order of the query. By default, the nodes with the most co-authors come first.

    The limit and the offset of the query apply to the nodes.
    """
    nodes = list(range(len(rows)))
    for field, descending in reversed(query.sort or _MOST_COAUTHORS_FIRST):
        if field == "name":  # nodes are already sorted by name
            nodes.sort(reverse=descending)
        else:
            nodes.sort(key=lambda node: _value(rows[node], field), reverse=descending)
    return nodes[query.window()]


def _value(row: Row, field: str) -> Any:
    return row[field]


def people_table(network: Network, query: Query) -> "Answer[NodeRow]":
    """Return a row for each person of a network. `sort`, `limit` and `offset` of the query apply to the people."""
    rows = measure(network)
    estimated = any(row["betweenness_estimated"] for row in rows)
    estimate = ("Between~ is estimated from some people, because a component is too large",) if estimated else ()
    return Answer(
        "nodes",
        NETWORK_FIELDS,
        [rows[node] for node in _rank(rows, query)],
        optional=_optional_columns(network, rows),
        notes=(*estimate, *network.notes),
        headings={"betweenness": "Between~"} if estimated else {},
    )


def drawing(network: Network, query: Query) -> Drawing:
    """Return the people of `people_table` and the edges among them, to be written to a graph file.

    The measures of these people are computed in the whole network.
    """
    rows = measure(network)
    nodes = sorted(_rank(rows, query))
    graph = network.graph.subgraph(nodes)
    title = "Co-authors" if network.of == "people" else network.of.capitalize()
    return Drawing(graph.names, [rows[node] for node in nodes], list(graph.edges()), "; ".join(network.notes), title)


def _optional_columns(network: Network, rows: "Sequence[NodeRow]") -> tuple[str, ...]:
    """Return the optional columns of a table: other spellings if there are any, and mean years except of people."""
    spellings = ("names",) if any(row["names"][1:] for row in rows) else ()
    return spellings if network.of == "people" else (*spellings, "mean_year")


EDGE_FIELDS = ("source", "target", "weight")


def edge_table(network: Network, query: Query) -> "Answer[EdgeRow]":
    """Return a row for each edge, the heaviest first. `sort`, `limit` and `offset` of the query apply to the edges."""
    names = [person["name"] for person in network.people]
    rows: list[EdgeRow] = [
        {"source": names[source], "target": names[target], "weight": weight}
        for source, target, weight in network.graph.edges()
    ]
    for field, descending in reversed(query.sort or (Order("weight", True),)):
        rows.sort(key=lambda row: _value(row, field), reverse=descending)
    return Answer("edges", EDGE_FIELDS, rows[query.window()], notes=network.notes, headings={"source": "Name"})


# Shortest paths

PATH_FIELDS = (
    "step", "name", "next_name", "papers", "key", "title", "title_guessed", "date", "date_assumed", "date_precision",
    "category", "classes",
)  # fmt: skip
"""Fields of a joint paper by two neighbours in a chain of co-authors. `papers` is the number of their joint papers."""


def path(store: Store, ends: tuple[Person, Person], query: Query | str = "", *, owners: bool) -> "Answer[StepRow]":
    """Return the shortest chain of co-authors from one person to another. Each row is a joint paper of two neighbours.

    Of several shortest chains, the chain with the most joint papers is returned. If no chain exists, there are no rows.
    Two authors of one paper form a chain even if the paper has too many authors to add edges. The joint papers of two
    neighbours are sorted by date, newest first.
    """
    query = as_query(query)
    whole = network(store, query, owners=owners)
    graph = whole.graph
    nodes = [graph.names.index(end.id) for end in ends if end.id in graph.names]
    pair = {end.id for end in ends}
    joint_paper = len(nodes) == len(pair) == 2 and any(pair <= byline.people for byline in whole.bylines)
    steps = nodes if joint_paper else shortest_path(graph, *nodes) if len(nodes) == 2 else []
    rows: list[Any] = [
        {"step": step, "name": whole.people[node]["name"], "next_name": whole.people[next_node]["name"], **paper}
        for step, (node, next_node) in enumerate(pairwise(steps), 1)
        for paper in _joint_papers(store, whole.bylines, {graph.names[node], graph.names[next_node]})
    ]
    crowded = [note for note in whole.notes if note.endswith(_NO_TIES)]
    notes = (*persons.incomplete_lists_note(store, query, "a shorter chain may be hidden"), *crowded)
    return Answer("steps", PATH_FIELDS, rows, notes=notes)


def _joint_papers(store: Store, bylines: Iterable[Byline], pair: set[str]) -> Iterator[Any]:
    """Yield the papers whose author list contains both people, newest first.

    A paper that is on several pages is yielded once.
    """
    ids = {byline.work: byline.paper_id for byline in bylines if pair <= byline.people}
    papers = sorted(map(json.loads, records(store, ids.values())), key=lambda paper: fold(paper["title"]))
    for paper in sorted(papers, key=lambda paper: paper["date"] or "", reverse=True):
        yield {"papers": len(papers), **{field: paper[field] for field in PATH_FIELDS[4:]}}
