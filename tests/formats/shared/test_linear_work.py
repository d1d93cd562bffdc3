"""Readers of damaged files do work in proportion to the length of the file. The work is counted, not timed."""

from collections.abc import Callable
from typing import Any

import pytest

from pubcli.formats.services import dblp, openalex
from pubcli.formats.shared import json_stream, xml_stream
from pubcli.inputs.sources import from_text

OK = '{"title": "T", "authors": []},\n'
STRESSES: dict[str, Callable[[int], str]] = {
    "broken objects": lambda n: f"[\n{OK}" + '{"title": "a", "authors": [}\n,\n' * n + "]",
    "broken objects on one line": lambda n: '[{"title": "T"},' + '{"title": "a", "authors": [},' * n + "]",
    "unclosed quotation marks": lambda n: f"[\n{OK}" + '{"title": "a, "authors": []},\n' * n + "]",
    "trailing commas": lambda n: "[\n" + '{"title": "a",},\n' * n + "]",
    "objects after each other": lambda n: '{"title": "a"}\n' * n,
    "blanks before objects": lambda n: "[\n" + '{"title": "a" x\n      }, \n' * n + "]",
}


class _Work:
    """The number of characters or bytes that were searched, counted or copied."""

    def __init__(self) -> None:
        self.steps = 0


def counting(kind: type[Any], value: Any, work: _Work) -> Any:
    """Return a text or bytes that count the steps of the operations on them."""

    class Counting(kind):  # type: ignore[misc]
        def count(self, part: Any, start: int = 0, end: int | None = None) -> int:
            work.steps += min(end if end is not None else len(self), len(self)) - start
            return int(super().count(part, start, end))

        def find(self, part: Any, start: int = 0, end: int | None = None) -> int:
            place = int(super().find(part, start, end))
            work.steps += (place if place >= 0 else len(self)) - start
            return place

        def rfind(self, part: Any, start: int = 0, end: int | None = None) -> int:
            place = int(super().rfind(part, start, end))
            work.steps += (len(self) if end is None else end) - max(place, start)
            return place

        def rstrip(self, *args: Any) -> Any:
            work.steps += len(self)
            return super().rstrip(*args)

        def __getitem__(self, key: Any) -> Any:
            piece = super().__getitem__(key)
            if not isinstance(key, slice):
                return piece
            work.steps += len(piece)
            return Counting(piece)

    return Counting(value)


def json_steps(text: str) -> int:
    work = _Work()
    assert list(json_stream.elements(counting(str, text, work)))
    return work.steps


@pytest.mark.parametrize("name", STRESSES)
def test_twice_the_broken_json_takes_twice_the_work(name: str) -> None:
    stress = STRESSES[name]
    assert json_steps(stress(2_000)) < 2.5 * json_steps(stress(1_000))


def xml_steps(monkeypatch: pytest.MonkeyPatch, text: str) -> int:
    work = _Work()

    class Entities:
        def sub(self, _: object, data: bytes) -> Any:
            return counting(bytes, data, work)

    monkeypatch.setattr(xml_stream, "_NAMED_ENTITY", Entities())
    assert dblp.read(from_text(text)).problems
    return work.steps


@pytest.mark.parametrize(
    "stress",
    [
        lambda n: f"<dblp>{OK_XML}" + '<article key="a"><title>T</article>\n' * n + "</dblp>",
        lambda n: f"<dblp>{OK_XML}" + "<article>" * n + "</dblp>",
        lambda n: f"<!-- {'x' * 20 * n} --><dblp>{OK_XML}" + '<article key="a"><title>T</article>\n' * n,
    ],
)
def test_twice_the_broken_xml_takes_twice_the_work(
    stress: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert xml_steps(monkeypatch, stress(600)) < 2.5 * xml_steps(monkeypatch, stress(300))


OK_XML = '<article key="x"><title>T</title></article>\n'


def test_several_answers_of_openalex_are_found_in_linear_work() -> None:
    def steps(count: int) -> int:
        work = _Work()
        text = counting(str, '{"meta": {}, "results": [{"id": "W1"}]}\n' * count, work)
        lists = list(openalex._lists(text))
        assert lists[-1][1] == count
        decoder = json_stream.Decoder(text)
        for start, line in lists:
            assert len(list(json_stream.elements(text, start, line, decoder))) == 1
        return work.steps

    assert steps(1_000) < 2.5 * steps(500)
