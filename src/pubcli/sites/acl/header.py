"""Read the lines above the list of a page.

ACL LogoACL Anthology
FAQ(current)
Nora Quillfeather                            the person
Also published as: N. J. Quillfeather        other spellings; optional
"""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pubcli.formats.shared.page_lines import Line
from pubcli.sites.acl import lines

ALSO = "Also published as:"
_BELOW_NAME = (ALSO, "Other people with similar names:", "Papers on this page may belong", "Unverified author pages")


class Person(NamedTuple):
    """The person whose papers a page lists."""

    name: str | None
    """None if the copy has no header."""
    spellings: frozenset[str]
    """The names under which the person's papers were published; empty if no name is certain."""


def person(above: Sequence[Line], listed: Sequence[Line]) -> Person:
    """Return the person of a page. `above` are the lines above the list, and `listed` are the lines of the list.

    The name is the line above the list that occurs in most lines of authors. If none occurs there, the name is the line
    above the other spellings.
    """
    counts = Counter(name for line in listed for name in set(lines.names(line.text)))
    texts = [line.text for line in above]
    spellings = other_spellings(next((text for text in texts if text.startswith(ALSO)), ""))
    below = next((index for index, text in enumerate(texts) if index and is_below_name(text)), None)
    name = max(texts, key=lambda text: counts[text], default=None)
    if name is None or not counts[name]:
        name = texts[below - 1] if below else None
    if name is None and counts:  # a part of a list: the person is the author of nearly all papers in it
        frequent, count = counts.most_common(1)[0]
        papers = sum(lines.is_links(line.text) for line in listed)
        return Person(None, frozenset({frequent} if count > 1 and count >= papers - 1 else ()))
    return Person(name, spellings | {name} if name else frozenset())


def is_below_name(text: str) -> bool:
    """Return whether a line belongs below the name of a person."""
    return text.startswith(_BELOW_NAME)


def other_spellings(text: str) -> frozenset[str]:
    """Return the names in a text such as `Also published as: N. J. Quillfeather, Nora J. Quillfeather`."""
    return frozenset(filter(None, (name.strip() for name in text.removeprefix(ALSO).split(","))))
