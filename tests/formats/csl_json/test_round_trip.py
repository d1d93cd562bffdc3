"""Every variable in the schema of CSL 1.0.2 is read and written unchanged."""

import json
from typing import Any

import pytest

from conversion import convert
from repository import SCHEMAS

PROPERTIES = json.loads((SCHEMAS / "csl-data.json").read_text(encoding="utf-8"))["items"]["properties"]
SPECIAL: dict[str, Any] = {"DOI": "10.1000/x", "ISBN": "978-3-16-148410-0", "ISSN": "1234-567X", "custom": {"x": "y"}}
EXCLUDED = {"id", "type", "categories", "citation-key", "journalAbbreviation", "shortTitle"}
"""Variables that other tests cover, and old names of other variables."""


def value(name: str) -> Any:
    """Return a value of the type that the schema states for a variable."""
    if name in SPECIAL:
        return SPECIAL[name]
    kind = json.dumps(PROPERTIES[name])
    if "name-variable" in kind:
        return [{"family": "Doe", "given": name}, {"literal": "Team of A and B"}]
    return {"date-parts": [[2001, 2, 3]]} if "date-variable" in kind else f"about {name}"


def round_trip(item: dict[str, Any]) -> dict[str, Any]:
    [output] = json.loads(convert(f"{json.dumps([item])}\n", "csl-json", "csl-json"))
    return dict(output)


@pytest.mark.parametrize("type_", ["book", "article-journal", "report"])
def test_all_variables_of_the_schema_survive_a_round_trip(type_: str) -> None:
    item = {"id": "a", "type": type_} | {name: value(name) for name in PROPERTIES.keys() - EXCLUDED}
    output = round_trip(item)
    custom = output.pop("custom")
    assert output | {"custom": item["custom"]} == item
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
def test_a_range_a_season_or_an_uncertain_date_survives_a_round_trip(issued: dict[str, Any]) -> None:
    for name in ("issued", "accessed"):
        assert round_trip({"id": "a", "type": "book", "title": "T", name: issued})[name] == issued


@pytest.mark.parametrize(
    "text",
    ['{"date-parts": 7}', '{"date-parts": [[]]}', '{"x": 1}', "{", '{"literal": [1]}', '{"date-parts": [[1, {}]]}'],
)
def test_text_that_looks_like_json_is_not_taken_for_a_date(text: str) -> None:
    [item] = json.loads(convert(f"TY  - BOOK\nTI  - T\nY2  - {text}\nER  - \n", "ris", "csl-json"))
    assert item["accessed"] == {"literal": text}
