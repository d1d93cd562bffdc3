"""Queries in SQLite must give the same answers as the slow oracle in memory."""

import json
from collections.abc import Sequence
from dataclasses import replace
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

import oracle
import strategies
from pubcli.analysis import people, stats
from pubcli.answer.answer import Row
from pubcli.errors import QueryError
from pubcli.model import Document, Paper
from pubcli.query.expression import And, Expression, Match, Not, Or, Order, Pattern, Query, Text
from pubcli.query.language import build, parse
from pubcli.reader import read
from pubcli.store import ask, search, suggest
from pubcli.store.database import Store
from pubcli.store.library import owners
from pubcli.store.load import load
from pubcli.text.normalize import words
from thoroughness import examples

Store = Store
PaperId = tuple[str, int]

MANY = examples(150)


def paper_ids(papers: Sequence[Paper]) -> list[PaperId]:
    return [(paper.key, paper.position) for paper in papers]


def selected(store: Store, query: Query) -> list[PaperId]:
    return [(row["key"], row["position"]) for row in ask.papers(store, query).rows]


def keys(store: Store, text: str) -> list[str]:
    return [key for key, _ in selected(store, build(text))]


def page(*records: str) -> bytes:
    """Return a page of records with title, byline and perhaps abstract, dated from 1 March 2022 on."""
    dated = [f"LGMar {day}, 2022\n{record}" for day, record in enumerate(records, 1)]
    return "\n\n".join(["Ada Lovelace\n\nh-index1", *dated]).encode()


def titles(store: Store, text: str) -> list[object]:
    return [row["title"] for row in search.search(store, build(text)).rows]


# The engine and the oracle.


@MANY
@given(strategies.documents(), strategies.expressions)
def test_the_engine_selects_what_the_oracle_selects(document: Document, where: Expression) -> None:
    store = load(document)
    expected = paper_ids(oracle.select_papers(document.pages, where))

    assert selected(store, Query(where)) == expected
    assert ask.count(store, Query(where, limit=1)) == len(expected)


@pytest.mark.parametrize(
    "query", ["key:LOWY2022STOCHASTIC OR key:Lundstrom2023Distributing", "category:cl OR category:nA"]
)
def test_two_exact_values_joined_by_or_match_in_any_case(store: Store, query: str) -> None:
    first, second = (set(titles(store, part)) for part in query.split(" OR "))
    assert set(titles(store, query)) == first | second
    assert first
    assert second


@MANY
@given(strategies.documents(), strategies.leaves)
def test_every_single_condition_selects_what_the_oracle_selects(document: Document, where: Expression) -> None:
    selection = selected(load(document), Query(where))

    assert selection == paper_ids(oracle.select_papers(document.pages, where))


orders = st.lists(st.builds(Order, st.sampled_from(sorted(oracle.SORT_KEYS)), st.booleans()), min_size=1, max_size=3)


@MANY
@given(strategies.documents(), orders.map(tuple))
def test_papers_are_sorted_as_the_oracle_sorts_them(document: Document, order: tuple[Order, ...]) -> None:
    selection = selected(load(document), Query(sort=order))

    assert selection == paper_ids(oracle.select_papers(document.pages, order=order))


@examples(50)
@given(strategies.documents(), st.none() | st.integers(0, 6), st.integers(0, 6))
def test_limit_and_offset_select_part_of_the_sorted_papers(document: Document, limit: int | None, offset: int) -> None:
    expected = paper_ids(oracle.select_papers(document.pages))[offset:][:limit]

    assert selected(load(document), Query(limit=limit, offset=offset)) == expected


@examples(50)
@given(strategies.documents(), strategies.expressions)
def test_search_returns_the_papers_of_list_sorted_by_score(document: Document, where: Expression) -> None:
    store = load(document)
    rows = list(search.search(store, Query(where)).rows)
    scores = [row["score"] for row in rows]

    assert sorted((row["key"], row["position"]) for row in rows) == sorted(selected(store, Query(where)))
    assert scores == sorted(scores, reverse=True)
    assert all(score >= 0 for score in scores)


