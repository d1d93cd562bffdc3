"""Plain text by a template such as `{key}: {title} ({date})`: a line for each row, `{{` and `}}` for braces."""

from collections.abc import Sequence
from string import Formatter
from typing import TextIO

from pubcli.answer.answer import Answer, Row
from pubcli.answer.marks import marked_text
from pubcli.errors import UsageError, require_choice
from pubcli.formats import RenderOptions


def write(answer: Answer[Row], fields: Sequence[str], out: TextIO, options: RenderOptions) -> int:
    """Values as people read them, doubts marked; what is missing is empty. Raises UsageError for a bad template."""
    pieces = parsed(options.template or "", answer.fields)
    count = 0
    for row in answer.rows:
        count += 1
        out.write("".join([text + (marked_text(row, field) if field else "") for text, field in pieces]) + "\n")
    return count


def names(template: str, known: Sequence[str]) -> tuple[str, ...]:
    """The fields that a template names. Raises UsageError for a bad template."""
    return tuple(dict.fromkeys(field for _, field in parsed(template, known) if field))


def parsed(template: str, known: Sequence[str]) -> list[tuple[str, str | None]]:
    """Pieces of text, each with the field behind it, None behind the last.

    Raises UsageError for a field that there is not, with a suggestion, and for a brace that is open.
    """
    found: list[tuple[str, str | None]] = []
    try:
        for text, field, form, conversion in Formatter().parse(template):
            if field is not None and (form or conversion):
                raise UsageError(f"--template: {{{field}}} takes no format; write the name of the field alone")
            found.append((text, field))
    except ValueError as error:
        raise UsageError(f"--template: {error}; write {{{{ and }}}} for braces") from None
    for _, field in found:
        if field is not None:
            require_choice("--template", field, known)
    return found
