"""Where the title of a record ends and its venue begins."""

import pytest

from pubcli.sites.dblp_page.titles import split


@pytest.mark.parametrize(
    ("text", "title", "venue"),
    [
        ("Kites: A Survey. J. Kite Stud. 12(3): 101-140 (2024)", "Kites: A Survey", "J. Kite Stud."),
        ("Frames. A Catalogue for Kites. FOLD 2024: 86-108", "Frames. A Catalogue for Kites", "FOLD"),
        ("How Many Folds? Trans. Kites Other Model. Concurr. 17: 2-3 (2023)", "How Many Folds?",
         "Trans. Kites Other Model. Concurr."),
        ("A Kite Primer. Kite Press 2022, ISBN 978-3-16-148410-0, pp. 1-212", "A Kite Primer", "Kite Press"),
        ("Two Lines. Handbook of Wind 2017: 55-80", "Two Lines", "Handbook of Wind"),
        ("Crashes of 2000. CoRR abs/2405.99991 (2024)", "Crashes of 2000", "CoRR"),
        ("Kites. Survey Paper. J. Kite Stud. 12(3): 1-2 (2020)", "Kites. Survey Paper", "J. Kite Stud."),
        ("Kites. The Survey. Commun. ACM 12(3): 1-2 (2020)", "Kites. The Survey", "Commun. ACM"),
        ("Kites vs. Maps. Proc. ACM Program. Lang. 4(POPL): 1:1-1:30 (2020)", "Kites vs. Maps",
         "Proc. ACM Program. Lang."),
        ("\"Kites.\" IEEE Trans. Pattern Anal. Mach. Intell. 20: 1-2 (2020)", '"Kites."',
         "IEEE Trans. Pattern Anal. Mach. Intell."),
        ("Kites! Proc. Conf. Wind 2020: 1-2", "Kites!", "Proc. Conf. Wind"),
        ("Is It? Yes! J. ACM 71(2): 12:1-12:30 (2024)", "Is It? Yes!", "J. ACM"),
        ("Is It? Yes! CoRR abs/2405.99991 (2024)", "Is It? Yes!", "CoRR"),
        ("Wind. Lecture Notes in Kites 12, Springer 2015, ISBN 978-3-16-148410-0 [contents]", "Wind", "Springer"),
    ],
)  # fmt: skip
def test_a_title_ends_where_a_venue_can_begin(text: str, title: str, venue: str) -> None:
    result = split(text)
    assert result is not None
    assert (result.title, result.venue.get("venue") or result.venue["publisher"]) == (title, venue)
    assert not result.is_guess


def test_a_title_whose_end_is_not_certain_is_marked() -> None:
    result = split("Kites. Int. J. Aeronaut. Kites 3: 4 (2019)")
    assert result is not None
    assert (result.title, result.venue["venue"], result.is_guess) == ("Kites", "Int. J. Aeronaut. Kites", True)


@pytest.mark.parametrize("text", ["", "Kites", "Kites. J. Kites", "Kites of 2019", "2020", "a. " * 4_000])
def test_a_text_without_a_venue_and_a_year_is_not_split(text: str) -> None:
    assert split(text) is None
