"""Tables: which column holds which field, and its cells as values."""

import csv
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import Any, NamedTuple

from pubcli import dates, identifiers, names
from pubcli.errors import InputError
from pubcli.formats import MAPPED as FIELDS
from pubcli.formats.cells import guarded, pairs_in, values_in
from pubcli.formats.correspondence import lists_people
from pubcli.readers.bibliography import Found, Reference, Unread
from pubcli.readers.notes import dated, identified, most_exact
from pubcli.readers.text import numbered, one_line
from pubcli.sources import Source, Stream
from pubcli.text import counted, visible

_OURS = ("position", "profile", "source", "line", "also_on", "shown_by", "code", "links")
"""Columns of pubcli's own tables that are nobody else's."""
MADE_ANEW = frozenset({"date_precision", "score", "passage"})
"""Columns of pubcli's own tables that other columns tell, or that are true of one question only."""
_NAMES = {
    "author": "authors", "year": "date", "publication year": "date", "publication date": "date", "published": "date",
    "journal": "venue", "publication title": "venue", "source title": "venue", "publication": "venue",
    "number": "issue", "abstract note": "abstract", "url": "url", "link": "url", "eprint": "arxiv", "arxiv id": "arxiv",
    "manual tags": "keywords", "author keywords": "keywords", "tags": "keywords", "cites": "citations",
    "cited by": "citations", "times cited": "citations", "citation key": "key", "article title": "title",
    "author full names": "full_names", "page start": "pages", "page end": "last_page", "document type": "kind",
    "start page": "pages", "end page": "last_page", "times cited, wos core": "citations",
    "item type": "kind", "type": "kind", "document title": "title", "summary": "abstract", "paper": "title",
    "author/s": "authors", "author names": "authors", "date published": "date", "pubyear": "date",
    "journal/book": "venue", "proceedings title": "venue", "issue number": "issue", "pagination": "pages",
    "startpage": "pages", "endpage": "last_page", "publication type": "kind", "articleurl": "url",
    "external url": "url", "article citation count": "citations", "citing works count": "citations",
    "item title": "title", "item doi": "doi", "journal volume": "volume", "journal issue": "issue",
    "content type": "kind", "document identifier": "kind",
}  # fmt: skip
"""What other programs call these fields, and the parts of some."""
_OF_PUBLISH_OR_PERISH = {"Source": "venue"}
"""What Publish or Perish calls them, and others something else: where a record comes from."""
_OF_WOS = {
    "TI": "title", "AU": "authors", "AF": "full_names", "DT": "kind", "SO": "venue", "VL": "volume", "IS": "issue",
    "BP": "pages", "EP": "last_page", "PY": "date", "PD": "month", "PU": "publisher", "DI": "doi", "AB": "abstract",
    "DE": "keywords", "TC": "citations",
}  # fmt: skip
"""What Web of Science calls them where it has two letters for a name."""
_OF_SPRINGER = {"Authors": "run_together"}
"""What Springer calls the authors: names with nothing between them."""
_OF_PUBLICATIONS = {"J": "article", "B": "book", "P": "other"}
"""What Web of Science calls what a paper is in, where it does not say what the paper is."""
_PART_OF = {"full_names": "authors", "run_together": "authors", "last_page": "pages", "month": "date"}
"""What several columns may tell together."""
_KINDS = {
    "journalarticle": "article", "conferencepaper": "inproceedings", "booksection": "chapter", "thesis": "thesis",
    "article": "article", "preprint": "preprint", "inproceedings": "inproceedings", "book": "book",
    "chapter": "chapter", "report": "report", "dataset": "dataset", "software": "software", "other": "other",
    "conference paper": "inproceedings", "book chapter": "chapter", "review": "article", "data paper": "article",
    "proceedings paper": "inproceedings", "article; proceedings paper": "inproceedings",
    "article; book chapter": "chapter", "article; early access": "article", "review; early access": "article",
    "journal article": "article", "conference proceedings article": "inproceedings", "proceeding": "inproceedings",
    "chapter conferencepaper": "inproceedings", "dissertation": "thesis",
    "monograph": "book", "edited book": "book",
    "ieee conferences": "inproceedings", "ieee journals": "article", "ieee magazines": "article",
}  # fmt: skip


