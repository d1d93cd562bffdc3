"""However an example of any site is damaged, each of its lines is in the header, a record or a problem, once."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from line_uses import assert_each_line_used_once
from mutations import MUTATIONS
from pubcli import reader
from pubcli.errors import InputError, PubcliError
from pubcli.inputs.sources import ReadOptions, from_text
from site_examples import PAGES
from thoroughness import repetitions

LINE_ENDS = ("\n", "\r\n", "\r")


def assert_no_line_lost(text: str, site: str) -> None:
    """Read a text as a page of a site and as a page of any site. Both may refuse it."""
    data = text.encode("utf-8", "surrogatepass")
    for form in (site, None):
        try:
            document = reader.read_source(from_text(data, options=ReadOptions(form=form)))
        except (InputError, PubcliError):
            continue
        assert_each_line_used_once(document, data)
        for problem in document.problems:
            assert problem.text
            assert problem.reason
            assert problem.expected


def site_of(path: Path) -> str:
    """Return the name of the format that reads an example."""
    return reader.format_of(from_text(path.read_bytes()))


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
@pytest.mark.parametrize(("path", "meaning"), PAGES)
def test_a_damaged_example_loses_no_line(
    path: Path, meaning: object, mutation: Callable[[list[str], Random], None]
) -> None:
    random, site = Random(mutation.__name__), site_of(path)
    for _ in range(repetitions(40)):
        lines = path.read_text().split("\n")
        for _ in range(random.choice([1, 2, 5, 20])):
            mutation(lines or [""], random)
        assert_no_line_lost(random.choice(LINE_ENDS).join(lines), site)


@pytest.mark.parametrize(("path", "meaning"), PAGES)
def test_several_damages_together_lose_no_line(path: Path, meaning: object) -> None:
    random, site = Random(path.name), site_of(path)
    for _ in range(repetitions(100)):
        lines = path.read_text().split("\n") * random.choice([1, 2])
        for mutation in random.choices(MUTATIONS, k=random.choice([1, 3, 10, 60])):
            mutation(lines or [""], random)
        assert_no_line_lost(random.choice(LINE_ENDS).join(lines), site)


@pytest.mark.parametrize(("path", "meaning"), PAGES)
def test_any_part_of_an_example_loses_no_line(path: Path, meaning: object) -> None:
    lines, site, random = path.read_text().split("\n"), site_of(path), Random(1)
    for _ in range(repetitions(100)):
        start, end = sorted((random.randrange(len(lines)), random.randrange(len(lines) + 1)))
        assert_no_line_lost("\n".join(lines[start:end]) + "\n", site)


@pytest.mark.parametrize(("path", "meaning"), PAGES)
def test_a_copy_that_begins_anywhere_names_no_paper_that_the_page_does_not_have(path: Path, meaning: object) -> None:
    lines, site, whole = path.read_text().split("\n"), site_of(path), from_text(path.read_bytes())
    titles = {paper.title for paper in reader.read_source(whole).papers}
    for start in range(1, len(lines)):
        data = "\n".join(lines[start:]).encode()
        assert_no_line_lost(data.decode(), site)
        with suppress(InputError):
            document = reader.read_source(from_text(data, options=ReadOptions(form=site)))
            assert {paper.title for paper in document.papers} <= titles
