"""The lines of a copied page are numbered and cut into blocks, and none of them is left out."""

from hypothesis import given
from hypothesis import strategies as st

from pubcli.formats.shared.page_lines import Line, blocks, joined, page_lines
from pubcli.inputs.sources import from_text


def test_lines_that_are_not_blank_are_numbered_as_in_an_editor() -> None:
    source = from_text("\ufeffWalks\u00a0on\r\n\r\n\u200b \n\t kites \u202f\nend")
    assert page_lines(source) == [Line(1, "Walks on"), Line(4, "kites"), Line(5, "end")]


@given(st.lists(st.sampled_from(["# one", "# two", "text", "more"])))
def test_each_line_is_in_one_block_and_only_the_first_line_of_a_block_begins_one(texts: list[str]) -> None:
    lines = [Line(number, text) for number, text in enumerate(texts, 1)]
    above, *others = blocks(lines, lambda text: text.startswith("#"))
    assert [*above, *(line for block in others for line in block)] == lines
    assert not any(line.text.startswith("#") for line in above)
    assert [[line.text.startswith("#") for line in block].count(True) for block in others] == [1] * len(others)
    assert all(block[0].text.startswith("#") for block in others)
    assert joined(lines) == "\n".join(texts)
