"""The words in which two texts differ: `Private [-Federated-] {+Learning+} at Scale`."""

import re
from difflib import SequenceMatcher

_MOST = 500_000
"""Pairs of words that are compared; longer texts are told by their length."""
_KEPT = 3
"""Words shown on either side of a change, where what stays the same is left out."""

REMOVED, ADDED = re.compile(r"\[-.*?-\]"), re.compile(r"\{\+.*?\+\}")
"""How removed and added words are found again in what `changed_words` returns."""


def changed_words(old: str, new: str, *, whole: bool = True) -> str:
    """Both texts in one, removed words as `[-old-]` and added ones as `{+new+}`.

    Unless `whole`, long stretches that stay the same are cut to an ellipsis.
    """
    before, after = old.split(), new.split()
    if len(before) * len(after) > _MOST:
        return f"[-{len(before):,} words-] {{+{len(after):,} words+}}"
    # In long texts frequent words are no anchors (autojunk): a page that repeats one word shall not take a minute.
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


def _shortened(same: list[str], follows: bool, goes_on: bool) -> list[str]:
    """The ends of a stretch that lie beside a change."""
    head, tail = _KEPT * follows, _KEPT * goes_on
    if len(same) <= head + tail + 1:
        return same
    return [*same[:head], "…", *same[len(same) - tail :]]
