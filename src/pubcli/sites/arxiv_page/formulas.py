r"""Recognise traces of formulas that a browser flattened.

arXiv's pages show formulas with MathJax. A browser copies what it displays: `$O(n^{2/3})$` becomes `O(n2/3)`, and
`$\alpha_i \le \epsilon$` becomes `αi≤ϵ`. What was above or below the line cannot be told apart any more.
"""

import re

from pubcli.formats.shared.collect import ParsedRecord

_TRACE = re.compile(
    r"[\u2200-\u22ff\u2a00-\u2aff\u27e8-\u27ef\U0001d400-\U0001d7ff\u2113\u2102\u2115\u211a\u211d\u2124\u210f]"
    r"|[\u0370-\u03ff][A-Za-z0-9=(]|[A-Za-z0-9=(,][\u0391-\u03a9\u03b1-\u03c9\u03d1\u03d5\u03f5]"
    r"|\b[A-Za-z]?\([a-z]\d|\b[a-z]\d+(?:/\d+)?\b(?!\.\d)"
)
"""Matches mathematical signs, Greek letters next to other letters, and lower-case letters with a number: `n2/3`."""
_VERSION = re.compile(r"\bv\d+\b")


def has_traces(text: str) -> bool:
    """Return whether a text that was copied probably contains formulas, now without superscripts and subscripts."""
    match = _TRACE.search(text)
    if match is None or "$" in text:
        return False
    return _VERSION.fullmatch(match[0]) is None or _TRACE.search(_VERSION.sub("", text)) is not None


def has_traces_in(record: ParsedRecord) -> bool:
    """Return whether the title or the abstract of a record probably contains formulas without their structure."""
    return any(has_traces(record.fields.get(field, "")) for field in ("title", "abstract"))
