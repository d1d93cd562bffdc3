"""What users ask: a query typed as text, and the tree that every answer starts from.

expression  the tree: words, conditions, AND, OR, NOT, order, limit
language    text -> tree
snippets    where the words of a query occur in a text, and the passage that shows them best
"""
