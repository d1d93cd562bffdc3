"""The pages in docs/: the index lists them, their links lead somewhere, and their tables match the program.

Each promise in docs/reliability.md names a test that exists, and each driver of tests/soak checks a promise.

`UPDATE_README=1 pytest tests/test_docs.py` rewrites the tables of formats, of query fields and of keys.
"""

import io
import os
import re
from pathlib import Path

import pytest

import pubcli
from pubcli.browse.keys import GROUPS
from pubcli.formats import RenderOptions, default_fields, write
from pubcli.formats.overview import listing
from pubcli.query.fields import FIELDS, KINDS, PRESENCE
from pubcli.store import views
from repository import DOCS, ROOT

TEXTS = (*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md")))
TABLE = re.compile(r"(?<=<!-- table -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)
KEYS = re.compile(r"(?<=<!-- keys -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)
VIEWS = re.compile(r"(?<=<!-- views -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)
CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def links(page: Path) -> list[str]:
    """Return the targets of all links outside code."""
    return LINK.findall(CODE.sub("", page.read_text(encoding="utf-8")))


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub makes of the headings of a page."""
    headings = HEADING.findall(re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.M))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_index_links_to_every_page_once() -> None:
    pages = sorted(path.name for path in DOCS.glob("*.md") if path.name != "index.md")

    assert sorted(link for link in links(DOCS / "index.md") if "/" not in link) == pages


@pytest.mark.parametrize("page", TEXTS, ids=lambda page: page.name)
def test_relative_links_lead_to_a_file_and_a_heading(page: Path) -> None:
    for link in links(page):
        if not re.match(r"[a-z]+:", link):
            name, _, anchor = link.partition("#")
            target = page.parent / name if name else page
            assert target.is_file(), link
            assert not anchor or anchor in anchors(target), link


def test_the_table_of_formats_matches_the_program() -> None:
    page = DOCS / "formats.md"
    output = io.StringIO()
    write("markdown", listing(), default_fields("markdown", listing()), output, RenderOptions())
    text = page.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_README"):
        page.write_text(TABLE.sub(lambda _: output.getvalue(), text), encoding="utf-8")
        return
    table = TABLE.search(text)
    assert table
    assert table[0] == output.getvalue()


def table_of_fields() -> str:
    """Return a Markdown table with a row for each field of the query language."""
    lines = ["| example | selects papers ... | value |", "|---|---|---|"]
    for field in FIELDS.values():
        names = [name for name in (field.name, *field.aliases) if not field.example.startswith(f"{name}:")]
        other_names = f", also {' '.join(f'`{name}:`' for name in names)}" if names else ""
        values = ", ".join(PRESENCE) if field.kind == "presence" else ", ".join(field.choices) or KINDS[field.kind]
        lines.append(f"| `{field.example}`{other_names} | {field.meaning} | {values} |")
    return "\n".join(lines) + "\n"


def test_the_table_of_query_fields_matches_the_program() -> None:
    page = DOCS / "query.md"
    text = page.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_README"):
        page.write_text(TABLE.sub(lambda _: table_of_fields(), text), encoding="utf-8")
        return
    table = TABLE.search(text)
    assert table
    assert table[0] == table_of_fields()


def table_of_keys() -> str:
    """Return a Markdown table of the keys of the browser."""
    lines = ["| key | what it does |", "|---|---|"]
    for heading, keys in GROUPS.items():
        lines += [f"| **{heading}** | |", *(f"| `{key.label}` | {key.meaning} |" for key in keys)]
    return "\n" + "\n".join(lines) + "\n\n"


def test_the_table_of_keys_matches_the_program() -> None:
    page = DOCS / "browse.md"
    text = page.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_README"):
        page.write_text(KEYS.sub(lambda _: table_of_keys(), text), encoding="utf-8")
        return
    table = KEYS.search(text)
    assert table
    assert table[0] == table_of_keys()


def test_the_table_of_views_matches_the_program() -> None:
    page = DOCS / "sql.md"
    output = io.StringIO()
    write("markdown", views.listing(), default_fields("markdown", views.listing()), output, RenderOptions())
    text = page.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_README"):
        page.write_text(VIEWS.sub(lambda _: output.getvalue(), text), encoding="utf-8")
        return
    table = VIEWS.search(text)
    assert table
    assert table[0] == output.getvalue()


def test_the_table_of_functions_lists_public_names_only() -> None:
    rows = [line for line in (DOCS / "python.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    names = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}

    assert names
    assert names <= set(pubcli.__all__)


RELIABILITY = (DOCS / "reliability.md").read_text(encoding="utf-8")
NAMED_TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def test_every_promise_names_a_test_that_exists() -> None:
    rows = [line for line in RELIABILITY.splitlines() if line.startswith("| ") and not line.startswith("| promise")]
    assert len(rows) > 20
    for row in rows:
        assert NAMED_TEST.search(row), row
    for name, function in NAMED_TEST.findall(RELIABILITY):
        assert (ROOT / name).is_file(), name
        assert f"def {function}" in (ROOT / name).read_text(encoding="utf-8"), function


def test_every_driver_checks_a_promise() -> None:
    drivers = {path.name for path in (ROOT / "tests" / "soak").glob("*.py") if "\ndef drive(" in path.read_text()}
    assert drivers
    assert drivers <= {Path(name).name for name, _ in NAMED_TEST.findall(RELIABILITY)}
