"""Read the records of a copied list of results.

1
Cite Share
Paper kites in the wards: a randomised trial.            the title; in brackets if it is translated
Quillfeather N, van der Kork IM; KITE Collaboration.     may be missing
J Kite Stud. 2026 Jan 5;22(1):14-29. doi: 10.5555/x.
PMID: 99000101 Free PMC article. Clinical Trial.         remarks may be glued to the number
A sentence with the words of the search …                optional
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from pubcli.biblio import nlm_citations
from pubcli.formats.shared.collect import Parsed, ParsedRecord, ParseProblem
from pubcli.formats.shared.lines import non_empty
from pubcli.formats.shared.page_lines import Line, joined
from pubcli.sites.pubmed import bylines, header

_PMID = re.compile(r"PMID: ?(\d{1,9})(?!\d)[ .;]*(?:PMCID: ?(PMC\d+)[ .]*)?(.*)")
_LANGUAGES = frozenset(
    "Afrikaans Arabic Bulgarian Catalan Chinese Croatian Czech Danish Dutch English Estonian Finnish French Georgian"
    " German Greek Hebrew Hungarian Icelandic Italian Japanese Korean Latvian Lithuanian Norwegian Persian Polish"
    " Portuguese Romanian Russian Serbian Slovak Slovenian Spanish Swedish Thai Turkish Ukrainian Vietnamese".split()
)
_IDENTIFIERS = ("PMID:", "PMCID:", "DOI:")
_SNIPPET_LINES = 3
"""The greatest number of lines with words of the search below a record."""
_A_RECORD = "a title, authors, a citation and a line PMID: 99000101"


def has_records(page: Sequence[Line]) -> bool:
    """Return whether lines have a citation and the identifier of PubMed below it."""
    return next(_identifier_lines(page), None) is not None


def records(page: Sequence[Line], around: list[Line]) -> Iterator[Parsed]:
    """Yield the records and problems of a list in order. Append lines that belong to the page to `around`."""
    start, previous = 0, None
    for end, cited in _identifier_lines(page):
        first, title = _title_lines(page, start, end - 1)
        if previous is None:
            yield from above_records(page[:first], around)
        else:
            used = _snippet_end(page, start, first)
            yield _record(*previous, page[start:used])
            yield from _between(page[used:first], around)
        previous = (page[first : end + 1], page[title : end + 1], cited)
        start = end + 1
    if previous is not None:
        used = _snippet_end(page, start, len(page))
        yield _record(*previous, page[start:used])
        yield from _between(page[used:], around, is_last=True)


def above_records(lines: Sequence[Line], around: list[Line]) -> Iterator[Parsed]:
    """Append the lines above the first record to `around`, and yield a problem for a record that was not recognised.

    Such a record is damaged, or the copy begins inside it. Its last lines state its identifiers.
    """
    end = max((index + 1 for index, line in enumerate(lines) if line.text.startswith(_IDENTIFIERS)), default=0)
    start = next((index for index, line in enumerate(lines[:end]) if not _is_of_page(line.text)), end)
    around += [*lines[:start], *lines[end:]]
    if start < end:
        reason, text = "a record without a citation that can be read", joined(lines[start:end])
        yield ParseProblem(lines[start].number, lines[end - 1].number, reason, _A_RECORD, text)


def _is_of_page(text: str) -> bool:
    return header.is_around_list(text) or header.is_button(text)


def _identifier_lines(page: Sequence[Line]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the index of each line with the identifier of PubMed below a citation, and the fields of the citation.

    The line `PMID:` of another record is never taken for the citation, whatever follows the identifier.
    """
    previous = -1
    for index in range(1, len(page)):
        text = page[index].text
        if text.startswith("PMID:") and previous < index - 1 and _PMID.fullmatch(text):
            fields = nlm_citations.fields_of_citation(page[index - 1].text)
            if fields is not None:
                previous = index
                yield index, fields


def _title_lines(page: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    """Return the index of the first line of a record, and of its title. Its citation is at `end`."""
    title = next((index + 1 for index in range(end - 1, start - 1, -1) if header.is_button(page[index].text)), None)
    if title is None or title == end:  # a part of a list, without numbers and buttons
        has_byline = end > start and bylines.is_byline(page[end - 1].text)
        title = max(start, end - (2 if has_byline and end - start > 1 else 1))
        return title, title
    first = title - 1
    while first > start and header.is_button(page[first - 1].text):
        first -= 1
    return first, title


def _snippet_end(page: Sequence[Line], start: int, end: int) -> int:
    """Return the index of the line below the sentences that a record shows from its abstract."""
    for index in range(start, min(end, start + _SNIPPET_LINES)):
        is_next = page[index].number == page[index - 1].number + 1
        if header.is_around_list(page[index].text) or header.is_button(page[index].text) or not is_next:
            return index
    return min(end, start + _SNIPPET_LINES)


def _between(lines: Sequence[Line], around: list[Line], *, is_last: bool = False) -> Iterator[ParseProblem]:
    """Append the lines of the page between two records to `around`, and yield a problem for other lines."""
    start = next((index for index, line in enumerate(lines) if header.is_around_list(line.text)), len(lines))
    around += lines[start:]
    if start:
        reason = "a text below the last record" if is_last else "a text between two records"
        yield ParseProblem(lines[0].number, lines[start - 1].number, reason, _A_RECORD, joined(lines[:start]))


def _record(
    block: Sequence[Line], body: Sequence[Line], fields: dict[str, Any], snippet: Sequence[Line]
) -> ParsedRecord:
    """Return a record. `block` has all its lines, and `body` its lines from the title to the identifier.

    `fields` are the fields that its citation states.
    """
    *above, _, last = body
    byline = len(above)
    while byline > 1 and _is_byline_from(above, byline - 1):
        byline -= 1
    if len(above) == 1 and len(block) == len(body) and bylines.is_byline(above[0].text):
        byline = 0  # a copy that begins below the title
    title, is_translated = nlm_citations.without_brackets(joined(above[:byline], " "))
    authors = bylines.author_fields(joined(above[byline:], " "))
    match = _PMID.fullmatch(last.text)
    pmid, pmcid, remarks = match.groups() if match else ("", "", "")
    languages = [remark for remark in remarks.split(". ") if remark.strip(". ") in _LANGUAGES]
    extra = fields.pop("extra", {}) | {
        "pmid": pmid,
        "pmcid": pmcid,
        "translated": "yes" if is_translated else "",
        "language": languages[0].strip(". ") if languages else "",
        "remarks": remarks.strip().removesuffix("."),
        "snippet": joined(snippet, " "),
    }
    if "Preprint" in remarks:
        fields["kind"] = "preprint"
    fields |= {"title": title.removesuffix("."), **authors, "extra": non_empty(extra)}
    return ParsedRecord(block[0].number, (snippet or block)[-1].number, non_empty(fields))


def _is_byline_from(lines: Sequence[Line], start: int) -> bool:
    """Return whether the lines from `start` are a list of authors, whose lines but the last end at a separator."""
    has_separators = all(line.text.endswith((",", ";")) for line in lines[start:-1])
    return has_separators and bylines.is_byline(joined(lines[start:], " "))
