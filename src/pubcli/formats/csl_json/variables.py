"""Define which variables of CSL 1.0.2 hold the fields of a paper, for the reader and the writer.

`shared.crosswalk` has the names of other fields, such as editors. `shared.kinds` has the types of items.
"""

import re

TEXTS = {
    "title": "title", "venue": "container-title", "volume": "volume", "issue": "issue", "pages": "page",
    "publisher": "publisher", "doi": "DOI", "url": "URL", "abstract": "abstract",
}  # fmt: skip
"""Maps each text field of a paper to its variable."""
NAMES = frozenset(
    "chair collection-editor compiler composer container-author contributor curator director editor editorial-director "
    "executive-producer guest host illustrator interviewer narrator organizer original-author performer producer "
    "recipient reviewed-author script-writer series-creator translator".split()
)
"""Variables that hold people, apart from `author`."""
DATES = frozenset("accessed available-date event-date original-date submitted".split())
"""Variables that hold a date, apart from `issued`."""
_OTHER_TEXTS = (
    "annote archive archive_collection archive_location archive-place authority call-number chapter-number "
    "citation-label citation-number collection-number collection-title container-title-short dimensions division "
    "edition event event-place event-title first-reference-note-number genre ISBN ISSN jurisdiction language locator "
    "medium note number number-of-pages number-of-volumes original-publisher original-publisher-place original-title "
    "page-first part part-title PMCID PMID printing publisher-place references reviewed-genre reviewed-title scale "
    "section source status supplement title-short translated-title version volume-title volume-title-short year-suffix"
).split()
EXTRA = re.compile("|".join((*_OTHER_TEXTS, *NAMES, *DATES)))
"""Matches the variables that may hold a value from `extra`. The schema forbids variables that CSL does not define."""
SERIES = "collection-title"
"""The variable for the venue of a book."""
OTHERS = {"literal": "others"}
"""The entry that ends an incomplete list of authors."""
CUSTOM = ("profile", "category", "org", "badges", "kind", "citations")
"""Fields of a paper that have no variable. They are stored under `custom`."""
RICH_TEXTS = {"title": "title_as_written", "venue": "venue_as_written", "abstract": "abstract_as_written"}
"""Maps each field whose variable may contain markup to a name under `custom`.

If readers would mistake part of the text for markup, `custom` holds the original text under this name.
"""
