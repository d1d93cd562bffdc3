"""Lakes are built from files, added to, compacted and checked. What goes wrong is explained, and nothing is left."""

import gzip
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from pubcli.errors import InputError, OutputError, UsageError
from pubcli.lake import build, compaction, integrity, manifest, merging, partitions, parts, sources
from pubcli.lake.build import Outcome
from pubcli.lake.layout import Layout
from pubcli.lake.readers import Report
from pubcli.lake.tables import TABLES

duckdb = pytest.importorskip("duckdb")


def work(number: int, title: str = "Fair walks", **values: Any) -> dict[str, Any]:
    """Return a work of OpenAlex."""
    author = {"id": f"https://openalex.org/A{number}", "display_name": f"Ada Bow{number}"}
    return {
        "id": f"https://openalex.org/W{number}", "title": title, "publication_date": f"20{number % 30:02}-01-02",
        "authorships": [{"author": author}], "abstract_inverted_index": {"We": [0, 2], "walk": [1]}, **values,
    }  # fmt: skip


def write_works(path: Path, works: Iterable[dict[str, Any]]) -> Path:
    """Write works, one per line; compressed if the name of the file ends in .gz."""
    data = "".join(json.dumps(item) + "\n" for item in works).encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def build_from(lake: Path, *paths: Path, run: Callable[..., Outcome] = build.build, workers: int = 1) -> Outcome:
    """Build a lake from files, or add them to one."""
    return run([job for path in paths for job in sources.jobs(str(path))], lake, workers)


def rows(lake: Path, table: str, columns: str = "*", rest: str = "") -> list[Any]:
    """Return rows of a table of a lake."""
    files = [str(lake / path) for path in manifest.read(lake).paths(table)]
    return list(duckdb.sql(f"SELECT {columns} FROM read_parquet({files}) {rest}").fetchall())


def keys(lake: Path) -> list[str]:
    """Return the keys of the papers of a lake, in the order of their numbers."""
    return [key for (key,) in rows(lake, "papers", "key", "ORDER BY paper")]


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Return the folder of a lake that does not exist yet."""
    return tmp_path / "lake"


@pytest.fixture
def small_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a lake of few papers have several parts, blocks, partitions and files of postings."""
    monkeypatch.setattr(parts, "SIZE", 4)
    monkeypatch.setattr(parts, "PER_BLOCK", 2)
    monkeypatch.setattr(partitions, "SIZE", 3)
    monkeypatch.setattr(merging, "ROWS_PER_FILE", 10)


def test_the_key_of_a_work_is_its_identifier_and_people_have_theirs(lake: Path, tmp_path: Path) -> None:
    build_from(lake, write_works(tmp_path / "works.jsonl", [work(3), work(2), work(1)]))

    assert keys(lake) == ["W1", "W2", "W3"]
    assert rows(lake, "authorship", "name, person") == [(f"Ada Bow{number}", f"A{number}") for number in (1, 2, 3)]
    [(text,)] = rows(lake, "records", "json", "WHERE paper = 1")
    record = json.loads(text)
    assert (record["key"], record["abstract"], record["line"]) == ("W1", "We walk We", 3)


def test_compressed_works_and_those_in_parquet_give_the_same_lake(lake: Path, tmp_path: Path) -> None:
    works = [work(number) for number in range(1, 6)]
    plain = write_works(tmp_path / "works.jsonl", works)
    build_from(lake, plain)
    packed = write_works(tmp_path / "works.jsonl.gz", works)
    build_from(tmp_path / "packed", packed)
    columns = write_works(
        tmp_path / "flat.jsonl",
        [item | {"abstract_inverted_index": json.dumps(item["abstract_inverted_index"])} for item in works],
    )
    duckdb.sql(f"COPY (FROM read_json('{columns}')) TO '{tmp_path / 'part_0000.parquet'}'")
    build_from(tmp_path / "columns", tmp_path / "part_0000.parquet")

    for table in ("papers", "authorship", "postings", "vocabulary", "statistics"):
        assert rows(tmp_path / "packed", table) == rows(lake, table)
        assert rows(tmp_path / "columns", table) == rows(lake, table)


