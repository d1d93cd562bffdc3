"""Write invented exports of three databases: scopus.csv, web-of-science.txt and openalex.json in a folder.

Together they have 3,000 works. Some works are in two or three of the exports, with the spelling of each database. The
seed is fixed, so that every run writes the same bytes.

    python generate.py FOLDER
"""

import csv
import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WORKS = 3_000
GIVEN = "Ada Bo Cy Di Ed Fay Gil Hua Ida Jo Kai Lin Mei Nils Olga Pia Rui Sven Tara Uma".split()
FAMILY = (
    "Abend Brook Castell Dorn Ebner Farris Grell Hovan Ister Jarvis Kessel Lomax Mertens Novak Olsen Prager".split()
)
TOPICS = {
    "kites": ["kite design", "tether tension", "wind energy", "flight control"],
    "folding": ["paper folding", "crease patterns", "deployable structures", "origami"],
    "tides": ["tidal energy", "sediment transport", "coastal models", "wind energy"],
    "bells": ["bell acoustics", "modal analysis", "casting", "flight control"],
}
VENUES = {
    "kites": ["Journal of Kites", "Wind Letters"],
    "folding": ["Annals of Paper Folding", "Structures Review"],
    "tides": ["Tidal Science", "Wind Letters"],
    "bells": ["Acoustics of Bells", "Structures Review"],
}
VERBS = ("Measuring", "Modelling", "Predicting", "Improving", "Comparing", "Explaining", "Simulating", "Controlling")
PLACES = ("the North Sea", "Laboratories", "Schools", "the Alps", "Islands", "Cathedrals", "Harbours", "Deserts")


def invented(chance: random.Random) -> list[dict[str, Any]]:
    """Return the works, the oldest first, so that each can cite older ones."""
    people = {
        area: [f"{chance.choice(GIVEN)} {name}{suffix}" for name in FAMILY for suffix in ("", "son", "berg")]
        for area in TOPICS
    }
    works: list[dict[str, Any]] = []
    for number in range(WORKS):
        area = chance.choice([*TOPICS])
        older = [work for work in works[-400:] if work["area"] == area]
        words = chance.sample(TOPICS[area], 2)
        subject = " and ".join(words).title()
        works.append(
            {
                "number": number,
                "area": area,
                "title": f"{chance.choice(VERBS)} {subject} in {chance.choice(PLACES)}: Case {number}",
                "authors": chance.sample(people[area], chance.choice([1, 2, 2, 3, 3, 4])),
                "year": 2005 + number * 20 // WORKS,
                "venue": chance.choice(VENUES[area]),
                "keywords": words + chance.sample(TOPICS[area], 1),
                "cited": int(chance.paretovariate(1.2)) - 1,
                "references": chance.sample(older, min(len(older), 5)),
            }
        )
    return works


def doi(work: dict[str, Any]) -> str:
    """Return the DOI of a work, in the prefix for tests."""
    return f"10.5555/invented.{work['number']}"


def family_first(name: str, separator: str) -> str:
    """Return a name as databases write it: `Abend, A.` or `Abend, A`."""
    given, family = name.split(" ")
    return f"{family}, {given[0]}{separator}"


def write_scopus(works: Sequence[dict[str, Any]], path: Path) -> None:
    """Write a table as Scopus exports it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["Authors", "Title", "Year", "Source title", "Cited by", "DOI", "Author Keywords", "References",
                        "Document Type", "EID"])  # fmt: skip
        for work in works:
            references = "; ".join(
                f"{cited['title']}, {cited['venue']}, ({cited['year']})" for cited in work["references"]
            )
            table.writerow(
                ["; ".join(family_first(name, ".") for name in work["authors"]), work["title"], work["year"],
                 work["venue"], work["cited"], doi(work), "; ".join(work["keywords"]), references, "Article",
                 f"2-s2.0-{work['number']}"]
            )  # fmt: skip


def write_web_of_science(works: Sequence[dict[str, Any]], path: Path) -> None:
    """Write records with tags as Web of Science exports them."""
    lines = ["FN Clarivate Analytics Web of Science", "VR 1.0"]
    for work in works:
        lines += ["PT J", "AU " + "\n   ".join(family_first(name, "") for name in work["authors"])]
        lines += [f"TI {work['title']}", f"SO {work['venue'].upper()}", f"DE {'; '.join(work['keywords'])}"]
        cited = [
            f"{family_first(c['authors'][0], '').replace(',', '')}, {c['year']}, X, DOI {doi(c)}"
            for c in work["references"]
        ]
        lines += ["CR " + "\n   ".join(cited)] if cited else []
        lines += [
            f"TC {work['cited']}",
            f"PY {work['year']}",
            f"DI {doi(work)}",
            f"UT WOS:{work['number']:015}",
            "ER",
            "",
        ]
    path.write_text("\n".join([*lines, "EF", ""]), encoding="utf-8")


def write_openalex(works: Sequence[dict[str, Any]], path: Path) -> None:
    """Write works as the API of OpenAlex returns them."""
    results = [
        {
            "id": f"https://openalex.org/W{1_000_000 + work['number']}",
            "doi": f"https://doi.org/{doi(work)}",
            "title": work["title"],
            "publication_year": work["year"],
            "type": "article",
            "cited_by_count": work["cited"],
            "authorships": [{"author": {"display_name": name}} for name in work["authors"]],
            "primary_location": {"source": {"display_name": work["venue"], "type": "journal"}},
            "keywords": [{"display_name": word} for word in work["keywords"]],
            "referenced_works": [
                f"https://openalex.org/W{1_000_000 + cited['number']}" for cited in work["references"]
            ],
        }
        for work in works
    ]
    path.write_text(json.dumps({"meta": {"count": len(results)}, "results": results}, indent=1), encoding="utf-8")


def main(folder: Path) -> None:
    """Write the three files. Each work is in one of them at least."""
    chance = random.Random(20231130)  # noqa: S311 - the same works in every run
    works = invented(chance)
    exports: dict[str, list[dict[str, Any]]] = {"scopus": [], "wos": [], "openalex": []}
    for work in works:
        for name in chance.sample([*exports], chance.choice([1, 1, 2, 3])):
            exports[name].append(work)
    folder.mkdir(parents=True, exist_ok=True)
    write_scopus(exports["scopus"], folder / "scopus.csv")
    write_web_of_science(exports["wos"], folder / "web-of-science.txt")
    write_openalex(exports["openalex"], folder / "openalex.json")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
