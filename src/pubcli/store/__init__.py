"""The one engine: a SQLite database with an FTS5 index that answers every question.

    schema      the tables
    index       what the text index knows of a paper, and when it learns it
    load        Document -> tables
    cache       pages read before, as databases in files
    library     the database that a user keeps: opened, checked, copied
    migrations  what turns a library of an older version into one of the next
    snapshots   pages in a library: added, replaced, taken out
    grouping    papers put together from what pages list, and taken apart again
    keyring     the keys of papers in a library, which stay as they were given
    ledger      the keys of pages too long to be held in memory
    owners      whose pages there are, and one of them asked alone
    persons     which names are one person's
    variants    words of a question -> the words in the index that they stand for
    sql         query expression -> SQL with bound parameters
    ask         Query -> rows
    relevance   why a paper scored
    similar     the papers nearest to one
    lookup      one paper by key, position or title
    suggest     what was probably meant, when nothing matches

A store is an open `sqlite3.Connection`. Only this package opens one; its tables are also known to `analysis`,
`holdings`, `questions`, `duplicates` and `acquisition`.
"""
