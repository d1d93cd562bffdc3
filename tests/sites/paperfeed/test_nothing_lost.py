"""However a page is damaged, each of its lines is in a header, a record or a problem, and only InputError is raised."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from line_uses import assert_no_line_lost
from mutations import MUTATIONS
from pubcli.model import Document
from pubcli.reader import read
from thoroughness import examples, repetitions

LINES = ("\n", "\r\n", "\r")


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_a_mutated_page_loses_no_line(sample: bytes, mutation: Callable[[list[str], Random], None]) -> None:
    random = Random(mutation.__name__)
    for _ in range(repetitions(150)):
        lines = sample.decode().split("\n")[: random.choice([20, 60, 130, 400])]
        for _ in range(random.choice([1, 2, 5, 20])):
            mutation(lines or [""], random)
        assert_no_line_lost(random.choice(LINES).join(lines).encode())


def test_several_mutations_together_lose_no_line(sample: bytes) -> None:
    random = Random(1)
    for _ in range(repetitions(400)):
        lines = sample.decode().split("\n")
        for mutation in random.choices(MUTATIONS, k=random.choice([1, 3, 10, 60])):
            mutation(lines or [""], random)
        assert_no_line_lost(random.choice(LINES).join(lines).encode())


@given(st.integers(0, 79_000), st.integers(0, 79_000), st.text(max_size=30))
@examples(300)
def test_part_of_the_page_with_inserted_text_loses_no_line(sample: bytes, start: int, end: int, inserted: str) -> None:
    assert_no_line_lost(sample[start:end] + inserted.encode() + sample[end:])


@given(st.one_of(st.text(), st.binary()))
@examples(500)
def test_any_text_or_bytes_lose_no_line(content: str | bytes) -> None:
    assert_no_line_lost(content.encode() if isinstance(content, str) else content)
    if isinstance(content, str) and "\n" in content:
        assert_no_line_lost(content.encode())


@pytest.mark.parametrize("line_end", LINES, ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize(
    "change", ["none", "bom", "no-break spaces", "trailing blanks", "no blank lines", "many blank lines"]
)
def test_characters_from_pasting_change_nothing(sample: bytes, document: Document, line_end: str, change: str) -> None:
    page = sample.decode()
    pasted = {
        "none": page,
        "bom": "\ufeff" + page,
        "no-break spaces": page.replace(" ", "\u00a0"),
        "trailing blanks": page.replace("\n", " \t\n"),
        "no blank lines": "\n".join(line for line in page.split("\n") if line),
        "many blank lines": page.replace("\n", "\n\n \n"),
    }[change]
    reread = read(pasted.replace("\n", line_end).encode(), as_of=document.profile.as_of)
    without_place = {"line", "last_line", "source"}
    assert [p.model_dump(exclude=without_place) for p in reread.papers] == [
        p.model_dump(exclude=without_place) for p in document.papers
    ]
    assert reread.profile.name == document.profile.name
    assert reread.problems == ()
