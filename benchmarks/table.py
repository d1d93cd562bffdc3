"""Measure how fast pubcli's Grid prints a table, beside rich.table.Table.

    python benchmarks/table.py

Both print the same generated papers (position, date, category, title, authors) for a terminal of 120 columns. Both
start from strings, so the time includes building the table. Table receives Text objects, because it would interpret
markup in plain strings.

Table is measured twice: once as it is usually written, and once with the column widths that Grid computed. Fixed widths
save Table the time to measure columns, and make its text identical to that of Grid; the benchmark checks this first.
The runs alternate, and the ratios divide the median of Table by that of Grid.
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
"""The number of runs for each number of rows."""

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
Printer = Callable[[Console, list[list[str]]], None]


def papers(count: int) -> list[list[str]]:
    generator = random.Random(count)
    words, names = WORDS.split(), NAMES.split(", ")
    return [
        [
            str(position),
            f"{generator.randint(1995, 2025)}-{generator.randint(1, 12):02}-{generator.randint(1, 28):02}",
            generator.choice(["LG", "OC", "ML", "CV", "NA"]),
            " ".join(generator.choices(words, k=generator.randint(4, 14))).capitalize(),
            ", ".join(generator.sample(names, k=generator.randint(1, 5))),
        ]
        for position in range(1, count + 1)
    ]


def print_grid(console: Console, rows: list[list[str]]) -> None:
    console.file.writelines(Grid(COLUMNS, rows).lines(WIDTH, color=console.color_system is not None))


def table_printer(widths: dict[int, int | None]) -> Printer:
    def print_table(console: Console, rows: list[list[str]]) -> None:
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), border_style="dim")
        for i, width in widths.items():
            column = COLUMNS[i]
            table.add_column(column.header, width=width, justify=column.justify, style=column.style, overflow="fold")
        for row in rows:
            table.add_row(*[Text(row[i]) for i in widths])
        console.print(table, crop=False)

    return print_table


def render(printer: Printer, rows: list[list[str]], *, color: bool) -> str:
    screen = io.StringIO()
    console = Console(file=screen, width=WIDTH, force_terminal=True, color_system="truecolor" if color else None)
    printer(console, rows)
    return screen.getvalue()


MAX_RATIO = 0.1
"""The largest acceptable time to draw a table of 1,000 rows, divided by that of Rich with fixed widths."""


def measure(count: int, runs: int, clock: Callable[[Callable[[], object]], float]) -> list[float]:
    """Return the times of Grid, and of Rich's Table with the widths that Grid computed."""
    rows = papers(count)
    widths = Grid(COLUMNS, rows).fit(WIDTH)
    printers = [print_grid, table_printer(dict(widths))]
    return medians(runs, *(partial(render, printer, rows, color=True) for printer in printers), clock=clock)


def main() -> None:
    print(f"{'rows':>7}{'lines':>9}{'Table / Grid':>16}{'fixed widths':>16}")
    for count, runs in SIZES.items():
        rows = papers(count)
        widths = Grid(COLUMNS, rows).fit(WIDTH)
        printers = [print_grid, table_printer(dict.fromkeys(widths)), table_printer(dict(widths))]
        grid_lines = render(print_grid, rows, color=False).splitlines()
        table_lines = [line.rstrip() for line in render(printers[2], rows, color=False).splitlines()]
        assert grid_lines == table_lines, "Grid and Table print different texts"
        times = medians(runs, *(partial(render, printer, rows, color=True) for printer in printers))
        grid_time, table_time, fixed_time = times
        print(f"{count:7,}{len(grid_lines):9,}{table_time / grid_time:15.1f}x{fixed_time / grid_time:15.1f}x")


if __name__ == "__main__":
    main()
