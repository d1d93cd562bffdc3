r"""Write one line for each row from a template such as `{key}: {title} ({date})`.

`{{` and `}}` stand for braces, `\t` for a tab, `\n` for a line break and `\\` for a backslash.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import Formatter

from pubcli.answer.answer import Answer, Row
from pubcli.answer.marks import marked_text
from pubcli.errors import UsageError, require_choice
from pubcli.formats import RenderOptions
from pubcli.lazy import TYPE_CHECKING, pattern

if TYPE_CHECKING:
    from typing import TextIO

_ESCAPED = {"t": "\t", "n": "\n", "\\": "\\"}
_ESCAPE = pattern(r"\\([tn\\])")


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Write one line for each row, with marks; missing values are empty. Raises UsageError for an invalid template."""
    pieces = parse(options.template or "", answer.fields)
    count = 0
    for row in answer.rows:
        count += 1
        out.write("".join([text + (marked_text(row, field) if field else "") for text, field in pieces]) + "\n")
    return count


def field_names(template: str, fields: Sequence[str]) -> tuple[str, ...]:
    """Return the fields in a template, each once. Raises UsageError for an invalid template."""
    return tuple(dict.fromkeys(field for _, field in parse(template, fields) if field))


def parse(template: str, fields: Sequence[str]) -> list[tuple[str, str | None]]:
    """Return the pieces of text in a template, each with the field that follows it, or None if no field follows.

    Raises UsageError for an unknown field, with a suggestion, and for an unmatched brace.
    """
    pieces: list[tuple[str, str | None]] = []
    try:
        for text, field, form, conversion in Formatter().parse(template):
            if field is not None and (form or conversion):
                raise UsageError(f"--template: {{{field}}} must not have a format; write only the name of the field")
            pieces.append((_ESCAPE.sub(lambda match: _ESCAPED[match[1]], text), field))
    except ValueError as error:
        raise UsageError(f"--template: {error}; write {{{{ and }}}} for braces") from None
    for _, field in pieces:
        if field is not None:
            require_choice("--template", field, fields)
    return pieces
