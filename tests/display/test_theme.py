"""The theme: every style is defined there, and every one is valid."""

import ast

import pytest
from rich.errors import StyleSyntaxError
from rich.style import Style

from pubcli.display import theme
from repository import SOURCE

STYLES = {name: value for name, value in vars(theme).items() if name.isupper() and name[0] != "_"}


@pytest.mark.parametrize("name", STYLES)
def test_a_style_is_valid_in_the_notation_of_rich(name: str) -> None:
    assert Style.parse(STYLES[name])


@pytest.mark.parametrize("name", STYLES)
def test_an_escape_code_begins_the_style_that_rich_reads(name: str) -> None:
    assert theme.escape_code(STYLES[name]) == Style.parse(STYLES[name]).render("x").partition("x")[0]


def is_style(text: str) -> bool:
    try:
        return bool(Style.parse(text))
    except StyleSyntaxError:
        return False


def test_no_other_module_of_display_contains_a_style() -> None:
    modules = [path for path in sorted((SOURCE / "display").glob("*.py")) if path.name != "theme.py"]
    constants = [
        (path.name, node.value)
        for path in modules
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) > 1
    ]

    assert [pair for pair in constants if is_style(pair[1])] == []
