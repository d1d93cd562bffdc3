"""Find the differences between an older and a newer capture of a page."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pubcli.analysis.check import CITATION_NUMBERS
from pubcli.answer.answer import Answer, Row
from pubcli.answer.marks import EXPLANATIONS
from pubcli.answer.values import partial_date, plain_text
from pubcli.store.match_pages import Side, match_papers
from pubcli.text.normalize import counted, fold
from pubcli.text.readable import readable
from pubcli.text.word_diff import changed_words

if TYPE_CHECKING:
    from pubcli.answer.rows import ChangeRow, PaperRow

CHANGE_FIELDS = (
    "change", "key", "title", "title_guessed", "field", "old", "new", "old_assumed", "new_assumed", "difference",
    "summary",
)  # fmt: skip
"""`change` is header, new, gone, renamed or changed. `key` and `title` are from the newer record; if the paper is gone,
they are from the older record. `title_guessed` is true if the title is guessed. For a renamed paper, `title_guessed` is
true if one of the two titles is guessed: a wrong guess may be the only change. If `field` is date, `old` and `new`
contain only the known parts of the dates. If `field` is the name of a number in the header, `difference` is the new
number minus the old number. `summary` describes the change in words."""

HEADER_FIELDS = (
    "name", "category", "h_index", "stated_papers", "listed_heading", "citations", "novelty", "ai_score", "i10_index",
    "recent_citations", "recent_h_index", "recent_i10_index", "affiliation", "interests",
)  # fmt: skip
"""Fields of the header that are compared."""

_LABELS = {"h_index": "h-index", "stated_papers": "papers stated", "listed_heading": "papers above the list"}
_LABELS |= {"ai_score": "AI score", "authors_complete": "authors complete", "i10_index": "i10-index"}
_LABELS |= {f"recent_{field}": f"recent {label}" for field, label in CITATION_NUMBERS.items()}
"""Labels of fields in a summary. A field that is not listed here is called by its name."""

_COMPARED_FIELDS = ("authors", "authors_complete", "org", "category", "date", "badges", "code", "abstract")


def diff(old: Side, new: Side) -> "Answer[ChangeRow]":
    """Return a row for each difference between two captures of a page.

    Differences in the header come first, then new papers, gone papers, renamed papers and changed papers. A new
    position of a paper on the page does not count as a difference.
    """
    pairing = match_papers(old.papers, new.papers)
    rows: list[ChangeRow] = [
        *_header_changes(old.header, new.header),
        *(_row("new", paper, summary=_description(paper)) for paper in _newest_first(pairing.new)),
        *(_row("gone", paper, summary=_description(paper)) for paper in _newest_first(pairing.gone_papers)),
    ]
    both = sorted(pairing.both, key=lambda pair: (*_content(pair[1]), *_content(pair[0])))
    rows += [_rename(*pair) for pair in both if pair[0]["title"] != pair[1]["title"]]
    rows += [row for pair in both for row in _field_changes(*pair)]
    return Answer("changes", CHANGE_FIELDS, rows, notes=_notes(old, new, rows))


def _row(change: str, paper: Row | None = None, **values: object) -> "ChangeRow":
    row: Any = dict.fromkeys(CHANGE_FIELDS)
    row |= {"change": change, "title_guessed": False, "old_assumed": False, "new_assumed": False}
    about = {} if paper is None else {field: paper[field] for field in ("key", "title", "title_guessed")}
    return cast("ChangeRow", row | about | values)


def _content(paper: "PaperRow") -> tuple[str, ...]:
    """Return a key that sorts papers in a fixed order: by folded title, then by all fields except the position."""
    fields = sorted((field, repr(value)) for field, value in paper.items() if field not in _POSITION)
    return (fold(paper["title"]), *(value for _, value in fields))


_POSITION = ("position", "line", "source")


def _newest_first(papers: "Sequence[PaperRow]") -> "list[PaperRow]":
    """Return the papers, newest first. Papers without a date come last."""
    return sorted(sorted(papers, key=_content), key=lambda paper: paper["date"] or "", reverse=True)


def _description(paper: "PaperRow") -> str:
    """Return the date, category and first author of a paper that only one of the two captures lists."""
    names = paper["authors"][:1] + ["et al."] * (len(paper["authors"]) > 1 or not paper["authors_complete"])
    return ", ".join(filter(None, [_date(paper), paper["category"], " ".join(names)]))


def _date(paper: "PaperRow") -> str:
    return f"{partial_date(paper)}{'~' if paper['date_assumed'] else ''}" if paper["date"] else ""


def _header_changes(old: Row, new: Row) -> "Iterator[ChangeRow]":
    for field in HEADER_FIELDS:
        before, after = (None if header.get(field) == [] else header.get(field) for header in (old, new))
        if before != after:
            difference = after - before if isinstance(before, int) and isinstance(after, int) else None
            years = _recent_years(old, new) if field.startswith("recent_") else ""
            change = f" ({difference:+,}{years})" if difference is not None else ""
            summary = f"{_label(field)} {_arrow(before, after)}{change}"
            yield _row("header", field=field, old=before, new=after, difference=difference, summary=summary)


def _recent_years(old: Row, new: Row) -> str:
    """Return a remark on the years from which the recent numbers count, for example `; since 2021`."""
    years = dict.fromkeys(str(header["recent_since"]) for header in (old, new) if header.get("recent_since"))
    return f"; since {' and since '.join(years)}" if years else ""


def _label(field: str) -> str:
    return _LABELS.get(field, field)


def _text(value: object) -> str:
    """Return the value of a field as text for the summary of a change: `none` for no value, `yes` for True."""
    if value is None or value == [] or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return plain_text(value)


def _rename(old: "PaperRow", new: "PaperRow") -> "ChangeRow":
    before, after = old["title"], new["title"]
    # If only the TeX code has changed, the readable titles are equal and cannot show the change.
    titles = (readable(before), readable(after))
    words = changed_words(*titles) if titles[0] != titles[1] else changed_words(before, after)
    guessed = old["title_guessed"] or new["title_guessed"]
    return _row("renamed", new, title_guessed=guessed, field="title", old=before, new=after, summary=words)


def _field_changes(old: "PaperRow", new: "PaperRow") -> "Iterator[ChangeRow]":
    values: tuple[Row, Row] = (old, new)
    for field in _COMPARED_FIELDS:
        if field == "code" and old["badges"] != new["badges"]:
            continue  # the row for the badges includes this change
        before, after = (row[field] for row in values)
        if field == "date":
            yield from _date_change(old, new)
        elif before != after:
            summary = f"{_label(field)} {_SUMMARIES.get(field, _arrow)(before, after)}"
            yield _row("changed", new, field=field, old=before, new=after, summary=summary)


def _arrow(old: object, new: object) -> str:
    return f"{_text(old)} → {_text(new)}"


def _text_change(old: object, new: object) -> str:
    if old is None or new is None:
        old, new = (text and counted(len(str(text).split()), "word", "words") for text in (old, new))
        return _arrow(old, new)
    before, after = readable(str(old)), readable(str(new))
    if before == after:
        before, after = str(old), str(new)
    return changed_words(before, after, whole=False) if before.split() != after.split() else "(only blanks changed)"


def _list_change(old: object, new: object) -> str:
    """Describe how a list of authors or badges has changed: `[-Code-] {+Data+}` if Data replaces Code.

    If only the order has changed, return the old and the new list, separated by an arrow.
    """
    before, after = _strings(old), _strings(new)
    removed = [f"[-{item}-]" for item in before if item not in after]
    added = [f"{{+{item}+}}" for item in after if item not in before]
    return " ".join(removed + added) or _arrow(old, new)


def _strings(value: object) -> list[str]:
    return list(map(str, value)) if isinstance(value, list | tuple) else []


_SUMMARIES: dict[str, Callable[[object, object], str]] = {
    "abstract": _text_change,
    "authors": _list_change,
    "badges": _list_change,
}


class _PageDate(NamedTuple):
    """The date of a paper in one capture. The year may be assumed. Unknown parts of the date are empty."""

    year: str
    month_and_day: str
    assumed: bool


def _date_change(old: "PaperRow", new: "PaperRow") -> "Iterator[ChangeRow]":
    before, after = _page_date(old), _page_date(new)
    if before != after and (old["date"] or new["date"]):
        remark = _remark(before, after)
        summary = f"date {_date(old) or 'unknown'} → {_date(new) or 'unknown'}{f' ({remark})' if remark else ''}"
        assumed = {"old_assumed": before.assumed, "new_assumed": after.assumed}
        days = {"old": partial_date(old) or None, "new": partial_date(new) or None}
        yield _row("changed", new, field="date", summary=summary, **days, **assumed)


def _page_date(paper: "PaperRow") -> _PageDate:
    date = partial_date(paper)
    return _PageDate(date[:4], date[4:], paper["date_assumed"])


def _remark(old: _PageDate, new: _PageDate) -> str:
    """Return a remark on the years of a paper's dates in two captures, for example `the page now states the year`.

    Return an empty text if no year is assumed, or if month or day differ.
    """
    if old.month_and_day != new.month_and_day or not (old.assumed or new.assumed):
        return ""
    if old.assumed and new.assumed:
        return "both years are assumed, and the dates may be the same"
    if old.year == new.year:
        return "the page now states the year" if old.assumed else "the page no longer states the year"
    return "the year was assumed wrongly" if old.assumed else "the year is assumed now, perhaps wrongly"


def _notes(old: Side, new: Side, rows: "Sequence[ChangeRow]") -> tuple[str, ...]:
    notes = []
    names = {fold(str(side.header["name"])) for side in (old, new) if side.header.get("name")}
    if len(names) > 1:
        notes.append("the pages belong to different people; use pubcli compare to compare them")
    if any("~" in row["summary"] for row in rows if row["change"] in ("new", "gone") or row["field"] == "date"):
        notes.append(EXPLANATIONS["date"])
    return tuple(notes)
