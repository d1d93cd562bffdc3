"""Draw pictures for papers and slides. Each kind of picture has a module with `draw(figure, store, query)`.

Only this package imports Matplotlib, which is installed by `pip install 'pubcli[plot]'`.
"""

from importlib import import_module
from io import BytesIO
from pathlib import Path

from pubcli.errors import UsageError
from pubcli.query.expression import Query
from pubcli.store.database import Store

KINDS = {
    "years": "papers per year, stacked by category",
    "topics": "topics of papers over the years",
    "network": "the co-author network",
    "teams": "papers per year, stacked by number of listed authors",
}
"""Description of each kind of picture. A module with the name of the kind draws the picture."""


class NothingToDrawError(Exception):
    """Raised if a picture of the selected papers would be empty; the message states the reason."""


SUFFIXES = (".svg", ".png", ".pdf")


def picture(
    kind: str,
    store: Store,
    query: Query,
    suffix: str,
    *,
    heading: str | None = None,
    selection: str = "",
    size: tuple[float, float] | None = None,
) -> bytes:
    """Return a picture of the selected papers as bytes. `suffix` selects the format. Equal data give equal bytes.

    `heading` replaces the heading of the picture; an empty text leaves it out. The usual heading is followed by
    `selection`, which names the query. `size` is the width and the height in
    inches. For None, the picture has the usual heading and size of its kind. Raises UsageError if Matplotlib is not
    installed, and NothingToDrawError if the picture would be empty.
    """
    try:
        from pubcli.plots import style
    except ImportError as error:
        raise UsageError(f"a plot needs Matplotlib ({error}); install it with: pip install 'pubcli[plot]'") from None
    with style.applied():
        figure = style.figure(size)
        import_module(f"pubcli.plots.{kind}").draw(figure, store, query)
        if heading is None and selection:
            heading = f"{figure.axes[0].get_title('left')}: {selection}"
        if heading is not None:
            style.replace_heading(figure, heading)
        out = BytesIO()
        figure.savefig(out, format=suffix.removeprefix("."), metadata=style.METADATA[suffix])
    return out.getvalue()


def suffix_of(path: str) -> str:
    """Return the suffix of a file name. Raises UsageError if pictures cannot have this suffix."""
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"--output: a plot needs the suffix {', '.join(SUFFIXES)}, not {suffix or 'none'}")
    return suffix
