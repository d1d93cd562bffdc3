"""Names of people as a page writes them: given names first, the surname last."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

from pubcli.text.normalize import fold, words

_SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})
_OF_COMPANIES = frozenset({"inc", "inc.", "ltd", "ltd.", "llc", "llc.", "gmbh", "corp.", "co."})
"""What may stand behind a comma in the name of a company."""
_BOUND = "\u00a0"
_BOUND_COMMA = f",{_BOUND}"
_GROUP_WORDS = frozenset(
    "agency association collaboration commission committee consortium corporation council foundation group inc. "
    "initiative institute laboratory ministry network organisation organization project society team university".split()
)
"""What the name of a group ends in, and no surname is."""
_SEMICOLON = rf";(?!{_BOUND})"
_BETWEEN = re.compile(f"{_SEMICOLON}| and ")
"""What stands between two names in one text, unless no-break spaces hold it together."""
_HOMONYM = re.compile(r" \d{4}$")

_REMEMBERED = 10_000
"""Names that are remembered: the same people write many papers."""


class Name(NamedTuple):
    """The parts of a name, each as written, empty when the name has no such part."""

    given: str
    particle: str
    family: str
    suffix: str


@lru_cache(maxsize=_REMEMBERED)
def parts(name: str) -> Name:
    """A name taken apart by BibTeX's rule for names in the order First von Last.

    Lower-case words between the first and the last word are the particle; what follows them is the surname.
    Without a particle the last word is the surname: two-word surnames are never guessed. A group or a name of
    one word is all surname, and so is what may be no name of one person: with an "and", or with a comma before
    something that is no suffix. Words with a no-break space between them, as `joined` puts there, stay together.
    """
    if _BOUND in name:
        return Name(*(part.replace(_BOUND, " ") for part in _parts(name, _words(name))))
    return _parts(name, name.split())


def _parts(name: str, words: Sequence[str]) -> Name:
    tokens, suffix = list(words), ""
    if "," in name:
        main, _, suffix = name.partition(",")
        is_told, suffix = suffix.startswith(_BOUND) and " " in main, suffix.strip()  # of a person, not of a group
        if suffix and not is_told and suffix.lower() not in _SUFFIXES:
            return Name("", "", " ".join(words), "")
        tokens = _words(main)
    if not suffix and len(tokens) > 2 and tokens[-1].lower() in _SUFFIXES:
        suffix = tokens.pop()
    if len(tokens) < 2 or tokens[0].lower() == "the" or tokens[-1].lower() in _GROUP_WORDS or _names_several(tokens):
        return Name("", "", " ".join(tokens), suffix)
    lower = [i for i, token in enumerate(tokens[:-1]) if i and _is_particle(token)]
    first, last = (lower[0], lower[-1] + 1) if lower else (len(tokens) - 1, len(tokens) - 1)
    return Name(" ".join(tokens[:first]), " ".join(tokens[first:last]), " ".join(tokens[last:]), suffix)


def _words(name: str) -> list[str]:
    """The words of a name; those with a no-break space between them are one."""
    return [word for word in re.split(r"[^\S\u00a0]+", name) if word]


def _names_several(tokens: Sequence[str]) -> bool:
    return "and" in tokens or "and" in map(str.lower, tokens)


def _is_particle(token: str) -> bool:
    """Whether the first letter is small, behind an apostrophe too: `van`, `'t`."""
    return token[0].islower() or token.lstrip("'’‘`-")[:1].islower()


@lru_cache(maxsize=_REMEMBERED)
def full_name(given: str, particle: str, family: str, suffix: str = "") -> str:
    """A name in the order in which pages write it, `First von Last, Jr`, from its parts, of which some may be empty.

    Where `parts` would find another surname, no-break spaces hold it together, Gabriel García Márquez, and hold to the
    given names what stands behind them in an index: Beethoven, Ludwig van. So they hold a suffix that is none of the
    usual ones to the comma before it: King, PhD.
    """
    given, particle, family, suffix = (" ".join(part.split()) for part in (given, particle, family, suffix))
    if not suffix and given and (behind := family.rpartition(" "))[0] and behind[2].lower() in _SUFFIXES:
        family, _, suffix = behind  # King Jr., Martin Luther
    tail = f",{' ' if suffix.lower() in _SUFFIXES else _BOUND}{suffix}" if suffix else ""
    name = " ".join(filter(None, (given, particle, family))) + tail
    if not particle and " " not in family and not (" " in given and any(map(_is_particle, given.split()[1:]))):
        return name
    found, last = parts(name), f"{particle} {family}".strip()
    if found.given == given and f"{found.particle} {found.family}".strip() == last:
        return name
    is_told = given and particle and _is_particle(particle)  # and no La of La Fontaine
    surname = f"{particle} {family.replace(' ', _BOUND)}" if is_told else last.replace(" ", _BOUND)
    return f"{_bound(given)} {surname}".strip(" ") + tail


def _bound(given: str) -> str:
    """Given names of which no word is taken for the particle of a surname."""
    first, *others = given.split() or [""]
    return "".join([first, *(f"{_BOUND if _is_particle(word) else ' '}{word}" for word in others)])


def split_dropping_particle(given: str) -> tuple[str, str]:
    """Given names, and the particles behind them, which CSL calls dropping: Ludwig and van, of Beethoven, Ludwig van.

    Who writes the first name small, as danah m. boyd does, has no such particles.
    """
    words = given.split()
    count = 0 if not words or _is_particle(words[0]) else sum(1 for _ in takewhile(_is_particle, reversed(words)))
    return (" ".join(words[:-count]), " ".join(words[-count:])) if count else (given, "")


@lru_cache(maxsize=_REMEMBERED)
def given_name_first(name: str) -> str:
    """A name in the order of pages, from that, `von Last, First`, `von Last, Jr, First` or `Last, First, Jr`.

    One with two commas of which neither stands before a suffix stays as it is, and so does one that may be a group's:
    `Simon and Schuster, Inc.`, `Ministry of Food, Agriculture and Fisheries`. EndNote has groups with a comma at the
    end, and with two for the first inside: `Bell Labs,`, `University of California,, Berkeley`.
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
    """Whether a text behind a comma belongs to the name before it: Jr., Inc.

    S.A. does behind several words, as in Petróleos de Venezuela, S.A.; Baldwin, S.A. is a person.
    """
    lower = text.lower()
    return lower in _SUFFIXES or lower in _OF_COMPANIES or (lower == "s.a." and " " in before)


