"""Convert names as PubMed and MEDLINE write them, with the surname first, to names with the given names first.

van der Kork IM, O'Paperly M Jr; KITE Collaboration      a list: initials without full stops
O'Paperly, Max Jr                                        a full name: the suffix comes last
"""

from functools import lru_cache

from pubcli.biblio import names
from pubcli.lazy import pattern

_SUFFIXES = frozenset("Jr Sr 2nd 3rd 4th 5th II III IV".split())
_MOST_INITIALS = 4
_MOST_WORDS = 4
_LONGEST_UNCASED = 40
"""The largest number of characters of a name in a script without capitals. Longer texts are titles or sentences."""
_LONGEST_EAST_ASIAN, _LONGEST_EAST_ASIAN_WORD = 8, 4
"""The same for Chinese, Japanese and Korean, for a name with a blank after the surname and for one without."""
_NOT_IN_NAME = pattern(
    r"[^\w\s.'\u2019\u00b7\u30fb\u0300-\u036f\u0591-\u05f4\u064b-\u0652\u0900-\u0e4e\u200c\u200d-]|[\d_]"
)
_LONGEST_CAPITALS = 3
"""The largest number of letters of a surname in capitals. A longer text in capitals does not end in initials."""


@lru_cache(maxsize=10_000)
def given_name_first(name: str) -> str:
    """Return a name with the given names or initials first; a name without initials, such as a group's, unchanged."""
    family, comma, given_name = name.partition(",")
    words = (given_name if comma else name).split()
    suffix = words.pop() if len(words) > 1 and words[-1] in _SUFFIXES else ""
    if comma:
        return names.full_name(" ".join(words), "", family, suffix) if words else name
    if len(words) < 2 or not _are_initials(words[-1]):
        return name
    family = " ".join(words[:-1])
    is_group = family.isupper() and len(family) > _LONGEST_CAPITALS
    return name if is_group else names.full_name(words[-1], "", family, suffix)


def is_person(name: str) -> bool:
    """Return whether a text is a surname with initials after it: `van der Kork IM`, `O'Paperly M Jr`."""
    return "," not in name and given_name_first(name) != name


def is_uncased_name(name: str) -> bool:
    """Return whether a text may be a name in a script without capitals, which has no initials: 王某某, محمد علي.

    Names of people are short; a longer text is a title or a sentence.
    """
    if name.isascii() or len(name) > _LONGEST_UNCASED or _NOT_IN_NAME.search(name):
        return False
    lower = name.lower()
    if lower.title() != lower or len(name.split()) > _MOST_WORDS:
        return False
    if not names.has_east_asian(name):
        return True
    return len(name) <= (_LONGEST_EAST_ASIAN if " " in name or "\u30fb" in name else _LONGEST_EAST_ASIAN_WORD)


def people(text: str) -> list[str]:
    """Return the names in a list, each with the given names first. Semicolons separate the names of groups."""
    listed: list[str] = []
    for part in filter(None, map(str.strip, text.split(";"))):
        pieces = [piece for piece in map(str.strip, part.split(",")) if piece]
        are_people = any(is_person(piece) or is_uncased_name(piece) for piece in pieces)
        listed += map(given_name_first, pieces) if are_people else [part]
    return listed


def _are_initials(word: str) -> bool:
    letters = word.replace("-", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= _MOST_INITIALS
