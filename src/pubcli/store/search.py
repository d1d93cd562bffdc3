"""Search papers by words: first the papers that match the whole query, then the best of those that match a part."""

import json
from collections.abc import Iterator, Sequence
from math import log
from typing import TYPE_CHECKING, NamedTuple, cast

from pubcli.answer.answer import Answer, PartialMatches
from pubcli.query.expression import Expression, Or, Order, Query, conjunction, ranking_terms, terms
from pubcli.query.language import as_query
from pubcli.query.snippets import snippet
from pubcli.store import ask
from pubcli.store.ask import BEST_FIRST, NEWEST_FIRST, PAPER_FIELDS
from pubcli.store.database import Store
from pubcli.store.interpretation import Interpretation, Word, interpret, is_year
from pubcli.store.relevance import explain_score
from pubcli.store.sql import Bound, Selection, limit_and_offset, selection
from pubcli.text.normalize import counted
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import HitRow, PaperRow

HIT_FIELDS = (*PAPER_FIELDS, "score", "passage", "missing")
"""`score` is the relevance: larger is better; it is 0 if the query has no words. `passage` is the part of the abstract
that contains the most words of the query. `missing` lists the words of the query that the paper lacks."""
EXPLAINED_FIELDS = (*HIT_FIELDS, "why")
"""`why` states how much each word adds to the score, and how often it occurs in each field."""
HIT_ORDERS = (*PAPER_FIELDS, "score")
"""The fields by which hits can be sorted. `passage` is not one of them: passages are extracted only after sorting."""

ENOUGH = 10
"""Without a limit, partial matches are shown only if there are fewer full matches than this, and up to this number."""
LEAST_SHARE = 0.15
"""Share of the weight of all words that a partial match must have at least."""


class _Hit(NamedTuple):
    id: int
    rank: float
    missing: tuple[str, ...] = ()


def search(
    store: Store, query: Query | str = "", *, explain: bool = False, all_words: bool = False, correct: bool = True
) -> "Answer[HitRow]":
    """Return the papers that a query selects, best match first, each with its score and the matching passage.

    Papers that lack some of the words follow, unless `all_words` is true; `missing` lists the words that a paper lacks.
    Limit and offset count over both groups. With `correct`, misspelled words are corrected. With `explain`, each paper
    also has the field `why`.
    """
    query = as_query(query)
    meaning = interpret(store, query.where, correct=correct)
    order = query.sort or ((BEST_FIRST,) if ranking_terms(meaning.full) else NEWEST_FIRST)
    hits = [_Hit(*pair) for pair in ask.ranked(store, query._replace(where=meaning.full), order)]
    partial, group = ([], None) if all_words else _partial_matches(store, query, meaning, order, len(hits))
    where = conjunction([*meaning.strict, *([Or(tuple(word.part for word in meaning.words))] if meaning.words else [])])
    return Answer(
        "explained_hits" if explain else "hits",
        EXPLAINED_FIELDS if explain else HIT_FIELDS,
        rows=_rows(store, where, [*hits, *partial], explain=explain),
        optional=(*ask.optional_columns(store), *(("missing",) if partial else ())),
        terms=terms(where),
        partial_matches=group,
        messages=(*meaning.notes, *([_sizes(group)] if group else [])),
    )


def _sizes(group: PartialMatches) -> str:
    """Return a sentence with the sizes of both groups."""
    full = counted(group.full, "paper matches", "papers match") if group.full else "no paper matches"
    shown = f"; the best {group.shown:,} are shown" if group.shown < group.total else ""
    return f"{full} the whole query; {counted(group.total, 'matches', 'match')} a part of it{shown}"


