"""Write papers as text: for the clipboard, and for files."""

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pubcli import formats
from pubcli.answer.answer import Answer
from pubcli.biblio.web_addresses import web_address
from pubcli.errors import OutputError, UsageError
from pubcli.store.ask import PAPER_FIELDS
from pubcli.text.normalize import visible
from pubcli.unfinished import unfinished_file

Rows = Sequence[Mapping[str, Any]]


def text_of(rows: Rows, form: str) -> str:
    """Return papers as text: `form` is a key of `COPIES`.

    Raises UsageError if no paper has a value of this kind, or if the program for references is not installed.
    """
    text = COPIES[form](rows)
    if not text:
        raise UsageError(f"no {form} is known for {'this paper' if len(rows) == 1 else 'these papers'}")
    return text


def formatted(rows: Rows, name: str) -> str:
    """Return papers in one of the text formats that pubcli writes."""
    return encoded(rows, name).decode()


def encoded(rows: Rows, name: str) -> bytes:
    """Return papers in one of the formats that pubcli writes, as bytes; text is UTF-8.

    Raises UsageError if the format cannot hold papers, or needs a package that is not installed.
    """
    answer = Answer("papers", PAPER_FIELDS, rows)
    out: io.StringIO | io.BytesIO = io.BytesIO() if formats.WRITABLE[name].is_binary else io.StringIO(newline="")
    formats.write(name, answer, formats.default_fields(name, answer), out, formats.RenderOptions())
    value = out.getvalue()
    return value if isinstance(value, bytes) else value.encode()


def _keys(rows: Rows) -> str:
    return " ".join(row["key"] for row in rows)


def _references(rows: Rows) -> str:
    from pubcli.cite import citation  # citeproc takes long to import

    return "\n".join(str(row["reference"]) for row in citation.references(rows, "apa").rows)


def _lines_of(field: str) -> Callable[[Rows], str]:
    return lambda rows: "\n".join(str(row[field]) for row in rows if row[field])


def _addresses(rows: Rows) -> str:
    return "\n".join(filter(None, map(web_address, rows)))


COPIES: dict[str, Callable[[Rows], str]] = {
    "BibTeX": lambda rows: formatted(rows, "bibtex"),
    "citation": _references,
    "key": _keys,
    "DOI": _lines_of("doi"),
    "title": _lines_of("title"),
    "address": _addresses,
}
"""What can be copied of papers, with the functions that write it."""


def format_for(file_name: str) -> str:
    """Return the format of papers for the suffix of a file name. Raises UsageError if no format has this suffix."""
    name = file_name.lower()
    suffix = max((suffix for suffix in formats.SUFFIXES if name.endswith(suffix)), key=len, default="")
    if not suffix:
        common = ".bib, .ris, .json, .csv and .md"
        raise UsageError(f"no format has the suffix of {visible(file_name)}; use {common}, for example papers.bib")
    return formats.SUFFIXES[suffix]


def write_file(rows: Rows, file_name: str) -> None:
    """Write papers to a file, completely or not at all. An existing file is replaced.

    Raises UsageError for an unknown suffix, and OutputError if the file cannot be written.
    """
    data = encoded(rows, format_for(file_name))
    path = Path(file_name).expanduser()
    try:
        with unfinished_file(path) as unfinished:
            unfinished.write_bytes(data)
            unfinished.chmod(0o644)
            unfinished.replace(path)
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{visible(file_name)} cannot be written: {reason}") from None
