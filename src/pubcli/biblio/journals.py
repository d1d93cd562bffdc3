"""Compare the names of journals, which sources abbreviate in many ways, and recognise archives of preprints."""

import re
from collections.abc import Sequence

from pubcli.lazy import pattern
from pubcli.text.normalize import words

_ARCHIVE = pattern(
    r"(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|techrxiv|psyarxiv|socarxiv|ssrn|research square|preprints?|eprint)\b",
    re.IGNORECASE,
)
_CONNECTIVES = frozenset("the of and in on for an de la le des du et der die das und fur di del".split())


def is_archive(venue: str | None) -> bool:
    """Return whether a venue is an archive of preprints: `arXiv preprint arXiv:2203.06735`, `CoRR`."""
    return bool(venue and _ARCHIVE.match(venue.strip()))


def differ(venue: str | None, other: str | None) -> bool:
    """Return whether two names are certainly those of different journals.

    A name may be abbreviated (`J. Mach. Learn. Res.`), may lack words, or may be an acronym (`JMLR`).
    """
    if not venue or not other:
        return False
    first, second = sorted((_words(venue), _words(other)), key=len)
    if not first or set(first) <= set(second) or _is_acronym(first, second):
        return False
    return not _abbreviates(first, second)


def _words(venue: str) -> list[str]:
    return [word for word in words(venue) if word not in _CONNECTIVES]


def _is_acronym(name: Sequence[str], full: Sequence[str]) -> bool:
    """Return whether a name is one word that consists of initials of the words of the full name, in order."""
    initials = iter(word[0] for word in full)
    return len(name) == 1 and len(full) > 1 and all(letter in initials for letter in name[0])


def _abbreviates(name: Sequence[str], full: Sequence[str]) -> bool:
    """Return whether each word of a name begins like a word of the full name, in the same order."""
    rest = iter(full)
    return all(any(_is_short_for(word, other) for other in rest) for word in name)


def _is_short_for(word: str, other: str) -> bool:
    short, long = sorted((word, other), key=len)
    if long.startswith(short):
        return True
    letters = iter(long)  # contractions such as `Natl` for National keep the first letter
    return len(short) > 2 and short[0] == long[0] and all(letter in letters for letter in short)
