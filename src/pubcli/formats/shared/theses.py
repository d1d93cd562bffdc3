"""Find the degree of a thesis, and name the degree in BibTeX, in biblatex and in plain English."""

from collections.abc import Mapping
from typing import Any

from pubcli.answer.answer import Row
from pubcli.lazy import pattern

DEGREE_NAMES = {"mastersthesis": "Master's thesis", "phdthesis": "PhD thesis"}
"""The plain name of a thesis, by its entry type in BibTeX."""
DEGREES_BY_NAME = {name: type_ for type_, name in DEGREE_NAMES.items()}
BIBLATEX_TYPES = {"mastersthesis": "mathesis", "phdthesis": "phdthesis"}
"""The value of the field `type` in an entry @thesis of biblatex, by the entry type in BibTeX."""
PRINTED_TYPES = {
    **{BIBLATEX_TYPES[type_]: name for type_, name in DEGREE_NAMES.items()},
    "bathesis": "Bachelor's thesis", "candthesis": "Candidate thesis", "techreport": "technical report",
    "resreport": "research report",
}  # fmt: skip
"""The text that biblatex prints for a keyword in the field `type`. Other programs would print the keyword itself."""
_DEGREE = {"mastersthesis": pattern(r"(?i)master|mathesis|\bM\.? ?(?:Sc|A|Phil)\b"
                                    r"|diplom|magist|lizentiat|laurea|ma[iî]trise|maestr[ií]a|mestrado"
                                    r"|bachelor|bathesis|candthesis|kandidat|undergraduate|honou?rs|licen[ct]i"
                                    r"|examensarbe|staatsexamen|tesina|m[ée]moire(?!.*habilitation)"),
           "phdthesis": pattern(r"(?i)ph\.? ?d|do[ck]t[eo]u?r|dottor|doutor|habilitation|dissertation")}  # fmt: skip
"""Words that indicate a degree. BibTeX has only two degrees, so any degree below a doctorate counts as a master's."""
_TYPE_FIELDS = ("type", "genre", "m3")
"""Names of the field for the type of a thesis, in lower case: `type` in BibTeX and CSV, `genre` in CSL, M3 in RIS."""


def degree(row: Row) -> str | None:
    """Return the BibTeX entry type of a thesis; None for other papers, and if the source states no degree."""
    values: Any = row["extra"]
    if row["kind"] != "thesis" or not values:
        return None
    return values["entrytype"] if values.get("entrytype") in DEGREE_NAMES else _degree_by_type(values)


def type_implies_degree(row: Row) -> bool:
    """Return whether a thesis has a type in words, such as `Diploma thesis`, that names the degree of the thesis.

    A type in words that names no degree, such as `Thesis`, counts as a doctoral thesis. Also return True if `extra` has
    no type in words.
    """
    values: Any = row["extra"]
    return not has_type(values) or (_degree_by_type(values) or "phdthesis") == degree(row)


def has_type(extra: Mapping[str, str]) -> bool:
    """Return whether `extra` has a field that states the type of a thesis in words, such as `PhD thesis`."""
    return any(map(_is_type, extra))


def _is_type(name: str) -> bool:
    return name.lower() in _TYPE_FIELDS


def _degree_by_type(extra: Mapping[str, str]) -> str | None:
    types = [value for name, value in extra.items() if _is_type(name)]
    return next((degree for type_ in types for degree, words in _DEGREE.items() if words.search(type_)), None)
