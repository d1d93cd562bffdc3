"""Regular expressions: what is valid, and how long one may take."""

import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.errors import ExitCode, UsageError
from pubcli.inputs.sources import from_sample
from pubcli.query import patterns
from pubcli.query.expression import Pattern, Text
from pubcli.query.language import build
from pubcli.query.snippets import spans
from pubcli.reader import read_source
from pubcli.store import ask, index, pattern_search, schema, search, suggest
from pubcli.store.database import Store
from pubcli.store.library import ingest, library_file
from pubcli.store.library.ingest import SourceToAdd
from pubcli.store.load import load
from pubcli.text.normalize import words
from thoroughness import examples

SLOW = (r"(\w+\s?)*!$", r"(\w|\s|\w\s)+\d\d\d\d\d$", r"(a|aa|\w|\s)+\d+#", r"(x+x+)+y|((\w\s?)+)+\d\d\d\d\d$")
"""Patterns with repetitions inside a repetition, which take exponential time in `re`."""
SLOWEST = r"(\w|\w\w|\s)*(?:\.){9}"


@pytest.fixture(scope="module")
def store() -> Store:
    return load(read_source(from_sample()))


@pytest.fixture(autouse=True)
def limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Allow a tenth of a second, so that the tests end soon."""
    monkeypatch.setattr(patterns, "_START", 0.1)
    patterns.timed_pattern.cache_clear()


@pytest.mark.parametrize("pattern", SLOW)
def test_a_slow_pattern_ends(store: Store, pattern: str) -> None:
    with suppress(UsageError):
        list(ask.papers(store, build(f"/{pattern}/")).rows)


@pytest.mark.parametrize("prefix", ["", "privacy ", "privacy -", "author:lowy OR "])
@pytest.mark.parametrize("answer", [ask.papers, search.search], ids=["list", "search"])
def test_a_pattern_that_takes_too_long_is_a_usage_error(store: Store, answer: object, prefix: str) -> None:
    with pytest.raises(UsageError, match=r"^the regular expression takes too long; ") as error:
        list(answer(store, build(f"{prefix}/{SLOWEST}/")).rows)  # type: ignore[operator]

    assert error.value.exit_code == ExitCode.USAGE
    assert SLOWEST in str(error.value)


def test_a_store_answers_further_queries_after_a_slow_pattern(store: Store) -> None:
    with pytest.raises(UsageError):
        ask.count(store, build(f"/{SLOWEST}/"))

    assert ask.count(store, build("/priva/")) == ask.count(store, build("priva* OR /priva/"))


def test_highlighting_leaves_out_a_pattern_that_takes_too_long() -> None:
    text = "private learning " * 200

    assert spans(text, [Pattern(SLOWEST), Text("private")])[0] == (0, 7)


def test_each_text_adds_to_the_time_that_a_pattern_may_take() -> None:
    pattern = patterns.timed_pattern("priva")

    assert all(pattern.occurs_in("private learning " * 100) for _ in range(10_000))


@pytest.mark.parametrize(
    "source",
    [
        "a.{0,100}b.{0,100}c.{0,100}d",
        "(a{1000}){100}",
        "min(-| )?max",
        r"\d+ ?x faster",
        "^sampling",
        r"(\w)\1",
        "(?<=min)max",
        "größe",
        "(?P<a>x)(?P=a)",
        "[[a]",
        "a++",
        r"(\(?R)",
        "(?P<R>a)(?=b)(?i:c)",
    ],
)
def test_patterns_in_python_syntax_are_valid(source: str) -> None:
    patterns.check(source)


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ("(?:(?:a{1000}){1000}){1000}", 0),
        ("(a{9}){99999}", 0),
        ("a{" + "9" * 5_000 + "}", 0),
        ("a(b", 1),
        ("*", 0),
        ("a{2,1}", 2),
        ("\\", 0),
        ("a(?R)", 1),
        ("(a(?1))", 2),
        ("(?P<x>a(?&x)?)", 7),
        ("(?P<x>a(?P>x)?)", 7),
    ],
)
def test_the_place_of_a_mistake_is_in_the_pattern(source: str, position: int) -> None:
    with pytest.raises(patterns.PatternError) as error:
        patterns.check(source)

    assert 0 <= error.value.position < len(source)


TOKENS = (
    "min",
    "Max",
    "a",
    "7",
    "[ab]",
    "[[:alpha:]min]",
    "(un)?",
    "(?:re|de)",
    "x+",
    "d{0,2}",
    "e{2}",
    ".",
    "\\b",
    "-",
    "(pre)",
    "(?=z)",
    "ſ",
)
"""Parts of patterns; each is valid after each other."""
TEXTS = st.text("minMAXab7 -pre\u017funxdezİıß\u212a", max_size=25)


@examples(500)
@given(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=6).map("".join), TEXTS)
def test_each_match_contains_a_word_with_the_required_text(source: str, text: str) -> None:
    required = patterns.required_text(source)

    if required is not None and patterns.timed_pattern(source).occurs_in(text):
        assert any(required in word for word in words(text))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("zzqxq.z", "zzqxq"),
        ("min(-| )?max", "min"),
        ("(convex)+ Opt", "convex"),
        ("(a|b)", None),
        ("(priva|secre)", None),
        ("(private)?", None),
        ("(?:private){e<=1}", None),
        (r"\p{L}private", None),
        ("[private]", None),
        ("[[:alpha:]private]", None),
        ("[[:alpha:]private]x", None),
        ("Größen", None),
        ("Größenwahn", "enwahn"),
    ],
)
def test_the_longest_text_that_a_match_must_contain_is_looked_up(source: str, text: str | None) -> None:
    assert patterns.required_text(source) == text


def test_a_pattern_searches_only_papers_with_its_required_text(searched: list[str]) -> None:
    document = read_source(from_sample())
    store = load(document)
    index.fill(store)

    number = ask.count(store, build("/pri?vacy [a-z]/"))

    assert number > 0
    assert set(searched) <= {row["abstract"] or "" for row in ask.papers(store, build("privacy OR prvacy")).rows}
    assert ask.count(store, build("/zzqxq.z/")) == 0


@pytest.fixture
def searched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of the abstracts that patterns search from now on."""
    abstracts: list[str] = []
    texts = pattern_search._texts

    def note_texts(paper: dict[str, str], field: str) -> object:
        abstracts.append(paper["abstract"] or "")
        return texts(paper, field)

    monkeypatch.setattr(pattern_search, "_texts", note_texts)
    return abstracts


