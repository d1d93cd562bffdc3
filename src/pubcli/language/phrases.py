"""Extract the words and phrases of a text. Forms that differ only in hyphens or plural endings count as one phrase.

A phrase is a sequence of one to four words. Stop words, punctuation, numbers, single letters, formulas and web
addresses separate phrases, as in RAKE (Rose, Engel, Cramer and Cowley 2010, Automatic keyword extraction from
individual documents). A hyphenated word is one word, and stemming merges the forms of a word: `min-max game` and
`minmax games` are the same phrase.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from pubcli.lazy import pattern
from pubcli.text.normalize import fold
from pubcli.text.tex import prose

MAX_WORDS = 4
"""Maximum number of words in a phrase."""

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
"""Words that separate phrases: function words, and words of abstracts on any subject (`propose`, `results`)."""

_GENERAL = frozenset(
    """
    accuracy art baseline baselines bound bounds class condition conditions current data dataset datasets deep
    design desired different distribution distributions first four function functions general global high higher
    large larger learning least level linear local loss low lower machine model models multiple natural network
    networks number one optimal optimization order parameter parameters performance question rate rates real scale
    second set sets similar single six small standard state strong system systems third three time training two value
    world
    """.split()
)
"""Words that are common in abstracts on any subject. Alone they are not phrases, but they may be parts of phrases."""

_GENERAL_PHRASES = (
    "upper bound", "lower bound", "objective function", "loss function", "cost function", "convergence rate",
    "gradient descent", "stochastic gradient", "stochastic gradient descent", "linear regression",
    "logistic regression", "strongly convex", "closed form", "false positive", "false negative", "false alarm",
    "confidence interval", "credible interval", "error model", "time series", "sample size", "sample complexity",
    "random variable", "standard deviation", "cross-validation", "monte carlo", "ground truth", "mean square error",
    "root mean square", "degrees of freedom", "numerical experiment", "extensive experiment", "computational cost",
    "lead time", "regression model", "statistical model", "linear model", "error rate", "noise level",
    "signal processing",
)  # fmt: skip
"""Phrases of mathematics and of any empirical work; they say little about what a person works on."""

_TOKEN = pattern(r"[^\W_]+(?:['\-][^\W_]+)*|[^\w\s]|_")
"""Matches a word, which may contain hyphens and apostrophes, or a punctuation mark."""
_CHARACTERS = str.maketrans({"\u2019": "'", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u00ad": None})
_CACHED_STEMS = 1 << 17
"""Number of words whose stems are cached."""


def phrases(text: str) -> list[str]:
    """Return the phrases of a text, each as often as it occurs. A phrase is written as stems separated by blanks."""
    occurrences: list[str] = []
    ending: list[str] = []
    for stem in map(_stem, _TOKEN.findall(_plain(text))):
        if stem is None:
            ending = []
            continue
        ending = [f"{phrase} {stem}" for phrase in ending[1 - MAX_WORDS :]]
        occurrences += ending
        ending.append(stem)
        if stem not in _GENERAL_STEMS:
            occurrences.append(stem)
    return occurrences


def spelled_phrases(text: str) -> Iterator[tuple[str, str]]:
    """Yield the `phrase_key` of each phrase of a text, and the phrase as it is spelled there."""
    text = _plain(text)
    ending: list[tuple[str, int]] = []
    for token in _TOKEN.finditer(text):
        stem = _stem(token[0])
        if stem is None:
            ending = []
            continue
        ending = [(f"{phrase} {stem}", start) for phrase, start in ending[1 - MAX_WORDS :]]
        ending.append((stem, token.start()))
        for phrase, start in ending if stem not in _GENERAL_STEMS else ending[:-1]:
            yield phrase_key(phrase), " ".join(text[start : token.end()].split())


def phrase_key(phrase: str) -> str:
    """Return a key for a phrase. Phrases that differ only in blanks and hyphens have the same key."""
    return phrase.replace(" ", "").replace("-", "")


def is_content_word(word: str) -> bool:
    """Return whether a word, as folded by `normalize.fold`, can be a phrase by itself."""
    return not _separates_phrases(word) and word not in _GENERAL


def is_general(phrase: str) -> bool:
    """Return whether a phrase is common in abstracts on any quantitative subject, or all of its words are general."""
    stems = phrase.split()
    return phrase in _GENERAL_PHRASE_STEMS or all("-" in stem or stem in _GENERAL_STEMS for stem in stems)


def distinctive_stems(stems: Sequence[str]) -> list[str]:
    """Return the stems of a phrase that are neither general nor part of a general phrase inside it.

    `strongly convex` is such a general phrase, so only the third stem of `strongly convex game` is returned.
    """
    pairs = combinations(range(len(stems) + 1), 2)
    parts = [stems[start:stop] for start, stop in pairs if " ".join(stems[start:stop]) in _GENERAL_PHRASE_STEMS]
    return [stem for stem in stems if not is_general(stem) and not any(stem in part for part in parts)]


def _plain(text: str) -> str:
    return prose(text).translate(_CHARACTERS)


@lru_cache(maxsize=_CACHED_STEMS)
def _stem(token: str) -> str | None:
    """Return the stem of a word, or None if the word separates phrases.

    A word whose parts are all general keeps its hyphens, so that `is_general` recognises it: `large-scale`.
    """
    word = fold(token).removesuffix("'s").replace("'", "")
    parts = word.split("-")
    if all(map(_separates_phrases, parts)):
        return None
    if len(parts) > 1 and all(_separates_phrases(part) or part in _GENERAL for part in parts):
        return None if any(map(_separates_phrases, parts[1:])) else "-".join(map(stem, parts))
    return stem("".join(parts))


def _separates_phrases(word: str) -> bool:
    return len(word) < 2 or word.isdecimal() or word in _STOP or stem(word) in _STOP


def stem(word: str) -> str:
    """Return the singular of a folded word, with the S-stemmer of Harman (1991, How effective is suffixing?)."""
    if word.endswith("ies") and word[-4:-3] not in ("", "e", "a"):
        return f"{word[:-3]}y"
    if word.endswith("es") and word[-3:-2] not in ("", "a", "e", "o"):
        return word[:-1]
    if len(word) > 3 and word.endswith("s") and word[-2] not in "us":
        return word[:-1]
    return word


_GENERAL_STEMS = frozenset(map(stem, _GENERAL))
_GENERAL_PHRASE_STEMS = frozenset(" ".join(map(stem, phrase.replace("-", "").split())) for phrase in _GENERAL_PHRASES)
