"""Measure how long pubcli takes to read a page of each site, beside a page of the paper feed with as many records.

    python benchmarks/sites.py [RECORDS] [RUNS]

RECORDS is 100 and RUNS is 60 by default. All pages have the same papers, as far as a site shows them. The figures are
processor time within one process (medians of alternating runs, without a cache), as a multiple of the paper feed's; the
target is at most 3. The first figure is for a page whose names and dates were read before, the second for one whose
names and dates are new, as in a process that reads a single page. The third is the first, for each character of the
page. The last line is the time in which a page of 50 records of the paper feed is compared with the anchors of all
sites; the target is at most 1 ms.
"""

import gc
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import _lru_cache_wrapper, partial
from pathlib import Path

import generate
from timing import medians, processor_seconds

from pubcli import read
from pubcli.sites import recognised

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
import site_pages
from site_pages import Record

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MOST_IN_LINE = 80


def records(count: int) -> list[Record]:
    """Return the papers of the paper feed's page, with what the other sites show in addition."""
    return [
        Record(
            title=entry.title,
            authors=entry.authors,
            year=entry.year or 2026,
            month=_MONTHS.index(entry.date[:3]) + 1,
            day=1 + number % 28,
            journal="Journal of Kite Studies",
            volume=1 + number % 40,
            pages=f"{number}-{number + 20}",
            doi=f"10.5555/kites.{number}",
            arxiv=f"{(entry.year or 2026) % 100:02}{1 + number % 12:02}.{number:05}",
            classes=("cs.LG", "math.CO", "stat.ML"),
            comments="12 pages, 3 figures",
            abstract=entry.abstract,
            citations=1000 // number,
            number=number,
        )
        for number, entry in enumerate(generate.entries(count), 1)
    ]


def google_scholar(record: Record) -> str:
    venue = f"{record.journal} {record.volume}, {record.pages}"
    return f"{record.title}\n{', '.join(record.initials)}\n{venue}\n{record.citations}\t{record.year}\n"


def arxiv_search(record: Record) -> str:
    return (
        f"arXiv:{record.arxiv}  [pdf, ps, other]  {' '.join(record.classes)} \ndoi\n{record.doi}\n{record.title}\n\n"
        f"Authors: {', '.join(record.authors)}\n\nAbstract: …{record.abstract[:300]}… ▽ More\n\n"
        f"Submitted {record.submitted}; originally announced {record.announced}.\n\nComments: {record.comments}\n\n"
        f"Journal ref: {record.journal} {record.volume} ({record.year}) {record.pages}\n\n"
    )


def arxiv_author(record: Record) -> str:
    subjects = "Machine Learning (cs.LG); Combinatorics (math.CO); Machine Learning (stat.ML)"
    return (
        f"[{record.number}] arXiv:{record.arxiv} [pdf, html, other]\nTitle: {record.title}\n"
        f"{', '.join(record.authors)}\nComments: {record.comments}\n"
        f"Journal-ref: {record.journal} {record.volume} ({record.year}) {record.pages}\nSubjects: {subjects}\n"
    )


def arxiv_list(record: Record) -> str:
    return f"{arxiv_author(record)}{record.abstract}\n\n"


def dblp(record: Record) -> str:
    venue = f"J. Kite Stud. {record.volume}: {record.pages} ({record.year})"
    return (
        f"\t[j{record.number}]\t\nview\nexport\nask others\n{', '.join(record.authors)}:\n{record.title}. {venue}\t\n"
    )


def acl(record: Record) -> str:
    volume = f"Proceedings of the {record.volume}th Workshop on {record.journal}"
    return f"{record.year}\npdfbibabs\n{record.title}\n{' | '.join(record.authors)}\n{volume}\n"


def pubmed_citation(record: Record) -> str:
    date = f"{record.year} {_MONTHS[record.month - 1]} {record.day}"
    return f"{record.journal}. {date};{record.volume}:{record.pages}. doi: {record.doi}."


def pubmed(record: Record) -> str:
    names = ", ".join(record.surnames_first)
    pmid = 99_000_000 + record.number
    return (
        f"{record.number}\nCite Share\n\n{record.title}.\n{names}.\n{pubmed_citation(record)}\n"
        f"PMID: {pmid} Free PMC article.\n\n"
    )


def pubmed_abstracts(record: Record) -> str:
    names = ", ".join(f"{name}(1)" for name in record.surnames_first)
    parts = (
        f"{record.number}. {pubmed_citation(record)}",
        f"{record.title}.",
        f"{names}.",
        "Author information:\n(1)Department of Kites, Kite University, Windmill.",
        record.abstract,
        f"DOI: {record.doi}\nPMID: {99_000_000 + record.number} [Indexed for MEDLINE]\n\n\n",
    )
    return "\n\n".join("\n".join(map(_wrapped, part.split("\n"))) for part in parts)


