"""Measure how well `pubcli search` ranks relevant papers, beside a plain FTS5 table of the same texts.

    python benchmarks/search.py [--each]

fixtures/judged.jsonl contains questions about the page in fixtures/. A person who did not know the ranking read all
papers and graded the relevant ones for each question: 3 is exactly what the question asks for, 2 is clearly about it, 1
touches on it. The FTS5 table uses its default tokenizer, requires all words and ranks by bm25 without weights.

The columns are means over all questions: nDCG@10 (Järvelin and Kekäläinen 2002, with the grades as gains) and MRR, the
mean of one over the rank of the first paper graded 2 or 3, or graded 1 if no paper has a better grade. `--each` also
prints the nDCG@10 of pubcli and of the table for every question on which they differ.
"""

import json
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from math import log2
from pathlib import Path
from statistics import mean

FIXTURES = Path(__file__).parents[1] / "fixtures"
CUTOFF = 10
Ranker = Callable[[str], Sequence[int]]
"""Return the positions of the papers that match a question, best first."""


def questions() -> list[tuple[str, dict[int, int]]]:
    """Return the judged questions, each with the grades of its relevant papers by position."""
    lines = (FIXTURES / "judged.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        (judged["question"], {int(position): grade for position, grade in judged["relevant"].items()})
        for judged in map(json.loads, lines)
    ]


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


def pubcli_ranker() -> Ranker:
    """Return the ranker of `pubcli search`."""
    from pubcli import load, read, search

    store = load(read(FIXTURES / "razaviyayn.txt"))
    return lambda question: [int(str(row["position"])) for row in search(store, question).rows]


def bm25_ranker() -> Ranker:
    """Return a ranker that sorts a plain FTS5 table by bm25 without weights."""
    from pubcli import read

    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE paper USING fts5(title, authors, abstract, org)")
    papers = read(FIXTURES / "razaviyayn.txt").papers
    rows = [(paper.position, paper.title, ", ".join(paper.authors), paper.abstract, paper.org) for paper in papers]
    table.executemany("INSERT INTO paper (rowid, title, authors, abstract, org) VALUES (?, ?, ?, ?, ?)", rows)

    def rank(question: str) -> Sequence[int]:
        # Text at odd indexes is between quotes: a phrase. Other text is split into words.
        chunks = enumerate(question.split('"'))
        phrases = [part for index, chunk in chunks for part in ([chunk] if index % 2 else chunk.split()) if part]
        match = " ".join(f'"{phrase}"' for phrase in phrases)
        matches = table.execute("SELECT rowid FROM paper WHERE paper MATCH ? ORDER BY bm25(paper)", (match,))
        return [row[0] for row in matches]

    return rank


def mean_scores(ranker: Ranker) -> tuple[float, float]:
    """Return the mean nDCG@10 and the MRR over all questions."""
    pairs = [(ranker(question), grades) for question, grades in questions()]
    return mean(ndcg(*pair) for pair in pairs), mean(reciprocal_rank(*pair) for pair in pairs)


def main() -> None:
    """Print the scores of both rankings."""
    pubcli, bm25 = pubcli_ranker(), bm25_ranker()
    if "--each" in sys.argv:
        for question, grades in questions():
            pubcli_score, bm25_score = ndcg(pubcli(question), grades), ndcg(bm25(question), grades)
            if abs(pubcli_score - bm25_score) > 0.001:
                print(f"{pubcli_score:6.3f} {bm25_score:6.3f}  {question}")
    print(f"{len(questions())} questions {'nDCG@10':>10} {'MRR':>7}")
    for name, ranker in (("pubcli", pubcli), ("plain bm25", bm25)):
        gain, reciprocal = mean_scores(ranker)
        print(f"{name:13} {gain:10.3f} {reciprocal:7.3f}")


if __name__ == "__main__":
    main()
