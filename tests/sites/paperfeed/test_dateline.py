"""Date lines: the first line of each record."""

from datetime import date

import pytest

from pubcli.sites.paperfeed.dateline import DateLine
from pubcli.sites.paperfeed.split import Splitter


def read_dateline(line: str) -> DateLine | None:
    splitter = Splitter(f"{line}\n".encode())
    dateline = None
    while blocks := splitter.next_blocks():
        dateline = blocks[-1].dateline
    return dateline


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("LGMar 13, 2022Code", DateLine("LG", date(2022, 3, 13), True, ("Code",))),
        ("NAJul 11, 2016", DateLine("NA", date(2016, 7, 11), True, ())),
        ("CHEM-PHJul 4, 2019", DateLine("CHEM-PH", date(2019, 7, 4), True, ())),
        ("GR-QCDec 1", DateLine("GR-QC", date(2000, 12, 1), False, ())),
        ("AIFeb 24Code", DateLine("AI", date(2000, 2, 24), False, ("Code",))),
        ("MMMar 5, 2020", DateLine("MM", date(2020, 3, 5), True, ())),
        ("SDECDec 5, 2020", DateLine("SDEC", date(2020, 12, 5), True, ())),
        ("LGMar 13, 2022Dataset", DateLine("LG", date(2022, 3, 13), True, ("Dataset",))),
        ("LGMar 13, 2022CodeDataset", DateLine("LG", date(2022, 3, 13), True, ("Code", "Dataset"))),
        ("AIFeb 24Data+Code", DateLine("AI", date(2000, 2, 24), False, ("Data+Code",))),
        ("AIFeb 24🔥Code", DateLine("AI", date(2000, 2, 24), False, ("🔥Code",))),
        ("LG Mar 13, 2022 Code", DateLine("LG", date(2022, 3, 13), True, ("Code",))),
        ("Mar 13, 2022", DateLine(None, date(2022, 3, 13), True, ())),
        ("\ufeffLGMar\u00a013,\u00a02022 ", DateLine("LG", date(2022, 3, 13), True, ())),
        ("LGFeb 30, 2022", DateLine("LG", None, True, ())),
    ],
)
def test_a_date_line_is_read(line: str, expected: DateLine) -> None:
    assert read_dateline(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "LGMarch 13, 2022",
        "LGMar 13, 20222",
        "LGMar 133, 2022",
        "lgMar 13, 2022",
        "May 24 Revisited",
        "Jan 6: What We Know",
        "On LGMar 13, 2022",
        "LGMar 13, 2022: a title",
        "LGMar, 2022",
    ],
)
def test_other_lines_are_not_read_as_date_lines(line: str) -> None:
    assert read_dateline(line) is None
