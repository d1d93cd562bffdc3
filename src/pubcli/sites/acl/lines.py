"""Recognise the lines that begin a record, a year or the foot of a page.

2025                       a year, above its first record
pdfbibabs                  links, which begin a record; Firefox writes `pdf bib abs Code`
Code                       further links, on a line of their own in Chromium
Co-authors                 the foot of the page
"""

import re

_LINKS = re.compile(r"(?:pdf ?)?bib(?: ?abs)?(?: (?P<further>[A-Z].*))?|pdf(?: ?abs)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FURTHER = (
    "Optional ?Supplementary ?(?:Material|Data|Code|Software)|Supplementary(?: ?[Mm]aterials?)?|Supplemental|Software"
    "|Code|Dataset|Data|Poster|Presentation|Slides?|Notes?|Video|Attachment|Handout|Talk|Demo|Website|Appendix"
    "|Erratum|Source|Models?"
)
_FURTHER_LINKS = re.compile(rf"(?:(?:{_FURTHER})\s*)+")
_ONE_LINK = re.compile(_FURTHER)
_VENUE = re.compile(
    r"Proceedings\b|Findings of|Transactions of|Computational Linguistics, Volume|Actes d|Northern European Journal"
    r"|Linguistic Issues|.*\b(?:Workshop|Conference|Symposium|Meeting)\b.*(?:\b(?:19|20)\d\d|\()|.*, Volume \d"
)
_BETWEEN_AUTHORS = " | "


def is_links(text: str) -> bool:
    """Return whether a line consists of links to a paper. Such a line begins a record."""
    return _LINKS.fullmatch(text) is not None


def further_links(text: str) -> tuple[str, ...]:
    """Return the further links, such as Code and Poster, in the first line of a record or in the line below it.

    They may be glued: `PosterDataset`. Return an empty tuple for a line without such links.
    """
    match = _LINKS.fullmatch(text)
    further = (match["further"] or "") if match else text
    if _FURTHER_LINKS.fullmatch(further):
        return tuple(_ONE_LINK.findall(further))
    return (further,) if match and further else ()


def year(text: str) -> int | None:
    """Return the year that a line consists of; None for any other line."""
    return int(text) if _YEAR.fullmatch(text) else None


def is_venue(text: str) -> bool:
    """Return whether a line looks like the name of proceedings or of a volume of a journal."""
    return _VENUE.match(text) is not None


def names(text: str) -> tuple[str, ...]:
    """Return the names in a line of authors, which vertical bars separate."""
    return tuple(filter(None, (name.strip() for name in text.split(_BETWEEN_AUTHORS))))


def begins_foot(text: str) -> bool:
    """Return whether a line begins the foot of a page, below its list."""
    return text in ("Co-authors", "Venues", "Fix author", "Fix data")


def begins_page(text: str) -> bool:
    """Return whether a line is the first line of a page."""
    return text in ("ACL LogoACL Anthology", "ACL Logo ACL Anthology", "ACL Anthology", "ACL Logo")
