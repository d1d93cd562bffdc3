"""Find papers by name: citation key, position on the page, or a part of the title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from pubcli import paths
from pubcli.answer.answer import Answer
from pubcli.errors import UsageError
from pubcli.lazy import TYPE_CHECKING, NamedTuple, json
from pubcli.store.ask import PAPER_FIELDS
from pubcli.store.database import Store
from pubcli.text.normalize import fold, well_formed
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow

_MOST_LISTED = 6
COMPARED = 5_000
"""Maximum number of keys that a statement reads to correct a misspelled key. A library may have many more keys."""


class NamedPapers(NamedTuple):
    """The papers that the user named, and sentences about names that match no paper or several papers."""

    answer: Answer[PaperRow]
    ids: list[int]
    unknown: list[str]
    ambiguous: list[str]


def find_papers(store: Store, names: Iterable[str]) -> NamedPapers:
    """Return the named papers with all their fields, each paper once, in the order of the names."""
    return named_papers(names, partial(matching_records, store), partial(_close_keys, store))


def named_papers(
    names: Iterable[str],
    matching: Callable[[str], dict[int, str]],
    close_keys: Callable[[str, str], Iterable[str]],
) -> NamedPapers:
    """Return the named papers with all their fields, each paper once, in the order of the names.

    `matching` returns the records that a name selects, by id. `close_keys` returns citation keys that may be spelled
    similarly to a name; its arguments are the name and the folded name.
    """
    records_by_id: dict[int, str] = {}
    unknown, ambiguous = [], []
    for name in names:
        records = matching(name)
        if not records:
            unknown.append(_unknown(name, close_keys))
        elif _have_several_keys(records.values()):
            ambiguous.append(_ambiguous(name, list(records.values())))
        else:
            records_by_id |= records
    texts = list(records_by_id.values())
    answer = Answer("paper_details", PAPER_FIELDS, map(json.loads, texts), encoded=texts)
    return NamedPapers(answer, list(records_by_id), unknown, ambiguous)


def require_paper(store: Store, name: str) -> int:
    """Return the id of the named paper. If several papers share the key, return the id of the first paper.

    Raises UsageError in the same cases as `require_papers`.
    """
    return require_papers(store, name)[0]


def require_papers(store: Store, name: str) -> list[int]:
    """Return the id of the named paper and the ids of other papers that share its key.

    Raises UsageError, with suggestions, if no paper matches the name, or if papers with different keys match it.
    """
    records = matching_records(store, name)
    if not records:
        raise UsageError(_unknown(name, partial(_close_keys, store)))
    if _have_several_keys(records.values()):
        raise UsageError(_ambiguous(name, list(records.values())))
    return list(records)


def _have_several_keys(records: Iterable[str]) -> bool:
    return len({json.loads(text)["key"] for text in records}) > 1


def matching_records(store: Store, name: str) -> dict[int, str]:
    """Return the papers that a name selects, as a dictionary from the id of a paper to its record in JSON.

    The name is tried as a key, then as a position, then as a part of a title.

    A key is compared exactly, then with former keys, then without case, then without accents. If no key is equal, the
    name matches all keys that consist of the name and one letter. A title that equals the name has precedence over
    titles that contain the name.
    """
    for kind, value in attempts(name):
        statement = f"SELECT id, json FROM paper JOIN record ON paper_id = id WHERE {_CONDITIONS[kind]} ORDER BY id"
        if rows := store.execute(statement, (value,)).fetchall():
            return {row["id"]: row["json"] for row in rows}
    return {}


def attempts(name: str) -> list[tuple[str, str | int]]:
    """Return what a name may mean, in the order in which it is tried: kinds of conditions, each with a value."""
    typed = well_formed(name).strip()
    folded = fold(readable(typed))
    kinds: list[tuple[str, str | int]] = [
        ("key", typed), ("former key", typed), ("key in any case", folded), ("key without accents", folded)
    ]  # fmt: skip
    if folded.isascii() and folded.isalnum():
        kinds.append(("key with a letter", folded))
    if folded.isascii() and folded.isdigit() and len(folded) < 10:
        kinds.append(("position", int(folded)))
    return [*kinds, ("title", folded), ("part of a title", folded)] if folded else []


_CONDITIONS = {
    "key": "key = ?",
    "former key": "key = (SELECT current_key FROM former_key WHERE former_key.key = ?)",
    "key in any case": "key COLLATE NOCASE = ?",
    "key without accents": "key GLOB '*[^ -~]*' AND fold(key) = ?",
    "key with a letter": "lower(key) GLOB ? || '[a-z]'",
    "position": "position = ?",
    "title": "folded_title = ?",
    "part of a title": "instr(folded_title, ?)",
}
"""The SQL condition of each kind in `attempts`."""


def _ambiguous(name: str, records: Sequence[str]) -> str:
    papers = [json.loads(text) for text in records[:_MOST_LISTED]]
    lines = "".join(f"\n  {paper['key']}  {paper['title']}" for paper in papers)
    more = f"\n  and {len(records) - _MOST_LISTED} more" if len(records) > _MOST_LISTED else ""
    return f"{name!r} matches {len(records)} papers; use one of these keys:{lines}{more}"


def _unknown(name: str, close_keys: Callable[[str, str], Iterable[str]]) -> str:
    if paths.is_file(name):
        from shlex import quote  # imported only here, because it is hardly ever needed

        return f"{name!r} is a file, not a paper; to select papers in it, type their keys and -p {quote(name)}"
    folded = fold(well_formed(name))
    keys = {key.lower(): key for key in close_keys(name, folded)}
    from difflib import get_close_matches  # imported only here, because it is hardly ever needed

    close = [keys[key] for key in get_close_matches(folded, keys, 3)]
    advice = f"; did you mean {' or '.join(close)}?" if close else "; pubcli list shows keys and positions"
    return f"no paper has the key, position or title {name!r}{advice}"


def _close_keys(store: Store, name: str, folded: str) -> list[str]:
    """Return keys that may be spelled similarly to a name: the first ones, and those with the same beginning."""
    near = "SELECT key FROM paper WHERE key BETWEEN :start AND :start || char(0x10ffff) ORDER BY key LIMIT :limit"
    starts = [well_formed(start) for start in ("", name.strip()[:2], folded[:2])]
    values = [{"start": start, "limit": COMPARED} for start in starts]
    return [key for bound in values for (key,) in store.execute(near, bound)]
