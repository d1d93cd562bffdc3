"""Traces of formulas are recognised in copied text, and ordinary text has none."""

import pytest

from pubcli.sites.arxiv_page.formulas import has_traces


@pytest.mark.parametrize(
    "text",
    ["O(n2/3) bounds", "at most n2 steps", "Bounds for αi≤ϵ", "maps f∈L", "an (x1, x2) pair", "of 𝑛 kites", "over ℝ",
     "v2 and n3"],
)  # fmt: skip
def test_a_flattened_formula_leaves_a_trace(text: str) -> None:
    assert has_traces(text)


@pytest.mark.parametrize(
    "text",
    ["Walks on k-Regular Kites: A Survey", "GPT-4 and H2O", "v2: a comma added", "Kites (2020)",
     "Learning to Fly from 2000", "at most $n^2$ steps, αi≤ϵ", "Web3 for the G20", "3.5 times", ""],
)  # fmt: skip
def test_ordinary_text_and_tex_have_no_trace(text: str) -> None:
    assert not has_traces(text)
