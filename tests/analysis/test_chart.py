"""Data for charts."""

from datetime import date

import pytest

from pubcli.analysis.chart import (
    MAX_PEOPLE,
    MAX_SERIES,
    OTHERS,
    Chart,
    coauthor_sketch,
    largest_series,
    papers_by_year,
    team_sizes,
    topic_trends,
)  # fmt: skip
from pubcli.model import Document
from pubcli.query.expression import Query
from pubcli.query.language import build
from pubcli.reader import read
from pubcli.store.database import Store
from pubcli.store.load import load


@pytest.fixture(scope="module")
def store(document: Document) -> Store:
    return load(document)


def test_papers_of_the_real_page_are_counted_by_year(store: Store) -> None:
    chart = papers_by_year(store, Query())

    assert chart.labels == [*map(str, range(2016, 2026)), "2026~"]
    assert list(chart.series)[:3] == ["LG", "OC", "CL"]
    assert len(chart.series) == MAX_SERIES + 1
    assert [sum(column) for column in zip(*chart.series.values(), strict=True)] == [1, 0, 0, 6, 5, 7, 6, 6, 5, 10, 4]
    assert chart.meanings["LG"] == "Machine Learning"
    assert OTHERS not in chart.meanings
    assert len(chart.notes) == 1


def test_team_sizes_of_truncated_lists_have_a_note(store: Store) -> None:
    chart = team_sizes(store, build("year:2024.."))

    assert [(name, sum(values)) for name, values in chart.series.items()] == [("3", 4), ("3+", 15)]
    assert any(note.startswith("3+: the page truncates the list") for note in chart.notes)


def test_team_sizes_are_in_ascending_order() -> None:
    lists = (
        ["Ada"] * 2
        + ["Ada, Bo, Cy et al."] * 4
        + ["Ada, Bo, Cy"] * 3
        + [", ".join(f"Bo Ra{letter}" for letter in "abcdefghij")]
    )
    papers = (f"LGMar {number}, 2022\nTitle {number}\n\n{names}\n\nText\n\n" for number, names in enumerate(lists, 1))
    chart = team_sizes(load(read(f"Ada\n\nh-index1\n\n{''.join(papers)}")), Query())

    assert list(chart.series) == ["1", "3", "3+", "10"]


def test_papers_without_a_year_have_a_note() -> None:
    page = read("Ada\n\nh-index1\n\nLGMar 1\nOne\n\nAda Bo\n\nText\n\nLGMar 1, 2030\nTwo\n\nAda Bo\n\nText\n")
    chart = papers_by_year(load(page), Query())

    assert chart.labels == ["2030"]
    assert chart.notes == ["1 paper of an unknown year is left out"]


def test_a_query_without_matches_gives_an_empty_chart(store: Store) -> None:
    assert papers_by_year(store, build("xyzzy")) == Chart([], {}, {}, [])


def test_the_smallest_of_too_many_series_are_added_up() -> None:
    series = {f"c{number:02}": [number, 1] for number in range(12)}
    largest = largest_series(series)

    assert list(largest)[:2] == ["c11", "c10"]
    assert len(largest) == MAX_SERIES + 1
    assert largest[OTHERS] == [0 + 1 + 2 + 3 + 4, 5]
    assert list(largest_series({f"c{number}": [number] for number in range(MAX_SERIES + 1)})) == [
        f"c{n}" for n in range(MAX_SERIES, -1, -1)
    ]
    assert largest_series({"a": [1], "b": [2]}) == {"b": [2], "a": [1]}


def test_topics_have_a_count_for_each_year(store: Store) -> None:
    chart = topic_trends(store, Query())

    assert chart.labels[0] == "2016"
    assert chart.labels[-1] == "2026~"
    assert "differential privacy" in chart.series
    assert all(len(counts) == len(chart.labels) for counts in chart.series.values())


def test_many_years_are_grouped_into_equal_periods_that_keep_marks() -> None:
    dates = [f"LGMar 1, {year}" for year in range(2000, 2019)] + ["LGMar 1"]
    lines = [f"{day}\nNeural networks {number}\n\nAda Lovelace\n" for number, day in enumerate(dates)]
    store = load(read("Ada Lovelace\n\nh-index1\n\n" + "\n".join(lines), as_of=date(2019, 6, 1)))
    chart = topic_trends(store, Query())
    assert chart.labels == [f"{year}-{year + 1}" for year in range(2000, 2018, 2)] + ["2018-2019~"]
    assert set(map(len, chart.series.values())) == {10}


def test_the_sketch_of_a_single_page_leaves_out_its_owner(store: Store) -> None:
    sketch = coauthor_sketch(store, Query())

    assert len(sketch.names) == MAX_PEOPLE
    assert sketch.names[0] == "Andrew Lowy"
    assert sketch.papers == sorted(sketch.papers, reverse=True)
    assert "Meisam Razaviyayn" not in sketch.names
    assert "without Meisam Razaviyayn" in sketch.notes
    assert "21 truncated author lists do not name the owner of their page" in sketch.notes
    weights = {frozenset((sketch.names[a], sketch.names[b])): weight for a, b, weight in sketch.edges}
    assert weights[frozenset(("Yinbin Han", "Renyuan Xu"))] == 3
    assert not any("--" in note for note in sketch.notes)


def test_an_owner_who_is_linked_to_everyone_has_a_note() -> None:
    page = read("Ada Lovelace\n\nh-index1\n\nLGMar 1, 2022\nTitle\n\nAda Lovelace, Bo Ray, Cy Do\n\nAbstract")
    assert coauthor_sketch(load(page), Query()).notes == ["without Ada Lovelace, who is linked to everyone"]


def test_the_sketch_of_several_pages_contains_their_owners(document: Document) -> None:
    second_page = read("Andrew Lowy\n\nh-index1\n\nLGMar 1, 2022\nTitle\n\nAndrew Lowy, Meisam Razaviyayn\n\nAbstract")

    assert "Meisam Razaviyayn" in coauthor_sketch(load(document, second_page), Query()).names


def test_papers_without_a_category_are_counted_by_year() -> None:
    text = "".join(f"@misc{{k{number}, title = {{T{number}}}, year = {2020 + number // 2}}}\n" for number in range(3))
    chart = papers_by_year(load(read(text)), Query())
    assert (chart.labels, chart.series) == (["2020", "2021"], {"unknown": [2, 1]})
