"""Define the fields of each kind of rows, and their types.

Only type checkers read these classes. Modules import the classes under `TYPE_CHECKING`, so the classes cost nothing at
run time. `None` means that the source does not contain the value.
"""

from typing import Literal, NotRequired, TypedDict

# Papers


class PaperRow(TypedDict):
    """A paper, with the fields of `pubcli list --json`; `model.Paper` describes each of them."""

    key: str
    position: int
    profile: str | None
    title: str
    title_guessed: bool
    authors: list[str]
    authors_complete: bool
    org: str | None
    category: str | None
    classes: list[str]
    date: str | None
    date_assumed: bool
    badges: list[str]
    code: bool
    abstract: str | None
    links: list[str]
    cut: list[str]
    source: str
    line: int
    also_on: list[str]
    shown_by: list[str]
    date_precision: Literal["day", "month", "year"]
    kind: str | None
    doi: str | None
    arxiv: str | None
    venue: str | None
    volume: str | None
    issue: str | None
    pages: str | None
    publisher: str | None
    url: str | None
    citations: int | None
    keywords: list[str]
    extra: dict[str, str]
    field_sources: NotRequired[dict[str, str]]
    """In `pubcli show`, for a paper on several pages of a library: the page that provides each field."""


class HitRow(PaperRow):
    """A paper that a search selects."""

    score: float
    """Relevance: larger is better, 0 for a query without words."""
    passage: str
    """The snippet of the abstract that contains the most words of the query."""
    missing: list[str]
    """The words of the query that the paper lacks, as they were typed; empty for a full match."""
    instead: list[str]
    """For each missing word, the related words that the paper contains instead, as in `doctor: physician, nurses`."""
    why: NotRequired[list[str]]
    """With `--explain`, how much each word adds to the score, and how often it occurs in each field."""


class SimilarRow(PaperRow):
    """A paper that is similar to a given paper."""

    likeness: float
    """The score of this paper divided by the score that the given paper gets in the same search; from 0 to 1."""
    shared_words: list[str]
    """The characteristic words of the given paper that this paper also contains, the most characteristic first."""


class StepRow(TypedDict):
    """A joint paper of two people who are neighbours in a chain of co-authors."""

    step: int
    name: str
    next_name: str
    papers: int
    """The number of joint papers of these two people."""
    key: str
    title: str
    title_guessed: bool
    date: str | None
    date_assumed: bool
    date_precision: Literal["day", "month", "year"]
    category: str | None
    classes: list[str]


class ReferenceRow(TypedDict):
    """A paper as a reference in a citation style."""

    key: str
    reference: str


# People


class PersonRow(TypedDict):
    """A person, with totals over the selected papers."""

    name: str
    papers: int
    first_year: int | None
    first_year_assumed: bool
    last_year: int | None
    last_year_assumed: bool
    categories: list[str]
    """Category codes, the most frequent first."""
    ambiguous: list[str]
    """The codes among `categories` that belong to several arXiv archives; not a field of JSON."""
    first_author: int
    last_author: int
    names: list[str]
    """All spellings; the first one is displayed."""
    has_page: NotRequired[bool]
    person: NotRequired[str]
    """The folded name under which the person is counted; not a field of JSON."""


class YearlyRow(TypedDict):
    """The joint papers of a person and the owner of a page. Each list of numbers has one number for each of `years`."""

    years: list[int]
    papers_by_year: list[int]
    assumed_by_year: list[int]
    first_by_year: list[int]
    last_by_year: list[int]
    gaps: list[str]
    course: str
    """A sparkline of the number of papers in each year; not a field of JSON."""


class CoauthorRow(PersonRow, YearlyRow):
    """A co-author of the owner of a page."""


class NodeRow(TypedDict):
    """A person in the network of co-authors, or a keyword, venue or paper in another network."""

    name: str
    names: list[str]
    papers: int
    degree: int
    strength: int
    betweenness: float
    betweenness_estimated: bool
    component: int
    community: int
    mean_year: float | None
    """Mean year of the papers whose year is known."""


class EdgeRow(TypedDict):
    """Two nodes of a network that are linked."""

    source: str
    target: str
    weight: int
    """What links two nodes, such as the number of joint papers."""


