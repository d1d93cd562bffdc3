"""Long tables, whose rows are measured in one pass and drawn in another."""

import io
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

import strategies
from pubcli.answer.answer import Answer, Row
from pubcli.display.batches import Batches
from pubcli.display.columns import default_columns
from pubcli.formats import RenderOptions, write


def test_batches_are_read_in_the_order_in_which_they_were_added() -> None:
    batches = Batches()
    for number in range(4):
        batches.add([number, "text"])

    assert list(batches) == [[number, "text"] for number in range(4)]
    assert list(batches) == [[number, "text"] for number in range(4)]


def test_only_one_batch_is_in_memory() -> None:
    batches = Batches()
    for number in range(4):
        batches.add([number])

    assert (batches._in_file, batches._in_memory) == (3, [[3]])


def test_without_a_temporary_file_batches_stay_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("tempfile.TemporaryFile", fail)
    batches = Batches()
    for number in range(4):
        batches.add(number)

    assert list(batches) == [0, 1, 2, 3]


class Paper(dict[str, Any]):
    """A row that can be referenced weakly."""

    __hash__ = object.__hash__  # type: ignore[assignment]


def drawn(number: int, most_alive: list[int]) -> str:
    """Return the table of some papers on a terminal; `most_alive` gets the number of rows that were ever in memory."""
    alive: weakref.WeakSet[Paper] = weakref.WeakSet()

    def papers() -> Iterator[Row]:
        for position in range(number):
            paper = Paper(strategies.paper_row(f"Title {position}", "Ada Bow", position=position, line=position))
            alive.add(paper)
            most_alive.append(len(alive))
            yield paper
            del paper

    fields = tuple(strategies.paper_row())
    answer: Answer[Any] = Answer("papers", fields, papers())
    out = io.StringIO()
    assert write("table", answer, default_columns(answer), out, RenderOptions(width=80)) == number
    return out.getvalue()


def test_a_long_table_holds_few_of_its_rows() -> None:
    most_alive: list[int] = []
    lines = drawn(1_500, most_alive).splitlines()

    assert max(most_alive) <= 400
    assert [line.split()[0] for line in lines if "Title" in line][1:] == list(map(str, range(1_500)))


def test_rows_of_all_batches_are_aligned() -> None:
    lines = [line for line in drawn(1_500, []).splitlines() if "Title " in line]

    assert len({line.index("Title ") for line in lines}) == 1
