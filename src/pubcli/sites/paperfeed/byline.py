"""Read the line that names a paper's authors, alone or glued to its title.

Alone, a byline names at most three authors, then `et al.` if there are more, then perhaps an organisation:

    Qingjiang Shi, Haoran Sun, Songtao Lu et al. · ibm-research

In the compact layout it follows its title with nothing between them:

    Sparse Random Set WalksAlice Bow, Carol Day, Eve Fox et al. · ibm-research

No mark says where the title ends. A capital inside a word is the sign, but `PyTorch` and `McDonald` have one
too, a title may end in `GAN`, `GPT-4` or `?`, and may hold commas of its own. So every place that could be
the join is priced: what the title ends in, plus how unlike a name each author then looks. The cheapest place
wins, the last one of equals; when even that is dear, the line is not split at all.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple


class Byline(NamedTuple):
    """The authors shown for one paper."""

    authors: tuple[str, ...]
    """As written, in order; `Martin Luther King, Jr.` is one author."""
    complete: bool
    """False when the page ended the list with `et al.`."""
    org: str | None
    """The slug after ` · `, several of them joined as written; None when there is none."""


class Glued(NamedTuple):
    """A line of the compact layout, taken apart."""

    title: str
    byline: Byline


# What a place and the names after it cost. Only sums are compared, with each other and with the two limits.
COSTS: Final = {
    # the join
    "after_capital": 1,  # `via GAN|Qi Lei`: rarer than a small letter, and `J|J Smith` looks the same
    "after_initial": 3,  # `A.|S. Poornash`; but a title may end in `U.S.`
    "after_apostrophe": 4,  # `O'|Neil`, `d'|Aspremont`
    "after_fragment": 4,  # `Mc|Kenzie Bow`, `La|Tanya Bow`, `i|Naturalist`
    "inside_coined": 4,  # `Py|Torch Lightning`
    "after_single_word": 2,  # the title ends in one word after a comma: `Alice Bow, Xiao|Ming Li`
    "further_author": -3,  # whole names between commas hardly ever follow a false join
    # the words of a name
    "plain": 0,  # Lowy, Sze-chuan, O'Neil, d'Aspremont, al-Rahman, (Luke)
    "initials": 0,  # A. J.-P. Md. Ph.D.
    "caseless": 0,  # 李明
    "packed": 1,  # A.S.Poornash
    "lone": 1,  # Michael I Jordan
    "pair": 1,  # JJ Smith
    "capitals": 2,  # Jean DUPONT, LHCb; in the name of a group, capitals cost nothing
    "inner": 3,  # XiaoMing; but McDonald and OpenAI are plain
    "lower": 3,  # danah boyd; but van, de, al are plain
    "code": 4,  # CMB-S4
    # the name as a whole
    "single_word": 4,  # Plato
    "word_beyond_three": 1,
}
IMPOSSIBLE: Final = 100
"""What costs more than anything that is allowed."""
CONVINCING: Final = 3
"""The most that a split may cost."""
TOLERABLE: Final = 7
"""The most that one name may cost in a byline that stands alone, where its place speaks for it."""
MOST_WORDS: Final = 7
"""In a name, particles not counted."""
LONGEST_NAME: Final = 80
"""In characters."""
LONGEST_LINE: Final = 500
"""In characters; no title with three names is longer, most abstracts are."""

PARTICLES: Final = frozenset(
    "'t 'n af al ap av bin bint da dal das de dei del dela della den der des di do dos du e el ibn la las le"
    " los san ten ter the und van vom von y zu zum zur".split()
)
# A capital after one of these may stand inside a name: McKenzie, DeYoung, VanderPlas, JoAnn, LaTanya.
_PREFIX: Final = r"(?:Mc|Mac|Fitz|De|Del|Della|Di|Da|Du|La|Le|Van|Vande|Vander|Von|Al|El|Jo|Mary)"
_PREFIXED: Final = re.compile(rf"{_PREFIX}[^\W\d_]+")
# A capital inside one of these is no join.
COINED: Final = re.compile(
    "PyTorch|TensorFlow|GitHub|GitLab|YouTube|LinkedIn|StackOverflow|MovieLens|LaTeX|BibTeX|JavaScript|TypeScript"
    "|PageRank|AdaBoost|AdaGrad|XGBoost|BatchNorm|DeepMind|DeepSeek|OpenAI|Alpha(?:Go|Fold|Zero)|WiFi|IceCube"
    "|BaBar|AutoML|[A-Z][a-z]+(?:BERTa?|GANs?|GPT|Nets?|SGD)(?![a-z])"
)
GROUP: Final = re.compile(r"\b(?:Collaborations?|Consortium|Team|Group)\b", re.IGNORECASE)
SUFFIX: Final = r"(?:Jr\.?|Sr\.?|II|III|IV|Ph\.?D\.?|:)"  # arXiv puts `:` after a collaboration's name

_ET_AL: Final = re.compile(r"(?:^|,? )et al\.?,?$")
_SEPARATOR: Final = re.compile(rf",(?! ?{SUFFIX} ?(?:,|$))")

# `Andrew Lowy, A. S. Poornash, Songtao Lu et al. · ibm-research`: nearly every byline, read in one go.
_LETTERS: Final = "a-zß-öø-ÿćčęěğıłńőřśşšťůűźżžạ-ỹ"
_CAPITALS: Final = "A-ZÀ-ÖØ-ÞĆČĘĚĞİŁŃŐŘŚŞŠŤŮŰŹŻŽ"
_USUAL_NAME: Final = rf"[{_CAPITALS}](?:[{_LETTERS}]++|\.)(?:[ -][{_CAPITALS}](?:[{_LETTERS}]++|\.)){{1,3}}+"
USUAL: Final = re.compile(rf"({_USUAL_NAME}(?:, {_USUAL_NAME}){{0,2}}+)( et al\.)?(?: · ([a-z0-9-]++))?")

# The patterns below read shapes (see `_Shapes`): `Mc` is `Aa`, `GPT-4` is `AAA-0`, `李明` is `xx`.

_JOIN: Final = re.compile(
    r"""
    (?<= [^\s(\[{/&@,·–—-] )   # something before it, and not something that leads on
    (?: (?<!A) A               # `Walks|Alice`, `GPT-4|Alice`, `Minima?|Alice`, `Walks|JJ Smith`
      | A (?!A)                # `GAN|Qi`, `SGD|A. S. Poornash`
      | (?<!x) x )             # `Walks|李明`
    """,
    re.VERBOSE,
)
_TITLE_ENDS: Final = re.compile(
    r"""
    (?: (?P<after_capital> A )
      | (?P<after_initial> Aa{0,2}\. )
      | (?P<after_apostrophe> (?: (?<!A) Aa? | (?<![Aa]) a{1,2} ) ' )
    ) $
    """,
    re.VERBOSE,
)
_FRAGMENT_ENDS: Final = re.compile(rf"(?P<after_fragment>{_PREFIX}|^[a-z])$")
_WORD: Final = re.compile(
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
    """A table for `str.translate`: capitals become A, small letters a, other letters x, digits 0."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in "'’‘ʻʼ`":
            shape = "'"
        elif "\u0300" <= char <= "\u036f":  # an accent of its own, on a Latin letter
            shape = "a"
        elif char.isalpha() or unicodedata.category(char).startswith("M"):
            shape = "A" if char.isupper() else "a" if char.islower() else "x"
        else:
            shape = "0" if char.isnumeric() else char
        self[code] = shape
        return shape


_SHAPES: Final = _Shapes()


def parse_byline(line: str) -> Byline | None:
    """Read a byline that stands alone; None when the line cannot be one."""
    if usual := USUAL.fullmatch(line):
        names, more, org = usual.groups()
        return Byline(tuple(names.split(", ")), more is None, org)
    byline = as_byline(line)
    authors = byline.authors
    if not authors or any(len(author) > LONGEST_NAME or _name_cost(author) > TOLERABLE for author in authors):
        return None
    return byline


def as_byline(line: str) -> Byline:
    """Read a line as a byline whatever its names look like, where its place leaves no doubt."""
    names, more, org = _cut_tail(" ".join(line.split()))
    parts = (part.strip(" ,") for part in _SEPARATOR.split(names))
    return Byline(tuple(part for part in parts if part), not more, org)


def split_glued(line: str) -> Glued | None:
    """Split a title and the byline glued to its end; None when no place is convincing."""
    text = " ".join(line.split())
    if len(text) > LONGEST_LINE:
        return None
    names, more, _ = _cut_tail(text)
    parts = [0, *(comma.end() for comma in _SEPARATOR.finditer(names))][-3:]
    best = CONVINCING
    found: Glued | None = None
    for join in _JOIN.finditer(names.translate(_SHAPES), parts[0]):
        at = join.start()
        # `et al.` follows three names, no fewer: the join lies before the second last comma.
        if more and len(parts) > 1 and at >= parts[1]:
            break
        byline = parse_byline(text[at:])
        if byline and (cost := _join_cost(names, at) + _authors_cost(byline)) <= best:
            best, found = cost, Glued(text[:at], byline)
    return found


def _cut_tail(text: str) -> tuple[str, bool, str | None]:
    """Take off what follows the names: give the names, whether `et al.` follows, the organisation."""
    names, _, org = f"{text} ".partition(" · ")
    names = names.rstrip()
    more = _ET_AL.search(names)
    return names[: more.start()] if more else names, more is not None, org.strip(" ·") or None


def _join_cost(names: str, at: int) -> int:
    """Add up what speaks against a title that ends at this place."""
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
    """Add up what speaks against these being names, less what their number says for it."""
    further = (len(byline.authors) - 1) * COSTS["further_author"]
    return further + sum(map(_name_cost, byline.authors))


@lru_cache(maxsize=10_000)  # the same people come back on a page
def _name_cost(name: str) -> int:
    """Price how unlike a name this is."""
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
    """Find which kind of word, by `COSTS`, this is in a name; None when it cannot be part of one."""
    match = _WORD.fullmatch(word.translate(_SHAPES))
    if match and match.lastgroup == "inner" and (_PREFIXED.fullmatch(word) or COINED.match(word)):
        return "plain"
    return match and match.lastgroup