class ThemeRow(TypedDict):
    """A community of a network as a theme."""

    community: int
    theme: str
    """The most frequent items."""
    items: int
    papers: int
    """Sum of the papers of the items."""
    centrality: float
    """Strength of the links to other themes (Callon et al. 1991)."""
    density: float
    """Strength of the links inside the theme, for each item."""
    mean_year: float | None
    quadrant: str
    """`motor`, `niche`, `emerging or declining` or `basic`, by the medians of centrality and density."""


class NameVariantRow(TypedDict):
    """Two names that may belong to one person."""

    decision: str
    name: str
    other_name: str
    papers: int | None
    other_papers: int | None
    coauthors_in_common: int | None
    evidence: str


class PeriodRow(TypedDict):
    """The new, returned and lost co-authors in a period of years."""

    period: str
    first_year: int
    last_year: int
    papers: int
    assumed_dates: int
    coauthors: int
    new_coauthors: int
    returned_coauthors: int
    lost_coauthors: int
    new_names: list[str]
    returned_names: list[str]
    lost_names: list[str]
    complete_lists: int
    owner_first: int
    owner_last: int
    first_share: int | None
    last_share: int | None


# Numbers of papers


class CountRow(TypedDict):
    """The number of papers with one value of a dimension, such as 2022, or with two values, such as 2022 and LG."""

    papers: int
    share: float
    """Share of the selected papers, from 0 to 1."""
    authors_per_paper: float | None
    assumed_dates: int
    cut_author_lists: int
    fractional: NotRequired[float]
    """Papers, each of which counts 1 in all, in equal parts for its values."""
    citations: NotRequired[int | None]
    """The sum, and below the mean, median and maximum, over the papers whose source states citations; null if none."""
    citations_mean: NotRequired[float | None]
    citations_median: NotRequired[float | None]
    citations_max: NotRequired[int | None]
    citations_per_year: NotRequired[float | None]
    """Mean of the citations of each paper per year, from its publication to the capture of its page."""
    citations_known: NotRequired[int]
    """Number of papers whose source states citations."""
    h_index: NotRequired[int | None]
    """Index of these papers alone; the same for `g_index` and `i10_index`."""
    g_index: NotRequired[int | None]
    i10_index: NotRequired[int | None]
    # The fields of the dimensions. A row has only the dimensions by which the answer counts papers.
    year: NotRequired[int | None]
    month: NotRequired[str | None]
    """Year and month: 2023-04."""
    category: NotRequired[str | None]
    classes: NotRequired[list[str]]
    kind: NotRequired[str | None]
    venue: NotRequired[str | None]
    publisher: NotRequired[str | None]
    keyword: NotRequired[str | None]
    badge: NotRequired[str | None]
    org: NotRequired[str | None]
    country: NotRequired[str | None]
    language: NotRequired[str | None]
    team: NotRequired[int | None]
    team_cut: NotRequired[bool]
    author: NotRequired[str | None]
    first_author: NotRequired[str | None]
    last_author: NotRequired[str | None]
    profile: NotRequired[str | None]
    source: NotRequired[str | None]


class IndicatorRow(TypedDict):
    """An indicator of bibliometrics for the selected papers."""

    indicator: str
    value: float
    papers: int
    """Number of papers from which it is computed."""
    meaning: str


class LawRow(TypedDict):
    """A number of a law of bibliometrics: what the papers show, and what the law expects."""

    law: str
    quantity: str
    observed: float
    expected: float | None
    low: float | None
    """The ends, `low` and `high`, of the interval of 95 % of an estimate."""
    high: float | None


class DimensionRow(TypedDict):
    """One dimension, such as the year: how many values and papers it has, and the values with the most papers."""

    by: str
    values: int
    papers: int
    share: float
    counts: list[int]
    most: list[str]


class CategoryRow(TypedDict):
    """An arXiv category with its number of papers."""

    category: str | None
    meaning: str | None
    classes: list[str]
    papers: int


# Topics


