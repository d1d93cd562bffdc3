"""Explain the score of a paper: what each word of a query contributes, and in which fields it occurs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pubcli.lazy import TYPE_CHECKING
from pubcli.query.expression import Text
from pubcli.query.snippets import applies, occurrences
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from typing import Any

    from pubcli.store.corpus import Corpus

INDEXED_FIELDS = ("title", "authors", "abstract", "org")
"""Fields in the text index, in the order of its columns."""


def texts(paper: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """Return the searchable texts from a paper's decoded JSON, in the order of `INDEXED_FIELDS`."""
    title, abstract = readable(paper["title"]), readable(paper["abstract"] or "")
    return title, "\n".join(paper["authors"]), abstract, paper["org"] or ""


def explain_score(corpus: Corpus, id_: int, paper: Mapping[str, Any], query_terms: Sequence[Text]) -> list[str]:
    """Return a line for each word that adds to the score, the largest first: `privacy 1.92 (title 1, abstract 4)`.

    bm25 is a sum over words, so these numbers add up to the score, except for rounding.
    """
    points = dict(zip(query_terms, corpus.points(id_, query_terms), strict=True))
    scored = sorted((term for term in query_terms if points[term] > 0), key=lambda term: -points[term])
    return [f"{_label(term)} {points[term]:.2f} ({', '.join(_places(paper, term))})" for term in scored]


def _places(paper: Mapping[str, Any], term: Text) -> Iterator[str]:
    for field, text in zip(INDEXED_FIELDS, texts(paper), strict=True):
        if applies(term, field) and (count := occurrences(text, term)):
            yield f"{field} {count}"


def _label(term: Text) -> str:
    return term.text + ("*" if term.prefix else "")
