r"""Turn TeX source into the text that it typesets; the inverse of `to_tex`.

Formulas stay as they are, and so do macros that `text.readable` understands. Escapes become characters, and so do
macros for accents, letters and punctuation. Braces that only protect capitals are removed. For example,
`{\'E}tude of {LLM}s, 5\%` becomes `Étude of LLMs, 5%`.
"""

import re
import sys
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from pubcli.formats.bibtex.to_tex import SWITCHES, source
from pubcli.formats.shared.lines import one_line
from pubcli.text.tex import pieces, script
from pubcli.text.tex_tables import ACCENTS, LETTERS, MACROS

_ENSUREMATH = re.compile(r"(\{)?\\ensuremath\s*\{(\\[A-Za-z]+)\}(?(1)\})")
"""Matches a macro in \\ensuremath. With the option --ascii, pubcli writes symbols in this way."""
_BETWEEN_DOLLARS = re.compile(r"\$([^$]+)\$")
_QUOTED = re.compile(r"``((?:(?!``|'').)*)''", re.DOTALL)
_BIBLATEX_MACRO = re.compile(
    r"\\(?:autocap|mkbib(?P<mark>quote|emph|italic|bold|parens))\s*\{(?P<text>(?:[^{}]|\{[^{}]*\})*)\}"
)
"""Matches a macro of biblatex that sets the style of a text, together with this text."""
_QUOTATION_MARKS = {"quote": "“{}”", "parens": "({})"}
_URL = re.compile(r"\\url\s*\{([^{}]*)\}")
_SYMBOL = re.compile(r"\\symbol\{(\d{1,7})\}")
_SCRIPT = re.compile(r"\\text(super|sub)script\s*\{([^{}]*)\}")
_UNPRINTED = re.compile(r"\\(?:raisebox|[Nn]oopsort|SortNoop)\s*\{[^{}]*\}|\\relax(?![A-Za-z])\s*")
"""Matches macros that print nothing. They shift text, sort entries or have no effect."""
_TEXTDOLLAR = re.compile(r"\\textdollar(?![A-Za-z])\s*(?:\{\})?")
_ENTITIES = {"amp": r"\&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "~", "#38": r"\&"}
_ENTITY = re.compile(rf"(?<!\\)&({'|'.join(_ENTITIES)});")
"""Matches an entity of HTML. Crossref and publishers leave entities in BibTeX."""
_LOGOS = "TeX LaTeX BibTeX BibLaTeX ConTeXt LuaTeX LuaLaTeX XeTeX XeLaTeX pdfTeX pdfLaTeX eTeX".split()
"""Macros for logos of programs. The text of a logo is the name of its macro."""
_CHARACTERS = {
    **LETTERS,
    "textbackslash": "\\", "textasciitilde": "~", "textasciicircum": "^", "textbraceleft": "{",
    "textbraceright": "}", "textunderscore": "_", "textendash": "–", "textemdash": "—", "textquoteleft": "‘",
    "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”", "quotedblbase": "„", "textbar": "|",
    "quotesinglbase": "‚", "guillemotleft": "«", "guillemotright": "»", "ldots": "…", "dots": "…", "textellipsis": "…",
    "textcopyright": "©", "textregistered": "®", "texttrademark": "™", "texteuro": "€", "textsterling": "£",
    "textdegree": "°", "textdagger": "†", "textless": "<", "textgreater": ">", "textquotesingle": "'",
    "pounds": "£", "copyright": "©", "euro": "€", "dag": "†", "ddag": "‡", "P": "¶", "textdaggerdbl": "‡",
    "textparagraph": "¶", "textsection": "§", "textbullet": "•", "textmu": "µ", "textperthousand": "‰", "textpm": "±",
    "texttimes": "×", "textordfeminine": "ª", "textordmasculine": "º", "textexclamdown": "¡", "textquestiondown": "¿",
    "textonehalf": "½", "textasteriskcentered": "*", "guillemetleft": "«", "guillemetright": "»", "guilsinglleft": "‹",
    "guilsinglright": "›", "textyen": "¥", "textcent": "¢", "lq": "‘", "rq": "’", "slash": "/", "xspace": "",
    " ": " ", "\\": " ", "%": "%", "&": "&", "#": "#", "_": "_", "{": "{", "}": "}", "textperiodcentered": "·", "-": "",
    "hyphen": "-", "ng": "ŋ", "NG": "Ŋ", "LaTeXe": "LaTeX2e", **{name: name for name in _LOGOS},
}  # fmt: skip
"""Maps macros to the characters that they typeset."""
_ACCENTS = {**ACCENTS, "b": "\u0331", "h": "\u0309"}
_PLACEHOLDERS = re.compile("[\ufdd0-\ufdd2]")
"""Matches the placeholders for dollars and braces. These characters are first removed from the input."""
_MARKED = re.compile(r"(?<![^\W_])[^\W_]*+(?:\ufdd1[^\ufdd1\ufdd2]*\ufdd2[^\W_]*)+")
"""Matches text between placeholders for braces, with the letters directly before and after the placeholders."""
_PROTECTED = re.compile(r"\{[^{}]*\}")
_DOLLAR = "\ufdd0"
"""Placeholder for an escaped dollar until the text is converted."""


def text(tex: str) -> str:
    """Return the text that TeX prints for a value of BibTeX, on one line."""
    tex = one_line(tex)
    if "&" in tex:  # an unescaped & is not valid TeX, so it may begin an entity
        tex = _ENTITY.sub(lambda entity: _ENTITIES[entity[1]], tex)
    if "\\" in tex or "{" in tex or "}" in tex or "~" in tex or "``" in tex:
        return _read(tex)
    return tex


@lru_cache(maxsize=4_096)
def _read(tex: str) -> str:
    tex = _TEXTDOLLAR.sub(r"\\$", _UNPRINTED.sub("", tex)).replace(
        "$\\slash$", "/"
    )  # a slash at which a line may break, not a formula
    tex = _SCRIPT.sub(
        lambda match: script(match[2], raised=match[1] == "super"), _SYMBOL.sub(_symbol, _URL.sub(r"\1", tex))
    )
    if "\\mkbib" in tex or "\\autocap" in tex:
        tex = _BIBLATEX_MACRO.sub(lambda match: _QUOTATION_MARKS.get(match["mark"], "{}").format(match["text"]), tex)
    if "``" in tex:
        tex = _QUOTED.sub(r"“\1”", tex)
    tex = _BETWEEN_DOLLARS.sub(_formula, _PLACEHOLDERS.sub("", tex).replace("\\$", _DOLLAR))
    plain = one_line(_Conversion(pieces(tex)).result)
    if _DOLLAR in plain:
        plain = _with_dollars(plain)
    return unicodedata.normalize("NFC", plain) if not plain.isascii() else plain


def capitals(tex: str) -> tuple[str, ...]:
    """Return the words of a title that have capitals in braces.

    Omit words such as `LLM`, because `to_tex.source` puts their capitals in braces in any case.
    """
    if "{" not in tex:
        return ()
    marked = _Conversion(pieces(_UNPRINTED.sub("", _PLACEHOLDERS.sub("", one_line(tex)))), marks=True).result
    parts = (unicodedata.normalize("NFC", _PLACEHOLDERS.sub("", part)) for part in _MARKED.findall(marked))
    runs = (run.strip() for part in parts for run in pieces(part) if run[0] not in "\\${}_~^")
    return tuple(dict.fromkeys(run for run in runs if not _PROTECTED.sub("", source(f"x {run}", title=True)).islower()))


def _formula(match: re.Match[str]) -> str:
    """Return a formula without \\ensuremath. In a formula with macros, also strip the spaces next to the dollar signs.

    With such spaces, as in `$ \\alpha $`, the function `pieces` would not recognise the formula.
    """
    if "\\" not in match[1]:
        return match[0]
    formula = _ENSUREMATH.sub(r"{\2}", match[1])
    return f"${formula.strip()}$"


def _symbol(match: re.Match[str]) -> str:
    number = int(match[1])
    return chr(number) if 31 < number < 0xD800 or 0xDFFF < number <= sys.maxunicode else match[0]


def _with_dollars(text: str) -> str:
    """Replace the placeholders in a text by `$`, or by `\\$` if the text between two `$` would become a formula."""
    plain, escaped = text.replace(_DOLLAR, "$"), text.replace(_DOLLAR, "\\$")
    return plain if _formulas(plain) == _formulas(escaped) else escaped


def _formulas(text: str) -> list[str]:
    return [piece for piece in pieces(text) if piece[0] == "$" and len(piece) > 1]


def _accented(text: str, mark: str) -> str:
    """Add an accent to the first letter of a text, after the accents that the letter already has."""
    place = next((at for at, char in enumerate(text) if at and not unicodedata.combining(char)), len(text))
    return text[:place] + mark + text[place:] if text else ""


class _Group:
    """The converted text after an open brace, or outside of all braces.

    The attributes other than `out` state what is done with this text at the closing brace, such as adding an accent.
    """

    __slots__ = ("accent", "is_kept", "is_marked", "math", "out")

    def __init__(self, *, is_kept: bool = False, accent: str = "", math: bool = False, is_marked: bool = False) -> None:
        self.is_kept, self.accent, self.math, self.is_marked = is_kept, accent, math, is_marked
        self.out: list[str] = []


class _Conversion:
    """Convert the pieces of a text in one pass.

    If `marks` is true, replace braces that only protect capitals by placeholders.
    """

    def __init__(self, cut: Sequence[str], *, marks: bool = False) -> None:
        self.cut, self.marks = cut, marks
        self.open = [_Group()]
        self.accent = ""
        """The accent, as a combining character, whose letter has not been read yet."""
        self.after_name = self.is_argument = self.is_formula = False
        """Flags of the next piece: it follows the name of a macro; it may be an argument; it follows \\ensuremath."""
        for place, piece in enumerate(cut):
            self._take(place, piece)
        while len(self.open) > 1:
            self._close("")
        self.result = "".join(self.open[0].out)

    def _take(self, place: int, piece: str) -> None:
        after_name, self.after_name = self.after_name, False
        is_argument, self.is_argument = self.is_argument, False
        if piece == "{":
            inside = self.cut[place + 1] if place + 1 < len(self.cut) else ""
            if inside[:1] == "\\" and inside[1:] in _CHARACTERS and self.cut[place - 1] == "}":
                is_argument = False  # a character after an argument is not a second argument
            is_kept = is_argument or (inside[:1] == "\\" and inside[1:] in SWITCHES)
            is_plain = not (is_kept or self.accent or self.is_formula or inside[:1] == "\\")
            self.open.append(_Group(is_kept=is_kept, accent=self.accent, math=self.is_formula, is_marked=is_plain))
            self.accent, self.is_formula = "", False
        elif piece == "}":
            self._close(self.cut[place + 1][:1] if place + 1 < len(self.cut) else "")
        elif piece[0] == "\\" and len(piece) > 1:
            self._macro(piece)
        elif piece == "~":
            self._put(" ")
        elif piece.startswith(("http://", "https://")):
            self._put(re.sub(r"\\([_%&#])", r"\1", piece))
        else:
            self._put(piece.lstrip() if after_name else piece)

    def _put(self, text: str) -> None:
        if self.accent and text.strip():
            text, self.accent = _accented(text.lstrip(), self.accent), ""
        self.open[-1].out.append(text)

    def _close(self, following: str) -> None:
        if len(self.open) == 1:
            self._put("}")
            return
        group = self.open.pop()
        content = "".join(group.out)
        if group.accent:
            content = _accented(content, group.accent)
        if group.math:
            bare = content[1:] in MACROS and content[:1] == "\\" and not following.isalpha()
            content = content if bare else f"${content}$"
        if self.marks and group.is_marked and content != content.lower() and len(self.open) == 1:
            content = f"\ufdd1{_PLACEHOLDERS.sub('', content)}\ufdd2"
        self._put(f"{{{content}}}" if group.is_kept else content)
        self.is_argument = group.is_kept

    def _macro(self, piece: str) -> None:
        name = piece[1:]
        if piece[:2] in ("\\(", "\\["):
            self._put(piece)
        elif name == "ensuremath":
            self.is_formula = True
        elif name in _CHARACTERS and not self.open[-1].math:
            self._put(_CHARACTERS[name])
            self.after_name = name.isalpha()
        elif name in _ACCENTS:
            self.accent = _ACCENTS[name] + self.accent
        elif name[:1] in _ACCENTS and not name[:2].isalpha():
            letter = name.rstrip("}")[-1]
            if "\\" in name:
                letter = {"i": "i", "j": "j"}.get(letter, LETTERS.get(letter, letter))
            self._put(letter + _ACCENTS[name[0]])
        else:
            self._put(piece)
            self.is_argument = True
