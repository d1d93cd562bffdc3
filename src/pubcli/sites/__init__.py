"""Read text that was copied from web pages in a browser: one package for each supported site.

acl             a person's page of the ACL Anthology
arxiv_page      arXiv's results of a search, listings, and pages of authors
dblp_page       a person's page of DBLP
google_scholar  a person's profile page
paperfeed       the profile page of a site that shows arXiv papers as a feed
pubmed          a list of results, and a file with abstracts
"""

from __future__ import annotations

from itertools import islice

from pubcli.lazy import NamedTuple, pattern, re


class Anchor(NamedTuple):
    """Lines that show which site a text was copied from."""

    hint: str
    """A text that each of these lines contains. Searching for it first is much faster than matching the pattern."""
    pattern: str
    r"""A regular expression. `\n` matches before the first line too, and `$` matches at line ends.

    A search for `\n` is several times as fast as a search for `^`, which examines each character."""
    at_least: int = 1
    """The number of matches that a page of the site has at least."""


class Site(NamedTuple):
    """A site whose copied pages are recognised: one row of the table."""

    about: str
    """What the page is, with an article: `an author page of INSPIRE`."""
    anchors: tuple[Anchor, ...]
    """Text copied from the site has all of these anchors."""
    remedy: str
    """What to do instead of copying the page; empty if pubcli reads the copy."""
    reader: str | None = None
    """The module that reads the copied page, relative to `pubcli`; None if the page cannot be read."""
    html: str | None = None
    """The module that reads the page saved as HTML. If it is None, the text that a browser would show is read."""
    html_anchors: tuple[Anchor, ...] = ()
    """The HTML of each page that `html` reads has all of these anchors."""
    hosts: tuple[str, ...] = ()
    """Hosts of the site's addresses. A saved page with such an address is from the site, whatever it contains. Given
    only for sites that pubcli does not read; pages of the other sites are recognised by their content."""


