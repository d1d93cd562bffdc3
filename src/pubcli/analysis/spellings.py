"""Group spellings of one name: of a venue, a publisher, a keyword or an organisation.

Names are one if they differ only in case, accents, punctuation, `&` and articles, or if a record states that one of
them is the abbreviation of the other. Other names that look like abbreviations may be those of different journals, so
they are counted apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pubcli.text.normalize import words

_ARTICLES = frozenset(("the", "and"))


def spelling_key(name: str) -> str:
    """Return a text that is equal for names that differ only in case, accents, punctuation, `&` and articles."""
    all_words = words(name)
    return " ".join([word for word in all_words if word not in _ARTICLES] or all_words) or name.casefold()


def preferred_spellings(counts: Mapping[str, int], abbreviations: Iterable[tuple[str, str]] = ()) -> dict[str, str]:
    """Return a dictionary from each name to the spelling that replaces it. Names that stay as they are, are left out.

    `counts` has the number of papers of each name. The most frequent spelling of a group replaces the others, unless it
    is in capitals and another one is not. `abbreviations` are pairs of a short and a full name that records state. A
    short name with several full names is not replaced.
    """
    groups = defaultdict(list)
    for name in counts:
        groups[spelling_key(name)].append(name)
    for short, full in _unambiguous(abbreviations).items():
        if short in groups and full in groups and short != full:
            groups[full].extend(groups.pop(short))
    return {
        name: preferred
        for names in groups.values()
        if len(names) > 1
        for preferred in [_preferred(names, counts)]
        for name in names
        if name != preferred
    }


def _preferred(names: Sequence[str], counts: Mapping[str, int]) -> str:
    """Choose the spelling of a group: a full name rather than an abbreviation, small letters rather than capitals."""
    longest = max(map(len, names))
    return min(names, key=lambda name: (len(name) < _SHORT * longest, name.isupper(), -counts[name], name))


_SHORT = 0.8
"""A name is an abbreviation if it is shorter than this share of the longest spelling."""


def _unambiguous(abbreviations: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the key of the full name for the key of each short name that has only one; chains are left out."""
    fulls = defaultdict(set)
    for short, full in abbreviations:
        fulls[spelling_key(short)].add(spelling_key(full))
    single = {short: full for short, (full, *others) in fulls.items() if not others and short != full}
    return {short: full for short, full in single.items() if full not in single}
