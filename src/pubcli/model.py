"""The records that readers create from a source: papers, profiles and problems.

All records are frozen. `None` always means that the source does not contain the value. For each value that a reader may
assume or guess, a second field says whether the reader did so. Other programs rely on the field names. JSON,
`--fields`, `--sort`, table columns and the query language all use the same names.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Any, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from pubcli.text.readable import readable

_T = TypeVar("_T")

Kind: TypeAlias = Literal[
    "article", "preprint", "inproceedings", "book", "chapter", "thesis", "report", "dataset", "software", "other"
]
"""The form in which a paper was published. Bibliographic formats use different words for these forms."""


class Record(BaseModel):
    """Base class of all records. Records are immutable. The validator of each class is built on first use."""

    model_config = ConfigDict(frozen=True, defer_build=True, json_schema_serialization_defaults_required=True)


class Paper(Record):
    """One paper as a page lists it."""

    # Each record stores a set with the names of the fields that were passed to it. A set of nineteen names takes three
    # times the memory of a set of eighteen names. So readers pass a rare field only for the papers that have it.
    key: str = Field(description="Citation key, unique on its page, such as lowy2022private")
    position: int = Field(ge=1, description="Place on the page, counted from 1; the site's own ranking")
    profile: str | None = Field(description="Name at the head of the page; null when the page has no header")
    title: str = Field(description="As written, including any TeX")
    title_guessed: bool = Field(
        False, description="True if the page glues title and authors together, so that the end of the title is a guess"
    )
    authors: tuple[str, ...] = Field(description="Names as written, in the order of the byline")
    authors_complete: bool = Field(description="False if the page truncates the list (et al.)")
    org: str | None = Field(description="Short name of the organisation on the site; null when none is given")
    category: str | None = Field(description="Last part of an arXiv code as the page writes it: LG; null when missing")
    classes: tuple[str, ...] = Field(
        description="arXiv classes that the category may mean; "
        "several if it is ambiguous, none if arXiv has no such category"
    )
    date: datetime.date | None = Field(
        description="Day of publication; null when the page omits the year and no year fits"
    )
    date_assumed: bool = Field(False, description="True if the page omits the year, so that the year is assumed")
    badges: tuple[str, ...] = Field((), description="Labels after the date, such as Code")
    code: bool = Field(False, description="Whether the page marks the paper as having code")
    abstract: str | None = Field(description="As written; null when the page lacks it")
    links: tuple[str, ...] = Field((), description="Web addresses in the abstract, without trailing punctuation")
    cut: tuple[Literal["title", "venue", "abstract"], ...] = Field(
        (), description="The fields that the page truncates; authors_complete does the same for authors"
    )
    source: str = Field(description="Where the page came from: a path, - for standard input, sample, text")
    line: int = Field(ge=1, description="Line of the source on which the record starts")
    also_on: tuple[str, ...] = Field((), description="In a library: the other profiles that list the same paper")
    shown_by: tuple[str, ...] = Field(
        (),
        description="In a library, for a paper on several pages: "
        "for each author, the profiles whose pages name this author",
    )
    date_precision: Literal["day", "month", "year"] = Field(
        "day",
        description="The known part of the date; if only the year is known, the date is 1 January, "
        "and if only year and month are known, the first of that month",
    )
    kind: Kind | None = Field(None, description="Form of publication; null when the source does not state it")
    doi: str | None = Field(None, description="Digital object identifier, bare and in lower case: 10.1109/5.771073")
    arxiv: str | None = Field(None, description="arXiv identifier without version: 2203.06735, math/0309136")
    venue: str | None = Field(None, description="Journal, proceedings, or the book that a chapter is in")
    volume: str | None = Field(None, description="Volume of the journal or series")
    issue: str | None = Field(None, description="Number within the volume")
    pages: str | None = Field(None, description="As written: 1--12, 7, e1003")
    publisher: str | None = Field(None, description="Publisher, or for a thesis or report the institution")
    url: str | None = Field(None, description="Web address of the paper")
    citations: int | None = Field(None, ge=0, description="Number of citations, as the source states it")
    keywords: tuple[str, ...] = Field((), description="Keywords as written in the source")
    extra: dict[str, str] = Field(
        default_factory=dict, description="Further values in the source, under the field names of the source's format"
    )
    last_line: int = Field(ge=1, exclude=True, description="Line of the source on which the record ends")
    key_stated: bool = Field(
        False, exclude=True, description="Whether the source states the key; false for a key that pubcli derived"
    )

    @property
    def readable_title(self) -> str:
        """The title with TeX formulas as plain Unicode."""
        return readable(self.title)

    @property
    def readable_abstract(self) -> str | None:
        """The abstract with TeX formulas as plain Unicode; None if there is no abstract."""
        return None if self.abstract is None else readable(self.abstract)


class Profile(Record):
    """The values in the header of a page, and the year that is assumed for dates without a year."""

    name: str | None = Field(description="Null when the page has no header")
    category: str | None = Field(description="Primary category")
    h_index: int | None = Field(description="As stated; may come from another source and contradict other numbers")
    stated_papers: int | None = Field(description="Number of papers in the header")
    listed_heading: int | None = Field(description="The number in the heading above the list: 56 Papers")
    citations: int | None = Field(description="As stated")
    novelty: int | None = Field(description="In per cent, as stated")
    ai_score: int | None = Field(description="As stated, no unit")
    source: str
    as_of: datetime.date = Field(description="Day on which the page was captured; no assumed date is later")
    as_of_reason: str = Field(description="How that day was determined")
    assumed_year: int | None = Field(
        description="Year assumed for dates without a year; null if no date lacks a year, or if no year fits"
    )
    fitting_years: tuple[int, ...] = Field(description="All years that these dates could have, oldest first")
    assumed_encoding: str | None = Field(
        None,
        description="Encoding of the source if it is a guess, because it is neither UTF-8 nor named by the user",
    )
    site: str | None = Field(
        None, description="The site that the page was copied from; null for files and a paper feed"
    )
    search: str | None = Field(
        None, description="The search whose results the page lists, as stated; such a page has no owner"
    )
    affiliation: str | None = Field(None, description="As stated")
    interests: tuple[str, ...] = Field((), description="As stated; if the page glues them, their ends are guesses")
    i10_index: int | None = Field(None, description="Number of papers with at least ten citations, as stated")
    recent_since: int | None = Field(None, description="Year from which the recent numbers count")
    recent_citations: int | None = Field(None, description="Citations since that year, as stated")
    recent_h_index: int | None = Field(None, description="h-index of the citations since that year, as stated")
    recent_i10_index: int | None = Field(None, description="i10-index of the citations since that year, as stated")
    list_cut: bool = Field(False, description="True if the list ends where the site cuts it, so papers may be missing")
    name_variants: tuple[str, ...] = Field(
        (), description="Other spellings of the owner's name, stated on the page or used in its bylines"
    )
    formulas_flattened: bool = Field(
        False, description="True if the copy shows traces of formulas whose superscripts and subscripts are lost"
    )
    lines: tuple[int, ...] = Field(exclude=True, description="Line numbers of the header in the source")


HEADER_FIELDS = (
    "name", "category", "h_index", "stated_papers", "listed_heading", "citations", "novelty", "ai_score",
)  # fmt: skip
"""The fields of a profile whose values come from the header of a page. `SITE_FIELDS` has further such fields."""

SITE_FIELDS = (
    "site", "search", "affiliation", "interests", "i10_index", "recent_since", "recent_citations", "recent_h_index",
    "recent_i10_index", "list_cut", "name_variants", "formulas_flattened",
)  # fmt: skip
"""The fields of a profile that only some sites state. In profiles of other sources, they have their default values."""


class Problem(Record):
    """Lines that were not understood, kept with their text and their place."""

    source: str
    line: int = Field(ge=1, description="First line")
    last_line: int = Field(ge=1, description="Last line; lines between the two belong to the problem too")
    reason: str = Field(description="What is wrong")
    expected: str = Field(description="What was expected instead")
    text: str = Field(description="The lines as written, without blank lines")


@dataclass(frozen=True, slots=True)
class Page:
    """One profile page, copied at one time.

    A source contains several pages if the user pasted them one after another.
    """

    profile: Profile
    papers: tuple[Paper, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Everything read from one source. Each non-blank line of the source is in a header, a paper or a problem."""

    source: str
    pages: tuple[Page, ...]
    """At least one page."""

    @property
    def profile(self) -> Profile:
        """The profile of the first page."""
        return self.pages[0].profile

    @property
    def profiles(self) -> tuple[Profile, ...]:
        """The profiles of all pages, in order."""
        return tuple(page.profile for page in self.pages)

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers of all pages, in order."""
        return _joined(page.papers for page in self.pages)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The problems of all pages, in order."""
        return _joined(page.problems for page in self.pages)


def _joined(parts: Iterable[tuple[_T, ...]]) -> tuple[_T, ...]:
    return tuple(chain.from_iterable(parts))


def json_schema(record: str) -> dict[str, Any]:
    """Return the JSON Schema of a `paper`, `profile`, `problem` or `document`, as pubcli writes it in JSON."""
    model = {"paper": Paper, "profile": Profile, "problem": Problem, "document": Document}[record]
    schema = TypeAdapter(model).json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