_SEPARATOR = re.compile(r"sep=([,;|\t])", re.IGNORECASE)
"""The first line by which Excel is told what stands between cells."""


class Header(NamedTuple):
    """The columns of a table."""

    names: list[str]
    fields: list[str | None]
    """The field that each column holds; None for one that goes to `extra` under its own name."""
    is_ours: bool
    """Whether pubcli wrote the table: then names and lists stand as they are."""
    is_guarded: bool
    """Whether an apostrophe may stand before what a spreadsheet would take for a formula."""
    people: Collection[str]
    """Those columns that list people and that no field is for."""


def stream(source: Source | Stream, delimiters: str) -> Iterator[Found]:
    """A paper from each row. Raises InputError when no column can be the title, or a mapped one is not there."""
    rest = iter(numbered(source))
    filled = ((number, line) for number, line in rest if line.strip())
    first = next(filled, None)
    told = _SEPARATOR.fullmatch(first[1].strip()) if first else None
    if told:
        first = next(filled, None)
    if first is None:
        return
    delimiter = told[1] if told else max(delimiters, key=first[1].count)
    rows = _rows(chain([first], rest), delimiter)
    top = next(rows)
    if isinstance(top, Unread):
        raise InputError(f"{source.shown}: line {first[0]} is no header: {top.reason}")
    header = _header(top.cells, source)
    for row in rows:
        yield row if isinstance(row, Unread) else _reference(row, header)


class _Row(NamedTuple):
    line: int
    last_line: int
    cells: list[str]


def _rows(lines: Iterator[tuple[int, str]], delimiter: str) -> Iterator[_Row | Unread]:
    """Rows of as many cells as the header has; one that has others and goes over several lines costs only its first.

    A quotation mark that is never closed would swallow all that follows.
    """
    csv.field_size_limit(2**30)
    width, is_ours = 0, False
    waiting: list[tuple[int, str]] = []
    while True:
        taken: list[tuple[int, str]] = []
        if delimiter == "\t":
            found = _tabbed_row(waiting, lines, taken, width, is_ours=is_ours)
        else:
            found = _next_row(waiting, lines, taken, delimiter)
        if not taken:
            return
        if found is not None and not found and len(taken) == 1:
            continue  # a blank line
        if found and width < len(found) and width and not any(found[width:]):
            del found[width:]  # Web of Science ends rows with a tab, spreadsheets with several
        if found and (not width or len(found) == width):
            if not width:
                width, is_ours = len(found), _is_ours(found)
            yield _Row(taken[0][0], taken[-1][0], found)
            continue
        reason = (
            "it cannot be taken apart"
            if found is None
            else f"{counted(len(found), 'cell', 'cells')} where the header has {width:,}"
        )
        yield Unread(taken[0][0], taken[0][0], reason, counted(width, "cell", "cells"), taken[0][1].rstrip("\n"))
        waiting[:0] = taken[1:]


def _tabbed_row(
    waiting: list[tuple[int, str]],
    lines: Iterator[tuple[int, str]],
    taken: list[tuple[int, str]],
    width: int,
    *,
    is_ours: bool,
) -> list[str] | None:
    """The cells of the next row between tabs: read as CSV where that makes `width` cells, else as they are.

    Spreadsheets quote whole cells; in other files a quotation mark is part of the text. A width of 0 is that of a
    header, which has any number of cells. A header and a row of pubcli's stand on one line.
    """
    first = waiting.pop(0) if waiting else next(lines, None)
    if first is None:
        return None
    if '"' in first[1] and _QUOTED_CELL.search(first[1]):
        waiting.insert(0, first)
        found = _next_row(waiting, lines, taken, "\t", strict=True)
        may_be_long = width and not is_ours
        if found is not None and len(found) == (width or len(found)) and (may_be_long or len(taken) == 1):
            return found
        waiting[:0] = taken[1:]
        taken.clear()
    taken.append(first)
    line = first[1].removesuffix("\n")
    return line.split("\t") if line else []


_QUOTED_CELL = re.compile(r'(?:^|\t)"')


