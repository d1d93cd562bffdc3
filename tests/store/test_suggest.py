"""Explanations and suggestions for a query without matches."""

import pytest
from hypothesis import given

import strategies
from pubcli.model import Document
from pubcli.query.expression import Expression, Query
from pubcli.query.language import build, parse
from pubcli.store import ask
from pubcli.store.database import Store
from pubcli.store.load import load
from pubcli.store.suggest import explain, owner_words
from thoroughness import examples

EXPLANATIONS = {
    "a word": ("privcy", ["nothing matches privcy; did you mean privacy?"]),
    "an author": ("author:lowi", ["nothing matches author:lowi; did you mean author:lowy?"]),
    "an author's full name": (
        'author:"andrw lowi"',
        ['nothing matches author:"andrw lowi"; did you mean author:"andrew lowy"?'],
    ),
    "a category": (
        "category:OCC",
        ["nothing matches category:OCC; did you mean category:OC? The categories are LG, OC, CL, ML, CR, CV, NA, ST"],
    ),
    "an organisation": ("org:ibm-reserch", ["nothing matches org:ibm-reserch; did you mean org:ibm-research?"]),
    "a page": ("profile:razaviyan", ["nothing matches profile:razaviyan; did you mean profile:razaviyayn?"]),
    "an acronym that no paper defines": (
        "DRF",
        [
            "nothing matches DRF; phrases with these initials: "
            "distributionally robust fair, distributionally robust fairness"
        ],
    ),
    "nothing like it": ("xyzzyplugh", ["nothing matches xyzzyplugh"]),
    "words that never stand together": ('"privacy games"', ['nothing matches "privacy games"']),
    "as it was typed": ("nichtsé", ["nothing matches nichtsé"]),
    "a phrase as it was typed": ('"Größe Zwölf"', ['nothing matches "Größe Zwölf"']),
    "a misspelt word as it was typed": ("~Zwölfchen", ["nothing matches ~Zwölfchen"]),
    "each of two": (
        "privcy xyzzyplugh",
        [
            "nothing matches privcy; did you mean privacy?",
            "nothing matches xyzzyplugh",
            "try: privacy (13 papers)",
            "pubcli search 'privcy xyzzyplugh' shows 10 papers that match a part of it",
        ],
    ),
    "the same word twice": ("xyzzyplugh xyzzyplugh", ["nothing matches xyzzyplugh"]),
    "year": (
        "privacy year:1999",
        [
            "nothing matches date:1999-01-01..1999-12-31",
            "alone, privacy matches 13 papers",
            "try: privacy (13 papers)",
        ],
    ),
    "which one empties": (
        "privacy -differential author:shi",
        [
            "without privacy, 4 papers match",
            "without -differential, 1 paper matches",
            "without author:shi, 1 paper matches",
        ],
    ),
    "something matches": ("privacy", []),
    "nothing asked": ("", []),
}


@pytest.mark.parametrize(("query", "sentences"), EXPLANATIONS.values(), ids=EXPLANATIONS.keys())
def test_a_query_without_matches_is_explained_with_suggestions(store: Store, query: str, sentences: list[str]) -> None:
    assert explain(store, build(query)) == sentences


@pytest.mark.parametrize("query", ["privcy", "title:privcy", "author:lowi"])
def test_every_suggestion_matches_something(store: Store, query: str) -> None:
    [sentence] = explain(store, build(query))
    _, unmatched, suggestions = sentence.rstrip("?").partition("; did you mean ")
    assert unmatched
    assert all(ask.count(store, Query(parse(spelling))) > 0 for spelling in suggestions.split(" or "))


@pytest.mark.parametrize("query", ["title:medicl", 'author:"andrw razavian"', "org:ibn"])
def test_similar_spellings_without_matches_are_not_suggested(store: Store, query: str) -> None:
    assert explain(store, build(query)) == [f"nothing matches {query}"]


def test_an_alternative_without_matches_is_not_the_reason_for_an_empty_answer(store: Store) -> None:
    assert explain(store, build("privacy category:NA")) == [
        "without privacy, 1 paper matches",
        "without category:NA, 13 papers match",
    ]
    assert explain(store, build("(privacy OR xyzzyplugh) category:NA")) == [
        "without (privacy OR xyzzyplugh), 1 paper matches",
        "without category:NA, 13 papers match",
    ]


@pytest.mark.parametrize(
    ("limit", "offset", "sentences"),
    [(0, 0, "--limit 0 shows no papers"), (None, 1000, "--offset 1,000 skips all matching papers"), (5, 0, None)],
)
def test_a_limit_or_offset_that_leaves_nothing_is_reported(
    store: Store, limit: int | None, offset: int, sentences: str | None
) -> None:
    query = Query(build("privacy").where, limit=limit, offset=offset)
    assert explain(store, query) == ([sentences] if sentences else [])


def test_a_word_in_capitals_that_is_also_a_stop_word_can_be_at_fault(store: Store) -> None:
    [first, *_] = explain(store, build("YES privacy"), is_search=True)
    assert first.startswith("nothing matches YES")


@examples(80)
@given(strategies.documents(), strategies.expressions)
def test_only_a_query_without_matches_is_explained(document: Document, where: Expression) -> None:
    store = load(document)
    sentences = explain(store, Query(where))

    if ask.count(store, Query(where)):
        assert sentences == []
    else:
        assert all(
            sentence.startswith(("nothing matches ", "without ", "alone, ", "try: ", "pubcli search "))
            for sentence in sentences
        )


def test_a_citation_key_that_was_typed_as_a_word_is_recognised(store: Store) -> None:
    sentences = explain(store, build("lowy2022stochastic"))
    assert any("it is a citation key, so type key:lowy2022stochastic" in sentence for sentence in sentences)


@pytest.mark.parametrize(
    ("query", "typed"),
    [("razaviyayn privacy", "razaviyayn"), ("Meisam RAZAVIYAYN", "meisam razaviyayn"), ("privacy", ""), ("", "")]
    + [(text, "") for text in ("author:razaviyayn", "-razaviyayn", "razaviyayn OR lowy", "razavi")],
)
def test_words_that_are_the_name_of_an_owner_are_pointed_out(store: Store, query: str, typed: str) -> None:
    sentences = list(owner_words(store, build(query)))
    assert [sentence.partition(" is Meisam Razaviyayn, the owner of a page")[0] for sentence in sentences] == [
        *filter(None, [typed])
    ]
