"""Replace each word of a query by its variants: the forms and spellings in the index that count as the same word.

    private            privately               inflected; a quoted word matches only itself
    optimisation       optimization            British or American
    min-max            minmax, min-maxes       with and without its hyphen
    fferm              f-FERM                  the same after one letter, if no paper has the word itself
    ERM                empirical risk          an acronym and its long form, if a paper defines it
    epsilon            ε                       Greek letters and their names; `\\epsilon` is read as epsilon
    ~privcy            privacy                 one or two typing errors

The index contains words as they are written. Before a query is run, each of its words is replaced by an OR of the
exact words in the index, so later steps need not know about variants.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, product, takewhile

from pubcli.language.english import spelling_variants
from pubcli.language.spelling import edit_distance, max_edit_distance
from pubcli.lazy import TYPE_CHECKING, pattern
from pubcli.query.expression import And, Expression, Fuzzy, Match, Not, Or, Pattern, Text, leaves
from pubcli.store.sql import Selection, reads_text_index, selection
from pubcli.store.stored_words import StoredWords
from pubcli.text.normalize import fold
from pubcli.text.tex_tables import MACROS

if TYPE_CHECKING:
    from pubcli.store.corpus import Words
    from pubcli.store.database import Store

MOST = 40
"""Maximum number of variants of one word; further variants are ignored."""
_SHORTEST = 3
"""Minimum number of letters that two forms of a word share."""
_MOST_EARLIER = 3
"""Maximum number of common letters that may belong to the endings: `reduce` and `reduced` end in e and ed."""
_LONGEST = 40
"""Maximum length of a word that can have forms; a longer text is not a word of any language."""
_ENDINGS = frozenset(
    "s es e ed ing ings ly y ies ied ion ions ation ations ness nce nces nt ce ces t um a on is x ex ices".split()
) | {""}
"""Endings that may follow the letters that two forms of a word share: inflections, and endings of nouns made from verbs
and adjectives. Endings that change the meaning are not included: a transformer is not a transformation, and a complex
problem is not about complexity."""
_REGULAR = [set(pair.split("/")) for pair in "/s /es /ly y/ies um/a on/a is/es x/ces ex/ices".split()]
"""Pairs of endings that mark forms of one word even if the stemmer disagrees, such as Latin and Greek plurals."""
_SHORT_PREFIXES = frozenset("bi co de re un".split())
"""Prefixes of two letters that are written with or without a hyphen. Any longer word in the index can be a prefix."""
_SHORTEST_AFTER_LETTER = 4
"""Minimum number of letters after a single letter that is written with or without a hyphen: fferm, ecommerce."""
_LONGEST_FORM = 8
"""Maximum number of words in a long form that is looked for in a query."""
_WORD_AND_NUMBER = pattern("([a-z]{2,})([0-9]+)")
"""A word and a number that may be written with a hyphen: covid19."""
_BODY = ("title", "abstract", "org")
"""The columns of the text index without the authors."""
_BEYOND = chr(0x10FFFF)
"""A character that sorts after all others."""


def expanded_selection(store: Store, where: Expression | None) -> Selection:
    """Return the SQL that selects the papers that match an expression, with each word replaced by all its variants."""
    return selection(expanded(StoredWords(store), where))


def expanded(words: Words, where: Expression | None) -> Expression | None:
    """Return the expression with each word replaced by its variants, as far as they occur, the word itself first."""
    if where is None:
        return None
    if any(reads_text_index(leaf) for leaf, _ in leaves(where)):
        words.fill_index()
    return _expanded(words, where)


def _expanded(words: Words, where: Expression) -> Expression:
    match where:
        case Text(text, False, False):
            return _any_of(words, dict.fromkeys([*_phrases(words, text), *_long_forms(words, text)]), text)
        case Fuzzy(word):
            return _any_of(words, close_words(words, word), word, may_be_names=True)
        case Match(field, Fuzzy(word)) if reads_text_index(where):
            similar = [Match(field, Text(other, exact=True)) for other in close_words(words, word)[:MOST]]
            return Or(tuple(similar)) if similar else where
        case Pattern(source):
            return Pattern(source, words.words_of_matches(source))
        case Match(field, Pattern(source)) if field in _COLUMNS_WITH_WORDS:
            return Match(field, Pattern(source, words.words_of_matches(source)))
        case Not(part):
            return Not(_expanded(words, part))
        case And(parts):
            return And(tuple(expanded_parts(words, parts)))
        case Or(parts):
            return Or(tuple(_expanded(words, part) for part in parts))
    return where


def expanded_parts(words: Words, parts: Sequence[Expression]) -> list[Expression]:
    """Return the parts of a conjunction, each with its words replaced by their variants.

    If adjacent words are the long form of an acronym, each of them may also be the acronym.
    """
    texts = [part.text if isinstance(part, Text) and not (part.prefix or part.exact) else None for part in parts]
    short_forms: list[dict[str, None]] = [{} for _ in parts]
    for start, stop in combinations(range(len(parts) + 1), 2):
        adjacent = texts[start:stop]
        if 1 < len(adjacent) <= _LONGEST_FORM and None not in adjacent:
            shorts = words.short_forms(" ".join(filter(None, adjacent)))
            for place in range(start, stop):
                short_forms[place] |= dict.fromkeys(shorts)
    return [
        Or((expanded_part, *(Text(short, exact=True) for short in shorts))) if shorts else expanded_part
        for shorts, expanded_part in zip(short_forms, (_expanded(words, part) for part in parts), strict=True)
    ]


def _any_of(words: Words, phrases: Iterable[str], typed: str, *, may_be_names: bool = False) -> Expression:
    """Return an expression that selects the papers with any of the phrases, which are the variants of the typed text.

    If there are no phrases, the expression contains the typed text, so that messages can name it. Names have no
    variants: unless `may_be_names` is true, only the typed text is searched in the authors, so `GANs` does not find the
    author Gan.

    If the variants of one word are all the words of the store with a certain beginning, they become one prefix query.
    bm25 then treats the variants as one word, while in an OR the rarest variant would count most.
    """
    variants = list(phrases)[:MOST] or [typed]
    others = [] if may_be_names else [phrase for phrase in variants if phrase != typed]
    columns = _BODY if _in_authors(words, others) else ()
    forms = {phrase for phrase in variants if " " not in phrase and len(phrase) >= _SHORTEST}
    start = _shared(min(forms), max(forms)) if forms else ""
    if len(forms) > 1 and len(start) >= _SHORTEST and forms == set(words_beginning(words, start)):
        terms = [Text(start, prefix=True, columns=columns)]
        if columns and _in_authors(words, [typed]):
            terms.append(Text(typed, exact=True, columns=("authors",)))
        variants = [phrase for phrase in variants if phrase not in forms]
    else:
        terms = []
    terms += [Text(phrase, exact=True, columns=() if phrase == typed else columns) for phrase in variants]
    return Or(tuple(terms)) if len(terms) > 1 else terms[0]


def _in_authors(words: Words, phrases: Collection[str]) -> bool:
    """Return whether any of the phrases occurs in the name of an author."""
    if not phrases:
        return False
    return words.contains_any([Text(phrase, columns=("authors",)) for phrase in phrases])


def occurs(words: Words, text: Text) -> bool:
    """Return whether any paper contains a word in any of its variants."""
    return any_occurs(words, _expanded(words, text))


def any_occurs(words: Words, expanded_part: Expression) -> bool:
    """Return whether any paper contains one of the variants of a word."""
    return words.contains_any([term for term, _ in leaves(expanded_part) if isinstance(term, Text)])


def close_words(words: Words, word: str) -> list[str]:
    """Return the words of the store that a misspelled word may mean.

    The closest words come first. Of equally close words, those in more papers come first.
    """
    most = max_edit_distance(word)
    ranks: dict[str, tuple[int, int]] = {}
    for other, papers in words_like(words, word):
        if (distance := edit_distance(word, other, most)) is not None:
            ranks[other] = (distance, -papers)
    return sorted(ranks, key=lambda other: (ranks[other], other))


def words_like(words: Words, word: str, *, has_first_letter: bool = False) -> Iterator[tuple[str, int]]:
    """Yield the words that may be similar to a word, each with the number of papers that contain it.

    They begin with the first letter of the word or, in case the first two letters are swapped, with the second. With
    `has_first_letter`, all of them begin with the first letter. Words whose lengths or letters differ too much are left
    out, because this takes less time than to compute the edit distance.
    """
    most, letters = max_edit_distance(word), frozenset(word)
    lengths = len(word) - most, len(word) + most
    for letter in sorted(set(word[:1] if has_first_letter else word[:2])):
        for other, papers in words.vocabulary(letter, letter + _BEYOND, lengths):
            if len(letters.difference(other)) <= most:
                yield other, papers


_COLUMNS_WITH_WORDS = ("title", "abstract", "org", "author")
"""Fields whose values the text index contains."""


def words_beginning(words: Words, start: str) -> list[str]:
    """Return the words of the store that begin with a text."""
    return [word for word, _ in words.vocabulary(start, start + _BEYOND)]


def _phrases(words: Words, text: str) -> Iterator[str]:
    """Yield the variants of a word, or of several words that were joined by hyphens."""
    *first, last = text.split()
    if len(last) > _LONGEST:
        return
    if first:
        before = [[word, *_greek(word)] for word in first]
        phrases = map(" ".join, islice(product(*before, _forms(words, last)), MOST))
        yield from words.occurring(list(phrases))
        yield from _forms(words, "".join([*first, last])[: _LONGEST + 1])
        return
    yield from _forms(words, last)
    if number := _WORD_AND_NUMBER.fullmatch(last):
        yield from words.occurring([f"{number[1]} {number[2]}"])
    if len(last) > _SHORTEST_AFTER_LETTER and not words.occurring([last]):
        # Only for a word that no paper contains: "a lower bound of f, lower than" is not about a flower.
        yield from words.occurring([f"{last[0]} {last[1:]}"])
    yield from words.occurring(list(_separated(words, last)))


def _separated(words: Words, word: str) -> Iterator[str]:
    """Yield the phrases of two words that a word may be, if it was written without its hyphen."""
    places = range(2, len(word) - _SHORTEST + 1)
    starts = [word[:at] for at in places if at >= _SHORTEST or word[:at] in _SHORT_PREFIXES]
    for start in words.occurring(starts):
        rest = word[len(start) :]
        # A shorter rest has few forms, but too many words begin with it.
        forms = _forms(words, rest) if len(rest) > _SHORTEST else [rest]
        yield from (f"{start} {form}" for form in forms)


def _long_forms(words: Words, text: str) -> Iterator[str]:
    """Yield the long forms that papers define for an acronym, each with the forms of its last word."""
    for long in words.long_forms(text):
        *first, last = long.split()
        yield from words.occurring([" ".join([*first, form]) for form in _forms(words, last)])


def _forms(words: Words, word: str) -> list[str]:
    """Return the words of the store that are forms or other spellings of a word, the word itself first."""
    other_letters = words.occurring(list(_greek(word)))
    spellings = dict.fromkeys([word, *sorted(spelling_variants(word))])
    inflected = (other for spelling in spellings for other in _inflected(words, spelling))
    return sorted(dict.fromkeys([*other_letters, *inflected]), key=lambda other: other != word)


def _greek(word: str) -> Collection[str]:
    return _GREEK.get(word, ())


def _greek_names() -> Mapping[str, Collection[str]]:
    """Return the other notations of a Greek letter for each notation: `varepsilon` and `ε` for `epsilon`."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for name, sign in MACROS.items():
        if "\u0370" <= sign <= "\u03ff":  # the Unicode block of Greek
            names[fold(sign)] |= {fold(sign): None, fold(name): None}
    return {word: tuple(same.keys() - {word}) for same in names.values() for word in same}


