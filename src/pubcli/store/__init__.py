"""The engine: an SQLite database with an FTS5 index that answers every question.

    database        the connection, and its SQL functions
    schema          the tables, and transactions
    index           the text index: which words it holds, and when it is filled
    load            store documents in tables
    records         the JSON of each paper, with a checksum that shows damage
    acronyms        the acronyms that papers define
    cache           keep the databases of pages that were read, so that they are not read again
    library/        the database that a user keeps: many pages over time
    contents        which optional columns the papers of a store have values for
    doubts          problems and guessed encodings of the pages
    persons         which names belong to one person
    corpus          what a search needs of the papers that it searches: a store has it, and so has a lake
    stored_words    look up words and phrases in the text index of a store
    stored_corpus   select, rank and sort the papers of a store for a search
    variants        replace each word of a query by its variants in the index
    sql             translate a query expression into SQL with bound parameters
    views           the views that a statement in SQL can read
    statement       run a statement in SQL, and nothing that changes anything
    ask             answer a Query with the papers that match all of it
    interpretation  what the words of a search mean: stop words, years, corrections, and words that may be missing
    corrections     correct misspelled words
    stand_ins       find words that may stand in for a missing word of a search
    occurrences     count words in the texts of a paper, and score the paper by them
    partial_matches find the papers that match a part of a search
    search          answer a Query with the papers that match all of it, then those that match a part
    relevance       explain the score of a paper
    pattern_search  search papers with the regular expressions of a query
    similar         the papers most similar to a given paper
    lookup          find a paper by key, position or title
    match_pages     find the papers that two pages have in common
    prefixes        find values that begin with what the user has typed
    suggest         explain why nothing matches, and suggest a query that does

Every open database is a `Store`. Only this package opens a database; `analysis` also queries the tables.
"""
