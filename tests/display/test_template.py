"""Lines by a template."""

import io

import pytest

from pubcli.answer.answer import Answer
from pubcli.errors import UsageError
from pubcli.formats import RenderOptions, write
from strategies import paper_row


def lines(template: str) -> str:
    rows = [paper_row("One $x^2$", "Ada", "Bob", date_assumed=True), paper_row("Two", date=None)]
    out = io.StringIO()
    write("text", Answer("papers", tuple(rows[0]), rows), ["key"], out, RenderOptions(template=template))
    return out.getvalue()


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{title} ({date})", "One x² (2020-01-02~)\nTwo ()\n"),
        ("{authors}|{org}", "Ada, Bob|\n|\n"),
        ("{{{position}}}", "{1}\n{1}\n"),
        ("", "\n\n"),
        ("a line", "a line\na line\n"),
    ],
)
def test_fields_by_name(template: str, expected: str) -> None:
    assert lines(template) == expected


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{titel}", r"there is no 'titel' \(did you mean title\?\)"),
        ("{0}", "there is no '0'"),
        ("{}", "there is no ''"),
        ("{title.__class__}", "there is no 'title.__class__'"),
        ("{title[0]}", "there is no"),
        ("{title:>999999999}", "takes no format"),
        ("{title!r}", "takes no format"),
        ("{title", "write {{ and }} for braces"),
        ("}", "write {{ and }} for braces"),
    ],
)
def test_what_cannot_be_filled_in(template: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        lines(template)
