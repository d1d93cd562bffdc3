"""References as the styles print them."""

from pathlib import Path
from typing import Any

import pytest

from pubcli.cite.citation import references
from pubcli.errors import UsageError
from strategies import paper_row

pytest.importorskip("citeproc")

CUT = paper_row(
    "Tie Breaking", "Ada Lovelace", "Charles Babbage", authors_complete=False, kind="article", venue="J. Fun",
    volume="3", pages="100--117", doi="10.1109/tac.2010.12",
)  # fmt: skip
PREPRINT = paper_row("Numbers", "Ada Lovelace", kind="preprint", arxiv="2212.04567")


@pytest.mark.parametrize(
    ("style", "reference"),
    [
        (
            "apa",
            "Lovelace, A., Babbage, C., et al. (2020). Tie Breaking. J. Fun, 3, 100–117. "
            "https://doi.org/10.1109/tac.2010.12",
        ),
        (
            "ieee",
            "[1] A. Lovelace, C. Babbage, et al., “Tie Breaking,” J. Fun, vol. 3, pp. 100–117, Jan. 2020, "
            "doi: 10.1109/tac.2010.12.",
        ),
        ("nature", "1. Lovelace, A., Babbage, C. et al. Tie Breaking. J. Fun 3, 100–117 (2020)."),
        (
            "american-medical-association",
            "1. Lovelace A, Babbage C, et al. Tie Breaking. J Fun. 2020;3:100-117. doi:10.1109/tac.2010.12",
        ),
    ],
)
def test_references_have_labels_identifiers_pages_and_et_al(style: str, reference: str) -> None:
    assert [row["reference"] for row in references([CUT], style).rows] == [reference]


def test_arxiv_numbers_are_printed_without_blanks() -> None:
    [row] = references([PREPRINT], "apa").rows
    assert "2212.04567" in str(row["reference"])
    assert "2212. " not in str(row["reference"])


@pytest.mark.parametrize(("pages", "reference_text"), [("7--12", "7–12"), ("1-9", "1–9"), ("98-1005", "98–1005")])
def test_page_ranges_that_cannot_be_shortened_are_printed_in_full(pages: str, reference_text: str) -> None:
    [row] = references([CUT | {"pages": pages}], "mla").rows
    assert f"pp. {reference_text}," in str(row["reference"])


@pytest.mark.parametrize(
    ("author", "reference_text"),
    [
        ("山田 太郎", "山田太郎"),
        ("김 철수", "김철수"),
        ("محمد الخوارزمي", "الخوارزمي, محمد"),
        ("bell hooks", "hooks, bell"),
        ("Yong-jin Kim", "Kim, Y."),
        ("Jean-Luc Roe", "Roe, J.-L."),
        ("Иван Иванов", "Иванов, И."),
        ("Ōta van der Ōe", "van der Ōe, Ō."),
    ],
)
def test_a_given_name_without_capitals_is_printed_whole(author: str, reference_text: str) -> None:
    [row] = references([paper_row("Title", author)], "apa").rows
    assert str(row["reference"]).partition(" (2020)")[0].removesuffix(".") == reference_text.removesuffix(".")


def test_names_of_editors_without_capitals_are_printed_whole() -> None:
    chapter = paper_row("Title", "Jane Roe") | {
        "kind": "chapter", "venue": "Book", "extra": {"editor": "bell hooks and 王 小明"}
    }  # fmt: skip
    [row] = references([chapter], "apa").rows
    assert "bell hooks" in str(row["reference"])
    assert "王小明" in str(row["reference"])


def reference_text(style: str, **fields: Any) -> str:
    """Return the reference of a single paper."""
    [row] = references([paper_row("On Games", *fields.pop("authors", ("Jane Mary Roe",))) | fields], style).rows
    return str(row["reference"])


@pytest.mark.parametrize(
    ("style", "reference"),
    [
        ("mla", "Roe, Jane Mary, and Ada B. Lovelace. On Games. 2 Jan. 2020."),
        ("chicago", "Roe, Jane Mary, and Ada B. Lovelace. 2020. “On Games.” January 2."),
        ("apa", "Roe, J. M., & Lovelace, A. B. (2020, January 2). On Games."),
    ],
)
def test_given_names_are_shortened_if_the_style_does_so(style: str, reference: str) -> None:
    printed_references = reference_text(
        style, kind="other", authors=("Jane Mary Roe", "Ada B. Lovelace"), extra={"type": "webpage"}
    )
    assert printed_references == reference


def test_a_term_is_printed_only_next_to_a_variable() -> None:
    assert reference_text("apa", kind="thesis", publisher="MIT") == "Roe, J. M. (2020). On Games. MIT."
    magazine = reference_text("chicago", kind="article", venue="Time", extra={"type": "article-magazine"})
    assert magazine == "Roe, Jane Mary. 2020. “On Games.” Time, January 2."
    assert "(n.d.)" in reference_text("apa", kind="article", venue="J", date=None)


