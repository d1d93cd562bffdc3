"""Whatever a file contains ends up in a record or in a problem, in every format that is read.

Each value of a generated file contains a word that occurs nowhere else. The words must be found in what was read.
"""

import json
import re
from collections.abc import Callable
from html import escape
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubcli.errors import InputError
from pubcli.formats import READABLE
from pubcli.formats.ris.tags import TAGS
from pubcli.formats.tabular import headings
from pubcli.model import Document
from pubcli.reader import read
from pubcli.sites import SITES
from thoroughness import examples

WORD = re.compile(r"zq\d+x")


def words_in(document: Document) -> set[str]:
    """Return the words in all fields of all records and in all problems."""
    parts = [json.dumps(paper.model_dump(mode="json"), ensure_ascii=False) for paper in document.papers]
    parts += [f"{problem.text} {problem.reason}" for problem in document.problems]
    parts += [json.dumps(profile.model_dump(mode="json")) for profile in document.profiles]
    return set(WORD.findall("\n".join(parts).lower()))


class Words:
    """Values that contain words which occur nowhere else."""

    def __init__(self) -> None:
        self.numbers = count(10)

    def word(self) -> str:
        return f"zq{next(self.numbers)}x"

    def text(self, data: st.DataObject) -> str:
        """Return a value such as people write: a word, several of them, a name, a date or a number with words."""
        shape = data.draw(st.sampled_from(TEXTS))
        return WORD_SLOT.sub(lambda _: self.word(), shape)


WORD_SLOT = re.compile("W")
TEXTS = (
    "W", "W W", "W, W", "W; W", "W|W", "W and W", "W. W", "W (W)", "2001 W", "2001-05 W", "W 2001", "10.1000/W",
    "https://doi.org/10.1000/W W", "arXiv:2001.00001 W", "1-9, W", "W: W", '"W" W', "W/W", "W-W", "<i>W</i> W",
    "doi: 10.1000/W", "W et al.", "Cited by 3; W", "2001/W/W", "W@W.W", "W & W",
)  # fmt: skip
"""Shapes of values. Each W becomes a word."""


def table(data: st.DataObject, words: Words, delimiter: str) -> str:
    names = data.draw(st.lists(st.sampled_from(COLUMNS), min_size=1, max_size=8))
    rows = [["title", "author", *names]]
    for _ in range(data.draw(st.integers(1, 3))):
        width = len(rows[0]) + data.draw(st.integers(-2, 2))
        rows.append([words.word(), *(words.text(data) for _ in range(width - 1))])
    quoted = ['"' + cell.replace('"', '""') + '"' for row in rows for cell in row]
    cells = iter(quoted)
    return "".join(delimiter.join(next(cells) for _ in row) + "\n" for row in rows)


COLUMNS = sorted(
    {*headings._NAMES, *headings._OPENALEX_NAMES, *headings._WOS_NAMES, "Source", "GSRank", "PT", "extra", "editor",
     "date", "links", "doi", "kind", "unknown", "", "ISSN", "volume", "abstract", "classes", "badges"} - {"title"}
)  # fmt: skip


def ris(data: st.DataObject, words: Words) -> str:
    tags = data.draw(st.lists(st.sampled_from(RIS_TAGS), max_size=10))
    type_ = data.draw(st.sampled_from(["JOUR", "BOOK", "CHAP", "THES", "RPRT", "CONF", "UNPB", words.word().upper()]))
    lines = [f"TY  - {type_}", f"TI  - {words.word()}"]
    for tag in tags:
        lines.append(f"{tag}  - {words.text(data)}")
        if data.draw(st.integers(0, 5)) == 0:
            lines.append(words.text(data))
    return "\n".join([*lines, "ER  - ", *([words.word()] if data.draw(st.booleans()) else [])]) + "\n"


RIS_TAGS = [*sorted({tag.tag for tag in TAGS} - {"TY", "ER"}), "N1", "ED", "A2", "SN", "ZZ", "U1", "Y2", "KW"]


def wos(data: st.DataObject, words: Words) -> str:
    tags = data.draw(
        st.lists(st.sampled_from([*headings._WOS_NAMES, "SN", "BE", "GP", "C1", "ZZ", "PS", "EM"]), max_size=10)
    )
    lines = ["FN Clarivate Analytics Web of Science", "PT J", f"TI {words.word()}"]
    for tag in tags:
        lines.append(f"{tag} {words.text(data)}")
        if data.draw(st.integers(0, 5)) == 0:
            lines.append(f"   {words.text(data)}")
    return "\n".join([*lines, "ER", "", "EF"]) + "\n"


def medline(data: st.DataObject, words: Words) -> str:
    tags = data.draw(st.lists(st.sampled_from(MEDLINE_TAGS), max_size=12))
    lines = ["PMID- 99", f"TI  - {words.word()}"]
    for tag in tags:
        lines.append(f"{tag:<4}- {words.text(data)}")
        if data.draw(st.integers(0, 5)) == 0:
            lines.append(f"      {words.text(data)}")
    return "\n".join([*lines, *(["", words.word()] if data.draw(st.booleans()) else [])]) + "\n"


MEDLINE_TAGS = (
    "FAU AU AD AUID FED ED CN DP TI BTI CTI TT JT TA VI IP PG PB PL AB OAB LID AID SO PT MH OT IS ISBN LA STAT GR ZZ"
).split()


