"""Files of one format as files of another, in memory."""

import io

from pubcli.answer.answer import Answer
from pubcli.formats import RenderOptions, default_fields, write
from pubcli.reader import read
from pubcli.store.ask import PAPER_FIELDS


def turned(text: str, source: str, form: str) -> str:
    """A file of one format as one of another."""
    rows = [paper.model_dump(mode="json") for paper in read(text, form=source).papers]
    out, answer = io.StringIO(newline=""), Answer("papers", PAPER_FIELDS, rows)
    write(form, answer, default_fields(form, answer), out, RenderOptions())
    return out.getvalue()
