"""Write a database of SQLite with one table.

Modules:
write   an answer -> the bytes of a database
"""
