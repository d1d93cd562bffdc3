"""The content of a library depends on its snapshots and not on their order; only keys depend on the order."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.analysis import people
from pubcli.model import Document, Page
from pubcli.reader import read
from pubcli.store import ask, load, schema, search
from pubcli.store.database import Store
from pubcli.store.library import grouping, integrity, owners, snapshots
from pubcli.store.load import Origin
from pubcli.store.similar import similar
from pubcli.text.normalize import fold
from strategies import documents
from thoroughness import examples

DAY = date(2024, 6, 1)


def empty_store() -> Store:
    store = Store()
    schema.create(store)
    return store


def add(store: Store, page: Page, digest: bytes) -> snapshots.AddResult:
    with schema.transaction(store):
        return snapshots.add(store, page, Origin(digest, 0, None, "2024-06-01T00:00:00+00:00"))


def with_capture_date(page: Page, days: int) -> Page:
    return replace(page, profile=page.profile.model_copy(update={"as_of": DAY + timedelta(days)}))


def page(name: str, *papers: tuple[str, str], day: str = "Mar 13, 2022") -> Page:
    """Return a page that lists papers, each a pair of title and byline."""
    lines = [name, "", "LG", "h-index1", f"{len(papers)}papers", "", f"{len(papers)} Papers", ""]
    for title, byline in papers:
        lines += [f"LG{day}", title, "", byline, "", "An abstract.", ""]
    return read("\n".join(lines), DAY).pages[0]


def store_with(*pages: Page) -> Store:
    store = empty_store()
    for number, page in enumerate(pages):
        add(store, page, bytes([number]))
    return store


def stored_papers(store: Store) -> list[dict[str, Any]]:
    """Return all papers in a fixed order."""
    rows = [dict(row) for row in ask.papers(store).rows]
    return sorted(rows, key=lambda row: json.dumps(row, sort_keys=True))


def without_keys(papers: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [{field: value for field, value in paper.items() if field != "key"} for paper in papers]


def state(store: Store) -> list[Any]:
    """Return all that queries can read except keys, whose letters depend on the order of storing."""
    papers = sorted(without_keys(stored_papers(store)), key=lambda row: json.dumps(row, sort_keys=True))
    words = [tuple(row) for row in store.execute("SELECT term, doc FROM vocabulary ORDER BY term")]
    names = [row[0] for row in store.execute("SELECT folded FROM author ORDER BY folded")]
    snapshot_papers = [
        without_keys(ask.snapshot_papers(store, row[0]))
        for row in store.execute("SELECT id FROM snapshot ORDER BY owner, as_of")
    ]
    # Among spellings with equal folded forms, the first one stored represents the person.
    coauthors = [
        {**row, "name": fold(str(row["name"])), "names": fold(str(row["names"]))}
        for row in people.coauthors(store).rows
    ]
    return [papers, words, names, snapshot_papers, coauthors]


def assert_consistent(store: Store) -> None:
    assert [*integrity.damage(store), *integrity.contradictions(store)] == []


def two_pages(name: str, byline: str = "Ada Lovelace, Grace Hopper") -> tuple[Page, Page]:
    return page("Ada Lovelace", (name, byline)), page("Grace Hopper", (name.upper(), byline))


# Snapshots


def test_adding_the_same_page_again_changes_nothing(document: Document) -> None:
    store = empty_store()
    assert add(store, document.pages[0], b"a").outcome == "new profile"
    original_state = state(store)
    for digest in (b"a", b"pasted with other blanks"):
        result = add(store, with_file_date(document.pages[0], 30), digest)
        assert (result.outcome, result.shared, result.as_of) == ("unchanged", 0, document.profile.as_of.isoformat())
    assert state(store) == original_state


def with_file_date(page: Page, days: int) -> Page:
    """Return the page as read from a file with another modification date."""
    update = {"as_of": DAY + timedelta(days), "as_of_reason": "the file's modification date"}
    return replace(page, profile=page.profile.model_copy(update=update))


def test_the_same_page_with_another_as_of_date_from_the_user_is_another_snapshot() -> None:
    store = store_with(ada := page("Ada Lovelace", ("Games", "Ada Lovelace")))
    assert add(store, with_capture_date(ada, 30), bytes([0])).outcome == "newer snapshot"
    assert add(store, with_capture_date(ada, 30), bytes([0])).outcome == "unchanged"
    assert add(store, with_capture_date(ada, -30), bytes([0])).outcome == "older snapshot"


def add_from_file(store: Store, page: Page, days: int, path: str) -> str:
    """Add a page from a file with a modification date and return the outcome."""
    with schema.transaction(store):
        origin = Origin(page.papers[0].title.encode(), 0, path, "2024-06-01T00:00:00+00:00")
        return snapshots.add(store, with_file_date(page, days), origin).outcome


def test_a_file_that_returns_to_earlier_content_is_a_new_snapshot() -> None:
    games_page, walks = page("Ada Lovelace", ("Games", "Ada Lovelace")), page("Ada Lovelace", ("Walks", "Ada Lovelace"))
    store = empty_store()
    outcomes = [
        add_from_file(store, capture, days, "/ada.txt")
        for days, capture in enumerate((games_page, walks, games_page, games_page))
    ]
    assert outcomes == ["new profile", "newer snapshot", "newer snapshot", "unchanged"]
    assert [paper["title"] for paper in stored_papers(store)] == ["Games"]
    assert add_from_file(store, walks, 1, "/ada.txt") == "unchanged"
    assert_consistent(store)


def test_a_file_may_return_to_earlier_content_on_the_same_day() -> None:
    games_page, walks = page("Ada Lovelace", ("Games", "Ada Lovelace")), page("Ada Lovelace", ("Walks", "Ada Lovelace"))
    store = empty_store()
    outcomes = [add_from_file(store, capture, 0, "/ada.txt") for capture in (games_page, walks, games_page, games_page)]
    assert outcomes == ["new profile", "newer snapshot", "newer snapshot", "unchanged"]
    assert [paper["title"] for paper in stored_papers(store)] == ["Games"]


def test_an_older_file_that_is_added_again_stays_an_older_snapshot() -> None:
    old, new = page("Ada Lovelace", ("Games", "Ada Lovelace")), page("Ada Lovelace", ("Walks", "Ada Lovelace"))
    store = empty_store()
    files = [(old, 0, "/2023.txt"), (new, 300, "/2024.txt")]
    assert [add_from_file(store, *file) for file in files] == ["new profile", "newer snapshot"]
    original_state = state(store)
    assert [add_from_file(store, capture, days + 900, path) for capture, days, path in files * 2] == ["unchanged"] * 4
    assert state(store) == original_state


def test_a_library_with_one_page_gives_the_same_answers_as_the_page(document: Document) -> None:
    store, plain = store_with(document.pages[0]), load.load(document)
    assert list(ask.papers(store).rows) == list(ask.papers(plain).rows)
    assert list(search.search(store, "privacy").rows) == list(search.search(plain, "privacy").rows)
    assert list(people.coauthors(store).rows) == list(people.coauthors(plain).rows)


def test_a_newer_page_becomes_current_and_the_older_one_stays() -> None:
    old, new = page("Ada Lovelace", ("First", "Ada Lovelace")), page("Ada Lovelace", ("Second", "Ada Lovelace"))
    store = store_with(old, with_capture_date(new, 1))
    assert [row["title"] for row in stored_papers(store)] == ["Second"]
    stored_snapshots = owners.snapshots_of(store, "ada lovelace")
    assert [[paper["title"] for paper in owners.page_at(store, snapshot).papers] for snapshot in stored_snapshots] == [
        ["First"],
        ["Second"],
    ]
    assert_consistent(store)


@pytest.mark.parametrize("days", [-1, -400])
def test_an_older_page_is_stored_but_does_not_become_current(days: int) -> None:
    new, old = page("Ada Lovelace", ("New", "Ada Lovelace")), page("ADA LOVELACE", ("Old", "Ada Lovelace"))
    store = store_with(new)
    assert add(store, with_capture_date(old, days), b"x").outcome == "older snapshot"
    assert [row["title"] for row in stored_papers(store)] == ["New"]
    assert list(search.search(store, "old").rows) == []
    assert_consistent(store)


def test_removing_the_current_snapshot_makes_the_newest_remaining_snapshot_current() -> None:
    pages = [with_capture_date(page("Ada Lovelace", (title, "Ada Lovelace")), days) for days, title in enumerate("abc")]
    store = store_with(*pages)
    stored_snapshots = owners.snapshots_of(store, "ada lovelace")
    with schema.transaction(store):
        snapshots.remove(store, stored_snapshots[2].id)
    assert [row["title"] for row in stored_papers(store)] == ["b"]
    with schema.transaction(store):
        snapshots.remove(store, stored_snapshots[0].id)
        snapshots.remove(store, stored_snapshots[1].id)
    assert stored_papers(store) == []
    assert state(store) == state(empty_store())
    assert_consistent(store)


def test_adding_a_page_scans_no_table(document: Document) -> None:
    store = store_with(document.pages[0], *two_pages("Games"))
    statements: list[str] = []
    store.set_trace_callback(statements.append)
    assert add(store, page("Alan Turing", ("Games", "Ada Lovelace"), ("Morphogenesis", "Alan Turing")), b"x").shared
    store.set_trace_callback(None)
    plans = {
        (statement, row["detail"])
        for statement in statements
        if statement.startswith(("SELECT", "INSERT", "UPDATE", "DELETE")) and "paper_text" not in statement
        for row in store.execute(f"EXPLAIN QUERY PLAN {statement}")
    }
    read = {detail.split()[1] for _, detail in plans if detail.startswith("SCAN") and "LIMIT" not in detail}
    assert read <= {"json_each", "decision", "CONSTANT"}, [plan for plan in plans if plan[1].startswith("SCAN")]


# Shared papers


def test_a_paper_on_two_pages_is_merged_with_the_authors_of_both() -> None:
    ada = page("Ada Lovelace", ("Min-Max Games", "Charles Babbage, Ada Lovelace et al."))
    grace = page("Grace Hopper", ("Min–max  games!", "C. Babbage, Grace Hopper, Ada Lovelace"))
    store = store_with(ada)
    assert add(store, grace, b"x").shared == 1
    (paper,) = stored_papers(store)
    assert paper["authors"] == ["Charles Babbage", "Grace Hopper", "Ada Lovelace"]
    assert paper["authors_complete"]
    assert paper["shown_by"] == ["Ada Lovelace; Grace Hopper", "Grace Hopper", "Ada Lovelace; Grace Hopper"]
    assert [paper["profile"], paper["also_on"]] == ["Grace Hopper", ["Ada Lovelace"]]
    assert [row["key"] for row in search.search(store, "hopper").rows] == [paper["key"]]
    assert_consistent(store)


BIBTEX = """@article{lovelace21, title={Min-Max Games}, author={Lovelace, Ada and Babbage, Charles}, journal={JMLR},
year={2022}, doi={10.5555/abc.1}}"""


def test_merging_with_a_list_without_abstracts_keeps_the_abstract() -> None:
    own_page = page("Ada Lovelace", ("Min-Max Games", "Ada Lovelace et al."))
    store = store_with(own_page, read(BIBTEX).pages[0])
    (paper,) = stored_papers(store)
    assert (paper["abstract"], paper["category"], paper["classes"]) == ("An abstract.", "LG", ["cs.LG"])
    assert (paper["date"], paper["date_precision"], paper["venue"]) == ("2022-03-13", "day", "JMLR")
    assert paper["authors"] == ["Ada Lovelace", "Charles Babbage"]
    assert len(list(ask.papers(store, "abstract category:LG doi:10.5555/abc.1").rows)) == 1
    assert_consistent(store)


def test_papers_with_different_dois_are_not_merged() -> None:
    second_entry = BIBTEX.replace("abc.1", "abc.2").replace("lovelace21", "lovelace21b")
    assert len(stored_papers(store_with(read(BIBTEX).pages[0], replace_name(read(second_entry).pages[0])))) == 2


def replace_name(page: Page) -> Page:
    return replace(page, profile=page.profile.model_copy(update={"name": "Charles Babbage"}))


def test_a_search_of_one_owner_uses_the_text_of_that_page() -> None:
    own_page = page("Ada Lovelace", ("Games", "Ada Lovelace et al."), ("Alone", "Ada Lovelace"))
    second_page = read(
        "\n".join(["Grace", "", "h-index1", "", "LGMar 13, 2022", "Games", "", "Ada Lovelace", "", "Other words"])
    )
    store = store_with(own_page, second_page.pages[0])
    assert [row["title"] for row in search.search(store, "words").rows] == ["Games"]
    owners.narrow(store, owners.find_owners(store, "ada"))
    assert list(search.search(store, "words").rows) == []
    assert len(list(search.search(store, "abstract").rows)) == 2
    assert len(list(similar(store, "games").rows)) == 1


def test_a_query_on_one_owner_returns_the_positions_on_that_page() -> None:
    ada = page("Ada Lovelace", ("Alone", "Ada Lovelace"), ("Games", "Ada Lovelace, Grace Hopper"))
    store = store_with(ada, page("Grace Hopper", ("Games", "Ada Lovelace, Grace Hopper")))
    owners.narrow(store, owners.find_owners(store, "lovelace"))
    assert [(row["profile"], row["position"]) for row in ask.papers(store, "games").rows] == [("Ada Lovelace", 2)]
    assert len(list(ask.papers(store).rows)) == 2
    assert [row["name"] for row in people.coauthors(store).rows] == ["Grace Hopper"]


def test_a_shared_paper_counts_for_both_pages() -> None:
    store = store_with(*two_pages("Games"))
    assert [len(list(ask.papers(store, f"profile:{name}").rows)) for name in ("ada", "grace", "x")] == [1, 1, 0]
    assert {row["name"]: row["papers"] for row in people.coauthors(store).rows} == {
        "Ada Lovelace": 1,
        "Grace Hopper": 1,
    }


@pytest.mark.parametrize(
    "second_page",
    [
        page("Grace Hopper", ("Games", "Grace Hopper")),
        page("Grace Hopper", ("Games of Chance", "Ada Lovelace, Grace Hopper")),
        page("Grace Hopper", ("Games", "Ada Lovelace, Grace Hopper"), day="Mar 13, 2019"),
    ],
    ids=["no author in common", "another title", "years apart"],
)
def test_papers_that_are_only_similar_are_not_merged(second_page: Page) -> None:
    store = store_with(page("Ada Lovelace", ("Games", "Ada Lovelace, Charles Babbage")), second_page)
    assert len(stored_papers(store)) == 2


def test_two_entries_of_one_page_are_never_merged() -> None:
    page_with_repetition = page("Ada Lovelace", ("Games", "Ada Lovelace"), ("Games", "Ada Lovelace"))
    assert len(stored_papers(store_with(page_with_repetition))) == 2
    assert len(stored_papers(store_with(page_with_repetition, page("Grace Hopper", ("Games", "Ada Lovelace"))))) == 2


def test_removing_a_page_undoes_its_changes_to_shared_papers() -> None:
    ada, grace = two_pages("Games")
    store = store_with(ada, grace)
    with schema.transaction(store):
        snapshots.remove(store, owners.find_snapshot(store, "grace").id)
    assert state(store) == state(store_with(ada))
    assert_consistent(store)


def test_removing_a_page_merges_papers_that_only_it_kept_apart() -> None:
    byline = "Ada Lovelace, Grace Hopper, Jo Li"
    pages = [page(name, ("Games", byline), day=f"Mar 13, {year}") for name, year in (("Ada", 2021), ("Grace", 2022))]
    store = store_with(*pages, last := page("Jo Li", ("Games", byline), day="Mar 13, 2023"))
    assert len(stored_papers(store)) == 2
    with schema.transaction(store):
        snapshots.remove(store, owners.find_snapshot(store, "ada").id)
    assert len(stored_papers(store)) == 1
    assert state(store) == state(store_with(pages[1], last))


def test_a_decision_survives_the_addition_of_newer_pages() -> None:
    ada, grace = two_pages("Games")
    store = store_with(ada, grace)
    (id_,) = (row[0] for row in store.execute("SELECT id FROM paper"))
    first, second = (listing.listing_id for listing in grouping.listings_of(store, id_))
    with schema.transaction(store):
        grouping.decide(store, first, second, same=False, timestamp="2024-06-01")
        grouping.regroup(store, [id_])
    assert len(stored_papers(store)) == 2
    add(store, with_capture_date(grace, 9), b"newer")
    assert len(stored_papers(store)) == 2
    with schema.transaction(store):
        grouping.decide(store, second, first, same=True, timestamp="2024-06-02")
        grouping.regroup(store, [row[0] for row in store.execute("SELECT id FROM paper")])
    assert len(stored_papers(store)) == 1
    assert_consistent(store)


def test_a_page_that_cannot_be_stored_changes_nothing(document: Document) -> None:
    ada, grace = two_pages("Games")
    store = store_with(ada)
    original_state = state(store)
    broken = replace(grace, papers=(*grace.papers, grace.papers[0]))  # two papers have the same position
    with pytest.raises(sqlite3.IntegrityError):
        add(store, broken, b"x")
    assert state(store) == original_state
    add(store, grace, b"x")
    assert_consistent(store)


# Keys


def games_page_of(name: str) -> Page:
    """Return a page with one paper, whose key is the same on every such page."""
    return page(name, (f"Games and {name}", f"Jo Li, {name}"))


def keys(store: Store) -> dict[str, str]:
    """Return the key of each paper by its title."""
    return {paper["title"]: paper["key"] for paper in stored_papers(store)}


def test_keys_of_a_library_are_unique_and_do_not_change() -> None:
    store = store_with(
        games_page_of("Ada"), page("Kurt", ("Gamesa", "Jo Li, Kurt")), games_page_of("Grace"), games_page_of("Alan")
    )
    assert keys(store) == {
        "Games and Ada": "li2022games",
        "Gamesa": "li2022gamesa",
        "Games and Grace": "li2022gamesb",
        "Games and Alan": "li2022gamesc",
    }
    with schema.transaction(store):
        snapshots.remove(store, owners.find_snapshot(store, "ada").id)
    add(store, with_capture_date(games_page_of("Alan"), 30), b"newer")
    assert keys(store) == {
        "Gamesa": "li2022gamesa",
        "Games and Grace": "li2022gamesb",
        "Games and Alan": "li2022gamesc",
    }
    add(store, games_page_of("Edsger"), b"x")
    assert keys(store)["Games and Edsger"] == "li2022games"
    assert_consistent(store)


def test_a_paper_has_the_same_key_wherever_it_is_shown() -> None:
    third = page("Jo Li", ("Games and Ada", "Jo Li, Ada"), ("Games and Kurt", "Jo Li, Kurt"))
    store = store_with(games_page_of("Ada"), games_page_of("Grace"), third)
    titles = {paper["key"]: paper["title"] for paper in stored_papers(store)}
    assert sorted(titles) == ["li2022games", "li2022gamesa", "li2022gamesb"]
    for name in ("ada", "grace", "jo li"):
        snapshot_page = owners.page_at(store, owners.find_snapshot(store, name))
        assert {paper["key"]: paper["title"] for paper in snapshot_page.papers}.items() <= titles.items()
    owners.narrow(store, ["grace"])
    assert keys(store) == {"Games and Grace": "li2022gamesa"}
    assert [row["title"] for row in ask.papers(store, "key:li2022gamesa").rows] == ["Games and Grace"]


def test_a_paper_keeps_its_key_when_a_more_trusted_page_has_another() -> None:
    store = store_with(page("Ada", ("Games", "Jo Li, Ada et al."), day="Dec 13, 2021"))
    original_keys = keys(store)
    add(store, page("Jo Li", ("Games", "Jo Li, Ada"), day="Jan 2, 2022"), b"x")
    assert keys(store) == original_keys == {"Games": "li2021games"}


def test_a_paper_keeps_its_key_when_the_letters_on_its_page_change() -> None:
    titles = ("Games of zebras", "Games of antelopes", "Games of aardvarks")
    store = empty_store()
    for days in (1, 2, 3):
        newer = page("Ada", *((title, "Ada Li") for title in titles[:days]))
        add(store, with_capture_date(newer, days), bytes([days]))
    assert keys(store) == dict(zip(titles, ("li2022games", "li2022gamesa", "li2022gamesb"), strict=True))
    renamed_page = page("Ada", *((title, "Ada Li") for title in (titles[1], titles[0].upper())))
    add(store, with_capture_date(renamed_page, 4), b"upper")
    assert keys(store) == {titles[0].upper(): "li2022games", titles[1]: "li2022gamesa"}
    assert_consistent(store)


def test_a_newer_page_may_give_a_paper_another_key() -> None:
    text = "@article{%s, title={Games}, author={Ada Li}, year=2022}\n"
    store = empty_store()
    for days, key in enumerate(("games22", "li:games")):
        add(store, with_capture_date(read(text % key, DAY).pages[0], days), key.encode())
    assert keys(store) == {"Games": "li:games"}


def test_merged_papers_keep_the_key_that_was_assigned_first() -> None:
    store = store_with(page("Ada", ("Games", "Jo Li")), page("Grace", ("Games of hers", "Jo Li, Grace, Kurt")))
    assert sorted(keys(store).values()) == ["li2022games", "li2022gamesa"]
    ids = [row[0] for row in store.execute("SELECT id FROM paper")]
    first, second = (grouping.listings_of(store, id_)[0].listing_id for id_ in ids)
    with schema.transaction(store):
        grouping.decide(store, first, second, same=True, timestamp="2024-06-01")
        grouping.regroup(store, ids)
    assert [paper["key"] for paper in stored_papers(store)] == ["li2022games"]


def test_papers_of_older_snapshots_never_have_the_key_of_another_paper() -> None:
    old, new = page("Grace", ("Games and Grace", "Jo Li, Grace")), page("Grace", ("Walks", "Jo Li, Grace"))
    store = store_with(games_page_of("Ada"), old, with_capture_date(new, 9))
    add(store, with_capture_date(page("Grace", ("Games of old", "Jo Li, Grace")), -9), b"older")
    keys_by_snapshot = [
        [paper["key"] for paper in owners.page_at(store, snapshot).papers]
        for snapshot in owners.snapshots_of(store, "grace")
    ]
    assert keys_by_snapshot == [["li2022gamesa"], ["li2022gamesa"], ["li2022walks"]]


# Independence of the order


def with_names(pages: Sequence[Page]) -> list[Page]:
    """Return the pages with names: the owner of a page without a name would be its source."""
    return [
        replace(
            page,
            profile=page.profile.model_copy(update={"name": page.profile.name or "Nobody"}),
            papers=tuple(paper.model_copy(update={"profile": page.profile.name or "Nobody"}) for paper in page.papers),
        )
        for page in pages
    ]


@examples(150)
@given(documents(), documents(), st.randoms(use_true_random=False))
def test_the_order_of_adding_makes_no_difference(first: Document, second: Document, random: Any) -> None:
    pages = [with_capture_date(page, days) for days, page in enumerate(with_names([*first.pages, *second.pages]))]
    shuffled = list(pages)
    random.shuffle(shuffled)
    store = store_with(*shuffled)
    assert state(store_with(*pages)) == state(store)
    assert_consistent(store)


@examples(150)
@given(documents(), documents(), st.randoms(use_true_random=False))
def test_adding_and_removing_a_page_leaves_the_library_unchanged(
    first: Document, second: Document, random: Any
) -> None:
    pages = [with_capture_date(page, days) for days, page in enumerate(with_names([*first.pages, *second.pages]))]
    removed = random.randrange(len(pages))
    store = store_with(*pages)
    id_ = store.execute("SELECT id FROM snapshot WHERE digest = ?", (bytes([removed]),)).fetchone()[0]
    with schema.transaction(store):
        snapshots.remove(store, id_)
    assert state(store) == state(store_with(*pages[:removed], *pages[removed + 1 :]))
    assert_consistent(store)
