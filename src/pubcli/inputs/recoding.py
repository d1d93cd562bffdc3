"""Convert text in other encodings to UTF-8, the only encoding that readers understand.

The user names the encoding (`--encoding`), a byte order mark shows it, or it is recognised. Few bytes are typical of
only one encoding, so a recognised encoding is always a guess, and is marked as such. If several encodings are equally
likely and yield different texts, the source is refused, and the error names them.
"""

import codecs
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from pubcli.errors import InputError, UsageError
from pubcli.inputs.encoding import stated_charset
from pubcli.inputs.sources import Source, Stream
from pubcli.lazy import pattern

_S = TypeVar("_S", Source, Stream)
LANGUAGES = {
    "gb18030": "Chinese", "big5": "Chinese", "cp932": "Japanese", "euc_jp": "Japanese", "cp949": "Korean",
    "cp1252": "Western European", "mac_roman": "Western European", "cp850": "Western European",
    "cp1251": "Cyrillic", "koi8_u": "Cyrillic", "mac_cyrillic": "Cyrillic", "cp866": "Cyrillic",
    "cp1250": "Central European", "cp852": "Central European", "cp1253": "Greek", "cp1254": "Turkish",
    "cp1255": "Hebrew", "cp1256": "Arabic", "cp1257": "Baltic",
}  # fmt: skip
"""The encodings that are recognised, and what they are used for. Text in an older encoding that one of them contains,
such as GBK in GB18030, is recognised too."""
_RARE = ("cp850", "cp852", "mac_cyrillic")
"""Encodings so rare that a text is never assumed to be in one of them. Messages name them as possible."""
_OTHER_NAMES = {"gb18030": "GBK", "cp932": "Shift-JIS", "cp949": "EUC-KR", "koi8_u": "KOI8-R"}
"""Better known names of some encodings, or of older ones that they contain."""
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
"""Byte order marks. The mark of UTF-32 begins with that of UTF-16, so it comes first."""
_EXAMINED = 4_000
"""The number of bytes at the beginning of a source to examine for zero bytes, which show that it is UTF-16."""
_MOST_NAMED = 4
"""The largest number of likely encodings that a message names."""
_LONGEST_SAMPLE = 20_000
_WORD = pattern(rb"[A-Za-z]*[\x80-\xff][\x40-\x7e\x80-\xff]*")
"""A word with a byte beyond ASCII. In Chinese and Japanese encodings, the second byte of a character may be ASCII."""
_FREQUENT = {
    "gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "euc_jp": (0xB0, 0xCF), "cp932": (0x88, 0x97), "cp949": (0xB0, 0xC8),
}  # fmt: skip
"""For each encoding, the range of the first bytes of its frequent characters, which have lower codes than rare ones."""
_SURE = 12
"""The least number of characters from which a language is recognised. A Chinese text of this length has characters that
are not among the frequent ones of Korean."""
_ALPHABETS = {
    "Western European": (
        "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "áàâãçéêíóôõúü", "àèéìíîòóùú", "éëïóöü", "åäöæøé", "áðéíóúýþæö",
        "àçèéíïòóúü",
    ),  # German, French, Spanish, Portuguese, Italian, Dutch, Nordic languages, Icelandic, Catalan
    "Central European": ("ąćęłńóśźż", "áčďéěíňóřšťúůýžäĺľôŕ", "áéíóöőúüű", "ăâîșțşţ", "čćđšž"),
    # Polish, Czech and Slovak, Hungarian, Romanian, South Slavic languages
    "Turkish": ("çğıöşüâîû",),
    "Baltic": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),  # Lithuanian, Latvian, Estonian
}  # fmt: skip
"""The letters beyond ASCII of each language, by the languages that an encoding is used for."""
_FREQUENT_LETTERS = {
    "CYRILLIC": "оеаинтсрвл", "GREEK": "αοιετσνηυρςάίόέή",
    "HEBREW": "יוהלאמרתבש", "ARABIC": "اليمنترةوب",
}  # fmt: skip
"""The most frequent letters of other scripts. They make up more than half of a text."""
_KANA = pattern("[\u3041-\u30ff]")


def require_encoding(name: str, option: str = "encoding") -> str:
    """Return Python's name of an encoding of text. Raises UsageError if there is no such encoding."""
    try:
        info = codecs.lookup(name)
        "a".encode(info.name)
    except (LookupError, UnicodeError, ValueError):
        raise UsageError(
            f"{option}: there is no encoding {name!r}; use a name such as gbk, shift_jis, cp1251, koi8-r or latin-1"
        ) from None
    return info.name


def in_utf8(source: _S) -> _S:
    """Return a source whose text is UTF-8, or a stream whose encoding is set.

    If the user has named no encoding, bytes are converted only if a byte order mark or zero bytes show that they are
    UTF-16 or UTF-32; see `recognised` for other encodings. Raises InputError if the text is not valid in the encoding.
    """
    if source.encoding:
        return source
    if source.options.encoding:
        return _converted(source, source.options.encoding, is_assumed=False)
    for mark, encoding in _MARKS:
        if source.data.startswith(mark):
            return _converted(source, encoding, is_assumed=False)
    wide = _wide_encoding(source.data)
    return _converted(source, wide, is_assumed=True) if wide else source


