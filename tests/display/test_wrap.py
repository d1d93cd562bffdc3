"""Lines of long cells."""

import re
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pubcli.display import wrap as wrap_module
from pubcli.display.wrap import is_narrow, wrap
from thoroughness import examples


@examples(500)
@given(st.text("ab -–—…εθ∞²Ω’é", max_size=40).map(str.rstrip), st.integers(1, 15))
def test_narrow_texts_are_wrapped_as_wide_ones(text: str, width: int) -> None:
    with patch.object(wrap_module, "_NARROW", re.compile("(?!)")):
        expected = wrap(text, width)
    assert wrap(text, width) == expected


def test_each_narrow_character_takes_one_cell() -> None:
    narrow = [char for char in map(chr, range(0xD800)) if is_narrow(char)]

    assert len(narrow) > 1_500
    assert all(cell_len(char) == 1 for char in narrow)
