"""The text of one cell or of a whole column, as people read it."""

from collections.abc import Sequence

from pubcli.answer.answer import Answer, Row
from pubcli.answer.marks import CODES, FLAGS, READABLE, category_appearances, mark, marked_text, uncertain_flags

SHARES = ("share", "elsewhere")
"""Fields that hold a part of one."""


def display_text(answer: Answer[Row], row: Row, field: str) -> str:
    """What `marked` gives, with the answer's own word where the value is None."""
    return answer.none_texts.get(field, "") if row[field] is None else marked_text(row, field)


def column_texts(answer: Answer[Row], rows: Sequence[Row], field: str) -> list[str]:
    """What `named` gives for a field of all rows; where they hold nothing but plain text, without asking it of each."""
    values = [row[field] for row in rows]
    kinds = set(map(type, values))
    if kinds == {bool}:
        return ["yes" if value else "" for value in values]
    if field == "category" and kinds == {str}:
        looks = category_appearances(rows)
        texts = {look: display_text(answer, row, field) for look, row in dict(zip(looks, rows, strict=True)).items()}
        return [texts[look] for look in looks]
    if kinds == {list}:
        plain = [", ".join(map(str, value)) for value in values if isinstance(value, list)]
    else:
        plain = list(map(str, values)) if kinds in ({int}, {str}) else []
    if not plain or not _is_plain(rows, field, "".join(plain)):
        return [display_text(answer, row, field) for row in rows]
    if field in FLAGS:
        sign, both = mark(field), zip(plain, uncertain_flags(rows, field), strict=True)
        return [f"{text}{sign}" if is_doubtful and text else text for text, is_doubtful in both]
    return plain


def _is_plain(rows: Sequence[Row], field: str, joined: str) -> bool:
    """Whether the texts of a column are what people read, but for marks."""
    if field in CODES or not joined.isprintable():
        return False
    if field == "date":
        return all(row.get("date_precision", "day") == "day" for row in rows)
    return field not in READABLE or not ("$" in joined or "\\" in joined)


def percent(share: object) -> str:
    """A share from 0 to 1 as people read it; empty for None."""
    return f"{share:.0%}" if isinstance(share, int | float) else ""
