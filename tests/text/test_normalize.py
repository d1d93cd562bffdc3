"""Comparing text and showing it safely."""

import json
import sys
import unicodedata
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.text.normalize import counted, counted_part, escaped, fold, harmless, visible, words
from thoroughness import examples

EVERY_CHARACTER = [chr(code) for code in range(sys.maxunicode + 1)]

CONTROL = {
    char
    for char in EVERY_CHARACTER
    if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")
    or unicodedata.bidirectional(char) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    or char in "\u200e\u200f\u061c\u200b\ufeff"
    or "\U000e0000" <= char <= "\U000e007f"
}
"""Characters that control a terminal or change the direction or meaning of other characters."""

any_texts = st.text(st.characters() | st.sampled_from(sorted(CONTROL)) | st.sampled_from("éÉßİıſ\u0301\u0345Σς"))

EQUIVALENT = {
    "case": ("Privacy", "PRIVACY"),
    "accents": ("Jovanović", "JOVANOVIC"),
    "accents written apart": ("Jovanovic\u0301", "Jovanović"),
    "several accents": ("Nguyễn Thị Ánh", "nguyen thi anh"),
    "sharp s": ("Weiß", "weiss"),
    "capital sharp s": ("WEIẞ", "weiss"),
    "stroke through l": ("Łukasz", "lukasz"),
    "stroke through o": ("Øyvind", "oyvind"),
    "ash": ("Ægir", "aegir"),
    "thorn": ("Þór", "thor"),
    "dotless i": ("Işık", "ISIK"),
    "dotted capital i": ("İnan", "inan"),
    "final sigma": ("ΛΌΓΟΣ", "λογος"),
    "Cyrillic": ("ЁЖ", "еж"),
    "ligature": ("eﬃcient", "EFFICIENT"),
    "full width": ("ＡＢ１", "ab1"),
    "raised digit": ("x²", "X2"),
    "mathematical alphabet": ("𝔸𝒷", "ab"),
    "apostrophes": ("O’Neil", "o'neil"),
    "quotation marks": ("“a”", '"A"'),
    "dashes": ("min–max", "Min-Max"),
    "minus": ("−1", "-1"),
    "soft hyphen": ("opti\u00admal", "optimal"),
    "no-break space": ("a\u00a0b", "a b"),
}


@pytest.mark.parametrize(("spelling", "other"), EQUIVALENT.values(), ids=EQUIVALENT.keys())
def test_variants_of_a_spelling_fold_alike(spelling: str, other: str) -> None:
    assert fold(spelling) == fold(other)


DIFFERENT = {"vowel sign": ("कि", "की"), "sound mark": ("は", "ば"), "letter": ("n", "m"), "blank": ("a b", "ab")}


