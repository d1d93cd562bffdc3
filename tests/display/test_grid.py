"""Grid must draw what `rich.table.Table` prints for columns of the same widths: that is the oracle.

It differs in one point, in which Rich is patched here: a word longer than a line is broken after a hyphen, and the
blank after it does not start a line.
"""

import io
import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich import box
from rich.ansi import AnsiDecoder
from rich.cells import cell_len, chop_cells
from rich.console import Console, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from pubcli.display.columns import Column
from pubcli.display.grid import Cell, Grid

Rows = Sequence[Sequence[str | Cell]]
Line = list[tuple[str, Style]]

PAPERS = (
    Column("#", justify="right"),
    Column("Date", priority=1),
    Column("Cat", priority=3),
    Column("Title", minimum=20, weight=2),
    Column("Authors", minimum=14, weight=1, priority=2),
)
ROWS = (
    (
        "1",
        "2022-03-13",
        "LG",
        "Private Non-Convex Federated Learning Without a Trusted Server",
        "A. Lowy et al.",
    ),
    ("12", "2016", "NA", "Inexact Block Coordinate Descent", "Qingjiang Shi, Haoran Sun, Songtao Lu"),
)
BLANKS = {0xA0: " ", 0x3000: "  "}
RULE = {True: box.Box("    \n    \n -- \n" + "    \n" * 5, ascii=True), False: box.SIMPLE_HEAD}


HYPHENS = "-‐–—"


def break_after_hyphens(word: str, width: int) -> list[str]:
    """Return the lines of a word; replaces Rich's `chop_cells`."""
    lines, start = [], 0
    while cell_len(word[start:].rstrip()) > width:
        full = len(chop_cells(word[start:], width)[0])
        places = [
            end
            for end in range(start + 1, start + full + 1)
            if word[end - 1] in HYPHENS and word[end] not in HYPHENS and word[:end].strip(HYPHENS)
        ]
        lines.append(word[start : max(places, default=start + full)])
        start += len(lines[-1])
    return [*lines, word[start:]]


@pytest.fixture(scope="module", autouse=True)
def hyphens_in_rich() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rich._wrap.chop_cells", break_after_hyphens)
        yield


def styled(text: str) -> list[Line]:
    """Return the characters of every line with their styles, as escape codes set them, without blanks at its end."""
    lines, decoder = [], AnsiDecoder()
    for decoded in map(decoder.decode_line, text.splitlines()):
        styles = [Style.null()] * len(decoded.plain)
        for start, end, style in decoded.spans:
            styles[start:end] = [style if isinstance(style, Style) else Style.parse(style)] * (end - start)
        line = [(c, style) for char, style in zip(decoded.plain, styles, strict=True) for c in char.translate(BLANKS)]
        while line and line[-1][0] == " ":
            line.pop()
        lines.append(line)
    return lines


def render_grid(grid: Grid, width: int, *, color: bool = True, ascii_only: bool = False) -> str:
    return "".join(grid.lines(width, color=color, ascii_only=ascii_only))


def render_table(renderable: RenderableType, width: int) -> str:
    """Return what a Rich console with eight colours prints."""
    file = io.StringIO()
    Console(file=file, width=width, force_terminal=True, color_system="standard").print(renderable, crop=False)
    return file.getvalue()


def plain_lines(grid: Grid, width: int, *, ascii_only: bool = False) -> list[str]:
    lines = render_grid(grid, width, color=False, ascii_only=ascii_only).splitlines()
    return [line.translate(BLANKS).rstrip() for line in lines]


def without_blank_styles(lines: list[Line]) -> list[Line]:
    """Return the lines with unstyled blanks: Table styles the blanks around a text, Grid does not."""
    return [[(c, Style.null() if c == " " else style) for c, style in line] for line in lines]


def is_thin_rule(line: Line) -> bool:
    text = "".join(c for c, _ in line)
    return bool(line) and line[0][1].dim is True and (set(text) == {"┈"} or text.startswith("- -"))


def oracle(columns: Sequence[Column], rows: Rows, widths: dict[int, int], *, ascii_only: bool = False) -> Table:
    """Return the table with one blank after the last column: without it, older Rich makes that column wider."""
    table = Table(
        box=RULE[ascii_only],
        show_edge=False,
        pad_edge=True,
        padding=(0, 1, 0, 0),
        header_style="bold",
        border_style="dim",
    )
    for i, width in widths.items():
        column = columns[i]
        table.add_column(Text(column.header), width=width, justify=column.justify, style=column.style, overflow="fold")
    for row in rows:
        table.add_row(*[as_text(row[i]) for i in widths])
    return table


