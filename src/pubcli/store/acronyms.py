"""The acronyms that papers define: store them, and look up the long forms of an acronym or the acronyms of a long form.

Acronyms and long forms are stored as folded words, so `ISRL-DP` is `isrl dp`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pubcli.lazy import TYPE_CHECKING, json, re
from pubcli.text.normalize import fold, words
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from pubcli.store.corpus import Words
    from pubcli.store.database import IndexedTexts, Store

_MOST_READ = 2_000
"""Maximum number of papers that are searched for phrases with the initials of an acronym."""


def add(store: Store, papers: Iterable[tuple[int, IndexedTexts]]) -> None:
    """Store the acronyms that the titles and abstracts of papers define."""
    rows = [(id_, short, long) for id_, texts in papers for short, long in defined(texts)]
    store.executemany("INSERT INTO acronym VALUES (?, ?, ?)", rows)


def defined(texts: IndexedTexts) -> list[tuple[str, str]]:
    """Return the acronyms that a paper defines, each with its long form, as folded words."""
    title, _, abstract, _ = texts
    return list(dict.fromkeys([*_defined(title), *_defined(abstract or "")]))


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


def phrases_with_initials(papers: Words, typed: str) -> list[str]:
    """Return phrases of titles and abstracts whose initials form an acronym, as folded words, the most frequent first.

    The acronym has two to six letters. The first and the last word of a phrase are not stop words. If the acronym is
    typed with capitals, words between them may be stop words: `CoT`, chain of thought.
    """
    from pubcli.language.stop_words import STOP_WORDS  # needed only for a word that no paper contains

    if not re.fullmatch("[A-Za-z]{2,6}", typed):
        return []
    pattern = re.compile(r"[\s-]".join(rf"\b{letter}[a-z]+" for letter in typed.lower()))
    phrases: Counter[str] = Counter()
    for record in papers.first_records(_MOST_READ):
        paper = json.loads(record)
        text = fold(f"{readable(paper['title'])}\n{readable(paper['abstract'] or '')}")
        phrases.update({" ".join(words(phrase)) for phrase in pattern.findall(text)})
    ranked = sorted(phrases, key=lambda phrase: (-phrases[phrase], phrase))
    return [phrase for phrase in ranked if _is_name(phrase.split(), STOP_WORDS, typed)]


def _is_name(phrase: Sequence[str], stop_words: frozenset[str], typed: str) -> bool:
    required = (phrase[0], phrase[-1]) if typed != typed.lower() else phrase
    return stop_words.isdisjoint(required)
