"""Pages that were wrapped at a fixed width, or quoted, are read as the page that was copied, or refused."""

import re
import textwrap
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

import pytest

from line_uses import assert_no_line_lost
from mutations import MUTATIONS
from pubcli.errors import InputError
from pubcli.formats.detect import recognised
from pubcli.model import Document
from pubcli.reader import read
from pubcli.sites.paperfeed.wrapped import unwrapped
from repository import FIXTURES
from thoroughness import all_or_first, repetitions
from work import work

PAGES = ("razaviyayn.txt", "coauthor-short-header.txt", "colleague-older.txt", "colleague-newer.txt")
WIDTHS = (72, 76, 78, 80, 100, 120)
Wrap = Callable[[str, int], list[str]]


def fold(line: str, width: int) -> list[str]:
    """Wrap a line as `fold -s` does: count bytes, and leave the blank at the end."""
    rest, lines = line.encode(), []
    while len(rest) > width:
        end = rest.rfind(b" ", 0, width) + 1 or width
        lines.append(rest[:end])
        rest = rest[end:]
    return [part.decode() for part in (*lines, rest)]


def fold_and_strip(line: str, width: int) -> list[str]:
    return list(map(str.rstrip, fold(line, width)))


def wrap(line: str, width: int, *, at_hyphens: bool = False) -> list[str]:
    return textwrap.wrap(line, width, break_on_hyphens=at_hyphens, break_long_words=False) or [""]


def flow(line: str, width: int) -> list[str]:
    """Wrap a line as mail with format=flowed (RFC 3676)."""
    *broken, last = wrap(line, width - 1)
    return [*(f"{part} " for part in broken), last]


PROGRAMS: dict[str, Wrap] = {
    "fold": fold, "fold without blanks": fold_and_strip, "editor": wrap, "editor that breaks at hyphens":
    partial(wrap, at_hyphens=True), "format=flowed": flow,
}  # fmt: skip


def wrapped(page: str, program: Wrap, width: int) -> str:
    return "\n".join(part for line in page.split("\n") for part in program(line, width))


def quoted(page: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in page.split("\n"))


def compact(page: str) -> str:
    """Return a page without header and blank lines, with title and authors joined."""
    records = re.split(r"\n(?=[A-Z-]+[A-Z][a-z][a-z] \d)", page)[1:]
    lines = ([line for line in record.split("\n") if line] for record in records)
    return "".join(f"{date}\n{title}{authors}\n{abstract}\n" for date, title, authors, abstract in lines)


def papers(document: Document) -> list[dict[str, Any]]:
    return [paper.model_dump(exclude={"line", "last_line"}) for paper in document.papers]


def page_of(name: str) -> str:
    return (FIXTURES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("quote", [str, quoted], ids=["plain", "quoted"])
@pytest.mark.parametrize("width", all_or_first(WIDTHS))
@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("name", PAGES)
def test_a_wrapped_page_is_read_whole(name: str, program: str, width: int, quote: Callable[[str], str]) -> None:
    page = page_of(name)
    document = read(quote(wrapped(page, PROGRAMS[program], width)))
    expected, actual = papers(read(page)), papers(document)
    # A line that ends in "--" may have had a blank after the dash.
    differing = [new for old, new in zip(expected, actual, strict=True) if old != new]

    assert all("--" in (paper["abstract"] or "") for paper in differing)
    assert len(differing) <= (1 if program == "editor that breaks at hyphens" else 0)
    assert document.problems == read(page).problems
    assert document.profile.model_dump(exclude={"lines"}) == read(page).profile.model_dump(exclude={"lines"})


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_page_that_was_quoted_before_it_was_wrapped_is_read_whole(program: str) -> None:
    page = page_of("colleague-older.txt")
    assert papers(read(wrapped(quoted(page), PROGRAMS[program], 72))) == papers(read(page))


def test_a_quoted_page_is_recognised_and_read() -> None:
    page = page_of("razaviyayn.txt")
    assert recognised(quoted(page).encode(), "mail.eml") == "page"
    assert papers(read(quoted(page))) == papers(read(page))
    assert papers(read(quoted(quoted(page)))) == papers(read(page))


@pytest.mark.parametrize("width", all_or_first(WIDTHS))
@pytest.mark.parametrize("program", ["fold", "format=flowed"])
@pytest.mark.parametrize("name", PAGES)
def test_blanks_at_the_ends_of_lines_show_where_a_compact_page_was_wrapped(name: str, program: str, width: int) -> None:
    page = compact(page_of(name))
    assert papers(read(wrapped(page, PROGRAMS[program], width))) == papers(read(page))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_a_compact_page_without_such_blanks_is_read_whole_or_refused(name: str, width: int) -> None:
    page = compact(page_of(name))
    try:
        document = read(wrapped(page, wrap, width))
    except InputError as error:
        assert re.search(r"wrapped at \d+ characters, so the ends of titles and authors cannot be found", str(error))  # noqa: PT017
    else:
        assert papers(document) == papers(read(page))


def test_twice_as_long_a_compact_page_takes_twice_the_work() -> None:
    page = compact(page_of("colleague-older.txt"))

    def steps(count: int) -> int:
        return work(partial(unwrapped, wrapped(page * count, wrap, 120).encode()))

    assert steps(160) < 2.1 * steps(80)


def test_line_numbers_are_those_of_the_wrapped_page() -> None:
    text = wrapped(page_of("razaviyayn.txt"), wrap, 72)
    lines = text.split("\n")
    listed = read(text).papers

    assert all(re.match(r"[A-Z-]+[A-Z][a-z][a-z] \d", lines[paper.line - 1]) for paper in listed)
    assert all(lines[paper.last_line - 1].strip() and not lines[paper.last_line].strip() for paper in listed[:-1])


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_a_damaged_page_loses_no_line_when_it_is_wrapped(mutation: Callable[[list[str], Random], None]) -> None:
    random = Random(mutation.__name__)
    for _ in range(repetitions(40)):
        lines = page_of("razaviyayn.txt").split("\n")
        for _ in range(random.choice([1, 5, 20])):
            mutation(lines, random)
        page = wrapped("\n".join(lines), random.choice(list(PROGRAMS.values())), random.choice(WIDTHS))
        assert_no_line_lost(page.encode())


@pytest.mark.parametrize("start", [">", "> ", ">\n", "> LGMar 1, 2022\n"])
def test_a_page_that_only_begins_with_a_quote_mark_is_not_quoted(start: str) -> None:
    page = page_of("razaviyayn.txt")
    assert unwrapped(f"{start}{page}".encode()) == f"{start}{page}".encode()
    assert_no_line_lost(f"{start}{page[:40]}".encode())


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_was_not_wrapped_is_left_unchanged(name: str) -> None:
    for page in page_of(name), compact(page_of(name)):
        for lines in page, page.replace("\n", " \n"), page.replace("\n\n", "\n"):
            assert unwrapped(lines.encode()) == lines.encode()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_a_damaged_page_with_short_lines_is_left_unchanged(mutation: Callable[[list[str], Random], None]) -> None:
    random = Random(mutation.__name__)
    for _ in range(repetitions(100)):
        lines = [line[: random.choice([60, 90, 140])] for line in page_of("razaviyayn.txt").split("\n")]
        for _ in range(random.choice([1, 2, 5, 20])):
            mutation(lines, random)
        page = "\n".join(lines).encode()
        assert unwrapped(page) == page
