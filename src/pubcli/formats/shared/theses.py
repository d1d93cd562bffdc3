"""Theses: which degree one is for, as BibTeX's entry types, the types of biblatex and people call it."""

import re
from collections.abc import Mapping
from typing import Any

from pubcli.answer.answer import Row

DEGREES = {"mastersthesis": "Master's thesis", "phdthesis": "PhD thesis"}
"""Types of theses as BibTeX has them, with what people call them."""
CALLED = {called: type_ for type_, called in DEGREES.items()}
"""The other way round."""
TYPES_OF_THESES = {"mastersthesis": "mathesis", "phdthesis": "phdthesis"}
"""Types of theses as BibTeX has them, with the type of a @thesis in biblatex."""
PRINTED = {
    **{TYPES_OF_THESES[type_]: called for type_, called in DEGREES.items()},
    "bathesis": "Bachelor's thesis", "candthesis": "Candidate thesis", "techreport": "technical report",
    "resreport": "research report",
}  # fmt: skip
"""What biblatex prints for a type that is one of its keys; other programs print the key."""
_DEGREE = {"mastersthesis": re.compile(r"(?i)master|mathesis|\bM\.? ?(?:Sc|A|Phil)\b"
                                       r"|diplom|magist|lizentiat|laurea|ma[iî]trise|maestr[ií]a|mestrado"
                                       r"|bachelor|bathesis|candthesis|kandidat|undergraduate|honou?rs|licen[ct]i"
                                       r"|examensarbe|staatsexamen|tesina|m[ée]moire(?!.*habilitation)"),
           "phdthesis": re.compile(r"(?i)ph\.? ?d|do[ck]t[eo]u?r|dottor|doutor|habilitation|dissertation")}  # fmt: skip
"""Words in the types of theses. BibTeX has two degrees, so what is no doctoral thesis is a master's."""
_NAMES_OF_TYPE = ("type", "genre", "m3")
"""What formats call the field that says what a thesis is, in small letters."""


def degree(row: Row) -> str | None:
    """The entry type of a thesis as BibTeX has it, by what its source calls it; None when it does not say."""
    said: Any = row["extra"]
    if row["kind"] != "thesis" or not said:
        return None
    return said["entrytype"] if said.get("entrytype") in DEGREES else _degree_by_type(said)


def type_says_degree(row: Row) -> bool:
    """Whether the type of a thesis alone tells which degree it is for; one that does not is taken for a doctor's."""
    said: Any = row["extra"]
    return not has_type(said) or (_degree_by_type(said) or "phdthesis") == degree(row)


def has_type(said: Mapping[str, str]) -> bool:
    """Whether a source says in words what a thesis is."""
    return any(map(_is_type, said))


def _is_type(name: str) -> bool:
    return name.lower() in _NAMES_OF_TYPE


def _degree_by_type(said: Mapping[str, str]) -> str | None:
    types = [value for name, value in said.items() if _is_type(name)]
    return next((found for type_ in types for found, words in _DEGREE.items() if words.search(type_)), None)