@pytest.mark.usefixtures("small_sizes")
def test_a_lake_in_many_small_files_is_sound(lake: Path, tmp_path: Path) -> None:
    outcome = build_from(lake, write_works(tmp_path / "works.jsonl", (work(number) for number in range(20))))

    assert outcome.numbering.papers == 20
    assert len(outcome.manifest.blocks) == 3
    assert len(outcome.manifest.paths("postings")) > 5
    assert list(integrity.findings(lake)) == []
    for block in outcome.manifest.blocks:
        papers = rows(lake, "papers", "year, paper", f"WHERE paper >= {block.first_paper} ORDER BY paper")
        first_papers: dict[int, int] = {}
        for year, paper in papers[: block.papers]:
            first_papers.setdefault(year, paper)
        assert tuple(first_papers.items()) == block.years


@pytest.mark.usefixtures("small_sizes")
def test_the_last_record_with_an_identifier_counts(lake: Path, tmp_path: Path) -> None:
    first = write_works(tmp_path / "1.jsonl", [*(work(number) for number in range(9)), work(3, "In between")])
    last = write_works(tmp_path / "2.jsonl", [work(3, "Later")])
    outcome = build_from(lake, first, last)

    assert outcome.numbering == (9, 2, 0)
    assert rows(lake, "papers", "folded_title", "WHERE key = 'W3'") == [("later",)]
    assert list(integrity.findings(lake)) == []


def test_equal_citation_keys_get_letters_unless_titles_are_equal(lake: Path, tmp_path: Path) -> None:
    entry = "@article{{key, title = {{{}}}, author = {{Ada Bow}}, year = 2020}}\n"
    for name, title in (("a", "Walks"), ("b", "Trees"), ("c", "Walks")):
        (tmp_path / f"{name}.bib").write_text(entry.format(title), encoding="utf-8")
    (tmp_path / "d.bib").write_text("@article{keya, title = {Taken}, year = 2021}", encoding="utf-8")
    outcome = build_from(lake, *(tmp_path / f"{name}.bib" for name in "abcd"))

    assert outcome.numbering.repeated == 1
    assert sorted(rows(lake, "papers", "key, folded_title")) == [
        ("key", "trees"), ("keya", "taken"), ("keyb", "walks")
    ]  # fmt: skip
    for key, text in rows(lake, "records JOIN papers USING (paper)".partition(" ")[0], "NULL, json"):
        assert key is None
        assert json.loads(text)["key"] in ("key", "keya", "keyb")


def test_papers_are_added_once_and_a_compact_lake_has_fewer_files(lake: Path, tmp_path: Path) -> None:
    build_from(lake, write_works(tmp_path / "1.jsonl", (work(number) for number in range(7))))
    more = write_works(
        tmp_path / "2.jsonl", [work(6, "Ignored"), *(work(number, "More walks") for number in range(7, 12))]
    )
    outcome = build_from(lake, more, run=build.add)

    assert (outcome.numbering.papers, outcome.numbering.present) == (5, 1)
    assert rows(lake, "papers", "folded_title", "WHERE key = 'W6'") == [("fair walks",)]
    assert list(integrity.findings(lake)) == []
    again = build_from(lake, more, run=build.add)
    assert again.numbering == (0, 0, 6)
    assert again.manifest == outcome.manifest
    words, papers = rows(lake, "vocabulary"), sorted(rows(lake, "papers"))
    compact = compaction.compact(lake)
    assert len(compact.files) < len(outcome.manifest.files)
    assert list(integrity.findings(lake)) == []
    assert (rows(lake, "vocabulary"), sorted(rows(lake, "papers"))) == (words, papers)
    assert sorted(path.name for path in lake.iterdir()) == sorted({*TABLES, "manifest.json"})


