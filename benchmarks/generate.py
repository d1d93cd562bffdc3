"""Generate profile pages and bibliographies of any size; the same size always generates the same text.

    python benchmarks/generate.py

The generated papers resemble those of a real page, fixtures/razaviyayn.txt. This command prints how: the measures of
the papers of the real page, beside those of 10,000 generated papers (`pages`).

Most words are invented, but as frequent as those of a natural language: the n-th most frequent word occurs in
proportion to 1 / (n + 4) ** 1.25 (the law of Zipf and Mandelbrot). The most frequent ones are English function words,
which separate phrases. The page of one person repeats no title, but bibliographies do: they contain many an Editorial
or Preface.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

_GIVEN_NAMES = (
    "Andrew Sina Tianjian Devansh Zeman Ali Babak Maziar James Daniel Yinbin Renyuan Songtao José Mihailo Çelik".split()
)
_SYLLABLES = "ra vi ya lo wy hu gu pta li ba rou mo ham so ta ka se no do per fo lin er kov ski son man".split()
_FORMULAS = (r"$O(\varepsilon^{-3.5})$", r"$\mathbb{R}^d$", "$θ_0$", r"$\frac{1}{\sqrt{n}}$", "$1/ε$")
_CATEGORIES = ["LG"] * 12 + ["OC"] * 4 + ["CL", "CL", "ML", "CV", "CR", "NA", "ST", "CHEM-PH"]
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
COMMON_TITLES = (
    "Editorial", "Preface", "Introduction", "Erratum", "Reply", "Correction", "Foreword", "Book Review", "Discussion",
    "Corrigendum", "Abstracts", "Guest Editorial",
)  # fmt: skip
"""Titles that many papers have, the most frequent one first."""
_SHARE_OF_COMMON_TITLES = 0.02
_NEW_PERSON = 0.5
"""The share of names in bylines that belong to people who are on no earlier paper."""
_RECENT = 2_000
"""People are co-authors of papers that follow each other: a name is taken from this number of recent ones."""
_VOCABULARY = 60_000
_FUNCTION_WORDS = (
    "the of and to a in we for that is with on this by as are an which be from can our has it show using results "
    "problem such method these propose approach algorithm based under both more paper proposed also problems methods "
    "where then than between over existing provide new two algorithms however while only their".split()
)
"""The most frequent words of English abstracts, the most frequent one first."""


class Entry(NamedTuple):
    """A generated paper."""

    category: str
    date: str
    year: int | None
    title: str
    authors: tuple[str, ...]
    truncated: bool
    abstract: str

    @property
    def record(self) -> str:
        """The lines of the paper on a page, with blank lines between the parts."""
        byline = ", ".join(self.authors) + (" et al." if self.truncated else "")
        return f"{self.category}{self.date}\n{self.title}\n\n{byline}\n\n{self.abstract}\n\n"


class _Writer:
    """Writes papers about which nothing is known but how frequent their words and names are."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._people: list[str] = []

    def entry(self, title: str | None = None) -> Entry:
        """Return a paper. If `title` is None, the paper gets a title of its own, or seldom one of `COMMON_TITLES`."""
        random = self.random
        year = random.choices([None, random.randint(2012, 2025)], [2, 23])[0]
        badge = "Code" if random.random() < 0.12 else ""
        return Entry(
            category=random.choice(_CATEGORIES),
            date=f"{random.choice(_MONTHS[:10])} {random.randint(1, 28)}" + (f", {year}" if year else "") + badge,
            year=year,
            title=title or self._title(),
            authors=self._authors(),
            truncated=random.random() < 0.6,
            abstract=self._abstract(),
        )

    def person(self) -> str:
        """Return the name of a person who is on no earlier paper, apart from chance."""
        syllables = self.random.choices(_SYLLABLES, k=self.random.randint(2, 4))
        return f"{self.random.choice(_GIVEN_NAMES)} {''.join(syllables).title()}"

    def words(self, count: int) -> list[str]:
        """Return words in the frequencies of a natural language."""
        vocabulary, weights = _vocabulary()
        return self.random.choices(vocabulary, cum_weights=weights, k=count)

    def _title(self) -> str:
        if self.random.random() < _SHARE_OF_COMMON_TITLES:
            weights = [1 / rank for rank in range(1, len(COMMON_TITLES) + 1)]
            return self.random.choices(COMMON_TITLES, weights)[0]
        return " ".join(self.words(self.random.randint(6, 14))).title()

    def _authors(self) -> tuple[str, ...]:
        authors = {}
        for _ in range(*self.random.choices((1, 2, 3), (4, 6, 90))):
            is_new = not self._people or self.random.random() < _NEW_PERSON
            name = self.person() if is_new else self.random.choice(self._people[-_RECENT:])
            authors[name] = None
            if is_new:
                self._people.append(name)
        return tuple(authors)

    def _abstract(self) -> str:
        words = self.words(self.random.randint(148, 280))
        if self.random.random() < 0.32:
            for _ in range(3):
                words[self.random.randrange(len(words))] = self.random.choice(_FORMULAS)
        while self.random.random() < 0.34:
            place = self.random.randrange(len(words) - 1)
            words[place : place + 2] = ["/".join(words[place : place + 2])]
        address = f" Our code is available at https://github.com/{words[0]}/{words[1]}."
        return f"{' '.join(words).capitalize()}.{address if self.random.random() < 0.12 else ''}"