def join_names(names: Sequence[str]) -> str:
    """Several names in the order of pages as one text, the inverse of `apart`: how `extra` holds editors."""
    return " and ".join(
        name.replace(" ", _BOUND) if _BETWEEN.search(name) or _in_order(name) != name else name for name in names
    )


def split_names(text: str) -> list[str]:
    """The names in a text that lists people, in the order of pages; `and` or a semicolon stands between them.

    A text without any is one name. What no-break spaces hold together stays so.
    """
    pieces = re.split(_SEMICOLON if re.search(_SEMICOLON, text) else " and ", text)
    return [_in_order(name) for piece in pieces if (name := " ".join(_words(piece)))] or [text]


def without_homonym_number(name: str) -> str:
    """A name without the number by which DBLP tells people of one name apart: `Wei Wang 0001`."""
    return _HOMONYM.sub("", name)


@lru_cache(maxsize=_REMEMBERED)
def filing_order(name: str) -> str:
    """The folded name in the order of an index, surname first: what names are sorted by."""
    given, particle, family, suffix = parts(name)
    return fold(" ".join(part for part in (family, given, particle, suffix) if part))


def distinct_authors(authors: Iterable[str]) -> dict[str, str]:
    """The authors of a paper by folded name, in their order; one that stands twice as written first."""
    names: dict[str, str] = {}
    for name in authors:
        names.setdefault(fold(name), name)
    return names


class Likeness(NamedTuple):
    """How two names, spelled in different ways, may be one person's."""

    reason: str
    by_initial: bool
    """Only an initial speaks for the first given name: it fits others too."""


def likeness(one: str, other: str) -> Likeness | None:
    """What speaks for two names being one person's; None when nothing does, or a suffix speaks against it.

    `Sze-chuan` is like `Szechuan`, `Müller` like `Mueller`, `Li Zeman` like `Zeman Li`, `Mihailo R. Jovanovic` like
    `M. Jovanovic`, and neither is like `Maria Jovanovic`.
    """
    if letters_only(one) == letters_only(other):
        return Likeness("the same letters", False)
    if _transcribed(one) == _transcribed(other):
        return Likeness("another transcription", False)
    if sorted(words(one)) == sorted(words(other)):
        return Likeness("the same words in another order", False)
    a, b = parts(one), parts(other)
    pairs = list(zip(words(a.given), words(b.given), strict=False))
    if not pairs or letters_only(a.suffix) != letters_only(b.suffix) or not _same_surname(a, b):
        return None
    if not all(x == y or (1 in (len(x), len(y)) and x[0] == y[0]) for x, y in pairs):
        return None
    if pairs[0][0] != pairs[0][1]:
        return Likeness("an initial for a given name", True)
    if any(x != y for x, y in pairs):
        return Likeness("an initial for a middle name", False)
    return Likeness("a middle name more", False)


def letters_only(text: str) -> str:
    """The folded letters and digits of a name, without anything between them."""
    return "".join(words(text))


def _transcribed(name: str) -> str:
    """The letters of a name, umlauts written in one way: fold makes u of ü, where others write ue."""
    return re.sub("(?<=[aou])e", "", letters_only(name))


def _same_surname(a: Name, b: Name) -> bool:
    particles = letters_only(a.particle), letters_only(b.particle)
    return letters_only(a.family) == letters_only(b.family) and ("" in particles or particles[0] == particles[1])