def json_value(data: st.DataObject, words: Words, depth: int = 0) -> Any:
    shape = data.draw(st.sampled_from(["text", "text", "text", "list", "object", "objects"][: 3 if depth > 1 else 6]))
    if shape == "text":
        return words.text(data)
    size = data.draw(st.integers(1, 3))
    if shape == "list":
        return [words.text(data) for _ in range(size)]
    keys = data.draw(st.lists(st.sampled_from(INNER_KEYS), min_size=1, max_size=3, unique=True))
    if shape == "object":
        return {key: json_value(data, words, depth + 1) for key in keys}
    return [{key: json_value(data, words, depth + 1) for key in keys} for _ in range(size)]


INNER_KEYS = ["family", "given", "literal", "suffix", "date-parts", "raw", "name", "display_name", "x"]


def item(data: st.DataObject, words: Words, keys: list[str], **fixed: Any) -> dict[str, Any]:
    chosen = data.draw(st.lists(st.sampled_from(keys), max_size=8, unique=True))
    return fixed | {key: json_value(data, words) for key in chosen}


CSL_KEYS = [
    "author", "editor", "issued", "accessed", "DOI", "URL", "ISSN", "keyword", "note", "number", "custom", "genre",
    "container-title", "volume", "issue", "page", "publisher", "abstract", "collection-title", "type", "id", "unknown",
    "subtitle", "is-referenced-by-count", "event-date", "language",
]  # fmt: skip
JSON_KEYS = ["authors", "org", "venue", "doi", "url", "keywords", "extra", "unknown", "kind", "key"]
"""Not the fields `score` and `passage`, which are valid only for one search."""
OPENALEX_KEYS = [
    "authorships", "publication_date", "publication_year", "type", "ids", "doi", "language", "keywords", "biblio",
    "cited_by_count", "abstract_inverted_index", "primary_location", "unknown",
]  # fmt: skip
"""Not the keys of linked records, and of values that follow from others; docs/formats.md says so."""
ARXIV_KEYS = ["authors", "abstract", "categories", "doi", "versions", "comments", "journal-ref", "unknown", "submitter"]


def arxiv_atom(data: st.DataObject, words: Words) -> str:
    tags = ["summary", "published", "updated", "doi", "comment", "journal_ref", "author", "unknown"]
    names = data.draw(st.lists(st.sampled_from(tags), max_size=8))
    elements = [xml_element(data, words, name) for name in names]
    entry = f"<id>http://arxiv.org/abs/2001.00001v1</id><title>{words.word()}</title>{''.join(elements)}"
    return f'<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org"><entry>{entry}</entry></feed>'


def dblp(data: st.DataObject, words: Words) -> str:
    tags = ["author", "editor", "year", "month", "pages", "ee", "volume", "number", "crossref", "note", "series",
            "journal", "booktitle", "publisher", "school", "unknown", "isbn", "cite"]  # fmt: skip
    names = data.draw(st.lists(st.sampled_from(tags), max_size=8))
    kind = data.draw(st.sampled_from(["article", "book", "phdthesis", "mastersthesis", "inproceedings"]))
    elements = "".join(xml_element(data, words, name) for name in names)
    return f'<dblp><{kind} key="a/{words.word()}"><title>{words.word()}.</title>{elements}</{kind}></dblp>'


def xml_element(data: st.DataObject, words: Words, name: str) -> str:
    text = escape(words.text(data))
    if data.draw(st.booleans()):
        return f"<{name}>{text}</{name}>"
    return f"<{name}><name>{text}</name> {words.word()}</{name}>"


Make = Callable[[st.DataObject, Words], str]
FILES: dict[str, Make] = {
    "csv": lambda data, words: table(data, words, ","),
    "tsv": lambda data, words: table(data, words, "\t"),
    "ris": ris,
    "wos": wos,
    "medline": medline,
    "csl-json": lambda data, words: json.dumps([item(data, words, CSL_KEYS, title=words.word())]),
    "json": lambda data, words: json.dumps([item(data, words, JSON_KEYS, title=words.word(), authors=[])]),
    "jsonl": lambda data, words: json.dumps(item(data, words, JSON_KEYS, title=words.word(), authors=[])) + "\n",
    "openalex": lambda data, words: json.dumps([item(data, words, OPENALEX_KEYS, title=words.word(), ids={})]),
    "arxiv-jsonl": lambda data, words: (
        json.dumps(item(data, words, ARXIV_KEYS, title=words.word(), id="2001.00001")) + "\n"
    ),
    "arxiv": arxiv_atom,
    "dblp": dblp,
}
"""How to make a file of each format."""
OTHERS = {
    "page": "tests/sites/paperfeed/test_nothing_lost.py has this test for pages",
    "bibtex": "tests/formats/bibtex has the test for fields of BibTeX",
    "biblatex": "the reader is that of BibTeX",
    **{name: "tests/sites has the tests for pages" for name, site in SITES.items() if site.reader},
}


def test_every_format_that_is_read_has_a_test() -> None:
    assert FILES.keys() | OTHERS.keys() == READABLE.keys()


@pytest.mark.parametrize("form", FILES)
def test_every_word_of_a_file_is_in_a_record_or_in_a_problem(form: str) -> None:
    @examples(200)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        text = FILES[form](data, Words())
        try:
            document = read(text.encode(), form=form)
        except InputError:  # a file without any record is refused as a whole
            return
        lost = set(WORD.findall(text.lower())) - words_in(document)
        assert not lost, (lost, text)

    check()
