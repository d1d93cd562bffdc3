"""Headers, findings and problems of pages."""

from datetime import date

import pytest

from pubcli.analysis.check import FINDING_FIELDS, PROFILE_FIELDS, check, profiles
from pubcli.answer.answer import Row
from pubcli.answer.marks import marked_text
from pubcli.display.columns import default_columns
from pubcli.inputs.sources import from_text
from pubcli.model import SITE_FIELDS, Document
from pubcli.reader import read, read_source
from pubcli.store.database import Store
from pubcli.store.doubts import assumed_encodings, problem_lines
from pubcli.store.load import load
from repository import FIXTURES


@pytest.fixture(scope="module")
def real_store(document: Document) -> Store:
    return load(document)


# Headers


def test_the_profile_of_the_real_page_has_the_expected_values(real_store: Store) -> None:
    (row,) = profiles(real_store).rows

    assert tuple(row) == (*PROFILE_FIELDS, "ambiguous")
    assert row == {
        "name": "Meisam Razaviyayn", "category": "LG", "h_index": 61, "stated_papers": 56, "listed_heading": 56,
        "citations": 1584, "novelty": 58, "ai_score": 61, "listed_papers": 50, "listed_cited_papers": 0,
        **dict.fromkeys(("listed_citations", "listed_h_index", "listed_g_index", "listed_i10_index")),
        "listed_categories": ["LG 32", "OC 9", "CL 3", "ML 2", "CR 1", "CV 1", "NA 1", "ST 1"],
        "ambiguous": ["CV", "ST"],
        "first_year": 2016, "first_year_assumed": False,
        "last_year": 2026, "last_year_assumed": True, "with_code": 6, "cut_author_lists": 30,
        "owner_named": 29, "guessed_titles": 0, "assumed_dates": 4, "problems": 0, "assumed_year": 2026,
        "fitting_years": [2026], "assumed_encoding": None, "as_of": "2026-11-23", "as_of_reason": "as given",
        "source": "text", "site": None, "search": None, "affiliation": None, "interests": [],
        "i10_index": None, "recent_since": None,
        "recent_citations": None, "recent_h_index": None, "recent_i10_index": None, "list_cut": False,
        "name_variants": [], "formulas_flattened": False,
    }  # fmt: skip


def test_values_of_a_missing_header_and_missing_dates_are_none() -> None:
    (row,) = profiles(load(read(b"LGMar 1\nTitle\n\nBob Ray\n\nText.", as_of=date(1990, 1, 1)))).rows
    unknown = {field for field, value in row.items() if value is None}

    recent = (field for field in PROFILE_FIELDS if "recent" in field)
    of_other_sites = {"site", "search", "affiliation", "i10_index", *recent}
    assert unknown - of_other_sites == {
        "listed_citations",
        "listed_h_index",
        "listed_g_index",
        "listed_i10_index",
        *PROFILE_FIELDS[:8],
        "first_year",
        "last_year",
        "assumed_year",
        "assumed_encoding",
    }
    assert (row["fitting_years"], row["last_year_assumed"], row["listed_papers"]) == ([], False, 1)
    assert (row["owner_named"], row["listed_categories"]) == (0, ["LG 1"])


def test_what_only_some_sites_state_is_shown_too() -> None:
    document = read(FIXTURES / "sites" / "google-scholar" / "profile.chromium.txt")
    (profile,) = profiles(load(document)).rows
    row: Row = profile
    assert {field: row[field] for field in SITE_FIELDS} == {field: _plain(document, field) for field in SITE_FIELDS}
    findings = [(row["kind"], row["line"], row["finding"]) for row in check(load(document)).rows]
    assert [finding for kind, _, finding in findings if kind == "cut"] == [
        "1 of 12 author lists ends in et al.: line 33",
        "1 of 12 titles is truncated: line 41",
        "1 of 12 venues is truncated: line 37",
    ]
    assert [(line, finding) for kind, line, finding in findings if kind == "unknown" and line] == [
        (64, "no date"), (72, "no date"), (75, "no date"),
    ]  # fmt: skip


def test_the_lines_of_many_truncated_values_are_counted() -> None:
    records = "".join(f"Walks {number}\nA Bow, ...\nJ Kites {number}\n{number}\t2020\n" for number in range(1, 31))
    (finding,) = (row["finding"] for row in check(load(read(records))).rows if row["kind"] == "cut")
    assert finding.startswith("30 of 30 author lists end in et al.: lines 1, 5, 9, 13, 17 and 25 more")


def _plain(document: Document, field: str) -> object:
    """Return a field of a profile as in JSON."""
    return document.profile.model_dump(mode="json")[field]


