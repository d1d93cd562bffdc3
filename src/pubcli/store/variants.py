"""Words that count as one: the forms and spellings in a store that a word of a question stands for.

    private            privately               inflected; a quoted word stands for itself alone
    optimisation       optimization            British or American
    min-max            minmax, min-maxes       with and without its hyphen
    epsilon            ε                       Greek letters and their names; `\\epsilon` is read as its name
    ~privcy            privacy                 one or two typing errors

The index holds words as they are written. A question is rewritten before it is asked: each of its words becomes an OR
of the exact words that the index does hold, so nothing that comes after has to know of variants.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice, product, takewhile

from pubcli.language.english import spelling_variants
from pubcli.language.spelling import edit_distance, max_edit_distance
from pubcli.query.expression import And, Expression, Fuzzy, Not, Or, Text, leaves
from pubcli.store import index
from pubcli.store.database import Store
from pubcli.store.sql import Selection, quoted, selection
from pubcli.text.normalize import fold
from pubcli.text.tex_tables import MACROS

MOST = 40
"""Variants of one word, the closest first."""
_SHORTEST = 3
"""Letters that two forms of a word share at least."""
_LONGEST = 40
"""Letters of a word that has forms; what is longer is none of a language."""
_ENDINGS = frozenset(
    "s es e ed ing ings ly y ies ied ion ions ation ations ness nce nces nt ce ces t um a on is x ex ices".split()
) | {""}
"""What may follow the letters that two forms of a word share: inflections, and nouns made of verbs and adjectives.
Not what makes another thing of it: a transformer is no transformation, a complex problem has no complexity."""
_REGULAR = [set(pair.split("/")) for pair in "/s /es /ly y/ies um/a on/a is/es x/ces ex/ices".split()]
"""Pairs of endings that are forms of one word whatever a stemmer says, Latin and Greek plurals among them."""
_SHORT_PREFIXES = frozenset("bi co de re un".split())
"""Two letters that are written before a word with or without a hyphen; longer parts speak for themselves."""
_BEYOND = chr(0x10FFFF)
"""Sorts after every word."""


def expanded_selection(store: Store, where: Expression | None) -> Selection:
    """The papers that an expression selects, its words standing for all their variants."""
    return selection(expanded(store, where))


def expanded(store: Store, where: Expression | None) -> Expression | None:
    """The expression with each word replaced by what it stands for in this store, the word itself coming first."""
    if where is None:
        return None
    if any(isinstance(leaf, Text | Fuzzy) for leaf, _ in leaves(where)):
        index.fill(store)
    return _expanded(store, where)


def _expanded(store: Store, where: Expression) -> Expression:
    match where:
        case Text(text, False, False):
            return _any_of(store, dict.fromkeys(_phrases(store, text)), text)
        case Fuzzy(word):
            return _any_of(store, close_words(store, word), word)
        case Not(part):
            return Not(_expanded(store, part))
        case And(parts):
            return And(tuple(_expanded(store, part) for part in parts))
        case Or(parts):
            return Or(tuple(_expanded(store, part) for part in parts))
    return where


def _any_of(store: Store, phrases: Iterable[str], typed: str) -> Expression:
    """What the phrases select; what was typed, when there are none, so that it can be said to match nothing.

    Where forms are all the words that begin as they do, that beginning is asked for: bm25 then counts them as one
    word, while in an OR the rarest of them would count most.
    """
    found = list(phrases)[:MOST] or [typed]
    forms = {phrase for phrase in found if " " not in phrase and len(phrase) >= _SHORTEST}
    start = _shared(min(forms), max(forms)) if forms else ""
    if len(forms) > 1 and len(start) >= _SHORTEST and forms == set(_beginning(store, start)):
        terms = [Text(start, prefix=True), *(Text(phrase, exact=True) for phrase in found if phrase not in forms)]
    else:
        terms = [Text(phrase, exact=True) for phrase in found]
    return Or(tuple(terms)) if len(terms) > 1 else terms[0]


def close_words(store: Store, word: str) -> list[str]:
    """Words of the store that may have been meant by a misspelled one, the closest first, then the most frequent.

    The first letter counts, or the second where it came first.
    """
    most = max_edit_distance(word)
    found: dict[str, tuple[int, int]] = {}
    for letter in set(word[:2]):
        for other, papers in store.execute(f"SELECT term, doc {_WITHIN}", (letter, letter + _BEYOND)):
            if (distance := edit_distance(word, other, most)) is not None:
                found[other] = (distance, -papers)
    return sorted(found, key=lambda other: (found[other], other))


_WITHIN = "FROM vocabulary WHERE term >= ? AND term < ?"


def _beginning(store: Store, start: str) -> list[str]:
    """The words of the store that begin so."""
    return [row[0] for row in store.execute(f"SELECT term {_WITHIN}", (start, start + _BEYOND))]


def _occurs(store: Store, phrase: str) -> bool:
    statement = "SELECT 1 FROM paper_text WHERE paper_text MATCH ? LIMIT 1"
    return store.execute(statement, (quoted(Text(phrase)),)).fetchone() is not None


def _phrases(store: Store, text: str) -> Iterator[str]:
    """What a word stands for, or several that were typed with hyphens between them."""
    *first, last = text.split()
    if len(last) > _LONGEST:
        return
    if first:
        before = [[word, *_greek(word)] for word in first]
        phrases = map(" ".join, islice(product(*before, _forms(store, last)), MOST))
        yield from (phrase for phrase in phrases if _occurs(store, phrase))
        yield from _forms(store, "".join([*first, last])[: _LONGEST + 1])
        return
    yield from _forms(store, last)
    for at in range(2, len(last) - _SHORTEST + 1):
        start, rest = last[:at], last[at:]
        if (at >= _SHORTEST or start in _SHORT_PREFIXES) and _occurs(store, start):
            # What is as short as this has few forms, and too many words begin so.
            forms = _forms(store, rest) if len(rest) > _SHORTEST else [rest]
            yield from (phrase for form in forms if _occurs(store, phrase := f"{start} {form}"))


def _forms(store: Store, word: str) -> list[str]:
    """Words of the store that are the word, a form of it or another spelling, the word itself coming first."""
    other_letters = filter(partial(_occurs, store), _greek(word))
    spellings = dict.fromkeys([word, *sorted(spelling_variants(word))])
    inflected = (other for spelling in spellings for other in _inflected(store, spelling))
    return sorted(dict.fromkeys([*other_letters, *inflected]), key=lambda other: other != word)


def _greek(word: str) -> Collection[str]:
    return _GREEK.get(word, ())


def _greek_names() -> Mapping[str, Collection[str]]:
    """For each Greek letter, folded, and each of its names in TeX, what else it is written as."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for name, sign in MACROS.items():
        if "\u0370" <= sign <= "\u03ff":  # the block of Greek
            names[fold(sign)] |= {fold(sign): None, fold(name): None}
    return {word: tuple(same.keys() - {word}) for same in names.values() for word in same}


