"""Measure how well `pubcli search` answers judged questions, beside three baselines on the same texts.

    python benchmarks/search.py [--each]

fixtures/judged/ contains the questions and says how they were judged. The baselines are FTS5 with its default tokenizer
(all words required), FTS5 with Porter stemming (any word), and BM25 over bags of words (any word; rank_bm25). A paper
that no baseline matches is not in its ranking.

The columns are means over the questions that have an answer: nDCG@10 (Järvelin and Kekäläinen 2002, with the grades as
gains); MRR, one over the rank of the first paper graded 2 or 3; the share of questions without any result; and the
precision of the first five results. `--each` also prints every question on which pubcli and Porter stemming differ.
"""

import json
import re
import sqlite3
import sys
import weakref
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

FIXTURES = Path(__file__).parents[1] / "fixtures"
JUDGED = FIXTURES / "judged"
CUTOFF, FIRST = 10, 5
Ranker = Callable[[str], Sequence[int]]
"""Return the positions of the papers that match a question, best first."""


class Question(NamedTuple):
    """A judged question about a page."""

    set: str
    page: str
    kind: str
    text: str
    grades: dict[int, int]
    """Grades by the position of the paper; empty if the page has no answer."""


class Scores(NamedTuple):
    """Means over some questions."""

    ndcg: float
    mrr: float
    without_result: float
    precision: float


@cache
def questions(set_: str = "") -> tuple[Question, ...]:
    """Return the judged questions of a set, or all questions."""
    rows = map(json.loads, (JUDGED / "questions.jsonl").read_text(encoding="utf-8").splitlines())
    return tuple(
        Question(
            row["set"],
            row["page"],
            row["kind"],
            row["question"],
            {int(position): grade for position, grade in row["relevant"].items()},
        )
        for row in rows
        if row["set"] == set_ or not set_
    )


def page_path(page: str) -> Path:
    """Return the path of a page by its name in the questions."""
    return FIXTURES / "razaviyayn.txt" if page == "razaviyayn" else JUDGED / f"{page}.txt"


def ndcg(ranking: Sequence[int], grades: Mapping[int, int]) -> float:
    """Return the normalized discounted cumulative gain of the first ten papers."""
    gains = [grades.get(position, 0) for position in ranking[:CUTOFF]]
    return _discounted_sum(gains) / _discounted_sum(sorted(grades.values(), reverse=True)[:CUTOFF])


def _discounted_sum(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))


def reciprocal_rank(ranking: Sequence[int], grades: Mapping[int, int]) -> float:
    """Return one over the rank of the first good paper, or 0 if the ranking has none."""
    good = min(2, max(grades.values()))
    return next((1 / rank for rank, position in enumerate(ranking, 1) if grades.get(position, 0) >= good), 0.0)


def precision(ranking: Sequence[int], grades: Mapping[int, int]) -> float:
    """Return the share of relevant papers among the first five results, or 0 without results."""
    first = ranking[:FIRST]
    return sum(position in grades for position in first) / len(first) if first else 0.0


def pubcli_ranker(page: str) -> Ranker:
    """Return the ranker of `pubcli search`."""
    from pubcli import load, read, search
    from pubcli.errors import QueryError

    store = load(read(page_path(page)))

    def rank(question: str) -> Sequence[int]:
        try:
            return [int(str(row["position"])) for row in search(store, question).rows]
        except QueryError:
            return []

    return rank


def bm25_ranker(page: str) -> Ranker:
    """Return a ranker that requires all words and phrases, and sorts a plain FTS5 table by bm25 without weights."""
    return _fts5_ranker(page, "unicode61", " AND ")


def porter_ranker(page: str) -> Ranker:
    """Return a ranker that requires any word, with Porter stemming."""
    return _fts5_ranker(page, "porter unicode61", " OR ")


def _fts5_ranker(page: str, tokenizer: str, operator: str) -> Ranker:
    table = sqlite3.connect(":memory:")
    table.execute(f"CREATE VIRTUAL TABLE paper USING fts5(title, authors, abstract, org, tokenize='{tokenizer}')")
    table.executemany("INSERT INTO paper (rowid, title, authors, abstract, org) VALUES (?, ?, ?, ?, ?)", _texts(page))

    def rank(question: str) -> Sequence[int]:
        # Text at odd indexes is between quotes: a phrase. Other text is split into words.
        chunks = enumerate(question.split('"'))
        phrases = [
            part for index, chunk in chunks for part in ([chunk] if index % 2 else re.findall(r"\w+", chunk)) if part
        ]
        match = operator.join(f'"{phrase}"' for phrase in phrases)
        matches = table.execute("SELECT rowid FROM paper WHERE paper MATCH ? ORDER BY bm25(paper)", (match,))
        return [row[0] for row in matches]

    weakref.finalize(rank, table.close)  # from Python 3.13 on, a connection that is not closed causes a warning
    return rank


def bag_ranker(page: str) -> Ranker:
    """Return a ranker that sorts by Okapi BM25 over bags of words, without stemming."""
    from rank_bm25 import BM25Okapi

    rows = _texts(page)
    bags = [re.findall(r"\w+", " ".join(filter(None, row[1:])).lower()) for row in rows]
    model = BM25Okapi(bags)

    def rank(question: str) -> Sequence[int]:
        scores = model.get_scores(re.findall(r"\w+", question.lower()))
        ranked = sorted(zip(scores, rows, strict=True), key=lambda pair: (-pair[0], pair[1][0]))
        return [row[0] for score, row in ranked if score > 0]

    return rank


