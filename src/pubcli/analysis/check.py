"""Check each page: show its header and numbers, and everything that was assumed, guessed or not understood."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence

from pubcli.analysis.measures import citation_fields
from pubcli.answer.answer import Answer
from pubcli.answer.values import partial_date
from pubcli.biblio import arxiv_categories as arxiv
from pubcli.lazy import TYPE_CHECKING, cast, json
from pubcli.store.ask import snapshot_papers
from pubcli.store.database import Store
from pubcli.store.persons import IS_OWNER, LISTS, OWNERS
from pubcli.text.normalize import counted, counted_part

if TYPE_CHECKING:
    from typing import Any

    from pubcli.answer.rows import FindingRow, PaperRow, ProfileRow

_SITE_DEFAULTS: dict[str, Any] = {
    "site": None, "search": None, "affiliation": None, "interests": [], "i10_index": None, "recent_since": None,
    "recent_citations": None, "recent_h_index": None, "recent_i10_index": None, "list_cut": False,
    "name_variants": [], "formulas_flattened": False,
}  # fmt: skip
"""The header fields that only some sites state, each with the value for the pages of all other sites."""
CITATION_NUMBERS = {"h_index": "h-index", "i10_index": "i10-index", "citations": "citations"}
"""The numbers that a site may state both for all years and for recent years, each with its label."""
PROFILE_FIELDS = (
    "name", "category", "h_index", "stated_papers", "listed_heading", "citations", "novelty", "ai_score",
    "listed_papers", "listed_cited_papers", "listed_citations", "listed_h_index", "listed_g_index", "listed_i10_index",
    "listed_categories", "first_year", "first_year_assumed", "last_year", "last_year_assumed",
    "with_code", "cut_author_lists", "owner_named", "guessed_titles", "assumed_dates", "problems",
    "assumed_year", "fitting_years", "assumed_encoding", *_SITE_DEFAULTS, "as_of", "as_of_reason", "source",
)  # fmt: skip

_PROFILES = f"""
SELECT profile.*,
    count(paper.id) AS listed_papers,
    CAST(substr(min(paper.date), 1, 4) AS INTEGER) AS first_year,
    CAST(substr(max(paper.date), 1, 4) AS INTEGER) AS last_year,
    coalesce(sum(paper.code), 0) AS with_code,
    coalesce(sum(NOT paper.authors_complete), 0) AS cut_author_lists,
    coalesce(sum(paper.title_guessed), 0) AS guessed_titles,
    coalesce(sum(paper.date_assumed), 0) AS assumed_dates,
    (SELECT count(*) FROM problem WHERE profile_id = profile.id) AS problems,
    (SELECT count(DISTINCT listed.paper_id) FROM listing AS listed JOIN authorship USING (paper_id)
        JOIN author ON author.id = author_id LEFT JOIN alias ON alias.folded = author.folded
        WHERE listed.snapshot_id = profile.id AND {IS_OWNER}) AS owner_named,
    (SELECT json_group_array(category || ' ' || papers) FROM (
        SELECT category, count(*) AS papers FROM listing AS listed JOIN paper ON paper.id = listed.paper_id
        WHERE listed.snapshot_id = profile.id AND category IS NOT NULL
        GROUP BY category ORDER BY papers DESC, category)) AS listed_categories,
    (SELECT json_group_array(DISTINCT category) FROM listing AS listed JOIN paper ON paper.id = listed.paper_id
        JOIN record ON record.paper_id = paper.id
        WHERE listed.snapshot_id = profile.id AND upper(category) IN (SELECT value FROM json_each(?))
        AND json_array_length(record.json, '$.classes') > 1) AS ambiguous
