"""A table of papers has columns for what the papers have: category and code, or venue and citations."""

import json
from typing import Any

import pytest

import pubcli
from pubcli.store.contents import columns_with_values
from pubcli.store.load import load


def columns(*records: dict[str, Any]) -> tuple[str, ...]:
    lines = "".join(json.dumps({"title": f"Kites {number}", **record}) + "\n" for number, record in enumerate(records))
    return columns_with_values(load(pubcli.read(lines.encode(), form="jsonl")))


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({}, ("category", "code")),
        ({"category": "LG"}, ("category", "code")),
        ({"venue": "Journal of Kites"}, ("venue",)),
        ({"citations": 0}, ("citations",)),
        ({"category": "LG", "venue": "J", "citations": 3}, ("category", "venue", "citations", "code")),
        ({"badges": ["Code"], "venue": "J"}, ("venue", "code")),
        ({"abstract": 'A "venue":"x" and "citations":4'}, ("category", "code")),
    ],
)
def test_columns_are_shown_for_what_papers_have(record: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert columns(record) == expected
    assert columns({}, {}, record) == expected


def test_a_page_of_a_paper_feed_has_categories_and_code(sample: bytes) -> None:
    assert columns_with_values(load(pubcli.read(sample))) == ("category", "code")


def test_one_page_with_venues_among_many_papers_is_enough(sample: bytes) -> None:
    scholar = b"Kites\nA Bow, C Day\nJournal of Kites 12 (3), 1-20\n5\t2020\n" * 3
    pages = [pubcli.read(sample), pubcli.read(scholar), *[pubcli.read(sample)] * 6]
    assert columns_with_values(load(*pages)) == ("category", "venue", "citations", "code")


def test_the_kind_is_shown_if_papers_are_of_several_kinds() -> None:
    assert columns({"kind": "article"}, {"kind": "article"}) == ("category", "code")
    assert columns({"kind": "article"}, {}, {"kind": "thesis"}) == ("category", "kind", "code")
