"""The year of a paper, as a field that follows from its date."""

import io

import pytest

from pubcli.answer.answer import Answer
from pubcli.answer.derived import with_derived
from pubcli.formats import RenderOptions, write
from strategies import paper_row

ROWS = [
    paper_row("One", date="2022-03-13", date_assumed=True),
    paper_row("Two", date="2019-01-01", date_precision="year"),
    paper_row("Three", date=None),
]
ANSWER = Answer("papers", tuple(ROWS[0]), ROWS)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("table", "title\tyear\nOne\t2022~\nTwo\t2019\nThree\t\n"),
        ("csv", "title,year\r\nOne,2022\r\nTwo,2019\r\nThree,\r\n"),
        ("jsonl", '{"title":"One","year":2022}\n{"title":"Two","year":2019}\n{"title":"Three","year":null}\n'),
    ],
)
def test_each_format_shows_the_year(name: str, text: str) -> None:
    out = io.StringIO()
    fields = ("title", "year")
    write(name, with_derived(ANSWER, fields), fields, out, RenderOptions())
    assert out.getvalue() == text


def test_a_template_marks_an_assumed_year() -> None:
    out = io.StringIO()
    write("text", with_derived(ANSWER, ["year"]), ["year"], out, RenderOptions(template="{year}"))
    assert out.getvalue() == "2022~\n2019\n\n"


def test_without_the_year_the_answer_stays_as_it_is() -> None:
    assert with_derived(ANSWER, ("title", "date")) is ANSWER


@pytest.mark.parametrize(
    ("name", "options"), [("table", {}), ("table", {"width": 80}), ("markdown", {}), ("text", {"template": "{date}"})]
)
def test_an_assumed_date_has_the_same_mark_in_every_text_format(name: str, options: dict[str, object]) -> None:
    out = io.StringIO()
    write(name, ANSWER._replace(rows=ROWS), ("title", "date"), out, RenderOptions(**options))  # type: ignore[arg-type]
    text = out.getvalue().replace("\\~", "~")
    assert "2022-03-13~" in text
    assert "2019" in text
    assert "2019-01" not in text
    assert "2019~" not in text
