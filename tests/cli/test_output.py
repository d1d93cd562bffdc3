"""Messages on standard error, and questions that a command asks before it deletes something."""

import io

import pytest

from pubcli.cli.output import confirm, say
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
