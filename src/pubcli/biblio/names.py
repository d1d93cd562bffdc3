"""Split, convert and compare people's names. The given names come first and the surname last.

Two words that belong together, such as `García Márquez`, may be joined by a no-break space.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile

from pubcli.lazy import NamedTuple, pattern, re
from pubcli.text.normalize import fold, words

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_COMPANY_SUFFIXES = frozenset({"inc", "inc.", "ltd", "ltd.", "llc", "llc.", "gmbh", "corp.", "co."})
"""Words that may follow a comma in the name of a company."""
_BOUND = "\u00a0"
_BOUND_COMMA = f",{_BOUND}"
_GROUP_WORDS = frozenset(
    "agency association collaboration commission committee consortium corporation council foundation group inc. "
    "initiative institute laboratory ministry network organisation organization project society team university".split()
)
"""Last words of the names of groups, such as committees. None of these words is a surname."""
_SPECIAL_WORDS = _SUFFIXES | _GROUP_WORDS | {"the", "and"}
"""Words for which a name is not split before its last word."""
_SEMICOLON = rf";(?!{_BOUND})"
_BETWEEN = pattern(f"{_SEMICOLON}| and ")
"""Separators between the names in a text. A separator next to a no-break space is part of a name instead."""
_EAST_ASIAN_LETTERS = (
    "\u1100-\u11ff\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Letters of Chinese, Japanese and Korean, also the parts into which folding splits Korean syllables."""
_EAST_ASIAN = pattern(f"[{_EAST_ASIAN_LETTERS}]+")
_EAST_ASIAN_LETTER = pattern(f"[{_EAST_ASIAN_LETTERS}]")
_EAST_ASIAN_BLANK = pattern(f"(?<=[{_EAST_ASIAN_LETTERS}]) +(?=[{_EAST_ASIAN_LETTERS}])")
_KATAKANA = pattern("[\u30a1-\u30ff]+")
_HOMONYM = pattern(r" \d{4}$")

_CACHED = 10_000
"""The largest number of names in a cache. A cache saves time, because the same people write many papers."""


class Name(NamedTuple):
    """The parts of a name, each as written; a missing part is empty."""

    given_name: str
    particle: str
    family: str
    suffix: str


@lru_cache(maxsize=_CACHED)
def parts(name: str) -> Name:
    """Split a name by BibTeX's rule for names in the order First von Last.

    Lower-case words between the first and the last word are the particle; the words after them are the surname.
    Without a particle, the last word is the surname: two-word surnames are never guessed. In Chinese, Japanese and
    Korean writing, the first of two words is the surname. The whole name is the surname if it has one word, or if it is
    the name of a group. A text that may name several people counts as a surname too: a text with "and", or with a comma
    that is not followed by a suffix such as Jr. Words that `full_name` joined by a no-break space stay together.
    """
    if _BOUND in name:
        return Name(*(part.replace(_BOUND, " ") for part in _parts(name, _words(name))))
    return _parts(name, name.split())


_CAPITALISED_WORDS = pattern(r"[A-Z][a-z]+(?: [A-Z](?:\.|[a-z]+))* [A-Z][a-z]+")
"""Matches most names: words that begin with a capital, and initials."""


def _parts(name: str, words: Sequence[str]) -> Name:
    if _CAPITALISED_WORDS.fullmatch(name) and not _SPECIAL_WORDS.intersection(name.lower().split()):
        given_name, _, family = name.rpartition(" ")
        return Name(given_name, "", family, "")
    tokens, suffix = list(words), ""
    if "," in name:
        main, _, suffix = name.partition(",")
        # In the name of a group, all spaces are no-break spaces. So an ordinary space shows that this is a person.
        is_bound, suffix = suffix.startswith(_BOUND) and " " in main, suffix.strip()
        if suffix and not is_bound and suffix.lower() not in _SUFFIXES:
            return Name("", "", " ".join(words), "")
        tokens = _words(main)
    if not suffix and len(tokens) > 2 and tokens[-1].lower() in _SUFFIXES:
        suffix = tokens.pop()
    if (
        len(tokens) < 2
        or tokens[0].lower() == "the"
        or tokens[-1].lower() in _GROUP_WORDS
        or _names_several_people(tokens)
    ):
        return Name("", "", " ".join(tokens), suffix)
    if len(tokens) == 2 and _is_surname_first(*tokens):
        return Name(tokens[1], "", tokens[0], suffix)
    lower = [i for i, token in enumerate(tokens[:-1]) if i and _is_particle(token)]
    first, last = (lower[0], lower[-1] + 1) if lower else (len(tokens) - 1, len(tokens) - 1)
    return Name(" ".join(tokens[:first]), " ".join(tokens[first:last]), " ".join(tokens[last:]), suffix)


def _is_surname_first(family: str, given_name: str) -> bool:
    """Return whether a name is in Chinese, Japanese or Korean writing, in which the surname comes first.

    A name in katakana alone is the transcription of a foreign name, which keeps its order.
    """
    name = family + given_name
    return not name.isascii() and _EAST_ASIAN.fullmatch(name) is not None and not _KATAKANA.fullmatch(name)


