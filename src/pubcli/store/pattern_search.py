"""Search the papers of a database with regular expressions, each paper at most once."""

from __future__ import annotations

from pubcli.errors import UsageError
from pubcli.lazy import TYPE_CHECKING, json
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any


class PatternSearch:
    """The regular expressions of a database's queries, with the papers that were searched.

    One answer asks several times which papers match: to list them, to count them, and to explain why there are none.
    So the results are stored, until papers change. SQL statements call the methods. The object has no reference to the
    database, because the database refers to the methods, and would then never be freed.
    """

    def __init__(self) -> None:
        self._results: dict[tuple[str, str], dict[int, bool]] = {}
        """For each pattern and field, whether the pattern matches each paper that was searched, by paper id."""
        self.words_with: dict[str, tuple[str, ...]] = {}
        """For each text that was looked up, words of the text index that contain it."""
        self._version = 0
        self._slow_pattern: str | None = None

    def keep_results(self, version: int) -> None:
        """Forget all results unless they are of this version of the database, which other processes may change."""
        if version != self._version:
            self.forget_results()
            self._version = version

    def forget_results(self) -> None:
        """Forget which papers match, because papers change."""
        self._results.clear()
        self.words_with.clear()

    def match_result(self, pattern: str, field: str, paper_id: int) -> bool | None:
        """Return whether a regular expression matches a paper; None if the paper was not searched yet."""
        return self._results.get((pattern, field), {}).get(paper_id)

    def matches_pattern(self, pattern: str, field: str, paper_id: int, record: str) -> bool:
        """Return whether a regular expression matches a field of a paper, and store the result.

        If `field` is empty, all texts of the paper are searched. TeX is converted to Unicode first.
        """
        result = self.text_matches_pattern(pattern, *_texts(json.loads(record), field))
        self._results.setdefault((pattern, field), {})[paper_id] = result
        return result

    def text_matches_pattern(self, pattern: str, *texts: str) -> bool:
        """Return whether a regular expression matches any of the texts. If it takes too long, raise TimeoutError.

        SQLite replaces this error by one of its own; `take_error` returns the error to raise instead.
        """
        from pubcli.query.patterns import timed_pattern  # imported only here, because few queries contain a pattern

        compiled = timed_pattern(pattern)
        try:
            return any(map(compiled.occurs_in, texts))
        except TimeoutError:
            self._slow_pattern = pattern
            raise

    def take_error(self) -> UsageError | None:
        """Return the error for a pattern that took too long since the last call; None if none did."""
        pattern, self._slow_pattern = self._slow_pattern, None
        if pattern is None:
            return None
        return UsageError(
            f"the regular expression takes too long; make /{pattern}/ simpler: avoid a repeated group that itself "
            "repeats something, such as (\\w+ ?)*"
        )


def _texts(paper: Mapping[str, Any], field: str) -> Iterable[str]:
    """Return the texts of a field, or all texts whose words are indexed if `field` is empty; without TeX."""
    if not field:
        return readable(paper["title"]), *paper["authors"], readable(paper["abstract"] or ""), paper["org"] or ""
    value = paper[field]
    texts = [value] if isinstance(value, str) else value or ()
    return map(readable, texts) if field in ("title", "abstract") else texts
