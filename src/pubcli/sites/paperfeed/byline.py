"""Read a byline, the text that names a paper's authors: on a separate line, or glued to the title.

A byline on a separate line names at most three authors. If the paper has more authors, `et al.` follows. An
organisation may come last:

    Qingjiang Shi, Haoran Sun, Songtao Lu et al. · ibm-research

In the compact layout, the byline follows the title with nothing between them:

    Sparse Random Set WalksAlice Bow, Carol Day, Eve Fox et al. · ibm-research

Nothing shows where the title ends. A capital letter inside a word suggests the end, but `PyTorch` and `McDonald`
contain such a capital too. A title may also contain commas, or end in `GAN`, `GPT-4` or `?`. So every place where the
byline may begin, called a join, gets a cost. The cost is higher if titles rarely end like the text before the join, and
if the text after the join does not look like names. The line is split at the join with the lowest cost. If several
joins have the lowest cost, the line is split at the last of them. If the lowest cost is too high, the line is not
split.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

from pubcli.lazy import pattern


class Byline(NamedTuple):
    """The authors and the organisation that the page gives for one paper."""

    authors: tuple[str, ...]
    """Names as written, in order; `Martin Luther King, Jr.` is one author."""
    complete: bool
    """False if the page ends the list with `et al.`."""
    org: str | None
    """The text after ` · ` as written, usually the short name of one organisation; None if there is no such text."""


class Glued(NamedTuple):
    """A line of the compact layout, split into title and byline."""

    title: str
    byline: Byline


# Costs of a join and of the names after it. The sum for a join is compared with the sums for other joins, and with
# the limits below.
COSTS: Final = {
    # the join
    "after_capital": 1,  # `via GAN|Qi Lei`; few titles end in a capital, and the false join in `J|J Smith` looks alike
    "after_initial": 3,  # `A.|S. Poornash`; but a title may end in `U.S.`
    "after_apostrophe": 4,  # `O'|Neil`, `d'|Aspremont`
    "after_fragment": 4,  # `Mc|Kenzie Bow`, `La|Tanya Bow`, `i|Naturalist`
    "inside_coined": 4,  # `Py|Torch Lightning`
    "after_single_word": 2,  # the title has one word after a comma: `Alice Bow, Xiao|Ming Li`
    "further_author": -3,  # for each author after the first; complete names rarely follow a false join
    # the words of a name
    "plain": 0,  # Lowy, Sze-chuan, O'Neil, d'Aspremont, al-Rahman, (Luke)
    "initials": 0,  # A. J.-P. Md. Ph.D.
    "caseless": 0,  # 李明
    "packed": 1,  # A.S.Poornash
    "lone": 1,  # Michael I Jordan
    "pair": 1,  # JJ Smith
    "capitals": 2,  # Jean DUPONT, LHCb; in the name of a collaboration, capitals cost nothing
    "inner": 3,  # XiaoMing; but McDonald and OpenAI are plain
    "lower": 3,  # danah boyd; but van, de, al are plain
    "code": 4,  # CMB-S4
    # the name as a whole
    "single_word": 4,  # Plato
    "word_beyond_three": 1,
}
IMPOSSIBLE: Final = 100
"""A cost higher than every limit, for a text that cannot be a name."""
CONVINCING: Final = 3
"""Highest total cost at which a line is split."""
TOLERABLE: Final = 7
"""Highest cost of one name on a separate line. It is high, because the position of the line already suggests a
byline."""
MOST_WORDS: Final = 7
"""Maximum number of words in a name, not counting particles such as `van`."""
LONGEST_NAME: Final = 80
"""Maximum number of characters in a name."""
LONGEST_LINE: Final = 500
"""Maximum number of characters in a line that is split. Titles with three names are shorter, most abstracts are
longer."""

PARTICLES: Final = frozenset(
    "'t 'n af al ap av bin bint da dal das de dei del dela della den der des di do dos du e el ibn la las le"
    " los san ten ter the und van vom von y zu zum zur".split()
)
# After one of these prefixes, a capital letter may be part of a name: McKenzie, DeYoung, VanderPlas, JoAnn, LaTanya.
_PREFIX: Final = r"(?:Mc|Mac|Fitz|De|Del|Della|Di|Da|Du|La|Le|Van|Vande|Vander|Von|Al|El|Jo|Mary)"
_PREFIXED: Final = pattern(rf"{_PREFIX}[^\W\d_]+")
# A capital letter inside one of these words is not a join.
COINED: Final = pattern(
    "PyTorch|TensorFlow|GitHub|GitLab|YouTube|LinkedIn|StackOverflow|MovieLens|LaTeX|BibTeX|JavaScript|TypeScript"
    "|PageRank|AdaBoost|AdaGrad|XGBoost|BatchNorm|DeepMind|DeepSeek|OpenAI|Alpha(?:Go|Fold|Zero)|WiFi|IceCube"
    "|BaBar|AutoML|[A-Z][a-z]+(?:BERTa?|GANs?|GPT|Nets?|SGD)(?![a-z])"
)
GROUP: Final = pattern(r"\b(?:Collaborations?|Consortium|Team|Group)\b", re.IGNORECASE)
SUFFIX: Final = r"(?:Jr\.?|Sr\.?|II|III|IV|Ph\.?D\.?|:)"  # arXiv puts `:` after a collaboration's name

_ET_AL: Final = pattern(r"(?:^|,? )et al\.?,?$")
_SEPARATOR: Final = pattern(rf",(?! ?{SUFFIX} ?(?:,|$))")

# `Andrew Lowy, A. S. Poornash, Songtao Lu et al. · ibm-research`: one pattern reads nearly every byline.
_LETTERS: Final = "a-zß-öø-ÿćčęěğıłńőřśşšťůűźżžạ-ỹ"
_CAPITALS: Final = "A-ZÀ-ÖØ-ÞĆČĘĚĞİŁŃŐŘŚŞŠŤŮŰŹŻŽ"
_COMMON_NAME: Final = rf"[{_CAPITALS}](?:[{_LETTERS}]++|\.)(?:[ -][{_CAPITALS}](?:[{_LETTERS}]++|\.)){{1,3}}+"
COMMON_BYLINE: Final = pattern(rf"({_COMMON_NAME}(?:, {_COMMON_NAME}){{0,9}}+)( et al\.)?(?: · ([a-z0-9-]++))?")

# The patterns below match shapes (see `_Shapes`): `Mc` becomes `Aa`, `GPT-4` becomes `AAA-0`, `李明` becomes `xx`.

_JOIN: Final = pattern(
    r"""
    (?<= [^\s(\[{/&@,·–—-] )   # after a character that can end a title
    (?: (?<!A) A               # `Walks|Alice`, `GPT-4|Alice`, `Minima?|Alice`, `Walks|JJ Smith`
      | A (?!A)                # `GAN|Qi`, `SGD|A. S. Poornash`
      | (?<!x) x )             # `Walks|李明`
    """,
    re.VERBOSE,
)
_TITLE_ENDS: Final = pattern(
    r"""
    (?: (?P<after_capital> A )
      | (?P<after_initial> Aa{0,2}\. )
      | (?P<after_apostrophe> (?: (?<!A) Aa? | (?<![Aa]) a{1,2} ) ' )
    ) $
    """,
    re.VERBOSE,
)
_FRAGMENT_ENDS: Final = pattern(rf"(?P<after_fragment>{_PREFIX}|^[a-z])$")
_WORD: Final = pattern(
    r"""
      (?P<plain> [("“]? (?: A'?a+ | A'Aa+ | a{1,4}['-]Aa+ ) (?: [-'·][Aa]a* )* '? [)"”]? )
    | (?P<initials> (?: A (?: -A | a{0,2} ) \.-? )+ )
    | (?P<caseless> x+ (?: [-'·] x+ )* )
    | (?P<packed> (?: Aa{0,2}\.-? )+ Aa+ (?: [-'][Aa]a* )* )
    | (?P<lone> A (?: -A )? )
    | (?P<pair> AA )
    | (?P<capitals> [A'-]{2,} a? )
    | (?P<lower> '?a+ (?: [-']a+ )* )
    | (?P<inner> [Aax][Aax'·-]+ )
    | (?P<code> [Aax] (?: [.&-]? [Aax0] )* | : )
    """,
    re.VERBOSE,
)


class _Shapes(dict[int, str]):
    """A table for `str.translate`.

    Capitals become A, small letters become a, other letters become x, digits become 0.
    """

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "'’‘ʻʼ`":
            shape = "'"
        elif "\u0300" <= char <= "\u036f":  # a combining accent, on a Latin letter
            shape = "a"
        elif char.isalpha() or unicodedata.category(char).startswith("M"):
            shape = "A" if char.isupper() else "a" if char.islower() else "x"
        else:
            shape = "0" if char.isnumeric() else char
        self[code] = shape
        return shape


_SHAPES: Final = _Shapes()


def parse_byline(line: str) -> Byline | None:
    """Return the byline that a separate line contains; None if the line cannot be a byline."""
    if match := COMMON_BYLINE.fullmatch(line):
        names, et_al, org = match.groups()
        return Byline(tuple(names.split(", ")), et_al is None, org)
    byline = as_byline(line)
    authors = byline.authors
    if not authors or any(len(author) > LONGEST_NAME or _name_cost(author) > TOLERABLE for author in authors):
        return None
    return byline


def as_byline(line: str) -> Byline:
    """Read a line as a byline, even if it does not look like one.

    Call this function only if the position of the line shows that it is a byline.
    """
    names, has_et_al, org = _split_tail(" ".join(line.split()))
    parts = (part.strip(" ,") for part in _SEPARATOR.split(names))
    return Byline(tuple(part for part in parts if part), not has_et_al, org)


def split_glued(line: str) -> Glued | None:
    """Split a line into a title and the byline glued to it; return None if every possible split costs too much."""
    text = " ".join(line.split())
    if len(text) > LONGEST_LINE:
        return None
    names, has_et_al, _ = _split_tail(text)
    parts = [0, *(comma.end() for comma in _SEPARATOR.finditer(names))][-3:]
    lowest_cost = CONVINCING
    best: Glued | None = None
    for join in _JOIN.finditer(names.translate(_SHAPES), parts[0]):
        at = join.start()
        # `et al.` follows at least three names, so the join is before the second-to-last comma.
        if has_et_al and len(parts) > 1 and at >= parts[1]:
            break
        byline = parse_byline(text[at:])
        if byline and (cost := _join_cost(names, at) + _authors_cost(byline)) <= lowest_cost:
            lowest_cost, best = cost, Glued(text[:at], byline)
    return best


def _split_tail(text: str) -> tuple[str, bool, str | None]:
    """Return the names in a byline, whether `et al.` follows them, and the organisation, which may be None."""
    names, _, org = f"{text} ".partition(" · ")
    names = names.rstrip()
    et_al = _ET_AL.search(names)
    return names[: et_al.start()] if et_al else names, et_al is not None, org.strip(" ·") or None


def _join_cost(names: str, at: int) -> int:
    """Return the cost of splitting a line at an offset into a title and a byline.

    The cost is higher if titles rarely end like the text before the offset.
    """
    title, _, word = names[:at].rpartition(" ")
    cost = COSTS["after_single_word"] if title.endswith(",") else 0
    for ends in (_TITLE_ENDS.search(word.translate(_SHAPES)), _FRAGMENT_ENDS.search(word)):
        if ends and ends.lastgroup:
            cost += COSTS[ends.lastgroup]
    token = word + names[at:].partition(" ")[0]
    if any(coined.start() < len(word) < coined.end() for coined in COINED.finditer(token)):
        cost += COSTS["inside_coined"]
    return cost


def _authors_cost(byline: Byline) -> int:
    """Return the cost of the names in a byline.

    Each author after the first lowers the cost: if a line is split at a wrong place, complete names rarely follow.
    """
    further = (len(byline.authors) - 1) * COSTS["further_author"]
    return further + sum(map(_name_cost, byline.authors))


@lru_cache(maxsize=10_000)  # the same people recur on a page
def _name_cost(name: str) -> int:
    """Return the cost of a name, which is higher for a text that looks less like a person's name."""
    words = [word for word in name.replace(",", " ").split() if word not in PARTICLES]
    kinds = [_kind(word) for word in words]
    if not words or None in kinds or len(words) > MOST_WORDS:
        return IMPOSSIBLE
    if GROUP.search(name):
        kinds = [kind for kind in kinds if kind not in ("pair", "capitals", "code")]
    cost = sum(COSTS[kind] for kind in kinds if kind)
    if len(words) == 1 and kinds != ["caseless"]:
        cost += COSTS["single_word"]
    return cost + max(0, len(words) - 3) * COSTS["word_beyond_three"]


def _kind(word: str) -> str | None:
    """Return the kind of a word in a name, such as `initials` for `J.-P.`.

    `COSTS` contains the cost of each kind. Return None if the word cannot be part of a name.
    """
    match = _WORD.fullmatch(word.translate(_SHAPES))
    if match and match.lastgroup == "inner" and (_PREFIXED.fullmatch(word) or COINED.match(word)):
        return "plain"
    return match and match.lastgroup
