"""Recognise the lines around a copied list of results, and read how many results there are.

1,448 results
Page 1 of 145
1                     the number of the first record, after a checkbox
Cite Share            the buttons of a record; also one on each line
"""

import re
from collections.abc import Sequence
from typing import Any

from pubcli.formats.shared.page_lines import Line

_BUTTONS = re.compile(
    r"\d{1,6}|Cite|Share|Cite\s*Share|Favorites|Item in Clipboard|(?:Permalink|Copy)|Select (?:search )?result.*"
)
_RESULTS = re.compile(r"(?:\D{0,40} )?([\d,]{1,11}) results?(?: for .*)?", re.IGNORECASE)
_PAGE = re.compile(
    r"(?:Page\s*)?of [\d,]+|Page(?: [\d,]+(?: of [\d,]+)?)?|Results? by year|(?:Save|Email|Send to|Sort by).*|Advanced"
    r"|Create (?:alert|RSS).*|User Guide.*|My (?:NCBI|custom) .*|Display options.*|Additional filters|Filters? .*"
    r"|Reset.*|Show more|See more.*|Search(?: results)?|Skip to main page content|Follow NCBI.*|NCBI .*|NLM|NIH|HHS"
    r"|FOIA.*|Help|Text availability|Article (?:attribute|type)|Publication date|Expand/collapse.*|Found \d+ result.*"
    r"|.* - Search Results(?: - PubMed)?|.* - PubMed|Connect with NLM|Web Policies|Careers|Timeline.*|Download CSV",
    re.IGNORECASE,
)


def is_button(text: str) -> bool:
    """Return whether a line is the number of a record or one of its buttons, above its title."""
    return _BUTTONS.fullmatch(text) is not None


def is_around_list(text: str) -> bool:
    """Return whether a line belongs to the page around a list."""
    return _PAGE.fullmatch(text) is not None or _RESULTS.fullmatch(text) is not None


def values(around: Sequence[Line], papers: int) -> dict[str, Any]:
    """Return what the lines around a list of `papers` records state, by field of `Profile`."""
    results = [match[1] for line in around if (match := _RESULTS.fullmatch(line.text))]
    stated = int(results[0].replace(",", "")) if results and results[0].strip(",") else None
    return {"stated_papers": stated, "list_cut": stated is not None and stated > papers}
