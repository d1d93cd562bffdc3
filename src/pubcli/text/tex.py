r"""Convert TeX in titles and abstracts to readable Unicode: `$O(\varepsilon^{-2})$` becomes `O(ε⁻²)`.

`_TOKEN` splits the text, `_Reader` joins the converted pieces, and the tables in `tex_tables` list the macros. Unknown
macros, unclosed braces and dollar signs, and `^` or `_` without an operand stay as written. Macros are also converted
outside formulas, because authors forget the dollar signs. Outside formulas, `_ ^ { } ~` have a meaning only next to a
macro.

Short superscripts and subscripts become small characters (`x²`, `x₀`, `xᵢⱼ`). A longer superscript is treated as a
calculation and gets parentheses: `ε^(-3.5)`. A longer subscript is treated as a label and keeps its braces:
`min_{x∈X}`. A single word gets no brackets: `λ_max`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

from pubcli.lazy import NamedTuple, pattern, re, unicodedata
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

# Python before 3.11.5 ignores a lookahead in a possessively repeated group. So no group is repeated possessively here.
_TOKEN = pattern(
    r"""(?xs)
      \$\$ (?:[^$\\h]++|\\.|h(?!ttps?://))+ \$\$                           # $$a$$
    | \$(?=[^\s$]) (?:[^$\\h]++|\\.|h(?!ttps?://))* (?<!\s)\$(?!\d)        # $a$, but not $5 and $10
    | \$\\[A-Za-z]+\$                                                      # $\sim$5 is not a price
    | \\\( (?:[^\\]++|\\[^()])* \\\)                                       # \(a\)
    | \\\[ (?:[^\\]++|\\[^][])* \\\]                                       # \[a\]
    | \\['"`^~=.] (?:[A-Za-z]|\{\\?[A-Za-z]\}|\\[ij](?![A-Za-z]))          # \'e \'{e} \'\i
    | \\[cvuHkrd] (?:\s*\{\\?[A-Za-z]\}|\s+(?!https?://)[A-Za-z])          # \c{c} \v s
    | \\(?:sqrt\[[^][\\{}$]+\]|left\.|right\.|operatorname\*|[A-Za-z]+|.)  # \alpha \%
    | https?://(?:[^\s{}\\]|\\(?![{}]))*                                 # but not the backslash of \}
    | (?:[^\\${}^_~h]++|h(?!ttps?://))+
    | .
    """
)
_ADDRESS = ("http://", "https://")
_DEEPEST = 40
"""Maximum number of open braces, and of macros that wait for operands. Others stay as written, to limit the time."""


def converted(text: str) -> str:
    """Return a text with its TeX converted to Unicode."""
    return _Reader(text, math=False).read()


_FORMULA_OR_ADDRESS = ("$", "\\(", "\\[", *_ADDRESS)


def prose(text: str) -> str:
    """Replace each formula and web address in a text with a vertical bar, and convert all other TeX to Unicode."""
    if "\\" not in text and "$" not in text and "http" not in text:
        return text
    replaced = (" | " if len(piece) > 2 and piece.startswith(_FORMULA_OR_ADDRESS) else piece for piece in pieces(text))
    return converted("".join(replaced))


def pieces(text: str) -> list[str]:
    """Split a text into formulas, accents, macros, braces, addresses and the text between them."""
    return _TOKEN.findall(text)


def has_script(cut: Sequence[str], index: int) -> bool:
    r"""Return whether a piece has a superscript or subscript: `\varepsilon` in `\varepsilon^{-2}`.

    It is then part of a formula, although its writer left out the `$`.
    """
    return index + 1 < len(cut) and cut[index + 1] in ("^", "_")


@lru_cache(maxsize=512)
def _formula(tex: str) -> str:
    return _Reader(tex, math=True).read() if _MARKUP.search(tex) else _tidy(tex)


class _Spaced(str):
    """A piece that needs a blank between itself and adjacent letters and digits: `n log n`, `1/2 x`, `x_max y`."""

    __slots__ = ()


class _Call(NamedTuple):
    """A macro that waits for operands."""

    convert: Callable[..., str | None]
    """Returns the replacement, or None to keep the macro as written."""
    arity: int
    math: bool
    """Whether an operand in braces is a formula."""
    start: int
    operands: list[str]


class _Group:
    """The text after an open brace, or the whole text: the converted pieces, and the macros that wait for operands."""

    __slots__ = ("argument", "braces", "math", "out", "pending", "start")

    def __init__(self, start: int, *, math: bool, braces: bool = False, argument: bool = False) -> None:
        self.start, self.math = start, math
        self.braces, self.argument = braces, argument
        self.out: list[str] = []
        self.pending: list[_Call] = []


class _Reader:
    """Converts a text in one pass; only formulas inside the text are read recursively."""

    def __init__(self, source: str, *, math: bool) -> None:
        self.source = source
        self.groups = [_Group(0, math=math)]
        self.start = self.end = 0
        self.converted_end = self.unknown_end = self.name_end = -1
        """End offsets of the last converted macro, the last unknown macro, and the last macro in `_NAMES`."""

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
            if group.pending:
                pieces.append(self.source[group.pending[0].start : inner.start if inner else self.end])
            if inner:
                pieces.append("{")
        text = "".join(pieces)
        return _tidy(text) if self.groups[0].math else text

    def _put(self, operand: str) -> None:
        """Pass an operand to the last macro that waits for operands. If no macro waits, append the operand to the text.

        When a macro has all its operands, its result is passed on in the same way.
        """
        group = self.groups[-1]
        while group.pending:
            call = group.pending[-1]
            call.operands.append(operand)
            if len(call.operands) < call.arity:
                return
            group.pending.pop()
            replacement = call.convert(*call.operands)
            operand = self.source[call.start : self.end] if replacement is None else replacement
            if call.math:
                self.converted_end = self.end
        if operand:
            out = group.out
            if out and _needs_blank(out[-1], operand):
                out.append(" ")
            out.append(operand)

    def _expect_operands(self, convert: Callable[..., str | None], arity: int, *, math: bool = True) -> None:
        pending = self.groups[-1].pending
        if len(pending) < _DEEPEST:
            pending.append(_Call(convert, arity, math, self.start, []))
        else:
            self._put(self.source[self.start : self.end])

    def _plain(self, piece: str) -> None:
        pending, end = self.groups[-1].pending, self.end
        if self.name_end == self.start:
            piece = piece.lstrip()
        while pending and not piece.startswith(_ADDRESS) and (piece := piece.lstrip()):
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
        group, argument = self.groups[-1], self.unknown_end == self.start
        if len(self.groups) > _DEEPEST:
            self._put(piece)
        elif group.pending:
            self.groups.append(_Group(self.start, math=group.pending[-1].math))
        else:
            braces = argument or not (group.math or self.converted_end == self.start)
            self.groups.append(_Group(self.start, math=group.math, braces=braces, argument=argument))

    def _close(self, piece: str) -> None:
        if len(self.groups) == 1:
            self._put(piece)
            return
        group = self.groups.pop()
        if group.pending:
            group.out.append(self.source[group.pending[0].start : self.start])
        content = "".join(group.out)
        if group.math:
            content = _tidy(content)
        if group.argument:
            self.unknown_end = self.end
        self._put(f"{{{content}}}" if group.braces else content)

    def _script(self, piece: str) -> None:
        if self.groups[-1].math or self.converted_end == self.start:
            self._expect_operands(_raised if piece == "^" else _lowered, 1)
        else:
            self._put(piece)

    def _tie(self, piece: str) -> None:
        before, after = self.source[self.start - 1 : self.start], self.source[self.end : self.end + 1]
        is_tie = after.strip() and (before == "$" or self.converted_end == self.start)
        is_tie = is_tie or (after in ("\\", "$") and (before.isalnum() or before in (".", ")")))
        self._put(" " if self.groups[-1].math or is_tie else piece)

    def _macro(self, piece: str) -> None:
        name, group = piece[1:], self.groups[-1]
        if name in _SYMBOLS:
            self._symbol(name, _SYMBOLS[name])
        elif name in _CALLS:
            convert, arity, math = _CALLS[name]
            self._expect_operands(convert, arity, math=math)
        elif name.startswith("sqrt["):
            self._expect_operands(partial(_root, index=name[5:-1]), 1)
        elif len(name) > 1 and name[0] in "([":
            self._put(_formula(name[1:-2]))
        elif (letter := _letter(piece)) != piece:
            self._put(letter)
        else:
            self._put(piece)
            self.unknown_end = self.end
            return
        if self.start == group.start + 1 and not group.argument:
            group.braces = False

    def _symbol(self, name: str, symbol: str) -> None:
        if self.groups[-1].math and name in RELATIONS:
            symbol = f" {symbol} "
        if symbol:
            self._put(symbol)
        if name in _NAMES:
            self.name_end = self.end
        if name.isalpha():
            self.converted_end = self.end


_HANDLERS: Mapping[str, Callable[[_Reader, str], None]] = {
    "\\": _Reader._macro,
    "$": _Reader._dollar,
    "{": _Reader._open,
    "}": _Reader._close,
    "^": _Reader._script,
    "_": _Reader._script,
    "~": _Reader._tie,
}


def _needs_blank(before: str, after: str) -> bool:
    """Return whether two adjacent pieces need a blank between them to stay readable."""
    if type(after) is _Spaced:
        return after[0] not in "^_*⋆" and (before[-1].isalnum() or before[-1] in ")]}")
    if type(before) is _Spaced:
        return after[0] not in _SMALL and (after[0].isalnum() or after[0] in "√∑∏∫")
    return "\\" in before and after[0].isascii() and after[0].isalpha() and bool(_MACRO_AT_END.search(before))


_MARKUP = pattern(r"[\\{}^_~]")
_MACRO_AT_END = pattern(r"\\[A-Za-z]+\Z")
_INSIDE = pattern(r"(?<=[(\[{]) | (?=[)\]},;]|⟩|⌉|⌋|×\Z)")
_SIGN = pattern(r"(?<=[^\s([{,|])( ?)([:!-]?[=<>]+|·|±|∪|∩|∘|⊗|⊕|∧|∨)( ?)(?=[^\s)\]},|])")


def _tidy(tex: str) -> str:
    """Return a formula on one line, without blanks just inside brackets.

    An operator that has a blank on one side gets a blank on both sides.
    """
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
    """Return a superscript or subscript as plain text.

    Digits and signs become small characters, as in `H₂O`, and so do letters next to them: `10⁻ⁿ`. A text of letters
    alone stays as it is, as in `2nd`. If a character has no small form, the text is in parentheses: `10^(-Q)`.
    """
    text = text.strip().replace("−", "-").replace("–", "-")
    small = _RAISED if raised else _LOWERED
    if text.replace(" ", "").isalpha() or not text:
        return text
    compact = text.replace(" ", "")
    if all(char in small for char in compact):
        return "".join(small[char] for char in compact)
    return f"{'^' if raised else '_'}({text})" if any(char in "+-=" for char in text) else text


_STARS = {"*", "⋆"}
_SMALL = {*_RAISED.values(), *_LOWERED.values()} - _STARS
_SYMBOL = pattern(r" ?([^\w .]) ?")
_DECIMAL = pattern(r"\d+\.\d+|\\[A-Za-z]+")


def _script(operand: str, mark: str, small: Mapping[str, str], brackets: str) -> str:
    if operand in small and operand not in _STARS:
        return small[operand]
    text = _SYMBOL.sub(r"\1", operand.strip()) if " " in operand else operand
    if len(text) < 5 and (len(text) < 3 or not text.isalpha()) and all(char in small for char in text):
        short = "".join([small[char] for char in text])
        return _Spaced(short) if short in _STARS else short
    if len(text) == 1 or (text.isalnum() and _SMALL.isdisjoint(text)) or _DECIMAL.fullmatch(text):
        return _Spaced(mark + text)
    return _Spaced(mark + brackets[0] + text + brackets[1])


_TERM = pattern(
    r"""(?x)
      √? (?: \d+(?:\.\d+)? | [^\W\d_] ) (?: [_^] (?: [^\W_]+ | \{[^{}]*\} | \([^()]*\) ) )*  # 0.5, √x, x_max
    | \([^()]*\) | \\[A-Za-z]+ | .
    """
)
_PRODUCT = pattern(r"-?(?:(?!±)[^\s+\-=<>/()]|\([^()]*\))+")


def _is_term(text: str) -> bool:
    """Return whether a text needs no parentheses after `/` or `√`: true for `x_max` and `0.5`, false for `a+b`."""
    return _TERM.fullmatch(text.translate(_NO_SCRIPTS)) is not None


def _fraction(top: str, bottom: str) -> str | None:
    top, bottom = top.strip(), bottom.strip()
    if not top or not bottom:
        return None
    top = top if _PRODUCT.fullmatch(top) else f"({top})"
    return _Spaced(f"{top}/{bottom if _is_term(bottom) else f'({bottom})'}")


def _root(operand: str, index: str = "") -> str:
    operand = operand.strip()
    degree = "".join([_RAISED.get(char, char) for char in index])
    return f"{degree}√{operand}" if _is_term(operand) else f"{degree}√({operand})"


def _marked(operand: str, mark: str) -> str | None:
    """Put an accent over an operand; return None if the operand is too long for an accent."""
    operand = operand.strip()
    if len(operand) == 1 or (operand[:1].isalpha() and _is_term(operand)):
        return unicodedata.normalize("NFC", operand[0] + mark + operand[1:])
    return None


def _letter(piece: str) -> str:
    r"""Return the letter that an accent macro such as `\'e` or `\c{c}` produces. Return any other piece unchanged."""
    if len(piece) < 3 or piece[1:3].isalpha():
        return piece
    letter = unicodedata.normalize("NFC", piece.rstrip("}")[-1] + ACCENTS[piece[1]])
    return letter if len(letter) == 1 else piece


def single_macro(piece: str) -> str | None:
    r"""Return the character that a macro without operands produces outside of formulas: `\alpha`, `\ss`, `\'e`.

    Return None for any other piece.
    """
    name = piece[1:]
    if name in LETTERS or name in MACROS:
        return LETTERS.get(name) or MACROS[name]
    letter = _letter(piece) if name[:1] in ACCENTS else piece
    return letter if letter != piece else None


_NO_SCRIPTS = dict.fromkeys(map(ord, {*_SMALL, *_STARS, *ACCENTS.values(), *MARKS.values()}))
_SYMBOLS = {
    **MACROS,
    **LETTERS,
    **{name: _Spaced(name) for name in FUNCTIONS},
    **dict.fromkeys(SILENT, ""),
    **dict.fromkeys((",", ";", ":", " ", "quad", "qquad"), " "),
    **dict(zip("%&_#${}|", "%&_#${}‖", strict=True)),
}
_NAMES = {*LETTERS, *SILENT, "nabla", "partial", "forall", "exists", "neg", "langle", "lceil", "lfloor"}
"""Macros after which a blank is removed, because the blank only ends the name of the macro."""

_raised = partial(_script, mark="^", small=_RAISED, brackets="()")
_lowered = partial(_script, mark="_", small=_LOWERED, brackets="{}")
_CALLS: Mapping[str, tuple[Callable[..., str | None], int, bool]] = {
    **dict.fromkeys(TEXTS, (str, 1, False)),
    **dict.fromkeys(FONTS, (str, 1, True)),
    **dict.fromkeys(("operatorname", "operatorname*"), (_Spaced, 1, True)),
    **dict.fromkeys(("mathbb", "mathds"), (lambda text: text.translate(BLACKBOARD), 1, True)),
    **dict.fromkeys(("frac", "dfrac", "tfrac", "nicefrac"), (_fraction, 2, True)),
    **{name: (partial(_marked, mark=mark), 1, True) for name, mark in MARKS.items()},
    "sqrt": (_root, 1, True),
    "binom": (lambda n, k: f"({n} choose {k})", 2, True),
    "href": (lambda address, text: f"{text} ({address})", 2, False),
}
"""For each macro with operands: the function that converts it, the number of operands, and whether they are
formulas."""
KNOWN = frozenset({*_SYMBOLS, *_CALLS})
"""Names of all macros that are converted, without the backslash."""
