"""Return the values that an unfinished word may become, for each kind of value that an option or argument has."""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING, NamedTuple, re
from pubcli.store import prefixes
from pubcli.store.prefixes import MOST, Candidate
from pubcli.text.normalize import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from pubcli.store.database import Store


class Request(NamedTuple):
    """A word to complete, and what the command line says before it."""

    command: str
    word: str
    typed: Mapping[str, Any]
    """The values of the options and arguments that precede the word, by name."""
    store: Callable[[], Store | None]
    """Returns the store that the command will query; None if it cannot be opened at once."""


def candidates(values: str | tuple[str, ...], request: Request) -> list[Candidate]:
    """Return the values that a word may become, at most 100. `values` is that of the option or argument.

    A value need not begin with the word: the word may also be the beginning of another word of a name.
    """
    if isinstance(values, tuple):
        return _beginning(_plain(values), request.word)
    separator = _SEPARATORS.get(values, "")
    is_list = separator and separator in request.word
    before = request.word[: request.word.rfind(separator) + len(separator)] if is_list else ""
    rest = request._replace(word=request.word[len(before) :])
    present = before.split(separator) if separator else ()
    return [Candidate(before + value, about) for value, about in KINDS[values](rest)[:MOST] if value not in present]


def has_files(values: str | tuple[str, ...] | None) -> bool:
    """Return whether the values of an option or argument may be names of files."""
    return values in ("file", "library", "page", "style")


def _plain(values: Iterable[str]) -> Iterator[Candidate]:
    return map(Candidate, values)


def _beginning(values: Iterable[Candidate], word: str) -> list[Candidate]:
    """Return the values that begin with a word in any case."""
    folded = fold(word)
    return [candidate for candidate in values if fold(candidate.value).startswith(folded)][:MOST]


def _of_store(find: Callable[[Store, str], list[Candidate]]) -> Callable[[Request], list[Candidate]]:
    """Return a function that finds candidates in the store of a command. Without a store, it finds nothing."""

    def answer(request: Request) -> list[Candidate]:
        store = request.store()
        return find(store, request.word) if store else []

    return answer


def _formats_to_read(request: Request) -> list[Candidate]:
    from pubcli.formats import READABLE

    return _beginning((Candidate(name, row.about) for name, row in READABLE.items()), request.word)


def _formats_to_write(request: Request) -> list[Candidate]:
    from pubcli.formats import WRITABLE

    return _beginning((Candidate(name, row.about) for name, row in WRITABLE.items()), request.word)


def _graph_formats(request: Request) -> list[Candidate]:
    from pubcli.graphs import FORMATS

    graphs = _beginning((Candidate(name, row.about) for name, row in FORMATS.items()), request.word)
    return [*graphs, *_formats_to_write(request)]


def _mapped_fields(request: Request) -> list[Candidate]:
    from pubcli.formats import MAPPABLE_FIELDS

    return [] if "=" in request.word else _beginning(_plain(f"{name}=" for name in MAPPABLE_FIELDS), request.word)


def _fields(request: Request) -> list[Candidate]:
    from pubcli.cli.row_fields import fields

    return _beginning(_plain(fields(request.command, request.typed)), request.word)


def _sort_fields(request: Request) -> list[Candidate]:
    """Return the fields to sort by, with a minus if the user has typed one."""
    from pubcli.cli.row_fields import sort_fields

    minus = "-" if request.word.startswith("-") else ""
    names = (minus + name for name in sort_fields(request.command, request.typed))
    return _beginning(_plain(names), request.word)


def _plots(request: Request) -> list[Candidate]:
    from pubcli.plots import KINDS as PLOTS

    return _beginning((Candidate(name, about) for name, about in PLOTS.items()), request.word)


def _groups_of_topics(request: Request) -> list[Candidate]:
    from pubcli.analysis.topics_by_group import GROUPS

    return _beginning(_plain(GROUPS), request.word)


def _dimensions(request: Request) -> list[Candidate]:
    from pubcli.analysis.dimensions import DIMENSIONS
    from pubcli.cli.stats import SUMMARIES

    typed = request.typed.get("words") or []
    can_follow = len(typed) < 2 and all(word in DIMENSIONS for word in typed)
    names = DIMENSIONS if typed else (*DIMENSIONS, *SUMMARIES)
    return _beginning(_plain(names), request.word) if can_follow else []


def _fields_to_count_by(request: Request) -> list[Candidate]:
    from pubcli.analysis.dimensions import DIMENSIONS

    return _beginning(_plain(DIMENSIONS), request.word)


def _measures(request: Request) -> list[Candidate]:
    from pubcli.analysis.measures import MEASURES

    return _beginning(_plain(MEASURES), request.word)


def _styles(request: Request) -> list[Candidate]:
    from pubcli.cite.installed import style_names

    return _beginning(_plain(style_names()), request.word)


def _encodings(request: Request) -> list[Candidate]:
    from encodings.aliases import aliases

    spellings = {name.replace("_", "-"): None for name in sorted({*aliases.values()} - _NO_TEXT)}
    return _beginning(_plain(spellings), request.word.replace("_", "-"))


_NO_TEXT = {
    "base64_codec", "bz2_codec", "hex_codec", "mbcs", "oem", "quopri_codec", "rot_13", "uu_codec", "zlib_codec",
}  # fmt: skip
"""Codecs of Python that are not encodings of text."""


def schemas(request: Request) -> list[Candidate]:
    """Return the records that have a schema, and the commands."""
    from pubcli.cli.help.schema import RECORDS

    is_first = not request.typed.get("words")
    records = _beginning(_plain(RECORDS if is_first else ()), request.word)
    names = {record.value for record in records}
    return [*records, *(candidate for candidate in commands(request) if candidate.value not in names)]


