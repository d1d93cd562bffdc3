"""Extract normalised DOIs and arXiv identifiers from addresses and other notations."""

import re
from contextlib import suppress

from pubcli.biblio.dates import PartialDate, partial_date
from pubcli.lazy import pattern

_DOI = pattern(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:)?\s*(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ARXIV = pattern(
    r"""
    (?: (?:https?://)? (?:[a-z]+\.)? arxiv\.org/ (?:abs|pdf|html|ps)/
      | (?:https?://(?:dx\.)?doi\.org/)? 10\.48550/arxiv\.
      | arxiv \s* [:.]? \s* (?: preprint \s+ arxiv : \s* )? | (?: https?:// )? oai:arxiv\.org: | abs/ )?
    ( \d{4}\.\d{4,5} | [a-z-]+ (?:\.[a-z]{2})? / \d{7} )
    (?: v\d+ )? (?: \.pdf )? (?! [\w/.-]*\w )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MOST_ESCAPED = 2
"""How many times a text may be percent-encoded."""
_PREPRINT_DOI = pattern(
    r"10\.(?:48550/arxiv|21203/rs|20944/preprints|26434/chemrxiv|31234/osf|31235/osf|2139/ssrn|36227/techrxiv"
    r"|22541/au|1101/(?:\d{4}\.\d\d\.\d\d\.)?\d{6,}$)"
)
"""Matches the DOIs of arXiv, Research Square, Preprints.org, ChemRxiv, OSF, SSRN, TechRxiv, Authorea and bioRxiv."""
_SUBJECT = pattern(r"\.[a-z]{2}(?=/)", re.IGNORECASE)


def is_only_arxiv(text: str) -> bool:
    """Return whether a text is an arXiv identifier or its address, and states nothing else."""
    return _ARXIV.fullmatch(text.strip()) is not None


def doi(text: str) -> str | None:
    """Return the DOI in `https://doi.org/10.1000/X`, `doi:10.1000/X` or `10.1000/X`, in lower case; else None.

    Characters that an address or a web page escapes may be escaped: `10.1000%2FX`, `10.1002/(SICI)1&lt;1`.
    """
    match = _DOI.fullmatch(_unescaped(text))
    return match[1].lower() if match else None


def _unescaped(text: str) -> str:
    """Return a text without percent escapes and without entities of HTML. Escapes may be escaped again."""
    if "&" in text and ";" in text:
        from html import unescape  # rarely needed

        text = unescape(text)
    if "%" in text:
        from urllib.parse import unquote_to_bytes

        with suppress(UnicodeDecodeError):
            for _ in range(_MOST_ESCAPED):
                text = unquote_to_bytes(text).decode()
    return text.strip()


def arxiv(text: str) -> str | None:
    """Return the arXiv identifier at the start of a text, without version; None if the text does not start with one.

    The text may be an address, a DOI, `arXiv:2203.06735v2` or the identifier alone. Text after the identifier is
    ignored: `arXiv preprint arXiv:2203.06735 [cs.LG]`. Old identifiers lose their subject class, as on arXiv:
    math.GT/0309136 becomes math/0309136.
    """
    match = _ARXIV.match(_unescaped(text))
    if match is None:
        return None
    identifier = match[1]
    return _SUBJECT.sub("", identifier.lower()) if "/" in identifier else identifier


_YEAR_AND_MONTH = pattern(r"(?:[a-z-]+(?:\.[A-Z]{2})?/)?(\d\d)(\d\d)")
_FIRST_ARXIV_YEAR = 91


def month_of_arxiv(identifier: str) -> PartialDate | None:
    """Return the month in which arXiv assigned an identifier; only the year if the identifier has no valid month.

    For 2203.06735, this is March 2022, and for math/9903012, March 1999. Return None for any other text.
    """
    match = _YEAR_AND_MONTH.match(identifier)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    return partial_date((1900 if year >= _FIRST_ARXIV_YEAR else 2000) + year, month)


def is_preprint_doi(doi: str | None) -> bool:
    """Return whether an archive of preprints has assigned a DOI, which is in lower case."""
    return bool(doi and _PREPRINT_DOI.match(doi))