def _partial_matches(
    store: Store, query: Query, meaning: Interpretation, order: Sequence[Order], shown: int
) -> tuple[list[_Hit], PartialMatches | None]:
    """Return the partial matches to show after `shown` full ones, and what is reported about the group.

    There are none if the query has one loose word, or if full matches suffice.
    """
    room = ENOUGH - shown if query.limit is None else query.limit - shown
    if len(meaning.words) < 2 or room <= 0 or not any(not is_year(word) for word in meaning.words):
        return [], None
    full = shown + query.offset if shown else ask.count(store, query._replace(where=meaning.full))
    weights = _weights(store, meaning.words)
    matches = _matching_words(meaning.words, weights)
    everything = 2 ** len(weights) - 1
    words = [word.part for word in meaning.words if not is_year(word)]
    ranking = selection(Or(tuple(words)) if len(words) > 1 else words[0])
    strict = selection(conjunction(meaning.strict))
    conditions = f"matched.words <> {everything}" + (f" AND paper.id IN ({strict.ids})" if meaning.strict else "")
    tables = f"({matches.ids}) AS matched JOIN ({_ranks(ranking)}) AS hit USING (id) JOIN paper USING (id)"
    values = (*matches.values, *ranking.values, *(strict.values if meaning.strict else ()))
    chosen = Selection(tables, conditions, values, "hit.rank")
    [total] = store.execute(f"SELECT count(*) FROM {tables} WHERE {conditions}", values).fetchone()
    years = "".join(f"matched.words & {1 << bit} = 0, " for bit, word in enumerate(meaning.words) if is_year(word))
    window = query._replace(limit=room, offset=max(0, query.offset - full))
    statement = (
        f"SELECT paper.id, hit.rank, matched.words FROM {tables} WHERE {conditions} "
        f"ORDER BY {years}{ask.complete_order(chosen, order)} LIMIT ? OFFSET ?"
    )
    hits = [
        _Hit(id_, rank, tuple(word.typed for bit, word in enumerate(meaning.words) if not matched >> bit & 1))
        for id_, rank, matched in store.execute(statement, (*values, *limit_and_offset(window)))
    ]
    return hits, PartialMatches(full, total, len(hits), len(meaning.words)) if hits else None


def _weights(store: Store, words: Sequence[Word]) -> list[float]:
    """Return a weight for each word, as bm25 weighs words: rare words weigh more. A word in no paper weighs nothing."""
    [papers] = store.execute("SELECT count(*) FROM paper").fetchone()
    weights = []
    for word in words:
        count = ask.count(store, Query(word.part))
        weights.append(log(1 + (papers - count + 0.5) / (count + 0.5)) if count else 0.0)
    return weights


class _Matches(NamedTuple):
    ids: str
    values: Bound


def _matching_words(words: Sequence[Word], weights: Sequence[float]) -> _Matches:
    """Return the statement that selects the papers with enough of the words, and the sum of the bits of their words."""
    statements, values = [], list[str | int | float]()
    for bit, (word, weight) in enumerate(zip(words, weights, strict=True)):
        chosen = selection(word.part)
        statements.append(f"SELECT paper.id AS id, {1 << bit} AS bit, {weight!r} AS weight FROM {chosen.tables} "
                          f"WHERE {chosen.conditions}")  # fmt: skip
        values += chosen.values
    needed = LEAST_SHARE * sum(weights)
    grouped = (
        f"SELECT id, sum(bit) AS words FROM ({' UNION ALL '.join(statements)}) GROUP BY id HAVING sum(weight) >= ?"
    )
    return _Matches(grouped, (*values, needed))


def _ranks(ranking: Selection) -> str:
    return f"SELECT paper.id AS id, {ranking.rank} AS rank FROM {ranking.tables} WHERE {ranking.conditions}"


def _rows(store: Store, where: Expression | None, hits: Sequence[_Hit], *, explain: bool) -> "Iterator[HitRow]":
    searched = terms(where)
    for hit, text in zip(hits, ask.records(store, [hit.id for hit in hits]), strict=True):
        paper: PaperRow = json.loads(text)
        passage = snippet(readable(paper["abstract"] or ""), searched)
        score = round(-hit.rank, 3)
        row = cast("HitRow", {**paper, "score": score, "passage": passage, "missing": list(hit.missing)})
        if explain:
            row["why"] = explain_score(store, hit.id, paper, ranking_terms(where))
        yield row
