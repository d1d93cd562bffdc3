"""Search papers by words: first the papers that match the whole query, then the best of those that match a part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from pubcli.answer.answer import Answer, PartialMatches
from pubcli.lazy import TYPE_CHECKING, cast
from pubcli.query.expression import Or, Query, Term, Text, conjunction, ranking_terms, terms
from pubcli.query.language import as_query
from pubcli.query.snippets import snippet
from pubcli.store.ask import BEST_FIRST, NEWEST_FIRST, PAPER_FIELDS, PAPER_ORDERS
from pubcli.store.database import Store
from pubcli.store.interpretation import Interpretation, interpret, is_year
from pubcli.store.partial_matches import NO_MATCHES, PartialMatch, partial_matches
from pubcli.store.records import decoded
from pubcli.store.relevance import explain_score
from pubcli.store.stored_corpus import StoredCorpus
from pubcli.text.normalize import counted
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import HitRow, PaperRow
    from pubcli.store.corpus import Corpus

HIT_FIELDS = (*PAPER_FIELDS, "score", "passage", "missing", "instead")
"""`score` is the relevance: larger is better; it is 0 if the query has no words. `passage` is the part of the abstract
that contains the most words of the query. `missing` lists the words of the query that the paper lacks, and `instead`
the words of the paper that stand in for them."""
EXPLAINED_FIELDS = (*HIT_FIELDS, "why")
"""`why` states how much each word adds to the score, and how often it occurs in each field."""
HIT_ORDERS = (*PAPER_ORDERS, "score")
"""The fields by which hits can be sorted. `passage` is not one of them: passages are extracted only after sorting."""

ENOUGH = 10
"""If a query has no limit, partial matches are added only until this number of papers is shown."""


def search(
    store: Store | Corpus,
    query: Query | str = "",
    *,
    explain: bool = False,
    all_words: bool = False,
    correct: bool = True,
) -> Answer[HitRow]:
    """Return the papers that a query selects, best match first, each with its score and the matching passage.

    Papers that lack some of the words follow, unless `all_words` is true; `missing` lists the words that a paper lacks.
    Limit and offset count over both groups. With `correct`, misspelled words are corrected. With `explain`, each paper
    also has the field `why`.
    """
    query = as_query(query)
    corpus = StoredCorpus(store) if isinstance(store, Store) else store
    meaning = interpret(corpus, query.where, correct=correct)
    order = query.sort or ((BEST_FIRST,) if ranking_terms(meaning.full) else NEWEST_FIRST)
    full = corpus.ranked(query._replace(where=meaning.full), order)
    number = None if all_words else _number_of_full_matches(corpus, query, meaning, len(full))
    partial = NO_MATCHES
    if number is not None:
        room = (ENOUGH if query.limit is None else query.limit) - len(full)
        window = query._replace(limit=room, offset=max(0, query.offset - number))
        partial = partial_matches(corpus, meaning, order, number, window)
    group = PartialMatches(number or 0, len(partial.matches), len(meaning.words)) if partial.matches else None
    where = conjunction([*meaning.strict, *([Or(tuple(word.part for word in meaning.words))] if meaning.words else [])])
    searched = (*terms(where), *partial.stand_ins)
    rows = chain(
        _full_rows(corpus, full, searched, ranking_terms(where) if explain else None),
        _partial_rows(partial.matches, searched, explain=explain),
    )
    return Answer(
        "explained_hits" if explain else "hits",
        EXPLAINED_FIELDS if explain else HIT_FIELDS,
        rows=rows,
        optional=(*corpus.optional_columns(), *(("missing", "instead") if group else ())),
        terms=searched,
        partial_matches=group,
        messages=(*meaning.notes, *([_sizes(group)] if group else [])),
    )


def _number_of_full_matches(corpus: Corpus, query: Query, meaning: Interpretation, shown: int) -> int | None:
    """Return how many papers match the whole query, or None if no partial matches are to be shown.

    No partial matches are shown in two cases: the query has no loose words, apart from years; or the `shown` papers,
    which match the whole query, reach the limit.
    """
    room = (ENOUGH if query.limit is None else query.limit) - shown
    if room <= 0 or all(map(is_year, meaning.words)):
        return None
    is_counted = shown or not query.offset
    return shown + query.offset if is_counted else corpus.count(meaning.full)


def _sizes(group: PartialMatches) -> str:
    """Return a sentence that states how many papers match the whole query, and how many partial matches are shown."""
    full = counted(group.full, "paper matches", "papers match") if group.full else "no paper matches"
    whole, part = (
        ("the word", "related words") if group.words == 1 else ("the whole query", "a part of it or related words")
    )
    shown = counted(group.shown, f"paper with {part} is", f"papers with {part} are")
    return f"{full} {whole}; {shown} shown"


def _full_rows(
    corpus: Corpus, papers: Sequence[tuple[int, float]], searched: Sequence[Term], explained: Sequence[Text] | None
) -> Iterator[HitRow]:
    """Yield the rows of the papers that match the whole query, given by their ids and ranks.

    Unless `explained` is None, each row also has the field `why`: the points that each word in `explained` adds to the
    score.
    """
    for (id_, rank), paper in zip(papers, decoded(corpus.records([id_ for id_, _ in papers])), strict=True):
        row = _row(paper, -rank, searched)
        if explained is not None:
            row["why"] = explain_score(corpus, id_, paper, explained)
        yield row


def _partial_rows(matches: Sequence[PartialMatch], searched: Sequence[Term], *, explain: bool) -> Iterator[HitRow]:
    """Yield the rows of partial matches. With `explain`, each row also has the field `why`."""
    for match in matches:
        row = _row(match.paper, match.score, searched, match.missing, match.instead)
        if explain:
            row["why"] = list(match.why)
        yield row


def _row(
    paper: PaperRow, score: float, searched: Sequence[Term], missing: Sequence[str] = (), instead: Sequence[str] = ()
) -> HitRow:
    """Return the row of a paper. The passage is the part of its abstract with the most `searched` terms."""
    passage = snippet(readable(paper["abstract"] or ""), searched)
    lists = {"missing": list(missing), "instead": list(instead)}
    return cast("HitRow", {**paper, "score": round(score, 3), "passage": passage, **lists})
