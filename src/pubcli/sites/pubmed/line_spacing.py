"""Recognise that every line end of a text is doubled, as some mail programs and editors do.

Blank lines separate the paragraphs of a record, so the reader must know which of them are the site's own:

    1. J Kite Stud. 2026 Jan 5;22(1):14-29.      line 1, row 1
                                                 lines 2 to 4, row 2
    Paper kites in the wards: a trial of         line 5, row 3
                                                 line 6
    flying.                                      line 7, row 4
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import sub

from pubcli.formats.shared.page_lines import Line

_PARAGRAPH_GAP = 4
"""The smallest distance between two paragraphs if line ends are doubled: one blank line becomes three."""
_MOST_ODD = 0.05
"""The largest share of odd distances in a text with doubled line ends. A mail may have a few lines of its own."""
_MOST_EXAMINED = 300
"""The largest number of lines, from the first, that are examined."""
_LAST_LINE = "PMID:"


def rows(page: Sequence[Line]) -> Sequence[Line]:
    """Return the lines with the numbers that they have before their line ends are doubled; else the lines unchanged.

    Line ends may be doubled several times.
    """
    while _are_doubled(page):
        row, undoubled = 1, [Line(1, page[0].text)]
        for line, following in pairwise(page):
            row += (following.number - line.number + 1) // 2
            undoubled.append(Line(row, following.text))
        page = undoubled
    return page


def _are_doubled(page: Sequence[Line]) -> bool:
    """Return whether nearly all distances are even, and those of paragraphs are long in each record."""
    page = page[:_MOST_EXAMINED]
    numbers = [line.number for line in page]
    gaps: list[int] = list(map(sub, numbers[1:], numbers))
    odd = sum([gap % 2 for gap in gaps])
    if not gaps or odd > _MOST_ODD * len(gaps):
        return False
    records = sum(line.text.startswith(_LAST_LINE) for line in page)
    return sum(gap >= _PARAGRAPH_GAP for gap in gaps) >= 2 * records > 0


def line_numbers(page: Sequence[Line], undoubled: Sequence[Line]) -> Callable[[int], int]:
    """Return a function from the number of a row to that of its line; for a blank row, to that of the line above it."""
    row_numbers = [line.number for line in undoubled]
    return lambda row: page[max(bisect_right(row_numbers, row) - 1, 0)].number
