"""The papers nearest to one: those that share its most telling words."""

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
"""What is added: the score as a part of what the paper would score against itself, from 0 to 1; and the words that
both hold, the most telling first."""

_MOST_WORDS = 25
"""Words of a paper that are looked for."""
_IN_TITLE = 4
"""How often a word of the title counts."""
_SAME_WORD = 6
"""Letters by which forms of one word are known, so that it is shown once."""
_SHOWN = 8


def similar(store: Store, name: str, query: Query | None = None) -> "Answer[SimilarRow]":
    """The papers most like the one of that name, the nearest first; only the query's limit and offset count.

    The name is a citation key, a position or a piece of a title. Raises UsageError when it names none or several.
    """
    id_ = require_paper(store, name)
    [paper] = map(json.loads, records(store, [id_]))
    index.fill(store)
    telling = _telling_words(store, paper)
    return Answer(
        "similar_papers",
        SIMILAR_FIELDS,
        rows=list(_rows(store, id_, telling, query or Query())) if telling else [],
        optional=optional_columns(store),
    )


def _telling_words(store: Store, paper: Mapping[str, Any]) -> list[str]:
    """The words that tell the paper from others and stand in some of them, by tf-idf."""
    title, _, abstract, _ = relevance.texts(paper)
    counts = Counter(filter(is_content_word, words(abstract)))
    for word in filter(is_content_word, words(title)):
        counts[word] += _IN_TITLE
    total = store.execute("SELECT count(*) FROM paper").fetchone()[0]
    weights = {}
    for word, count in counts.items():
        found = store.execute("SELECT doc FROM vocabulary WHERE term = ?", (word,)).fetchone()
        if found and found[0] > 1:
            weights[word] = (1 + log(count)) * log(1 + (total - found[0] + 0.5) / (found[0] + 0.5))
    return sorted(weights, key=lambda word: (-weights[word], word))[:_MOST_WORDS]


def _rows(store: Store, id_: int, telling: Sequence[str], query: Query) -> "Iterator[SimilarRow]":
    match = " OR ".join(quoted(Text(word)) for word in telling)
    itself = f"SELECT {RANK} FROM paper_text WHERE paper_text MATCH ? AND rowid = ?"
    own = store.execute(itself, (match, id_)).fetchone()
    if own is None:
        return  # an owner's own page may say what the index, which knows the most believed page, does not
    statement = (
        f"SELECT paper.id, {RANK} AS rank FROM paper_text JOIN paper ON paper.id = paper_text.rowid "
        "WHERE paper_text MATCH ? AND paper.id <> ? ORDER BY rank, paper.id LIMIT ? OFFSET ?"
    )
    found = store.execute(statement, (match, id_, *limit_and_offset(query))).fetchall()
    for (_, rank), text in zip(found, records(store, [row[0] for row in found]), strict=True):
        record: PaperRow = json.loads(text)
        yield {**record, "likeness": round(min(1.0, rank / own[0]), 3), "shared_words": _shared(record, telling)}


def _shared(record: Mapping[str, Any], telling: Sequence[str]) -> list[str]:
    """The telling words that a paper holds, one form of each."""
    held = {word for text in relevance.texts(record) for word in words(text)}
    forms = {word[:_SAME_WORD]: word for word in reversed(telling) if word in held}
    return [word for word in telling if forms.get(word[:_SAME_WORD]) == word][:_SHOWN]
