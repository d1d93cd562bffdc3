"""English words as they are written on either side of the Atlantic."""

import re

_BRITISH = re.compile(r"(?<=[a-z]{2}[iy])s(?=ations?$|e[ds]?$|ings?$)|(?<=[a-z]{2}o)u(?=r(?:s|al|ed|ing|hood|hoods)?$)")
_AMERICAN = re.compile(r"(?<=[a-z]{2}[iy])z(?=ations?$|e[ds]?$|ings?$)|(?<=[a-z]{3}o)(?=r(?:s|al|ed|ing|hood|hoods)?$)")
"""optimise and optimize, behaviour and behavior."""
_BEGINNINGS = tuple(
    tuple(pair.split("/"))
    for pair in (
        "catalogue/catalog dialogue/dialog analogue/analog centre/center centr/center fibre/fiber metre/meter "
        "litre/liter theatre/theater calibre/caliber defence/defense offence/offense licence/license "
        "practise/practice programme/program artefact/artifact grey/gray ageing/aging sceptic/skeptic mould/mold "
        "plough/plow sulph/sulf manoeuvre/maneuver manoeuvr/maneuver judgement/judgment fulfil/fulfill enrol/enroll "
        "anaesth/anesth archaeo/archeo paed/ped haem/hem oestr/estr foet/fet"
    ).split()
)
"""How words begin here and there that follow no rule."""


def spelling_variants(word: str) -> set[str]:
    """A folded word as it may be written on the other side, itself among them; not all of them need be words."""
    other = {_BRITISH.sub(lambda match: "z" if match[0] == "s" else "", word)}
    other |= {_AMERICAN.sub(lambda match: "s" if match[0] else "u", word)}
    for pair in _BEGINNINGS:
        other |= {there + word[len(here) :] for here, there in (pair, pair[::-1]) if word.startswith(here)}
    return other
