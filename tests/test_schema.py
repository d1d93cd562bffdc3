"""The output of `--json` matches the schemas that `pubcli help schema` prints."""

import json
import subprocess
import sys
from typing import Any, TypeAlias, cast

import jsonschema  # type: ignore[import-untyped]
import pytest

from repository import SAMPLE

pytestmark = pytest.mark.process

Record: TypeAlias = dict[str, Any]
Papers: TypeAlias = dict[str, list[Record]]

FIELDS = [
    "key", "position", "profile", "title", "title_guessed", "authors", "authors_complete", "org", "category",
    "classes", "date", "date_assumed", "badges", "code", "abstract", "links", "cut", "source", "line",
    "also_on", "shown_by",
    "date_precision", "kind", "doi", "arxiv", "venue", "volume", "issue", "pages", "publisher", "url", "citations",
    "keywords", "extra",
]  # fmt: skip
"""The fields of a paper in their order, spelled out here because other programs rely on them."""
BARE = "Mar 3\nA Title WithoutAnything\nLGFeb 29\nSparse Random Set WalksAlice Bow, Carol Day, Eve Fox et al. · mit\n"
HEADER = "Alice Bow\n\nh-index3\n1papers\n\n1 Papers\n\n"


def run(*arguments: str, page: str = "") -> Any:
    process = subprocess.run(
        [sys.executable, "-m", "pubcli", *arguments], input=page.encode(), capture_output=True, check=False
    )
    assert process.returncode in (0, 1), process.stderr
    return json.loads(process.stdout)


@pytest.fixture(scope="module")
def schema() -> Record:
    return cast(Record, run("help", "schema"))


@pytest.fixture(scope="module")
def papers() -> Papers:
    """Return the papers of pages with complete records, with nearly empty records, and without records."""
    return {
        "fixture": run("list", "--json", "-p", str(SAMPLE)),
        "fixture, search": run("search", "--json", "privacy", "-p", str(SAMPLE)),
        "fixture, show": run("show", "--json", "3", "-p", str(SAMPLE)),
        "compact": run("list", "--json", "-p", "-", page=BARE + "abstract\n"),
        "no year fits": run("list", "--json", "-p", "-", "--as-of", "1990-01-01", page=BARE),
        "empty": run("list", "--json", "-p", "-", page=HEADER),
    }


@pytest.mark.parametrize("record", ["paper", "profile", "problem", "document"])
def test_every_schema_is_valid_json_schema(record: str) -> None:
    jsonschema.Draft202012Validator.check_schema(run("help", "schema", record))


@pytest.mark.parametrize("page", ["fixture", "fixture, show", "compact", "no year fits", "empty"])
def test_every_paper_matches_the_schema(schema: Record, papers: Papers, page: str) -> None:
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for paper in papers[page]:
        assert [error.message for error in validator.iter_errors(paper)] == []
        assert list(paper) == FIELDS


def test_the_test_pages_cover_the_intended_cases(papers: Papers) -> None:
    assert len(papers["fixture"]) == 50
    assert {paper["title_guessed"] for paper in papers["compact"]} == {True}
    assert {paper["date"] for paper in papers["no year fits"]} == {None}
    assert {paper["profile"] for paper in papers["compact"]} == {None}
    assert papers["empty"] == []


def test_search_results_have_all_fields_of_papers(papers: Papers) -> None:
    for paper in papers["fixture, search"]:
        assert list(paper)[: len(FIELDS)] == FIELDS


def test_the_schema_names_every_field_in_order_and_requires_it(schema: dict[str, Any]) -> None:
    assert list(schema["properties"]) == FIELDS
    assert schema["required"] == FIELDS
    assert all("description" in field for field in schema["properties"].values())


def test_a_wrong_field_violates_the_schema(schema: Record, papers: Papers) -> None:
    paper = papers["fixture"][0]
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for field, value in {"title": None, "position": 0, "date": "yesterday", "code": "yes", "authors": "A, B"}.items():
        assert not validator.is_valid({**paper, field: value})
    assert not validator.is_valid({field: value for field, value in paper.items() if field != "org"})


@pytest.mark.parametrize(("command", "record"), [("profile", "profile"), ("check", "problem")])
def test_profiles_and_problems_have_the_fields_of_their_schemas(command: str, record: str) -> None:
    rows = run(command, "--json", "-p", str(SAMPLE))
    assert len({tuple(row) for row in rows}) == 1
    if record == "profile":
        assert set(run("help", "schema", record)["properties"]) <= set(rows[0])
