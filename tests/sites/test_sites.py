"""Pages of other sites are recognised with certainty, and those that cannot be read are refused with a remedy."""

import pytest

import pubcli
from pubcli import sites
from pubcli.errors import InputError
from repository import SOURCE


def test_the_docstring_of_sites_names_every_site() -> None:
    packages = {path.parent.name for path in (SOURCE / "sites").glob("*/__init__.py")}
    lines = (sites.__doc__ or "").splitlines()[1:]
    assert packages == {line.split()[0] for line in lines if line}


OTHER_SITES = {
    "hugging-face": """Daily Papers

Apr 24

Kites That Learn Online

Acquiring an accurate kite online is hard. We propose kites.

4 authors
·
Jan 23, 2024

Nonlinear Kites in Feed-Forward Skies

We introduce kites, a unified framework.

2 authors
·
Mar 6
""",
    "pubmed-summary": """1: Quillfeather N, van der Kork IM. Paper kites in the wards: a randomised trial of
flying. J Kite Stud. 2026 Jan 5;22(1):14-29. doi: 10.5555/jks.2026.14. PMID:
99000101; PMCID: PMC99000101.

2: Świtka Ł. [Kites and wind]. Ann Wiatru. 2025 Fall;66:189-97. PMID: 99000088.
""",
    "orcid": """Nora Quillfeather
Works (50 of 120)
Walks on kites
Journal of Kites
2024-05-14 | Journal article
DOI: 10.5555/kites.1
CONTRIBUTORS: Nora Quillfeather; Tomas Brindlewick
Show more detail
Source: Nora Quillfeather
""",
    "openreview": """Publications
Walks on kites
Nora Quillfeather, Tomas Brindlewick
Published: 01 Jan 2024, Last Modified: 05 May 2024
KITE 2024
Readers: Everyone
""",
    "inspire": """Walks on kites
#1
Nora Quillfeather (Kite U.) (Jan 5, 2024)
Published in: J.Kite Stud. 22 (2024) 1 • e-Print: 2401.99001 [hep-th]
pdf
DOI
cite
claim
reference search
12 citations
""",
    "ads": """1
2024ApJ...960..123Q 2024/01 cited: 12
Walks on kites
Quillfeather, Nora; Brindlewick, Tomas
""",
    "scirate": """Walks on kites
Nora Quillfeather, Tomas Brindlewick
May 14 2026 cs.LG math.CO arXiv:2605.99001v1
Scite!
3
PDF
""",
    "semantic-scholar": """Nora Quillfeather
Semantic Scholar
Publications
12
h-index
6
Citations
119
Highly Influential Citations
4
""",
    "researchgate": """Nora Quillfeather
Kite University
Research Interest Score
120.5
Citations
119
Reads
3,201
""",
}


@pytest.mark.parametrize("site", OTHER_SITES)
def test_a_page_that_cannot_be_read_is_refused_by_name_with_what_to_do_instead(site: str) -> None:
    text = OTHER_SITES[site]
    for copied in (text, text.replace("\n", "\r\n"), f"A line of the browser\n{text}"):
        with pytest.raises(InputError) as error:
            pubcli.read(copied)
        assert sites.SITES[site].about in str(error.value)
        assert sites.SITES[site].remedy in str(error.value)


@pytest.mark.parametrize("site", OTHER_SITES)
def test_no_other_site_recognises_the_page(site: str) -> None:
    text = OTHER_SITES[site]
    lines = f"\n{text}"
    names = [name for name, row in sites.SITES.items() if all(sites._occurs(anchor, lines) for anchor in row.anchors)]
    assert names == [site]


def test_the_pages_of_a_paper_feed_are_not_mistaken_for_other_sites(sample: bytes) -> None:
    assert sites.recognised(sample.decode()) is None


def test_dates_prove_nothing_on_a_page_without_header_and_categories() -> None:
    text = "Kites that learn\n\nWe fly kites.\n\nJan 23, 2024\n\nFolded maps\n\nWe fold maps.\n\nMar 6, 2023\n"
    with pytest.raises(InputError, match="not a page that pubcli reads"):
        pubcli.read(text)


def test_naming_the_format_page_does_not_make_another_site_readable() -> None:
    with pytest.raises(InputError, match="Hugging Face"):
        pubcli.read(OTHER_SITES["hugging-face"], form="page")


ADDRESSES = {
    "canonical link": '<html><head><link href="https://{host}/x" rel="canonical"></head>',
    "link the other way round": "<html><head><link rel=\"canonical\" href='https://www.{host}/x'></head>",
    "og:url": '<!doctype html><meta property="og:url" content="https://{host}/x">',
    "comment of Chromium and Firefox": "<!DOCTYPE html>\n<!-- saved from url=(0026)https://{host}/x -->\n<html>",
    "comment of SingleFile": "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: https://{host}/x\n-->",
}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("site", [name for name, site in sites.SITES.items() if site.hosts])
def test_a_saved_page_of_a_site_that_cannot_be_read_is_refused_with_what_to_do_instead(site: str, address: str) -> None:
    html = ADDRESSES[address].format(host=sites.SITES[site].hosts[0]) + "<body><p>Kites</p></body></html>"
    with pytest.raises(InputError) as error:
        pubcli.read(html.encode())
    assert sites.SITES[site].remedy in str(error.value)


@pytest.mark.parametrize("site", OTHER_SITES)
def test_a_site_that_cannot_be_read_is_recognised_by_the_visible_text_of_html(site: str) -> None:
    lines = "".join(f"<div>{line}</div>" for line in OTHER_SITES[site].split("\n"))
    with pytest.raises(InputError) as error:
        pubcli.read(f"<html><body>{lines}</body></html>".encode())
    assert sites.SITES[site].remedy in str(error.value)