@cache
def _vocabulary() -> tuple[list[str], Sequence[float]]:
    """Return words, the most frequent one first, and their cumulative weights. Frequent words are short.

    The word `half` occurs in about half of the papers.
    """
    random = Random(20261123)
    words: dict[str, None] = dict.fromkeys(["half", *_FUNCTION_WORDS])
    while len(words) < _VOCABULARY:
        fewest, most = (1, 3) if len(words) < 130 else (2, 6)
        words["".join(random.choices(_SYLLABLES, k=random.randint(fewest, most)))] = None
    zipf = [1 / (rank + 4) ** 1.25 for rank in range(1, len(words))]
    half = 0.0035 * sum(zipf)
    return list(words), list(accumulate([half, *zipf]))


def entries(count: int) -> Iterator[Entry]:
    """Yield `count` papers."""
    writer = _Writer(20261123)
    for _ in range(count):
        yield writer.entry()


def pages(count: int, page_size: int = 50) -> Iterator[str]:
    """Yield pages of different people, `count` papers in total. Every tenth paper is also on the previous page."""
    writer = _Writer(20261123)
    previous: list[str] = []
    for number in range(0, count, page_size):
        shared = previous[::10]
        records = [writer.entry().record for _ in range(min(page_size, count - number) - len(shared))] + shared
        yield _page(f"{writer.person()} {number:x}".title(), records)
        previous = records


def titled_pages(count: int, title: str | None) -> Iterator[str]:
    """Yield `count` pages of different people with a paper each, by different authors.

    All papers have the title `title`, or each has a title of its own if `title` is None.
    """
    writer = _Writer(20261123)
    for number in range(count):
        own_title = f"{' '.join(writer.words(8))} {number}".title()
        name = f"{writer.person()} {number:x}".title()
        yield _page(name, [writer.entry(title or own_title)._replace(authors=(name,)).record])


def page(count: int) -> str:
    """Return a profile page with blank lines between the parts of a record."""
    return _page("Generated Person", [entry.record for entry in entries(count)])


def _page(name: str, records: Sequence[str]) -> str:
    counts = ["h-index61", f"{len(records)}papers", "1,584citations"]
    return "\n".join([name, "", "LG", *counts, "", f"{len(records)} Papers", "", ""]) + "".join(records)


def bibtex(count: int) -> str:
    """Return the papers of `page` as a BibTeX file."""
    return "\n\n".join(_bibtex_entry(number, entry) for number, entry in enumerate(entries(count)))


def _bibtex_entry(number: int, entry: Entry) -> str:
    authors = " and ".join((*entry.authors, *(["others"] if entry.truncated else [])))
    fields = {
        "title": entry.title,
        "author": authors,
        "year": str(entry.year or 2026),
        "month": entry.date[:3].lower(),
        "keywords": entry.category,
        "abstract": entry.abstract,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{paper{number},\n{lines}\n}}"


def json_lines(count: int) -> Iterator[str]:
    """Yield the papers of `page` as lines of a JSON Lines file, without keys, so that pubcli derives them."""
    for entry in entries(count):
        yield (
            json.dumps(
                {
                    "title": entry.title,
                    "authors": entry.authors,
                    "authors_complete": not entry.truncated,
                    "date": f"{entry.year or 2026}-01-01",
                    "category": entry.category,
                    "abstract": entry.abstract,
                },
                ensure_ascii=False,
            )
            + "\n"
        )


