"""Entries are written with the fields of biblatex that other programs understand."""

import io

import pytest

from pubcli.answer.answer import Answer
from pubcli.formats import RenderOptions, write
from pubcli.reader import read
from pubcli.store.ask import PAPER_FIELDS


def rewritten(text: str, form: str = "biblatex", keys: tuple[str, ...] = ()) -> str:
    """Return a BibTeX file, read and written again, with only the papers that have one of the keys, if any."""
    papers = [paper for paper in read(text, form="bibtex").papers if not keys or paper.key in keys]
    out = io.StringIO()
    answer = Answer("papers", PAPER_FIELDS, [paper.model_dump(mode="json") for paper in papers])
    write(form, answer, PAPER_FIELDS, out, RenderOptions())
    return out.getvalue()


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
@pytest.mark.parametrize("name", ["author+an", "author+an:default", "title+an:role"])
def test_annotations_of_biblatex_are_fields(form: str, name: str) -> None:
    text = rewritten(f'@misc{{a, title = {{T}}, {name} = {{1=corresponding; 2:family="x"}}}}\n', form)
    assert f'\n  {name} = {{1=corresponding; 2:family="x"}}' in text


PARENT, CHILD = "@proceedings{pr, title={P}}\n", "@inproceedings{ip, title={T}, xref={pr}}\n"


@pytest.mark.parametrize("form", ["bibtex", "biblatex"])
@pytest.mark.parametrize("text", [PARENT + CHILD, CHILD + PARENT])
def test_a_reference_to_a_volume_that_is_written_stays_a_reference(form: str, text: str) -> None:
    assert "\n  xref = {pr}" in rewritten(text, form)
    assert "\n  proceedings = {pr}" in rewritten(text, form, ("ip",))


@pytest.mark.parametrize("path", [r":C\:\\Users\\x\\a_b.pdf:PDF", r"C:\new\{a}\table.pdf"])
def test_a_path_is_written_as_it_was_read(path: str) -> None:
    assert f"\n  file = {{{path}}}" in rewritten(f"@misc{{a, title = {{T}}, file = {{{path}}}}}\n")
