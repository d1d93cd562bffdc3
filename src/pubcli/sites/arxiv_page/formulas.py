r"""Recognise traces of formulas that a browser flattened.

arXiv's pages show formulas with MathJax. A browser copies what it displays: `$O(n^{2/3})$` becomes `O(n2/3)`, and
`$\alpha_i \le \epsilon$` becomes `αi≤ϵ`. The copy no longer shows what was a superscript or a subscript.
"""

import re
from collections.abc import Iterable

from pubcli.formats.shared.collect import ParsedRecord

_LETTER, _DIGIT, _BEFORE_FORMULA, _OTHER = b"a0 -"
_KINDS = bytes(
    _LETTER if char in b"abcdefghijklmnopqrstuwxyz"  # not the v of a version, v2
    else _DIGIT if char in b"0123456789"
    else _OTHER if char < 0x80 and (chr(char).isalnum() or char in b"_.\\-")
    else _BEFORE_FORMULA
    for char in range(256)
)  # fmt: skip
"""The kind of each byte of a text in UTF-8. Translating a text is much faster than searching it with a pattern."""
_LETTER_WITH_NUMBER = bytes((_BEFORE_FORMULA, _LETTER, _DIGIT))
"""The kinds of a blank, of the n and of the 2 in ` n2/3`."""
_SIGNS = r"\u2200-\u22ff\u2a00-\u2aff\u27e8-\u27ef\U0001d400-\U0001d7ff\u2102\u210f\u2113\u2115\u211a\u211d\u2124"
_GREEK = r"\u0370-\u03ff"
_SIGN = re.compile(rf"[{_SIGNS}]|[{_GREEK}](?:(?=[A-Za-z0-9=(])|(?<=[A-Za-z0-9=(,].))")
"""Matches mathematical signs and letters, and Greek letters next to other letters or numbers."""
_MAY_BE_SIGN = re.compile(f"[{_SIGNS}{_GREEK}]")
_ASCII = bytes(range(0x80))


def has_traces(text: str) -> bool:
    """Return whether a text that was copied probably contains formulas, now without superscripts and subscripts."""
    if "$" in text:
        return False
    data = f" {text}".encode("utf-8", "replace")
    if _LETTER_WITH_NUMBER in data.translate(_KINDS):
        return True
    if text.isascii():
        return False
    rare = data.translate(None, _ASCII).decode()  # few letters, which are quickly searched
    return _MAY_BE_SIGN.search(rare) is not None and _SIGN.search(text) is not None


def has_traces_in(records: Iterable[ParsedRecord]) -> bool:
    """Return whether titles or abstracts of records probably contain formulas without their structure."""
    texts = (record.fields.get(field) for record in records for field in ("title", "abstract"))
    return has_traces("\n".join(text for text in texts if text and "$" not in text))  # one text is searched faster