class TopicRow(TypedDict):
    """A phrase that characterises the selected papers. `counts` and `shares` have one number for each of `periods`."""

    topic: str
    papers: int
    share: float
    titles: int
    score: float
    trend: str | None
    change: float | None
    periods: list[str]
    counts: list[int]
    shares: list[float | None]
    keys: list[str]


class GroupTopicRow(TypedDict):
    """A phrase that characterises the papers of one year, category, author, organisation or profile."""

    topic: str
    papers: int
    share: float
    elsewhere: float | None
    score: float
    keys: list[str]
    year: NotRequired[int]
    category: NotRequired[str]
    author: NotRequired[str]
    org: NotRequired[str]
    profile: NotRequired[str]
    assumed_dates: NotRequired[int]


# Pages


class ProfileRow(TypedDict):
    """The values in the header of a page, and totals over the papers on the page."""

    name: str | None
    category: str | None
    h_index: int | None
    stated_papers: int | None
    listed_heading: int | None
    citations: int | None
    novelty: int | None
    ai_score: int | None
    listed_papers: int
    listed_cited_papers: int
    """Number of papers on the page whose citations it states; the next four fields are computed from these papers."""
    listed_citations: int | None
    listed_h_index: int | None
    listed_g_index: int | None
    listed_i10_index: int | None
    listed_categories: list[str]
    ambiguous: list[str]
    """The codes among `listed_categories` that belong to several arXiv archives; not a field of JSON."""
    first_year: int | None
    first_year_assumed: bool
    last_year: int | None
    last_year_assumed: bool
    with_code: int
    cut_author_lists: int
    owner_named: int
    guessed_titles: int
    assumed_dates: int
    problems: int
    assumed_year: int | None
    fitting_years: list[int]
    site: str | None
    search: str | None
    affiliation: str | None
    interests: list[str]
    i10_index: int | None
    recent_since: int | None
    recent_citations: int | None
    recent_h_index: int | None
    recent_i10_index: int | None
    list_cut: bool
    name_variants: list[str]
    formulas_flattened: bool
    assumed_encoding: str | None
    as_of: str
    as_of_reason: str
    source: str


class FindingRow(TypedDict):
    """Something that `pubcli check` found on a page."""

    kind: str
    source: str
    line: int | None
    last_line: int | None
    finding: str
    text: str | None


class ChangeRow(TypedDict):
    """A difference between two copies of a page from different times."""

    change: str
    key: str | None
    title: str | None
    title_guessed: bool
    field: str | None
    old: object
    new: object
    old_assumed: bool
    new_assumed: bool
    difference: int | None
    summary: str


class PageChangeRow(ChangeRow):
    """A difference between a snapshot of a page and the snapshot before it."""

    name: str
    """Name of the owner."""
    before: str
    """ISO day of the earlier snapshot."""
    as_of: str
    """ISO day of the later snapshot."""


class ChangeSummaryRow(TypedDict):
    """The changes of a page during a period, in numbers."""

    name: str
    """Name of the owner."""
    before: str
    """ISO day of the last snapshot before the period."""
    as_of: str
    """ISO day of the newest snapshot."""
    h_index: int | None
    h_index_difference: int | None
    """None if one of the two snapshots does not state it; so is `citations_difference`."""
    citations: int | None
    citations_difference: int | None
    new_papers: int
    gone_papers: int
    renamed_papers: int
    changed_papers: int


class ComparisonRow(TypedDict):
    """A paper, co-author, category, year or topic that two pages share, or that only one of them has."""

    section: str
    item: str | None
    a: str | int | None
    b: str | int | None
    a_assumed: bool
    b_assumed: bool
    item_ambiguous: bool


class PagePairRow(TypedDict):
    """A page among several that are compared, or what two of them share."""

    section: str
    """`page` or `pair`."""
    name: str
    other: str | None
    """The other page of a pair."""
    papers: int
    coauthors: int
    topics: int
    first_year: int | None
    last_year: int | None
    papers_by_year: list[int]
    """For a page, its papers in each year from the first year of all pages to the last."""


