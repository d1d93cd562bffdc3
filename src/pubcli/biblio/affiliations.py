"""Extract organisations and countries from affiliations, as databases state them for the authors of a paper."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from pubcli.biblio.places_and_languages import country, country_of_code
from pubcli.lazy import pattern, re
from pubcli.text.normalize import words

AFFILIATION_FIELDS = ("C1", "affiliations", "affiliation", "institutions")
"""The names that formats have for affiliations, in lower or upper case: Web of Science, MEDLINE and Scopus, arXiv,
OpenAlex. Several affiliations are separated by semicolons."""
COUNTRY_FIELDS = ("authorships.countries",)
"""The names that formats have for lists of countries or country codes, separated by vertical bars."""

_GROUP = pattern(r"\[[^\]]*\]")
"""The names of authors before their affiliation in Web of Science: `[Muller, Jurgen] Univ Trier, Trier, Germany.`"""
_PERSON = pattern(r"[^,;:]{1,80}: ")
"""The name of an author before an affiliation of MEDLINE: `Nora Quillfeather: Kite University, Windmill.`"""
_EMAIL = pattern(r"(?:\s*(?:Electronic address:|E-?mail:))?\s*[^\s@]{1,80}@\S+", re.IGNORECASE)
_CODE_AT_END = pattern(r"(.*\S) \(([A-Z]{2})\)")
"""An organisation of OpenAlex, with the code of its country: `Kite University (DE)`."""
_STATE_AND_ZIP = pattern(r"(?:[A-Z]{2} )?\d[\d-]*\s+|\s+\d[\d -]*$")
_RANKS = (
    frozenset("univ universite universita universitat universidad universidade university uniwersytet".split()),
    frozenset(
        "inst institute institut instituto college academy acad polytech polytechnic hosp hospital eth cnrs inria gmbh "
        "inc corp ltd labs research".split()
    ),
)
"""Words of the names of organisations: those of the first group decide before those of the second."""
_LONGEST = 2_000
"""Maximum number of characters of one affiliation. Longer ones are not split, to limit the time."""


def organisations(extra: Mapping[str, str]) -> list[str]:
    """Return the organisations in the affiliations of a record, each once. `extra` has its fields by name.

    An affiliation lists parts of an organisation and its place. The organisation is the part with a word such as
    University or Institute, or else the first part.
    """
    return list(dict.fromkeys(filter(None, map(_organisation, _affiliations(extra)))))


def countries(extra: Mapping[str, str]) -> list[str]:
    """Return the countries that affiliations of a record name at their ends, each once.

    Affiliations without a country, or with a name that no list of countries has, are left out.
    """
    ends = map(_country, _affiliations(extra))
    lists = [text for field, text in extra.items() if field.lower() in COUNTRY_FIELDS]
    codes = [code.strip() for text in lists for code in text.replace(";", "|").split("|")]
    return list(dict.fromkeys(filter(None, (*ends, *map(country_of_code, codes)))))


def _affiliations(extra: Mapping[str, str]) -> Iterator[str]:
    """Yield the text of each affiliation."""
    for field, text in extra.items():
        if field in AFFILIATION_FIELDS or field.lower() in AFFILIATION_FIELDS:
            yield from (_GROUP.sub("", text) if "[" in text else text).split(";")


def _parts(affiliation: str) -> list[str]:
    """Return the parts of an affiliation: departments, the organisation, the place, the country."""
    if len(affiliation) > _LONGEST:
        return []
    text = _PERSON.sub("", _EMAIL.sub("", affiliation).strip(), count=1)
    if match := _CODE_AT_END.fullmatch(text):
        return [match[1], country_of_code(match[2]) or match[2]]
    return [name for part in text.split(",") if (name := part.strip().rstrip(".").strip())]


@lru_cache(50_000)  # papers of the same people have the same affiliations
def _organisation(affiliation: str) -> str | None:
    parts = _parts(affiliation)
    names = parts[:-1] if _country(affiliation) else parts
    for rank in _RANKS:
        for name in names:
            if not rank.isdisjoint(words(name)):
                return name
    return names[0] if names else None


@lru_cache(50_000)
def _country(affiliation: str) -> str | None:
    """Return the country at the end of an affiliation, perhaps after a state and a postal code: `CA 94305 USA`."""
    parts = _parts(affiliation)
    if not parts:
        return None
    name = country(parts[-1]) or country(_STATE_AND_ZIP.sub("", parts[-1]))
    capital = _CAPITALS.get(name or "")
    return name if capital is None or capital in words(affiliation) else None


_CAPITALS = {"Georgia": "tbilisi"}
"""Names that are also those of a state in the USA, with a word that the affiliation must have to mean the country."""
