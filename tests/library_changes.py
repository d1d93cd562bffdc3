"""Random sequences of changes of a library, and what must be true after each of them.

A sequence depends only on its seed, so that it can be repeated in another library.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from random import Random
from typing import Any, NamedTuple

from pubcli.errors import UsageError
from pubcli.model import Page
from pubcli.reader import read
from pubcli.store import ask, index, persons, schema
from pubcli.store.database import Store
from pubcli.store.library import changes, duplicates, integrity, library_file, owners, saved_queries, snapshots
from pubcli.store.load import Origin

STEPS = 16
"""Number of changes in a sequence."""
TIME = "2026-11-30T12:00:00+00:00"
PEOPLE = ("Bo Ray", "Cy Day", "Dee Ray", "José Fox", "Eve")
AUTHORS = (*PEOPLE, "Jose Fox", "B. Ray", "Ada Lovelace")
TITLES = (
    "Games of Chance", "games of chance!", "Games of Skill", "Games", "Private Learning", "Private Learning (PL)",
    "Introduction", "Learning with Noise", "Ελληνικά and Games", "基于深度学习的隐私保护",
)  # fmt: skip
ABSTRACTS = ("", "A study of noise.", "Differential privacy (DP) is studied.", "Different words altogether.")

State = Mapping[str, Any]


def random_page(random: Random, owner: str, day: int) -> Page:
    """Return a page with a few of the titles, which pages of other people list too."""
    titles = random.sample(TITLES, random.randint(0 if random.random() < 0.1 else 1, 5))
    papers = []
    for title in titles:
        names = list(dict.fromkeys([owner, *random.sample(AUTHORS, random.randint(0, 2))]))
        random.shuffle(names)
        year, abstract = random.choice((2021, 2022, 2022, 2024)), random.choice(ABSTRACTS)
        papers.append(f"LGMar {random.randint(1, 28)}, {year}\n{title}\n\n{', '.join(names)}\n\n{abstract}\n")
    header = f"{owner}\n\nh-index{random.randint(1, 3)}\n{len(titles)}papers\n\n{len(titles)} Papers\n"
    (page,) = read("\n".join([header, *papers, *["\nodd text\n"] * (random.random() < 0.1)]), date(2026, 1, day)).pages
    return page


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Return all rows of a library, except for the record of changes and the text index."""
    return {
        table.name: sorted((tuple(row) for row in store.execute(f"SELECT * FROM {table.name}")), key=repr)
        for table in changes._tables(store)
    }


def indexed_words(store: Store) -> list[tuple[Any, ...]]:
    """Return each word of the text index with its paper, column and place."""
    if not store.execute("SELECT 1 FROM temp.sqlite_master WHERE name = 'instance'").fetchone():
        store.execute("CREATE VIRTUAL TABLE temp.instance USING fts5vocab(main, paper_text, instance)")
    return sorted(tuple(row) for row in store.execute("SELECT * FROM instance"))


class Listed(NamedTuple):
    """What identifies a paper on a page. If any of this changes, it may be another paper, with another key."""

    owner: str
    title_digest: int
    year: str
    first_author: str


_LISTED = """
    SELECT paper_id, owner, title_digest, substr(coalesce(written, json) ->> '$.date', 1, 4),
        coalesce(written, json) ->> '$.authors[0]'
    FROM listing JOIN record USING (paper_id) JOIN snapshot ON snapshot_id = snapshot.id
"""