FROM {OWNERS}
LEFT JOIN listing ON listing.snapshot_id = profile.id LEFT JOIN paper ON paper.id = listing.paper_id
GROUP BY profile.id ORDER BY profile.id
"""


def profiles(store: Store) -> Answer[ProfileRow]:
    """Return the header of each page, and totals over the papers that the page lists."""
    ambiguous = json.dumps(sorted(arxiv.ambiguous()))
    cited = _citations_by_page(store)
    rows = [_profile_row(row, cited.get(row["id"], [])) for row in store.execute(_PROFILES, (ambiguous,))]
    return Answer("profiles", PROFILE_FIELDS, rows)


def _citations_by_page(store: Store) -> dict[int, list[int]]:
    """Return the citations of the papers on each page, in descending order; papers without citations are left out."""
    statement = (
        "SELECT snapshot_id, json_group_array(json_extract(json, '$.citations')) FROM profile "
        "JOIN listing ON snapshot_id = profile.id JOIN record USING (paper_id) "
        "WHERE instr(json, '\"citations\":null') = 0 GROUP BY snapshot_id"
    )
    return {id_: sorted(json.loads(numbers), reverse=True) for id_, numbers in store.execute(statement)}


def _profile_row(row: sqlite3.Row, cited: Sequence[int]) -> ProfileRow:
    """Return a profile. `cited` has the citations of the papers on its page, in descending order."""
    measured = citation_fields(cited, None)
    decoded = {
        "listed_cited_papers": len(cited),
        **{f"listed_{field}": measured[field] for field in ("citations", "h_index", "g_index", "i10_index")},
        **_SITE_DEFAULTS,
        **json.loads(row["site_fields"]),
        "listed_categories": json.loads(row["listed_categories"]),
        "fitting_years": json.loads(row["fitting_years"]),
        "first_year_assumed": row["assumed_year"] is not None and row["assumed_year"] == row["first_year"],
        "last_year_assumed": row["assumed_year"] is not None and row["assumed_year"] == row["last_year"],
    }
    profile: Any = {field: decoded[field] if field in decoded else row[field] for field in PROFILE_FIELDS}
    profile["ambiguous"] = sorted(json.loads(row["ambiguous"]))
    return cast("ProfileRow", profile)


_KINDS = ("problem", "guessed", "assumed", "late", "ambiguous", "unknown", "cut", "missing", "read")
"""The kinds of findings in the order in which they are reported: what may be wrong comes first."""
_MISSING = {
    "no date; the month": "a date; each month is that of the arXiv identifier",
    "no category": "a category",
    "no date": "a date",
    "no abstract": "an abstract",
}
"""Values that all papers of a page may lack, because its format never contains them.

