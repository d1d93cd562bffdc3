"""A server of Spark Connect gives the same answers as DuckDB, and clear errors."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lakes import store_and_lake
from pubcli.analysis import stats
from pubcli.errors import InputError, UsageError
from pubcli.lake import people
from pubcli.lake.addresses import shown_address
from pubcli.lake.corpus import LakeCorpus, open_lake
from pubcli.lake.counts import LakeCounts
from pubcli.lake.papers import papers
from pubcli.lake.spark_engine import translated
from pubcli.query.language import build
from pubcli.reader import read
from pubcli.store import search
from repository import SAMPLE

pytest.importorskip("duckdb")
pytest.importorskip("sqlglot")

QUERIES = (
    "privacy", "min-max games", "minmax optimization -federated", "fair (privacy year:2020.. OR year:2019)", "privcy",
    '"differential privacy"', '"private learn"* -fair', "author:lowy* fair", "category:LG ~privcy", "2019 privacy",
    "author:razaviyayn class:cs.LG", "has:code OR badge:code",
    "links:github", "machine learning year:2023", "/min.max/",
)  # fmt: skip


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until a server accepts connections; at most a minute."""
    for _ in range(600):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError


def start_sail() -> tuple["subprocess.Popen[bytes]", str]:
    """Start Sail with two workers; return the process and the address."""
    port = free_port()
    workers = {"SAIL_MODE": "local-cluster", "SAIL_CLUSTER__WORKER_INITIAL_COUNT": "2"}
    command = [str(Path(sys.executable).with_name("sail")), "spark", "server", "--ip", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ | workers, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for(port)
    return process, f"sc://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> LakeCorpus:
    """Return a lake with the papers of the sample page, asked with DuckDB."""
    return store_and_lake(read(SAMPLE).papers, tmp_path_factory.mktemp("lake"))[1]


@pytest.fixture(scope="module")
def spark(lake: LakeCorpus) -> Iterator[LakeCorpus]:
    """Return the same lake, asked with two workers of Sail."""
    pytest.importorskip("pysail")
    pytest.importorskip("pyspark")
    process, address = start_sail()
    yield open_lake(lake.folder, address, may_scan=True)
    process.kill()
    process.wait()


@pytest.mark.process
@pytest.mark.parametrize("typed", QUERIES)
def test_two_workers_give_the_same_papers_and_scores(lake: LakeCorpus, spark: LakeCorpus, typed: str) -> None:
    query = build(typed, limit=20)
    expected = search.search(lake, query, explain=True)
    answer = search.search(spark, query, explain=True)

    assert list(answer.rows) == list(expected.rows)
    assert answer.messages == expected.messages
    assert list(papers(spark, query).rows) == list(papers(lake, query).rows)


@pytest.mark.process
def test_two_workers_give_the_same_counts_and_people(lake: LakeCorpus, spark: LakeCorpus) -> None:
    query = build("fair OR private", limit=7)
    for question in (people.coauthors, people.people):
        assert list(question(spark, query).rows) == list(question(lake, query).rows)
    counts, expected = LakeCounts(spark, query.where), LakeCounts(lake, query.where)
    assert list(stats.overview(counts, query).rows) == list(stats.overview(expected, query).rows)
    for first, second in (("year", "category"), ("author", "badge"), ("team", "org")):
        table = stats.cross_tabulate(counts, first, second, query)
        assert list(table.rows) == list(stats.cross_tabulate(expected, first, second, query).rows)


@pytest.mark.process
def test_a_server_that_is_killed_is_a_clear_error(lake: LakeCorpus) -> None:
    pytest.importorskip("pysail")
    pytest.importorskip("pyspark")
    process, address = start_sail()
    corpus = open_lake(lake.folder, address)
    assert corpus.count(build("privacy").where) > 0
    process.kill()
    process.wait()

    with pytest.raises(InputError, match=f"the engine {address} cannot be reached"):
        corpus.count(build("fair").where)


def test_an_engine_that_cannot_be_reached_is_an_error_without_the_token(lake: LakeCorpus) -> None:
    pytest.importorskip("pyspark")
    address = f"sc://127.0.0.1:{free_port()}"
    with pytest.raises(InputError, match="cannot be reached") as caught:
        open_lake(lake.folder, f"{address}/;token=SECRET")

    assert address in str(caught.value)
    assert "SECRET" not in str(caught.value)


@pytest.mark.parametrize("address", ["", "spark", "postgres://user:secret@host/db", "sc://host:x", "s c://"])
def test_an_unknown_engine_is_an_error_without_secrets(lake: LakeCorpus, address: str) -> None:
    pytest.importorskip("pyspark")
    with pytest.raises(UsageError, match=r"expected .*sc://HOST:PORT") as caught:
        open_lake(lake.folder, address)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("sc://host:15002/;token=abc;user_id=x", "sc://host:15002"),
        ("sc://user:pw@host:15002", "sc://host:15002"),
        ("s3://key:secret@bucket/lake?x=1", "s3://bucket"),
        ("duckdb;token=1", "duckdb"),
    ],
)
def test_the_secrets_of_an_address_are_not_shown(address: str, shown: str) -> None:
    assert shown_address(address) == shown


def test_numbers_stay_doubles_and_texts_stay_texts_in_spark() -> None:
    sql = translated("SELECT 1.2e0, 'it''s \\ back', STRPOS(a, 'b') FROM t ORDER BY c ASC NULLS LAST")

    assert "1.2e0" in sql
    assert r"'it\'s \\ back'" in sql
    assert "NULLS LAST" in sql


def test_a_missing_or_damaged_file_is_an_error_that_names_the_lake(tmp_path: Path) -> None:
    store_and_lake(read(SAMPLE).papers, tmp_path)
    for damage in ("truncate", "remove"):
        for path in sorted((tmp_path / "postings").glob("*.parquet")):
            if damage == "remove":
                path.unlink()
            else:
                path.write_bytes(path.read_bytes()[:100])
        with pytest.raises(InputError, match=r"missing or damaged .*; pubcli lake check"):
            open_lake(str(tmp_path)).count(build("privacy").where)


def test_a_lake_in_object_storage_is_refused_without_its_secret() -> None:
    with pytest.raises(UsageError, match=r"s3://bucket is object storage") as caught:
        open_lake("s3://key:SECRET@bucket/lake")
    assert "SECRET" not in str(caught.value)