def _next_row(
    waiting: list[tuple[int, str]],
    lines: Iterator[tuple[int, str]],
    taken: list[tuple[int, str]],
    delimiter: str,
    *,
    strict: bool = False,
) -> list[str] | None:
    """The cells of the next row, its lines noted in `taken`; None when they are no row."""

    def fed() -> Iterator[str]:
        while (one := waiting.pop(0) if waiting else next(lines, None)) is not None:
            taken.append(one)
            yield one[1]
            if len(taken) > _LONGEST_ROW:
                return

    try:
        return next(csv.reader(fed(), delimiter=delimiter, strict=strict), [])
    except csv.Error:
        return None


_LONGEST_ROW = 1_000
"""Lines."""


def _header(cells: Sequence[str], source: Source | Stream) -> Header:
    names_ = [cell.strip() for cell in cells]
    told = _told(names_, source)
    is_ours = _is_ours(names_) and not told
    fields: list[str | None] = [None] * len(names_)
    known = _known(names_, frozenset(told.values()))
    for place, name in enumerate(names_):
        found = told.get(name.casefold()) or (name if is_ours and name in _OURS else known[place])
        fields[place] = found
    if "title" not in fields:
        columns = ", ".join(map(visible, names_))
        raise InputError(
            f"{source.shown}: no column is a title; its columns are {columns}. "
            "Say which one it is, as in --map title=NAME, or name another format with --from"
        )
    people = () if is_ours else _people(names_)
    return Header(names_, fields, is_ours, source.data.startswith(b"\xef\xbb\xbf"), people)


def _is_ours(cells: Sequence[str]) -> bool:
    """Whether these are the names of columns that only pubcli writes."""
    return {"authors_complete", "title_guessed"} <= set(cells)


def _told(names_: Sequence[str], source: Source | Stream) -> dict[str, str]:
    """The fields of those columns that the user tells of, by their names without case.

    What is told is for several files, of which one may have such a column under a name that is known.
    """
    there = {name.casefold() for name in names_}
    known = _known(names_)
    for field, column in source.told.columns:
        if column.casefold() not in there and field not in known:
            columns = ", ".join(map(visible, names_))
            raise InputError(f"{source.shown} has no column {column!r} for {field}; its columns are {columns}")
    return {column.casefold(): field for field, column in source.told.columns if column.casefold() in there}


def titled(line: str, delimiter: str, told: Collection[str] = ()) -> bool:
    """Whether a line may be the header of a table of papers: one of its columns is a title, another known too.

    So it is where one of its columns is told.
    """
    cells = [cell.strip().strip('"').strip() for cell in line.split(delimiter)]
    found = _known(cells)
    is_told = not {cell.casefold() for cell in cells}.isdisjoint(map(str.casefold, told))
    return is_told or ("title" in found and len([field for field in found if field]) > 1)


def record(line: int, last_line: int, cells: Mapping[str, str]) -> Reference:
    """The paper in cells by the names of their columns, as another program writes them."""
    header = Header(list(cells), _known(cells), is_ours=False, is_guarded=False, people=_people(cells))
    return _reference(_Row(line, last_line, list(cells.values())), header)


def _known(columns: Collection[str], taken: Collection[str] = ()) -> list[str | None]:
    """The field that each column holds by its name; None where none is known, or it is one of those `taken`."""
    marks = {"GSRank": _OF_PUBLISH_OR_PERISH, "Item DOI": _OF_SPRINGER}
    own = _OF_WOS if _is_of_wos(columns) else next((own for mark, own in marks.items() if mark in columns), {})
    found = [own.get(name) or _field_for(name) for name in columns]
    return [None if field in taken or _PART_OF.get(field or "") in taken else field for field in found]


def _is_of_wos(columns: Collection[str]) -> bool:
    return {"PT", "TI"} <= set(columns)


def _people(columns: Collection[str]) -> list[str]:
    is_of_wos = _is_of_wos(columns)
    return [name for name in columns if lists_people(name, is_of_wos=is_of_wos)]


def _field_for(name: str) -> str | None:
    plain = name.casefold().replace("_", " ") if name not in FIELDS else name
    return name if name in FIELDS else _NAMES.get(plain, plain if plain in FIELDS and plain != "key" else None)


class _Cell(NamedTuple):
    """One of several that may tell the same."""

    column: str
    text: str
    value: Any


