"""Explore publications: read profile pages and bibliographies, and query them.

    import pubcli

    document = pubcli.read("page.txt")                  # validated records
    store = pubcli.load(document)                       # takes any number of documents
    for paper in pubcli.papers(store, "author:lowy -federated").rows:
        print(paper["key"], paper["title"])

The commands `pubcli search`, `similar`, `coauthors` and `check` call the functions of the same names. The following
functions have other names than their commands:

    papers                          the rows of `pubcli list`
    everyone                        the rows of `pubcli people`
    category_counts                 the rows of `pubcli stats category`
    profiles                        the rows of `pubcli profile`
    overview, count_by, cross       the rows of `pubcli stats`
    find_topics, topics_by          the rows of `pubcli topics`
    coauthor_network                the graph that `pubcli network` measures

A query is a string in the language of `pubcli search`, or a `Query`. `build_query` builds a `Query` from a string and
conditions. `diff` and `compare` compare two `Side`s. A `Side` consists of a row that `profiles` returns, and of the
rows that `papers` returns for the same profile. Each public name of the package is imported only when it is first used.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # as in typing, which takes long to import; type checkers take the name for True
if TYPE_CHECKING:
    from pubcli.analysis.check import check as check
    from pubcli.analysis.check import profiles as profiles
    from pubcli.analysis.compare import compare as compare
    from pubcli.analysis.diff import diff as diff
    from pubcli.analysis.network import network as coauthor_network
    from pubcli.analysis.people import coauthors as coauthors
    from pubcli.analysis.people import people as everyone
    from pubcli.analysis.stats import category_counts as category_counts
    from pubcli.analysis.stats import count_by as count_by
    from pubcli.analysis.stats import cross_tabulate as cross
    from pubcli.analysis.stats import overview as overview
    from pubcli.analysis.topics import topics as find_topics
    from pubcli.analysis.topics_by_group import topics_by_group as topics_by
    from pubcli.answer.answer import Answer as Answer
    from pubcli.errors import InputError as InputError
    from pubcli.errors import PubcliError as PubcliError
    from pubcli.errors import QueryError as QueryError
    from pubcli.model import Document as Document
    from pubcli.model import Paper as Paper
    from pubcli.model import Problem as Problem
    from pubcli.model import Profile as Profile
    from pubcli.query.expression import Query as Query
    from pubcli.query.language import build as build_query
    from pubcli.reader import read as read
    from pubcli.store.ask import papers as papers
    from pubcli.store.load import load as load
    from pubcli.store.match_pages import Side as Side
    from pubcli.store.search import search as search
    from pubcli.store.similar import similar as similar

_HOMES = {
    "Answer": "pubcli.answer.answer",
    "Document": "pubcli.model",
    "InputError": "pubcli.errors",
    "Paper": "pubcli.model",
    "Problem": "pubcli.model",
    "Profile": "pubcli.model",
    "PubcliError": "pubcli.errors",
    "Query": "pubcli.query.expression",
    "QueryError": "pubcli.errors",
    "Side": "pubcli.store.match_pages",
    "build_query": "pubcli.query.language:build",
    "category_counts": "pubcli.analysis.stats",
    "check": "pubcli.analysis.check",
    "coauthor_network": "pubcli.analysis.network:network",
    "coauthors": "pubcli.analysis.people",
    "compare": "pubcli.analysis.compare",
    "count_by": "pubcli.analysis.stats",
    "cross": "pubcli.analysis.stats:cross_tabulate",
    "diff": "pubcli.analysis.diff",
    "find_topics": "pubcli.analysis.topics:topics",
    "everyone": "pubcli.analysis.people:people",
    "load": "pubcli.store.load",
    "overview": "pubcli.analysis.stats",
    "papers": "pubcli.store.ask",
    "profiles": "pubcli.analysis.check",
    "read": "pubcli.reader",
    "search": "pubcli.store.search",
    "similar": "pubcli.store.similar",
    "topics_by": "pubcli.analysis.topics_by_group:topics_by_group",
}
__all__ = ["__version__", *_HOMES]


if not TYPE_CHECKING:  # a type checker must see only the names above

    def __getattr__(name: str) -> object:
        """Import and return a public name on first use (PEP 562), so that `import pubcli` is fast."""
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module 'pubcli' has no attribute {name!r}")
        from importlib import import_module

        module, _, attribute = home.partition(":")
        globals()[name] = value = getattr(import_module(module), attribute or name)
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
