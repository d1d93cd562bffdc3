"""One table lists the packages that each package may import; it must match the imports in the source.

The packages and their imports are read from `src/pubcli`, so a new folder fails until it has a row here, and a row
fails while it allows an import that no module needs. docs/architecture.md shows the same table.
"""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from repository import SOURCE

MAY_IMPORT = {
    # Strings, errors and folders: no records.
    "lazy": "",
    "errors": "",
    "paths": "",
    "text": "",
    "unfinished": "",
    # The rules of the field, and records.
    "biblio": "errors text",
    "model": "text",
    "query": "biblio errors text",
    "answer": "biblio query text",
    # From bytes to records, and from answers to bytes.
    "inputs": "errors text",
    "sites": "",
    "formats": "answer biblio errors formats.shared formats.tabular inputs sites text",
    "formats.shared": "answer biblio errors inputs model text",
    "formats.bibtex": "answer biblio formats formats.shared inputs model text",
    "formats.csl_json": "answer biblio formats formats.shared inputs model text",
    "formats.json": "answer biblio formats formats.shared inputs model text",
    "formats.parquet": "answer errors formats formats.json formats.shared text",
    "formats.sqlite": "answer errors formats formats.shared text",
    "formats.xlsx": "answer errors formats formats.shared text",
    "formats.ris": "answer biblio formats formats.shared inputs model text",
    "formats.services": "biblio formats.bibtex formats.shared formats.tabular inputs model text",
    "formats.tabular": "answer biblio errors formats formats.shared inputs model text",
    "sites.paperfeed": "biblio errors inputs model sites text",
    "sites.google_scholar": "biblio formats.shared inputs model",
    "sites.acl": "biblio formats.shared inputs model",
    "sites.arxiv_page": "biblio formats.shared inputs model",
    "sites.dblp_page": "biblio formats.shared inputs model",
    "sites.pubmed": "biblio formats.shared inputs model",
    "reader": "errors formats formats.shared inputs model sites sites.paperfeed text",
    "display": "answer biblio errors formats query text",
    "graphs": "answer text",
    # The engine.
    "language": "text",
    "store": "answer biblio errors inputs language model paths query text unfinished",
    "store.library": (
        "answer biblio errors formats formats.bibtex formats.shared inputs model paths query reader store text "
        "unfinished"
    ),
    # Questions, and the ways to show their answers.
    "analysis": "answer biblio display errors graphs language query store store.library text",
    "cite": "answer errors formats.csl_json text",
    "plots": "analysis errors graphs query store text",
    "report": "analysis answer biblio display graphs query store text",
    "lake": (
        "analysis answer biblio errors formats formats.services formats.shared inputs model query reader store "
        "store.library text unfinished"
    ),
    # The program.
    "browse": ("analysis answer biblio cite display errors formats language paths query store text unfinished"),
    "cli": (
        "analysis answer biblio browse cite display errors formats formats.bibtex formats.tabular graphs inputs lake "
        "model paths plots query reader report store store.library text unfinished"
    ),
    "__main__": "cli",
}
"""Each package and each module at the top, with the packages that its modules may import: only rows above its own.

`pubcli` itself has no row: its `__init__` resolves public names on use, and any module may import its version. Any
module may import `lazy` too, so the rows do not name it.
"""

HEAVY = {
    "typer": "cli.typer_program",
    "rich": "browse display cli.ingest",
    "textual": "browse",
    "pydantic": "model sites.paperfeed.build formats.shared.collect",
    "pydantic_core": "lake.entries",
    "sqlite3": "store analysis browse.worker formats.sqlite",
    "duckdb": "lake formats.parquet",
    "sqlglot": "lake.spark_engine",
    "pyspark": "lake.spark_engine",
    "matplotlib": "plots",
    "regex": "query.patterns",
    "charset_normalizer": "inputs.recoding",
    "selectolax": "formats.shared.html_page",
    "citeproc": "cite",
    "lxml": "cite",
    "watchfiles": "cli.watching",
    "xlsxwriter": "formats.xlsx",
}
"""Packages that take long to import, with the packages and modules that may import them.

Outside store/ and formats.sqlite, modules import sqlite3 only to annotate a connection.
"""

AT_THE_TOP = 8
"""The largest number of modules that lie at the top of `src/pubcli`, outside its packages."""


