"""How an answer looks to people: tables, cards, charts of characters, Markdown, templates.

    table        the format `table`: chooses what is drawn, or writes tab-separated lines
    grid         a table on a terminal; wrap breaks its long cells
    columns      heading, width, colour and priority of every column
    cells        the text of a cell or a column
    card         one paper or one profile
    crosstab     pairs as a cross-tabulation
    trend_lines  how the numbers of an answer changed, below its table
    bars, sparkline   numbers as characters
    markdown     a table for issues and wikis
    template     lines by a template of the user's

Only this package imports Rich.
"""
