"""List the papers of a lake that a query selects, or those that the user names."""

from __future__ import annotations

from functools import partial

from pubcli.answer.answer import Answer
from pubcli.lake.literals import AFTER_ALL, text
from pubcli.lazy import TYPE_CHECKING, json
from pubcli.query.expression import terms
from pubcli.store.ask import NEWEST_FIRST, PAPER_FIELDS
from pubcli.store.lookup import COMPARED, NamedPapers, attempts, named_papers
from pubcli.store.variants import expanded
from pubcli.text.normalize import fold, well_formed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pubcli.answer.rows import PaperRow
    from pubcli.lake.corpus import LakeCorpus
    from pubcli.query.expression import Query


def papers(lake: LakeCorpus, query: Query) -> Answer[PaperRow]:
    """Return the papers that a query selects, newest first unless the query has another order."""
    query = query._replace(where=expanded(lake, query.where))
    ids = [id_ for id_, _ in lake.ranked(query, query.sort or NEWEST_FIRST)]
    return Answer(
        "papers",
        PAPER_FIELDS,
        rows=map(json.loads, lake.records(ids)),
        optional=lake.optional_columns(),
        encoded=lake.records(ids),
        terms=terms(query.where),
    )


def find_papers(lake: LakeCorpus, names: Iterable[str]) -> NamedPapers:
    """Return the named papers with all their fields, each paper once, in the order of the names.

    A paper is named as in `store.lookup`, but not by a position, which papers of a lake do not have.
    """
    return named_papers(names, partial(matching_records, lake), partial(_close_keys, lake))


def matching_records(lake: LakeCorpus, name: str) -> dict[int, str]:
    """Return the papers that a name selects, as a dictionary from the number of a paper to its record in JSON."""
    for kind, value in attempts(name):
        if kind not in _CONDITIONS or not isinstance(value, str):
            continue
        rows = lake.run(f"SELECT paper, key FROM papers WHERE {_CONDITIONS[kind].format(text(value))} ORDER BY paper")
        ids = [paper for paper, key in rows if kind != "key without accents" or fold(key) == value]
        if ids:
            return dict(zip(ids, lake.records(ids), strict=True))
    return {}


_CONDITIONS = {
    "key": "key = {}",
    "key in any case": "LOWER(key) = LOWER({})",
    "key without accents": "LENGTH(key) <> OCTET_LENGTH(ENCODE(key))",
    "key with a letter": "LENGTH(key) = LENGTH({0}) + 1 AND LOWER(SUBSTRING(key, 1, LENGTH({0}))) = {0} "
    "AND LOWER(SUBSTRING(key, LENGTH(key), 1)) BETWEEN 'a' AND 'z'",
    "title": "folded_title = {}",
    "part of a title": "STRPOS(folded_title, {}) > 0",
}
"""The SQL condition of each kind in `attempts` that a lake has."""


def _close_keys(lake: LakeCorpus, name: str, folded: str) -> list[str]:
    """Return keys that may be spelled similarly to a name: the first ones, and those with the same beginning."""
    starts = [well_formed(start) for start in ("", name.strip()[:2], folded[:2])]
    return [
        key
        for start in dict.fromkeys(starts)
        for (key,) in lake.run(
            f"SELECT key FROM papers WHERE key BETWEEN {text(start)} AND {text(start + AFTER_ALL)} "
            f"ORDER BY key LIMIT {COMPARED}"
        )
    ]
