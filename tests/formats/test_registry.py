"""The registry lists each format once, and each format has one table for its types and tags."""

import ast
import re
from importlib import import_module
from typing import get_args

import pytest

from pubcli.formats import FORMATS, READABLE, WRITABLE
from pubcli.formats.bibtex.fields import BIBLATEX_NAMES
from pubcli.formats.ris.tags import TAG_OF, TAGS
from pubcli.formats.shared.kinds import KIND_TYPES, KINDS, TYPES, PaperFormat, kind_type, kind_types
from pubcli.model import Kind
from repository import SOURCE

PAPER_FORMATS: tuple[PaperFormat, ...] = get_args(PaperFormat)


@pytest.mark.parametrize("name", READABLE)
def test_a_reader_has_the_functions_that_its_row_promises(name: str) -> None:
    reader = import_module(f"pubcli.{READABLE[name].reader}")
    if name != "page":  # pages are read by the package of their site, which has other functions
        assert hasattr(reader, "read")
    if READABLE[name].is_streamed or (READABLE[name].is_checked and READABLE[name].writer):
        assert hasattr(reader, "parse")


@pytest.mark.parametrize("name", WRITABLE)
def test_a_writer_has_the_functions_that_its_row_promises(name: str) -> None:
    writer = import_module(f"pubcli.{WRITABLE[name].writer}")
    assert hasattr(writer, "write")
    if WRITABLE[name].is_checked:
        assert hasattr(writer, "entries")
        assert hasattr(writer, "read_back")


def test_the_type_of_paper_formats_names_the_formats_that_hold_papers() -> None:
    assert set(PAPER_FORMATS) == {name for name, format in FORMATS.items() if format.shows == "papers"}
    assert set(PAPER_FORMATS) == {name for name, format in FORMATS.items() if format.storable_fields}


def test_no_other_module_lists_formats() -> None:
    """A tuple, list, set or dictionary of format names belongs in the registry."""
    lists = []
    for path in sorted(SOURCE.rglob("*.py")):
        if path in (SOURCE / "formats" / "__init__.py", SOURCE / "formats" / "shared" / "kinds.py"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Dict | ast.Tuple | ast.List | ast.Set):
                continue
            items = node.keys if isinstance(node, ast.Dict) else node.elts
            names = {item.value for item in items if isinstance(item, ast.Constant)}
            if len(names & {"bibtex", "biblatex", "ris", "csl-json", "csl_json", "csl", "jsonl", "tsv"}) > 2:
                lists.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert lists == []


def test_the_name_of_a_format_has_a_single_spelling() -> None:
    """`csl-json` is its name; `csl_json` is the identifier in Python; "csl" alone is neither."""
    for path in sorted(SOURCE.rglob("*.py")):
        assert re.findall(r"[\"']csl(?:_json)?[\"']", path.read_text(encoding="utf-8")) == [], path


def test_every_kind_of_paper_has_one_row_of_types() -> None:
    kinds = [row.kind for row in KIND_TYPES]
    assert sorted(filter(None, kinds)) == sorted(get_args(Kind))
    assert len(set(kinds)) == len(kinds)
    assert {row.kind for row in TYPES} <= set(kinds)


@pytest.mark.parametrize("form", PAPER_FORMATS)
def test_a_type_that_is_written_for_a_kind_is_read_as_that_kind(form: PaperFormat) -> None:
    for kind in get_args(Kind):
        type_ = kind_type(kind, form)
        assert type_ in kind_types(form)
        assert KINDS[form].get(type_) == kind or type_ in ("misc", "online")


def test_each_tag_of_ris_has_a_single_row() -> None:
    tags = [row.tag for row in TAGS]
    assert len(set(tags)) == len(tags)
    assert TAG_OF["title"] == "TI"


def test_biblatex_has_its_own_names_for_four_fields() -> None:
    assert BIBLATEX_NAMES == {
        "journal": "journaltitle",
        "school": "institution",
        "archivePrefix": "eprinttype",
        "primaryClass": "eprintclass",
    }
