"""One web page about the papers that a question selects: whole in itself, no network, readable without JavaScript.

markup      text -> HTML that holds nothing but text
charts      numbers -> SVG
graph       people and who wrote with whom -> SVG
sections    answers of the engine -> parts of the page
style.css, script.js      how it looks, and how its table is sorted and filtered
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
    """The page about what a query selects; its order and limit are those of the table of papers."""
    style, script = _own("style.css"), _own("script.js")
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
    body = tag("body", skip, tag("main", joined(*sections.all_of_them(store, query, name))), raw("script", script))
    return f"<!DOCTYPE html>\n{tag('html', head, body, attributes={'lang': 'en'})}\n"


def _own(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


def _policy(script: str) -> Markup:
    """Nothing is fetched, and no script runs but the page's own: even if markup got in, it could do nothing."""
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return Markup(f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'")
