"""Output on a terminal: the width of tables, the explanation of marks, and colour."""

import json
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from rich.cells import cell_len

from repository import FIXTURES

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]
Screen = Callable[..., "subprocess.CompletedProcess[str]"]

QUESTIONS = (
    ("list",),
    ("search", "privacy", "OR", "games"),
    ("show", "1", "2", "3"),
    ("coauthors",),
    ("stats", "category"),
    ("profile",),
    ("check",),
    ("stats",),
    ("stats", "year"),
    ("stats", "author", "year"),
    ("stats", "org"),
    ("topics",),
    ("topics", "--by", "year"),
)
COLOR = re.compile(r"\x1b\[[0-9;]*m")
LINK = re.compile(r"\x1b\]8;([^;\x07\x1b]*);([^\x07\x1b]*)\x1b\\")
RULE = "\u2500"

ASSUMED = "~ the page omits the year"
CUT = "et al. the page truncates the author list"
AMBIGUOUS = "* the code belongs to several arXiv archives"
GUESSED = "(?) guessed: the page does not separate"

COMPACT = """LGMar 3Code
Sparse Random Set WalksAlice Bow, Carol Day, Eve Fox et al. · ibm-research
We walk, sparsely; see https://example.org/walks (and http://example.com/a_(b)).
CVFeb 2, 2020
Convolutions Seen from AboveAlice Bow, Carol Day
Pictures of pictures. Not links: javascript:alert(1), file:///etc/passwd, ftp://example.org/x.
"""


@pytest.fixture
def compact(home: Path) -> str:
    (home / "compact.txt").write_text(COMPACT, encoding="utf-8")
    return "compact.txt"


def words(text: str) -> str:
    """Return a text without escape codes."""
    return LINK.sub("", COLOR.sub("", text))


def flat(text: str) -> str:
    """Return a text without escape codes and line ends, because explanations may be wrapped."""
    return " ".join(words(text).split())


def table(text: str) -> tuple[str, str]:
    """Return the rows below the rule, and the notes that follow after a blank line."""
    _, _, body = words(text).partition(f"{RULE}\n")
    rows, _, notes = body.partition("\n\n")
    return rows, " ".join(notes.split())


# Width and marks, on screens of three sizes


@dataclass(frozen=True)
class Answer:
    """A command, the width of the screen and the text on it."""

    command: str
    columns: int
    text: str


@pytest.fixture(
    scope="module",
    params=[(question, columns) for question in QUESTIONS for columns in (40, 80, 200)],
    ids=lambda param: f"{' '.join(param[0])}-{param[1]}",
)
def answer(request: pytest.FixtureRequest, terminal: Screen) -> Answer:
    """Return the answer to each question on a screen of each size."""
    question, columns = request.param
    result = terminal(*question, "-p", "page.txt", columns=columns)
    assert result.returncode == 0
    return Answer(question[0], columns, result.stdout)


def test_no_line_is_wider_than_the_terminal(answer: Answer) -> None:
    lines = words(answer.text).splitlines()
    assert len(lines) > 3
    assert [line for line in lines if cell_len(line) > answer.columns and "https://" not in line] == []


def test_the_title_column_is_at_least_20_cells_wide(answer: Answer) -> None:
    if answer.command in ("list", "search"):
        header = words(answer.text).splitlines()[0]
        start = header.index("Title")
        following = re.search(r"\S", header[start + len("Title") :])
        end = start + len("Title") + following.start() - 2 if following else answer.columns
        assert end - start >= 20


def test_only_marks_in_the_table_are_explained(answer: Answer) -> None:
    if answer.command in ("list", "search", "coauthors", "categories"):
        rows, notes = table(answer.text)
        for mark, explanation in (("~", ASSUMED), ("et al.", CUT), ("*", AMBIGUOUS)):
            is_present = mark in rows or (mark == "et al." and re.search(r"\bet\b", rows) is not None)
            assert (explanation in notes) is is_present, mark


