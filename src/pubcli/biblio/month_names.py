"""Define the names of months and seasons in the languages that bibliographic databases use most.

The languages are English, German, French, Spanish, Italian, Portuguese, Dutch and the Scandinavian languages. Web of
Science abbreviates seasons to three letters: SPR, SUM, FAL, WIN.
"""

from pubcli.text.normalize import fold

_MONTHS = (
    "january jan januar janner janvier janv januari enero ene gennaio gen janeiro",
    "february feb februar fevrier fevr februari febrero febbraio fevereiro fev",
    "march mar marz maerz mrz mars maart mrt marzo marco",
    "april apr avril avr abril abr aprile",
    "may mai mei maj mayo maggio mag maio",
    "june jun juni juin junio giugno giu junho",
    "july jul juli juillet juil julio luglio lug julho",
    "august aug aout augustus augusti agosto ago",
    "september sep sept septembre septiembre setiembre settembre set setembro",
    "october oct oktober okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dec dezember dez decembre desember diciembre dic dicembre dezembro",
)
"""The folded names and abbreviations of each month."""
_SEASONS = (
    "spring spr fruhling fruhjahr printemps primavera lente",
    "summer sum sommer ete verano estate verao zomer",
    "autumn fall aut fal herbst automne otono autunno outono herfst",
    "winter win hiver invierno inverno",
)
"""The folded names of each season."""
_NUMBER_OF_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
_NUMBER_OF_SEASON = {name: number for number, names in enumerate(_SEASONS, 1) for name in names.split()}
ENGLISH_MONTHS = tuple(names.split()[0].capitalize() for names in _MONTHS)
ENGLISH_SEASONS = tuple(names.split()[0].capitalize() for names in _SEASONS)
_SHORTEST = 3


def month_of(word: str) -> int | None:
    """Return the number of the month that a word names: 3 for `March`, `mar.`, `März`; None for any other word.

    Any abbreviation of an English name counts if it has three letters or more: `Septem`.
    """
    name = fold(word.rstrip("."))
    if name in _NUMBER_OF_MONTH:
        return _NUMBER_OF_MONTH[name]
    months = [number for number, month in enumerate(ENGLISH_MONTHS, 1) if month.lower().startswith(name)]
    return months[0] if len(name) >= _SHORTEST and len(months) == 1 else None


def season_of(word: str) -> int | None:
    """Return the number of the season that a word names, 1 for spring to 4 for winter; None for any other word."""
    return _NUMBER_OF_SEASON.get(fold(word.rstrip(".")))
