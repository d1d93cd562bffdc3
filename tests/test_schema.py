"""The output of `--json` matches the schemas that `pubcli help schema` prints."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, TypeAlias, cast, get_args

import jsonschema  # type: ignore[import-untyped]
import pytest

from pubcli.answer.json_schema import ROW_TYPES, row_properties
from pubcli.answer.kinds import Kind
from pubcli.cli import COMMANDS as ALL_COMMANDS
from pubcli.cli import split_line
from pubcli.cli.help.schema import command_schema
from pubcli.cli.row_fields import row_schemas
from pubcli.errors import UsageError
from repository import FIXTURES, SAMPLE

pytestmark = pytest.mark.process

Record: TypeAlias = dict[str, Any]
Papers: TypeAlias = dict[str, list[Record]]

OLD, NEW = str(FIXTURES / "colleague-older.txt"), str(FIXTURES / "colleague-newer.txt")
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


COMMANDS = [
    "list", "search privacy", "search privacy --explain", "similar 3", "show 3", "open 1 --print -p BIB", "cite 3",
    "coauthors", "coauthors --with lowy", "coauthors --period 3", "people", "people --variants -p BIB",
    "people path lowy beirami", "network", "network --of topics --edges",
    "network --of topics --themes", "profile", "profile --list", "check",
    "diff OLD NEW", "compare OLD NEW", "compare OLD NEW BIB",
    "stats", "stats year", "stats category", "stats year team", "stats badge org", "topics", "topics --by year", "plot",
    "export", "library cache", "library info", "library log", "library duplicates", "library check", "library run",
    "library run pets", "library refresh", "library sql", "changes", "changes lindqvist --snapshots",
    "changes --summary", "config path", "config show",
    "help fields", "help formats", "help sites", "help options", "help environment",
]  # fmt: skip
"""A command line for each kind of rows that a command prints; BIB, OLD and NEW are files."""
BIBLIOGRAPHY = (
    "@misc{a, title = {One}, author = {Alice Bowman and Carol Day}, doi = {10.1000/x}}\n"
    "@misc{b, title = {Two}, author = {A. Bowman and Carol Day}}\n"
)
OF_LIBRARY = ("library ", "changes")
WITHOUT_PAGE = ("library ", "config ", "help ", "diff ", "compare ", "plot")
OTHER_ROWS = ("add", "library watch")
"""Commands that change the library; the test of the library refresh has rows of the same type."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the option that names a library with two captures of a page, another page and a saved query."""
    path = str(tmp_path_factory.mktemp("library") / "library.sqlite")
    for page, day in ((OLD, "2026-01-01"), (NEW, "2026-02-01"), (str(SAMPLE), "2026-11-23")):
        added = run("add", page, "--as-of", day, "--library", path, "--json")
        assert_valid("add", added)
    subprocess.run(
        [sys.executable, "-m", "pubcli", "library", "save", "pets", "privacy", "--library", path], check=True
    )
    return ["--library", path]


def assert_valid(command: str, rows: Any) -> None:
    schema = command_schema(command)
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = jsonschema.Draft202012Validator(schema).iter_errors(rows)
    assert [error.message for error in errors] == []


@pytest.mark.parametrize("line", COMMANDS)
def test_the_rows_of_a_command_match_its_schema(line: str, library: list[str], tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    files = {"BIB": str(tmp_path / "refs.bib"), "OLD": OLD, "NEW": NEW}
    words = [files.get(word, word) for word in line.split()]
    if line.startswith(OF_LIBRARY) and "cache" not in words:
        words += library
    elif not line.startswith(WITHOUT_PAGE) and "-p" not in words:
        words += ["-p", str(SAMPLE)]
    rows = run(*words, "--json")
    assert rows
    assert_valid(split_line(line.split())[0], rows)


def test_every_command_with_rows_is_compared_with_its_schema() -> None:
    compared = {split_line(line.split())[0] for line in COMMANDS}
    assert {name for name in ALL_COMMANDS if row_schemas(name)} == {*compared, *OTHER_ROWS}


def test_every_kind_of_rows_has_a_type_whose_fields_have_types() -> None:
    assert {*get_args(Kind)} == {*ROW_TYPES, "rows"}
    for name in ROW_TYPES.values():
        fields = row_properties(name)
        assert [field for field, schema in fields.items() if not schema] in ([], ["old", "new"], ["changes"])


def test_the_schema_of_a_command_differs_from_that_of_a_record_of_the_same_name() -> None:
    assert run("help", "schema", "profile")["type"] == "object"
    assert run("help", "schema", "profile", "--rows")["title"] == "pubcli profile --json"
    assert run("schema", "people", "path", "--quiet")["items"]["title"] == "StepRow"


def test_wrong_rows_violate_the_schema_of_a_command() -> None:
    validator = jsonschema.Draft202012Validator(command_schema("people path"))
    row = run("people", "path", "lowy", "beirami", "--json", "-p", str(SAMPLE))[0]
    assert validator.is_valid([row])
    wrong: Any
    for wrong in ({**row, "step": "1"}, {**row, "name": None}, {**row, "other": 1}, {"step": 1}, [], 5):
        assert not validator.is_valid([wrong])


@pytest.mark.parametrize("name", ["library merge", "people same", "report"])
def test_a_command_without_rows_has_no_schema(name: str) -> None:
    with pytest.raises(UsageError, match=f"pubcli {name} prints no rows, so it has no schema"):
        command_schema(name)
