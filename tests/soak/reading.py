"""Read damaged inputs of every format: only pubcli's own errors are raised, and no text vanishes.

For pages, each line must end up in exactly one header, paper or problem. For the other formats, a word that is planted
into the text of a value must turn up in a paper or a problem. A part of the documents is also stored and written in
every format.
"""

import io
import re
from datetime import date
from random import Random
from typing import Any

from line_uses import assert_each_line_used_once, assert_no_line_lost
from pubcli import formats
from pubcli.formats import READABLE, WRITABLE, RenderOptions
from pubcli.inputs import sources
from pubcli.model import Document
from pubcli.reader import format_of, read
from pubcli.store import ask
from pubcli.store.load import load
from soak.harness import Kind, Session, Trial
from soak.inputs import AS_OF, damaged, fixtures

_PLANTED = "zqxjkvwyplanted"
_PLACE = {
    "bibtex": rb"^\s*[\w-]+ *=.*",
    "biblatex": rb"^\s*[\w-]+ *=.*",
    "ris": rb"^[A-Z][A-Z0-9]  - .*",
    "wos": rb"^(?!FN|AU)[A-Z][A-Z0-9] .*",  # AU repeats AF with initials
    "csl-json": rb'"(?:title|DOI|abstract|note|publisher)": ?"[^"\\]*"',
    "csv": rb"(?<=\n).+",
    "tsv": rb"(?<=\n).+",
}
"""Patterns for text that is a value and no comment, for the formats of which every value is kept.

The other formats are exports of services, with values that pubcli does not use.
"""
_INSIDE_WORD = re.compile(rb"(?<=[a-z]{3})(?=[a-z]{3})")  # leaves the column date_precision (day, month, year) alone
_CHECKED_STORES = 10
"""One document in so many is also stored and written."""


def drive(session: Session) -> None:
    """Read one damaged input after the other."""
    for trial in session.trials():
        form = trial.random.choice(list(READABLE))
        data = trial.random.choice(fixtures()[form])
        if trial.random.random() < 0.2:
            _read_planted(trial, data, form)
        else:
            _read_damaged(trial, damaged(trial.random, data), trial.random.choice((form, None)))


def _read_damaged(trial: Trial, data: bytes, form: str | None) -> None:
    call = f"pubcli.read(input, form={form!r})"
    with trial.guarded(call, data):
        as_of = trial.random.choice((AS_OF, date(2024, 2, 29)))
        document = read(data, as_of=as_of, form=form)
        if form is None and _is_page(document):
            assert_each_line_used_once(document, data)
            if format_of(sources.from_text(data)) == "page":
                assert_no_line_lost(data)
        if trial.random.randrange(_CHECKED_STORES) == 0:
            _write_everywhere(document)


def _is_page(document: Document) -> bool:
    """Return whether a document was read from a page: only pages have lines of a header."""
    return any(profile.lines for profile in document.profiles)


def _write_everywhere(document: Document) -> None:
    answer = ask.papers(load(document))
    rows = list(answer.rows)
    for form in WRITABLE:
        if WRITABLE[form].writer is None:
            continue
        part = answer._replace(rows=iter(rows))
        options = RenderOptions(template="{title} {authors}") if form == "text" else RenderOptions()
        out: Any = io.BytesIO() if WRITABLE[form].is_binary else io.StringIO()
        formats.write(form, part, formats.default_fields(form, part), out, options)


def _read_planted(trial: Trial, data: bytes, form: str) -> None:
    """Read a sound input with an additional word in the text of one of its values."""
    planted = plant(trial.random, data, form)
    if planted is None:
        return
    with trial.guarded(f"pubcli.read(input, form={form!r})", planted):
        document = read(planted, as_of=AS_OF, form=form)
        if _PLANTED not in _everything(document):
            trial.report(Kind.LOST, "a planted word vanished", f"pubcli.read(input, form={form!r})", planted)


def plant(random: Random, data: bytes, form: str) -> bytes | None:
    """Return an input with a word planted inside of a word of a value; None if there is no place for it."""
    if form not in _PLACE or b"PT\t" in data[:6]:  # a table of Web of Science also has AU and AF
        return None
    values = re.finditer(_PLACE[form], data, re.MULTILINE)
    places = [place.start() for value in values for place in _INSIDE_WORD.finditer(data, *value.span())]
    if not places:
        return None
    start = random.choice(places)
    return data[:start] + _PLANTED.encode() + data[start:]


def _everything(document: Document) -> str:
    """Return all texts of a document, in lower case."""
    papers = [paper.model_dump_json() for paper in document.papers]
    problems = [problem.model_dump_json() for problem in document.problems]
    return "".join([*papers, *problems]).lower()
