"""Topics of papers and their trends."""

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given

import oracle
import strategies
from pubcli.analysis import corpus
from pubcli.analysis.topics import DEFAULT_LIMIT, TOPIC_FIELDS, TOPIC_ORDERS, topics
from pubcli.answer.rows import TopicRow
from pubcli.language.phrases import phrase_key, phrases, spelled_phrases
from pubcli.model import Document
from pubcli.query.expression import Expression, Order, Query
from pubcli.query.language import build
from pubcli.reader import read
from pubcli.store.database import Store
from pubcli.store.load import load
from pubcli.store.sql import selection
from thoroughness import examples


@pytest.fixture(scope="module")
def real_store(document: Document) -> Store:
    return load(document)


def names(rows: object) -> list[object]:
    assert isinstance(rows, list)
    return [row["topic"] for row in rows]


def page(*records: tuple[str, str, str]) -> Store:
    """Return a store with a page of these records: date, title and abstract."""
    text = "\n\n".join(f"LG{day}\n{title}\n\nBob Ray\n\n{abstract}" for day, title, abstract in records)
    return load(read(f"Ada Lovelace\n\nh-index1\n\n{text}".encode(), as_of=date(2026, 1, 1)))


def test_the_main_topics_of_the_real_page_have_the_highest_scores(real_store: Store) -> None:
    answer = topics(real_store)
    rows = list(answer.rows)

    assert len(rows) == DEFAULT_LIMIT
    assert {"differential privacy", "federated learning", "min-max optimization", "Large Language Models"} < {
        *names(rows)
    }
    assert all(tuple(row) == TOPIC_FIELDS for row in rows)
    assert rows[names(rows).index("differential privacy")] == {
        "topic": "differential privacy", "papers": 12, "share": 0.24, "titles": 0, "score": 8.84, "trend": "rising",
        "change": 0.3684, "periods": ["2016-2019", "2020-2023", "2024-2026"], "counts": [0, 5, 7],
        "shares": [0.0, 0.2083, 0.3684],
        "keys": ["ullah2026efficient", "mulrooney2025memoryefficient", "gupta2025inherent"],
    }  # fmt: skip
    assert answer.notes == (
        "compared with general English, as used in abstracts",
        "papers of each period: 2016-2019 (7), 2020-2023 (24), 2024-2026 (19); the year of 4 papers was assumed",
    )


def test_selected_papers_are_compared_with_the_rest(real_store: Store) -> None:
    answer = topics(real_store, build("category:OC", limit=5))

    assert answer.notes[0] == "compared with 41 other papers"
    assert {"min-max game", "strongly convex optimization"} < {*names(list(answer.rows))}
    assert "machine learning models" not in names(list(answer.rows))


def test_a_topic_in_few_papers_has_no_trend(real_store: Store) -> None:
    rows = list(topics(real_store, Query(limit=1_000)).rows)
    assert {row["trend"] for row in rows if row["papers"] < 5} == {None}
    assert {row["trend"] for row in rows} == {None, "rising", "falling"}
    for rising, trend in ((True, "rising"), (False, "falling")):
        expected = [row for row in rows if row["trend"] == trend]
        assert list(topics(real_store, Query(limit=1_000), rising=rising).rows) == expected


@pytest.mark.parametrize(
    ("years", "periods", "labels"),
    [
        ((2020, 2020), None, ["2020"]),
        ((2020, 2024), None, ["2020-2022", "2023-2024"]),
        ((2020, 2025), None, ["2020-2021", "2022-2023", "2024-2025"]),
        ((2020, 2025), 2, ["2020-2022", "2023-2025"]),
        ((2020, 2022), 9, ["2020", "2021", "2022"]),
        ((2020, 2025), 1, ["2020-2025"]),
    ],
)
def test_years_are_divided_into_periods(years: tuple[int, int], periods: int | None, labels: list[str]) -> None:
    store = page(*((f"Mar 1, {year}", f"Oak forests {year}", "We like oak forests.") for year in years))
    (row,) = topics(store, periods=periods).rows

    assert row["topic"] == "oak forests"
    assert row["periods"] == labels
    assert sum(row["counts"]) == 2


