"""Papers are found by key, position or title."""

import json
from datetime import date
from pathlib import Path

import pytest

from pubcli.model import Document
from pubcli.reader import read
from pubcli.store.database import Store
from pubcli.store.load import load
from pubcli.store.lookup import NamedPapers, find_papers


def matched_keys(answer: NamedPapers) -> list[object]:
    assert answer.unknown == []
    assert answer.ambiguous == []
    return [row["key"] for row in answer.answer.rows]


def page(name: str, *titles: str) -> bytes:
    records = "\n\n".join(f"LGMar {day}, 2022\n{title}\n\n{name}" for day, title in enumerate(titles, 1))
    return f"{name}\n\nh-index1\n\n{records}".encode()


def store_pages(*pages: bytes) -> Store:
    return load(*(read(data, as_of=date(2024, 1, 1)) for data in pages))


EXAMPLES = {
    "key": ("zhang2024doppler", ["zhang2024doppler"]),
    "key in capitals": ("ZHANG2024Doppler", ["zhang2024doppler"]),
    "key with blanks": (" zhang2024doppler ", ["zhang2024doppler"]),
    "position": ("3", ["behrouz2025nested"]),
    "piece of a title": ("nested learning", ["behrouz2025nested"]),
    "piece without word borders": ("sted lear", ["behrouz2025nested"]),
    "title typed with accents": ("nésted léarning", ["behrouz2025nested"]),
}


@pytest.mark.parametrize(("name", "keys"), EXAMPLES.values(), ids=EXAMPLES.keys())
def test_a_name_selects_a_paper_by_key_position_or_title(store: Store, name: str, keys: list[str]) -> None:
    assert matched_keys(find_papers(store, [name])) == keys


def test_papers_are_returned_once_in_the_order_of_the_names(store: Store) -> None:
    names = ["6", "nested learning", "zhang2024doppler", "3"]

    assert matched_keys(find_papers(store, names)) == ["zhang2024doppler", "behrouz2025nested"]


def test_encoded_rows_are_the_json_records_of_the_papers(store: Store, document: Document) -> None:
    answer = find_papers(store, ["3"]).answer

    assert list(answer.encoded or ()) == [document.papers[2].model_dump_json()]
    assert answer.kind == "paper_details"


def test_a_whole_title_is_preferred_to_titles_that_contain_it() -> None:
    store = store_pages(page("Ada Lovelace", "Fair Games", "Games", "Chance Games"))

    assert matched_keys(find_papers(store, ["games"])) == ["lovelace2022games"]


def test_a_title_matches_as_displayed_and_as_written() -> None:
    store = store_pages(page("Ada Lovelace", r"A rate of $\varepsilon^2$ steps", "Other"))

    assert matched_keys(find_papers(store, ["rate of ε²"])) == ["lovelace2022rate"]
    assert matched_keys(find_papers(store, [r"rate of $\varepsilon^2$"])) == ["lovelace2022rate"]


def test_an_ambiguous_part_of_a_title_lists_the_candidates(store: Store) -> None:
    answer = find_papers(store, ["privacy"])

    assert list(answer.answer.rows) == []
    assert answer.unknown == []
    assert [sentence.splitlines() for sentence in answer.ambiguous] == [
        [
            "'privacy' matches 2 papers; use one of these keys:",
            "  zhang2024doppler  DOPPLER: Differentially Private Optimizers with Low-pass Filter for Privacy Noise "
            "Reduction",
            "  gupta2025inherent  On the Inherent Privacy of Zeroth Order Projected Gradient Descent",
        ]
    ]


def test_at_most_six_candidates_are_listed(store: Store) -> None:
    (sentence,) = find_papers(store, ["learning"]).ambiguous
    lines = sentence.splitlines()

    assert len(lines) == 8
    assert lines[0].removesuffix(" papers; use one of these keys:").endswith(str(6 + int(lines[-1].split()[1])))


UNKNOWN = {
    "close keys": ("zhang2024dopler", "; did you mean zhang2024doppler or han2024neural?"),
    "nothing close": ("xyzzy", "; pubcli list shows keys and positions"),
    "no such position": ("51", "; pubcli list shows keys and positions"),
    "position zero": ("00", "; pubcli list shows keys and positions"),
    "blank": ("  ", "; pubcli list shows keys and positions"),
    "huge number": ("9" * 30, "; pubcli list shows keys and positions"),
    "wildcards": ("%_*?[a-z]", "; pubcli list shows keys and positions"),
}


@pytest.mark.parametrize(("name", "advice"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_an_unknown_name_is_reported_with_suggestions(store: Store, name: str, advice: str) -> None:
    answer = find_papers(store, ["3", name])

    assert [row["key"] for row in answer.answer.rows] == ["behrouz2025nested"]
    assert answer.unknown == [f"no paper has the key, position or title {name!r}{advice}"]


# A key without its letter.


def test_a_file_in_the_place_of_a_key_gets_the_option_to_type(store: Store, tmp_path: Path) -> None:
    page = tmp_path / "a page.txt"
    page.touch()

    assert find_papers(store, [str(page)]).unknown == [
        f"{str(page)!r} is a file, not a paper; to select papers in it, type their keys and -p '{page}'"
    ]


def test_a_key_without_its_letter_matches_all_keys_with_a_letter() -> None:
    store = store_pages(page("Ada Lovelace", "Games of Chance", "Games of Skill", "Other"))
    (sentence,) = find_papers(store, ["lovelace2022games"]).ambiguous

    assert sentence.splitlines()[1:] == [
        "  lovelace2022gamesa  Games of Chance",
        "  lovelace2022gamesb  Games of Skill",
    ]
    assert matched_keys(find_papers(store, ["lovelace2022gamesb"])) == ["lovelace2022gamesb"]


# Two pages.


@pytest.fixture
def two_pages() -> Store:
    return store_pages(page("Ada Lovelace", "Shared", "Alone"), page("Bob Ray", "Other", "Own"))


def test_a_position_on_two_pages_is_ambiguous(two_pages: Store) -> None:
    (sentence,) = find_papers(two_pages, ["1"]).ambiguous

    assert sentence.splitlines()[1:] == ["  lovelace2022shared  Shared", "  ray2022other  Other"]


def test_a_paper_of_two_pages_is_displayed_as_each_page_shows_it() -> None:
    store = store_pages(page("Ada Lovelace", "Shared", "Alone"), page("Ada Lovelace", "Other", "Shared"))
    rows = list(find_papers(store, ["lovelace2022shared"]).answer.rows)

    assert [row["position"] for row in rows] == [1, 2]


def test_a_key_selects_a_paper_of_the_second_page(two_pages: Store) -> None:
    assert matched_keys(find_papers(two_pages, ["ray2022own"])) == ["ray2022own"]


def test_a_key_matches_exactly_or_in_any_case() -> None:
    rows: list[object] = [
        {"key": key, "title": key, "authors": []} for key in ("Smith2020X", "smith2020x", "DBLP:conf/Lee21a")
    ]
    store = load(read(json.dumps(rows).encode()))
    assert [row["key"] for row in find_papers(store, ["Smith2020X"]).answer.rows] == ["Smith2020X"]
    assert [row["key"] for row in find_papers(store, ["dblp:conf/lee21a"]).answer.rows] == ["DBLP:conf/Lee21a"]
    assert find_papers(store, ["SMITH2020X"]).ambiguous
