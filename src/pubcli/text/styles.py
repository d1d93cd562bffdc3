r"""Convert TeX that sets the style of a text, such as `\emph{E. coli}`, for formats that are not TeX.

Formulas stay as they are. Symbols and accents outside of formulas become characters. All other text stays as written.
"""

from collections.abc import Mapping
from typing import NamedTuple

from pubcli.text.tex import has_script, pieces, single_macro
from pubcli.text.tex_tables import MACROS, SWITCHES


class Tags(NamedTuple):
    """What is written before and after a text in a style."""

    opening: str
    closing: str


_NO_TAGS = Tags("", "")
_ITALIC, _BOLD, _SMALL_CAPITALS = (
    Tags("<i>", "</i>"), Tags("<b>", "</b>"), Tags('<span style="font-variant: small-caps;">', "</span>"),
)  # fmt: skip
_STYLES: Mapping[str, Tags] = {
    **dict.fromkeys(("emph", "textit", "textsl", "em", "it", "sl", "itshape", "slshape"), _ITALIC),
    **dict.fromkeys(("textbf", "bf", "bfseries"), _BOLD),
    **dict.fromkeys(("textsc", "sc", "scshape"), _SMALL_CAPITALS),
    **dict.fromkeys(("textrm", "textsf", "texttt", "textnormal", "textup", "mbox", "text", "rm", "sf", "tt"), _NO_TAGS),
    "textsuperscript": Tags("<sup>", "</sup>"),
    "textsubscript": Tags("<sub>", "</sub>"),
}
"""For each macro of a style, the tags of HTML that CSL allows in titles."""


def html(text: str) -> str:
    """Return a text with tags of HTML in place of TeX for italics, bold face and the like: `<i>E. coli</i>`."""
    return _converted(text, with_tags=True) if "\\" in text else text


def plain(text: str) -> str:
    """Return a text without TeX for styles: `E. coli`."""
    return _converted(text, with_tags=False) if "\\" in text else text


def _converted(text: str, *, with_tags: bool) -> str:
    cut = pieces(text)
    out: list[str] = []
    closings: list[str] = []
    """What to write for the closing brace of each open brace."""
    place = 0
    while place < len(cut):
        piece, following = cut[place], cut[place + 1] if place + 1 < len(cut) else ""
        place += 1
        if piece == "{":
            style = _STYLES.get(following[1:]) if following[:1] == "\\" and following[1:] in SWITCHES else None
            tags = (style if with_tags else _NO_TAGS) if style else Tags("{", "}")
            closings.append(tags.closing)
            out.append(tags.opening)
            if style:
                place = _skip_blank(cut, place + 1)
        elif piece == "}" and closings:
            out.append(closings.pop())
        elif piece[0] == "\\" and piece[1:] in _STYLES and following == "{":
            tags = _STYLES[piece[1:]] if with_tags else _NO_TAGS
            closings.append(tags.closing)
            out.append(tags.opening)
            place += 1
        elif piece[0] == "\\" and not has_script(cut, place - 1) and (character := single_macro(piece)) is not None:
            out.append(character)
            if piece[1:].isalpha():  # the blank only ends the name of the macro
                place = _skip_blank(cut, place, is_needed=character.isalpha() and piece[1:] in MACROS)
        else:
            out.append(piece)
    return text if closings else "".join(out)


def _skip_blank(cut: list[str], place: int, *, is_needed: bool = False) -> int:
    """Remove the blank at the start of the piece at `place`, unless it is needed to separate words.

    Return the index of the next piece that is not empty.
    """
    if not is_needed and place < len(cut) and cut[place][0] == " ":
        cut[place] = cut[place][1:]
        return place if cut[place] else place + 1
    return place
