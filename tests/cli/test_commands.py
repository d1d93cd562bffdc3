"""Options on the command line: their position, repetition and short forms, and the file that an answer goes to.

Other tests cover which papers a filter selects; these only check that each option takes effect.
"""

import csv
import io
import json
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pubcli.cli import COMMANDS, GROUPS
from pubcli.cli.typer_program import app

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Rows = list[dict[str, Any]]

PAPER_FIELDS = (
    "key", "position", "profile", "title", "title_guessed", "authors", "authors_complete", "org", "category",
    "classes", "date", "date_assumed", "badges", "code", "abstract", "links", "cut", "source", "line",
    "also_on", "shown_by", "date_precision", "kind", "doi", "arxiv", "venue", "volume", "issue", "pages", "publisher",
    "url", "citations", "keywords", "extra",
)  # fmt: skip
OTHER = "Zo\u00eb Other\n\nh-index3\n1papers\n\nOCJan 2, 2020\nAnother Title\n\nZo\u00eb Other, Al Bo\n\nText.\n\n"
BIBLIOGRAPHY = "@misc{lowy2022, title = {Private}, author = {Lowy, Andrew and Razaviyayn, M.}, year = 2022}\n"
HEADLESS = "LGMar 3\nYear-less Title\n\nAl Bo, Cy Do\n\nText.\n\nLGMar 13, 2015\nOld Title\n\nAl Bo\n\nText.\n\n"


@pytest.fixture(scope="module")
def papers(pubcli: Program) -> Rows:
    """Return the papers of the real page as `list --json` prints them."""
    return rows(pubcli("list", "--json", "-p", "page.txt"))


@pytest.fixture
def other_page(home: Path) -> Path:
    """Write a second page next to the real one and return its path."""
    path = home / "other.txt"
    path.write_text(OTHER, encoding="utf-8")
    return path


def rows(result: "subprocess.CompletedProcess[bytes]") -> Rows:
    assert result.returncode == 0, result.stderr
    matches: Rows = json.loads(result.stdout)
    return matches


def titles(result: "subprocess.CompletedProcess[bytes]") -> list[str]:
    return [row["title"] for row in rows(result)]


# Position of options


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "-p", "page.txt", "-c", "LG", "--json", "-n", "3", "privacy", "fair"),
        ("list", "privacy", "-p", "page.txt", "fair", "-c", "LG", "-n", "3", "--json"),
        ("list", "privacy", "fair", "--json", "--category=LG", "--limit=3", "--profile=page.txt"),
        ("list", "--json", "-ppage.txt", "-cLG", "-n3", "privacy fair"),
        ("list", "--json", "-p", "page.txt", "-c", "lg", "-n", "3", "--", "privacy", "fair"),
    ],
    ids=" ".join,
)
def test_options_may_be_anywhere_after_the_command(pubcli: Program, papers: Rows, arguments: tuple[str, ...]) -> None:
    matches = titles(pubcli(*arguments))
    assert 0 < len(matches) <= 3
    assert all(paper["category"] == "LG" for paper in papers if paper["title"] in matches)


def test_options_of_a_command_must_follow_it(pubcli: Program) -> None:
    result = pubcli("-c", "LG", "list", "privacy")
    assert (result.returncode, result.stdout) == (2, b"")


def test_after_two_dashes_a_minus_excludes_a_word(pubcli: Program, papers: Rows) -> None:
    matches = titles(pubcli("list", "--json", "-p", "page.txt", "--", "-federated"))
    quoted = titles(pubcli("list", "--json", "-p", "page.txt", "NOT federated"))
    assert matches == quoted
    assert 0 < len(matches) < len(papers)


def test_words_of_several_arguments_are_one_query(pubcli: Program) -> None:
    separate_words = pubcli("search", "--json", "-p", "page.txt", "author:lowy", "-c", "LG", "OR", "author:li")
    quoted_query = pubcli("search", "--json", "-p", "page.txt", "-c", "LG", "author:lowy OR author:li")
    assert separate_words.stdout == quoted_query.stdout
    assert rows(quoted_query)