def has_east_asian(text: str) -> bool:
    """Return whether a text contains a letter of Chinese, Japanese or Korean."""
    return not text.isascii() and _EAST_ASIAN_LETTER.search(text) is not None


def _words(name: str) -> list[str]:
    """Return the words of a name; words joined by a no-break space count as one."""
    return [word for word in re.split(r"[^\S\u00a0]+", name) if word]


def _names_several_people(tokens: Sequence[str]) -> bool:
    return "and" in tokens or "and" in map(str.lower, tokens)


def _is_particle(token: str) -> bool:
    """Return whether a word begins with a lower-case letter, perhaps after an apostrophe: `van`, `'t`."""
    return token[0].islower() or token.lstrip("'’‘`-")[:1].islower()


@lru_cache(maxsize=_CACHED)
def full_name(given_name: str, particle: str, family: str, suffix: str = "") -> str:
    """Return a name in the order `First von Last, Jr` from its parts, which may be empty.

    In Chinese, Japanese and Korean writing, the surname comes first: 王 某某. Words are joined by no-break spaces if
    `parts` could not find the same given names and surname without them. This concerns a surname of two words (Gabriel
    García Márquez), a particle that an index puts after the given names (Beethoven, Ludwig van), and an unusual suffix
    with the comma before it (King, PhD).
    """
    given_name, particle, family, suffix = (" ".join(part.split()) for part in (given_name, particle, family, suffix))
    if not suffix and given_name and (last_word := family.rpartition(" "))[0] and last_word[2].lower() in _SUFFIXES:
        family, _, suffix = last_word  # King Jr., Martin Luther
    if not particle and _is_surname_first(family, given_name) and given_name:
        return f"{family} {given_name}"
    tail = f",{' ' if suffix.lower() in _SUFFIXES else _BOUND}{suffix}" if suffix else ""
    name = " ".join(filter(None, (given_name, particle, family))) + tail
    if (
        not particle
        and " " not in family
        and not (" " in given_name and any(map(_is_particle, given_name.split()[1:])))
    ):
        return name
    split, last = parts(name), f"{particle} {family}".strip()
    if split.given_name == given_name and f"{split.particle} {split.family}".strip() == last:
        return name
    has_particle = given_name and particle and _is_particle(particle)  # not for the La of La Fontaine
    surname = f"{particle} {family.replace(' ', _BOUND)}" if has_particle else last.replace(" ", _BOUND)
    return f"{_bound(given_name)} {surname}".strip(" ") + tail


def _bound(given_name: str) -> str:
    """Join given names by no-break spaces where `parts` would otherwise read a word as the particle of the surname."""
    first, *others = given_name.split() or [""]
    return "".join([first, *(f"{_BOUND if _is_particle(word) else ' '}{word}" for word in others)])


def split_dropping_particle(given_name: str) -> tuple[str, str]:
    """Split given names from the particles after them (CSL's dropping particles): `Ludwig van` into Ludwig and van.

    If the given names begin with a small letter, as in danah m. boyd, the particle is empty.
    """
    words = given_name.split()
    count = 0 if not words or _is_particle(words[0]) else sum(1 for _ in takewhile(_is_particle, reversed(words)))
    return (" ".join(words[:-count]), " ".join(words[-count:])) if count else (given_name, "")


@lru_cache(maxsize=_CACHED)
def given_name_first(name: str) -> str:
    """Return a name with the given names first, from `von Last, First`, `von Last, Jr, First` or `Last, First, Jr`.

    A name is not changed if it is already in this order, if it has two commas but no suffix, or if it may name a group:
    `Simon and Schuster, Inc.`, `Ministry of Food, Agriculture and Fisheries`. EndNote adds a comma at the end of a
    group's name, or doubles the comma inside the name: `Bell Labs,`, `University of California,, Berkeley`. The added
    comma is removed.
    """
    return _in_order(" ".join(name.split()))


def _in_order(name: str) -> str:
    if "," not in name or _BOUND_COMMA in name:
        return name
    if ",," in name:
        return full_name("", "", name.replace(",,", ",", 1))
    if name.endswith(","):
        return _in_order(name[:-1]) if "," in name[:-1] else full_name("", "", name[:-1])
    first, *others = (part.strip() for part in name.split(",", 2))
    if len(others) == 1:
        return name if is_suffix(others[0], first) or " and " in others[0] else full_name(others[0], "", first)
    if others[1].lower() in _SUFFIXES:
        return full_name(others[0], "", first, others[1])
    return full_name(others[1], "", first, others[0]) if others[0].lower() in _SUFFIXES else name


def is_suffix(text: str, before: str) -> bool:
    """Return whether the text after a comma is part of the name before it: Jr., Inc.

    S.A. is a suffix only after several words, as in Petróleos de Venezuela, S.A.; but Baldwin, S.A. is a person.
    """
    lower = text.lower()
    return lower in _SUFFIXES or lower in _COMPANY_SUFFIXES or (lower == "s.a." and " " in before)