class Sequence:
    """A random sequence of changes of one library, with the states between which they lead."""

    def __init__(self, store: Store, seed: int) -> None:
        """Begin with an empty library."""
        self.store, self.random = store, Random(seed)
        self.pages: dict[int, list[str]] = {}
        """The titles on each snapshot, by its id."""
        self.keys: dict[str, set[Listed]] = {}
        """The current listings of the paper that each key was assigned to."""
        self.history: list[tuple[State, dict[int, list[str]], dict[str, set[Listed]]]] = []
        """The contents, the pages and the keys before each change that can be undone."""
        self.steps: list[str] = []
        self.states: list[State] = [contents(store)]
        """The contents after each transaction."""

    def run(self, count: int = STEPS) -> Iterator[None]:
        """Make changes, one with each step of the iteration."""
        for _ in range(count):
            actions = (self.add, self.remove, self.merge, self.split, self.decide_names, self.save_query, self.undo)
            (action,) = self.random.choices(actions, (9, 3, 3, 2, 1, 1, 4))
            self.steps.append(action.__name__)
            action()
            yield

    def add(self) -> None:
        """Add a new page, a newer one, an older one, or one of the same day, in one or several transactions."""
        with self._change():
            for _ in range(self.random.choice((1, 1, 1, 2))):
                owner, day = self.random.choice(PEOPLE), self.random.randint(1, 4)
                page = random_page(self.random, owner, day)
                digest = self.random.randbytes(8)
                with schema.transaction(self.store):
                    self._add(page, Origin(digest, 0, self.random.choice((None, f"/{owner}.txt")), TIME))
                self.states.append(contents(self.store))

    def _add(self, page: Page, origin: Origin) -> None:
        is_long = self.random.random() < 0.2
        added = snapshots.add(self.store, Page(page.profile, (), ()) if is_long else page, origin)
        if added.outcome == "unchanged":
            return
        if is_long:
            snapshots.extend(self.store, added, page.papers[:2])
            index.catch_up(self.store)
            snapshots.extend(self.store, added, page.papers[2:])
        self.pages[added.snapshot_id] = [paper.title for paper in page.papers]

    def remove(self) -> None:
        """Remove all snapshots of a person, or one of them."""
        if self.pages:
            ids = sorted(self.pages)
            owner = self.store.execute("SELECT owner FROM snapshot WHERE id = ?", (self.random.choice(ids),))
            chosen = owners.snapshots_of(self.store, owner.fetchone()[0])
            chosen = [self.random.choice(chosen)] if self.random.random() < 0.5 else chosen
            with self._change(), schema.transaction(self.store):
                for snapshot in chosen:
                    snapshots.remove(self.store, snapshot.id)
                    del self.pages[snapshot.id]

    def merge(self) -> None:
        """Merge two papers that are not on one page."""
        if len(keys := self._assigned_keys()) > 1:
            names = self.random.sample(keys, 2)
            self._try(lambda: duplicates.merge(self.store, names, TIME))

    def split(self) -> None:
        """Split a paper that several pages list, from one of them or from all of them."""
        shared = "SELECT key FROM paper JOIN listing ON paper_id = id WHERE added IS NOT NULL GROUP BY key ORDER BY key"
        if keys := [row[0] for row in self.store.execute(shared)]:
            owner = self.random.choice((None, None, *PEOPLE))
            key = self.random.choice(keys)
            self._try(lambda: duplicates.split(self.store, key, owner, TIME))

    def decide_names(self) -> None:
        """Decide whether two names belong to one person, or withdraw the decision."""
        name, other = self.random.sample(AUTHORS[:-1], 2)
        same, is_withdrawn = self.random.random() < 0.5, self.random.random() < 0.3
        if is_withdrawn:
            self._try(lambda: persons.withdraw_decision(self.store, name, other))
        else:
            self._try(lambda: persons.decide(self.store, name, other, same=same, timestamp=TIME))

    def save_query(self) -> None:
        """Save, replace, run or delete a query."""
        name, action = self.random.choice(("a", "b")), self.random.choice(("save", "save", "run", "delete"))
        words = self.random.choice(TITLES)
        if action == "save":
            self._try(lambda: saved_queries.save(self.store, name, {"words": [words]}, TIME))
        elif action == "delete":
            self._try(lambda: saved_queries.delete(self.store, name))

    def undo(self) -> None:
        """Undo the last change; the library is then what it was before it."""
        undone = changes.undo(self.store, TIME)
        self.states.append(contents(self.store))
        assert (undone is not None) == bool(self.history), self.steps
        if self.history:
            before, self.pages, self.keys = self.history.pop()
            assert contents(self.store) == before, self.steps

    def _assigned_keys(self) -> list[str]:
        return [row[0] for row in self.store.execute("SELECT key FROM paper ORDER BY key")]

    def _try(self, action: Callable[[], object]) -> None:
        """Make a change in one transaction, unless it is refused."""
        with self._change():
            try:
                with schema.transaction(self.store):
                    action()
            except UsageError:
                pass

    @contextmanager
    def _change(self) -> Iterator[None]:
        """Record what a block does as one change."""
        before, pages, keys = contents(self.store), deepcopy(self.pages), deepcopy(self.keys)
        self.store.recording = changes.Recorder(self.store, "pubcli").recording
        number = len(changes.undoable(self.store))
        yield
        self.states.append(contents(self.store))
        is_changed = self.states[-1] != before
        assert len(changes.undoable(self.store)) == number + is_changed, self.steps
        if is_changed:
            self.history.append((before, pages, keys))
        self._note_keys()

    def _note_keys(self) -> None:
        """Check that each key that was assigned still finds a paper, then note the listings of that paper.

        A key is forgotten with its paper, when no current page lists the paper any more. A listing that a page has
        twice does not show which of the two papers had the key.
        """
        listed = [(id_, Listed(owner, digest, *first)) for id_, owner, digest, *first in self.store.execute(_LISTED)]
        counts = Counter(listing for _, listing in listed)
        papers: defaultdict[int, set[Listed]] = defaultdict(set)
        for id_, listing in listed:
            if counts[listing] == 1:
                papers[id_].add(listing)
        ids = dict(self.store.execute("SELECT key, id FROM paper").fetchall())
        former = dict(self.store.execute("SELECT key, current_key FROM former_key").fetchall())
        for key in self.keys.keys() - ids.keys():
            if former.get(key) in ids:
                ids[key] = ids[former[key]]
            else:
                assert all(counts[listing] != 1 for listing in self.keys[key]), (key, self.steps)
        self.keys = {key: papers[id_] for key, id_ in ids.items() if papers[id_]}

    def undo_all(self) -> None:
        """Undo all changes; the library is then empty."""
        while self.history:
            self.undo()
        assert changes.undo(self.store, TIME) is None
        assert not any(contents(self.store).values()), self.steps

    def verify(self) -> None:
        """Check that the library is sound, and that no page, paper or word is lost."""
        assert [*integrity.damage(self.store), *integrity.contradictions(self.store)] == [], self.steps
        ids = [row[0] for row in self.store.execute("SELECT id FROM snapshot ORDER BY id")]
        assert ids == sorted(self.pages), self.steps
        for id_, titles in self.pages.items():
            stored = [paper["title"] for paper in ask.snapshot_papers(self.store, id_)]
            assert stored == titles, self.steps
        assert indexed_words(self.store) == indexed_words(index_again(self.store)), self.steps


def index_again(store: Store) -> Store:
    """Return a library whose text index is built from the records of another one."""
    fresh = library_file.in_memory()
    for id_, text in store.execute("SELECT paper_id, json FROM record"):
        fresh.pending[id_] = index.texts_in(json.loads(text))
    index.catch_up(fresh)
    return fresh