def commands(request: Request) -> list[Candidate]:
    """Return the commands and, after the first word of a command of two words, the second words."""
    from pubcli.cli import COMMANDS, SUBCOMMANDS

    first = request.typed.get("words") or []
    if len(first) == 1:
        return actions(first[0], request.word)
    single = (Candidate(name, line) for name, line in COMMANDS.items() if name not in SUBCOMMANDS)
    return _beginning(single, request.word) if not first else []


def actions(group: str, word: str) -> list[Candidate]:
    """Return the second words of the commands that begin with `group`, such as `merge` for `library`."""
    from pubcli.cli import SUBCOMMANDS

    names = (name.partition(" ") for name in SUBCOMMANDS)
    seconds = [second for first, _, second in names if first == group]
    return _beginning((Candidate(name, SUBCOMMANDS[f"{group} {name}"]) for name in seconds), word)


def _libraries(request: Request) -> list[Candidate]:
    """Return the names of libraries in the settings, with their files."""
    from pubcli.cli import settings

    libraries = settings.load().values.get("libraries", {})
    return _beginning((Candidate(name, path) for name, path in libraries.items()), request.word)


def _snapshots(request: Request) -> list[Candidate]:
    """Return the owners of pages; after an @, the snapshots of the owners of this name, the newest first."""
    store = request.store()
    if store is None:
        return []
    if "@" not in request.word:
        return prefixes.pages(store, request.word)
    return prefixes.snapshots(store, request.word)


_CONDITION = re.compile(r'((?:.*[\s(])?-?)([A-Za-z_]+):("?)([^"]*)', re.DOTALL)
"""Matches a query that ends in an unfinished condition: what is before the field, the field, a quotation mark and the
beginning of the value."""
_LAST_WORD = re.compile(r"((?:.*[\s(])?-?)([A-Za-z_]*)", re.DOTALL)
"""Matches a query that ends in an unfinished word: what is before the word, and the word."""
_CONDITIONS = {
    "author": "author", "category": "category", "classes": "class", "date": "year", "key": "key", "profile": "owner",
}  # fmt: skip
"""The kind of values of each field of a query whose values are completed."""


def _query(request: Request) -> list[Candidate]:
    """Return the fields that a word of a query may begin, with a colon, and the values of a field that is named."""
    condition = _CONDITION.fullmatch(request.word)
    if condition and (condition[3] or not re.search(r"\s", condition[4])):
        return list(_values_of_field(request, *condition.groups()))
    word = _LAST_WORD.fullmatch(request.word)
    dimensions = _dimensions(request) if request.command == "stats" else []
    if not word or (not word[2] and not word[1]):
        return dimensions
    from pubcli.query.fields import FIELDS

    typed_names = (field.example.partition(":")[0] for field in FIELDS.values())
    names = {name: field.meaning for name, field in zip(typed_names, FIELDS.values(), strict=True)}
    fields = _beginning((Candidate(f"{name}:", f"papers {about}") for name, about in names.items()), word[2])
    return [*dimensions, *(Candidate(word[1] + name, about) for name, about in fields)]


def _values_of_field(request: Request, before: str, field: str, quote: str, value: str) -> Iterator[Candidate]:
    """Yield conditions with the values that an unfinished one may have. Values with other characters get quotes."""
    from pubcli.query.fields import ALIASES, FIELDS, PRESENCE

    name = ALIASES.get(field, field)
    if name not in FIELDS:
        return
    fixed = {"presence": PRESENCE, "flag": ("yes", "no")}.get(FIELDS[name].kind, FIELDS[name].choices)
    kind = _CONDITIONS.get(name)
    values = fixed or kind
    for candidate, about in candidates(values, request._replace(word=value)) if values else ():
        if '"' not in candidate and "\\" not in candidate:
            is_plain = not quote and re.fullmatch(r"[\w.-]+", candidate)
            text = candidate if is_plain else f'"{candidate}"'
            yield Candidate(f"{before}{field}:{text}", about)


def _classes(request: Request) -> list[Candidate]:
    from pubcli.biblio.arxiv_categories import NAMES

    return _beginning((Candidate(name, about) for name, about in NAMES.items()), request.word)


_SEPARATORS = {"field": ",", "sort field": ",", "mapped field": ",", "year": "..", "measure": ",", "dimension": ","}
"""Characters that separate several values in one word. Only the last value is completed."""
KINDS: Mapping[str, Callable[[Request], Sequence[Candidate]]] = {
    "author": _of_store(prefixes.names),
    "category": _of_store(prefixes.categories),
    "change": _of_store(prefixes.changes),
    "class": _classes,
    "command": commands,
    "schema": schemas,
    "dimension": _fields_to_count_by,
    "encoding": _encodings,
    "field": _fields,
    "file": lambda request: [],
    "format to read": _formats_to_read,
    "format to write": _formats_to_write,
    "graph format": _graph_formats,
    "group": _groups_of_topics,
    "key": _of_store(prefixes.keys),
    "library": _libraries,
    "mapped field": _mapped_fields,
    "measure": _measures,
    "owner": _of_store(prefixes.pages),
    "page": _snapshots,
    "plot": _plots,
    "query": _query,
    "saved query": _of_store(prefixes.saved_queries),
    "snapshot": _snapshots,
    "sort field": _sort_fields,
    "style": _styles,
    "year": _of_store(prefixes.years),
}
"""The function that returns the candidates for each kind of values."""
