"""Text that is compared, and text that is shown.

`fold` decides which spellings are the same; `visible` decides what may reach a terminal, `harmless` what may stand in
a file; `escaped` does for JSON what `visible` does for tables. Every other module asks here.
"""

import re
import unicodedata

_LETTERS = {
    "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ħ": "h", "Ħ": "h",
    "þ": "th", "Þ": "th", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i",
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "“": '"', "”": '"', "„": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "\u00ad": "",
}  # fmt: skip
"""Letters and marks that Unicode does not decompose, with what people type instead."""

# Patterns that plain text never needs stay strings: `re` compiles them at their first use and keeps them.
_MARKS = "[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
_TURNING = "\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"
_UNSEEN = "\u061c\u200b\u200e\u200f\u2060-\u2065\ufeff"
"""Blanks without a width and marks of direction, which belong to the spelling of some languages."""
_OBEYED = _TURNING + _UNSEEN
"""Characters that a terminal obeys or that change how others are read: DEL and C1 controls, bidirectional overrides
and isolates (Unicode TR 9), line separators, invisible tags, lone surrogates."""


def fold(text: str) -> str:
    """Text with case, accents and typographic variants removed; equal results mean the same spelling.

    `Jovanović` and `JOVANOVIC` fold alike, and so do `Weiß` and `weiss`, `Łukasz` and `lukasz`.
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", _latin(text).casefold())
    return _latin(re.sub(_MARKS, "", decomposed).casefold())


def _latin(text: str) -> str:
    for letter in _LETTERS.keys() & set(text):
        text = text.replace(letter, _LETTERS[letter])
    return text


def well_formed(text: str) -> str:
    """Text that UTF-8 can hold: half characters, which undecodable command lines bring, become question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def visible(text: str) -> str:
    """One line that is safe on a terminal: controls become pictures, line breaks and tabs a blank."""
    return text if text.isprintable() else re.sub(f"[\x00-\x1f{_OBEYED}]", _picture, text)


def harmless(text: str) -> str:
    """One line for a file: as `visible` makes it, but blanks without a width and marks of direction stay what they are.

    A program that reads the file is to have the text; they command nothing where the file is looked at.
    """
    return text if text.isprintable() else re.sub(f"[\x00-\x1f{_TURNING}]", _picture, text)


def _picture(match: re.Match[str]) -> str:
    char = match[0]
    if char in "\t\n\r\x0b\x0c\x85\u2028\u2029":
        return " "
    if char < " ":
        return chr(0x2400 + ord(char))
    return "␡" if char == "\x7f" else f"<U+{ord(char):04X}>"


def escaped(json_text: str) -> str:
    """Encoded JSON in which no character commands a terminal; the values stay the same.

    JSON itself escapes only the controls below U+0020. The others can occur inside its strings alone, so
    replacing them anywhere is replacing them there.
    """
    if json_text.isascii():  # as most is, and much faster to look through
        return json_text.replace("\x7f", "\\u007f")
    return json_text if json_text.isprintable() else re.sub(f"[{_OBEYED}]", _escape, json_text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def counted(number: int, one: str, several: str) -> str:
    """A number with what it counts, and the verb where there is one: `1 paper is`, `1,234 papers are`."""
    return f"{number:,} {one if number == 1 else several}"


def counted_part(number: int, whole: int, things: tuple[str, str], said: tuple[str, str]) -> str:
    """How many of how many, noun and verb each in its number: `1 of 8 lists is cut`, `2 of 8 lists are cut`."""
    return f"{number:,} of {counted(whole, *things)} {said[number != 1]}"


_SIGNS = (
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
"""Of Chinese and Japanese, which are written without blanks."""
_GREEK = "\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0391-\u03f5\u03f7-\u03ff"
"""Letters of that block."""
_PLAIN_WORD = re.compile("[a-z0-9]+")


def cjk_characters(text: str) -> list[str]:
    """The signs in a text that are words by themselves."""
    return re.findall(rf"(?=\w)[{_SIGNS}]", text)


def word_pattern(folded: str) -> re.Pattern[str]:
    """What finds the words of a folded text: runs of letters and digits, and single signs of Chinese and Japanese.

    So a phrase is found inside a sentence that has no blanks. Greek ends where other letters and digits begin: ε₀ is
    an ε too.
    """
    if folded.isascii():
        return _PLAIN_WORD
    # Compiling the one with signs takes longer than all that it finds on a page without any.
    if max(folded) < _SIGNS[0]:
        return re.compile(rf"[^\W_{_GREEK}]+|[{_GREEK}]+")
    return re.compile(rf"[^\W_{_GREEK}{_SIGNS}]+|[{_GREEK}]+|(?=\w)[{_SIGNS}]")


def words(text: str) -> list[str]:
    """The folded words of a text, in order: what the index holds and a query asks for."""
    folded = fold(text)
    return word_pattern(folded).findall(folded)
