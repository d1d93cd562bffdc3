"""Commands about people: co-authors, the network, chains, and several names of one person."""

import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx  # type: ignore[import-untyped]
import pytest
from rich.cells import cell_len

from repository import FIXTURES, SAMPLE

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Screen = Callable[..., "subprocess.CompletedProcess[str]"]
PAGE = ("-p", "page.txt")


def rows(result: "subprocess.CompletedProcess[bytes]") -> list[dict[str, Any]]:
    assert result.returncode in (0, 1), result.stderr
    matches: list[dict[str, Any]] = json.loads(result.stdout)
    return matches


@pytest.fixture
def aliases(tmp_path: Path) -> Path:
    path = tmp_path / "aliases.txt"
    path.write_text("Ali B. = Ali Behrouz = Zeman Li\n", encoding="utf-8")
    return path


# Co-authors


def test_coauthors_with_a_name_lists_the_shared_papers(pubcli: Program) -> None:
    matches = rows(pubcli("coauthors", "--with", "lowy", "--json", *PAGE))
    assert matches == rows(pubcli("list", "--author", "andrew lowy", "--json", *PAGE))
    part = rows(pubcli("coauthors", "--with", "lowy", "--sort", "title", "-n", "2", "year:2021", "--json", *PAGE))
    assert part == rows(pubcli("list", "-a", "andrew lowy", "-s", "title", "-n", "2", "-y", "2021", "--json", *PAGE))


def test_coauthors_can_be_listed_by_period(pubcli: Program) -> None:
    matches = rows(pubcli("coauthors", "--period", "4", "--json", *PAGE))
    assert [row["period"] for row in matches] == ["2016..2019", "2020..2023", "2024..2026"]
    assert pubcli("coauthors", "--period", "4", "--sort", "name", *PAGE).returncode == 2
    assert pubcli("coauthors", "--period", "0", *PAGE).returncode == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ("coauthors", "--with", "lowy", "year:2030"),
        ("coauthors", "--period", "2", "year:2030"),
        ("people", "year:2030"),
        ("people", "--variants"),
        ("network", "year:2030"),
        ("network", "--min-weight", "99"),
        ("network", "--ego", "lowy", "year:2030"),
        ("people", "path", "lowy", "baharlouei", "year:2030"),
    ],
    ids=" ".join,
)
def test_an_empty_answer_exits_with_status_1_and_a_note(pubcli: Program, arguments: tuple[str, ...]) -> None:
    result = pubcli(*arguments, "--json", *PAGE)
    assert (result.returncode, result.stdout) == (1, b"[]\n")
    assert b"note: " in result.stderr


