"""Correctly spelled English words, which are never taken for misspellings of the words of a page."""

from functools import cache


@cache
def english_words() -> frozenset[str]:
    """Return about 7,000 folded words with 6 to 11 letters: everyday words and terms of scholarship.

    The list was written for pubcli. It matters for words that differ from others in one letter: police and policy.
    """
    from importlib.resources import files  # slow to import, and needed only for a word that no paper contains

    return frozenset(files("pubcli.language").joinpath("english_words.txt").read_text(encoding="ascii").split())