def test_each_page_is_counted_separately(real_store: Store, document: Document) -> None:
    small = b"Ada Lovelace\n\nh-index1\n\nLGMar 1, 2022Code\nOne\n\nADA LOVELACE, Bob Ray et al.\n\nText."
    empty = b"Bob Ray\n\nh-index2\n3papers"
    first, second, third = profiles(load(document, read(small), read(empty))).rows

    assert first == next(iter(profiles(real_store).rows))
    assert (second["listed_papers"], second["owner_named"], second["with_code"], second["cut_author_lists"]) == (
        1,
        1,
        1,
        1,
    )
    assert (third["listed_papers"], third["with_code"], third["listed_categories"]) == (0, 0, [])


# Findings

PAGE = """\
Ada Lovelace

h-index1
3papers
an odd line

CVMar 1, 2022
Ambiguous

Ada Lovelace et al.

Text.

Mar 2, 2022
No category

Bob Ray

Text.

ZZMar 3, 2022
Unknown category

Bob Ray

LGFeb 29
Assumed day

Bob Ray

Text.

LGFeb 30, 2022
No such day

Bob Ray

Text.
"""


COMPACT = "LGMar 1, 2022\nTitle of the paperAda Lovelace, Bob Ray\nText of it.\n" * 3


def findings(text: str, as_of: date) -> list[Row]:
    return list(check(load(read(text.encode(), as_of=as_of))).rows)


def test_every_kind_of_finding_is_reported_with_its_line() -> None:
    rows = findings(PAGE, date(2032, 6, 1))

    assert all(tuple(row) == FINDING_FIELDS for row in rows)
    assert {row["source"] for row in rows} == {"text"}
    assert [(row["kind"], row["line"], row["finding"]) for row in rows[2:]] == [
        ("assumed", 26, "2032-02-29: the page gives no year; years that fit: 2024, 2028, 2032"),
        ("ambiguous", 7, "CV may be cs.CV or math.CV"),
        ("unknown", 14, "no category"),
        ("unknown", 21, "ZZ is not an arXiv category"),
        ("cut", None, "1 of 4 author lists ends in et al.: line 7"),
        ("missing", 21, "no abstract"),
        ("read", None, "4 papers of Ada Lovelace; the page states 3; as of 2032-06-01 (as given)"),
    ]
    assert [(row["kind"], row["line"], row["last_line"], row["text"]) for row in rows[:2]] == [
        ("problem", 5, 5, "an odd line"),
        ("problem", 33, 38, "LGFeb 30, 2022\nNo such day\nBob Ray\nText."),
    ]
    assert all("; expected " in str(row["finding"]) for row in rows[:2])
    assert [row["text"] for row in rows[3:5]] == ["Ambiguous", "No category"]


def test_problems_of_all_pages_come_first_with_the_names_of_the_pages() -> None:
    def document(text: str, name: str) -> Document:
        return read_source(from_text(text, date(2032, 6, 1))._replace(name=name))

    answer = check(load(document(COMPACT, "first.txt"), document(PAGE, "second.txt")))
    kinds = [(row["kind"], row["source"]) for row in answer.rows]

    assert kinds[:3] == [("problem", "second.txt"), ("problem", "second.txt"), ("guessed", "first.txt")]
    assert kinds[-2:] == [("read", "first.txt"), ("read", "second.txt")]
    assert default_columns(answer) == ("kind", "source", "line", "finding", "text")


def test_what_all_papers_lack_is_reported_once() -> None:
    entries = "".join(f"@misc{{k{number}, title={{T {number}}}, year={number}}}\n" for number in range(1981, 2011))
    rows = findings(entries, date(2026, 1, 1))

    assert [(row["kind"], row["line"], row["finding"], row["text"]) for row in rows[:-1]] == [
        ("unknown", None, "none of the 30 papers has a category", None),
        ("missing", None, "none of the 30 papers has an abstract", None),
    ]
    assert rows[-1]["kind"] == "read"
    undated = findings("@misc{a, title={T}}\n@misc{b, title={U}}\n", date(2026, 1, 1))
    assert "none of the 2 papers has a date" in [row["finding"] for row in undated]
    single = findings("@misc{a, title={T}}\n", date(2026, 1, 1))
    assert [row["line"] for row in single if row["kind"] == "missing"] == [1]


