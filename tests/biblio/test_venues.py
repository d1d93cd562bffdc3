"""What a page shows about where a paper was published is split into fields without losing anything."""

from typing import Any

import pytest

from pubcli.biblio.venues import fields_of_reference, fields_of_venue, fields_with_year

VENUES: dict[str, dict[str, Any]] = {
    "Journal of Kites 12 (3), 1-20": {"venue": "Journal of Kites", "volume": "12", "issue": "3", "pages": "1-20"},
    "Annals of Wind 7, 33–58": {"venue": "Annals of Wind", "volume": "7", "pages": "33–58"},
    "Remote Sensing 14 (5), 1172": {"venue": "Remote Sensing", "volume": "14", "issue": "5", "pages": "1172"},
    "Journal of Kite Studies 22, 012019": {"venue": "Journal of Kite Studies", "volume": "22", "pages": "012019"},
    "Journal of Kites 5 (Suppl 1), S1-S5": {
        "venue": "Journal of Kites", "volume": "5", "issue": "Suppl 1", "pages": "S1-S5",
    },
    "Proceedings of the 14th Conference on Kites, 770-778": {
        "venue": "Proceedings of the 14th Conference on Kites", "pages": "770-778",
    },
    "KITE 2019, 1-6": {"venue": "KITE 2019", "pages": "1-6"},
    "Journal of Winds 2019 (5), 1-6": {"venue": "Journal of Winds", "volume": "2019", "issue": "5", "pages": "1-6"},
    "Proceedings of Kites (KITE)": {"venue": "Proceedings of Kites (KITE)"},
    "Kite University": {"venue": "Kite University"},
    "Kites, Winds and Maps": {"venue": "Kites, Winds and Maps"},
    "arXiv preprint arXiv:2410.03532": {"arxiv": "2410.03532", "kind": "preprint"},
    "US Patent 9,104,700": {"kind": "other", "extra": {"type": "patent", "jurisdiction": "US", "number": "9,104,700"}},
    "US Patent App. 15/123,456": {
        "kind": "other", "extra": {"type": "patent", "jurisdiction": "US", "number": "App. 15/123,456"},
    },
}  # fmt: skip


@pytest.mark.parametrize("text", VENUES)
def test_a_venue_is_split_into_its_parts(text: str) -> None:
    assert fields_of_venue(text) == VENUES[text]


REFERENCES: dict[str, dict[str, Any]] = {
    "Journal of Kite Studies 22 (2026) 1-20": {"venue": "Journal of Kite Studies", "volume": "22", "pages": "1-20"},
    "Ann. Wind 7 (2015), no. 2, 33--58": {"venue": "Ann. Wind", "volume": "7", "issue": "2", "pages": "33--58"},
    "Phys.Kites D46 (1992) 1450-1452": {"venue": "Phys.Kites", "volume": "D46", "pages": "1450-1452"},
    "Phys. Kites Lett. 128, 012345 (2022)": {"venue": "Phys. Kites Lett.", "volume": "128", "pages": "012345"},
    "A&A 641, A6 (2020)": {"venue": "A&A", "volume": "641", "pages": "A6"},
    "JHEP 05 (2020) 123": {"venue": "JHEP", "volume": "05", "pages": "123"},
    "Phys. Kites D 101, no.1, 015001 (2020)": {
        "venue": "Phys. Kites D", "volume": "101", "issue": "1", "pages": "015001",
    },
    "J. Kites, Vol. 12, No. 3, pp. 1-20, March 2020": {
        "venue": "J. Kites", "volume": "12", "issue": "3", "pages": "1-20",
    },
    "Proc. Kites 117 (12) 6789-6795 (2020)": {
        "venue": "Proc. Kites", "volume": "117", "issue": "12", "pages": "6789-6795",
    },
    "KITE 2019, 1-6": {"venue": "KITE 2019", "pages": "1-6"},
    "In: Kites, pp. 3-5, 2020": {"venue": "In: Kites, pp. 3-5, 2020"},
    "SIGMA 16 (2020), 001, 20 pages": {"venue": "SIGMA 16 (2020), 001, 20 pages"},
    "arXiv preprint arXiv:2410.03532": {"venue": "arXiv preprint arXiv:2410.03532"},
    "To appear in Kites": {"venue": "To appear in Kites"},
}  # fmt: skip


@pytest.mark.parametrize("text", REFERENCES)
def test_a_journal_reference_is_split_if_its_form_is_certain(text: str) -> None:
    assert fields_of_reference(text) == REFERENCES[text]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("J. Kites 12(3): 1-20 (2023)", {"venue": "J. Kites", "volume": "12", "issue": "3", "pages": "1-20",
                                         "year": "2023"}),
        ("PLoS Kites 9(10) (2019)", {"venue": "PLoS Kites", "volume": "9", "issue": "10", "year": "2019"}),
        ("CoRR abs/2405.99991 (2024)", {"venue": "CoRR", "volume": "abs/2405.99991", "year": "2024"}),
        ("J. Kites (2023)", {"venue": "J. Kites", "year": "2023"}),
        ("KITE (2) 2015: 10:1-10:30", {"venue": "KITE (2)", "pages": "10:1-10:30", "year": "2015"}),
        ("KITE 2016", {"venue": "KITE", "year": "2016"}),
        ("University of Wind, 2015", {"venue": "University of Wind", "year": "2015"}),
        ("Lecture Notes 12, Kite Press 2022, ISBN 978-3-16-148410-0, pp. 1-212",
         {"series": "Lecture Notes 12", "publisher": "Kite Press", "isbn": "978-3-16-148410-0", "pages": "1-212",
          "year": "2022"}),
        ("J. Kites 12(3)", None),
        ("2016", None),
        ("(" * 700, None),
    ],
)  # fmt: skip
def test_a_venue_with_a_year_is_split_into_its_parts(text: str, fields: dict[str, str] | None) -> None:
    assert fields_with_year(text) == fields
