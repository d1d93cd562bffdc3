"""Write JSON Lines: one record per line, for tools that read a stream."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pubcli.answer.answer import Answer, Row
from pubcli.formats import RenderOptions
from pubcli.formats.json.write import encoded
from pubcli.formats.json.write import entries as entries
from pubcli.lazy import TYPE_CHECKING, json

if TYPE_CHECKING:
    from typing import Any, TextIO


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write all rows. Write nothing if there are no rows."""
    count = 0
    for text in encoded(answer, fields):
        count += 1
        out.write(f"{text}\n")
    return count


def read_back(text: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON object on each line of a file that `write` wrote. Raises ValueError for invalid JSON."""
    yield from map(json.loads, filter(None, text.split("\n")))
