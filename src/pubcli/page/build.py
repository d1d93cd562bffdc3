"""Captures, as written -> validated records: years are assumed here, keys given, categories looked up."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from pydantic import TypeAdapter

from pubcli import categories, dates, keys
from pubcli.errors import InputError
from pubcli.model import Document, Page, Paper, Problem, Profile
from pubcli.page import header
from pubcli.page.capture import Capture, captures
from pubcli.page.links import links
from pubcli.page.record import RawPaper, RawProblem
from pubcli.sources import Source

_PAPERS = TypeAdapter(list[Paper])
_BATCH = 1_000
"""Records validated at a time: their unvalidated form never exists for more than these."""


def read_page(source: Source) -> Document:
    """The document in the bytes of a page, or of several pages one after the other.

    Raises UnicodeDecodeError when the bytes are not UTF-8, and InputError when they hold neither a record nor a
    header.
    """
    with _collector_paused():
        found = list(captures(source.data))
        _require_profile_page(found, source)
        pages = tuple(_page(capture, source) for capture in found)
    return Document(source=source.name, pages=pages)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No garbage collection meanwhile: nothing made here is garbage, and looking for some doubles the time.

    Freezing and thawing moves what was made to the oldest generation, so that it is not looked through right after.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.freeze()
            gc.unfreeze()
            gc.enable()


def _require_profile_page(found: Sequence[Capture], source: Source) -> None:
    if any(capture.papers or capture.header.has_name_and_number for capture in found):
        return
    if any(capture.is_single_paper for capture in found):
        raise InputError(
            f"{source.shown} is a page about one paper; open the profile page of one of its authors and copy that"
        )
    if any(capture.has_records for capture in found):
        return
    raise InputError(
        f"{source.shown} is no profile page: it has neither a header (h-index61) nor a line that starts a record, "
        "such as 'LGMar 13, 2022'. Copy the whole text of a profile page into the file, or name its format with --from"
    )


def _page(capture: Capture, source: Source) -> Page:
    raw = capture.papers
    fitting = _fitting_years(raw, source.as_of)
    profile = Profile(
        **{field: capture.header.values.get(field) for field in header.FIELDS},
        source=source.name,
        as_of=source.as_of,
        as_of_reason=source.as_of_reason,
        assumed_year=fitting[-1] if fitting else None,
        fitting_years=fitting,
        lines=capture.header.lines,
    )
    problems = tuple(_problem(problem, source.name) for problem in capture.problems)
    return Page(profile=profile, papers=tuple(_papers(raw, profile)), problems=problems)


def _fitting_years(raw: Sequence[RawPaper], as_of: date) -> tuple[int, ...]:
    days = [(paper.dateline.day, paper.dateline.has_year) for paper in raw]
    yearless = {(day.month, day.day) for day, has_year in days if day and not has_year}
    written = max((day.year for day, has_year in days if day and has_year), default=None)
    return dates.fitting_years(yearless, written, as_of)


def _papers(raw: list[RawPaper], profile: Profile) -> list[Paper]:
    year = profile.assumed_year
    days = [_day(paper, year) for paper in raw]
    bases = [
        keys.base_key(paper.byline.authors, day.year if day else None, paper.title)
        for paper, day in zip(raw, days, strict=True)
    ]
    given = keys.assign(bases, lambda index: _content(raw[index]))
    papers: list[Paper] = []
    for start in range(0, len(raw), _BATCH):
        chunk = range(start, min(start + _BATCH, len(raw)))
        papers += _PAPERS.validate_python([_fields(raw[i], i + 1, given[i], days[i], profile) for i in chunk])
    return papers


def _day(paper: RawPaper, assumed_year: int | None) -> date | None:
    """The day of a paper; None when it lacks the year and none was found to fit."""
    _, day, has_year, _ = paper.dateline
    if has_year or day is None or assumed_year is None:
        return day if has_year else None
    return dates.day(assumed_year, day.month, day.day)


def _content(paper: RawPaper) -> tuple[str, ...]:
    """All that a record says, whatever its place on the page."""
    line = paper.dateline
    return (paper.title, *paper.byline.authors, str(line.day), line.category or "", paper.abstract or "")


def _fields(paper: RawPaper, position: int, key: str, day: date | None, profile: Profile) -> dict[str, Any]:
    line, byline = paper.dateline, paper.byline
    return {
        "key": key,
        "position": position,
        "profile": profile.name,
        "title": paper.title,
        "title_guessed": paper.title_guessed,
        "authors": byline.authors,
        "authors_complete": byline.complete,
        "org": byline.org,
        "category": line.category,
        "classes": categories.classes(line.category) if line.category else (),
        "date": day,
        "date_assumed": day is not None and not line.has_year,
        "badges": line.badges,
        "code": "Code" in line.badges,
        "abstract": paper.abstract,
        "links": links(paper.abstract),
        "source": profile.source,
        "line": paper.line,
        "last_line": paper.last_line,
    }


def _problem(problem: RawProblem, source: str) -> Problem:
    return Problem(
        source=source,
        line=problem.lines[0].number,
        last_line=problem.lines[-1].number,
        reason=problem.reason,
        expected=problem.expected,
        text="\n".join(line.text for line in problem.lines),
    )
