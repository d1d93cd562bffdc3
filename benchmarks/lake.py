"""Make works of OpenAlex with real shapes, build a lake from them, and measure how long that takes.

    python benchmarks/lake.py works 1000000 works.jsonl        write made-up works, one per line
    python benchmarks/lake.py build works.jsonl lake [N]       build a lake with N processes, and print the figures

The words follow Zipf's law; each work brings 1.2 people who wrote nothing before; six works in ten have an abstract.
Works also have venues, countries, topics and references, which a lake does not store, because their share of the bytes
decides how fast works are read.
"""

import itertools
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_SYLLABLES = [first + vowel for first in "b c d f g h k l m n p r s t v z st tr pl".split() for vowel in "aeiou"]
_COUNTRIES = "US CN GB DE JP FR IN CA IT AU ES KR BR NL CH SE".split()
_TYPES = ["article"] * 7 + ["preprint", "book-chapter", "dissertation"]
_WORDS = 200_000
_TITLE, _ABSTRACT = 11, 160
"""Words of a title and of an abstract, on average."""
_WITH_ABSTRACT = 0.6
_NEW_PEOPLE = 1.2
_VENUES = 30_000


def _word(number: int) -> str:
    """Return the word with a number; frequent words have low numbers and are short."""
    word = ""
    while True:
        number, syllable = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[syllable]
        if not number:
            return word
        number -= 1


class _Zipf:
    """Draws numbers below a limit so that the k-th is drawn in proportion to 1/k."""

    def __init__(self, generator: random.Random, limit: int) -> None:
        self._generator = generator
        self._numbers = range(limit)
        self._weights = list(itertools.accumulate(1 / (number + 3) for number in self._numbers))

    def draw(self, count: int) -> list[int]:
        """Return numbers, most of them low."""
        return self._generator.choices(self._numbers, cum_weights=self._weights, k=count)


