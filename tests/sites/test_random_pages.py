"""No line of a random page is lost, in any order of the lines that a site's pages may have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import pubcli
from line_uses import assert_each_line_used_once
from pubcli.errors import PubcliError
from thoroughness import examples

ARXIV = (
    "Showing 1–2 of 2 results for author: Bow, A", "Alice Bow's articles on arXiv", "Total of 4 entries",
    "arXiv:2601.01234  [pdf, ps]  cs.LG math.CO", "arXiv:2601.01235v2    math.CO", "[1] arXiv:2601.01236 [pdf]",
    "[2] arXiv:2601.01237 (replaced) [pdf, html]", "doi", "10.5555/kites", "Title: Walks", "Walks",
    "Authors: Alice Bow",
    "Alice Bow, Carol Day (Kite University)", "Abstract: We fly… ▽ More", "We fly.", "Comments: 12 pages", "…", "2",
    "Submitted 14 May, 2026; v1 submitted 2 January, 2026; originally announced January 2026.",
    "Submitted 14 May, 2026",
    "Report number: K-1 MSC Class: 68W20", "Journal ref: J. Kites 12 (2026) 1-20", "Subjects: Combinatorics (math.CO)",
    "Next", "Skip to main content", "New submissions (showing 2 of 2 entries)", "", "\u200b", "DOI: x",
)  # fmt: skip
ACL = (
    "ACL LogoACL Anthology", "Alice Bow", "Also published as: A. Bow", "2025", "pdfbibabs", "pdf bib Code", "bib",
    "Code", "Walks on kites", "Alice Bow | Carol Day", "Proceedings of Kites", "We fly.", "Co-authors", "Carol Day 1",
    "Venues", "",
)  # fmt: skip
RECORDS = {
    "arxiv-page": "\n[9] arXiv:2601.01239 [pdf]\nTitle: Tails\nAlice Bow\nSubjects: Combinatorics (math.CO)\n",
    "acl": "\npdfbib\nTails\nAlice Bow\nProceedings of Tails\n",
}


def assert_no_line_lost(lines: list[str], site: str) -> None:
    data = ("\n".join(lines) + RECORDS[site]).encode()
    try:
        document = pubcli.read(data, form=site)
    except PubcliError:  # refused as a whole
        return
    assert_each_line_used_once(document, data)
    assert sum(len(page.papers) for page in document.pages) > 0


@pytest.mark.parametrize(("site", "lines"), [("arxiv-page", ARXIV), ("acl", ACL)], ids=["arxiv-page", "acl"])
def test_no_line_of_a_page_is_lost(site: str, lines: tuple[str, ...]) -> None:
    @examples(600)
    @given(st.lists(st.one_of(st.sampled_from(lines), st.text(max_size=8)), max_size=25))
    def check(page: list[str]) -> None:
        assert_no_line_lost(page, site)

    check()
