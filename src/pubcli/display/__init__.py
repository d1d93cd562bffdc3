"""Show an answer to people: as a table, cards, charts made of characters, Markdown, or lines from a template.

    table        the format `table`: a drawn table, cards, or tab-separated lines
    columns      the default columns of each kind of rows; heading, width, style and priority of each field
    theme        colours
    escape_codes colours and links as escape codes of the terminal
    grid         a table on a terminal
    batches      where the rows of a long table wait until it is drawn
    wrap         the lines of a long cell
    cells        the text of a cell or a column
    card         one paper or one profile
    crosstab     pairs of values as a cross-tabulation
    trend_lines  the trends of the numbers in an answer, below the table
    bars, sparkline   numbers as characters
    markdown     a table for issues and wikis
    template     one line for each row, by the user's template

Only this package imports Rich.
"""
