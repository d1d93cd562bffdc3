"""What the schema of CSL 1.0.2 has is written back as it was read."""

import json
from typing import Any

import pytest

from conversion import convert
from repository import SCHEMAS

PROPERTIES = json.loads((SCHEMAS / "csl-data.json").read_text(encoding="utf-8"))["items"]["properties"]
SPECIAL: dict[str, Any] = {"DOI": "10.1000/x", "ISBN": "978-3-16-148410-0", "ISSN": "1234-567X", "custom": {"x": "y"}}
LEFT_OUT = {"id", "type", "categories", "citation-key", "journalAbbreviation", "shortTitle"}
"""Looked at elsewhere, or older names of others."""


def value(name: str) -> Any:
    """A value of the kind that the schema has for a name."""
    if name in SPECIAL:
        return SPECIAL[name]
    kind = json.dumps(PROPERTIES[name])
    if "name-variable" in kind:
        return [{"family": "Doe", "given": name}, {"literal": "Team of A and B"}]
    return {"date-parts": [[2001, 2, 3]]} if "date-variable" in kind else f"about {name}"


def back(item: dict[str, Any]) -> dict[str, Any]:
    [found] = json.loads(convert(f"{json.dumps([item])}\n", "csl-json", "csl-json"))
    return dict(found)


@pytest.mark.parametrize("type_", ["book", "article-journal", "report"])
def test_all_that_the_schema_has_comes_back(type_: str) -> None:
    item = {"id": "a", "type": type_} | {name: value(name) for name in PROPERTIES.keys() - LEFT_OUT}
    found = back(item)
    custom = found.pop("custom")
    assert found | {"custom": item["custom"]} == item
    assert custom["x"] == "y"


@pytest.mark.parametrize(
    "issued",
    [
        {"date-parts": [[2001, 3], [2003]]},
        {"date-parts": [[2001]], "season": 2},
        {"date-parts": [[2001]], "circa": 1},
        {"date-parts": [["2001", "3"]], "season": "1"},
    ],
)
def test_a_date_that_is_more_than_a_day_comes_back(issued: dict[str, Any]) -> None:
    for name in ("issued", "accessed"):
        assert back({"id": "a", "type": "book", "title": "T", name: issued})[name] == issued


@pytest.mark.parametrize(
    "text",
    ['{"date-parts": 7}', '{"date-parts": [[]]}', '{"x": 1}', "{", '{"literal": [1]}', '{"date-parts": [[1, {}]]}'],
)
def test_a_text_that_looks_like_json_is_no_date(text: str) -> None:
    [found] = json.loads(convert(f"TY  - BOOK\nTI  - T\nY2  - {text}\nER  - \n", "ris", "csl-json"))
    assert found["accessed"] == {"literal": text}
