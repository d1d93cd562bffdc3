r"""Remove the escapes of TeX from web addresses, DOIs and other values that biblatex reads verbatim.

Programs that escape the special characters of TeX write `\~{}user` or `$\sim$user` for `~user`, and `\_` for `_`.
"""

import re

from pubcli.formats.bibtex.from_tex import ENTITY

_MACRO = re.compile(r"\\(?:url|nolinkurl|path)\s*\{([^{}]*)\}|\\href\s*\{([^{}]*)\}\s*\{[^{}]*\}")
"""Matches a macro for an address. Of a link, only the address counts."""
_TILDE = re.compile(
    r"""
      \$ \s* \\ (?: sim | thicksim | tilde (?:\s*\{\s*\})? ) \s* \$
    | \{? \\raise [^{}$\\]* (?:\\[a-z]+)? \s* \{ \s* \$ [^{}$]* \\sim \s* \$ \s* \} \}?
    | \{ \\ (?: ~ \s* (?:\{\s*\})? | textasciitilde \s* (?:\{\})? ) \s* \}
    | \\ (?: ~ \s* (?:\{\s*\})? | (?: textasciitilde | sim ) (?![A-Za-z]) \s* (?:\{\})? )
    """,
    re.VERBOSE,
)
_CHARACTERS = {
    "textunderscore": "_", "textasciicircum": "^", "textbackslash": "\\", "textless": "<", "textgreater": ">",
    "textbar": "|", "textdollar": "$", "textquotesingle": "'", "slash": "/", "less": "<", "greater": ">", "lt": "<",
    "gt": ">", "mathsemicolon": ";", "textendash": "–", "textpercent": "%", "hyphen": "-", "colon": ":",
}  # fmt: skip
_NAMES = "|".join(_CHARACTERS)
_CHARACTER = re.compile(
    rf"\$\s*\\({_NAMES})\s*\$|\{{\\({_NAMES})\s*(?:\{{\}})?\}}|\\({_NAMES})(?![A-Za-z])\s*(?:\{{\}})?"
)
_ESCAPED = re.compile(r"\\([_%&#$^{}])(?:\{\})?|\{\\([_%&#$])\}|\{([^\s{}\\\w])\}|\$([<>])\$")
_UNPRINTED = re.compile(
    r"\\(?:discretionary\{\}\{\}\{\}|(?:allowbreak|linebreak(?:\[\d\])?|penalty-?\d+|string|protect)(?![A-Za-z])\s*(?:\{\})?|[-/,!])"
)
"""Matches macros that print nothing, such as those for a place at which a line may break."""


def address(tex: str) -> str:
    """Return an address, DOI or identifier without escapes of TeX, and without macros and entities around them."""
    if "\\" not in tex and "{" not in tex and "&" not in tex and "$" not in tex:
        return tex
    tex = _MACRO.sub(lambda match: match[1] or match[2] or "", tex)
    tex = _UNPRINTED.sub("", _TILDE.sub("~", ENTITY.sub(_decoded, tex)))
    tex = _CHARACTER.sub(lambda match: _CHARACTERS[match[1] or match[2] or match[3]], tex)
    return _ESCAPED.sub(lambda match: match[1] or match[2] or match[3] or match[4], tex)


def _decoded(match: "re.Match[str]") -> str:
    from html import unescape

    return unescape(f"&#{match[1]};" if match[1] else f"&{match[2]};")
