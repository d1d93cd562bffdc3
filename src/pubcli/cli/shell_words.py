"""Read the words of an unfinished command line as a shell does, and quote values for bash and PowerShell."""

from __future__ import annotations

from pubcli.lazy import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANKS = " \t\n"
_IN_DOUBLE_QUOTES = '"\\$`'
"""The characters that a backslash quotes inside double quotes. The backslash stays before all others."""
_SPECIAL = " \t\n|&;<>()$`\\\"'*?[]#~=%!{}^"
"""ASCII characters that some shell may not take literally outside of quotes, perhaps only in some places."""


class Word(NamedTuple):
    """A word of a command line."""

    raw: str
    """The word as the user typed it."""
    value: str
    """What the program gets: the word without quotes and backslashes."""
    quote: str
    """The quotation mark that is open at the end of the word; empty if there is none."""


def split(line: str, *, is_fish: bool = False) -> list[Word]:
    """Return the words of a line up to the cursor. The last one is unfinished; it is empty after a blank.

    In fish, a backslash also quotes inside single quotes. Variables, globs and operators have no special meaning.
    """
    words, start, value, quote = [], 0, "", ""
    for place, char, is_quoted, quote_before in _characters(line, is_fish=is_fish):
        quote = quote_before
        if is_quoted:
            value += char
        elif char in _BLANKS and char:
            if start < place:
                words.append(Word(line[start:place], value, ""))
            start, value = place + 1, ""
    return [*words, Word(line[start:], value, quote)]


def _characters(line: str, *, is_fish: bool) -> Iterator[tuple[int, str, bool, str]]:
    """Yield for each character its place, the character, whether it belongs to a word, and the quote open after it.

    Quotation marks and backslashes that quote are yielded as empty texts.
    """
    quote, place = "", 0
    while place < len(line):
        char, after = line[place], line[place + 1 : place + 2]
        quotable = {"": after, '"': _IN_DOUBLE_QUOTES, "'": "'\\" if is_fish else ""}[quote]
        if char == "\\" and after and after in quotable:
            yield place, after, True, quote
            place += 2
            continue
        if char == "\\" and not quote and not after:
            yield place, "", True, quote
        elif char == quote or (not quote and char in "'\""):
            quote = "" if quote else char
            yield place, "", True, quote
        else:
            yield place, char, bool(quote) or char not in _BLANKS, quote
        place += 1


def quoted(value: str, quote: str = "") -> str:
    """Return a text that bash reads as a value, after a quotation mark that is open or, for "", outside of quotes.

    Readline closes the quotation mark, unless the text ends with this mark; then the text must close it. Inside double
    quotes, bash would replace an exclamation mark by a former command line, and a backslash before it would stay; so
    it is written outside.
    """
    if quote == "'":
        text = value.replace("'", "'\\''")
    elif quote:
        text = "".join(f"\\{char}" if char in _IN_DOUBLE_QUOTES else char for char in value).replace("!", '"\\!"')
    else:
        return "".join(f"\\{char}" if char in _SPECIAL else char for char in value)
    return text + quote if text.endswith(quote) or (quote == '"' and value.endswith("!")) else text


_QUOTES_IN_POWERSHELL = "'‘’‚‛"
"""Characters that PowerShell takes for a single quotation mark. Inside single quotes, each is doubled."""


def quoted_in_powershell(value: str) -> str:
    """Return a text that PowerShell reads as a value: in single quotes, unless it is plain."""
    if all(char.isalnum() or char in "-_./=:" for char in value):
        return value
    text = "".join(char * 2 if char in _QUOTES_IN_POWERSHELL else char for char in value)
    return f"'{text}'"
