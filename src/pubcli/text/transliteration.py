"""Greek and Cyrillic in Latin letters, for keys that have to be ASCII.

Greek follows ISO 843:1997, its transcription (the ELOT 743 of Greek passports), Cyrillic the BGN/PCGN system for
Russian of 1947 without its apostrophes and with e throughout, and for letters that Russian lacks the BGN/PCGN systems
of the languages that have them. Accents and the like are left to `text.fold`. Nothing tells Ukrainian or Bulgarian
from Russian in a name of shared letters, so those are read as Russian. Other scripts have no such table: Chinese,
Japanese, Korean, Arabic and Hebrew names cannot be read letter by letter.
"""

import re
import unicodedata

_LETTERS = str.maketrans(
    dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True))
    | {"θ": "th", "χ": "ch", "ψ": "ps"}
    | dict(zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya"}
    | {"і": "i", "ї": "yi", "є": "ye", "ґ": "g", "ў": "w"}
    | {"ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "gj", "ќ": "kj", "ѕ": "dz"}
)
_TOGETHER = {
    "ο[υύ]": "ou",
    r"([αεη])[υύ](?=[θκξπσςτφχψ]|\b)": r"\1f",
    "([αεη])[υύ]": r"\1v",
    r"\bμπ|μπ\b": "b",
    "γ(?=[γξχ])": "n",
}
"""Greek letters that stand for something else together, as patterns; two dots or an accent on the first part them."""


def in_latin(text: str) -> str:
    """The text in small letters, its Greek and Cyrillic ones in Latin: `Αγγελόπουλος` is angelopoulos."""
    small = unicodedata.normalize("NFC", text).lower()
    for pattern, latin in _TOGETHER.items():
        small = re.sub(pattern, latin, small)
    # й, ї, ў, ѓ and ќ have letters of their own; what else has a mark is looked up without it.
    decomposed = unicodedata.normalize("NFD", small.translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_LETTERS)
