"""Find out which page provides each field of a paper that several pages of a library list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pubcli.answer.answer import Answer
from pubcli.lazy import TYPE_CHECKING
from pubcli.store.database import Store

if TYPE_CHECKING:
    from pubcli.answer.rows import PaperRow


def with_field_sources(store: Store, answer: Answer[PaperRow], ids: Sequence[int]) -> Answer[PaperRow]:
    """Return papers with the field `field_sources`: for each field of a paper, the page that provides it.

    `ids` are the ids of the papers. If each paper is on one page only, the answer stays as it is.
    """
    papers = list(answer.rows)
    if not any(paper["also_on"] for paper in papers):
        return answer._replace(rows=papers)
    fields = (*answer.fields, "field_sources")
    return answer._replace(fields=fields, rows=_with_sources(store, papers, ids), encoded=None)


def _with_sources(store: Store, papers: Sequence[PaperRow], ids: Sequence[int]) -> Iterator[PaperRow]:
    from pubcli.biblio.merged_record import field_sources  # these modules load the models, and few papers need them
    from pubcli.store.library import grouping

    for paper, id_ in zip(papers, ids, strict=True):
        listings = grouping.listings_of(store, id_)
        yield {**paper, "field_sources": field_sources(listings) if len(listings) > 1 else {}}
