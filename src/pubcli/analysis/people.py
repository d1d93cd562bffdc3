"""Find the co-authors of the owner of a page, all authors, or the joint papers with one co-author."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence

from pubcli.analysis.collaboration import yearly_fields, years_and_axis
from pubcli.analysis.dimensions import classes_by_category
from pubcli.analysis.most_papers import PaperCounts, candidates, is_short_list, names_on
from pubcli.answer.answer import Answer
from pubcli.lazy import TYPE_CHECKING, json
from pubcli.query.expression import Match, Or, Query, conjunction
from pubcli.query.language import as_query
from pubcli.store import ask, persons
from pubcli.store.database import Store
from pubcli.store.persons import AUTHORS, COAUTHOR, OWNER, OWNERS, PERSON, SPELLING, WITH_OWNER, WORK, Person
from pubcli.store.sql import MOST_PAPERS_FIRST, Selection, limit_and_offset, order_by
from pubcli.store.variants import expanded_selection
from pubcli.text.normalize import fold

if TYPE_CHECKING:
    from pubcli.answer.rows import CoauthorRow, PaperRow, PersonRow

_TOTAL_FIELDS = (
    "name", "papers", "first_year", "first_year_assumed", "last_year", "last_year_assumed", "categories",
    "first_author", "last_author",
)  # fmt: skip
COAUTHOR_FIELDS = (
    *_TOTAL_FIELDS, "names", "years", "papers_by_year", "assumed_by_year", "first_by_year", "last_by_year", "gaps",
)  # fmt: skip
"""`names` are all spellings in the selected papers. `years` are the years with joint papers. The fields that end
in `_by_year` have a number for each of these years. `papers_by_year` contains the numbers of joint papers.
`assumed_by_year` contains the numbers of joint papers whose year is assumed. `first_by_year` and `last_by_year` contain
the numbers of joint papers whose first or last author is the co-author. `gaps` are the years without joint papers
between years with joint papers: `2020`, or `2020..2022` for several years."""
PERSON_FIELDS = (*_TOTAL_FIELDS, "names", "has_page")
"""`has_page` is true if the person owns one of the pages."""

COAUTHOR_ORDERS = tuple(field for field in _TOTAL_FIELDS if field != "categories")
"""Fields by which co-authors can be sorted."""
PERSON_ORDERS = (*COAUTHOR_ORDERS, "has_page")

_SORTED_BY = {
    "name": "person",
    "first_year_assumed": "(first_year % 2)",
    "last_year_assumed": "(1 - last_year % 2)",
}

# One number encodes a year and whether it is assumed. If the first or last year is assumed for one paper and written on
# the page for another paper, min and max select the written year. A paper on two pages counts once.
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
SELECT {_TOTALS} FROM {WITH_OWNER} WHERE {{selected}} AND {COAUTHOR}
GROUP BY person ORDER BY {{order}}, person LIMIT ? OFFSET ?
"""
_PEOPLE = f"""
SELECT {_TOTALS},
    {PERSON} IN (SELECT {OWNER} FROM {OWNERS}) AS has_page
FROM {AUTHORS} WHERE {{selected}}
GROUP BY person ORDER BY {{order}}, person LIMIT ? OFFSET ?
"""


_COUNTS_OF_COAUTHORS = f"""
SELECT count(DISTINCT {WORK}) AS papers FROM {WITH_OWNER} WHERE {{selected}} AND {COAUTHOR}
GROUP BY {PERSON} ORDER BY papers DESC
"""
_COUNTS_OF_PEOPLE = f"""
SELECT count(DISTINCT {WORK}) AS papers FROM {AUTHORS} WHERE {{selected}} GROUP BY {PERSON} ORDER BY papers DESC
"""


def _people(
    store: Store, selection: Selection, query: Query, counts: PaperCounts | None, statement: str, numbers: str
) -> list[sqlite3.Row]:
    """Return the rows of the people that a query selects. `statement` is `_COAUTHORS` or `_PEOPLE`.

    `counts` is None if everyone must be read. `numbers` is the statement that selects only numbers of papers.
    """

    def numbers_of(authors: str) -> list[int]:
        selected, values = names_on(selection, authors)
        return [row[0] for row in store.execute(numbers.format(selected=selected), values)]

    authors = None if counts is None else candidates(counts, query, numbers_of)
    selected, values = names_on(selection, authors)
    order = order_by(query.sort or MOST_PAPERS_FIRST, _SORTED_BY)
    statement = statement.format(selected=selected, order=order)
    return store.execute(statement, (*values, *limit_and_offset(query))).fetchall()


