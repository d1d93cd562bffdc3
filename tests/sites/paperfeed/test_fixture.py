"""The real page has every number that the facts about the page format state."""

import hashlib
from collections import Counter

import pytest

from pubcli.model import Document


def test_the_fixture_is_the_captured_page(sample: bytes) -> None:
    assert hashlib.sha256(sample).hexdigest() == "47a7ec076daa10b50fa85b1e529b12206adee05dea48ead9749517851dcafae5"


def test_the_header_is_read(document: Document) -> None:
    profile = document.profile
    assert (profile.name, profile.category, profile.h_index) == ("Meisam Razaviyayn", "LG", 61)
    assert (profile.stated_papers, profile.listed_heading, profile.citations) == (56, 56, 1584)
    assert (profile.novelty, profile.ai_score) == (58, 61)


def test_the_page_has_50_papers_and_no_problems(document: Document) -> None:
    assert len(document.papers) == 50
    assert document.problems == ()


def test_categories_are_read(document: Document) -> None:
    counts = Counter(paper.category for paper in document.papers)
    assert counts == {"LG": 32, "OC": 9, "CL": 3, "ML": 2, "NA": 1, "CV": 1, "CR": 1, "ST": 1}


def test_written_years_are_read(document: Document) -> None:
    counts = Counter(paper.date.year for paper in document.papers if paper.date and not paper.date_assumed)
    assert counts == {2016: 1, 2019: 6, 2020: 5, 2021: 7, 2022: 6, 2023: 6, 2024: 5, 2025: 10}


def test_dates_without_a_year_get_the_year_of_the_capture(document: Document) -> None:
    assumed = [str(paper.date) for paper in document.papers if paper.date_assumed]
    assert assumed == ["2026-05-24", "2026-05-11", "2026-04-06", "2026-02-23"]
    assert document.profile.fitting_years == (2026,)


def test_authors_are_read(document: Document) -> None:
    names = Counter(name for paper in document.papers for name in paper.authors)
    assert len(names) == 61
    assert names.most_common(6) == [
        ("Meisam Razaviyayn", 29),
        ("Andrew Lowy", 8),
        ("Sina Baharlouei", 7),
        ("Tianjian Huang", 6),
        ("Devansh Gupta", 5),
        ("Zeman Li", 5),
    ]
    assert sum(not paper.authors_complete for paper in document.papers) == 30


@pytest.mark.parametrize(
    ("field", "count"),
    [
        ("code", 6),
        ("org", 1),
        ("links", 6),
        ("title_guessed", 0),
    ],
)
def test_counts_of_fields_match_the_page(document: Document, field: str, count: int) -> None:
    assert sum(bool(getattr(paper, field)) for paper in document.papers) == count


def test_links_end_before_the_punctuation_of_their_sentence(document: Document) -> None:
    links = [link for paper in document.papers for link in paper.links]
    assert len(links) == 6
    assert all(link.startswith("https://") and link[-1].isalnum() for link in links)


def test_privacy_is_in_the_title_or_abstract_of_13_papers(document: Document) -> None:
    assert sum("privacy" in f"{paper.title} {paper.abstract}".lower() for paper in document.papers) == 13


def test_keys_are_distinct_and_begin_with_the_first_surname(document: Document) -> None:
    keys = [paper.key for paper in document.papers]
    assert len(set(keys)) == 50
    assert keys[2:4] == ["behrouz2025nested", "lowy2022stochastic"]
    # The titles of two papers of one author and year begin with the same word, so a letter distinguishes their keys.
    assert (keys[0], keys[14]) == ("lowy2022privatea", "lowy2022privateb")


def test_each_paper_has_the_lines_of_its_record(document: Document, sample: bytes) -> None:
    lines = sample.decode().splitlines()
    for paper in document.papers:
        assert paper.category is not None
        assert lines[paper.line - 1].startswith(paper.category)
        assert lines[paper.line] == paper.title
        assert lines[paper.last_line - 1] == paper.abstract


def test_tex_is_kept_as_written_and_has_a_readable_form(document: Document) -> None:
    paper = document.papers[35]
    assert paper.abstract is not None
    assert r"$O(\varepsilon^{\frac{2}{k+1}})$" in paper.abstract
    assert "O(ε^(2/(k+1)))" in (paper.readable_abstract or "")
