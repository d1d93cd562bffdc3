"""Derive citation keys such as `lowy2022private`, from surname, year and the first significant word of the title.

A key depends only on the paper itself, not on the position of the paper, so a new order of the papers changes no key.
Derived keys contain only `[a-z0-9]`, so every bibliographic format accepts them. Greek and Cyrillic surnames are
transliterated. Words of a title in other alphabets than Latin are skipped.

A key that the file states is not derived: it stays as it is, because manuscripts cite it.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from itertools import count

from pubcli.biblio.names import parts
from pubcli.lazy import pattern
from pubcli.text.normalize import fold
from pubcli.text.readable import readable
from pubcli.text.transliteration import in_latin

_INSIGNIFICANT = frozenset({
    "a", "an", "the", "on", "of", "in", "for", "to", "and", "or", "with", "without", "from", "by", "at", "as",
    "via", "into", "toward", "towards", "over", "under", "is", "are", "be", "do", "does", "can", "how", "what",
    "when", "where", "which", "why", "who", "it", "its", "this", "that",
})  # fmt: skip
_LONGEST_PART = 30
_LONGEST_KEY = 300
_FORBIDDEN = pattern(r"[\s\"#%,={}\\~]")
"""Characters that a key cannot contain.

Blanks, commas and braces end a key in BibTeX. The argument of \\cite cannot contain `#%\\~`. An entry with `=` in its
key would look like an entry without a key."""


def is_valid(key: str) -> bool:
    r"""Return whether a text can be the key of an entry in BibTeX and be used in \cite.

    Letters of all scripts, digits and nearly all punctuation are allowed: `müller2010`, `10.1145/3292500`, `a/b+c`.
    """
    if key.isalnum():  # fast path for nearly all keys
        return len(key) <= _LONGEST_KEY
    return 0 < len(key) <= _LONGEST_KEY and key.isprintable() and not _FORBIDDEN.search(key)


def base_key(authors: Sequence[str], year: int | None, title: str) -> str:
    """Return the key of a paper before letters are added to equal keys.

    The key contains `nd` if the year is unknown. It begins with `anon` if there is no author, or if the first author's
    surname cannot be written in Latin letters.
    """
    surname = _surname(authors[0]) if authors else ""
    words = readable(title).split(None, 1)  # usually the first word is significant, and the rest is not examined
    word = words and (_significant(words[0]) or next(filter(None, map(_significant, words[-1].split())), ""))
    return f"{surname or 'anon'}{year or 'nd'}{word or ''}"


@lru_cache(maxsize=100_000)  # enough for all first authors of the largest pages
def _surname(author: str) -> str:
    family = parts(author).family
    return _plain(family) or _plain(in_latin(family))


@lru_cache(maxsize=10_000)
def _significant(word: str) -> str:
    """Return a word of a title as citation keys contain it, in lower case and without accents or punctuation.

    Return an empty text for an insignificant word such as `the`.
    """
    plain = _plain(word)
    return "" if plain in _INSIGNIFICANT else plain


def assign(
    keys: Sequence[str], content: Callable[[int], tuple[str, ...]], stated: Collection[int] = frozenset()
) -> list[str]:
    """Return a unique citation key for each paper. `keys` contains one key for each paper.

    `stated` are the indexes of the papers whose key the file states. Of papers with the same key, the first one with a
    stated key keeps it, as in BibTeX, which ignores later entries with the same key. The other papers get the letters
    a, b and so on. First come the papers with a stated key, in the order of the file. Then come those with a derived
    key, sorted by the result of `content` for their index. If no paper states the key, all of them get letters.
    """
    first: dict[str, int] = {}
    shared: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        if first.setdefault(key, index) != index:
            shared.setdefault(key, [first[key]]).append(index)
    assigned, used_keys = list(keys), set(first)
    for key, indexes in sorted(shared.items()):
        from_file = [index for index in indexes if index in stated]
        derived = sorted((index for index in indexes if index not in stated), key=content)
        with_letter = [*from_file[1:], *derived]
        for index, candidate in zip(with_letter, disambiguated(key, used_keys.__contains__), strict=False):
            assigned[index] = candidate
            used_keys.add(candidate)
    return assigned


def disambiguated(key: str, is_taken: Callable[[str], bool]) -> Iterator[str]:
    """Yield `key` with the letter a appended, then with b, and so on without end. Skip keys that are already taken."""
    for number in count():
        if not is_taken(candidate := key + letter_suffix(number)):
            yield candidate


def first_free(key: str, is_taken: Callable[[str], bool]) -> str:
    """Return `key` with the first letter suffix that is not taken, with few calls of `is_taken`.

    Thousands of papers may share a key, so the suffixes are not tried one by one: the search doubles its step until a
    suffix is free, and then halves it. If suffixes between taken ones are free, any free suffix may be returned.
    """
    taken, free = -1, 0
    while is_taken(key + letter_suffix(free)):
        taken, free = free, 2 * free + 1
    while free - taken > 1:
        middle = (taken + free) // 2
        taken, free = (middle, free) if is_taken(key + letter_suffix(middle)) else (taken, middle)
    return key + letter_suffix(free)


def letter_suffix(number: int) -> str:
    """Return the letters for a number, counted from 0, as in spreadsheet columns: 0 is a, 25 is z, 26 is aa."""
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
