"""Nothing in a date is lost: not when it is read, and not when it is written in another format and read again."""

import json
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conversion import convert
from pubcli.biblio.stated_dates import parse
from pubcli.formats.shared.csl_dates import from_csl, to_csl
from pubcli.formats.shared.extra_dates import stated_date
from pubcli.model import Paper
from pubcli.reader import read
from thoroughness import examples


def only_paper(text: str, form: str) -> Paper:
    [paper] = read(text.encode(), form=form).papers
    return paper


def known_part(paper: Paper) -> str:
    lengths = {"day": 10, "month": 7, "year": 4}
    return paper.date.isoformat()[: lengths[paper.date_precision]] if paper.date else ""


def in_full(paper: Paper) -> str:
    """Return the date of a paper in EDTF, as its source stated it."""
    stated = stated_date(paper.model_dump(mode="json"))
    return stated.edtf if stated else known_part(paper)


def bibtex(**fields: str) -> str:
    return "@book{a, title={T}" + "".join(f", {name}={value}" for name, value in fields.items()) + "}\n"


def ris(**tags: str) -> str:
    return "TY  - BOOK\nTI  - T\n" + "".join(f"{tag}  - {value}\n" for tag, value in tags.items()) + "ER  - \n"


def csl(issued: object) -> str:
    return json.dumps([{"id": "a", "type": "book", "title": "T", "issued": issued}]) + "\n"


def wos(**tags: str) -> str:
    return "FN Clarivate\nPT J\nTI T\n" + "".join(f"{tag} {value}\n" for tag, value in tags.items()) + "ER\nEF\n"


def medline(text: str) -> str:
    return f"PMID- 1\nTI  - T\nDP  - {text}\n"


def dblp(year: str, month: str = "") -> str:
    parts = f"<year>{year}</year>" + (f"<month>{month}</month>" if month else "")
    return f"<dblp><article key='x'><title>T</title>{parts}</article></dblp>\n"


