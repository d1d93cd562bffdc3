"""Build HTML and SVG from untrusted text.

    tag("p", "a < b", {"class": "note"})    <p class="note">a &lt; b</p>

Everything except `Markup` is escaped, and only `tag` creates Markup from text, so text from a page can never become
an element, an attribute or a script. Invisible characters and marks of direction are made visible, as on a terminal.
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
"""Content of an element: Markup as it is, other text and numbers escaped, None for nothing."""
Attributes: TypeAlias = Mapping[str, str | int | float | bool | None]
"""Values by name; True is an attribute without a value, None and False omit the attribute."""


def tag(name: str, *content: Content, attributes: Attributes | None = None) -> Markup:
    """Return an element."""
    start = f"<{name}{''.join(_attribute(*pair) for pair in (attributes or {}).items())}>"
    if name in _NO_END:
        return Markup(start[:-1] + "/>")
    return Markup(f"{start}{joined(*content)}</{name}>")


def joined(*content: Content) -> Markup:
    """Return pieces of content one after the other."""
    return Markup("".join(map(_escaped, content)))


def raw(name: str, text: str) -> Markup:
    """Return a style or script of pubcli without escaping. Raises ValueError for text that would end the element."""
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
