"""Turn texts with HTML tags into plain text.

The tags are those that CSL allows in titles. Crossref and OpenAlex use them.
"""

import re

from pubcli.text.tex import script

_TAGS = r"i|b|em|strong|italic|bold|u|tt|su[bp]|inf|scp?|span(?= (?:class|style)=)"
_TAGGED = re.compile(rf"<({_TAGS})(?: [^<>]*)?>([^<>]*)</\1\s*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DEEPEST = 5
"""Maximum number of levels of nested tags that are removed."""


def plain_text(text: str) -> str:
    """Remove pairs of tags from a text and decode its entities.

    `<i>Drosophila</i>, H<sub>2</sub>O &amp; x` becomes `Drosophila, H₂O & x`.

    Digits in superscripts and subscripts become small characters such as `₂`; a superscript or subscript with letters
    becomes ordinary text. Everything else, such as `x < y`, stays as written.
    """
    text = without_tags(text)
    if "&" in text and ";" in text:
        from html import unescape

        text = _ENTITY.sub(lambda entity: unescape(entity[0]), text)
    return text


def without_tags(text: str) -> str:
    """Remove pairs of tags from a text, as `plain_text` does. Entities stay."""
    if "<" in text and ">" in text:
        for _ in range(_DEEPEST):
            text, count = _TAGGED.subn(_untagged, text)
            if not count:
                break
    return text


def _untagged(match: re.Match[str]) -> str:
    tag, inside = match[1].lower(), match[2]
    return script(inside, raised=tag == "sup") if tag in ("sup", "sub", "inf") else inside
