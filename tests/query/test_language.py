"""The query language: the meaning of an expression, and the message for an invalid one."""

import pytest
from hypothesis import given

import strategies
from pubcli.errors import QueryError, UsageError
from pubcli.query.expression import (
    And,
    Expression,
    Fuzzy,
    Match,
    Not,
    Or,
    Order,
    Pattern,
    Query,
    Range,
    Text,
    conjunction,
    conjuncts,
    leaves,
    query_text,
    terms,
)
from pubcli.query.fields import FIELDS, PRESENCE, PUBLICATION_KINDS
from pubcli.query.language import build, condition_on, day_range, exclusion_hint, parse, sort_order
from thoroughness import examples

A, B, C = Text("a"), Text("b"), Text("c")

MEANINGS: dict[str, tuple[str, Expression | None]] = {
    "nothing": ("", None),
    "blanks": (" \t\n\u00a0\x1f", None),
    "word": ("Privacy", Text("privacy")),
    "accents": ("Jovanović", Text("jovanovic")),
    "implicit and": ("a b c", And((A, B, C))),
    "written and": ("a AND b c", And((A, B, C))),
    "or": ("a OR b OR c", Or((A, B, C))),
    "and binds closer than or": ("a b OR c a", Or((And((A, B)), And((C, A))))),
    "parentheses": ("a (b OR c)", And((A, Or((B, C))))),
    "parentheses without blanks": ("(a)(b)c", And((A, B, C))),
    "needless parentheses": ("((a))", A),
    "minus": ("a -b", And((A, Not(B)))),
    "not": ("a NOT b", And((A, Not(B)))),
    "and not": ("a AND NOT b", And((A, Not(B)))),
    "not binds closest": ("NOT a b", And((Not(A), B))),
    "double negation": ("--a", A),
    "mixed double negation": ("NOT -a", A),
    "triple negation": ("NOT NOT -a", Not(A)),
    "negated group": ("-(a b)", Not(And((A, B)))),
    "negated phrase": ('-"a b"', Not(Text("a b", exact=True))),
    "negated field": ("-code:yes", Not(Match("code", True))),
    "operators in lower case are words": ("and or not", And((Text("and"), Text("or"), Text("not")))),
    "operators in quotes are words": (
        '"AND" "OR" "NOT"',
        And((Text("and", exact=True), Text("or", exact=True), Text("not", exact=True))),
    ),
    "operators inside a word": ("ORACLE NOTE", And((Text("oracle"), Text("note")))),
    "phrase": ('"Min-Max  games!"', Text("min max games", exact=True)),
    "hyphenated word is a phrase": ("min-max", Text("min max")),
    "typographic quotes": (
        "“a b” „b c“ «c a»",
        And((Text("a b", exact=True), Text("b c", exact=True), Text("c a", exact=True))),
    ),
    "quoted word": ('"private"', Text("private", exact=True)),
    "misspelled word": ("~Privcy", Fuzzy("privcy")),
    "regular expression": (r"/Min(-| )?\w+/ a", And((Pattern(r"Min(-| )?\w+"), A))),
    "slash in a regular expression": (r"/a\/b/", Pattern("a/b")),
    "no regular expression": ("/a and/or b", And((A, Text("and or"), B))),
    "typographic quotes around a value": ("title:“a b”", Match("title", "a b")),
    "prefix": ("optim*", Text("optim", prefix=True)),
    "several stars": ("optim**", Text("optim", prefix=True)),
    "prefix on a phrase": ('"min max"*', Text("min max", prefix=True, exact=True)),
    "star inside": ("a*b", Text("a b")),
    "part": ("author:Lowy", Match("author", "Lowy")),
    "prefix in a field": ("title:Cov*", Match("title", Text("cov", prefix=True, exact=True))),
    "prefix of a phrase in a field": ('author:"O\'Neil, Co"*', Match("author", Text("o neil co", True, exact=True))),
    "hyphen before a prefix in a field": ("title:min-ma*", Match("title", Text("min ma", True, exact=True))),
    "misspelled word in a field": ("-title:~Covd a", And((Not(Match("title", Fuzzy("covd"))), A))),
    "regular expression in a field": (r"venue:/^jour \w+/ a", And((Match("venue", Pattern(r"^jour \w+")), A))),
    "prefix in the abstract": ("abstract:cov*", Match("abstract", "cov")),
    "regular expression in the abstract": ("abstract:/a b/", Match("abstract", Pattern("a b"))),
    "paths may contain slashes and tildes": (
        "source:/data/ source:~/a",
        And((Match("source", "/data/"), Match("source", "~/a"))),
    ),
    "value with slashes": ("links:/a/b", Match("links", "/a/b")),
    "star in an exact value": ("key:a*", Match("key", "a*")),
    "quoted value": ('title:"Min-Max (games)"', Match("title", "Min-Max (games)")),
    "value ends at a parenthesis": ("(title:a)", Match("title", "a")),
    "field name in capitals": ("TITLE:a", Match("title", "a")),
    "value with a colon": ("links:https://x.org", Match("links", "https://x.org")),
    "exact": ("category:LG", Match("category", "LG")),
    "class as category": ("category:CS.lg", Match("category", "CS.lg")),
    "name of a category": ('category:"machine learning"', Match("category", "machine learning")),
    "unknown category": ("category:zoology", Match("category", "zoology")),
    "other name of a class": ("class:cs.na", Match("classes", "math.NA")),
    "alias authors": ("authors:a", Match("author", "a")),
    "alias class": ("class:cs.LG", Match("classes", "cs.LG")),
    "alias badge": ("Badge:Code", Match("badges", "Code")),
    "alias link": ("link:x.org", Match("links", "x.org")),
    "alias year": ("Year:2022", Match("date", Range("2022-01-01", "2022-12-31"))),
    "from a year": ("year:2022..", Match("date", Range("2022-01-01", None))),
    "to a year": ("year:..2022", Match("date", Range(None, "2022-12-31"))),
    "month": ("date:2024-02", Match("date", Range("2024-02-01", "2024-02-29"))),
    "months": ("date:2021-3..2021-04", Match("date", Range("2021-03-01", "2021-04-30"))),
    "day": ("date:2024-02-29", Match("date", Range("2024-02-29", "2024-02-29"))),
    "quoted days": ('date:"2021 .. 2022"', Match("date", Range("2021-01-01", "2022-12-31"))),
    "number": ("position:3", Match("position", Range(3, 3))),
    "numbers": ("line:3..10", Match("line", Range(3, 10))),
    "numbers from": ("position:3..", Match("position", Range(3, None))),
    "numbers to": ("position:..3", Match("position", Range(None, 3))),
    "flag": ("code:NO", Match("code", False)),
    "flag in other words": ("date_assumed:true", Match("date_assumed", True)),
    "kind of publication": ("kind:Article", Match("kind", "article")),
    "keyword": ("keyword:fair*", Match("keywords", Text("fair", prefix=True, exact=True))),
    "citations": ("citations:100..", Match("citations", Range(100, None))),
    "volume": ("volume:12", Match("volume", "12")),
    "publisher": ("publisher:springer", Match("publisher", "springer")),
    "presence under another name": ("has:keyword has:year", And((Match("has", "keywords"), Match("has", "date")))),
    "exclamation mark": ("a !b", And((A, Not(B)))),
    "exclamation mark before a group": ('!(a OR "b")', Not(Or((A, Text("b", exact=True))))),
    "exclamation mark after a word": ("a b!", And((A, B))),
    "after a year": ("year>2020", Match("date", Range("2021-01-01", None))),
    "from a year on": ("year>=2020", Match("date", Range("2020-01-01", None))),
    "before a year": ("YEAR<2020", Match("date", Range(None, "2019-12-31"))),
    "up to a month": ("date<=2020-02", Match("date", Range(None, "2020-02-29"))),
    "after a month": ("year>2020-02", Match("date", Range("2020-03-01", None))),
    "year with an equals sign": ("year=2020", Match("date", Range("2020-01-01", "2020-12-31"))),
    "other years": ("year!=2020", Not(Match("date", Range("2020-01-01", "2020-12-31")))),
    "comparison with blanks": ("a year > 2020 b", And((A, Match("date", Range("2021-01-01", None)), B))),
    "comparison with one sign": ("year≥2020", Match("date", Range("2020-01-01", None))),
    "at least as many citations": ("citations>=100", Match("citations", Range(100, None))),
    "fewer citations": ("-citations<5", Not(Match("citations", Range(None, 4)))),
    "comparison of words": ("a>b p<0.05", And((Text("a b"), Text("p 0 05")))),
    "signs between words": ("a & b = - c *", And((A, B, C))),
    "signs before an operator": ("a & OR = b", Or((A, B))),
    "negated sign": ("a -- -& b", And((A, B))),
    "formula": ("a = b(c) - b(a|b)", And((A, B, C, B, Text("a b")))),
    "presence": ("has:Code", Match("has", "code")),
}


