"""The acronyms that papers define: store them, and look up the long forms of an acronym or the acronyms of a long form.

Acronyms and long forms are stored as folded words, so `ISRL-DP` is `isrl dp`.
"""

from collections.abc import Iterable, Sequence

from pubcli.store.database import IndexedTexts, Store
from pubcli.text.normalize import words
from pubcli.text.readable import readable


def add(store: Store, papers: Iterable[tuple[int, IndexedTexts]]) -> None:
    """Store the acronyms that the titles and abstracts of papers define."""
    rows = [
        (id_, short, long)
        for id_, (title, _, abstract, _) in papers
        for short, long in dict.fromkeys([*_defined(title), *_defined(abstract or "")])
    ]
    store.executemany("INSERT INTO acronym VALUES (?, ?, ?)", rows)


def _defined(text: str) -> list[tuple[str, str]]:
    if "(" not in text:
        return []
    from pubcli.language.acronyms import acronyms  # needed only when papers are stored

    pairs = [(words(acronym.short), words(acronym.long)) for acronym in acronyms(readable(text))]
    return [(" ".join(short), " ".join(long)) for short, long in pairs if short and long]


def long_forms(store: Store, short: str) -> Sequence[str]:
    """Return the long forms of a folded acronym. The long form that is defined in most papers comes first."""
    return _ranked(store, "SELECT long FROM acronym WHERE short IN (?, ?) GROUP BY long", short)


def short_forms(store: Store, long: str) -> Sequence[str]:
    """Return the acronyms that papers define for a folded long form. The one that most papers define comes first."""
    return _ranked(store, "SELECT short FROM acronym WHERE long IN (?, ?) GROUP BY short", long)


def _ranked(store: Store, statement: str, text: str) -> list[str]:
    """Return the acronyms or long forms that an SQL statement selects, those of most papers first.

    The statement is run for the text as it is, and for the text without a final s, which may be a plural.
    """
    rows = store.execute(f"{statement} ORDER BY count(*) DESC, 1", (text, text.removesuffix("s")))
    return [row[0] for row in rows]