_GREEK = _greek_names()


def _inflected(store: Store, word: str) -> list[str]:
    """Words of the store that are the word or another form of it."""
    if len(word) < _SHORTEST:
        return [word] if _occurs(store, word) else []
    near = _beginning(store, _start(word))
    alike = {other: pair for other in near if (pair := _endings(word, other)) is not None}
    regular = {other for other, pair in alike.items() if other == word or set(pair) in _REGULAR}
    stemmed = _same_stem(store, word, [other for other in alike if other not in regular])
    return [other for other in near if other in regular or other in stemmed]


def _start(word: str) -> str:
    """What all forms of a word begin with: the word without its longest ending, a doubled consonant counted once."""
    ending = next(word[at:] for at in range(_SHORTEST, len(word) + 1) if word[at:] in _ENDINGS)
    start = word.removesuffix(ending)
    return start[:-1] if ending and len(start) > _SHORTEST and start[-1] == start[-2] else start


def _endings(one: str, other: str) -> tuple[str, str] | None:
    """What follows the letters that two words share, where both are endings: None where they are not."""
    at = len(_shared(one, other))
    pair = _single(one, at), _single(other, at)
    return pair if at >= _SHORTEST and pair[0] in _ENDINGS and pair[1] in _ENDINGS else None


def _shared(one: str, other: str) -> str:
    """What two words both begin with. Of many, the first and the last in order share what all share."""
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(pair[0] for pair in shared)


def _single(word: str, at: int) -> str:
    """The rest of a word without the consonant that is doubled there: `ing` in `planning`."""
    return word[at + 1 :] if at < len(word) and word[at] == word[at - 1] else word[at:]


def _same_stem(store: Store, word: str, others: list[str]) -> set[str]:
    """Those of the other words that have the word's stem, as the Porter stemmer in SQLite has it."""
    if not others:
        return set()
    store.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.stem USING fts5(word, content='', tokenize='porter ascii')")
    store.execute("INSERT INTO temp.stem (stem) VALUES ('delete-all')")
    # Porter leaves an adverb's ly where it stands: `fairly` has no stem in common with `fair`.
    rows = [(number, f"{other} {_without_ly(other)}") for number, other in enumerate(others)]
    store.executemany("INSERT INTO temp.stem (rowid, word) VALUES (?, ?)", rows)
    asked = f'"{word}" OR "{_without_ly(word)}"'
    return {others[row[0]] for row in store.execute("SELECT rowid FROM temp.stem WHERE stem MATCH ?", (asked,))}


def _without_ly(word: str) -> str:
    return word[:-2] if word.endswith("ly") and len(word) > _SHORTEST + 2 else word
