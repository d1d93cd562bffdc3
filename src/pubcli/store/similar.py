"""Find the papers most similar to a given paper: those that contain many of its characteristic words."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import TYPE_CHECKING, Any

from pubcli.answer.answer import Answer
from pubcli.language.phrases import is_content_word
from pubcli.query.expression import Query, Text
from pubcli.store import index, relevance
from pubcli.store.ask import PAPER_FIELDS, optional_columns, records
from pubcli.store.database import Store
from pubcli.store.lookup import require_paper
from pubcli.store.sql import RANK, limit_and_offset, quoted
from pubcli.text.normalize import words

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow, SimilarRow

SIMILAR_FIELDS = (*PAPER_FIELDS, "likeness", "shared_words")
"""`likeness` is the score of the similar paper divided by the score of the given paper, from 0 to 1. `shared_words` are
the characteristic words of the given paper that the similar paper contains."""

_MOST_WORDS = 60
"""Number of words of the given paper that are searched for in other papers. Of 15, 25, 40 and 60 words, 60 gave the
best results for the judged papers (fixtures/judged)."""
_IN_TITLE = 2
"""Weight of a word in the title; a word in the abstract counts 1. A higher weight favours general words of titles."""
_SAME_WORD = 6
"""Words that share this many letters at the beginning count as forms of one word; only one form is shown."""
_MOST_SHARED = 8


def similar(store: Store, name: str, query: Query | None = None) -> "Answer[SimilarRow]":
    """Return the papers most similar to a named paper, most similar first. Only limit and offset of the query are used.

    The name is a citation key, a position or a part of a title. Raises UsageError if no paper or several papers match.
    """
    id_ = require_paper(store, name)
    [paper] = map(json.loads, records(store, [id_]))
    index.fill(store)
    characteristic = _characteristic_words(store, paper)
    return Answer(
        "similar_papers",
        SIMILAR_FIELDS,
        rows=list(_rows(store, id_, characteristic, query or Query())) if characteristic else [],
        optional=optional_columns(store),
    )


def _characteristic_words(store: Store, paper: Mapping[str, Any]) -> list[str]:
    """Return the words of a paper with the highest tf-idf, the highest first.

    Words that no other paper has are left out.
    """
    title, _, abstract, _ = relevance.texts(paper)
    counts = Counter(filter(is_content_word, words(abstract)))
    for word in filter(is_content_word, words(title)):
        counts[word] += _IN_TITLE
    total = store.execute("SELECT count(*) FROM paper").fetchone()[0]
    weights = {}
    for word, count in counts.items():
        row = store.execute("SELECT doc FROM vocabulary WHERE term = ?", (word,)).fetchone()
        if row and row[0] > 1:
            weights[word] = (1 + log(count)) * log(1 + (total - row[0] + 0.5) / (row[0] + 0.5))
    return sorted(weights, key=lambda word: (-weights[word], word))[:_MOST_WORDS]


def _rows(store: Store, id_: int, characteristic: Sequence[str], query: Query) -> "Iterator[SimilarRow]":
    match = " OR ".join(quoted(Text(word)) for word in characteristic)
    itself = f"SELECT {RANK} FROM paper_text WHERE paper_text MATCH ? AND rowid = ?"
    self_score = store.execute(itself, (match, id_)).fetchone()
    if self_score is None:
        return  # the index has the text from the most trusted page; the selected page may have other words
    statement = (
        f"SELECT paper.id, {RANK} AS rank FROM paper_text JOIN paper ON paper.id = paper_text.rowid "
        "WHERE paper_text MATCH ? AND paper.id <> ? ORDER BY rank, paper.id LIMIT ? OFFSET ?"
    )
    matches = store.execute(statement, (match, id_, *limit_and_offset(query))).fetchall()
    for (_, rank), text in zip(matches, records(store, [row[0] for row in matches]), strict=True):
        record: PaperRow = json.loads(text)
        yield {
            **record,
            "likeness": round(min(1.0, rank / self_score[0]), 3),
            "shared_words": _shared(record, characteristic),
        }


def _shared(record: Mapping[str, Any], characteristic: Sequence[str]) -> list[str]:
    """Return the characteristic words that a paper contains. If a word has several forms, only one form is returned."""
    paper_words = {word for text in relevance.texts(record) for word in words(text)}
    forms = {word[:_SAME_WORD]: word for word in reversed(characteristic) if word in paper_words}
    return [word for word in characteristic if forms.get(word[:_SAME_WORD]) == word][:_MOST_SHARED]
