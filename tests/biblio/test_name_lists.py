"""Lists of people in one text are split, and marks for omitted people are no names."""

import pytest

from pubcli.biblio.name_lists import is_unclear, people_on_line, several_people, without_et_al
from pubcli.reader import read

MARKS = ["et al.", "et al", "Et al.", "et. al.", "et alii", "{et al}", "{et al.}", r"\emph{et al.}", "et~al.",
         "(et al.)", "[et al.]", "...", "…", r"\ldots", r"\dots{}", "et al.,", "u. a.", "等", "他"]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
def test_nobody_is_called_et_al(mark: str) -> None:
    assert without_et_al(["J. Doe", mark]) == (["J. Doe"], True)
    assert without_et_al([mark, "J. Doe"]) == (["J. Doe"], True)


@pytest.mark.parametrize("mark", [mark for mark in MARKS if mark not in ("等", "他")])
def test_a_mark_after_the_last_name_is_no_part_of_it(mark: str) -> None:
    assert without_et_al(["K. Roe", f"Doe, J. {mark}"]) == (["K. Roe", "Doe, J."], True)
    assert without_et_al([f"Doe, J., {mark}"]) == (["Doe, J."], True)


@pytest.mark.parametrize("name", ["Al, Et", "Etal, Jane", "Jane Al", "Etta James", "Pierre et Alain", "M. et Mme C.",
                                  "Ua, K.", "他山", "J. Doe"])  # fmt: skip
def test_names_that_resemble_a_mark_are_kept(name: str) -> None:
    assert without_et_al([name]) == ([name], False)


def test_the_word_others_is_a_mark_only_at_the_end() -> None:
    assert without_et_al(["others", "J. Doe", "Others."]) == (["others", "J. Doe"], True)
    assert without_et_al([]) == ([], False)


SEVERAL = {
    "Doe J, Roe K": ["Doe, J", "Roe, K"],
    "Doe JA, van der Berg B-C, Roe K": ["Doe, JA", "van der Berg, B-C", "Roe, K"],
    "Doe J., Roe K.": ["Doe, J.", "Roe, K."],
    "Doe, J., Roe, K.": ["Doe, J.", "Roe, K."],
    "Doe, J. A., García Márquez, G., Loe, L.-M.": ["Doe, J. A.", "García Márquez, G.", "Loe, L.-M."],
    "Doe, J., King, Jr., M. L.": ["Doe, J.", "King, Jr., M. L."],
    "J. Doe, K. Roe": ["J. Doe", "K. Roe"],
    "Jane Doe, Kim Roe, Li Loe": ["Jane Doe", "Kim Roe", "Li Loe"],
}
ONE = ["Doe, J.", "Doe, Jane", "García Márquez, Gabriel José", "King, Jr., Martin Luther", "King, Martin Luther, Jr.",
       "Doe, PhD, Jane", "van Beethoven, Ludwig", "Simon and Schuster, Inc.", "Jane Doe, Kim Roe"]  # fmt: skip


@pytest.mark.parametrize(("text", "people"), SEVERAL.items(), ids=SEVERAL)
def test_people_that_commas_separate_are_several(text: str, people: list[str]) -> None:
    assert several_people(text.split(", ")) == people
    assert people_on_line(text) == people


@pytest.mark.parametrize("text", ONE)
def test_the_name_of_one_person_is_not_split(text: str) -> None:
    assert several_people(text.split(", ")) is None
    assert people_on_line(text) == [text]
    assert not is_unclear(text)


GROUPS = ["Bell Labs,", "University of California,, Berkeley", "Ministry of Food, Agriculture and Fisheries", "A; B"]


@pytest.mark.parametrize("text", GROUPS)
def test_the_name_of_a_group_is_not_split(text: str) -> None:
    assert people_on_line(text) == [text]
    assert not is_unclear(text)


LISTS = {
    "Doe, Jane; Roe, Kim": ["Doe, Jane", "Roe, Kim"],
    "Doe J; Roe K;": ["Doe J", "Roe K"],
    "Doe, J. and Roe, K.": ["Doe, J.", "Roe, K."],
}


@pytest.mark.parametrize(("text", "people"), LISTS.items(), ids=LISTS)
def test_several_names_on_a_line_are_split(text: str, people: list[str]) -> None:
    assert people_on_line(text) == people


FORMATS = {
    "bibtex": "@misc{{a, title = {{T}}, author = {{{}}}}}\n",
    "ris": "TY  - JOUR\nTI  - T\nAU  - {}\nER  - \n",
    "csl-json": '[{{"id": "a", "type": "book", "title": "T", "author": [{{"literal": "{}"}}]}}]\n',
    "csv": 'Title,Authors\nT,"{}"\n',
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("text", "authors", "is_complete"),
    [
        ("Doe J, Roe K", ("J Doe", "K Roe"), True),
        ("Doe, J., Roe, K., Loe, L.", ("J. Doe", "K. Roe", "L. Loe"), True),
        ("Jane Doe, Kim Roe, Li Loe", ("Jane Doe", "Kim Roe", "Li Loe"), True),
        ("Doe J, Roe K, et al.", ("J Doe", "K Roe"), False),
    ],
)
def test_one_rule_for_lists_of_names_holds_in_all_formats(
    form: str, text: str, authors: tuple[str, ...], is_complete: bool
) -> None:
    [paper] = read(FORMATS[form].format(text), form=form).papers
    assert (paper.authors, paper.authors_complete) == (authors, is_complete)


@pytest.mark.parametrize("form", ["bibtex", "ris"])
def test_a_list_of_names_that_cannot_be_split_is_a_problem(form: str) -> None:
    document = read(FORMATS[form].format("Doe, John, Roe, Jane"), form=form)
    assert [paper.authors for paper in document.papers] == [("Doe, John, Roe, Jane",)]
    assert [problem.text for problem in document.problems] == ["Doe, John, Roe, Jane"]
    assert "too many commas" in document.problems[0].reason


@pytest.mark.parametrize(
    ("tex", "authors", "is_complete"),
    [
        ("Doe, J. et al.", ("J. Doe",), False),
        ("Doe, J. and {et al}", ("J. Doe",), False),
        ("Doe, J. and Roe, K. and ...", ("J. Doe", "K. Roe"), False),
        (r"M{\"u}ller, A., Roe, K., L{\o}e, L., and others", ("A. Müller", "K. Roe", "L. Løe"), False),
        ("Jane Doe, Kim Roe, and Li Loe", ("Jane Doe", "Kim Roe", "Li Loe"), True),
        ("Doe, Jane, and Roe, Kim", ("Jane Doe", "Kim Roe"), True),
        ("{Doe, Roe, Loe, and Co.} and Doe, J.", ("Doe, Roe, Loe, and Co.", "J. Doe"), True),
        ("{others}", ("others",), True),
    ],
)
def test_lists_of_names_in_bibtex_are_read(tex: str, authors: tuple[str, ...], is_complete: bool) -> None:
    document = read(FORMATS["bibtex"].format(tex), form="bibtex")
    [paper] = document.papers
    assert tuple(name.replace("\u00a0", " ") for name in paper.authors) == authors
    assert paper.authors_complete == is_complete
    assert document.problems == ()