def test_what_a_copy_of_arxiv_cannot_have_is_reported_once() -> None:
    result = "arXiv:2601.0000{number}  [pdf]  math.CO\n{title}\nAuthors: Ada Lovelace\nAbstract: We… ▽ More\n"
    page = "".join(
        result.format(number=number, title=title) for number, title in ((1, "Bounds for n2/3"), (2, "Kites"))
    )
    rows = [(row["kind"], row["finding"]) for row in check(load(read(page))).rows if row["line"] is None]
    assert ("cut", "2 of 2 abstracts are truncated: lines 1 and 5") in rows
    assert sum("formulas may have lost superscripts" in finding for _, finding in rows) == 1
    listing = (
        "[{number}] arXiv:2601.0000{number} [pdf]\nTitle: Kites\nAda Lovelace\nSubjects: Combinatorics (math.CO)\n"
    )
    findings = check(load(read("".join(listing.format(number=number) for number in (1, 2))))).rows
    assert [(row["kind"], row["finding"]) for row in findings if row["kind"] != "read"] == [
        ("assumed", "none of the 2 papers has a date; each month is that of the arXiv identifier"),
        ("missing", "none of the 2 papers has an abstract"),
    ]
    first, *_ = check(load(read(listing.format(number=1)))).rows
    assert first["finding"] == "no date; the month 2026-01 is that of the arXiv identifier"


def test_a_category_with_an_explicit_class_is_not_ambiguous() -> None:
    entry = b"@misc{a, title={Seeing}, eprint={2203.06735}, archiveprefix={arXiv}, primaryclass={cs.CV}}"
    store = load(read(entry))
    assert "ambiguous" not in {row["kind"] for row in check(store).rows}
    assert [marked_text(row, "listed_categories") for row in profiles(store).rows] == ["CV 1"]


def test_a_date_that_fits_no_year_is_unknown() -> None:
    rows = findings(PAGE, date(2023, 1, 31))

    assert [(row["line"], row["finding"]) for row in rows if row["kind"] == "unknown"][-1] == (
        26,
        "no date, or a date without a year; no year fits before 2023-01-31 (--as-of)",
    )
    assert not [row for row in rows if row["kind"] == "assumed"]


def test_guessed_titles_are_reported() -> None:
    rows = findings(COMPACT, date(2023, 1, 31))

    assert [row["line"] for row in rows if row["kind"] == "guessed"] == [1, 4, 7]
    assert {row["finding"] for row in rows if row["kind"] == "guessed"} == {
        "where the title ends and the authors begin"
    }
    assert rows[-1]["finding"] == "3 papers of a page without header; as of 2023-01-31 (as given)"


def test_contradictory_numbers_of_papers_are_both_reported() -> None:
    rows = findings(PAGE.replace("an odd line", "4 Papers"), date(2032, 6, 1))

    assert "; the page states 3 and 4; " in str(rows[-1]["finding"])


def test_the_real_page_has_the_expected_findings(real_store: Store) -> None:
    rows = [(row["kind"], row["line"]) for row in check(real_store).rows]

    assert rows == [
        ("assumed", 96), ("assumed", 131), ("assumed", 201), ("assumed", 215), ("ambiguous", 68), ("ambiguous", 285),
        ("cut", None), ("read", None),
    ]  # fmt: skip


def test_problem_lines_are_listed_by_source(real_store: Store) -> None:
    assert problem_lines(load(read(PAGE.encode(), as_of=date(2032, 6, 1)))) == [("text", (5, 33))]
    assert problem_lines(real_store) == []


def test_a_date_after_the_capture_is_reported_as_late() -> None:
    text = "LGMar 13, 2030\nA Title\n\nAda Lovelace\n\nText.\n"
    [finding] = [row for row in check(load(read(text, as_of=date(2026, 11, 23)))).rows if row["kind"] == "late"]
    assert finding["finding"] == "2030-03-13 is later than 2026-11-23, the day of the capture (--as-of)"


def test_an_assumed_encoding_is_a_finding() -> None:
    store = load(read("@misc{a, title = {Größe der Wälder}}\n".encode("cp1252")))
    finding = next(row for row in check(store).rows if row["line"] == 1)
    assert (finding["kind"], finding["finding"]) == (
        "assumed",
        "the text is not UTF-8; cp1252 is a guess (see --encoding)",
    )
    assert assumed_encodings(store) == [("text", "cp1252")]


def test_indexes_are_computed_from_the_papers_beside_those_that_the_page_states() -> None:
    table = b"Title,Authors,Cited by\nOne,A B,12\nTwo,A B,3\nThree,A B,\nFour,A B,0\n"
    [row] = profiles(load(read(table))).rows
    assert (row["h_index"], row["citations"]) == (None, None)
    assert (row["listed_cited_papers"], row["listed_citations"]) == (3, 15)
    assert (row["listed_h_index"], row["listed_g_index"], row["listed_i10_index"]) == (2, 3, 1)


def test_a_page_without_citations_has_no_computed_indexes(document: Document) -> None:
    [row] = profiles(load(document)).rows
    assert (row["h_index"], row["listed_h_index"], row["listed_cited_papers"]) == (61, None, 0)
