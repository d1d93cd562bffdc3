"""How much faster Grid prints a table than rich.table.Table does.

Run it with `python benchmarks/table.py`; it needs pubcli and rich, and keeps nothing between runs.

Both print the same generated papers (position, date, category, title, authors) at 120 columns as a terminal gets
them, starting from strings: building the table is part of the time. Table gets Text objects, as it would read
markup in plain strings. It runs twice: as one would write it, and handed the widths that Grid found. That spares
it measuring and makes its text the same, which is checked first. The runs alternate; what is printed is the
median of Table by the median of Grid.
"""

import io
import random
from collections.abc import Callable
from functools import partial

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text
from timing import medians

from pubcli.display.grid import Column, Grid

WIDTH = 120
SIZES = {50: 21, 1_000: 7, 10_000: 3}
"""Rows of each table, and how many times it is printed."""

COLUMNS = (
    Column("#", justify="right", style="dim"),
    Column("Date", priority=1),
    Column("Category", priority=3, style="cyan"),
    Column("Title", minimum=20, weight=2),
    Column("Authors", minimum=14, weight=1, priority=2),
)
WORDS = """
    private optimal stochastic gradient federated learning minimax robust nonconvex optimization with for and of
    large models convergence fair training under via differentially in the decentralized algorithms
"""
NAMES = "Andrew Lowy, Mei-Ling Wu, Zeman Li, Mihailo R. Jovanović, Ali Behrouz, Tianjian Huang, Sina Doe"
Show = Callable[[Console, list[list[str]]], None]


def papers(count: int) -> list[list[str]]:
    chance = random.Random(count)
    words, names = WORDS.split(), NAMES.split(", ")
    return [
        [
            str(position),
            f"{chance.randint(1995, 2025)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            chance.choice(["LG", "OC", "ML", "CV", "NA"]),
            " ".join(chance.choices(words, k=chance.randint(4, 14))).capitalize(),
            ", ".join(chance.sample(names, k=chance.randint(1, 5))),
        ]
        for position in range(1, count + 1)
    ]


def with_grid(console: Console, rows: list[list[str]]) -> None:
    console.file.writelines(Grid(COLUMNS, rows).lines(WIDTH, color=console.color_system is not None))


def with_table(widths: dict[int, int | None]) -> Show:
    def show(console: Console, rows: list[list[str]]) -> None:
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), border_style="dim")
        for i, width in widths.items():
            column = COLUMNS[i]
            table.add_column(column.header, width=width, justify=column.justify, style=column.style, overflow="fold")
        for row in rows:
            table.add_row(*[Text(row[i]) for i in widths])
        console.print(table, crop=False)

    return show


def printed(show: Show, rows: list[list[str]], *, color: bool) -> str:
    screen = io.StringIO()
    console = Console(file=screen, width=WIDTH, force_terminal=True, color_system="truecolor" if color else None)
    show(console, rows)
    return screen.getvalue()


def main() -> None:
    print(f"{'rows':>7}{'lines':>9}{'Table / Grid':>16}{'given widths':>16}")
    for count, times in SIZES.items():
        rows = papers(count)
        fitted = Grid(COLUMNS, rows).fit(WIDTH)
        shows = [with_grid, with_table(dict.fromkeys(fitted)), with_table(dict(fitted))]
        text = printed(with_grid, rows, color=False).splitlines()
        same = [line.rstrip() for line in printed(shows[2], rows, color=False).splitlines()]
        assert text == same, "Grid and Table print different texts"
        grid, table, given = medians(times, *(partial(printed, show, rows, color=True) for show in shows))
        print(f"{count:7,}{len(text):9,}{table / grid:15.1f}x{given / grid:15.1f}x")


if __name__ == "__main__":
    main()
