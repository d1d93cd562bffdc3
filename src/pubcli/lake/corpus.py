"""Search the papers of a lake: look up words, and select, rank and read papers, with SQL that an engine runs."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from pathlib import Path

from pubcli.errors import InputError, UsageError
from pubcli.lake import conditions, engine, manifest
from pubcli.lake.addresses import shown_address
from pubcli.lake.literals import integers, number, text, texts
from pubcli.lake.selection import Selection
from pubcli.lake.tables import TABLES
from pubcli.lake.terms import Terms, hits, untyped
from pubcli.lazy import TYPE_CHECKING
from pubcli.query.expression import Fuzzy, Pattern, Text, conjunction
from pubcli.store.ask import NEWEST_FIRST
from pubcli.store.database import WORD_FUNCTIONS, Store
from pubcli.text.checksum import checksum
from pubcli.text.normalize import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from pubcli.lake.engine import Engine
    from pubcli.query.expression import Expression, Match, Order, Query

_BATCH = 1_000
"""Number of records that one statement reads."""
_EXPLAINED = 200
"""Number of papers whose points one statement computes."""
_SAMPLE = 1_000
"""Number of papers at each end that show which optional columns have values."""
_MOST_VALUES = 100_000
"""Maximum number of different values, such as names, that a condition may select."""
_REMOTE = ("s3://", "gs://", "az://", "abfs://", "http://", "https://")


class LakeCorpus:
    """The papers of a lake. `store.corpus.Corpus` describes most methods."""

    def __init__(
        self,
        run: Engine,
        contents: manifest.Manifest,
        folder: str,
        *,
        may_scan: bool = False,
        aliases: Mapping[str, tuple[str, str]] | None = None,
    ) -> None:
        """`aliases` maps the folded names of people with several names to the id and the display name of the person.

        If `may_scan` is true, a query may read the texts of all papers.
        """
        self._engine = run
        self._contents = contents
        self.folder = folder
        self.name = visible(folder)
        self._may_scan = may_scan
        self.aliases = dict(aliases or {})
        self._scratch: Store | None = None
        self._last_ids: dict[int, int] = {}
        self._points: dict[int, dict[Text, float]] = {}
        self._vocabulary = lru_cache(1_000)(self._read_vocabulary)

    def run(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """Return the rows of a SELECT over the tables of the lake."""
        return self._engine.run(sql)

    def select(self, where: Expression | None) -> Selection:
        """Compile an expression whose words have been replaced by their variants."""
        return Selection(where, self)

    # Words

    def fill_index(self) -> None:
        """Do nothing: the words of a lake are always indexed."""

    def vocabulary(self, first: str, end: str, lengths: tuple[int, int] | None = None) -> Iterable[tuple[str, int]]:
        """Return the words from `first` up to `end`, each with the number of papers that contain it."""
        return self._vocabulary(first, end, lengths)

    def _read_vocabulary(self, first: str, end: str, lengths: tuple[int, int] | None) -> tuple[tuple[str, int], ...]:
        long_enough = f" AND LENGTH(word) BETWEEN {lengths[0]} AND {lengths[1]}" if lengths else ""
        rows = self.run(
            f"SELECT word, papers FROM vocabulary WHERE word >= {text(first)} AND word < {text(end)}{long_enough} "
            "ORDER BY word"
        )
        return tuple((word, papers) for word, papers in rows)

    def scratch(self) -> Store:
        """Return a database in memory for temporary tables."""
        if self._scratch is None:
            self._scratch = Store()
        return self._scratch

    def words_of_matches(self, pattern: str) -> None:
        """Return None: a regular expression scans the texts."""

    def contains_any(self, terms: Sequence[Text]) -> bool:
        """Return whether any paper contains one of the words or phrases."""
        numbers = {untyped(term): place for place, term in enumerate(self._possible(terms))}
        if any(not (term.prefix or term.columns or " " in term.text) for term in numbers):
            return True  # the vocabulary has the word
        return bool(numbers) and bool(self.run(f"SELECT 1 FROM ({hits(numbers)}) AS h LIMIT 1"))

    def _possible(self, terms: Sequence[Text]) -> list[Text]:
        """Return the terms whose complete words are all in the vocabulary."""
        words = {term: term.text.split()[: -1 if term.prefix else None] for term in terms}
        present = self._present({word for parts in words.values() for word in parts})
        return [term for term in terms if term.text and present.issuperset(words[term])]

    def _present(self, words: Iterable[str]) -> set[str]:
        literals = texts(sorted(words))
        rows = self.run(f"SELECT word FROM vocabulary WHERE word IN ({literals})") if literals else []
        return {row[0] for row in rows}

    def occurring(self, phrases: Sequence[str]) -> list[str]:
        """Return those of the words and phrases that any paper contains."""
        possible = [term.text for term in self._possible([Text(phrase) for phrase in phrases])]
        longer = [phrase for phrase in possible if " " in phrase]
        statements = [
            f"SELECT {place} AS place FROM (SELECT paper FROM ({hits({Text(phrase): 0})}) AS h LIMIT 1) AS f{place}"
            for place, phrase in enumerate(longer)
        ]
        rows = self.run(" UNION ALL ".join(statements)) if statements else []
        present = {longer[row[0]] for row in rows}
        return [phrase for phrase in possible if " " not in phrase or phrase in present]

    def papers_with_any(self, terms: Sequence[Text]) -> int:
        """Return how many papers contain at least one of the words or phrases."""
        numbers = {untyped(term): place for place, term in enumerate(self._possible(terms))}
        if not numbers:
            return 0
        return int(self.run(f"SELECT COUNT(DISTINCT paper) FROM ({hits(numbers)}) AS h")[0][0])

    def long_forms(self, short: str) -> Sequence[str]:
        """Return the long forms that papers define for a folded acronym, those of most papers first."""
        return self._acronyms("long", "short", short)

    def short_forms(self, long: str) -> Sequence[str]:
        """Return the acronyms that papers define for a folded long form, those of most papers first."""
        return self._acronyms("short", "long", long)

    def _acronyms(self, wanted: str, by: str, value: str) -> list[str]:
        rows = self.run(
            f"SELECT {wanted} FROM (SELECT {wanted}, SUM(papers) AS papers FROM acronyms "
            f"WHERE {by} IN ({texts((value, value.removesuffix('s')))}) GROUP BY {wanted}) AS a "
            f"ORDER BY papers DESC, {wanted}"
        )
        return [row[0] for row in rows]

    def first_records(self, limit: int) -> Iterable[str]:
        """Return the JSON of the first papers."""
        return self.records([row[0] for row in self.run(f"SELECT paper FROM papers ORDER BY paper LIMIT {limit}")])

    def last_id(self) -> int:
        """Return the number of papers."""
        return self._contents.papers

    def statistics(self) -> tuple[int, int]:
        """Return the number of papers and the number of all their words."""
        return self._contents.papers, self._contents.words

    # Papers

    def count(self, where: Expression | None) -> int:
        """Return the number of papers that an expression selects."""
        if where is None:
            return self._contents.papers
        return int(self.run(self.select(where).statement("COUNT(*)"))[0][0])

    def ranked(self, query: Query, order: Sequence[Order]) -> list[tuple[int, float]]:
        """Return the numbers and ranks of the papers that a query selects, in order."""
        chosen = self.select(query.where)
        rest = f"ORDER BY {order_by(order, chosen.score)}"
        if query.limit is not None:
            rest += f" LIMIT {query.limit}"
        if query.offset:
            rest += f" OFFSET {query.offset}"
        rows = self.run(chosen.statement(f"p.paper, {chosen.score} AS score", rest))
        self._last_ids = {row[0]: place for place, row in enumerate(rows)}
        self._points.clear()
        return [(row[0], -row[1]) for row in rows]

    def candidates(
        self, match: Expression, strict: Expression | None, years: Expression | None, most: int
    ) -> list[int]:
        """Return the numbers of up to `most` papers that match words and fulfil `strict`."""
        chosen = self.select(conjunction([match, strict]))
        columns = f"p.paper AS paper, ROUND({chosen.tree_score(match)}, 12) AS points"
        ranked = chosen.statement(columns)
        if years is None:
            sql = f"SELECT h.paper FROM ({ranked}) AS h ORDER BY h.points DESC, h.paper LIMIT {most}"
        else:
            sql = (
                f"SELECT h.paper FROM ({ranked}) AS h LEFT JOIN ({self.select(years).numbers()}) AS y "
                "ON y.paper = h.paper ORDER BY CASE WHEN y.paper IS NULL THEN 1 ELSE 0 END, h.points DESC, h.paper "
                f"LIMIT {most}"
            )
        return [row[0] for row in self.run(sql)]

    def selected_among(self, where: Expression, ids: Sequence[int]) -> frozenset[int]:
        """Return those of the papers that an expression selects."""
        rows = self.run(self.select(where).statement("p.paper", f"AND p.paper IN ({integers(ids)})"))
        return frozenset(row[0] for row in rows)

    def in_order(
        self, hits_: Sequence[tuple[int, float, int]], order: Sequence[Order], limit: int, offset: int
    ) -> list[int]:
        """Return the numbers of hits in order: by the first number of a hit, then by `order`."""
        if not hits_:
            return []
        rows = [(first, number(rank), paper) for first, rank, paper in hits_]
        values = ", ".join(f"({first}, {rank}, {paper})" for first, rank, paper in rows)
        sql = (
            f"SELECT h.paper FROM (VALUES {values}) AS h(number, rank, paper) JOIN papers AS p ON p.paper = h.paper "
            f"ORDER BY h.number, {order_by(order, 'ROUND(-h.rank, 12)')}"
        )
        sql += f" LIMIT {limit}" if limit >= 0 else ""
        return [row[0] for row in self.run(sql + (f" OFFSET {offset}" if offset else ""))]

    def records(self, ids: Sequence[int]) -> Iterator[str]:
        """Yield the JSON of papers in the order of `ids`. Raises InputError for a damaged record."""
        rest = iter(ids)
        while batch := list(islice(rest, _BATCH)):
            yield from self._batch(batch)

    def _batch(self, ids: Sequence[int]) -> list[str]:
        rows = self.run(f"SELECT paper, json, checksum FROM records WHERE paper IN ({integers(ids)})")
        records = {}
        for paper, record, stored in rows:
            if checksum(record) != stored:
                raise InputError(f"{self.name}: the record of paper {paper} is damaged; pubcli lake check lists all")
            records[paper] = record
        if missing := [paper for paper in ids if paper not in records]:
            raise InputError(f"{self.name}: the record of paper {missing[0]} is missing; pubcli lake check lists all")
        return [records[paper] for paper in ids]

    def points(self, paper_id: int, terms: Sequence[Text]) -> list[float]:
        """Return what each term adds to the score of a paper; 0 if the paper lacks it."""
        if paper_id not in self._points:
            start = self._last_ids.get(paper_id, 0)
            ids = list(self._last_ids)[start : start + _EXPLAINED] or [paper_id]
            self._points |= self._read_points([paper_id, *ids], terms)
        points = self._points[paper_id]
        return [points.get(untyped(term), 0.0) for term in terms]

    def _read_points(self, ids: Sequence[int], terms: Sequence[Text]) -> dict[int, dict[Text, float]]:
        plain = list(dict.fromkeys(map(untyped, terms)))
        numbered = Terms(*self.statistics())
        numbered.numbers(plain)
        points: dict[int, dict[Text, float]] = {paper: {} for paper in ids}
        if plain:
            sql = f"WITH {', '.join(numbered.statements())} SELECT paper, term, score FROM scored "
            for paper, term, score in self.run(f"{sql} WHERE paper IN ({integers(ids)})"):
                points[paper][plain[term]] = score
        return points

    def has_key(self, key: str) -> bool:
        """Return whether a paper has a citation key."""
        return bool(self.run(f"SELECT 1 FROM papers WHERE key = {text(key)} LIMIT 1"))

    def categories(self, limit: int) -> list[str]:
        """Return the categories of the papers, those of most papers first."""
        rows = self.run(
            "SELECT category FROM (SELECT category, COUNT(*) AS papers FROM papers WHERE category IS NOT NULL "
            f"GROUP BY category) AS c ORDER BY papers DESC, category LIMIT {limit}"
        )
        return [row[0] for row in rows]

    def spellings(self, field: str) -> list[str]:
        """Return the values of a field for which similarly spelled ones are proposed: at most `_MOST_VALUES`."""
        statements = {
            "author": "SELECT DISTINCT folded FROM authorship",
            "category": "SELECT DISTINCT category FROM papers WHERE category IS NOT NULL",
            "org": "SELECT DISTINCT org FROM papers WHERE org IS NOT NULL",
        }
        if field not in statements:
            return []
        return [row[0] for row in self.run(f"{statements[field]} LIMIT {_MOST_VALUES}")]

    def optional_columns(self) -> tuple[str, ...]:
        """Return the optional columns to show in lists of papers."""
        last = f"(SELECT MAX(paper) FROM papers) - {_SAMPLE}"
        [row] = self.run(
            "SELECT COUNT(category), COUNT(venue), COUNT(citations), COUNT(DISTINCT kind) > 1, "
            f"COUNT(CASE WHEN code THEN 1 END) FROM papers WHERE paper <= {_SAMPLE} OR paper > {last}"
        )
        has_category, venue, citations, kinds, code = (bool(value) for value in row)
        has_category = has_category or not (venue or citations)
        shown = {"category": has_category, "venue": venue, "citations": citations}
        shown |= {"kind": kinds, "code": code or has_category}
        return tuple(field for field, is_shown in shown.items() if is_shown)

    # People

    @property
    def folded(self) -> str:
        """SQL for the folded name under which a row of `authorship AS a` is sorted; `alias_join` must follow."""
        return "COALESCE(alias.head, a.folded)" if self.aliases else "a.folded"

    @property
    def person(self) -> str:
        """SQL for the person of a row of `authorship AS a`: the identifier of the source, or the folded name."""
        return f"COALESCE(a.person, {self.folded})"

    @property
    def alias_join(self) -> str:
        """SQL that joins the names of people with several names to `authorship AS a`; empty if there are none."""
        rows = ", ".join(f"({texts((folded, head))})" for folded, (head, _) in self.aliases.items())
        return f" LEFT JOIN (VALUES {rows}) AS alias(folded, head) ON alias.folded = a.folded" if rows else ""

    # Values that a statement cannot compute

    def names(self, match: Match) -> list[str]:
        """Return the folded names of the authors that fulfil a condition, with the other names of the same people.

        For a condition on a part of a name, only the names of people with several names are returned.
        """
        if isinstance(match.value, str):
            value = match.value
            matching = [name for name in self.aliases if conditions.has_name(value, name)]
        else:
            matching = self.values(match)
            matching += [name for name in self.aliases if self._fulfils(match, name)]
        heads = {self.aliases[name][0] for name in matching if name in self.aliases}
        related = [name for name, (head, _) in self.aliases.items() if head in heads]
        return list(dict.fromkeys([*matching, *related]))

    def values(self, match: Match) -> list[str]:
        """Return the folded values of a field that contain the words of a condition.

        Raises UsageError if there are too many of them.
        """
        statement = conditions.distinct_values(match.field)
        if match.field == "author" and isinstance(match.value, Text):
            last = text(match.value.text.split()[-1])
            statement += f" WHERE STRPOS(folded, {last}) > 0 OR STRPOS({conditions.PLAIN_NAME}, {last}) > 0"
        matching = [value for (value,) in self.run(statement) if value is not None and self._fulfils(match, value)]
        if len(matching) > _MOST_VALUES:
            raise UsageError(
                f"{match.field}: {len(matching):,} different values match, and a lake compares at most "
                f"{_MOST_VALUES:,}; type more of the value"
            )
        return matching

    @staticmethod
    def _fulfils(match: Match, value: str) -> bool:
        if isinstance(match.value, Fuzzy):
            test, word = WORD_FUNCTIONS["has_similar_word"], match.value.word
        elif isinstance(match.value, Text):
            test, word = WORD_FUNCTIONS["has_prefix" if match.value.prefix else "has_words"], match.value.text
        else:
            raise TypeError(match.value)
        spellings = [value, value.replace("-", " ").replace("'", "")] if match.field == "author" else [value]
        return any(test(word, spelling) for spelling in spellings)

    def matching_papers(self, field: str, pattern: Pattern) -> list[int]:
        """Return the papers in which a regular expression matches a field, or any text if `field` is empty.

        The records of all papers are read. Raises UsageError unless the user allowed that.
        """
        if not self._may_scan:
            raise UsageError(
                f"/{pattern.source}/ would read the texts of all {self._contents.papers:,} papers of the lake; "
                "allow it with --scan, or search for words"
            )
        patterns = self.scratch().patterns
        searched = "authors" if field == "author" else field
        try:
            return [
                paper
                for paper, record in self._all_records()
                if patterns.matches_pattern(pattern.source, searched, paper, record)
            ]
        except TimeoutError:
            raise patterns.take_error() or UsageError(f"/{pattern.source}/ takes too long") from None

    def _all_records(self) -> Iterator[tuple[int, str]]:
        last = int(self.run("SELECT COALESCE(MAX(paper), 0) FROM papers")[0][0])
        for start in range(1, last + 1, _BATCH):
            yield from self.run(
                f"SELECT paper, json FROM records WHERE paper BETWEEN {start} AND {start + _BATCH - 1} ORDER BY paper"
            )


_SORTED_BY = {
    "title": "p.folded_title",
    "authors": "NULLIF(p.filed_under, '')",
    "org": "p.folded_org",
    **{
        name: f"CASE WHEN {items} <> '' THEN '[\"' || {items} || '\"]' END"
        for name in ("classes", "badges", "links", "keywords", "cut")
        for items in [f"ARRAY_TO_STRING(p.{name}, '\",\"')"]
    },
}
"""For each field that is not sorted by the column of the same name: the SQL expression to sort by."""


def order_by(order: Sequence[Order], score: str) -> str:
    """Return SQL to sort papers by. Papers that are equal are sorted newest first, then by number.

    Raises UsageError for a field by which a lake cannot sort.
    """
    columns = {**_SORTED_BY, "score": score}
    criteria = []
    for field, descending in (*order, *NEWEST_FIRST):
        conditions.require_field(field)
        if field not in columns and field not in TABLES["papers"].columns:
            raise UsageError(f"--sort: a lake cannot sort by {field}; pull papers into a library: pubcli lake pull")
        column = columns.get(field, f"p.{field}")
        criteria.append(f"{column} {'DESC' if descending else 'ASC'} NULLS LAST")
    return ", ".join([*criteria, "p.paper"])


def open_lake(
    name: str,
    address: str = engine.DUCKDB,
    *,
    may_scan: bool = False,
    groups: Sequence[Sequence[str]] = (),
) -> LakeCorpus:
    """Open a lake in a folder. `groups` are the names of people with several names.

    Raises InputError if the folder is not a lake or the engine cannot be reached, and UsageError for an address of
    another kind.
    """
    if name.startswith(_REMOTE):
        place = shown_address(name)
        raise UsageError(f"--lake: {visible(place)} is object storage, which pubcli does not read; copy it to a folder")
    folder = Path(name)
    contents = manifest.read(folder)
    files = {table: [str(folder.absolute() / path) for path in contents.paths(table)] for table in TABLES}
    run = engine.connect(address, visible(name), files)
    corpus = LakeCorpus(run, contents, name, may_scan=may_scan)
    corpus.aliases = _aliases(corpus, groups)
    return corpus


def _aliases(corpus: LakeCorpus, groups: Sequence[Sequence[str]]) -> dict[str, tuple[str, str]]:
    """Return the id and the display name of each person with several names, by folded name."""
    from pubcli.biblio.names import name_key
    from pubcli.store.persons import merge_groups

    by_head: dict[str, list[str]] = {}
    for folded, head, name in corpus.run("SELECT folded, head, name FROM aliases ORDER BY head, folded"):
        by_head.setdefault(head, [name]).append(folded)
    merged = merge_groups([*groups, *by_head.values()])
    return {name_key(name): (name_key(group[0]), group[0]) for group in merged for name in group}
