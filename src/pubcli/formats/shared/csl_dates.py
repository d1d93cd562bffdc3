"""Convert dates to and from CSL-JSON: `{"date-parts": [[1991]], "season": 1}`.

A date has up to two lists of numbers, and may have `season`, `circa`, `literal` and `raw`. In place of a month, the
numbers 21 to 24 are seasons, as in pandoc, and so are 13 to 16, as in citeproc-js. A last list `[0]` is an open end.
`literal` is text to print as it is, and `raw` is text that no program has parsed yet.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from pubcli.biblio.dates import partial_date
from pubcli.biblio.month_names import season_of
from pubcli.biblio.stated_dates import DatePoint, StatedDate, parse, plain
from pubcli.formats.shared.lines import as_text, number

_KEYS = frozenset(("date-parts", "season", "circa", "literal", "raw"))
_OPEN = [0]
_PRECISIONS = ("year", "month", "day")
_SEASON_NUMBERS = {
    **{str(number): number for number in range(1, 5)},
    **{str(number): (number - 13) % 4 + 1 for number in (*range(13, 17), *range(21, 25))},
}


def from_csl(value: object) -> StatedDate:
    """Return the date that a variable of CSL-JSON states. The variable may also be a text, as in pandoc's metadata."""
    if not isinstance(value, Mapping):
        return parse(as_text(value)) if isinstance(value, str | int) else _not_understood(value)
    if len(value) == 1 and (plain_date := _plain_date(value.get("date-parts"))):
        return plain_date  # fast path for most dates
    if value.keys() - _KEYS or not _is_valid(value):
        return _not_understood(value)
    written = str(value.get("literal") or value.get("raw") or "")
    lists = [_without_blanks(parts) for parts in value.get("date-parts") or []]
    if not any(lists):
        stated = parse(written) if written else StatedDate()
        has_season = bool(value.get("season")) and not written
        return _not_understood(value) if has_season else _with_circa(stated, value)
    stated = _from_lists(lists, value) or StatedDate(_start(lists[0]), text=_json(value))
    if not written or stated.text:
        return stated
    in_text = parse(written)
    return in_text if not in_text.text and in_text.date == stated.date else stated._replace(text=written)


def _plain_date(listed: object) -> StatedDate | None:
    """Return the date in a list of one list of integers; None for any other value."""
    if not isinstance(listed, list) or len(listed) != 1 or not isinstance(listed[0], list):
        return None
    return _date_of_numbers(*listed[0]) if {int}.issuperset(map(type, listed[0])) else None


@lru_cache(maxsize=10_000)
def _date_of_numbers(*numbers: int) -> StatedDate | None:
    date = partial_date(*numbers) if 0 < len(numbers) <= len(_PRECISIONS) else None
    return plain(date) if date and date.precision == _PRECISIONS[len(numbers) - 1] else None


def _is_valid(value: Mapping[str, Any]) -> bool:
    """Return whether the values of a date variable have the types of the schema. Nulls are accepted too."""
    lists = value.get("date-parts") or []
    if not isinstance(lists, list) or not all(isinstance(parts, list) for parts in lists):
        return False
    texts = (value.get(key) for key in _KEYS - {"date-parts"})
    return all(isinstance(part, str | int | None) for part in (*texts, *(part for parts in lists for part in parts)))


def _without_blanks(parts: Sequence[object]) -> list[str]:
    """Return the numbers of a date as text, without nulls and empty texts at the end."""
    texts = [as_text(part).strip() for part in parts]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _from_lists(lists: Sequence[list[str]], value: Mapping[str, Any]) -> StatedDate | None:
    """Return the date in lists of numbers, with the season of the date; None if they do not state a date."""
    season = _season(value.get("season"))
    start, end = _point(lists[0], season), _point(lists[1], season) if len(lists) == 2 else None
    is_understood = season is not None and len(lists) < 3 and (end or len(lists) < 2 or lists[1] == ["0"])
    if start is None or not is_understood:
        return None
    return _with_circa(StatedDate(start, end, is_range=len(lists) == 2), value)


def _season(value: object) -> int | None:
    """Return the number of a season; 0 if there is none, and None if the value is not a season."""
    return _SEASON_NUMBERS.get(as_text(value), season_of(as_text(value))) if value else 0


def _point(parts: Sequence[str], season: int | None) -> DatePoint | None:
    """Return the date in a list of one to three numbers; None if the calendar has no such date."""
    if len(parts) == 2 and int(number(parts[1]) or 0) > 12:
        parts, season = parts[:1], _SEASON_NUMBERS.get(parts[1])
        if season is None:
            return None
    point = _start(parts)
    precision = _PRECISIONS[len(parts) - 1] if len(parts) <= len(_PRECISIONS) else None
    if point is None or point.date.precision != precision or (season and precision != "year"):
        return None
    return point._replace(season=season or None)


def _start(parts: Sequence[str]) -> DatePoint | None:
    """Return a date as far as its numbers are valid: a day, a month or a year. Return None without a valid year."""
    numbers = [number(part) for part in parts[:3]]
    year = numbers[0] if numbers else None
    date = partial_date(year, *(part or 0 for part in numbers[1:])) if year else None
    return DatePoint(date) if date else None


def _with_circa(stated: StatedDate, value: Mapping[str, Any]) -> StatedDate:
    is_circa = as_text(value.get("circa")).lower() not in ("", "0", "false")
    return stated._replace(is_circa=True) if is_circa and stated.date else stated


def _not_understood(value: object) -> StatedDate:
    return StatedDate(text=_json(value)) if value else StatedDate()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def to_csl(stated: StatedDate) -> dict[str, Any]:
    """Return a date as a variable of CSL-JSON; an empty dictionary if there is no date.

    The schema has no field for an uncertain date, so such a date is written as `circa`. What numbers cannot express
    becomes `literal`, which programs print as it is.
    """
    first = stated.start or stated.end
    date: dict[str, Any] = {}
    if stated.is_range and stated.start:
        date["date-parts"] = [stated.start.numbers(), stated.end.numbers() if stated.end else _OPEN]
    elif first:
        date["date-parts"] = [first.numbers()[:1] if first.season else first.numbers()]
        date |= {"season": first.season} if first.season else {}
    if stated.text or (stated.is_range and not stated.start) or stated.is_unspecified:
        date["literal"] = stated.edtf
    return date | {"circa": True} if stated.is_circa or stated.is_uncertain else date


def parse_any(text: str) -> StatedDate:
    """Return the date that a text from `extra` states. The text may be a variable of CSL-JSON."""
    if not text.startswith("{"):
        return parse(text)
    try:
        stated = from_csl(json.loads(text))
    except (ValueError, RecursionError):
        return parse(text)
    return stated._replace(text=text) if stated.text.startswith("{") else stated
