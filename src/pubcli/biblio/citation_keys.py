"""Citation keys such as `lowy2022private`: surname, year, first significant word of the title.

A key depends on what a paper says of itself, never on its place in a list, so re-ordering a page leaves every
key as it was. Keys hold `[a-z0-9]` only, so every bibliographic format takes them. Surnames in Greek and Cyrillic are
written in Latin letters; of words in titles only those in Latin count.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import count

from pubcli.biblio.names import parts
from pubcli.text.normalize import fold
from pubcli.text.tex import readable
from pubcli.text.transliteration import in_latin

_INSIGNIFICANT = frozenset({
    "a", "an", "the", "on", "of", "in", "for", "to", "and", "or", "with", "without", "from", "by", "at", "as",
    "via", "into", "toward", "towards", "over", "under", "is", "are", "be", "do", "does", "can", "how", "what",
    "when", "where", "which", "why", "who", "it", "its", "this", "that",
})  # fmt: skip
_LONGEST_PART = 30


def base_key(authors: Sequence[str], year: int | None, title: str) -> str:
    """The key before collisions are settled; `nd` without a year.

    `anon` without a name, or with one of which no letter can be written in Latin.
    """
    surname = _surname(authors[0]) if authors else ""
    words = readable(title).split(None, 1)  # mostly the first word is the one, and no other is looked at
    word = words and (_significant(words[0]) or next(filter(None, map(_significant, words[-1].split())), ""))
    return f"{surname or 'anon'}{year or 'nd'}{word or ''}"


@lru_cache(maxsize=100_000)  # the first authors of the largest pages, who come back in any order
def _surname(author: str) -> str:
    family = parts(author).family
    return _plain(family) or _plain(in_latin(family))


@lru_cache(maxsize=10_000)
def _significant(word: str) -> str:
    """The word as keys have it, empty when it says too little."""
    plain = _plain(word)
    return "" if plain in _INSIGNIFICANT else plain


def assign(keys: Sequence[str], content: Callable[[int], tuple[str, ...]]) -> list[str]:
    """One distinct key for each paper, in the order given; papers that share a key get a, b, ... appended.

    `content` gives what the paper at an index says; it decides which of several is `a`.
    """
    first: dict[str, int] = {}
    shared: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        if first.setdefault(key, index) != index:
            shared.setdefault(key, [first[key]]).append(index)
    assigned, taken = list(keys), set(first)
    for key, indexes in sorted(shared.items()):
        for index, candidate in zip(sorted(indexes, key=content), disambiguated(key, taken.__contains__), strict=False):
            assigned[index] = candidate
            taken.add(candidate)
    return assigned


def disambiguated(key: str, is_taken: Callable[[str], bool]) -> Iterator[str]:
    """A key with a, b, ... appended, without those that are taken."""
    for number in count():
        if not is_taken(candidate := key + letter_suffix(number)):
            yield candidate


def letter_suffix(number: int) -> str:
    """The letters for a number from 0 on: 0 is a, 25 is z, 26 is aa, as spreadsheet columns count."""
    text = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        text = chr(ord("a") + digit) + text
    return text


def _plain(word: str) -> str:
    folded = fold(word)
    if not (folded.isascii() and folded.isalnum()):
        folded = "".join(char for char in folded if char.isascii() and char.isalnum())
    return folded[:_LONGEST_PART]
