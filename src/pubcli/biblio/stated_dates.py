"""Parse dates as sources state them, and write them in EDTF (ISO 8601-2, levels 0 and 1) and in words.

A paper has one date: a day, a month or a year. A source may state more: a range, a season, that the date is approximate
or uncertain, or text that is not a date. `parse` is the only place that decides what a text means. Readers keep a text
in `extra` unless the paper's date expresses all of it (`StatedDate.is_plain`), and writers parse the text again.

    2022-03-13, 2022/3/13/, 20220313, 13 March 2022, 13.03.2022, 2022年3月13日      a day
    1950/1955, 1950--1955, Sep-Oct 2001, 3-5 March 2020, 1950/..                   ranges
    1991-21, Spring 1991, 1991///Spring                                            seasons
    1723~, c. 1723, 1723?                                                          uncertain dates
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pubcli.biblio.dates import PartialDate, day, partial_date, truncated_day
from pubcli.biblio.month_names import ENGLISH_MONTHS, ENGLISH_SEASONS, month_of, season_of
from pubcli.lazy import pattern
from pubcli.text.normalize import fold

_FIRST_SEASON = 21
"""The number of spring in place of a month, in EDTF. CSL and pandoc use it too."""


class DatePoint(NamedTuple):
    """A date without a range: a day, a month, a year, or a season of a year."""

    date: PartialDate
    season: int | None = None
    """1 for spring to 4 for winter; the precision of `date` is then `year`."""

    def edtf(self) -> str:
        """Return the date in EDTF: `2022-03-13`, `2022-03`, `2022`, or `1991-21` for spring 1991."""
        text = truncated_day(self.date.day.isoformat(), self.date.precision)
        return f"{text}-{_FIRST_SEASON - 1 + self.season}" if self.season else text

    def numbers(self) -> list[int]:
        """Return the year, and the month and the day if they are known. A season takes the place of the month."""
        return list(map(int, self.edtf().split("-")))


class StatedDate(NamedTuple):
    """A date as a source states it."""

    start: DatePoint | None = None
    """The date, or the first date of a range; None if the text states no date, or a range without a start."""
    end: DatePoint | None = None
    """The last date of a range; None if there is no range, or if the range is open."""
    is_range: bool = False
    is_circa: bool = False
    """Whether the source says that the date is approximate: `~` in EDTF, `c.` in words."""
    is_uncertain: bool = False
    """Whether the source puts the date in doubt: `?`."""
    is_unspecified: bool = False
    """Whether the text says that the month or the day is not specified: `2004-XX`."""
    text: str = ""
    """The text if a part of it was not understood, else empty."""

    @property
    def date(self) -> PartialDate | None:
        """The date that a paper gets: the start of a range, or its end if it has no start; None without a date."""
        point = self.start or self.end
        return point.date if point else None

    @property
    def is_plain(self) -> bool:
        """Whether the date of a paper expresses everything that the source states."""
        return self.start is not None and self.start.season is None and self[1:] == _NOTHING_ELSE

    @property
    def edtf(self) -> str:
        """The date in EDTF; or the text if it was not understood."""
        if self.text:
            return self.text
        sign = "%" if self.is_circa and self.is_uncertain else "~" * self.is_circa or "?" * self.is_uncertain
        ends = (f"{point.edtf()}{sign}" if point else ".." for point in (self.start, self.end))
        if self.is_range:
            return "/".join(ends)
        return f"{self.start.edtf() if self.start else ''}{'-XX' * self.is_unspecified}{sign}"


_NOTHING_ELSE = StatedDate()[1:]


def plain(date: PartialDate) -> StatedDate:
    """Return a date that is stated without a range, a season or a doubt."""
    return StatedDate(DatePoint(date))


# Words and numbers of a text. Each has a kind, which is one letter:
#   I a date in digits   Y a year   M a month   S a season   N a number of one or two digits
#   - a hyphen, dash or "to"   / a slash   O an open end   ~ about   ? uncertain   % both   X an unspecified part
_TIME = "T"
_TOKEN = pattern(
    r"""
    (?P<unspecified>\d\d(?:XX|\dX)(?![\w-])|\d{4}(?:-\d\d)?(?:-XX){1,2}(?![\w-]))
    | (?P<ymd>\d{4}(?P<between>[-/.])\d{1,2}(?:(?P=between)\d{1,2})?(?!\d)) | (?P<compact>\d{8}(?!\d))
    | (?P<dmy>\d{1,2}(?P<after_day>[./-])\d{1,2}(?P=after_day)\d{4}(?!\d)) | (?P<my>\d{1,2}[./]\d{4}(?!\d))
    | (?P<cjk>\d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)?)
    | (?P<time>[Tt ]?\d{1,2}:\d\d(?::\d\d(?:\.\d+)?)?\ ?(?:Z|GMT|UTC|[+-]\d\d:?\d\d)?(?!\w))
    | (?P<year>\d{4}(?!\d)) | (?P<number>\d{1,2}(?:st|nd|rd|th|er|\.|º)?(?![^\W_]))
    | (?P<open>\.\.) | (?P<dash>-{1,3}|_) | (?P<sign>[/~?%]) | (?P<word>[^\W\d_]+\.?) | (?P<blank>[\s,]+)
    """,
    re.VERBOSE,
)
_USUAL = pattern(r"(\d{4}) ([A-Z][a-z]+)(?: (\d{1,2}))?|(?:(\d{1,2}) )?([A-Z][a-z]+),? (\d{4})", re.ASCII)
_ENGLISH = {name[:length]: number for number, name in enumerate(ENGLISH_MONTHS, 1) for length in (3, len(name))}
_DASHES = str.maketrans({**dict.fromkeys("‐‑‒–—―−", "-"), "≈": "~", "\u00a0": " ", "\u202f": " "})
_SIGNS = {
    **dict.fromkeys(("to", "and", "until", "through", "bis", "und", "et", "y", "e", "au", "al"), "-"),
    **dict.fromkeys(("open", "unknown"), "O"),
    **dict.fromkeys(
        "c. ca ca. circa about around approx approx. approximately um vers env. environ cerca hacia".split(), "~"
    ),
    **dict.fromkeys(("of", "de", "del"), ""),
    **dict.fromkeys("mon tue wed thu fri sat sun".split(), ""),
    **dict.fromkeys("monday tuesday wednesday thursday friday saturday sunday".split(), ""),
}
"""The kind of each word that is neither a month nor a season. Words with an empty kind mean nothing in a date."""
_ASIDE = frozenset((*"~?%", _TIME))
"""The kinds of words that may be anywhere in a date."""
_MIDNIGHT = pattern(r"[Tt ]?00?:00(?::00(?:\.0+)?)? ?(?:Z|GMT|UTC|[+-]00:?00)?")
_POINT = pattern(
    "[IXY]|M[-/]?Y|Y[-/]?M(?:[-/]?N)?(?:(?<=[MN])/)?|N[-/]?M[-/]?Y|M[-/]?N[-/]?Y|S[-/]?Y|Y[-/]?S", re.ASCII
)
"""Matches the kinds of the words of a date without a range."""
_BORROWED = {
    ("M", "MY"): "Y", ("S", "SY"): "Y", ("N", "NMY"): "MY", ("NM", "NMY"): "Y", ("MN", "MNY"): "Y", ("MN", "NY"): "Y",
    ("YM", "M"): "", ("YS", "S"): "", ("YMN", "N"): "", ("IM", "M"): "",
}  # fmt: skip
"""Ranges in which one end has no year. A key has the kinds of the words of both ends. Its value has the kinds of the
words that the first end takes from the last end.

