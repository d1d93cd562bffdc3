"""Names of months and seasons in several languages."""

import pytest

from pubcli.biblio.month_names import ENGLISH_MONTHS, ENGLISH_SEASONS, month_of, season_of


@pytest.mark.parametrize(
    ("month", "names"),
    [
        (1, ("jan", "January", "JAN.", "Januar", "Jänner", "janvier", "enero", "gennaio", "janeiro")),
        (3, ("mar", "March", "März", "Mrz", "mars", "marzo", "maart", "março")),
        (5, ("May", "Mai", "mayo", "maggio", "maio", "mei", "maj")),
        (8, ("Aug", "août", "agosto", "augustus")),
        (9, ("Sept.", "September", "Septem", "septiembre", "setembro")),
        (12, ("Dec", "Dez", "décembre", "diciembre", "dicembre", "dezembro")),
        (None, ("", "m", "ma", "Marginal", "Mayor", "Junk", "Decade", "Spring", "3")),
    ],
)
def test_months_are_recognised(month: int | None, names: tuple[str, ...]) -> None:
    assert {month_of(name) for name in names} == {month}


def test_every_english_name_is_recognised() -> None:
    assert list(map(month_of, ENGLISH_MONTHS)) == list(range(1, 13))
    assert list(map(season_of, ENGLISH_SEASONS)) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("season", "names"),
    [
        (1, ("spring", "SPR", "Frühjahr", "printemps", "primavera")),
        (3, ("Fall", "autumn", "FAL", "Herbst", "otoño")),
        (None, ("", "s", "Spr ing", "March", "Michaelmas")),
    ],
)
def test_seasons_are_recognised(season: int | None, names: tuple[str, ...]) -> None:
    assert {season_of(name) for name in names} == {season}
