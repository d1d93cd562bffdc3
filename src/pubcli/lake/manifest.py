"""The manifest of a lake, `manifest.json`: its version, its files with their row counts and checksums, its sources.

A lake consists of what its manifest lists. A new manifest replaces the old one in one step, so a reader sees a lake
before or after a change, and never in between.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pubcli.errors import InputError
from pubcli.lake.tables import TABLES, VERSION
from pubcli.text.normalize import visible
from pubcli.unfinished import unfinished_file

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "manifest.json"
_FORMAT = "pubcli lake"


class File(NamedTuple):
    """A Parquet file of a lake."""

    path: str
    """The path relative to the lake, with slashes: `postings/0001-00000.parquet`."""
    table: str
    rows: int
    bytes: int
    sha256: str
    first: str | int | None
    """The first value of the column by which the table is sorted: a word, or the number of a paper. None if empty."""
    last: str | int | None


class Block(NamedTuple):
    """A part of a lake: papers with consecutive numbers, in order of their dates."""

    first_paper: int
    """The number of the first paper."""
    papers: int
    """The number of papers."""
    years: tuple[tuple[int, int], ...] = ()
    """Each year in which papers of the block were published, in ascending order, with the number of its first paper.
    Papers without a date come before the first year."""


class Source(NamedTuple):
    """A file from which papers were read."""

    name: str
    bytes: int


class Manifest(NamedTuple):
    """The contents of a manifest."""

    papers: int
    words: int
    """The number of words of all papers together."""
    blocks: tuple[Block, ...]
    files: tuple[File, ...]
    sources: tuple[Source, ...] = ()
    """What was read."""
    generation: int = 1
    """The number of the last build or addition, counted from 1."""

    def paths(self, table: str) -> list[str]:
        """Return the relative paths of the files of a table, in order."""
        return [file.path for file in self.files if file.table == table]


def read(folder: Path) -> Manifest:
    """Return the manifest of a lake. Raises InputError if the folder is not a lake, or one of another version."""
    path = folder / NAME
    name = visible(str(folder))
    try:
        contents = json.loads(path.read_bytes())
    except FileNotFoundError:
        reason = "no such folder" if not folder.exists() else f"not a lake: it has no {NAME}"
        raise InputError(f"{name}: {reason}; pubcli lake build makes a lake") from None
    except OSError as error:
        raise InputError(f"{name}: {NAME} cannot be read: {error.strerror}") from None
    except ValueError:
        raise InputError(f"{name}: {NAME} is damaged: it is not JSON; build the lake again") from None
    return _manifest(contents, name)


def _manifest(contents: Any, name: str) -> Manifest:
    if not isinstance(contents, dict) or contents.get("format") != _FORMAT:
        raise InputError(f"{name}: {NAME} is not the manifest of a lake of pubcli")
    version = contents.get("version")
    if version != VERSION:
        newer = isinstance(version, int) and version > VERSION
        remedy = "use a newer pubcli" if newer else "build the lake again"
        raise InputError(f"{name}: the lake has version {version!r}, and this pubcli reads version {VERSION}; {remedy}")
    try:
        blocks = tuple(
            Block(**(item | {"years": tuple((year, first) for year, first in item["years"])}))
            for item in contents["blocks"]
        )
        files = tuple(File(**item) for item in contents["files"])
        sources = tuple(Source(**item) for item in contents["sources"])
        manifest = Manifest(contents["papers"], contents["words"], blocks, files, sources, contents["generation"])
    except (KeyError, TypeError, ValueError):
        raise InputError(f"{name}: {NAME} is damaged: parts are missing; build the lake again") from None
    for file in files:
        if file.table not in TABLES or ".." in file.path.split("/") or file.path.startswith("/"):
            raise InputError(f"{name}: {NAME} is damaged: {file.path!r} is not a file of a lake")
    return manifest


def summary(folder: Path) -> dict[str, Any]:
    """Return the totals of a lake: its papers, words, years, size and files. Raises InputError as `read` does."""
    manifest = read(folder)
    years = [year for block in manifest.blocks for year, _ in block.years]
    return {
        "lake": str(folder), "version": VERSION, "papers": manifest.papers, "words": manifest.words,
        "first_year": min(years, default=None), "last_year": max(years, default=None),
        "bytes": sum(file.bytes for file in manifest.files), "files": len(manifest.files),
        "sources": len(manifest.sources), "source_bytes": sum(source.bytes for source in manifest.sources),
    }  # fmt: skip


def in_order(files: Iterable[File]) -> tuple[File, ...]:
    """Return files in the order of the tables and, within a table, of the papers or the names of files."""
    order = {table: number for number, table in enumerate(TABLES)}

    def place(file: File) -> tuple[int, int, str]:
        return order[file.table], file.first if isinstance(file.first, int) else 0, file.path

    return tuple(sorted(files, key=place))


def write(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest of a lake in one step. Raises OSError if the folder cannot be written."""
    path = folder / NAME
    lists = {name: [item._asdict() for item in getattr(manifest, name)] for name in ("blocks", "files", "sources")}
    contents = {"format": _FORMAT, "version": VERSION, **manifest._asdict(), **lists}
    with unfinished_file(path) as unfinished:
        unfinished.write_text(json.dumps(contents, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        unfinished.replace(path)