The last end takes all words that it lacks from the first end: `March 3-5, 2020`, `2001/Sep-Oct`.
"""
_RIS = pattern(r"\s*(\d{4})?/(\d{0,2})/(\d{0,2})(?:/(.*))?", re.DOTALL)
"""Matches a date in RIS: YYYY/MM/DD/other, where each part may be empty."""
_ISO = pattern(r"\d{4}(?:-\d\d(?:-\d\d)?)?", re.ASCII)
_LEADING_DATE = pattern(r"\s*(\d{4})(?:[-.](\d{1,2})(?:[-.](\d{1,2}))?|/(\d{1,2})/(\d{1,2}))?(?=\D|$)")
_ONE_YEAR = pattern(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_NEGATIVE_YEAR = pattern(r"\s*-\d{4}")
_LONGEST = 200
"""The largest number of characters of a text that may be a date."""


class _Word(NamedTuple):
    """A word, a number or a sign in a text, with its kind and its value."""

    kind: str
    numbers: tuple[int, ...] = ()


@lru_cache(maxsize=10_000)
def parse(text: str) -> StatedDate:
    """Return the date that a text states.

    If a part of the text is not understood, the result has the text, and a date only if it is certain: the date at the
    beginning of the text, or its only year. A day that the calendar does not have counts as not understood. `3/4/2022`
    may be a day in March or in April, so only its year is certain.
    """
    text = text.strip()
    if date := _usual_date(text):
        return StatedDate(DatePoint(date))  # fast path for most dates in words
    if _ISO.fullmatch(text) and (point := _point([_Word("I", tuple(map(int, text.split("-"))))])):
        return StatedDate(point)  # fast path for most dates
    if match := _RIS.fullmatch(text):
        return _ris_date(match)
    words = _words(text.translate(_DASHES)) if len(text) <= _LONGEST else None
    stated = _understood(words) if words else None
    return stated._replace(text=text if stated.text else "") if stated else StatedDate(_certain_part(text), text=text)


def _usual_date(text: str) -> PartialDate | None:
    """Return the date in a text such as `2022 Mar 13`, `13 March, 2022` or `March 2022`; None for any other text."""
    match = _USUAL.fullmatch(text)
    if match is None:
        return None
    year, month, day_of_month, first_day, first_month, last_year = match.groups()
    number = _ENGLISH.get(month or first_month)
    date = partial_date(int(year or last_year), number, int(day_of_month or first_day or 0)) if number else None
    is_whole = date and date.precision == ("day" if day_of_month or first_day else "month")
    return date if is_whole else None


def _ris_date(match: re.Match[str]) -> StatedDate:
    """Return a date in RIS. Its last part may be a season, a range, or any other text."""
    year, month, day_of_month, other = match.groups()
    other = (other or "").strip()
    date = partial_date(*(int(part or 0) for part in (year, month, day_of_month))) if year else None
    base = StatedDate(DatePoint(date)) if date else StatedDate()
    is_whole = date is not None and base.edtf == "-".join(
        [year, *(part.zfill(2) for part in (month, day_of_month) if part.strip("0"))]
    )
    if not is_whole and (year or not other):
        return base._replace(text=match[0].strip()) if match[0].strip("/ ") else StatedDate()
    for candidate in (other, f"{other} {base.edtf}", f"{other} {year}") if other and date else ():
        stated = parse(candidate)
        if not stated.text and stated.date and DatePoint(stated.date).edtf().startswith(base.edtf):
            return stated
    has_year = year is None or year in other
    return base._replace(text=other if has_year or not other else f"{other} {base.edtf}")


def _certain_part(text: str) -> DatePoint | None:
    """Return the date at the beginning of a text, or its only year; None if it has neither."""
    if _NEGATIVE_YEAR.match(text):
        return None
    if match := _LEADING_DATE.match(text):
        date = partial_date(*(int(part) for part in match.groups() if part))
    else:
        years = set(_ONE_YEAR.findall(text))
        date = partial_date(int(years.pop())) if len(years) == 1 else None
    return DatePoint(date) if date else None


def _words(text: str) -> list[_Word] | None:
    """Return the words, numbers and signs of a text; None if one of them cannot be a part of a date."""
    words: list[_Word] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        word = match and _word(match)
        if match is None or word is None:
            return None
        words.append(word)
        position = match.end()
    return [word for word in words if word.kind]


def _word(match: re.Match[str]) -> _Word | None:
    kind, text = match.lastgroup or "", match[0]
    numbers = tuple(map(int, re.findall(r"\d+", text)))
    if kind == "word":
        return _named(text)
    if kind == "compact":
        numbers = (int(text[:4]), int(text[4:6]), int(text[6:]))
        return _Word("I", numbers) if day(*numbers) else None
    if kind == "dmy":
        return _day_first(*numbers)
    if kind == "time":
        return _Word("" if _MIDNIGHT.fullmatch(text) else _TIME)
    if kind == "unspecified":
        return _Word("X", tuple(int(part) for part in _bounds(text)))
    if kind == "ymd" and "/" in text and len(numbers) == 2 and numbers[1] == (numbers[0] + 1) % 100:
        return None  # 2010/11 may be November or a volume of two years
    kinds = {"ymd": "I", "cjk": "I", "my": "I", "year": "Y", "number": "N", "open": "O", "dash": "-", "blank": ""}
    return _Word(kinds.get(kind, text), numbers[::-1] if kind == "my" else numbers)


def _named(word: str) -> _Word | None:
    """Return the month, the season or the sign that a word names; None for any other word."""
    if month := month_of(word):
        return _Word("M", (month,))
    if season := season_of(word):
        return _Word("S", (season,))
    kind = _SIGNS.get(fold(word), _SIGNS.get(fold(word.rstrip("."))) if word != "c." else None)
    return None if kind is None else _Word(kind)


def _day_first(first: int, second: int, year: int) -> _Word | None:
    """Return the day of `15/06/2001` or `06/15/2001`; None if both numbers may be the month."""
    if first > 12 or first == second:
        return _Word("I", (year, second, first))
    return _Word("I", (year, first, second)) if second > 12 else None


def _bounds(text: str) -> Iterator[str]:
    """Yield the first and last year of `199X`; of `2004-06-XX`, yield the numbers that are specified."""
    if "-" in text:
        yield from (part for part in text.split("-") if part != "XX")
    else:
        yield from (text.replace("X", digit) for digit in "09")


def _understood(words: list[_Word]) -> StatedDate | None:
    """Return the date that words state; None if they do not state a date.

    The `text` of the result is not empty if the date does not exist, or if there is a time of day. `parse` replaces it
    with the whole text.
    """
    signs = {word.kind for word in words if word.kind in _ASIDE}
    words = [word for word in words if word.kind not in _ASIDE]
    kinds = "".join(word.kind for word in words)
    stated = _without_range(words) if _POINT.fullmatch(kinds) else _range(words, kinds)
    if stated is None or stated.text:
        return stated
    rest = _TIME if _TIME in signs else ""
    return stated._replace(is_circa=bool(signs & set("~%")), is_uncertain=bool(signs & set("?%")), text=rest)


def _without_range(words: list[_Word]) -> StatedDate | None:
    if words[0].kind == "X" and len(words[0].numbers) == 2 and words[0].numbers[1] > 12:
        first, last = (_point([_Word("Y", (year,))]) for year in words[0].numbers)
        return StatedDate(first, last, is_range=True) if first and last else None
    if point := _point(words):
        return StatedDate(point, is_unspecified=words[0].kind == "X")
    date = partial_date(*_numbers(words))
    return StatedDate(DatePoint(date), text="no such day") if date else None


def _range(words: list[_Word], kinds: str) -> StatedDate | None:
    """Return the range that words state; None if they do not state a range whose end is after its start."""
    for place, kind in enumerate(kinds):
        if kind not in "-/":
            continue
        before, after = words[:place], words[place + 1 :]
        open_ends = {"" if kind == "/" or not before else "O", "", "O"}
        left, right = ("".join(word.kind for word in part) for part in (before, after))
        if _POINT.fullmatch(left) and right in open_ends:
            start = _point(before)
            return StatedDate(start, is_range=True) if start else None
        if left in ("O", "") and kind == "/" and _POINT.fullmatch(right):
            end = _point(after)
            return StatedDate(None, end, is_range=True) if end else None
        if ends := _ends(before, after):
            start, end = map(_point, ends)
            if start and end and _order(start) <= _order(end):
                return StatedDate(start, end, is_range=True)
    return None


def _ends(before: list[_Word], after: list[_Word]) -> tuple[list[_Word], list[_Word]] | None:
    """Return the words of both ends of a range, each completed with words of the other; None if they are not dates."""
    before, after = ([word for word in part if word.kind not in "-/"] for part in (before, after))
    left, right = ("".join(word.kind for word in part) for part in (before, after))
    if _POINT.fullmatch(left) and _POINT.fullmatch(right):
        return before, after
    if (left, right) not in _BORROWED:
        return None
    borrowed = [word for word in after if word.kind in _BORROWED[left, right] and word.kind not in left]
    return before + borrowed, [*after, *(word for word in before if word.kind not in right)]


def _order(point: DatePoint) -> tuple[PartialDate, int]:
    return point.date._replace(precision="day"), point.season or 0


def _point(words: list[_Word]) -> DatePoint | None:
    """Return the date that words state, in any order; None if the calendar has no such date."""
    year, month, day_of_month = _numbers(words)
    season = next((word.numbers[0] for word in words if word.kind == "S"), 0)
    if not day_of_month and _FIRST_SEASON <= (month or 0) < _FIRST_SEASON + len(ENGLISH_SEASONS):
        season, month = (month or 0) - _FIRST_SEASON + 1, None
    date = partial_date(year, month, day_of_month)
    expected = "year" if month is None else "month" if day_of_month is None else "day"
    return DatePoint(date, season or None) if date and date.precision == expected else None


def _numbers(words: list[_Word]) -> tuple[int, int | None, int | None]:
    """Return the year, the month and the day of words; None for a part that they do not state."""
    numbers = {word.kind: word.numbers for word in words}
    whole = numbers.get("I") or numbers.get("X") or ()
    year, *parts = (*whole, *(number for kind in "YMN" for number in numbers.get(kind, ())))
    return year, parts[0] if parts else None, parts[1] if len(parts) > 1 else None


def in_words(point: DatePoint) -> str:
    """Return a date in English words: `Spring 1991`, `13 March 2022`, `March 2022`, `2022`."""
    year, month, day_of_month = (*point.numbers(), 0, 0)[:3]
    if point.season:
        return f"{ENGLISH_SEASONS[point.season - 1]} {year:04}"
    name = ENGLISH_MONTHS[month - 1] if month else ""
    return " ".join(filter(None, (str(day_of_month or ""), name, f"{year:04}")))
