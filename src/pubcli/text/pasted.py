"""Remove the characters that browsers and pasting add to a line: no-break spaces and invisible marks."""

_PASTED_BLANKS = "\u00a0\u202f\u2007"
_INVISIBLE_ENDS = " \u200b\u2060\ufeff"


def without_pasted(text: str) -> str:
    """Replace no-break spaces in a text with blanks, and remove blanks and invisible characters at its ends."""
    for blank in _PASTED_BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    return text.strip(_INVISIBLE_ENDS)