def join_names(names: Sequence[str]) -> str:
    """Return names as one text that `split_names` can split again; `extra` stores editors in this form."""
    return " and ".join(
        name.replace(" ", _BOUND) if _BETWEEN.search(name) or _in_order(name) != name else name for name in names
    )


def split_names(text: str) -> list[str]:
    """Return the names in a text that separates people by `and` or semicolons, each with the given names first.

    A text without separators is one name. Words joined by no-break spaces stay together.
    """
    pieces = re.split(_SEMICOLON if re.search(_SEMICOLON, text) else " and ", text)
    return [_in_order(name) for piece in pieces if (name := " ".join(_words(piece)))] or [text]


def without_homonym_number(name: str) -> str:
    """Return a name without DBLP's homonym number: `Wei Wang 0001` is Wei Wang."""
    return _HOMONYM.sub("", name)


@lru_cache(maxsize=_CACHED)
def filing_order(name: str) -> str:
    """Return a sort key for a name: the name with the surname first, without accents and in lower case."""
    given_name, particle, family, suffix = parts(name)
    return fold(" ".join(part for part in (family, given_name, particle, suffix) if part))


def name_key(name: str) -> str:
    """Return a text that is equal for spellings of one name that differ only in case, accents and East Asian blanks.

    In Chinese, Japanese and Korean writing, a blank after the surname may be left out: 王 某某 is 王某某.
    """
    folded = fold(name)
    return folded if folded.isascii() or " " not in folded else _EAST_ASIAN_BLANK.sub("", folded)


def distinct_authors(authors: Iterable[str]) -> dict[str, str]:
    """Return the distinct names in `authors`, in the same order. Names with equal keys are equal (see `name_key`).

    The result is a dictionary from the key of each name to its first spelling.
    """
    names: dict[str, str] = {}
    for name in authors:
        names.setdefault(name_key(name), name)
    return names


def is_same_person(a: str, b: str) -> bool:
    """Return whether two names on lists of the same paper belong to one person."""
    if a == b or name_key(a) == name_key(b):
        return True
    name, other_name = parts(a), parts(b)
    if fold(name.family) != fold(other_name.family) or not (name.given_name and other_name.given_name):
        return False
    pairs = zip(_given_names(name), _given_names(other_name), strict=False)
    return all(x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in pairs)


_MOST_INITIALS = 3


def _given_names(name: Name) -> list[str]:
    """Return the given names and initials of a person in lower case: `jean p` for `Jean-P.`, `e j` for `EJ`."""
    if name.family.isupper():  # ANNA BOW
        return words(name.given_name)
    texts = name.given_name.split()
    spaced = [" ".join(text) if text.isupper() and 1 < len(text) <= _MOST_INITIALS else text for text in texts]
    return words(" ".join(spaced))


class Likeness(NamedTuple):
    """Evidence that two different spellings are one person's name."""

    reason: str
    by_initial: bool
    """Whether the first given names match only by an initial, which may also stand for other names."""


def likeness(name: str, other_name: str) -> Likeness | None:
    """Return the evidence that two names belong to one person; None if there is no evidence, or if the suffixes differ.

    `Sze-chuan` matches `Szechuan`, `Müller` matches `Mueller`, `Li Zeman` matches `Zeman Li`, `Mihailo R. Jovanovic`
    matches `M. Jovanovic` but not `Maria Jovanovic`.
    """
    if letters_only(name) == letters_only(other_name):
        return Likeness("the same letters", False)
    if _transcribed(name) == _transcribed(other_name):
        return Likeness("another transliteration", False)
    if sorted(words(name)) == sorted(words(other_name)):
        return Likeness("the same words in another order", False)
    a, b = parts(name), parts(other_name)
    pairs = list(zip(_given_names(a), _given_names(b), strict=False))
    if not pairs or letters_only(a.suffix) != letters_only(b.suffix) or not _same_surname(a, b):
        return None
    if not all(x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in pairs):
        return None
    if pairs[0][0] != pairs[0][1]:
        return Likeness("an initial for a given name", True)
    if any(x != y for x, y in pairs):
        return Likeness("an initial for a middle name", False)
    return Likeness("an additional middle name", False)


def letters_only(text: str) -> str:
    """Return the letters and digits of a name, in lower case, without accents, blanks and punctuation."""
    return "".join(words(text))


def _transcribed(name: str) -> str:
    """Return the letters of a name without an e after a, o or u: `Mueller` becomes `muller`, as `Müller` does."""
    return re.sub("(?<=[aou])e", "", letters_only(name))


def _same_surname(a: Name, b: Name) -> bool:
    particles = letters_only(a.particle), letters_only(b.particle)
    return letters_only(a.family) == letters_only(b.family) and ("" in particles or particles[0] == particles[1])
