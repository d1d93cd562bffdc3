"""Which module may import which: the house as it is meant, held against the imports as they are."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from repository import SOURCE

LAYERS = (
    ("errors", "text", "paths", "biblio", "language"),
    ("query", "model", "answer"),
    ("sites", "inputs", "formats", "display", "graphs"),
    ("reader",),
    ("store",),
    ("analysis", "cite"),
    ("report", "plots"),
    ("cli",),
)  # fmt: skip
"""Lower rows never import higher ones. Every module stands in one row."""

HEAVY = {
    "typer": ("cli",),
    "rich": ("display", "cli.ingest"),
    "pydantic": ("model", "sites.paperfeed.build", "formats.shared.collect"),
    "matplotlib": ("plots",),
    "sqlite3": ("store", "analysis", "report", "plots", "cli"),
}  # fmt: skip
"""Modules that may import a heavy package. Those behind the store name `sqlite3.Connection` in their signatures."""

PACKAGES = {f"pubcli.{path.parent.name}" for path in SOURCE.glob("*/__init__.py")}
MODULES = sorted(path for path in SOURCE.rglob("*.py"))


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""
            if node.module in (
                "pubcli",
                "pubcli.cli",
                "pubcli.store",
                "pubcli.sites.paperfeed",
                "pubcli.formats",
                "pubcli.report",
            ):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(module: str) -> int:
    first = module.split(".")[0]
    return next(number for number, row in enumerate(LAYERS) if first in row)


def inside() -> list[Path]:
    return [path for path in MODULES if dotted(path) not in ("__init__", "__main__", "")]


def test_modules_are_found() -> None:
    assert len(inside()) > 30


@pytest.mark.parametrize("path", inside(), ids=dotted)
def test_lower_rows_never_import_higher_ones(path: Path) -> None:
    own = layer(dotted(path))
    used = {name.removeprefix("pubcli.") for name in imports(path) if name.startswith("pubcli.")}
    known = {name for row in LAYERS for name in row}
    assert [name for name in used if name.split(".")[0] in known and layer(name) > own] == []


@pytest.mark.parametrize("package", HEAVY)
def test_heavy_packages_have_few_doors(package: str) -> None:
    doors = HEAVY[package]
    importers = [dotted(path) for path in MODULES if any(name.split(".")[0] == package for name in imports(path))]
    assert importers
    assert [name for name in importers if not name.startswith(doors)] == []


def test_every_module_says_what_it_is() -> None:
    trees = {dotted(path): ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    assert [name for name, tree in trees.items() if not ast.get_docstring(tree)] == []