def dotted(path: Path) -> str:
    """Return the name of a module or package below `pubcli`; empty for `pubcli` itself."""
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix("__init__").rstrip(".")


MODULES = {dotted(path): path for path in sorted(SOURCE.rglob("*.py"))}
PACKAGES = {
    name
    for name, path in MODULES.items()
    if path.name == "__init__.py" and not name.startswith("cli.")  # commands of two words belong to the command line
}
TOP_MODULES = {name for name in MODULES if "." not in name} - PACKAGES


def package(module: str) -> str:
    """Return the innermost package that holds a module; a module at the top is its own package."""
    return module if module in PACKAGES | TOP_MODULES else package(module.rpartition(".")[0])


@cache
def tree(module: str) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@cache
def imports(module: str) -> frozenset[str]:
    """Return the full names of all modules that a module imports, inside functions as well."""
    return frozenset(_imports(tree(module)))


def _imports(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, "imports are absolute"
            for alias in node.names:
                name = f"{node.module}.{alias.name}"  # a module of a package, or a name within a module
                yield name if name.removeprefix("pubcli.") in MODULES else node.module


def internal_imports(module: str) -> set[str]:
    """Return the modules of pubcli that a module imports, by their names below `pubcli`."""
    names = {name.removeprefix("pubcli.") for name in imports(module) if name.startswith("pubcli.")}
    assert names <= set(MODULES)
    return names


@cache
def imported_packages() -> dict[str, set[str]]:
    """Return the packages that the modules of each package import, by package."""
    packages: dict[str, set[str]] = defaultdict(set)
    for module in MODULES:
        packages[package(module)] |= {package(name) for name in internal_imports(module)} - {package(module), "lazy"}
    return packages


def test_every_package_and_every_module_at_the_top_has_a_row() -> None:
    assert (PACKAGES | TOP_MODULES) - {""} == set(MAY_IMPORT)


@pytest.mark.parametrize("name", MAY_IMPORT)
def test_a_package_imports_only_what_its_row_allows(name: str) -> None:
    assert sorted(imported_packages()[name] - set(MAY_IMPORT[name].split())) == []


@pytest.mark.parametrize("name", MAY_IMPORT)
def test_a_row_allows_only_imports_that_exist(name: str) -> None:
    assert sorted(set(MAY_IMPORT[name].split()) - imported_packages()[name]) == []


def layer(name: str) -> str:
    """Return the package or the group of packages whose order in the table counts.

    Packages inside `formats` and inside `store` may import each other in both directions.
    """
    top = name.split(".")[0]
    return top if top in ("formats", "store") else name


def test_a_row_allows_only_rows_above_it() -> None:
    order = list(dict.fromkeys(map(layer, MAY_IMPORT)))
    for name, allowed in MAY_IMPORT.items():
        top = order.index(layer(name))
        assert [other for other in allowed.split() if order.index(layer(other)) > top] == [], name


def test_modules_have_no_circular_imports() -> None:
    TopologicalSorter({module: internal_imports(module) for module in MODULES if module}).prepare()


def test_few_modules_are_outside_packages() -> None:
    assert len(TOP_MODULES | {"__init__"}) <= AT_THE_TOP


def is_listed(module: str, listed_modules: str) -> bool:
    return any(
        module == listed_module or module.startswith(f"{listed_module}.") for listed_module in listed_modules.split()
    )


@pytest.mark.parametrize("name", HEAVY)
def test_slow_packages_are_imported_only_by_the_listed_modules(name: str) -> None:
    importers = [module for module in MODULES if name in {full.split(".")[0] for full in imports(module)}]
    assert [module for module in importers if not is_listed(module, HEAVY[name])] == []
    unused = [
        listed_module
        for listed_module in HEAVY[name].split()
        if not any(is_listed(module, listed_module) for module in importers)
    ]
    assert unused == []


def test_every_third_party_package_has_a_list_of_importing_modules() -> None:
    packages = {name.split(".")[0] for module in MODULES for name in imports(module)}
    assert packages - sys.stdlib_module_names - {"pubcli"} == set(HEAVY) - sys.stdlib_module_names


def test_every_module_has_a_docstring() -> None:
    assert [name for name in MODULES if not ast.get_docstring(tree(name))] == []
