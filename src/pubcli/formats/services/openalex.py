"""Read works of OpenAlex from its API or its data files: an object with `results`, an array of works, or one work.

The reader ignores topics, concepts and links to other works.
"""

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from pubcli.biblio import identifiers, stated_dates
from pubcli.formats.shared import collect, json_stream
from pubcli.formats.shared.collect import ParseProblem
from pubcli.formats.shared.json_stream import Element
from pubcli.formats.shared.lines import as_text, non_empty, one_line
from pubcli.formats.shared.notes import date_fields, is_said_by, with_identifiers
from pubcli.inputs.sources import Source
from pubcli.model import Document
from pubcli.text.html import plain_text

_KINDS = {
    "article": "article", "review": "article", "letter": "article", "editorial": "article", "erratum": "article",
    "preprint": "preprint", "book": "book", "book-chapter": "chapter", "dissertation": "thesis", "report": "report",
    "dataset": "dataset", "software": "software",
}  # fmt: skip
_PROCEEDINGS = "proceedings-article"
"""Crossref's type for a conference paper. OpenAlex calls such a paper an article."""
_DATES = ("publication_date", "publication_year")
_EXTRA_KEYS = ("language", "is_retracted")
_LINKED_KEYS = frozenset(
    "abstract_inverted_index_v3 apc_list apc_paid authors_count best_oa_location citation_normalized_percentile "
    "cited_by_api_url cited_by_percentile_year concepts concepts_count content_url content_urls "
    "corresponding_author_ids corresponding_institution_ids countries_distinct_count counts_by_year created_date "
    "datasets display_name fulltext_origin funders funders_count fwci grants awards has_content has_fulltext "
    "has_pdf_available_in_repository_cited_by_api_url indexed_in institution_assertions institutions "
    "institutions_distinct_count is_authors_truncated is_oa is_paratext is_xpac locations_count mesh "
    "open_access primary_topic referenced_works_count related_works "
    "relevance_score sustainable_development_goals topics topics_count updated updated_date versions "
    "ngrams_url score"
    .split()
)  # fmt: skip
"""Keys of a work that describe linked records or how OpenAlex made the work. They are not read."""
_KEY_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "authorships": list, "biblio": dict, "ids": dict, "keywords": list, "primary_location": dict, "locations": list,
    "abstract_inverted_index": dict, "cited_by_count": int, "doi": str, "id": str, "publication_date": str,
    "publication_year": (int, str), "title": str, "type": str, "type_crossref": str, "language": str,
    "is_retracted": bool, "referenced_works": list,
}  # fmt: skip
"""The types of the values that are read."""
_INNER_KEYS: Mapping[str, frozenset[str]] = {
    "authorships": frozenset(
        "affiliations author author_position countries institutions is_corresponding raw_affiliation_string "
        "raw_affiliation_strings raw_author_name raw_orcid".split()
    ),
    "keywords": frozenset("id display_name keyword score".split()),
    "ids": frozenset("openalex doi mag pmid pmcid".split()),
    "biblio": frozenset("volume issue first_page last_page".split()),
    "primary_location": frozenset(
        "id is_oa is_accepted is_published landing_page_url license license_id pdf_url provenance raw_source_name "
        "raw_type source version".split()
    ),
}
"""The keys that OpenAlex uses inside of objects."""
_ANSWER = re.compile(r'^[^\S\n]*\{\s*"(?:meta|results)"', re.MULTILINE)
"""Matches the beginning of a response of the API. A file may hold several responses."""
_RESULTS = re.compile('"results"')
_WORK_KEYS = frozenset("abstract_inverted_index authorships biblio cited_by_count display_name ids open_access"
                 " primary_location publication_date publication_year".split())  # fmt: skip
_COMMON_KEYS = frozenset({"id", "doi", "title", "type", "language"})
_MOST_WORDS = 100_000
"""Positions of words in an abstract must be below this number. A word at any other position is ignored as an error."""


def read(source: Source) -> Document:
    """Return the works as one page."""
    return collect.document(source, json_stream.records(works(source), fields_of))


def works(source: Source) -> Iterator[Element | ParseProblem]:
    """Yield the works of a source as JSON objects, and a problem for each part that is not a work."""
    text = source.data.decode("utf-8-sig")
    decoder = json_stream.Decoder(text)
    lists = (json_stream.elements(text, start, line, decoder) for start, line in _lists(text))
    return map(require_work, chain.from_iterable(lists))


