"""The Makefile in examples/ makes all its files from the same 3,000 works in every run."""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from repository import ROOT

pytestmark = pytest.mark.process

FOLDER = ROOT / "examples" / "bibliometrics"
needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with everything that the Makefile makes."""
    for module in ("duckdb", "xlsxwriter", "matplotlib"):
        pytest.importorskip(module)
    folder = tmp_path_factory.mktemp("example")
    home = tmp_path_factory.mktemp("home")
    variables = [f"OUT={folder}", f"PYTHON={sys.executable}", f"PUBCLI={sys.executable} -m pubcli"]
    environment = {**os.environ, "HOME": str(home), "PUBCLI_CACHE_DIR": str(home / "cache")}
    result = subprocess.run(
        ["make", *variables], cwd=FOLDER, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@needs_make
def test_three_databases_become_3_000_works(out: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(out / "papers.parquet")
    assert table.num_rows == 3_000
    assert len(set(table.column("doi").to_pylist())) == 3_000
    assert sum(int(row["papers"]) for row in rows(out / "years.csv")) == 3_000
    assert sum(int(row["papers"]) for row in rows(out / "collaboration.csv")) == 3_000


@needs_make
def test_the_networks_are_those_of_the_invented_areas(out: Path) -> None:
    network = json.loads((out / "keywords.json").read_text(encoding="utf-8"))["network"]
    assert len(network["items"]) == 14
    assert len(network["links"]) == len(rows(out / "keyword-links.csv"))
    assert {row["quadrant"] for row in rows(out / "themes.csv")} <= {"motor", "basic", "niche", "emerging or declining"}
    assert (out / "citations.net").read_text(encoding="utf-8").startswith("*Vertices 300\n")
    assert all(3 <= int(row["weight"]) <= 5 for row in rows(out / "coupling.csv"))


@needs_make
def test_the_pictures_and_the_report_are_well_formed(out: Path) -> None:
    for name in ("network", "topics", "years"):
        ElementTree.fromstring((out / f"{name}.svg").read_bytes())  # noqa: S314 - pubcli wrote it
    report = (out / "report.html").read_text(encoding="utf-8")
    assert "Kites, paper folding, tides and bells" in report
    assert "Citations are known for 3,000 of 3,000 papers" in report


def test_the_data_are_the_same_in_every_run(tmp_path: Path) -> None:
    digests = set()
    for name in ("a", "b"):
        subprocess.run([sys.executable, FOLDER / "generate.py", tmp_path / name], check=True)
        files = sorted((tmp_path / name).iterdir())
        digests.add(hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest())
        assert [file.name for file in files] == ["openalex.json", "scopus.csv", "web-of-science.txt"]
    assert len(digests) == 1
