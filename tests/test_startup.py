"""What a command loads: the import rule, held in fresh interpreters."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from pubcli.formats import WRITABLE
from pubcli.graphs import FORMATS as GRAPHS
from repository import FIXTURES

pytestmark = pytest.mark.process

TWO = ["compare", str(FIXTURES / "colleague-older.txt"), str(FIXTURES / "razaviyayn.txt")]
HEAVY = ("pydantic", "rich", "sqlite3")
SHOW = (
    "import sys; from pubcli.__main__ import main\ntry: main()\nfinally: print(*sorted(sys.modules), file=sys.stderr)"
)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBCLI_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # coverage itself imports sqlite3


def modules(*arguments: str, page: bytes = b"") -> set[str]:
    """The modules a command has loaded by its end, by their full names."""
    done = subprocess.run([sys.executable, "-c", SHOW, *arguments], input=page, capture_output=True, check=True)
    return set(done.stderr.decode().splitlines()[-1].split())


def loaded(*arguments: str, page: bytes = b"") -> set[str]:
    """The packages a command has loaded by its end."""
    return {name.split(".")[0] for name in modules(*arguments, page=page)}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["list", "--help"], ["show", "-h"], ["diff", "-h"]], ids=" ".join
)
def test_help_and_version_load_nothing_heavy(arguments: list[str]) -> None:
    assert loaded(*arguments).isdisjoint(HEAVY)


OF_PAPERS = (["list"], ["search", "privacy"], ["show", "3"])
PEOPLE = (["coauthors"], ["people"], ["network"], ["path", "lowy", "yuan deng"])
OF_OTHERS = (*PEOPLE, ["stats", "year", "org"], ["topics"], TWO)
IN_FORMATS = [
    (command, form)
    for form, format in WRITABLE.items()
    for command in (*OF_PAPERS, *([] if format.shows == "papers" else OF_OTHERS))
]


@pytest.mark.parametrize(
    ("command", "form"), IN_FORMATS, ids=lambda value: value if isinstance(value, str) else value[0]
)
def test_only_a_table_on_a_terminal_loads_rich(command: list[str], form: str) -> None:
    template = ["--template", "-"] if "template" in WRITABLE[form].options else []
    packages = loaded(*command, "--format", form, *template)
    assert "rich" not in packages
    assert "sqlite3" in packages


def test_a_table_is_measured_by_rich_and_drawn_without_its_console() -> None:
    loaded_modules = modules("list", "--color", "always")
    assert "rich.cells" in loaded_modules
    assert loaded_modules.isdisjoint({"rich.console", "rich.table", "rich.text"})


@pytest.mark.parametrize("form", WRITABLE)
def test_cached_pages_are_written_without_models(form: str, sample: bytes) -> None:
    options = ["-p", "-", "--format", form, *(["--template", "-"] if "template" in WRITABLE[form].options else [])]
    loaded("list", *options, page=sample)
    assert loaded("list", *options, page=sample).isdisjoint({"pydantic", "rich", "citeproc"})


@pytest.mark.parametrize("form", GRAPHS)
def test_graph_files_need_nothing_but_the_standard_library(form: str) -> None:
    assert loaded("network", "--format", form).isdisjoint({"rich", "xml.etree", "networkx", "matplotlib"})


READING = {"pydantic", "pubcli.model", "pubcli.reader", "pubcli.sites", "pubcli.store.load"}


@pytest.mark.parametrize(
    "command", [["list"], ["search", "privacy"], *PEOPLE, ["show", "3"], ["check"]], ids=lambda words: words[0]
)
@pytest.mark.parametrize("look", [["--json"], ["--color", "always"]], ids=["json", "table"])
def test_the_second_question_reads_no_page(command: list[str], look: list[str], sample: bytes) -> None:
    assert modules(*command, *look, "-p", "-", page=sample) >= READING
    assert modules(*command, *look, "-p", "-", page=sample).isdisjoint(READING)
    assert os.listdir(os.environ["PUBCLI_CACHE_DIR"]) != []  # noqa: PTH208


@pytest.mark.parametrize(
    "command",
    [["list"], ["search", "privacy"], *PEOPLE, ["show", "3"], ["log", "meisam"]],
    ids=lambda words: words[0],
)
def test_a_question_about_a_library_reads_no_page(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBCLI_LIBRARY", str(tmp_path / "library.sqlite"))
    assert modules("add", str(FIXTURES / "razaviyayn.txt"), "--quiet") >= READING
    assert modules(*command, "--json").isdisjoint(READING)


@pytest.mark.parametrize(
    "command", [["stats"], ["stats", "year"], ["stats", "year", "category"], ["topics"]], ids=" ".join
)
def test_bars_and_sparklines_need_no_plotting_library(command: list[str]) -> None:
    packages = loaded(*command, "--color", "always")
    assert "rich" in packages
    assert packages.isdisjoint({"matplotlib", "numpy", "pandas", "plotext", "plotille", "PIL"})


def test_the_reader_of_one_format_is_not_imported_for_another(sample: bytes) -> None:
    assert loaded("list", "-p", "-", page=sample).isdisjoint({"bibtexparser", "pylatexenc", "rispy"})
    assert "bibtexparser" in loaded("list", "-p", "-", page=b"@misc{a, title = {T}}\n")
    assert loaded("list", "-p", "-", page=b"TY  - JOUR\nTI  - T\nER  - \n").isdisjoint({"bibtexparser", "rispy"})


def test_importing_pubcli_loads_nothing() -> None:
    code = "import sys; before = set(sys.modules); import pubcli; print(*(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert {name.split(".")[0] for name in done.stdout.decode().split()}.isdisjoint({*HEAVY, "typer"})


def test_public_names_resolve() -> None:
    import pubcli

    assert all(getattr(pubcli, name) is not None for name in pubcli.__all__)
    assert set(pubcli.__all__) <= set(dir(pubcli))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(pubcli, "nothing")  # noqa: B009 - a type checker knows that there is none
