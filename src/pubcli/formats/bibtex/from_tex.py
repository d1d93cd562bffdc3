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
from typing import NamedTuple

from pubcli.formats.bibtex.to_tex import source
from pubcli.formats.shared.lines import one_line
from pubcli.text.html import without_tags
from pubcli.text.tex import pieces, script
from pubcli.text.tex_tables import ACCENTS, LETTERS, MACROS, SWITCHES

_ENSUREMATH = re.compile(r"(\{)?\\ensuremath\s*\{(\\[A-Za-z]+)\}(?(1)\})")
"""Matches a macro in \\ensuremath. With the option --ascii, pubcli writes symbols in this way."""
_BETWEEN_DOLLARS = re.compile(r"\$([^$]+)\$")
_QUOTED = re.compile(r"``((?:(?!``|'').)*)''", re.DOTALL)
_SINGLE_QUOTED = re.compile(r"(?<![\\`\w])`(?!`)((?:[^`'\\$]++|\\.|\$[^$`]*\$|'(?=[^\W\d_]))*)'(?!['\w])", re.DOTALL)
"""Matches single quotation marks. An apostrophe inside a word does not close them, and neither does an accent."""
_BIBLATEX_MACRO = re.compile(
    r"\\(?:autocap|(?:mkbib|text|en)(?P<mark>quote|emph|italic|bold|parens)|mkbib(?P<other>[a-z]+))\s*"
    r"\{(?P<text>(?:[^{}]|\{[^{}]*\})*)\}"
)
"""Matches a macro of biblatex or csquotes that sets the style of a text, together with this text."""
_QUOTATION_MARKS = {"quote": "“{}”", "parens": "({})"}
_URL = re.compile(r"\\url\s*\{([^{}]*)\}")
_SYMBOL = re.compile(r"\\symbol\{(\d{1,7})\}")
_SCRIPT = re.compile(r"\\text(super|sub)script\s*\{([^{}]*)\}")
_UNPRINTED = re.compile(r"\\(?:raisebox|[Nn]oopsort|SortNoop)\s*\{[^{}]*\}|\\relax(?![A-Za-z])\s*")
"""Matches macros that print nothing. They shift text, sort entries or have no effect."""
_TEXTDOLLAR = re.compile(r"\\textdollar(?![A-Za-z])\s*(?:\{\})?")
_IF_FORMULA = re.compile(
    r"\\ifmmode(?![A-Za-z])((?:(?!\\ifmmode|\\else|\\fi(?![A-Za-z])).)*)"
    r"(?:\\else(?![A-Za-z])\s*((?:(?!\\ifmmode|\\else|\\fi(?![A-Za-z])).)*))?\\fi(?![A-Za-z])\s*(?:\{\})?",
    re.DOTALL,
)
"""Matches the test whether TeX sets a formula, with the source for formulas and that for text. The American Physical
Society writes accents and symbols in this way."""
ENTITY = re.compile(
    r"(?:\\?&|\{\\&\})(?:(?:\\?\#|\{\\\#\})(\d{1,7}|[xX][0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,31}))"
    r"(?:;|\$\\mathsemicolon\$)"
)
"""Matches an entity of HTML, also one whose characters were escaped for TeX: `{\\&}amp;`.

Publishers leave entities in BibTeX, and programs escape them.
"""
_PROTECTED_AMPERSAND = re.compile(r"\\&\{\}(?=[A-Za-z#\\])")
_ESCAPES = {char: f"\\{char}" for char in "&%$#_"} | {
    "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "\\": "\\textbackslash{}", "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}", "\xa0": "~",
}  # fmt: skip
"""Maps characters that an entity may stand for to their source in TeX."""
_MATH_CHARACTERS = {
    "less": "<", "greater": ">", "lt": "<", "gt": ">", "mathsemicolon": ";", "mathcolon": ":", "mathplus": "+",
    "mathequal": "=", "mathperiod": ".", "mathcomma": ",", "mathslash": "/", "slash": "/",
}  # fmt: skip
"""Maps the macros that Crossref writes for ordinary characters to these characters. They do not make a formula."""
_MATH_CHARACTER = re.compile(r"\$\s*\\(less|greater|math(?:semicolon|colon|plus|equal|period|comma|slash)|slash)\s*\$")
_MATH_TAG = re.compile(r"\$\s*(?:<|\\lt)\s*\$(/?[A-Za-z]{1,6})\$\s*(?:>|\\gt)\s*\$")
"""Matches a tag of HTML whose angle brackets are formulas: `$<$i$>$`."""
_TEXT_TAG = re.compile(r"\\text(less|greater)(?=[A-Z]|(?:sub|sup|scp?|strong|em|i|b)\\textgreater)")
"""Matches a macro for an angle bracket that is directly before the name of a tag or the text in it."""
_GREEK = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda nu xi pi rho sigma tau upsilon phi chi psi omega "
    "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
).split()
"""Names of Greek letters that have a macro outside of formulas, such as \\textalpha. (\\textmu is the micro sign.)"""
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
    "textparagraph": "¶", "textbullet": "•", "textmu": "µ", "textperthousand": "‰", "textpm": "±",
    "texttimes": "×", "textordfeminine": "ª", "textordmasculine": "º", "textexclamdown": "¡", "textquestiondown": "¿",
    "textonehalf": "½", "textasteriskcentered": "*", "guillemetleft": "«", "guillemetright": "»", "guilsinglleft": "‹",
    "guilsinglright": "›", "textyen": "¥", "textcent": "¢", "lq": "‘", "rq": "’", "slash": "/", "xspace": "",
    "S": "§", "textsection": "§", "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»",
    "flq": "‹", "frq": "›", "quotedblleft": "“", "quotedblright": "”", "dq": '"', "textquotestraightdblbase": "„",
    "textcurrency": "¤", "textbrokenbar": "¦", "textlnot": "¬", "textonesuperior": "¹", "texttwosuperior": "²",
    "textthreesuperior": "³", "textonequarter": "¼", "textthreequarters": "¾", "textdiv": "÷", "textflorin": "ƒ",
    "textnumero": "№", "textminus": "−", "textservicemark": "℠", "textestimated": "℮", "textohm": "Ω",
    "textcelsius": "℃", "degreeCelsius": "℃", "celsius": "℃", "degree": "°", "degrees": "°", "textasciiacute": "´",
    "textasciigrave": "`", "textasciidieresis": "¨", "textasciimacron": "¯", "textleftarrow": "←",
    "textrightarrow": "→", "textuparrow": "↑", "textdownarrow": "↓", "textopenbullet": "◦", "textlangle": "⟨",
    "textrangle": "⟩", "textfractionsolidus": "⁄", "textinterrobang": "‽", "textreferencemark": "※", "textwon": "₩",
    "textlira": "₤", "textnaira": "₦", "textpeso": "₱", "textdong": "₫", "textbaht": "฿", "textcolonmonetary": "₡",
    "textpertenthousand": "‱", "textcircledP": "℗", "textvisiblespace": "␣", "textthreequartersemdash": "—",
    "texttwelveudash": "—", "textexclamdbl": "‼", "nobreakdash": "", "textcompwordmark": "",
    "IJ": "Ĳ", "ij": "ĳ", "SS": "ẞ", "allowbreak": "", "nobreakspace": " ", "space": " ",
    "newline": " ", "/": "", "@": "", "textschwa": "ə", "dotso": "…",
    **{f"text{name}": MACROS[name] for name in _GREEK},
    " ": " ", "\\": " ", "%": "%", "&": "&", "#": "#", "_": "_", "{": "{", "}": "}", "textperiodcentered": "·", "-": "",
    "hyphen": "-", "ng": "ŋ", "NG": "Ŋ", "LaTeXe": "LaTeX2e", **{name: name for name in _LOGOS},
}  # fmt: skip
"""Maps macros to the characters that they typeset."""
_ACCENTS = {
    **ACCENTS, "b": "\u0331", "h": "\u0309", "t": "\u0361", "G": "\u030f", "U": "\u030e", "f": "\u0311",
    "textcommabelow": "\u0326", "textogonekcentered": "\u0328", "textsubdot": "\u0323",
}  # fmt: skip
_ALONE = {"\u0303": "~", "\u0302": "^", "\u0301": "´", "\u0300": "`", "\u0308": "¨", "\u0304": "¯", "\u0327": "¸"}
"""What an accent prints if it is above nothing: `\\~{}`."""
_MOST_ACCENTS = 8
"""The largest number of accents on one letter, to limit the time. No real letter has more than three."""
_PLACEHOLDERS = re.compile("[\ufdd0-\ufdd4]")
"""Matches the placeholders for dollars, braces, ampersands and angle brackets, which the input must not contain."""
_MARKED = re.compile(r"(?<![^\W_])[^\W_]*+(?:\ufdd1[^\ufdd1\ufdd2]*\ufdd2[^\W_]*)+")
"""Matches text between placeholders for braces, with the letters directly before and after the placeholders."""
_PROTECTED = re.compile(r"\{[^{}]*\}")
_DOLLAR = "\ufdd0"
"""Placeholder for an escaped dollar until the text is converted."""
_AMPERSAND, _LESS = "\ufdd3", "\ufdd4"
"""Placeholders for an ampersand and an angle bracket that are not part of an entity or a tag: `\\&{}`, `{<}`."""


