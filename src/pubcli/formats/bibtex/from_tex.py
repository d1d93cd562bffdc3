r"""TeX source as the text that it typesets: the inverse of `formats.tex`.

Formulas and what `mathematics.readable` understands stay as written. Escapes, accents, letters and punctuation become
characters, and braces that only protect capitals go: `{\'E}tude of {LLM}s, 5\%` is `Étude of LLMs, 5%`.
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

_ENSURED = re.compile(r"(\{)?\\ensuremath\s*\{(\\[A-Za-z]+)\}(?(1)\})")
"""A letter that says itself that it is mathematics, as --ascii has to write it outside of formulas."""
_BETWEEN_DOLLARS = re.compile(r"\$([^$]+)\$")
_QUOTED = re.compile(r"``((?:(?!``|'').)*)''", re.DOTALL)
_OF_BIBLATEX = re.compile(
    r"\\(?:autocap|mkbib(?P<mark>quote|emph|italic|bold|parens))\s*\{(?P<text>(?:[^{}]|\{[^{}]*\})*)\}"
)
"""Macros of biblatex for the looks of a text: what is no quotation stands as it is."""
_MARKS = {"quote": "“{}”", "parens": "({})"}
_URL = re.compile(r"\\url\s*\{([^{}]*)\}")
_SYMBOL = re.compile(r"\\symbol\{(\d{1,7})\}")
_SCRIPT = re.compile(r"\\text(super|sub)script\s*\{([^{}]*)\}")
_UNPRINTED = re.compile(r"\\(?:raisebox|[Nn]oopsort|SortNoop)\s*\{[^{}]*\}|\\relax(?![A-Za-z])\s*")
"""What only moves what stands behind it, sorts entries or does nothing."""
_TEXTDOLLAR = re.compile(r"\\textdollar(?![A-Za-z])\s*(?:\{\})?")
_SOURCE_OF_ENTITY = {"amp": r"\&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "~", "#38": r"\&"}
_ENTITY = re.compile(rf"(?<!\\)&({'|'.join(_SOURCE_OF_ENTITY)});")
"""Of HTML, as Crossref and publishers leave them in BibTeX."""
_PROGRAMS = "TeX LaTeX BibTeX BibLaTeX ConTeXt LuaTeX LuaLaTeX XeTeX XeLaTeX pdfTeX pdfLaTeX eTeX".split()
"""Macros that are logos; as text, a logo is its name."""
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
    "hyphen": "-", "ng": "ŋ", "NG": "Ŋ", "LaTeXe": "LaTeX2e", **{name: name for name in _PROGRAMS},
}  # fmt: skip
"""Macros for characters, with what they typeset."""
_ACCENTS = {**ACCENTS, "b": "\u0331", "h": "\u0309"}
_STAND_INS = re.compile("[\ufdd0-\ufdd2]")
"""What stands for a dollar or for braces meanwhile; as characters that no text needs, they are taken out of it."""
_MARKED = re.compile(r"(?<!\w)\w*+(?:\ufdd1[^\ufdd1\ufdd2]*\ufdd2\w*)+")
"""A part in braces, with the rest of its words."""
_CAPITALS_KEPT = re.compile(r"\{[^{}]*\}")
_DOLLAR = "\ufdd0"
"""Stands for an escaped dollar until it is known whether the text has formulas."""


def text(tex: str) -> str:
    """The text of a value of BibTeX, on one line."""
    tex = one_line(tex)
    if "&" in tex:  # what stands there without a backslash is none of TeX
        tex = _ENTITY.sub(lambda entity: _SOURCE_OF_ENTITY[entity[1]], tex)
    if "\\" in tex or "{" in tex or "}" in tex or "~" in tex or "``" in tex:
        return _read(tex)
    return tex


@lru_cache(maxsize=4_096)
def _read(tex: str) -> str:
    tex = _TEXTDOLLAR.sub(r"\\$", _UNPRINTED.sub("", tex)).replace("$\\slash$", "/")  # no formula, but a place to break
    tex = _SCRIPT.sub(
        lambda match: script(match[2], raised=match[1] == "super"), _SYMBOL.sub(_symbol, _URL.sub(r"\1", tex))
    )
    if "\\mkbib" in tex or "\\autocap" in tex:
        tex = _OF_BIBLATEX.sub(lambda match: _MARKS.get(match["mark"], "{}").format(match["text"]), tex)
    if "``" in tex:
        tex = _QUOTED.sub(r"“\1”", tex)
    tex = _BETWEEN_DOLLARS.sub(_as_on_pages, _STAND_INS.sub("", tex).replace("\\$", _DOLLAR))
    found = one_line(_Reading(pieces(tex)).result)
    if _DOLLAR in found:
        found = _with_dollars(found)
    return unicodedata.normalize("NFC", found) if not found.isascii() else found


def capitals(tex: str) -> tuple[str, ...]:
    """The parts of a title whose capitals stand in braces, whole words; not those that `source` puts there anyway."""
    if "{" not in tex:
        return ()
    marked = _Reading(pieces(_UNPRINTED.sub("", _STAND_INS.sub("", one_line(tex)))), marks=True).result
    found = (unicodedata.normalize("NFC", _STAND_INS.sub("", part)) for part in _MARKED.findall(marked))
    runs = (run.strip() for part in found for run in pieces(part) if run[0] not in "\\${}_~^")
    return tuple(
        dict.fromkeys(run for run in runs if not _CAPITALS_KEPT.sub("", source(f"x {run}", title=True)).islower())
    )


def _as_on_pages(match: re.Match[str]) -> str:
    """A formula without blanks at its ends, with which it would be none on a page, and with its letters bare."""
    if "\\" not in match[1]:
        return match[0]
    formula = _ENSURED.sub(r"{\2}", match[1])
    return f"${formula.strip()}$"


def _symbol(match: re.Match[str]) -> str:
    number = int(match[1])
    return chr(number) if 31 < number < 0xD800 or 0xDFFF < number <= sys.maxunicode else match[0]


def _with_dollars(found: str) -> str:
    """Dollars as such, unless they would make a formula of what is none."""
    plain, escaped = found.replace(_DOLLAR, "$"), found.replace(_DOLLAR, "\\$")
    return plain if _formulas(plain) == _formulas(escaped) else escaped


def _formulas(text: str) -> list[str]:
    return [piece for piece in pieces(text) if piece[0] == "$" and len(piece) > 1]


def _accented(text: str, mark: str) -> str:
    """A text with a mark on its first letter, above those that are there."""
    place = next((at for at, char in enumerate(text) if at and not unicodedata.combining(char)), len(text))
    return text[:place] + mark + text[place:] if text else ""


class _Brace:
    """An open brace, or the whole text: what was read since, and what becomes of it at its end."""

    __slots__ = ("accent", "is_kept", "is_marked", "math", "out")

    def __init__(self, *, is_kept: bool = False, accent: str = "", math: bool = False, is_marked: bool = False) -> None:
        self.is_kept, self.accent, self.math, self.is_marked = is_kept, accent, math, is_marked
        self.out: list[str] = []


class _Reading:
    """One pass over the pieces of a text; with `marks`, what stands in braces of its own is marked as such."""

    def __init__(self, cut: Sequence[str], *, marks: bool = False) -> None:
        self.cut, self.marks = cut, marks
        self.open = [_Brace()]
        self.accent = ""
        """The mark of an accent that waits for its letter."""
        self.is_named = self.is_operand = self.is_formula = False
        """Whether what comes next is behind the name of a macro, its operand, or the operand of \\ensuremath."""
        for place, piece in enumerate(cut):
            self._take(place, piece)
        while len(self.open) > 1:
            self._close("")
        self.result = "".join(self.open[0].out)

    def _take(self, place: int, piece: str) -> None:
        named, self.is_named = self.is_named, False
        operand, self.is_operand = self.is_operand, False
        if piece == "{":
            inside = self.cut[place + 1] if place + 1 < len(self.cut) else ""
            if inside[:1] == "\\" and inside[1:] in _CHARACTERS and self.cut[place - 1] == "}":
                operand = False  # a character behind an operand is no second one
            kept = operand or (inside[:1] == "\\" and inside[1:] in SWITCHES)
            is_plain = not (kept or self.accent or self.is_formula or inside[:1] == "\\")
            self.open.append(_Brace(is_kept=kept, accent=self.accent, math=self.is_formula, is_marked=is_plain))
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
            self._put(piece.lstrip() if named else piece)

    def _put(self, text: str) -> None:
        if self.accent and text.strip():
            text, self.accent = _accented(text.lstrip(), self.accent), ""
        self.open[-1].out.append(text)

    def _close(self, behind: str) -> None:
        if len(self.open) == 1:
            self._put("}")
            return
        brace = self.open.pop()
        content = "".join(brace.out)
        if brace.accent:
            content = _accented(content, brace.accent)
        if brace.math:
            bare = content[1:] in MACROS and content[:1] == "\\" and not behind.isalpha()
            content = content if bare else f"${content}$"
        if self.marks and brace.is_marked and content != content.lower() and len(self.open) == 1:
            content = f"\ufdd1{_STAND_INS.sub('', content)}\ufdd2"
        self._put(f"{{{content}}}" if brace.is_kept else content)
        self.is_operand = brace.is_kept

    def _macro(self, piece: str) -> None:
        name = piece[1:]
        if piece[:2] in ("\\(", "\\["):
            self._put(piece)
        elif name == "ensuremath":
            self.is_formula = True
        elif name in _CHARACTERS and not self.open[-1].math:
            self._put(_CHARACTERS[name])
            self.is_named = name.isalpha()
        elif name in _ACCENTS:
            self.accent = _ACCENTS[name] + self.accent
        elif name[:1] in _ACCENTS and not name[:2].isalpha():
            letter = name.rstrip("}")[-1]
            if "\\" in name:
                letter = {"i": "i", "j": "j"}.get(letter, LETTERS.get(letter, letter))
            self._put(letter + _ACCENTS[name[0]])
        else:
            self._put(piece)
            self.is_operand = True
