"""Split citations and titles as PubMed writes them, in the style of the National Library of Medicine (NLM).

J Kite Stud. 2026 Jan 5;22(1):14-29. doi: 10.5555/jks.2026.14. Epub 2025 Dec 1.
[A title that was translated into English].
"""

import re
from typing import Any

from pubcli.biblio import identifiers, stated_dates

_CITATION = re.compile(
    r"""(?P<venue>\S(?:.{0,300}?[^.\s])?)\.\s(?P<date>(?:1[5-9]|20)\d\d(?![\w/])[^.;:]{0,40}?)
    (?:;(?P<volume>[^():;.]{0,40}?(?:\.\d+)?)(?:\((?P<issue>[^()]{1,60})\))?)?
    (?::\s?(?P<pages>\S(?:.{0,200}?\S)??))?
    \.(?:\s(?P<rest>.*))?""",
    re.VERBOSE,
)
_BOOK = re.compile(r"(?:(?P<date>(?:1[5-9]|20)\d\d\b[^.;:]{0,40})\. )?In: (?P<venue>[^.]{1,300})\. (?P<rest>.*)")
_DOI = re.compile(r"\bdoi: ?(?P<doi>10\.\S+?)\.?(?: |$)", re.IGNORECASE)
_PII = re.compile(r"S\d{4}-\d{3}[\dX]\(\d\d\)\d{5}-[\dX]")
"""Matches the identifier that a publisher gives an article before the article has page numbers."""
_PREPRINT = " [Preprint]"
_LONGEST = 2_000
_YEAR = re.compile(r"\. (?:1[5-9]|20)\d\d")


def fields_of_citation(text: str) -> dict[str, Any] | None:
    """Return the fields of a paper that a citation states, with further parts in `extra`; None for any other text.

    If the date is a range or a season, its text is in `extra` too.
    """
    if len(text) > _LONGEST or not _YEAR.search(f". {text}"):
        return None
    match = _CITATION.fullmatch(text) or _BOOK.fullmatch(text)
    if match is None:
        return None
    stated = stated_dates.parse(match["date"] or "")
    if stated.text:  # a sentence with a year
        return None
    fields: dict[str, Any] = {name: value for name, value in match.groupdict().items() if value}
    fields["kind"] = "article" if match.re is _CITATION else "chapter"
    if fields["venue"].endswith(_PREPRINT):
        fields |= {"venue": fields["venue"].removesuffix(_PREPRINT), "kind": "preprint"}
    rest, extra = fields.pop("rest", ""), {}
    if (doi := _DOI.search(rest)) and (identifier := identifiers.doi(doi["doi"])):
        fields["doi"] = identifier
        rest = f"{rest[: doi.start()]}{rest[doi.end() :]}"
    if note := rest.strip().removesuffix("."):
        extra["note"] = note
    if "volume" not in fields and _PII.fullmatch(fields.get("pages", "")):
        extra["pii"] = fields.pop("pages")
    if date := fields.pop("date", ""):
        fields |= {"date": stated.date.day, "date_precision": stated.date.precision} if stated.date else {}
        extra |= {} if stated.is_plain else {"date": date}
    return fields | ({"extra": extra} if extra else {})


def without_brackets(title: str) -> tuple[str, bool]:
    """Return a title without the brackets that mark a translated title, and whether there were such brackets."""
    text = title.removesuffix(".")
    inside = text[1:-1].strip()
    is_translated = text.startswith("[") and text.endswith("]") and "]" not in inside.partition("[")[0]
    return (inside.removesuffix("."), True) if is_translated and inside else (title, False)
