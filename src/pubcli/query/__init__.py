"""Queries: the typed text, and the tree that every answer starts from.

expression  the tree: words, conditions, AND, OR, NOT, order, limit
fields      the table of fields, as in `author:lowy`
language    text -> tree
snippets    where the words of a query occur in a text, and the snippet that shows most of them
"""
