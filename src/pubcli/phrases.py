"""What papers are about: words and short phrases, by the number of papers that hold them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log

from pubcli.text import WORD, fold

LONGEST = 3
"""Words in a phrase."""
_WEIGHTS = (0.5, 1.0, 1.2)
"""How much a phrase of one, two, three words says: longer ones are rarer, and mean one thing."""

_COMMON = frozenset(
    """
    a about above across after again against all along also although always among an and another any are arises as at
    available based be because been before being below best better between beyond both but by called can cannot case
    cases common compared consider considered current data demonstrate demonstrates depends derive design desired
    despite develop developed different directly do does due during each easy either empirical empirically enough
    especially establish etc even every example existing experiment experimental experiments extensive few find first
    focus following for found four framework from fully further furthermore general give given gives good has have
    having hence here high higher how however i if implies important improve improved improves in including increase
    increasing instead into introduce introduces is it its itself just key known large larger least less let leverage
    like low lower main make makes making many may means method methods might more moreover most much must namely
    natural near need needs new no non nor not note novel now number numerical obtain of often on one only open or
    order other others otherwise our out over own paper particular past per perform performance performs possible
    present presents previous previously prior problem problems proof propose proposed proposes prove proven provide
    provided provides question rather recent recently related require requires research respect respectively result
    resulting results same second see several shall should show showing shown shows significant significantly similar
    simple since single six small so some specific specifically state still studied studies study such suggest
    sufficient task tasks than that the their them then theoretical theoretically theory there therefore these they
    third this those three through throughout thus to together too toward towards turn two type typically under unlike
    until up upon us use used useful uses using usually value various vary very via was way we well were what when
    where whether which while who whose why wide widely will with within without work works would yet you your
    achieve achieved achieves achieving address addresses addressing aim aims algorithm algorithms analysis analyze
    apply applied application applications approach approaches approximately assume assumption assumptions capture
    challenge challenges class condition conditions contrast e effective effectively effectiveness efficient
    efficiently end ensure evaluate evaluated evidence existing g give guarantee guarantees main model models moreover
    outperform outperforms paper practical practice real setting settings solution solutions solve solving standard
    strong system systems time deep technique techniques term terms world art
    """.split()
)
"""Words that tell nothing of a subject when they stand alone or at the end of a phrase."""

_PAUSE = re.compile(r"[.,;:!?()\[\]{}\"“”«»|/\\$=<>*\n]|\s[-–—]+\s|--+")
"""What no phrase goes across."""


def phrases(text: str) -> Iterator[str]:
    """The folded words and phrases of a text; a phrase neither begins nor ends with a word that says nothing."""
    for part in _PAUSE.split(text):
        words = WORD.findall(fold(part))
        for start in range(len(words)):
            for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
                if tells(words[start]) and tells(words[end - 1]):
                    yield " ".join(words[start:end])


def tells(word: str) -> bool:
    """Whether a folded word says something of a subject when it stands alone."""
    return len(word) > 1 and not word.isdecimal() and word not in _COMMON


def counted(texts: Iterable[str]) -> Counter[str]:
    """How many of the texts hold each phrase."""
    return Counter(phrase for text in texts for phrase in set(phrases(text)))


def peculiar(own: Mapping[str, int], size: int, other: Mapping[str, int], other_size: int) -> list[str]:
    """Phrases in at least two of `size` texts and in none of the `other_size` others, the most telling first.

    They are weighed by their log-odds against the others, longer phrases more, as they say more. Of phrases that
    share words, the better one stands for all.
    """
    baseline = _log_odds(0, other_size)
    weights = {
        phrase: (_log_odds(count, size) - baseline) * _WEIGHTS[phrase.count(" ")]
        for phrase, count in own.items()
        if count > 1 and phrase not in other
    }
    chosen: list[str] = []
    taken: set[str] = set()
    for phrase in sorted(filter(lambda phrase: weights[phrase] > 0, weights), key=lambda p: (-weights[p], p)):
        stems = {_stem(word) for word in phrase.split()}
        if not stems & taken:
            chosen.append(phrase)
            taken |= stems
    return chosen


def _log_odds(count: int, size: int) -> float:
    """With half a text added on either side, so that none and all have odds too."""
    return log((count + 0.5) / (size - count + 0.5))


def _stem(word: str) -> str:
    """Enough of a word to know its plural and its adverb by."""
    return word[:6]
