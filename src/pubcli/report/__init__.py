"""Write a report: one web page about the selected papers, without network access, readable without JavaScript.

markup      text -> HTML in which text from a page stays text
charts      numbers -> SVG
graph       the co-author network -> SVG
sections    answers -> parts of the page
style.css, script.js      the style of the page, and the sorting and filtering of its table
"""

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from pubcli import __version__
from pubcli.query.expression import Query
from pubcli.report import sections
from pubcli.report.markup import Markup, joined, raw, tag
from pubcli.store.database import Store


def report(store: Store, query: Query) -> str:
    """Return the web page about the papers that a query selects; its order and limit apply to the table of papers."""
    style, script = _asset("style.css"), _asset("script.js")
    name = sections.title(store)
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
    """Return a policy that forbids all requests and all scripts except the page's own, in case markup gets in."""
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return Markup(f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'")
