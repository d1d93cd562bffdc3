"""Define the fields of the query language. The parser, the help of `search` and docs/query.md use this one table.

To add a field, add a row to `FIELDS` and its SQL to `store.sql`. `make docs` updates the documentation.
"""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal, TypeAlias

    Kind: TypeAlias = Literal["part", "words", "exact", "day", "number", "flag", "presence"]

KINDS: dict[Kind, str] = {
    "part": "part of the text; also lo*, ~lwy, /lo+/",
    "words": "the beginning of a word or phrase; also ~lwy, /lo+/",
    "exact": "the whole value",
    "day": "a date or a range of dates: 2021, 2021-03.., ..2023; year>2020",
    "number": "a number or a range: 3, 1..10, 5.., ..5; citations>=100",
    "flag": "yes or no",
    "presence": "the field has a value",
}
"""Maps each kind of field to a description of the values that a condition can have."""


class Field(NamedTuple):
    """A field of the query language, such as `author` in `author:lowy`."""

    name: str
    """The name. JSON, `--fields` and `--sort` use the same name, except for `author` and `has`."""
    kind: Kind
    """The kind, which determines how a value is parsed and compared."""
    example: str
    """A condition on the field. The help shows the name that this condition uses, such as `year` for `date`."""
    meaning: str
    """A description of the papers that the example selects. It completes a sentence that begins with "papers"."""
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    """All values that the field can have; empty if there is no fixed set."""


PUBLICATION_KINDS = (
    "article", "preprint", "inproceedings", "book", "chapter", "thesis", "report", "dataset", "software", "other",
)  # fmt: skip
"""The kinds of publication that the model has. They are repeated here, because importing the model takes long."""


FIELDS = {
    field.name: field
    for field in (
        Field("author", "part", "author:lowy", "with this in the name of an author", ("authors",)),
        Field("title", "part", "title:games", "with this in the title"),
        Field("abstract", "words", "abstract:convex", "with a word in the abstract that begins with this"),
        Field("org", "part", "org:usc", "with this in the name of the organisation"),
        Field("profile", "part", "profile:razaviyayn", "on the page of a person with this in the name"),
        Field("links", "part", "links:github.com", "with this in a web address in the abstract", ("link",)),
        Field("source", "part", "source:page.txt", "from a file with this in its path"),
        Field("venue", "part", "venue:neurips", "in a journal, proceedings or book with this in the name"),
        Field("publisher", "part", "publisher:springer", "from a publisher or institution with this in the name"),
        Field("keywords", "part", "keyword:fairness", "with this in one of the keywords of the source", ("keyword",)),
        Field("category", "exact", "category:LG", "of this category: a code, an arXiv class, or a name or part of it"),
        Field("classes", "exact", "class:cs.LG", "of a category code that may mean this arXiv class", ("class",)),
        Field("key", "exact", "key:lowy2022private", "with this citation key"),
        Field("badges", "exact", "badge:code", "with this badge after the date", ("badge",)),
        Field("doi", "exact", "doi:10.1109/5.771073", "with this DOI"),
        Field("arxiv", "exact", "arxiv:2203.06735", "with this arXiv identifier"),
        Field("kind", "exact", "kind:article", "of this kind of publication", choices=PUBLICATION_KINDS),
        Field("volume", "exact", "volume:12", "in this volume"),
        Field("date", "day", "year:2021..2023", "published on one of these days", ("year",)),
        Field("position", "number", "position:..10", "at one of these places on the page"),
        Field("line", "number", "line:100..200", "that start on one of these lines of the source"),
        Field("citations", "number", "citations:100..", "with this number of citations"),
        Field("code", "flag", "code:yes", "that the page marks as having code"),
        Field("title_guessed", "flag", "title_guessed:yes", "with a guess of where the title ends"),
        Field("authors_complete", "flag", "authors_complete:no", "with an incomplete author list (et al.)"),
        Field("date_assumed", "flag", "date_assumed:yes", "with an assumed year"),
        Field("has", "presence", "has:code", "with code, or with a value in the field that `has:` names"),
    )
}
"""The fields by name. Errors list them in this order."""

ALIASES = {alias: field.name for field in FIELDS.values() for alias in field.aliases}
"""Maps each other name of a field to the name of the field."""

COMPARABLE = tuple(
    name for field in FIELDS.values() if field.kind in ("day", "number") for name in (field.name, *field.aliases)
)
"""The fields that can be compared, as in `year>2020`."""

PRESENCE = (
    "code",
    "abstract",
    "org",
    "links",
    "badges",
    "date",
    "authors",
    "category",
    "doi",
    "arxiv",
    "venue",
    "publisher",
    "keywords",
    "kind",
    "volume",
    "citations",
)
"""The values that `has:` accepts."""

_INDENT, _WIDTH, _LONGEST = 2, 22, 96


def help_lines() -> Iterator[str]:
    """Yield the lines about fields in the help of `search`.

    For each kind of field, the lines show an example, the possible values, and the other fields of this kind.
    """
    from textwrap import wrap  # imported only here, because only the help needs it

    for kind, values in KINDS.items():
        first, *others = [field for field in FIELDS.values() if field.kind == kind]
        names = [*([first.name] if first.name != _typed_name(first) else []), *map(_typed_name, others)]
        also = ", ".join(PRESENCE[1:]) if kind == "presence" else " ".join(f"{name}:" for name in names)
        line, rest = f"{' ' * _INDENT}{first.example:<{_WIDTH}} {values}", f"also {also}"
        if not also:
            yield line
        elif len(line) + len(rest) < _LONGEST:
            yield f"{line}; {rest}"
        else:
            yield f"{line};"
            indent = " " * (_INDENT + _WIDTH + 1)
            yield from wrap(rest, _LONGEST, initial_indent=indent, subsequent_indent=indent)


def _typed_name(field: Field) -> str:
    """Return the name that the help shows for a field, such as `year` for `date`."""
    return field.example.partition(":")[0]