def text(tex: str, *, is_prose: bool = True) -> str:
    """Return the text that TeX prints for a value of BibTeX, on one line.

    `is_prose` states whether two or three hyphens are a dash. In numbers of pages and volumes, they stay.
    """
    tex = one_line(tex)
    if _MARKS.search(tex) is None:
        return tex
    return _read(tex, is_prose)


@lru_cache(maxsize=4_096)
def _read(tex: str, is_prose: bool) -> str:
    tex = _PLACEHOLDERS.sub("", tex)
    if "&" in tex:
        tex = ENTITY.sub(_decoded, _PROTECTED_AMPERSAND.sub(_AMPERSAND, tex))
    if "$" in tex or "\\text" in tex:
        tex = _without_math_tags(tex)
    if "\\" in tex:
        tex = _expanded(tex)
    if "`" in tex:
        tex = _QUOTED.sub(r"“\1”", _SINGLE_QUOTED.sub(r"‘\1’", tex)).replace("!`", "¡").replace("?`", "¿")
    tex = _BETWEEN_DOLLARS.sub(_formula, tex.replace("{<}", _LESS).replace("\\$", _DOLLAR))
    if "\\ifmmode" in tex:
        tex = _IF_FORMULA.sub(r"\2", tex)
    plain = one_line(_Conversion(pieces(tex), has_dashes=is_prose and "--" in tex).result)
    if _DOLLAR in plain:
        plain = _with_dollars(plain)
    if "<" in plain:
        plain = without_tags(plain)
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain.replace(_AMPERSAND, "&").replace(_LESS, "<"))
    return plain


