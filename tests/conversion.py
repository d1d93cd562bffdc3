"""Convert a file from one format to another, in memory."""

import io

from pubcli.answer.answer import Answer
from pubcli.formats import RenderOptions, default_fields, write
from pubcli.reader import read
from pubcli.store.ask import PAPER_FIELDS


def convert(text: str, source: str, form: str) -> str:
    """Return a file of format `source` as a file of format `form`."""
    rows = [paper.model_dump(mode="json") for paper in read(text, form=source).papers]
    out, answer = io.StringIO(newline=""), Answer("papers", PAPER_FIELDS, rows)
    write(form, answer, default_fields(form, answer), out, RenderOptions())
    return out.getvalue()
