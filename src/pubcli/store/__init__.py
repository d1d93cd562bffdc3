"""The one engine: a SQLite database with an FTS5 index that answers every question.

    schema      the tables
    index       what the text index knows of a paper, and when it learns it
    load        Document -> tables
    cache       pages read before, as databases in files
    variants    words of a question -> the words in the index that they stand for
    sql         query expression -> SQL with bound parameters
    ask         Query -> rows
    relevance   why a paper scored
    similar     the papers nearest to one
    lookup      one paper by key, position or title
    suggest     what was probably meant, when nothing matches

A store is an open `sqlite3.Connection`; only this package opens one or knows its tables, with
`people`, `stats` and their like.
"""
