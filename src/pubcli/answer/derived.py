"""Fields of papers that follow from other fields. They are not stored, and written only if the user names them."""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pubcli.answer.answer import Answer, Row


def with_derived(answer: Answer[Row], fields: Sequence[str]) -> Answer[Row]:
    """Return an answer whose rows also have the derived fields that `fields` names, such as `year`."""
    derived = tuple(field for field in fields if field in answer.derived_fields)
    if not derived:
        return answer
    rows = ({**row, "year": year(row)} for row in answer.rows)
    return answer._replace(fields=(*answer.fields, *derived), rows=rows, encoded=None)


def year(row: Row) -> int | None:
    """Return the year of a paper; None if its date is unknown. It is assumed if `date_assumed` is true."""
    day = row["date"]
    return int(str(day)[:4]) if day else None
