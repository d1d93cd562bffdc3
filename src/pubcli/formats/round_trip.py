"""Whether a file says what was written into it, and whether that is what the records say.

`differences` reads the file as it was written, value by value. `losses` compares what the reader of its format
understands with the records: a format may have no way to hold what it was given.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from pubcli.answer.answer import Answer, Row
from pubcli.biblio.dates import truncated_day
from pubcli.biblio.names import parts, split_names
from pubcli.formats import TABLE_FORMATS, RenderOptions, writer_module
from pubcli.formats.shared.crosswalk import PEOPLE, SERIAL_NUMBERS, mapped_names, translated_extra
from pubcli.formats.shared.export import first_and_last_page, keywords
from pubcli.formats.shared.kinds import Form
from pubcli.text.normalize import harmless
from pubcli.text.tex import readable

_LONGEST = 60
"""Characters of a value that are quoted."""
_OF_REFERENCES = (
    "title", "title_guessed", "authors", "authors_complete", "date", "date_assumed", "abstract", "doi", "arxiv",
    "venue", "volume", "issue", "pages", "publisher", "url", "citations", "keywords", "org",
    "kind",
)  # fmt: skip
HELD = {
    "bibtex": (*_OF_REFERENCES, "classes"),
    "biblatex": (*_OF_REFERENCES, "classes"),
    "ris": _OF_REFERENCES,
    "csl-json": (*_OF_REFERENCES, "category", "badges"),
}
"""The fields that a format has a place for. Tables have one for each column, and in JSON nothing can be lost."""
_FORMS: Mapping[str, Form] = {"bibtex": "bibtex", "biblatex": "biblatex", "ris": "ris", "csl-json": "csl"}
_UNNAMED = {"bibtex": ("preprint", "dataset", "software", "other"), "biblatex": ("other",)}
"""Kinds of papers that a format has no entry type for."""
_TYPESET = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "‘": "`", "’": "'", "“": "``", "”": "''"})


def differences(
    name: str, answer: Answer[Row], fields: Sequence[str], options: RenderOptions, text: str
) -> Iterator[str]:
    """A sentence for each record of a file that is not the one of the answer; the format is one that is checked."""
    module = writer_module(name)
    expected = module.entries(answer.rows, fields, options)
    try:
        for number, (one, other) in enumerate(zip_longest(expected, module.read_back(text)), 1):
            if one != other:
                yield f"record {number}: {_difference(one, other)}"
    except ValueError as error:
        yield f"the file cannot be read any further: {error}"


def _difference(written: Any, found: Any) -> str:
    if written is None or found is None:
        return f"{_short(found or written)} {'is missing' if found is None else 'was not written'}"
    for one, other in zip_longest(_parts(written), _parts(found)):
        if one != other:
            return f"{_short(other)} stands where {_short(one)} was written"
    return "values are of other types"


def _parts(entry: Any) -> list[Any]:
    if isinstance(entry, dict):
        return list(entry.items())
    return [inner for part in entry for inner in (part if isinstance(part, list) else [part])]


def losses(name: str, rows: Iterable[Row], fields: Sequence[str], found: Iterable[Any]) -> Iterator[str]:
    """A sentence for each field of a record that the reader of a format does not give back; `found` is what it found.

    Line breaks, several blanks and dashes may be others, TeX may be written in another way, a blank in an address as
    per cent and digits, and the one page of a paper once or twice.
    """
    for number, (row, one) in enumerate(zip_longest(rows, found), 1):
        if row is None or one is None or not hasattr(one, "fields"):
            said = "is missing" if one is None else getattr(one, "reason", "was not written")
            yield f"record {number}: {said}"
            continue
        for field in fields if name in TABLE_FORMATS else HELD[name]:
            yield from _loss(number, field, _expected(name, row, field), _stated(one.fields, field))
        if name in _FORMS:
            beyond, back = _named_beyond(row, _FORMS[name]), _named_beyond(one.fields, _FORMS[name])
            for called, expected in beyond.items():
                yield from _loss(number, called, expected, back.get(called, []))


def _loss(number: int, field: str, expected: Any, back: Any) -> Iterator[str]:
    if expected and expected != back:
        yield f"record {number}, {field}: {_short(back)} is read where the paper has {_short(expected)}"


def _named_beyond(paper: Mapping[str, Any], form: Form) -> dict[str, list[str]]:
    """What a row, or what a reader found, says beyond the fields of a paper and a format has names for.

    Of two places the second stands in a note. What a thesis is called may stand in the type of its entry.
    """
    kind, found = paper.get("kind"), dict[str, list[str]]()
    said = translated_extra({"kind": kind, "extra": paper.get("extra") or {}}, form)
    for _, called, value in sorted(said, key=lambda one: one[0] != one[1]):
        if called in mapped_names(form) and not (kind == "thesis" and called in ("type", "genre", "M3")):
            several = list(map(_compared, map(_filed, split_names(value)) if called in PEOPLE else value.split("; ")))
            if called in SERIAL_NUMBERS:
                several = sorted([*found.get(called, []), *several])
            found[called] = several if called in SERIAL_NUMBERS else found.get(called, several)
    if kind == "book" and paper.get("venue") and form != "ris":  # what a book is in is its series
        found["collection-title" if form == "csl" else "series"] = list(map(_compared, str(paper["venue"]).split("; ")))
    return found


def _expected(name: str, row: Row, field: str) -> Any:
    """What a reader should find: other programs see the category of a paper among its keywords."""
    if name in ("bibtex", "biblatex", "ris") and field == "keywords":
        return list(map(_compared, keywords(row)))
    if field == "kind" and row["kind"] in _UNNAMED.get(name, ()):
        return ""
    return "" if field == "classes" and name not in TABLE_FORMATS and not row["arxiv"] else _stated(row, field)


def _stated(paper: Mapping[str, Any], field: str) -> Any:
    """What a row, or what a reader found, says in a field; empty when it says nothing."""
    value = paper.get(field)
    if field == "authors_complete":
        return "cut" if value is False else ""
    if field == "date" and value:
        return truncated_day(str(value), str(paper.get("date_precision", "day")))
    if field == "pages" and value:
        value = "-".join(dict.fromkeys(first_and_last_page(str(value))))
    if field == "url" and value:
        value = str(value).replace(" ", "%20")
    if field == "authors" and isinstance(value, list | tuple):
        return [_compared(_filed(str(name))) for name in value]
    if isinstance(value, Mapping):
        return {name: _compared(text) for name, text in value.items()}
    return list(map(_compared, value)) if isinstance(value, list | tuple) else _compared(value)


def _filed(name: str) -> str:
    """A name as `von Last, First, Jr`, which tells a group from a person, and surnames of several words."""
    given, particle, family, suffix = parts(name)
    if "," in family:
        return f"{{{family}}}"
    return ", ".join(filter(None, (f"{particle} {family}".strip(), given, suffix)))


def _compared(value: Any) -> str:
    if value is None or value is False:
        return ""
    text = unicodedata.normalize("NFC", readable(harmless(str(value))).translate(_TYPESET))
    return " ".join(re.sub(r"\s*-+\s*", "-", text).split())


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