_MARKS = re.compile(r"[\\{}~`&<]|--")
"""Matches signs of TeX and HTML. A text without them is returned unchanged, to save time."""


def _decoded(match: re.Match[str]) -> str:
    """Return the TeX source of the character that an entity stands for; an unknown entity unchanged."""
    from html import unescape  # most files have no entities

    entity = f"&#{match[1]};" if match[1] else f"&{match[2]};"
    character = unescape(entity)
    return match[0] if character == entity else "".join(_ESCAPES.get(char, char) for char in character)


def _without_math_tags(tex: str) -> str:
    tex = _MATH_CHARACTER.sub(lambda match: _MATH_CHARACTERS[match[1]], tex)
    tex = _MATH_TAG.sub(r"<\1>", tex)
    return _TEXT_TAG.sub(lambda match: _MATH_CHARACTERS[match[1]], tex)


def _expanded(tex: str) -> str:
    """Return TeX without some macros that have an operand, or that print nothing."""
    tex = _TEXTDOLLAR.sub(r"\\$", _UNPRINTED.sub("", tex))
    tex = _SYMBOL.sub(_symbol, _URL.sub(r"\1", tex))
    tex = _SCRIPT.sub(lambda match: script(match[2], raised=match[1] == "super"), tex)
    if "\\mkbib" in tex or "\\autocap" in tex or "quote" in tex:
        tex = _BIBLATEX_MACRO.sub(lambda match: _QUOTATION_MARKS.get(match["mark"], "{}").format(match["text"]), tex)
    return tex


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
    formula = _IF_FORMULA.sub(r"\1", _ENSUREMATH.sub(r"{\2}", match[1]))
    return f"${formula.strip()}$"


def _symbol(match: re.Match[str]) -> str:
    number = int(match[1])
    is_character = 31 < number < 0xD800 or 0xDFFF < number <= sys.maxunicode
    return _PLACEHOLDERS.sub("", chr(number)) if is_character else match[0]


def _with_dollars(text: str) -> str:
    """Replace the placeholders in a text by `$`, or by `\\$` if the text between two `$` would become a formula."""
    plain, escaped = text.replace(_DOLLAR, "$"), text.replace(_DOLLAR, "\\$")
    return plain if _formulas(plain) == _formulas(escaped) else escaped


def _formulas(text: str) -> list[str]:
    return [piece for piece in pieces(text) if piece[0] == "$" and len(piece) > 1]


def _accented(text: str, mark: str) -> str:
    """Add accents to the first letter of a text, after the accents that the letter already has."""
    place = next((at for at, char in enumerate(text) if at and not unicodedata.combining(char)), len(text))
    return text[:place] + mark + text[place:] if place <= _MOST_ACCENTS else text


class _Group(NamedTuple):
    """An open brace, and what is done with the text after it at the closing brace."""

    start: int
    """The number of pieces of converted text before the group."""
    is_kept: bool
    accent: str
    math: bool
    """Whether the group is the operand of \\ensuremath."""
    is_marked: bool


