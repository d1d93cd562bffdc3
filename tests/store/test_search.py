"""Search: full matches, then partial ones; what the words of a query mean."""

import re
from collections.abc import Sequence
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from pubcli.answer.answer import Row
from pubcli.model import Document
from pubcli.query.expression import Query
from pubcli.query.language import parse
from pubcli.reader import read
from pubcli.store import ask
from pubcli.store.database import Store
from pubcli.store.load import load
from pubcli.store.partial_matches import LEAST_SHARE
from pubcli.store.search import ENOUGH, search
from thoroughness import examples

PAPERS = (
    "Federated learning",
    "Federated games",
    "Private federated learning",
    "Private games",
    "Generative adversarial networks (GANs)",
    "Training a GAN",
    "Convexity",
)


@pytest.fixture(scope="module")
def few() -> Store:
    """Return a store of short papers, dated from 2016 on in their order; an author of the last one is named Gan."""
    records = (f"LGMar 1, {2016 + number}\n{title}\n\nAda Lovelace\n\nAbstract" for number, title in enumerate(PAPERS))
    page = "\n\n".join(records).replace("Convexity\n\nAda Lovelace", "Convexity\n\nLi Gan")
    return load(read(f"Nobody Atall\n\nh-index1\n\n{page}"))


def groups(rows: Sequence[Row]) -> tuple[list[object], dict[object, object]]:
    """Return the titles of full matches, and the missing words of each partial match by its title."""
    full = [row["title"] for row in rows if not row["missing"]]
    return full, {row["title"]: row["missing"] for row in rows if row["missing"]}


def titles(store: Store, query: str) -> list[str]:
    """Return the titles that a search shows."""
    return [str(row["title"]) for row in search(store, query).rows]


def test_partial_matches_follow_full_ones_and_name_the_missing_words(few: Store) -> None:
    full, partial = groups(list(search(few, "private federated").rows))
    assert full == ["Private federated learning"]
    assert partial == {
        "Private games": ["federated"],
        "Federated games": ["private"],
        "Federated learning": ["private"],
    }


def test_strict_parts_hold_for_partial_matches(few: Store) -> None:
    assert titles(few, "private federated -games") == ["Private federated learning", "Federated learning"]
    assert titles(few, 'private learning "federated games"') == []
    assert titles(few, "private federated year:2017") == ["Federated games"]
    assert titles(few, "private learning (games OR nothing)") == ["Private games"]
    assert titles(few, "private federated /^fed/") == ["Federated games", "Federated learning"]


def test_all_words_leaves_partial_matches_out(few: Store) -> None:
    assert [row["title"] for row in search(few, "private federated", all_words=True).rows] == [PAPERS[2]]


def test_one_word_has_no_partial_matches_unless_other_words_stand_in_for_it(few: Store) -> None:
    assert search(few, "private").partial_matches is None
    assert [row["instead"] for row in search(few, "adversary").rows] == [["adversary: adversarial"]]


def test_limit_and_offset_count_over_both_groups(few: Store) -> None:
    everything = titles(few, "private federated")
    assert len(everything) == 4
    for offset in range(5):
        for limit in range(5):
            query = Query(parse("private federated"), limit=limit, offset=offset)
            assert [row["title"] for row in search(few, query).rows] == everything[offset : offset + limit]


def test_without_a_limit_there_are_no_partial_matches_if_full_ones_suffice() -> None:
    texts = [f"Private federated method {number}" for number in range(ENOUGH)] + ["Private"]
    records = (f"LGMar 1, 2022\n{title}\n\nAda Lovelace\n\nAbstract" for title in texts)
    store = load(read("Nobody Atall\n\nh-index1\n\n" + "\n\n".join(records)))
    assert len(titles(store, "private federated")) == ENOUGH
    limited = search(store, Query(parse("private federated"), limit=ENOUGH + 5))
    assert [row["missing"] for row in limited.rows][ENOUGH:] == [["federated"]]


def test_stop_words_are_ignored_unless_nothing_else_is_asked(few: Store) -> None:
    assert titles(few, "papers by lovelace about private games")[0] == "Private games"
    assert titles(few, "training a GAN") == titles(few, "training GAN")
    assert titles(few, "a") == ["Training a GAN"]
    assert titles(few, '"a" games') == []


def test_a_bare_year_is_the_year_of_the_paper(few: Store) -> None:
    full, partial = groups(list(search(few, "federated 2018").rows))
    assert full == ["Private federated learning"]
    assert partial == {"Federated games": ["2018"], "Federated learning": ["2018"]}


RANGES = {
    "federated since 2018": ["Private federated learning"],
    "federated after 2016": ["Private federated learning", "Federated games"],
    "federated before 2017": ["Federated learning"],
    "federated until 2017": ["Federated games", "Federated learning"],
}


@pytest.mark.parametrize(("query", "expected"), RANGES.items())
def test_a_year_with_a_preposition_is_a_range_of_years(few: Store, query: str, expected: list[str]) -> None:
    full, partial = groups(list(search(few, query).rows))
    assert set(full) == set(expected)
    assert all(missing == [query.removeprefix("federated ")] for missing in partial.values())


def test_a_number_that_only_occurs_as_a_word_is_a_word() -> None:
    page = "Nobody Atall\n\nh-index1\n\nLGMar 1, 2022\nThe class of 1984\n\nAda Lovelace\n\nAbstract"
    store = load(read(page))
    assert titles(store, "class 1984") == ["The class of 1984"]
    assert titles(store, "1984") == ["The class of 1984"]


