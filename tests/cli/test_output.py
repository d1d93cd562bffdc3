"""Questions that a command asks before it deletes something."""

import io

import pytest

from pubcli.cli.output import confirm
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
