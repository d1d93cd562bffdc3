"""Search papers by words: first the papers that match the whole query, then the best of those that match a part."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from pubcli.answer.answer import Answer, PartialMatches
from pubcli.query.expression import Expression, Or, Order, Query, conjunction, ranking_terms, terms
from pubcli.query.language import as_query
from pubcli.query.snippets import snippet
from pubcli.store import ask
from pubcli.store.ask import BEST_FIRST, NEWEST_FIRST, PAPER_FIELDS
from pubcli.store.database import Store
from pubcli.store.interpretation import Interpretation, interpret, is_year
from pubcli.store.partial_matches import PartialMatch, partial_matches
from pubcli.store.relevance import explain_score
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
    full = [PartialMatch(*pair, ()) for pair in ask.ranked(store, query._replace(where=meaning.full), order)]
    partial, group = ([], None) if all_words else _partial_matches(store, query, meaning, order, len(full))
    where = conjunction([*meaning.strict, *([Or(tuple(word.part for word in meaning.words))] if meaning.words else [])])
    return Answer(
        "explained_hits" if explain else "hits",
        EXPLAINED_FIELDS if explain else HIT_FIELDS,
        rows=_rows(store, where, [*full, *partial], explain=explain),
        optional=(*ask.optional_columns(store), *(("missing",) if partial else ())),
        terms=terms(where),
        partial_matches=group,
        messages=(*meaning.notes, *([_sizes(group)] if group else [])),
    )


def _partial_matches(
    store: Store, query: Query, meaning: Interpretation, order: Sequence[Order], shown: int
) -> tuple[list[PartialMatch], PartialMatches | None]:
    """Return the partial matches to show after `shown` full ones, and what is reported about them.

    There are none if the query has one loose word, or if full matches suffice.
    """
    room = ENOUGH - shown if query.limit is None else query.limit - shown
    if len(meaning.words) < 2 or room <= 0 or all(map(is_year, meaning.words)):
        return [], None
    is_counted = shown or not query.offset
    full = shown + query.offset if is_counted else ask.count(store, query._replace(where=meaning.full))
    hits = partial_matches(store, meaning, order, room, max(0, query.offset - full))
    return hits, PartialMatches(full, len(hits), len(meaning.words)) if hits else None


def _sizes(group: PartialMatches) -> str:
    """Return a sentence with the sizes of both groups."""
    full = counted(group.full, "paper matches", "papers match") if group.full else "no paper matches"
    return f"{full} the whole query; {counted(group.shown, 'paper', 'papers')} that match a part of it are shown"


def _rows(store: Store, where: Expression | None, hits: Sequence[PartialMatch], *, explain: bool) -> "Iterator[HitRow]":
    searched = terms(where)
    for hit, text in zip(hits, ask.records(store, [hit.id for hit in hits]), strict=True):
        paper: PaperRow = json.loads(text)
        passage = snippet(readable(paper["abstract"] or ""), searched)
        score = round(-hit.rank, 3)
        row = cast("HitRow", {**paper, "score": score, "passage": passage, "missing": list(hit.missing)})
        if explain:
            row["why"] = explain_score(store, hit.id, paper, ranking_terms(where))
        yield row
