"""MEDLINE as PubMed, PubMed Central and other programs write it: what each tag becomes, and where records begin."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

import pubcli
from nlm_style import beginning, date_counted, date_shown, ending, surname_first
from pubcli.biblio import names
from pubcli.model import Document, Paper
from repository import FIXTURES

EXAMPLE = FIXTURES / "sites" / "pubmed" / "medline.nbib"
MEANING = json.loads((EXAMPLE.parent / "medline.expect.json").read_text(encoding="utf-8"))


def medline(*lines: str) -> Document:
    return pubcli.read("\n".join(lines) + "\n")


def only_paper(*lines: str) -> Paper:
    [paper] = medline("PMID- 1", *lines).papers
    return paper


def shown(paper: Paper) -> dict[str, Any]:
    """Return what a paper contains, under the names of the expectations."""
    short = [surname_first(name, with_initials=True) for name in paper.authors]
    full = [surname_first(name, with_initials=False) for name in paper.authors]
    are_full = all(len(names.parts(name).given_name) > 1 for name in paper.authors)
    return {
        "position": paper.position,
        "pmid": paper.extra["pmid"],
        "title": paper.title,
        "translated": paper.extra.get("translated") == "yes",
        "authors": [name.replace(", Jr", " Jr") for name in paper.authors] if are_full else short,
        "authors_shown": full if are_full else [],
        "authors_short": short,
        "collective": paper.extra.get("collective authors", "").split("; "),
        "journal": paper.venue,
        "journal_abbrev": paper.extra["shortjournal"],
        "date_shown": date_shown(paper),
        "date": date_counted(paper),
        "year": paper.date and paper.date.year,
        "volume": paper.volume,
        "issue": paper.issue,
        "pages": paper.pages,
        "doi": paper.doi,
        "pmcid": paper.extra.get("pmcid"),
        "language": paper.extra["language"],
        "types": paper.extra.get("publication types", "Journal Article").split("; "),
        "abstract_start": beginning(paper.abstract),
        "abstract_end": ending(paper.abstract),
    }


@pytest.mark.parametrize("position", range(1, len(MEANING["records"]) + 1))
def test_the_example_is_read_as_it_is_meant(position: int) -> None:
    document, record = pubcli.read(EXAMPLE), MEANING["records"][position - 1]
    assert (len(document.papers), document.problems) == (len(MEANING["records"]), ())
    values = shown(document.papers[position - 1])
    assert {key: values[key] for key in record} == record


def test_a_text_file_with_other_line_ends_and_without_blank_lines_is_the_same_list() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    without_place = {"line", "last_line", "source"}
    expected = [paper.model_dump(exclude=without_place) for paper in pubcli.read(text).papers]
    for changed in (
        text.replace("\n", "\r\n"),
        text.replace("\n\n", "\n"),
        text.replace("\n", "\n\n"),
        f"\ufeff\n{text}",
        "\n" + text.rstrip("\n"),
    ):
        document = pubcli.read(changed.encode())
        assert [paper.model_dump(exclude=without_place) for paper in document.papers] == expected
        assert document.problems == ()


def test_a_record_without_its_first_line_is_not_merged_with_the_record_above() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    document = pubcli.read(text.replace("PMID- 99000088\n", "").replace("PMID- 99000077\nOWN - NLM\n", ""))
    assert [paper.extra.get("pmid") for paper in document.papers] == ["99000101", None, None, "99000066", "99000055"]
    assert [len(paper.authors) for paper in document.papers] == [3, 2, 1, 1, 2]


def test_central_and_old_files_have_a_tag_in_front_of_the_identifier() -> None:
    one, other = ("PMC - PMC1", "PMID- 1", "TI  - One."), ("UI  - 5", "PMID- 2", "TI  - Other.", "PMC - PMC2")
    papers = medline(*one, "", *other, "", *one).papers
    assert [(paper.title, paper.extra["pmid"], paper.extra.get("pmcid")) for paper in papers] == [
        ("One", "1", "PMC1"),
        ("Other", "2", "PMC2"),
        ("One", "1", "PMC1"),
    ]


def test_lines_outside_of_records_are_problems_with_their_numbers() -> None:
    document = medline("Saved from PubMed", "", "PMID- 1", "TI  - A")
    assert [(problem.line, problem.text) for problem in document.problems] == [(1, "Saved from PubMed")]
    assert [(paper.line, paper.last_line) for paper in document.papers] == [(3, 4)]


def test_a_record_without_a_title_is_a_problem() -> None:
    document = medline("PMID- 1", "AU  - Bow A", "", "PMID- 2", "TI  - B")
    assert [(problem.line, problem.reason) for problem in document.problems] == [(1, "the record has no title")]


@pytest.mark.parametrize(
    ("lines", "authors", "extra"),
    [
        (["FAU - Bow, Alice", "AU  - Bow A", "AU  - Day C"], ("Alice Bow", "C Day"), {}),
        (["FAU - Bow, Alice", "FAU - Day, Carol"], ("Alice Bow", "Carol Day"), {}),
        (["FAU - Bow, Alice", "AU  - Boh X"], ("Alice Bow",), {"AU": "Boh X"}),
        (["AU  - van der Kork IM", "AU  - O'Paperly M Jr"], ("IM van der Kork", "M O'Paperly, Jr"), {}),
        (["FAU - Sukarno", "AU  - Sukarno"], ("Sukarno",), {}),
        (["CN  - KITE Collaboration"], ("KITE Collaboration",), {}),
        (["AU  - Bow A", "CN  - KITE"], ("A Bow",), {"collective authors": "KITE"}),
        (["AD  - Kite University.", "AU  - Bow A"], ("A Bow",), {"affiliations": "Kite University."}),
        (["AU  - Bow A", "AD  - X", "AD  - Y"], ("A Bow",), {"affiliations": "A Bow: X; A Bow: Y"}),
        (["FED - Day, Carol", "ED  - Day C", "AD  - X"], (), {"editor": "Carol Day", "affiliations": "Carol Day: X"}),
        (["AU  - Bow A", "IR  - Day C", "FIR - Day, Carol"], ("A Bow",), {"IR": "Day C", "FIR": "Day, Carol"}),
    ],
)  # fmt: skip
def test_people_are_authors_in_the_order_of_the_record(
    lines: list[str], authors: tuple[str, ...], extra: dict[str, str]
) -> None:
    paper = only_paper("TI  - T", *lines)
    assert paper.authors == authors
    assert {name: value for name, value in paper.extra.items() if name != "pmid"} == extra


@pytest.mark.parametrize(
    ("lines", "title", "extra"),
    [
        (["TI  - Kites fly."], "Kites fly", {}),
        (["TI  - Do kites fly?"], "Do kites fly?", {}),
        (["TI  - [Kites fly]."], "Kites fly", {"translated": "yes"}),
        (["TI  - [Do kites fly?]"], "Do kites fly?", {"translated": "yes"}),
        (["TI  - [Kites (transl)]", "TT  - Latawce."], "Kites (transl)", {"translated": "yes", "TT": "Latawce."}),
        (["TI  - [Kites] and [maps]."], "[Kites] and [maps]", {}),
        (["TI  - [Not Available].", "TT  - Latawce."], "Latawce", {}),
        (["TI  - Kites", "      in the", "      wind."], "Kites in the wind", {}),
        (["TI  -", "      Kites"], "Kites", {}),
        (["BTI - A Kite Primer."], "A Kite Primer", {}),
    ],
)  # fmt: skip
def test_a_title_has_no_closing_full_stop_and_no_brackets(lines: list[str], title: str, extra: dict[str, str]) -> None:
    paper = only_paper(*lines)
    assert paper.title == title
    assert {name: value for name, value in paper.extra.items() if name != "pmid"} == extra


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["JT  - Kites", "PT  - Journal Article"], "article"),
        (["TA  - Kites", "PT  - Letter"], "article"),
        (["TA  - medRxiv", "PT  - Journal Article", "PT  - Preprint"], "preprint"),
        (["PT  - Dataset"], "dataset"),
        (["BTI - Primer"], "chapter"),
        (["CTI - Primers", "PT  - Monograph"], "book"),
        (["PT  - Lecture"], "other"),
    ],
)
def test_the_kind_follows_from_the_publication_types_and_the_titles(lines: list[str], kind: str) -> None:
    assert only_paper("TI  - T", *lines).kind == kind


def test_a_doi_that_two_tags_repeat_is_read_once_and_other_identifiers_stay() -> None:
    paper = only_paper(
        "TI  - T",
        "LID - S1 [pii]",
        "LID - 10.5555/A(1)2 [doi]",
        "AID - S1 [pii]",
        "AID - 10.5555/a(1)2 [doi]",
        "AID - 10.5555/b [doi]",
        "AID - NBK1 [bookaccession]",
    )
    assert paper.doi == "10.5555/a(1)2"
    assert paper.extra == {"pmid": "1", "LID": "S1 [pii]", "AID": "10.5555/b [doi]; NBK1 [bookaccession]"}


def test_headings_and_other_terms_are_keywords_and_stars_mark_major_topics() -> None:
    paper = only_paper("TI  - T", "MH  - Humans", "MH  - Kites/*adverse effects", "OT  - *string", "OT  - Humans")
    assert paper.keywords == ("Humans", "Kites/adverse effects", "string")
    assert (paper.extra["MH"], paper.extra["OT"]) == ("Kites/*adverse effects", "*string")


def test_editors_and_affiliations_are_joined_once_and_not_with_each_further_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    joined: list[list[str]] = []
    join_names = names.join_names

    def join(people: Sequence[str]) -> str:
        joined.append(list(people))
        return join_names(people)

    monkeypatch.setattr(names, "join_names", join)
    paper = only_paper("TI  - T", *["FED - Quillfeather, Nora", "AD  - Here"] * 3)
    assert joined == [["Nora Quillfeather"] * 3]
    assert paper.extra["editor"] == " and ".join(["Nora Quillfeather"] * 3)
    assert paper.extra["affiliations"] == "; ".join(["Nora Quillfeather: Here"] * 3)
