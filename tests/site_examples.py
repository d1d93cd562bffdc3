"""The example pages of other sites in `fixtures/sites`, each with what it means."""

import json
from pathlib import Path
from typing import Any

import pytest

from pubcli.sites import SITES
from repository import FIXTURES

EXAMPLES = FIXTURES / "sites"


def _is_read(site: str) -> bool:
    return any(SITES[name].reader for name in (site, f"{site}-page") if name in SITES)


def examples() -> list[tuple[Path, dict[str, Any]]]:
    """Return the text files of the sites that pubcli reads, each with what it means."""
    expectations = [(path, json.loads(path.read_text())) for path in sorted(EXAMPLES.glob("*/*.expect.json"))]
    return [
        (path.parent / name, meaning)
        for path, meaning in expectations
        for name in meaning["files"]
        if _is_read(meaning["site"]) and not meaning.get("refuse") and not name.endswith((".html", ".nbib"))
    ]


PAGES = [pytest.param(path, meaning, id=f"{path.parent.name}/{path.name}") for path, meaning in examples()]
