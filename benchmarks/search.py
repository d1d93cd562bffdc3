"""How well the ranking puts first what people want, over judged questions about the page in fixtures/.

    python benchmarks/search.py [--each]

fixtures/judged.jsonl holds the questions; a person who did not know the ranking read all papers and graded those that
answer each: 3 what was wanted, 2 clearly about it, 1 touches it. Printed are nDCG@10 (Järvelin and Kekäläinen 2002,
gains as graded) and MRR (one over the rank of the first paper graded 2 or 3, or 1 where there is none better), their
means over all questions, for pubcli beside a plain FTS5 table of the same texts: its tokenizer, all words
required, bm25 without weights. `--each` prints every question on which the two differ.
"""

import json
import sqlite3
import sys
from collections.abc import Callable, Mapping, Sequence
from math import log2
from pathlib import Path
from statistics import mean

FIXTURES = Path(__file__).parents[1] / "fixtures"
CUT = 10
Ranking = Callable[[str], Sequence[int]]
"""From a question to the positions of papers, best first."""


def questions() -> list[tuple[str, dict[int, int]]]:
    """The judged questions, each with the grades of its papers by position."""
    lines = (FIXTURES / "judged.jsonl").read_text(encoding="utf-8").splitlines()
    judged = map(json.loads, lines)
    return [(one["question"], {int(at): grade for at, grade in one["relevant"].items()}) for one in judged]


def ndcg(found: Sequence[int], grades: Mapping[int, int]) -> float:
    """Normalized discounted cumulative gain of the first ten."""
    gains = [grades.get(position, 0) for position in found[:CUT]]
    return _discounted(gains) / _discounted(sorted(grades.values(), reverse=True)[:CUT])


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, 1))


def reciprocal_rank(found: Sequence[int], grades: Mapping[int, int]) -> float:
    """One over the rank of the first good paper; 0 when none is found."""
    good = min(2, max(grades.values()))
    return next((1 / rank for rank, position in enumerate(found, 1) if grades.get(position, 0) >= good), 0.0)


def pubcli() -> Ranking:
    """Ask as `pubcli search` does."""
    from pubcli import load, read, search

    store = load(read(FIXTURES / "razaviyayn.txt"))
    return lambda question: [int(str(row["position"])) for row in search(store, question).rows]


def plain() -> Ranking:
    """Ask a plain FTS5 table: bm25 without weights."""
    from pubcli import read

    table = sqlite3.connect(":memory:")
    table.execute("CREATE VIRTUAL TABLE paper USING fts5(title, authors, abstract, org)")
    papers = read(FIXTURES / "razaviyayn.txt").papers
    rows = [(one.position, one.title, ", ".join(one.authors), one.abstract, one.org) for one in papers]
    table.executemany("INSERT INTO paper (rowid, title, authors, abstract, org) VALUES (?, ?, ?, ?, ?)", rows)

    def ask(question: str) -> Sequence[int]:
        phrases = (f'"{part}"' for at, part in enumerate(question.split('"')) for part in _parts(part, at) if part)
        found = table.execute("SELECT rowid FROM paper WHERE paper MATCH ? ORDER BY bm25(paper)", (" ".join(phrases),))
        return [row[0] for row in found]

    return ask


def _parts(text: str, place: int) -> list[str]:
    """A phrase as a whole, where the place is odd, else words."""
    return [text] if place % 2 else text.split()


def measured(ranking: Ranking) -> tuple[float, float]:
    """Mean nDCG@10 and MRR over all questions."""
    pairs = [(ranking(question), grades) for question, grades in questions()]
    return mean(ndcg(*pair) for pair in pairs), mean(reciprocal_rank(*pair) for pair in pairs)


def main() -> None:
    """Print the figures."""
    ours, floor = pubcli(), plain()
    if "--each" in sys.argv:
        for question, grades in questions():
            here, there = ndcg(ours(question), grades), ndcg(floor(question), grades)
            if abs(here - there) > 0.001:
                print(f"{here:6.3f} {there:6.3f}  {question}")
    print(f"{len(questions())} questions {'nDCG@10':>10} {'MRR':>7}")
    for name, ranking in (("pubcli", ours), ("plain bm25", floor)):
        print(f"{name:13} {measured(ranking)[0]:10.3f} {measured(ranking)[1]:7.3f}")


if __name__ == "__main__":
    main()
