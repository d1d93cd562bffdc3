"""One paper by the name someone gives it: citation key, position on the page, or a piece of its title."""

import json
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from pubcli.answer.answer import Answer
from pubcli.errors import UsageError
from pubcli.store.ask import PAPER_FIELDS
from pubcli.store.database import Store
from pubcli.text.normalize import fold, well_formed
from pubcli.text.tex import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow

_SHOWN = 6
_COMPARED = 5_000
"""Keys that are compared with a misspelt one, those that begin like it first: a library holds too many for all."""


class NamedPapers(NamedTuple):
    """The named papers, and a sentence for each name that is not clearly one paper."""

    answer: "Answer[PaperRow]"
    unknown: list[str]
    ambiguous: list[str]


def find_papers(store: Store, names: Iterable[str]) -> NamedPapers:
    """Everything about the named papers, each once, in the order of the names."""
    found: dict[int, str] = {}
    unknown, ambiguous = [], []
    for name in names:
        records = matching_records(store, name)
        if not records:
            unknown.append(_unknown(store, name))
        elif _are_several(records.values()):
            ambiguous.append(_ambiguous(name, list(records.values())))
        else:
            found |= records
    texts = list(found.values())
    answer = Answer("paper_details", PAPER_FIELDS, map(json.loads, texts), encoded=texts)
    return NamedPapers(answer, unknown, ambiguous)


def require_paper(store: Store, name: str) -> int:
    """Return the id of the paper of that name, the first of those that share its key.

    Raises UsageError as `require_papers`.
    """
    return require_papers(store, name)[0]


def require_papers(store: Store, name: str) -> list[int]:
    """The ids of the paper of that name, and of others that share its key.

    Raises UsageError, with what may have been meant, where there is none or papers of different keys.
    """
    records = matching_records(store, name)
    if not records:
        raise UsageError(_unknown(store, name))
    if _are_several(records.values()):
        raise UsageError(_ambiguous(name, list(records.values())))
    return list(records)


def _are_several(records: Iterable[str]) -> bool:
    return len({json.loads(text)["key"] for text in records}) > 1


def matching_records(store: Store, name: str) -> dict[int, str]:
    """Records by id: all with this key, else all at this position, else all with this in the title.

    A key is taken as it is typed, else whatever its capitals; one without the letter that tells it apart stands for all
    such keys. A title that is the name as a whole wins over titles that hold it.
    """
    typed = well_formed(name).strip()
    wanted = fold(readable(typed))
    conditions: list[tuple[str, str | int]] = [("key = ?", typed), ("key COLLATE NOCASE = ?", wanted)]
    if wanted.isascii() and wanted.isalnum():
        conditions.append(("lower(key) GLOB ?", wanted + "[a-z]"))
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 10:
        conditions.append(("position = ?", int(wanted)))
    conditions += [("folded_title = ?", wanted), ("instr(folded_title, ?)", wanted)]
    for condition, value in conditions if wanted else []:
        found = store.execute(
            f"SELECT id, json FROM paper JOIN record ON paper_id = id WHERE {condition} ORDER BY id", (value,)
        ).fetchall()
        if found:
            return {row["id"]: row["json"] for row in found}
    return {}


def _ambiguous(name: str, records: Sequence[str]) -> str:
    papers = [json.loads(text) for text in records[:_SHOWN]]
    lines = "".join(f"\n  {paper['key']}  {paper['title']}" for paper in papers)
    more = f"\n  and {len(records) - _SHOWN} more" if len(records) > _SHOWN else ""
    return f"{name!r} may be any of {len(records)} papers; give a key:{lines}{more}"


def _unknown(store: Store, name: str) -> str:
    wanted = fold(well_formed(name))
    near = "SELECT key FROM paper WHERE key BETWEEN :start AND :start || char(0x10ffff) ORDER BY key LIMIT :limit"
    starts = [well_formed(start) for start in ("", name.strip()[:2], wanted[:2])]
    values = [{"start": start, "limit": _COMPARED} for start in starts]
    keys = {key.lower(): key for bound in values for (key,) in store.execute(near, bound)}
    close = [keys[one] for one in get_close_matches(wanted, keys, 3)]
    meant = f"; did you mean {' or '.join(close)}?" if close else "; pubcli list shows keys and positions"
    return f"no paper has the key, position or title {name!r}{meant}"
