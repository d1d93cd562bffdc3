"""Lines that a template of the user formats."""

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
        (r"{position}\t{title}", "1\tOne x²\n1\tTwo\n"),
        (r"{position}\n", "1\n\n1\n\n"),
        (r"\\textbf{{{position}}} \cite\\n", "\\textbf{1} \\cite\\n\n\\textbf{1} \\cite\\n\n"),
    ],
)
def test_a_template_names_fields_in_braces(template: str, expected: str) -> None:
    assert lines(template) == expected


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{titel}", r"invalid value 'titel' \(did you mean title\?\)"),
        ("{0}", "invalid value '0'"),
        ("{}", "invalid value ''"),
        ("{title.__class__}", "invalid value 'title.__class__'"),
        ("{title[0]}", "invalid value"),
        ("{title:>999999999}", "must not have a format"),
        ("{title!r}", "must not have a format"),
        ("{title", "write {{ and }} for braces"),
        ("}", "write {{ and }} for braces"),
    ],
)
def test_an_invalid_template_is_an_error(template: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        lines(template)
