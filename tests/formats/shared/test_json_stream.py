"""Values of a broken JSON array are decoded from short pieces of the text; the length of a piece changes nothing."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.formats.shared import json_stream
from pubcli.formats.shared.collect import ParseProblem
from repository import INPUTS
from thoroughness import examples, repetitions


def elements_with_pieces_of(length: int, text: str) -> list[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_stream, "_PIECE", length)
        return [repr(element) for element in json_stream.elements(text)]


PARTS = (
    '{"a": "b"}', '{"a": "b",}', '{"a": "' + "long " * 20 + '"}', '{"a": "\\u00e9\\n\\""}', '{"a": "\\ud83d\\ude00"}',
    '{"a": -Infinity}', "tru", "true", "-12.5e10", '"open', '{"a": [[1, 2], {"b": null}]}', "{", "[", "]", "}", ",",
    "\n", '{"a": "\x01"}', "\\", " ",
)  # fmt: skip


@examples(500)
@given(st.lists(st.sampled_from(PARTS), max_size=12).map("".join), st.integers(1, 40))
def test_the_length_of_the_pieces_changes_no_value_and_no_problem(text: str, length: int) -> None:
    assert elements_with_pieces_of(length, f"[{text}") == elements_with_pieces_of(10**6, f"[{text}")


def test_the_length_of_the_pieces_changes_nothing_on_real_files() -> None:
    random = Random(1)
    for name in ("broken.json", "openalex-works.json", "zotero.csl.json"):
        text = (INPUTS / name).read_text(encoding="utf-8")
        for _ in range(repetitions(50)):
            place = random.randrange(len(text))
            broken = text[:place] + random.choice(PARTS) + text[place + 1 :]
            assert elements_with_pieces_of(30, broken) == elements_with_pieces_of(10**6, broken)


@pytest.mark.parametrize("element", ['{"a": "b",},', '{"a": "b"', '{"a": "b}, ', '{"a": "b",}\n'])
def test_many_broken_elements_are_read_in_linear_time(element: str) -> None:
    """Counting the lines before each of them would take minutes."""
    elements = list(json_stream.elements("[" + element * repetitions(100_000)))
    assert all(isinstance(problem, ParseProblem) for problem in elements)
    assert len(elements) >= repetitions(100_000) // 2


def test_an_error_names_the_line_and_column_in_the_file() -> None:
    text = '[\n{"a": 1,},\n\n {"b": 2},\n{"c": 3,\n "d": 4,}]'
    problems = [problem for problem in json_stream.elements(text) if isinstance(problem, ParseProblem)]
    places = [problem.reason.partition(", ")[2] for problem in problems]
    assert places == ["line 2 column 9", "line 6 column 9"]
