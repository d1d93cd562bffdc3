"""Add letters to the years of works that a citation could not tell apart: 2001a, 2001b.

A style asks for letters with `disambiguate-add-year-suffix`. It may first add names and given names to a citation;
works that differ in these names get no letters. The letters follow the order of the bibliography.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import count, product
from string import ascii_lowercase
from typing import Any

from citeproc.source import VariableError  # type: ignore[import-untyped]

from pubcli.cite.styles import YEAR_SUFFIX, Style

_PRIMARY, _INITIALS = "primary-name", "-with-initials"


def add(style: Style, items: Sequence[Any]) -> None:
    """Add the letters to the items, which are in the order of the bibliography, if the style asks for them."""
    citation = style.root.find("{*}citation")
    if citation is None or citation.get("disambiguate-add-year-suffix") != "true":
        return
    groups: defaultdict[tuple[object, ...], list[Any]] = defaultdict(list)
    for item in items:
        groups[_citation_text(citation, item), *_names(citation, item)].append(item)
    for group in groups.values():
        if len(group) > 1:
            for item, suffix in zip(group, _suffixes(), strict=False):
                item.reference[YEAR_SUFFIX] = suffix


def _suffixes() -> Iterator[str]:
    """Yield a, b, ..., z, aa, ab, ..."""
    for length in count(1):
        yield from map("".join, product(ascii_lowercase, repeat=length))


def _citation_text(citation: Any, item: Any) -> str:
    layout = citation.find("{*}layout")
    layout.repressed = {}
    try:
        return str(layout.render_children(item))
    except VariableError:
        return ""


def _names(citation: Any, item: Any) -> Iterator[object]:
    """Yield the names by which a style may tell a work apart from others with the same citation."""
    people = [name.parts() for name in item.reference.get("author") or item.reference.get("editor") or ()]
    if citation.get("disambiguate-add-names") == "true":
        yield tuple(family for _, family, *_ in people)
    if citation.get("disambiguate-add-givenname") == "true":
        rule = citation.get("givenname-disambiguation-rule", "by-cite")
        shown = people[:1] if rule.startswith(_PRIMARY) else people
        yield tuple(_given_names(given or "", rule) for given, *_ in shown)


def _given_names(given: str, rule: str) -> str:
    return "".join(word[0] for word in given.replace("-", " ").split()) if rule.endswith(_INITIALS) else given
