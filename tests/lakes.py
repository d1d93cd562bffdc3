"""Small lakes with the same papers as a store, to compare their answers."""

from collections.abc import Sequence
from pathlib import Path

from pubcli.lake import build
from pubcli.lake.corpus import LakeCorpus, open_lake
from pubcli.model import Document, Page, Paper, Profile
from pubcli.store.database import Store
from pubcli.store.load import load
from strategies import AS_OF


def one_page(papers: Sequence[Paper]) -> Document:
    """Return a document with papers on one page without a header."""
    profile = Profile(
        name=None, category=None, h_index=None, stated_papers=None, listed_heading=None, citations=None, novelty=None,
        ai_score=None, source="text", as_of=AS_OF, as_of_reason="as given", assumed_year=None, fitting_years=(),
        lines=(),
    )  # fmt: skip
    return Document("text", (Page(profile, tuple(papers), ()),))


def distinct(papers: Sequence[Paper]) -> list[Paper]:
    """Return papers, each with its own key and position, and on no page."""
    values = {"profile": None, "source": "text", "line": 1}
    return [
        paper.model_copy(update={"key": f"k{number}", "position": number, **values})
        for number, paper in enumerate(papers, 1)
    ]


def store_and_lake(papers: Sequence[Paper], folder: Path, address: str = "duckdb") -> tuple[Store, LakeCorpus]:
    """Return a store and a lake with the same papers, in the order in which a lake numbers them."""
    papers = distinct(sorted(papers, key=lambda paper: str(paper.date or "")))
    build.build_small(papers, folder)
    return load(one_page(papers)), open_lake(str(folder), address, may_scan=True)
