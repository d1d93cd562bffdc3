"""Copy selected papers of a lake into a store, where the analyses of stores answer questions about them."""

from __future__ import annotations

from pubcli.errors import UsageError
from pubcli.inputs.sources import ReadOptions, Source, now
from pubcli.lazy import TYPE_CHECKING, json
from pubcli.query.expression import query_text
from pubcli.store import persons
from pubcli.store.load import load
from pubcli.store.variants import expanded
from pubcli.text.normalize import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pubcli.lake.corpus import LakeCorpus
    from pubcli.model import Document, Paper, Profile
    from pubcli.query.expression import Expression, Query
    from pubcli.store.database import Store

MOST_PAPERS = 1_000_000
"""Maximum number of papers that are copied from a lake. For this number, the analyses of stores have been tried."""


def pulled_store(lake: LakeCorpus, query: Query, command: str, groups: Sequence[Sequence[str]]) -> Store:
    """Return a store in memory with the papers that a query selects.

    `command` is the name of the command, for messages. `groups` are the names of people with several names. Raises
    UsageError if the query selects more than `MOST_PAPERS` papers.
    """
    store = load(document(lake, query.where, command))
    names = [*groups, *_groups(lake)]
    if names:
        persons.apply_groups(store, names)
    return store


def _groups(lake: LakeCorpus) -> list[list[str]]:
    """Return the names of each person with several names in a lake; the displayed name comes first."""
    by_head: dict[str, list[str]] = {}
    for folded, (head, name) in lake.aliases.items():
        by_head.setdefault(head, [name]).append(folded)
    return list(by_head.values())


def document(lake: LakeCorpus, where: Expression | None, command: str) -> Document:
    """Return a document with the selected papers on one page without a header, oldest first.

    Raises UsageError if there are more than `MOST_PAPERS` papers.
    """
    from pubcli.model import Document, Page

    papers = _papers(lake, _selected(lake, where, command))
    return Document(lake.name, (Page(_profile(lake), papers, ()),))


def selected_records(lake: LakeCorpus, where: Expression | None, command: str) -> Source | None:
    """Return the selected papers as a source in pubcli's JSON, to be added to a library; None if there are none.

    The name of the source is that of the lake, with the query. Raises UsageError if there are more than `MOST_PAPERS`.
    """
    from datetime import date

    ids = _selected(lake, where, command)
    if not ids:
        return None
    name = f"{lake.folder}: {query_text(where)}" if where else lake.folder
    data = f"[{','.join(lake.records(ids))}]".encode()
    return Source(name, data, date.fromisoformat(now()[:10]), "today", ReadOptions("json"))


def _selected(lake: LakeCorpus, where: Expression | None, command: str) -> list[int]:
    """Return the numbers of the selected papers. Raises UsageError if there are more than `MOST_PAPERS`."""
    where = expanded(lake, where)
    number = lake.count(where)
    if number > MOST_PAPERS:
        raise UsageError(
            f"the query selects {counted(number, 'paper', 'papers')}, and {command} reads at most {MOST_PAPERS:,} "
            "from a lake; add conditions, such as year:2024.."
        )
    return [row[0] for row in lake.run(lake.select(where).statement("p.paper", "ORDER BY p.paper"))]


def _papers(lake: LakeCorpus, ids: Sequence[int]) -> tuple[Paper, ...]:
    """Return papers with positions in the order of `ids`, because a page has no two papers at one position."""
    from pubcli.model import Paper

    rows = map(json.loads, lake.records(ids))
    return tuple(
        Paper.model_validate({**row, "position": position, "last_line": row["line"]})
        for position, row in enumerate(rows, 1)
    )


def _profile(lake: LakeCorpus) -> Profile:
    """Return the header of the page: a source without an owner."""
    from datetime import date

    from pubcli.model import Profile

    today = date.fromisoformat(now()[:10])
    return Profile(
        name=None, category=None, h_index=None, stated_papers=None, listed_heading=None, citations=None, novelty=None,
        ai_score=None, source=lake.name, as_of=today, as_of_reason="today", assumed_year=None, fitting_years=(),
        lines=(1, 1),
    )  # fmt: skip