def _wrapped(text: str) -> str:
    """Return a text in lines of about 80 characters, as in PubMed's files."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= _MOST_IN_LINE:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\n".join([*lines, line])


def medline(record: Record) -> str:
    names = "".join(
        f"FAU - {full.partition(' ')[2]}, {full.partition(' ')[0]}\nAU  - {short}\n"
        for full, short in zip(record.authors, record.surnames_first, strict=True)
    )
    date = f"{record.year} {_MONTHS[record.month - 1]} {record.day}"
    abstract = _wrapped(record.abstract).replace("\n", "\n      ")
    return (
        f"PMID- {99_000_000 + record.number}\nOWN - NLM\nSTAT- MEDLINE\nVI  - {record.volume}\nDP  - {date}\n"
        f"TI  - {record.title}.\nPG  - {record.pages}\nLID - {record.doi} [doi]\nAB  - {abstract}\n{names}LA  - eng\n"
        f"PT  - Journal Article\nTA  - J Kite Stud\nJT  - {record.journal}\nSO  - {pubmed_citation(record)}\n\n"
    )


SCHOLAR_HEADER = (
    "\nSign in\nGet my own profile\nCited by\nAll\tSince 2021\nCitations\t119\t77\nh-index\t6\t5\ni10-index\t4\t3\n"
    "Follow\nNora Quillfeather\nNora Quillfeather\nReader in Kites, Kite University\n"
    "Verified email at kite.example\nKitesAI\nTitle\t\nCited by\nYear\n"
)
COPIES: dict[str, tuple[str, Callable[[Record], str], str]] = {
    "google-scholar": (SCHOLAR_HEADER, google_scholar, "Articles 1–100\nPrivacyTermsHelp"),
    "arxiv-search": ("Showing 1–50 of 120 results for author: Quillfeather, N\n", arxiv_search, ""),
    "arxiv-author": ("Nora Quillfeather's articles on arXiv\n", arxiv_author, ""),
    "arxiv-list": ("Combinatorics\n", arxiv_list, ""),
    "dblp": ("dblp computer science bibliography\nNora Quillfeather\n2020 – today\n", dblp, ""),
    "acl": ("ACL LogoACL Anthology\nNora Quillfeather\n", acl, "Co-authors\n"),
    "pubmed": ("", pubmed, ""),
    "pubmed abstracts": ("", pubmed_abstracts, ""),
    "medline": ("", medline, ""),
}
"""What a copy has above the list, for each record, and below the list."""


def sources(papers: Sequence[Record]) -> Iterator[tuple[str, bytes]]:
    """Yield the name of each page, and its bytes."""
    yield "paper feed", generate.page(len(papers)).encode()
    for name, (above, record, below) in COPIES.items():
        yield name, (above + "".join(map(record, papers)) + below).encode()
    for name in site_pages.STRUCTURES:
        if name not in ("pubmed", "paper-feed"):  # pubcli reads the visible text of their pages
            yield f"{name} HTML", site_pages.page(name, papers).encode()


BOUNDS = {"HTML": 14, "": 8}
"""The largest acceptable times to read a page, divided by that for a page of the paper feed, by the end of its name.

The paper feed's page is read with one pattern for each record, which no other site's page allows."""


def read_page(data: bytes, count: int) -> None:
    document = read(data)
    assert len(document.papers) == count, len(document.papers)
    assert not document.problems, document.problems[0]


def first_reading_seconds(run: Callable[[], object]) -> float:
    """Return the seconds of processor time that a call takes if no name and no date was read before."""
    for cached in [item for item in gc.get_objects() if isinstance(item, _lru_cache_wrapper)]:
        cached.cache_clear()
    return processor_seconds(run)


def main() -> None:
    """Print the ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 60
    pages = dict(sources(records(count)))
    readings = [partial(read_page, data, count) for data in pages.values()]
    times = medians(runs, *readings, clock=processor_seconds)
    first_times = medians(max(runs // 4, 1), *readings, clock=first_reading_seconds)
    feed = len(pages["paper feed"])
    print(f"{'times as long as':22}  again  first  for each character", flush=True)
    for (name, data), again, first in zip(pages.items(), times, first_times, strict=True):
        ratio = again / times[0]
        print(f"{name:22} {ratio:6.2f} {first / first_times[0]:6.2f} {ratio * feed / len(data):6.2f}", flush=True)
    text = generate.page(50)
    [seconds] = medians(runs, partial(recognised, text), clock=processor_seconds)
    print(f"{'recognition':22} {seconds * 1000:6.2f} ms for 50 records", flush=True)


if __name__ == "__main__":
    main()
