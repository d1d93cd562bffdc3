"""Numbers as charts show them: series of counts over common labels, whatever draws them."""

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import Any, NamedTuple

from pubcli.analysis import stats
from pubcli.analysis.graph import communities
from pubcli.analysis.network import OWNERS_HINT, Network, network
from pubcli.analysis.topics import topics
from pubcli.answer.answer import Row
from pubcli.answer.marks import EXPLANATIONS, marked_text
from pubcli.biblio import arxiv_categories
from pubcli.query.expression import Query
from pubcli.store.database import Store
from pubcli.store.persons import OWNER, OWNERS
from pubcli.text.normalize import counted

SERIES = 7
"""Series with a colour of their own (`PALETTE`); what is more is summed up in one more."""
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#8c959f")
"""Colours that the colour-blind can tell apart (Okabe and Ito 2008), and a grey for what is summed up."""
OTHERS = "others"


class Chart(NamedTuple):
    """Counts for each label, in one or several series."""

    labels: list[str]
    """With the marks that people know from tables: `2026~` is an assumed year."""
    series: dict[str, list[int]]
    """By name, the largest first, team sizes the smallest first; at most `SERIES` and one more, mostly `OTHERS`."""
    meanings: dict[str, str | None]
    """What the names of series mean, where that is known."""
    notes: list[str]
    """What must be said below."""


def papers_by_year(store: Store, query: Query) -> Chart:
    """Papers of each year, by category; years without papers between the first and the last are there too."""
    return _crossed(store, "category", query, _class)


def _class(row: Mapping[str, Any]) -> str | None:
    """What arXiv calls a category, or which classes it may be."""
    found = row["classes"]
    return " or ".join(found) if len(found) > 1 else arxiv_categories.meaning(found)


def team_sizes(store: Store, query: Query) -> Chart:
    """Papers of each year, by how many authors are shown."""
    chart = _crossed(store, "team", query, _authors)
    cut = sorted((name for name in chart.series if name.endswith("+")), key=_by_size)
    explained = [f"{', '.join(cut)}: the page cuts the list after so many authors; there are more"] if cut else []
    series = {name: chart.series[name] for name in sorted(chart.series, key=_by_size)}
    return chart._replace(series=series, notes=[*chart.notes, *explained])


def _authors(row: Row) -> str | None:
    return None if row["team"] is None else "author" if marked_text(row, "team") == "1" else "authors"


def _by_size(team: str) -> tuple[bool, float, str]:
    """From 1 on, each before what is cut after as many: 2, 3, 3+, 10, then unknown, then others."""
    number = team.removesuffix("+")
    return team == OTHERS, int(number) if number.isdecimal() else inf, team


def _crossed(store: Store, dimension: str, query: Query, meaning: Callable[[Row], str | None]) -> Chart:
    answer = stats.cross_tabulate(store, "year", dimension, Query(query.where))
    crossing = answer.crossing
    rows = [row for row in crossing.rows if row["year"] is not None] if crossing else []
    at = {row["year"]: number for number, row in enumerate(rows)}
    series: dict[str, list[int]] = {}
    meanings: dict[str, str | None] = {OTHERS: None}
    for pair in answer.rows:
        if pair["year"] in at:
            name = marked_text(pair, dimension).removesuffix("*") or "unknown"
            meanings.setdefault(name, meaning(pair))
            series.setdefault(name, [0] * len(rows))[at[pair["year"]]] += pair["papers"]
    kept = largest_series(series)
    labels = [f"{row['year']}~" if row["assumed_dates"] else str(row["year"]) for row in rows]
    undated = (crossing.papers if crossing else 0) - sum(row["papers"] for row in rows)
    notes = [EXPLANATIONS["date"]] if any(label.endswith("~") for label in labels) else []
    if undated:
        notes.append(f"{counted(undated, 'paper of an unknown year is', 'papers of an unknown year are')} left out")
    return Chart(labels, kept, {name: meanings[name] for name in kept if name != OTHERS}, notes)


