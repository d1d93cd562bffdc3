"""Words that stand in for words of a search."""

import pytest

from pubcli.query.language import parse
from pubcli.reader import read
from pubcli.store.database import Store
from pubcli.store.interpretation import interpret
from pubcli.store.load import load
from pubcli.store.search import search
from pubcli.store.stand_ins import stand_ins
from pubcli.store.stored_corpus import StoredCorpus

TITLES = (
    "Clinicians and physicians",
    "Decoders of speech",
    "Climate change in rivers",
    "Forecasting floods",
    "Fairness of classifiers",
)


@pytest.fixture(scope="module")
def store() -> Store:
    """Return a store of short papers by the author Bias Doctor."""
    records = (f"LGMar 1, 2022\n{title}\n\nBias Physician\n\nAbstract" for title in TITLES)
    return load(read("Nobody Atall\n\nh-index1\n\n" + "\n\n".join(records)))


def texts(store: Store, query: str) -> list[set[str]]:
    """Return the stand-ins of each word of a query."""
    corpus = StoredCorpus(store)
    return [{term.text for term in terms} for terms in stand_ins(corpus, interpret(corpus, parse(query)).words)]


def test_derived_words_and_synonyms_in_all_forms_stand_in(store: Store) -> None:
    assert {"physicians", "clinician"} <= texts(store, "doctors")[0]
    assert "decoders" in texts(store, "decoding")[0]


def test_adjacent_words_may_have_synonyms_together(store: Store) -> None:
    for terms in texts(store, "global warming"):
        assert "climate change" in terms


@pytest.mark.parametrize("query", ["~doctor", "doctor*", "2022"])
def test_only_plain_words_have_stand_ins(store: Store, query: str) -> None:
    assert texts(store, query) == [set()]


SHOWN = {
    "a synonym": ("doctor", "Clinicians and physicians", ["doctor"], ["doctor: clinicians, physicians"]),
    "a derived word": ("decoding", "Decoders of speech", ["decoding"], ["decoding: decoders"]),
    "two words together": (
        "global warming",
        "Climate change in rivers",
        ["global", "warming"],
        ["global: climate change", "warming: climate change"],
    ),
    "one of two words": ("flood outlook", "Forecasting floods", ["outlook"], ["outlook: forecasting"]),
}


@pytest.mark.parametrize(("query", "title", "missing", "instead"), SHOWN.values(), ids=SHOWN.keys())
def test_a_paper_with_a_stand_in_is_a_partial_match_that_names_it(
    store: Store, query: str, title: str, missing: list[str], instead: list[str]
) -> None:
    (row, *_) = search(store, query).rows
    assert (row["title"], row["missing"]) == (title, missing)
    assert [set(text.replace(": ", ", ").split(", ")) for text in row["instead"]] == [
        set(text.replace(": ", ", ").split(", ")) for text in instead
    ]


def test_names_of_authors_do_not_stand_in(store: Store) -> None:
    assert [row["title"] for row in search(store, "doctor").rows] == ["Clinicians and physicians"]


@pytest.mark.parametrize("query", ['"doctor"', "doctor -rivers year:2022 speech OR rivers", "title:doctor"])
def test_strict_parts_have_no_stand_ins(store: Store, query: str) -> None:
    assert all(row["instead"] == [] for row in search(store, query).rows)
    assert [row["title"] for row in search(store, '"doctor"').rows] == []
