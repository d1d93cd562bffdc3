"""The words of an unfinished line, and the quoting of values."""

import shlex
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.cli.shell_words import Word, quoted, split
from thoroughness import examples

TEXTS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=12) | st.text("'\"!\\$` a", max_size=6)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("pubcli show ", Word("", "", "")),
        ("pubcli show low", Word("low", "low", "")),
        ("pubcli show 'Andrew Lo", Word("'Andrew Lo", "Andrew Lo", "'")),
        ('pubcli show "a\\"b\\c', Word('"a\\"b\\c', 'a"b\\c', '"')),
        ("pubcli show Andrew\\ Lo", Word("Andrew\\ Lo", "Andrew Lo", "")),
        ("pubcli show o\\", Word("o\\", "o", "")),
        ("pubcli show 'it'\\''s", Word("'it'\\''s", "it's", "'")),
        ("pubcli show 'done' ", Word("", "", "")),
        ("pubcli show ''", Word("''", "", "")),
    ],
)
def test_the_last_word_of_a_line(line: str, word: Word) -> None:
    assert split(line)[-1] == word


def test_an_empty_word_in_quotes_is_a_word() -> None:
    assert [word.value for word in split("list '' x")] == ["list", "", "x"]


def test_a_backslash_quotes_inside_single_quotes_in_fish_only() -> None:
    assert split("'o\\'ne", is_fish=True)[-1].value == "o'ne"
    assert split("'o\\'ne")[-1].value == "o\\ne"


@given(st.lists(TEXTS))
@examples(300)
def test_words_are_split_as_the_standard_library_splits_them(values: list[str]) -> None:
    line = " ".join(map(shlex.quote, values))
    assert [word.value for word in split(f"{line} ")[:-1]] == values


@given(TEXTS, st.sampled_from(["", "'", '"']))
@examples(300)
def test_a_quoted_value_is_read_as_the_value(value: str, quote: str) -> None:
    line = quote + quoted(value, quote)
    if quote and not (line.endswith(quote) and len(line) > 1):
        line += quote  # as Readline does
    assert [word.value for word in split(line)] == [value]
    assert split(line)[-1].quote == ""


HARD = [
    "O'Neil", "a b", "$HOME", "`id`", "$(id)", "!!", "a!", "it's'", "*", "~", "a\\b", 'say "x"', "a:b=c", "{a,b}", "#x",
    "é",
]  # fmt: skip


@pytest.mark.process
@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
@pytest.mark.parametrize("quote", ["", "'", '"'])
def test_bash_reads_a_quoted_value_as_the_value(quote: str) -> None:
    words = []
    for value in HARD:
        text = quote + quoted(value, quote)
        words.append(text if not quote or (len(text) > 1 and text.endswith(quote)) else text + quote)
    script = f"printf '%s\\0' {' '.join(words)}"
    result = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, check=True, timeout=60)
    assert result.stdout.decode().split("\0")[:-1] == HARD