def as_text(cell: str | Cell) -> Text:
    cell = Cell(cell) if isinstance(cell, str) else cell
    # Table would need a line for the blanks after a long word.
    length = len(cell.text.rstrip())
    text = Text(cell.text[:length])
    for start, end in cell.marks:
        text.stylize("bold red", start, end)
    return text


FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
WORDS = st.one_of(
    st.text("ab[]/:-–", min_size=1, max_size=14),
    st.lists(st.sampled_from(["é", "ß", "λ", "漢", "e\u0301", "👍", "❤\ufe0f", FAMILY]), max_size=8).map("".join),
    st.sampled_from(["[bold]x[/bold]", ":smile:", "[link=https://x.org]y", "\\[a]", "\u3000", "a\xa0b", "\u0301"]),
)
TEXTS = st.lists(st.one_of(WORDS, st.sampled_from(["", " ", "   "])), max_size=9).flatmap(
    lambda words: st.sampled_from([" ".join(words), "".join(words)])
)
SPANS = st.tuples(st.integers(0, 20), st.integers(0, 40)).map(lambda ends: (min(ends), max(ends)))


def highlighted(text: str, spans: list[tuple[int, int]]) -> Cell:
    """Return a cell without highlights that start or end inside a grapheme: Table misaligns those."""
    joins = [i for i, c in enumerate(text) if c in "\u0301\ufe0f\u200d" or text[i - 1 : i] == "\u200d"]
    return Cell(text, tuple(span for span in spans if not set(span) & set(joins)))


CELLS = st.one_of(TEXTS, st.builds(highlighted, TEXTS, st.lists(SPANS, max_size=3)))
COLUMNS = st.builds(
    Column,
    st.sampled_from(["", "#", "Date", "First author", "[b]Title[/b]", "著者"]),
    minimum=st.integers(2, 12),
    weight=st.integers(0, 3),
    priority=st.integers(0, 3),
    justify=st.sampled_from(["left", "right"]),
    style=st.sampled_from(["", "dim", "cyan", "bold on blue"]),
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Column], list[list[str | Cell]]]:
    columns = draw(st.lists(COLUMNS, min_size=1, max_size=5))
    row = st.lists(CELLS, min_size=len(columns), max_size=len(columns))
    return columns, draw(st.lists(row, max_size=6))


@given(tables(), st.integers(20, 120), st.booleans())
def test_text_and_styles_equal_those_of_a_rich_table(
    table: tuple[list[Column], list[list[str | Cell]]], width: int, ascii_only: bool
) -> None:
    columns, rows = table
    grid = Grid(columns, rows)
    widths = grid.fit(width)
    table_lines = styled(render_table(oracle(columns, rows, widths, ascii_only=ascii_only), width + 1))
    full_width = sum(widths.values()) + 2 * (len(widths) - 1)
    expected = [line[:full_width] if {c for c, _ in line} <= set("─-") else line for line in table_lines]
    lines = without_blank_styles(styled(render_grid(grid, width, ascii_only=ascii_only)))
    assert [line for line in lines if not is_thin_rule(line)] == without_blank_styles(expected)


@given(tables(), st.integers(1, 60))
def test_no_line_is_wider_than_the_screen(table: tuple[list[Column], list[list[str | Cell]]], width: int) -> None:
    assert all(cell_len(line) <= width for line in plain_lines(Grid(*table), width))


def test_papers_fit_every_screen_and_keep_their_titles() -> None:
    grid = Grid(PAPERS, ROWS)
    for width in range(1, 221):
        lines = plain_lines(grid, width)
        assert max(map(len, lines)) <= width
        assert width < 13 or grid.fit(width)[3] >= min(width - 4, 20)


def test_a_table_that_fits_is_as_wide_as_its_texts() -> None:
    assert plain_lines(Grid(PAPERS[:3], [row[:3] for row in ROWS]), 80) == [
        " #  Date        Cat",
        "───────────────────",
        " 1  2022-03-13  LG",
        "12  2016        NA",
    ]


def test_long_cells_are_wrapped_below_their_header() -> None:
    assert plain_lines(Grid(PAPERS, ROWS), 72) == [
        " #  Date        Cat  Title                               Authors",
        "─" * 72,
        " 1  2022-03-13  LG   Private Non-Convex Federated        A. Lowy et al.",
        "                     Learning Without a Trusted Server",
        "┈" * 72,
        "12  2016        NA   Inexact Block Coordinate Descent    Qingjiang Shi,",
        "                                                         Haoran Sun,",
        "                                                         Songtao Lu",
    ]


