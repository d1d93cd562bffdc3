"""The first people of a list sorted by number of papers, without reading everyone."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.analysis import most_papers
from pubcli.analysis.people import coauthors, people
from pubcli.answer.answer import Answer
from pubcli.query.expression import Query
from pubcli.query.language import build
from pubcli.reader import read
from pubcli.store import persons
from pubcli.store.database import Store
from pubcli.store.load import load
from thoroughness import examples

NAMES = ("Ada Bow", "Bob Ray", "Cleo Dow", "Dan Fox", "Eve Gil", "Flo Hay", "Gus Ivo", "A. Bow", "B. Ray")
PEOPLE: tuple[Callable[[Store, Query], Answer[Any]], ...] = (coauthors, people)

_records = st.tuples(
    st.sampled_from(["LGMar 1, 2018", "LGMar 1, 2020", "CVMay 2, 2021", "LGMay 3, 2021", "LGMay 7"]),
    st.sampled_from(["One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"]),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True),
)
_pages = st.lists(st.tuples(st.sampled_from(["", *NAMES]), st.lists(_records, min_size=1, max_size=12)), max_size=4)
_groups = st.lists(st.lists(st.sampled_from(NAMES), min_size=2, max_size=3), max_size=2)


def store_of(pages: list[tuple[str, list[tuple[str, str, list[str]]]]]) -> Store:
    """Return a store with these pages: the owner, and the date line, title and authors of each paper."""
    documents = []
    for owner, records in pages:
        header = f"{owner}\n\nh-index1\n\n" if owner else "h-index1\n\n"
        text = header + "\n\n".join("\n".join((day, title, ", ".join(names))) for day, title, names in records)
        documents.append(read(text.encode(), as_of=date(2024, 6, 1)))
    return load(*documents)


@examples(300)
@given(_pages, _groups, st.integers(1, 4), st.integers(0, 3), st.sampled_from(["", "category:LG", "year>2018"]))
def test_a_part_of_the_list_is_the_same_as_in_the_whole_list(
    pages: Any, groups: list[list[str]], limit: int, offset: int, where: str
) -> None:
    store = store_of(pages)
    persons.apply_groups(store, groups)
    query = build(where)

    for question in PEOPLE:
        whole, part = question(store, query), question(store, query._replace(limit=limit, offset=offset))
        assert list(part.rows) == list(whole.rows)[offset : offset + limit]
        assert (part.headings, part.notes) == (whole.headings, whole.notes)


def busy_store() -> Store:
    """Return a store in which few people have many papers, and many people have one."""
    papers = [("LGMar 1, 2018", f"Paper {number}", [f"New Person{number}", "Bob Ray"]) for number in range(40)]
    papers += [("LGMar 1, 2020", f"Second {number}", ["Cleo Dow", "Bob Ray"]) for number in range(5)]
    return store_of([("Ada Bow", papers)])


@pytest.mark.parametrize("question", PEOPLE)
def test_few_people_are_read_for_the_first_of_them(
    question: Callable[[Store, Query], Answer[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_people: list[str] = []
    at_least = most_papers.PaperCounts.at_least

    def noted(counts: most_papers.PaperCounts, papers: int) -> str:
        read_people.append(at_least(counts, papers))
        return read_people[-1]

    monkeypatch.setattr(most_papers.PaperCounts, "at_least", noted)

    rows = list(question(busy_store(), Query(limit=2)).rows)

    assert [(row["name"], row["papers"]) for row in rows] == [("Bob Ray", 45), ("Cleo Dow", 5)]
    assert read_people
    assert all(authors.count(",") <= 1 for authors in read_people)


@pytest.mark.parametrize("question", PEOPLE)
def test_the_papers_of_few_people_are_looked_up_by_indexes(question: Callable[[Store, Query], Answer[Any]]) -> None:
    store = busy_store()
    statements: list[str] = []
    store.set_trace_callback(statements.append)
    list(question(store, Query(limit=2)).rows)
    store.set_trace_callback(None)

    on_names = [text for text in statements if "json_each" in text and "JOIN author ON" in text]
    plans = [" / ".join(row["detail"] for row in store.execute(f"EXPLAIN QUERY PLAN {text}")) for text in on_names]

    assert len(plans) > 1
    assert all("SCAN authorship" not in plan and "SEARCH authorship" in plan for plan in plans)