_GREEK = _greek_names()


def _inflected(words: Words, word: str) -> list[str]:
    """Return the given word and its other forms, as far as the store contains them."""
    if len(word) < _SHORTEST:
        return words.occurring([word])
    near = words_beginning(words, _start(word))
    alike = {other: pair for other in near if (pair := _endings(word, other)) is not None}
    regular = {other for other, pair in alike.items() if other == word or set(pair) in _REGULAR}
    stemmed = _same_stem(words.scratch(), word, [other for other in alike if other not in regular])
    return [other for other in near if other in regular or other in stemmed]


def _start(word: str) -> str:
    """Return the beginning that all forms of a word share: the word without its longest ending.

    If the rest ends in a doubled letter, the second one is removed too.
    """
    ending = next(word[at:] for at in range(_SHORTEST, len(word) + 1) if word[at:] in _ENDINGS)
    start = word.removesuffix(ending)
    return start[:-1] if ending and len(start) > _SHORTEST and start[-1] == start[-2] else start


def _endings(word: str, other_word: str) -> tuple[str, str] | None:
    """Return the endings of two words after their common beginning.

    Return None unless `_ENDINGS` contains both, as it does for `trained` and `training`: `ed` and `ing`.
    """
    longest = len(_shared(word, other_word))
    for at in range(longest, max(_SHORTEST, longest - _MOST_EARLIER) - 1, -1):
        pair = _single(word, at), _single(other_word, at)
        if pair[0] in _ENDINGS and pair[1] in _ENDINGS:
            return pair
    return None


