"""Rules for comparing text and for showing it safely.

`fold` decides which spellings count as the same. `visible` decides which characters of a text may reach a terminal,
XML, SVG or HTML, and `escaped` does the same for JSON. `harmless` decides which characters may be written to any other
file. All other modules use these rules.
"""

from __future__ import annotations

from pubcli.lazy import pattern, re, unicodedata

_LETTERS = {
    "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ħ": "h", "Ħ": "h",
    "þ": "th", "Þ": "th", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ı": "i",
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "“": '"', "”": '"', "„": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "\u00ad": "",
}  # fmt: skip
"""Letters and punctuation that Unicode does not decompose, with the characters that people type instead."""

# Patterns that are rarely needed stay strings: `re` compiles them on first use and caches them.
_MARKS = "[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
_TURNING = "\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f"
_UNSEEN = "\u061c\u200b\u200e\u200f\u2060-\u2065\ufeff"
"""Zero-width blanks and direction marks, which are needed to spell some languages."""
_NOT_IN_XML = "\ufffe\uffff"
"""Noncharacters that XML 1.0 forbids. It also forbids C0 controls and lone surrogates."""
_OBEYED = _TURNING + _UNSEEN + _NOT_IN_XML
"""Characters that control a terminal or change how other characters appear: DEL and C1 controls, bidirectional
overrides and isolates (Unicode TR 9), line separators, invisible tags, lone surrogates; and noncharacters."""


def fold(text: str) -> str:
    """Remove differences of case, accents and typography, so that texts that differ only in these become equal.

    `Jovanović` and `JOVANOVIC` give the same result, and so do `Weiß` and `weiss`, `Łukasz` and `lukasz`.
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
    """Replace lone surrogates by `?`, so that UTF-8 can encode the text.

    Lone surrogates come from arguments that are not UTF-8.
    """
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def visible(text: str) -> str:
    """Return a text as one line that is safe to show on a terminal, and to write into XML, SVG and HTML.

    Line breaks and tabs become blanks, and other control characters become symbols or codes such as `<U+200E>`. The
    result contains only characters that XML 1.0 allows (production 2, Char).
    """
    return text if text.isprintable() else re.sub(f"[\x00-\x1f{_OBEYED}]", _picture, text)


def harmless(text: str) -> str:
    """Return a text as one line for a file. Unlike `visible`, keep zero-width blanks and direction marks.

    Programs that read the file need these characters, and they do no harm when a person views the file.
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
    """Escape those characters in a JSON text that control a terminal. The values in the JSON text stay the same.

    JSON itself escapes only the control characters below U+0020. The other control characters can occur only inside
    strings. There, an escaped character means the same as the character itself.
    """
    if json_text.isascii():  # most texts are ASCII, and this is much faster
        return json_text.replace("\x7f", "\\u007f")
    return json_text if json_text.isprintable() else re.sub(f"[{_OBEYED}]", _escape, json_text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


def counted(number: int, singular: str, plural: str) -> str:
    """Return a number with the right form of a noun, or of a noun and a verb: `1 paper is`, `1,234 papers are`."""
    return f"{number:,} {singular if number == 1 else plural}"


def counted_part(number: int, whole: int, noun: tuple[str, str], verb: tuple[str, str]) -> str:
    """Return a phrase for a part of a whole: `1 of 8 lists is cut`. `noun` and `verb` have a singular and a plural."""
    return f"{number:,} of {counted(whole, *noun)} {verb[number != 1]}"


_CJK = (
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
"""Characters of Chinese and Japanese, which are written without blanks between words."""
_GREEK = "\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0391-\u03f5\u03f7-\u03ff"
"""Letters of the Greek block."""
_PLAIN_WORD = pattern("[a-z0-9]+")


def cjk_characters(text: str) -> list[str]:
    """Return the Chinese and Japanese characters in a text, each of which counts as a word."""
    return re.findall(rf"(?=\w)[{_CJK}]", text)


def word_pattern(folded: str) -> re.Pattern[str]:
    """Return the pattern for words of a folded text: runs of letters and digits, and single CJK characters.

    CJK means Chinese and Japanese. Because each CJK character is a word, a phrase is found inside a sentence without
    blanks. A run of Greek letters is always a separate word, so a search for ε finds ε₀.
    """
    if folded.isascii():
        return _PLAIN_WORD
    # Compiling the pattern with CJK characters takes longer than searching a whole page without such characters.
    if max(folded) < _CJK[0]:
        return re.compile(rf"[^\W_{_GREEK}]+|[{_GREEK}]+")
    return re.compile(rf"[^\W_{_GREEK}{_CJK}]+|[{_GREEK}]+|(?=\w)[{_CJK}]")


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order, as they are indexed and searched."""
    folded = fold(text)
    return word_pattern(folded).findall(folded)
