"""Pictures for papers and slides: one file per kind, each with `draw(figure, store, query)`, and the table of them.

Only this package imports Matplotlib, which comes with `pip install 'pubcli[plot]'`.
"""

from importlib import import_module
from io import BytesIO
from pathlib import Path

from pubcli.errors import UsageError
from pubcli.query.expression import Query
from pubcli.store.database import Store

KINDS = {
    "years": "papers per year, stacked by category",
    "topics": "how the topics of papers went over the years",
    "network": "who wrote papers with whom",
    "teams": "papers per year, stacked by the number of authors shown",
}
"""Each kind with what it shows; the module of the same name draws it."""


class NothingToDrawError(Exception):
    """Papers that a picture has nothing to show of; its text says why."""


SUFFIXES = (".svg", ".png", ".pdf")


def picture(kind: str, store: Store, query: Query, suffix: str) -> bytes:
    """A picture in the format of a suffix; the same answers give the same bytes.

    Raises UsageError when Matplotlib is not installed, and NothingToDrawError.
    """
    try:
        from pubcli.plots import style
    except ImportError as error:
        raise UsageError(f"a plot needs Matplotlib ({error}); install it with: pip install 'pubcli[plot]'") from None
    with style.applied():
        figure = style.figure()
        import_module(f"pubcli.plots.{kind}").draw(figure, store, query)
        out = BytesIO()
        figure.savefig(out, format=suffix.removeprefix("."), metadata=style.METADATA[suffix])
    return out.getvalue()


def suffix_of(path: str) -> str:
    """The format that a file name asks for. Raises UsageError for one that no picture has."""
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            f"--output: a plot is a file that ends in {', '.join(SUFFIXES)}; not {suffix or 'without one'}"
        )
    return suffix
