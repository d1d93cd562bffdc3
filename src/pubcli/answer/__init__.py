"""Answers: rows with named fields, independent of how they are displayed.

answer  rows with their fields and kind, and hints for displaying them
rows    the type of each kind of rows
values  a value as text, and back
marks   which values are uncertain, and the mark that shows it
"""
