"""Find the words that may stand in for a word of a search, in papers that lack the word itself.

    forecasting        forecaster              derived from the same word
    doctor             physician, clinicians   a synonym (see `language.synonyms`)

Stand-ins are weaker than variants: a paper that has only a stand-in is a partial match, and its row names the stand-in.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pubcli.language.derivation import beginning, is_derived_alike
from pubcli.language.synonyms import inflections, synonyms
from pubcli.lazy import TYPE_CHECKING
from pubcli.query.expression import Text, ranking_terms
from pubcli.store import variants
from pubcli.store.interpretation import Word

if TYPE_CHECKING:
    from pubcli.store.corpus import Words

_MOST = 60
"""Maximum number of stand-ins of one word; further ones are ignored."""
_BODY = ("title", "abstract", "org")
"""The columns of the text index in which stand-ins are searched. Names have no synonyms."""


def stand_ins(corpus: Words, words: Sequence[Word]) -> list[tuple[Text, ...]]:
    """Return the stand-ins of each word of a search; none for a word that has no text, such as a year.

    Two adjacent words may have synonyms together: those of `global warming` stand in for both words.
    """
    texts = [word.text for word in words]
    alternatives: list[dict[str, None]] = [dict.fromkeys(_alternatives(corpus, text)) if text else {} for text in texts]
    for place, (text, next_text) in enumerate(pairwise(texts)):
        if text and next_text:
            together = dict.fromkeys(_synonyms(f"{text} {next_text}"))
            alternatives[place] |= together
            alternatives[place + 1] |= together
    return [
        tuple(Text(other, exact=True, columns=_BODY) for other in list(others)[:_MOST] if not _is_variant(word, other))
        for word, others in zip(words, alternatives, strict=True)
    ]


def _alternatives(corpus: Words, text: str) -> list[str]:
    start = "" if " " in text else beginning(text)
    related = variants.words_beginning(corpus, start) if start else []
    return [*(other for other in related if is_derived_alike(text, other)), *_synonyms(text)]


def _synonyms(text: str) -> list[str]:
    return [form for synonym in synonyms(text) for form in inflections(synonym)]


def _is_variant(word: Word, other: str) -> bool:
    """Return whether the text `other` is one of the variants of a word. Variants are searched anyway."""
    return any(term.text == other or (term.prefix and other.startswith(term.text)) for term in ranking_terms(word.part))