def test_the_key_of_a_paper_is_always_shown(answer: Answer) -> None:
    if answer.command in ("list", "search"):
        assert "Key" in words(answer.text).splitlines()[0]


def test_a_note_names_the_columns_that_do_not_fit(terminal: Screen) -> None:
    answer = flat(terminal("list", "-n", "3", "-p", "page.txt", columns=40).stdout)
    assert "no room for date, category, authors; widen the terminal, or choose them with --fields" in answer
    assert "no room" not in flat(terminal("list", "-n", "3", "-p", "page.txt", columns=200).stdout)


def test_the_main_column_is_always_shown(answer: Answer) -> None:
    leading = {
        "list": "Title",
        "search": "Title",
        "coauthors": "Name",
        "categories": "Cat",
        "check": "Finding",
        "topics": "Topic",
    }
    if answer.command in leading:
        assert leading[answer.command] in words(answer.text).splitlines()[0]


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_line_separates_partial_matches(terminal: Screen, columns: int) -> None:
    result = terminal("search", "federated", "games", "-p", "page.txt", columns=columns)
    assert result.returncode == 0
    assert "no paper has both words; these have one of them" in " ".join(flat(result.stdout).replace(RULE, "").split())


@pytest.mark.parametrize("columns", [1, 9, 20])
def test_a_table_fits_the_narrowest_terminals(terminal: Screen, columns: int) -> None:
    result = terminal("list", "-n", "3", "-p", "page.txt", columns=columns)
    assert result.returncode == 0
    assert max(map(cell_len, words(result.stdout).splitlines())) <= columns


@pytest.mark.parametrize("columns", [40])
def test_titles_are_wrapped_and_not_cut(terminal: Screen, pubcli: Program, columns: int) -> None:
    answer = flat(terminal("list", "-p", "page.txt", "--fields", "title", columns=columns).stdout)
    for paper in json.loads(pubcli("list", "--json", "-p", "page.txt").stdout):
        if "$" not in paper["title"]:
            assert paper["title"] in answer


def test_the_columns_variable_sets_the_width_of_a_table(terminal: Screen) -> None:
    answer = words(terminal("list", "-p", "page.txt", columns=200, env={"COLUMNS": "60"}).stdout)
    assert 50 <= max(map(cell_len, answer.splitlines())) <= 60


@pytest.mark.parametrize("value", ["0", "-5", "wide", "\u00b2", "9" * 5_000])
def test_an_invalid_columns_variable_is_ignored(terminal: Screen, value: str) -> None:
    result = terminal("list", "-n", "3", "-p", "page.txt", columns=70, env={"COLUMNS": value})
    assert result.returncode == 0
    assert max(map(cell_len, words(result.stdout).splitlines())) <= 70


def test_a_terminal_that_reports_no_columns_is_treated_as_80_wide(terminal: Screen) -> None:
    answer = words(terminal("list", "-p", "page.txt", columns=0).stdout)
    assert 70 <= max(map(cell_len, answer.splitlines())) <= 80


def test_a_requested_field_is_shown_or_reported_as_left_out(terminal: Screen) -> None:
    result = terminal("list", "-n", "3", "-p", "page.txt", "--fields", "title,org,key,category", columns=40)
    answer = flat(result.stdout) + flat(result.stderr)
    assert all(re.search(rf"\b{name}\b", answer, re.IGNORECASE) for name in ("Key", "Cat(egory)?", "Org"))


# Marks