def recognised(source: _S) -> _S:
    """Convert a source that is not UTF-8 to UTF-8, from the encoding that its HTML states or that is recognised.

    Raises InputError if no encoding or several encodings are likely. The error names these encodings and an option to
    type.
    """
    data, name = source.data, source.display_name
    if stated := _stated_encoding(data):
        return _converted(source, stated, is_assumed=False)
    place = _first_invalid_byte(data)
    if b"\x00" in data:
        raise InputError(f"{name} is a binary file, not text: {place} is not UTF-8; copy the text of a page instead")
    likely, is_certain = ([], False) if _is_damaged_utf8(data) else _likely_encodings(data)
    if is_certain:
        return _converted(source, likely[0], is_assumed=True)
    if likely:
        listed = " or ".join(map(description, likely[:_MOST_NAMED]))
        raise InputError(f"{name} looks like text in {listed}: {place} is not UTF-8; {_advice(likely[0])}")
    raise InputError(
        f"{name} is not UTF-8 text: {place} does not start a character; save it as UTF-8, or {_advice('latin-1')}"
    )


def _stated_encoding(data: bytes) -> str | None:
    """Return Python's name of the encoding that HTML states; None if it states none, or if the bytes are invalid in it.

    Browsers read Latin-1 and ASCII as Windows-1252 (encoding.spec.whatwg.org).
    """
    try:
        name = codecs.lookup(stated_charset(data) or "").name
        encoding = "cp1252" if name in ("iso8859-1", "ascii") else name
        data.decode(encoding)
    except (LookupError, ValueError):
        return None
    return encoding


def stream_in_utf8(stream: Stream) -> Stream:
    """Return a stream whose encoding is set, or recognised if the beginning of the file is not UTF-8.

    Raises InputError under the same conditions as `recognised`.
    """
    stream = in_utf8(stream)
    if stream.encoding:
        return stream
    try:
        codecs.getincrementaldecoder("utf-8")().decode(stream.data)
    except UnicodeDecodeError:
        lines = stream.data.rpartition(b"\n")[0] or stream.data
        return recognised(stream._replace(data=lines))
    return stream


def description(encoding: str) -> str:
    """Return the name of an encoding for messages, with what it is used for: `CP932 (Shift-JIS, Japanese)`."""
    details = filter(None, (_OTHER_NAMES.get(encoding), LANGUAGES.get(encoding)))
    listed = ", ".join(details)
    name = encoding.upper().replace("_", "-")
    return f"{name} ({listed})" if listed else name


def _converted(source: _S, encoding: str, *, is_assumed: bool) -> _S:
    if isinstance(source, Stream):
        start = source.data.decode(encoding, "ignore").removeprefix("\ufeff").encode("utf-8", "replace")
        return source._replace(data=start, encoding=encoding, encoding_is_assumed=is_assumed)
    try:
        text = source.data.decode(encoding)
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise InputError(
            f"{source.display_name} is not {encoding} text: {_place(source.data, at)} does not start a character; "
            + _advice("latin-1")
        ) from None
    data = text.removeprefix("\ufeff").encode("utf-8", "replace")
    return source._replace(data=data, encoding=encoding, encoding_is_assumed=is_assumed)


def _advice(example: str) -> str:
    return f"name its encoding, for example --encoding {'gbk' if example == 'gb18030' else example}"


def _first_invalid_byte(data: bytes) -> str:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return _place(data, error.start)
    raise ValueError("the bytes are UTF-8")


def _place(data: bytes, at: int) -> str:
    line = data.count(b"\n", 0, at) + 1
    return f"the byte 0x{data[at]:02X} at offset {at} (line {line})"


