"""How far apart two spellings of a word are."""


def max_edit_distance(word: str) -> int:
    """How many typing errors a word of that length may hold and still be taken for it: 0, 1 or 2.

    The steps are those of Lucene's automatic fuzziness: in a short word one error makes another word.
    """
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2


def is_within(one: str, other: str, errors: int) -> bool:
    """Whether so many typing errors, or fewer, make one word of the other.

    An error is a letter too many, too few or wrong, or two neighbours that changed places.
    """
    if abs(len(one) - len(other)) > errors:
        return False
    start, shorter = 0, min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    if not one or not other:
        return True  # what is left of the longer one was counted above
    if not errors:
        return False
    swapped = one[:2] == other[1::-1] and is_within(one[2:], other[2:], errors - 1)
    rest = ((one[1:], other[1:]), (one[1:], other), (one, other[1:]))
    return swapped or any(is_within(*pair, errors - 1) for pair in rest)


def edit_distance(one: str, other: str, most: int) -> int | None:
    """How many typing errors lie between two words; None when there are more than `most`."""
    return next((count for count in range(most + 1) if is_within(one, other, count)), None)
