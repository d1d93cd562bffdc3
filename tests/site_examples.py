"""The example pages of other sites in `fixtures/sites`, each with what it means."""

import json
from pathlib import Path
from typing import Any

import pytest

from pubcli.sites import SITES
from repository import FIXTURES

EXAMPLES = FIXTURES / "sites"


def _is_read(site: str, file: str) -> bool:
    """Return whether pubcli reads a file of a site: one that was copied, or one that was saved as HTML."""
    rows = [SITES[name] for name in (site, f"{site}-page") if name in SITES]
    return any(row.html if file.endswith(".html") else row.reader for row in rows)


def examples() -> list[tuple[Path, dict[str, Any]]]:
    """Return the files of the sites that pubcli reads, each with what it means."""
    expectations = [(path, json.loads(path.read_text())) for path in sorted(EXAMPLES.glob("*/*.expect.json"))]
    return [
        (path.parent / name, meaning)
        for path, meaning in expectations
        for name in meaning["files"]
        if _is_read(meaning["site"], name) and not meaning.get("refuse") and not name.endswith(".nbib")
    ]


_PARAMETERS = {path: pytest.param(path, meaning, id=f"{path.parent.name}/{path.name}") for path, meaning in examples()}
PAGES = [parameter for path, parameter in _PARAMETERS.items() if path.suffix != ".html"]
"""The copied pages."""
HTML_PAGES = [parameter for path, parameter in _PARAMETERS.items() if path.suffix == ".html"]
"""The pages that a browser saved, of sites with a reader of HTML."""
