r"""Text as TeX source that typesets it: for BibTeX, whose values TeX reads.

What `mathematics.readable` understands as TeX stays TeX. Everything else is literal: a sign that TeX obeys is escaped,
and a macro that is not known is written out, so that nothing on a page (`\input`, `\write`) is ever executed. Braces
are always balanced as BibTeX counts them, for which `\{` is a brace like any other.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from pubcli.text.normalize import harmless
from pubcli.text.tex import KNOWN, pieces
from pubcli.text.tex_tables import ACCENTS, LETTERS, MACROS

_OBEYED = re.compile(r"[\\${}%&#_~^]")
_LITERAL = {
    "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
    "~": r"{\textasciitilde}", "^": r"{\textasciicircum}", "\\": r"{\textbackslash}",
    "{": r"\{", "}": r"\}",
}  # fmt: skip
"""Signs that TeX obeys, with what typesets them."""
_APART = re.compile(r"[\\${}_~^]")
"""Those that `pieces` sets apart from the text around them."""
_SIGNS = re.compile("[%&#]")
"""The others."""
_ALONE = _LITERAL | {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"}
"""The same where a brace lacks its other half, for which BibTeX would look."""

_CALLS = frozenset("textnormal textrm textit textbf textsf texttt textsc textsl emph mbox".split())
"""Macros for text whose operand stands in braces."""
SWITCHES = frozenset("it bf em rm tt sf sl sc".split())
"""Macros that change the type of what follows in their braces."""
_SPACES = frozenset((" ", ",", "-", "/"))
_IN_FORMULAS = KNOWN | frozenset(
    """
    overset underset stackrel substack overbrace underbrace overrightarrow overleftarrow xrightarrow xleftarrow
    langle rangle lbrack rbrack lfloor rfloor limsup liminf hom ker bmod pmod mod tbinom dbinom choose over atop
    coprod oint iint iiint bigsqcup sqcap sqcup vdash dashv smallsetminus backslash natural flat sharp clubsuit
    hookrightarrow hookleftarrow rightharpoonup leftharpoonup rightleftharpoons upharpoonright nearrow searrow
    Leftarrow Longrightarrow Leftrightarrow Longleftrightarrow leadsto rightsquigarrow trianglelefteq preccurlyeq
    succcurlyeq gtrless subsetneq supsetneq nsubseteq nleq ngeq eth wp imath jmath digamma beth complement Box
    Diamond lozenge blacksquare bigstar ddagger amalg wr bowtie smile frown asymp doteq models lessgtr
    phantom hphantom vphantom smash textsuperscript textsubscript boldmath scriptstyle scriptscriptstyle
    """.split()
)
"""Macros that only typeset something. A formula with any other is literal."""
_MACRO = re.compile(r"\\(operatorname\*|[A-Za-z]+|.)", re.DOTALL)
_BRACE_OF_SET = re.compile(r"\\(?P<name>[lr]brace) (?![A-Za-z])")
"""What needs no blank behind its name: with one before its last dollar a formula is none."""
_UNESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)([%#&])")


def source(text: str, *, title: bool = False, kept: Sequence[str] = (), ascii_only: bool = False) -> str:
    """TeX source of one line of text. In a title, capitals that BibTeX must not make small stand in braces.

    So do the words that are `kept`, because they did where the title comes from.
    """
    text = harmless(text)
    protect = partial(_with_capitals, kept=tuple(kept[:_MOST_KEPT])) if title and (kept or not text.isupper()) else None
    if _OBEYED.search(text):
        cut = pieces(text)
        text = "".join(_written(cut, protect, _LITERAL))
        if not _balanced(text):
            text = "".join(_written(cut, protect, _ALONE))
    elif protect:
        text = protect(text)
    return text if not ascii_only or text.isascii() else _in_ascii(text)


def _written(cut: Sequence[str], protect: Callable[[str], str] | None, signs: Mapping[str, str]) -> Iterator[str]:
    braces, title = _braces(cut), protect is not None
    for index, piece in enumerate(cut):
        if index in braces:
            yield piece
        elif len(piece) > 1 and (piece[0] == "$" or piece[:2] in ("\\(", "\\[")):
            yield _formula(piece, title, signs)
        elif piece[0] == "\\" and len(piece) > 1:
            yield _macro(piece, title, signs, index - 1 in braces, index + 1 in braces)
        elif protect and not _APART.search(piece):
            yield _SIGNS.sub(r"\\\g<0>", protect(piece))
        else:
            yield _literal(piece, signs)


def _literal(text: str, signs: Mapping[str, str]) -> str:
    return _OBEYED.sub(lambda sign: signs[sign[0]], text)


def _braces(cut: Sequence[str]) -> set[int]:
    """Where the braces stand that belong to TeX: of an operand, or around a group that begins with a macro."""
    found, opened = set(), []
    for index, piece in enumerate(cut):
        if piece == "{":
            before, after = cut[index - 1] if index else "", cut[index + 1] if index + 1 < len(cut) else ""
            ends_name = after == "}" and before[1:] in LETTERS
            opened.append((index, ends_name or before[1:] in _CALLS or _opens_group(after)))
        elif piece == "}" and opened:
            start, is_tex = opened.pop()
            if is_tex:
                found |= {start, index}
    return found


def _opens_group(piece: str) -> bool:
    name = piece[1:]
    return piece[:1] == "\\" and (name in SWITCHES or name in LETTERS or _is_accent(piece))


def _is_accent(piece: str) -> bool:
    """Whether a piece is an accent with its letter: `\\'e`, `\\c{c}`."""
    return len(piece) > 2 and piece[1] in ACCENTS and not piece[1:3].isalpha()


def _macro(piece: str, title: bool, signs: Mapping[str, str], opened: bool, followed: bool) -> str:
    """A macro outside formulas; `opened` and `followed` tell whether a brace of TeX stands before and behind it."""
    name = piece[1:]
    if name in _SPACES or (name in SWITCHES and opened) or (name in _CALLS and followed):
        return piece
    if name in LETTERS or _is_accent(piece):  # outside braces BibTeX may make \h of \H
        return piece if opened else f"{{{piece}}}"
    if name in MACROS:
        return f"{{\\ensuremath{{{piece}}}}}" if title else f"\\ensuremath{{{piece}}}"
    is_escape = name in signs and name != "\\"
    return signs[name] if is_escape else signs["\\"] + _literal(name, signs)


def _formula(tex: str, title: bool, signs: Mapping[str, str]) -> str:
    if not _IN_FORMULAS.issuperset(_MACRO.findall(tex[2:-2] if tex[0] == "\\" else tex)):
        return _literal(tex, signs)
    if not _balanced(tex):
        tex = _BRACE_OF_SET.sub(r"\\\g<name>", tex.replace("\\{", "\\lbrace ").replace("\\}", "\\rbrace "))
        if not _balanced(tex):
            return _literal(tex, signs)
    tex = _UNESCAPED.sub(r"\1\\\2", tex)
    return f"{{{tex}}}" if title and tex != tex.lower() else tex


def _balanced(tex: str) -> bool:
    if "{" not in tex:
        return "}" not in tex
    depth = 0
    for brace in re.findall("[{}]", tex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


_WORD = re.compile(
    r"""
    (?<! [^\W\d_] )
    (?: [^\W\d_]+ [^\W\d_a-z] [^\W\d_]*      # a word with what may be a capital behind its beginning
      | [^\W\d_a-z] (?! [^\W\d_] ) )          # or alone
    """,
    re.VERBOSE,
)
_MOST_KEPT = 100
"""Words of a title that are looked for; more than that no title has, and each costs time everywhere."""
_LETTERS_OF_SENTENCES = frozenset("AI")


def _with_capitals(text: str, kept: tuple[str, ...] = ()) -> str:
    """Braces around capitals inside a word, and around letters that stand alone: `{LLM}s`, `i{P}hone`, `{Q}-learning`.

    In a text of capitals alone, none of them says anything.
    """
    if kept:
        return _words_or(kept).sub(lambda match: f"{{{match[0]}}}" if match[0] in kept else _protected(match), text)
    return text if text.isupper() else _WORD.sub(_protected, text)


@lru_cache(maxsize=1_000)
def _words_or(kept: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(map(re.escape, sorted(kept, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)|{_WORD.pattern}", re.VERBOSE)


def _protected(match: re.Match[str]) -> str:
    word = match[0]
    if len(word) == 1:
        return f"{{{word}}}" if word.isupper() and match.start() and word not in _LETTERS_OF_SENTENCES else word
    if word[1:].islower() or word.islower():
        return word
    capitals = [index for index, letter in enumerate(word) if letter.isupper()]
    if not capitals or capitals == [0]:
        return word
    first, last = capitals[0], capitals[-1] + 1
    return f"{word[:first]}{{{word[first:last]}}}{word[last:]}"


_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]|[A-Za-z][\u0300-\u036f]+")
_PUNCTUATION: Mapping[str, str] = {
    "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "„": r"{\quotedblbase}", "‚": r"{\quotesinglbase}",
    "«": r"{\guillemotleft}", "»": r"{\guillemotright}", "¡": "!`", "¿": "?`", "…": r"{\ldots}", "\xa0": "~",
    "‐": "-", "‑": "-", "©": r"{\textcopyright}", "®": r"{\textregistered}", "™": r"{\texttrademark}",
    "€": r"{\texteuro}", "£": r"{\textsterling}", "°": r"{\textdegree}", "†": r"{\textdagger}",
}  # fmt: skip
_NAMES = {symbol: name for name, symbol in reversed([*MACROS.items()])}
_LETTER_NAMES = {letter: name for name, letter in LETTERS.items()}
_ACCENT_NAMES = {mark: name for name, mark in ACCENTS.items()} | {"\u0309": "h", "\u0331": "b"}


def _in_ascii(text: str) -> str:
    return _BEYOND_ASCII.sub(lambda found: _ascii(found[0]), unicodedata.normalize("NFC", text))


@lru_cache(maxsize=4096)
def _ascii(char: str) -> str:
    r"""A character in ASCII, in braces, without which `\c{S}tefan` is read as a particle.

    One that TeX has no name for becomes its number, which engines for Unicode typeset: `{\symbol{26446}}`.
    """
    if char in _PUNCTUATION:
        return _PUNCTUATION[char]
    if char in _LETTER_NAMES:
        return f"{{\\{_LETTER_NAMES[char]}}}"
    if char in _NAMES:
        return f"{{\\ensuremath{{\\{_NAMES[char]}}}}}"
    letter, *marks = list(unicodedata.normalize("NFD", char))
    if marks and all(mark in _ACCENT_NAMES for mark in marks) and (letter.isascii() or letter in _LETTER_NAMES):
        accented = letter if letter.isascii() else f"\\{_LETTER_NAMES[letter]}"
        for mark in marks:
            accented = _accented(_ACCENT_NAMES[mark], accented)
        return f"{{{accented}}}"
    return "".join(part if part.isascii() else f"{{\\symbol{{{ord(part)}}}}}" for part in char)


def _accented(name: str, letter: str) -> str:
    return f"\\{name}{letter}" if not name.isalpha() and len(letter) == 1 else f"\\{name}{{{letter}}}"
