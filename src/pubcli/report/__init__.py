"""Write a report: one web page about the selected papers.

The report can be read without an internet connection and without JavaScript.

markup      builds HTML, and escapes text from profile pages
charts      draws numbers as SVG
graph       draws the co-author network as SVG
sections    builds the parts of the report
style.css   contains the style of the report
script.js   sorts and filters the table of papers
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from pubcli import __version__
from pubcli.query.expression import Query
from pubcli.report import sections
from pubcli.report.markup import Markup, joined, raw, tag
from pubcli.store.database import Store


def report(store: Store, query: Query, heading: str | None = None) -> str:
    """Return the report on the papers that a query selects. Equal data give equal texts.

    The default heading names the owner of the page, or the number of pages.
    The order and the limit of the query apply only to the table of papers.
    """
    style, script = _asset("style.css"), _asset("script.js")
    name = heading or sections.title(store)
    head = tag(
        "head",
        tag("meta", attributes={"charset": "utf-8"}),
        tag("meta", attributes={"http-equiv": "Content-Security-Policy", "content": _policy(script)}),
        tag("meta", attributes={"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("meta", attributes={"name": "color-scheme", "content": "light dark"}),
        tag("meta", attributes={"name": "generator", "content": f"pubcli {__version__}"}),
        tag("title", name),
        raw("style", style),
    )
    skip = tag("a", "Skip to the papers", attributes={"href": "#papers", "class": "skip"})
    body = tag("body", skip, tag("main", joined(*sections.all_sections(store, query, name))), raw("script", script))
    return f"<!DOCTYPE html>\n{tag('html', head, body, attributes={'lang': 'en'})}\n"


def _asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _policy(script: str) -> Markup:
    """Return a Content-Security-Policy that forbids all requests, and all scripts except the report's own script.

    This policy protects the reader of the report even if text from a profile page becomes markup by mistake.
    """
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return Markup(f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'")
