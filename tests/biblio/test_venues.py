"""What a page shows about where a paper was published is split into fields without losing anything."""

from typing import Any

import pytest

from pubcli.biblio.venues import fields_of_venue

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
