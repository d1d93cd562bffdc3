"""Fill the structure of sites' pages with other records. The frames are those of the pages in `fixtures/sites`."""

import html
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pubcli.biblio.arxiv_categories import NAMES
from repository import SITES

PERSON = "Nora Quillfeather"
"""The person whose pages the frames are."""
_MONTHS = "January February March April May June July August September October November December".split()


class Record(NamedTuple):
    """A paper on the pages of all sites, each of which shows a part of it."""

    title: str
    authors: tuple[str, ...]
    year: int
    month: int
    day: int
    journal: str
    volume: int
    pages: str
    doi: str
    arxiv: str
    classes: tuple[str, ...]
    comments: str
    abstract: str
    citations: int
    number: int
    """The place on the page, counted from 1."""

    @property
    def closed_title(self) -> str:
        """The title with a full stop at its end, as DBLP and PubMed show it."""
        return self.title if self.title.endswith(("?", "!")) else f"{self.title}."

    @property
    def initials(self) -> tuple[str, ...]:
        """The authors as Google Scholar shows them: `N Quillfeather`."""
        return tuple(f"{name[0]} {name.partition(' ')[2]}" for name in self.authors)

    @property
    def surnames_first(self) -> tuple[str, ...]:
        """The authors as PubMed shows them: `Quillfeather N`."""
        return tuple(f"{name.partition(' ')[2]} {name[0]}" for name in self.authors)

    @property
    def submitted(self) -> str:
        """The day of the first version as arXiv's search shows it."""
        return f"{self.day} {_MONTHS[self.month - 1]}, {self.year}"

    @property
    def announced(self) -> str:
        """The month of the first version."""
        return f"{_MONTHS[self.month - 1]} {self.year}"


def google_scholar(record: Record) -> str:
    user = "K1TEk1tAAAAJ"
    title = (
        f'<a href="/citations?view_op=view_citation&amp;hl=en&amp;user={user}&amp;'
        f'citation_for_view={user}:K{record.number:05}" class="gsc_a_at">{_escaped(record.title)}</a>'
    )
    venue = f"{_escaped(record.journal)} {record.volume}, {record.pages}"
    cited = str(record.citations or "")
    address = (
        f"https://scholar.google.com/scholar?oi=bibs&amp;hl=en&amp;cites={10**18 + record.number}" if cited else ""
    )
    return (
        f'<tr class="gsc_a_tr"><td class="gsc_a_t">{title}'
        f'<div class="gs_gray">{_escaped(", ".join(record.initials))}</div>'
        f'<div class="gs_gray">{venue}<span class="gs_oph">, {record.year}</span></div></td>'
        f'<td class="gsc_a_c"><a href="{address}" class="gsc_a_ac gs_ibl">{cited}</a></td>'
        f'<td class="gsc_a_y"><span class="gsc_a_h gsc_a_hc gs_ibl">{record.year}</span></td></tr>'
    )


def arxiv_search(record: Record) -> str:
    people = ", \n      ".join(f'<a href="/search/?query=x">{_escaped(name)}</a>' for name in record.authors)
    tags = "\n        ".join(
        f'<span class="tag is-small is-link tooltip is-tooltip-top" data-tooltip="{NAMES[name]}">{name}</span>'
        for name in record.classes
    )
    bold = '<span class="has-text-black-bis has-text-weight-semibold">'
    less = '<a class="is-size-7" style="white-space: nowrap;" onclick="">&#9651; Less</a>'
    more = '<a class="is-size-7" style="white-space: nowrap;" onclick="">&#9661; More</a>'
    abstract = _escaped(record.abstract)
    return f"""
  <li class="arxiv-result">
    <div class="is-marginless">
      <p class="list-title is-inline-block"><a href="https://arxiv.org/abs/{record.arxiv}">arXiv:{record.arxiv}</a>
        <span>&nbsp;[<a href="https://arxiv.org/pdf/{record.arxiv}">pdf</a>, <a href="https://arxiv.org/ps/x">ps</a>,\
 <a href="https://arxiv.org/format/{record.arxiv}">other</a>]&nbsp;</span>
      </p>
      <div class="tags is-inline-block">
        {tags}
        </div>
          <div class="is-inline-block" style="margin-left: 0.5rem">
            <div class="tags has-addons">
              <span class="tag is-dark is-size-7">doi</span>
              <span class="tag is-light is-size-7"><a class="" href="https://doi.org/{record.doi}">{record.doi} \
<i class="fa fa-external-link" aria-hidden="true"></i></a></span>
            </div>
          </div>
    </div>
    <p class="title is-5 mathjax">
        {_escaped(record.title)}
    </p>
    <p class="authors">
      <span class="search-hit">Authors:</span>
      {people}
    </p>
    <p class="abstract mathjax">
      {bold}Abstract</span>:
      <span class="abstract-short has-text-grey-dark mathjax" id="{record.arxiv}v1-abstract-short" \
style="display: inline;">
        {abstract[:150]}… {more}
      </span>
      <span class="abstract-full has-text-grey-dark mathjax" id="{record.arxiv}v1-abstract-full" style="display: none;">
        {abstract}
        {less}
      </span>
    </p>
    <p class="is-size-7">{bold}Submitted</span> {record.submitted};
      {bold}originally announced</span> {record.announced}.

    </p>
    <p class="comments is-size-7">
      {bold}Comments:</span>
      <span class="has-text-grey-dark mathjax">{_escaped(record.comments)}</span>
    </p>
    <p class="comments is-size-7">
      {bold}Journal ref:</span>
      {_escaped(record.journal)} {record.volume} ({record.year}) {record.pages}
    </p>
  </li>"""


