"""Generate profile pages and BibTeX files of any size; the same size always generates the same text.

The generated papers resemble the page in fixtures/ in the lengths of abstracts, the numbers of authors, and the shares
of truncated author lists, dates without a year and abstracts with formulas.
"""

from collections.abc import Iterator
from itertools import accumulate
from random import Random
from typing import NamedTuple

_GIVEN_NAMES = (
    "Andrew Sina Tianjian Devansh Zeman Ali Babak Maziar James Daniel Yinbin Renyuan Songtao José Mihailo Çelik".split()
)
_SYLLABLES = "ra vi ya lo wy hu gu pta li ba rou mo ham so ta ka se no do per fo lin er kov ski son man".split()
_TOPICS = (
    "private federated learning robust optimization nonconvex min-max games diffusion models fair inference gradient "
    "convergence stochastic memory language sampling adaptive kernels bounds networks estimation control policy "
    "differential privacy attribution tensor decomposition imputation adversarial quantization zeroth-order regret"
).split()
_FILLERS = (
    "we study the problem of in this work and show that under our with for a on to is are by an which can".split()
)
_FORMULAS = (r"$O(\varepsilon^{-3.5})$", r"$\mathbb{R}^d$", "$θ_0$", r"$\frac{1}{\sqrt{n}}$", "$L_p$")
_CATEGORIES = ["LG"] * 12 + ["OC"] * 4 + ["CL", "CL", "ML", "CV", "CR", "NA", "ST", "CHEM-PH"]
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Entry(NamedTuple):
    """A generated paper."""

    category: str
    date: str
    year: int | None
    title: str
    authors: tuple[str, ...]
    truncated: bool
    abstract: str


def entries(count: int) -> Iterator[Entry]:
    """Yield `count` papers."""
    random = Random(20261123)
    people = [_person(random) for _ in range(max(60, count // 5))]
    for _ in range(count):
        year = random.choices([None, random.randint(2012, 2025)], [2, 23])[0]
        month, day = random.choice(_MONTHS[:10]), random.randint(1, 28)
        badge = "Code" if random.random() < 0.12 else ""
        yield Entry(
            category=random.choice(_CATEGORIES),
            date=f"{month} {day}" + (f", {year}" if year else "") + badge,
            year=year,
            title=" ".join(random.choices(_TOPICS, k=random.randint(4, 11))).title(),
            authors=tuple(dict.fromkeys(random.choices(people, k=random.randint(1, 3)))),
            truncated=random.random() < 0.6,
            abstract=_abstract(random),
        )


def pages(count: int, page_size: int = 50) -> Iterator[str]:
    """Yield pages of different people, `count` papers in total, with word frequencies like those of a natural language.

    The n-th most frequent word occurs in proportion to 1/n (Zipf's law). The most frequent words occur in most papers,
    the word `half` in about half of them. Every tenth paper is also on the previous page.
    """
    random = Random(20261123)
    words = dict.fromkeys("".join(random.choices(_SYLLABLES, k=random.randint(2, 5))) for _ in range(60_000))
    vocabulary = ["half", *words]
    weights = list(accumulate([0.004, *(1 / (10 + rank) / 10 for rank in range(1, len(vocabulary)))]))
    people = [_person(random) for _ in range(max(60, count // 5))]
    previous: list[str] = []
    for number in range(0, count, page_size):
        shared = previous[::10]
        new_count = min(page_size, count - number) - len(shared)
        records = [_record(random, vocabulary, weights, people) for _ in range(new_count)] + shared
        name = f"{_person(random)} {number:x}".title()
        counts = ["h-index61", f"{page_size}papers", "1,584citations"]
        header = [name, "", "LG", *counts, "", f"{page_size} Papers", "", ""]
        yield "\n".join(header) + "".join(records)
        previous = records


def _record(random: Random, vocabulary: list[str], weights: list[float], people: list[str]) -> str:
    words = random.choices(vocabulary, cum_weights=weights, k=random.randint(130, 260))
    title = " ".join(random.choices(vocabulary, cum_weights=weights, k=random.randint(5, 12))).title()
    date = f"{random.choice(_MONTHS)} {random.randint(1, 28)}, {random.randint(2012, 2025)}"
    authors = dict.fromkeys(random.choices(people, k=random.randint(1, 3)))
    byline = ", ".join(authors) + (" et al." if random.random() < 0.6 else "")
    return f"{random.choice(_CATEGORIES)}{date}\n{title}\n\n{byline}\n\n{' '.join(words).capitalize()}.\n\n"


def _person(random: Random) -> str:
    return f"{random.choice(_GIVEN_NAMES)} {''.join(random.choices(_SYLLABLES, k=random.randint(2, 4))).title()}"


def _abstract(random: Random) -> str:
    words = random.choices(_TOPICS + _FILLERS * 2, k=random.randint(130, 260))
    if random.random() < 0.3:
        for _ in range(3):
            words[random.randrange(len(words))] = random.choice(_FORMULAS)
    return " ".join(words).capitalize() + "."


def page(count: int) -> str:
    """Return a profile page with blank lines between the parts of a record."""
    lines = ["Generated Person", "", "LG", "h-index61", f"{count}papers", "1,584citations", "", f"{count} Papers", ""]
    for entry in entries(count):
        byline = ", ".join(entry.authors) + (" et al." if entry.truncated else "")
        lines += [entry.category + entry.date, entry.title, "", byline, "", entry.abstract, ""]
    return "\n".join(lines)


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
