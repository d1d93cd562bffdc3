"""Split the text of a table cell into people's names. Programs write lists of names in many notations."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pubcli.biblio import names

_WIDE = str.maketrans({"；": ";", "、": ";", "，": ","})
"""Chinese and Japanese separators, and how to read them. `、` always separates people, so it is read as a semicolon."""
_TITLES = re.compile(r"(?:(?:Prof|Dr)\. )+")
_OTHERS = frozenset({"others", "et al.", "et al", "...", "等", "他", "ほか"})
_INITIALS = re.compile(r"(?: ?-?[^\W\d_a-z][a-z]?\.)+")
_NUMBERED = re.compile(r" \(\d+\)$")
"""The number that Scopus adds to a person's name."""
_NOBODY = "[no author name available]"
_AND = re.compile(r",? and ")
_AMPERSAND = re.compile(r",? & ")
_CHINESE = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]{2,}")
_KOREAN = re.compile("[\uac00-\ud7a3]{2,}")
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
    cut = bool(parts) and parts[-1].lower() in _OTHERS
    parts = parts[:-1] if cut else parts
    if parts and (tail := re.fullmatch(r"(.*\S)(?:,? et al\.?|等)", parts[-1])):
        parts[-1], cut = tail[1], True
    if text.endswith(".") and text.count(".") == 1 and len(parts) > 1 and all(map(_is_surname_first, parts[:-1])):
        parts[-1] = parts[-1].removesuffix(".")  # PubMed ends its lists with a full stop
    if all(map(_is_surname_first, parts)):
        parts = [", ".join(name.rsplit(" ", 1)) for name in parts]
    return tuple(map(names.given_name_first, parts)), cut


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

    `et al.` or `others` at the end of the list is no name. Before it, all parts must have several words.
    """
    *names_, last = parts
    if last.lower() in _OTHERS:
        return all(map(_is_full, names_))
    return all(map(_is_full, parts)) or not any(" " in part or part.endswith(".") for part in parts)