def _reference(row: _Row, header: Header) -> Reference:
    said: dict[str, Any] = {"classes": ()} if header.is_ours else {}
    extra: dict[str, str] = {}
    several: dict[str, list[_Cell]] = {
        "full_names": [], "authors": [], "run_together": [], "date": [], "month": []
    }  # fmt: skip
    for name, field, cell in zip(header.names, header.fields, row.cells, strict=True):
        if not cell or (header.is_ours and name in MADE_ANEW):
            continue
        text = cell[1:] if header.is_guarded and cell[0] == "'" and guarded(cell[1:]) == cell else cell
        if not text.strip():
            continue
        if field is None or said.get(field):  # the first column that says something has the field
            extra[name or "unnamed"] = _together(text) if name in header.people else text.strip()
            continue
        value = _VALUES[field](text if header.is_ours else text.strip(), header.is_ours)
        if value is None:
            extra[name] = text.strip()
        elif field in several:
            several[field].append(_Cell(name, text.strip(), value))
        else:
            said[field] = value
    said |= _byline([*several["full_names"], *several["authors"], *several["run_together"]], extra) | _day(
        several["date"], several["month"], extra
    )
    if last := said.pop("last_page", None):
        said["pages"] = "-".join(dict.fromkeys((*filter(None, [said.get("pages")]), last)))
    if kind := _OF_PUBLICATIONS.get(extra.get("PT", "")):
        said.setdefault("kind", kind)
    if extra := extra | said.pop("extra", {}):
        said["extra"] = extra
    return Reference(row.line, row.last_line, identified(said))


def _together(text: str) -> str:
    listed, is_cut = _authors(text.strip(), False)
    return names.together([*listed, "others"] if is_cut else listed)


def _byline(cells: Sequence[_Cell], extra: dict[str, str]) -> dict[str, Any]:
    """The authors by the first of the longest lists. Other names of as many people say nothing new."""
    if not cells:
        return {}
    names_, cut = cells[0].value
    if len(cells) > 1:
        names_, cut = max((cell.value for cell in cells), key=_count)
        extra |= {cell.column: cell.text for cell in cells if _count(cell.value) != len(names_)}
    return {"authors": names_, "authors_complete": False} if cut else {"authors": names_}


def _count(byline: tuple[tuple[str, ...], bool]) -> int:
    return len(byline[0])


def _day(cells: Sequence[_Cell], months: Sequence[_Cell], extra: dict[str, str]) -> dict[str, Any]:
    """The most exact date, a month perhaps in another cell. A year beside the whole date says nothing new."""
    if not cells:
        extra |= {cell.column: cell.text for cell in months}
        return {}
    if len(cells) == 1 and not months:
        return dated(cells[0].value)
    best = most_exact(cell.value for cell in cells)
    if months and best.precision == "year":
        month: _Month = months[0].value
        if month.year in (None, best.day.year):
            best = dates.known(best.day.year, month.number, month.day) or best
        else:
            extra[months[0].column] = months[0].text
    extra |= {cell.column: cell.text for cell in cells if cell.value.day.year != best.day.year}
    return dated(best)


def _list(text: str, is_ours: bool) -> tuple[str, ...]:
    if is_ours:
        return tuple(values_in(text))
    parts = re.split(r"\s*[;；]\s*" if _SEMICOLON.search(text) else r"\s*[,，、]\s*", text)
    return tuple(dict.fromkeys(part for part in parts if part))


_SEMICOLON = re.compile("[;；]")
_WIDE = str.maketrans({"；": ";", "、": ";", "，": ","})
"""Separators of Chinese and Japanese; in a list of people, no surname stands before the second."""
_OTHERS = frozenset({"others", "et al.", "et al", "...", "等", "他", "ほか"})
_INITIALS = re.compile(r"(?: ?-?[^\W\d_a-z][a-z]?\.)+")
_NUMBERED = re.compile(r" \(\d+\)$")
"""The number of a person in Scopus."""
_NOBODY = "[no author name available]"


