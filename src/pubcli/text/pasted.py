"""Remove what browsers, pasting and mail add to lines: no-break spaces, invisible characters and quote marks (`> `)."""

from pubcli.lazy import pattern

_PASTED_BLANKS = "\u00a0\u202f\u2007"
_QUOTED = pattern(r"(?m)^(?:> ?)+")
_INVISIBLE_ENDS = " \u200b\u2060\ufeff"


def without_pasted(text: str) -> str:
    """Replace no-break spaces in a text with blanks, and remove blanks and invisible characters at its ends."""
    for blank in _PASTED_BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    return text.strip(_INVISIBLE_ENDS)


def with_plain_blanks(text: str) -> str:
    """Return a text with blanks for no-break spaces, and without invisible characters."""
    if text.isascii():
        return text
    for blank in filter(text.__contains__, _PASTED_BLANKS):
        text = text.replace(blank, " ")
    for mark in filter(text.__contains__, _INVISIBLE_ENDS.strip()):
        text = text.replace(mark, "")
    return text


def without_quotation_marks(text: str) -> str:
    """Remove the `> ` before quoted lines of mail. Do nothing if at most half of the lines are quoted."""
    if "\n>" not in text:
        return text
    lines = [line for line in text.split("\n") if line.strip()]
    if 2 * sum(line.startswith(">") for line in lines) <= len(lines):
        return text
    return _QUOTED.sub("", text)
