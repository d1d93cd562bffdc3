"""Look up words with a similar meaning: everyday words of questions, and the words of abstracts."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

_VOWELS = frozenset("aeiou")


def synonyms(text: str) -> tuple[str, ...]:
    """Return the words and phrases that may be used instead of a folded word or phrase, each once.

    If the word is an inflected form, the synonyms of its base form are returned: those of `doctor` for `doctors`.
    """
    groups = _groups()
    base = next((form for form in _base_forms(text) if form in groups), None)
    if base is None:
        return ()
    return tuple(dict.fromkeys(word for group in groups[base] for word in group if word != base))


@cache
def _groups() -> Mapping[str, Sequence[tuple[str, ...]]]:
    """Return the groups of synonyms that contain each word or phrase.

    The list was written for pubcli. Each line of synonyms.txt is a group; hyphens join the words of a phrase.
    """
    from importlib.resources import files  # slow to import, and needed only for partial matches

    groups: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for line in files("pubcli.language").joinpath("synonyms.txt").read_text(encoding="ascii").splitlines():
        if not line.startswith("#"):
            group = tuple(word.replace("-", " ") for word in line.split())
            for word in group:
                groups[word].append(group)
    return groups


def _base_forms(word: str) -> Iterator[str]:
    """Yield the word, and the words of which it may be an inflected form by the rules of English spelling."""
    yield word
    for ending, replacements in _INFLECTIONS:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            yield from (stem + replacement for replacement in replacements)
            if len(stem) > 2 and stem[-1] == stem[-2]:
                yield stem[:-1]


_INFLECTIONS = (
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("es", ("e", "")),
    ("s", ("",)),
    ("ed", ("e", "")),
    ("ing", ("e", "")),
    ("ily", ("y",)),
    ("ly", ("",)),
)


def inflections(text: str) -> tuple[str, ...]:
    """Return a word or phrase and its regular inflected forms. Some results may not be real words."""
    stem = text[:-1] if text[-1:] in ("e", "y") else text
    if text.endswith("y") and text[-2:-1] not in _VOWELS:
        return text, f"{stem}ies", f"{stem}ied", f"{text}ing", f"{stem}ily"
    if text.endswith("e"):
        return text, f"{text}s", f"{text}d", f"{stem}ing", f"{text}ly"
    plural = f"{text}es" if text.endswith(("s", "x", "ch", "sh")) else f"{text}s"
    return text, plural, f"{text}ed", f"{text}ing", f"{text}ly"
