"""Folders of the repository that tests read from."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "pubcli"
DOCS = ROOT / "docs"
BENCHMARKS = ROOT / "benchmarks"
FIXTURES = ROOT / "fixtures"
INPUTS = FIXTURES / "formats"
SITES = FIXTURES / "sites"
SAMPLE = FIXTURES / "razaviyayn.txt"
GOLDEN = ROOT / "tests" / "golden"
SCHEMAS = ROOT / "tests" / "schemas"