_PLACES = ("Germany", "USA", "Peoples R China", "England", "France", "India", "Japan", "Brazil", "Canada", "Italy")
_LANGUAGES = ("en", "en", "en", "en", "eng", "de", "fr", "zh", "English")
_VENUES, _KEYWORDS = 4_000, 20_000


def database_lines(count: int) -> Iterator[str]:
    """Yield the papers of `page` as lines of a JSON Lines file, with what databases of publications add.

    That are venues, publishers, citations, keywords, languages and affiliations. The n-th venue and the n-th keyword
    occur in proportion to 1 / n. Every tenth name of a venue is in capitals.
    """
    random = Random(20261130)
    venues = list(accumulate(1 / rank for rank in range(1, _VENUES + 1)))
    keywords = list(accumulate(1 / rank for rank in range(1, _KEYWORDS + 1)))
    for text in json_lines(count):
        (venue,) = random.choices(range(_VENUES), cum_weights=venues)
        first, second = (_SYLLABLES[number % len(_SYLLABLES)].title() for number in (venue, venue // 28))
        name = f"Journal of {first} and {second} {venue // 784}"
        orgs = random.choices(range(900), k=random.randint(1, 3))
        affiliations = [f"[Doe, J.] Univ Number {org}, Dept Kites, Town {org}, {_PLACES[org % 10]}." for org in orgs]
        chosen = random.choices(range(_KEYWORDS), cum_weights=keywords, k=5)
        paper = json.loads(text) | {
            "venue": name.upper() if random.random() < 0.1 else name,
            "publisher": f"Press {venue % 60}",
            "kind": random.choice(("article", "article", "inproceedings", "book")),
            "citations": int(random.paretovariate(1.1)) - 1 if random.random() < 0.8 else None,
            "keywords": [f"Keyword {number}" for number in dict.fromkeys(chosen)],
            "extra": {"LA": random.choice(_LANGUAGES), "C1": "; ".join(affiliations)},
        }
        yield json.dumps(paper, ensure_ascii=False) + "\n"


# How the generated papers compare with those of a real page


def _records(page_texts: Iterable[str]) -> list[Any]:
    from pubcli import read

    return [paper for text in page_texts for paper in read(text.encode()).papers]


def _measures(papers: Sequence[Any]) -> dict[str, float]:
    """Return measures of papers, as `main` prints them."""
    from pubcli.language.phrases import phrases

    abstracts = [paper.abstract or "" for paper in papers]
    words = [word.strip(".,;:()").lower() for abstract in abstracts for word in abstract.split()]
    names = [name for paper in papers for name in paper.authors]
    titles = [paper.title for paper in papers]
    count, first = len(papers), abstracts[:200]
    texts = [f"{paper.title} {paper.abstract}" for paper in papers]
    return {
        "authors that a byline shows": len(names) / count,
        "bylines with four names or more, %": 100 * sum(len(paper.authors) > 3 for paper in papers) / count,
        "people who are on no other paper before": len(set(names)) / count,
        "author lists that are truncated, %": 100 * sum(not paper.authors_complete for paper in papers) / count,
        "words in an abstract": len(words) / count,
        "letters in a word": sum(map(len, words)) / len(words),
        "different words in the first 1,000 words": len(set(words[:1_000])),
        "different words in the first 5,000 words": len(set(words[:5_000])),
        "phrases in an abstract": sum(len(phrases(abstract)) for abstract in first) / len(first),
        "slashes in title and abstract": sum(text.count("/") for text in texts) / count,
        "abstracts with an address, %": 100 * sum("://" in abstract for abstract in abstracts) / count,
        "abstracts with a formula, %": 100 * sum("$" in abstract for abstract in abstracts) / count,
        "papers with the title of an earlier one, %": 100 * (count - len(set(titles))) / count,
    }


def main() -> None:
    """Print the measures of the real page and of generated pages."""
    fixture = Path(__file__).parents[1] / "fixtures" / "razaviyayn.txt"
    real, generated = _measures(_records([fixture.read_text()])), _measures(_records(pages(10_000)))
    print(f"{'':42} {'real page':>10} {'generated':>10}")
    for name, value in real.items():
        print(f"{name:42} {value:10.2f} {generated[name]:10.2f}")


if __name__ == "__main__":
    main()
