"""The commands `stats` and `topics`."""

import csv
import io
import json
import re
import subprocess
from collections.abc import Callable

import pytest
from rich.cells import cell_len

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Screen = Callable[..., "subprocess.CompletedProcess[str]"]

BLOCKS = "█▏▎▍▌▋▊▉"


def plain(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def rows(pubcli: Program, *arguments: str) -> list[dict[str, object]]:
    result = pubcli(*arguments, "-q", "-p", "page.txt", "--json")
    matches = json.loads(result.stdout)
    assert isinstance(matches, list)
    assert (result.returncode == 0) is bool(matches)
    return matches


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_bars_grow_with_the_screen(terminal: Screen, columns: int) -> None:
    lines = plain(terminal("stats", "year", "-p", "page.txt", columns=columns).stdout).splitlines()
    (longest,) = [line for line in lines if line.startswith("2025")]
    bar = longest.rpartition(" ")[2]

    assert set(bar) == {"█"}
    assert len(bar) >= columns // 5
    assert max(map(cell_len, lines)) <= columns
    assert not set(BLOCKS) & set(next(line for line in lines if line.startswith("2017")))


def test_the_column_of_the_dimension_is_always_shown(terminal: Screen) -> None:
    assert "ibm-research" in plain(terminal("stats", "org", "-p", "page.txt", columns=40).stdout)


def test_a_terminal_without_blocks_has_bars_and_sparklines_of_ascii(terminal: Screen) -> None:
    ascii_locale = {
        "LANG": "C",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "ascii",
    }
    years = terminal("stats", "year", "-p", "page.txt", env=ascii_locale).stdout
    overview = terminal("stats", "-p", "page.txt", env=ascii_locale).stdout
    crosstab = terminal("stats", "team", "category", "-p", "page.txt", env=ascii_locale).stdout

    assert "#####" in years
    assert "=" in overview
    assert " . " in crosstab
    assert all(plain(text).replace("?", "").isascii() for text in (years, overview, crosstab))


def test_off_a_terminal_there_are_numbers_without_bars(pubcli: Program) -> None:
    lines = pubcli("stats", "year", "-p", "page.txt").stdout.decode().splitlines()

    assert lines[0] == "year\tpapers\tshare\tauthors_per_paper"
    assert lines[1:3] == ["2016\t1\t0.020\t3.0+", "2017\t0\t0.000\t"]
    assert lines[-1] == "2026~\t4\t0.080\t3.0+"


def test_marks_are_explained_off_a_terminal_too(pubcli: Program) -> None:
    notes = pubcli("stats", "team", "-p", "page.txt").stderr.decode()
    assert "+ lower bound: the page truncates author lists (1 in team)" in notes
    assert "compared with general English" in pubcli("topics", "-n", "1", "-p", "page.txt").stderr.decode()


def test_two_dimensions_are_a_cross_tabulation_in_text_and_pairs_in_json_and_csv(pubcli: Program) -> None:
    pairs = rows(pubcli, "stats", "year", "category")
    lines = pubcli("stats", "year", "category", "-p", "page.txt").stdout.decode().splitlines()
    table = [line.split("\t") for line in lines]
    csv_pairs = list(
        csv.DictReader(
            io.StringIO(pubcli("stats", "years", "categories", "-p", "page.txt", "-f", "csv").stdout.decode())
        )
    )

    assert table[0] == ["year", "LG", "OC", "CL", "ML", "CR", "CV*", "NA", "ST*", "all"]
    assert table[-1] == ["all", "32", "9", "3", "2", "1", "1", "1", "1", "50"]
    assert sum(int(str(pair["papers"])) for pair in pairs) == 50
    assert sum(text != "0" for line in table[1:-1] for text in line[1:-1]) == len(pairs) == len(csv_pairs)


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("privacy", "year"), "the dimension year must come first: pubcli stats year ..."),
        (("year", "privacy", "team"), "the dimension team must come first: pubcli stats year team ..."),
        (("year", "team", "org"), "at most two dimensions, not 3; to search for the word org, quote it"),
        (("year", "years"), "year cannot be crossed with itself"),
        (("year", "--sort", "title"), "title"),
        (("--sort", "papers"), "papers"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_invalid_dimensions_are_usage_errors_with_a_hint(
    pubcli: Program, arguments: tuple[str, ...], hint: str
) -> None:
    result = pubcli("stats", *arguments, "-p", "page.txt")
    assert result.returncode == 2
    assert hint in result.stderr.decode()


def test_a_dimension_in_quotation_marks_is_a_search_word(pubcli: Program) -> None:
    papers = rows(pubcli, "list", '"team" OR author:lowy')
    (count,) = [row["papers"] for row in rows(pubcli, "stats", '"team" OR author:lowy') if row["by"] == "category"]
    assert count == len(papers) == 8


def test_a_misspelled_dimension_is_corrected_in_a_note(pubcli: Program) -> None:
    result = pubcli("stats", "yeer", "-p", "page.txt")
    assert result.returncode == 1
    assert "yeer is not a field to count by (did you mean year?); fields: year, month, " in result.stderr.decode()


@pytest.mark.parametrize("arguments", [("--by", "vanue"), ("year", "--over", "vanue")])
def test_an_option_with_an_unknown_field_lists_the_fields(pubcli: Program, arguments: tuple[str, ...]) -> None:
    result = pubcli("stats", *arguments, "-p", "page.txt")
    assert (result.returncode, result.stdout) == (2, b"")
    assert "'vanue' is not a field to count by (did you mean venue?); year, month," in result.stderr.decode()


def test_a_field_that_no_paper_has_is_named_with_those_that_papers_have(pubcli: Program) -> None:
    result = pubcli("stats", "language", "models", "-p", "page.txt")
    assert (result.returncode, result.stdout) == (1, b"language\tpapers\tshare\tauthors_per_paper\n")
    notes = result.stderr.decode()
    assert "no selected paper has a language; they have: year, month, category, badge, team, author" in notes
    assert "to search for the word language, quote it: '\"language\"'" in notes


def test_common_words_of_queries_may_follow_other_words(pubcli: Program) -> None:
    assert rows(pubcli, "stats", "year", "large", "language", "models")


def test_options_and_words_count_by_the_same_fields(pubcli: Program) -> None:
    for arguments in (("--by", "first_author"), ("--by", "first-author"), ("first", "author")):
        assert rows(pubcli, "stats", *arguments) == rows(pubcli, "stats", "first_author")
    assert rows(pubcli, "stats", "author", "--over", "year") == rows(pubcli, "stats", "--by", "author,year")


def test_top_shows_the_values_with_most_of_a_measure(pubcli: Program) -> None:
    years = [(row["year"], row["papers"]) for row in rows(pubcli, "stats", "year", "--top", "2")]
    assert years == [(2025, 10), (2021, 7)]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--measure", "citations"), "--measure and --top need a field to count by"),
        (("year", "--measure", "cited"), "--measure: invalid value 'cited' (did you mean citations?)"),
        (("year", "--top", "2", "-n", "2"), "--top sets the order and the number of rows"),
        (("--over", "year"), "--over year needs a field to count by: pubcli stats author --over year"),
        (("--by", "year,team", "--by", "org"), "at most two fields to count by"),
        (("year", "--measure", ""), "--measure: invalid value ''"),
    ],
)
def test_wrong_use_of_measures_has_a_hint(pubcli: Program, arguments: tuple[str, ...], hint: str) -> None:
    result = pubcli("stats", *arguments, "-p", "page.txt")
    assert (result.returncode, result.stdout) == (2, b"")
    assert hint in result.stderr.decode()


