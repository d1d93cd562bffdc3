"""Interpret the words of a search: which are required, which a partial match may lack, and which are ignored.

Conditions, quoted phrases, excluded words, regular expressions and groups with OR are strict: every result fulfils
them. The other words are loose: papers with all of them come first, and papers that lack some of them follow. Stop
words are ignored, a bare year is a condition on the date, and a misspelled word is corrected. The notes report what was
changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from pubcli.language.stop_words import STOP_WORDS
from pubcli.lazy import TYPE_CHECKING, NamedTuple, pattern, re
from pubcli.query.expression import Expression, Fuzzy, Match, Or, Text, conjunction, conjuncts, query_text
from pubcli.query.language import condition_on
from pubcli.store import acronyms, corrections, variants

if TYPE_CHECKING:
    from pubcli.store.corpus import Corpus


class Word(NamedTuple):
    """A loose word of a query: papers that lack the word are shown too, below the papers that have all words."""

    typed: str
    """The word as the user typed it."""
    part: Expression
    """The condition that the word means: its variants in the text index, or a year."""
    text: str | None = None
    """The folded word, if other words may stand in for it; None for a year, a prefix, or a word typed with `~`."""


class Interpretation(NamedTuple):
    """The parts of a query, ready for SQL: words are replaced by their variants."""

    strict: tuple[Expression, ...]
    words: tuple[Word, ...]
    notes: tuple[str, ...]
    """Sentences on words that were not searched as typed."""

    @property
    def full(self) -> Expression | None:
        """The expression that a paper must fulfil to match the whole query: all strict parts and all loose words."""
        return conjunction([*self.strict, *(word.part for word in self.words)])


def interpret(corpus: Corpus, where: Expression | None, *, correct: bool = True) -> Interpretation:
    """Return the interpretation of a parsed query. With `correct`, misspelled words are corrected."""
    corpus.fill_index()
    parts = conjuncts(where)
    loose = [part for part in parts if _is_loose(part)]
    strict = tuple(variants.expanded_parts(corpus, [part for part in parts if not _is_loose(part)]))
    content = [part for part in loose if not is_stop_word(part)]
    typed = content if content or strict else loose
    limits = [_before_year(parts, part) for part in typed]
    expanded = variants.expanded_parts(corpus, typed)
    notes: list[str] = []
    if correct:
        replaced, notes = corrections.corrected(corpus, typed, expanded)
        if notes:
            typed, expanded = replaced, variants.expanded_parts(corpus, replaced)
        expanded, more_notes = _acronyms_spelled_out(corpus, typed, expanded)
        notes += more_notes
    words = [
        Word(limit + query_text(part), expanded_part, part.text if isinstance(part, Text) and not part.prefix else None)
        for limit, part, expanded_part in zip(limits, typed, expanded, strict=True)
    ]
    return Interpretation(strict, tuple(_with_years(corpus, strict, words)), tuple(notes))


_YEAR = pattern(r"(?:(since|after|before|until) )?((?:19|20)[0-9]{2})")
"""Matches a year as `Word.typed`, and the preposition before it that makes it a range."""


def _before_year(parts: Sequence[Expression], part: Expression) -> str:
    """Return the preposition before a year, and a blank: `since ` in `since 2021`. Return "" if there is none."""
    place = next(place for place, other in enumerate(parts) if other is part)
    before = parts[place - 1] if place else None
    if isinstance(part, Text) and isinstance(before, Text) and _is_loose(before) and not before.prefix:
        typed = f"{before.text} {part.text}"
        return f"{before.text} " if _YEAR.fullmatch(typed) else ""
    return ""


def _dates(match: re.Match[str]) -> str:
    """Return the dates that a match of `_YEAR` means, as a value of `date:`."""
    year = int(match[2])
    ranges = {"since": f"{year}..", "after": f"{year + 1}..", "before": f"..{year - 1}", "until": f"..{year}"}
    return ranges.get(match[1], match[2])


def _is_loose(part: Expression) -> bool:
    return isinstance(part, Fuzzy) or (isinstance(part, Text) and not part.exact)


def is_stop_word(part: Expression) -> bool:
    """Return whether a part is an unquoted stop word. A word in capitals may be an acronym, such as IT."""
    if not isinstance(part, Text) or part.prefix or part.text not in STOP_WORDS:
        return False
    typed = part.typed or part.text
    return len(typed) < 2 or not typed.isupper()


def _acronyms_spelled_out(
    corpus: Corpus, typed: Sequence[Expression], expanded: Sequence[Expression]
) -> tuple[list[Expression], list[str]]:
    """Return the expanded parts, with each acronym that no paper contains replaced by phrases with its initials.

    Return also a sentence for each of them.
    """
    parts, notes = list(expanded), []
    for place, part in enumerate(typed):
        if not (isinstance(part, Text) and _may_be_acronym(part)) or variants.any_occurs(corpus, expanded[place]):
            continue
        if phrases := acronyms.phrases_with_initials(corpus, part.typed or part.text)[:_MOST_PHRASES]:
            notes.append(f"showing results for {' or '.join(phrases)}; no paper has {part.typed or part.text}")
            parts[place] = Or(tuple(Text(phrase, exact=True) for phrase in phrases))
    return parts, notes


_MOST_PHRASES = 3
"""Maximum number of phrases with the initials of an acronym that are searched instead of the acronym."""


def _may_be_acronym(part: Text) -> bool:
    """Return whether a word is probably an acronym: it has at least two capitals, or consonants only."""
    return not part.prefix and bool(_ACRONYM.fullmatch(part.typed or part.text))


_ACRONYM = pattern("(?=.*[A-Z].*[A-Z])[A-Za-z]{3,6}|[b-df-hj-np-tv-xz]{3,6}")


def _with_years(corpus: Corpus, strict: Sequence[Expression], words: Sequence[Word]) -> list[Word]:
    """Return the loose words, with each year such as `2020` or `since 2020` replaced by a condition on the date.

    However, a year is searched in the texts, like other words, if two conditions hold: some paper contains the number;
    and no paper of that year fulfils the strict parts and contains another word of the query.
    """
    others = [word.part for word in words if not _YEAR.fullmatch(word.typed)]
    required = [*strict, *([Or(tuple(others))] if others else [])]
    years: list[Word] = []
    for word in words:
        year = _YEAR.fullmatch(word.typed)
        condition = condition_on("date", _dates(year)) if year else None
        if condition and (_selects(corpus, [*required, condition]) or not _selects(corpus, [word.part])):
            word = word._replace(part=condition, text=None)
        years.append(word)
    return years


def _selects(corpus: Corpus, parts: Sequence[Expression]) -> bool:
    """Return whether any paper fulfils all parts of a query. Their words must have been replaced by their variants."""
    return corpus.count(conjunction(parts)) > 0


def is_year(word: Word) -> bool:
    """Return whether a loose word is a condition on the date."""
    return isinstance(word.part, Match)