def test_a_page_among_the_words_is_an_error_that_names_the_profile_option(pubcli: Program, other_page: Path) -> None:
    result = pubcli("list", "-p", "page.txt", other_page.name)
    assert result.returncode == 2
    assert b"--profile" in result.stderr
    assert other_page.name.encode() in result.stderr


# Filters


@pytest.mark.parametrize(
    ("arguments", "holds"),
    [
        (("--category", "OC"), lambda paper: paper["category"] == "OC"),
        (("-c", "OC", "-c", "CL"), lambda paper: paper["category"] in ("OC", "CL")),
        (("--author", "LOWY"), lambda paper: any("Lowy" in name for name in paper["authors"])),
        (
            ("-a", "lowy", "-a", "raza"),
            lambda paper: {"Andrew Lowy", "Meisam Razaviyayn"} <= set(paper["authors"]),
        ),
        (("--title", "private"), lambda paper: "private" in paper["title"].lower()),
        (("--org", "ibm"), lambda paper: paper["org"] == "ibm-research"),
        (("--year", "2021"), lambda paper: paper["date"][:4] == "2021"),
        (("-y", "2021..2022"), lambda paper: "2021" <= paper["date"][:4] <= "2022"),
        (("-y", "..2019"), lambda paper: paper["date"][:4] <= "2019"),
        (("--since", "2025-03"), lambda paper: paper["date"] >= "2025-03"),
        (("--until", "2019-06"), lambda paper: paper["date"] <= "2019-06-30"),
        (("--since", "2021-06-01", "--until", "2021"), lambda paper: "2021-06" <= paper["date"] <= "2021-12-31"),
        (("--code",), lambda paper: paper["code"]),
        (("--no-code",), lambda paper: not paper["code"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_each_filter_selects_the_papers_that_meet_its_condition(
    pubcli: Program, papers: Rows, arguments: tuple[str, ...], holds: Callable[[dict[str, Any]], bool]
) -> None:
    expected = [paper["title"] for paper in papers if holds(paper)]
    assert expected
    assert titles(pubcli("list", "--json", "-p", "page.txt", *arguments)) == expected


def test_the_last_of_code_and_no_code_applies(pubcli: Program, papers: Rows) -> None:
    matches = rows(pubcli("list", "--json", "-p", "page.txt", "--code", "--no-code"))
    assert matches == [paper for paper in papers if not paper["code"]]


# Order, limit and offset


def test_papers_are_listed_from_newest_to_oldest(papers: Rows) -> None:
    dates = [paper["date"] for paper in papers]
    assert dates == sorted(dates, reverse=True)


def test_papers_can_be_sorted_by_several_fields(pubcli: Program, papers: Rows) -> None:
    matches = rows(pubcli("list", "--json", "-p", "page.txt", "--sort", "-date,title"))
    assert [paper["date"] for paper in matches] == sorted((paper["date"] for paper in papers), reverse=True)
    repeated_option = rows(pubcli("list", "--json", "-p", "page.txt", "-s", "-date", "-s", "title"))
    assert repeated_option == matches
    by_category = rows(pubcli("list", "--json", "-p", "page.txt", "--sort=category,-title"))
    assert [paper["category"] for paper in by_category] == sorted(paper["category"] for paper in papers)


def test_limit_and_offset_select_part_of_the_list(pubcli: Program, papers: Rows) -> None:
    assert rows(pubcli("list", "--json", "-p", "page.txt", "-n", "5", "--offset", "7")) == papers[7:12]
    assert rows(pubcli("list", "--json", "-p", "page.txt", "--offset", "45")) == papers[45:]
    assert rows(pubcli("list", "--json", "-p", "page.txt", "-n", "99999999999999999999")) == papers


@pytest.mark.parametrize("option", ["--limit", "--offset"])
def test_a_huge_limit_or_offset_does_not_crash(pubcli: Program, option: str) -> None:
    assert pubcli("coauthors", option, str(10**30)).returncode in (0, 1, 2)


def test_every_field_can_be_sorted_by_and_shown(pubcli: Program) -> None:
    ascending, descending = ",".join(PAPER_FIELDS), ",".join(f"-{field}" for field in PAPER_FIELDS)
    for sort in (ascending, descending):
        result = pubcli("list", "-q", "-p", "page.txt", "--sort", sort, "--fields", ascending, "-f", "tsv")
        assert result.returncode == 0
        header, *lines = result.stdout.decode().splitlines()
        assert header.split("\t") == list(PAPER_FIELDS)
        assert len(lines) == 50


@pytest.mark.parametrize("command", ["coauthors", "categories", "search"])
def test_other_commands_accept_sort_limit_and_offset(pubcli: Program, command: str) -> None:
    field = {"coauthors": "name", "categories": "category", "search": "title"}[command]
    all_rows = rows(pubcli(command, "learning", "--json", "-p", "page.txt", "-s", field))
    part = rows(pubcli(command, "learning", "--json", "-p", "page.txt", "-s", field, "-n", "2", "--offset", "1"))
    assert part == all_rows[1:3]


# Pages


def test_several_pages_are_queried_together(pubcli: Program, papers: Rows, other_page: Path) -> None:
    matches = rows(pubcli("list", "--json", "-p", "page.txt", "-p", other_page))
    assert len(matches) == len(papers) + 1
    assert {paper["profile"] for paper in matches} == {"Meisam Razaviyayn", "Zo\u00eb Other"}
    profiles = rows(pubcli("profile", "--json", "-p", "page.txt", "-p", other_page))
    assert [profile["name"] for profile in profiles] == ["Meisam Razaviyayn", "Zo\u00eb Other"]


def test_a_page_that_is_listed_twice_is_read_once(pubcli: Program, papers: Rows, home: Path) -> None:
    assert rows(pubcli("list", "--json", "-p", "page.txt", "-p", "page.txt")) == papers
    matches = rows(pubcli("list", "--json", "-p", "page.txt", "-p", "./page.txt", "-p", home / "page.txt"))
    assert len(matches) == len(papers)


def test_a_dash_means_standard_input(pubcli: Program, papers: Rows, sample: bytes) -> None:
    matches = rows(pubcli("list", "--json", "-p", "-", "--as-of", "2026-11-23", input=sample))
    assert [paper["title"] for paper in matches] == [paper["title"] for paper in papers]
    assert {paper["source"] for paper in matches} == {"-"}


def test_standard_input_can_be_queried_together_with_a_file(pubcli: Program, papers: Rows) -> None:
    matches = rows(pubcli("list", "--json", "-p", "page.txt", "-p", "-", input=OTHER.encode()))
    assert len(matches) == len(papers) + 1


def test_a_note_explains_how_to_read_piped_input(pubcli: Program, sample: bytes) -> None:
    result = pubcli("list", "--json", input=sample)
    assert result.returncode == 0
    assert b"-p -" in result.stderr


def test_pages_come_from_the_option_or_else_from_the_environment(pubcli: Program, other_page: Path) -> None:
    environment = {"PUBCLI_PROFILE": other_page.name}
    from_environment = pubcli("list", "--json", env=environment)
    assert titles(from_environment) == ["Another Title"]
    assert from_environment.stderr == b""
    assert len(rows(pubcli("list", "--json", "-p", "page.txt", env=environment))) == 50
    assert len(rows(pubcli("list", "--json", env={"PUBCLI_PROFILE": ""}))) == 50
    several = {"PUBCLI_PROFILE": os.pathsep.join([other_page.name, "page.txt"])}
    assert len(rows(pubcli("list", "--json", env=several))) == 51


def test_the_as_of_date_determines_the_year_of_dates_without_one(pubcli: Program) -> None:
    def years(day: str) -> set[tuple[str, bool]]:
        matches = rows(pubcli("list", "--json", "-p", "-", "--as-of", day, input=HEADLESS.encode()))
        return {(paper["date"], paper["date_assumed"]) for paper in matches}

    assert years("2026-11-23") == {("2026-03-03", True), ("2015-03-13", False)}
    assert years("2026-03-02") == {("2025-03-03", True), ("2015-03-13", False)}
    assert years("2015-12-31") == {(None, False), ("2015-03-13", False)}


def test_the_modification_date_of_a_file_is_its_capture_date(pubcli: Program, tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_text(HEADLESS, encoding="utf-8")
    os.utime(path, (1_500_000_000, 1_500_000_000))  # July 14, 2017
    assert [paper["date"] for paper in rows(pubcli("list", "--json", "-p", path))] == ["2017-03-03", "2015-03-13"]


def test_papers_without_a_date_come_last_in_either_direction(pubcli: Program) -> None:
    for sort in ("date", "-date"):
        matches = rows(
            pubcli("list", "--json", "-s", sort, "-p", "-", "--as-of", "2015-12-31", input=HEADLESS.encode())
        )
        assert [paper["date"] for paper in matches] == ["2015-03-13", None]


# Formats and fields


def test_the_json_option_is_short_for_format_json(pubcli: Program) -> None:
    short = pubcli("list", "--json", "-n", "3", "-p", "page.txt")
    assert pubcli("list", "-f", "json", "-n", "3", "-p", "page.txt").stdout == short.stdout
    assert pubcli("list", "--json", "--format=json", "-n", "3", "-p", "page.txt").stdout == short.stdout
    assert short.stderr == b""


def test_all_formats_contain_the_same_values(pubcli: Program) -> None:
    arguments = ("list", "-n", "5", "-p", "page.txt", "-q", "--fields", "key,date,title,org,code")
    records = rows(pubcli(*arguments, "--json"))
    lines = pubcli(*arguments, "-f", "jsonl").stdout.decode().splitlines()
    assert [json.loads(line) for line in lines] == records
    expected = [
        {"key": record["key"], "date": record["date"], "title": record["title"], "org": record["org"] or ""}
        | {"code": "true" if record["code"] else "false"}
        for record in records
    ]
    text = pubcli(*arguments, "-f", "csv").stdout.decode()
    assert text.count("\r\n") == 6
    assert list(csv.DictReader(io.StringIO(text, newline=""))) == expected
    header, *lines = pubcli(*arguments, "-f", "tsv").stdout.decode().splitlines()
    assert [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines] == expected


@pytest.mark.parametrize("format", ["table", "json", "jsonl", "csv", "tsv"])
def test_fields_are_shown_in_the_requested_order(pubcli: Program, format: str) -> None:
    arguments = ("list", "-n", "1", "-p", "page.txt", "-q", "-f", format)
    text = pubcli(*arguments, "--fields", "title, key", "--fields", "title,date").stdout.decode()
    if format.startswith("json"):
        output = list((json.loads(text)[0] if format == "json" else json.loads(text)).keys())
    else:
        output = re.split(r"[\t,]|  +", text.splitlines()[0].lower())
    assert output == ["title", "key", "date"]


@pytest.mark.parametrize("command", ["search privacy", "coauthors", "categories", "profile", "check", "show 1"])
def test_each_command_shows_a_chosen_field(pubcli: Program, command: str) -> None:
    name, *words = command.split()
    all_rows = rows(pubcli(*command.split(), "--json", "-p", "page.txt"))
    field = list(all_rows[0])[-1]
    matches = rows(pubcli(name, *words, "--json", "--fields", field, "-p", "page.txt"))
    assert matches == [{field: row[field]} for row in all_rows]


@pytest.mark.skipif(shutil.which("jq") is None or shutil.which("bash") is None, reason="needs jq and bash")
def test_the_jq_examples_work(shell: Program, papers: Rows) -> None:
    result = shell("pubcli list --json -p page.txt | jq -r '.[].title'")
    assert result.returncode == 0
    assert result.stdout.decode().splitlines() == [paper["title"] for paper in papers]


# Show


def test_show_accepts_keys_positions_and_parts_of_titles(pubcli: Program, papers: Rows) -> None:
    first, second, third = papers[:3]
    matches = rows(
        pubcli("show", "--json", "-p", "page.txt", first["key"], str(second["position"]), third["title"][:40].upper())
    )
    assert matches == [first, second, third]


def test_show_prints_the_papers_it_finds_and_notes_the_others(pubcli: Program) -> None:
    result = pubcli("show", "--json", "-p", "page.txt", "3", "nosuchkey", "learning")
    assert [paper["position"] for paper in rows(result)] == [3]
    notes = result.stderr.decode()
    assert "nosuchkey" in notes
    assert "learning" in notes


def test_show_with_only_an_ambiguous_title_exits_with_status_2(pubcli: Program) -> None:
    result = pubcli("show", "--json", "-p", "page.txt", "learning")
    assert (result.returncode, result.stdout) == (2, b"[]\n")
    assert b"behrouz2025nested" in result.stderr


@pytest.mark.parametrize("command", ["show", "cite", "similar"])
def test_all_commands_report_unknown_and_ambiguous_papers_alike(pubcli: Program, command: str) -> None:
    arguments = (command, "--json", "-p", "page.txt")
    absent, several = pubcli(*arguments, "nosuchkey"), pubcli(*arguments, "learning", "-q")
    assert (absent.returncode, absent.stdout) == (1, b"[]\n")
    assert absent.stderr.startswith(b"note: no paper has the key")
    assert (several.returncode, several.stdout) == (2, b"[]\n")
    assert several.stderr.startswith(b"pubcli: 'learning' matches")
    assert pubcli(*arguments, "nosuchkey", "-q").stderr == b""


def test_show_does_not_repeat_a_paper(pubcli: Program, papers: Rows) -> None:
    paper = papers[0]
    matches = rows(pubcli("show", "--json", "-p", "page.txt", paper["key"], str(paper["position"])))
    assert matches == [paper]


# Output files


@pytest.mark.parametrize(
    ("command", "name"),
    [
        (("list",), "x.csv"),
        (("export",), "x.bib"),
        (("export", "--check"), "x.bib"),
        (("coauthors",), "x.json"),
        (("network",), "x.graphml"),
        (("report",), "x.html"),
        (("plot", "years"), "x.svg"),
    ],
    ids=str,
)
def test_no_file_is_written_if_nothing_matches(
    pubcli: Program, tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    path = tmp_path / name
    for existing_files in ([], [path]):
        for file in existing_files:
            file.write_text("kept")
        result = pubcli(*command, "nothinghere", "-p", "page.txt", "-o", path)
        assert (result.returncode, result.stdout) == (1, b"")
        assert b"nothing matches nothinghere" in result.stderr
        assert list(tmp_path.iterdir()) == existing_files
    assert path.read_text() == "kept"


def test_an_empty_graph_on_standard_output_is_still_a_graph(pubcli: Program) -> None:
    result = pubcli("network", "nothinghere", "-p", "page.txt", "--format", "graph-json")
    assert (result.returncode, json.loads(result.stdout)["nodes"]) == (1, [])
    assert b"nothing matches nothinghere" in result.stderr


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("OUT.JSON", '[\n{"key":'),
        ("out.jsonl", '{"key":'),
        ("out.ndjson", '{"key":'),
        ("out.csv", "key,position,"),
        ("out.tsv", "key\tposition\t"),
        ("out.txt", "position\tkey\t"),
        ("out", "position\tkey\t"),
    ],
)
def test_the_suffix_of_the_output_file_selects_the_format(
    pubcli: Program, tmp_path: Path, name: str, start: str
) -> None:
    result = pubcli("list", "-n", "2", "-q", "-p", "page.txt", "-o", tmp_path / name)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")
    assert (tmp_path / name).read_bytes().startswith(start.encode())
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_format_option_overrides_the_suffix(pubcli: Program, tmp_path: Path) -> None:
    assert pubcli("list", "-n", "2", "-p", "page.txt", "-f", "csv", "-o", tmp_path / "out.json").returncode == 0
    assert (tmp_path / "out.json").read_text(encoding="utf-8").startswith("key,position,")


def test_output_to_a_dash_goes_to_standard_output(pubcli: Program, home: Path) -> None:
    arguments = ("list", "-n", "2", "-q", "-p", "page.txt")
    result = pubcli(*arguments, "-o", "-")
    assert result.stdout == pubcli(*arguments).stdout
    assert not (home / "-").exists()


@pytest.mark.skipif(shutil.which("bash") is None or not Path("/dev/stdout").exists(), reason="needs bash and /dev")
@pytest.mark.parametrize("target", ["-o /dev/stdout", "-o /dev/stdout | cat", "-o /dev/fd/3 3>&1", "-o >(cat)"])
def test_output_can_be_written_to_a_pipe_or_device(shell: Program, target: str) -> None:
    result = shell(f"pubcli list -n 2 -q -p page.txt -f csv {target}; wait; sleep 0.2")
    assert result.stderr == b""
    assert len(result.stdout.decode().splitlines()) == 3


@pytest.mark.parametrize(
    "arguments",
    [("list", "-p", "missing.txt"), ("list", "--fields", "nothing"), ("search", "(a"), ("list", "--year", "x")],
    ids=" ".join,
)
def test_a_command_that_fails_does_not_change_the_output_file(
    pubcli: Program, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    target = tmp_path / "out.json"
    target.write_text("precious", encoding="utf-8")
    assert pubcli(*arguments, "-o", target).returncode in (2, 3)
    assert target.read_text(encoding="utf-8") == "precious"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_permissions_of_an_existing_file_are_kept(pubcli: Program, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old", encoding="utf-8")
    for mode in (0o600, 0o640):
        target.chmod(mode)
        assert pubcli("list", "-q", "-o", target).returncode == 0
        assert stat.S_IMODE(target.stat().st_mode) == mode
    assert len(json.loads(target.read_text(encoding="utf-8"))) == 50


@pytest.mark.skipif(shutil.which("bash") is None or os.name != "posix", reason="umask")
@pytest.mark.parametrize(("mask", "mode"), [("022", 0o644), ("077", 0o600), ("002", 0o664)])
def test_a_new_file_follows_the_umask(shell: Program, tmp_path: Path, mask: str, mode: int) -> None:
    assert shell(f"umask {mask}; pubcli list -q -o '{tmp_path}/out.json'").returncode == 0
    assert stat.S_IMODE((tmp_path / "out.json").stat().st_mode) == mode


@pytest.mark.skipif(os.name != "posix", reason="links")
def test_writing_to_a_symbolic_link_does_not_replace_the_link(pubcli: Program, tmp_path: Path) -> None:
    (tmp_path / "real.json").write_text("old", encoding="utf-8")
    (tmp_path / "link.json").symlink_to("real.json")
    assert pubcli("list", "-q", "-o", tmp_path / "link.json").returncode == 0
    assert (tmp_path / "link.json").is_symlink()
    assert len(json.loads((tmp_path / "real.json").read_text(encoding="utf-8"))) == 50


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_output_to_a_read_only_folder_exits_with_status_74(pubcli: Program, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    result = pubcli("list", "-q", "-o", tmp_path / "out.json")
    tmp_path.chmod(0o700)
    assert result.returncode == 74
    assert len(result.stderr.splitlines()) == 1
    assert b"out.json" in result.stderr


def test_a_file_has_no_color_unless_requested(pubcli: Program, tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    pubcli("list", "-q", "-o", target, env={"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"})
    assert b"\x1b" not in target.read_bytes()
    pubcli("list", "-q", "-o", target, "--color", "always")
    assert b"\x1b[" in target.read_bytes()


# Help


@pytest.fixture(scope="module")
def library(pubcli: Program, tmp_path_factory: pytest.TempPathFactory, sample: bytes) -> Path:
    """Return a library with two snapshots of one page, one of another, a bibliography and a saved query."""
    folder = tmp_path_factory.mktemp("library")
    env = {"PUBCLI_LIBRARY": str(folder / "library.sqlite")}
    ada = sample.replace(b"Meisam Razaviyayn\n", b"Ada Lovelace\n", 1)
    grace = sample.replace(b"Meisam Razaviyayn\n", b"Grace Hopper\n", 1)
    title = b"Stochastic Differentially Private and Fair Learning"
    for page, day in (
        (ada, "2026-01-31"),
        (ada.replace(b"h-index", b"h-index1", 1), "2026-11-23"),
        (grace.replace(title, b"Fair Learning with Stochastic Privacy", 1), "2026-11-23"),
    ):
        assert pubcli("add", "-", "--as-of", day, input=page, env=env).returncode == 0
    (folder / "refs.bib").write_text(BIBLIOGRAPHY)
    assert pubcli("add", folder / "refs.bib", env=env).returncode == 0
    assert pubcli("library", "save", "fair", "fair*", env=env).returncode == 0
    assert pubcli("people", "same", "M. Razaviyayn", "Meisam Razaviyayn", env=env).returncode == 0
    return folder / "library.sqlite"


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not installed")
def test_every_example_in_the_help_runs(
    shell: Program, tmp_path: Path, sample: bytes, command: str, library: Path
) -> None:
    for folder in ("pages", "more"):
        (tmp_path / folder).mkdir()
    for name in ("page.txt", "one.txt", "other.txt", "january.txt", "june.txt", "pages/one.txt", "more/one.txt"):
        (tmp_path / name).write_bytes(sample)
    (tmp_path / "refs.bib").write_text(BIBLIOGRAPHY)
    for name in ("works.jsonl", "openalex/part.jsonl", "new-works.jsonl", "updates/part.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"id":"https://openalex.org/W1","title":"Fair Walks","authorships":[]}\n')
    clipboard = tmp_path / "bin" / "xclip"
    clipboard.parent.mkdir()
    clipboard.write_text("#!/bin/sh\ncat page.txt\n")
    clipboard.chmod(0o755)
    examples = examples_in(CliRunner().invoke(app, [*command.split(), "--help"]).stdout)
    assert len(examples) >= 2, "no examples in the help"
    if command == "library watch":
        return  # its examples never end; test_watch.py runs the command
    for example in filter(can_run, examples):
        for name in ("library.sqlite", "other.sqlite"):
            shutil.copyfile(library, tmp_path / name)
        shutil.rmtree(tmp_path / "lake", ignore_errors=True)
        if command.startswith("lake") and "lake build" not in example:
            assert shell("pubcli lake build refs.bib -o lake", cwd=tmp_path).returncode == 0
        setting = "" if command in ("", "list", "show") else "export PUBCLI_LIBRARY=library.sqlite; "
        setting += "export BROWSER=true EDITOR=true PUBCLI_CONFIG=$PWD/config.toml PATH=$PWD/bin:$PATH"
        result = shell(f"{setting}; set -o pipefail; {example}", cwd=tmp_path)
        if command == "browse":
            assert b" needs " in result.stderr, example  # a terminal, or Textual
            continue
        assert result.returncode in (0, 1), f"{example}: {result.stderr.decode()}"
        errors = [line for line in result.stderr.decode().splitlines() if line.startswith("pubcli:")]
        assert errors == [], example


def examples_in(text: str) -> list[str]:
    """Return the commands below the heading "Examples:" of a help text, without the explanations after two blanks."""
    _, _, section = text.partition("Examples:\n")
    return [re.split(r" {2,}", line.strip())[0] for line in section.splitlines() if line.startswith("    pubcli ")]


def can_run(example: str) -> bool:
    """Return whether the programs that an example pipes into are installed."""
    return all(shutil.which(part.split()[0]) for part in example.split(" | ")[1:])


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_printed_without_colour_on_standard_output(pubcli: Program, command: str) -> None:
    result = pubcli(*command.split(), "-h", env={"COLUMNS": "80"})
    assert (result.returncode, result.stderr) == (0, b"")
    text = result.stdout.decode()
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 122, "a line of a docstring has 120 characters, and Click indents it"
    assert re.match(r"Usage: (python3? -m )?pubcli", text)
    assert "\b" not in text


def test_options_of_many_commands_are_only_named_in_the_help_of_each(pubcli: Program) -> None:
    text = pubcli("list", "--help", env={"COLUMNS": "80"}).stdout.decode()
    headings = re.findall(r"^(\w.*):$", text, re.MULTILINE)
    assert headings == ["Arguments", "Options", "Filter", "Order", "Input and output (see pubcli help options)"]
    assert "  Input   -p/--profile, " in text
    explained = {row["option"] for row in json.loads(pubcli("help", "options", "--json").stdout)}
    named = re.findall(r"(?<![\w-])--[a-z-]+", text.partition("(see pubcli help options)")[2])
    assert all(
        any(flag in option.replace("/", " ").split() or flag in option for option in explained) for flag in named
    )


def test_without_a_command_the_help_lists_every_command(pubcli: Program) -> None:
    result = pubcli()
    assert result.returncode in (0, 2)
    assert b"Usage: " in (result.stderr if result.returncode else result.stdout)
    names = [name for commands in GROUPS.values() for name in commands]
    assert len(names) <= 25
    assert all(name.encode() in result.stdout + result.stderr for name in names)


def test_the_version_option_prints_name_and_version(pubcli: Program) -> None:
    long, short = pubcli("--version"), pubcli("-V")
    assert re.fullmatch(rb"pubcli \d+\.\d+\S*\n", long.stdout)
    assert short.stdout == long.stdout
    assert (long.returncode, long.stderr) == (0, b"")


@pytest.mark.parametrize("record", ["paper", "profile", "problem", "document"])
def test_schema_prints_json(pubcli: Program, record: str) -> None:
    result = pubcli("help", "schema", record)
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_search_shows_partial_matches_with_the_missing_words(pubcli: Program) -> None:
    result = pubcli("search", "federated games privacy", "-p", "page.txt", "--json")
    rows = json.loads(result.stdout)
    assert result.returncode == 0
    assert rows
    assert all(row["missing"] for row in rows)
    assert b"note: no paper matches the whole query; " in result.stderr

    whole = pubcli("search", "--all-words", "federated games privacy", "-p", "page.txt", "--json")
    assert (whole.returncode, json.loads(whole.stdout)) == (1, [])


def test_search_reports_a_corrected_word_and_does_not_correct_if_told(pubcli: Program) -> None:
    corrected = pubcli("search", "privcy", "-p", "page.txt", "--json")
    literal = pubcli("search", "privcy", "-p", "page.txt", "--json", "--no-correct")
    quoted = pubcli("search", '"privcy"', "-p", "page.txt", "--json")
    assert b"showing results for privacy; no paper has privcy" in corrected.stderr
    assert json.loads(corrected.stdout)
    assert (literal.returncode, quoted.returncode) == (1, 1)


def test_list_offers_a_search_that_shows_partial_matches(pubcli: Program) -> None:
    result = pubcli("list", "federated tensor", "-p", "page.txt")
    assert result.returncode == 1
    assert b"pubcli search 'federated tensor' shows " in result.stderr


def test_search_says_how_to_exclude_a_word(pubcli: Program) -> None:
    result = pubcli("search", "privacy", "without", "federated", "-p", "page.txt")
    assert b"note: to exclude federated, type -federated" in result.stderr
