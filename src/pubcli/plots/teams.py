"""Draw the papers per year, stacked by the number of authors that the page shows."""

from matplotlib.figure import Figure

from pubcli.analysis.chart import team_sizes
from pubcli.plots import style
from pubcli.query.expression import Query
from pubcli.store.database import Store


def draw(figure: Figure, store: Store, query: Query) -> None:
    """Draw a column for each year. Each part of the column stands for the papers with one number of authors."""
    style.stacked(figure, team_sizes(store, query), "Papers per year, by number of authors", "papers")
