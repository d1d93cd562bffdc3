"""Turn captures (copies of one page each) into validated records: assume years, assign citation keys, add classes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from pydantic import TypeAdapter

from pubcli.biblio import arxiv_categories, citation_keys, dates
from pubcli.errors import InputError
from pubcli.inputs.sources import Source
from pubcli.model import HEADER_FIELDS, Document, Page, Paper, Problem, Profile
from pubcli.sites import SITES
from pubcli.sites.paperfeed import lines
from pubcli.sites.paperfeed.capture import Capture, captures
from pubcli.sites.paperfeed.record import RawPaper, RawProblem
from pubcli.sites.paperfeed.wrapped import WrappedError, last_lines, unwrapped
from pubcli.text.links import links

_PAPERS = TypeAdapter(list[Paper])
_BATCH = 100
"""Number of records that are validated together. So few records fit into the processor's cache."""


def read_page(source: Source) -> Document:
    """Read a source with one page, or with several pages one after the other, into a document.

    Raises UnicodeDecodeError if the source is not UTF-8, and InputError if it is not a profile page.
    """
    data, ends = _as_copied(source)
    page_captures = list(captures(data))
    _require_profile_page(page_captures, source)
    pages = tuple(_page(capture, source, ends) for capture in page_captures)
    return Document(source=source.name, pages=pages)


def _as_copied(source: Source) -> tuple[bytes, dict[int, int]]:
    """Return a page as it was before a mail program or an editor wrapped its lines, and its `last_lines`."""
    pasted = lines.with_line_feeds(source.data)
    try:
        data = unwrapped(pasted)
        return data, last_lines(data) if data is not pasted else {}
    except WrappedError as error:
        raise InputError(
            f"{source.display_name}: {error}, so the ends of titles and authors cannot be found; copy the page again "
            "and save it without line breaks at a fixed width"
        ) from None


def _require_profile_page(page_captures: Sequence[Capture], source: Source) -> None:
    # Without a header, a line such as "Jan 23, 2024" proves nothing: on other sites, it may even end a record.
    if any(
        capture.header.has_name_and_number or (capture.has_categories and capture.papers) for capture in page_captures
    ):
        return
    if any(capture.is_single_paper for capture in page_captures):
        raise InputError(
            f"{source.display_name} is a page about one paper; copy the profile page of one of its authors"
        )
    if any(capture.has_categories for capture in page_captures):
        return
    pages = "; ".join(site.about for site in SITES.values() if site.reader)
    raise InputError(
        f"{source.display_name} is not a page that pubcli reads. It reads the profile page of a paper feed (h-index61, "
        f"then records such as 'LGMar 13, 2022'); {pages}; and many file formats. Copy the whole text of such a page, "
        "save it as HTML, or name its format with --from; pubcli help formats lists what can be read"
    )


def _page(capture: Capture, source: Source, ends: Mapping[int, int]) -> Page:
    """Return a captured page. `ends` has the last lines of texts that were on several lines (`last_lines`)."""
    raw = capture.papers
    for paper in raw if ends else ():
        paper["last_line"] = ends.get(paper["last_line"], paper["last_line"])
    fitting = _fitting_years(raw, source.as_of)
    profile = Profile(
        **{field: capture.header.values.get(field) for field in HEADER_FIELDS},
        source=source.name,
        as_of=source.as_of,
        as_of_reason=source.as_of_reason,
        assumed_year=fitting[-1] if fitting else None,
        fitting_years=fitting,
        assumed_encoding=source.assumed_encoding,
        lines=tuple(line for first in capture.header.lines for line in range(first, ends.get(first, first) + 1)),
    )
    problems = tuple(_problem(problem, source.name, ends) for problem in capture.problems)
    return Page(profile=profile, papers=tuple(_papers(raw, profile)), problems=problems)


def _fitting_years(raw: Sequence[RawPaper], as_of: date) -> tuple[int, ...]:
    yearless = {(paper["date"].month, paper["date"].day) for paper in raw if "date_assumed" in paper}
    written = [paper["date"] for paper in raw if "date_assumed" not in paper]
    return dates.fitting_years(yearless, max(written).year if written else None, as_of)


def _papers(raw: list[RawPaper], profile: Profile) -> list[Paper]:
    """Turn the raw records of a page into validated papers and return these.

    Afterwards, `raw` is empty: raw records are removed as soon as they are validated, to save memory.
    """
    year = profile.assumed_year
    bases = [
        citation_keys.base_key(
            paper["authors"], year if "date_assumed" in paper else paper["date"].year, paper["title"]
        )
        for paper in raw
    ]
    assigned = citation_keys.assign(bases, lambda index: _content(raw[index]))
    papers: list[Paper] = []
    raw.reverse()  # removing records from the end of a list does not move the others
    while raw:
        papers += _PAPERS.validate_python(_completed(raw[: -_BATCH - 1 : -1], assigned, len(papers), profile))
        del raw[-_BATCH:]
    return papers


def _content(paper: RawPaper) -> tuple[str, ...]:
    """Return title, authors, date, category and abstract of a raw record.

    Papers that would get the same citation key are sorted by these values.
    """
    day, category, abstract = paper["date"], paper["category"], paper["abstract"]
    return (paper["title"], *paper["authors"], str(day), category or "", abstract or "")


def _completed(raw: list[RawPaper], keys: list[str], start: int, profile: Profile) -> list[RawPaper]:
    """Add the fields that raw records lack: key, position, profile, source, classes, code, links, and missing years.

    The records are changed in place. `start` is the number of records before them on the page.
    """
    name, source, year = profile.name, profile.source, profile.assumed_year
    for position, paper in enumerate(raw, start + 1):
        fields = cast(dict[str, Any], paper)
        fields["key"] = keys[position - 1]
        fields["position"] = position
        fields["profile"] = name
        fields["source"] = source
        fields["classes"] = arxiv_categories.classes(category) if (category := paper["category"]) else ()
        if "date_assumed" in paper:
            fields["date"] = day = _day(paper["date"], year)
            fields["date_assumed"] = day is not None
        if "badges" in paper:
            fields["code"] = "Code" in paper["badges"]
        if (abstract := paper["abstract"]) and "/" in abstract and (addresses := links(abstract)):
            fields["links"] = addresses
    return raw


def _day(yearless: date, year: int | None) -> date | None:
    return dates.day(year, yearless.month, yearless.day) if year else None


def _problem(problem: RawProblem, source: str, ends: Mapping[int, int]) -> Problem:
    last = problem.lines[-1].number
    return Problem(
        source=source,
        line=problem.lines[0].number,
        last_line=ends.get(last, last),
        reason=problem.reason,
        expected=problem.expected,
        text="\n".join(line.text for line in problem.lines),
    )
