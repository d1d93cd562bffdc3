"""Check that a file contains what was written, and that no field of a record was lost.

`differences` finds mistakes of the writer: values that are not in the file as they were written. `losses` finds what
the format cannot store: fields of the papers that are missing when pubcli reads the file.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, cast

from pubcli.answer.answer import Answer, Row
from pubcli.biblio.dates import truncated_day
from pubcli.biblio.names import parts, split_names
from pubcli.formats import FORMATS, TABLE_FORMATS, RenderOptions, writer_module
from pubcli.formats.shared.crosswalk import PEOPLE, SERIAL_NUMBERS, mapped_names, translated_extra
from pubcli.formats.shared.export import first_and_last_page, keywords
from pubcli.formats.shared.extra_dates import stated_date
from pubcli.formats.shared.kinds import UNSPECIFIC, PaperFormat, kind_type
from pubcli.text.normalize import harmless
from pubcli.text.readable import readable

_LONGEST = 60
"""The largest number of characters that a message quotes from a value."""
_NOT_WRITTEN = "is in the file, but was not written"
_TYPESET = str.maketrans({"–": "-", "—": "-", "‐": "-", "‑": "-", "‘": "`", "’": "'", "“": "``", "”": "''"})


def differences(
    name: str, answer: Answer[Row], fields: Sequence[str], options: RenderOptions, text: str
) -> Iterator[str]:
    """Compare the records in `text`, the content of a file, with the rows that were written.

    Yield a sentence for each difference. `Format.is_checked` must be set for the format.
    """
    module = writer_module(name)
    expected = module.entries(answer.rows, fields, options)
    try:
        for number, (written, reread) in enumerate(zip_longest(expected, module.read_back(text)), 1):
            if written != reread:
                yield f"record {number}: {_difference(written, reread)}"
    except ValueError as error:
        yield f"the rest of the file cannot be read: {error}"


def _difference(written: Any, reread: Any) -> str:
    if written is None or reread is None:
        return f"{_short(reread or written)} {'is missing' if reread is None else _NOT_WRITTEN}"
    for old, new in zip_longest(_parts(written), _parts(reread)):
        if old != new:
            return f"found {_short(new)} where {_short(old)} was written"
    return "the values have different types"


def _parts(entry: Any) -> list[Any]:
    if isinstance(entry, dict):
        return list(entry.items())
    return [inner for part in entry for inner in (part if isinstance(part, list) else [part])]


def losses(name: str, rows: Iterable[Row], fields: Sequence[str], records: Iterable[Any]) -> Iterator[str]:
    """Yield a sentence for each value in `rows` that is missing or different in the parsed `records`.

    Differences in line breaks, blanks, dashes and TeX notation are ignored. In an address, `%20` equals a blank. The
    page number 5 equals the page numbers 5-5.
    """
    for number, (row, record) in enumerate(zip_longest(rows, records), 1):
        if row is None or record is None or not hasattr(record, "fields"):
            reason = "is missing" if record is None else getattr(record, "reason", _NOT_WRITTEN)
            yield f"record {number}: {reason}"
            continue
        if name in ("bibtex", "biblatex"):
            yield from _loss(number, "key", row["key"], record.fields.get("key"))
        for field in fields if name in TABLE_FORMATS else FORMATS[name].storable_fields:
            yield from _loss(number, field, _expected(name, row, field), _comparable(record.fields, field))
        if FORMATS[name].shows == "papers":
            form = cast(PaperFormat, name)
            yield from _loss(number, "date", _stated_date(row), _stated_date(record.fields))
            beyond, reread = _values_in_extra(row, form), _values_in_extra(record.fields, form)
            for name_in_format, expected in beyond.items():
                yield from _loss(number, name_in_format, expected, reread.get(name_in_format, []))


def _stated_date(paper: Mapping[str, Any]) -> str:
    """Return the date as the source of a paper stated it, if that is more than the paper's date; else empty."""
    stated = stated_date(paper)
    return _compared(stated.edtf) if stated else ""


def _loss(number: int, field: str, expected: Any, reread: Any) -> Iterator[str]:
    if expected and expected != reread:
        yield f"record {number}, {field}: the reader returned {_short(reread)}, but the paper has {_short(expected)}"


def _values_in_extra(paper: Mapping[str, Any], form: PaperFormat) -> dict[str, list[str]]:
    """Return the values in a paper's `extra` for which the format has a field, by the name that the field has there.

    If two values belong in the same field, leave out the second value, because writers put it into a note. But all
    ISSNs or ISBNs in one field form one list. Leave out the type of a thesis, such as `PhD thesis`, because the written
    file may state it by the type of the record instead.
    """
    kind, values = paper.get("kind"), dict[str, list[str]]()
    absent = dict.fromkeys(("arxiv", "category", "doi", "url", "venue"))
    translated = translated_extra({**absent, **paper, "kind": kind, "extra": paper.get("extra") or {}}, form)
    for _, name_in_format, value in sorted(translated, key=lambda item: item[0] != item[1]):
        if name_in_format in mapped_names(form) and not (
            kind == "thesis" and name_in_format in ("type", "genre", "M3")
        ):
            texts = list(
                map(_compared, map(_filed, split_names(value)) if name_in_format in PEOPLE else value.split("; "))
            )
            if name_in_format in SERIAL_NUMBERS:
                texts = sorted([*values.get(name_in_format, []), *texts])
            values[name_in_format] = texts if name_in_format in SERIAL_NUMBERS else values.get(name_in_format, texts)
    if kind == "book" and paper.get("venue") and form != "ris":  # the venue of a book is its series
        series = "collection-title" if form == "csl-json" else "series"
        values[series] = list(map(_compared, str(paper["venue"]).split("; ")))
    return values


def _expected(name: str, row: Row, field: str) -> Any:
    """Return the value that a reader should return for a field.

    A format without a field for the category stores the category among the keywords.
    """
    if field == "keywords" and FORMATS[name].storable_fields and "category" not in FORMATS[name].storable_fields:
        return list(map(_compared, keywords(row)))
    if field == "kind" and FORMATS[name].shows == "papers":
        is_lost = kind_type(row["kind"], cast(PaperFormat, name)) == UNSPECIFIC
        return "" if is_lost else _comparable(row, field)
    return "" if field == "classes" and name not in TABLE_FORMATS and not row["arxiv"] else _comparable(row, field)


def _comparable(paper: Mapping[str, Any], field: str) -> Any:
    """Return the value of a field for comparison; an empty text for no value. `paper` is a row or a parsed record."""
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
    """Return a name as `von Last, First, Jr`. This form shows which words are the surname."""
    given_name, particle, family, suffix = parts(name)
    if "," in family:
        return f"{{{family}}}"
    return ", ".join(filter(None, (f"{particle} {family}".strip(), given_name, suffix)))


def _compared(value: Any) -> str:
    if value is None or value is False:
        return ""
    text = unicodedata.normalize("NFC", readable(harmless(str(value))).translate(_TYPESET))
    return " ".join(re.sub(r"\s*-+\s*", "-", text).split())


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