def arxiv_author(record: Record) -> str:
    return _arxiv_listed(record, "")


def arxiv_list(record: Record) -> str:
    return _arxiv_listed(record, f"<p class='mathjax'>\n          {_escaped(record.abstract)}\n        </p>")


def _arxiv_listed(record: Record, abstract: str) -> str:
    people = ", ".join(f'<a href="https://arxiv.org/search/?query=x">{_escaped(name)}</a>' for name in record.authors)
    first, *others = (f"{_escaped(NAMES[name])} ({name})" for name in record.classes)
    subjects = "; ".join([f'<span class="primary-subject">{first}</span>', *others])
    return f"""
    <dt>
      <a name='item{record.number}'>[{record.number}]</a>
      <a href ="/abs/{record.arxiv}" title="Abstract" id="{record.arxiv}">
        arXiv:{record.arxiv}
      </a>

      [<a href="/pdf/{record.arxiv}" title="Download PDF" id="pdf-{record.arxiv}">pdf</a>,
    <a href="/html/{record.arxiv}" title="View HTML" id="html-{record.arxiv}">html</a>,
    <a href="/format/{record.arxiv}" title="Other formats" id="othe-{record.arxiv}">other</a>]
    </dt>
    <dd>
      <div class='meta'>
        <div class='list-title mathjax'><span class='descriptor'>Title:</span>
          {_escaped(record.title)}
        </div>
        <div class='list-authors'>{people}</div>

        <div class='list-comments mathjax'><span class='descriptor'>Comments:</span>
          {_escaped(record.comments)}
        </div>
        <div class='list-journal-ref'><span class='descriptor'>Journal-ref:</span>
          {_escaped(record.journal)} {record.volume} ({record.year}) {record.pages}
        </div>
        <div class='list-subjects'><span class='descriptor'>Subjects:</span>
          {subjects}
        </div>
        {abstract}
      </div>
    </dd>"""


def dblp(record: Record) -> str:
    key = f"journals/jks/Q{record.number}"
    people = ", ".join(
        f'<span itemprop="author" itemscope itemtype="http://schema.org/Person"><a href="http://dblp.org/pid/x" '
        f'itemprop="url"><span itemprop="name">{_escaped(name)}</span></a></span>'
        for name in record.authors
    )
    part = '<span itemprop="isPartOf" itemscope itemtype="http://schema.org/Periodical">'

    def menu(alternative: str, href: str, rows: str, title: str) -> str:
        return (
            f'<li class="drop-down"><div class="head"><a href="{href}"><img alt="{alternative}" src="x.png" '
            f'class="icon" /></a></div><div class="body"><p><b>{title}</b></p><ul>{rows}</ul></div></li>'
        )

    doi = f"https://doi.org/{record.doi}"
    menus = (
        menu(
            "view",
            doi,
            f'<li><a href="{doi}" itemprop="url"><img alt="" src="x.png" />electronic edition</a></li>',
            "view",
        )
        + menu("export", "x", "<li>BibTeX</li><li>RIS</li><li>XML</li>", "export record")
        + menu("ask others", "x", "<li>Google</li>", "ask others")
    )
    return (
        f'<li class="year">{record.year}</li><li class="entry article" id="{key}" itemscope '
        'itemtype="http://schema.org/ScholarlyArticle"><div class="box"><img alt="" title="Journal Articles" '
        f'src="x.png" /></div><div class="nr" id="j{record.number}">[j{record.number}]</div><nav class="publ"><ul>'
        f'{menus}</ul></nav><div class="data">{people}:<br /> '
        f'<span class="title" itemprop="name">{_escaped(record.closed_title)}</span> <a href="http://dblp.org/db/journals/">'
        f'{part}<span itemprop="name">{_escaped(record.journal)}</span></span> {part}<span itemprop="volumeNumber">'
        f'{record.volume}</span></span></a>: <span itemprop="pagination">{record.pages}</span> '
        f'(<span itemprop="datePublished">{record.year}</span>)</div></li>'
    )


