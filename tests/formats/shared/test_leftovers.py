"""Fields that no step of a reader uses are stored in `extra`."""

import pytest

from pubcli.formats.bibtex import read as bibtex
from pubcli.formats.ris import read as ris
from pubcli.formats.shared.leftovers import Leftovers
from pubcli.reader import read


def test_a_field_that_a_reader_takes_is_removed_from_the_leftovers() -> None:
    leftovers = Leftovers({"title": "T", "doi": "D", "note": "N"})
    assert leftovers.take("title") == "T"
    leftovers.discard("doi", "missing")
    assert leftovers == {"note": "N"}
    with pytest.raises(KeyError):
        leftovers.take("title")


def test_a_field_of_bibtex_that_no_step_takes_is_in_extra() -> None:
    [paper] = read("@book{a, title = {T}, year = {2001}, Unheard-of = {x}}\n").papers
    assert paper.extra == {"Unheard-of": "x"}


def test_a_tag_of_ris_that_no_step_takes_is_in_extra() -> None:
    [paper] = read("TY  - BOOK\nTI  - T\nPY  - 2001\nX9  - x\nX9  - y\nER  - \n").papers
    assert paper.extra == {"X9": "x; y"}


def test_without_reading_steps_all_fields_of_a_bibtex_entry_are_in_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bibtex, "_STEPS", (bibtex._take_texts,))
    [paper] = read("@book{a, title = {T}, year = {2001}, doi = {10.1000/1}, author = {Ada Lovelace}}\n").papers
    assert paper.extra == {"year": "2001", "doi": "10.1000/1", "author": "Ada Lovelace"}


def test_without_reading_steps_all_tags_of_a_ris_record_are_in_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ris, "_STEPS", (ris._take_texts,))
    [paper] = read("TY  - BOOK\nTI  - T\nAU  - Lovelace, Ada\nPY  - 2001\nDO  - 10.1000/1\nER  - \n").papers
    assert paper.extra == {"AU": "Lovelace, Ada", "PY": "2001", "DO": "10.1000/1"}