@pytest.mark.parametrize(
    ("style", "reference"),
    [
        ("apa", "Roe, J. M. (Ed.). (2020). On Games. P."),
        ("chicago", "Roe, Jane Mary, ed. 2020. On Games. P."),
        ("mla", "Roe, Jane Mary, editor. On Games. P, 2020."),
    ],
)
def test_a_substitute_for_the_author_is_printed_once(style: str, reference: str) -> None:
    printed_references = reference_text(
        style, kind="book", authors=(), publisher="P", extra={"editor": "Jane Mary Roe"}
    )
    assert printed_references == reference


@pytest.mark.parametrize("style", ["apa", "mla", "chicago", "ieee", "nature", "vancouver", "harvard"])
def test_a_title_in_place_of_the_author_is_printed_once(style: str) -> None:
    assert reference_text(style, kind="article", venue="J", authors=()).count("On Games") == 1


def test_names_are_sorted_by_surname_whatever_their_capitals() -> None:
    papers = [paper_row("T", name) | {"key": name} for name in ("Jo Ince", "bell hooks", "Al Good")]
    assert [row["key"] for row in references(papers, "apa").rows] == ["Al Good", "bell hooks", "Jo Ince"]


def test_only_words_in_lower_case_are_capitalised() -> None:
    printed_references = reference_text("chicago", kind="preprint", arxiv="2212.04567")
    assert "Preprint arXiv:2212.04567." in printed_references


def test_dates_have_blanks_between_their_parts() -> None:
    assert "J. 2020 Jan 2;3." in reference_text("vancouver", kind="article", venue="J", volume="3")


@pytest.mark.parametrize("style", ["apa", "ieee", "chicago", "nature", "vancouver", "mla"])
@pytest.mark.parametrize(
    ("day", "precision", "stated"),
    [
        ("2001-01-01", "year", "2001/2003"),
        ("2001-09-01", "month", "2001-09/2001-10"),
        ("2001-12-30", "day", "2001-12-30/2002-01-02"),
        ("2001-01-01", "year", "2001-21/2001-22"),
        ("2001-01-01", "year", "2001-21"),
        ("2001-01-01", "year", "2001~"),
    ],
)
def test_a_range_or_a_season_is_printed_with_its_years(style: str, day: str, precision: str, stated: str) -> None:
    text = reference_text(style, date=day, date_precision=precision, extra={"date": stated})
    assert "2001" in text
    assert stated[-4:] not in ("2003", "1-02") or "2001–" in text


def test_text_in_place_of_a_date_is_printed() -> None:
    assert "(in press)" in reference_text("apa", date=None, extra={"year": "in press"})


@pytest.mark.parametrize(("title", "end"), [("On Games", "On Games.”"), ("Why?", "Why?”"), ("Who Is “X”", "X”.”")])
def test_full_stops_go_inside_american_quotation_marks(title: str, end: str) -> None:
    assert end in reference_text("mla", title=title, kind="article", venue="J")


@pytest.mark.parametrize("text", ["<style", "no XML", "<style/>", '<style xmlns="http://purl.org/net/xbiblio/csl"/>'])
def test_a_file_that_is_not_a_style_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.csl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"mine\.csl cannot be used"):
        references([CUT], str(path))


def test_a_long_page_range_is_read_in_linear_time() -> None:
    word = "a" * 100_000
    assert f"{word}, 7–12" in reference_text("apa", kind="article", venue="J", volume="1", pages=f"{word}, 7-12")


STYLE = (
    '<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text"><macro name="loop"><text '
    'macro="loop"/></macro><bibliography><layout>{}</layout></bibliography></style>'
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (STYLE.format('<text macro="lost"/>'), "the style calls the macro 'lost', but does not define it"),
        (STYLE.format('<text macro="loop"/>'), "a macro of the style calls itself"),
        (
            STYLE.format('<names variable="author"><name et-al-min="x"/></names>'),
            "the attribute et-al-min must be a whole number",
        ),
        (
            STYLE.format('<date variable="issued" form="odd"/>'),
            "citeproc-py reports: 'NoneType' object has no attribute",
        ),
        (STYLE.format(""), "the style prints no reference for some papers"),
        (STYLE.replace("<layout>{}</layout>", ""), "not a CSL style with a bibliography"),
    ],
)
def test_a_user_style_that_cannot_be_processed_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "mine.csl"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=rf"^--style: .*mine\.csl cannot be used: {reason}"):
        references([CUT], str(path))


def test_an_error_in_an_installed_style_is_a_bug_and_not_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pubcli.cite.styles.Date.join", None)
    with pytest.raises(TypeError):
        references([CUT], "apa")