def is_answer(text: str) -> bool:
    """Return whether a text begins as a response of the API does, whose works are in an array `results`."""
    return _ANSWER.match(text) is not None


def _lists(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offset and the line before each list of works, or the beginning of the text if it has no `results`."""
    names = [match.start() for match in _RESULTS.finditer(text)]
    places = (bisect_left(names, match.start()) for match in _ANSWER.finditer(text))
    starts = [names[place] for place in dict.fromkeys(places) if place < len(names)]
    line, counted = 1, 0
    for start in starts or [0]:
        line, counted = line + text.count("\n", counted, start), start
        yield start, line


def require_work(element: Element | ParseProblem) -> Element | ParseProblem:
    """Return an element of the JSON unchanged. For an object that cannot be a work of OpenAlex, return a problem."""
    if isinstance(element, ParseProblem) or not isinstance(element.value, dict):
        return element
    keys = element.value.keys()
    if keys & _WORK_KEYS or keys <= _COMMON_KEYS or "openalex.org" in as_text(element.value.get("id")):
        return element
    reason = f"not a work of OpenAlex: the object has only the keys {', '.join(keys)}"
    expected = f"an object with at least one of the keys {', '.join(sorted(_WORK_KEYS))}"
    return ParseProblem(element.line, element.last_line, reason, expected, as_text(element.value))


def fields_of(work: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of `Paper` that a work has."""
    fields: dict[str, Any] = {
        "title": one_line(plain_text(as_text(work.get("title")) or as_text(work.get("display_name"))))
    }
    people = [name for item in _dicts(work.get("authorships")) if (name := _author(item))]
    fields |= {"authors": tuple(people), "authors_complete": work.get("is_authors_truncated") is not True}
    stated = {name: stated_dates.parse(as_text(work.get(name))) for name in _DATES}
    fields |= date_fields(next((date.date for date in stated.values() if date.date), None))
    fields |= _place(work)
    kind = as_text(work.get("type"))
    is_proceedings = work.get("type_crossref") == _PROCEEDINGS
    fields["kind"] = "inproceedings" if is_proceedings else _KINDS.get(kind, "other" if kind else None)
    ids = _dict(work.get("ids"))
    fields["doi"] = identifiers.doi(as_text(work.get("doi")) or as_text(ids.get("doi")))
    invalid_doi = "" if fields["doi"] else as_text(work.get("doi"))
    fields["abstract"] = _abstract(work.get("abstract_inverted_index"))
    fields["citations"] = work.get("cited_by_count")
    fields["keywords"] = tuple(dict.fromkeys(filter(None, map(_keyword, _dicts(work.get("keywords"))))))
    extra = {name: as_text(work.get(name)) for name in _EXTRA_KEYS if work.get(name)} | _unread(work)
    extra["issn"] = _serial_numbers(_dict(_dict(work.get("primary_location")).get("source")))
    extra |= {name: as_text(ids[name]).rpartition("/")[2] for name in ("pmid", "pmcid") if ids.get(name)}
    extra["doi"] = invalid_doi or extra.get("doi", "")
    extra["openalex"] = identifier(work)
    extra["referenced_works"] = _references(work)
    extra["institutions"] = "; ".join(_institutions(work))
    if kind and kind not in ("article", *_KINDS.values()):
        extra["type"] = kind
    extra |= {name: as_text(work.get(name)) for name, date in stated.items() if not is_said_by(fields, date)}
    fields["extra"] = {name: value for name, value in extra.items() if value}
    return with_identifiers(non_empty(fields))


def _unread(work: Mapping[str, Any]) -> dict[str, str]:
    """Return the values whose key is unknown, or whose type is not that of OpenAlex. Objects become JSON."""
    return {
        key: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in work.items()
        if value and key not in _LINKED_KEYS and not _is_read(key, value)
    }


def _is_read(key: str, value: object) -> bool:
    """Return whether a value has the type that OpenAlex uses, and its objects have only keys that OpenAlex uses."""
    if key not in _KEY_TYPES or not isinstance(value, _KEY_TYPES[key]):
        return False
    if key == "abstract_inverted_index":
        lists = _dict(value).values()
        return {list}.issuperset(map(type, lists)) and {int, bool}.issuperset(map(type, chain.from_iterable(lists)))
    known = _INNER_KEYS.get(key)
    objects = value if isinstance(value, list) else [value]
    return known is None or all(isinstance(item, dict) and item.keys() <= known for item in objects)


def _place(work: Mapping[str, Any]) -> dict[str, Any]:
    location, biblio = _dict(work.get("primary_location")), _dict(work.get("biblio"))
    venue = _dict(location.get("source"))
    pages = [as_text(biblio.get(name)) for name in ("first_page", "last_page")]
    landing_pages = [as_text(item.get("landing_page_url")) for item in [location, *_dicts(work.get("locations"))]]
    arxiv = next(
        (identifier for address in landing_pages if "arxiv" in address and (identifier := identifiers.arxiv(address))),
        None,
    )
    return {
        "venue": None if venue.get("type") == "repository" else as_text(venue.get("display_name")),
        "publisher": None if venue.get("type") == "repository" else as_text(venue.get("host_organization_name")),
        "volume": as_text(biblio.get("volume")),
        "issue": as_text(biblio.get("issue")),
        "pages": "-".join(dict.fromkeys(page for page in pages if page)),
        "url": landing_pages[0],
        "arxiv": arxiv,
    }


def _serial_numbers(venue: Mapping[str, Any]) -> str:
    listed = venue.get("issn")
    return ", ".join(map(as_text, listed if isinstance(listed, list) else [venue.get("issn_l")]))


def _author(authorship: Mapping[str, Any]) -> str:
    """Return the name that OpenAlex has for an author or, without such a name, the name in the byline."""
    return one_line(
        as_text(_dict(authorship.get("author")).get("display_name")) or as_text(authorship.get("raw_author_name"))
    )


def identifier(work: Mapping[str, Any]) -> str:
    """Return OpenAlex's identifier of a work, such as W2741809807; an empty text if it has none."""
    return as_text(work.get("id")).rpartition("/")[2]


def _references(work: Mapping[str, Any]) -> str:
    """Return OpenAlex's identifiers of the works that a work cites, as in `W2741809807; W1558905521`."""
    listed = work.get("referenced_works")
    addresses = map(as_text, listed if isinstance(listed, list) else [])
    return "; ".join(address.rpartition("/")[2] for address in addresses if address)


def author_identifiers(work: Mapping[str, Any]) -> dict[str, str]:
    """Return OpenAlex's identifiers of the authors of a work, such as A5023888391, by name."""
    pairs = ((_author(item), as_text(_dict(item.get("author")).get("id"))) for item in _dicts(work.get("authorships")))
    return {name: address.rpartition("/")[2] for name, address in pairs if name and address}


def _institutions(work: Mapping[str, Any]) -> dict[str, None]:
    """Return the institutions of all authors, each once, with the codes of their countries: `Kite University (DE)`."""
    listed = [item for authorship in _dicts(work.get("authorships")) for item in _dicts(authorship.get("institutions"))]
    names = ((one_line(as_text(item.get("display_name"))), as_text(item.get("country_code"))) for item in listed)
    return dict.fromkeys(f"{name} ({code})" if code else name for name, code in names if name)


def _keyword(item: Mapping[str, Any]) -> str:
    return as_text(item.get("display_name") or item.get("keyword"))


def _abstract(index: object) -> str | None:
    """Return the text of an inverted index, which lists the positions of each word. Return None if there is no text."""
    if not isinstance(index, dict):
        return None
    if (text := _text_without_gaps(index)) is not None:
        return text or None
    places = [
        (place, word)
        for word, numbers in index.items()
        if isinstance(numbers, list)
        for place in numbers
        if isinstance(place, int) and 0 <= place < _MOST_WORDS
    ]
    return " ".join(word for _, word in sorted(places)) or None


def _text_without_gaps(index: Mapping[str, Any]) -> str | None:
    """Return the text of an inverted index that has exactly one word for each position from 0 on; None for any other.

    This is a fast path for nearly all abstracts.
    """
    try:
        words = {place: word for word, places in index.items() for place in places}
        if len(words) == sum(map(len, index.values())):
            return " ".join([words[place] for place in range(len(words))])
    except (TypeError, KeyError):
        pass
    return None


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> list[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