def works(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield made-up works, always the same ones for a seed."""
    generator = random.Random(seed)
    zipf, venues = _Zipf(generator, _WORDS), _Zipf(generator, _VENUES)
    words = [_word(number) for number in range(_WORDS)]
    people = 0
    for number in range(count):
        people += 1 + (generator.random() < _NEW_PEOPLE - 1)
        venue = venues.draw(1)[0]
        year = min(2026, 2026 - int(generator.expovariate(1 / 12)))
        date = f"{year}-{generator.randint(1, 12):02}-{generator.randint(1, 28):02}"
        size = max(3, int(generator.gauss(_TITLE, 4)))
        abstract = None
        if generator.random() < _WITH_ABSTRACT:
            abstract = _inverted([words[place] for place in zipf.draw(max(20, int(generator.gauss(_ABSTRACT, 50))))])
        yield _work(generator, number, people, venue, date, " ".join(words[k] for k in zipf.draw(size)), abstract)


def _inverted(text: list[str]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for place, word in enumerate(text):
        index.setdefault(word, []).append(place)
    return index


def _person(generator: random.Random, people: int) -> int:
    """Return the number of an author: often somebody who has just begun to write."""
    return max(0, people - int(generator.expovariate(1 / 2_000)) - 1)


def _work(
    generator: random.Random, number: int, people: int, venue: int, date: str, title: str, abstract: Any
) -> dict[str, Any]:
    address = f"https://openalex.org/W{4_000_000_000 + number}"
    doi = f"https://doi.org/10.{1000 + venue % 9000}/{number}"
    authors = dict.fromkeys(_person(generator, people) for _ in range(1 + int(generator.expovariate(1 / 3))))
    source = {
        "id": f"https://openalex.org/S{venue}", "display_name": f"Journal of {_word(venue).title()} Studies",
        "issn_l": f"{venue:04}-{venue % 7919:04}", "issn": [f"{venue:04}-{venue % 7919:04}"], "is_oa": False,
        "host_organization_name": f"{_word(venue % 500).title()} Press", "type": "journal",
    }  # fmt: skip
    location = {
        "is_oa": False, "landing_page_url": doi, "pdf_url": None, "source": source, "license": None,
        "version": "publishedVersion", "is_accepted": True, "is_published": True,
    }  # fmt: skip
    return {
        "id": address, "doi": doi, "title": title.capitalize(), "display_name": title.capitalize(),
        "publication_year": int(date[:4]), "publication_date": date,
        "ids": {"openalex": address, "doi": doi, "mag": str(2_000_000_000 + number)}, "language": "en",
        "primary_location": location, "type": generator.choice(_TYPES), "type_crossref": "journal-article",
        "open_access": {"is_oa": False, "oa_status": "closed", "oa_url": None, "any_repository_has_fulltext": False},
        "authorships": [_authorship(author) for author in authors],
        "countries_distinct_count": 1, "institutions_distinct_count": 1, "corresponding_author_ids": [],
        "cited_by_count": int(generator.paretovariate(1)) - 1, "is_retracted": False, "is_paratext": False,
        "biblio": {"volume": str(1 + number % 90), "issue": "3", "first_page": str(number % 900),
                   "last_page": str(number % 900 + 9)},
        "keywords": [_keyword(generator.randrange(4_000)) for _ in range(4)],
        "topics": [_topic(generator.randrange(4_500)) for _ in range(3)], "locations": [location], "locations_count": 1,
        "referenced_works": [f"https://openalex.org/W{4_000_000_000 + generator.randrange(number + 1)}"
                             for _ in range(int(generator.expovariate(1 / 18)))],
        "abstract_inverted_index": abstract, "counts_by_year": [{"year": 2025, "cited_by_count": 1}],
        "updated_date": "2026-06-01T00:00:00", "created_date": "2025-10-10",
    }  # fmt: skip


def _authorship(author: int) -> dict[str, Any]:
    name = f"{_word(author % 5_000).title()} {_word(100 + author // 3).title()}"
    country = _COUNTRIES[author % len(_COUNTRIES)]
    institution = {
        "id": f"https://openalex.org/I{author % 100_000}",
        "display_name": f"University of {_word(author % 9_000).title()}",
        "ror": f"https://ror.org/{author % 100_000:07}", "country_code": country, "type": "education",
    }  # fmt: skip
    return {
        "author_position": "middle",
        "author": {"id": f"https://openalex.org/A{5_000_000_000 + author}", "display_name": name, "orcid": None},
        "institutions": [institution], "countries": [country], "is_corresponding": False, "raw_author_name": name,
        "raw_affiliation_strings": [institution["display_name"]],
    }  # fmt: skip


def _keyword(number: int) -> dict[str, Any]:
    name = _word(number).title()
    return {"id": f"https://openalex.org/keywords/{name.lower()}", "display_name": name, "score": 0.5}


def _topic(number: int) -> dict[str, Any]:
    name = f"{_word(number)} and {_word(number + 1)}"
    return {
        "id": f"https://openalex.org/T{number}", "display_name": name, "score": 0.9,
        "subfield": {"id": f"https://openalex.org/subfields/{number % 250}", "display_name": _word(number % 250)},
        "field": {"id": f"https://openalex.org/fields/{number % 26}", "display_name": _word(number % 26)},
        "domain": {"id": f"https://openalex.org/domains/{number % 4}", "display_name": _word(number % 4)},
    }  # fmt: skip


def write_works(count: int, target: Path) -> None:
    """Write made-up works, one per line."""
    with target.open("w", encoding="utf-8") as file:
        for work in works(count):
            file.write(json.dumps(work, separators=(",", ":")) + "\n")


def measure_build(source: Path, lake: Path, workers: int) -> None:
    """Build a lake in a separate process, and print time, memory and sizes."""
    command = [sys.executable, "-m", "pubcli", "lake", "build", str(source), "-o", str(lake), "--workers", str(workers)]
    start = time.monotonic()
    subprocess.run(command, check=True)
    elapsed = time.monotonic() - start
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    manifest = json.loads((lake / "manifest.json").read_text(encoding="utf-8"))
    processor = usage.ru_utime + usage.ru_stime
    papers = manifest["papers"]
    print(f"{papers:,} papers, {source.stat().st_size / papers:,.0f} bytes each as JSON, {workers} processes")
    print(f"{elapsed:,.0f} s; {processor:,.0f} s of processors; {papers / processor:,.0f} papers/s and core")
    print(f"largest process: {usage.ru_maxrss / 1024:,.0f} MB")
    for table in dict.fromkeys(file["table"] for file in manifest["files"]):
        files = [file for file in manifest["files"] if file["table"] == table]
        size, rows = (sum(file[field] for file in files) for field in ("bytes", "rows"))
        sizes = f"{rows:>14,} rows{size / 2**20:>10,.1f} MB{size / papers:>8,.0f} bytes a paper"
        print(f"{table:<12}{len(files):>5} files{sizes}")


if __name__ == "__main__":
    action, first, second, *rest = sys.argv[1:]
    if action == "works":
        write_works(int(first), Path(second))
    else:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        measure_build(Path(first), Path(second), int(rest[0]) if rest else 1)