@examples(100)
@given(st.lists(st.sampled_from(["Fair", "Fair Fair", "Fair Robust", "Robust"]), min_size=5), st.data())
def test_a_limited_search_returns_part_of_the_unlimited_results(texts: list[str], data: st.DataObject) -> None:
    store = load(read(page(*(f"{text}\n\nAda Lovelace\n\n{text}" for text in texts))))
    where = data.draw(st.sampled_from(["fair", "fair robust", "fair year:2022", "fair has:code", "fair -robust"]))
    limit, offset = data.draw(st.integers(1, 3)), data.draw(st.integers(0, 2))
    all_hits = [row["position"] for row in search.search(store, build(where)).rows]

    with patch.object(ask, "_TIES", data.draw(st.integers(1, 3))):
        limited = list(search.search(store, build(where)._replace(limit=limit, offset=offset)).rows)

    assert [row["position"] for row in limited] == all_hits[offset : offset + limit]


def test_a_limited_search_of_one_owner_ignores_the_papers_of_others() -> None:
    pages = (f"{name}\n\nh-index1\n\nLGMar 1, 2022\n{title}\n\nAda Lovelace\n\nText" for name, title in OWNERS)
    store = load(*(read(text.encode()) for text in pages))
    owners.narrow(store, owners.find_owners(store, "Bo Li"))

    assert [row["title"] for row in search.search(store, Query(parse("fair"), limit=1)).rows] == ["Fair and More Words"]


OWNERS = (("Ada Lovelace", "Fair"), ("Alan Turing", "Fair Fair"), ("Bo Li", "Fair and More Words"))


# Query texts of users.


def run_everything(store: Store, source: str) -> None:
    """Run a text as a query in every command; only a QueryError with a position in the text may be raised."""
    query_error = None
    try:
        query = build(source)
    except QueryError as error:
        query_error = error
    if query_error is not None:
        assert 0 <= query_error.start < query_error.end <= len(source) + 1
        return
    list(ask.papers(store, query).rows)
    list(search.search(store, query).rows)
    list(people.coauthors(store, query).rows)
    list(stats.category_counts(store, query).rows)
    suggest.explain(store, query)


@pytest.fixture(scope="module")
def small() -> Store:
    return load(two_papers())


def two_papers() -> Document:
    return read(page("Alpha beta\n\nAda Lovelace, Bob Ray\n\nAbout a and b.", "Größe\n\nLi Wei, Bob Ray"))


