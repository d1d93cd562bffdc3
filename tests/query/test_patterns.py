"""Regular expressions: what is valid, and how long one may take."""

import subprocess
import sys
from contextlib import suppress

import pytest

from pubcli.errors import ExitCode, UsageError
from pubcli.inputs.sources import from_sample
from pubcli.query import patterns
from pubcli.query.expression import Pattern, Text
from pubcli.query.language import build
from pubcli.query.snippets import spans
from pubcli.reader import read_source
from pubcli.store import ask, search
from pubcli.store.database import Store
from pubcli.store.load import load

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


@pytest.mark.process
def test_only_queries_with_a_pattern_load_regex() -> None:
    code = (
        "import sys; from pubcli.query.language import build; from pubcli.query import snippets; "
        "from pubcli.store import ask, search; build('privacy author:lowy'); assert 'regex' not in sys.modules; "
        "build('/priva/'); assert 'regex' in sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], check=True)