READ = {
    # BibTeX: year, month, day
    "two months": ("bibtex", bibtex(year="2001", month="{Sep--Oct}"), "2001-09", "2001-09/2001-10"),
    "two macros": ("bibtex", bibtex(year="2001", month='jan # "/" # feb'), "2001-01", "2001-01/2001-02"),
    "day in the month": ("bibtex", bibtex(year="2001", month='jul # "~4"'), "2001-07-04", "2001-07-04"),
    "day before the month": ("bibtex", bibtex(year="2001", month='"4~" # jul'), "2001-07-04", "2001-07-04"),
    "days in the month": ("bibtex", bibtex(year="2001", month="{July 4--6}"), "2001-07-04", "2001-07-04/2001-07-06"),
    "number of a month": ("bibtex", bibtex(year="2001", month="07", day="04"), "2001-07-04", "2001-07-04"),
    "German month": ("bibtex", bibtex(year="2001", month='{M{\\"a}rz}'), "2001-03", "2001-03"),
    "season as month": ("bibtex", bibtex(year="2001", month="{Spring}"), "2001", "2001-21"),
    "unknown word as month": ("bibtex", bibtex(year="2001", month="{Michaelmas}"), "2001", "Michaelmas 2001"),
    "day that does not exist": ("bibtex", bibtex(year="2001", month="feb", day="30"), "2001-02", "2001-02"),
    "date as year": ("bibtex", bibtex(year="{2011-11-12}"), "2011-11-12", "2011-11-12"),
    "about a year": ("bibtex", bibtex(year="{c.~1723}"), "1723", "1723~"),
    "about a month": ("bibtex", bibtex(year="{c. 1723}", month="mar"), "1723-03", "1723-03~"),
    "uncertain season": ("bibtex", bibtex(year="{1723?}", month="{Fall}"), "1723", "1723-23?"),
    "years": ("bibtex", bibtex(year="{1950--1955}"), "1950", "1950/1955"),
    "in press": ("bibtex", bibtex(year="{in press}"), "", "in press"),
    "with another year": ("bibtex", bibtex(year="{2010 [1950]}"), "2010", "2010 [1950]"),
    # biblatex: date
    "range": ("bibtex", bibtex(date="{2001-03-04/2001-05}"), "2001-03-04", "2001-03-04/2001-05"),
    "open range": ("bibtex", bibtex(date="{1950/}"), "1950", "1950/.."),
    "range without a start": ("bibtex", bibtex(date="{/1955}"), "1955", "../1955"),
    "season": ("bibtex", bibtex(date="{1991-21}"), "1991", "1991-21"),
    "about": ("bibtex", bibtex(date="{1723~}"), "1723", "1723~"),
    "decade": ("bibtex", bibtex(date="{199X}"), "1990", "1990/1999"),
    "30 February": ("bibtex", bibtex(date="{2020-02-30}"), "2020-02", "2020-02-30"),
    "before Christ": ("bibtex", bibtex(date="{-0043-03-15}"), "", "-0043-03-15"),
    "time of day": ("bibtex", bibtex(date="{2020-02-03T10:15:00}"), "2020-02-03", "2020-02-03T10:15:00"),
    "date and its parts": ("bibtex", bibtex(date="{2020-02}", year="2020", month="feb"), "2020-02", "2020-02"),
    # RIS
    "two months in RIS": ("ris", ris(PY="2001", DA="2001/Sep-Oct"), "2001-09", "2001-09/2001-10"),
    "season in RIS": ("ris", ris(PY="2001///Spring"), "2001", "2001-21"),
    "words in RIS": ("ris", ris(PY="2001", DA="2001 Jun 15"), "2001-06-15", "2001-06-15"),
    "day first": ("ris", ris(DA="15/06/2001"), "2001-06-15", "2001-06-15"),
    "slash after the year": ("ris", ris(PY="2001/", Y1="2001//"), "2001", "2001"),
    "text in RIS": ("ris", ris(PY="///in press"), "", "in press"),
    "text after a date": ("ris", ris(DA="2001/05//revised"), "2001-05", "revised 2001-05"),
    # CSL-JSON
    "range in CSL": ("csl-json", csl({"date-parts": [[1950], [1955, 3]]}), "1950", "1950/1955-03"),
    "open range in CSL": ("csl-json", csl({"date-parts": [[1950], [0]]}), "1950", "1950/.."),
    "season in CSL": ("csl-json", csl({"date-parts": [["1991"]], "season": "1"}), "1991", "1991-21"),
    "word for a season": ("csl-json", csl({"date-parts": [[1991]], "season": "Fall"}), "1991", "1991-23"),
    "season of pandoc": ("csl-json", csl({"date-parts": [[1991, 21]]}), "1991", "1991-21"),
    "seasons of pandoc": ("csl-json", csl({"date-parts": [[1991, 21], [1991, 22]]}), "1991", "1991-21/1991-22"),
    "circa": ("csl-json", csl({"date-parts": [[1723, 4]], "circa": 1}), "1723-04", "1723-04~"),
    "not circa": ("csl-json", csl({"date-parts": [[1723, 4]], "circa": False}), "1723-04", "1723-04"),
    "raw": ("csl-json", csl({"raw": "c. March 2010"}), "2010-03", "2010-03~"),
    "raw range": ("csl-json", csl({"raw": "2010-03-01/2010-04-02"}), "2010-03-01", "2010-03-01/2010-04-02"),
    "literal": ("csl-json", csl({"literal": "in press"}), "", "in press"),
    "literal beside numbers": ("csl-json", csl({"date-parts": [[2010]], "literal": "2010a"}), "2010", "2010a"),
    "text of pandoc": ("csl-json", csl("2010-03/2010-05"), "2010-03", "2010-03/2010-05"),
    "number of pandoc": ("csl-json", csl(2010), "2010", "2010"),
    "empty date of Crossref": ("csl-json", csl({"date-parts": [[None]]}), "", ""),
    # Web of Science
    "early access": ("wos", wos(PD="NOV", EY="2019"), "2019-11", "2019-11"),
    "month of early access": ("wos", wos(EA="NOV 2019", EY="2019"), "2019-11", "2019-11"),
    "early access before print": ("wos", wos(EY="2019", PD="MAR 15", PY="2020"), "2020-03-15", "2020-03-15"),
    "months in Web of Science": ("wos", wos(PD="MAY-JUN", PY="2020"), "2020-05", "2020-05/2020-06"),
    "season in Web of Science": ("wos", wos(PD="FAL", PY="2020"), "2020", "2020-23"),
    # MEDLINE
    "day in MEDLINE": ("medline", medline("2018 Dec 31"), "2018-12-31", "2018-12-31"),
    "season in MEDLINE": ("medline", medline("2019 Winter"), "2019", "2019-24"),
    "months in MEDLINE": ("medline", medline("2020 May-Jun"), "2020-05", "2020-05/2020-06"),
    "days in MEDLINE": ("medline", medline("2019 Dec 23-31"), "2019-12-23", "2019-12-23/2019-12-31"),
    "years in MEDLINE": ("medline", medline("2016 Dec-2017 Jan"), "2016-12", "2016-12/2017-01"),
    "year in MEDLINE": ("medline", medline("2017"), "2017", "2017"),
    # other sources
    "months in DBLP": ("dblp", dblp("2020", "May/June"), "2020-05", "2020-05/2020-06"),
    "year in DBLP": ("dblp", dblp("2020 (2021)"), "2020", "2020 (2021)"),
    "column with two months": ("csv", "Title,Year\nT,Sep-Oct 2001\n", "2001-09", "2001-09/2001-10"),
    "column in words": ("csv", 'Title,Publication Date\nT,"in press"\n', "", "in press"),
    "OpenAlex": ("openalex", '{"title": "T", "publication_date": "n.d.", "publication_year": 2020}\n', "2020", "2020"),
}  # fmt: skip