class _Conversion:
    """Convert the pieces of a text in one pass.

    If `marks` is true, replace braces that only protect capitals by placeholders. If `has_dashes` is true, two or three
    hyphens become a dash.
    """

    def __init__(self, cut: Sequence[str], *, marks: bool = False, has_dashes: bool = False) -> None:
        self.cut, self.marks, self.has_dashes = cut, marks, has_dashes
        self.out: list[str] = []
        self.open: list[_Group] = []
        self.formulas = 0
        """The number of open groups that are formulas."""
        self.accent = ""
        """The accents, as combining characters, whose letter has not been read yet."""
        self.after_name = self.is_argument = self.is_formula = False
        """Flags of the next piece: it follows the name of a macro; it may be an argument; it follows \\ensuremath."""
        for place, piece in enumerate(cut):
            self._take(place, piece)
        if self.accent:
            self.out.append(_ALONE.get(self.accent, ""))
        while self.open:
            self._close()
        self.result = "".join(self.out)

    def _take(self, place: int, piece: str) -> None:
        after_name, self.after_name = self.after_name, False
        is_argument, self.is_argument = self.is_argument, False
        if piece == "{":
            self._open(place, is_argument)
        elif piece == "}":
            self._close()
        elif piece[0] == "\\" and len(piece) > 1:
            self._macro(piece)
        elif piece == "~":
            self._put(" ")
        elif piece.startswith(("http://", "https://")):
            self._put(re.sub(r"\\([_%&#])", r"\1", piece))
        else:
            if self.has_dashes and "--" in piece and piece[0] != "$" and not self.formulas:
                piece = piece.replace("---", "—").replace("--", "–")
            self._put(piece.lstrip() if after_name else piece)

    def _put(self, text: str) -> None:
        if self.accent and text.strip():
            text, self.accent = _accented(text.lstrip(), self.accent), ""
        if text:
            self.out.append(text)

    def _open(self, place: int, is_argument: bool) -> None:
        inside = self.cut[place + 1] if place + 1 < len(self.cut) else ""
        if inside[:1] == "\\" and inside[1:] in _CHARACTERS and self.cut[place - 1] == "}":
            is_argument = False  # a character after an argument is not a second argument
        is_kept = is_argument or (inside[:1] == "\\" and inside[1:] in SWITCHES)
        is_plain = not (is_kept or self.accent or self.is_formula or inside[:1] == "\\")
        if is_kept:
            self.out.append("{")
        self.open.append(_Group(len(self.out), is_kept, self.accent, self.is_formula, is_plain))
        self.formulas += self.is_formula
        self.accent, self.is_formula = "", False

    def _close(self) -> None:
        if not self.open:
            self._put("}")
            return
        group = self.open.pop()
        if group.accent:
            self._accent_group(group)
        if group.math:
            self.formulas -= 1
            if not self.formulas:  # only the outermost group becomes a formula
                content = self._cut_off(group.start)
                self._put(MACROS.get(content[1:], f"${content}$") if content[:1] == "\\" else f"${content}$")
        if self.marks and group.is_marked and not self.open:
            content = self._cut_off(group.start)
            is_lower = content == content.lower()
            self.out.append(content if is_lower else f"\ufdd1{_PLACEHOLDERS.sub('', content)}\ufdd2")
        if group.is_kept:
            self.out.append("}")
        self.is_argument = group.is_kept

    def _cut_off(self, start: int) -> str:
        """Remove the text of a group, and return it."""
        content = "".join(self.out[start:])
        del self.out[start:]
        return content

    def _accent_group(self, group: _Group) -> None:
        """Add accents to the first letter of a group. Above nothing, an accent is a character of its own."""
        if len(self.out) > group.start:
            self.out[group.start] = _accented(self.out[group.start], group.accent)
        else:
            self.out.append(_ALONE.get(group.accent, ""))

    def _macro(self, piece: str) -> None:
        name = piece[1:]
        if piece[:2] in ("\\(", "\\["):
            self._put(piece)
        elif name == "ensuremath":
            self.is_formula = True
        elif name in _CHARACTERS and not self.formulas:
            self._put(_CHARACTERS[name])
            self.after_name = name.isalpha()
        elif name in _ACCENTS and len(self.accent) < _MOST_ACCENTS:
            self.accent = _ACCENTS[name] + self.accent
        elif name[:1] in _ACCENTS and not name[:2].isalpha():
            letter = name.rstrip("}")[-1]
            if "\\" in name:
                letter = {"i": "i", "j": "j"}.get(letter, LETTERS.get(letter, letter))
            self._put(letter + _ACCENTS[name[0]])
        else:
            self._put(piece)
            self.is_argument = True