_ARXIV = r"arXiv:(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
_ASIDE = r"(?:[ \t\xa0]*\([^()\n]*\))*"
_FORMATS = r"[ \t\xa0]*\[(?:pdf|ps|html|other|src|dvi)\b[a-z, ]*\]"
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_NLM_DATE = rf"(?:{_MONTH}|Spring|Summer|Fall|Autumn|Winter|\d{{1,2}}|\d{{4}})"
SITES = {
    "google-scholar": Site(
        "a profile page of Google Scholar",
        (Anchor("\t", r"\n(?:\t?\d+\*?\t(?:\d{4})?|\t\t(?:\d{4})?|\t\d+|[^\t\n]+\t[\d.,]+\t[\d.,]+)[ \t]*$", 3),),
        "",
        "sites.google_scholar.read",
        "sites.google_scholar.html",
        (Anchor("gsc_a_tr", r"<tr\b[^<>]{0,500}\bgsc_a_tr\b"),),
    ),
    "arxiv-page": Site(
        "a page of arXiv with a list of papers",
        (
            Anchor(
                "arXiv:",
                rf"\n[ \t\xa0]*(?:[-\u2022*][ \t\xa0]+)?"
                rf"(?:(?:\d+\.[ \t\xa0]+)?{_ARXIV}{_FORMATS}"
                rf"|\[\d+\][ \t\xa0]*{_ARXIV}{_ASIDE}(?:{_FORMATS}|[ \t\xa0]*\n\s*Title:))",
            ),
        ),
        "",
        "sites.arxiv_page.read",
        "sites.arxiv_page.html",
        (Anchor("list-title", r"<(?:p|div)\b[^<>]{0,500}\blist-title\b"), Anchor("arXiv:", r"\barXiv:\S")),
    ),
    "acl": Site(
        "an author's page of the ACL Anthology",
        (
            Anchor(
                "bib",
                r"\n[ \t\xa0]*(?:pdf ?)?bib(?: ?abs)?(?: [A-Z][^\n]*|[ \t\xa0]*)\n\s*(?:\S[^\n]*\n\s*){1,3}?"
                r"(?:\S[^\n]* \| |Proceedings of |Findings of |Transactions of |Computational Linguistics|Actes d)",
            ),
        ),
        "",
        "sites.acl.read",
        "sites.acl.html",
        (
            Anchor("list-button-row", r"<\w+\b[^<>]{0,500}\blist-button-row\b"),
            Anchor("/people/", r"href=[^<>]{0,200}/people/"),
        ),
    ),
    "dblp-page": Site(
        "a person's page of DBLP",
        (
            Anchor(
                "[",
                # a number, perhaps buttons and names, a line that ends in a colon, and below it a title and a year
                r"\[(?<!\S\[)[a-z]\d{1,5}\](?:[^\n\[]{0,3000}\n){0,80}?[^\n\[]{0,60000}:[ \t\xa0]*\n"
                r"(?:[^\n\[]{0,2000}\n){0,5}?[^\n\[]{0,2000}?\b(?:1[89]|20)\d\d\b",
                2,
            ),
        ),
        "",
        "sites.dblp_page.read",
        "sites.dblp_page.html",
        (
            Anchor("publ-list", r"<ul\b[^<>]{0,500}\bpubl-list\b"),
            Anchor("entry", r"<li\b[^<>]{0,500}\bclass=[\"']?entry\b"),
        ),
    ),
    "pubmed": Site(
        "a list of results of PubMed, or its format Abstract (text)",
        (
            Anchor("PMID: ", r"\n[ \t\xa0]*PMID: ?\d{1,9}(?!\d)"),
            Anchor(
                ". ", rf"\n[ \t\xa0]*(?:\d{{1,6}}\. )?\S[^\n]{{0,300}}\.\s(?:1[5-9]|20)\d\d\b(?:[ -]{_NLM_DATE})*[.;:]"
            ),
        ),
        "",
        "sites.pubmed.read",
    ),
    "pubmed-summary": Site(
        "PubMed's format Summary (text)",
        (
            Anchor("PMID:", r"\bPMID:\s\d{1,9}[.;]"),
            Anchor(": ", r"\n[ \t\xa0]*\d{1,6}: \S[^\n]{0,300}(?: [A-Z]{1,3}[,.;]|\[No authors listed\])"),
        ),
        "choose the format PubMed instead, which saves the records for citation managers, and give pubcli that file",
    ),
    "hugging-face": Site(
        "a list of papers of Hugging Face, which shows no names of authors",
        (Anchor(" author", rf"\n(?:• )?\d+ authors?\n+[ \t]*·[ \t]*\n+{_MONTH} \d"),),
        "copy the pages of the papers' authors elsewhere, or export the papers from arXiv or OpenAlex",
        hosts=("huggingface.co",),
    ),
    "orcid": Site(
        "a record of ORCID",
        (Anchor("Works (", r"\nWorks \(\d+"), Anchor("Source", r"\n(?:Source|CONTRIBUTORS|Contributors) ?:")),
        "on your own record, choose Works, Actions, Export works to BibTeX, and give pubcli the .bib file; for another "
        "person's, ask OpenAlex's API for the works of the ORCID iD",
        hosts=("orcid.org",),
    ),
    "openreview": Site(
        "a page of OpenReview",
        (Anchor("Readers:", r"\n(?:.*\b)?Readers: ?Everyone"), Anchor("odified", r"\b(?:Last M|m)odified: ")),
        "open each paper, choose Show BibTeX, and collect the entries in a .bib file; or take the author's DBLP page",
        hosts=("openreview.net",),
    ),
    "inspire": Site(
        "a page of INSPIRE",
        (Anchor("e-Print: ", r"\be-Print: ?(?:\d{4}\.\d{4,5}|[a-z-]+/\d{7})"), Anchor("cite", r"\n(?:.*\t)?cite\b")),
        "use its cite button (cite all), format BibTeX, and give pubcli the .bib file",
        hosts=("inspirehep.net",),
    ),
    "ads": Site(
        "a list of papers of ADS",
        (
            Anchor("cited: ", r"\bcited: ?\d+"),
            Anchor(".", r"\n(?:\d+\s+)?(?:1[89]|20)\d\d[A-Za-z&.]{5}[\w.]{9}[A-Z.]\b"),
        ),
        "choose Export, in BibTeX, and give pubcli the .bib file",
        hosts=("adsabs.harvard.edu",),
    ),
    "scirate": Site(
        "a list of papers of SciRate",
        (Anchor("Scite!", r"\nScite!"), Anchor("arXiv:", r"\barXiv:\S+ ?v\d+")),
        "copy arXiv's own page of the author instead (arxiv.org, search by author)",
        hosts=("scirate.com",),
    ),
    "semantic-scholar": Site(
        "an author page of Semantic Scholar",
        (
            Anchor("Highly Influential", r"\nHighly Influential Citations"),
            Anchor("Semantic", r"Semantic (?:Scholar|Reader)"),
        ),
        "open each paper's Cite and collect the BibTeX entries, or ask OpenAlex's API for the author's works",
        hosts=("semanticscholar.org",),
    ),
    "researchgate": Site(
        "a profile page of ResearchGate",
        (Anchor("Research Interest Score", "Research Interest Score"), Anchor("Reads", r"\bReads\b")),
        "copy the person's Google Scholar page, or ask OpenAlex's API for the author's works",
        hosts=("researchgate.net",),
    ),
}
"""The sites that are recognised, by the name that `--from` takes. Each site has a reader, or a remedy if pubcli cannot
read its copied pages. The paper feed has no row: a text is read as a page of the feed if it is nothing else."""


def recognised(text: str) -> str | None:
    """Return the name of the site from which a text was copied; None if no site is certain."""
    text = f"\n{text}"
    return next((name for name, site in SITES.items() if all(_occurs(anchor, text) for anchor in site.anchors)), None)


def recognised_html(text: str) -> str | None:
    """Return the name of the site from which HTML was saved; None if no site is certain.

    A site is certain if the HTML has all of its `html_anchors`, or if the page states an address on one of its `hosts`.
    """
    for name, site in SITES.items():
        if site.html_anchors and all(_occurs(anchor, text) for anchor in site.html_anchors):
            return name
    hosts = _hosts(text)
    return next((name for name, site in SITES.items() if any(map(hosts.__contains__, site.hosts))), None)


_ADDRESS_HINTS = ('"canonical"', "saved from url=", "Page saved with SingleFile", '"og:url"')
"""Texts in the tags and comments that state the address of a page."""
_HOST = pattern(r"https?://([\w.-]{1,200})")


def _hosts(text: str) -> set[str]:
    """Return the host of each address that a page states for itself, and the domains that the host belongs to."""
    hosts: set[str] = set()
    for hint in _ADDRESS_HINTS:
        at = text.find(hint)
        if at >= 0 and (match := _HOST.search(text, max(text.rfind("<", 0, at), 0), max(text.find(">", at), 0))):
            labels = match[1].lower().split(".")
            hosts.update(".".join(labels[start:]) for start in range(len(labels)))
    return hosts


def _occurs(anchor: Anchor, text: str) -> bool:
    if anchor.hint not in text:
        return False
    matches = re.finditer(anchor.pattern, text, re.MULTILINE)
    return len(list(islice(matches, anchor.at_least))) == anchor.at_least
