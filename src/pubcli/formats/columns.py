"""How each field looks as a column of a table: the one place for widths and for what gives way first."""

from pubcli.formats.grid import Column

_COLUMNS = {
    "position": Column("#", priority=1, justify="right", style="dim"),
    "key": Column("Key", priority=8, style="cyan"),
    "date": Column("Date", priority=3, style="green"),
    "category": Column("Cat", priority=5, style="magenta"),
    "title": Column("Title", minimum=22, weight=3),
    "authors": Column("Authors", minimum=18, weight=2, priority=4),
    "passage": Column("Passage", minimum=24, weight=4, priority=2),
    "profile": Column("Profile", minimum=10, weight=1, priority=6),
    "org": Column("Org", priority=7),
    "code": Column("Code", priority=9),
    "abstract": Column("Abstract", minimum=24, weight=6, priority=2),
    "name": Column("Name", minimum=14, weight=1),
    "papers": Column("Papers", priority=1, justify="right"),
    "first_year": Column("First", priority=3, style="green"),
    "last_year": Column("Last", priority=2, style="green"),
    "categories": Column("Categories", minimum=10, weight=1, priority=6, style="magenta"),
    "first_author": Column("As first", priority=4, justify="right"),
    "last_author": Column("As last", priority=5, justify="right"),
    "meaning": Column("Meaning", minimum=18, weight=2),
    "classes": Column("arXiv", minimum=8, weight=1, priority=6),
    "kind": Column("Kind", priority=1, style="yellow"),
    "line": Column("Line", justify="right", priority=2),
    "finding": Column("Finding", minimum=20, weight=2),
    "text": Column("Text", minimum=16, weight=1, priority=4, style="dim"),
}


def column(field: str) -> Column:
    """The column for a field; one without an entry takes part in sharing the room under its own name."""
    return _COLUMNS.get(field) or Column(field, minimum=6, weight=1, priority=5)