@pytest.mark.parametrize(("ascii_only", "rule"), [(False, "┈" * 9), (True, "- - - - -")])
def test_a_thin_rule_separates_only_rows_of_several_lines(ascii_only: bool, rule: str) -> None:
    grid = Grid([Column("Title", 9, weight=1)], [["one"], ["two"], ["two long lines"], ["three"], ["four"]])
    lines = plain_lines(grid, 9, ascii_only=ascii_only)[2:]
    assert lines == ["one", "two", rule, "two long", "lines", rule, "three", "four"]


@pytest.mark.parametrize(("width", "widths"), [(40, {0: 19, 1: 19}), (30, {0: 14, 1: 14}), (100, {0: 60, 1: 38})])
def test_a_key_never_takes_more_room_than_a_title_that_needs_it(width: int, widths: dict[int, int]) -> None:
    columns = [
        Column("Key", minimum=14, weight=1, not_wider_than="Title"),
        Column("Title", minimum=10, weight=1),
    ]
    assert Grid(columns, [("k" * 60, "t" * 38)]).fit(width) == widths


def test_a_key_stays_whole_if_a_column_that_may_be_left_out_has_the_room() -> None:
    columns = [
        Column("Key", minimum=28, weight=1, not_wider_than="Title"),
        Column("Title", minimum=22, weight=1),
        Column("Code", priority=4),
    ]
    rows = [("banayeeanzade2026sampling", "t" * 38, "code")]
    assert [Grid(columns, rows).fit(width) for width in (58, 57)] == [{0: 25, 1: 25, 2: 4}, {0: 25, 1: 30}]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Retrieval-Augmented Models", ["Retrieval-", "Augmented", "Models"]),
        ("On Retrieval-Augmented-XY Z", ["On", "Retrieval-", "Augmented-XY", "Z"]),
        ("Cramér–Rao–Fréchet bounds", ["Cramér–Rao–", "Fréchet", "bounds"]),
        ("Straightforwardness-like", ["Straightforw", "ardness-like"]),
        ("漢字漢字-漢字漢字", ["漢字漢字-", "漢字漢字"]),
        ("-----------------", ["------------", "-----"]),
    ],
)
def test_a_word_that_is_longer_than_a_line_is_broken_after_hyphens(text: str, lines: list[str]) -> None:
    assert plain_lines(Grid([Column("Title", 12, weight=1)], [[text]]), 12)[2:] == lines


def test_an_ascii_terminal_gets_an_ascii_rule() -> None:
    assert plain_lines(Grid(PAPERS, ROWS), 60, ascii_only=True)[1] == "-" * 60


def test_without_rows_the_header_remains() -> None:
    assert plain_lines(Grid(PAPERS, []), 80) == ["#  Date  Cat  Title  Authors", "─" * 28]


def test_without_columns_nothing_is_printed() -> None:
    assert plain_lines(Grid([], []), 80) == []


def test_columns_are_left_out_by_priority_until_the_minimums_fit() -> None:
    grid = Grid(PAPERS, ROWS)
    headers = [column.header for column in PAPERS]
    assert [[headers[i] for i in grid.fit(width)] for width in (57, 56, 52, 51, 36, 35)] == [
        ["#", "Date", "Cat", "Title", "Authors"],
        ["#", "Date", "Title", "Authors"],
        ["#", "Date", "Title", "Authors"],
        ["#", "Date", "Title"],
        ["#", "Date", "Title"],
        ["#", "Title"],
    ]


def test_the_narrowest_screen_shows_the_first_column() -> None:
    assert list(Grid([Column("a"), Column("b")], [("x", "y")]).fit(3)) == [0]


def test_the_last_column_is_never_left_out() -> None:
    grid = Grid([Column("a", priority=1), Column("b", priority=2)], [("x" * 30, "y" * 30)])
    assert grid.fit(20) == {0: 20}


def test_spare_room_is_shared_by_weight() -> None:
    columns = [Column("a", 10, weight=3), Column("b", 10, weight=1)]
    assert Grid(columns, [("x" * 90, "y" * 90)]).fit(62) == {0: 40, 1: 20}


def test_room_that_a_column_does_not_need_goes_to_the_others() -> None:
    columns = [Column("a", 10, weight=3), Column("b", 10, weight=1)]
    assert Grid(columns, [("x" * 12, "y" * 90)]).fit(62) == {0: 12, 1: 48}


def test_a_single_long_text_does_not_narrow_the_other_columns() -> None:
    rows = [("x" * 30, "y" * 30)] * 20 + [("x" * 300, "y" * 30)]
    columns = [Column("a", weight=9), Column("b", weight=1)]
    assert Grid(columns, rows).fit(72) == {0: 40, 1: 30}


