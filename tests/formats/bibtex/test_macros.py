"""A file may use the macros that @string defines in the files before it, as in BibTeX."""

from pubcli.formats.bibtex.macros import EarlierMacros
from pubcli.inputs.sources import from_text
from pubcli.model import Paper
from pubcli.reader import read_source

ENTRY = "@article{m, title = {Two}, journal = JMLR, publisher = press # { of Ulm}, note = {jmlr}}\n"


def last_paper(*texts: str) -> Paper:
    """Read texts one after the other, and return the only paper of the last one."""
    macros = EarlierMacros()
    for text in texts:
        document = read_source(macros.provide(from_text(text)))
    [paper] = document.papers
    return paper


def test_macros_of_earlier_files_are_replaced_by_their_texts() -> None:
    paper = last_paper("@STRING{jmlr = {J. of ML}}\n", '@string(press = jmlr # " Press")\n', ENTRY)
    assert (paper.venue, paper.publisher) == ("J. of ML", "J. of ML Press of Ulm")


def test_a_definition_in_the_file_itself_comes_first() -> None:
    paper = last_paper("@string{jmlr = {Earlier}, press = {P}}\n", "@string{jmlr = {Own}}\n" + ENTRY)
    assert (paper.venue, paper.publisher) == ("Own", "P of Ulm")


def test_macros_of_later_files_do_not_count() -> None:
    macros = EarlierMacros()
    first = read_source(macros.provide(from_text(ENTRY)))
    assert [problem.reason.split(",")[0] for problem in first.problems] == [
        "no @string defines JMLR", "no @string defines press"
    ]  # fmt: skip


def test_only_macros_that_a_file_uses_belong_to_its_options() -> None:
    macros = EarlierMacros()
    macros.provide(from_text("@string{jmlr = {J}, acm = {A}, press = {P}}\n"))
    assert macros.provide(from_text(ENTRY)).options.macros == (("jmlr", "J"), ("press", "P"))
    assert macros.provide(from_text('{"journal": "jmlr", "x"= jmlr, "email": "a@jmlr"}')).options.macros == ()