@pytest.mark.parametrize(("source", "meaning"), MEANINGS.values(), ids=MEANINGS.keys())
def test_a_query_has_the_expected_meaning(source: str, meaning: Expression | None) -> None:
    assert parse(source) == meaning


_DOI, _ARXIV = Match("doi", "10.1109/5.771073"), Match("arxiv", "2203.06735")
IDENTIFIERS: dict[str, tuple[str, Expression]] = {
    "DOI": ("10.1109/5.771073", _DOI),
    "DOI in a field": ("doi:10.1109/5.771073", _DOI),
    "DOI after a label": ("DOI: 10.1109/5.771073", _DOI),
    "address of a DOI": ("https://doi.org/10.1109/5.771073", _DOI),
    "older address of a DOI": ("http://dx.doi.org/10.1109/5.771073", _DOI),
    "quoted address in a field": ('doi:"https://doi.org/10.1109/5.771073"', _DOI),
    "DOI in capitals": ("10.1000/ABC", Match("doi", "10.1000/abc")),
    "DOI with parentheses": ("10.1016/S0140-6736(20)30183-5", Match("doi", "10.1016/s0140-6736(20)30183-5")),
    "DOI in parentheses": ("(10.1109/5.771073 OR a)", Or((_DOI, A))),
    "DOI before a full stop": ("10.1109/5.771073.", _DOI),
    "excluded DOI": ("a -10.1109/5.771073", And((A, Not(_DOI)))),
    "arXiv identifier": ("2203.06735", _ARXIV),
    "arXiv identifier with version": ("arXiv:2203.06735v2", _ARXIV),
    "arXiv identifier after a label": ("arXiv: 2203.06735v2, a", And((_ARXIV, A))),
    "address of an abstract": ("https://arxiv.org/abs/2203.06735v2", _ARXIV),
    "address of a PDF": ("https://arxiv.org/pdf/2203.06735v2.pdf", _ARXIV),
    "address of a PDF without ending": ("HTTPS://WWW.ARXIV.ORG/PDF/2203.06735", _ARXIV),
    "address with a context": ("https://arxiv.org/abs/2203.06735?context=cs", _ARXIV),
    "old arXiv identifier": ("math.GT/0309136", Match("arxiv", "math/0309136")),
    "old arXiv identifier of physics": ("hep-th/9901001v3", Match("arxiv", "hep-th/9901001")),
    "DOI of arXiv": ("10.48550/arXiv.2203.06735", Match("doi", "10.48550/arxiv.2203.06735")),
    "decimal number": ("3.14159", Text("3 14159")),
    "longer number": ("2203.067351", Text("2203 067351")),
    "identifier inside a word": ("x2203.06735", Text("x2203 06735")),
    "quoted identifier": ('"2203.06735"', Text("2203 06735", exact=True)),
    "letters and a slash": ("and/or", Text("and or")),
}


