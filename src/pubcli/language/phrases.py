"""Words and phrases of a text, the same however they are written.

A phrase is up to four words side by side, without stop words, as in the candidates of RAKE (Rose, Engel, Cramer and
Cowley 2010, Automatic keyword extraction from individual documents): stop words, punctuation, numbers, single letters,
formulas and web addresses are what no phrase goes across. Words that hyphens join are one word, and all forms of a word
are one: `min-max game`, `minmax games`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pubcli.text.normalize import fold
from pubcli.text.tex import prose

LONGEST = 4
"""Words in a phrase."""

_STOP = frozenset(
    """
    about above achieve achieved achieves achieving across addition additional additionally address addresses
    addressing after again against aim aims al algorithm algorithms all allow allowing allows almost along
    already also although always among an analysis analyze and another any application applications applied
    apply approach approaches approximately are argue arises around as assume assumption assumptions at attain
    attains available away based be because become becomes been before being below best better between beyond
    both but by called can cannot capture case cases certain challenge challenges challenging common commonly
    compared competitive comprehensive confirm consider considered considering construct contrast crucial
    currently demonstrate demonstrates demonstrating depends derive despite develop developed did difficult
    difficulty directly discuss do does doing done down due during each easily easy effective effectively
    effectiveness efficient efficiently eg either else empirical empirically enable enables enabling end enough
    ensure entire especially essential establish establishing et etc evaluate evaluated even ever every evidence
    examine example exhibit exhibits existing experiment experimental experiments explore explores extend
    extends extension extensive extensively extent fact few finally find focus following for found framework
    from full fully fundamental further furthermore generally get gets give given gives goal goals good got
    great guarantee guarantees hard has have having hence here hereby highly how however huge idea identifies
    identify ie if illustrate illustrates implies important importantly improve improved improves in including
    increase increasing incur incurs insight insights inspired instead interestingly into introduce introduces
    investigate investigates is it its itself jointly just key known lack lead leading leads led less let
    leverage like literature main mainly major make makes making many may means method methods might minor
    mitigate modern more moreover most motivated much must namely near nearly need needs never nevertheless new
    no non nonetheless nor not notably note novel now numerical obtain obtained obtaining obtains of off offer
    offering offers often on ones only open optimally or other others otherwise our out outperform outperforms
    over overall overcome own paper paradigm particular particularly past per perform performs popular possible
    possibly potential practical practice present presents previous previously prior problem problems promising
    proof propose proposed proposes prove proven provide provided provides range rather recent recently reduce
    reduced reduces reducing related relatively relies rely relying remain remains require requires research
    respect respectively result resulting results rigorous rigorously role same see setting settings several
    shall should show showing shown shows significant significantly simple simply simultaneously since so
    solution solutions solve solving some specific specifically still studied studies study successful
    successfully such suffer suffers sufficient suggest superior surprisingly tackle task tasks technique
    techniques term terms than that the their them then theoretical theoretically theory there thereby therefore
    thereof these they this those through throughout thus to together too toward towards turn type typical
    typically under understand understanding unfortunately unlike until up upon us use used useful uses using
    usually validate validates variety various vary verify very via was way we well were what when where whereas
    whether which while who whole whose why wide widely will with within without work works would yet yield
    yielding yields you your
    """.split()
)
"""Words that hold a sentence together, and what every abstract says of itself."""

_GENERAL = frozenset(
    """
    accuracy art baseline baselines bound bounds class condition conditions current data dataset datasets deep
    design desired different distribution distributions first four function functions general global high higher
    large larger learning least level linear local loss low lower machine model models multiple natural network
    networks number one optimal order parameter parameters performance question rate rates real scale second set
    sets similar single six small standard state strong system systems third three time training two value world
    """.split()
)
"""Words that many abstracts have, whatever they are about: they tell nothing alone, but may be part of a phrase."""

_PIECE = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*|[^\w\s]|_")
"""A word, with hyphens and apostrophes inside, or a sign, which no phrase goes across."""
_SIGNS = str.maketrans({"\u2019": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u00ad": None})
_REMEMBERED = 1 << 17
"""Words whose stems are kept at hand."""


def phrases(text: str) -> list[str]:
    """The phrases of a text as stems with blanks between them, each as often as it occurs."""
    found: list[str] = []
    ending: list[str] = []
    for stem in map(_stem, _PIECE.findall(_plain(text))):
        if stem is None:
            ending = []
            continue
        ending = [f"{phrase} {stem}" for phrase in ending[1 - LONGEST :]]
        found += ending
        ending.append(stem)
        if stem not in _GENERAL_STEMS:
            found.append(stem)
    return found


def spelled_phrases(text: str) -> Iterator[tuple[str, str]]:
    """The same phrases, each as `joined` has it, with the words as they stand there."""
    text = _plain(text)
    ending: list[tuple[str, int]] = []
    for piece in _PIECE.finditer(text):
        stem = _stem(piece[0])
        if stem is None:
            ending = []
            continue
        ending = [(f"{phrase} {stem}", start) for phrase, start in ending[1 - LONGEST :]]
        ending.append((stem, piece.start()))
        for phrase, start in ending if stem not in _GENERAL_STEMS else ending[:-1]:
            yield phrase_key(phrase), " ".join(text[start : piece.end()].split())


def phrase_key(phrase: str) -> str:
    """What phrases have in common that differ in blanks and hyphens only."""
    return phrase.replace(" ", "").replace("-", "")


def is_content_word(word: str) -> bool:
    """Whether a folded word says something of a subject when it stands alone."""
    return not _parts_phrases(word) and word not in _GENERAL


def is_general(phrase: str) -> bool:
    """Whether each word of a phrase is one that many abstracts have."""
    return all("-" in stem or stem in _GENERAL_STEMS for stem in phrase.split())


def _plain(text: str) -> str:
    return prose(text).translate(_SIGNS)


@lru_cache(maxsize=_REMEMBERED)
def _stem(piece: str) -> str | None:
    """The stem of a word, None for what no phrase goes across; of general words that hyphens join, with the hyphens."""
    word = fold(piece).removesuffix("'s").replace("'", "")
    parts = word.split("-")
    if all(map(_parts_phrases, parts)):
        return None
    if len(parts) > 1 and all(_parts_phrases(part) or part in _GENERAL for part in parts):
        return None if any(map(_parts_phrases, parts[1:])) else "-".join(map(stem, parts))
    return stem("".join(parts))


def _parts_phrases(word: str) -> bool:
    return len(word) < 2 or word.isdecimal() or word in _STOP or stem(word) in _STOP


def stem(word: str) -> str:
    """A folded word in the singular, by the S-stemmer of Harman (1991, How effective is suffixing?)."""
    if word.endswith("ies") and word[-4:-3] not in ("", "e", "a"):
        return f"{word[:-3]}y"
    if word.endswith("es") and word[-3:-2] not in ("", "a", "e", "o"):
        return word[:-1]
    if len(word) > 3 and word.endswith("s") and word[-2] not in "us":
        return word[:-1]
    return word


_GENERAL_STEMS = frozenset(map(stem, _GENERAL))
