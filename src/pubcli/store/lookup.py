"""Find papers by name: citation key, position on the page, or a part of the title."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

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
_COMPARED = 5_000
"""Maximum number of keys that a statement reads to correct a misspelled key. A library may have many more keys."""


class NamedPapers(NamedTuple):
    """The papers that the user named, and sentences about names that match no paper or several papers."""

    answer: Answer[PaperRow]
    ids: list[int]
    unknown: list[str]
    ambiguous: list[str]


def find_papers(store: Store, names: Iterable[str]) -> NamedPapers:
    """Return the named papers with all their fields, each paper once, in the order of the names."""
    records_by_id: dict[int, str] = {}
    unknown, ambiguous = [], []
    for name in names:
        records = matching_records(store, name)
        if not records:
            unknown.append(_unknown(store, name))
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
        raise UsageError(_unknown(store, name))
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
    typed = well_formed(name).strip()
    folded = fold(readable(typed))
    conditions: list[tuple[str, str | int]] = [
        ("key = ?", typed),
        ("key = (SELECT current_key FROM former_key WHERE former_key.key = ?)", typed),
        ("key COLLATE NOCASE = ?", folded),
        ("key GLOB '*[^ -~]*' AND fold(key) = ?", folded),
    ]
    if folded.isascii() and folded.isalnum():
        conditions.append(("lower(key) GLOB ?", folded + "[a-z]"))
    if folded.isascii() and folded.isdigit() and len(folded) < 10:
        conditions.append(("position = ?", int(folded)))
    conditions += [("folded_title = ?", folded), ("instr(folded_title, ?)", folded)]
    for condition, value in conditions if folded else []:
        rows = store.execute(
            f"SELECT id, json FROM paper JOIN record ON paper_id = id WHERE {condition} ORDER BY id", (value,)
        ).fetchall()
        if rows:
            return {row["id"]: row["json"] for row in rows}
    return {}


def _ambiguous(name: str, records: Sequence[str]) -> str:
    papers = [json.loads(text) for text in records[:_MOST_LISTED]]
    lines = "".join(f"\n  {paper['key']}  {paper['title']}" for paper in papers)
    more = f"\n  and {len(records) - _MOST_LISTED} more" if len(records) > _MOST_LISTED else ""
    return f"{name!r} matches {len(records)} papers; use one of these keys:{lines}{more}"


def _unknown(store: Store, name: str) -> str:
    if paths.is_file(name):
        from shlex import quote  # imported only here, because it is hardly ever needed

        return f"{name!r} is a file, not a paper; to select papers in it, type their keys and -p {quote(name)}"
    folded = fold(well_formed(name))
    near = "SELECT key FROM paper WHERE key BETWEEN :start AND :start || char(0x10ffff) ORDER BY key LIMIT :limit"
    starts = [well_formed(start) for start in ("", name.strip()[:2], folded[:2])]
    values = [{"start": start, "limit": _COMPARED} for start in starts]
    keys = {key.lower(): key for bound in values for (key,) in store.execute(near, bound)}
    from difflib import get_close_matches  # imported only here, because it is hardly ever needed

    close = [keys[key] for key in get_close_matches(folded, keys, 3)]
    advice = f"; did you mean {' or '.join(close)}?" if close else "; pubcli list shows keys and positions"
    return f"no paper has the key, position or title {name!r}{advice}"
