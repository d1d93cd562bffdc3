"""Why a paper stands where it does: what each word of a question adds to its score, and where it found the word."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pubcli.query.expression import Text
from pubcli.query.snippets import occurrences
from pubcli.store.database import Store
from pubcli.store.sql import RANK, quoted
from pubcli.text.tex import readable

INDEXED_FIELDS = ("title", "authors", "abstract", "org")
"""What the text index holds of a paper, in the order of its columns."""


def texts(paper: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """The texts of a paper, as its JSON has them, that words are looked for in: those of `INDEXED_FIELDS`."""
    title, abstract = readable(paper["title"]), readable(paper["abstract"] or "")
    return title, "\n".join(paper["authors"]), abstract, paper["org"] or ""


def explain_score(store: Store, id_: int, paper: Mapping[str, Any], asked: Sequence[Text]) -> list[str]:
    """A sentence for each word that scored, the best first: `privacy 1.92 (title 1, abstract 4)`.

    bm25 adds up word by word, so the numbers add up to the score, but for rounding.
    """
    points = {term: _points(store, id_, term) for term in asked}
    scored = sorted((term for term in asked if points[term] > 0), key=lambda term: -points[term])
    return [f"{_shown(term)} {points[term]:.2f} ({', '.join(_places(paper, term))})" for term in scored]


def _points(store: Store, id_: int, term: Text) -> float:
    statement = f"SELECT -{RANK} FROM paper_text WHERE paper_text MATCH ? AND rowid = ?"
    found = store.execute(statement, (quoted(term), id_)).fetchone()
    return found[0] if found else 0.0


def _places(paper: Mapping[str, Any], term: Text) -> Iterator[str]:
    for field, text in zip(INDEXED_FIELDS, texts(paper), strict=True):
        if count := occurrences(text, term):
            yield f"{field} {count}"


def _shown(term: Text) -> str:
    return term.text + ("*" if term.prefix else "")
