"""Words that are no commands: what the user may have meant, and former names."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from pubcli.cli import COMMANDS, FORMER, GROUPS, split_line
from pubcli.cli.help.environment import VARIABLES
from pubcli.cli.mistakes import _MEANINGS, _OPTION_MEANINGS, suggestions
from pubcli.errors import did_you_mean
from repository import FIXTURES, ROOT

Program = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.mark.parametrize(
    ("word", "command"),
    [
        ("import", "add"),
        ("find", "search"),
        ("dedupe", "library duplicates"),
        ("venues", "stats venue"),
        ("serach", "search"),
        ("mrge", "library merge"),
        ("RM", "library remove"),
        ("catgories", "stats category"),
    ],
)
def test_a_command_is_suggested_by_meaning_or_by_spelling(word: str, command: str) -> None:
    assert suggestions(word)[0] == command


def test_each_meaning_belongs_to_a_command_and_no_command_is_hidden_by_one() -> None:
    assert all(split_line(name.split())[0] for name in _MEANINGS)
    words = [word for words in _MEANINGS.values() for word in words.split()]
    assert not {*words} & {name for commands in GROUPS.values() for name in commands}


def test_an_unknown_command_is_named_with_a_suggestion(pubcli: Program) -> None:
    result = pubcli("import", "page.txt")
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr == b"pubcli: import is not a command; did you mean pubcli add?\n"


def test_a_file_instead_of_a_command_says_what_to_type(pubcli: Program, tmp_path: Path) -> None:
    shutil.copy(FIXTURES / "razaviyayn.txt", tmp_path / "my page.txt")
    for words in (("my page.txt",), ("list", "my page.txt")):
        result = pubcli(*words, cwd=tmp_path)
        assert result.returncode == 2
        assert b"pubcli list -p 'my page.txt'" in result.stderr


@pytest.mark.parametrize("former", FORMER)
def test_a_former_name_is_replaced_by_a_command_that_exists(former: str) -> None:
    assert former not in {name for commands in GROUPS.values() for name in commands}
    assert split_line(FORMER[former].split())[0]


def test_a_former_name_still_works_and_prints_its_new_one(pubcli: Program) -> None:
    former, present = pubcli("categories", "--json"), pubcli("stats", "category", "--json")
    assert (former.returncode, former.stdout) == (0, present.stdout)
    assert former.stderr.startswith(b"note: pubcli categories is now pubcli stats category\n")
    assert pubcli("categories", "--json", "-q").stderr == b""


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ((), b"Usage: "),
        (("list",), b"List papers, newest first."),
        (("library", "merge"), b"Merge papers of your library"),
        (("merge",), b"Merge papers of your library"),
        (("query",), b"  author:lowy "),
        (("fields",), b"year:2021..2023"),
        (("formats",), b"bibtex"),
        (("options",), b"--profile"),
        (("environment",), b"PUBCLI_LIBRARY"),
        (("schema", "profile"), b"json-schema.org"),
    ],
)
def test_help_explains_commands_and_topics(pubcli: Program, words: tuple[str, ...], text: bytes) -> None:
    result = pubcli("help", *words)
    assert (result.returncode, text in result.stdout) == (0, True)


def test_help_on_something_unknown_suggests_a_command(pubcli: Program) -> None:
    result = pubcli("help", "serach")
    assert (result.returncode, b"did you mean pubcli search?" in result.stderr) == (2, True)


def test_help_lists_every_environment_variable_that_the_code_reads() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    quoted = {piece.split('"')[0] for piece in text.split('"PUBCLI_')[1:]}
    assert {f"PUBCLI_{name}" for name in quoted if name.isupper()} <= VARIABLES.keys()


def test_every_command_of_two_words_begins_with_a_command() -> None:
    assert all(name.split()[0] in COMMANDS for name in COMMANDS)


@pytest.mark.parametrize(
    ("word", "choices", "meant"),
    [
        ("journal", ("key", "url", "venue"), "venue"),
        ("Cited", ("title", "citations"), "citations"),
        ("journal", ("key", "journals"), "journals"),
        ("bib", ("bibtex", "ris"), "bibtex"),
    ],
)
def test_a_choice_that_means_the_same_is_suggested_before_one_that_is_spelled_alike(
    word: str, choices: tuple[str, ...], meant: str
) -> None:
    assert did_you_mean(word, choices) == f" (did you mean {meant}?)"


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("library", "rm", "lowy"), "did you mean pubcli library remove?"),
        (("library", "list"), "did you mean pubcli list?"),
        (("library", "dupes"), "did you mean pubcli library duplicates?"),
        (("library", "chek"), "did you mean pubcli library check?"),
        (("config", "sohw"), "did you mean pubcli config show?"),
        (("library", "xyzzy"), "pubcli library has no action xyzzy. The actions are info, "),
    ],
)
def test_an_unknown_action_is_refused_with_what_it_may_mean(pubcli: Program, words: tuple[str, ...], hint: str) -> None:
    result = pubcli(*words)
    assert (result.returncode, result.stdout) == (2, b"")
    assert hint in result.stderr.decode()


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        (("add", "-p", "page.txt"), "No such option: -p; type the name of the file without -p: pubcli add FILE"),
        (("diff", "--profile", "a"), "type the name of the file without --profile: pubcli diff FILE"),
        (("list", "--top", "3"), "No such option: --top; did you mean --limit?"),
        (("list", "--reverse"), "a minus means descending order: pubcli list --sort -FIELD"),
        (("search", "--query", "x"), "type the query without --query: pubcli search QUERY"),
        (("library", "info", "--top"), "No such option: --top (Possible options: "),  # it has no --limit
        (("cite",), "pubcli list shows keys and positions"),
    ],
)
def test_an_option_by_another_name_and_a_missing_key_get_advice(
    pubcli: Program, words: tuple[str, ...], advice: str
) -> None:
    result = pubcli(*words)
    assert result.returncode == 2
    assert advice in result.stderr.decode().splitlines()[0]


def test_each_other_word_for_an_option_belongs_to_one_option() -> None:
    words = [word for words in _OPTION_MEANINGS.values() for word in words.split()]
    assert len(words) == len(set(words))
