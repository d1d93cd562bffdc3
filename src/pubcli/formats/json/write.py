"""Write a JSON array (RFC 8259), one record per line."""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING, json
from pubcli.text.compact_json import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, TextIO

    from pubcli.answer.answer import Answer, Row
    from pubcli.formats import RenderOptions


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write all rows. Write `[]` if there are no rows, so that the output is always valid JSON."""
    count = 0
    for count, text in enumerate(encoded(answer, fields), 1):
        out.write(f"{'[' if count == 1 else ','}\n{text}")
    out.write("\n]\n" if count else "[]\n")
    return count


def encoded(answer: Answer[Row], fields: Sequence[str]) -> Iterable[str]:
    """Return one text for each row of an answer: the chosen fields of the row as a JSON object on one line."""
    if answer.encoded is not None and tuple(fields) == answer.fields:
        return answer.encoded
    return _encode(answer, fields)


def _encode(answer: Answer[Row], fields: Sequence[str]) -> Iterator[str]:
    for row in answer.rows:
        yield compact({field: row[field] for field in fields})


def entries(rows: Iterable[Row], fields: Sequence[str], options: RenderOptions) -> Iterator[dict[str, Any]]:
    """Yield a dictionary of the chosen fields for each row."""
    for row in rows:
        yield {field: row[field] for field in fields}


def read_back(text: str) -> Iterator[dict[str, Any]]:
    """Yield the JSON objects in the text of a file that `write` wrote. Raises ValueError for invalid JSON."""
    yield from json.loads(text)