@pytest.mark.parametrize(("spelling", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_different_spellings_fold_differently(spelling: str, other: str) -> None:
    assert fold(spelling) != fold(other)


def test_folding_any_character_twice_changes_nothing() -> None:
    rows = [" ".join(EVERY_CHARACTER[start : start + 256]) for start in range(0, len(EVERY_CHARACTER), 256)]

    assert [row for row in map(fold, rows) if fold(row) != row] == []


@examples(300)
@given(any_texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@examples(300)
@given(st.text(st.characters(codec="utf-8")))
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


def test_words_are_runs_of_letters_and_digits_or_single_cjk_characters() -> None:
    assert words("Min–Max_Games: O(x²), Jovanović’s 3rd 学習!") == [
        "min", "max", "games", "o", "x2", "jovanovic", "s", "3rd", "学", "習"
    ]  # fmt: skip
    assert words("ε₀, 2α² and βιβλίο Σοφία") == ["ε", "0", "2", "α", "2", "and", "βιβλιο", "σοφια"]
    assert words(" -_*\x00\u0301 ") == []


# Text on a terminal.


def test_control_characters_are_not_visible() -> None:
    assert [char for char in CONTROL if CONTROL & set(visible(char))] == []


@examples(300)
@given(any_texts)
def test_visible_text_is_a_single_safe_line_and_does_not_change_again(text: str) -> None:
    visible_text = visible(text)

    assert not CONTROL & set(visible_text)
    assert visible(visible_text) == visible_text
    assert CONTROL & set(text) or visible_text == text


SHOWN = {
    "line ends and tabs": ("a\nb\tc\r\u2028d", "a b c  d"),
    "escape": ("\x1b[31mred", "␛[31mred"),
    "nul and delete": ("\x00\x7f", "␀␡"),
    "one-byte escape": ("\x9b31m", "<U+009B>31m"),
    "half characters": ("\ud800\udfff", "<U+D800><U+DFFF>"),
    "bidirectional override": ("a\u202eb", "a<U+202E>b"),
    "tag": ("\U000e0041", "<U+E0041>"),
    "joined emoji stay": ("👩‍💻 é 学", "👩‍💻 é 学"),
}


@pytest.mark.parametrize(("text", "visible_text"), SHOWN.values(), ids=SHOWN.keys())
def test_control_characters_are_replaced_by_symbols(text: str, visible_text: str) -> None:
    assert visible(text) == visible_text


def is_xml_character(char: str) -> bool:
    """Return whether XML 1.0 allows a character (production 2, Char)."""
    return char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char >= "\U00010000"


def test_visible_text_has_only_characters_that_xml_allows() -> None:
    characters = list(map(chr, range(0x110000)))
    forbidden = [char for char in characters if not is_xml_character(char)]
    allowed = "".join(map(visible, characters))

    assert len(forbidden) == 29 + 2048 + 2
    assert {char for char in allowed if not is_xml_character(char)} == set()
    assert ElementTree.fromstring(f"<a>{escape(allowed)}</a>").text == allowed  # noqa: S314
    assert visible("a\ufffeb\uffff") == "a<U+FFFE>b<U+FFFF>"


# Numbers.


@pytest.mark.parametrize(("number", "message"), [(0, "0 papers are"), (1, "1 paper is"), (1234, "1,234 papers are")])
def test_a_noun_agrees_with_its_number(number: int, message: str) -> None:
    assert counted(number, "paper is", "papers are") == message


@pytest.mark.parametrize(
    ("number", "total", "message"),
    [(1, 8, "1 of 8 lists is cut"), (2, 8, "2 of 8 lists are cut"), (1, 1, "1 of 1 list is cut")],
)
def test_noun_and_verb_agree_with_part_and_whole(number: int, total: int, message: str) -> None:
    assert counted_part(number, total, ("list", "lists"), ("is cut", "are cut")) == message


# JSON.


def encoded(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


json_texts = st.text(st.characters(codec="utf-8"))


@given(st.dictionaries(json_texts, st.lists(json_texts, max_size=2), max_size=3))
def test_escaped_json_has_the_same_value(value: object) -> None:
    assert json.loads(escaped(encoded(value))) == value


def test_escaped_json_has_no_control_characters() -> None:
    text = "\\" + "".join(sorted(CONTROL - set(map(chr, range(0xD800, 0xE000))))) + '"'
    safe = escaped(encoded({text: [text]}))

    assert not CONTROL & set(safe)
    assert json.loads(safe) == {text: [text]}


def test_escaped_json_does_not_change_harmless_text() -> None:
    assert escaped('{"é": "学👩‍💻"}') == '{"é": "学👩‍💻"}'
    assert escaped('"a\x7f\u202e\U000e0041"') == '"a\\u007f\\u202e\\udb40\\udc41"'


def test_a_file_keeps_invisible_characters_but_no_control_characters() -> None:
    remaining = (
        "\u0639\u0644\u06cc\u200c\u0631 \U0001f469\u200d\U0001f4bb a\u200bb\u200e\u200f\u061c\u2060\ufeff so\u00adft"
    )
    assert harmless(remaining) == remaining
    assert harmless("a\u202eb\u2066\x1b\u009b\u2028c\n") == "a<U+202E>b<U+2066>\u241b<U+009B> c "
    assert {char for char in CONTROL if char in harmless(char)} == set("\u200e\u200f\u061c\u200b\ufeff")