def _shared(word: str, other_word: str) -> str:
    """Return the common beginning of two words.

    For the first and the last word of a sorted list, the result is the common beginning of all words in the list.
    """
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(word, other_word, strict=False))
    return "".join(pair[0] for pair in shared)


def _single(word: str, at: int) -> str:
    """Return the end of a word from index `at` on. If it begins with a doubled letter, the letter is left out.

    For `planning`, the end from index 4 is `ning`, but the n repeats the letter before it, so the result is `ing`.
    """
    return word[at + 1 :] if at < len(word) and word[at] == word[at - 1] else word[at:]


def _same_stem(store: Store, word: str, others: list[str]) -> set[str]:
    """Return those of the other words that have the same stem as the word, according to SQLite's Porter stemmer.

    `store` is a database for temporary tables.
    """
    if not others:
        return set()
    store.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.stem USING fts5(word, content='', tokenize='porter ascii')")
    store.execute("INSERT INTO temp.stem (stem) VALUES ('delete-all')")
    # The Porter stemmer does not remove the ly of adverbs: `fairly` and `fair` have different stems.
    rows = [(number, f"{other} {_without_ly(other)}") for number, other in enumerate(others)]
    store.executemany("INSERT INTO temp.stem (rowid, word) VALUES (?, ?)", rows)
    match_expression = f'"{word}" OR "{_without_ly(word)}"'
    return {
        others[row[0]] for row in store.execute("SELECT rowid FROM temp.stem WHERE stem MATCH ?", (match_expression,))
    }


def _without_ly(word: str) -> str:
    return word[:-2] if word.endswith("ly") and len(word) > _SHORTEST + 2 else word