@examples(400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(strategies.typed)
def test_no_query_text_causes_an_error_of_the_database(small: Store, source: str) -> None:
    run_everything(small, source)


HOSTILE = {
    "quotes": "\"a\"\"b\" '' \"'\"",
    "nul in a word": "a\x00b",
    "nul in a phrase": '"a \x00 b"',
    "nul in a value": 'title:"a\x00b"',
    "stars": '* ** a** "a"* "a" *',
    "star at both ends": "*a*",
    "start of column": "^a ^ ^^",
    "near": "NEAR(a b, 3)",
    "columns": "{a b}: a",
    "column": "title : a",
    "boolean operators in a row": "AND AND OR NOT",
    "operators in quotes": '"AND" "OR" "NOT" "NEAR"',
    "rowid": '"rowid:1" rowid',
    "plus": "a + b",
    "emoji": "👩‍💻 🤖 a",
    "Devanagari": "नमस्ते",
    "combining mark alone": "\u0301",
    "combining mark first": "\u0301a",
    "CJK": "学習 が 학습",
    "lone surrogate as word": "\ud800",
    "lone surrogate in a word": "a\udfffb",
    "lone surrogate in a value": "title:\ud800",
    "lone surrogate in an exact value": "key:a\ud800",
    "lone surrogate in an author": 'author:"a \udcff"',
    "private use": "\ue000 a\uf8ffb",
    "long word": "q" * 200_000,
    "long value": "title:" + "q" * 200_000,
    "long phrase": '"' + "a b " * 1_000 + '"',
    "large number": "position:999999999999999..",
    "too large number": "position:9" + "9" * 5_000,
    "500 words": " ".join(f"word{i}" for i in range(500)),
    "500 alternatives": " OR ".join(f"word{i}" for i in range(500)),
    "99 negations": "-" * 99 + "a",
    "100000 negations": "-" * 100_000 + "a",
    "20 parentheses": "(" * 20 + "a" + ")" * 20,
    "100000 parentheses": "(" * 100_000 + "a" + ")" * 100_000,
    "deep words": "a OR b (" * 19 + "c" + ")" * 19,
    "deep negations": "a -(b " * 19 + "c" + ")" * 19,
    "deep conditions": "category:LG OR a (" * 16 + "c" + ")" * 16,
    "as many words as there may be": " OR ".join(["a -b"] * 25),
    "SQL": "'; DROP TABLE paper; --",
    "placeholders": "? ?1 :a @a $a",
}  # fmt: skip


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_answered_or_refused_with_the_position_of_the_error(small: Store, source: str) -> None:
    run_everything(small, source)


def test_sql_in_a_query_changes_nothing_in_the_database(small: Store) -> None:
    run_everything(small, HOSTILE["SQL"])

    assert len(keys(small, "")) == 2


# Words and phrases.


SPELLINGS = {
    "case": ("Größe Matters", "MATTERS"),
    "accents": ("Mihailo Jovanović", "jovanovic"),
    "accents typed": ("Mihailo Jovanovic", "jovanović"),
    "accents decomposed": ("Jovanovic\u0301", "jovanović"),
    "sharp s": ("Weiß", "weiss"),
    "Greek capitals": ("ΩΜΕΓΑ", "ωμέγα"),
    "Cyrillic": ("Привет", "привет"),
    "prefix": ("Optimization", "optim*"),
    "prefix of one letter": ("Optimization", "o*"),
    "prefix on a phrase": ("Min-Max Games", '"min max ga"*'),
    "hyphen in the text": ("Min-Max Games", "max"),
    "hyphen typed": ("Min Max", "min-max"),
    "readable mathematics": (r"Rate $\varepsilon^2$", "ε²"),
    "CJK": ("学習 理論", "学習"),
    "a word inside a Chinese sentence": ("本文研究联邦学习中的隐私保护问题", "隐私保护"),
    "a word of several inside Japanese": ("プライバシー保護の学習 Learning", "保護 learning"),
    "kana with a sound mark": ("がく", "がく"),
    "Devanagari": ("नमस्ते दुनिया", "नमस्ते"),
    "new emoji at a word": ("Learning🤖", "learning"),
    "new script": ("\U0001e900\U0001e901x", "\U0001e900\U0001e901x"),
    "private use at a word": ("alpha\ue000", "alpha"),
    "isolated direction": ("\u2067alpha\u2069", "alpha"),
    "currency younger than the tokenizer": ("alpha\u20bc", "alpha"),
}


@pytest.mark.parametrize(("text", "query"), SPELLINGS.values(), ids=SPELLINGS.keys())
def test_a_query_word_matches_other_spellings(text: str, query: str) -> None:
    store = load(read(page("Nothing\n\nBob Ray", f"Of {text}\n\nBob Ray")))

    assert [position for _, position in selected(store, build(query))] == [2]


@examples(100)
@given(st.text(min_size=1, max_size=12).filter(lambda text: not text.isascii() and words(text) != []))
def test_a_title_is_found_by_every_one_of_its_words(title: str) -> None:
    document = two_papers()
    paper = document.papers[0].model_copy(update={"title": title.encode(errors="ignore").decode()})
    profile_page = replace(document.pages[0], papers=(paper,))
    store = load(replace(document, pages=(profile_page,)))

    for word in words(paper.readable_title):
        assert ask.count(store, Query(Text(word))) == 1, word


def test_phrases_do_not_match_across_two_texts(small: Store) -> None:
    assert keys(small, '"alpha beta"') == ["lovelace2022alpha"]
    assert keys(small, '"beta ada"') == []


@pytest.mark.parametrize(
    ("field", "value", "selection"),
    [("abstract", "omega", True), ("links", "x.org", True), ("links", "[", False), ("links", '"', False)],
)
def test_conditions_match_values_and_not_their_json_encoding(field: str, value: str, selection: bool) -> None:
    record = 'Alpha\n\nBob Ray\n\nBefore \x00 and "after" omega, at https://x.org and https://y.org'
    store = load(read(page(record)))

    assert ask.count(store, Query(Match(field, value))) == int(selection)


@pytest.mark.parametrize("name", ["mary-jane o'neill", "Mary Jane O’Neill", "oneill", "jane o'n", "mary‐jane", "-"])
def test_hyphens_and_apostrophes_in_author_names_are_ignored(name: str) -> None:
    store = load(read(page("Alpha\n\nMary-Jane O'Neill\n\nWords.")))

    assert ask.count(store, Query(Match("author", name))) == 1
    assert ask.count(store, Query(Match("author", "maryjane"))) == 0


IN_FIELDS = {
    "beginning of a word": ("title:cov*", [2]),
    "no beginning in the middle": ("title:ovid*", []),
    "phrase with a beginning": ('title:"covid wa"*', [2]),
    "pattern in the title": ("title:/^covid\\W/", [2]),
    "pattern in the abstract": ("abstract:/covid$/", [1]),
    "misspelled word in the title": ("title:~covdi", [2]),
    "misspelled word in the abstract": ("abstract:~covdi", [1]),
    "beginning of a surname": ("author:o*", [1]),
    "beginning of a name without its apostrophe": ("author:onei*", [1]),
    "surname first": ('author:"O\'Neil, Conan"', [1]),
    "surname first without its apostrophe": ('author:"oneil, c"', []),
    "surname first, given name last": ('author:"oneil, conan"', [1]),
    "misspelled surname": ("author:~oniel", [1]),
    "pattern in a name": ("author:/^ada/", [2]),
    "beginning of the organisation": ("org:goo*", [2]),
    "beginning of a word of the abstract": ("abstract:tra", [1]),
    "not the middle of a word of the abstract": ("abstract:avels", []),
    "phrase of the abstract": ('abstract:"travels with cov"', [1]),
    "link": ("links:exam*", [2]),
    "page": ("profile:love*", [1, 2]),
    "page with a similar name": ("profile:~lovlace", [1, 2]),
    "pattern in the name of the page": ("profile:/^ada l/", [1, 2]),
    "excluded beginning": ("-title:cov*", [1]),
}


@pytest.mark.parametrize(("query", "positions"), IN_FIELDS.values(), ids=IN_FIELDS.keys())
def test_words_and_patterns_are_searched_in_fields(query: str, positions: list[int]) -> None:
    store = load(read(page(
        "First\n\nConan O'Neil, Bob Ray\n\nHow it travels with Covid",
        "Covid Waves\n\nAda Byron, Bob Ray · Google\n\nSee https://www.example.org/x",
    )))  # fmt: skip

    assert sorted(position for _, position in selected(store, build(query))) == positions
    assert sorted(int(str(row["position"])) for row in search.search(store, build(query)).rows) == positions


BIBLIOGRAPHY = b"""
@article{first, title={First}, author={Conan O'Neil}, year=2020, doi={10.1000/ABC}, journal={Journal of Tests},
  volume=12, publisher={Springer Nature}, keywords={fairness, optimisation}}
@misc{second, title={Second}, author={Ada Byron}, year=2021, eprint={2203.06735v1}, archiveprefix={arXiv}}
@misc{third, title={Third}, author={Bob Ray}, year=2022, doi={10.48550/arXiv.2203.06736}}
"""
OF_BIBLIOGRAPHY = {
    "DOI": ("https://doi.org/10.1000/abc", ["First"]),
    "arXiv identifier of another version": ("https://arxiv.org/abs/2203.06735v7", ["Second"]),
    "DOI of an arXiv identifier": ("10.48550/ARXIV.2203.06735", ["Second"]),
    "arXiv identifier of a DOI": ("arXiv:2203.06736", ["Third"]),
    "kind": ("kind:article", ["First"]),
    "keyword": ("keyword:optim", ["First"]),
    "beginning of a keyword": ("keyword:fair*", ["First"]),
    "pattern in a keyword": ("keyword:/ness$/", ["First"]),
    "volume": ("volume:12", ["First"]),
    "part of a volume": ("volume:1", []),
    "publisher": ("publisher:springer", ["First"]),
    "misspelled publisher": ("publisher:~sprigner", ["First"]),
    "beginning of the venue": ("venue:jour*", ["First"]),
    "presence of a publisher": ("has:publisher has:keyword has:volume", ["First"]),
    "presence of citations": ("has:citations", []),
}


@pytest.mark.parametrize(("query", "expected"), OF_BIBLIOGRAPHY.values(), ids=OF_BIBLIOGRAPHY.keys())
def test_papers_are_selected_by_bibliographic_fields(query: str, expected: list[str]) -> None:
    store = load(read(BIBLIOGRAPHY))

    assert [row["title"] for row in ask.papers(store, build(query)).rows] == expected
    assert titles(store, query) == expected


def test_papers_without_citations_have_a_number_of_citations() -> None:
    paper = two_papers().papers[0].model_copy(update={"citations": 0})
    document = two_papers()
    store = load(replace(document, pages=(replace(document.pages[0], papers=(paper,)),)))

    assert ask.count(store, build("has:citations")) == 1
    assert ask.count(store, build("citations:..5")) == 1
    assert ask.count(store, build("citations:1..")) == 0


def test_a_page_without_a_name_is_selected_by_its_source() -> None:
    store = load(read("LGMar 13, 2022\nAlpha\n\nAda Lovelace\n\nWords.\n"))

    assert ask.count(store, Query(Match("profile", "Text"))) == 1
    assert ask.count(store, Query(Match("profile", "ada"))) == 0


@pytest.mark.parametrize("field", ["classes", "badges", "links"])
@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
def test_papers_without_values_come_last_in_either_direction(field: str, descending: bool) -> None:
    without_values = b"Mar 9, 2023\nBare\n\nBob Ray\n\nNo address."
    with_values = b"LGMar 9, 2022Code\nFull\n\nBob Ray\n\nSee https://x.org"
    store = load(read(b"Ada Lovelace\n\nh-index1\n\n" + without_values + b"\n\n" + with_values))
    rows = ask.papers(store, Query(sort=(Order(field, descending),))).rows

    assert [row["title"] for row in rows] == ["Full", "Bare"]


@pytest.mark.parametrize("descending", [False, True], ids=["up", "down"])
@pytest.mark.parametrize("where", ["", "privacy", "privacy OR category:OC"], ids=["all", "word", "either"])
@pytest.mark.parametrize("field", search.HIT_ORDERS)
def test_search_can_sort_by_every_field_except_the_snippet(
    store: Store, field: str, where: str, descending: bool
) -> None:
    query = build(where, sort=(Order(field, descending),))

    assert len(list(search.search(store, query).rows)) == ask.count(store, query)


def test_sorting_by_organisation_ignores_case() -> None:
    store = load(read(page("One\n\nBob Ray, Li Wei · beta-lab", "Two\n\nBob Ray, Li Wei · Alpha-lab")))
    rows = ask.papers(store, Query(sort=(Order("org", False),))).rows

    assert [row["org"] for row in rows] == ["Alpha-lab", "beta-lab"]


# Ranking and snippets.


def test_a_match_in_the_title_ranks_higher_than_matches_in_the_abstract() -> None:
    fillers = [f"Filler {number}\n\nBob Ray\n\nOther words." for number in range(8)]
    match_in_abstract = "One\n\nBob Ray\n\nFairness, fairness and once more fairness."
    store = load(read(page(match_in_abstract, "Fairness\n\nBob Ray\n\nOther words.", *fillers)))

    assert titles(store, "fairness") == ["Fairness", "One"]


def test_optional_words_affect_only_the_ranking(store: Store) -> None:
    rows = list(search.search(store, build("doppler OR category:OC")).rows)
    scores = [row["score"] for row in rows]

    assert rows[0]["key"] == "zhang2024doppler"
    assert len(rows) == 10
    assert scores[1:] == [0] * 9


def test_search_without_words_gives_a_score_of_0_and_sorts_by_date(store: Store) -> None:
    rows = list(search.search(store, build("category:OC")).rows)

    assert {row["score"] for row in rows} == {0}
    assert [row["date"] for row in rows] == sorted((str(row["date"]) for row in rows), reverse=True)


def test_a_search_result_is_the_paper_with_score_and_snippet(store: Store) -> None:
    hits: list[Row] = list(search.search(store, build("doppler")).rows)
    (hit,) = hits
    (paper,) = ask.papers(store, build("doppler")).rows

    assert tuple(hit) == search.HIT_FIELDS
    assert {field: hit[field] for field in ask.PAPER_FIELDS} == paper
    assert "DOPPLER" in str(hit["passage"])


# The real page.


REAL = {
    "all papers": ("", 50),
    "title or abstract": ('"privacy"', 13),
    "an author": ('"jovanovic"', 2),
    "an author's accent": ('"Jovanović"', 2),
    "an organisation": ('"ibm-research"', 1),
    "written year": ("year:2022", 6),
    "category": ("category:oc", 9),
    "class": ("class:cs.LG", 32),
    "class as category": ("category:CS.lg", 32),
    "name of a category": ('category:"machine learning"', 34),
    "part of the name of a category": ('category:"optimization and"', 9),
    "code": ("has:code", 6),
}


@pytest.mark.parametrize(("query", "count"), REAL.values(), ids=REAL.keys())
def test_queries_on_the_real_page_match_the_expected_number_of_papers(
    store: Store, document: Document, query: str, count: int
) -> None:
    where = parse(query)

    assert ask.count(store, Query(where)) == count
    assert len(oracle.select_papers(document.pages, where)) == count


def test_rows_are_the_json_records_of_the_papers(store: Store, document: Document) -> None:
    answer = ask.papers(store, Query(sort=(Order("position", False),)))

    assert list(answer.rows) == [json.loads(paper.model_dump_json()) for paper in document.papers]
    assert [json.loads(text) for text in answer.encoded or ()] == [
        paper.model_dump(mode="json") for paper in document.papers
    ]
    assert all(tuple(row) == ask.PAPER_FIELDS for row in ask.papers(store, Query()).rows)


def test_answers_contain_the_page_of_a_paper_only_if_there_are_several_pages(store: Store, document: Document) -> None:
    store_of_two = load(document, two_papers())

    assert "profile" not in ask.papers(store, Query()).optional
    assert ask.papers(store_of_two, Query()).optional[0] == "profile"
    assert search.search(store_of_two, Query()).optional[0] == "profile"


def test_answers_list_the_words_of_the_query_that_are_not_negated(store: Store) -> None:
    where = And((Text("privacy"), Not(Text("fair")), Or((Text("dp", prefix=True), Match("code", True), Pattern("x")))))
    expected = (Text("privacy", exact=True), Text("dp", prefix=True), Pattern("x"))

    assert ask.papers(store, Query(where)).terms == expected


def test_papers_are_sorted_by_year_then_by_the_next_criterion(document: Document) -> None:
    rows = list(ask.papers(load(document), build(sort=(Order("year", True), Order("key", False)))).rows)
    keys = [(-int(row["date"][:4]) if row["date"] else 0, row["key"]) for row in rows]
    assert keys == sorted(keys)


def test_reading_many_records_reports_how_many_were_read() -> None:
    records = "".join(f"LGMar 3, 2021\nTitle {number}\n\nAda Lovelace\n\nText.\n\n" for number in range(250))
    store = load(read(records.encode()))
    reports: list[tuple[int, int]] = []
    store.on_records_read = lambda records, total: reports.append((records, total))
    list(ask.papers(store).rows)
    assert reports == [(200, 250), (250, 250)]