CORRECTED = {
    "a wrong word": ("federated lerning", ["showing results for learning; no paper has lerning"]),
    "a name": ("lovelase", ["showing results for lovelace; no paper has lovelase"]),
    "a word of English": ("police", []),
    "too short a word": ("gamez", []),
    "a quoted word": ('"lerning" federated', []),
}


@pytest.mark.parametrize(("query", "messages"), CORRECTED.values(), ids=CORRECTED.keys())
def test_only_clearly_misspelled_words_are_corrected(few: Store, query: str, messages: list[str]) -> None:
    assert [text for text in search(few, query).messages if text.startswith("showing")] == messages
    assert not [text for text in search(few, query, correct=False).messages if text.startswith("showing")]


def test_acronyms_find_their_long_form_and_long_forms_the_acronym(few: Store) -> None:
    both = {"Generative adversarial networks (GANs)", "Training a GAN"}
    for query in ("GAN", "gans", "generative adversarial networks"):
        full, _ = groups(list(search(few, query).rows))
        assert set(full) - {"Convexity"} == both, query


def spelled(titles: Sequence[str]) -> Store:
    """Return a store of papers with these titles, which define no acronym."""
    records = (f"LGMar 1, 2022\n{title}\n\nAda Lovelace\n\nAbstract" for title in titles)
    return load(read("Nobody Atall\n\nh-index1\n\n" + "\n\n".join(records)))


ACRONYMS = {
    "in capitals": ("DRO", ["robust"], "distributionally robust optimization"),
    "with a function word": ("CoT", ["chain"], "chain of thought"),
    "of consonants": ("gpd", ["pareto"], "generalized pareto distribution"),
    "a word": ("dog", [], None),
    "no phrase": ("XYZ", [], None),
    "phrases that begin with a function word": ("TOD", [], None),
}
PHRASES = ("Distributionally robust optimization", "A chain of thought", "The Generalized Pareto distribution of days")


@pytest.mark.parametrize(("query", "words", "phrase"), ACRONYMS.values(), ids=ACRONYMS.keys())
def test_an_acronym_in_no_paper_finds_phrases_with_its_initials(
    query: str, words: list[str], phrase: str | None
) -> None:
    answer = search(spelled(PHRASES), query)
    assert [word for word in words for row in answer.rows if word in str(row["title"]).lower()] == words
    assert list(answer.messages) == ([f"showing results for {phrase}; no paper has {query}"] if phrase else [])
    assert not list(search(spelled(PHRASES), query, correct=False).rows)


def test_names_are_not_inflected(few: Store) -> None:
    assert "Convexity" not in titles(few, "GANs")
    assert "Convexity" in titles(few, "gan")


def test_an_expression_that_lacks_no_word_gives_the_papers_of_list(few: Store) -> None:
    assert {row["title"] for row in ask.papers(few, "private federated").rows} == {PAPERS[2]}


TYPED = ("alpha", "beta", "fairness", "private", "größe", "omega", "zeta", "lovelace", "plato", "нет")


@examples(100)
@given(strategies.documents(), st.lists(st.sampled_from(TYPED), min_size=2, max_size=4, unique=True))
def test_both_groups_agree_with_one_query_for_each_word(document: Document, words: list[str]) -> None:
    store = load(Document(document.source, document.pages[:1]))
    number = len(list(ask.papers(store).rows))
    papers = {word: set(map(identity, ask.papers(store, word).rows)) for word in words}
    weights = {
        word: log(1 + (number - len(ids) + 0.5) / (len(ids) + 0.5)) if ids else 0 for word, ids in papers.items()
    }
    expected = {}
    for paper in set[str]().union(*papers.values()):
        missing = [word for word in words if paper not in papers[word]]
        weight = sum(weights[word] for word in words if word not in missing)
        if not missing or weight >= LEAST_SHARE * sum(weights.values()):
            expected[paper] = missing

    rows = list(search(store, Query(parse(" ".join(words)), limit=1000), correct=False).rows)
    assert {identity(row): row["missing"] for row in rows} == expected
    assert [bool(row["missing"]) for row in rows] == sorted(bool(row["missing"]) for row in rows)


def identity(row: Row) -> str:
    """Return a text that only this paper of a page has."""
    return f"{row['profile']} {row['source']} {row['position']} {row['line']}"


@pytest.mark.parametrize("query", ["federated optimization tensor", "privacy games of nature", "min-max fair 2019"])
def test_the_points_of_partial_matches_add_up_to_the_score(document: Document, query: str) -> None:
    rows = [row for row in search(load(document), query, explain=True).rows if row["missing"]]
    assert rows
    for row in rows:
        points = [float(number) for number in re.findall(r" (\d+\.\d\d) \(", str(row["why"]))]
        assert sum(points) == pytest.approx(row["score"], abs=0.01 * (len(points) + 1))


def test_partial_matches_follow_any_number_of_full_ones() -> None:
    texts = [f"Private federated method {number}" for number in range(60)] + ["Private", "Federated"]
    records = (f"LGMar 1, 2022\n{text}\n\nAda Lovelace\n\nAbstract" for text in texts)
    store = load(read("Nobody Atall\n\nh-index1\n\n" + "\n\n".join(records)))
    query = Query(parse("private federated"), limit=10, offset=58)
    assert [bool(row["missing"]) for row in search(store, query).rows] == [False, False, True, True]
