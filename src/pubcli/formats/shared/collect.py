"""References, as a reader of some format found them -> validated records: what all those readers share.

A reader yields a `Reference` for each paper, with those fields of `Paper` that its format tells, and an `Unread` for
what it does not understand. Here keys and positions are given, classes looked up, and a record that cannot be becomes
a problem with its line; the others stay.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from types import UnionType
from typing import Any, NamedTuple, TypeAlias

from pydantic import TypeAdapter, ValidationError

from pubcli.biblio import arxiv_categories, citation_keys
from pubcli.inputs import encoding
from pubcli.inputs.sources import Source, Stream
from pubcli.model import Document, Page, Paper, Problem, Profile
from pubcli.sites.paperfeed.header import FIELDS
from pubcli.text.links import links
from pubcli.text.normalize import visible

_PAPERS = TypeAdapter(list[Paper])
BATCH = 100
"""References that are validated at a time."""
_LONGEST_KEY = 100
_KEY = re.compile(rf"(?=.*[A-Za-z/]|\d{{5}})[A-Za-z0-9][\w:.+/&-]{{0,{_LONGEST_KEY - 1}}}", re.ASCII)
_NO_ABSTRACT = ("[No abstract available]", "No abstract available", "No abstract available.")
"""What Scopus and publishers write where there is none."""
_LONGEST = 2_000
"""Characters of a text that was not understood that are kept."""


class Reference(NamedTuple):
    """A paper as a format tells it."""

    line: int
    last_line: int
    said: dict[str, Any]
    """Fields of `Paper` under their names, `title` at least; those that are missing get what stands for unknown."""


class Unread(NamedTuple):
    """A part of a source that was not understood."""

    line: int
    last_line: int
    reason: str
    expected: str
    text: str


Found: TypeAlias = Reference | Unread
Whose: TypeAlias = tuple[str | None, str | None]
"""The owner of a page; without one, where the page is."""


def document(source: Source, found: Iterable[Found], owner: str | None = None) -> Document:
    """All references of a source as one page; `owner` is whose list it is, where the format says so."""
    gathered = Gathered()
    gathered.take(found)
    return Document(source=source.name, pages=(page(source, gathered, owner),))


def by_profile(source: Source, found: Iterable[Found]) -> Document:
    """References that say on which page they stand, as those pages; what was not understood is on the first."""
    pages: defaultdict[Whose, Gathered] = defaultdict(Gathered)
    unread: list[Found] = []
    for one in found:
        if isinstance(one, Unread):
            unread.append(one)
        else:
            pages[whose(one)].add(one)
    if not pages:
        pages[None, None] = Gathered()
    next(iter(pages.values())).take(unread)
    for gathered in pages.values():
        _number(gathered.references)
    made = (page(source, gathered, name, origin) for (name, origin), gathered in pages.items())
    return Document(source=source.name, pages=tuple(made))


def whose(one: Reference) -> Whose:
    """The page of a reference that says on which page it stands: its owner, or where a page without a header is."""
    name, origin = one.said.get("profile"), one.said.get("source")
    if isinstance(name, str) and name:
        return name, None
    return None, origin if isinstance(origin, str) else None


def _number(references: Sequence[Reference]) -> None:
    """Positions are kept, unless two papers of a page have the same or one has none."""
    given = [one.said.get("position") for one in references]
    if len(set(map(str, given))) < len(given) or not all(isinstance(place, int) and place > 0 for place in given):
        for place, one in enumerate(references, 1):
            one.said["position"] = place


class Gathered:
    """References and what was not understood, apart."""

    def __init__(self) -> None:
        self.references: list[Reference] = []
        self.unread: list[Unread] = []
        self.has_records = False
        """Whether there are records at all, if only such as are no papers."""

    def take(self, found: Iterable[Found]) -> None:
        """Sort out what a reader found."""
        for one in found:
            self.add(one)

    def add(self, one: Found) -> None:
        """Sort one of them in."""
        self.has_records = self.has_records or isinstance(one, Reference)
        known = checked(one)
        if isinstance(known, Reference):
            self.references.append(known)
        else:
            self.unread.append(known)


_LOOKED_INTO: Mapping[str, type | UnionType] = {
    "authors": list | tuple,
    "badges": list | tuple,
    "category": str,
    "abstract": str,
    "line": int,
    "position": int,
    "date": object,
}
"""What the value of a field must be for its paper to get a key and be completed, before all fields are validated."""
_MOST = 2**31


def checked(one: Found) -> Found:
    """What was found; without a title it is no paper."""
    if isinstance(one, Unread) or (isinstance(title := one.said.get("title"), str) and title.strip()):
        return one
    return untitled(one)


def untitled(one: Reference) -> Unread:
    """A record without a title, as what it is: not understood."""
    return Unread(one.line, one.last_line, "the record has no title", "a title", _short(one))


def of_kind(one: Reference) -> Found:
    """A paper of which nothing is known but that it came as JSON; with a value that cannot be its field's, none."""
    said = one.said
    for field, known in _LOOKED_INTO.items():
        value = said.get(field)
        if value is not None and not (isinstance(value, known) and _can_be(field, value)):
            reason = f"{field}: {value!r} will not do"
            return Unread(one.line, one.last_line, reason, f"a value of {field}", str(said.get("title", "")))
    return one


def _can_be(field: str, value: Any) -> bool:
    """Whether a value of the right type can be that of a field."""
    if field == "authors":
        return {str}.issuperset(map(type, value))
    if field == "date":
        return str(value)[:4].isdecimal()
    return (field != "line" or 0 < value < _MOST) and (field != "position" or value < _MOST)


def _short(one: Reference) -> str:
    return "; ".join(f"{field}: {value}" for field, value in one.said.items() if value)