def acl(record: Record) -> str:
    place = f"{record.year}.kite-1.{record.number}"
    badge = '<a class="badge align-middle me-1" href'
    people = "\n |\n".join(f'<a href="/people/x/">{_escaped(name)}</a>' for name in record.authors)
    return f"""<h4>{record.year}</h4>
<div class="d-sm-flex align-items-stretch mb-3"><div class="d-block me-2 list-button-row">\
<span class="d-inline d-sm-block text-nowrap">{badge}="https://aclanthology.org/{place}.pdf">pdf
</a>{badge}="/{place}.bib">bib
</a>{badge}="#abstract-{place}">abs</a></span>
<span class="d-inline d-sm-block text-nowrap"></span></div>
<span class="d-block"><strong><a class="align-middle" href="/{place}/">{_escaped(record.title)}</a></strong><br>
{people}<br><a href="/volumes/{record.year}.kite-1/" class="text-muted">Proceedings of the {record.volume}th \
Workshop on {_escaped(record.journal)}</a></span></div>
<div class="card bg-light mb-2 mb-lg-3 collapse abstract-collapse" id="abstract-{place}" style="display: none">\
<div class="card-body p-3 small">{_escaped(record.abstract)}</div></div>
"""


def pubmed(record: Record) -> str:
    date = f"{record.year} {_MONTHS[record.month - 1][:3]} {record.day}"
    return f"""<article class="full-docsum"><div class="item-selector-wrap"><label class="search-result-position">\
<span class="position-number">{record.number}</span></label></div><div class="result-actions-bar side-bar"><div>\
<button>Cite</button> <button>Share</button></div></div><div class="docsum-wrap"><div class="docsum-content">\
<p><a class="docsum-title" href="/{99_000_000 + record.number}/">{_escaped(record.closed_title)}</a></p>\
<div class="docsum-citation full-citation"><span class="docsum-authors full-authors">\
{_escaped(", ".join(record.surnames_first))}.</span><br><span class="docsum-journal-citation full-journal-citation">\
{_escaped(record.journal)}. {date};{record.volume}:{record.pages}. doi: {record.doi}.</span><br>\
<span class="citation-part">PMID: <span class="docsum-pmid">{99_000_000 + record.number}</span></span></div></div>\
</div></article>
"""


def paper_feed(record: Record) -> str:
    category = record.classes[0].rpartition(".")[2].upper()
    date = f"{_MONTHS[record.month - 1][:3]} {record.day}, {record.year}"
    return (
        f"<article><div><span>{category}</span><span>{date}</span></div><h3>{_escaped(record.title)}</h3>"
        f"<p>{_escaped(', '.join(record.authors))}</p><p>{_escaped(record.abstract)}</p></article>"
    )


class Structure(NamedTuple):
    """How a site builds a page: the page from which its frame is taken, and the element of a record."""

    element: Callable[[Record], str]
    example: str
    """The page, relative to `fixtures/sites`; empty for a page without a frame."""
    first: str
    """The text with which the first record in the example begins."""
    below: str
    """The text below the last record."""
    style: str = ""
    """What the site's style sheets hide or put on one line, because a browser copies only what it displays."""


STRUCTURES = {
    "google-scholar": Structure(
        google_scholar,
        "google-scholar/profile.html",
        '<tr class="gsc_a_tr">',
        '</tbody></table><div id="gsc_a_sp">',
        ".gs_md_wnw, .gs_md_d, #gs_hdr_drw, #gs_hdr_md, #gs_alrt, #gsc_prf_t_wrp, .gs_alrt, #gs_ftr_mnu"
        ", .gsc_rsb_a_ext2, .gsc_rsb_hm, .gs_oph, #gsc_a_err, button { display: none }"
        " .gsc_g_xtl, .gsc_g_t { position: absolute }",
    ),
    "arxiv-search": Structure(
        arxiv_search,
        "arxiv/search.html",
        '<li class="arxiv-result">',
        "</ol>",
        ".is-inline-block { display: inline-block !important } .tags { display: flex } .tag { display: inline-flex }",
    ),
    "arxiv-author": Structure(arxiv_author, "arxiv/author.html", "<dt>", "</dl>"),
    "arxiv-list": Structure(arxiv_list, "arxiv/list-new.html", "<dt>", "</dl>"),
    "dblp": Structure(
        dblp,
        "dblp/person.html",
        '<li class="year">',
        '</ul></div></div></div>\n<div id="footer">',
        ".body { display: none }",
    ),
    "acl": Structure(
        acl,
        "acl/author.html",
        "<h4>",
        '</div>\n<div class="col-lg-3">',
        ".badge, .d-inline { display: inline-block } .collapse, .visually-hidden { display: none }",
    ),
    "pubmed": Structure(pubmed, "", "", ""),
    "paper-feed": Structure(paper_feed, "", "", ""),
}
"""The pages, by a name for each."""


def page(name: str, records: Sequence[Record]) -> str:
    """Return a page with a list of records as HTML. What its header states is that of the example."""
    structure = STRUCTURES[name]
    listed = "".join(map(structure.element, records))
    if not structure.example:
        head = '<head><meta charset="utf-8"></head>'
        return f'<!DOCTYPE html><html lang="en">{head}<body>\n{listed}</body></html>'
    text = (SITES / structure.example).read_text(encoding="utf-8")
    text = text.replace("</head>", f"<style>{structure.style}</style></head>", 1)
    start, end = text.index(structure.first), text.rindex(structure.below)
    return text[:start] + listed + text[end:]


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
