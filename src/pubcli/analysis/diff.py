"""What is different between an older and a newer capture of one page."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from pubcli.answer.answer import Answer, Row
from pubcli.answer.marks import EXPLANATIONS
from pubcli.answer.values import known_date, plain
from pubcli.store.match_pages import Side, paired
from pubcli.text.normalize import counted, fold
from pubcli.text.tex import readable
from pubcli.text.word_diff import changed_words

if TYPE_CHECKING:
    from pubcli.answer.rows import ChangeRow

CHANGE_FIELDS = (
    "change", "key", "title", "title_guessed", "field", "old", "new", "old_assumed", "new_assumed", "difference",
    "summary",
)  # fmt: skip
"""`change` is header, new, gone, renamed or changed; key and title are those of the newer record. `title_guessed` holds
when either side guessed it: a rename may be a guess then. `old` and `new` are of dates the part that is known.
`difference` is new minus old, for numbers of the header; `summary` says for people what differs."""

HEADER_FIELDS = (
    "name", "category", "h_index", "stated_papers", "listed_heading", "citations", "novelty", "ai_score",
)  # fmt: skip
"""What a header states."""

_LABELS = {"h_index": "h-index", "stated_papers": "papers stated", "listed_heading": "papers above the list"}
_LABELS |= {"ai_score": "AI score", "authors_complete": "authors complete"}
"""What fields are called in a summary, where that is not their name."""

_COMPARED = ("authors", "authors_complete", "org", "category", "date", "badges", "code", "abstract")


def diff(old: Side, new: Side) -> "Answer[ChangeRow]":
    """What changed from one capture of a page to the next: a row for each difference, none when there is none.

    Header first, then papers that are new, gone, renamed and changed. Where a paper stands on its page makes none.
    """
    pairing = paired(old.papers, new.papers)
    rows: list[ChangeRow] = [
        *_header_changes(old.header, new.header),
        *(_row("new", paper, summary=_described(paper)) for paper in _ordered(pairing.new)),
        *(_row("gone", paper, summary=_described(paper)) for paper in _ordered(pairing.gone)),
    ]
    both = sorted(pairing.both, key=lambda pair: (*_place(pair[1]), *_place(pair[0])))
    rows += [_renamed(*pair) for pair in both if pair[0]["title"] != pair[1]["title"]]
    rows += [row for pair in both for row in _field_changes(*pair)]
    return Answer("changes", CHANGE_FIELDS, rows, notes=_notes(old, new, rows))


def _row(change: str, paper: Row | None = None, **values: object) -> "ChangeRow":
    row: Any = dict.fromkeys(CHANGE_FIELDS)
    row |= {"change": change, "title_guessed": False, "old_assumed": False, "new_assumed": False}
    about = {} if paper is None else {field: paper[field] for field in ("key", "title", "title_guessed")}
    return cast("ChangeRow", row | about | values)


def _place(paper: Row) -> tuple[str, ...]:
    """A total order: by folded title, then by all that the row says but for where it stands."""
    said = sorted((field, repr(value)) for field, value in paper.items() if field not in ("position", "line", "source"))
    return (fold(str(paper["title"])), *(value for _, value in said))


def _ordered(papers: Sequence[Row]) -> list[Row]:
    """Newest first; papers without a date last."""
    return sorted(sorted(papers, key=_place), key=lambda paper: str(paper["date"] or ""), reverse=True)


def _described(paper: Any) -> str:
    """Date, category and first author: enough to know a paper that one has not seen."""
    names = paper["authors"][:1] + ["et al."] * (len(paper["authors"]) > 1 or not paper["authors_complete"])
    return ", ".join(filter(None, [_date(paper), paper["category"], " ".join(names)]))


def _date(paper: Any) -> str:
    return f"{known_date(paper)}{'~' if paper['date_assumed'] else ''}" if paper["date"] else ""


def _header_changes(old: Row, new: Row) -> "Iterator[ChangeRow]":
    for field in HEADER_FIELDS:
        before, after = old.get(field), new.get(field)
        if before != after:
            difference = after - before if isinstance(before, int) and isinstance(after, int) else None
            told = f" ({difference:+,})" if difference is not None else ""
            summary = f"{_label(field)} {_arrow(before, after)}{told}"
            yield _row("header", field=field, old=before, new=after, difference=difference, summary=summary)


def _label(field: str) -> str:
    return _LABELS.get(field, field)


def _shown(value: object) -> str:
    """A value in a sentence."""
    if value is None or value == [] or value == ():
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return plain(value)


def _renamed(old: Row, new: Row) -> "ChangeRow":
    before, after = str(old["title"]), str(new["title"])
    # A change of nothing but the TeX would not show in readable titles.
    shown = (readable(before), readable(after))
    words = changed_words(*shown) if shown[0] != shown[1] else changed_words(before, after)
    guessed = bool(old["title_guessed"] or new["title_guessed"])
    return _row("renamed", new, title_guessed=guessed, field="title", old=before, new=after, summary=words)


def _field_changes(old: Row, new: Row) -> "Iterator[ChangeRow]":
    for field in _COMPARED:
        if field == "code" and old["badges"] != new["badges"]:
            continue  # told by the badge of that name
        before, after = old[field], new[field]
        if field == "date":
            yield from _date_change(old, new)
        elif before != after:
            summary = f"{_label(field)} {_SUMMARIES.get(field, _arrow)(before, after)}"
            yield _row("changed", new, field=field, old=before, new=after, summary=summary)


def _arrow(old: object, new: object) -> str:
    return f"{_shown(old)} → {_shown(new)}"


def _words(old: object, new: object) -> str:
    if old is None or new is None:
        old, new = (text and counted(len(str(text).split()), "word", "words") for text in (old, new))
        return _arrow(old, new)
    before, after = readable(str(old)), readable(str(new))
    if before == after:
        before, after = str(old), str(new)
    return changed_words(before, after, whole=False) if before.split() != after.split() else "only its blanks"


def _items(old: object, new: object) -> str:
    """Lists: what was taken out and what was put in, or, for the same items, both orders."""
    before, after = _list(old), _list(new)
    removed = [f"[-{item}-]" for item in before if item not in after]
    added = [f"{{+{item}+}}" for item in after if item not in before]
    return " ".join(removed + added) or _arrow(old, new)


def _list(value: object) -> list[str]:
    return list(map(str, value)) if isinstance(value, list | tuple) else []


_SUMMARIES: dict[str, Callable[[object, object], str]] = {"abstract": _words, "authors": _items, "badges": _items}


class _Day(NamedTuple):
    """A date as a page gives it, as far as it is known."""

    year: str
    day: str
    assumed: bool


def _date_change(old: Row, new: Row) -> "Iterator[ChangeRow]":
    before, after = _day(old), _day(new)
    if before != after and (old["date"] or new["date"]):
        remark = _remark(before, after)
        summary = f"date {_date(old) or 'unknown'} → {_date(new) or 'unknown'}{f' ({remark})' if remark else ''}"
        assumed = {"old_assumed": before.assumed, "new_assumed": after.assumed}
        days = {"old": known_date(old) or None, "new": known_date(new) or None}
        yield _row("changed", new, field="date", summary=summary, **days, **assumed)


def _day(paper: Row) -> _Day:
    date = known_date(paper)
    return _Day(date[:4], date[4:], bool(paper["date_assumed"]))


def _remark(old: _Day, new: _Day) -> str:
    """What a difference in dates is worth when a year was assumed."""
    if old.day != new.day or not (old.assumed or new.assumed):
        return ""
    if old.assumed and new.assumed:
        return "both years assumed: the pages may well agree"
    if old.year == new.year:
        return "year now written" if old.assumed else "year no longer written"
    return "the year was assumed wrongly" if old.assumed else "the year is assumed now, perhaps wrongly"


def _notes(old: Side, new: Side, rows: "Sequence[ChangeRow]") -> tuple[str, ...]:
    notes = []
    names = {fold(str(side.header["name"])) for side in (old, new) if side.header.get("name")}
    if len(names) > 1:
        notes.append("the pages are of different people; pubcli compare sets them side by side")
    if any("~" in str(row["summary"]) for row in rows if row["change"] in ("new", "gone") or row["field"] == "date"):
        notes.append(EXPLANATIONS["date"])
    return tuple(notes)
