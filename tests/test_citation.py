"""References: what a style may not change, and where labels stand."""

import pytest

from pubcli.citation import references
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
            "[1] A. Lovelace, C. Babbage, et al., “Tie Breaking”, J. Fun, vol. 3, pp. 100–117, Jan. 2020, "
            "doi: 10.1109/tac.2010.12.",
        ),
        ("nature", "1. Lovelace, A., Babbage, C. et al. Tie Breaking. J. Fun 3, 100–117 (2020)."),
        (
            "american-medical-association",
            "1. Lovelace A, Babbage C, et al. Tie Breaking. J Fun. 2020;3:100-117. doi:10.1109/tac.2010.12",
        ),
    ],
)
def test_labels_identifiers_pages_and_cut_lists(style: str, reference: str) -> None:
    assert [row["reference"] for row in references([CUT], style).rows] == [reference]


def test_numbers_of_arxiv_are_one_word() -> None:
    [row] = references([PREPRINT], "apa").rows
    assert "2212.04567" in str(row["reference"])
    assert "2212. " not in str(row["reference"])


@pytest.mark.parametrize(("pages", "printed"), [("7--12", "7–12"), ("1-9", "1–9"), ("98-1005", "98–1005")])
def test_pages_of_unequal_numbers_are_not_shortened_wrongly(pages: str, printed: str) -> None:
    [row] = references([CUT | {"pages": pages}], "mla").rows
    assert f"pp. {printed}," in str(row["reference"])


@pytest.mark.parametrize(
    ("author", "printed"),
    [
        ("太郎 山田", "山田太郎"),
        ("철수 김", "김철수"),
        ("محمد الخوارزمي", "محمد الخوارزمي"),
        ("bell hooks", "bell hooks"),
        ("Иван Иванов", "Иванов, И."),
        ("Ōta van der Ōe", "van der Ōe, Ō."),
    ],
)
def test_a_given_name_without_capitals_is_printed_whole(author: str, printed: str) -> None:
    [row] = references([paper_row("Title", author)], "apa").rows
    assert str(row["reference"]).partition(" (2020)")[0].removesuffix(".") == printed.removesuffix(".")


def test_editors_without_capitals_are_printed_whole_too() -> None:
    chapter = paper_row("Title", "Jane Roe") | {
        "kind": "chapter", "venue": "Book", "extra": {"editor": "bell hooks and 小明 王"}
    }  # fmt: skip
    [row] = references([chapter], "apa").rows
    assert "bell hooks" in str(row["reference"])
    assert "王小明" in str(row["reference"])
