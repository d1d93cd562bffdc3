"""Read a source of any format into a document."""

import os
from collections.abc import Iterator, Mapping
from datetime import date
from importlib import import_module
from types import ModuleType
from typing import cast

from pubcli.errors import InputError, SkippedError
from pubcli.formats import READABLE, RECORD_FORMATS, detect, require_valid_options
from pubcli.formats.shared.collect import Parsed, list_document
from pubcli.formats.shared.lines import decoded_text
from pubcli.inputs import recoding, sources
from pubcli.inputs.encoding import html_error, is_html, require_text
from pubcli.inputs.sources import ReadOptions, Source, Stream
from pubcli.model import Document
from pubcli.sites import SITES
from pubcli.sites.paperfeed.build import read_page
from pubcli.text.pasted import without_quotation_marks


def read(
    text_or_path: str | bytes | os.PathLike[str],
    as_of: date | None = None,
    *,
    form: str | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
) -> Document:
    """Read a text or a file: a profile page, or a bibliography in one of the formats in `formats.READABLE`.

    A path object names a file, and bytes are content. A string is content if it is empty, contains a line break or
    begins as HTML does; otherwise it is a path. `as_of` is the day on which the page was copied; None means the
    modification date of the file, or today for content. `form` is the format; None means that the format is recognised.
    `columns` maps fields of a paper to the headings of table columns. `encoding` is the encoding of the text, such as
    `gbk`; None means UTF-8 or, if the text is not UTF-8, the encoding that is recognised. Raises InputError with a
    remedy if the source cannot be read, and UsageError for an unknown format, field or encoding.
    """
    codec = None if encoding is None else recoding.require_encoding(encoding)
    options = ReadOptions(form, tuple((columns or {}).items()), codec)
    require_valid_options(options)
    if isinstance(text_or_path, bytes) or (isinstance(text_or_path, str) and _is_content(text_or_path)):
        return read_source(sources.from_text(text_or_path, as_of, options))
    return read_source(sources.from_file(text_or_path, as_of, options))


def _is_content(text: str) -> bool:
    return not text or "\n" in text or "\r" in text or is_html(text[:_EXAMINED].encode("utf-8", "replace"))


_EXAMINED = 4_000
"""Number of characters at the beginning of a text in which to look for signs of HTML."""


def parse(source: Source | Stream) -> Iterator[Parsed]:
    """Yield the records and the problems of a source in order. A long file is read line by line.

    The reader of the format must define `parse`. Formats with `is_checked` or `is_streamed` in `FORMATS` have such
    readers. Raises InputError if the source cannot be read.
    """
    return cast(Iterator[Parsed], _reader(format_of(source)).parse(source))


def format_of(source: Source | Stream) -> str:
    """Return the format that `source.options` names; if they name none, recognise the format of the source.

    The format of a page is the site that it was copied from. Raises InputError for a page that pubcli cannot read,
    with what to do instead.
    """
    form = source.options.form
    if form is None:
        form = detect.recognised(source.data, source.name, [column for _, column in source.options.columns])
    elif form == "page":
        form = detect.page_site(source.data)
    if (site := SITES.get(form)) and not (site.reader or (site.html and is_html(source.data))):
        raise InputError(f"{source.display_name} is {site.about}, which pubcli cannot read; {site.remedy}")
    return form


def _reader(form: str) -> ModuleType:
    """Return the module that reads a format."""
    return import_module(f"pubcli.{READABLE[form].reader}")


def read_source(source: Source) -> Document:
    """Read a source into a document. Raises InputError if the source cannot be read."""
    source = recoding.in_utf8(source)
    try:
        return _read_utf8(source)
    except UnicodeDecodeError:
        return _read_utf8(recoding.recognised(source))


def read_to_add(source: Source) -> Document:
    """Read a source for a library like `read_source`, but read a file in one of pubcli's own formats as a single list.

    Such a file may name the pages from which its papers were exported, but it is not a capture of these pages. Raises
    InputError if the source cannot be read.
    """
    source = recoding.in_utf8(source)
    try:
        return _read_utf8(source, as_list=True)
    except UnicodeDecodeError:
        return _read_utf8(recoding.recognised(source), as_list=True)


def require_content(document: Document) -> None:
    """Raise SkippedError if a file in a folder has nothing to show, such as `[]`, an answer without rows."""
    if not document.papers and not any(page.profile.name or page.problems for page in document.pages):
        raise SkippedError(f"{sources.display_name(document.source)} has no papers")


def _read_utf8(source: Source, *, as_list: bool = False) -> Document:
    form = format_of(source)
    if (form == "page" or form in SITES) and is_html(source.data):
        return _read_html(source, form)
    require_text(source, form)
    if form == "page":
        return read_page(source)
    if form in SITES:
        source = _without_quotation_marks(source)
    if as_list and form in RECORD_FORMATS:
        return list_document(source, parse(source))
    return cast(Document, _reader(form).read(source))


def _without_quotation_marks(source: Source) -> Source:
    """Return a copied page without the `>` that a mail program adds to quoted lines. Lines keep their numbers."""
    if b"\n>" not in source.data:
        return source
    text = decoded_text(source)
    return source._replace(data=without_quotation_marks(text).encode())


def _read_html(source: Source, form: str) -> Document:
    """Read a saved page with the site's reader of HTML; if it has none, read the text that a browser would show."""
    if (site := SITES.get(form)) and site.html:
        return cast(Document, import_module(f"pubcli.{site.html}").read(source))
    from pubcli.formats.shared.html_page import HtmlPage  # imports a parser of HTML
    from pubcli.formats.shared.visible_text import visible_lines, with_lines_of_html

    lines = visible_lines(HtmlPage(source))
    options = source.options._replace(form=source.options.form or "page")  # a browser shows pages, not other formats
    text = source._replace(data="\n".join(line.text for line in lines).encode("utf-8", "replace"), options=options)
    form = format_of(text)
    try:
        document = read_page(text) if form == "page" else cast(Document, _reader(form).read(text))
    except InputError:
        raise html_error(source) from None
    if not document.papers:
        raise html_error(source)
    return with_lines_of_html(document, lines)
