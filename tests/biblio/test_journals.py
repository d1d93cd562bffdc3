"""Names of journals that sources abbreviate."""

import pytest

from pubcli.biblio.journals import differ, is_archive

SAME = {
    "equal but for case": ("Nature", "NATURE"),
    "abbreviations": ("J. Mach. Learn. Res.", "Journal of Machine Learning Research"),
    "acronym": ("JMLR", "Journal of Machine Learning Research"),
    "acronym without small words": ("PNAS", "Proceedings of the National Academy of Sciences"),
    "contraction": ("Proc Natl Acad Sci", "Proceedings of the National Academy of Sciences"),
    "more words": ("Physical Review Letters", "Physical Review Letters (New York)"),
    "accents": ("Annales de l'Institut Poincare", "Annales de l’Institut Poincaré"),
    "unknown": ("Nature", None),
    "only small words": ("The", "Nature"),
}
DIFFERENT = {
    "other words": ("Nature", "Science"),
    "another letter": ("Phys. Rev. A", "Phys. Rev. B"),
    "another number": ("J One", "J Two"),
    "other Chinese characters": ("软件学报", "计算机研究"),
}


@pytest.mark.parametrize(("venue", "other"), SAME.values(), ids=SAME.keys())
def test_abbreviated_names_may_be_the_same_journal(venue: str, other: str | None) -> None:
    assert not differ(venue, other)
    assert not differ(other, venue)


@pytest.mark.parametrize(("venue", "other"), DIFFERENT.values(), ids=DIFFERENT.keys())
def test_names_with_other_words_are_different_journals(venue: str, other: str) -> None:
    assert differ(venue, other)
    assert differ(other, venue)


@pytest.mark.parametrize("venue", ["arXiv preprint arXiv:2203.06735", "CoRR", "bioRxiv", " ARXIV"])
def test_archives_of_preprints_are_recognised(venue: str) -> None:
    assert is_archive(venue)


@pytest.mark.parametrize("venue", [None, "", "Corrosion Science", "Nature"])
def test_journals_are_not_archives(venue: str | None) -> None:
    assert not is_archive(venue)
