"""Split the line of a record into its title and its venue.

How Many Folds Does a Map Need? Trans. Kites Other Model. Concurr. 17: 246-263 (2023)
Light Frames. A Catalogue for Paper Kites. FOLD 2024: 86-108

Titles contain full stops, and so do abbreviated names of journals. So each full stop is tried in turn as the end of the
title. The text after it must be a venue, and in the name of the venue, full stops must only follow abbreviations. In
the name of a journal, an unknown word may be an abbreviation. In the names of proceedings and publishers, only known
abbreviations count, because these names are not abbreviated.
"""

import re
from itertools import pairwise
from typing import Any, NamedTuple

from pubcli.biblio.venues import fields_with_year

_END = re.compile(r"[.?!](?<!\bvs\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bcf\.)(?<!\bet al\.)[\"'\u201d\u2019)\u00bb]?\s+")
_YEAR = re.compile(r"(?:1[89]|20)(?<=\b..)\d\d(?:\)|\b)")  # a search for its first digit is faster than one for \b
_LONGEST = 3_000
_MOST_ENDS = 50
_KNOWN = frozenset(
    "acad adapt adv aerosp algebr algorithmic am anal ann annu appl approx arch artif assoc astron autom auton"
    " behav big bioinform biol biomed bus chem circuits clin cloud cogn combin commun comp complex compl"
    " complexity comput concurr conf constr contr control cryptogr cryptol cybern data decis des digit discret"
    " distrib dyn ecol econ educ electr electron embed emerg eng environ eur evol exp expert fdn finite found"
    " fuzzy gen geom geosci graph health heuristics high hum image imag ind inf inform innov inst int integr"
    " intell interact interdiscip internet intl inven j knowl lang learn lett libr linguist log logic lond mach"
    " mag manag manuf math mech med mem meas method methodol methods microelectron mob model mol multim nat"
    " navig netw neural neurosci nonlinear notes numer object ocean oper optim organ parallel pattern perform"
    " perspect pervasive pharm philos photogramm phys plan policy pract privacy probab probl proc process"
    " program psychol publ q qual quant rec recognit reliab remote rep res resour retr rev robot royal sci"
    " secur sel semant sens serv sign signal simul soc softw spectr stat stoch storage struct stud supercomput"
    " surg surv symb symp syst tech technol telecommun theor theory top trans transp trends ubiquitous univ"
    " unconv veh very vis wirel wirtsch workshop zeitschr".split()
)
"""Words of journals as DBLP abbreviates them (ISO 4), in lower case."""
_STARTERS = frozenset("J Trans Int Proc IEEE ACM SIAM IET Commun Ann Adv SIGMOD CoRR IACR EURASIP".split())
"""Words that begin the names of journals, so an unknown word before such a word belongs to the title."""
_TITLE_WORDS = frozenset("a an and as at by for from how in into is of on or that the to what when why with".split())
"""Words that abbreviated journals omit."""


class Split(NamedTuple):
    """A line of a record: its title, and the fields of its venue."""

    title: str
    venue: dict[str, Any]
    """As `venues.fields_with_year` returns it."""
    is_guess: bool
    """Whether the title may end elsewhere."""


def split(text: str) -> Split | None:
    """Return the title and the venue of a record; None if no venue with a year is at the end of the text."""
    if len(text) > _LONGEST or not _YEAR.search(text):
        return None
    text = text.removesuffix("[contents]").rstrip()
    ends = list(_END.finditer(text))[-_MOST_ENDS:]
    for place, end in enumerate(ends):
        venue = fields_with_year(text[end.end() :])
        if venue is None:
            continue
        name = venue.get("venue", venue.get("publisher", ""))
        if "? " in name or "! " in name:  # no venue has the end of a sentence in its name
            continue
        chunks = name.split(". ")
        is_journal = text.endswith(")") and "publisher" not in venue
        if all(_may_be_abbreviated(*pair, is_journal=is_journal) for pair in pairwise(chunks)):
            title = text[: end.end()].rstrip().removesuffix(".")
            is_guess = not all(map(_is_known, chunks[:-1])) and any(
                fields_with_year(text[other.end() :]) for other in (*ends[:place], *ends[place + 1 :])
            )
            return Split(title, venue, is_guess)
    return None


def _may_be_abbreviated(chunk: str, following: str, *, is_journal: bool) -> bool:
    """Return whether the text before a full stop may be a part of a venue. `following` is the text after it."""
    if _is_known(chunk):
        return True
    is_title = ":" in chunk or "?" in chunk or not _TITLE_WORDS.isdisjoint(chunk.lower().split())
    return is_journal and not is_title and following.split(" ", 1)[0].rstrip(".") not in _STARTERS


def _is_known(chunk: str) -> bool:
    """Return whether a text ends in a known abbreviation or an initial, and has no word of a title."""
    words = chunk.split()
    last = words[-1] if words else ""
    return (len(last) == 1 or last.lower() in _KNOWN) and _TITLE_WORDS.isdisjoint(map(str.lower, words))
