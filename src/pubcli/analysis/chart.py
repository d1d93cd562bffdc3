"""Compute the data for pictures: numbers of papers by year, and the co-author network."""

from collections.abc import Callable, Mapping, Sequence
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from pubcli.analysis import stats
from pubcli.analysis.graph import communities
from pubcli.analysis.network import OWNERS_HINT, Network, network
from pubcli.analysis.topics import topics
from pubcli.answer.marks import EXPLANATIONS, marked_text
from pubcli.biblio import arxiv_categories
from pubcli.query.expression import Query
from pubcli.store.database import Store
from pubcli.store.persons import OWNER, OWNERS
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from pubcli.answer.rows import CountRow

MAX_SERIES = 7
"""Number of series that have a colour of their own in `PALETTE`. The sum of all other series is one more series."""
PALETTE = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#8c959f")
"""Colour-blind people can distinguish the first seven colours (Okabe and Ito 2008). Grey is for everything else."""
OTHERS = "others"


class Chart(NamedTuple):
    """One or several series of counts, for example one series for each category.

    Each series has one count for each label, for example one count for each year.
    """

    labels: list[str]
    """Labels of the counts. As in tables, `~` marks an assumed year: `2026~`."""
    series: dict[str, list[int]]
    """The counts of each series, by the name of the series. The series are drawn in this order.

    There are at most `MAX_SERIES` + 1 series.
    """
    meanings: dict[str, str | None]
    """What the name of each series means. For the name LG, this is Machine Learning. None if unknown."""
    notes: list[str]
    """Notes to print below the chart."""


def papers_by_year(store: Store, query: Query) -> Chart:
    """Return the number of papers per year and category. A year without papers has the count 0."""
    return _cross_with_years(store, "category", query, _class_names)


def _class_names(row: "CountRow") -> str | None:
    """Return the meaning of the category code in a row: for `LG`, Machine Learning.

    If the code may mean several classes, return these classes, for example `cs.CV or math.CV`.
    """
    classes = row["classes"]
    return " or ".join(classes) if len(classes) > 1 else arxiv_categories.meaning(classes)


def team_sizes(store: Store, query: Query) -> Chart:
    """Return the number of papers per year and team size. A team size is the number of authors that the page shows."""
    chart = _cross_with_years(store, "team", query, _authors)
    series = {name: chart.series[name] for name in sorted(chart.series, key=_team_order)}
    truncated = ", ".join(name for name in series if name.endswith("+"))
    notes = [f"{truncated}: the page truncates the list after this number of authors"] if truncated else []
    return chart._replace(series=series, notes=[*chart.notes, *notes])


def _authors(row: "CountRow") -> str | None:
    return None if row["team"] is None else "author" if marked_text(row, "team") == "1" else "authors"


def _team_order(team: str) -> tuple[bool, float, str]:
    """Return a key that sorts team sizes by number of authors, for example `2`, `3`, `3+`, `10`.

    `3+` means that the page shows three authors and truncates the list. The series of unknown team sizes comes after
    all numbers. The series that sums up several team sizes, `OTHERS`, comes last.
    """
    number = team.removesuffix("+")
    return team == OTHERS, int(number) if number.isdecimal() else inf, team


def _cross_with_years(store: Store, dimension: str, query: Query, meaning: Callable[["CountRow"], str | None]) -> Chart:
    answer = stats.cross_tabulate(store, "year", dimension, Query(query.where))
    crossing = answer.crossing
    rows = [row for row in crossing.rows if row["year"] is not None] if crossing else []
    position = {row["year"]: number for number, row in enumerate(rows)}
    series: dict[str, list[int]] = {}
    meanings: dict[str, str | None] = {OTHERS: None}
    for pair in answer.rows:
        if pair["year"] in position:
            name = marked_text(pair, dimension).removesuffix("*") or "unknown"
            meanings.setdefault(name, meaning(pair))
            series.setdefault(name, [0] * len(rows))[position[pair["year"]]] += pair["papers"]
    _add_unknown(series, [row["papers"] for row in rows])
    meanings.setdefault("unknown", None)
    largest = largest_series(series)
    labels = [f"{row['year']}~" if row["assumed_dates"] else str(row["year"]) for row in rows]
    undated = (crossing.papers if crossing else 0) - sum(row["papers"] for row in rows)
    notes = [EXPLANATIONS["date"]] if any(label.endswith("~") for label in labels) else []
    if undated:
        notes.append(f"{counted(undated, 'paper of an unknown year is', 'papers of an unknown year are')} left out")
    return Chart(labels, largest, {name: meanings[name] for name in largest if name != OTHERS}, notes)


def _add_unknown(series: dict[str, list[int]], papers: Sequence[int]) -> None:
    """Add the papers of each year that are in no series to the series `unknown`. `papers` has the count of each."""
    missing = [total - sum(counts[at] for counts in series.values()) for at, total in enumerate(papers)]
    if any(missing):
        before = series.get("unknown", [0] * len(papers))
        series["unknown"] = [max(0, count) + more for count, more in zip(before, missing, strict=True)]