class SnapshotRow(TypedDict):
    """The numbers of a page at the time of one snapshot."""

    as_of: str
    h_index: int | None
    stated_papers: int | None
    citations: int | None
    novelty: int | None
    ai_score: int | None
    i10_index: int | None
    recent_h_index: int | None
    recent_i10_index: int | None
    recent_citations: int | None
    listed_papers: int
    new_papers: int | None
    gone_papers: int | None
    day_number: int | None
    """The number of the snapshot among the snapshots of the same page and day; None if there is only one."""


# The library


class PageRow(TypedDict):
    """A page in the library."""

    name: str
    category: str | None
    h_index: int | None
    citations: int | None
    papers: int
    shared_papers: int
    as_of: str
    as_of_reason: str
    snapshots: int
    source: str


class LibraryRow(TypedDict):
    """A library and its totals."""

    library: str
    bytes: int
    profiles: int
    snapshots: int
    papers: int
    shared_papers: int
    authors: int
    last_added: str | None
    version: int


class AddedRow(TypedDict):
    """The result of adding a page to the library, or of checking whether its file has changed."""

    source: str
    profile: str
    outcome: str | None
    """`new profile`, `newer snapshot`, `older snapshot`, `unchanged`, `refused` or `not read`; None before the page is
    stored."""
    as_of: str | None
    papers: int
    shared: int | None
    """How many of the page's papers are also on other people's pages; None if the file was only checked."""
    problems: int | None
    assumed_encoding: str | None
    changes: object
    """A `PageChanges` if the page replaces a snapshot, or was refused; not a field of JSON."""
    order_doubt: str | None
    """Why the order of captures of one day is uncertain, as a clause; not a field of JSON."""


class DuplicateRow(TypedDict):
    """A paper on several pages, or two papers that may be the same."""

    decision: str
    title: str
    key: str
    profiles: list[str]
    other_title: str | None
    other_key: str | None
    evidence: str


class SavedQueryRow(TypedDict):
    """A query that the library stores under a name."""

    name: str
    question: str
    saved_at: str
    run_at: str | None


class ColumnRow(TypedDict):
    """A column of a view that statements in SQL can read."""

    view: str
    row: str
    """What a row of the view is."""
    column: str
    meaning: str


# The program


class FormatRow(TypedDict):
    """A format that pubcli reads or writes."""

    format: str
    about: str
    suffixes: list[str]
    media_type: str
    shows: str
    options: list[str]
    read: bool
    written: bool
    checked: bool
    remedy: str | None
    """For a site that pubcli recognises but cannot read: what to do instead of copying its pages. None for a format."""


class AddressRow(TypedDict):
    """The address of a paper on the web."""

    key: str
    address: str


class PathRow(TypedDict):
    """The path of the file with the user's settings."""

    path: str


class SettingRow(TypedDict):
    """A setting, with its value and where the value comes from."""

    setting: str
    value: str | None
    source: str | None
    meaning: str | None


class FieldRow(TypedDict):
    """A field of papers."""

    field: str
    query: str | None
    """An example of a condition in a query; None if no query can name the field."""
    meaning: str | None


class OptionRow(TypedDict):
    """An option that many commands have."""

    group: str
    option: str
    meaning: str


class SiteRow(TypedDict):
    """A site whose pages are recognised."""

    site: str
    about: str
    read: bool
    advice: str | None


class VariableRow(TypedDict):
    """An environment variable, with its value and its meaning."""

    variable: str
    value: str | None
    meaning: str


class PictureRow(TypedDict):
    """A kind of picture that `pubcli plot` draws."""

    kind: str
    about: str


class CacheRow(TypedDict):
    """The cache and its limits."""

    folder: str
    entries: int
    bytes: int
    most_entries: int
    most_bytes: int


class LibraryFindingRow(TypedDict):
    """Something that `pubcli library check` found in the file of a library."""

    library: str
    finding: str


class LoggedChangeRow(TypedDict):
    """A change of a library, as `pubcli library log` lists it."""

    number: int
    made_at: str
    """Time in ISO format with the offset from UTC."""
    command: str
    """What the user typed."""
    effect: str
    """What the change did, in words."""
    pages_added: int
    pages_removed: int
    papers_added: int
    papers_removed: int
    state: str
    """`can be undone`, `undone` or `permanent`."""
