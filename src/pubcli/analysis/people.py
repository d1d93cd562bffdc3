"""Questions about people, answered from the store."""

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pubcli.analysis.collaboration import Axis, by_year, yearly
from pubcli.analysis.dimensions import classes
from pubcli.answer.answer import Answer
from pubcli.query.expression import Match, Or, Query, all_of
from pubcli.query.language import as_query
from pubcli.store import ask, persons
from pubcli.store.database import Store
from pubcli.store.persons import AUTHORS, COAUTHOR, OWNER, OWNERS, PERSON, SPELLING, WITH_OWNER, WORK, Person
from pubcli.store.sql import MOST_PAPERS_FIRST, order_by, window
from pubcli.store.variants import selected
from pubcli.text.normalize import fold

if TYPE_CHECKING:
    from pubcli.answer.rows import CoauthorRow, PaperRow, PersonRow

_COUNTED = (
    "name", "papers", "first_year", "first_year_assumed", "last_year", "last_year_assumed", "categories",
    "first_author", "last_author",
)  # fmt: skip
COAUTHOR_FIELDS = (
    *_COUNTED, "names", "years", "papers_by_year", "assumed_by_year", "first_by_year", "last_by_year", "gaps",
)  # fmt: skip
"""`names` are all spellings in the selected papers. The lists by year are parallel to `years`, which leaves out years
without a paper: how many there are, how many of them in a year that was assumed, as first and as last author. `gaps`
are the years between that are left out: 2020, or 2020..2022."""
PERSON_FIELDS = (*_COUNTED, "names", "has_page")
"""`has_page` tells whether a page of the person's was read."""

COAUTHOR_ORDERS = tuple(field for field in _COUNTED if field != "categories")
"""What co-authors can be sorted by."""
PERSON_ORDERS = (*COAUTHOR_ORDERS, "has_page")

_SORTED_BY = {
    "name": "person",
    "first_year_assumed": "(first_year % 2)",
    "last_year_assumed": "(1 - last_year % 2)",
}

# Years and whether they are assumed travel in one number, so that of equal years a written one wins at either end.
# The same paper on two pages counts once.
_TOTALS = f"""
    {PERSON} AS person, coalesce(alias.name, author.name) AS name,
    json_group_array(DISTINCT {SPELLING}) AS names,
    count(DISTINCT {WORK}) AS papers,
    min(substr(paper.date, 1, 4) * 2 + paper.date_assumed) AS first_year,
    max(substr(paper.date, 1, 4) * 2 + 1 - paper.date_assumed) AS last_year,
    json_group_array(paper.category) AS categories,
    count(DISTINCT CASE WHEN authorship.place = 1 THEN {WORK} END) AS first_author,
    count(DISTINCT CASE WHEN authorship.is_last THEN {WORK} END) AS last_author"""
_COAUTHORS = f"""
SELECT {_TOTALS} FROM {WITH_OWNER} WHERE paper.id IN ({{chosen}}) AND {COAUTHOR}
GROUP BY person ORDER BY {{order}}, person LIMIT ? OFFSET ?
"""
_PEOPLE = f"""
SELECT {_TOTALS},
    {PERSON} IN (SELECT {OWNER} FROM {OWNERS}) AS has_page
FROM {AUTHORS} WHERE paper.id IN ({{chosen}})
GROUP BY person ORDER BY {{order}}, person LIMIT ? OFFSET ?
"""


def coauthors(store: Store, query: Query | str = "") -> "Answer[CoauthorRow]":
    """Who wrote the selected papers with the owner of the page, most papers first; without a header, with anybody.

    `limit`, `offset` and `sort` of the query are about people; its expression is about papers.
    """
    query = as_query(query)
    chosen = selected(store, query.where)
    statement = _COAUTHORS.format(chosen=chosen.ids, order=order_by(query.sort or MOST_PAPERS_FIRST, _SORTED_BY))
    found = store.execute(statement, (*chosen.values, *window(query))).fetchall()
    years = by_year(store, chosen) if found else {}
    axis, own = Axis.of(years), classes(store, chosen)
    return Answer(
        "coauthors",
        COAUTHOR_FIELDS,
        ({**_totals(row, own), **yearly(years.get(row["person"], []), axis)} for row in found),
        optional=_several_names(found),
        notes=persons.cut_lists(store, query),
        heads={"course": axis.heading},
    )


def people(store: Store, query: Query | str = "") -> "Answer[PersonRow]":
    """Everyone whom the selected papers name, most papers first; the query is read as for `coauthors`."""
    query = as_query(query)
    chosen = selected(store, query.where)
    statement = _PEOPLE.format(chosen=chosen.ids, order=order_by(query.sort or MOST_PAPERS_FIRST, _SORTED_BY))
    found = store.execute(statement, (*chosen.values, *window(query))).fetchall()
    own = classes(store, chosen)
    return Answer(
        "people",
        PERSON_FIELDS,
        ({**_totals(row, own), "has_page": bool(row["has_page"])} for row in found),
        optional=_several_names(found),
        notes=persons.cut_lists(store, query),
    )


def _several_names(found: list[sqlite3.Row]) -> tuple[str, ...]:
    """The column of spellings, where somebody has more than one."""
    return ("names",) if any(json.loads(row["names"])[1:] for row in found) else ()


def _totals(row: sqlite3.Row, own: Callable[[str], Sequence[str]]) -> "PersonRow":
    """What a person's papers are together; `own` tells of a category the classes that the selected papers name."""
    first, last = row["first_year"], row["last_year"]
    categories = _by_frequency(row["categories"])
    return {
        "name": row["name"],
        "papers": row["papers"],
        "first_year": first and first // 2,
        "first_year_assumed": first is not None and first % 2 == 1,
        "last_year": last and last // 2,
        "last_year_assumed": last is not None and last % 2 == 0,
        "categories": categories,
        "ambiguous": [code for code in categories if len(own(code)) > 1],
        "first_author": row["first_author"],
        "last_author": row["last_author"],
        "names": sorted(json.loads(row["names"]), key=lambda name: (name != row["name"], fold(name), name)),
    }


def _by_frequency(categories: str) -> list[str]:
    counted = Counter(code for code in json.loads(categories) if code is not None)
    return sorted(counted, key=lambda code: (-counted[code], code))


# The papers of one person

_AS_COAUTHOR = f"SELECT DISTINCT paper.id FROM {WITH_OWNER} WHERE {PERSON} = ? AND {COAUTHOR}"


def shared_papers(store: Store, person: Person, query: Query | str = "") -> "Answer[PaperRow]":
    """The selected papers of somebody's as a co-author, in whichever spelling, as `pubcli list` has them."""
    query = as_query(query)
    spelled = set(persons.spellings(store, person))
    named = all_of([query.where, Or(tuple(Match("author", name) for name in sorted(spelled)))])
    answer = ask.papers(store, query._replace(where=named, limit=None, offset=0))
    theirs = [row[0] for row in store.execute(_AS_COAUTHOR, (person.id,))]
    shared = set(ask.records(store, theirs))
    texts = [text for text in answer.encoded or () if text in shared][query.part()]
    return answer._replace(rows=list(map(json.loads, texts)), encoded=texts)