def _authors(text: str, is_ours: bool) -> tuple[tuple[str, ...], bool]:
    """The names, and whether the list is cut. Other programs write the surname first; between names stands ; or and."""
    if is_ours:
        return tuple(values_in(text)), False
    found = [name for part in _apart(text) if (name := part.strip())]
    if ")" in text:
        found = [_NUMBERED.sub("", name) for name in found]
    cut = bool(found) and found[-1].lower() in _OTHERS
    found = found[:-1] if cut else found
    if found and (tail := re.fullmatch(r"(.*\S)(?:,? et al\.?|等)", found[-1])):
        found[-1], cut = tail[1], True
    if text.endswith(".") and text.count(".") == 1 and len(found) > 1 and all(map(_is_surname_first, found[:-1])):
        found[-1] = found[-1].removesuffix(".")  # PubMed ends its lists with a full stop
    if all(map(_is_surname_first, found)):
        found = [", ".join(name.rsplit(" ", 1)) for name in found]
    return tuple(map(names.in_order, found)), cut


_TITLES = re.compile(r"(?:(?:Prof|Dr)\. )+")


def _run_together(text: str, _: bool) -> tuple[tuple[str, ...], bool]:
    """The names in `Jane DoeProf. Kim Poe`: one begins at a capital behind a small letter, but not within McDonald."""
    starts = [at for at in range(1, len(text)) if text[at - 1].islower() and text[at].isupper()]
    found: list[str] = []
    for start, end in pairwise([0, *starts, len(text)]):
        piece = text[start:end]
        if found and (" " not in piece or found[-1].endswith((" Mc", " Mac"))):
            found[-1] += piece
        else:
            found.append(piece)
    return tuple(_TITLES.sub("", name) for name in found), False


def _is_surname_first(name: str) -> bool:
    """Whether a name without a comma has its initials behind it: Nguyen M.-A., Nguyen MA; what is no group's name."""
    family, _, last = name.rpartition(" ")
    if _is_bare(last):
        return "," not in family and not family.isupper() and names.parts(f"X {family}").given != ""
    is_initials = _INITIALS.fullmatch(last) is not None and last not in ("Jr.", "Sr.")
    return is_initials and "," not in family and not _INITIALS.fullmatch(family)


