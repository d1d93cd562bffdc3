"""Translate a query expression into SQL. Values are bound, never written into the statement.

Each word becomes a string in one bound FTS5 expression, quoted and escaped as FTS5 requires. So a word cannot act as an
operator or cause a syntax error. Words are used unchanged, because `variants` has already replaced those that have
several forms.
"""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING, NamedTuple
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
    ranking_terms,
)
from pubcli.text.normalize import fold, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WEIGHTS = (4.0, 2.0, 1.0, 2.0)
"""Weights of a word in title, authors, abstract and organisation: a title says in ten words what an abstract says
in two hundred, and a name that looks like a word must not come first."""
RANK = f"bm25(paper_text, {', '.join(map(str, WEIGHTS))})"

_HAS_WORDS = "paper_text MATCH ?"
_LACKS_WORDS = "paper_text.rowid NOT IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ?)"
_OCCURS = "paper.id IN (SELECT rowid FROM paper_text WHERE paper_text MATCH ?)"

Bound = tuple[str | int | float, ...]


class Selection(NamedTuple):
    """A query in SQL: `FROM` and `WHERE` clauses, their bound values, and the rank (None if the query has no words).

    As in FTS5's bm25, better matches have a lower rank.
    """

    tables: str
    conditions: str
    values: Bound
    rank: str | None
    is_words_alone: bool = False
    """Whether the query consists only of words, so that the text index alone determines the papers."""

    @property
    def ids(self) -> str:
        """The statement that selects the ids of the papers; bind `values` to it."""
        return f"SELECT paper.id FROM {self.tables} WHERE {self.conditions}"


def selection(where: Expression | None) -> Selection:
    """Return the SQL that selects the papers that match an expression."""
    positive, negative, rest = [], [], []
    for part in conjuncts(where):
        if (fts := fts_expression(part)) is not None:
            positive.append(fts)
        elif isinstance(part, Not) and (fts := fts_expression(part.part)) is not None:
            negative.append(fts)
        else:
            rest.append(part)
    if not positive or ranking_terms(conjunction(rest)) or _repeats_a_word(where) or _has_and_in_or(where):
        return _ranked_by_any_word(where)
    # FTS5 computes wrong ranks for `((a OR "b c") AND d) NOT e` (seen in SQLite 3.40 to 3.54), so NOT is outside MATCH.
    texts = [" AND ".join(positive), *([" OR ".join(negative)] if negative else [])]
    conditions, values = _all(rest)
    return Selection(
        "paper_text JOIN paper ON paper.id = paper_text.rowid",
        " AND ".join([_HAS_WORDS, *([_LACKS_WORDS] if negative else []), *([conditions] if rest else [])]),
        (*texts, *values),
        RANK,
        is_words_alone=not rest,
    )


def _repeats_a_word(where: Expression | None) -> bool:
    """Return whether an expression contains the same word twice, since bm25 would count that word twice."""
    positive = [leaf for leaf, is_negated in leaves(where) if isinstance(leaf, Text) and not is_negated]
    return len(positive) > len(set(positive))


def _has_and_in_or(part: Expression | None) -> bool:
    """Return whether an expression contains an OR of which a part is an AND, as in `a OR (b c)`.

    FTS5 does not count b in a paper that lacks c, although the paper contains b.
    """
    if isinstance(part, Not):
        return _has_and_in_or(part.part)
    if isinstance(part, Or) and any(isinstance(inner, And) for inner in part.parts):
        return True
    return isinstance(part, And | Or) and any(map(_has_and_in_or, part.parts))


def _ranked_by_any_word(where: Expression | None) -> Selection:
    """Return a selection that uses the text index twice: to find out which papers match, and to rank them by all words.

    An expression such as `privacy OR category:LG` needs this, because papers without the word may match.
    """
    conditions, values = _all(conjuncts(where))
    searched = [quoted(term) for term in ranking_terms(where)]
    if not searched:
        return Selection("paper", conditions, values, None)
    hits = f"(SELECT rowid AS paper_id, {RANK} AS rank FROM paper_text WHERE paper_text MATCH ?) AS hit"
    tables = f"paper LEFT JOIN {hits} ON hit.paper_id = paper.id"
    return Selection(tables, conditions, (" OR ".join(searched), *values), "ifnull(hit.rank, 0)")


