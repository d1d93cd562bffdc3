"""Build networks of the things that papers have: keywords, topics, venues, and the papers themselves.

Keywords, topics and categories are linked by the papers that have both (co-occurrence). Venues and organisations are
linked by the people who publish in both: a paper has only one. Papers are linked by citations, or by the references
that they share (bibliographic coupling; Kessler 1963), where the source states references.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from pubcli.analysis.graph import Graph
from pubcli.analysis.network import Network, mean_year
from pubcli.analysis.references import citing_pairs, references
from pubcli.analysis.topics import papers_of_topics
from pubcli.errors import UsageError, ambiguous_name, did_you_mean
from pubcli.query.expression import Query
from pubcli.query.language import as_query
from pubcli.store.database import Store
from pubcli.store.persons import PERSON
from pubcli.store.sql import Selection
from pubcli.store.variants import expanded_selection
from pubcli.text.normalize import counted, fold

KINDS = {
    "people": "authors, linked by joint papers",
    "keywords": "keywords, linked by the papers that have both",
    "topics": "topics of titles and abstracts, linked by the papers that have both",
    "categories": "arXiv classes, or other categories, linked by the papers that have both",
    "venues": "venues, linked by the people who publish in both",
    "orgs": "organisations, linked by the people who publish for both",
    "citations": "papers, linked if one cites the other",
    "coupling": "papers, linked by the references that they share",
}
"""What a network can consist of, and what links two of its nodes."""
MOST_ITEMS = 200
"""Items of one paper, or papers with one reference, above which they add no links: they would add too many."""
_MOST_TOPICS = 150
"""Number of topics in a network of topics, the most characteristic of the papers."""

_LISTED = """
SELECT paper.id, item.value FROM paper JOIN record ON record.paper_id = paper.id, json_each(record.json, '$.{field}')
AS item WHERE paper.id IN ({ids})
"""
_CATEGORIES = """
SELECT paper.id, coalesce(item.value, paper.category) FROM paper JOIN record ON record.paper_id = paper.id
LEFT JOIN json_each(record.json, '$.classes') AS item
WHERE paper.id IN ({ids}) AND coalesce(item.value, paper.category) IS NOT NULL
"""
_VENUES = """
SELECT paper.id, record.json ->> '$.venue' AS item FROM paper JOIN record ON record.paper_id = paper.id
WHERE paper.id IN ({ids}) AND item IS NOT NULL
"""
_ORGS = "SELECT paper.id, paper.org FROM paper WHERE paper.id IN ({ids}) AND paper.org IS NOT NULL"
_STATEMENTS = {
    "keywords": _LISTED.replace("{field}", "keywords"),
    "categories": _CATEGORIES,
    "venues": _VENUES,
    "orgs": _ORGS,
}
_AUTHORS = f"""
SELECT authorship.paper_id, {PERSON} FROM authorship JOIN author ON author.id = author_id
LEFT JOIN alias ON alias.folded = author.folded WHERE authorship.paper_id IN ({{ids}})
"""
_YEARS = "SELECT id, CAST(substr(date, 1, 4) AS INTEGER) FROM paper WHERE id IN ({ids})"
_TITLES = """
SELECT paper.id, paper.key, record.json ->> '$.title' FROM paper JOIN record ON record.paper_id = paper.id
WHERE paper.id IN ({ids})
"""


def item_network(store: Store, of: str, query: Query | str = "") -> Network:
    """Return a network of the selected papers. `of` is a key of `KINDS`, other than `people`."""
    selection = expanded_selection(store, as_query(query).where)
    if of in ("citations", "coupling"):
        return _paper_network(store, of, selection)
    notes: tuple[str, ...] = ()
    if of == "topics":
        topics = papers_of_topics(store, selection, _MOST_TOPICS)
        pairs: Iterable[tuple[int, str]] = topics.pairs
        notes = topics.notes
    else:
        pairs = store.execute(_STATEMENTS[of].format(ids=selection.ids), selection.values).fetchall()
    items = _Items(pairs)
    groups = _items_of_people(store, selection, items) if of in ("venues", "orgs") else list(items.of_papers.values())
    graph, crowded = _linked(items.names, groups)
    return _network(store, selection, of, items, graph, (*notes, *_missing_note(store, selection, of, items, crowded)))


class _Items:
    """The items of papers. Items that are equal when folded are one; the most frequent spelling is the name."""

    def __init__(self, pairs: Iterable[Sequence[Any]]) -> None:
        self.of_papers: dict[int, set[str]] = defaultdict(set)
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        folded: dict[str, str] = {}
        for paper, spelling in pairs:
            item = folded.get(spelling)
            if item is None:
                item = folded[spelling] = fold(spelling)
            spellings[item][spelling] += 1
            self.of_papers[paper].add(item)
        self.names = sorted(spellings)
        self.spellings = {item: _most_frequent_first(counts) for item, counts in spellings.items()}


def _most_frequent_first(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))


def _items_of_people(store: Store, selection: Selection, items: _Items) -> list[set[str]]:
    """Return the items of the papers of each person."""
    by_person: dict[str, set[str]] = defaultdict(set)
    for paper, person in store.execute(_AUTHORS.format(ids=selection.ids), selection.values):
        if paper in items.of_papers:
            by_person[person] |= items.of_papers[paper]
    return list(by_person.values())


def _linked(names: Sequence[str], groups: Iterable[set[str]]) -> tuple[Graph, int]:
    """Return the graph in which names are linked by the groups with both, and the number of groups that are too large.

    `names` is sorted.
    """
    number = {name: node for node, name in enumerate(names)}
    weights: Counter[tuple[int, int]] = Counter()
    crowded = 0
    for group in groups:
        if len(group) > MOST_ITEMS:
            crowded += 1
        elif len(group) > 1:
            weights.update(combinations(sorted(number[name] for name in group), 2))
    return _graph(names, weights), crowded


def _graph(names: Sequence[str], weights: Mapping[tuple[int, int], int]) -> Graph:
    neighbours: list[dict[int, int]] = [{} for _ in names]
    for (node, other), weight in sorted(weights.items()):
        neighbours[node][other] = weight
        neighbours[other][node] = weight
    return Graph(names, neighbours)


def _network(
    store: Store, selection: Selection, of: str, items: _Items, graph: Graph, notes: tuple[str, ...]
) -> Network:
    """Return a network whose nodes state how many papers they have, and the mean year of these papers."""
    year_of = dict(store.execute(_YEARS.format(ids=selection.ids), selection.values).fetchall())
    papers: Counter[str] = Counter()
    years: dict[str, list[int]] = defaultdict(list)
    for paper, names in items.of_papers.items():
        papers.update(names)
        if (year := year_of.get(paper)) is not None:
            for name in names:
                years[name].append(year)
    nodes = [
        {
            "name": items.spellings[name][0],
            "names": items.spellings[name],
            "papers": papers[name],
            "mean_year": mean_year(years[name]),
        }
        for name in items.names
    ]
    return Network(nodes, graph, (), notes, of)


def _missing_note(store: Store, selection: Selection, of: str, items: _Items, crowded: int) -> Iterator[str]:
    """Yield notes on papers without items, and on those with too many."""
    whole = store.execute(f"SELECT count(*) FROM paper WHERE id IN ({selection.ids})", selection.values).fetchone()[0]
    if of != "topics" and len(items.of_papers) < whole:
        yield f"{of} are known for {len(items.of_papers):,} of {counted(whole, 'paper', 'papers')}"
    if crowded:
        has_people = of in ("venues", "orgs")
        groups = counted(crowded, *(("person has", "people have") if has_people else ("paper has", "papers have")))
        yield f"{groups} more than {MOST_ITEMS} {of} and add no links"


class _PaperNames(NamedTuple):
    key: str
    title: str


def _paper_network(store: Store, of: str, selection: Selection) -> Network:
    """Return the network of the selected papers that state references or are cited by those that do."""
    cited = references(store, selection)
    if of == "citations":
        pairs = Counter(citing_pairs(cited))
        nodes = {node for pair in pairs for node in pair}
        crowded = 0
    else:
        pairs, crowded = _coupled(cited)
        nodes = {node for pair in pairs for node in pair}
    names = {
        paper: _PaperNames(key, title)
        for paper, key, title in store.execute(_TITLES.format(ids=selection.ids), selection.values)
        if paper in nodes
    }
    repeated = Counter(name.key for name in names.values())
    identifiers = {
        paper: f"{name.key} {paper}" if repeated[name.key] > 1 else name.key for paper, name in names.items()
    }
    ordered = sorted(names, key=lambda paper: identifiers[paper])
    number = {paper: node for node, paper in enumerate(ordered)}
    weights = {_pair(number[a], number[b]): weight for (a, b), weight in pairs.items() if a in number and b in number}
    year_of = dict(store.execute(_YEARS.format(ids=selection.ids), selection.values).fetchall())
    people = [
        {
            "name": names[paper].key,
            "names": [names[paper].key, names[paper].title],
            "papers": 1,
            "mean_year": None if year_of[paper] is None else float(year_of[paper]),
        }
        for paper in ordered
    ]
    notes = [f"references are known for {len(cited):,} of {counted(len(year_of), 'paper', 'papers')}"]
    if crowded:
        refs = counted(crowded, "reference", "references")
        notes.append(f"{refs} of more than {MOST_ITEMS} papers add no links")
    return Network(people, _graph([identifiers[paper] for paper in ordered], weights), (), tuple(notes), of)


def _pair(node: int, other: int) -> tuple[int, int]:
    return (node, other) if node < other else (other, node)


def _coupled(cited: Mapping[int, Iterable[int | str]]) -> tuple[Counter[tuple[int, int]], int]:
    """Return how many references each two papers share, and the number of references that too many papers have."""
    citing: dict[int | str, list[int]] = defaultdict(list)
    for paper in sorted(cited):
        for reference in cited[paper]:
            citing[reference].append(paper)
    pairs: Counter[tuple[int, int]] = Counter()
    crowded = 0
    for papers in citing.values():
        if len(papers) > MOST_ITEMS:
            crowded += 1
        elif len(papers) > 1:
            pairs.update(combinations(papers, 2))
    return pairs, crowded


def find_item(network: Network, name: str) -> str:
    """Return the folded name of the node whose name is `name` or contains it. Raises UsageError if there is none."""
    word = fold(name)
    labels = {id_: str(node["name"]) for id_, node in zip(network.graph.names, network.people, strict=True)}
    exact = [id_ for id_, label in labels.items() if word in (id_, fold(label))]
    matches = exact or [id_ for id_ in labels if word in id_]
    if not matches:
        raise UsageError(f"--ego: {name!r} is none of the {network.of}{did_you_mean(name, labels.values())}")
    if len(matches) > 1:
        raise ambiguous_name(name, [labels[id_] for id_ in matches])
    return matches[0]
