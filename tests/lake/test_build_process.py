"""Builds of lakes in processes: they are killed and continue, several workers give the same lake, disks are full."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from pubcli.lake import integrity, manifest

pytest.importorskip("duckdb")
pytestmark = pytest.mark.process


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Return files with works of OpenAlex, some of them in two files."""
    paths = [tmp_path / f"{number}.jsonl" for number in range(4)]
    for number, path in enumerate(paths):
        works = (
            {
                "id": f"https://openalex.org/W{place}", "title": f"Walks {place % 7} on trees",
                "publication_date": f"{2000 + place % 20}-05-01", "abstract_inverted_index": {"We": [0], "walk": [1]},
            }
            for place in range(200 * number, 200 * number + 210)
        )  # fmt: skip
        path.write_text("".join(json.dumps(work) + "\n" for work in works), encoding="utf-8")
    return paths


def command(files: list[Path], lake: Path, *options: str) -> list[str]:
    """Return the command that builds a lake."""
    return [sys.executable, "-m", "pubcli", "lake", "build", *map(str, files), "-o", str(lake), *options]


def run(files: list[Path], lake: Path, *options: str, **keywords: Any) -> "subprocess.CompletedProcess[str]":
    """Build a lake in a process."""
    return subprocess.run(command(files, lake, *options), capture_output=True, text=True, check=False, **keywords)


def test_several_workers_build_the_same_lake(files: list[Path], tmp_path: Path) -> None:
    assert run(files, tmp_path / "single").returncode == 0
    assert run(files, tmp_path / "several", "--workers", "2").returncode == 0
    assert manifest.read(tmp_path / "several") == manifest.read(tmp_path / "single")


@pytest.mark.skipif(os.name != "posix", reason="Windows has no SIGKILL")
def test_a_build_that_is_killed_continues(files: list[Path], tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    process = subprocess.Popen(command(files, lake, "-q"))
    receipts = lake / "building" / "receipts"
    while process.poll() is None and not list(receipts.glob("reading-*.json")):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    result = run(files, lake)

    assert result.returncode == 0
    assert "an interrupted build was continued" in result.stderr
    assert list(integrity.findings(lake)) == []
    assert [path.name for path in lake.rglob(".*")] == []
    assert manifest.read(lake).papers == 810


@pytest.mark.skipif(os.name != "posix", reason="Windows has no limit for the size of files")
def test_a_full_disk_stops_a_build_which_then_continues(files: list[Path], tmp_path: Path) -> None:
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    lake = tmp_path / "lake"
    result = run(files, lake, preexec_fn=limit)
    assert result.returncode == 74
    assert "the disk is full; free some space, then repeat the command" in result.stderr
    assert not (lake / "manifest.json").exists()
    assert run(files, lake).returncode == 0
    assert list(integrity.findings(lake)) == []


def test_a_source_that_is_missing_exits_with_status_3(files: list[Path], tmp_path: Path) -> None:
    result = run([*files, tmp_path / "missing.jsonl"], tmp_path / "lake")
    assert result.returncode == 3
    assert "missing.jsonl: no such file" in result.stderr
    assert not (tmp_path / "lake").exists()


def test_check_exits_with_status_3_if_a_file_is_cut(files: list[Path], tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    run(files, lake)
    check = [sys.executable, "-m", "pubcli", "lake", "check", str(lake), "--json"]
    sound = subprocess.run(check, capture_output=True, text=True, check=False)
    assert (sound.returncode, json.loads(sound.stdout)[0]["finding"]) == (0, "sound")
    [path] = manifest.read(lake).paths("postings")
    (lake / path).write_bytes(b"PAR1")
    damaged = subprocess.run(check, capture_output=True, text=True, check=False)
    assert damaged.returncode == 3
    assert json.loads(damaged.stdout)[0]["finding"].startswith(f"{path} has 4 bytes instead of")