def test_a_period_without_papers_has_no_share() -> None:
    store = page(("Mar 1, 2020", "Oak forests", "x"), ("Mar 1, 2025", "Oak forests again", "y"))
    (row,) = topics(store).rows

    assert (row["counts"], row["shares"], row["change"]) == ([1, 0, 1], [1.0, None, 1.0], 0.0)


def test_a_single_paper_has_topics(real_store: Store) -> None:
    assert "DP-SGD-RC" in " ".join(map(str, names(list(topics(real_store, "key:ullah2026efficient").rows))))
    assert list(topics(real_store, "absent").rows) == []


@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("field", TOPIC_ORDERS)
def test_topics_can_be_sorted_by_every_field(real_store: Store, field: str, descending: bool) -> None:
    rows: list[Any] = list(topics(real_store, Query(sort=(Order(field, descending),), limit=1_000)).rows)
    values = [row[field] for row in rows]

    assert len(rows) > 100
    assert values == sorted(values, reverse=descending)


def test_a_topic_in_titles_has_a_higher_score() -> None:
    store = page(
        *((f"Mar {day}, 2022", "Oak forests", "We see elm meadows.") for day in (1, 2, 3)),
        *((f"Mar {day}, 2022", "A thing", "We see.") for day in (4, 5, 6)),
    )
    assert names(list(topics(store).rows))[:2] == ["Oak forests", "elm meadows"]


@examples(80)
@given(strategies.documents(), strategies.expressions)
def test_counts_agree_with_the_oracle(document: Document, where: Expression) -> None:
    papers = oracle.select_papers(document.pages, where)
    rows = list(topics(load(document), Query(where, limit=1_000)).rows)

    for row in rows:
        matches = oracle.papers_with_phrase(papers, row["topic"])
        years = [paper.date.year for paper in matches if paper.date]
        assert row["papers"] == len(matches) >= min(2, len(papers))
        assert row["share"] == round(len(matches) / len(papers), 4)
        assert row["counts"] == [sum(year in span for year in years) for span in spans(row)]
        assert {*row["keys"]} <= {paper.key for paper in matches}
    assert all(row["score"] >= next_row["score"] for row, next_row in pairwise(rows))


def spans(row: TopicRow) -> list[range]:
    ends = [[int(year) for year in label.split("-")] for label in row["periods"]]
    return [range(years[0], years[-1] + 1) for years in ends]


@examples(80)
@given(strategies.documents())
def test_a_phrase_that_occurs_only_inside_a_longer_phrase_is_left_out(document: Document) -> None:
    papers = oracle.select_papers(document.pages)
    forms = {phrase for paper in papers for text in (paper.title, paper.abstract or "") for phrase in phrases(text)}
    form_counts = Counter(map(phrase_key, forms))
    rows = list(topics(load(document), Query(limit=1_000)).rows)
    by_key = {next(key for key, words in spelled_phrases(row["topic"]) if words == row["topic"]): row for row in rows}
    for key_of_topic, row in by_key.items():
        shorter_keys = {key for key, _ in spelled_phrases(row["topic"]) if key != key_of_topic} & by_key.keys()
        if form_counts[key_of_topic] == 1:  # a hyphenated word does not contain the phrases of its parts
            assert all(by_key[key]["papers"] > row["papers"] for key in shorter_keys)


def test_of_many_papers_a_sample_at_regular_intervals_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    store = page(*(("Mar 3, 2021", f"Ocean waves {number}", "We measure ocean waves.") for number in range(50)))
    monkeypatch.setattr(corpus, "MAX_TARGET_PAPERS", 20)

    answer = topics(store, "")
    [row] = [row for row in answer.rows if row["topic"] == "measure ocean waves"]
    sampled = corpus.sample(store, selection(None)).selection
    positions = [row[0] for row in store.execute(f"SELECT id FROM paper WHERE id IN ({sampled.ids})", sampled.values)]

    assert (row["papers"], row["share"], sum(row["counts"])) == (20, 1, 20)
    assert answer.messages == (
        "topics are counted in 20 of the 50 papers, sampled at regular intervals; "
        "shares of all papers may differ by 21.9 percentage points",
    )
    assert {after - before for before, after in pairwise(positions)} == {2, 3}


def test_few_papers_are_all_read(real_store: Store) -> None:
    assert topics(real_store, "").messages == ()
    assert corpus.sample(real_store, selection(None)).selection == selection(None)