def largest_series(series: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Return the `MAX_SERIES` largest series, largest first, then one series that is the sum of all other series.

    This sum is named `OTHERS`. If there is only one other series, that series keeps its name.
    """
    order = sorted(series, key=lambda name: (-sum(series[name]), name))
    size = MAX_SERIES + (len(order) == MAX_SERIES + 1)
    largest = {name: list(series[name]) for name in order[:size]}
    if rest := order[size:]:
        largest[OTHERS] = [sum(column) for column in zip(*(series[name] for name in rest), strict=True)]
    return largest


_MAX_TOPICS = 8
_MAX_PERIODS = 16
"""Maximum number of periods. If there are more years, several years form one period."""


def topic_trends(store: Store, query: Query) -> Chart:
    """Return the number of papers with each topic in each period. A paper may have several topics.

    Only the topics that are most characteristic of the selected papers are included.
    """
    years = papers_by_year(store, query)
    years_per_period = max(1, -(-len(years.labels) // _MAX_PERIODS))
    periods = max(1, -(-len(years.labels) // years_per_period))
    answer = topics(store, Query(query.where, limit=_MAX_TOPICS), periods=periods)
    rows = list(answer.rows)
    spans = rows[0]["periods"] if rows else []
    labels = [_with_mark(period, years.labels) for period in spans]
    series = {row["topic"]: list(row["counts"]) for row in rows if any(row["counts"])}
    lengths = {_length(period) for period in spans}
    notes = ["the last periods are a year shorter"] if len(lengths) > 1 else []
    return Chart(labels, series, dict.fromkeys(series), [*years.notes, *notes, *answer.messages])


def _with_mark(period: str, years: Sequence[str]) -> str:
    """Return the label of a period: `2024-2026~` if a year of the period is assumed, otherwise `2024-2026`.

    `years` are labels of single years. An assumed year ends with `~`, for example `2026~`.
    """
    first, _, last = period.partition("-")
    assumed = [year for year in years if year.endswith("~") and first <= year.rstrip("~") <= (last or first)]
    return f"{period}~" if assumed else period


def _length(period: str) -> int:
    first, _, last = period.partition("-")
    return int(last or first) - int(first) + 1


class CoauthorSketch(NamedTuple):
    """A part of the co-author network that is small enough to be drawn."""

    names: list[str]
    papers: list[int]
    groups: list[int]
    """The number of each person's community; number 0 is the largest community."""
    edges: list[tuple[int, int, int]]
    """For each edge, the positions of two people in `names`, and the number of their joint papers."""
    notes: list[str]


MAX_PEOPLE = 40
"""Maximum number of people in a sketch."""


def coauthor_sketch(store: Store, query: Query) -> CoauthorSketch:
    """Return the co-author network of the people with the most papers, at most `MAX_PEOPLE`.

    If the store has only one page, the owner of this page is left out.
    """
    whole = network(store, query)
    owners = {row[0] for row in store.execute(f"SELECT {OWNER} FROM {OWNERS}")}
    owner = owners if len(owners) == 1 else set()
    nodes = [node for node, person in enumerate(whole.graph.names) if person not in owner]
    nodes.sort(key=lambda node: (-whole.people[node]["papers"], -len(whole.graph.neighbours[node]), node))
    part = whole.subnetwork(nodes[:MAX_PEOPLE])
    group = {node: number for number, members in enumerate(communities(part.graph)) for node in members}
    # The people with the most papers come first, because labels are placed in this order until the space is used up.
    order = sorted(range(len(part.people)), key=lambda node: (-part.people[node]["papers"], node))
    number_of = {node: number for number, node in enumerate(order)}
    notes = [f"the {MAX_PEOPLE} of {len(nodes)} people with the most papers"] if len(nodes) > MAX_PEOPLE else []
    if owner and len(nodes) < len(whole.people):
        notes.append(_owner_note(store, whole, nodes))
    notes += [note.removesuffix(OWNERS_HINT) for note in whole.notes]  # the commands that draw have no option --owners
    return CoauthorSketch(
        [part.people[node]["name"] for node in order],
        [part.people[node]["papers"] for node in order],
        [group[node] for node in order],
        [(number_of[node], number_of[other], weight) for node, other, weight in part.graph.edges()],
        notes,
    )


def _owner_note(store: Store, whole: Network, others: Sequence[int]) -> str:
    """Return a note that the picture leaves out the owner of the page. `others` are all other people in the network."""
    [owner] = {*range(len(whole.people))} - {*others}
    adjacent = all(other in whole.graph.neighbours[owner] for other in others)
    return f"without {owner_name(store)}{', who is linked to everyone' if adjacent else ''}"


def owner_name(store: Store) -> str:
    """Return the name of the owner of the page. The store must have only this page."""
    return str(store.execute("SELECT name FROM profile").fetchone()[0])