def test_a_flexible_column_shrinks_before_fixed_ones() -> None:
    columns = [Column("Key"), Column("Title", minimum=30, weight=1)]
    assert Grid(columns, [("lowy2022private", "t" * 60)]).fit(27) == {0: 15, 1: 10}


def test_a_header_is_not_broken_inside_a_word() -> None:
    columns = [Column("Left"), Column("Citations made", minimum=2, weight=1)]
    assert Grid(columns, [("x" * 30, "1 " * 40)]).fit(41) == {0: 30, 1: 9}


@pytest.mark.parametrize("width", [80, 9])
def test_only_the_characters_in_the_spans_are_highlighted(width: int) -> None:
    cell = Cell("gradient descent for gradients", ((0, 8), (15, 29), (5, 7)))
    lines = styled(render_grid(Grid([Column("Title", 2, weight=1)], [[cell]]), width))[2:]
    bold = "".join(c for line in lines for c, style in line if style.bold)
    assert bold == ("gradientt for gradient" if width == 80 else "gradienttforgradient")


def test_a_highlight_includes_the_blank_between_two_words() -> None:
    *_, line = styled(render_grid(Grid([Column("Title")], [[Cell("a b c", ((0, 3),))]], mark="reverse"), 20))
    assert [bool(style.reverse) for _, style in line] == [True, True, True, False, False]


@given(tables(), st.integers(1, 60))
def test_no_line_ends_in_blanks(table: tuple[list[Column], list[list[str | Cell]]], width: int) -> None:
    assert " \n" not in render_grid(Grid(*table), width, color=False)


def test_control_characters_become_blanks() -> None:
    assert plain_lines(Grid([Column("a\nb")], [["one\ntwo\tthree\x1b[1m\r"]]), 40) == [
        "a b",
        "─" * 17,
        "one two three [1m",
    ]


def test_a_wide_character_in_a_column_of_one_cell_becomes_a_blank() -> None:
    assert [line.strip() for line in plain_lines(Grid([Column("T")], [["漢a"]]), 1)[2:] if line] == ["a"]


def test_without_colour_there_are_no_escape_codes() -> None:
    assert render_grid(Grid([Column("T", style="red")], [[Cell("x", ((0, 1),))]]), 40, color=False) == "T\n─\nx\n"


def test_a_row_of_another_length_is_an_error() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Grid([Column("a"), Column("b")], [("1", "2"), ("3",)])
    with pytest.raises(ValueError, match="shorter"):
        Grid([Column("a"), Column("b")], [("1",)])


@pytest.mark.process
def test_importing_the_grid_does_not_import_the_slow_modules_of_rich() -> None:
    heavy = {"rich.table", "rich.text", "rich.console"}
    code = f"import sys, pubcli.display.grid; print({heavy} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


def test_a_divider_explains_the_rows_below_it() -> None:
    grid = Grid([Column("Title", 6, weight=1)], [["alpha"], ["beta"], ["gamma"]])
    assert list(grid.lines(30, color=False, divider=(1, "some"))) == [
        "Title\n", "─────\n", "alpha\n", "── some ──\n", "beta\n", "gamma\n"
    ]  # fmt: skip


@pytest.mark.parametrize("width", [1, 8, 20, 60])
def test_a_long_divider_is_wrapped(width: int) -> None:
    text = "no paper has all 5 words; these have some of them"
    lines = list(Grid(PAPERS, ROWS).lines(width, color=False, divider=(0, text)))
    assert text.replace(" ", "") in "".join(lines).replace("─", "").replace("\n", "").replace(" ", "")
    if width > 8:
        assert all(cell_len(line.rstrip("\n")) <= width for line in lines)


@pytest.mark.parametrize("color", [True, False])
def test_each_line_of_a_link_has_its_address(color: bool) -> None:
    grid = Grid([Column("Key", 4, weight=1, style="cyan")], [[Cell("lowy2022", address="https://a.b")], ["x"]])
    lines = list(grid.lines(4, color=color))
    links = [line.count("\x1b]8;;https://a.b\x1b\\") for line in lines]
    assert links == ([0, 0, 1, 1, 0, 0] if color else [0] * 6)


def test_an_empty_column_is_left_out_if_it_may_be() -> None:
    columns = [Column("Key"), Column("Code", is_omitted_if_empty=True), Column("DOI")]
    grid = Grid(columns, [("a", "", "")])
    assert (grid.empty(), plain_lines(grid, 40)) == ([1], ["Key  DOI", "────────", "a"])
    grid.add([("b", "yes", "")])
    assert (grid.empty(), plain_lines(grid, 40)[0]) == ([], "Key  Code  DOI")