def page(source: Source, gathered: Gathered, owner: str | None = None, origin: str | None = None) -> Page:
    """The page that references make. `origin` is where they came from first, when that is not this source.

    Raises InputError where there is no record, and something else.
    """
    if gathered.unread and not gathered.has_records:
        first = min(gathered.unread, key=lambda one: one.line)
        place = f"line {first.line}: {visible(first.reason)}"
        raise encoding.of_another_format(source, f"no record that can be read ({place})")
    profile = header(source, owner, origin, _assumed_year(gathered.references))
    unread = list(gathered.unread)
    given = _keys(gathered.references)
    papers: list[Paper] = []
    numbered = zip(gathered.references, given, strict=True)
    while batch := list(islice(numbered, BATCH)):
        papers += validated(batch, profile, len(papers), unread)
    problems = tuple(problem(one, source.name) for one in sorted(unread, key=lambda one: one.line))
    return Page(profile=profile, papers=tuple(papers), problems=problems)


def header(
    source: Source | Stream, owner: str | None, origin: str | None = None, assumed_year: int | None = None
) -> Profile:
    """The header of a page that states nothing but, perhaps, whose it is."""
    unknown: dict[str, Any] = dict.fromkeys(FIELDS)
    return Profile(
        **unknown | {"name": owner},
        source=origin or source.name,
        as_of=source.as_of,
        as_of_reason=source.as_of_reason,
        assumed_year=assumed_year,
        fitting_years=() if assumed_year is None else (assumed_year,),
        lines=(),
    )


def _assumed_year(references: Iterable[Reference]) -> int | None:
    """The one year that all assumed dates have."""
    dates = {str(one.said.get("date"))[:4] for one in references if one.said.get("date_assumed") is True}
    year = dates.pop() if len(dates) == 1 else ""
    return int(year) if year.isdecimal() else None


def validated(
    batch: Sequence[tuple[Reference, str]], profile: Profile, before: int, unread: list[Unread]
) -> list[Paper]:
    """The papers of references with their keys; `before` is how many stand before them on the page.

    What cannot be a paper goes to `unread`.
    """
    rows = [fields(one, key, place, profile) for place, (one, key) in enumerate(batch, before + 1)]
    try:
        return _PAPERS.validate_python(rows)
    except ValidationError:
        pass
    good: list[Paper] = []
    for (one, _), row in zip(batch, rows, strict=True):
        try:
            good.append(Paper.model_validate({**row, "position": one.said.get("position", before + len(good) + 1)}))
        except ValidationError as error:
            unread.append(_refused(one, error))
    return good


def _refused(one: Reference, error: ValidationError) -> Unread:
    first = error.errors(include_url=False, include_context=False)[0]
    place = ".".join(map(str, first["loc"]))
    return Unread(one.line, one.last_line, f"{place}: {first['msg']}", f"a value of {place}", str(one.said["title"]))


_UNKNOWN: Mapping[str, Any] = {
    "authors": (),
    "authors_complete": True,
    "org": None,
    "category": None,
    "classes": (),
    "date": None,
    "abstract": None,
}
"""What stands for what a format does not tell."""


def fields(one: Reference, key: str, position: int, profile: Profile) -> dict[str, Any]:
    """A paper before it is validated, without those fields that stay as they are by default."""
    page = {"position": position, "profile": profile.name, "source": profile.source, "line": one.line}
    said = {**_UNKNOWN, **page, **one.said, "key": key}
    said["last_line"] = max(one.last_line, said["line"])
    if (category := said["category"]) and "classes" not in one.said:
        said["classes"] = arxiv_categories.classes(category)
    if said["abstract"] in _NO_ABSTRACT:
        said["abstract"] = None
    if "links" not in said and (found := links(said["abstract"])):
        said["links"] = found
    if "code" not in said and "Code" in said.get("badges", ()):
        said["code"] = True
    return said


def _keys(references: Sequence[Reference]) -> list[str]:
    """The keys that the source gives, else those that the papers' contents give; each once."""
    bases = [base_key(one.said) for one in references]
    return citation_keys.assign(bases, lambda index: content(references[index].said))


def base_key(said: Mapping[str, Any]) -> str:
    """The key before collisions are settled: as given, when it can be one."""
    given = said.get("key")
    if given and is_key(given):
        return str(given)
    authors, date = said.get("authors", ()), said.get("date")
    return citation_keys.base_key(authors, int(str(date)[:4]) if date else None, said["title"])


def is_key(text: object) -> bool:
    """Whether a text can stand for a paper on a command line and in every format: one word.

    It is no position or year: a letter is in it, as in `2020A&A...641A...6P` of ADS, a slash, as in the DOIs of ACM, or
    it is a number that no list is long enough for, as in IEEE Xplore.
    """
    if not isinstance(text, str):
        return False
    if text.isalnum() and text.isascii() and not text.isdigit():  # as nearly all are
        return len(text) <= _LONGEST_KEY
    return _KEY.fullmatch(text) is not None and "//" not in text


def content(said: Mapping[str, Any]) -> tuple[str, ...]:
    """All that decides which of several papers with the same key comes first."""
    told = (said.get(field) or "" for field in ("date", "category", "doi", "arxiv", "venue", "pages"))
    return said["title"], *said.get("authors", ()), *map(str, told)


def problem(one: Unread, source: str) -> Problem:
    """What was not understood, as a record."""
    text = one.text if len(one.text) <= _LONGEST else f"{one.text[:_LONGEST]}…"
    lines = "\n".join(line for line in text.splitlines() if line.strip())
    return Problem(
        source=source,
        line=one.line,
        last_line=max(one.line, one.last_line),
        reason=one.reason,
        expected=one.expected,
        text=lines.encode("utf-8", "replace").decode(),
    )