@pytest.mark.parametrize(("form", "text", "date", "date_in_full"), READ.values(), ids=READ.keys())
def test_each_reader_reads_what_a_date_field_says(form: str, text: str, date: str, date_in_full: str) -> None:
    paper = only_paper(text, form)
    assert (known_part(paper), in_full(paper)) == (date, date_in_full)


WRITTEN = ("bibtex", "biblatex", "ris", "csl-json", "csv", "tsv", "json", "jsonl")


@pytest.mark.parametrize("form", WRITTEN)
@pytest.mark.parametrize(("source", "text"), [case[:2] for case in READ.values()], ids=READ.keys())
def test_a_written_date_is_read_as_the_same_date(source: str, text: str, form: str) -> None:
    paper = only_paper(text, source)
    written = convert(text, source, form)
    again = only_paper(written, form if form != "biblatex" else "bibtex")

    assert (known_part(again), in_full(again)) == (known_part(paper), in_full(paper))


EDTF = st.sampled_from(
    "2001 2001-05 2001-05-06 1991-21 1991-24 1950/1955 1950-02/1955 1950-02-03/1950-02-07 1991-21/1991-23 "
    "1991-24/1992-21 2001-09/2001-10 2001-09/2002-01 1950/.. ../1955 2004-XX 2004-06-XX".split()
)


@examples(100)
@given(EDTF, st.sampled_from(("", "~", "?", "%")), st.sampled_from(WRITTEN), st.sampled_from(WRITTEN))
def test_edtf_survives_a_chain_of_formats(edtf: str, sign: str, first: str, second: str) -> None:
    date = "/".join(end if end == ".." else f"{end}{sign}" for end in edtf.split("/"))
    text = convert(convert(bibtex(date=f"{{{date}}}"), "bibtex", first), first, second)

    assert in_full(only_paper(text, second)) in (date, date.replace("%", "~").replace("?", "~"))


@pytest.mark.parametrize(
    ("form", "date", "lines"),
    [
        ("bibtex", "1950/1955", ["year = {1950--1955}"]),
        ("bibtex", "1991-21", ["year = {1991}", "month = {Spring}"]),
        ("bibtex", "2001-09/2001-10", ["year = {2001}", "month = {September--October}"]),
        ("bibtex", "1723-03~", ["year = {c. 1723}", "month = mar"]),
        (
            "bibtex",
            "2001-03-04/2001-03-06",
            ["year = {2001}", "month = mar", "day = {4}", "date = {2001-03-04/2001-03-06}"],
        ),
        ("bibtex", "2020-02-30", ["year = {2020}", "month = feb", "date = {2020-02-30}"]),
        ("biblatex", "1723~", ["date = {1723~}"]),
        ("ris", "1991-21", ["PY  - 1991", "DA  - 1991///Spring"]),
        ("ris", "2001-09/2001-10", ["PY  - 2001", "DA  - 2001/09//September-October"]),
        ("ris", "1723~", ["PY  - 1723", "DA  - 1723///circa"]),
        ("ris", "1950/1955", ["PY  - 1950", "DA  - 1950///1950 - 1955"]),
    ],
)
def test_a_date_is_written_in_the_notation_of_the_format(form: str, date: str, lines: list[str]) -> None:
    text = convert(bibtex(date=f"{{{date}}}"), "bibtex", form)
    written = [line.strip().rstrip(",") for line in text.splitlines()]

    assert [
        line for line in written if line.startswith(("year", "month", "day", "date", "PY", "DA", "N1", "note"))
    ] == lines


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("1950/1955", {"date-parts": [[1950], [1955]]}),
        ("1991-21", {"date-parts": [[1991]], "season": 1}),
        ("1991-21/1991-22", {"date-parts": [[1991, 21], [1991, 22]]}),
        ("1723~", {"date-parts": [[1723]], "circa": True}),
        ("2001-03-04/2001-03-06", {"date-parts": [[2001, 3, 4], [2001, 3, 6]]}),
        ("1950/", {"date-parts": [[1950], [0]]}),
        ("2020-02-30", {"date-parts": [[2020, 2]], "literal": "2020-02-30"}),
    ],
)
def test_ranges_seasons_and_circa_have_a_place_in_csl(date: str, issued: object) -> None:
    [item] = json.loads(convert(bibtex(date=f"{{{date}}}"), "bibtex", "csl-json"))
    assert item["issued"] == issued
    assert "custom" not in item or "date" not in item["custom"]