@pytest.mark.parametrize(
    ("arguments", "stderr"),
    [
        (("coauthors", "--with", "lowi"), "did you mean"),
        (("network", "--ego", "nobody"), "no person has the name"),
        (("people", "path", "lowy", "a"), "may be"),
        (("people", "path", "lowy", "andrew lowy"), "same person"),
        (("people", "path", "lowy"), "NAME"),
        (("network", "--min-weight", "0"), "--min-weight"),
        (("network", "-f", "grapml"), "did you mean graphml"),
        (("network", "-f", "graphml", "--json"), "writes a whole graph"),
        (("network", "-o", "x.xyz"), ".xyz"),
        (("network", "--sort", "degre"), "degree"),
        (("people", "--sort", "names"), "names"),
        (("people", "same", "A", "B", "--variants"), "No such option: --variants"),
        (("people", "same", "A"), "there is no such library"),
        (("people", "--aliases", ""), "--aliases"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_invalid_arguments_exit_with_status_2_or_3(pubcli: Program, arguments: tuple[str, ...], stderr: str) -> None:
    pages = () if "same" in arguments else PAGE
    result = pubcli(*arguments, *pages)
    assert result.returncode in (2, 3)
    assert stderr in result.stderr.decode()


# One person under several names


@pytest.mark.parametrize("source", ["option", "variable"])
def test_an_alias_file_applies_to_every_command(pubcli: Program, aliases: Path, source: str) -> None:
    def answer(*arguments: str) -> list[dict[str, Any]]:
        option = ("--aliases", aliases) if source == "option" else ()
        env = {} if source == "option" else {"PUBCLI_ALIASES": str(aliases)}
        return rows(pubcli(*arguments, *option, "--json", *PAGE, env=env))

    names = ["Ali B.", "Ali Behrouz", "Zeman Li"]
    for command in ("coauthors", "people", "network"):
        (matches,) = [row for row in answer(command) if row["name"] == "Ali B."]
        assert (matches["papers"], matches["names"]) == (7, names[1:])
    assert len(answer("coauthors", "--with", "zeman li")) == 7
    assert answer("people", "path", "ali b.", "yuan deng")[0]["name"] == "Ali B."


def test_an_alias_file_that_cannot_be_read_is_reported(pubcli: Program, tmp_path: Path) -> None:
    (tmp_path / "bad").write_text("A = B\nC\n")
    for name, stderr in (("absent", b"absent: the aliases"), ("bad", b"bad, line 2: only one name")):
        result = pubcli("people", *PAGE[:1], Path("page.txt"), "--aliases", tmp_path / name)
        assert (result.returncode, stderr in result.stderr) == (3, True)


def test_decisions_about_names_survive_changes_of_the_library(pubcli: Program, tmp_path: Path) -> None:
    env = {"PUBCLI_LIBRARY": str(tmp_path / "library.sqlite")}
    old, new, sample = (FIXTURES / f"{name}.txt" for name in ("colleague-older", "colleague-newer", "razaviyayn"))
    text = sample.read_text(encoding="utf-8").replace("Sina Baharlouei, Shivam", "S. Baharlouei, Shivam")
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    pubcli("add", tmp_path / "page.txt", old, "--as-of", "2026-01-15", env=env)
    (proposal,) = rows(pubcli("people", "--variants", "--json", env=env))
    assert (proposal["name"], proposal["other_name"]) == ("S. Baharlouei", "Sina Baharlouei")
    assert "Meisam Razaviyayn" in proposal["evidence"]

    def paper_counts() -> list[int]:
        return [
            row["papers"] for row in rows(pubcli("people", "baharlouei", "--json", env=env)) if "Bahar" in row["name"]
        ]

    original_counts = paper_counts()
    assert pubcli("people", "same", "S. Baharlouei", "sina", env=env).returncode == 0
    assert paper_counts() == [sum(original_counts)]
    pubcli("add", new, "--as-of", "2026-06-15", env=env)
    pubcli("library", "remove", "nora", "--yes", env=env)
    assert paper_counts() == [sum(original_counts)]
    assert pubcli("library", "check", env=env).returncode == 0
    assert pubcli("people", "different", "S. Baharlouei", "Sina Baharlouei", env=env).returncode == 0
    assert paper_counts() == original_counts
    assert [row["decision"] for row in rows(pubcli("people", "--variants", "--json", env=env))] == ["different"]
    assert pubcli("people", "forget", "S. Baharlouei", "Sina Baharlouei", env=env).returncode == 0
    assert rows(pubcli("people", "--variants", "--json", env=env)) == [proposal]


def test_merging_two_authors_of_one_paper_causes_a_note(pubcli: Program, tmp_path: Path) -> None:
    env = {"PUBCLI_LIBRARY": str(tmp_path / "library.sqlite")}
    pubcli("add", FIXTURES / "razaviyayn.txt", "--as-of", "2026-11-23", env=env)
    result = pubcli("people", "same", "Ali Behrouz", "Zeman Li", env=env)

    assert result.returncode == 0
    stderr = result.stderr.decode().splitlines()
    assert stderr[0] == "note: now one person: Ali Behrouz; Zeman Li"
    assert any(
        line.startswith("note: Ali Behrouz and Zeman Li are both authors of li2025tnt (TNT: ") for line in stderr
    )


def test_a_query_may_begin_with_the_word_same(pubcli: Program) -> None:
    result = pubcli("people", '"same"', "--json", *PAGE)
    assert result.returncode in (0, 1)


# Graph files


def test_the_suffix_or_the_format_selects_a_graph_file(pubcli: Program, tmp_path: Path) -> None:
    for name in ("a.graphml", "a.gexf", "a.dot", "a.net"):
        assert pubcli("network", *PAGE, "-q", "-o", tmp_path / name).returncode == 0
    graph = nx.read_graphml(tmp_path / "a.graphml")
    assert len(graph) == len(rows(pubcli("network", "--json", *PAGE)))
    assert nx.read_gexf(tmp_path / "a.gexf").number_of_edges() == graph.number_of_edges()
    result = pubcli("network", *PAGE, "-f", "graphml")
    assert result.stdout == (tmp_path / "a.graphml").read_bytes()
    assert b"30 of 50 author lists" in result.stderr
    assert pubcli("network", *PAGE, "-q", "-f", "csv", "-n", "2").stdout.count(b"\r\n") == 3
    part = nx.read_graphml(io.BytesIO(pubcli("network", *PAGE, "--ego", "lowy", "-f", "graphml").stdout))
    assert len(part) == 9


def test_an_empty_graph_exits_with_status_1_and_is_a_valid_file(pubcli: Program) -> None:
    result = pubcli("network", *PAGE, "year:2030", "-f", "graphml")
    assert result.returncode == 1
    assert len(nx.read_graphml(io.BytesIO(result.stdout))) == 0


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_same_command_gives_the_same_bytes(pubcli: Program, seed: str) -> None:
    for arguments in (("network", "-f", "gexf"), ("network", "--json"), ("people", "--json"), ("coauthors", "--json")):
        result = pubcli(*arguments, *PAGE, env={"PYTHONHASHSEED": seed})
        assert result.stdout == pubcli(*arguments, *PAGE).stdout


# Screens


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize(
    "question",
    [
        ("coauthors",),
        ("coauthors", "--period", "3"),
        ("people",),
        ("network",),
        ("people", "path", "sumit nawathe", "bateni"),
    ],
    ids=" ".join,
)
def test_tables_fit_the_terminal(terminal: Screen, question: tuple[str, ...], columns: int) -> None:
    result = terminal(*question, *PAGE, columns=columns, env={"TERM": "dumb"})
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    assert [line for line in lines if cell_len(line) > columns] == []
    assert lines[0].split()[0] in ("Name", "Period", "Step")
    assert "lists are incomplete" in " ".join(result.stdout.split()).replace("author lists", "lists")


def test_a_file_of_names_records_decisions_about_many_people_as_one_change(
    pubcli: Program, home: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.txt"
    page.write_text(SAMPLE.read_text().replace("Sina Baharlouei", "S. Baharlouei", 1).replace("Zeman Li", "Z. Li", 1))
    names = tmp_path / "names.txt"
    names.write_text("S. Baharlouei = Sina Baharlouei\n# a comment\nZ. Li = Zeman Li\n")
    assert pubcli("add", str(page)).returncode == 0

    result = pubcli("people", "same", "--aliases", str(names))
    assert result.stderr.decode().splitlines() == [
        "note: now one person: S. Baharlouei; Sina Baharlouei",
        "note: now one person: Z. Li; Zeman Li",
    ]
    pairs = json.loads(pubcli("people", "--variants", "--json").stdout)
    assert [row["decision"] for row in pairs if row["name"] in ("S. Baharlouei", "Z. Li")] == ["same", "same"]
    assert b"people same --aliases" in pubcli("library", "undo").stderr
    assert {row["decision"] for row in json.loads(pubcli("people", "--variants", "--json").stdout)} == {"proposed"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "type the names of one person, or a file of names"),
        (("A", "B", "--aliases", "names.txt"), "type the names of one person, or a file of names"),
        (("--aliases", "empty.txt"), "empty.txt has no names"),
        (("--aliases", "missing.txt"), "missing.txt: the aliases cannot be read"),
    ],
)
def test_same_needs_names_or_a_file_of_names(
    pubcli: Program, tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    (tmp_path / "names.txt").write_text("A = B\n")
    (tmp_path / "empty.txt").write_text("# nothing\n")
    result = pubcli("people", "same", *words, cwd=tmp_path)
    assert result.returncode in (2, 3)
    assert message in result.stderr.decode()
