"""Split a text into people's names. Programs write lists of names in many notations.

`split_cell` splits the text of a table cell, which may hold any notation. Formats with a notation of their own, such as
BibTeX and RIS, first split a list by their own rules. Some programs ignore these rules, so each name is then split with
`several_people`. `without_et_al` recognises that a list is cut, in any format.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from pubcli.biblio import names
from pubcli.lazy import pattern

_WIDE = str.maketrans({"；": ";", "、": ";", "，": ","})
"""Chinese and Japanese separators, and how to read them. `、` always separates people, so it is read as a semicolon."""
_TITLES = pattern(r"(?:(?:Prof|Dr)\. )+")
_OTHERS = frozenset({"others", "and others"})
"""Texts that replace the other names at the end of a list. Elsewhere in a list, they may be names."""
_ET_AL = (
    r"(?:\\(?:emph|textit)\s*)?[({\[]*(?:\\(?:em|it)\s+)?"
    r"(?:et\.?[\s~\\]*(?:al(?:ii|iae|ia)?(?![^\W_])|coll\.)|u\.[\s~]?a\.|\\[lh]?dots(?![A-Za-z])|\.{2,}|…)[.\s)}\]{]*"
)
_MARK = pattern(rf"(?:{_ET_AL}|等|他|ほか|외|外)[,;]*", re.IGNORECASE)
"""Matches a text that is never a name, because it replaces the other names of a list: et al., dots."""
_MARK_AT_END = pattern(
    rf"(.*?[^\s,;&])(?:[,;&\s~]+(?:and\s+)?{_ET_AL}[,;]*|(?<=[\u3040-\u30ff\u3400-\u9fff])等)", re.IGNORECASE
)
"""Matches a name with such a mark after it."""
_MAY_BE_MARK = pattern(r"\bet\b|\.\.|…|dots|others|u\.|[等他외外]|ほか", re.IGNORECASE)
"""Matches a part of every mark."""
_PARTS_OF_MARKS = ("et", "..", "dots", "others", "u.")
"""Texts of which each mark in ASCII contains one. Looking for them is several times as fast as `_MAY_BE_MARK`."""
_LONGEST_NAME = 300
"""The largest number of characters of a name in which a mark is looked for, to limit the time."""
MOST_NAME_PARTS = 3
"""The largest number of parts that commas separate in a name: von Last, Jr, First."""
_INITIALS = pattern(r"(?: ?-?[^\W\d_a-z][a-z]?\.)+")
_INITIALS_FIRST = pattern(r"(?:[^\W\d_a-z]\. ?-?)+ ?[^\W\d_]{2}")
_NUMBERED = pattern(r" \(\d+\)$")
"""The number that Scopus adds to a person's name."""
_NOBODY = "[no author name available]"
_AND = pattern(r",? and ")
_AMPERSAND = pattern(r",? & ")
_CHINESE = pattern("[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_KOREAN = pattern("[\uac00-\ud7a3]{2,}")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范"
    "汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵覃武钱戴严莫孔向常汤康易乔赖文樊"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓鄧馮蕭蔣葉蘇呂盧鍾譚陸韋賈鄒閻龍賀顧龔錢嚴湯喬賴"
) | {"欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "皇甫", "尉迟"}
"""The hundred most common Chinese surnames, simplified and traditional, and common surnames of two characters."""


def split_cell(text: str) -> tuple[tuple[str, ...], bool]:
    """Return the names in a cell, each with the given names first, and whether the list is incomplete.

    Many programs write the surname first. They separate names by semicolons, commas, `and` or vertical bars.
    """
    parts = [name for part in _cut(text) if (name := part.strip())]
    if ")" in text:
        parts = [_NUMBERED.sub("", name) for name in parts]
    parts, cut = without_et_al(parts)
    if text.endswith(".") and text.count(".") == 1 and len(parts) > 1 and all(map(_is_surname_first, parts[:-1])):
        parts[-1] = parts[-1].removesuffix(".")  # PubMed ends its lists with a full stop
    if all(map(_is_surname_first, parts)):
        parts = [", ".join(name.rsplit(" ", 1)) for name in parts]
    return tuple(map(names.given_name_first, parts)), cut


def without_et_al(listed: Sequence[str]) -> tuple[list[str], bool]:
    """Return the names in a list without et al., dots and the like, and whether there was such a mark.

    The names may contain TeX. The word `others` is a mark only at the end.
    """
    if not _may_have_mark("\n".join(listed)):  # fast path for nearly all lists
        return list(listed), False
    people: list[str] = []
    for name in listed:
        if len(name) > _LONGEST_NAME or not _MARK.fullmatch(name):
            tail = _MARK_AT_END.fullmatch(name) if len(name) <= _LONGEST_NAME else None
            people.append(tail[1] if tail else name)
    is_cut = people != list(listed)
    if people and people[-1].lower().rstrip(".") in _OTHERS:
        return people[:-1], True
    return people, is_cut


def _may_have_mark(text: str) -> bool:
    if text.isascii():
        lower = text.lower()
        if not any(map(lower.__contains__, _PARTS_OF_MARKS)):
            return False
    return _MAY_BE_MARK.search(text) is not None


def several_people(parts: Sequence[str], *, is_given_first: bool = False) -> list[str] | None:
    """Return the people in a text that separates them by commas; None if the text may be the name of one person.

    `parts` are the texts between the commas. The name of one person has one comma, or two with a suffix: `Doe, J.`,
    `Doe, Jr, J.`. `Doe J, Roe K`, `Doe, J., Roe, K.` and `J. Doe, K. Roe` name several people. `Jane Doe, Kim Roe` may
    be a person with two surnames, unless `is_given_first` states that the given names come first.
    """
    parts, is_cut = without_et_al([part for part in parts if part])
    if is_cut and len(parts) > 1 and (several := several_people(parts, is_given_first=is_given_first)):
        return [*several, "et al."]
    if any(names.is_suffix(part, parts[0]) for part in parts[1:]):
        parts = _at_commas(", ".join(parts))
        if len(parts) % 2:
            return None
    if len(parts) < 2 or (len(parts) == 2 and "," in "".join(parts)):
        return None
    if all(map(_is_surname_first, parts)):
        return [", ".join(part.rsplit(" ", 1)) for part in parts]
    if len(parts) > 3 and len(parts) % 2 == 0 and all(_are_initials(part.partition(",")[0]) for part in parts[1::2]):
        return [f"{family}, {initials}" for family, initials in zip(parts[::2], parts[1::2], strict=True)]
    is_list = len(parts) > 2 or is_given_first or all(map(_INITIALS_FIRST.match, parts))
    return list(parts) if is_list and all(map(_is_full, parts)) else None


def people_on_line(text: str) -> list[str]:
    """Return the names in a text that should hold one name: `Last, First`, `Last, First, Jr`.

    Some programs write all names there: `Doe J, Roe K`, `Doe, J.; Roe, K.`, `Doe, J. and Roe, K.`.
    """
    family, comma, rest = text.partition(",")
    if ";" not in text and (not comma or (" " not in family and "," not in rest and " and " not in rest)):
        return [text]  # fast path for nearly all names
    if ";" in text:
        pieces = [piece.strip() for piece in text.split(";") if piece.strip()]
        is_list = all(" " in piece for piece in pieces)
        return [name for piece in pieces for name in people_on_line(piece)] if is_list else [text]
    if text.endswith(",") or ",," in text or "," not in text:  # a group, as EndNote writes it, or one name
        return [text]
    pieces = text.split(" and ")
    if len(pieces) > 1 and all(_are_initials(piece.partition(", ")[2]) for piece in pieces):
        return pieces
    return several_people([part.strip() for part in text.split(",")]) or [text]


def is_unclear(text: str) -> bool:
    """Return whether a text that should hold one name has too many commas for a name, but is not a list of people."""
    return text.count(",") >= MOST_NAME_PARTS and len(people_on_line(text)) == 1 and " and " not in text


def run_together(text: str) -> tuple[str, ...]:
    """Split names that have no separators, as in `Jane DoeProf. Kim Poe`, and remove `Prof.` and `Dr.`.

    A capital after a lower-case letter begins a name, except after Mc or Mac.
    """
    starts = [at for at in range(1, len(text)) if text[at - 1].islower() and text[at].isupper()]
    pieces: list[str] = []
    for start, end in pairwise([0, *starts, len(text)]):
        piece = text[start:end]
        if pieces and (" " not in piece or pieces[-1].endswith((" Mc", " Mac"))):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return tuple(_TITLES.sub("", name) for name in pieces)


def _is_surname_first(name: str) -> bool:
    """Return whether a name is a surname and then initials, without a comma, such as Nguyen M.-A. or Nguyen MA."""
    family, _, last = name.rpartition(" ")
    if _is_bare(last):
        return "," not in family and not family.isupper() and names.parts(f"X {family}").given_name != ""
    is_initials = _INITIALS.fullmatch(last) is not None and last not in ("Jr.", "Sr.")
    return is_initials and "," not in family and not _INITIALS.fullmatch(family)


def _is_bare(word: str) -> bool:
    """Return whether a word may be initials without full stops, as in PubMed: J, JB, J-P."""
    letters = word.replace("-", "")
    return letters.isalpha() and letters.isupper() and len(letters) <= 3 and letters not in ("II", "III", "IV")


def _are_initials(word: str) -> bool:
    return _is_bare(word) or _INITIALS.fullmatch(word) is not None


def _cut(text: str) -> list[str]:
    """Split a cell at vertical bars or, without bars, at semicolons; without both, at `and` or `&` and at commas.

    A comma before initials is inside a name if every second part of the cell is initials: `Doe, J., Poe, K.` are two
    names. In a cell with `and`, commas may separate names (`Jane Doe, Kim Poe and Li Roe`) or may be inside names
    (`Doe, Jane and Poe, Kim`). An ampersand between two single words is part of one name: Johnson & Johnson.
    """
    if text.lower() == _NOBODY:
        return []
    text = text if text.isascii() else text.translate(_WIDE)
    for separator in "|;":  # no name has a bar, but some names in tables of OpenAlex have a semicolon
        if separator in text:
            return text.split(separator)
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
        return [text]  # a company: Simon and Schuster, Inc.
    return (_listed(*cut) if len(cut) == 2 else None) or pieces


def _at_commas(piece: str) -> list[str]:
    """Split a text at its commas, except before Jr. or Inc."""
    groups: list[list[str]] = []
    for part in map(str.strip, piece.split(",")):
        if not groups or not names.is_suffix(part, ", ".join(groups[-1][:2])):
            groups.append([])
        groups[-1].append(part)
    return list(map(", ".join, groups))


def _listed(before: list[str], after: list[str]) -> list[str] | None:
    """Return the names in a list; None if no comma separates names.

    The list is already split at commas. `before` and `after` are its parts before and after the final `and`. A name may
    begin with the given name or with the surname. In the styles of Chicago and MLA, only the first person's name begins
    with the surname: `Doe, John, Jane Roe, and Kim Poe`.
    """
    parts = [*before, *after]
    if len(after) == 1 and _are_alike(parts):
        return parts
    if len(after) == 2 and len(before) % 2 == 0 and not all(map(_is_full, parts)):
        return [f"{family}, {given_name}" for family, given_name in zip(parts[::2], parts[1::2], strict=True)]
    if len(before) > 2 and not _is_full(before[0]) and all(map(_is_full, parts[2:])):
        is_given = not _is_full(before[1]) or before[1].endswith(".")
        return [f"{before[0]}, {before[1]}", *parts[2:]] if is_given else None
    if " of " in before[0] and not any(map(_is_full, after)):  # as in Ministry of Food, Agriculture and Fisheries
        return [f"{', '.join(before)} and {after[0]}"]
    return None


def _is_full(name: str) -> bool:
    """Return whether a name has several words, not counting a suffix."""
    return " " in name.partition(",")[0]


def _are_whole(parts: Sequence[str]) -> bool:
    """Return whether each part is a full name without blanks (李明, 王芳), not a surname or given name (山田, 太郎)."""
    names_ = [part.removesuffix(" et al.") for part in parts]
    if all(map(_KOREAN.fullmatch, names_)):
        return True
    is_chinese = all(map(_CHINESE.fullmatch, names_))
    return is_chinese and any(not _SURNAMES.isdisjoint((name[0], name[:2])) or len(name) > 3 for name in names_)


def _are_alike(parts: Sequence[str]) -> bool:
    """Return whether each part of a list may be a whole name: all parts have several words, or all have a single word.

    `et al.` or `others` at the end of the list is not a name. All parts before it must have several words.
    """
    *names_, last = parts
    if last.lower() in _OTHERS or _MARK.fullmatch(last):
        return all(map(_is_full, names_))
    return all(map(_is_full, parts)) or not any(" " in part or part.endswith(".") for part in parts)