def _all(parts: Sequence[Expression]) -> tuple[str, Bound]:
    pairs = [_condition(part) for part in parts]
    return " AND ".join(text for text, _ in pairs) or "1", tuple(value for _, values in pairs for value in values)


def _condition(part: Expression) -> tuple[str, Bound]:
    if isinstance(part, Text | Fuzzy):
        return _OCCURS, (quoted(part if isinstance(part, Text) else Text(part.word)),)
    fts = fts_expression(part)
    if fts is not None:
        return _OCCURS, (fts,)
    if isinstance(part, Pattern):
        return _pattern("", part)
    if isinstance(part, Match):
        return _match(part)
    if isinstance(part, Not):
        text, values = _condition(part.part)
        return f"NOT ifnull({text}, 0)", values
    pairs = [_condition(inner) for inner in part.parts]
    joined = (" AND " if isinstance(part, And) else " OR ").join(text for text, _ in pairs)
    return f"({joined})", tuple(value for _, values in pairs for value in values)


def fts_expression(part: Expression) -> str | None:
    """Return a part of a query as an FTS5 expression; None unless it consists of words, AND and OR alone."""
    if isinstance(part, Text):
        return quoted(part)
    if isinstance(part, (And, Or)):
        inner = [fts for each in part.parts if (fts := fts_expression(each)) is not None]
        if len(inner) == len(part.parts):
            return "(" + (" AND " if isinstance(part, And) else " OR ").join(inner) + ")"
    return None


def quoted(term: Text) -> str:
    """Return a word or phrase as an FTS5 expression."""
    escaped = term.text.replace('"', '""')
    columns = f"{{{' '.join(term.columns)}}} : " if term.columns else ""
    return f'{columns}"{escaped}"' + ("*" if term.prefix else "")


def any_of(terms: Sequence[Text]) -> str:
    """Return the FTS5 expression that matches the papers with at least one of the words or phrases."""
    return " OR ".join(map(quoted, terms))


RECORD = "(SELECT json FROM record WHERE paper_id = paper.id)"
"""SQL for the JSON of the paper in the current row."""
_AUTHOR = """paper.id IN (SELECT paper_id FROM authorship WHERE author_id IN (
    SELECT id FROM author LEFT JOIN alias USING (folded) WHERE coalesce(head, folded) IN (
        SELECT coalesce(head, folded) FROM (SELECT folded FROM author UNION SELECT folded FROM alias)
        LEFT JOIN alias USING (folded)
        WHERE {})))"""
"""Condition that selects the papers of each person with a name that fulfils a condition on `folded`."""
_PLAIN_NAME = "replace(replace(folded, '-', ' '), char(39), '')"
"""SQL for a folded name with spaces instead of hyphens and without apostrophes."""
_LISTED = "paper.id IN (SELECT paper_id FROM listing JOIN profile ON profile.id = snapshot_id WHERE {})"
_EVERY = f"EXISTS (SELECT 1 FROM json_each({RECORD}, '$.FIELD') WHERE {{}})"
_FOLDED = {
    "author": (_AUTHOR, "folded"),
    "title": ("{}", "paper.folded_title"),
    "org": ("{}", "fold(paper.org)"),
    "links": (_EVERY.replace("FIELD", "links"), "fold(value)"),
    "venue": ("{}", f"fold(json_extract({RECORD}, '$.venue'))"),
    "publisher": ("{}", f"fold(json_extract({RECORD}, '$.publisher'))"),
    "keywords": (_EVERY.replace("FIELD", "keywords"), "fold(value)"),
    "source": (_LISTED, "fold(profile.source)"),
    "profile": (_LISTED, "coalesce(profile.folded_name, fold(profile.source))"),
}
"""For each field that is compared in parts: SQL around a condition on one folded value, and the SQL of the value."""
_AS_WRITTEN = {"source": "profile.source", "profile": "coalesce(profile.name, profile.source)"}
"""SQL of the values that are not in the JSON of a paper, for regular expressions."""
_INDEXED = ("title", "abstract", "org")
"""Fields that are columns of the text index. Authors are not looked up there, because a person may have many names."""
# COLLATE is on the left side, because SQLite combines comparisons into one IN, which uses the collation of that side.
_EXACT = {
    "category": "paper.category COLLATE NOCASE = ?",
    "key": "paper.key COLLATE NOCASE = ?",
    "classes": f"EXISTS (SELECT 1 FROM json_each({RECORD}, '$.classes') WHERE value COLLATE NOCASE = ?)",
    "badges": f"EXISTS (SELECT 1 FROM json_each({RECORD}, '$.badges') WHERE value COLLATE NOCASE = ?)",
    **{
        field: f"json_extract({RECORD}, '$.{field}') COLLATE NOCASE = ?" for field in ("doi", "arxiv", "kind", "volume")
    },
}
_ONLY_IN_RECORD = ("doi", "arxiv", "venue", "publisher", "kind", "volume", "citations")
_PRESENT = {
    "code": "paper.code",
    "abstract": f"json_extract({RECORD}, '$.abstract') IS NOT NULL",
    "org": "paper.org IS NOT NULL",
    "links": f"json_array_length({RECORD}, '$.links') > 0",
    "badges": f"json_array_length({RECORD}, '$.badges') > 0",
    "date": "paper.date IS NOT NULL",
    "authors": "paper.filed_under <> ''",
    "category": "paper.category IS NOT NULL",
    **{field: f"json_extract({RECORD}, '$.{field}') IS NOT NULL" for field in _ONLY_IN_RECORD},
    "keywords": f"json_array_length({RECORD}, '$.keywords') > 0",
}
_NUMBERS = {"citations": f"json_extract({RECORD}, '$.citations')"}
"""SQL of the fields with numbers that are not columns of the table `paper`."""