def test_placeholder_characters_never_come_from_the_input() -> None:
    assert "Cost \ue000 b \ue001c" in reference_text("apa", title="Cost \ue000 b \ue001c")
    printed_references = reference_text(
        "apa", title="Cost \ufdd0 b \ufdd1c", authors=("Ada Love\ufdd0lace",), kind="article", venue="J\ufdd1"
    )
    assert printed_references == "Lovelace, A. (2020). Cost b c. J."


def work(title: str, *authors: str, **values: Any) -> dict[str, Any]:
    """Return a paper in a journal, of 2001 unless another date is passed."""
    usual: dict[str, Any] = {"kind": "article", "venue": "J", "date": "2001-01-01"}
    return dict(paper_row(title, *(authors or ("Jane Doe",)), **usual | values))


def texts(papers: list[dict[str, Any]], style: str) -> list[str]:
    return [str(row["reference"]) for row in references(papers, style).rows]


@pytest.mark.parametrize("style", ["apa", "chicago-author-date", "harvard-cite-them-right", "elsevier-harvard"])
def test_works_of_one_author_and_year_get_letters_in_the_order_of_the_bibliography(style: str) -> None:
    titles = ["Zeroth work", "First work", "Middle work"]
    years = [text[text.index("2001") :][:5] for text in texts([work(title) for title in titles], style)]
    assert years == ["2001a", "2001b", "2001c"]


def test_works_that_a_citation_can_tell_apart_get_no_letters() -> None:
    papers = [work("A"), work("B", "Karl Doe"), work("C", "Jane Doe", "Karl Roe"), work("D", date="2002-01-01")]
    assert not any(f"{year}a" in text for text in texts(papers, "apa") for year in (2001, 2002))
    assert not any("2001a" in text for text in texts([work("A"), work("B")], "ieee"))


def test_after_z_the_letters_are_doubled() -> None:
    papers = [work(f"Work {number:02}") for number in range(28)]
    assert [text.split("(")[1].split(")")[0] for text in texts(papers, "apa")][25:] == ["2001z", "2001aa", "2001ab"]


@pytest.mark.parametrize(
    "style", ["apa", "nature", "vancouver", "ieee", "mla", "chicago", "harvard", "american-medical-association"]
)
@pytest.mark.parametrize("title", ["Why now?", "Stop!", "The end.", "One, two,", "What is:", "Wait..."])
def test_no_mark_follows_another_that_makes_it_superfluous(style: str, title: str) -> None:
    [text] = texts([work(title)], style)
    for marks in "?.", "!.", ",.", ",,", ":.", "; .":
        assert marks not in text
    assert ".." not in text.replace("...", "")


def test_marks_inside_a_title_are_not_changed() -> None:
    [text] = texts([work("Wait... what?! A .NET, or Yahoo!.com")], "apa")
    assert "Wait... what?! A .NET, or Yahoo!.com. J" in text


def test_repeated_authors_are_replaced_if_the_style_does_so() -> None:
    papers = [work("A"), work("B", date="2002-01-01"), work("C", "Jane Doe", "Karl Roe"), work("D", "Karl Roe")]
    style = "chicago-author-date-16th-edition"
    assert [text.split(".")[0] for text in texts(papers, style)] == [
        "Doe, Jane",
        "———",
        "Doe, Jane, and Karl Roe",
        "Roe, Karl",
    ]


@pytest.mark.parametrize("style", ["apa", "mla"])
def test_a_paper_of_unknown_kind_is_not_called_a_preprint(style: str) -> None:
    unknown = paper_row("Some Tool", "Jane Doe", kind=None, category=None, arxiv=None, classes=[], date="2015-01-01")
    assert "reprint" not in texts([unknown], style)[0]
    assert "reprint" in texts([unknown | {"arxiv": "2001.00001"}], "apa")[0]


@pytest.mark.parametrize(
    ("style", "edition"),
    [("ruhr-universitat-bochum-medizinische-fakultat-numeric", "2. Aufl."), ("apa", "2nd ed."), ("ieee", "2nd ed.")],
)
def test_ordinal_numbers_are_those_of_the_language_of_the_style(style: str, edition: str) -> None:
    book = paper_row("A Book", "Jane Doe", kind="book", publisher="P", extra={"edition": "2"}, date="2001-01-01")
    assert edition in texts([book], style)[0]


def test_a_label_is_not_printed_without_its_variable() -> None:
    assert texts([work("A")], "din-1505-2-numeric") == ["[1] Doe, Jane: A. In: J (2001)"]


def test_the_form_of_one_date_does_not_change_that_of_another() -> None:
    paper, other = work("A", date="2001-03-15"), work("B", "Karl Roe", date="2002-05-06")
    style = "modern-language-association"
    assert texts([paper, other], style) == texts([paper], style) + texts([other], style)
