"""The one engine: a SQLite database with an FTS5 index that answers every question.

    schema      the tables
    load        Document -> tables
    sql         query expression -> SQL with bound parameters
    ask         Query -> rows
    suggest     what was probably meant, when nothing matches

Only this package imports sqlite3.
"""
