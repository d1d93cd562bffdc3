"""The engine: a SQLite database with an FTS5 index that answers every question.

    schema       the tables
    index        what the text index holds about a paper, and when it is filled
    load         Document -> tables
    cache        pages that were read before, as databases in files
    library/     the database that a user keeps: many pages over time
    persons      which names belong to one person
    variants     words of a query -> the words in the index that they stand for
    sql          query expression -> SQL with bound parameters
    ask          Query -> rows
    relevance    why a paper got its score
    similar      the papers most similar to one
    lookup       one paper by key, position or title
    match_pages  the papers that two captures or two people have in common
    suggest      what was probably meant, when nothing matches

A store is an open `Store`. Only this package opens one; `analysis` asks its tables too.
"""