def test_csl_has_no_place_for_an_uncertain_date_so_custom_keeps_it() -> None:
    [item] = json.loads(convert(bibtex(date="{1723?}"), "bibtex", "csl-json"))
    assert item["issued"] == {"date-parts": [[1723]], "circa": True}
    assert item["custom"]["date"] == "1723?"


@pytest.mark.parametrize(
    "value",
    [
        {"date-parts": 7}, {"date-parts": [7]}, {"date-parts": [[{}]]}, {"date-parts": [[2001], [2002], [2003]]},
        {"date-parts": [[2001, 13]]}, {"date-parts": [[2001, 2, 30]]}, {"date-parts": [[2001]], "season": "x"},
        {"date-parts": [[2001, None, 5]]}, {"date-parts": [[-44, 3]]}, {"season": 1}, {"x": "2001"}, [2001], True,
        {"date-parts": [[2001], []]}, {"literal": 5}, {"circa": True, "literal": "x"},
        {"date-parts": [[2001, 2, 3, 4]]},
    ],
)  # fmt: skip
def test_a_malformed_date_of_csl_is_kept(value: object) -> None:
    paper = only_paper(csl(value), "csl-json")
    kept = paper.extra["issued"]

    assert (kept if not kept.startswith(("{", "[")) else json.loads(kept)) in (value, json.dumps(value))


@given(st.recursive(
    st.none() | st.booleans() | st.integers(-5, 3000) | st.sampled_from(("2001", "3", "x", "Spring", "c. 2010", "")),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(("date-parts", "season", "circa", "literal", "raw", "x")), inner),
    max_leaves=6,
))  # fmt: skip
def test_any_date_of_csl_is_read_and_written(value: object) -> None:
    stated = from_csl(value)
    expected = stated.edtf.replace("?", "~").replace("%", "~")

    assert stated.text or from_csl(to_csl(stated)).edtf == expected


TEXTS = st.text(
    st.sampled_from("0123456789 -/.,~?:abcMayJunSprigc()[]éä年月日"), min_size=1, max_size=20
) | st.lists(
    st.sampled_from(("2001", "1999", "03", "30", "Feb", "April", "Spring", "c.", "?", "~", "-", "/", "in press", ",")),
    min_size=1, max_size=5,
).map(" ".join)  # fmt: skip
FIELDS: dict[str, Callable[[str], str]] = {
    "bibtex date": lambda text: bibtex(date=f"{{{text}}}"),
    "bibtex year": lambda text: bibtex(year=f"{{{text}}}"),
    "bibtex month": lambda text: bibtex(year="2001", month=f"{{{text}}}"),
    "bibtex day": lambda text: bibtex(year="2001", month="mar", day=f"{{{text}}}"),
    "ris DA": lambda text: ris(PY="2001", DA=text),
    "ris Y1": lambda text: ris(Y1=text),
    "csl-json raw": lambda text: csl({"raw": text}),
    "csl-json literal": lambda text: csl({"literal": text}),
    "csl-json text": lambda text: csl(text),
    "wos PD": lambda text: wos(PY="2001", PD=text),
    "wos PY": lambda text: wos(PY=text),
    "wos EY": lambda text: wos(EY=text),
    "medline DP": medline,
    "dblp month": lambda text: dblp("2001", text),
    "dblp year": lambda text: dblp(text),
    "csv date": lambda text: f'title,year\nT,"{text}"\n',
    "openalex date": lambda text: json.dumps({"title": "T", "publication_date": text, "publication_year": 2001}),
    "arxiv-jsonl date": lambda text: json.dumps({"id": "0704.0001", "title": "T", "versions": [{"created": text}]}),
}


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@examples(400)
@given(TEXTS, st.sampled_from(sorted(FIELDS)))
@example("0001~", "bibtex year")
@example("Feb ~", "bibtex month")
def test_any_text_in_any_date_field_is_kept_somewhere(text: str, field: str) -> None:
    paper = only_paper(FIELDS[field](text), field.split()[0])
    is_part = field.endswith((" month", " PD", " day"))
    # In BibTeX, ~ is a blank.
    texts = {text, text.replace("~", " ")} if field in ("bibtex year", "bibtex month", "bibtex day") else {text}
    candidates = [
        candidate for text in texts for candidate in (text, f"{text} 2001", f"{text} March 2001", f"{text}//")
    ]
    says_all = known_part(paper) in [parse(candidate.strip()).edtf for candidate in candidates]
    kept = "|".join(letters(value) for value in paper.extra.values())

    assert (
        not letters(text)
        or letters(text) in kept
        or says_all
        or (is_part and letters(text).lstrip("0") in known_part(paper))
    )
