"""Count the authors of selected papers of a lake, with the rows of `analysis.people`.

A person is the identifier that the source has for an author, if there is one; otherwise the folded name, or the name
that the user chose for several names. Papers of a lake are on no page, so nobody is the owner of a page.
"""

from __future__ import annotations

from collections import Counter

from pubcli.analysis import people as analysis
from pubcli.analysis.collaboration import CoauthorYear, YearAxis, yearly_fields
from pubcli.answer.answer import Answer
from pubcli.lake.classes import classes_by_category
from pubcli.lake.literals import text, texts
from pubcli.lazy import TYPE_CHECKING
from pubcli.store.persons import incomplete_note
from pubcli.store.sql import MOST_PAPERS_FIRST
from pubcli.store.variants import expanded
from pubcli.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from pubcli.answer.rows import CoauthorRow, PersonRow
    from pubcli.lake.corpus import LakeCorpus
    from pubcli.query.expression import Expression, Query

_NOT_ALONE = "NOT (a.place = 1 AND a.is_last)"
"""Condition that a name is not that of the only author of a paper, who is nobody's co-author."""
_ORDERS = {
    "name": "sort_name",
    "first_year": "first_year",
    "last_year": "last_year",
    "first_year_assumed": "(first_year % 2)",
    "last_year_assumed": "(1 - last_year % 2)",
}


class PeopleCounts:
    """The people who wrote the papers that an expression selects."""

    def __init__(self, lake: LakeCorpus, where: Expression | None, *, coauthors: bool) -> None:
        """If `coauthors` is true, the only author of a paper is left out."""
        self._lake = lake
        self._where = where = expanded(lake, where)
        self._condition = _NOT_ALONE if coauthors else "TRUE"
        chosen = lake.select(where).statement(
            "p.paper AS paper, p.year AS year, p.date_assumed AS date_assumed, p.category AS category, "
            "p.folded_title AS folded_title, p.authors_complete AS authors_complete, p.classes AS classes"
        )
        self._chosen = f"chosen AS ({chosen})"
        self._works = (
            "works AS (SELECT paper, year, date_assumed, category, "
            "MIN(paper) OVER (PARTITION BY folded_title, year) AS work FROM chosen)"
        )
        self._names = (
            f"names AS (SELECT w.*, a.place AS place, a.is_last AS is_last, a.name AS name, "
            f"{lake.folded} AS sort_name, {lake.person} AS person "
            f"FROM authorship AS a JOIN works AS w ON w.paper = a.paper{lake.alias_join} WHERE {self._condition})"
        )

    def _run(self, select: str) -> Sequence[tuple[Any, ...]]:
        return self._lake.run(f"WITH {self._chosen}, {self._works}, {self._names} {select}")

    def totals(self, query: Query) -> list[dict[str, Any]]:
        """Return the people that the order, limit and offset of a query select, with their numbers."""
        columns = (
            "person", "sort_name", "papers", "first_year", "last_year", "first_author", "last_author",
        )  # fmt: skip
        order = ", ".join(
            f"{_ORDERS.get(field, field)} {'DESC' if descending else 'ASC'} NULLS LAST"
            for field, descending in query.sort or MOST_PAPERS_FIRST
        )
        window = "" if query.limit is None else f" LIMIT {query.limit}"
        window += f" OFFSET {query.offset}" if query.offset else ""
        assumed = "CASE WHEN date_assumed THEN 1 ELSE 0 END"
        rows = self._run(
            "SELECT * FROM (SELECT person, MIN(sort_name) AS sort_name, COUNT(DISTINCT work) AS papers, "
            f"MIN(year * 2 + {assumed}) AS first_year, MAX(year * 2 + 1 - {assumed}) AS last_year, "
            "COUNT(DISTINCT CASE WHEN place = 1 THEN work END) AS first_author, "
            "COUNT(DISTINCT CASE WHEN is_last THEN work END) AS last_author "
            f"FROM names GROUP BY person) AS totals ORDER BY {order}, sort_name, person{window}"
        )
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def spellings(self, people: Sequence[str] | None) -> dict[str, list[str]]:
        """Return the spellings of the names of people. None means all people."""
        by_person: dict[str, list[str]] = {}
        for person, name in self._run(f"SELECT DISTINCT person, name FROM names {_only(people)}"):
            by_person.setdefault(person, []).append(name)
        return by_person

    def display_names(self, people: Sequence[str] | None) -> dict[str, str]:
        """Return the names under which people are shown. None means all people."""
        return display_names(self._lake, people)

    def categories(self, people: Sequence[str] | None) -> dict[str, list[str]]:
        """Return the categories of the papers of people, the most frequent first."""
        counts: dict[str, Counter[str]] = {}
        stated = "category IS NOT NULL"
        only = f"{_only(people)} AND {stated}" if people is not None else f"WHERE {stated}"
        for person, category, papers in self._run(
            f"SELECT person, category, COUNT(*) FROM names {only} GROUP BY person, category"
        ):
            counts.setdefault(person, Counter())[category] = papers
        return {person: sorted(codes, key=lambda code: (-codes[code], code)) for person, codes in counts.items()}

    def years(self, people: Sequence[str] | None) -> dict[str, list[CoauthorYear]]:
        """Return the years in which people have papers, oldest first."""
        dated = "year IS NOT NULL"
        only = f"{_only(people)} AND {dated}" if people is not None else f"WHERE {dated}"
        years: dict[str, list[CoauthorYear]] = {}
        for person, *year in self._run(
            "SELECT person, year, COUNT(DISTINCT work), COUNT(DISTINCT CASE WHEN date_assumed THEN work END), "
            "COUNT(DISTINCT CASE WHEN place = 1 THEN work END), COUNT(DISTINCT CASE WHEN is_last THEN work END) "
            f"FROM names {only} GROUP BY person, year ORDER BY person, year"
        ):
            years.setdefault(person, []).append(CoauthorYear(*year))
        return years

    def axis(self) -> YearAxis:
        """Return the axis of the trend lines of all these people."""
        [(first, last)] = self._run("SELECT MIN(year), MAX(year) FROM names")
        axis = YearAxis.between(first or 0, last or 0)
        [(highest,)] = self._run(
            "SELECT MAX(papers) FROM (SELECT person, SUM(papers) AS papers FROM ("
            f"SELECT person, CAST(FLOOR((year - {axis.first}) / {float(axis.step)}e0) AS INTEGER) AS bar, "
            "COUNT(DISTINCT work) AS papers FROM names WHERE year IS NOT NULL GROUP BY person, year) AS y "
            "GROUP BY person, bar) AS b"
        )
        return axis._replace(highest=int(highest or 0))

    def classes(self) -> Callable[[str | None], list[str]]:
        """Return a function that takes a category and returns the possible arXiv classes."""
        return classes_by_category(self._lake, self._where)

    def notes(self) -> tuple[str, ...]:
        """Return a note that counts are lower bounds, if author lists are incomplete."""
        [(papers, cut)] = self._lake.run(
            f"WITH {self._chosen} SELECT COUNT(*), SUM(CASE WHEN authors_complete THEN 0 ELSE 1 END) FROM chosen"
        )
        return incomplete_note(papers, cut or 0)


