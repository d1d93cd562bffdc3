r"""Turn text into TeX source that typesets it, for values in BibTeX.

TeX that `text.readable` understands stays TeX. In all other text, special characters and unknown macros are escaped.
So TeX prints this text unchanged, and never executes a macro from a page, such as `\input` or `\write`. Braces are
always balanced. Escaped braces, `\{` and `\}`, are balanced as well, because BibTeX counts them like other braces.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from pubcli.text.html import without_tags
from pubcli.text.normalize import harmless
from pubcli.text.tex import KNOWN, has_script, pieces
from pubcli.text.tex_tables import ACCENTS, LETTERS, MACROS, SWITCHES

_SPECIAL = re.compile(r"[\\${}%&#_~^]")
_ESCAPES = {
    "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_", "$": r"\$",
    "~": r"{\textasciitilde}", "^": r"{\textasciicircum}", "\\": r"{\textbackslash}",
    "{": r"\{", "}": r"\}",
}  # fmt: skip
"""Maps each special character of TeX to the source that typesets this character."""
_SPLITTING = re.compile(r"[\\${}_~^]")
"""Matches the special characters at which `pieces` splits a text."""
_NOT_SPLITTING = re.compile("[%&#]")
"""Matches the special characters at which `pieces` does not split a text."""
_UNBALANCED_ESCAPES = _ESCAPES | {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"}
"""`_ESCAPES` for texts with unbalanced braces. Braces become macros, so that BibTeX does not count them."""

_TEXT_MACROS = frozenset("textnormal textrm textit textbf textsf texttt textsc textsl emph mbox".split())
"""Macros that set the style of their argument, which is a text in braces."""
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
"""Macros allowed in formulas: they only print or arrange symbols. A formula with another macro becomes plain text."""
_MACRO = re.compile(r"\\(operatorname\*|[A-Za-z]+|.)", re.DOTALL)
_SET_BRACE = re.compile(r"\\(?P<name>[lr]brace) (?![A-Za-z])")
"""Matches \\lbrace or \\rbrace before a needless space. A formula must not end in a space, or it is read as text."""
_LIKE_ENTITY = re.compile(r"\\&(?=(?:\\#|[A-Za-z])[A-Za-z0-9]{1,31};)")
_LIKE_TAG = re.compile(r"<(?=/?[A-Za-z])")
_OPTION = re.compile(r"(\$[^$]*\$)|(?<![^\s(\[\"'“‘])--(?=[A-Za-z])")
"""Matches a formula, or the hyphens of an option on a command line, such as --help, which are not a dash."""
_UNESCAPED = re.compile(r"(?<!\\)((?:\\\\)*)([%#&])")


def source(text: str, *, title: bool = False, protected: Sequence[str] = (), ascii_only: bool = False) -> str:
    """Return TeX source for one line of text. In a title, put capitals in braces, so that BibTeX keeps them.

    Also put the words in `protected` in braces. These words had braces in the file from which the title was read.
    """
    if not title and text.isascii() and text.isalnum():
        return text  # most parts of names, codes and numbers, which have nothing to escape
    text = harmless(text)
    protect = None
    if title and (protected or not text.isupper()):
        protect = partial(_protect_capitals, protected=tuple(protected[:_MOST_PROTECTED]))
    if _has_special_character(text):
        cut = pieces(text)
        text = "".join(_tex(cut, protect, _ESCAPES))
        if not is_balanced(text):
            text = "".join(_tex(cut, protect, _UNBALANCED_ESCAPES))
    elif protect:
        text = protect(text)
    if "&" in text or "<" in text:
        text = _without_html(text)
    if "--" in text:
        text = _OPTION.sub(lambda match: match[1] or "-{}-", text)
    return text if not ascii_only or text.isascii() else _in_ascii(text)


def _has_special_character(text: str) -> bool:
    """Return whether `_SPECIAL` matches in a text. Looking for each character is faster in the usual long texts."""
    return any(map(text.__contains__, _ESCAPES))


def _without_html(text: str) -> str:
    """Protect the parts of TeX source that readers would take for an entity or a tag of HTML."""
    text = _LIKE_ENTITY.sub(r"\\&{}", text)
    return _LIKE_TAG.sub("{<}", text) if without_tags(text) != text else text


def _tex(cut: Sequence[str], protect: Callable[[str], str] | None, escapes: Mapping[str, str]) -> Iterator[str]:
    braces, title = _braces(cut), protect is not None
    for index, piece in enumerate(cut):
        if index in braces:
            yield piece
        elif len(piece) > 1 and (piece[0] == "$" or piece[:2] in ("\\(", "\\[")):
            yield _formula(piece, title, escapes)
        elif piece[0] == "\\" and len(piece) > 1:
            yield _macro(piece, title, escapes, index - 1 in braces, index + 1 in braces, has_script(cut, index))
        elif protect and not _SPLITTING.search(piece):
            yield _NOT_SPLITTING.sub(r"\\\g<0>", protect(piece))
        else:
            yield _literal(piece, escapes)


def _literal(text: str, escapes: Mapping[str, str]) -> str:
    return _SPECIAL.sub(lambda character: escapes[character[0]], text) if _has_special_character(text) else text


def _braces(cut: Sequence[str]) -> set[int]:
    """Return the indices of braces that TeX needs: around an argument, or around text that begins with a macro."""
    braces, opened = set(), []
    for index, piece in enumerate(cut):
        if piece == "{":
            before, after = cut[index - 1] if index else "", cut[index + 1] if index + 1 < len(cut) else ""
            ends_name = after == "}" and before[1:] in LETTERS
            opened.append((index, ends_name or before[1:] in _TEXT_MACROS or _opens_group(after)))
        elif piece == "}" and opened:
            start, is_tex = opened.pop()
            if is_tex:
                braces |= {start, index}
    return braces


def _opens_group(piece: str) -> bool:
    name = piece[1:]
    return piece[:1] == "\\" and (name in SWITCHES or name in LETTERS or _is_accent(piece))


def _is_accent(piece: str) -> bool:
    """Return whether a piece is an accent with its letter: `\\'e`, `\\c{c}`."""
    return len(piece) > 2 and piece[1] in ACCENTS and not piece[1:3].isalpha()


def _macro(
    piece: str, title: bool, escapes: Mapping[str, str], after_brace: bool, before_brace: bool, before_script: bool
) -> str:
    """Return the source of a macro outside of formulas.

    `after_brace` and `before_brace` state whether a brace that TeX needs is directly before or after the macro.
    `before_script` states whether a superscript or subscript follows. If so, the macro becomes plain text, because the
    script becomes plain text too.
    """
    name = piece[1:]
    if name in _SPACES or (name in SWITCHES and after_brace) or (name in _TEXT_MACROS and before_brace):
        return piece
    if name in LETTERS or _is_accent(piece):  # outside of braces BibTeX may turn \H into \h
        return piece if after_brace else f"{{{piece}}}"
    if name in MACROS and not before_script:
        return f"{{\\ensuremath{{{piece}}}}}" if title else f"\\ensuremath{{{piece}}}"
    is_escape = name in escapes and name != "\\"
    return escapes[name] if is_escape else escapes["\\"] + _literal(name, escapes)


def _formula(tex: str, title: bool, escapes: Mapping[str, str]) -> str:
    if not _IN_FORMULAS.issuperset(_MACRO.findall(tex[2:-2] if tex[0] == "\\" else tex)):
        return _literal(tex, escapes)
    if not is_balanced(tex):
        tex = _SET_BRACE.sub(r"\\\g<name>", tex.replace("\\{", "\\lbrace ").replace("\\}", "\\rbrace "))
        if not is_balanced(tex):
            return _literal(tex, escapes)
    tex = _UNESCAPED.sub(r"\1\\\2", tex)
    return f"{{{tex}}}" if title and tex != tex.lower() else tex


def is_balanced(tex: str) -> bool:
    """Return whether each opening brace in a value has a closing brace after it, so that BibTeX reads it as a whole."""
    opened = closed = 0
    for opened, part in enumerate(tex.split("{")):
        closed += part.count("}")
        if closed > opened:
            return False
    return closed == opened


_WORD = re.compile(
    r"""
    (?<! [^\W\d_] )
    (?: [^\W\d_] [a-z]* [^\W\d_a-z] [^\W\d_]*  # a word with a possible capital after its first letter
      | [^\W\d_a-z] (?! [^\W\d_] ) )          # a single possible capital
    """,
    re.VERBOSE,
)
_MOST_PROTECTED = 100
"""Maximum number of words to protect in a title. No real title has more, and each word slows down the search."""
_ONE_LETTER_WORDS = frozenset("AI")


def _protect_capitals(text: str, protected: tuple[str, ...] = ()) -> str:
    """Put braces around capitals within words and around single capitals: `{LLM}s`, `i{P}hone`, `{Q}-learning`.

    Put the words in `protected` in braces, too. If `protected` is empty, a text in capitals stays unchanged.
    """
    if protected:
        words = _words_or(protected)
        return words.sub(lambda match: f"{{{match[0]}}}" if match[0] in protected else _protect_word(match), text)
    return text if text.isupper() else _WORD.sub(_protect_word, text)


@lru_cache(maxsize=1_000)
def _words_or(protected: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = "|".join(map(re.escape, sorted(protected, key=len, reverse=True)))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)|{_WORD.pattern}", re.VERBOSE)


def _protect_word(match: re.Match[str]) -> str:
    word = match[0]
    if len(word) == 1:
        return f"{{{word}}}" if word.isupper() and match.start() and word not in _ONE_LETTER_WORDS else word
    if word[1:].islower() or word.islower():
        return word
    capitals = [index for index, letter in enumerate(word) if letter.isupper()]
    if not capitals or capitals == [0]:
        return word
    first, last = capitals[0], capitals[-1] + 1
    return f"{word[:first]}{{{word[first:last]}}}{word[last:]}"


_NOT_ASCII = re.compile(r"[^\x00-\x7f]|[A-Za-z][\u0300-\u036f]+")
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
    return _NOT_ASCII.sub(lambda match: _ascii(match[0]), unicodedata.normalize("NFC", text))


@lru_cache(maxsize=4096)
def _ascii(char: str) -> str:
    r"""Return ASCII source for a character. Macros are in braces.

    Without braces, BibTeX would take `\c{S}tefan` for a particle, like `von`.
    A character without a macro in TeX becomes a macro with its number, for XeTeX and LuaTeX: `{\symbol{26446}}`.
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
