"""Messages on standard error, and questions that a command asks before it deletes something."""

import io
import re

import pytest

from pubcli.cli.output import choose, confirm, say
from pubcli.errors import UsageError


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("typed", "confirmed"), [("y\n", True), (" YES \n", True), ("n\n", False), ("\n", False), ("", False)]
)
def test_only_yes_confirms_a_question(typed: str, confirmed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Terminal()
    monkeypatch.setattr("sys.stdin", _Terminal(typed))
    monkeypatch.setattr("sys.stderr", screen)
    assert confirm("Remove \x1b[31mone page?") is confirmed
    assert screen.getvalue().endswith("[y/N] ")
    assert "\x1b" not in screen.getvalue()


def test_without_a_terminal_a_question_names_the_option_that_confirms_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    with pytest.raises(UsageError, match="add --yes"):
        confirm("Remove one page?")


def test_on_a_terminal_a_message_breaks_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    path = "/home/ada/" + "long-name/" * 9
    say(f"pubcli: {'word ' * 20}{path} end\n  {'caret ' * 20}^")
    first, second, third, fourth, last = screen.getvalue().splitlines()
    assert (len(first), second.split()[-1], third, fourth) == (77, "word", path, "end")
    assert last == f"  {'caret ' * 20}^"


def test_in_a_pipe_a_message_stays_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr("sys.stderr", pipe)
    say("word " * 40)
    assert pipe.getvalue() == "word " * 40 + "\n"


def test_the_user_chooses_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = _Terminal()
    monkeypatch.setattr("sys.stdin", _Terminal("2\n"))
    monkeypatch.setattr("sys.stderr", screen)
    assert choose("Whose page?", ["Ada", "\x1b[31mBob"], "Type a name") == "\x1b[31mBob"
    assert re.fullmatch(r"Whose page\?\n *1  Ada\n *2  .*Bob\nNumber: ", screen.getvalue())
    assert "\x1b" not in screen.getvalue()


@pytest.mark.parametrize("typed", ["0\n", "3\n", "x\n", "\n", "", "²\n", "9" * 10_000 + "\n"])
def test_any_other_answer_is_refused(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr("sys.stdin", _Terminal(typed))
    monkeypatch.setattr("sys.stderr", _Terminal())
    with pytest.raises(UsageError, match="numbers 1 to 2; type a name"):
        choose("Whose page?", ["Ada", "Bob"], "type a name")


def test_without_a_terminal_the_choices_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("1\n"))
    with pytest.raises(UsageError, match=r"Whose page\? Type a name: Ada, Bob$"):
        choose("Whose page?", ["Ada", "Bob"], "Type a name")
