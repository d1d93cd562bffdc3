"""Convert names as PubMed and MEDLINE write them, with the surname first, to names with the given names first.

van der Kork IM, O'Paperly M Jr; KITE Collaboration      a list: initials without full stops
O'Paperly, Max Jr                                        a full name: the suffix comes last
"""

from functools import lru_cache

from pubcli.biblio import names

_SUFFIXES = frozenset("Jr Sr 2nd 3rd 4th 5th II III IV".split())
_MOST_INITIALS = 4
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


def people(text: str) -> list[str]:
    """Return the names in a list, each with the given names first. Semicolons separate the names of groups."""
    listed: list[str] = []
    for part in filter(None, map(str.strip, text.split(";"))):
        pieces = [piece for piece in map(str.strip, part.split(",")) if piece]
        are_people = any(map(is_person, pieces))
        listed += map(given_name_first, pieces) if are_people else [part]
    return listed


def _are_initials(word: str) -> bool:
    letters = word.replace("-", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= _MOST_INITIALS
