"""The visible text of HTML has the lines that a browser copies."""

import pytest

from pubcli.formats.shared.html_page import HtmlPage
from pubcli.formats.shared.visible_text import visible_lines
from pubcli.inputs.sources import from_text


def shown(html: str) -> str:
    return "\n".join(line.text for line in visible_lines(HtmlPage(from_text(html))))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("<div><div>one</div></div>  \n <div></div><div>two</div>", "one\ntwo"),
        ("<p>one</p><p>two</p>three", "one\n\ntwo\n\nthree"),
        ("<h1>one</h1><div>two</div>", "one\n\ntwo"),
        ("<span>LG</span><span>Mar 13, 2022</span><b>Code</b>", "LGMar 13, 2022Code"),
        ("a <b> b</b>\n c", "a b c"),
        ("<br>one<br><br>two", "\none\n\ntwo"),
        ("<pre>one\n  two</pre>", "one\ntwo"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</th><td></td><td>d</td></tr></table>", "a\tb\nc\t\td"),
        ("<table><tr><td><div>a</div></td><td>b</td></tr></table>", "a\nb"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
        ("one<img alt='two'>three", "onetwothree"),
        ("Caf&eacute; &lt;b&gt; &amp;amp;", "Café <b> &amp;"),
        ("<head><title>t</title></head><body>x", "x"),
        ("<p>x</p><style>a{}</style><script>b</script><noscript>c</noscript><template>d</template>y", "x\n\ny"),
        ("<p hidden>a</p><p style='color: red; DISPLAY : none'>b</p><i style=visibility:hidden>c</i>x", "x"),
        ("<select><option>a</select><textarea>b</textarea><svg><text>c</text></svg>x", "x"),
        ("<!-- a -->x", "x"),
        ("", ""),
    ],
)
def test_the_visible_text_has_the_lines_that_a_browser_copies(html: str, text: str) -> None:
    assert shown(html) == text


def test_a_line_has_the_number_of_the_line_of_the_html_where_it_begins() -> None:
    html = "<html>\n<head>\n<title>one</title></head>\n<body><div>one kite</div>\n<div\nid=x>two\n kites</div>"
    assert [(line.text, line.number) for line in visible_lines(HtmlPage(from_text(html)))] == [
        ("one kite", 4),
        ("two kites", 6),
    ]