def largest_series(series: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """The largest series, the largest first, and one for all others where there are too many.

    A single one that would be left over stays what it is, in the colour of the others.
    """
    order = sorted(series, key=lambda name: (-sum(series[name]), name))
    most = SERIES + (len(order) == SERIES + 1)
    kept = {name: list(series[name]) for name in order[:most]}
    if rest := order[most:]:
        kept[OTHERS] = [sum(column) for column in zip(*(series[name] for name in rest), strict=True)]
    return kept


_LANES = 8
"""Topics at most."""
_LONGEST_COURSE = 16
"""Periods at most; more years are put together."""


def topic_trends(store: Store, query: Query) -> Chart:
    """How many papers of each period have each of the most telling topics; a paper may have several."""
    years = papers_by_year(store, query)
    together = max(1, -(-len(years.labels) // _LONGEST_COURSE))
    periods = max(1, -(-len(years.labels) // together))
    rows = list(topics(store, Query(query.where, limit=_LANES), periods=periods).rows)
    cut = list(rows[0]["periods"]) if rows else []
    labels = [_with_mark(period, years.labels) for period in cut]
    series = {row["topic"]: list(row["counts"]) for row in rows if any(row["counts"])}
    lengths = {_length(period) for period in cut}
    told = ["the last periods are a year shorter"] if len(lengths) > 1 else []
    return Chart(labels, series, dict.fromkeys(series), [*years.notes, *told])


def _with_mark(period: str, years: Sequence[str]) -> str:
    """A period such as 2026 or 2024-2026, marked when one of its years is."""
    first, _, last = period.partition("-")
    assumed = [year for year in years if year.endswith("~") and first <= year.rstrip("~") <= (last or first)]
    return f"{period}~" if assumed else period


def _length(period: str) -> int:
    first, _, last = period.partition("-")
    return int(last or first) - int(first) + 1


class CoauthorSketch(NamedTuple):
    """People and who wrote with whom, few enough to be drawn."""

    names: list[str]
    papers: list[int]
    groups: list[int]
    """The community of each, the largest being 0."""
    edges: list[tuple[int, int, int]]
    """Two people by number, and how many papers they wrote together."""
    notes: list[str]


PEOPLE = 40
"""People in a sketch at most."""


def coauthor_sketch(store: Store, query: Query) -> CoauthorSketch:
    """Those with most papers among the people of the selected papers; not the owner of a single page."""
    whole = network(store, query)
    owners = {row[0] for row in store.execute(f"SELECT {OWNER} FROM {OWNERS}")}
    alone = owners if len(owners) == 1 else set()
    nodes = [node for node, person in enumerate(whole.graph.names) if person not in alone]
    nodes.sort(key=lambda node: (-whole.people[node]["papers"], -len(whole.graph.ties[node]), node))
    part = whole.part(nodes[:PEOPLE])
    group = {node: number for number, members in enumerate(communities(part.graph)) for node in members}
    # Those with most papers come first: a picture gives them their labels before the others.
    order = sorted(range(len(part.people)), key=lambda node: (-part.people[node]["papers"], node))
    place = {node: number for number, node in enumerate(order)}
    notes = [f"{PEOPLE} of {len(nodes)} people: those with most papers"] if len(nodes) > PEOPLE else []
    if alone and len(nodes) < len(whole.people):
        notes.append(_without(store, whole, nodes))
    notes += [note.removesuffix(OWNERS_HINT) for note in whole.notes]  # a picture has no such option
    return CoauthorSketch(
        [part.people[node]["name"] for node in order],
        [part.people[node]["papers"] for node in order],
        [group[node] for node in order],
        [(place[one], place[other], weight) for one, other, weight in part.graph.edges()],
        notes,
    )


def _without(store: Store, whole: Network, others: Sequence[int]) -> str:
    """Who is left out, and why, where that is so."""
    [owner] = {*range(len(whole.people))} - {*others}
    tied = all(other in whole.graph.ties[owner] for other in others)
    return f"without {owner_name(store)}{', who is tied to all' if tied else ''}"


def owner_name(store: Store) -> str:
    """The name at the head of the only page."""
    return str(store.execute("SELECT name FROM profile").fetchone()[0])
