"""Compute the edit distance between two spellings of a word, to tolerate typing errors."""


def max_edit_distance(word: str) -> int:
    """Return how many typing errors a word of this length may contain and still match: 0, 1 or 2.

    The limits are those of Lucene's automatic fuzziness. They are lower for short words, because a single error may
    turn a short word into another word.
    """
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2


_SHORTEST_CORRECTED, _LONG, _LONGER = 6, 8, 10
_VOWELS = frozenset("aeiouy")


def is_typing_error(word: str, other: str) -> bool:
    """Return whether `word` is probably a misspelling of `other`, so that `other` may be searched instead.

    Two correct words often differ in one letter (walls, wales), so the rule is stricter for short words. The result is
    false if `word` has fewer than 6 letters. A word of 6 or 7 letters may have one missing or added letter, one swap of
    letters, or one wrong vowel. A word of 8 or 9 letters may have any one error, and a longer word may have two errors.
    The first letter must be correct.
    """
    if len(word) < _SHORTEST_CORRECTED or word[0] != other[:1]:
        return False
    if not is_within(word, other, 1):
        return len(word) >= _LONGER and is_within(word, other, 2)
    is_plain = len(word) != len(other) or sorted(word) == sorted(other) or _differs_in_a_vowel(word, other)
    return is_plain or len(word) >= _LONG


def _differs_in_a_vowel(word: str, other: str) -> bool:
    """Return whether two words of the same length differ only in vowels: both have a vowel wherever they differ."""
    return all(a == b or {a, b} <= _VOWELS for a, b in zip(word, other, strict=True))


def is_within(word: str, other: str, distance: int) -> bool:
    """Return whether the edit distance between two words is at most `distance`.

    An edit is an inserted, deleted or replaced letter, or a swap of two neighbouring letters.
    """
    if abs(len(word) - len(other)) > distance:
        return False
    start, shorter = 0, min(len(word), len(other))
    while start < shorter and word[start] == other[start]:
        start += 1
    word, other = word[start:], other[start:]
    if not word or not other:
        return True  # the first check ensures that at most `distance` letters remain
    if not distance:
        return False
    swapped = word[:2] == other[1::-1] and is_within(word[2:], other[2:], distance - 1)
    rest = ((word[1:], other[1:]), (word[1:], other), (word, other[1:]))
    return swapped or any(is_within(*pair, distance - 1) for pair in rest)


def edit_distance(word: str, other: str, limit: int) -> int | None:
    """Return the edit distance between two words, or None if it is greater than `limit`."""
    return next((distance for distance in range(limit + 1) if is_within(word, other, distance)), None)
