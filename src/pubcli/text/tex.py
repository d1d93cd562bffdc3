r"""TeX in titles and abstracts, made readable in plain Unicode: `$O(\varepsilon^{-2})$` becomes `O(ε⁻²)`.

`_TOKEN` cuts the text, `_Reader` puts it together again, the tables at the end say what a macro becomes. A
macro that is in no table stays as written, and so does a brace, a script or a dollar that nothing closes.
Macros are understood outside formulas too, as authors forget the dollars; there `_ ^ { } ~` count only beside
a macro.

A short script is raised or lowered (`x²`, `x₀`, `xᵢⱼ`). Of the others a superscript is a calculation and
stands in parentheses, a subscript is a label and keeps its braces: `ε^(-3.5)`, `min_{x∈X}`; one word needs
neither: `λ_max`.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from pubcli.text.tex_tables import (
    ACCENTS,
    BLACKBOARD,
    FONTS,
    FUNCTIONS,
    LETTERS,
    MACROS,
    MARKS,
    RELATIONS,
    SILENT,
    TEXTS,
)

# Python before 3.11.5 forgets a lookahead in a group that is repeated possessively: only single characters are.
_TOKEN = re.compile(
    r"""
      \$\$ (?:[^$\\h]++|\\.|h(?!ttps?://))+ \$\$                           # $$a$$
    | \$(?=[^\s$]) (?:[^$\\h]++|\\.|h(?!ttps?://))* (?<!\s)\$(?!\d)        # $a$, but not $5 and $10
    | \$\\[A-Za-z]+\$                                                      # $\sim$5 is no price
    | \\\( (?:[^\\]++|\\[^()])* \\\)                                       # \(a\)
    | \\\[ (?:[^\\]++|\\[^][])* \\\]                                       # \[a\]
    | \\['"`^~=.] (?:[A-Za-z]|\{\\?[A-Za-z]\}|\\[ij](?![A-Za-z]))          # \'e \'{e} \'\i
    | \\[cvuHkrd] (?:\s*\{\\?[A-Za-z]\}|\s+(?!https?://)[A-Za-z])          # \c{c} \v s
    | \\(?:sqrt\[[^][\\{}$]+\]|left\.|right\.|operatorname\*|[A-Za-z]+|.)  # \alpha \%
    | https?://(?:[^\s{}\\]|\\(?![{}]))*                                 # but not the backslash of \}
    | (?:[^\\${}^_~h]++|h(?!ttps?://))+
    | .
    """,
    re.VERBOSE | re.DOTALL,
)
_ADDRESS = ("http://", "https://")
_DEEPEST = 40
"""Braces and waiting macros nested deeper than this stay as written, which keeps any input linear."""


def readable(text: str) -> str:
    """Text with its TeX made readable; the very same object when there is none."""
    if "\\" not in text and "$" not in text:
        return text
    return _Reader(text, math=False).read()


_SET_APART = ("$", "\\(", "\\[", *_ADDRESS)


def prose(text: str) -> str:
    """Readable text with a bar in the place of each formula and web address."""
    if "\\" not in text and "$" not in text and "http" not in text:
        return text
    apart = (" | " if len(piece) > 2 and piece.startswith(_SET_APART) else piece for piece in pieces(text))
    return readable("".join(apart))


def pieces(text: str) -> list[str]:
    """The text cut where its TeX changes: formulas, accents, macros, braces, addresses and what is between them."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=512)
def _formula(tex: str) -> str:
    return _Reader(tex, math=True).read() if _MARKUP.search(tex) else _tidy(tex)


class _Apart(str):
    """An operand that a blank keeps from letters and digits beside it: `n log n`, `1/2 x`, `x_max y`."""

    __slots__ = ()


class _Call(NamedTuple):
    """A macro that waits for its operands."""

    make: Callable[..., str | None]
    """Makes the replacement, or None for as written."""
    arity: int
    math: bool
    """Whether an operand in braces is mathematics."""
    start: int
    operands: list[str]


class _Group:
    """A brace that is still open, or the whole text: what it has come to so far, and the macros that wait."""

    __slots__ = ("argument", "braces", "math", "out", "start", "waiting")

    def __init__(self, start: int, *, math: bool, braces: bool = False, argument: bool = False) -> None:
        self.start, self.math = start, math
        self.braces, self.argument = braces, argument
        self.out: list[str] = []
        self.waiting: list[_Call] = []


class _Reader:
    """One pass over a text; no recursion except from a text into its formulas."""

    def __init__(self, source: str, *, math: bool) -> None:
        self.source = source
        self.groups = [_Group(0, math=math)]
        self.start = self.end = 0
        self.known = self.unknown = self.named = -1
        """Where a converted macro, an unknown one, and a name that swallows the next blank ended last."""

    def read(self) -> str:
        handler = _HANDLERS.get
        for piece in _TOKEN.findall(self.source):
            self.start = self.end
            self.end += len(piece)
            handler(piece[0], _Reader._plain)(self, piece)
        return self._result()

    def _result(self) -> str:
        pieces: list[str] = []
        for group, inner in zip(self.groups, [*self.groups[1:], None], strict=True):
            pieces += group.out
            if group.waiting:
                pieces.append(self.source[group.waiting[0].start : inner.start if inner else self.end])
            if inner:
                pieces.append("{")
        text = "".join(pieces)
        return _tidy(text) if self.groups[0].math else text

    def _put(self, operand: str) -> None:
        """Hand an operand to the macro that waits for it, what that makes to the next, else to the text."""
        group = self.groups[-1]
        while group.waiting:
            call = group.waiting[-1]
            call.operands.append(operand)
            if len(call.operands) < call.arity:
                return
            group.waiting.pop()
            made = call.make(*call.operands)
            operand = self.source[call.start : self.end] if made is None else made
            if call.math:
                self.known = self.end
        if operand:
            out = group.out
            if out and _touch(out[-1], operand):
                out.append(" ")
            out.append(operand)

    def _await(self, make: Callable[..., str | None], arity: int, *, math: bool = True) -> None:
        waiting = self.groups[-1].waiting
        if len(waiting) < _DEEPEST:
            waiting.append(_Call(make, arity, math, self.start, []))
        else:
            self._put(self.source[self.start : self.end])

    def _plain(self, piece: str) -> None:
        waiting, end = self.groups[-1].waiting, self.end
        if self.named == self.start:
            piece = piece.lstrip()
        while waiting and not piece.startswith(_ADDRESS) and (piece := piece.lstrip()):
            self.end = end - len(piece) + 1
            self._put(piece[0])
            piece = piece[1:]
        self.end = end
        if piece:
            self._put(piece)

    def _dollar(self, piece: str) -> None:
        width = 2 if piece.startswith("$$") else 1
        self._put(_formula(piece[width:-width]) if len(piece) > 2 else piece)

    def _open(self, piece: str) -> None:
        group, argument = self.groups[-1], self.unknown == self.start
        if len(self.groups) > _DEEPEST:
            self._put(piece)
        elif group.waiting:
            self.groups.append(_Group(self.start, math=group.waiting[-1].math))
        else:
            braces = argument or not (group.math or self.known == self.start)
            self.groups.append(_Group(self.start, math=group.math, braces=braces, argument=argument))

    def _close(self, piece: str) -> None:
        if len(self.groups) == 1:
            self._put(piece)
            return
        group = self.groups.pop()
        if group.waiting:
            group.out.append(self.source[group.waiting[0].start : self.start])
        content = "".join(group.out)
        if group.math:
            content = _tidy(content)
        if group.argument:
            self.unknown = self.end
        self._put(f"{{{content}}}" if group.braces else content)

    def _script(self, piece: str) -> None:
        if self.groups[-1].math or self.known == self.start:
            self._await(_raised if piece == "^" else _lowered, 1)
        else:
            self._put(piece)

    def _tie(self, piece: str) -> None:
        before, after = self.source[self.start - 1 : self.start], self.source[self.end : self.end + 1]
        beside = after.strip() and (before == "$" or self.known == self.start)
        beside = beside or (after in ("\\", "$") and (before.isalnum() or before in (".", ")")))
        self._put(" " if self.groups[-1].math or beside else piece)

    def _macro(self, piece: str) -> None:
        name, group = piece[1:], self.groups[-1]
        if name in _SYMBOLS:
            self._symbol(name, _SYMBOLS[name])
        elif name in _CALLS:
            make, arity, math = _CALLS[name]
            self._await(make, arity, math=math)
        elif name.startswith("sqrt["):
            self._await(partial(_root, index=name[5:-1]), 1)
        elif len(name) > 1 and name[0] in "([":
            self._put(_formula(name[1:-2]))
        elif (letter := _letter(piece)) != piece:
            self._put(letter)
        else:
            self._put(piece)
            self.unknown = self.end
            return
        if self.start == group.start + 1 and not group.argument:
            group.braces = False

    def _symbol(self, name: str, symbol: str) -> None:
        if self.groups[-1].math and name in RELATIONS:
            symbol = f" {symbol} "
        if symbol:
            self._put(symbol)
        if name in _NAMED:
            self.named = self.end
        if name.isalpha():
            self.known = self.end


_HANDLERS: Mapping[str, Callable[[_Reader, str], None]] = {
    "\\": _Reader._macro,
    "$": _Reader._dollar,
    "{": _Reader._open,
    "}": _Reader._close,
    "^": _Reader._script,
    "_": _Reader._script,
    "~": _Reader._tie,
}


def _touch(before: str, after: str) -> bool:
    """Whether a blank must stand between two neighbours so that each can still be read."""
    if type(after) is _Apart:
        return after[0] not in "^_*⋆" and (before[-1].isalnum() or before[-1] in ")]}")
    if type(before) is _Apart:
        return after[0] not in _SMALL and (after[0].isalnum() or after[0] in "√∑∏∫")
    return "\\" in before and after[0].isascii() and after[0].isalpha() and bool(_MACRO_AT_END.search(before))


_MARKUP = re.compile(r"[\\{}^_~]")
_MACRO_AT_END = re.compile(r"\\[A-Za-z]+\Z")
_INSIDE = re.compile(r"(?<=[(\[{]) | (?=[)\]},;]|⟩|⌉|⌋|×\Z)")
_SIGN = re.compile(r"(?<=[^\s([{,|])( ?)([:!-]?[=<>]+|·|±|∪|∩|∘|⊗|⊕|∧|∨)( ?)(?=[^\s)\]},|])")


def _tidy(tex: str) -> str:
    """One line without blanks inside brackets, and with a blank on both sides of a sign or on neither."""
    text = " ".join(tex.split())
    return _SIGN.sub(_balanced, _INSIDE.sub("", text)) if " " in text else text


def _balanced(sign: re.Match[str]) -> str:
    return f" {sign[2]} " if sign[1] or sign[3] else sign[2]


_RAISED = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW′†⊤∘*∗⋆",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ′†ᵀ°**⋆",
        strict=True,
    )
)
_LOWERED = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))


def script(text: str, *, raised: bool) -> str:
    """Text above the line or below it in running text: digits and signs as such, `H₂O`; letters stay, as in 2nd."""
    small = _RAISED if raised else _LOWERED
    is_number = all(char in small and not char.isalpha() for char in text)
    return "".join(small[char] for char in text) if is_number else text


_STARS = {"*", "⋆"}
_SMALL = {*_RAISED.values(), *_LOWERED.values()} - _STARS
_SYMBOL = re.compile(r" ?([^\w .]) ?")
_DECIMAL = re.compile(r"\d+\.\d+|\\[A-Za-z]+")


def _script(operand: str, mark: str, small: Mapping[str, str], brackets: str) -> str:
    if operand in small and operand not in _STARS:
        return small[operand]
    text = _SYMBOL.sub(r"\1", operand.strip()) if " " in operand else operand
    if len(text) < 5 and (len(text) < 3 or not text.isalpha()) and all(char in small for char in text):
        short = "".join([small[char] for char in text])
        return _Apart(short) if short in _STARS else short
    if len(text) == 1 or (text.isalnum() and _SMALL.isdisjoint(text)) or _DECIMAL.fullmatch(text):
        return _Apart(mark + text)
    return _Apart(mark + brackets[0] + text + brackets[1])


_TERM = re.compile(
    r"""
      √? (?: \d+(?:\.\d+)? | [^\W\d_] ) (?: [_^] (?: [^\W_]+ | \{[^{}]*\} | \([^()]*\) ) )*  # 0.5, √x, x_max
    | \([^()]*\) | \\[A-Za-z]+ | .
    """,
    re.VERBOSE,
)
_PRODUCT = re.compile(r"-?(?:(?!±)[^\s+\-=<>/()]|\([^()]*\))+")


def _is_term(text: str) -> bool:
    """Whether nothing in a text can be torn apart by a sign in front of it or behind it."""
    return _TERM.fullmatch(text.translate(_NO_SCRIPTS)) is not None


def _fraction(top: str, bottom: str) -> str | None:
    top, bottom = top.strip(), bottom.strip()
    if not top or not bottom:
        return None
    top = top if _PRODUCT.fullmatch(top) else f"({top})"
    return _Apart(f"{top}/{bottom if _is_term(bottom) else f'({bottom})'}")


def _root(operand: str, index: str = "") -> str:
    operand = operand.strip()
    degree = "".join([_RAISED.get(char, char) for char in index])
    return f"{degree}√{operand}" if _is_term(operand) else f"{degree}√({operand})"


def _marked(operand: str, mark: str) -> str | None:
    """Set a mark over an operand; None when the operand is too long for it."""
    operand = operand.strip()
    if len(operand) == 1 or (operand[:1].isalpha() and _is_term(operand)):
        return unicodedata.normalize("NFC", operand[0] + mark + operand[1:])
    return None


def _letter(piece: str) -> str:
    r"""Compose the letter that `\'e` or `\c{c}` stands for; the piece itself when there is no such letter."""
    if len(piece) < 3 or piece[1:3].isalpha():
        return piece
    letter = unicodedata.normalize("NFC", piece.rstrip("}")[-1] + ACCENTS[piece[1]])
    return letter if len(letter) == 1 else piece


_NO_SCRIPTS = dict.fromkeys(map(ord, {*_SMALL, *_STARS, *ACCENTS.values(), *MARKS.values()}))
_SYMBOLS = {
    **MACROS,
    **LETTERS,
    **{name: _Apart(name) for name in FUNCTIONS},
    **dict.fromkeys(SILENT, ""),
    **dict.fromkeys((",", ";", ":", " ", "quad", "qquad"), " "),
    **dict(zip("%&_#${}|", "%&_#${}‖", strict=True)),
}
_NAMED = {*LETTERS, *SILENT, "nabla", "partial", "forall", "exists", "neg", "langle", "lceil", "lfloor"}
"""Macros after which a blank only ends the name."""

_raised = partial(_script, mark="^", small=_RAISED, brackets="()")
_lowered = partial(_script, mark="_", small=_LOWERED, brackets="{}")
_CALLS: Mapping[str, tuple[Callable[..., str | None], int, bool]] = {
    **dict.fromkeys(TEXTS, (str, 1, False)),
    **dict.fromkeys(FONTS, (str, 1, True)),
    **dict.fromkeys(("operatorname", "operatorname*"), (_Apart, 1, True)),
    **dict.fromkeys(("mathbb", "mathds"), (lambda text: text.translate(BLACKBOARD), 1, True)),
    **dict.fromkeys(("frac", "dfrac", "tfrac", "nicefrac"), (_fraction, 2, True)),
    **{name: (partial(_marked, mark=mark), 1, True) for name, mark in MARKS.items()},
    "sqrt": (_root, 1, True),
    "binom": (lambda n, k: f"({n} choose {k})", 2, True),
    "href": (lambda address, text: f"{text} ({address})", 2, False),
}
"""Macros with operands: what makes the replacement, of how many operands, and whether they are formulas."""
KNOWN = frozenset({*_SYMBOLS, *_CALLS})
"""The names, without the backslash, of all macros that are understood."""
