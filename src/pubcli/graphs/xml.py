"""Convert text and values to XML 1.0."""

from xml.sax.saxutils import escape

from pubcli.text.normalize import visible


def escaped(text: str) -> str:
    """Escape text for an element or a double-quoted attribute. Characters that XML forbids become visible symbols."""
    return escape(visible(text), {'"': "&quot;"})


def literal(value: object) -> str:
    """Return a value in the notation of XML Schema. The values of a list are joined by semicolons."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return escaped("; ".join(map(str, value)) if isinstance(value, list) else str(value))
