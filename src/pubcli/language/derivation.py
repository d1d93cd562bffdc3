"""Recognise words that are derived from the same word: `probability` and `probabilistic`, `decode` and `decoder`.

Their meanings may differ, so they do not count as forms of one word. A search uses them only for partial matches.
"""

_SHORTEST = 5
"""Minimum number of letters that two derived words share at the beginning."""
_ENDINGS = frozenset(
    """
    a able ability abilities al ally an ance ancy ant ary ate ated ates ating ation ational ations ative ator ators
    ce ces d e ed en ence ency ened ening ent er ers es ial ibility ible ic ical ically ics ied ies ing ings ion
    ions is ise ised ising isation ism ist ists ities ity ive ively iveness ivity ization izations ize ized izes izing
    ly ment ments nce nces ness nt nts on or ors ous ously r s t th um x y
    """.split()
) | {""}
"""Endings of English words that are derived from other words, and inflections of them."""


def beginning(word: str) -> str:
    """Return the beginning that a folded word shares with each word derived from the same word.

    The result is empty if the word is too short to be compared.
    """
    return next((word[:at] for at in range(_SHORTEST, len(word) + 1) if _ending(word, at) in _ENDINGS), "")


def is_derived_alike(word: str, other_word: str) -> bool:
    """Return whether two folded words have a common beginning, followed by an ending in each of them."""
    shared = next(
        (at for at, (letter, other) in enumerate(zip(word, other_word, strict=False)) if letter != other),
        min(len(word), len(other_word)),
    )
    # The last letter of the common beginning may belong to the endings: `prediction` and `predictive`.
    return word != other_word and any(
        _ending(word, at) in _ENDINGS and _ending(other_word, at) in _ENDINGS
        for at in (shared, shared - 1)
        if at >= _SHORTEST
    )


def _ending(word: str, at: int) -> str:
    """Return the end of a word from index `at` on, without a letter that doubles the letter before it."""
    return word[at + 1 :] if at < len(word) and word[at] == word[at - 1] else word[at:]
