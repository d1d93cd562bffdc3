"""What the project states about itself: pyproject.toml, CITATION.cff, LICENSE and the Makefile must agree."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import pubcli

ROOT = Path(__file__).parents[1]
AUTHORS = "The pubcli developers"


@pytest.fixture(scope="module")
def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project(pyproject: dict[str, Any]) -> dict[str, Any]:
    table: dict[str, Any] = pyproject["project"]
    return table


@pytest.fixture(scope="module")
def citation() -> dict[str, str]:
    """Return the one-line entries at the top level of CITATION.cff."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    return dict(re.findall(r"(?m)^([\w-]+): (.+)$", text))


def distribution(requirement: str) -> str:
    match = re.match(r"[\w.-]+", requirement)
    assert match
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def python_versions(project: dict[str, Any]) -> list[str]:
    prefix = "Programming Language :: Python :: 3."
    return ["3." + name.removeprefix(prefix) for name in project["classifiers"] if name.startswith(prefix)]


def test_each_dependency_is_listed_once(pyproject: dict[str, Any], project: dict[str, Any]) -> None:
    requirements = [
        *pyproject["build-system"]["requires"],
        *project["dependencies"],
        *(requirement for extra in project["optional-dependencies"].values() for requirement in extra),
    ]
    names = [name for requirement in requirements if (name := distribution(requirement)) != "pubcli"]
    assert len(names) > 20
    assert sorted(names) == sorted(set(names))


def test_extras_include_only_extras_that_exist(project: dict[str, Any]) -> None:
    extras = project["optional-dependencies"]
    included = [name for extra in extras.values() for item in extra for name in re.findall(r"pubcli\[(.*)\]", item)]
    assert {name.strip() for names in included for name in names.split(",")} <= set(extras)


def test_the_citation_has_the_version_of_the_package(citation: dict[str, str]) -> None:
    assert citation["version"] == pubcli.__version__


def test_the_citation_names_a_release_date_only_for_a_released_version(citation: dict[str, str]) -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    release = re.search(rf"(?m)^## \[?{re.escape(pubcli.__version__)}\]? - (\d{{4}}-\d{{2}}-\d{{2}})$", changelog)
    assert citation.get("date-released") == (release[1] if release else None)


def test_the_licence_is_the_same_everywhere(project: dict[str, Any], citation: dict[str, str]) -> None:
    title, _, copyright_line = (ROOT / "LICENSE").read_text(encoding="utf-8").splitlines()[:3]
    assert title == f"{project['license']} License"
    assert project["license-files"] == ["LICENSE"]
    assert citation["license"] == project["license"]
    assert re.fullmatch(rf"Copyright \(c\) \d{{4}} {AUTHORS}", copyright_line)
    # A licence expression replaces the classifiers; package indexes refuse both together.
    assert not [name for name in project["classifiers"] if name.startswith("License")]


def test_the_authors_are_the_same_everywhere(project: dict[str, Any]) -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nauthors:\n  - name: {AUTHORS}\n" in text
    assert project["authors"] == [{"name": AUTHORS}]


def test_the_citation_has_the_keywords_of_the_package(project: dict[str, Any]) -> None:
    _, _, keywords = (ROOT / "CITATION.cff").read_text(encoding="utf-8").partition("\nkeywords:\n")
    assert re.findall(r"(?m)^  - (.+)$", keywords) == project["keywords"]


def test_classifiers_begin_with_the_lowest_python_version_that_is_allowed(project: dict[str, Any]) -> None:
    assert project["requires-python"] == f">={python_versions(project)[0]}"


def test_pre_commit_skips_the_files_that_tests_compare_byte_by_byte() -> None:
    match = re.search(r"(?m)^exclude: (.+)$", (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    files = [path.relative_to(ROOT) for folder in ("fixtures", "tests") for path in (ROOT / folder).rglob("*.*")]
    compared = [path.as_posix() for path in files if {"fixtures", "golden"} & set(path.parts)]
    assert match
    assert len(compared) > 40
    assert [path for path in compared if not re.search(match[1], path)] == []


def test_make_matrix_runs_every_python_version_among_the_classifiers(project: dict[str, Any]) -> None:
    match = re.search(r"(?m)^versions=\((.+)\)$", (ROOT / ".ci" / "matrix").read_text(encoding="utf-8"))
    assert match
    assert set(python_versions(project)) <= set(match[1].split())


def test_make_help_lists_every_target() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    (phony,) = (line.removeprefix(".PHONY: ").split() for line in lines if line.startswith(".PHONY"))
    targets = {line.partition(":")[0] for line in lines if re.match(r"[a-z-]+:.*  ## [A-Z]", line)}
    assert targets == set(phony)