def _wide_encoding(data: bytes) -> str | None:
    """Return the encoding if the zero bytes of Latin letters and digits show that bytes are UTF-16, else None."""
    start = data[: _EXAMINED // 2 * 2]
    if b"\x00" not in start or len(data) % 2:
        return None
    low, high = start[::2].count(0), start[1::2].count(0)
    encoding = "utf-16-le" if high > low else "utf-16-be"
    if max(low, high) < len(start) * 0.1 or min(low, high) > max(low, high) * 0.1:
        return None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return encoding if not any(char < " " and char not in "\t\n\r\x0c" for char in text[:_EXAMINED]) else None


def _likely_encodings(data: bytes) -> tuple[list[str], bool]:
    """Return the encodings that bytes may be in, and whether the first one is certain enough to use it.

    All of them yield different texts.
    """
    sample = _sample(data)
    texts: dict[str, str] = {}
    for encoding in _candidates(sample):
        try:
            text = sample.decode(encoding)
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text not in texts.values() and _is_plausible(text, encoding):
            texts[encoding] = text
    if not any(sum(map(str.isalpha, word)) > 2 for text in texts.values() for word in text.split()):
        return list(texts), False  # single letters prove nothing
    for fits in _fits_a_language, _fits_several_languages:
        certain = [encoding for encoding, text in texts.items() if fits(text, encoding)]
        if usual := [encoding for encoding in certain if encoding not in _RARE]:
            return (usual, True) if len(usual) == 1 else (list(texts), False)
    return list(texts), len(texts) == 1 and not texts.keys() & set(_RARE)


def _sample(data: bytes) -> bytes:
    """Return the words with bytes beyond ASCII, up to a certain length."""
    words = b" ".join(_WORD.findall(data[: 10 * _LONGEST_SAMPLE])) or b" ".join(_WORD.findall(data))
    return words if len(words) <= _LONGEST_SAMPLE else words[:_LONGEST_SAMPLE].rpartition(b" ")[0]


def _candidates(sample: bytes) -> list[str]:
    """Return the encodings in which a sample is not nonsense, in the order of `LANGUAGES`."""
    from charset_normalizer import from_bytes  # slow to import, and needed for few files only

    matches = from_bytes(sample, cp_isolation=list(LANGUAGES))
    names = {name for match in matches for name in match.could_be_from_charset}
    return [encoding for encoding in LANGUAGES if encoding in names]


def _is_damaged_utf8(data: bytes) -> bool:
    """Return whether most characters beyond ASCII are valid UTF-8. If so, the invalid bytes are damage."""
    text = data.decode(errors="replace")
    invalid = text.count("\ufffd")
    return sum(not char.isascii() for char in text) > 2 * invalid


def _is_plausible(text: str, encoding: str) -> bool:
    """Return whether a text may consist of real words: few of them mix alphabets or contain symbols."""
    if encoding in _FREQUENT:
        return _has_frequent_characters(text, encoding)
    words = text.split()
    return sum(map(_is_odd, words)) <= len(words) * 0.1


def _is_odd(word: str) -> bool:
    """Return whether a word mixes alphabets, has a symbol in it, or has a capital beyond ASCII after a small letter."""
    if len({_script(char) for char in word if char.isalpha()}) > 1:
        return True
    if word[0] in "»”’" and word[1:2].isalpha():
        return True
    for before, char in pairwise(f" {word}"):
        if not char.isascii() and unicodedata.category(char)[0] in "SCN" and char not in "°€£©®":
            return True
        if before.islower() and char.isupper() and not char.isascii():
            return True
    return False


def _script(char: str) -> str:
    return "LATIN" if char.isascii() or char in "ªº" else unicodedata.name(char, "").partition(" ")[0]


def _has_frequent_characters(text: str, encoding: str) -> bool:
    """Return whether most characters of a Chinese, Japanese or Korean text are among the frequent ones."""
    has_kana = _KANA.search(text) is not None
    codes = [char.encode(encoding) for char in text if _is_east_asian(char)]
    if (has_kana and encoding not in ("cp932", "euc_jp")) or re.search("[\uff61-\uff9f]", text):
        return False
    return _frequent_part(codes, encoding) >= 0.8


def _frequent_part(codes: Sequence[bytes], encoding: str) -> float:
    """Return the share of characters that are among the frequent ones of an encoding; 1 if there are no characters."""
    low, high = _FREQUENT[encoding]
    second = 0x40 if encoding in ("big5", "cp932") else 0xA1
    frequent = sum(low <= code[0] <= high and code[-1] >= second for code in codes)
    return frequent / len(codes) if codes else 1.0


def _is_east_asian(char: str) -> bool:
    return not char.isascii() and char.isalpha() and not _KANA.match(char)


def _fits_a_language(text: str, encoding: str) -> bool:
    """Return whether nearly all letters beyond ASCII are usual in one language."""
    if encoding in _FREQUENT:
        codes = [char.encode(encoding) for char in text if _is_east_asian(char)]
        is_korean = "cp949" in _FREQUENT and _frequent_part(codes, "cp949") > 0.95
        is_expected = encoding == "cp949" if is_korean else encoding != "euc_jp" or _KANA.search(text) is not None
        return is_expected and len(codes) >= _SURE
    letters = [char for char in text.lower() if not char.isascii() and char.isalpha()]
    if not letters:
        return False
    scripts = {_script(char) for char in letters}
    usual = [_FREQUENT_LETTERS[script] for script in scripts if script in _FREQUENT_LETTERS]
    if usual:
        return len(scripts) == 1 and sum(char in usual[0] for char in letters) > len(letters) * 0.5
    return _is_in_an_alphabet(letters, encoding)


def _fits_several_languages(text: str, encoding: str) -> bool:
    """Return whether in each word all letters beyond ASCII are usual in one language."""
    words = ["".join(char for char in word if not char.isascii() and char.isalpha()) for word in text.lower().split()]
    return encoding not in _FREQUENT and all(_is_in_an_alphabet(word, encoding) for word in words if word)


def _is_in_an_alphabet(letters: Sequence[str], encoding: str) -> bool:
    alphabets = _ALPHABETS.get(LANGUAGES[encoding], ())
    return any(sum(char in alphabet for char in letters) >= len(letters) * 0.97 for alphabet in alphabets)
