"""Build HTML and SVG from untrusted text.

    tag("p", "a < b", attributes={"class": "note"})    <p class="note">a &lt; b</p>

Text that is not `Markup` is escaped, and text from a page never becomes `Markup` without escaping. So text from a page
can never become an element, an attribute or a script. Invisible characters are shown as visible symbols, as on a
terminal. The same applies to characters that change the direction of text.
"""

from collections.abc import Mapping
from html import escape
from typing import Final, TypeAlias

from pubcli.text.normalize import visible

_NO_END: Final = frozenset({"meta", "input", "br", "circle", "line", "rect", "path"})
"""Elements without content."""


class Markup(str):
    """Text that is already HTML."""

    __slots__ = ()


Content: TypeAlias = "str | int | float | None"
"""Content of an element. Markup is not escaped, other text and numbers are escaped, and None is left out."""
Attributes: TypeAlias = Mapping[str, str | int | float | bool | None]
"""Attributes of an element. True means an attribute without a value; None and False mean no attribute."""


def tag(name: str, *content: Content, attributes: Attributes | None = None) -> Markup:
    """Return an element. Values of attributes are escaped, and so is content that is not `Markup`."""
    start = f"<{name}{''.join(_attribute(*pair) for pair in (attributes or {}).items())}>"
    if name in _NO_END:
        return Markup(start[:-1] + "/>")
    return Markup(f"{start}{joined(*content)}</{name}>")


def joined(*content: Content) -> Markup:
    """Escape pieces of content and return them joined together."""
    return Markup("".join(map(_escaped, content)))


def raw(name: str, text: str) -> Markup:
    """Return an element, `style` or `script`, whose text is not escaped. So the text must not come from a page.

    Raises ValueError if the text contains `</`.
    """
    if "</" in text:
        raise ValueError(f"the text contains a tag that would end the {name} element")
    return Markup(f"<{name}>{text}</{name}>")


def _escaped(piece: Content) -> str:
    if piece is None:
        return ""
    return piece if isinstance(piece, Markup) else escape(visible(str(piece)))


def _attribute(name: str, value: str | int | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(visible(str(value)))}"'