@pytest.mark.parametrize(
    ("question", "mark", "explanation"),
    [
        (("list",), "2026-05-24~", ASSUMED),
        (("list",), "CV*", AMBIGUOUS),
        (("coauthors",), "CV*", AMBIGUOUS),
        (
            ("stats", "category"),
            "ST*",
            AMBIGUOUS,
        ),
        (("profile",), "2026~", ASSUMED),
        (("show", "13"), "et al.", CUT),
        (("search", "language models"), "~", ASSUMED),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else value[:8],
)
def test_marks_are_explained_under_the_table(
    terminal: Screen, question: tuple[str, ...], mark: str, explanation: str
) -> None:
    answer = terminal(*question, "-p", "page.txt", columns=160).stdout
    text_before, _, text_after = flat(answer).rpartition(explanation)
    assert mark in text_before
    assert RULE not in text_after


def test_counts_that_are_lower_bounds_are_labelled(terminal: Screen) -> None:
    assert "30 of 50 author lists are incomplete (et al.): every count is a lower bound" in flat(
        terminal("coauthors", "-p", "page.txt", columns=60).stdout
    )


def test_guessed_titles_are_marked_and_explained(terminal: Screen, compact: str) -> None:
    columns = 60
    answer = flat(terminal("list", "-p", compact, columns=columns).stdout)
    assert answer.count("(?)") == 3
    assert answer.count(GUESSED) == 1
    assert GUESSED in flat(terminal("show", "1", "-p", compact, columns=columns).stdout)


def test_certain_values_need_no_explanation(terminal: Screen) -> None:
    answer = flat(terminal("list", "--year", "2016", "-p", "page.txt", "--fields", "title,date").stdout)
    assert "~" not in answer
    assert ASSUMED not in answer


# Colour


@pytest.mark.parametrize(
    ("arguments", "variables", "colored"),
    [
        ((), {}, True),
        ((), {"TERM": "dumb"}, False),
        ((), {"TERM": ""}, False),
        ((), {"NO_COLOR": "1"}, False),
        ((), {"NO_COLOR": ""}, True),
        ((), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ((), {"FORCE_COLOR": "0"}, True),
        ((), {"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ((), {"CLICOLOR_FORCE": "1", "TERM": "dumb"}, True),
        ((), {"CLICOLOR_FORCE": "0", "TERM": "dumb"}, False),
        ((), {"CLICOLOR": "0"}, False),
        ((), {"CLICOLOR": "0", "CLICOLOR_FORCE": "1"}, True),
        (("--color", "never"), {}, False),
        (("--color", "never"), {"FORCE_COLOR": "1", "CLICOLOR_FORCE": "1"}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1", "TERM": "dumb"}, True),
    ],
    ids=lambda value: " ".join(map(str, value)) + str(list(value.values())) if isinstance(value, dict) else str(value),
)
def test_options_and_variables_determine_whether_output_has_colour(
    terminal: Screen, arguments: tuple[str, ...], variables: dict[str, str], colored: bool
) -> None:
    result = terminal("list", "-n", "1", "-p", "page.txt", *arguments, env=variables)
    assert result.returncode == 0
    assert (COLOR.search(result.stdout) is not None) is colored
    assert colored or "\x1b" not in result.stdout


@pytest.mark.parametrize("question", [("list",), ("search", "random"), ("show",)], ids=lambda question: question[0])
def test_color_never_prints_no_escape_codes(terminal: Screen, compact: str, question: tuple[str, ...]) -> None:
    arguments = ("show", "1", "2") if question[0] == "show" else question
    result = terminal(*arguments, "-p", compact, "--color", "never")
    assert "\x1b" not in result.stdout
    assert "\x1b" not in result.stderr


@pytest.mark.parametrize("format", ["json", "csv"])
def test_formats_for_programs_are_the_same_on_a_terminal(terminal: Screen, pubcli: Program, format: str) -> None:
    arguments = ("list", "-n", "5", "-q", "-p", "page.txt", "-f", format)
    answer = terminal(*arguments, columns=40)
    assert answer.stdout == pubcli(*arguments).stdout.decode()


def test_on_a_terminal_marks_are_explained_only_below_the_table(terminal: Screen) -> None:
    assert terminal("list", "-p", "page.txt").stderr == ""


PLAIN = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}


@pytest.mark.parametrize("question", ["coauthors", "stats", "topics"])
def test_bars_and_sparklines_are_ascii_on_a_terminal_without_utf8(terminal: Screen, question: str) -> None:
    answer = terminal(question, "-n", "3", columns=120, env=PLAIN).stdout
    assert answer.isascii()
    assert "??" not in answer


def test_a_list_is_ascii_on_a_terminal_without_utf8(terminal: Screen, home: Path) -> None:
    (home / "latin.txt").write_text(COMPACT.replace("Alice", "Zo\u00eb"), encoding="utf-8")
    result = terminal("list", "-p", "latin.txt", columns=120, env=PLAIN)
    assert result.returncode == 0
    assert result.stdout.isascii()
    assert "Bow" in result.stdout


# Links and matching words


def test_links_of_show_open_web_pages_only(terminal: Screen, compact: str) -> None:
    answer = terminal("show", "1", "2", "-p", compact, columns=120).stdout
    addresses = [address for _, address in LINK.findall(answer) if address]
    assert set(addresses) == {"https://example.org/walks", "http://example.com/a_(b)"}
    assert len(LINK.findall(answer)) == 2 * len(addresses)


BIBLIOGRAPHY = """
@article{safe2020, title = {One}, doi = {10.1000/a(b)}, year = 2020}
@article{script2020, title = {Two}, url = {javascript:alert(1)}, year = 2020}
@article{escape2020, title = {Three}, url = {https://example.org/\x1b]8;;http://evil\x1b}, year = 2020}
"""


def test_keys_and_dois_in_tables_link_to_safe_addresses(terminal: Screen, home: Path) -> None:
    (home / "links.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
    arguments = ("list", "-p", "links.bib", "--fields", "key,title,doi,url")
    answer = terminal(*arguments, columns=120).stdout
    assert {address for _, address in LINK.findall(answer) if address} == {"https://doi.org/10.1000/a(b)"}
    assert len(LINK.findall(answer)) == 4
    assert words(answer) == words(terminal(*arguments, "--color", "never", columns=120).stdout)
    assert "\x1b]8" not in terminal(*arguments, columns=120, env={"TERM": "linux"}).stdout


def test_new_and_gone_papers_have_different_colours_and_are_labelled_without_colour(
    terminal: Screen,
) -> None:
    arguments = ("diff", str(FIXTURES / "colleague-older.txt"), str(FIXTURES / "colleague-newer.txt"))
    answer = terminal(*arguments, columns=120).stdout
    assert re.search("\x1b\\[32mnew\x1b", answer)
    assert re.search("\x1b\\[31mgone\x1b", answer)
    plain = terminal(*arguments, "--color", "never", columns=40).stdout
    assert {"new", "gone"} <= {line.split(" ")[0] for line in plain.splitlines()}


@pytest.mark.parametrize("arguments", [("--color", "never"), ()], ids=["never", "dumb"])
def test_without_colour_there_are_no_links(terminal: Screen, compact: str, arguments: tuple[str, ...]) -> None:
    answer = terminal("show", "1", "-p", compact, *arguments, env={"TERM": "dumb"}).stdout
    assert "\x1b" not in answer
    assert "https://example.org/walks" in answer


def test_matching_words_are_highlighted(terminal: Screen) -> None:
    answer = terminal("search", "privat* title:federated", "-p", "page.txt", columns=120).stdout
    highlighted_words = re.findall(r"\x1b\[1;31m([^\x1b]+)\x1b\[0m", answer)
    assert highlighted_words
    assert all(word.lower().startswith("privat") for word in highlighted_words)


def test_a_list_without_words_highlights_nothing(terminal: Screen) -> None:
    answer = terminal("list", "-c", "LG", "-n", "3", "-p", "page.txt").stdout
    assert "\x1b[1;31m" not in answer


# Empty answers


@pytest.mark.parametrize("question", [("list", "nothingmatchesthis"), ("show", "nothingmatchesthis")], ids=" ".join)
def test_a_query_without_matches_shows_no_empty_table(terminal: Screen, question: tuple[str, ...]) -> None:
    result = terminal(*question, "-p", "page.txt")
    assert (result.returncode, result.stdout) == (1, "")
    assert "nothingmatchesthis" in result.stderr
