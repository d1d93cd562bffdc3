"""Titles with the few tags of HTML that CSL knows as rich text, as Crossref and OpenAlex have them, as plain text."""

import re

from pubcli.text.tex import script

_TAGGED = re.compile(
    r"<(i|b|em|strong|su[bp]|scp?|span(?= (?:class|style)=))(?: [^<>]*)?>([^<>]*)</\1\s*>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DEEPEST = 5
"""Tags within tags that are looked for."""


def plain_text(text: str) -> str:
    """The text without pairs of tags, its entities as characters: `A <i>Drosophila</i> H<sub>2</sub>O &amp; x`.

    Digits that are raised or lowered stay so, letters stand on the line. All else, `x < y`, stays as written.
    """
    if "<" in text and ">" in text:
        for _ in range(_DEEPEST):
            text, count = _TAGGED.subn(_untagged, text)
            if not count:
                break
    if "&" in text and ";" in text:
        from html import unescape

        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    return text


def _untagged(match: re.Match[str]) -> str:
    tag, inside = match[1].lower(), match[2]
    return script(inside, raised=tag == "sup") if tag in ("sup", "sub") else inside
