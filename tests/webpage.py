"""Parse a web page in tests, and a profile page whose texts look like HTML."""

from html.parser import HTMLParser


class ParsedHTML(HTMLParser):
    """The tags, attributes and text of a web page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


HOSTILE = """\
</title><script>alert(1)</script>
h-index3

LGMar 13, 2022Code
</summary></details></td><img src=x onerror=alert(2)> "quoted' & \u202eturned

Eve" onmouseover="alert(3), <b>Mallory</b> et al. · "><script>alert(4)</script>

\
]]> --> </script><script>alert(5)</script> javascript:alert(6) https://example.org/"onclick=alert(7) \
<svg/onload=alert(8)>

STFeb 24
${alert(9)} {{7*7}} `x`

Plato

</textarea></style>
"""
"""A profile page whose texts would become elements, attributes, scripts and addresses if they were not escaped."""
