"""HTML and SVG out of text that is never trusted.

    tag("p", "a < b", {"class": "note"})    <p class="note">a &lt; b</p>

Whatever is no `Markup` is escaped, and only `tag` makes Markup of text, so nothing from a page can become an element,
an attribute or a script. Characters that turn text around or do not show are shown, as on a terminal.
"""

from collections.abc import Mapping
from html import escape
from typing import Final, TypeAlias

from pubcli.text.normalize import visible

_NO_END: Final = frozenset({"meta", "input", "br", "circle", "line", "rect", "path"})
"""Elements that hold nothing."""


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


Content: TypeAlias = "str | int | float | None"
"""What stands in an element: Markup as it is, other text and numbers escaped, nothing for None."""
Attributes: TypeAlias = Mapping[str, str | int | float | bool | None]
"""Values by name; True is an attribute without a value, None and False none at all."""


def tag(name: str, *content: Content, attributes: Attributes | None = None) -> Markup:
    """An element."""
    start = f"<{name}{''.join(_attribute(*pair) for pair in (attributes or {}).items())}>"
    if name in _NO_END:
        return Markup(start[:-1] + "/>")
    return Markup(f"{start}{joined(*content)}</{name}>")


def joined(*content: Content) -> Markup:
    """Pieces one after the other."""
    return Markup("".join(map(_escaped, content)))


def raw(name: str, text: str) -> Markup:
    """A style or script of our own, in which nothing is escaped. Raises ValueError for text that would end it."""
    if "</" in text:
        raise ValueError(f"the text would end its {name} element")
    return Markup(f"<{name}>{text}</{name}>")


def _escaped(piece: Content) -> str:
    if piece is None:
        return ""
    return piece if isinstance(piece, Markup) else escape(visible(str(piece)))


def _attribute(name: str, value: str | int | float | bool | None) -> str:
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{escape(visible(str(value)))}"'