@pytest.mark.parametrize("pattern", ["/z[0-9]{9}/", "title:/z[0-9]{9}/", "/z[0-9]{9}/ OR doi:10.1/x"])
def test_a_paper_is_searched_only_once_for_all_questions_about_a_pattern(searched: list[str], pattern: str) -> None:
    store = load(read_source(from_sample()))
    query = build(pattern)

    assert not list(search.search(store, query).rows)
    assert suggest.explain(store, query, is_search=True)
    assert len(searched) == ask.count(store, build(""))


def test_a_changed_paper_is_searched_again() -> None:
    store = load(read_source(from_sample()))
    before = ask.count(store, build("title:/^Z[a-z]/"))

    with schema.transaction(store):
        record = "json_set(json, '$.title', 'Zeta functions')"
        store.execute(f"UPDATE record SET json = {record}, checksum = NULL WHERE paper_id = 1")

    assert ask.count(store, build("title:/^Z[a-z]/")) == before + 1


def test_a_paper_that_another_connection_has_changed_is_searched_again(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with closing(library_file.open_or_create(path)) as library:
        list(ingest.ingest_sources(library, [SourceToAdd("page", from_sample)], print, keep=True))
        with closing(library_file.open_to_change(path)) as reader:
            before = ask.count(reader, build("title:/^Z[a-z]/"))
            with schema.transaction(library):
                record = "json_set(json, '$.title', 'Zeta functions')"
                library.execute(f"UPDATE record SET json = {record}, checksum = NULL WHERE paper_id = 1")

            assert ask.count(reader, build("title:/^Z[a-z]/")) == before + 1


def test_a_pattern_that_takes_too_long_in_a_library_is_a_usage_error(tmp_path: Path) -> None:
    with closing(library_file.open_or_create(tmp_path / "library.sqlite")) as library:
        list(ingest.ingest_sources(library, [SourceToAdd("page", from_sample)], print, keep=True))

        with pytest.raises(UsageError, match=r"^the regular expression takes too long; "):
            ask.count(library, build(f"/{SLOWEST}/"))


@pytest.mark.process
def test_only_queries_with_a_pattern_load_regex() -> None:
    code = (
        "import sys; from pubcli.query.language import build; from pubcli.query import snippets; "
        "from pubcli.store import ask, search; build('privacy author:lowy'); assert 'regex' not in sys.modules; "
        "build('/priva/'); assert 'regex' in sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], check=True)
