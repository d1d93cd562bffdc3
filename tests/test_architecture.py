"""docs/architecture.md names every package, and only modules that exist.

`UPDATE_README=1 pytest tests/test_architecture.py` regenerates its table of imports.
"""

import os
import re
from collections.abc import Iterator

import pytest

from repository import DOCS, ROOT, SOURCE
from test_layers import MAY_IMPORT

PAGE = DOCS / "architecture.md"
IMPORTS = re.compile(r"(?<=<!-- imports -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)
MODULE = re.compile(r"[\w/]+\.py|[a-z][\w/]*/")
"""Matches the path of a module or a folder."""


@pytest.fixture
def page() -> str:
    return PAGE.read_text(encoding="utf-8")


def path(name: str) -> str:
    """Return the path of a package or module below `src/pubcli`: `formats/ris/`, `errors.py`."""
    parts = name.replace(".", "/")
    return f"{parts}/" if (SOURCE / parts).is_dir() else f"{parts}.py"


def import_table() -> str:
    rows = ((name, allowed.split()) for name, allowed in MAY_IMPORT.items())
    lines = (f"| `{path(name)}` | {', '.join(map(path, allowed)) or 'nothing'} |\n" for name, allowed in rows)
    return "".join(["\n| package | may import |\n|---|---|\n", *lines, "\n"])


def test_the_table_of_imports_matches_the_layers_test(page: str) -> None:
    if os.environ.get("UPDATE_README"):
        PAGE.write_text(IMPORTS.sub(lambda _: import_table(), page), encoding="utf-8")
        return
    match = IMPORTS.search(page)
    assert match
    assert match[0] == import_table()


def test_every_package_has_one_sentence(page: str) -> None:
    sentences = dict(re.findall(r"^\| `([\w/.]+)` \| ([A-Z].*\.) \|$", page, re.MULTILINE))
    assert list(sentences) == [path(name) for name in MAY_IMPORT if path(name) in sentences]
    assert [name for name in map(path, MAY_IMPORT) if name not in sentences] == []


def modules_named_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each module and folder in the text, with the folders that precede it on the same line."""
    for line in text.splitlines():
        folders = [""]
        for name in re.findall(MODULE, re.sub(r"\]\([^)]*\)", "", line)):
            if name.endswith("/"):
                folders.append(name)
            else:
                folders.append(name.rpartition("/")[0] + "/")
            yield name, " ".join(folders)


def test_every_module_that_the_page_names_exists(page: str) -> None:
    missing = [
        name
        for name, folders in modules_named_in(page)
        if not any((base / folder / name).exists() for base in (SOURCE, ROOT) for folder in folders.split(" "))
    ]
    assert missing == []
