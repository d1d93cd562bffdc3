"""Find the British and American spellings of an English word."""

from __future__ import annotations

from pubcli.lazy import pattern

_BRITISH = pattern(r"(?<=[a-z]{2}[iy])s(?=ations?$|e[ds]?$|ings?$)|(?<=[a-z]{2}o)u(?=r(?:s|al|ed|ing|hood|hoods)?$)")
_AMERICAN = pattern(r"(?<=[a-z]{2}[iy])z(?=ations?$|e[ds]?$|ings?$)|(?<=[a-z]{3}o)(?=r(?:s|al|ed|ing|hood|hoods)?$)")
"""Both patterns match the place where spellings differ: optimise and optimize, behaviour and behavior."""
_STEMS = tuple(
    tuple(pair.split("/"))
    for pair in (
        "catalogue/catalog dialogue/dialog analogue/analog centre/center centr/center fibre/fiber metre/meter "
        "litre/liter theatre/theater calibre/caliber defence/defense offence/offense licence/license "
        "practise/practice programme/program artefact/artifact grey/gray ageing/aging sceptic/skeptic mould/mold "
        "plough/plow sulph/sulf manoeuvre/maneuver manoeuvr/maneuver judgement/judgment fulfil/fulfill enrol/enroll "
        "anaesth/anesth archaeo/archeo paed/ped haem/hem oestr/estr foet/fet"
    ).split()
)
"""Pairs of the British and the American beginning of a word, for spellings that follow no rule."""


def spelling_variants(word: str) -> set[str]:
    """Return a folded word and its British and American spellings. Some results may not be real words."""
    spellings = {_BRITISH.sub(lambda match: "z" if match[0] == "s" else "", word)}
    spellings |= {_AMERICAN.sub(lambda match: "s" if match[0] else "u", word)}
    for pair in _STEMS:
        spellings |= {new + word[len(old) :] for old, new in (pair, pair[::-1]) if word.startswith(old)}
    return spellings
