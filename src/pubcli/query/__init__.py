"""Parse the typed text of a query into a tree, from which every answer is computed.

expression  define the tree: words, conditions, AND, OR, NOT, order, limit
fields      list the fields of the query language, such as `author` in `author:lowy`
language    parse the text into the tree
patterns    search texts with the regular expressions of a query, within a limited time
snippets    find the words of a query in a text, and extract the part that contains most of them
"""
