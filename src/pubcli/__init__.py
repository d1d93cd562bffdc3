"""Ask questions of the plain text of a publication profile page.

    import pubcli

    document = pubcli.read("page.txt")                  # validated records
    store = pubcli.load(document)                       # ready to be asked; several documents are welcome
    for paper in pubcli.papers(store, "author:lowy -federated").rows:
        print(paper["key"], paper["title"])

`papers`, `search`, `similar`, `coauthors`, `category_counts`, `profiles` and `check` answer what the commands of
(nearly) the same names answer, and are what those commands call; `overview`, `count_by` and `cross` are `pubcli stats`,
`find_topics` and `topics_by` are `pubcli topics`. A question is a string in the language of `pubcli
search`, or a `Query`, which `build_query` makes from a string and plain conditions. `diff` and `compare` answer about
two `Side`s, each a header from `profiles` with rows from `papers`. Names are loaded on use.
"""

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from pubcli.answer import Answer as Answer
    from pubcli.changes import diff as diff
    from pubcli.comparison import compare as compare
    from pubcli.errors import InputError as InputError
    from pubcli.errors import PubcliError as PubcliError
    from pubcli.errors import QueryError as QueryError
    from pubcli.inspection import check as check
    from pubcli.inspection import profiles as profiles
    from pubcli.marking import marking as topics_by
    from pubcli.model import Document as Document
    from pubcli.model import Paper as Paper
    from pubcli.model import Problem as Problem
    from pubcli.model import Profile as Profile
    from pubcli.pairing import Side as Side
    from pubcli.people import coauthors as coauthors
    from pubcli.query import Query as Query
    from pubcli.query import build as build_query
    from pubcli.reader import read as read
    from pubcli.stats import by as count_by
    from pubcli.stats import categories as category_counts
    from pubcli.stats import crossed as cross
    from pubcli.stats import overview as overview
    from pubcli.store.ask import papers as papers
    from pubcli.store.ask import search as search
    from pubcli.store.load import load as load
    from pubcli.store.similar import similar as similar
    from pubcli.topics import topics as find_topics

_HOMES = {
    "Answer": "pubcli.answer",
    "Document": "pubcli.model",
    "InputError": "pubcli.errors",
    "Paper": "pubcli.model",
    "Problem": "pubcli.model",
    "Profile": "pubcli.model",
    "PubcliError": "pubcli.errors",
    "Query": "pubcli.query",
    "QueryError": "pubcli.errors",
    "Side": "pubcli.pairing",
    "build_query": "pubcli.query:build",
    "category_counts": "pubcli.stats:categories",
    "check": "pubcli.inspection",
    "coauthors": "pubcli.people",
    "compare": "pubcli.comparison",
    "count_by": "pubcli.stats:by",
    "cross": "pubcli.stats:crossed",
    "diff": "pubcli.changes",
    "find_topics": "pubcli.topics:topics",
    "load": "pubcli.store.load",
    "overview": "pubcli.stats",
    "papers": "pubcli.store.ask",
    "profiles": "pubcli.inspection",
    "read": "pubcli.reader",
    "search": "pubcli.store.ask",
    "similar": "pubcli.store.similar",
    "topics_by": "pubcli.marking:marking",
}
__all__ = ["__version__", *_HOMES]


if not TYPE_CHECKING:  # a type checker shall see the names above and no others

    def __getattr__(name: str) -> object:
        """A public name, imported when it is first used (PEP 562): importing pubcli alone costs nothing."""
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module 'pubcli' has no attribute {name!r}")
        module, _, attribute = home.partition(":")
        globals()[name] = found = getattr(import_module(module), attribute or name)
        return found


def __dir__() -> list[str]:
    return sorted(__all__)