def coauthors(store: Store, query: Query | str = "") -> Answer[CoauthorRow]:
    """Return the co-authors of the owner of the page in the selected papers, most papers first.

    On a page without a header, all authors count as co-authors, except the only author of a paper. The expression of
    the query selects papers. `limit`, `offset` and `sort` of the query apply to the co-authors.
    """
    query = as_query(query)
    selection = expanded_selection(store, query.where)
    counts = PaperCounts(store, selection) if is_short_list(query) else None
    rows = _people(store, selection, query, counts, _COAUTHORS, _COUNTS_OF_COAUTHORS)
    years, axis = years_and_axis(store, selection, counts, [row["person"] for row in rows])
    classes = classes_by_category(store, selection)
    return Answer(
        "coauthors",
        COAUTHOR_FIELDS,
        ({**_totals(row, classes), **yearly_fields(years.get(row["person"], []), axis)} for row in rows),
        optional=_names_column(rows),
        notes=persons.incomplete_lists_note(store, query),
        headings={"course": axis.heading},
    )


def people(store: Store, query: Query | str = "") -> Answer[PersonRow]:
    """Return all authors of the selected papers, most papers first. `query` has the same meaning as in `coauthors`."""
    query = as_query(query)
    selection = expanded_selection(store, query.where)
    counts = PaperCounts(store, selection) if is_short_list(query) else None
    rows = _people(store, selection, query, counts, _PEOPLE, _COUNTS_OF_PEOPLE)
    classes = classes_by_category(store, selection)
    return Answer(
        "people",
        PERSON_FIELDS,
        ({**_totals(row, classes), "has_page": bool(row["has_page"])} for row in rows),
        optional=_names_column(rows),
        notes=persons.incomplete_lists_note(store, query),
    )


_BYLINE = f"SELECT DISTINCT {PERSON} FROM {AUTHORS} WHERE paper.id = ?"
_BY_PLACE = f"SELECT {PERSON}, min(authorship.place) FROM {AUTHORS} WHERE paper.id = ? GROUP BY 1"
_AUTHOR_IDS = f"""
SELECT author.id FROM author LEFT JOIN alias ON alias.folded = author.folded WHERE {PERSON} IN ({_BYLINE})
"""


def authors_of_paper(store: Store, paper_id: int) -> list[PersonRow]:
    """Return the authors of a paper, in the order of its byline, with totals over all their papers."""
    selection = Selection(
        "paper", f"paper.id IN (SELECT paper_id FROM authorship WHERE author_id IN ({_AUTHOR_IDS}))", (paper_id,), None
    )
    statement = _PEOPLE.format(selected=f"paper.id IN ({selection.ids})", order="person")
    places = dict(store.execute(_BY_PLACE, (paper_id,)).fetchall())
    rows = [row for row in store.execute(statement, (*selection.values, -1, 0)) if row["person"] in places]
    classes = classes_by_category(store, selection)
    rows.sort(key=lambda row: places[row["person"]])
    return [{**_totals(row, classes), "has_page": bool(row["has_page"]), "person": row["person"]} for row in rows]


def _names_column(rows: list[sqlite3.Row]) -> tuple[str, ...]:
    """Return the column `names` if a person has more than one spelling, otherwise no column."""
    return ("names",) if any(json.loads(row["names"])[1:] for row in rows) else ()


def _totals(row: sqlite3.Row, classes: Callable[[str], Sequence[str]]) -> PersonRow:
    """Return the fields that sum up the papers of a person: their number, the first and the last year, the categories.

    `row` is a row of the database, selected by `_TOTALS`. `classes` maps a category code to its possible arXiv classes.
    """
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
        "ambiguous": [code for code in categories if len(classes(code)) > 1],
        "first_author": row["first_author"],
        "last_author": row["last_author"],
        "names": sorted(json.loads(row["names"]), key=lambda name: (name != row["name"], fold(name), name)),
    }


def _by_frequency(categories: str) -> list[str]:
    counts = Counter(code for code in json.loads(categories) if code is not None)
    return sorted(counts, key=lambda code: (-counts[code], code))


# The papers of one person

_AS_COAUTHOR = f"SELECT DISTINCT paper.id FROM {WITH_OWNER} WHERE {PERSON} = ? AND {COAUTHOR}"


def shared_papers(store: Store, person: Person, query: Query | str = "") -> Answer[PaperRow]:
    """Return the selected papers that name a person as co-author, in any spelling.

    The rows have the same fields as the rows of `pubcli list`.
    """
    query = as_query(query)
    spellings = sorted(set(persons.folded_names(store, person)))
    by_person = conjunction([query.where, Or(tuple(Match("author", name) for name in spellings))])
    answer = ask.papers(store, query._replace(where=by_person, limit=None, offset=0))
    ids = [row[0] for row in store.execute(_AS_COAUTHOR, (person.id,))]
    shared = set(ask.records(store, ids))
    page = [record for record in answer.encoded or () if record in shared][query.window()]
    return answer._replace(rows=list(map(json.loads, page)), encoded=page)
