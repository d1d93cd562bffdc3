"""Recognise and split the lines of authors, in which the initials follow the surname.

Quillfeather N(1), O'Paperly M Jr(#)(1);       numbers refer to the affiliations below
KITE Collaboration.
"""

import re
from functools import lru_cache
from typing import Any

from pubcli.biblio import name_lists, nlm_names

_REFERENCES = re.compile(r"\((?:\d{1,4}|[#*†‡§])\)")
_WIDE = str.maketrans("，、؛،；。", ",,;,;.")
"""Chinese, Japanese and Arabic signs between names, and how to read them."""
_LONGEST_NAME = 150
_LONGEST_GROUP = 200
_GROUP = re.compile(
    r"(?:.* )?(?:Group|Collaborat\w+|Consorti\w+|Network|Investigators|Committee|Society|Team|Study|Association"
    r"|Initiative|Alliance|Council|Project|Program(?:me)?|Registry|Task Force|Organi[sz]ation|Foundation|Institute"
    r"|Centers?|Workgroup)",
    re.IGNORECASE,
)
NOBODY = "[No authors listed]"


@lru_cache(maxsize=1)  # the same text is recognised first, and then split
def names_text(text: str) -> str:
    """Return a list of authors without references to affiliations and without its closing full stop."""
    listed = _REFERENCES.sub("", text).strip()
    if not listed.isascii():
        listed = listed.translate(_WIDE)
    return listed.removesuffix(".").strip()


def is_byline(text: str) -> bool:
    """Return whether a text is a list of authors: of people, or the name of a group."""
    if names_people(text):
        return True
    return text.endswith(".") and len(text) < _LONGEST_GROUP and _GROUP.fullmatch(names_text(text)) is not None


def names_people(text: str) -> bool:
    """Return whether a text is a list of people, or says that nobody is named.

    At least half of its parts are surnames with initials, or all of its parts are names in a script without capitals.
    """
    if text.removesuffix(".") == NOBODY:
        return True
    parts = [part.strip() for part in re.split("[,;]", names_text(text))]
    if max(map(len, parts)) > _LONGEST_NAME:
        return False
    people = sum(map(nlm_names.is_person, parts))
    uncased = 0 if text.isascii() else sum(map(nlm_names.is_uncased_name, parts))
    return 2 * (people + uncased) >= len(parts) if people else uncased == len(parts)


def author_fields(text: str) -> dict[str, Any]:
    """Return the fields for a list of authors, each with the given names first."""
    if not text or text.removesuffix(".") == NOBODY:
        return {"authors": ()}
    people, is_cut = name_lists.without_et_al(nlm_names.people(names_text(text)))
    return {"authors": tuple(people), **({"authors_complete": False} if is_cut else {})}
