"""Whether a file says what was written into it: read again, record by record, and compared."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from pubcli.answer import Answer
from pubcli.formats import Look, loaded

_LONGEST = 60
"""Characters of a value that are quoted."""


def differences(name: str, answer: Answer, fields: Sequence[str], look: Look, text: str) -> Iterator[str]:
    """A sentence for each record of a file that is not the one of the answer; the format is one that is checked."""
    module = loaded(name)
    expected = module.entries(answer.rows, fields, look)
    try:
        for number, (one, other) in enumerate(zip_longest(expected, module.reread(text)), 1):
            if one != other:
                yield f"record {number}: {_difference(one, other)}"
    except ValueError as error:
        yield f"the file cannot be read any further: {error}"


def _difference(written: Any, found: Any) -> str:
    if written is None or found is None:
        return f"{_short(found or written)} {'is missing' if found is None else 'was not written'}"
    for one, other in zip_longest(_parts(written), _parts(found)):
        if one != other:
            return f"{_short(other)} stands where {_short(one)} was written"
    return "values are of other types"


def _parts(entry: Any) -> list[Any]:
    if isinstance(entry, dict):
        return list(entry.items())
    return [inner for part in entry for inner in (part if isinstance(part, list) else [part])]


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