If all papers lack a value, one finding replaces the findings for the papers. The keys are the beginnings
of these findings.
"""
_FLATTENED = (
    "formulas may have lost superscripts, subscripts and fractions when the page was copied; "
    "save the page as HTML, or take the papers from arXiv's API"
)
_CUT = {
    "title": ("title", "titles"),
    "venue": ("venue", "venues"),
    "abstract": ("abstract", "abstracts"),
}
"""The fields that a page may truncate, as the findings name them."""
_MOST_PLACES = 5
"""The largest number of lines that a finding lists."""
FINDING_FIELDS = ("kind", "source", "line", "last_line", "finding", "text")


def check(store: Store) -> Answer[FindingRow]:
    """Return the findings on each page: what was read, assumed, guessed or not understood, and in which line.

    Problems come first, then guesses; what was read comes last. Findings of one kind are in the order of the pages.
    """
    rows = [
        finding
        for profile in store.execute("SELECT * FROM profile ORDER BY id").fetchall()
        for finding in _findings(store, profile)
    ]
    rows.sort(key=lambda row: _KINDS.index(row["kind"]))
    optional = ("source",) if len({row["source"] for row in rows}) > 1 else ()
    return Answer("findings", FINDING_FIELDS, rows, optional=optional)


def _findings(store: Store, profile: sqlite3.Row) -> Iterator[FindingRow]:
    papers = snapshot_papers(store, profile["id"])
    yield _finding("read", profile, None, _summary(profile, papers))
    if encoding := profile["assumed_encoding"]:
        yield _finding("assumed", profile, 1, f"the text is not UTF-8; {encoding} is a guess (see --encoding)")
    yield from _cut_findings(profile, papers)
    if json.loads(profile["site_fields"]).get("list_cut"):
        yield _finding("cut", profile, None, f"the list ends after {len(papers)} papers, where the site ends a page")
    if json.loads(profile["site_fields"]).get("formulas_flattened"):
        yield _finding("cut", profile, None, _FLATTENED)
    doubts = [(paper, kind, text) for paper in papers for kind, text in _doubts(profile, paper)]
    counts = Counter((kind, _missing_value(text)) for _, kind, text in doubts)
    missing_everywhere = {key: value for key, count in counts.items() if (value := key[1]) and 1 < count == len(papers)}
    for (kind, _), value in missing_everywhere.items():
        yield _finding(kind, profile, None, f"none of the {len(papers):,} papers has {value}")
    for paper, kind, text in doubts:
        if (kind, _missing_value(text)) not in missing_everywhere:
            yield _finding(kind, profile, paper["line"], text, paper["title"])
    for problem in store.execute("SELECT * FROM problem WHERE profile_id = ? ORDER BY line", (profile["id"],)):
        finding = f"{problem['reason']}; expected {problem['expected']}"
        yield {
            **_finding("problem", profile, problem["line"], finding, problem["text"]),
            "last_line": problem["last_line"],
        }


def _cut_findings(profile: sqlite3.Row, papers: list[PaperRow]) -> Iterator[FindingRow]:
    """Yield a finding for each field that the page truncates, with the lines of the papers."""
    cut = {field: [paper["line"] for paper in papers if field in paper["cut"]] for field in _CUT}
    truncated = [paper["line"] for paper in papers if not paper["authors_complete"] and paper["authors"] != []]
    parts = [(truncated, LISTS, ("ends in et al.", "end in et al."))]
    parts += [(lines, _CUT[field], ("is truncated", "are truncated")) for field, lines in cut.items()]
    for lines, noun, verb in parts:
        if lines:
            finding = f"{counted_part(len(lines), len(papers), noun, verb)}: {_places(lines)}"
            yield _finding("cut", profile, None, finding)


def _places(lines: Sequence[int]) -> str:
    """Return the numbers of the first lines as a phrase, and count the others: `lines 1, 2, 5, 8, 9 and 3 more`."""
    first, rest = lines[:_MOST_PLACES], len(lines) - _MOST_PLACES
    numbers = [*map(str, first), *([f"{rest:,} more"] if rest > 0 else [])]
    listed = f"{', '.join(numbers[:-1])} and {numbers[-1]}" if len(numbers) > 1 else numbers[0]
    return f"line {listed}" if len(lines) == 1 else f"lines {listed}"


def _missing_value(text: str) -> str | None:
    """Return the value that a paper lacks, as in `no abstract`; None for any other finding."""
    return next((value for beginning, value in _MISSING.items() if text.startswith(beginning)), None)


def _finding(kind: str, profile: sqlite3.Row, line: int | None, finding: str, text: str | None = None) -> FindingRow:
    return {
        "kind": kind, "source": profile["source"], "line": line, "last_line": line, "finding": finding, "text": text
    }  # fmt: skip


def _summary(profile: sqlite3.Row, papers: list[PaperRow]) -> str:
    search = json.loads(profile["site_fields"]).get("search")
    name = profile["name"] or (f"a search for {search}" if search else "a page without header")
    stated = [profile[field] for field in ("stated_papers", "listed_heading") if profile[field] is not None]
    numbers = f"; the page states {' and '.join(map(str, dict.fromkeys(stated)))}" if stated else ""
    count = counted(len(papers), "paper", "papers")
    return f"{count} of {name}{numbers}; as of {profile['as_of']} ({profile['as_of_reason']})"


def _doubts(profile: sqlite3.Row, paper: PaperRow) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of a finding for each uncertain or missing value of a paper.

    For example, the kind `missing` has the text `no abstract`.
    """
    yield from _date_doubts(profile, paper)
    if paper["title_guessed"] and paper["authors"]:
        yield "guessed", "where the title ends and the authors begin"
    elif paper["title_guessed"]:
        yield "guessed", "the whole line is used as the title, because no authors were found in it"
    if len(paper["classes"]) > 1:
        yield "ambiguous", f"{paper['category']} may be {' or '.join(paper['classes'])}"
    elif not paper["classes"]:
        yield "unknown", f"{paper['category']} is not an arXiv category" if paper["category"] else "no category"
    if paper["abstract"] is None:
        yield "missing", "no abstract"


def _date_doubts(profile: sqlite3.Row, paper: PaperRow) -> Iterator[tuple[str, str]]:
    """Yield the kind and the text of a finding if the date of a paper is assumed, missing or too late."""
    if paper["date_assumed"] and paper["date_precision"] != "day":
        yield "assumed", f"no date; the month {partial_date(paper)} is that of the arXiv identifier"
    elif paper["date_assumed"]:
        years = json.loads(profile["fitting_years"])
        fitting = ", ".join(map(str, years)) if len(years) <= 6 else f"{years[0]} to {years[-1]}"
        yield "assumed", f"{paper['date']}: the page gives no year; years that fit: {fitting}"
    elif paper["date"] is None and json.loads(profile["site_fields"]).get("site"):
        yield "unknown", "no date"
    elif paper["date"] is None:
        yield "unknown", f"no date, or a date without a year; no year fits before {profile['as_of']} (--as-of)"
    elif paper["date"] > profile["as_of"]:
        yield "late", f"{partial_date(paper)} is later than {profile['as_of']}, the day of the capture (--as-of)"