def test_stats_and_topics_use_the_papers_that_list_shows(pubcli: Program) -> None:
    arguments = ("privacy", "--year", "2022..", "--category", "LG")
    papers = rows(pubcli, "list", *arguments)
    years = rows(pubcli, "stats", "year", *arguments)
    topics = rows(pubcli, "topics", *arguments)

    assert sum(int(str(row["papers"])) for row in years) == len(papers)
    assert {key for row in topics for key in row["keys"]} <= {row["key"] for row in papers}  # type: ignore[attr-defined]


def test_stats_can_count_the_papers_of_each_profile(pubcli: Program, home: object) -> None:
    second_page = b"Ada Lovelace\n\nh-index1\n\nLGMar 1, 2022\nOak forests\n\nBob Ray\n\nText on oak forests."
    result = pubcli("stats", "profile", "-q", "-p", "page.txt", "-p", "-", "--json", input=second_page)

    assert {row["profile"]: row["papers"] for row in json.loads(result.stdout)} == {
        "Meisam Razaviyayn": 50, "Ada Lovelace": 1
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("--by", "team"), "--by"),
        (("--by", "year", "--rising"), "--by lists topics of each group"),
        (("--periods", "0"), "--periods"),
        (("--by", "year", "--sort", "papers"), "papers"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_invalid_options_of_topics_are_usage_errors(pubcli: Program, arguments: tuple[str, ...], hint: str) -> None:
    result = pubcli("topics", *arguments, "-p", "page.txt")
    assert result.returncode == 2
    assert hint in result.stderr.decode()


def test_sparklines_are_drawn_on_a_terminal_and_numbers_elsewhere(terminal: Screen, pubcli: Program) -> None:
    screen_text = plain(terminal("topics", "-n", "1", "-p", "page.txt", columns=100).stdout)
    lines = pubcli("topics", "-n", "1", "-p", "page.txt").stdout.decode().splitlines()

    assert "▁▅█" in screen_text
    assert "18%" in screen_text
    assert lines[1].split("\t")[:4] == ["differentially private", "9", "0.180", "0.0, 0.1667, 0.2632"]


def test_papers_without_topics_have_a_note(pubcli: Program) -> None:
    result = pubcli("topics", "-p", "-", input=b"Ada Lovelace\n\nh-index1\n\nLGMar 1, 2022\nWe\n\nBob Ray\n\nIt is.")
    assert result.returncode == 1
    assert "no phrase is characteristic of these papers" in result.stderr.decode()