def _is_bare(word: str) -> bool:
    """Whether a word may be initials without full stops, as in PubMed: J, JB, J-P."""
    letters = word.replace("-", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= 3 and letters not in ("II", "III", "IV")


def _are_initials(word: str) -> bool:
    return _is_bare(word) or _INITIALS.fullmatch(word) is not None


_AND = re.compile(r",? and ")
_AMPERSAND = re.compile(r",? & ")


def _apart(text: str) -> list[str]:
    """The names in a cell: between semicolons, between commas unless each stands before initials, and at `and` or `&`.

    A comma in front of an `and` is that of a list where all names look alike, else that of `Last, First`. Between two
    words an ampersand is part of one name: Johnson & Johnson.
    """
    if text.lower() == _NOBODY:
        return []
    text = text if text.isascii() else text.translate(_WIDE)
    if ";" in text:
        return text.split(";")
    pieces = (_AND if " and " in text else _AMPERSAND).split(text)
    cut = [_at_commas(piece) for piece in pieces]
    parts = [part for piece in cut for part in piece]
    if len(parts) % 2 == 0 and all(_are_initials(part.partition(",")[0]) for part in parts[1::2]):
        return [f"{family}, {initials}" for family, initials in zip(parts[::2], parts[1::2], strict=True)]
    if len(pieces) == 1:
        return parts if len(parts) > 2 or all(map(_is_full, parts)) or _are_whole(parts) else [text]
    if "," not in text and " and " not in text and not all(map(_is_full, parts)):
        return [text]
    if "," in text and len(parts) == len(pieces) and not any(map(_is_full, parts)):
        return [text]  # Simon and Schuster, Inc.
    return (_listed(*cut) if len(cut) == 2 else None) or pieces


def _at_commas(piece: str) -> list[str]:
    """A text cut at its commas, but not before a Jr. or an Inc."""
    found: list[str] = []
    for part in map(str.strip, piece.split(",")):
        if found and names.is_suffix(part, found[-1]):
            found[-1] += f", {part}"
        else:
            found.append(part)
    return found


def _listed(before: list[str], behind: list[str]) -> list[str] | None:
    """The names in a list with commas and an `and` before its end; None where it stands between two names.

    All names may begin with the surname, or the first alone as in Chicago and MLA: `Doe, John, Jane Roe, and Kim Poe`.
    """
    parts = [*before, *behind]
    if len(behind) == 1 and _are_alike(parts):
        return parts
    if len(behind) == 2 and len(before) % 2 == 0 and not all(map(_is_full, parts)):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    if len(before) > 2 and not _is_full(before[0]) and all(map(_is_full, parts[2:])):
        is_given = not _is_full(before[1]) or before[1].endswith(".")
        return [f"{before[0]}, {before[1]}", *parts[2:]] if is_given else None
    if " of " in before[0] and not any(map(_is_full, behind)):  # one group: Ministry of Food, Agriculture and Fisheries
        return [f"{', '.join(before)} and {behind[0]}"]
    return None


def _is_full(name: str) -> bool:
    """Whether a name has several words, but for a suffix."""
    return " " in name.partition(",")[0]


_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_KOREAN = re.compile("[\uac00-\ud7a3]{2,}")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范"
    "汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵覃武钱戴严莫孔向常汤康易乔赖文樊"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮蕭蔣葉蘇呂盧鍾譚陸韋賈鄒閻龍賀顧龔錢嚴湯喬賴"
) | {"欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "皇甫", "尉迟"}
"""The hundred most common of China, of which one begins most names, in both scripts, and those of two signs."""


def _are_whole(parts: Sequence[str]) -> bool:
    """Whether names without blanks are whole ones: 李明, 王芳, and not surname and given name of one, 山田, 太郎."""
    names_ = [part.removesuffix(" et al.") for part in parts]
    if all(map(_KOREAN.fullmatch, names_)):
        return True
    is_chinese = all(map(_CHINESE.fullmatch, names_))
    return is_chinese and any(not _SURNAMES.isdisjoint((name[0], name[:2])) or len(name) > 3 for name in names_)


def _are_alike(parts: Sequence[str]) -> bool:
    """Whether all parts of a list may be names: all of several words, or all of one."""
    *names_, last = parts
    if last.lower() in _OTHERS:
        return all(map(_is_full, names_))
    return all(map(_is_full, parts)) or not any(" " in part or part.endswith(".") for part in parts)


class _Month(NamedTuple):
    number: int
    day: int | None
    year: int | None


def _month(text: str, _: bool) -> _Month | None:
    """The month and perhaps the day or the year: MAR, MAR 15, MAR 2011."""
    match = re.fullmatch(r"([A-Za-z]{3})(?: (\d{1,2}))?(?: (\d{4}))?", text)
    month = dates.month_number(match[1]) if match else None
    return _Month(month, *(int(part) if part else None for part in match.groups()[1:])) if match and month else None


def _truth(text: str, _: bool) -> bool | None:
    return {"true": True, "false": False, "yes": True, "no": False, "1": True, "0": False}.get(text.lower())


def _number(text: str, _: bool) -> int | None:
    plain = text.replace(",", "").removesuffix(".0")
    return int(plain) if plain.isascii() and plain.isdigit() else None


def _text(text: str, is_ours: bool) -> str:
    return text if is_ours else one_line(text)


_VALUES: Mapping[str, Callable[[str, bool], Any]] = {
    **dict.fromkeys(FIELDS, _text),
    "abstract": lambda text, _: text,
    "title_guessed": _truth,
    **dict.fromkeys(("authors", "full_names"), _authors),
    "run_together": _run_together,
    "last_page": _text,
    "month": _month,
    "authors_complete": _truth,
    "classes": _list,
    "badges": _list,
    **dict.fromkeys(("links", "also_on", "shown_by"), _list),
    **dict.fromkeys(("profile", "source"), _text),
    "code": _truth,
    "keywords": _list,
    "date": lambda text, _: dates.parse_known(text),
    "date_assumed": _truth,
    "kind": lambda text, _: _KINDS.get(text.lower()),
    "doi": lambda text, _: identifiers.doi(text),
    "arxiv": lambda text, _: identifiers.arxiv(text),
    **dict.fromkeys(("citations", "position", "line"), _number),
    "extra": lambda text, is_ours: pairs_in(text if is_ours else "; ".join(text.splitlines())),
}
"""What makes the value of a cell; None: it is none, and the text goes to `extra`."""
