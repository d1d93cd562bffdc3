"""Date lines, through the splitter that finds them."""

import pytest

from pubcli.page.dateline import DateLine
from pubcli.page.split import blocks


def found(line: str) -> DateLine | None:
    return next(blocks(f"{line}\n".encode())).dateline


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("LGMar 13, 2022Code", DateLine("LG", 2022, 3, 13, ("Code",))),
        ("NAJul 11, 2016", DateLine("NA", 2016, 7, 11, ())),
        ("CHEM-PHJul 4, 2019", DateLine("CHEM-PH", 2019, 7, 4, ())),
        ("GR-QCDec 1", DateLine("GR-QC", None, 12, 1, ())),
        ("AIFeb 24Code", DateLine("AI", None, 2, 24, ("Code",))),
        ("MMMar 5, 2020", DateLine("MM", 2020, 3, 5, ())),
        ("SDECDec 5, 2020", DateLine("SDEC", 2020, 12, 5, ())),
        ("LGMar 13, 2022Dataset", DateLine("LG", 2022, 3, 13, ("Dataset",))),
        ("LGMar 13, 2022CodeDataset", DateLine("LG", 2022, 3, 13, ("Code", "Dataset"))),
        ("LG Mar 13, 2022 Code", DateLine("LG", 2022, 3, 13, ("Code",))),
        ("Mar 13, 2022", DateLine(None, 2022, 3, 13, ())),
        ("\ufeffLGMar\u00a013,\u00a02022 ", DateLine("LG", 2022, 3, 13, ())),
        ("LGFeb 30, 2022", DateLine("LG", 2022, 2, 30, ())),
    ],
)
def test_understood(line: str, expected: DateLine) -> None:
    assert found(line) == expected


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
def test_other_lines(line: str) -> None:
    assert found(line) is None