def display_names(lake: LakeCorpus, people: Sequence[str] | None) -> dict[str, str]:
    """Return the names under which people are shown: the user's choice, or the spelling of their first paper."""
    chosen = dict(lake.aliases.values())
    rows = lake.run(
        f"SELECT person, MIN_BY(name, paper) FROM (SELECT a.paper AS paper, a.name AS name, {lake.person} AS person "
        f"FROM authorship AS a{lake.alias_join}) AS n {_only(people)} GROUP BY person"
    )
    return {person: chosen.get(person, name) for person, name in rows}


def _only(people: Sequence[str] | None) -> str:
    """Return the condition that selects people; empty for all of them."""
    return "" if people is None else f"WHERE person IN ({texts(people) or text('')})"


def _totals(counts: PeopleCounts, query: Query) -> tuple[list[dict[str, Any]], list[str] | None]:
    """Return a row for each person, as `analysis.people` has them, and the people (None means all)."""
    numbers = counts.totals(query)
    only = [row["person"] for row in numbers] if query.limit is not None or query.offset else None
    names, spellings = counts.display_names(only), counts.spellings(only)
    categories, classes = counts.categories(only), counts.classes()
    rows = []
    for row in numbers:
        person = row["person"]
        name, codes = names[person], categories.get(person, [])
        first, last = row["first_year"], row["last_year"]
        rows.append(
            {
                "name": name,
                "papers": row["papers"],
                "first_year": first and first // 2,
                "first_year_assumed": first is not None and first % 2 == 1,
                "last_year": last and last // 2,
                "last_year_assumed": last is not None and last % 2 == 0,
                "categories": codes,
                "ambiguous": [code for code in codes if len(classes(code)) > 1],
                "first_author": row["first_author"],
                "last_author": row["last_author"],
                "names": sorted(spellings[person], key=lambda other: (other != name, fold(other), other)),
                "person": person,
            }
        )
    return rows, only


def coauthors(lake: LakeCorpus, query: Query) -> Answer[CoauthorRow]:
    """Return all who wrote a selected paper together with somebody else, most papers first."""
    counts = PeopleCounts(lake, query.where, coauthors=True)
    rows, only = _totals(counts, query)
    years, axis = counts.years(only), counts.axis()
    answers: list[Any] = [{**_without_person(row), **yearly_fields(years.get(row["person"], []), axis)} for row in rows]
    return Answer(
        "coauthors",
        analysis.COAUTHOR_FIELDS,
        answers,
        optional=_names_column(rows),
        notes=counts.notes(),
        headings={"course": axis.heading},
    )


def people(lake: LakeCorpus, query: Query) -> Answer[PersonRow]:
    """Return all authors of the selected papers, most papers first."""
    counts = PeopleCounts(lake, query.where, coauthors=False)
    rows, _ = _totals(counts, query)
    answers: list[Any] = [{**_without_person(row), "has_page": False} for row in rows]
    return Answer("people", analysis.PERSON_FIELDS, answers, optional=_names_column(rows), notes=counts.notes())


def _without_person(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "person"}


def _names_column(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the column `names` if a person has more than one spelling, otherwise no column."""
    return ("names",) if any(len(row["names"]) > 1 for row in rows) else ()