@pytest.mark.usefixtures("small_sizes")
@pytest.mark.parametrize(
    "job", ["reading-000001", "numbering-all", "indexing-000002", "merging-000001", "finishing-all"]
)
def test_an_interrupted_build_continues_and_gives_the_same_lake(
    lake: Path, tmp_path: Path, job: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [
        write_works(tmp_path / f"{file}.jsonl", (work(number) for number in range(6 * file, 6 * file + 6)))
        for file in range(2)
    ]
    expected = build_from(tmp_path / "whole", *files).manifest
    interrupt_after(job, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        build_from(lake, *files)
    assert not (lake / "manifest.json").exists()
    monkeypatch.undo()
    monkeypatch.setattr(parts, "SIZE", 4)
    monkeypatch.setattr(parts, "PER_BLOCK", 2)
    monkeypatch.setattr(partitions, "SIZE", 3)
    monkeypatch.setattr(merging, "ROWS_PER_FILE", 10)
    outcome = build_from(lake, *files)

    assert outcome.repeated > 0
    assert outcome.manifest == expected
    assert list(integrity.findings(lake)) == []


def interrupt_after(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupt the next build after a job has written its receipt."""

    def write(path: Path, result: Any) -> None:
        path.write_text(json.dumps(result), encoding="utf-8")
        if path.stem == name:
            raise KeyboardInterrupt

    monkeypatch.setattr("pubcli.lake.jobs._write_receipt", write)


def test_an_interrupted_build_of_other_files_is_not_continued(lake: Path, tmp_path: Path) -> None:
    path = write_works(tmp_path / "works.jsonl", [work(1)])
    layout = Layout(lake, 1)
    with build.session(layout, list(sources.jobs(str(path)))):
        pass
    other = write_works(tmp_path / "other.jsonl", [work(2)])
    with pytest.raises(UsageError, match="--restart"):
        build_from(lake, other)
    build.discard(lake)
    assert build_from(lake, other).manifest.papers == 1


def test_two_processes_do_not_build_one_lake(lake: Path, tmp_path: Path) -> None:
    path = write_works(tmp_path / "works.jsonl", [work(1)])
    with (
        build.session(Layout(lake, 1), list(sources.jobs(str(path)))),
        pytest.raises(OutputError, match="another process"),
    ):
        build_from(lake, path)


def test_a_folder_with_other_contents_is_refused(lake: Path, tmp_path: Path) -> None:
    path = write_works(tmp_path / "works.jsonl", [work(1)])
    lake.mkdir()
    (lake / "note.txt").touch()
    with pytest.raises(UsageError, match="not empty"):
        build_from(lake, path)
    (lake / "note.txt").unlink()
    build_from(lake, path)
    with pytest.raises(UsageError, match="lake add"):
        build_from(lake, path)


def test_files_without_papers_make_no_lake(lake: Path, tmp_path: Path) -> None:
    path = write_works(tmp_path / "works.jsonl", [work(1, "")])
    with pytest.raises(InputError, match="no papers"):
        build_from(lake, path)
    assert not (lake / "manifest.json").exists()


def test_records_that_are_not_understood_are_counted(lake: Path, tmp_path: Path) -> None:
    path = write_works(tmp_path / "works.jsonl", [work(1), work(2, ""), work(3, authorships="Ada")])
    path.write_bytes(path.read_bytes() + b'{"id": \n"W9"}\n')
    outcome = build_from(lake, path)

    assert keys(lake) == ["W1", "W3"]
    assert outcome.problems == 3
    assert [problem["line"] for problem in outcome.first_problems] == [2, 4, 5]


def test_a_damaged_source_is_an_input_error(lake: Path, tmp_path: Path) -> None:
    packed = write_works(tmp_path / "works.jsonl.gz", (work(number) for number in range(500)))
    packed.write_bytes(packed.read_bytes()[:-300])
    with pytest.raises(InputError, match="damaged"):
        build_from(lake, packed)
    (tmp_path / "part.parquet").write_bytes(b"PAR1" + bytes(100))
    with pytest.raises(InputError, match="cannot be read"):
        build_from(tmp_path / "other", tmp_path / "part.parquet")


@pytest.mark.parametrize(
    ("name", "error", "reason"),
    [
        ("missing.jsonl", InputError, "no such file"),
        (".", InputError, "is not a file"),
        ("-", UsageError, "store standard input in one"),
        ("@clipboard", UsageError, "store the clipboard in one"),
        ("works.txt.gz", InputError, "decompress it first"),
        ("cut.jsonl.gz", InputError, "not a valid gzip file"),
    ],
)
def test_inputs_that_cannot_be_divided_into_jobs_are_refused(
    tmp_path: Path, name: str, error: type[Exception], reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "works.txt.gz").write_bytes(gzip.compress(b"Some text"))
    (tmp_path / "cut.jsonl.gz").write_bytes(b"\x1f\x8b" + bytes(40))
    with pytest.raises(error, match=reason):
        list(sources.jobs(name))


def test_long_files_are_divided_between_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_PIECE", 2_000)
    monkeypatch.setattr(sources, "_BLOCK", 700)
    from pubcli.lake import readers

    path = write_works(tmp_path / "works.jsonl", (work(number) for number in range(40)))
    jobs = list(sources.jobs(str(path)))
    papers = [item.paper for job in jobs for item in readers.read(job, Report())]
    assert len(jobs) > 3
    assert [(paper.key, paper.line) for paper in papers] == [(f"W{number}", number + 1) for number in range(40)]


@pytest.fixture
def sound_lake(lake: Path, tmp_path: Path) -> Path:
    """Return a small lake that is sound."""
    build_from(lake, write_works(tmp_path / "works.jsonl", (work(number) for number in range(5))))
    assert list(integrity.findings(lake)) == []
    return lake


def test_a_missing_file_a_short_one_and_a_changed_one_are_damage(sound_lake: Path) -> None:
    [papers], [records], [postings] = (manifest.read(sound_lake).paths(t) for t in ("papers", "records", "postings"))
    (sound_lake / papers).unlink()
    (sound_lake / records).write_bytes((sound_lake / records).read_bytes()[:-5])
    data = bytearray((sound_lake / postings).read_bytes())
    data[len(data) // 2] ^= 1
    (sound_lake / postings).write_bytes(data)
    found = " ".join(integrity.findings(sound_lake))

    assert f"{papers} is missing" in found
    assert f"{records} has" in found
    assert f"the contents of {postings} have changed" in found


@pytest.mark.parametrize(
    ("table", "select", "finding"),
    [
        ("postings", "SELECT * FROM old ORDER BY paper, word", "not sorted"),
        ("postings", "SELECT * FROM old WHERE word <> 'walk'", "words in the table postings"),
        ("postings", "SELECT * REPLACE (1 AS length) FROM old", "do not follow from its record"),
        ("vocabulary", "SELECT word, papers + 1 AS papers FROM old", "wrong number of papers for"),
        ("papers", "SELECT * REPLACE ('x' AS folded_title) FROM old", "do not follow from its record"),
        ("authorship", "SELECT * REPLACE ('x' AS folded) FROM old", "do not follow from its record"),
        ("statistics", "SELECT * REPLACE (9 AS papers) FROM old", "papers in the table statistics"),
    ],
)
def test_tables_that_contradict_each_other_are_damage(sound_lake: Path, table: str, select: str, finding: str) -> None:
    from pubcli.lake import parquet

    [path] = manifest.read(sound_lake).paths(table)
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE old AS FROM read_parquet('{sound_lake / path}')")
        parquet.copy(database, select, sound_lake / path)
        changed = parquet.file_of(database, sound_lake, table, sound_lake / path)
    contents = manifest.read(sound_lake)
    files = tuple(changed if file.path == path else file for file in contents.files)
    manifest.write(sound_lake, contents._replace(files=files))
    assert finding in " ".join(integrity.findings(sound_lake))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "not a lake"),
        ("{", "is damaged: it is not JSON"),
        ("[]", "is not the manifest"),
        ('{"format": "pubcli lake", "version": 99}', "use a newer pubcli"),
        ('{"format": "pubcli lake", "version": 0}', "build the lake again"),
        ('{"format": "pubcli lake", "version": 1}', "parts are missing"),
    ],
)
def test_a_manifest_that_is_not_valid_is_an_input_error(tmp_path: Path, text: str | None, reason: str) -> None:
    if text is not None:
        (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        manifest.read(tmp_path)


def test_a_manifest_does_not_lead_out_of_the_lake(sound_lake: Path) -> None:
    contents = manifest.read(sound_lake)
    outside = contents.files[0]._replace(path="../../etc/passwd")
    manifest.write(sound_lake, contents._replace(files=(outside,)))
    with pytest.raises(InputError, match="not a file of a lake"):
        manifest.read(sound_lake)
