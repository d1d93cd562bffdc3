"""The modules that a command loads, measured in new interpreters."""

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from pubcli.formats import WRITABLE
from pubcli.graphs import FORMATS as GRAPHS
from repository import FIXTURES, SAMPLE

pytestmark = pytest.mark.process

COMPARE = ["compare", str(FIXTURES / "colleague-older.txt"), str(SAMPLE)]
HEAVY = ("pydantic", "rich", "sqlite3", "textual")
RUN = """
import sys
from pubcli.__main__ import main
for words in eval(sys.argv[1]):
    sys.argv = ["pubcli", *words]
    try:
        main()
    except SystemExit as exit:
        assert not exit.code, (words, exit.code)
print(*sorted(sys.modules), file=sys.stderr)
"""
"""Runs commands one after the other in one interpreter, then prints which modules it has loaded."""
PAPERS = (["list"], ["search", "privacy"], ["show", "3"])
PEOPLE = (["coauthors"], ["people"], ["network"], ["people", "path", "lowy", "yuan deng"])
OTHERS = (*PEOPLE, ["stats", "year", "org"], ["topics"], COMPARE)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of an empty cache."""
    monkeypatch.setenv("PUBCLI_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # coverage itself imports sqlite3
    return tmp_path / "cache"


def modules(*commands: list[str], page: bytes = b"") -> set[str]:
    """Return the full names of the modules that commands have loaded by their end, all in one process."""
    run = [sys.executable, "-c", RUN, repr(commands)]
    result = subprocess.run(run, input=page, capture_output=True, check=False)
    assert result.returncode == 0, result.stderr.decode()
    return set(result.stderr.decode().splitlines()[-1].split())


def packages(*commands: list[str], page: bytes = b"") -> set[str]:
    """Return the packages that commands have loaded by their end, all in one process."""
    return {name.split(".")[0] for name in modules(*commands, page=page)}


def options(form: str) -> list[str]:
    """Return the options for output in a format; none for tables, which are drawn if the user names the format."""
    if form == "table":
        return []
    return ["--format", form, *(["--template", "-"] if "template" in WRITABLE[form].options else [])]


@pytest.mark.parametrize(
    "command",
    [["--help"], ["--version"], ["list", "--help"], ["show", "-h"], ["diff", "-h"], ["browse", "-h"]],
    ids=" ".join,
)
def test_help_and_version_load_no_slow_packages(command: list[str]) -> None:
    assert packages(command).isdisjoint(HEAVY)


def test_only_commands_that_need_a_lake_load_its_engine() -> None:
    assert packages(*PAPERS, *OTHERS, ["lake", "--help"], ["lake", "build", "--help"]).isdisjoint({"duckdb", "sqlglot"})


@pytest.mark.parametrize("form", WRITABLE)
def test_only_a_drawn_table_loads_rich(form: str) -> None:
    commands = (*PAPERS, *([] if WRITABLE[form].shows == "papers" else OTHERS))
    loaded = packages(*([*command, *options(form)] for command in commands))
    assert "rich" not in loaded
    assert "sqlite3" in loaded


def test_a_table_is_measured_by_rich_and_drawn_without_its_console() -> None:
    loaded = modules(["list", "--color", "always"])
    assert "rich.cells" in loaded
    assert loaded.isdisjoint({"rich.console", "rich.table", "rich.text"})


def test_cached_pages_are_written_in_every_format_without_models() -> None:
    packages(["list", "-p", str(SAMPLE)])
    commands = (["list", "-p", str(SAMPLE), *options(form)] for form in WRITABLE)
    assert packages(*commands).isdisjoint({"pydantic", "rich", "citeproc"})


def test_graph_files_need_only_the_standard_library() -> None:
    commands = (["network", "--format", form] for form in GRAPHS)
    assert packages(*commands).isdisjoint({"rich", "xml.etree", "networkx", "matplotlib"})


READING = {"pydantic", "pubcli.model", "pubcli.reader", "pubcli.sites.paperfeed", "pubcli.store.load"}


@pytest.mark.parametrize("style", [["--json"], ["--color", "always"]], ids=["json", "table"])
def test_a_second_query_about_a_page_does_not_read_it_again(style: list[str], cache: Path) -> None:
    commands = (["list"], ["search", "privacy"], *PEOPLE, ["show", "3"], ["check"])
    assert modules(["list", "-p", str(SAMPLE)]) >= READING
    assert modules(*([*command, *style, "-p", str(SAMPLE)] for command in commands)).isdisjoint(READING)
    assert list(cache.iterdir()) != []


SLOW = {"typer", "dataclasses", "inspect", "hashlib", "pydantic", "rich.console", "difflib", "email"}
"""Modules that no warm command needs. `typing`, `re`, `enum` and `json` are needed for some answers only."""
OF_RICH = set() if int(version("rich").split(".")[0]) >= 15 else {"inspect"}
"""Of those, what Rich itself imports for a table: up to 14, each of its modules imports `inspect`."""
QUESTIONS = (["list"], ["search", "privacy"], ["show", "3"], ["coauthors"], ["stats"])


def test_the_version_is_printed_before_anything_is_loaded() -> None:
    loaded = modules(["--version"])
    assert loaded.isdisjoint({"typing", "re", "enum", "json", "pubcli.cli"})
    assert {name for name in loaded if name.startswith("pubcli")} == {"pubcli", "pubcli.__main__"}


def test_a_warm_list_as_json_loads_neither_typing_nor_re_nor_enum_nor_json() -> None:
    modules(["list", "--json"])
    loaded = modules(["list", "--json"])
    assert loaded & (SLOW | {"typing", "re", "enum", "json", "pathlib", "pubcli.query.language", "rich"}) == set()


@pytest.mark.parametrize("command", QUESTIONS, ids=" ".join)
def test_an_ordinary_command_line_is_read_without_typer(command: list[str]) -> None:
    modules(command)
    slow = SLOW - ({"rich.console", "dataclasses", "inspect"} if command[0] == "show" else set())  # Rich draws cards
    assert modules([*command, "--color", "always"]) & slow <= OF_RICH
    assert modules([*command, "--json"]) & (SLOW | {"typing"}) == set()


def test_a_first_list_loads_no_package_metadata_and_not_typer() -> None:
    assert modules(["list", "--no-cache"]) & {"typer", "email", "zipfile", "socket"} == set()


UNNEEDED = {
    "_hashlib", "pubcli.text.tex", "pubcli.store.search", "pubcli.store.corrections", "pubcli.language.acronyms",
    "pubcli.language.dictionary", "regex",
}  # fmt: skip
"""Modules that a list of cached papers does not need: OpenSSL, the conversion of TeX, and what only searches need."""


def test_a_second_query_about_a_page_loads_no_module_that_a_list_does_not_need() -> None:
    page = b"Ada\n\nh-index1\n\nLGMar 13, 2022\nA title without TeX\n\nAda\n\nAn abstract.\n"
    modules(["list", "-p", "-"], page=page)
    assert modules(["list", "--json", "-p", "-"], page=page).isdisjoint(UNNEEDED)


def test_a_query_about_a_library_reads_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBCLI_LIBRARY", str(tmp_path / "library.sqlite"))
    commands = (["list"], ["search", "privacy"], *PEOPLE, ["show", "3"], ["changes", "--snapshots", "meisam"])
    assert modules(["add", str(SAMPLE), "--quiet"]) >= READING
    assert modules(*([*command, "--json"] for command in commands)).isdisjoint(READING)


def test_bars_and_sparklines_need_no_plotting_library() -> None:
    commands = (["stats"], ["stats", "year"], ["stats", "year", "category"], ["topics"])
    loaded = packages(*([*command, "--color", "always"] for command in commands))
    assert "rich" in loaded
    assert loaded.isdisjoint({"matplotlib", "numpy", "pandas", "plotext", "plotille", "PIL"})


def test_the_reader_of_one_format_is_not_imported_for_another(sample: bytes) -> None:
    command = ["list", "-p", "-"]
    readers = {f"pubcli.formats.{form}.read" for form in ("bibtex", "ris", "csl_json", "tabular")}
    pages = {"bibtex": b"@misc{a, title = {T}}\n", "ris": b"TY  - JOUR\nTI  - T\nER  - \n"}
    assert modules(command, page=sample).isdisjoint(readers)
    for form, page in pages.items():
        assert modules(command, page=page) & readers == {f"pubcli.formats.{form}.read"}


def test_the_page_of_a_paper_feed_loads_no_reader_of_another_site_and_no_parser_of_html(sample: bytes) -> None:
    loaded = modules(["list", "-p", "-"], page=sample)
    sites = {name.split(".")[2] for name in loaded if name.startswith("pubcli.sites.")}
    assert sites == {"paperfeed"}
    assert loaded.isdisjoint({"selectolax", "pubcli.formats.shared.html_page", "pubcli.inputs.clipboard"})


def test_importing_pubcli_loads_no_slow_packages() -> None:
    code = "import sys; before = set(sys.modules); import pubcli; print(*(set(sys.modules) - before))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert {name.split(".")[0] for name in result.stdout.decode().split()}.isdisjoint({*HEAVY, "typer"})


def test_every_public_name_can_be_accessed() -> None:
    import pubcli

    assert all(getattr(pubcli, name) is not None for name in pubcli.__all__)
    assert set(pubcli.__all__) <= set(dir(pubcli))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(pubcli, "nothing")  # noqa: B009 - a type checker would report the missing attribute


def test_an_ordinary_command_loads_nothing_that_completes_words() -> None:
    loaded = modules(["list"])
    assert "pubcli.cli.list" in loaded
    assert not {
        name for name in loaded if "complet" in name or name in ("pubcli.cli.candidates", "pubcli.store.prefixes")
    }


def test_completion_loads_neither_typer_nor_the_models(monkeypatch: pytest.MonkeyPatch) -> None:
    modules(["list"])  # stores the sample page in the cache
    monkeypatch.setenv("_PUBCLI_COMPLETE", "words_zsh")
    run = RUN.replace(
        "print(*sorted(sys.modules), file=sys.stderr)", "print(*sorted(sys.modules), file=sys.__stderr__)"
    )
    command = [sys.executable, "-c", run, repr([["--", "list", "--author", "lo"]])]
    result = subprocess.run(command, capture_output=True, check=True)
    loaded = {name.split(".")[0] for name in result.stderr.decode().split()}
    assert result.stdout.decode().splitlines()[1:] == ["Andrew Lowy\t8 papers"]
    assert not loaded & {"typer", "click", "pydantic", "rich"}
