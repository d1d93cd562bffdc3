"""Count the uncertain values in an answer, for notes on standard error."""

from __future__ import annotations

from collections import Counter

from pubcli.answer import marks
from pubcli.lazy import TYPE_CHECKING
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pubcli.answer.answer import Answer, Row


class DoubtCounter:
    """Count the uncertain values that are written without the field that flags them as uncertain."""

    def __init__(self, answer: Answer[Row], fields: Sequence[str]) -> None:
        self._fields = [
            field for field in fields if field in marks.FLAGS and marks.flag_of(field, answer.fields) not in fields
        ]
        self._all_fields = answer.fields
        self._cut_fields = [field for field in fields if field in marks.CUT_FIELDS and "cut" not in fields]
        self._doubts: Counter[tuple[str, str]] = Counter()
        """The number of uncertain values, by field and by the meaning of their mark."""
        self._cuts: Counter[str] = Counter()
        self.answer = answer._replace(rows=self._counted(answer)) if self._fields or self._cut_fields else answer
        """The answer to write. Its uncertain values are counted while its rows are read."""

    def _counted(self, answer: Answer[Row]) -> Iterator[Row]:
        for row in answer.rows:
            self._doubts.update(
                (field, marks.meaning(row, field)) for field in self._fields if marks.is_uncertain(row, field)
            )
            if row.get("cut"):
                self._cuts.update(field for field in self._cut_fields if marks.is_cut(row, field))
            yield row

    def sentences(self, has_marks: bool) -> Iterator[str]:
        """Yield a sentence for each field with uncertain values.

        The sentence explains the mark of these values. If the format has no marks, the sentence names the field that
        shows which values are uncertain.
        """
        if has_marks:
            for (field, meaning), count in self._doubts.items():
                yield f"{meaning} ({count} in {field})"
        else:
            for field in dict.fromkeys(field for field, _ in self._doubts):
                count = sum(number for (name, _), number in self._doubts.items() if name == field)
                values = counted(count, f"value of {field} is", f"values of {field} are")
                flag = marks.flag_of(field, self._all_fields)
                yield f"{values} uncertain; the field {flag} marks {'it' if count == 1 else 'them'}"
        if self._cuts and has_marks:
            yield f"{marks.CUT_EXPLANATION} ({', '.join(f'{count} in {field}' for field, count in self._cuts.items())})"
        elif self._cuts:
            values = counted(self._cuts.total(), "value is", "values are")
            names = ", ".join(f"{count} in {field}" for field, count in self._cuts.items())
            yield f"{values} truncated on the page ({names}); the field cut of JSON and CSV names the truncated fields"
