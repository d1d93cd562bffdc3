"""Recognise the names and codes of countries and of languages."""

from collections.abc import Iterator, Mapping
from functools import cache

from pubcli.text.normalize import words


def country(name: str) -> str | None:
    """Return the usual English name of a country; None if the text is not the name of a country.

    `USA` and `United States of America` mean United States; `England` means United Kingdom. A code of two letters is
    not a name, because CA is also California.
    """
    return _countries()[1].get(_key(name))


def country_of_code(code: str) -> str | None:
    """Return the name of the country with an ISO code in capitals, such as DE or DEU; None if there is no such code."""
    return _countries()[0].get(code)


def language(text: str) -> str | None:
    """Return the English name of the language that an ISO code or an English name means; None if it means none.

    `en`, `eng`, `en-GB` and `English` mean English.
    """
    names = _languages()
    return names.get(_key(text)) or names.get(text.replace("_", "-").partition("-")[0].lower())


def languages(text: str) -> list[str]:
    """Return the languages that a text lists, each once: `eng; ger`. An unknown word is returned as written."""
    names = [part.strip() for part in text.replace(";", ",").replace("|", ",").replace(" and ", ",").split(",")]
    return list(dict.fromkeys(language(name) or name for name in names if name))


def _key(text: str) -> str:
    return " ".join(words(text))


@cache
def _countries() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the countries by code, and by each of their names."""
    codes: dict[str, str] = {}
    names: dict[str, str] = {}
    for short, long, name, *others in _rows("countries.txt"):
        codes |= {short: name, long: name}
        names |= {_key(other): name for other in (name, *others)}
    return codes, names


@cache
def _languages() -> Mapping[str, str]:
    """Return the languages by code and by name."""
    return {_key(text): name for *codes, name in _rows("languages.txt") for text in (*codes, name)}


def _rows(file: str) -> Iterator[list[str]]:
    from importlib.resources import files  # slow to import, and few questions need it

    for line in files("pubcli.biblio").joinpath(file).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield line.split(";")
