"""Draw the papers per year, stacked by category."""

from matplotlib.figure import Figure

from pubcli.analysis.chart import papers_by_year
from pubcli.plots import style
from pubcli.query.expression import Query
from pubcli.store.database import Store


def draw(figure: Figure, store: Store, query: Query) -> None:
    """Draw a column for each year. Each part of the column is for one category."""
    style.stacked(figure, papers_by_year(store, query), "Papers per year, by category", "papers")
