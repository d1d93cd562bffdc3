"""Extracting DOIs and arXiv identifiers."""

import pytest

from pubcli.biblio.identifiers import arxiv, doi, month_of_arxiv


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1109/5.771073", "10.1109/5.771073"),
        ("https://doi.org/10.1000/X(y)", "10.1000/x(y)"),
        ("http://dx.doi.org/10.1000/x", "10.1000/x"),
        ("doi: 10.1000/x", "10.1000/x"),
        ("https://doi.org/10.1000%2Fabc", "10.1000/abc"),
        ("http://dx.doi.org/10.1000/S0022-0000%2801%2990001-6", "10.1000/s0022-0000(01)90001-6"),
        ("10.1000%252Fabc ", "10.1000/abc"),
        ("10.1000/abc%20", "10.1000/abc"),
        ("https%3A%2F%2Fdoi.org%2F10.1000%2Fx", "10.1000/x"),
        ("10.1002/(SICI)1097&lt;1::AID&gt;3.0.CO;2-U", "10.1002/(sici)1097<1::aid>3.0.co;2-u"),
        ("10.1000/a%b", "10.1000/a%b"),
        ("10.1000/a%ff", "10.1000/a%ff"),
        ("10.1000/a%20b", None),
        ("10.1000", None),
        ("see 10.1000/x", None),
        ("", None),
    ],
)
def test_dois_are_extracted(text: str, expected: str | None) -> None:
    assert doi(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2203.06735", "2203.06735"),
        ("arXiv:2203.06735v2", "2203.06735"),
        ("arXiv preprint arXiv:2203.06735", "2203.06735"),
        ("arXiv:2203.06735 [cs.LG]", "2203.06735"),
        ("http://arxiv.org/pdf/2203.06735v1.pdf", "2203.06735"),
        ("https://arxiv.org/abs/math/0309136", "math/0309136"),
        ("math.GT/0309136", "math/0309136"),
        ("10.48550/arXiv.2203.06735", "2203.06735"),
        ("https://doi.org/10.48550/arxiv.2203.06735", "2203.06735"),
        ("abs/2203.06735", "2203.06735"),
        ("https://arxiv.org/abs/math%2F0309136", "math/0309136"),
        ("10.1000/2203.06735", None),
        ("2203.067356", None),
        ("arXiv", None),
    ],
)
def test_arxiv_identifiers_are_extracted(text: str, expected: str | None) -> None:
    assert arxiv(text) == expected


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("2203.06735", ("2022-03-01", "month")),
        ("0704.0001", ("2007-04-01", "month")),
        ("math/9903012", ("1999-03-01", "month")),
        ("math.GT/0309136", ("2003-09-01", "month")),
        ("hep-th/9108001", ("1991-08-01", "month")),
        ("hep-th/0699123", ("2006-01-01", "year")),
        ("10.1000/x", None),
    ],
)
def test_the_month_of_an_arxiv_identifier(identifier: str, expected: tuple[str, str] | None) -> None:
    month = month_of_arxiv(identifier)
    assert (month and (str(month.day), month.precision)) == expected
