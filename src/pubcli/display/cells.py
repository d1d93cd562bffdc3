"""Convert the values of one cell or of a whole column to text for people."""

from collections.abc import Sequence

from pubcli.answer.answer import Answer, Row
from pubcli.answer.marks import (
    CODES,
    CUT_FIELDS,
    FLAGS,
    READABLE,
    category_appearances,
    is_cut,
    mark,
    marked_text,
    uncertain_flags,
)

SHARES = ("share", "elsewhere")
"""Fields with a share, from 0 to 1."""
DIFFERENCES = ("h_index_difference", "citations_difference")
"""Fields with a change of a number. People see it with its sign."""


def display_text(answer: Answer[Row], row: Row, field: str) -> str:
    """Return the value of a field as text for people, with its mark.

    For None, return the text in `answer.texts_for_none`, or an empty text if there is none for the field.
    """
    return answer.texts_for_none.get(field, "") if row[field] is None else marked_text(row, field)


def column_texts(answer: Answer[Row], rows: Sequence[Row], field: str) -> list[str]:
    """Return the `display_text` of a field for each row.

    To save time, a column of plain values is converted as a whole.
    """
    values = [row[field] for row in rows]
    if field in DIFFERENCES:
        return ["" if value is None else f"{value:+,}" if value else "0" for value in values]
    types = set(map(type, values))
    if types == {bool}:
        return ["yes" if value else "" for value in values]
    if field == "category" and types == {str}:
        appearances = category_appearances(rows)
        distinct = dict(zip(appearances, rows, strict=True))
        texts = {appearance: display_text(answer, row, field) for appearance, row in distinct.items()}
        return [texts[appearance] for appearance in appearances]
    if field in CUT_FIELDS and any(is_cut(row, field) for row in rows):
        return [display_text(answer, row, field) for row in rows]
    if types == {list}:
        plain = [", ".join(map(str, value)) for value in values if isinstance(value, list)]
    else:
        plain = list(map(str, values)) if types in ({int}, {str}) else []
    if not plain or not _is_plain(rows, field, "".join(plain)):
        return [display_text(answer, row, field) for row in rows]
    if field in FLAGS:
        sign, flags = mark(field), uncertain_flags(rows, field)
        return [f"{text}{sign}" if flag and text else text for text, flag in zip(plain, flags, strict=True)]
    return plain


def _is_plain(rows: Sequence[Row], field: str, joined: str) -> bool:
    """Return whether the values of a field can be shown as they are, with nothing but marks added.

    `joined` contains the values of all rows, one after another.
    """
    if field in CODES or not joined.isprintable():
        return False
    if field == "date":
        return all(row.get("date_precision", "day") == "day" for row in rows)
    return field not in READABLE or not ("$" in joined or "\\" in joined)


def percent(share: object) -> str:
    """Return a share from 0 to 1 in per cent; an empty string for None."""
    return f"{share:.0%}" if isinstance(share, int | float) else ""