@cache
def _texts(page: str) -> list[tuple[Any, ...]]:
    from pubcli import read

    papers = read(page_path(page)).papers
    return [(paper.position, paper.title, ", ".join(paper.authors), paper.abstract, paper.org) for paper in papers]


def scores(ranker_of: Callable[[str], Ranker], asked: Iterable[Question]) -> Scores:
    """Return the mean scores of a ranker over the questions that have an answer."""
    rankers = {page: ranker_of(page) for page in {question.page for question in asked}}
    pairs = [(rankers[question.page](question.text), question.grades) for question in asked if question.grades]
    return Scores(
        mean(ndcg(*pair) for pair in pairs),
        mean(reciprocal_rank(*pair) for pair in pairs),
        mean(not ranking for ranking, _ in pairs),
        mean(precision(*pair) for pair in pairs),
    )


def results_without_answer(ranker_of: Callable[[str], Ranker], asked: Iterable[Question]) -> int:
    """Return for how many questions without an answer a ranker shows papers."""
    return sum(bool(ranker_of(question.page)(question.text)) for question in asked if not question.grades)


RANKERS: dict[str, Callable[[str], Ranker]] = {
    "pubcli": pubcli_ranker,
    "FTS5, all words": bm25_ranker,
    "FTS5, Porter, OR": porter_ranker,
    "BM25, bag of words": bag_ranker,
}


def _print_each() -> None:
    """Print the nDCG@10 of each question on which pubcli and Porter stemming differ."""
    rankers = {page: (pubcli_ranker(page), porter_ranker(page)) for page in {question.page for question in questions()}}
    for question in questions():
        if question.grades:
            pubcli, porter = (ndcg(ranker(question.text), question.grades) for ranker in rankers[question.page])
            if abs(pubcli - porter) > 0.001:
                print(f"{pubcli:6.3f} {porter:6.3f}  {question.kind:14} {question.text}")


def similar_scores() -> dict[str, tuple[float, float]]:
    """Return nDCG@10 and MRR of `pubcli similar` over the judged papers of each page."""
    from pubcli import load, read
    from pubcli.store.similar import similar

    pairs: dict[str, list[tuple[list[int], dict[int, int]]]] = defaultdict(list)
    stores = {}
    for row in map(json.loads, (JUDGED / "similar.jsonl").read_text(encoding="utf-8").splitlines()):
        store = stores.setdefault(row["page"], load(read(page_path(row["page"]))))
        ranking = [int(str(paper["position"])) for paper in similar(store, str(row["paper"])).rows]
        pairs[row["page"]].append((ranking, {int(place): grade for place, grade in row["similar"].items()}))
    return {
        page: (mean(ndcg(*pair) for pair in judged), mean(reciprocal_rank(*pair) for pair in judged))
        for page, judged in pairs.items()
    }


def right_topics(number: int = 12) -> dict[str, int]:
    """Return how many of the first topics of `pubcli topics` characterise the owner of each page.

    A topic does so if its words include all words of a judged topic, or are some of them, but at least two.
    """
    from pubcli import load, read
    from pubcli.analysis.topics import topics
    from pubcli.query.expression import Query

    right = {}
    for row in map(json.loads, (JUDGED / "topics.jsonl").read_text(encoding="utf-8").splitlines()):
        judged, generic = list(map(_stems, row["topics"])), list(map(_stems, row["generic"]))
        answer = topics(load(read(page_path(row["page"]))), Query(limit=number))
        shown = [_stems(str(topic["topic"])) for topic in answer.rows]
        right[row["page"]] = sum(
            any(other <= topic or (topic <= other and len(topic) > 1) for other in judged)
            for topic in shown
            if topic not in generic
        )
    return right


def _stems(topic: str) -> frozenset[str]:
    from pubcli.language.phrases import phrases

    return frozenset(max(phrases(topic), key=len, default=topic).split())


def main() -> None:
    """Print the scores of all rankers, by set and kind of question, and those of `similar` and `topics`."""
    if "--each" in sys.argv:
        _print_each()
    groups: dict[str, list[Question]] = defaultdict(list)
    for question in questions():
        groups[f"set {question.set}"].append(question)
        if question.set != "first":
            groups["shared and second"].append(question)
            groups[question.kind].append(question)
    print(f"{'questions':20} {'ranker':20} {'number':>6} {'nDCG@10':>8} {'MRR':>6} {'no result':>10} {'P@5':>6}")
    for name, asked in groups.items():
        if name == "none":
            continue
        for label, ranker_of in RANKERS.items():
            row = scores(ranker_of, asked)
            number = sum(bool(question.grades) for question in asked)
            numbers = f"{row.ndcg:8.3f} {row.mrr:6.3f} {row.without_result:10.1%} {row.precision:6.2f}"
            print(f"{name:20} {label:20} {number:6} {numbers}")
    shown = results_without_answer(pubcli_ranker, questions())
    print(f"questions without an answer: {len(groups['none'])}; pubcli shows partial matches for {shown}")
    for page, (gain, reciprocal) in similar_scores().items():
        print(f"similar papers, {page:15} nDCG@10 {gain:.3f}  MRR {reciprocal:.3f}")
    for page, number in right_topics().items():
        print(f"topics, {page:15} {number} of the first 12 characterise the owner")


if __name__ == "__main__":
    main()