def _match(match: Match) -> tuple[str, Bound]:
    field, value = match.field, match.value
    if isinstance(value, Range):
        return _range(_NUMBERS.get(field, f"paper.{field}"), value)
    if isinstance(value, bool):
        return f"paper.{field} = ?", (int(value),)
    if isinstance(value, Pattern):
        return _pattern(field, value)
    if reads_text_index(match):
        searched = column_words(field, value)
        return (_OCCURS, (quoted(searched),)) if searched.text else ("0", ())
    if isinstance(value, str) and field == "has":
        return _PRESENT[value], ()
    if isinstance(value, str) and field in _EXACT:
        return _exact(field, value)
    around, text = _FOLDED[field]
    tests = _author_tests(value) if field == "author" else [_test(text, value)]
    return f"({around.format(' OR '.join(test for test, _ in tests))})", tuple(bound for _, bound in tests)


def _exact(field: str, value: str) -> tuple[str, Bound]:
    """Return a condition on a whole value.

    The value of `category:` may be an arXiv class, such as cs.LG, or the name of a class, such as Machine Learning.
    A condition on an arXiv identifier also selects papers with the DOI that arXiv derives from it, and the reverse.
    """
    from pubcli.biblio import arxiv_categories  # imported only here, because few queries need it

    if field == "arxiv":
        return f"({_EXACT['arxiv']} OR {_EXACT['doi']})", (value, ARXIV_DOI + value)
    if field == "doi" and value.lower().startswith(ARXIV_DOI):
        return f"({_EXACT['doi']} OR {_EXACT['arxiv']})", (value, value[len(ARXIV_DOI) :])
    if field == "category" and (classes := arxiv_categories.selected_classes(value)):
        places = ", ".join("?" * len(classes))
        in_classes = f"EXISTS (SELECT 1 FROM json_each({RECORD}, '$.classes') WHERE value IN ({places}))"
        return f"({_EXACT['category']} OR {in_classes})", (value, *classes)
    return _EXACT[field], (value,)


ARXIV_DOI = "10.48550/arxiv."
"""The beginning of each DOI that arXiv registers; the identifier follows."""


def reads_text_index(part: Expression) -> bool:
    """Return whether the SQL of a word or condition reads the text index."""
    if not isinstance(part, Match):
        return isinstance(part, Text | Fuzzy)
    in_words = isinstance(part.value, Text | Fuzzy) or part.field == "abstract"
    return part.field in _INDEXED and in_words and not isinstance(part.value, Pattern)


