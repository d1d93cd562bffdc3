"""Text in XML 1.0."""

from xml.sax.saxutils import escape

from pubcli.text.normalize import visible

_FORBIDDEN = str.maketrans({"\ufffe": "<U+FFFE>", "\uffff": "<U+FFFF>"})
"""Code points that are printable nowhere and allowed in no document."""


def escaped(text: str) -> str:
    """Text that an element or an attribute in double quotes can hold; controls become pictures."""
    return escape(visible(text).translate(_FORBIDDEN), {'"': "&quot;"})


def literal(value: object) -> str:
    """A value as XML Schema writes it; a list is joined by semicolons."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escaped("; ".join(map(str, value)) if isinstance(value, list) else str(value))
