"""Hypothesis strategies: random pages, query expressions, and texts that a user may type."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from pubcli.biblio import arxiv_categories, citation_keys
from pubcli.biblio.names import join_names
from pubcli.model import Document, Page, Paper, Profile
from pubcli.query.expression import And, Expression, Fuzzy, Match, Not, Or, Pattern, Range, Text
from pubcli.query.fields import ALIASES, FIELDS, PRESENCE
from pubcli.query.language import day_range
from pubcli.text.links import links
from pubcli.text.normalize import words

AS_OF = date(2024, 6, 1)
WORDS = (
    "alpha", "Beta", "bétà", "betamax", "fair", "Fairness", "private", "Größe", "GROSSE", "Ωmega", "ωΜΕΓΑ",
    "学習", "がく", "привет", "नमस्ते", r"$\varepsilon$", "x²", "$x^2$", "3", "AND", "or", "NEAR", "не", "O'Neil",
)  # fmt: skip
_GAPS = (" ", " ", " ", "-", ", ", ": ", " (", "_", "/", '" ', "* ", "…", "🤖 ")
NAMES = (
    "Ada Lovelace", "ADA LOVELACE", "Zoë Ångström", "Zoe Angstrom", "Aad van der Vaart", "李明", "Plato",
    "The ATLAS Collaboration", "Tim O'Neil", "Fair Alpha",
)  # fmt: skip
_ORGS = ("zeta-lab", "alpha-lab", "école", "größe")
_CATEGORIES = ("LG", "OC", "CV", "CHEM-PH", "XX")
_ABOUT = ("", " see https://alpha.org/beta.", " (https://x.org/a_(b)?c=1,2) https://x.org")
_BADGES: tuple[tuple[str, ...], ...] = ((), (), ("Code",), ("Code", "Data"), ("Data",))
_DAYS = st.sampled_from([date(2022, 3, 13), date(2022, 12, 31), date(2023, 1, 1), date(2023, 3, 13), date(2024, 2, 29)])

prose = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(_GAPS)), min_size=1, max_size=6).map(
    lambda pairs: "".join(word + gap for word, gap in pairs).strip()
)
"""Texts of a few recurring words, joined as in real titles."""


class _PaperValues(NamedTuple):
    """The values that a page, or another source, has for a paper."""

    title: str
    guessed: bool
    authors: tuple[str, ...]
    complete: bool
    org: str | None
    category: str | None
    day: date | None
    assumed: bool
    badges: tuple[str, ...]
    abstract: str | None
    bibliographic: dict[str, Any]
    """The fields that pages do not have and other formats do."""


_bibliographic = st.fixed_dictionaries(
    {},
    optional={
        "date_precision": st.sampled_from(["day", "month", "year"]),
        "kind": st.sampled_from(["article", "preprint", "book"]),
        "doi": st.sampled_from(["10.1000/alpha", "10.1000/beta"]),
        "publisher": st.sampled_from(["Größe & Sons", "Lab of Alpha"]),
        "arxiv": st.sampled_from(["2203.06735", "math/0309136"]),
        "venue": st.sampled_from(["Journal of Größe", "Alpha Letters", "ALPHA-LETTERS"]),
        "volume": st.sampled_from(["7", "12"]),
        "citations": st.integers(0, 20),
        "keywords": st.lists(st.sampled_from(["fair", "Fair", "beta"]), max_size=3).map(tuple),
        "extra": st.dictionaries(st.sampled_from(["note", "isbn"]), st.sampled_from(["x", "y"]), max_size=2),
    },
)
_authors = st.lists(st.sampled_from(NAMES), max_size=4).map(tuple)
_abstracts = st.none() | st.builds(lambda text, address: text + address, prose, st.sampled_from(_ABOUT))
_paper_values = st.builds(
    _PaperValues,
    prose, st.booleans(), _authors, st.booleans(), st.none() | st.sampled_from(_ORGS),
    st.none() | st.sampled_from(_CATEGORIES), st.none() | _DAYS, st.booleans(), st.sampled_from(_BADGES), _abstracts,
    _bibliographic,
)  # fmt: skip


def _page(name: str | None, source: str, records: Sequence[_PaperValues]) -> Page:
    bases = [
        citation_keys.base_key(paper.authors, paper.day.year if paper.day else None, paper.title) for paper in records
    ]
    keys = citation_keys.assign(bases, lambda index: (records[index].title, str(index)))
    papers = tuple(
        _paper(name, source, position, key, paper)
        for position, (key, paper) in enumerate(zip(keys, records, strict=True), 1)
    )
    profile = Profile(
        name=name, category=None, h_index=1, stated_papers=None, listed_heading=None, citations=None, novelty=None,
        ai_score=None, source=source, as_of=AS_OF, as_of_reason="as given", assumed_year=2024, fitting_years=(2024,),
        lines=(1, 2),
    )  # fmt: skip
    return Page(profile=profile, papers=papers, problems=())


def _paper(profile: str | None, source: str, position: int, key: str, values: _PaperValues) -> Paper:
    return Paper(
        key=key, position=position, profile=profile, title=values.title, title_guessed=values.guessed,
        authors=values.authors, authors_complete=values.complete, org=values.org, category=values.category,
        classes=arxiv_categories.classes(values.category) if values.category else (), date=values.day,
        date_assumed=values.assumed, badges=values.badges, code="Code" in values.badges, abstract=values.abstract,
        links=links(values.abstract), source=source, line=5 * position, last_line=5 * position + 3,
        **values.bibliographic,
    )  # fmt: skip


_pages = st.builds(
    _page, st.none() | st.sampled_from(NAMES), st.sampled_from(["ada.txt", "-", "größe.txt"]),
    st.lists(_paper_values, max_size=5),
)  # fmt: skip


def paper_row(title: str = "A Title", *authors: str, **values: Any) -> Any:
    """Return a paper as `pubcli list --json` prints it; keyword arguments replace the default values."""
    return {
        "key": "l2020title", "position": 1, "profile": None, "title": title, "title_guessed": False,
        "authors": list(authors), "authors_complete": True, "org": None, "category": "LG", "classes": ["cs.LG"],
        "date": "2020-01-02", "date_assumed": False, "badges": [], "code": False, "abstract": None, "links": [],
        "cut": [], "source": "text", "line": 1, "also_on": [], "shown_by": [], "date_precision": "day", "kind": None,
        "doi": None, "arxiv": None, "venue": None, "volume": None, "issue": None, "pages": None, "publisher": None,
        "url": None, "citations": None, "keywords": [], "extra": {},
    } | values  # fmt: skip


_people = st.lists(
    st.sampled_from(
        [*NAMES, "Bell\u00a0Labs", "Team of A and B", "University of California, Berkeley", "Simon and Schuster, Inc.",
         "Ministry of Food, Agriculture and Fisheries", "Gabriel García\u00a0Márquez", "Martin Luther King, Jr."]
    ),
    min_size=1, max_size=3, unique=True,
)  # fmt: skip
_signs = st.sampled_from(
    ["a, b", "a; b", "{a}", "a} {b", "[a", '"a"', "50% & #1_x", r"C:\temp", "$x_1$", "a", "é: ü", "=1"]
)
_extra = st.fixed_dictionaries(
    {},
    optional={
        "editor": _people.map(join_names),
        "translator": _people.map(join_names),
        "type": st.sampled_from(["Licentiate", "Mémoire", "Essay", "Diplomarbeit", "PhD thesis", "Bachelor's thesis"]),
        "entrytype": st.sampled_from(["mastersthesis", "phdthesis"]),
        "isbn": st.just("978-3-16-148410-0"),
        "issn": st.sampled_from(["1234-567X", "1234-5678; 2345-6789"]),
        **dict.fromkeys(("address", "edition", "series", "language", "shorttitle", "note"), _signs),
    },
)
_KINDS = ("article", "inproceedings", "book", "chapter", "thesis", "report")


def _reference(kind: str, **values: Any) -> Any:
    if kind != "thesis":
        values["extra"].pop("entrytype", None)
    if kind not in ("thesis", "report"):
        values["extra"].pop("type", None)
    return paper_row(kind=kind, venue="Größe" if kind in ("article", "inproceedings", "chapter") else None, **values)


references: SearchStrategy[dict[str, Any]] = st.builds(
    _reference,
    kind=st.sampled_from(_KINDS),
    title=_signs,
    authors=_people,
    authors_complete=st.booleans(),
    keywords=st.lists(_signs, max_size=3, unique=True),
    arxiv=st.sampled_from([None, "2203.06735"]),
    extra=_extra,
)
"""Papers of bibliographies: values for every field that BibTeX, RIS and CSL-JSON have in common."""


@st.composite
def documents(draw: DrawFn) -> Document:
    """Return a document of one to three pages; some papers are on several of them."""
    pages = draw(st.lists(_pages, min_size=1, max_size=3))
    return Document(source=pages[0].profile.source, pages=tuple(pages))


_words = st.sampled_from(sorted({word for text in (*WORDS, *NAMES, *_ORGS) for word in words(text)}))
_texts = st.builds(
    lambda terms, length, prefix: Text(
        " ".join([*terms[:-1], terms[-1][:length]]) if prefix else " ".join(terms), prefix, exact=True
    ),
    st.lists(_words, min_size=1, max_size=2), st.integers(1, 4), st.booleans(),
)  # fmt: skip
_pieces = st.one_of(
    _words,
    st.sampled_from(["e", "ET", "å", ", ", "-", "'", "o(", "x.org", "lab", "absent", "[", "]", '"', "%", "_", "\\"]),
)
_in_values = st.one_of(
    _texts.filter(lambda text: text.prefix),
    st.sampled_from(["alhpa", "beat", "lovlace", "neal", "fiar", "größse", "leters", "laab", "absent"]).map(
        lambda word: Fuzzy(words(word)[0])
    ),
    st.sampled_from(["^a", "alph", r"\bl", "größe", "'n", "lab$", r"(\w)\1", "x.org", "ada|plato"]).map(Pattern),
)
"""Values that search for words, misspelled words and regular expressions in a field."""
_days = st.sampled_from(["2022", "2022..2023", "..2022-12", "2023-03..", "2024-02-29", "1999"]).map(day_range)
_numbers = st.sampled_from([Range(1, 1), Range(2, None), Range(None, 3), Range(5, 10), Range(0, 0)])


def _matches(fields: Iterable[str], values: SearchStrategy[Any]) -> SearchStrategy[Expression]:
    return st.builds(Match, st.sampled_from(list(fields)), values)


_names_reversed = st.sampled_from(["lovelace, ada", "O'Neil, Tim", "ONEIL, T", "Ångström , zo", ", ada", "vaart, der"])
_BY_KIND: dict[str, SearchStrategy[Any]] = {
    "part": _pieces | _names_reversed | _in_values, "words": _pieces | _in_values,
    "day": _days, "number": _numbers, "flag": st.booleans(), "presence": st.sampled_from(PRESENCE),
}  # fmt: skip
_EXACT = {
    "category": [
        "LG",
        "lg",
        "chem-ph",
        "XX",
        "L",
        "CS.lg",
        "math.OC",
        "cs.NA",
        "cs.ZZ",
        "machine learning",
        "Vision",
        "control",
        "physics",
    ],
    "classes": ["cs.LG", "CS.CV", "math.cv", "cs"],
    "doi": ["10.1000/ALPHA", "2203.06735", "10.1000", "10.48550/arXiv.2203.06735"],
    "arxiv": ["10.1000/ALPHA", "2203.06735", "10.1000", "MATH/0309136"],
    "kind": ["article", "book", "thesis"],
    "volume": ["7", "12", "1"],
    "badges": ["Code", "DATA", "d"],
    "key": ["lovelace2022alpha", "ANON2022BETA", "plato2023fair", "platondfair"],
}
"""Values for each field of the query language that is compared as a whole: some that occur, and some that do not."""
_without_values = [name for name, field in FIELDS.items() if field.kind == "exact" and name not in _EXACT]
assert not _without_values, f"add values of the query fields {_without_values} to _EXACT"
_conditions = st.one_of(
    *(
        _matches([field.name for field in FIELDS.values() if field.kind == kind], values)
        for kind, values in _BY_KIND.items()
    ),
    *(_matches([name], st.sampled_from(_EXACT[name])) for name, field in FIELDS.items() if field.kind == "exact"),
)
_patterns = st.sampled_from(["alph", "^b", r"\bfair", "ε", "größe", "lab$", r"(\w)\1", "x.?2", "$^"]).map(Pattern)
leaves = _texts | _conditions | _patterns
"""An exact word or phrase, a condition on a field, or a regular expression."""


def _joined(inner: SearchStrategy[Expression]) -> SearchStrategy[Expression]:
    """Return expressions that negate or join smaller ones."""
    return st.one_of(
        st.builds(Not, inner),
        st.builds(And, st.lists(inner, min_size=2, max_size=3).map(tuple)),
        st.builds(Or, st.lists(inner, min_size=2, max_size=3).map(tuple)),
    )


expressions: SearchStrategy[Expression] = st.recursive(leaves, _joined, max_leaves=7)
word_expressions: SearchStrategy[Expression] = st.recursive(_texts, _joined, max_leaves=7)
"""Expressions that consist of exact words, phrases and prefixes."""

_SIGNS = (
    '"', "“", "”", "(", ")", "-", "*", "^", ":", "..", " ", "  ", "\t", "\n", "\x00", "\x1b", "\\", "'", "''", "%", "_",
    "+", "{", "}", "[", "]", ",", ";", "--", "/*", "?", "?1", ":a", "@a", "$a", "|", "&", "~", "`", "\u202e", "\u00ad",
    "\u0301", "\u094d", "🤖", "👩‍💻", "नमस्ते", "学習", "が", "\ue000", "\ud800", "\udfff", "\uffff", "é", "½", "ﬁ",
)  # fmt: skip
_OPERATORS = (
    "AND", "OR", "NOT", "and", "NEAR(", "NEAR", "a", "b", "3", "alpha", "beta", "{title abstract}:", "rowid:", "rank:",
    "paper_text:", *(f"{name}:" for name in (*FIELDS, *ALIASES)), "year<", "date>=", "position=", "line!=",
    "citations<=", "!", "2203.06735",
    "https://doi.org/10.1000/", "https://arxiv.org/abs/", "not", "without", "yes", "no", "2021", "2021..2023",
    "2024-02-30", "9999999999999999999", "1; DROP TABLE paper", "' OR 1=1 --",
)  # fmt: skip
typed = st.lists(st.sampled_from(_SIGNS + _OPERATORS) | st.text(max_size=4), max_size=14).map("".join) | st.lists(
    st.sampled_from(_SIGNS + _OPERATORS), max_size=14
).map(" ".join)
"""Texts that may be typed as a query, by accident or on purpose."""