def column_words(field: str, value: str | Text | Fuzzy) -> Text:
    """Return the words that the value of a condition such as `title:priv` means, to be searched in one column.

    The column is one of the text index. The last word of a value of type `str` may be only the beginning of a word in
    the text.
    """
    if isinstance(value, Text):
        return Text(value.text, value.prefix, columns=(field,))
    if isinstance(value, Fuzzy):
        return Text(value.word, columns=(field,))
    return Text(" ".join(words(value)), prefix=True, columns=(field,))


def _pattern(field: str, pattern: Pattern) -> tuple[str, Bound]:
    """Return a condition that a regular expression matches a value of a field, or any text if `field` is empty."""
    if field in _AS_WRITTEN:
        return _LISTED.format(f"text_matches_pattern(?, {_AS_WRITTEN[field]})"), (pattern.source,)
    searched = "authors" if field == "author" else field
    test, values = _MATCHES, (pattern.source, searched, pattern.source, searched)
    if pattern.words is None:
        return test, values
    columns = (searched,) if searched else ()
    matches = [quoted(Text(word, columns=columns)) for word in pattern.words]
    return (f"({_OCCURS} AND {test})", (" OR ".join(matches), *values)) if matches else ("0", ())


_MATCHES = f"coalesce(match_result(?, ?, paper.id), matches_pattern(?, ?, paper.id, {RECORD}))"
"""Condition that a regular expression matches. A paper whose result is stored already is not read again."""


def _test(text: str, value: str | Text | Fuzzy) -> tuple[str, str]:
    """Return an SQL condition that a text contains the value, and the text to bind to the condition.

    `text` is an SQL expression whose value is folded.
    """
    if isinstance(value, Text):
        return f"{'has_prefix' if value.prefix else 'has_words'}(?, {text})", value.text
    if isinstance(value, Fuzzy):
        return f"has_similar_word(?, {text})", value.word
    return f"instr({text}, ?)", fold(value)


def _author_tests(value: str | Text | Fuzzy) -> list[tuple[str, str]]:
    """Return SQL conditions, each with the text to bind, at least one of which the name of an author must fulfil.

    The value of `author:` may omit the hyphens and apostrophes of the name, and may have the surname first:
    `O'Neil, Conan`.
    """
    if not isinstance(value, str):
        return [_test("folded", value), _test(_PLAIN_NAME, value)]
    surname, comma, rest = (part.strip() for part in fold(value).partition(","))
    texts = [fold(value), *([f"{rest} {surname}"] if comma and surname and rest else [])]
    return [
        test
        for text in texts
        for test in (("instr(folded, ?)", text), (f"instr({_PLAIN_NAME}, ?)", without_punctuation(text)))
    ]


def without_punctuation(name: str) -> str:
    """Return a folded name with spaces instead of hyphens and without apostrophes, such as `mary jane oneill`."""
    return name.replace("-", " ").replace("'", "").strip() or name


def _range(column: str, limits: Range) -> tuple[str, Bound]:
    ends = [(operator, end) for operator, end in ((">=", limits.first), ("<=", limits.last)) if end is not None]
    return "(" + " AND ".join(f"{column} {operator} ?" for operator, _ in ends) + ")", tuple(end for _, end in ends)


MOST_PAPERS_FIRST = (Order("papers", True),)
"""Default order of people and categories."""


def limit_and_offset(query: Query) -> tuple[int, int]:
    """Return the values to bind for LIMIT and OFFSET."""
    return -1 if query.limit is None else query.limit, query.offset


def order_by(order: Sequence[Order], columns: Mapping[str, str], table: str = "") -> str:
    """Return criteria to sort by as SQL; missing values come last.

    `columns` maps fields to SQL expressions. Each other field is a column, and `table` is the prefix of its name.
    """
    return ", ".join(
        f"{columns.get(field, table + field)} {'DESC' if descending else 'ASC'} NULLS LAST"
        for field, descending in order
    )


def page_label(table: str = "") -> str:
    """Return the SQL for the name of a page, for display: its owner, with the site: `Ada Bow (google-scholar)`.

    A page without a header is named by its source. `table` is the name of the table, with a dot: `snapshot.`.
    """
    site = f"coalesce(' (' || ({table}site_fields ->> '$.site') || ')', '')"
    return f"coalesce({table}name || {site}, {table}source)"
