"""The table of formats in the documentation is the one that the program has.

`UPDATE_README=1 pytest tests/test_docs.py` writes it anew.
"""

import io
import os
import re

from pubcli.formats import RenderOptions, default_fields, write
from pubcli.formats.overview import listing
from repository import DOCS

PAGE = DOCS / "formats.md"
TABLE = re.compile(r"(?<=<!-- table -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)


def test_the_table_of_formats() -> None:
    out = io.StringIO()
    write("markdown", listing(), default_fields("markdown", listing()), out, RenderOptions())
    text = PAGE.read_text(encoding="utf-8")
    if os.environ.get("UPDATE_README"):
        PAGE.write_text(TABLE.sub(lambda _: out.getvalue(), text), encoding="utf-8")
        return
    found = TABLE.search(text)
    assert found
    assert found[0] == out.getvalue()