@pytest.mark.parametrize(("source", "meaning"), IDENTIFIERS.values(), ids=IDENTIFIERS.keys())
def test_a_pasted_identifier_means_the_paper_with_it(source: str, meaning: Expression) -> None:
    assert parse(source) == meaning


QUOTE = "to search for the text itself, put it in quotation marks"
FIELD_NAMES = f"fields: {', '.join([*FIELDS, 'year'])}; {QUOTE}"

INVALID = {
    "unclosed quote": (
        'privacy "min max',
        """this quotation mark is never closed
          privacy "min max
                  ^""",
    ),
    "unclosed typographic quote": (
        "“min max",
        """this quotation mark is never closed
          “min max
          ^""",
    ),
    "unclosed quote around a value": (
        'title:"min max',
        """this quotation mark is never closed
          title:"min max
                ^""",
    ),
    "broken regular expression": (
        "a /b[/",
        """not a valid regular expression: unterminated character set
          a /b[/
              ^""",
    ),
    "broken regular expression in a field": (
        "a title:/b[/",
        """not a valid regular expression: unterminated character set
          a title:/b[/
                    ^""",
    ),
    "nothing to search for before a star in a field": (
        "title:-*",
        """there is no letter or digit here to search for
          title:-*
          ^^^^^^^^""",
    ),
    "nothing to search for in the abstract": (
        "abstract:&",
        """there is no letter or digit here to search for
          abstract:&
          ^^^^^^^^^^""",
    ),
    "two misspelled words in a field": (
        "title:~a-b",
        """~ must be followed by one word
          title:~a-b
          ^^^^^^^^^^""",
    ),
    "nothing to search for in a misspelled word": (
        "a ~-",
        """~ must be followed by one word
          a ~-
            ^^""",
    ),
    "unclosed parenthesis": (
        "a (b OR (c)",
        f"""this ( is never closed; {QUOTE}
          a (b OR (c)
            ^""",
    ),
    "stray parenthesis": (
        "a b) c",
        f"""this ) closes nothing; {QUOTE}
          a b) c
             ^""",
    ),
    "unknown field": (
        "a titel:b",
        f"""unknown field 'titel' (did you mean title?); {FIELD_NAMES}
          a titel:b
            ^^^^^""",
    ),
    "unknown field unlike any": (
        "http://x",
        f"""unknown field 'http'; {FIELD_NAMES}
          http://x
          ^^^^""",
    ),
    "bad year": (
        "a year:21",
        """'21' is not a valid date; use 2021, 2021-03 or 2021-03-15
          a year:21
            ^^^^^^^""",
    ),
    "three dots": (
        "year:2021...2023",
        """'.2023' is not a valid date; use 2021, 2021-03 or 2021-03-15
          year:2021...2023
          ^^^^^^^^^^^^^^^^""",
    ),
    "digits of another script": (
        "year:२०२१",
        """'२०२१' is not a valid date; use 2021, 2021-03 or 2021-03-15
          year:२०२१
          ^^^^^^^^^""",
    ),
    "no such day": (
        "date:2023-02-29",
        """the date '2023-02-29' is not in the calendar
          date:2023-02-29
          ^^^^^^^^^^^^^^^""",
    ),
    "month 13": (
        "date:2023-13",
        """the date '2023-13' is not in the calendar
          date:2023-13
          ^^^^^^^^^^^^""",
    ),
    "month 0": (
        "date:2023-00",
        """the date '2023-00' is not in the calendar
          date:2023-00
          ^^^^^^^^^^^^""",
    ),
    "day 0": (
        "date:2023-03-00",
        """the date '2023-03-00' is not in the calendar
          date:2023-03-00
          ^^^^^^^^^^^^^^^""",
    ),
    "year 0": (
        "year:0000",
        """the date '0000' is not in the calendar
          year:0000
          ^^^^^^^^^""",
    ),
    "years backwards": (
        "year:2023..2021",
        """the range '2023..2021' ends before it begins
          year:2023..2021
          ^^^^^^^^^^^^^^^""",
    ),
    "numbers backwards": (
        "position:10..3",
        """the range '10..3' ends before it begins
          position:10..3
          ^^^^^^^^^^^^^^""",
    ),
    "no year at all": (
        "year:..",
        """'..' has no date; use 2021, 2021..2023, 2021.. or ..2023
          year:..
          ^^^^^^^""",
    ),
    "bad number": (
        "position:-3",
        """'-3' is not a valid number or range; use 3, 1..10, 5.. or ..5
          position:-3
          ^^^^^^^^^^^""",
    ),
    "too large a number": (
        "line:9999999999999999",
        """'9999999999999999' is not a valid number or range; use 3, 1..10, 5.. or ..5
          line:9999999999999999
          ^^^^^^^^^^^^^^^^^^^^^""",
    ),
    "bad flag": (
        "code:maybe",
        """code: expected yes or no, got 'maybe'
          code:maybe
          ^^^^^^^^^^""",
    ),
    "part of several names of categories": (
        "a category:robot category:condensed",
        """'condensed' may be Other Condensed Matter, Soft Condensed Matter; give more of the name
          a category:robot category:condensed
                           ^^^^^^^^^^^^^^^^^^""",
    ),
    "bad kind of publication": (
        "kind:artcle",
        f"""kind: 'artcle' is not one of {', '.join(PUBLICATION_KINDS)}
          kind:artcle
          ^^^^^^^^^^^""",
    ),
    "bad presence": (
        "has:money",
        f"""has: 'money' is not one of {', '.join(PRESENCE)}
          has:money
          ^^^^^^^^^""",
    ),
    "empty parentheses": (
        "a ()",
        f"""a word is missing before this ); {QUOTE}
          a ()
             ^""",
    ),
    "lone OR": (
        "OR",
        """a word is missing here
          OR
          ^^""",
    ),
    "leading AND": (
        "AND a",
        """a word is missing here
          AND a
          ^^^""",
    ),
    "OR after OR": (
        "a OR OR b",
        """a word is missing here
          a OR OR b
               ^^""",
    ),
    "OR before a parenthesis": (
        "(a OR) b",
        f"""a word is missing before this ); {QUOTE}
          (a OR) b
               ^""",
    ),
    "negated OR": (
        "-OR",
        """a word is missing here
          -OR
           ^^""",
    ),
    "trailing OR": (
        "a OR",
        """a word is missing at the end
          a OR
              ^""",
    ),
    "trailing AND": (
        "a AND",
        """a word is missing at the end
          a AND
               ^""",
    ),
    "trailing NOT": (
        "a NOT",
        """a word is missing at the end
          a NOT
               ^""",
    ),
    "open parenthesis at the end": (
        "a (",
        """a word is missing at the end
          a (
             ^""",
    ),
    "sign alone": (
        "&",
        """there is no letter or digit here to search for
          &
          ^""",
    ),
    "two signs": (
        "-= *",
        """there is no letter or digit here to search for
          -= *
           ^""",
    ),
    "sign after an operator": (
        "a OR &",
        """a word is missing at the end
          a OR &
                ^""",
    ),
    "unclosed parenthesis in a formula": (
        "I = H(R) - H(R|S",
        f"""this ( is never closed; {QUOTE}
          I = H(R) - H(R|S
                      ^""",
    ),
    "no date in a comparison": (
        "a year>",
        """a value is missing
          a year>
            ^^^^^""",
    ),
    "bad date in a comparison": (
        "year >= 21",
        """'21' is not a valid date; use 2021, 2021-03 or 2021-03-15
          year >= 21
          ^^^^^^^^^^""",
    ),
    "comparison with a range": (
        "citations>5..7",
        """'5..7' is not a valid number; use a number such as 3
          citations>5..7
          ^^^^^^^^^^^^^^""",
    ),
    "less than no citation": (
        "citations<0",
        """no number can be <0
          citations<0
          ^^^^^^^^^^^""",
    ),
    "after the last date": (
        "year>9999",
        """no date can be >9999
          year>9999
          ^^^^^^^^^""",
    ),
    "star alone": (
        "*",
        """there is no letter or digit here to search for
          *
          ^""",
    ),
    "phrase without a letter": (
        '"--" a',
        """there is no letter or digit here to search for
          "--" a
          ^^^^""",
    ),
    "value missing": (
        "author: lowy",
        """a value is missing
          author: lowy
          ^^^^^^^""",
    ),
    "value in parentheses": (
        "title:(a b)",
        """a value is missing
          title:(a b)
          ^^^^^^""",
    ),
    "empty quotes as value": (
        'title:""',
        """a value is missing
          title:""
          ^^^^^^^^""",
    ),
    "too deep": (
        "(" * 11 + "a" + ")" * 11,
        """parentheses are more than 10 deep
          (((((((((((a)))))))))))
                    ^""",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("source", "message"), INVALID.values(), ids=INVALID.keys())
def test_an_invalid_query_raises_an_error_that_marks_the_place(source: str, message: str) -> None:
    with pytest.raises(QueryError) as error:
        parse(source)

    assert str(error.value).splitlines() == [line.removeprefix(" " * 8) for line in message.split("\n")]


HINTS = {
    "without": ("learning without federated", "to exclude federated, type -federated"),
    "not": ("not federated learning", "to exclude federated, type -federated"),
    "article": ("private without the internet.", "to exclude internet, type -internet"),
    "phrase": ('a not "min max"', 'to exclude "min max", type -"min max"'),
    "hyphen": ("not min-max", "to exclude min-max, type -min-max"),
    "field": ("a without author:lowy", "to exclude author:lowy, type -author:lowy"),
    "second": ("not (a) not b", "to exclude b, type -b"),
    "quoted": ('"not" federated', None),
    "in a phrase": ('"learning without forgetting"', None),
    "operator": ("a NOT federated", None),
    "title case": ("Not All Samples", None),
    "at the end": ("to be or not", None),
    "before an operator": ("a not OR b", None),
    "excluded already": ("not -federated", None),
    "no such word": ("federated learning", None),
    "empty": ("", None),
}


@pytest.mark.parametrize(("source", "hint"), HINTS.values(), ids=HINTS.keys())
def test_a_word_after_not_or_without_gives_a_hint(source: str, hint: str | None) -> None:
    assert exclusion_hint(source) == hint


@examples(100)
@given(strategies.typed)
def test_a_hint_is_given_for_any_text_without_an_error(source: str) -> None:
    hint = exclusion_hint(f"{source} not")
    assert hint is None or hint.startswith("to exclude ")


def test_the_101st_word_of_a_query_is_an_error() -> None:
    source = " ".join(["word"] * 101)

    assert isinstance(parse(source[:-5]), And)
    with pytest.raises(QueryError, match="more than 100 words") as error:
        parse(source)
    assert (error.value.start, error.value.end) == (500, 504)


def test_an_error_contains_no_control_character() -> None:
    with pytest.raises(QueryError) as error:
        parse('\x1b[31m \u202e "a')

    assert str(error.value).splitlines()[1] == '  ?[31m ? "a'


@examples(300)
@given(strategies.typed)
def test_the_text_of_an_expression_has_the_same_meaning(source: str) -> None:
    try:
        meaning = parse(source)
    except QueryError:
        return
    if meaning is not None:
        assert parse(query_text(meaning)) == meaning


TEXTS = {
    "word": ("privacy", "privacy"),
    "prefix": ("optim*", "optim*"),
    "phrase": ('"min max"*', '"min max"*'),
    "negation": ("-a", "-a"),
    "group": ("-(a b OR c)", "-((a b) OR c)"),
    "value": ('title:"a b"', 'title:"a b"'),
    "value with parentheses": ('title:"a(b)"', 'title:"a(b)"'),
    "prefix in a field": ("title:optim*", "title:optim*"),
    "prefix of a phrase in a field": ('title:"a b"*', 'title:"a b"*'),
    "misspelled word in a field": ("title:~covd", "title:~covd"),
    "regular expression in a field": (r"title:/a\/ b/", r"title:/a\/ b/"),
    "flag": ("code:true", "code:yes"),
    "years": ("year:2021..", "date:2021-01-01.."),
    "numbers": ("position:3", "position:3..3"),
    "identifier": ("https://arxiv.org/abs/2203.06735v2", "arxiv:2203.06735"),
}


@pytest.mark.parametrize(("source", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_an_expression_is_written_as_text(source: str, text: str) -> None:
    expression = parse(source)

    assert expression is not None
    assert query_text(expression) == text


def test_each_leaf_has_a_flag_for_negation() -> None:
    expression = parse("a -(b -c) OR -code:yes")

    assert list(leaves(expression)) == [(A, False), (B, True), (C, False), (Match("code", True), True)]
    assert terms(expression) == (A, C)
    assert list(leaves(None)) == []


def test_conjunctions_are_flattened_and_combined() -> None:
    nested = And((A, And((B, Or((A, C))))))

    assert conjuncts(nested) == (A, B, Or((A, C)))
    assert conjuncts(None) == ()
    assert conjuncts(A) == (A,)
    assert conjunction([None, A, None, B]) == And((A, B))
    assert conjunction([None, A]) == A
    assert conjunction([None]) is None


# Conditions from options.


def test_all_conditions_of_options_must_match() -> None:
    query = build("a", author=["Lowy", "Gupta"], title=["b"], org=["ibm"], code=True, limit=3, offset=2)

    assert query == Query(
        And((
            A,
            Match("author", "Lowy"),
            Match("author", "Gupta"),
            Match("title", "b"),
            Match("org", "ibm"),
            Match("code", True),
        )),
        limit=3,
        offset=2,
    )  # fmt: skip


def test_the_option_for_a_category_accepts_any_text() -> None:
    assert build(category=["Physics"]).where == Match("category", "Physics")


def test_several_categories_are_alternatives() -> None:
    assert build(category=["LG"]).where == Match("category", "LG")
    assert build(category=["LG", "OC"]).where == Or((Match("category", "LG"), Match("category", "OC")))


def test_an_expression_is_grouped_next_to_conditions() -> None:
    assert build("a OR b", code=False).where == And((Or((A, B)), Match("code", False)))


@pytest.mark.parametrize(
    ("year", "since", "until", "limits"),
    [
        ("2021", None, None, [Range("2021-01-01", "2021-12-31")]),
        (None, "2021-03", None, [Range("2021-03-01", None)]),
        (None, None, "2021-02", [Range(None, "2021-02-28")]),
        (None, "2021", "2022-06-30", [Range("2021-01-01", None), Range(None, "2022-06-30")]),
    ],
    ids=["year", "since", "until", "both"],
)
def test_options_for_dates_become_ranges(
    year: str | None, since: str | None, until: str | None, limits: list[Range]
) -> None:
    where = build(year=year, since=since, until=until).where

    assert conjuncts(where) == tuple(Match("date", limit) for limit in limits)


def test_an_empty_query_selects_everything() -> None:
    assert build() == Query()
    assert build("  ").where is None


INVALID_CONDITIONS = {
    "empty author": ({"author": [""]}, "--author: a value is missing"),
    "empty category": ({"category": [""]}, "--category: a value is missing"),
    "bad year": ({"year": "then"}, "--year: 'then' is not a valid date; use 2021, 2021-03 or 2021-03-15"),
    "empty year": ({"year": ""}, "--year: a value is missing"),
    "range as since": (
        {"since": "2021.."},
        "--since: '2021..' is not a valid date; use 2021, 2021-03 or 2021-03-15",
    ),
    "no such day": ({"until": "2021-02-30"}, "--until: the date '2021-02-30' is not in the calendar"),
}


@pytest.mark.parametrize(("conditions", "message"), INVALID_CONDITIONS.values(), ids=INVALID_CONDITIONS.keys())
def test_an_error_names_the_option_of_an_invalid_condition(conditions: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as error:
        build("a", **conditions)  # type: ignore[arg-type]

    assert str(error.value) == message


def test_a_condition_is_built_from_a_field_and_a_value() -> None:
    assert condition_on("year", "2021") == Match("date", day_range("2021"))
    with pytest.raises(ValueError, match=r"^a value is missing$"):
        condition_on("title", "")


# Sorting.


def test_sort_criteria_are_separated_by_commas() -> None:
    assert sort_order("date,-title, -key ,,", ("date", "title", "key")) == (
        Order("date", False),
        Order("title", True),
        Order("key", True),
    )
    assert sort_order("", ("date",)) == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-titel", "--sort: invalid value 'titel' (did you mean title?); choose from date, title"),
        ("date,x", "--sort: invalid value 'x'; choose from date, title"),
        ("--date", "--sort: invalid value '-date' (did you mean date?); choose from date, title"),
    ],
    ids=["misspelt", "unknown", "two signs"],
)
def test_sorting_by_an_unknown_field_is_an_error(text: str, message: str) -> None:
    with pytest.raises(UsageError) as error:
        sort_order(text, ("date", "title"))

    assert str(error.value) == message
