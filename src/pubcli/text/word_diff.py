"""Show the words that differ between two texts: `Private [-Federated-] {+Learning+} at Scale`."""

from __future__ import annotations

from pubcli.lazy import re

_MOST = 500_000
"""Maximum number of pairs of words to compare. For longer texts, only the numbers of words are shown."""
_CONTEXT = 3
"""Number of unchanged words shown on each side of a change if the other unchanged words are left out."""

REMOVED, ADDED = re.compile(r"\[-.*?-\]"), re.compile(r"\{\+.*?\+\}")
"""Patterns for removed and added words in the result of `changed_words`."""


def changed_words(old: str, new: str, *, whole: bool = True) -> str:
    """Return one text that shows both texts, with removed words as `[-old-]` and added words as `{+new+}`.

    If `whole` is false, long runs of unchanged words are shortened to an ellipsis.
    """
    before, after = old.split(), new.split()
    if len(before) * len(after) > _MOST:
        return f"[-{len(before):,} words-] {{+{len(after):,} words+}}"
    # By default, difflib ignores frequent words in long texts. If it did not, a text that repeats a word would take
    # minutes.
    from difflib import SequenceMatcher  # imported only here, because tables load this module

    steps = SequenceMatcher(None, before, after).get_opcodes()
    parts: list[str] = []
    for number, (kind, a, b, c, d) in enumerate(steps):
        if kind == "equal":
            parts += before[a:b] if whole else _shortened(before[a:b], number > 0, number < len(steps) - 1)
            continue
        if a < b:
            parts.append(f"[-{' '.join(before[a:b])}-]")
        if c < d:
            parts.append(f"{{+{' '.join(after[c:d])}+}}")
    return " ".join(parts)


def _shortened(words: list[str], follows_change: bool, precedes_change: bool) -> list[str]:
    """Shorten a run of unchanged words: keep the words next to a change, and replace the others by an ellipsis."""
    head, tail = _CONTEXT * follows_change, _CONTEXT * precedes_change
    if len(words) <= head + tail + 1:
        return words
    return [*words[:head], "…", *words[len(words) - tail :]]
