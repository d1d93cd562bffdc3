"""Transliterate Greek and Cyrillic letters to Latin letters, for citation keys, which must be ASCII.

Greek follows the transcription of ISO 843:1997 (ELOT 743, used in Greek passports). Cyrillic follows the BGN/PCGN
system for Russian of 1947, but without apostrophes, and with e where that system has ye. Letters that do not exist in
Russian follow the BGN/PCGN systems of the languages that use them. `normalize.fold` removes accents. A name that
contains only letters common to Ukrainian, Bulgarian and Russian is treated as Russian. There are no tables for other
scripts: Chinese, Japanese, Korean, Arabic and Hebrew names cannot be transliterated letter by letter.
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
_COMBINATIONS = {
    "ο[υύ]": "ou",
    r"([αεη])[υύ](?=[θκξπσςτφχψ]|\b)": r"\1f",
    "([αεη])[υύ]": r"\1v",
    r"\bμπ|μπ\b": "b",
    "γ(?=[γξχ])": "n",
}
"""Pairs of Greek letters that are transcribed together. They are transcribed separately if the first letter has an
accent or the second letter has a diaeresis."""


def in_latin(text: str) -> str:
    """Return a text in lower case and in Latin letters: `angelopoulos` for the Greek name `Αγγελόπουλος`."""
    small = unicodedata.normalize("NFC", text).lower()
    for pattern, latin in _COMBINATIONS.items():
        small = re.sub(pattern, latin, small)
    # The table contains й, ї, ў, ѓ and ќ. Other letters with an accent are looked up without the accent.
    decomposed = unicodedata.normalize("NFD", small.translate(_LETTERS))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_LETTERS)
